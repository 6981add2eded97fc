"""What may be meant for a label of an answer and is none, or is another one than its words say.

A sheet is typed in by hand. ``(76) He is ill`` or ``[41 Only for the teacher]`` are slips of a finger: whoever guessed
what they mean would show a child what was meant for its teacher. So nothing of such an answer is shown to it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

UNSEEN: Final = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff"
"""Marks nobody sees, as they stand in a class of signs."""
OPEN, CLOSE = r"[\[［【〔]", r"[\]］】〕]"
"""What labels begin and end with."""

_LEAD: Final = r"(?:[^\w\n\\$€£¥₹¢]|_){0,20}"
"""What may stand before a label on its line: spaces, quotations, brackets of any kind; no money, and none of our strokes."""
_NO_DATE: Final = r"(?!\s{0,9}\d{1,4}\s{0,9}[/.:,-]\s{0,9}\d)"
_SQUARE: Final = re.compile(rf"(?m)^{_LEAD}{OPEN}{_NO_DATE}[^\S\n]{{0,9}}\d")
"""At the beginning of a line: never closed, or with other signs."""
_PAIR: Final = r"(?P<tens>\d)[^\S\n]?(?P<ones>\d)(?![^\S\n]?\d|[/.:,-]\d)"
_TORN: Final = re.compile(rf"(?<![\w/\\]){OPEN}[^\S\n]{{0,9}}(?P<tens>\d)[^\S\n]?(?P<ones>\d)(?![^\S\n]?\d)")
"""Anywhere, before a point or a colon: no day of a month is so late."""
_OTHER: Final = r"[^\w\s\\$€£¥₹¢>|*•·.,;:!?…\"'’‘“”–—+-]"
_ROUND: Final = re.compile(
    rf"(?m)^{_LEAD}{_OTHER}[^\S\n]{{0,3}}(?P<tens>\d)[^\S\n]?(?P<ones>\d)(?![^\S\n]?\d|[.,/]\d)"
)
_NAKED: Final = re.compile(
    rf"(?m)^{_LEAD}{_PAIR}[^\S\n]{{0,3}}(?:[)\]}}>）］】〕｝〉》⟩›»」』⟧]|[.:;=–—-](?=\s|$)|$|[^\[\]\n]{{0,80}}{CLOSE})"
)
_WITH_WORDS: Final = re.compile(rf"(?m)(?:^{_LEAD}|[({{<（]){_PAIR}(?P<words>[^\n]{{1,80}})")

_MARKS: Final = re.compile(f"[{UNSEEN}]")
_APART: Final = frozenset({50, *range(52, 60), *range(70, 80)})
"""Numbers below which the teacher's words stand, and those beside them."""
_TEACHER_ONLY: Final = 76
_SHOWN: Final = 60

_ALONE: Final = (
    "teacher",
    "only",
    "private",
    "maestr",
    "profesor",
    "docente",
    "solo",
    "privad",
    "معلم",
    "فقط",
)
"""In words of a label: it is for the teacher alone."""


def doubtful(words: str) -> str:
    """Return the line in somebody's words that may be meant for a label of what the teacher alone reads; "" for none."""
    plain = _MARKS.sub("", words)
    at = [one.end() for one in _SQUARE.finditer(plain)]
    at += [
        one.end()
        for pattern in (_TORN, _ROUND, _NAKED)
        for one in pattern.finditer(plain)
        if _number(one) in _APART
    ]
    at += [
        one.end("ones") for one in _WITH_WORDS.finditer(plain) if _number(one) in _APART and _means_it(one)
    ]
    if not at:
        return ""
    start = plain.rfind("\n", 0, min(at)) + 1
    return " ".join(plain[start:].split("\n", 1)[0].split())[:_SHOWN]


def _number(found: re.Match[str]) -> int:
    tens, ones = (unicodedata.digit(sign) for sign in found.group("tens", "ones"))
    return tens * 10 + ones


def _means_it(found: re.Match[str]) -> bool:
    """Return whether words behind a number say so, or the number alone does."""
    return says_alone(found["words"]) or (_number(found) == _TEACHER_ONLY and found["words"][0].isspace())


def says_alone(words: str) -> bool:
    """Return whether the words of a label say, in a language of ours, that the teacher alone reads what stands below it."""
    plain = letters(words)
    return any(one in plain for one in _ALONE)


def letters(text: str) -> str:
    """Return the letters of a text alone: what mail programs do to spaces and signs does not matter."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in apart if sign.isalnum())
