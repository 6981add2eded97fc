"""What a table decided, as one home may read it: goals set together, promises, what is kept for later, days to look again.

Made of a :class:`~portfolio.rules.family_view.FamilyView` of that home: nothing is here that its file does not have.
"""

from __future__ import annotations

from datetime import date

from portfolio.model import Passage, Record, Voice
from portfolio.rules import family_view as v
from portfolio.rules.papers import PaperView


class StepDecided(Record):
    """A step of a goal: what, when, where."""

    what: Passage
    when: str
    where: str


class GoalDecided(Record):
    """A goal that was set together: words or pictures, its steps, who helps how, when it is looked at again, who said yes."""

    words: Passage
    picks: tuple[str, ...]
    steps: tuple[StepDecided, ...]
    helpers: tuple[tuple[str, Passage], ...]
    look_again: tuple[date, ...]
    agreed: tuple[Voice, ...]


class Decided(Record):
    """What was decided, for one home. ``home`` is what all its papers say; ``reads`` its languages."""

    home: PaperView
    goals: tuple[GoalDecided, ...]
    promises: tuple[v.AgreementSeen, ...]
    parked: tuple[v.ParkedSeen, ...]
    days: tuple[date, ...]

    @property
    def anything(self) -> bool:
        """Whether anything was decided."""
        return bool(self.goals or self.promises or self.parked)


def decided(seen: v.FamilyView, home: PaperView) -> Decided:
    """Return what one home may read of the decisions. ``seen`` is the book as its file shows it."""
    goals: list[GoalDecided] = []
    promises: list[v.AgreementSeen] = []
    for part in seen.parts:
        match part.content:
            case v.GoalsPart(goals=some):
                goals += [_goal(one) for one in some if one.set_together]
            case v.AgreementsPart(agreements=some):
                promises += [one for one in some if one.what or one.beside]
            case _:
                pass
    days = {day for goal in goals for day in goal.look_again}
    return Decided(
        home=home,
        goals=tuple(one for one in goals if one.words or one.picks or one.steps),
        promises=tuple(promises),
        parked=tuple(one for one in seen.parked if not one.done),
        days=tuple(sorted(days)),
    )


def _goal(seen: v.GoalSeen) -> GoalDecided:
    return GoalDecided(
        words=seen.goal.words,
        picks=tuple(
            one.label
            for one in (*seen.goal.picks, *((seen.area,) if seen.area and not seen.goal.words else ()))
        ),
        steps=tuple(
            StepDecided(what=s.what, when=s.when, where=s.where) for s in seen.steps if s.what or s.when
        ),
        helpers=tuple((one.who, one.what) for one in seen.helpers if one.who or one.what),
        look_again=seen.look_again,
        agreed=seen.agreed,
    )
