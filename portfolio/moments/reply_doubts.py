"""What makes an answer doubtful before it is kept: two that have become one, labels that say another thing than their number."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import Final

from portfolio.errors import N_, InputRefused, PortfolioError
from portfolio.rules import sent_back
from portfolio.rules.sent_back import SentBack
from portfolio.views.answer_form import is_mistyped, is_title, lets_the_child_read

_LINE: Final = 72
"""Letters of an answer that are shown before it is kept."""
_DOUBT: Final = 60
"""Signs of a label that are shown where it may be mistyped."""


def first_line(said: SentBack) -> str:
    """Return the beginning of what an answer says in words; "" for one of ticks alone."""
    words = next((text for text in (*said.texts.values(), *(text for _, text in said.strange)) if text), "")
    shown = "".join(
        sign if sign.isprintable() or sign == "\n" else " " for sign in words
    )  # it goes to a terminal
    line = next((one.strip() for one in shown.split("\n") if one.strip()), "")
    return line if len(line) <= _LINE else f"{line[:_LINE].rstrip()}…"


def which(n: int, of: int, said: SentBack, trouble: PortfolioError) -> PortfolioError:
    """Return trouble with answer ``n`` (the first is 1), so that it is clear which of several it is."""
    if of < 2:
        return trouble
    words = N_("Answer {n} of {all}, “{line}”: {trouble}")
    return type(trouble)(words, n=n, all=of, line=first_line(said) or "–", trouble=trouble)


def refuse_two_in_one(said: SentBack, names: Collection[str]) -> None:
    """Raise ``InputRefused`` where one answer runs into another: whose words are whose, nobody knows.

    ``names`` are those of the children of the class: they stand in titles.
    """
    if said.run_together or any(is_title(line, names) for line in said.last_lines):
        raise InputRefused(
            "Two answers have become one here, because the end of the first is missing. Nothing of it was kept. "
            "Put each one in by itself."
        )


def without_doubt(said: SentBack) -> SentBack:
    """Return an answer so that the child reads nothing of one in which a label says another thing than its number."""
    if not said.shared:
        return said
    mistyped = next((one for one in said.labels if is_mistyped(*one)), None)
    if not lets_the_child_read(said.share_words):
        mistyped = (sent_back.BOTH_READ, said.share_words)
    if mistyped is None:
        return said
    return dataclasses.replace(said, shared=False, doubt=sent_back.label(*mistyped)[:_DOUBT])
