"""WHAT IT SAYS: languages, catalogues, the plain-words finder, the reading level (imported when first asked for)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portfolio.words.languages import LANGUAGES, Language, language
from portfolio.words.speech import Speech, say, speak

if TYPE_CHECKING:
    from portfolio.words.finder.find import find
    from portfolio.words.finder.swap import swapped
    from portfolio.words.reading import Hint, Level, hints, reading_level

__all__ = [
    "LANGUAGES",
    "Hint",
    "Language",
    "Level",
    "Speech",
    "find",
    "hints",
    "language",
    "reading_level",
    "say",
    "speak",
    "swapped",
]

_WHERE = {
    "find": "portfolio.words.finder.find",
    "swapped": "portfolio.words.finder.swap",
    "Hint": "portfolio.words.reading",
    "Level": "portfolio.words.reading",
    "hints": "portfolio.words.reading",
    "reading_level": "portfolio.words.reading",
}


def __getattr__(name: str) -> Any:
    """Import the finder or the reading level when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    globals()[name] = found = getattr(import_module(_WHERE[name]), name)
    return found
