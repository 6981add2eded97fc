"""The statements behind :class:`portfolio.store.sql.SqlStore` for portfolios and their entries.

Each function works inside a transaction that its caller opened. Every change begins by raising the
portfolio's revision: that also makes the database hand out the changes of one portfolio one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from portfolio.errors import ChangedMeanwhile, StorageTrouble
from portfolio.model import KIND, PortfolioMeta
from portfolio.store import trouble
from portfolio.store.bodies import change_in, kept_in, meta_in
from portfolio.store.port import Change, Kept, LastChange
from portfolio.store.tables import entries, history, portfolios

_KIND_PLACE = {kind: at for at, kind in enumerate(KIND)}


def row_of_portfolio(connection: Connection, portfolio_id: str) -> Any:
    """Return a portfolio's row. Raises ``NotFound``."""
    if not trouble.is_identifier(portfolio_id):
        raise trouble.no_portfolio(portfolio_id)
    row = connection.execute(select(portfolios).where(portfolios.c.portfolio_id == portfolio_id)).first()
    if row is None:
        raise trouble.no_portfolio(portfolio_id)
    return row


def metas_of(connection: Connection, student_id: str) -> tuple[PortfolioMeta, ...]:
    """Return a student's metas, oldest first."""
    rows = connection.execute(select(portfolios).where(portfolios.c.student_id == student_id))
    found = (meta_in(row.portfolio_id, row.body) for row in rows)
    return tuple(sorted(found, key=lambda m: (m.started_on, m.portfolio_id)))


def keep_meta(connection: Connection, meta: PortfolioMeta, expected: int | None) -> int:
    """Keep a meta whose student is known to exist; return its new version."""
    there = portfolios.c.portfolio_id == meta.portfolio_id
    row = connection.execute(select(portfolios).where(there)).first()
    version = 0 if row is None else int(row.version)
    if expected is not None and expected != version:
        raise trouble.meta_meanwhile(meta.portfolio_id, version)
    if row is not None and row.student_id != meta.student_id:
        raise trouble.other_owner(meta.portfolio_id, row.student_id)
    _check_round(connection, meta)
    says = {"round": meta.round, "body": meta.model_dump_json(), "version": version + 1}
    if row is not None:
        # compared again: a database that does not lock on reading may have let somebody in between
        changed = connection.execute(
            update(portfolios)
            .where(there, portfolios.c.version == version)
            .values(**says, revision=portfolios.c.revision + 1)
        )
        if changed.rowcount == 1:
            return version + 1
        raise trouble.meta_meanwhile(meta.portfolio_id, version + 1)
    connection.execute(
        insert(portfolios).values(
            portfolio_id=meta.portfolio_id, student_id=meta.student_id, **says, revision=1
        )
    )
    return 1


def _check_round(connection: Connection, meta: PortfolioMeta) -> None:
    other = connection.execute(
        select(portfolios.c.portfolio_id).where(
            portfolios.c.student_id == meta.student_id,
            portfolios.c.round == meta.round,
            portfolios.c.portfolio_id != meta.portfolio_id,
        )
    ).scalar()
    if other is not None:
        raise trouble.round_is_there(meta.student_id, meta.round, other)


def rows_of_entries(connection: Connection, portfolio_id: str) -> list[Any]:
    """Return the rows of entries that were not removed, in order. Raises ``NotFound``."""
    row_of_portfolio(connection, portfolio_id)
    found = connection.execute(
        select(entries).where(entries.c.portfolio_id == portfolio_id, entries.c.body.is_not(None))
    ).all()
    return sorted(found, key=lambda r: (_KIND_PLACE.get(r.kind, len(KIND)), r.place, r.entry_id))


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
    connection.execute(insert(history).values(**ids, **says))


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


def changes_of(connection: Connection, portfolio_id: str, entry_id: str) -> tuple[Change, ...]:
    """Return an entry's readable changes, oldest first. Raises ``NotFound``."""
    row_of_entry(connection, portfolio_id, entry_id)
    rows = connection.execute(
        select(history)
        .where(history.c.portfolio_id == portfolio_id, history.c.entry_id == entry_id)
        .order_by(history.c.version)
    )
    found: list[Change] = []
    for row in rows:
        try:
            found.append(change_in(row))
        except StorageTrouble:
            # the other states are what somebody who asks now needs
            continue
    return tuple(found)


def last_change_in(row: Any) -> LastChange | None:
    """Return the newest change noted in a portfolio's row."""
    if row.changed_revision is None:
        return None
    return LastChange.model_validate(
        {"revision": row.changed_revision, "changed_at": row.changed_at, "changed_by": row.changed_by}
    )


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
