"""Store version 1: the tables as they first were.

There is no way back down from any version: the copy made before an upgrade is the way back.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of store version 1 and say so in them."""
    version = op.create_table(
        "store_version", sa.Column("version", sa.Integer, primary_key=True, autoincrement=False)
    )
    op.create_table(
        "classes",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "students",
        sa.Column("student_id", sa.String(64), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    _make_portfolios()
    _make_entries()
    op.create_table(
        "keys",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("student_id", sa.String(64), sa.ForeignKey("students.student_id"), nullable=False),
    )
    op.create_index("ix_keys_student_id", "keys", ["student_id"])
    op.bulk_insert(version, [{"version": 1}])


def _make_portfolios() -> None:
    op.create_table(
        "portfolios",
        sa.Column("portfolio_id", sa.String(64), primary_key=True),
        sa.Column("student_id", sa.String(64), sa.ForeignKey("students.student_id"), nullable=False),
        sa.Column("round", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("changed_revision", sa.Integer),
        sa.Column("changed_at", sa.Text),
        sa.Column("changed_by", sa.Text),
        sa.UniqueConstraint("student_id", "round"),
    )


def _make_entries() -> None:
    op.create_table(
        "entries",
        sa.Column("portfolio_id", sa.String(64), sa.ForeignKey("portfolios.portfolio_id"), primary_key=True),
        sa.Column("entry_id", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
    )
    op.create_table(
        "history",
        sa.Column("portfolio_id", sa.String(64), primary_key=True),
        sa.Column("entry_id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["portfolio_id", "entry_id"], ["entries.portfolio_id", "entries.entry_id"]),
    )
