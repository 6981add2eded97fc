"""Words that a child of about ten and a caregiver with plain English know: our own list and what grows out of it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER: Final = Path(__file__).resolve().parent / "familiar"
_NO_COMPOUNDS: Final = "no_compounds.txt"
_NUMBER: Final = re.compile(r"\d[\d.,:/]*(?:st|nd|rd|th|s|am|pm|a\.m\.|p\.m\.|%)?")
_CONTRACTION: Final = re.compile(r"(?:n't|'(?:s|re|ve|ll|d|m|t))\Z|(?<=s)'\Z")
_SHORT_LETTERS: Final = frozenset(
    "tv dvd cd id usa us uk nyc pj pjs ok pe am pm abc abcs pc ufo x-ray zip wifi".split()
)


@lru_cache(maxsize=1)
def familiar_words() -> frozenset[str]:
    """Return the list itself, in small letters: base words and odd forms (``familiar/*.txt``, see its README)."""
    return frozenset().union(*(_read(path) for path in _FOLDER.glob("*.txt") if path.name != _NO_COMPOUNDS))


@lru_cache(maxsize=8192)
def is_familiar(word: str) -> bool:
    """Return whether a word in small letters (see ``plain``) is known: on the list, or grown out of it.

    Known too: numbers, -s -ed -ing -er -est -ly, contractions, words joined by hyphens, and two known words
    written as one (``snowball``) unless they mean something else together (``benchmark``).
    """
    if _known(word) or _NUMBER.fullmatch(word):
        return True
    short = _CONTRACTION.sub("", word)
    if short != word and _known(short):
        return True
    if "-" in word:
        return all(part and is_familiar(part) for part in word.split("-"))
    return _is_compound(short)


def _known(word: str) -> bool:
    known = familiar_words()
    return word in known or word in _SHORT_LETTERS or any(base in known for base in _bases(word))


def _is_compound(word: str) -> bool:
    if not 6 <= len(word) <= 20 or any(base in _no_compounds() for base in (word, *_bases(word))):
        return False
    known = familiar_words()
    return any(word[:cut] in known and _known(word[cut:]) for cut in range(3, len(word) - 2))


def _bases(word: str) -> Iterator[str]:
    """Yield what a word may have been before it got its ending."""
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
    if word.endswith("ly"):
        yield word[:-2]
        yield word[:-2] + "le" if not word.endswith("lly") else word[:-1]
        yield word[:-1] + "e"  # gently
        if word.endswith("ily"):
            yield word[:-3] + "y"
        if word.endswith("ally"):
            yield word[:-4]  # magically
    for ending in ("ed", "ing", "er", "est", "ers", "ings"):
        if word.endswith(ending):
            yield from _before_vowel(word[: -len(ending)])


def _before_vowel(stem: str) -> Iterator[str]:
    """Yield the bases of a stem before -ed, -ing, -er, -est: walk, bake, stop, carry."""
    if len(stem) < 2:
        return
    yield stem
    yield stem + "e"
    if stem[-1] == stem[-2]:
        yield stem[:-1]
    if stem[-1] == "i":
        yield stem[:-1] + "y"


@lru_cache(maxsize=1)
def _no_compounds() -> frozenset[str]:
    return _read(_FOLDER / _NO_COMPOUNDS)


def _read(path: Path) -> frozenset[str]:
    lines = path.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
