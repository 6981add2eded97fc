"""The statements behind :class:`portfolio.store.sql_books.SqlBooks` for all the portfolios of a class at once.

:func:`latest` and :func:`rows_of` work inside a transaction that their caller opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Connection, select

from portfolio.errors import StorageTrouble
from portfolio.model import Entry, Portfolio
from portfolio.store.bodies import entry_in, kept_in, meta_in
from portfolio.store.records import LastChange, Latest, Whole, newest_by
from portfolio.store.sql_entries import place_of
from portfolio.store.sql_portfolios import last_change_in
from portfolio.store.tables import entries, portfolios

AT_ONCE: Final = 500
"""How many ids one statement names; databases have a limit."""

LONGEST_HAND: Final = 2_000
"""Letters a name of who wrote may have (as a ``Line``)."""


def latest(connection: Connection) -> tuple[Latest, ...]:
    """Return where every portfolio is now, by its id."""
    columns = [column for column in portfolios.c if column.name != "body"]
    rows = connection.execute(select(*columns).order_by(portfolios.c.portfolio_id))
    return tuple(
        Latest(row.portfolio_id, row.student_id, row.round, _number(row.revision), _last(row)) for row in rows
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _last(row: Any) -> LastChange | None:
    try:
        return last_change_in(row)
    except ValidationError:
        return None  # damaged: nobody can say any more


def rows_of(connection: Connection, portfolio_ids: Sequence[str]) -> tuple[list[Any], list[Any]]:
    """Return the rows of these portfolios, and those of their entries, also of removed ones."""
    covers: list[Any] = []
    inside: list[Any] = []
    for start in range(0, len(portfolio_ids), AT_ONCE):
        some = portfolio_ids[start : start + AT_ONCE]
        covers += connection.execute(select(portfolios).where(portfolios.c.portfolio_id.in_(some)))
        inside += connection.execute(select(entries).where(entries.c.portfolio_id.in_(some)))
    return covers, inside


def understood(
    portfolio_ids: Sequence[str], covers: Iterable[Any], inside: Iterable[Any]
) -> dict[str, Whole]:
    """Return the portfolios in these rows, in the order of the ids, without those that cannot be read."""
    by_id = {cover.portfolio_id: cover for cover in covers}
    rows: dict[str, list[Any]] = {name: [] for name in by_id}
    for row in inside:
        rows[row.portfolio_id].append(row)
    found: dict[str, Whole] = {}
    for name in portfolio_ids:
        if name in by_id:
            try:
                found[name] = whole(by_id[name], rows[name])
            except StorageTrouble:
                continue  # whoever asks for this one alone is told
    return found


def whole(cover: Any, rows: Sequence[Any]) -> Whole:
    """Return the portfolio in these rows. Raises ``StorageTrouble`` if what is known of it cannot be read."""
    good: list[Entry] = []
    bad: list[str] = []
    hands: list[tuple[str, datetime]] = []
    for row in sorted(rows, key=place_of):
        at = _moment(row)
        try:
            if row.body is not None:
                good.append(entry_in(row) if at else kept_in(row).entry)
        except StorageTrouble:
            bad.append(row.entry_id)
            continue
        if at:
            hands.append((row.changed_by, at))
    portfolio = Portfolio.of(meta_in(cover.portfolio_id, cover.body), good)
    return Whole(portfolio, _number(cover.revision), tuple(bad), newest_by(hands))


def _moment(row: Any) -> datetime | None:
    """Return when a row was changed if all that goes with its entry is as it should be.

    A quick look in place of a whole record: it is what makes reading a class fast. ``None`` means: look closely.
    """
    well = isinstance(row.version, int) and row.version > 0 and isinstance(row.changed_by, str)
    try:
        at = datetime.fromisoformat(row.changed_at) if well and len(row.changed_by) <= LONGEST_HAND else None
    except (TypeError, ValueError):
        return None
    return at if at and at.tzinfo else None
