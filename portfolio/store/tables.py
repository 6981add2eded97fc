"""The tables of a class: one row per record, bodies as JSON, an append-only history.

Plain SQL types only, so that the same tables work in PostgreSQL. Times are text (ISO 8601, UTC).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

STORE_VERSION: Final = 2
"""Goes up by one when the tables change. A store with a higher number is left alone, one with a lower
number is brought up when it is opened: see ``upgrade`` and the scripts in ``migrations``."""

metadata = MetaData()

_ID = String(64)
_HASH = String(64)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


store_version = Table(
    "store_version", metadata, Column("version", Integer, primary_key=True, autoincrement=False)
)
"""One row: :data:`STORE_VERSION` of whoever made the tables. The quick look at every opening."""

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""The same for Alembic, in the table it would make itself; both are written together."""

classes = Table(
    "classes", metadata, Column("row", Integer, primary_key=True, autoincrement=False), _text("body")
)
"""One row, number 1: a store keeps one class."""

students = Table(
    "students", metadata, Column("student_id", _ID, primary_key=True), _number("place"), _text("body")
)
"""``place`` is where a student stands in the roster."""

# without it, making a class of 100,000 would look at everybody for each new one
Index("ix_students_place", students.c.place)

portfolios = Table(
    "portfolios",
    metadata,
    Column("portfolio_id", _ID, primary_key=True),
    Column("student_id", _ID, ForeignKey(students.c.student_id), nullable=False),
    _text("round"),
    _text("body"),
    _number("version"),
    _number("revision"),
    Column("changed_revision", Integer),
    Column("changed_at", Text),
    Column("changed_by", Text),
    UniqueConstraint("student_id", "round"),
)
"""``version`` counts changes of ``body`` (the meta), ``revision`` changes of anything in the portfolio.
The ``changed_`` columns say what the newest change of an entry or of the order was."""

entries = Table(
    "entries",
    metadata,
    Column("portfolio_id", _ID, ForeignKey(portfolios.c.portfolio_id), primary_key=True),
    Column("entry_id", _ID, primary_key=True),
    Column("kind", _ID, nullable=False),
    _number("place"),
    _number("version"),
    Column("body", Text),
    _text("changed_at"),
    _text("changed_by"),
)
"""Every entry there ever was. A removed one keeps its row, with no body, so that its version goes on
counting and it can come back to its place."""

history = Table(
    "history",
    metadata,
    Column("portfolio_id", _ID, primary_key=True),
    Column("entry_id", _ID, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("kind", _ID, nullable=False),
    Column("body", Text),
    _text("changed_at"),
    _text("changed_by"),
    Column("revision", Integer),
    Column("restores", Integer),
    ForeignKeyConstraint(["portfolio_id", "entry_id"], [entries.c.portfolio_id, entries.c.entry_id]),
)
"""Every state of every entry; rows are added, never changed. No body: removed.
``revision`` is the portfolio's that the change made (none in rows from store version 1), ``restores`` the
version it brought back, 0 for the time before the first."""

keys = Table(
    "keys",
    metadata,
    Column("fingerprint", _HASH, primary_key=True),
    Column("student_id", _ID, ForeignKey(students.c.student_id), nullable=False, index=True),
)
"""Fingerprints of the students' personal keys."""


def revision_of(version: int) -> str:
    """Return the name of the Alembic revision that makes this store version."""
    return f"{version:04}"
