"""The statements behind :class:`portfolio.store.sql_books.SqlBooks` for what was.

Each function works inside a transaction that its caller opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from portfolio.errors import StorageTrouble
from portfolio.model import AnyEntry
from portfolio.store import trouble
from portfolio.store.bodies import change_in
from portfolio.store.records import Change, Touched
from portfolio.store.sql_entries import row_of_entry
from portfolio.store.sql_portfolios import row_of_portfolio
from portfolio.store.tables import entries, history
from portfolio.store.wholes import place_of

_AT_ONCE = 500
"""How many ids one statement names; databases have a limit."""


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


def recent_changes(
    connection: Connection, portfolio_id: str, kind: str, at_most: int
) -> dict[str, tuple[Change, ...]]:
    """Return the newest readable changes of a kind, by entry id, oldest first. Raises ``NotFound``."""
    row_of_portfolio(connection, portfolio_id)
    rows = connection.execute(
        select(history)
        .where(history.c.portfolio_id == portfolio_id, history.c.kind == kind)
        .order_by(func.coalesce(history.c.revision, 1).desc(), history.c.version.desc())
        .limit(at_most)
    ).all()
    found: dict[str, list[Change]] = {}
    for row in reversed(rows):
        try:
            found.setdefault(row.entry_id, []).append(change_in(row))
        except StorageTrouble:
            continue
    return {entry_id: tuple(changes) for entry_id, changes in found.items()}


def state_of(connection: Connection, portfolio_id: str, entry_id: str, version: int) -> AnyEntry | None:
    """Return an entry as it was in a version, ``None`` where it was not there.

    Raises ``NotFound`` for a version that never was, ``StorageTrouble`` if that state cannot be read.
    """
    newest = row_of_entry(connection, portfolio_id, entry_id)
    if version == 0:
        return None
    row = None
    if 0 < version <= newest.version:  # also keeps numbers away that no database can take
        row = _row(connection, portfolio_id, entry_id, version)
    if row is None:
        raise trouble.no_version(entry_id, version)
    return change_in(row).entry


def _row(connection: Connection, portfolio_id: str, entry_id: str, version: int) -> Any | None:
    return connection.execute(
        select(history).where(
            history.c.portfolio_id == portfolio_id,
            history.c.entry_id == entry_id,
            history.c.version == version,
        )
    ).first()


def changes_since(connection: Connection, portfolio_id: str, since: int | datetime) -> tuple[Touched, ...]:
    """Return what became of each entry since a revision or a moment. Raises ``NotFound``."""
    row_of_portfolio(connection, portfolio_id)
    columns = history.c.entry_id, history.c.version, history.c.revision, history.c.changed_at
    rows = connection.execute(
        select(*columns).where(history.c.portfolio_id == portfolio_id).order_by(history.c.version)
    )
    newest: dict[str, int] = {}
    earlier: dict[str, list[int]] = {}
    for row in rows:
        if not isinstance(row.version, int):
            continue  # damaged
        newest[row.entry_id] = row.version
        if not _is_after(row, since):
            earlier.setdefault(row.entry_id, []).append(row.version)
    touched = [name for name, version in newest.items() if version not in earlier.get(name, [])[-1:]]
    found: list[Touched] = []
    for row in _rows(connection, portfolio_id, touched):
        try:
            now = change_in(row)
        except StorageTrouble:
            continue  # whoever asks for the damaged ones is told
        before = _readable(connection, row, earlier.get(row.entry_id, []))
        if before != now.entry:
            found.append(_touched(row, before, now))
    return tuple(found)


def _rows(connection: Connection, portfolio_id: str, names: Sequence[str]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(names), _AT_ONCE):
        wanted = entries.c.entry_id.in_(names[start : start + _AT_ONCE])
        mine = entries.c.portfolio_id == portfolio_id
        found += connection.execute(select(entries).where(mine, wanted)).all()
    return sorted(found, key=place_of)


def _readable(connection: Connection, row: Any, versions: Sequence[int]) -> AnyEntry | None:
    for version in reversed(versions):
        past = _row(connection, row.portfolio_id, row.entry_id, version)
        try:
            return change_in(past).entry
        except StorageTrouble:
            continue
    return None


def _is_after(row: Any, since: int | datetime) -> bool:
    if isinstance(since, int):
        # no revision: from before store version 2
        return (row.revision if isinstance(row.revision, int) else 1) > since
    try:
        return datetime.fromisoformat(row.changed_at) > since
    except (TypeError, ValueError):
        return False  # damaged: nobody can say when


def _touched(row: Any, before: AnyEntry | None, now: Change) -> Touched:
    return Touched(
        kind=row.kind,
        entry_id=row.entry_id,
        version=now.version,
        before=before,
        now=now.entry,
        changed_at=now.changed_at,
        changed_by=now.changed_by,
    )
