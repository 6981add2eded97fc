"""Where a book is after its meeting: shown, then gone home. A teacher says so; nothing guesses it from a file that was made."""

from __future__ import annotations

from typing import Final, Literal

from portfolio.errors import InputRefused
from portfolio.model import PortfolioMeta
from portfolio.moments.comments import BACK_TO_THE_CHILD, change_meta
from portfolio.store.port import ClassStore

Step = Literal["shown", "home", "not-home", "not-shown"]
"""The meeting was; the book has gone home; each of them taken back."""

STEPS: Final[tuple[Step, ...]] = ("shown", "home", "not-home", "not-shown")


def note_step(store: ClassStore, portfolio_id: str, step: Step) -> PortfolioMeta:
    """Note where a book is, and return what is known of it then; said twice, it is the same as once.

    A meeting that is taken back leaves a draft: whether it is ready is for the child to say. Raises
    ``InputRefused`` for a step that does not follow on where the book is, ``NotFound``, ``StorageTrouble``.
    """

    def change(meta: PortfolioMeta) -> PortfolioMeta:
        if step == "shown" and (meta.status in BACK_TO_THE_CHILD or meta.status == "presented"):
            return meta.but(status="presented")
        if step == "home" and meta.status in ("presented", "home"):
            return meta.but(status="home")
        if step == "not-home" and meta.status in ("presented", "home"):
            return meta.but(status="presented")
        if step == "not-shown" and meta.status in ("presented", "draft"):
            return meta.but(status="draft")
        raise InputRefused("The book is somewhere else by now. Load this page again, then look once more.")

    return change_meta(store, portfolio_id, change)
