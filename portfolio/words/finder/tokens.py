"""A text as words and what stands between them.

Words are runs of Latin letters and digits, with apostrophes inside; ``I.E.P.`` is one word, and so is "&". Other
scripts and pictures are edges: a school word may stand beside them, no phrase runs across.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

NEAR: Final = 0
"""White space (one line break too) or nothing that counts."""
HYPHEN: Final = 1
SLASH: Final = 2
MARK: Final = 3
"""Quotes and brackets: they part a phrase, yet what stands behind them is still directly beside."""
STOP: Final = 4
"""Commas, colons, spaced dashes, other scripts."""
END: Final = 5
"""The end of a sentence or paragraph."""

_LETTERS: Final = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_MARKS: Final = "\u0300-\u036f"
_WORD: Final = re.compile(
    rf"(?<![{_LETTERS}0-9.])[A-Za-z](?:\.[A-Za-z])+(?![{_LETTERS}0-9])\.?"
    rf"|(?<![{_LETTERS}0-9.])[A-Z]\. [A-Z]\. [A-Z]\b\.?"
    r"|\d+(?:[.,]\d+)+"
    rf"|[{_LETTERS}0-9][{_LETTERS}0-9{_MARKS}]*(?:['`][{_LETTERS}0-9][{_LETTERS}0-9{_MARKS}]*)*|(?<= )&(?= )"
)
_POSSESSIVE: Final = re.compile(r"['`][sS]$")
_ABBREVIATIONS: Final = frozenset(
    "mr mrs ms mx dr prof st sr jr vs etc no dept approx min mins hr hrs am pm eg ie fig vol inc".split()
)
_ENDING: Final = re.compile(r"[.!?。！？｡]")


@dataclass(slots=True)
class Word:
    """One word: ``text[start:end]`` of the plain text.

    ``full`` small, without apostrophes and dots · ``base`` so, without a possessive 's, ending at ``base_end`` ·
    ``gap`` what stands before it · ``between`` those signs · ``sentence`` its number.
    """

    text: str
    start: int
    end: int
    full: str
    base: str
    base_end: int
    gap: int
    between: str
    sentence: int


def words_of(text: str) -> list[Word]:
    """Return the words of a plain, masked text in order."""
    words: list[Word] = []
    done, sentence, before = 0, 0, ""
    for found in _WORD.finditer(text):
        start, end = found.span()
        word = found[0]
        between = text[done:start]
        kind = (
            NEAR if between == " " and words else _gap(between[:80], before[-12:].lower(), word[0].islower())
        )
        if kind == END and words:
            sentence += 1
        full, base, base_end = _read(word, start, end)
        words.append(Word(word, start, end, full, base, base_end, kind, between, sentence))
        done, before = end, word
    return words


def _read(word: str, start: int, end: int) -> tuple[str, str, int]:
    """Return a word small and bare, the same without a possessive 's, and where that ends."""
    full = word.lower()
    if full.isalnum():
        return full, full, end
    if full == "&":
        return "and", "and", end
    if "." in full or "," in full:
        if full[0].isalpha():
            full = full.replace(".", "").replace(" ", "")
        return full, full, end
    owner = _POSSESSIVE.search(full)
    if not owner:
        return _bare(full), _bare(full), end
    return _bare(full), _bare(full[: owner.start()]), start + owner.start()


def _bare(word: str) -> str:
    return word.replace("'", "").replace("`", "")


@lru_cache(maxsize=2048)
def _gap(between: str, before: str, small: bool) -> int:
    """Return what kind of gap some signs are, behind a word and before one that begins small or not."""
    tight = "".join(between.split())
    if between.count("\n") > 1:
        return END
    tight = tight.strip("*_~")
    if not tight:
        return NEAR
    if _ENDING.search(tight):
        return _full_stop(between, tight, before, small)
    if tight == "-":
        return STOP if between.startswith(" ") and between.endswith(" ") else HYPHEN
    if tight == "'" and before.endswith("s") and between.startswith("'"):
        return NEAR
    if tight == "/":
        return SLASH
    return MARK if all(sign in "\"'“”„‟«»‹›‚()[]{}*_`‘’「」『』¿¡" for sign in tight) else STOP


def _full_stop(between: str, tight: str, before: str, small: bool) -> int:
    """Tell the end of a sentence from the dot of "Mr." and from three dots in the middle of a thought."""
    if tight == "." and (
        before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha() and before != "i")
    ):
        return MARK
    if tight in {"...", "…"} and small:
        return STOP
    if tight.startswith(".") and before.count(".") and tight == ".":
        return MARK
    return END if between.strip() else NEAR
