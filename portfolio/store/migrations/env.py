"""What Alembic runs around the scripts: on the connection, and in the transaction, it is handed.

From a checkout, ``portfolio.store.upgrade.run_scripts`` hands it over; there is no alembic.ini.
"""

from __future__ import annotations

from alembic import context

from portfolio.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
