"""A few small things a teacher could do today, out of all that a class needs: never more than three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from portfolio.rules.class_facts import AFTER, MAKING, Facts
from portfolio.rules.next_action import NextAction, due_promises

MOST: Final = 3
"""So many at once; the others come when these are done."""

SmallKind = Literal["ready", "promises", "calls", "interpreters", "longest"]
"""Children that say they are ready; promises of the teacher that are due; families that ask to be called;
interpreters to tell; the child whose book no teacher has written in for longest."""


@dataclass(frozen=True)
class OfToday:
    """A child as this looks at it: who it is (its id), what is known, what comes next."""

    student_id: str
    facts: Facts
    action: NextAction


@dataclass(frozen=True)
class SmallThing:
    """One small thing: which kind, about whom (ids, the one to begin with first); ``day`` since when or by when."""

    kind: SmallKind
    who: tuple[str, ...]
    day: date | None = None


def few_things(children: Sequence[OfToday], today: date) -> tuple[SmallThing, ...]:
    """Return at most three small things for today, children in roster order, the most pressing thing first.

    Who waits comes before what was promised, that before what homes asked for. Of the children who wait those
    come first that no teacher has written to for longest. If there is room, the child at work that no teacher
    has written to for longest; where several never had a word, another one each day.
    """
    ready = sorted((one for one in children if one.action.kind == "says_ready"), key=_helped)
    due = [one for one in children if due_promises(one.facts, today)]
    days = [p.by_when for one in due for p in one.facts.promises if p.by_when and p.by_when <= today]
    found = (
        _thing("ready", ready),
        _thing("promises", due, min(days, default=None)),
        _thing("calls", [one for one in children if one.facts.calls]),
        _thing("interpreters", [c for c in children if c.facts.interpreter and c.facts.status not in AFTER]),
        _longest(children, today),
    )
    return tuple(one for one in found if one)[:MOST]


def _thing(kind: SmallKind, who: Sequence[OfToday], day: date | None = None) -> SmallThing | None:
    return SmallThing(kind, tuple(one.student_id for one in who), day) if who else None


def _helped(child: OfToday) -> date:
    return child.facts.helped_on or date.min


def _longest(children: Sequence[OfToday], today: date) -> SmallThing | None:
    at_work = [
        one
        for one in children
        if one.facts.status in MAKING and one.facts.readable and not one.action.for_the_teacher
    ]
    if not at_work:
        return None
    first = min(map(_helped, at_work))
    tied = [one for one in at_work if _helped(one) == first]
    one = tied[today.toordinal() % len(tied)]
    return SmallThing("longest", (one.student_id,), one.facts.helped_on)
