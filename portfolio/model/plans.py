"""Entries that look ahead: what is growing, goals with their plan, promises, and the look back on them."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from portfolio.model.entry import Entry, nothing_yet
from portfolio.model.passage import Passage
from portfolio.model.people import Voice
from portfolio.model.record import Identifier, Line, Record

Progress = Literal["just_starting", "getting_there", "nearly", "done", "changed_my_mind"]
"""How far a goal or promise is: five words, no numbers. Changing one's mind is honourable."""


class Growing(Entry):
    """Something not easy yet, what is behind it, my first step, how you can help, when we look again."""

    kind: Literal["growing"] = "growing"
    what: Passage = nothing_yet
    picks: tuple[Identifier, ...] = ()
    behind: Passage = nothing_yet
    tried: Passage = nothing_yet
    first_step: Passage = nothing_yet
    help: Passage = nothing_yet
    look_again: date | None = None


class LookBack(Entry):
    """What became of a goal or a promise from last time, in the child's own words.

    It looks back on one of them: ``goal_id`` or ``promise_id``. ``keep_change`` is what to keep, change or
    drop; ``tells`` what it tells me about how I plan.
    """

    kind: Literal["look_back"] = "look_back"
    goal_id: Identifier | None = None
    promise_id: Identifier | None = None
    result: Progress | None = None
    because: Passage = nothing_yet
    keep_change: Passage = nothing_yet
    tells: Passage = nothing_yet

    @model_validator(mode="after")
    def _on_one_thing(self) -> Self:
        if (self.goal_id is None) == (self.promise_id is None):
            raise ValueError("a look back is on a goal or on a promise: write one of goal_id and promise_id")
        return self


class Step(Record):
    """One small thing to do: what, when, where."""

    what: Passage = nothing_yet
    when: Line = ""
    where: Line = ""


class Helper(Record):
    """Who helps, with what exactly, by when I will ask them, and whether they said yes."""

    who: Line = ""
    what: Passage = nothing_yet
    ask_by: Line = ""
    agreed: bool | None = None


class IfThen(Record):
    """A plan for a bad day: if this happens, then I will do that."""

    if_this: Passage = nothing_yet
    then_that: Passage = nothing_yet


class ProgressNote(Record):
    """One look at a goal: the day, one of the five words, a note, the piece of work that shows it."""

    on: date
    word: Progress
    note: Passage = nothing_yet
    piece: Identifier | None = None


class Goal(Entry):
    """A goal with the whole form: why, where I am, steps, what gets in the way, who helps, when we look.

    The youngest pick pictures (``picks``, ``why_is``, ``now_is``, ``helper_picks``) where the older write.
    ``obstacle`` is inside me, ``obstacle_around`` around me; ``if_thens`` are further plans beside the first.
    ``agreed``: who said yes to a goal set together.
    """

    kind: Literal["goal"] = "goal"
    area: Identifier | None = None
    goal: Passage = nothing_yet
    picks: tuple[Identifier, ...] = ()
    by_when: date | None = None
    why: Passage = nothing_yet
    why_is: Identifier | None = None
    now: Passage = nothing_yet
    now_is: Identifier | None = None
    now_piece: Identifier | None = None
    steps: tuple[Step, ...] = ()
    obstacle: Passage = nothing_yet
    obstacle_around: Passage = nothing_yet
    if_this: Passage = nothing_yet
    then_that: Passage = nothing_yet
    if_thens: tuple[IfThen, ...] = ()
    helpers: tuple[Helper, ...] = ()
    helper_picks: tuple[Identifier, ...] = ()
    know_by: Passage = nothing_yet
    evidence: Passage = nothing_yet
    look_again: tuple[date, ...] = ()
    set_by: Literal["me", "together"] = "me"
    progress: tuple[ProgressNote, ...] = ()
    agreed: tuple[Voice, ...] = ()


class Agreement(Entry):
    """A promise made at the table: who will do what by when, and how far it is.

    ``note`` says what became of it; families see it when the next round looks back.
    """

    kind: Literal["agreement"] = "agreement"
    who: Voice = "student"
    name: Line = ""
    what: Passage = nothing_yet
    by_when: date | None = None
    how_far: Progress | None = None
    note: Passage = nothing_yet
