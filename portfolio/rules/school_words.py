"""What was chosen for school words: per entry when it was said, per page of the book when it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pydantic import ValidationError

from portfolio.errors import InputRefused
from portfolio.model import Entry, Portfolio, Section, WordChoice
from portfolio.rules.family_view import Part

E = TypeVar("E", bound=Entry)


def entries_of(portfolio: Portfolio, section: Section) -> tuple[Entry, ...]:
    """Return the entries a section holds, in order."""
    shelf: tuple[Entry, ...] = getattr(portfolio, section.holds)
    if section.holds in ("answers", "ratings"):  # shelves that several sections share
        return tuple(entry for entry in shelf if getattr(entry, "section", "") == section.section_id)
    return shelf


def fine_words(portfolio: Portfolio, section: Section) -> tuple[str, ...]:
    """Return the school words that need no explaining on a section's page, by their ids.

    A page explains each word once. So a word is fine there when some entry calls it fine and none wants it explained.
    """
    wanted = set(chosen_words(portfolio, section, "explain"))
    return tuple(term for term in chosen_words(portfolio, section, "fine") if term not in wanted)


def chosen_words(portfolio: Portfolio, section: Section, how: str) -> tuple[str, ...]:
    """Return the school words for which somebody has chosen this on a section's page, by their ids, each once."""
    choices = (choice for entry in entries_of(portfolio, section) for choice in entry.school_words)
    return tuple(dict.fromkeys(choice.term for choice in choices if choice.how == how))


def fine_anywhere(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the school words that need no explaining where several pages speak at once, by their ids.

    Those that are fine on some page, and wanted on none.
    """
    wanted = {term for part in parts for term in part.explain}
    return tuple(dict.fromkeys(term for part in parts for term in part.fine if term not in wanted))


def with_word(entry: E, term: str, how: str) -> E:
    """Return the entry with a choice for a school word: ``explain``, ``fine``, or "" for none any more.

    Raises ``InputRefused`` for any other choice, or a term that is no id.
    """
    if not how:
        return entry.but(school_words=tuple(one for one in entry.school_words if one.term != term))
    try:
        return entry.with_choice(WordChoice.model_validate({"term": term, "how": how}))
    except ValidationError as error:
        raise InputRefused(
            "That could not be understood, so it was not saved. Please tell your teacher."
        ) from error
