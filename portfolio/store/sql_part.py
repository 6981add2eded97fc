"""What the parts of the store on disk share: the database, and who is in it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from portfolio.store import trouble
from portfolio.store.database import Database
from portfolio.store.tables import students


class SqlPart:
    """A part of :class:`portfolio.store.sql.SqlStore`: every method of a part is one transaction."""

    def __init__(self, database: Database) -> None:
        """Work in this database; the store closes it."""
        self._database = database


def body_of_student(connection: Connection, student_id: str) -> str:
    """Return what a student's row says. Raises ``NotFound``."""
    found = None
    if trouble.is_identifier(student_id):
        found = connection.execute(
            select(students.c.body).where(students.c.student_id == student_id)
        ).scalar()
    if found is None:
        raise trouble.no_student(student_id)
    return str(found)
