"""Which words are good enough to come back to a teacher's desk with: children use the same computer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from portfolio.errors import InputRefused

FEWEST: Final = 8
"""Letters (or other signs) of a word."""
_DIFFERENT: Final = 4
_FIRST_TRIES: Final = (
    "01234567890123456789", "09876543210987654321", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop",
    "password", "password1", "password123", "passw0rd", "teacher1", "teacher123", "portfolio", "letmein1", "iloveyou",
)  # fmt: skip


def good_word(word: str, again: str, known: Iterable[str]) -> str:
    """Return the word, if it may be one to come back with; ``known`` are words every child of the class knows.

    Raises ``InputRefused`` naming the field: too short, easily guessed, or not the same twice. The word itself
    is in no error.
    """
    if len(word) < FEWEST:
        raise InputRefused(
            "This is too short. Take at least {n} letters: two or three words in a row are good.",
            n=FEWEST,
            field="word",
        )
    if _guessed(word, known):
        raise InputRefused(
            "Children would find this out soon. Take words that nobody would think of here.", field="word"
        )
    if word != again:
        raise InputRefused(
            "The two are not the same. Write the word twice, with the same big and small letters.",
            field="word-again",
        )
    return word


def _guessed(word: str, known: Iterable[str]) -> bool:
    plain = _plain(word)
    return (
        len(set(plain)) < _DIFFERENT
        or any(plain in first for first in _FIRST_TRIES)
        or plain in {_plain(one) for one in known}
    )


def _plain(text: str) -> str:
    """Return a text without white space and signs, in small letters."""
    return "".join(sign for sign in text.casefold() if sign.isalnum()) or text
