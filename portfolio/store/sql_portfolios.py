"""The statements behind :class:`portfolio.store.sql_books.SqlBooks` for portfolios as wholes.

Each function works inside a transaction that its caller opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Connection, and_, bindparam, insert, literal, or_, select, update

from portfolio.model import AnyEntry, Portfolio, PortfolioMeta
from portfolio.store import trouble
from portfolio.store.bodies import meta_in
from portfolio.store.records import Change
from portfolio.store.tables import entries, history, portfolios
from portfolio.store.wholes import metas_in, oldest_first

_STATE = ("portfolio_id", "entry_id", "version", "kind", "body", "changed_at", "changed_by")
_FIRST_STATES = insert(history).from_select(
    [*_STATE, "revision"],
    select(*(entries.c[name] for name in _STATE), literal(1)).where(
        entries.c.portfolio_id == bindparam("this")
    ),
)
"""Copies the entries of a new portfolio into history inside the database: half the way of sending them twice."""


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
    return oldest_first(found)


def all_metas(connection: Connection) -> dict[str, tuple[PortfolioMeta, ...]]:
    """Return everybody's readable metas by student id, each student's oldest first."""
    columns = portfolios.c.student_id, portfolios.c.portfolio_id, portfolios.c.body
    return metas_in(connection.execute(select(*columns)))


def keep_meta(connection: Connection, meta: PortfolioMeta, expected: int | None) -> int:
    """Keep a meta whose student is known to exist; return its new version."""
    there = portfolios.c.portfolio_id == meta.portfolio_id
    row = connection.execute(select(portfolios).where(there)).first()
    version = 0 if row is None else row.version
    if not isinstance(version, int):
        raise trouble.damaged_meta(meta.portfolio_id)
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


def keep_portfolio(connection: Connection, portfolio: Portfolio, change: Change) -> None:
    """Write a new portfolio of a student who is known to exist; ``change`` says who and when."""
    meta = portfolio.meta
    _check_new(connection, meta)
    made = {"changed_at": change.changed_at.isoformat(), "changed_by": change.changed_by}
    rows = [{**row, **made} for row in _rows_of(portfolio)]
    connection.execute(
        insert(portfolios).values(
            portfolio_id=meta.portfolio_id,
            student_id=meta.student_id,
            round=meta.round,
            body=meta.model_dump_json(),
            version=1,
            revision=1,
            **({"changed_revision": 1, **made} if rows else {}),
        )
    )
    if rows:
        connection.execute(insert(entries), rows)
        connection.execute(_FIRST_STATES, {"this": meta.portfolio_id})


def _check_new(connection: Connection, meta: PortfolioMeta) -> None:
    same_round = and_(portfolios.c.student_id == meta.student_id, portfolios.c.round == meta.round)
    there = connection.execute(
        select(portfolios.c.portfolio_id, portfolios.c.version).where(
            or_(portfolios.c.portfolio_id == meta.portfolio_id, same_round)
        )
    ).all()
    for row in there:
        if row.portfolio_id == meta.portfolio_id:
            raise trouble.meta_meanwhile(meta.portfolio_id, row.version)
    if there:
        raise trouble.round_is_there(meta.student_id, meta.round, there[0].portfolio_id)


def _rows_of(portfolio: Portfolio) -> Iterator[dict[str, object]]:
    """Yield the rows of a new portfolio's entries. Raises ``InputRefused`` if two share an id."""
    for entry, kind, place in placed(portfolio):
        yield {
            "portfolio_id": portfolio.meta.portfolio_id,
            "entry_id": entry.entry_id,
            "kind": kind,
            "place": place,
            "version": 1,
            "body": entry.model_dump_json(),
        }


def placed(portfolio: Portfolio) -> Iterator[tuple[AnyEntry, str, int]]:
    """Yield each entry with its kind and its place in it. Raises ``InputRefused`` if two share an id."""
    kinds: dict[str, str] = {}
    places: dict[str, int] = {}
    for entry in portfolio.entries():
        known = cast("AnyEntry", entry)  # entries() gives what the shelves hold
        if entry.entry_id in kinds:
            raise trouble.other_kind(entry.entry_id, kinds[entry.entry_id])
        kinds[entry.entry_id] = known.kind
        places[known.kind] = places.get(known.kind, -1) + 1
        yield known, known.kind, places[known.kind]
