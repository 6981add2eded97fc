"""The rows of a class, read one by one: what cannot be read, belongs to nothing, or contradicts itself."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

from pydantic import ValidationError

from portfolio.errors import NotFound, StorageTrouble
from portfolio.model import KIND, Entry, PortfolioMeta
from portfolio.model.upgrade import upgraded
from portfolio.rules.needs import referenced_media
from portfolio.store import trouble
from portfolio.store.bodies import change_in, meta_in, school_class_in, student_in
from portfolio.store.findings import Finding
from portfolio.store.records import Change

T = TypeVar("T")

_MOST = 100
"""How many faults of one sort are listed: a file of rubbish has thousands."""


@dataclass
class Needs:
    """Who is in the class, and which files each needs: for entries as they are now, and as they ever were.

    ``unsure`` is true when some rows could not be read, so that nobody can say what is not needed.
    """

    students: list[str] = field(default_factory=list)
    now: dict[str, set[str]] = field(default_factory=dict)
    ever: dict[str, set[str]] = field(default_factory=dict)
    unsure: bool = True


def opened(file: Path) -> sqlite3.Connection:
    """Return a connection that never makes a file. Raises ``NotFound`` or ``StorageTrouble``."""
    if not file.is_file():
        raise NotFound("“{file}” is not in this class. Restore a backup of the class.", file=file.name)
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        connection.execute("PRAGMA busy_timeout=3000").close()
        connection.execute("BEGIN").close()  # everything from one moment
    except sqlite3.Error as error:
        raise _sentence(error, file.name) from error
    return connection


def version_of(connection: sqlite3.Connection, name: str) -> int:
    """Return the store version a file says it has. Raises ``StorageTrouble``."""
    try:
        row = connection.execute("SELECT version FROM store_version").fetchone()
    except sqlite3.Error as error:
        raise _sentence(error, name) from error
    if row is None or not isinstance(row[0], int) or row[0] < 1:
        raise _sentence(None, name)
    return int(row[0])


def _sentence(error: sqlite3.Error | None, name: str) -> StorageTrouble:
    from portfolio.store.database_trouble import is_busy, not_ours, sentence

    return sentence(error, name) if is_busy(error) else not_ours(name)


def examine_rows(connection: sqlite3.Connection, name: str, version: int, needs: Needs) -> Iterator[Finding]:
    """Yield what is wrong with the rows of a store of a known version, and note who needs which files."""
    rows = _Rows(connection, name)
    yield from rows.pages()
    yield from _class(rows)
    yield from _students(rows, needs)
    owners: dict[str, str] = {}
    yield from _covers(rows, version, owners)
    good, unsure = _states(rows, owners, needs)
    yield from unsure
    damaged = list(_entries(rows, owners, needs, good))
    yield from damaged
    named = {finding.where for finding in damaged}
    yield from (finding for finding in _differing(rows) if finding.where not in named)
    needs.unsure = bool(rows.broken or unsure)
    yield from rows.broken.values()


class _Rows:
    """Reads tables as far as they can be read."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self.connection = connection
        self.name = name
        self.broken: dict[str, Finding] = {}

    def of(self, statement: str, table: str) -> Iterator[Any]:
        """Yield the rows of a statement; where reading stops, note that for the table."""
        try:
            cursor = self.connection.execute(statement)
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                yield SimpleNamespace(**dict(zip(columns, row, strict=True)))
        except sqlite3.Error as error:
            self.broken[table] = Finding(
                "database",
                table,
                "A part of “{file}” cannot be read any more (table {table}: {why}). "
                "What can be read stays as it is; restore a backup of the class.",
                {"file": self.name, "table": table, "why": str(error)},
            )

    def pages(self) -> Iterator[Finding]:
        """Yield what SQLite itself finds wrong, at most a few of each."""
        for row in self.of(f"PRAGMA integrity_check({_MOST})", "integrity"):
            says = str(row.integrity_check)
            if says != "ok":
                yield Finding(
                    "database",
                    self.name,
                    "“{file}” is damaged inside ({why}). Restore a backup of the class.",
                    {"file": self.name, "why": trouble.shown(says)},
                )
        for number, row in enumerate(self.of("PRAGMA foreign_key_check", "references")):
            if number < _MOST:
                yield Finding(
                    "reference",
                    f"{row.table}@{row.rowid}",
                    "A row in “{file}” belongs to nothing any more (table {table}, row {row}). "
                    "It does not show anywhere.",
                    {"file": self.name, "table": row.table, "row": row.rowid},
                )


def _class(rows: _Rows) -> Iterator[Finding]:
    found = list(rows.of("SELECT body FROM classes", "classes"))
    if not found and "classes" not in rows.broken:
        yield Finding.of(trouble.no_class(), "class", "class")
    for row in found:
        yield from _tried(lambda: school_class_in(row.body), "class", "class")  # noqa: B023 - used at once


def _students(rows: _Rows, needs: Needs) -> Iterator[Finding]:
    for row in rows.of("SELECT student_id, body FROM students ORDER BY place, student_id", "students"):
        needs.students.append(str(row.student_id))
        yield from _tried(lambda: student_in(row.student_id, row.body), "student", str(row.student_id))  # noqa: B023 - used at once


def _covers(rows: _Rows, version: int, owners: dict[str, str]) -> Iterator[Finding]:
    for row in rows.of("SELECT portfolio_id, student_id, body FROM portfolios", "portfolios"):
        owners[str(row.portfolio_id)] = str(row.student_id)
        yield from _tried(lambda: _meta_in(row, version), "cover", str(row.portfolio_id))  # noqa: B023 - used at once


def _meta_in(row: Any, version: int) -> PortfolioMeta:
    if version > 1:
        return meta_in(row.portfolio_id, row.body)
    try:  # not brought up yet
        return PortfolioMeta.model_validate_json(json.dumps(upgraded({"meta": json.loads(row.body)})["meta"]))
    except (ValueError, TypeError, ValidationError, RecursionError) as error:
        raise trouble.damaged_meta(row.portfolio_id) from error


def _tried(read: Callable[[], object], what: Any, where: str) -> Iterator[Finding]:
    try:
        read()
    except StorageTrouble as error:
        yield Finding.of(error, what, where)


def _states(
    rows: _Rows, owners: dict[str, str], needs: Needs
) -> tuple[dict[tuple[str, str], str], list[Finding]]:
    """Return the kind of each entry that has a readable state, and the states that cannot be read."""
    good: dict[tuple[str, str], str] = {}
    bad: list[Finding] = []
    for row in rows.of("SELECT * FROM history", "history"):
        change = _change(row)
        where = f"{row.portfolio_id}/{row.entry_id}@{row.version}"
        if change is None:
            bad.append(
                Finding(
                    "change",
                    where,
                    "An earlier state of “{entry}” in the portfolio “{portfolio}” (version {version}) cannot "
                    "be read. What is there now is not touched by that.",
                    {"entry": row.entry_id, "portfolio": row.portfolio_id, "version": row.version},
                )
            )
        elif change.entry is not None:
            good[row.portfolio_id, row.entry_id] = change.entry.kind
            needs.ever.setdefault(owners.get(row.portfolio_id, ""), set()).update(_files(row, change.entry))
    return good, bad


def _change(row: Any) -> Change | None:
    try:
        return change_in(row)
    except (StorageTrouble, AttributeError, TypeError):
        return None


def _files(row: Any, entry: Entry) -> frozenset[str]:
    # looking into every field takes longer than reading the entry; most hold no file at all
    return referenced_media([entry]) if '"sha256"' in row.body else frozenset()


def _entries(
    rows: _Rows, owners: dict[str, str], needs: Needs, good: dict[tuple[str, str], str]
) -> Iterator[Finding]:
    for row in rows.of("SELECT * FROM entries", "entries"):
        change = _change(row)
        if change is None:
            known = isinstance(row.version, int) and row.kind in KIND
            mendable = known and good.get((row.portfolio_id, row.entry_id)) == row.kind
            error = trouble.damaged_entry(row.portfolio_id, row.entry_id, row.version)
            yield Finding.of(error, "entry", f"{row.portfolio_id}/{row.entry_id}", mendable=mendable)
        elif change.entry is not None:
            needs.now.setdefault(owners.get(row.portfolio_id, ""), set()).update(_files(row, change.entry))


def _differing(rows: _Rows) -> Iterator[Finding]:
    """Yield entries that are not what the newest row of their history says, or have no such row."""
    found = rows.of(
        "SELECT e.portfolio_id, e.entry_id FROM entries e LEFT JOIN history h"
        " ON h.portfolio_id = e.portfolio_id AND h.entry_id = e.entry_id AND h.version = e.version"
        " WHERE h.version IS NULL OR h.body IS NOT e.body OR h.kind IS NOT e.kind",
        "entries",
    )
    for number, row in enumerate(found):
        if number < _MOST:
            yield Finding(
                "differs",
                f"{row.portfolio_id}/{row.entry_id}",
                "“{entry}” in the portfolio “{portfolio}” is not what its history says it is. "
                "Look at it, and compare it with a backup.",
                {"entry": row.entry_id, "portfolio": row.portfolio_id},
            )
