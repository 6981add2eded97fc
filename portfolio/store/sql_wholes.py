"""The statements behind :class:`portfolio.store.sql_books.SqlBooks` for all the portfolios of a class at once.

:func:`latest` and :func:`rows_of` work inside a transaction that their caller opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from portfolio.store.records import Latest
from portfolio.store.tables import entries, portfolios
from portfolio.store.wholes import latest_in

AT_ONCE: Final = 500
"""How many ids one statement names; databases have a limit."""


def latest(connection: Connection) -> tuple[Latest, ...]:
    """Return where every portfolio is now, by its id."""
    columns = [column for column in portfolios.c if column.name != "body"]
    rows = connection.execute(select(*columns).order_by(portfolios.c.portfolio_id))
    return tuple(latest_in(row) for row in rows)


def rows_of(connection: Connection, portfolio_ids: Sequence[str]) -> tuple[list[Any], list[Any]]:
    """Return the rows of these portfolios, and those of their entries, also of removed ones."""
    covers: list[Any] = []
    inside: list[Any] = []
    for start in range(0, len(portfolio_ids), AT_ONCE):
        some = portfolio_ids[start : start + AT_ONCE]
        covers += connection.execute(select(portfolios).where(portfolios.c.portfolio_id.in_(some)))
        inside += connection.execute(select(entries).where(entries.c.portfolio_id.in_(some)))
    return covers, inside
