"""WHAT IT SAYS: languages, catalogues, and (in time) the plain-words finder."""

from __future__ import annotations

from portfolio.words.languages import LANGUAGES, Language, language
from portfolio.words.speech import Speech, say, speak

__all__ = ["LANGUAGES", "Language", "Speech", "language", "say", "speak"]
