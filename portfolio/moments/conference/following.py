"""Following the deck from another page: two small numbers each second, and the book only when one of them is new."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.model import Household
from portfolio.moments.conference.table import Table
from portfolio.rules import for_audience
from portfolio.rules.at_table import follows
from portfolio.rules.now_shown import NowShown, now_shown
from portfolio.rules.running_order import Scene, running_order
from portfolio.store.live import Live


@dataclass(frozen=True)
class _AsRead:
    """What was read of the book at a revision."""

    portfolio_id: str
    revision: int
    scenes: tuple[Scene, ...]
    may: bool


class Following:
    """What is open on the deck of one table, for one home. May be asked every second."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._was: _AsRead | None = None

    def token(self, household: Household) -> str:
        """Return a text that becomes another one whenever the book or the open screen does."""
        was = self._was or self._read(household)
        return f"{self.table.store.revision(was.portfolio_id)}|{self._live(was).mark()}"

    def now(self, household: Household) -> NowShown | None:
        """Return what is open; ``None`` while nothing is, and while the meeting is another home's."""
        read = self._read(household)
        return now_shown(read.scenes, self._live(read).standing().scene) if read.may else None

    def _live(self, was: _AsRead) -> Live:
        return Live(self.table.folder.hidden / "live", was.portfolio_id)

    def _read(self, household: Household) -> _AsRead:
        was = self._was
        if was is not None and was.revision == self.table.store.revision(was.portfolio_id):
            return was
        book = self.table.book
        portfolio_id = book.portfolio.meta.portfolio_id
        self._was = _AsRead(
            portfolio_id,
            self.table.store.revision(portfolio_id),
            running_order(for_audience(book, "conference")),
            follows(book.portfolio, household.household_id),
        )
        return self._was
