"""What a book still has room for, before a child says that it is ready: kind notes, never a reason to wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portfolio.model import Book, Entry, Section
from portfolio.rules.progress import book_state

_SHOWN_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "strengths": ("proof", "piece", "pictures", "media", "quote"),
    "work": ("pictures", "media"),
}
"""Which fields let others see that what an entry says is so, by what a section holds."""

_NO_ANSWER: Final = frozenset({"kind", "entry_id", "besides", "school_words"})


@dataclass(frozen=True)
class StillOpen:
    """Ids of the sections nobody has begun, and of those that say something and show nothing, in their order."""

    empty: tuple[str, ...]
    unshown: tuple[str, ...]


def still_open(book: Book) -> StillOpen:
    """Return what a book still has room for."""
    states = book_state(book)
    return StillOpen(
        empty=tuple(s.section.section_id for s in states if s.state == "empty"),
        unshown=tuple(s.section.section_id for s in states if _says_without_showing(book, s.section)),
    )


def _says_without_showing(book: Book, section: Section) -> bool:
    """Return whether an entry says something that nobody can look at, though the section asks for that too."""
    shown_by = _SHOWN_BY.get(section.holds, ())
    if not any(prompt.field in shown_by for prompt in section.prompts):
        return False
    return any(_says(entry, shown_by) for entry in getattr(book.portfolio, section.holds))


def _says(entry: Entry, shown_by: tuple[str, ...]) -> bool:
    """Return whether an entry says something with none of these fields filled, nor anything beside its words."""
    shows = bool(entry.besides) or any(getattr(entry, name, None) for name in shown_by)
    return not shows and any(value for name, value in entry if name not in _NO_ANSWER)
