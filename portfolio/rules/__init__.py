"""WHAT IS TRUE OF THEM: pure functions over the model.

``for_audience`` is the only way from a book to something a family may see (``family_view``);
``cards`` and ``filling`` say what a desk asks and keeps; ``progress`` says what is filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portfolio.rules.audience import for_audience
    from portfolio.rules.family_view import FamilyView
    from portfolio.rules.progress import book_state, section_state

__all__ = ["FamilyView", "book_state", "for_audience", "section_state"]

_WHERE = {
    "for_audience": "portfolio.rules.audience",
    "FamilyView": "portfolio.rules.family_view",
    "book_state": "portfolio.rules.progress",
    "section_state": "portfolio.rules.progress",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    globals()[name] = found = getattr(import_module(_WHERE[name]), name)
    return found
