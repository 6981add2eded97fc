"""What a child may see of its own book before it goes home: all but what families wrote in confidence."""

from __future__ import annotations

from typing import Final

from portfolio.model import Book, Portfolio

CHILD_SEES: Final = (
    "answers",
    "strengths",
    "work",
    "growth_pairs",
    "growing",
    "ratings",
    "look_backs",
    "goals",
    "agreements",
    "teacher_page",
)
"""The shelves of a portfolio that a child looks at. An allow-list: a shelf that is new stays closed.

Not among them are what a household writes for itself and the teacher (``replies``, ``concerns``), and
``cues``, which no page shows.
"""


def for_own_eyes(book: Book) -> Book:
    """Return a book that holds only what the child itself may see, in earlier rounds as well."""
    return book.but(
        portfolio=_seen(book.portfolio), earlier=tuple(_seen(portfolio) for portfolio in book.earlier)
    )


def _seen(portfolio: Portfolio) -> Portfolio:
    return Portfolio(meta=portfolio.meta, **{name: getattr(portfolio, name) for name in CHILD_SEES})
