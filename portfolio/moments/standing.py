"""Where a child stands with its book: where it wrote last, what is still open, whether it has called it ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from portfolio.model import Section
from portfolio.moments.cover import IN_THE_MAKING
from portfolio.moments.desk import StudentDesk
from portfolio.moments.nudges import NudgeLine, nudges_for_child
from portfolio.rules.cards import cards
from portfolio.rules.still_open import still_open

MOST_NUDGES: Final = 3
"""So many next steps are offered at once; the others wait until these are taken."""


@dataclass(frozen=True)
class Standing:
    """Where a book stands before it is shown. Parts are pairs of section id and title, in the child's language.

    ``ready``: the child has said so · ``final``: the teacher has taken it further, so there is no way back ·
    ``empty``: parts nobody has begun · ``unshown``: parts that say something and let nobody see it ·
    ``nudges``: a few next steps, each with a sentence after the id and title of its part.
    """

    ready: bool
    final: bool
    empty: tuple[tuple[str, str], ...]
    unshown: tuple[tuple[str, str], ...]
    nudges: tuple[tuple[str, str, str], ...] = ()


def standing(desk: StudentDesk) -> Standing:
    """Return where the book on a desk stands now."""
    status, book = desk.cover.status(), desk.fresh()
    there = still_open(book)
    title = {part["id"]: part["title"] for part in desk.path()}
    return Standing(
        ready=status not in IN_THE_MAKING,
        final=status not in (*IN_THE_MAKING, "ready"),
        empty=tuple((name, title[name]) for name in there.empty if name in title),
        unshown=tuple((name, title[name]) for name in there.unshown if name in title),
        nudges=tuple(
            (one.section_id, title[one.section_id], one.sentence)
            for one in _few(nudges_for_child(book, desk.say), {*there.empty, *there.unshown})
            if one.section_id in title
        ),
    )


def _few(nudges: Iterable[NudgeLine], told: set[str]) -> list[NudgeLine]:
    """Return the first nudge of each part, a few in all; what is told of a part already is not told again."""
    first: dict[str, NudgeLine] = {}
    for one in nudges:
        if one.section_id not in told:
            first.setdefault(one.section_id, one)
    return list(first.values())[:MOST_NUDGES]


def last_section(desk: StudentDesk, pages: Iterable[Section] | None = None) -> str:
    """Return the section whoever writes at this desk wrote in last, or "" if it never wrote.

    ``pages`` are those that are looked at: without them the sections of the book.
    """
    touched = desk.store.changes_since(desk.portfolio_id, 0)
    mine = sorted((t for t in touched if t.changed_by == desk.by and t.now), key=lambda t: t.changed_at)
    book = desk.fresh()
    sections = book.sections() if pages is None else pages
    at = {card.entry.entry_id: s.section_id for s in sections for card in cards(book, s)}
    return next((at[t.entry_id] for t in reversed(mine) if t.entry_id in at), "")
