"""Where a child stands with its book: where it wrote last, what is still open, whether it has called it ready."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.moments.cover import IN_THE_MAKING
from portfolio.moments.desk import StudentDesk
from portfolio.rules.cards import cards
from portfolio.rules.still_open import still_open


@dataclass(frozen=True)
class Standing:
    """Where a book stands before it is shown. Parts are pairs of section id and title, in the child's language.

    ``ready``: the child has said so · ``final``: the teacher has taken it further, so there is no way back ·
    ``empty``: parts nobody has begun · ``unshown``: parts that say something and let nobody see it.
    """

    ready: bool
    final: bool
    empty: tuple[tuple[str, str], ...]
    unshown: tuple[tuple[str, str], ...]


def standing(desk: StudentDesk) -> Standing:
    """Return where the book on a desk stands now."""
    status, there = desk.cover.status(), still_open(desk.fresh())
    title = {part["id"]: part["title"] for part in desk.path()}
    return Standing(
        ready=status not in IN_THE_MAKING,
        final=status not in (*IN_THE_MAKING, "ready"),
        empty=tuple((name, title[name]) for name in there.empty if name in title),
        unshown=tuple((name, title[name]) for name in there.unshown if name in title),
    )


def last_section(desk: StudentDesk) -> str:
    """Return the section whoever writes at this desk wrote in last, or "" if it never wrote."""
    touched = desk.store.changes_since(desk.portfolio_id, 0)
    mine = sorted((t for t in touched if t.changed_by == desk.by and t.now), key=lambda t: t.changed_at)
    book = desk.fresh()
    at = {card.entry.entry_id: s.section_id for s in book.sections() for card in cards(book, s)}
    return next((at[t.entry_id] for t in reversed(mine) if t.entry_id in at), "")
