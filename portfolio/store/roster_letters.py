"""Bytes to letters, for files that do not say how they are kept.

A byte order mark tells; UTF-16 without one has NULs at every second place; what is valid UTF-8 is UTF-8.
The rest was saved by an older program: of the likely encodings that one is taken whose letters stand
together as in names (no capital inside a word, no sign between two letters, no mix of alphabets).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from portfolio.errors import InputRefused

OLDER: Final = ("cp1252", "mac-roman", "cp1256", "cp1251")
"""Western Windows, old Macs, Arabic Windows, Cyrillic Windows; the first wins where nothing tells them apart."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_LETTERS: Final = re.compile(r"(utf-(8|16|32)|cp\d|iso8859-|mac-|gb|big5|shift_jis|euc_|koi8|ascii).*")
"""Python's names of encodings that hold letters; others ("hex", "punycode") are something else."""


@dataclass(frozen=True)
class Letters:
    """A text and how it was kept; ``guessed`` and ``mended`` as in ``Sheet``."""

    text: str
    encoding: str
    guessed: bool = False
    mended: bool = False


def decode(data: bytes, name: str, encoding: str = "") -> Letters:
    """Return the letters in the bytes of a file; ``encoding`` is what somebody says it is.

    Raises ``InputRefused`` for an encoding nobody knows, and for bytes that are no text.
    """
    if encoding:
        return Letters(_as_told(data, name, encoding), encoding)
    marked = next((kept for mark, kept in _MARKS if data.startswith(mark)), "")
    if marked or b"\0" in data:
        kept = marked or _utf_16(data)
        try:
            text = data.decode(kept) if kept else "\0"
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            raise _no_text(name)
        return Letters(text.removeprefix("\ufeff"), kept.removesuffix("-sig").upper())
    try:
        return _mended(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _older(data)


def _as_told(data: bytes, name: str, encoding: str) -> str:
    try:
        kept = codecs.lookup(encoding).name
        text = data.decode(kept if _LETTERS.fullmatch(kept) else "no letters").removeprefix("\ufeff")
    except LookupError:
        raise InputRefused(
            "“{encoding}” is no encoding. Use one such as utf-8, cp1252 or mac-roman.", encoding=encoding[:40]
        ) from None
    except UnicodeError:
        raise InputRefused(
            "The letters in {file} are not kept as {encoding}. Leave out --encoding, or use another.",
            file=name,
            encoding=encoding[:40],
        ) from None
    if "\0" in text:
        raise _no_text(name)
    return text


def _utf_16(data: bytes) -> str:
    """Return which UTF-16 has no mark here: its line ends and commas leave NULs on one side only."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _mended(text: str) -> Letters:
    """Return UTF-8 text; if it had been read as Western Windows and saved again (“InÃ©s”), as it was."""
    if not text.isascii():
        try:
            before = b"".join(_western(c) for c in text).decode("utf-8")
        except UnicodeError:
            return Letters(text, "UTF-8")
        return Letters(before.removeprefix("\ufeff"), "UTF-8", mended=True)
    return Letters(text, "UTF-8")


def _western(letter: str) -> bytes:
    """Return the byte Western Windows keeps a letter as; the five it has no letter for stand for themselves."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _older(data: bytes) -> Letters:
    best, most = Letters(data.decode("latin-1"), "latin-1", guessed=True), float("-inf")
    for encoding in OLDER:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # counted first: a megabyte has few different pairs
        pairs = Counter(pairwise(f" {text} "))
        likely = sum(n * _likely(a, b) for (a, b), n in pairs.items() if not (a.isascii() and b.isascii()))
        if likely > most:
            best, most = Letters(text, encoding, guessed=True), likely
    return best


def _likely(one: str, other: str) -> int:
    """Return how well two neighbors go together in a list of names: 1 well, below 0 hardly."""
    if any(unicodedata.category(c) in {"Cc", "Co", "Cn"} and c not in "\n\t" for c in (one, other)):
        return -5
    if not (one.isalpha() and other.isalpha()):
        foreign = next(c for c in (one, other) if not c.isascii()) if not (one + other).isascii() else ""
        odd = foreign and not foreign.isalpha() and foreign not in "’‘“”–—،\u00a0"
        return -2 if odd else 0
    if _alphabet(one) != _alphabet(other) or (one.islower() and other.isupper()):
        return -3
    if not one.isascii() and not other.isascii() and _alphabet(one) == "LATIN":
        return -1  # two accents side by side are rare
    return 1


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def _no_text(name: str) -> InputRefused:
    return InputRefused(
        "{file} is not a text. Open the list in your spreadsheet program and save it as CSV (UTF-8).",
        file=name,
    )
