"""Saying things in somebody's language: our texts through gettext, dates in its own way."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from portfolio import files
from portfolio.errors import PortfolioError
from portfolio.words.languages import Language, language

DOMAIN = "portfolio"

_PLACE = re.compile(r"\{[^{}]*\}")
_FROM_LEFT, _END = "\u2066", "\u2069"
"""Round a text that runs from left to right on a page that does not: its full stop stays at its end."""


class Catalog(Protocol):
    """The part of a gettext catalogue that we use."""

    def gettext(self, message: str) -> str:
        """Return the message in the catalogue's language."""
        ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the right plural form."""
        ...


@dataclass(frozen=True)
class Speech:
    """A voice in one language: call it with an English message id and the values for its ``{names}``."""

    language: Language
    catalog: Catalog

    @property
    def lang(self) -> str:
        """The language tag for ``lang`` attributes."""
        return self.language.tag

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, for ``dir`` attributes."""
        return self.language.direction

    @property
    def comma(self) -> str:
        """What stands between the parts of a list, its space with it."""
        return "، " if self.direction == "rtl" and self.lang.split("-")[0] not in ("he", "yi") else ", "

    def __call__(self, msgid: str, **values: object) -> str:
        """Return the text in this language, values filled in. An empty id stays empty."""
        text = self.catalog.gettext(msgid) if msgid else ""
        return self._in_its_way(text, text == msgid, text.format(**values) if values else text)

    def many(self, one: str, more: str, n: int, **values: object) -> str:
        """Return the plural form for ``n``, which fills ``{n}``."""
        text = self.catalog.ngettext(one, more, n)
        return self._in_its_way(text, text in (one, more), text.format(n=n, **values))

    def knows(self, msgid: str) -> bool:
        """Return whether there is a text of this language for it, not the English one in its place."""
        return self.lang == "en" or self.catalog.gettext(msgid) != msgid

    def _in_its_way(self, text: str, english: bool, filled: str) -> str:
        """Return a text; an English one that stands in for a missing one keeps its order on a page from right to left.

        A word alone needs nothing, and a teacher's own title in the letters of the page is none of ours.
        """
        if self.direction == "ltr" or not english or filled.isalnum():
            return filled
        first = next((letter for letter in _PLACE.sub("", text) if letter.isalpha()), "")
        return f"{_FROM_LEFT}{filled}{_END}" if first and first.isascii() else filled

    def day(self, day: date | None) -> str:
        """Return a day as people write it in this language, with its weekday; empty for ``None``."""
        if day is None:
            return ""
        from babel.dates import format_date  # slow to import: only where a day is written

        return format_date(day, "full", locale=self.language.dates)

    def short_day(self, day: date) -> str:
        """Return a day in few letters, for a drawing: with its year, without its weekday."""
        from babel.dates import format_skeleton  # slow to import: only where a day is written

        return format_skeleton("yMMMd", day, locale=self.language.dates)


@lru_cache(maxsize=64)
def speak(tag: str) -> Speech:
    """Return the voice for a language tag; English where we have no texts of our own in it."""
    spoken = language(tag)
    if not spoken.catalog:
        spoken = language("en")
    catalog = gettext.translation(DOMAIN, files.catalogs(), languages=[spoken.tag], fallback=True)
    return Speech(spoken, catalog)


def say(error: PortfolioError, speech: Speech) -> str:
    """Return an error as a sentence in the reader's language.

    Errors inside of it (all the mistakes of one file) are worded in that language too, one to a line.
    """
    return speech(error.msgid, **_in_words(error.values, speech))


def _in_words(values: Mapping[str, object], speech: Speech) -> dict[str, object]:
    return {name: _worded(value, speech) for name, value in values.items()}


def _worded(value: object, speech: Speech) -> str:
    if isinstance(value, PortfolioError):
        return say(value, speech)
    if isinstance(value, (tuple, list)) and any(isinstance(one, PortfolioError) for one in value):
        return "\n".join(_worded(one, speech) for one in value)
    return str(value)
