"""The few small things of today, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from portfolio.moments.teacher.class_reading import Row
from portfolio.moments.teacher.class_words import listed, number
from portfolio.rules.today import OfToday, SmallKind, SmallThing, few_things
from portfolio.views.teacher.class_page import SmallLine
from portfolio.words import Speech

ICON: Final[Mapping[SmallKind, str]] = {
    "ready": "your-turn",
    "promises": "tick",
    "calls": "phone",
    "interpreters": "language",
    "longest": "edit",
}

MANY: Final[Mapping[SmallKind, str]] = {"ready": "ready", "interpreters": "interpreter"}
"""The list of those a small thing is about, where they are several; else the list of who waits for the teacher."""

PROMISED: Final = "#promised"
"""Where a teacher notes what became of a promise."""

NAMED: Final = 3
"""So many children are named; of more the last ones are a number."""


def today_lines(rows: Sequence[Row], today: date, say: Speech) -> tuple[SmallLine, ...]:
    """Return at most three small things for today, each with the way to it."""
    things = few_things([OfToday(r.student.student_id, r.facts, r.action) for r in rows], today)
    return tuple(_line(one, rows, say) for one in things)


def today_title(things: int, say: Speech) -> str:
    """Return the heading over them."""
    if not things:
        return say("Today nothing presses.")
    return say.many(
        "Today, one small thing", "Today, {number} small things", things, number=number(things, say)
    )


def _line(thing: SmallThing, rows: Sequence[Row], say: Speech) -> SmallLine:
    name = {row.student.student_id: row.student.name for row in rows}
    who = [name[one] for one in thing.who]
    words, way, link = _WORDS[thing.kind](thing, who, say)
    if thing.kind == "longest" and len(rows) > 1 and all(row.facts.helped_on is None for row in rows):
        words = say("No word of yours in any book yet. Begin with {name}?", name="".join(who))
    if thing.kind == "promises":
        return SmallLine(ICON[thing.kind], words, PROMISED, link)
    if len(who) == 1:
        return SmallLine(ICON[thing.kind], words, f"#child/{thing.who[0]}{way}", link)
    return SmallLine(ICON[thing.kind], words, f"#class/{MANY.get(thing.kind, 'waiting')}", say("See who"))


def _ready(_: SmallThing, who: Sequence[str], say: Speech) -> tuple[str, str, str]:
    names = listed(who, say, most=NAMED)
    words = say.many(
        "{names} says: my book is ready.", "{names} say: my book is ready.", len(who), names=names
    )
    return words, "", say("Look at it")


def _promises(thing: SmallThing, who: Sequence[str], say: Speech) -> tuple[str, str, str]:
    names = listed(who, say, most=NAMED)
    if len(who) > 1:
        words = say("You promised something to {names}.", names=names)
    else:
        words = say("You promised something to {names}, by {day}.", names=names, day=say.day(thing.day))
    return words, "", say("See what")


def _calls(_: SmallThing, who: Sequence[str], say: Speech) -> tuple[str, str, str]:
    names = listed(who, say, most=NAMED)
    return say("Home asks you to call before the meeting: {names}.", names=names), "/prepare", say("See how")


def _interpreters(_: SmallThing, who: Sequence[str], say: Speech) -> tuple[str, str, str]:
    names = listed(who, say, most=NAMED)
    words = say.many(
        "An interpreter to tell about the meeting: {names}.",
        "Interpreters to tell about the meetings: {names}.",
        len(who), names=names,
    )  # fmt: skip
    return words, "/prepare", say("Get ready")


def _longest(thing: SmallThing, who: Sequence[str], say: Speech) -> tuple[str, str, str]:
    name = "".join(who)
    if thing.day is None:
        return (
            say("No word of yours in {name}’s book yet. Ten minutes together?", name=name),
            "",
            say("Open it"),
        )
    day = say.day(thing.day)
    return (
        say("{name} last had a word from a teacher on {day}. Ten minutes together?", name=name, day=day),
        "",
        say("Open it"),
    )


_WORDS: Final[Mapping[SmallKind, Callable[[SmallThing, Sequence[str], Speech], tuple[str, str, str]]]] = {
    "ready": _ready,
    "promises": _promises,
    "calls": _calls,
    "interpreters": _interpreters,
    "longest": _longest,
}
