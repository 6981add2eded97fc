"""Words for languages in a list that nobody here knows: which there are, whose they are, what a person says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portfolio.model.own_language import LONGEST_WORD, own_tag
from portfolio.rules.roster import Table, TagsOf
from portfolio.rules.roster_names import key
from portfolio.rules.roster_rows import names_of

OWN: Final = "own"
"""What is said of a word that is a language all the same: its words are kept as they are."""

MOST_UNKNOWN: Final = 60
"""Words that are asked about; a column with more of them holds no languages."""


@dataclass(frozen=True)
class UnknownLanguage:
    """A word for a language nobody here knows, and the children (names, in the order of the list) it is about."""

    word: str
    names: tuple[str, ...]

    @property
    def word_id(self) -> str:
        """Return what the word is known by in a form: the same for other cases and widths of its letters."""
        return word_id(self.word)


def word_id(word: str) -> str:
    """Return a short digest (hex) of a word for a language."""
    return hashlib.sha256(key(word[:LONGEST_WORD]).encode("utf-8", "replace")).hexdigest()[:12]


def unknown_languages(
    table: Table, tags_of: TagsOf, *, first_names: bool = False
) -> tuple[UnknownLanguage, ...]:
    """Return the words nobody knows under the columns of languages, in the order of the list."""
    at = [column.index for column in table.columns if column.role in ("language", "spoken")]
    words: dict[str, str] = {}
    whose: dict[str, dict[str, None]] = {}
    for row in table.rows:
        for word in (word for index in at for word in tags_of(row.cell(index))[1]):
            words.setdefault(word_id(word), word[:LONGEST_WORD])
            name = names_of(table, row, first_names=first_names)[0]
            whose.setdefault(word_id(word), {})[name] = None
    return tuple(UnknownLanguage(word, tuple(whose[i])) for i, word in words.items())[:MOST_UNKNOWN]


def with_choices(tags_of: TagsOf, choices: Mapping[str, str]) -> TagsOf:
    """Return a way to read languages that knows what a person says of words: id of a word → a tag, or ``OWN``.

    A word of which nothing is said is kept as a tag that says so, after the languages that are known; it is told
    as unknown all the same.
    """

    def told(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        tags, unknown = tags_of(text)
        said = [(word, choices.get(word_id(word), "")) for word in unknown]
        more = [
            own_tag(word, looked_at=choice == OWN) if choice in ("", OWN) else choice for word, choice in said
        ]
        return tuple(dict.fromkeys((*tags, *more))), tuple(word for word, choice in said if not choice)

    return told
