"""Store version 2: history knows revisions and what was brought back; documents of version 2."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from portfolio.errors import StorageTrouble
from portfolio.model.upgrade import upgraded

revision = "0002"
down_revision = "0001"

_portfolios = sa.table("portfolios", sa.column("portfolio_id", sa.String), sa.column("body", sa.Text))


def upgrade() -> None:
    """Add the columns and the index, bring up what is known of each portfolio, and say version 2."""
    op.add_column("history", sa.Column("revision", sa.Integer))
    op.add_column("history", sa.Column("restores", sa.Integer))
    op.create_index("ix_students_place", "students", ["place"])
    _bring_up_metas()
    op.execute(sa.text("UPDATE store_version SET version = 2"))


def _bring_up_metas() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(_portfolios)).all()
    changed = [{"this": row.portfolio_id, "says": new} for row in rows if (new := _meta_in_2(row.body))]
    if changed:
        there = _portfolios.c.portfolio_id == sa.bindparam("this")
        connection.execute(sa.update(_portfolios).where(there).values(body=sa.bindparam("says")), changed)


def _meta_in_2(body: Any) -> str | None:
    """Return a meta as version 2 writes it; ``None`` for what cannot be read: it stays as it is."""
    try:
        meta = upgraded({"meta": json.loads(body)})["meta"]
        text = json.dumps(meta, ensure_ascii=False, separators=(",", ":"))
        text.encode("utf-8")
    except (ValueError, TypeError, RecursionError, StorageTrouble):
        return None
    return text
