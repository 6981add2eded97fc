"""The simplest things a page may send: a text, a list. And what we say to everything else."""

from __future__ import annotations

from typing import Any, Final

from portfolio.errors import InputRefused, TextRefused
from portfolio.model.record import LONGEST_TEXT
from portfolio.widgets.wire import Value

MOST: Final = 12
"""Picks, photos, rows or days where the template sets no number: the largest it could set."""


def strange() -> InputRefused:
    """Say that this is nothing a page of ours sends."""
    return InputRefused("That could not be understood, so it was not saved. Please tell your teacher.")


def text(given: Value) -> str:
    """Return a text. Raises ``TextRefused`` for one beyond all measure, ``InputRefused`` for anything else."""
    if not isinstance(given, str):
        raise strange()
    if len(given) > LONGEST_TEXT:
        raise TextRefused(
            "This text is longer than one answer can be. Take some of it away, then it can be saved."
        )
    return given


def many(given: Value, at_most: int) -> list[Any]:
    """Return a list of at most so many. Raises ``InputRefused`` for anything else."""
    if not isinstance(given, list) or len(given) > at_most:
        raise strange()
    return given
