"""The store on disk: every method is one transaction, with the statements in ``sql_entries``."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from portfolio.errors import StorageTrouble
from portfolio.model import KIND, AnyEntry, Portfolio, PortfolioMeta, SchoolClass, Student
from portfolio.store import sql_entries, trouble
from portfolio.store.bodies import kept_in, meta_in, school_class_in, student_in
from portfolio.store.database import Database
from portfolio.store.media import MediaFolder, check_folder_name
from portfolio.store.port import Change, Kept, LastChange
from portfolio.store.sqlite_file import Journal
from portfolio.store.tables import classes, keys, students


class SqlStore:
    """A :class:`~portfolio.store.port.ClassStore` in a database, pictures in a folder beside it."""

    def __init__(
        self,
        place: Path | str,
        media: Path,
        *,
        create: bool = False,
        journal: Journal | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open the store at ``place`` (a SQLite file, or a database URL); see ``Database`` for the rest.

        ``media`` is the folder of the pictures. Raises ``StorageTrouble``.
        """
        self._database = Database(place, create=create, journal=journal, pause=pause)
        self._media = MediaFolder(media)

    def school_class(self) -> SchoolClass:
        """Return the class."""
        body = self._database.read(lambda c: c.execute(select(classes.c.body)).scalar())
        if body is None:
            raise trouble.no_class()
        return school_class_in(body)

    def keep_class(self, school_class: SchoolClass) -> None:
        """Keep the class in place of what was there."""
        body = school_class.model_dump_json()

        def work(connection: Connection) -> None:
            if connection.execute(update(classes).values(body=body)).rowcount == 0:
                connection.execute(insert(classes).values(row=1, body=body))

        self._database.write(work)

    def students(self) -> tuple[Student, ...]:
        """Return the students in roster order."""
        return tuple(s for s in self._roster().values() if s is not None)

    def damaged_students(self) -> tuple[str, ...]:
        """Return the ids of students whose record cannot be read."""
        return tuple(student_id for student_id, s in self._roster().items() if s is None)

    def _roster(self) -> dict[str, Student | None]:
        wanted = select(students).order_by(students.c.place, students.c.student_id)
        found: dict[str, Student | None] = {}
        for row in self._database.read(lambda c: c.execute(wanted).all()):
            try:
                found[row.student_id] = student_in(row.student_id, row.body)
            except StorageTrouble:
                found[row.student_id] = None
        return found

    def student(self, student_id: str) -> Student:
        """Return one student."""
        return student_in(student_id, self._database.read(lambda c: _body_of_student(c, student_id)))

    def keep_student(self, student: Student) -> None:
        """Keep a student; a new one goes to the end of the roster."""
        check_folder_name(student.student_id)
        body = student.model_dump_json()

        def work(connection: Connection) -> None:
            there = update(students).where(students.c.student_id == student.student_id)
            if connection.execute(there.values(body=body)).rowcount == 0:
                last = connection.execute(select(func.max(students.c.place))).scalar()
                place = 0 if last is None else last + 1
                connection.execute(
                    insert(students).values(student_id=student.student_id, place=place, body=body)
                )

        self._database.write(work)

    def rounds(self, student_id: str) -> tuple[PortfolioMeta, ...]:
        """Return what is known of a student's portfolios, oldest first."""

        def work(connection: Connection) -> tuple[PortfolioMeta, ...]:
            _body_of_student(connection, student_id)
            return sql_entries.metas_of(connection, student_id)

        return self._database.read(work)

    def meta(self, portfolio_id: str) -> tuple[PortfolioMeta, int]:
        """Return what is known of a portfolio, and the version of that."""
        row = self._portfolio_row(portfolio_id)
        return meta_in(portfolio_id, row.body), row.version

    def keep_meta(self, meta: PortfolioMeta, *, expected: int | None = None) -> int:
        """Keep what is known of a portfolio and return its new version."""

        def work(connection: Connection) -> int:
            _body_of_student(connection, meta.student_id)
            return sql_entries.keep_meta(connection, meta, expected)

        return self._database.write(work)

    def portfolio(self, portfolio_id: str) -> Portfolio:
        """Return the whole portfolio, without damaged entries."""
        row, rows = self._database.read(
            lambda c: (
                sql_entries.row_of_portfolio(c, portfolio_id),
                sql_entries.rows_of_entries(c, portfolio_id),
            )
        )
        kept, _ = sql_entries.sort_out(rows)
        return Portfolio.of(meta_in(portfolio_id, row.body), (k.entry for k in kept))

    def entries(self, portfolio_id: str) -> tuple[Kept, ...]:
        """Return the entries in order, without damaged ones."""
        return self._sorted_out(portfolio_id)[0]

    def damaged(self, portfolio_id: str) -> tuple[str, ...]:
        """Return the ids of entries that cannot be read."""
        return self._sorted_out(portfolio_id)[1]

    def _sorted_out(self, portfolio_id: str) -> tuple[tuple[Kept, ...], tuple[str, ...]]:
        rows = self._database.read(lambda c: sql_entries.rows_of_entries(c, portfolio_id))
        return sql_entries.sort_out(rows)

    def entry(self, portfolio_id: str, entry_id: str) -> Kept:
        """Return one entry."""
        return kept_in(self._database.read(lambda c: sql_entries.row_of_entry(c, portfolio_id, entry_id)))

    def keep(self, portfolio_id: str, entry: AnyEntry, *, expected: int, by: str, at: datetime) -> Kept:
        """Keep an entry and return it with its new version."""
        kept = Kept(entry=entry, version=expected + 1, changed_at=at, changed_by=by)
        change = Change(**dict(kept))
        self._database.write(lambda c: sql_entries.change_entry(c, portfolio_id, entry.entry_id, change))
        return kept

    def remove(self, portfolio_id: str, entry_id: str, *, expected: int, by: str, at: datetime) -> None:
        """Remove an entry; its history stays."""
        change = Change(version=expected + 1, entry=None, changed_at=at, changed_by=by)
        self._database.write(lambda c: sql_entries.change_entry(c, portfolio_id, entry_id, change))

    def arrange(self, portfolio_id: str, kind: str, order: Sequence[str], *, by: str, at: datetime) -> None:
        """Put the entries of one kind in this order; those not named follow."""
        change = Change(version=1, entry=None, changed_at=at, changed_by=by)
        if kind not in KIND:
            raise trouble.no_kind(kind, ", ".join(KIND))
        self._database.write(lambda c: sql_entries.arrange(c, portfolio_id, kind, order, change))

    def history(self, portfolio_id: str, entry_id: str) -> tuple[Change, ...]:
        """Return every readable change of an entry, oldest first."""
        return self._database.read(lambda c: sql_entries.changes_of(c, portfolio_id, entry_id))

    def revision(self, portfolio_id: str) -> int:
        """Return a number that goes up with every change of a portfolio."""
        return int(self._portfolio_row(portfolio_id).revision)

    def last_change(self, portfolio_id: str) -> LastChange | None:
        """Return who changed an entry or the order last."""
        return sql_entries.last_change_in(self._portfolio_row(portfolio_id))

    def _portfolio_row(self, portfolio_id: str) -> Any:
        return self._database.read(lambda c: sql_entries.row_of_portfolio(c, portfolio_id))

    def add_key(self, student_id: str, fingerprint: str) -> None:
        """Keep the fingerprint of a student's key."""
        if not trouble.is_sha256(fingerprint):
            raise trouble.not_a_fingerprint()

        def work(connection: Connection) -> None:
            _body_of_student(connection, student_id)
            owner = _owner_of_key(connection, fingerprint)
            if owner is None:
                connection.execute(insert(keys).values(fingerprint=fingerprint, student_id=student_id))
            elif owner != student_id:
                raise trouble.key_is_taken(student_id)

        self._database.write(work)

    def drop_keys(self, student_id: str) -> None:
        """Make all keys of a student worthless."""

        def work(connection: Connection) -> None:
            _body_of_student(connection, student_id)
            connection.execute(delete(keys).where(keys.c.student_id == student_id))

        self._database.write(work)

    def drop_key(self, fingerprint: str) -> None:
        """Make one key worthless."""
        if trouble.is_sha256(fingerprint):
            self._database.write(lambda c: c.execute(delete(keys).where(keys.c.fingerprint == fingerprint)))

    def student_for_key(self, fingerprint: str) -> str | None:
        """Return the id of the student a key belongs to, or ``None``."""
        if not trouble.is_sha256(fingerprint):
            return None
        return self._database.read(lambda c: _owner_of_key(c, fingerprint))

    def keep_picture(self, student_id: str, sha256: str, data: bytes, thumb: bytes) -> None:
        """Keep a cleaned picture (WebP) and its small copy."""
        self._database.read(lambda c: _body_of_student(c, student_id))
        self._media.keep(student_id, sha256, data, thumb)

    def picture(self, student_id: str, sha256: str) -> bytes:
        """Return a picture."""
        return self._media.picture(student_id, sha256)

    def thumb(self, student_id: str, sha256: str) -> bytes:
        """Return the small copy of a picture."""
        return self._media.thumb(student_id, sha256)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def _body_of_student(connection: Connection, student_id: str) -> str:
    found = None
    if trouble.is_identifier(student_id):
        found = connection.execute(
            select(students.c.body).where(students.c.student_id == student_id)
        ).scalar()
    if found is None:
        raise trouble.no_student(student_id)
    return str(found)


def _owner_of_key(connection: Connection, fingerprint: str) -> str | None:
    return connection.execute(select(keys.c.student_id).where(keys.c.fingerprint == fingerprint)).scalar()
