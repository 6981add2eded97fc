"""A meeting a family holds by itself: what the child tells, step by step of the agenda, as it stands in the book.

The order is that of the screens at the table (:mod:`portfolio.rules.running_order`); here a page of the book comes
whole, because one scrolls and does not turn. What a child has written for its own eyes has no place in a view.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from portfolio.model import Record
from portfolio.rules import family_view as v
from portfolio.rules.running_order import Scene, running_order


@dataclass(frozen=True)
class Telling:
    """One step: what is told or shown then, what the child prepared for it, whether the family has its turn.

    ``number`` counts the steps from 1. ``together``: something is decided by all of them.
    """

    number: int
    line: v.AgendaLine
    parts: tuple[v.Part, ...]
    turn: bool
    together: bool

    @property
    def says(self) -> bool:
        """Return whether anything of the book is told at this step."""
        return self.line.statement is not None or any(part.filled for part in self.parts)


def telling(view: v.FamilyView) -> tuple[Telling, ...]:
    """Return the steps of a meeting for who reads or listens instead of sitting at the table.

    A page stands at the first step that comes to it. A step at which there is nothing to tell or to do is left out,
    but for the first and the last: hello and thank you need no words in a book.
    """
    parts = {part.section: part for part in view.parts if part.section}
    found: dict[int, list[Scene]] = {}
    for scene in running_order(view):
        found.setdefault(scene.step, []).append(scene)
    seen: set[str] = set()
    told = [_told(scenes, tuple(_whole(scenes, parts, seen))) for scenes in found.values()]
    ends = (told[0], told[-1]) if told else ()
    kept = (one for one in told if one.says or one.turn or one.together or one in ends)
    return tuple(replace(one, number=number) for number, one in enumerate(kept, start=1))


def _told(scenes: Sequence[Scene], parts: tuple[v.Part, ...]) -> Telling:
    line = scenes[0].line
    turn = any(scene.kind == "turn" for scene in scenes)
    return Telling(number=0, line=line, parts=parts, turn=turn, together=line.speaker == "all")


def _whole(scenes: Sequence[Scene], parts: Mapping[str, v.Part], seen: set[str]) -> Iterator[v.Part]:
    """Yield the pages behind some screens that were not seen before, with as many entries as there is time for."""
    for scene in scenes:
        part = scene.part
        if part is None or part.section in seen:
            continue
        if part.section:
            seen.add(part.section)
        yield limited(parts[part.section], scene.line.at_most) if part.section else part


_ENTRIES: Final = {
    "strengths": "strengths",
    "work": "pieces",
    "growth_pairs": "pairs",
    "growing": "growing",
    "goals": "goals",
}
"""Which field holds the entries an agenda counts, by kind of page."""


def limited(part: v.Part, at_most: int | None) -> v.Part:
    """Return a page with its first ``at_most`` entries; all of them if nothing is said."""
    field = _ENTRIES.get(part.content.holds)
    if at_most is None or field is None:
        return part
    content: Record = part.content
    return part.but(content=content.but(**{field: getattr(content, field)[:at_most]}))


MOST_MINUTES: Final = 15
"""What a family is told this takes at its kitchen table, if the agenda does not say less."""


def minutes_of(view: v.FamilyView) -> int:
    """Return about how many minutes a family needs by itself: those of the agenda, in fives, fifteen at most.

    Nobody waits for an interpreter there and nothing is handed around.
    """
    whole = sum(line.minutes for line in view.agenda) or MOST_MINUTES
    return min(MOST_MINUTES, ceil(whole / 5) * 5)
