"""The statements behind :class:`portfolio.store.sql_books.SqlBooks` for entries.

Each function works inside a transaction that its caller opened. Every change begins by raising the
portfolio's revision: that also makes the database hand out the changes of one portfolio one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from portfolio.errors import ChangedMeanwhile, StorageTrouble
from portfolio.store import trouble
from portfolio.store.bodies import change_in, kept_in
from portfolio.store.records import Change, Kept
from portfolio.store.sql_portfolios import row_of_portfolio
from portfolio.store.tables import entries, history, portfolios
from portfolio.store.wholes import place_of


def rows_of_entries(connection: Connection, portfolio_id: str) -> list[Any]:
    """Return the rows of entries that were not removed, in order. Raises ``NotFound``."""
    row_of_portfolio(connection, portfolio_id)
    found = connection.execute(
        select(entries).where(entries.c.portfolio_id == portfolio_id, entries.c.body.is_not(None))
    ).all()
    return sorted(found, key=place_of)


def sort_out(rows: Sequence[Any]) -> tuple[tuple[Kept, ...], tuple[str, ...]]:
    """Return the entries in these rows, and the ids of the rows that cannot be read."""
    good: list[Kept] = []
    bad: list[str] = []
    for row in rows:
        try:
            good.append(kept_in(row))
        except StorageTrouble:
            bad.append(row.entry_id)
    return tuple(good), tuple(bad)


def row_of_entry(connection: Connection, portfolio_id: str, entry_id: str) -> Any:
    """Return an entry's row, also of a removed one. Raises ``NotFound``."""
    row_of_portfolio(connection, portfolio_id)
    row = _find(connection, portfolio_id, entry_id)
    if row is None:
        raise trouble.no_entry(entry_id)
    return row


def _find(connection: Connection, portfolio_id: str, entry_id: str) -> Any | None:
    if not trouble.is_identifier(entry_id):
        return None
    return connection.execute(select(entries).where(_is(portfolio_id, entry_id))).first()


def _is(portfolio_id: str, entry_id: str) -> Any:
    return and_(entries.c.portfolio_id == portfolio_id, entries.c.entry_id == entry_id)


def change_entry(connection: Connection, portfolio_id: str, entry_id: str, change: Change) -> None:
    """Write one change if the version before it is what is there.

    Raises ``NotFound``, ``ChangedMeanwhile`` or ``InputRefused``; the caller's transaction is then undone.
    """
    _raise_revision(connection, portfolio_id, change)
    row = _find(connection, portfolio_id, entry_id)
    kind = _kind_if_it_fits(row, entry_id, change)
    says = {
        "version": change.version,
        "body": None if change.entry is None else change.entry.model_dump_json(),
        "changed_at": change.changed_at.isoformat(),
        "changed_by": change.changed_by,
    }
    ids = {"portfolio_id": portfolio_id, "entry_id": entry_id, "kind": kind}
    if row is None:
        connection.execute(insert(entries).values(**ids, place=_next_place(connection, ids), **says))
    else:
        changed = connection.execute(
            update(entries)
            .where(_is(portfolio_id, entry_id), entries.c.version == change.version - 1)
            .values(**says)
        )
        if changed.rowcount != 1:
            raise _meanwhile(row, entry_id)
    now = select(portfolios.c.revision).where(portfolios.c.portfolio_id == portfolio_id).scalar_subquery()
    connection.execute(insert(history).values(**ids, **says, revision=now, restores=change.restores))


def _kind_if_it_fits(row: Any | None, entry_id: str, change: Change) -> str:
    if row is None:
        if change.entry is None:
            raise trouble.no_entry(entry_id)
        if change.version != 1:
            raise trouble.meanwhile(entry_id, 0, None)
        return change.entry.kind
    if row.version != change.version - 1:
        raise _meanwhile(row, entry_id)
    if change.entry is None and row.body is None:
        raise trouble.no_entry(entry_id)
    if change.entry is not None and row.kind != change.entry.kind:
        raise trouble.other_kind(entry_id, row.kind)
    return str(row.kind)


def _meanwhile(row: Any, entry_id: str) -> ChangedMeanwhile:
    try:
        return trouble.meanwhile(entry_id, row.version, change_in(row))
    except StorageTrouble:
        return trouble.meanwhile(entry_id, row.version, None)


def _next_place(connection: Connection, ids: dict[str, str]) -> int:
    last = connection.execute(
        select(func.max(entries.c.place)).where(
            entries.c.portfolio_id == ids["portfolio_id"], entries.c.kind == ids["kind"]
        )
    ).scalar()
    return 0 if last is None else int(last) + 1


def arrange(
    connection: Connection, portfolio_id: str, kind: str, order: Sequence[str], change: Change
) -> None:
    """Put the entries of a kind in this order, the rest after them. Raises ``NotFound``."""
    _raise_revision(connection, portfolio_id, change)
    rows = connection.execute(
        select(entries.c.entry_id, entries.c.body.is_not(None).label("here"))
        .where(entries.c.portfolio_id == portfolio_id, entries.c.kind == kind)
        .order_by(entries.c.place, entries.c.entry_id)
    ).all()
    here = {row.entry_id for row in rows if row.here}
    for entry_id in order:
        if entry_id not in here:
            raise trouble.no_entry(entry_id)
    # removed ones take part, so that one brought back still has its place among the others
    for place, entry_id in enumerate(dict.fromkeys([*order, *(row.entry_id for row in rows)])):
        connection.execute(update(entries).where(_is(portfolio_id, entry_id)).values(place=place))


def _raise_revision(connection: Connection, portfolio_id: str, change: Change) -> None:
    if not trouble.is_identifier(portfolio_id):
        raise trouble.no_portfolio(portfolio_id)
    raised = connection.execute(
        update(portfolios)
        .where(portfolios.c.portfolio_id == portfolio_id)
        .values(
            revision=portfolios.c.revision + 1,
            changed_revision=portfolios.c.revision + 1,
            changed_at=change.changed_at.isoformat(),
            changed_by=change.changed_by,
        )
    )
    if raised.rowcount == 0:
        raise trouble.no_portfolio(portfolio_id)
