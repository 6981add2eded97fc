"""The portfolios in the store on disk, with their entries and history: one method, one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from portfolio.model import KIND, AnyEntry, Portfolio, PortfolioMeta
from portfolio.store import sql_entries, sql_history, sql_portfolios, sql_wholes, trouble, wholes
from portfolio.store.bodies import kept_in, meta_in
from portfolio.store.records import Change, Kept, LastChange, Latest, Touched, Whole, kept_of, moment_of
from portfolio.store.sql_part import SqlPart, body_of_student


class SqlBooks(SqlPart):
    """Portfolios, entries, history."""

    def rounds(self, student_id: str) -> tuple[PortfolioMeta, ...]:
        """Return what is known of a student's portfolios, oldest first."""

        def work(connection: Connection) -> tuple[PortfolioMeta, ...]:
            body_of_student(connection, student_id)
            return sql_portfolios.metas_of(connection, student_id)

        return self._database.read(work)

    def all_rounds(self) -> dict[str, tuple[PortfolioMeta, ...]]:
        """Return what is known of everybody's portfolios, each student's oldest first."""
        return self._database.read(sql_portfolios.all_metas)

    def latest(self) -> tuple[Latest, ...]:
        """Return where every portfolio is now."""
        return self._database.read(sql_wholes.latest)

    def wholes(self, portfolio_ids: Iterable[str]) -> dict[str, Whole]:
        """Return several portfolios at once."""
        wanted = tuple(name for name in dict.fromkeys(portfolio_ids) if trouble.is_identifier(name))
        # read first, understood afterwards: whoever writes need not wait for that
        return wholes.understood(wanted, *self._database.read(lambda c: sql_wholes.rows_of(c, wanted)))

    def meta(self, portfolio_id: str) -> tuple[PortfolioMeta, int]:
        """Return what is known of a portfolio, and the version of that."""
        row = self._portfolio_row(portfolio_id)
        return meta_in(portfolio_id, row.body), row.version

    def keep_meta(self, meta: PortfolioMeta, *, expected: int | None = None) -> int:
        """Keep what is known of a portfolio and return its new version."""

        def work(connection: Connection) -> int:
            body_of_student(connection, meta.student_id)
            return sql_portfolios.keep_meta(connection, meta, expected)

        return self._database.write(work)

    def keep_portfolio(self, portfolio: Portfolio, *, by: str, at: datetime) -> None:
        """Keep a whole portfolio that is not there yet, as one change."""
        change = Change(version=1, entry=None, changed_at=at, changed_by=by)

        def work(connection: Connection) -> None:
            body_of_student(connection, portfolio.meta.student_id)
            sql_portfolios.keep_portfolio(connection, portfolio, change)

        self._database.write(work)

    def portfolio(self, portfolio_id: str) -> Portfolio:
        """Return the whole portfolio, without damaged entries."""
        row, rows = self._database.read(
            lambda c: (
                sql_portfolios.row_of_portfolio(c, portfolio_id),
                sql_wholes.rows_of(c, (portfolio_id,))[1],
            )
        )
        return wholes.whole(row, rows).portfolio

    def entries(self, portfolio_id: str) -> tuple[Kept, ...]:
        """Return the entries in order, without damaged ones."""
        return self._sorted_out(portfolio_id)[0]

    def damaged(self, portfolio_id: str) -> tuple[str, ...]:
        """Return the ids of entries that cannot be read."""
        return self._sorted_out(portfolio_id)[1]

    def _sorted_out(self, portfolio_id: str) -> tuple[tuple[Kept, ...], tuple[str, ...]]:
        rows = self._database.read(lambda c: sql_entries.rows_of_entries(c, portfolio_id))
        return sql_entries.sort_out(rows)

    def entry(self, portfolio_id: str, entry_id: str) -> Kept:
        """Return one entry."""
        return kept_in(self._database.read(lambda c: sql_entries.row_of_entry(c, portfolio_id, entry_id)))

    def keep(self, portfolio_id: str, entry: AnyEntry, *, expected: int, by: str, at: datetime) -> Kept:
        """Keep an entry and return it with its new version."""
        kept = Kept(entry=entry, version=expected + 1, changed_at=at, changed_by=by)
        change = Change(**dict(kept))
        self._database.write(lambda c: sql_entries.change_entry(c, portfolio_id, entry.entry_id, change))
        return kept

    def remove(self, portfolio_id: str, entry_id: str, *, expected: int, by: str, at: datetime) -> None:
        """Remove an entry; its history stays."""
        change = Change(version=expected + 1, entry=None, changed_at=at, changed_by=by)
        self._database.write(lambda c: sql_entries.change_entry(c, portfolio_id, entry_id, change))

    def restore(
        self, portfolio_id: str, entry_id: str, version: int, *, expected: int, by: str, at: datetime
    ) -> Kept | None:
        """Bring back an entry as it was in a version, as a new version."""
        made = Change(version=expected + 1, entry=None, changed_at=at, changed_by=by)

        def work(connection: Connection) -> Change:
            entry = sql_history.state_of(connection, portfolio_id, entry_id, version)
            change = made.but(entry=entry, restores=version)
            sql_entries.change_entry(connection, portfolio_id, entry_id, change)
            return change

        return kept_of(self._database.write(work))

    def arrange(self, portfolio_id: str, kind: str, order: Sequence[str], *, by: str, at: datetime) -> None:
        """Put the entries of one kind in this order; those not named follow."""
        change = Change(version=1, entry=None, changed_at=at, changed_by=by)
        if kind not in KIND:
            raise trouble.no_kind(kind, ", ".join(KIND))
        self._database.write(lambda c: sql_entries.arrange(c, portfolio_id, kind, order, change))

    def history(self, portfolio_id: str, entry_id: str) -> tuple[Change, ...]:
        """Return every readable change of an entry, oldest first."""
        return self._database.read(lambda c: sql_history.changes_of(c, portfolio_id, entry_id))

    def recent(self, portfolio_id: str, kind: str, *, at_most: int) -> dict[str, tuple[Change, ...]]:
        """Return the newest changes of all entries of a kind, by entry id, oldest first."""
        return self._database.read(lambda c: sql_history.recent_changes(c, portfolio_id, kind, at_most))

    def changes_since(self, portfolio_id: str, since: int | datetime) -> tuple[Touched, ...]:
        """Return what became of each entry since a revision or a moment."""
        moment = moment_of(since)
        return self._database.read(lambda c: sql_history.changes_since(c, portfolio_id, moment))

    def revision(self, portfolio_id: str) -> int:
        """Return a number that goes up with every change of a portfolio."""
        revision = self._portfolio_row(portfolio_id).revision
        if not isinstance(revision, int):
            raise trouble.damaged_meta(portfolio_id)
        return revision

    def last_change(self, portfolio_id: str) -> LastChange | None:
        """Return who changed an entry or the order last."""
        return wholes.last_change_in(self._portfolio_row(portfolio_id))

    def _portfolio_row(self, portfolio_id: str) -> Any:
        return self._database.read(lambda c: sql_portfolios.row_of_portfolio(c, portfolio_id))
