"""Which words are spelled right though a list of school words does not hold them: everyday English, and what grows of it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

_PREFIXES: Final = re.compile(
    r"^(?:un|re|dis|mis|pre|non|over|under|out|inter|super|sub|anti|fore)(?=[a-z]{4})"
)
_SUFFIXES: Final = re.compile(
    r"(?:able|ible|ance|ence|ant|ent|ation|ition|ion|ive|ative|al|ical|ic|ous|ish|ism|ist|ity|ize|ise"
    r"|ery|age|or|ability|ification|ify)$"
)
_ADDED: Final = ("ment", "ness", "ful", "less", "hood", "ship", "ward", "like")
_ENDINGS: Final = ("s", "es", "ed", "ing", "ly", "er", "ers", "ally")
_ONE_LETTER: Final = re.compile(r"([^aeiou]*[aeiou][bdgklmnprt])(?:ing|ed|er)")


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    lines = (Path(__file__).resolve().parent / "ordinary.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=8192)
def is_ordinary(word: str) -> bool:
    """Return whether a small word is everyday English, or grown out of it by the usual beginnings and endings."""
    from portfolio.words.reading.familiar import familiar_words, is_familiar

    if is_familiar(word):
        return not _undoubled(word)
    if word in _listed():
        return True
    bare = _PREFIXES.sub("", word)
    if bare != word and is_familiar(bare):
        return True
    stems = {one.removesuffix(end) for one in (word, bare) for end in ("", *_ENDINGS)}
    whole = {stem.removesuffix(end) for stem in stems for end in _ADDED if stem.endswith(end)}
    known, listed = familiar_words(), _listed()
    if any(one in listed or one in known or (one[-1:] == "i" and one[:-1] + "y" in known) for one in whole):
        return True
    shorter = stems | {_SUFFIXES.sub("", stem) for stem in stems}
    return any(_grown(stem) for stem in shorter - {word})


def _undoubled(word: str) -> bool:
    """Return whether a word lacks the second letter that its ending asks for: "runing", "ploted"."""
    from portfolio.words.reading.familiar import familiar_words

    found = _ONE_LETTER.fullmatch(word)
    known = familiar_words()
    return found is not None and found[1] in known and word not in known and found[1] + "e" not in known


def _grown(stem: str) -> bool:
    """Return whether a stem is a known word, or one without its e or y, or with its last letter doubled."""
    from portfolio.words.reading.familiar import familiar_words

    tried = [stem, stem + "e", stem + "y"]
    if stem[-1:] == "i":
        tried.append(stem[:-1] + "y")
    if stem[-1:] == stem[-2:-1]:
        tried.append(stem[:-1])
    known, listed = familiar_words(), _listed()
    return any(one in listed or (len(one) > 3 and one in known) for one in tried)
