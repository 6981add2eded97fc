"""The statements that forget a student: everything the tables say of a child."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select

from portfolio.store.records import Forgotten
from portfolio.store.sql_part import body_of_student
from portfolio.store.tables import entries, history, keys, portfolios, students


def forget_rows(connection: Connection, student_id: str) -> Forgotten:
    """Delete a student's rows and return how many there were. Raises ``NotFound``.

    ``secure_delete`` is on, so that SQLite overwrites what it deletes.
    """
    body_of_student(connection, student_id)
    mine = select(portfolios.c.portfolio_id).where(portfolios.c.student_id == student_id)
    # counted: not every driver says how many rows a delete took
    changes, count = (
        connection.execute(select(func.count()).where(table.c.portfolio_id.in_(mine))).scalar() or 0
        for table in (history, entries)
    )
    connection.execute(delete(history).where(history.c.portfolio_id.in_(mine)))
    connection.execute(delete(entries).where(entries.c.portfolio_id.in_(mine)))
    books = connection.execute(delete(portfolios).where(portfolios.c.student_id == student_id)).rowcount
    prints = connection.execute(delete(keys).where(keys.c.student_id == student_id)).rowcount
    connection.execute(delete(students).where(students.c.student_id == student_id))
    return Forgotten(portfolios=books, entries=count, history=changes, keys=prints, files=0)
