"""Alembic scripts: one step from each store version to the next."""
