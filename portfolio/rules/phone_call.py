"""A meeting by phone: the same steps in fewer minutes, with what the child says or reads at each in few words.

What is only seen does not help on the phone: of a picture there is what somebody wrote about it. Nothing is here that
the family could not see at the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from portfolio.model import Choice, Passage
from portfolio.rules import family_view as v
from portfolio.rules.answers import in_a_line
from portfolio.rules.brief import brief, brief_passage
from portfolio.rules.own_time import Telling, telling

LONGEST: Final = 150
"""Letters of one thing that is read aloud; more is hard to follow without seeing it."""

MOST_LINES: Final = 2
"""Things that are read at one step."""

MOST_STEPS: Final = 5
"""Steps of the child's in one call; who wants more may come to the book itself."""

WITH_INTERPRETER: Final = 1.5
"""Words said twice take longer (content model, section 4)."""

_ROUND_THE_STEPS: Final = 5
"""Minutes for hello, questions, a goal, promises and goodbye, besides what the child tells."""


@dataclass(frozen=True)
class Read:
    """One thing the child says or reads: a fixed beginning (message id), words or picks.

    ``seen``: it says what a picture shows · ``who`` promised it.
    """

    lead: str
    words: Passage
    picks: tuple[Choice, ...] = ()
    seen: bool = False
    who: str = ""


@dataclass(frozen=True)
class CallStep:
    """One step of a call: its name and drawing, minutes, what is read."""

    title: str
    icon: str
    minutes: int
    reads: tuple[Read, ...]


@dataclass(frozen=True)
class Call:
    """A whole call: the child's hello and its steps, the teacher's note if there is one, about how many minutes it takes."""

    hello: tuple[Read, ...]
    steps: tuple[CallStep, ...]
    note: v.TeacherSeen | None
    minutes: int


def call_of(view: v.FamilyView, *, interpreter: bool) -> Call:
    """Return the steps of a call about a book. With an ``interpreter`` all of it takes longer."""
    told = [one for one in telling(view) if one.line.speaker == "student"]
    hello = tuple(_all_read(told[0].parts[:1])[:1] if told else [])
    steps = tuple(step for step in map(_step, told[1:]) if step.reads)[:MOST_STEPS]
    notes = (n for part in view.parts if isinstance(part.content, v.TeacherPart) for n in part.content.notes)
    note = next((_short_note(one, LONGEST) for one in notes), None)
    whole = sum(step.minutes for step in steps) + _ROUND_THE_STEPS
    call = Call(hello, steps, note, ceil(whole * (WITH_INTERPRETER if interpreter else 1)))
    return next(
        (one for one in (_cut(call, most) for most in SHORTER) if _lines(one) <= ROOM), _cut(call, 20)
    )


ROOM: Final = 30
"""Lines of what is read that one side of paper holds, in the narrow column beside the home's language."""
SHORTER: Final = (LONGEST, 110, 75, 50, 35)
_COLUMN: Final = 42


def _cut(call: Call, most: int) -> Call:
    """Return a call in which nothing that is read has more letters than this."""

    def cut(reads: tuple[Read, ...]) -> tuple[Read, ...]:
        return tuple(
            replace(one, words=brief_passage(one.words, most), who=brief(one.who, 24)) for one in reads
        )

    steps = tuple(replace(step, reads=cut(step.reads)) for step in call.steps)
    note = _short_note(call.note, most) if call.note else None
    return replace(call, hello=cut(call.hello), steps=steps, note=note)


def _lines(call: Call) -> int:
    """Return about how many lines the side with what is said takes."""
    reads = (*call.hello, *(one for step in call.steps for one in step.reads))
    texts = [(one.words, len(one.lead) + len(one.who) + 12 * len(one.picks)) for one in reads]
    if call.note:
        texts += [(one, 0) for one in (call.note.strength, call.note.next_step, call.note.home_help) if one]
    both = [
        max(len(words.text) + more, *(len(one.text) + 8 for one in words.translations), 0)
        for words, more in texts
    ]
    return sum(ceil(letters / _COLUMN) for letters in both) + 2 * len(call.steps)


def _short_note(note: v.TeacherSeen, most: int) -> v.TeacherSeen:
    texts = {
        name: brief_passage(getattr(note, name), most) for name in ("strength", "next_step", "home_help")
    }
    return note.but(**texts)


def _step(told: Telling) -> CallStep:
    """Return a step in few words: of each page one thing; what was answered besides only where nothing else is."""
    filled = [part for part in told.parts if part.filled and not isinstance(part.content, v.PairsPart)]
    main = [part for part in filled if not isinstance(part.content, v.AnswersPart | v.RatingsPart)]
    each = [_all_read([part]) for part in main or filled]
    reads = each[0] if len(each) == 1 else [one for found in each for one in found[:1]]
    minutes = max(1, round(told.line.minutes / 3))
    return CallStep(told.line.title, told.line.icon, minutes, tuple(reads[:MOST_LINES]))


def _all_read(parts: Iterable[v.Part]) -> list[Read]:
    return [one for part in parts for one in _reads(part) if one.words or one.picks]


def _reads(part: v.Part) -> Iterator[Read]:
    """Yield what can be read aloud of a page, what stands first in the book first."""
    match part.content:
        case v.AnswersPart(answers=said):
            yield from _said(*said)
        case v.StrengthsPart(strengths=strengths):
            for one in strengths:
                yield from _said(one.what, one.proof)
        case v.WorkPart(pieces=pieces):
            for piece in pieces:
                yield from _piece(piece)
        case v.PairsPart(pairs=pairs):
            yield from _said(*(said for pair in pairs for said in pair.said))
        case v.GrowingPart(growing=growing):
            yield from _said(*(said for one in growing for said in one.said[:1]))
        case v.GoalsPart(goals=goals):
            yield from _said(*(goal.goal for goal in goals))
        case v.LookBacksPart(promises=promises, goals=backs):
            yield from (_promised(one) for one in (*promises, *backs))
        case _:
            return


def _promised(back: v.LookBackSeen) -> Read:
    return Read("", brief_passage(back.promised, LONGEST), who=brief(back.name, 40))


def _piece(piece: v.WorkSeen) -> Iterator[Read]:
    shows = next((picture.alt for picture in piece.pictures if picture.alt), Passage())
    if piece.title:
        yield Read("", brief_passage(piece.title, LONGEST))
    yield from list(_said(*(said for said in piece.said if said.field != "sort")))[:1]
    if shows:
        yield Read("", brief_passage(shows, LONGEST), seen=True)


def _said(*said: v.Said | None) -> Iterator[Read]:
    for one in said:
        words = in_a_line(one.words, one) if one else Passage()
        if one and (words or one.picks):
            yield Read(one.lead if one.words or one.picks else "", brief_passage(words, LONGEST), one.picks)
