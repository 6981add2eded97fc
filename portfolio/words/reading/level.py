"""How hard a text is to read, in a word: never a grade, never a decimal, and nothing at all about a short text.

English: the share of words off the familiar list plus the share of words of three or more syllables. Grade
formulas are left alone: they jump by 2-4 grades within one text and find pure school code easy. Spanish: the
formula of Fernández Huerta (1959). Elsewhere only the length of sentences is known.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from portfolio.words.reading.familiar import is_familiar
from portfolio.words.reading.sentences import Sentence, sentences
from portfolio.words.reading.syllables import syllables
from portfolio.words.reading.tokens import Word, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Level = Literal["easy", "ok", "hard", "too_short"]
"""``ok``: some hard parts. ``too_short``: under 100 words and under 8 sentences nobody can tell."""

ENOUGH_WORDS: Final = 100
ENOUGH_SENTENCES: Final = 8

# Set on the passages named "set" in tests/cases/reading, tested on those named "test".
_EASY, _HARD = 0.04, 0.30  # English: shares added up, from 0 to 2; in the gaps .02 to .06 and .13 to .74
_EASY_ES, _HARD_ES = 80.0, 50.0  # Spanish: where the formula's own bands begin to say "easy" and "difficult"
_EASY_LENGTH, _HARD_LENGTH = 10.0, 20.0  # elsewhere: words in a sentence on average; a rough guess

_NO_NAME: Final = re.compile(
    r"(?:tion|sion|ment|ness|ism|ology|i[sz]ed|ative|tive|ulum|ional|ated|ility|ality|ivity|ered|ancy|ency)s?\Z"
)
"""Endings of things, not of people and places: "Individualized Education Program" is no name."""
_NO_NAME_AFTER: Final = frozenset("the a an our your my his her their its this that these those each".split())
_HEADING: Final = 4  # words: a shorter line may well be a greeting with a name


def reading_level(text: str, lang: str = "en") -> Level:
    """Return how hard a text is to read. ``lang`` is a BCP 47 tag; its main language counts.

    Any text goes in, of any script; it takes linear time.
    """
    parts = sentences(text)
    total = sum(part.count for part in parts)
    if total < ENOUGH_WORDS and len(parts) < ENOUGH_SENTENCES:
        return "too_short"
    main = lang.replace("_", "-").partition("-")[0].lower()
    if main == "en":
        share = hard_share(parts)
        return "easy" if share <= _EASY else "hard" if share > _HARD else "ok"
    if main == "es":
        points = fernandez_huerta(parts)
        return "easy" if points >= _EASY_ES else "hard" if points < _HARD_ES else "ok"
    average = total / len(parts)
    return "easy" if average <= _EASY_LENGTH else "hard" if average > _HARD_LENGTH else "ok"


def hard_share(parts: Sequence[Sentence]) -> float:
    """Return the share of unfamiliar words plus the share of words of three or more syllables (English), 0 to 2."""
    unfamiliar = long = total = 0
    for word, known, name in judged(parts):
        total += 1
        unfamiliar += not known
        long += not name and _spoken(word.text, known=known) >= 3
    return (unfamiliar + long) / max(1, total)


def fernandez_huerta(parts: Sequence[Sentence]) -> float:
    """Return 206.84 - 60 syllables a word - 1.02 words a sentence: about 100 for the easiest, under 30 very hard."""
    spoken = [syllables(word.text, "es") for part in parts for word in part.words]
    if not spoken:
        return 206.84
    return 206.84 - 60 * sum(spoken) / len(spoken) - 1.02 * len(spoken) / len(parts)


def judged(parts: Sequence[Sentence]) -> Iterator[tuple[Word, bool, bool]]:
    """Yield every English word, whether a reader knows it, and whether that is because it is a name."""
    names = _names(parts)
    for part in parts:
        for word in part.words:
            small = plain(word.text)
            known = is_familiar(small)
            name = not known and _stem(small) in names and word.text[:1].isupper()
            yield word, known or name, name


def _spoken(word: str, *, known: bool) -> int:
    """Return how many syllables are heard; of unknown capitals ("IEP") one for each letter."""
    return len(word) if word.isupper() and not known else syllables(word)


def _names(parts: Sequence[Sentence]) -> frozenset[str]:
    """Return the names: words always with a capital, within a sentence or at the beginning of more than one."""
    first: Counter[str] = Counter()
    inside: set[str] = set()
    small: set[str] = set()
    for part in parts:
        first.update(_stem(plain(word.text)) for word in part.words[:1] if _like_a_name(word.text))
        small.update(_stem(plain(word.text)) for word in part.words if not _like_a_name(word.text))
        inside.update(_names_within(part))
    often = {stem for stem, times in first.items() if times > 1}
    return frozenset(stem for stem in (inside | often) - small if not _NO_NAME.search(stem))


def _names_within(part: Sentence) -> Iterator[str]:
    """Yield words with a capital, but none of a heading and none after "the" or "our" (the Pacing Guide)."""
    capitals = sum(_like_a_name(word.text) for word in part.words[1:])
    if len(part.words) >= _HEADING and capitals > (len(part.words) - 1) / 2:
        return
    may_be = True
    for before, word in pairwise(part.words):
        if not _like_a_name(word.text):
            may_be = True
            continue
        may_be = may_be and plain(before.text) not in _NO_NAME_AFTER
        if may_be:
            yield _stem(plain(word.text))


def _stem(small: str) -> str:
    return small.removesuffix("'s").removesuffix("'")


def _like_a_name(word: str) -> bool:
    """Return whether a word has its capital as names do: "Amal", "McKay", not "IEP"."""
    return word[:1].isupper() and any(letter.islower() for letter in _stem(word.replace("’", "'"))[1:])
