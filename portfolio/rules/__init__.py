"""WHAT IS TRUE OF THEM: pure functions over the model.

``for_audience`` is the only way from a book to something a family may see (``family_view``);
``cards`` and ``filling`` say what a desk asks and keeps; ``progress`` says what is filled in.
"""

from __future__ import annotations

from portfolio.rules.audience import for_audience
from portfolio.rules.family_view import FamilyView
from portfolio.rules.progress import book_state, section_state

__all__ = ["FamilyView", "book_state", "for_audience", "section_state"]
