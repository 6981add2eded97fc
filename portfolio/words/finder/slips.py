"""How far one spelling is from another, counting the slips children make as small and all others as large."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

FAR: Final = 9
_LARGE: Final = 3
_VOWELS: Final = frozenset("aeiouy")
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"
_ALIKE: Final = tuple(
    frozenset(group)
    for group in (
        "aeiouy",
        "ckq",
        "kx",
        "scz",
        "sx",
        "stc",
        "gj",
        "dj",
        "fv",
        "fp",
        "td",
        "mn",
        "bd",
        "bp",
        "wv",
        "wu",
    )
)
_SAME: Final = {
    one: frozenset().union(*(group for group in _ALIKE if one in group)) | {one} for one in _ALPHABET
}
"""Which letters a child writes for one another: by ear, or turned round."""
_AFTER: Final = {"h": "cwgtrsp", "k": "c", "w": "aeiou", "s": "c", "n": "g"}
_AHEAD: Final = {"t": "c", "c": "k", "d": "gj", "g": "hn", "k": "n", "w": "raeiou", "s": "c"}


def alike(one: str, other: str) -> bool:
    """Return whether two letters are written for one another."""
    return other in _SAME.get(one, one)


def extra(word: str, place: int) -> bool:
    """Return whether the letter at a place may well be one too many: a vowel, a doubled letter, the t of "bentch"."""
    one, before, after = word[place], word[place - 1 : place], word[place + 1 : place + 2]
    return (
        one in _VOWELS
        or one in (before, after)
        or bool(before and before in _AFTER.get(one, ""))
        or bool(after and after in _AHEAD.get(one, ""))
    )


def near(word: str) -> Iterator[str]:
    """Yield the spellings one small slip away: any letter put in, two turned round, one too many, one for another."""
    for place in range(1, len(word) + 1):
        head, tail = word[:place], word[place:]
        for one in _ALPHABET:
            yield head + one + tail
    for place, here in enumerate(word):
        head, tail = word[:place], word[place + 1 :]
        if extra(word, place):
            yield head + tail
        if tail:
            yield head + tail[0] + here + tail[1:]
        for one in _SAME[here]:
            yield head + one + tail


def slips(word: str, other: str, most: int) -> int:
    """Return how many slips lie between a written word and the one that may be meant; ``FAR`` if more than ``most``.

    One letter missing, two turned round, one for another that sounds like it: 1 each. Any other change: 3.
    """
    if abs(len(word) - len(other)) > most:
        return FAR
    while word and other and word[-1] == other[-1] and len(word) > 2 and word[-2:] == other[-2:]:
        word, other = word[:-1], other[:-1]
    before_that: list[int] = []
    before = list(range(len(other) + 1))
    for row, here in enumerate(word, 1):
        lost = 1 if extra(word, row - 1) else _LARGE
        line = [FAR] * (len(other) + 1)
        line[0] = before[0] + lost
        same = _SAME[here]
        for column in range(max(1, row - most), min(len(other), row + most) + 1):
            there = other[column - 1]
            best = before[column - 1] + (0 if here == there else 1 if there in same else _LARGE)
            best = min(best, before[column] + lost)
            best = min(best, line[column - 1] + 1)
            if row > 1 and column > 1 and here == other[column - 2] and word[row - 2] == there:
                best = min(best, before_that[column - 2] + 1)
            line[column] = best
        if min(line) > most and min(before) > most:
            return FAR
        before_that, before = before, line
    return before[-1] if before[-1] <= most else FAR
