"""What a piece of a deck is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from portfolio.model import Book
from portfolio.moments.conference.table import Table
from portfolio.moments.room import Asked, Outcome
from portfolio.views.safe import SafePage


class Piece(Protocol):
    """Something that is written while the deck is shown: where it stands, and what its forms do."""

    def parts(self, table: Table, book: Book) -> Mapping[str, SafePage]:
        """Return the parts of the deck it fills, by id (``live-…``), for the book as it is now."""

    def do(self, table: Table, asked: Asked) -> Outcome | None:
        """Do what a form of it asks and stay; ``None`` for a form of somebody else. Raises ``PortfolioError``."""
