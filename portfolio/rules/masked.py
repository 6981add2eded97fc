"""Names of a class taken out of somebody's words: children, grown-ups at home, teachers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from portfolio.model import SchoolClass, Student

HIDDEN: Final = "…"
"""What stands where a name was."""

_WORD: Final = re.compile(
    r"[^\W_][^\s!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f\u3000-\u303f\u060c\u061b\u061f\u06d4]*"
)
"""A letter and what follows up to a space or a sign; marks over letters belong to them."""
_ROW: Final = re.compile(f"{HIDDEN}(?:[. ]*{HIDDEN})+")
"""Title, first name, family name: how many words a name had is nobody's business."""

_NO_NAMES: Final = frozenset("the and los las el la les der die das und y et".split())
_TOGETHER: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
"""Scripts that put no space between words, so that a name has no end one could see."""


@dataclass(frozen=True)
class Names:
    """Names as they are looked for: whole words, beginnings and ends that names have in some scripts, signs."""

    words: frozenset[str]
    within: tuple[str, ...]
    signs: tuple[str, ...]


def names_of(school: SchoolClass, students: Iterable[Student]) -> Names:
    """Return every name that may tell of somebody in a class."""
    people = tuple(students)
    lines = [
        *(s.name for s in people),
        *(adult for s in people for h in s.households for adult in h.adults),
        *(h.label for s in people for h in s.households),
        *(t.name for t in school.teachers),
    ]
    found = {m.group() for line in lines for m in _WORD.finditer(unicodedata.normalize("NFC", line))}
    named = {word for word in found if not word[0].islower() and not word.isdigit()}
    signs = {word for word in named if _TOGETHER.search(word)}
    words = {_folded(word) for word in named - signs if len(word) > 1} - _NO_NAMES
    within = {word for word in words if len(word) > 2 and not word.isascii() and not _is_latin(word)}
    return Names(frozenset(words), tuple(sorted(within)), tuple(sorted(signs, key=lambda s: (-len(s), s))))


def masked(text: str, names: Names) -> str:
    """Return a text with every name in it hidden, however it is written: capitals and accents do not matter."""
    plain = unicodedata.normalize("NFC", text)
    for sign in names.signs:
        plain = plain.replace(sign, HIDDEN)
    hidden = _WORD.sub(lambda m: HIDDEN if _is_name(_folded(m.group()), names) else m.group(), plain)
    return _ROW.sub(HIDDEN, hidden)


def _is_name(word: str, names: Names) -> bool:
    return word in names.words or any(name in word for name in names.within)


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in apart if not unicodedata.combining(c))


def _is_latin(word: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in word if c.isalpha())
