"""How hard a text is to read: sentences, syllables, familiar words, a level in words, hints for writers.

Knows nothing of school words (that is the finder's part) and never changes a text.
"""

from __future__ import annotations

from portfolio.words.reading.hints import Hint, hints
from portfolio.words.reading.level import Level, reading_level
from portfolio.words.reading.sentences import Sentence, sentences
from portfolio.words.reading.syllables import syllables

__all__ = ["Hint", "Level", "Sentence", "hints", "reading_level", "sentences", "syllables"]
