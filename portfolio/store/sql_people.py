"""The people in the store on disk: the class, its students, their keys."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, case, delete, func, insert, select, update

from portfolio.model import SchoolClass, Student
from portfolio.store import trouble
from portfolio.store.bodies import school_class_in, student_in
from portfolio.store.media import check_folder_name
from portfolio.store.sql_part import SqlPart, body_of_student
from portfolio.store.tables import classes, keys, students
from portfolio.store.wholes import roster_in


class SqlPeople(SqlPart):
    """Class, students and keys."""

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

    def student_names(self) -> tuple[str, ...]:
        """Return the names of all students in roster order, without reading the rest of their records."""
        name = case((func.json_valid(students.c.body), func.json_extract(students.c.body, "$.name")))
        wanted = select(name).order_by(students.c.place, students.c.student_id)
        found = self._database.read(lambda c: c.execute(wanted).scalars().all())
        return tuple(one for one in found if isinstance(one, str) and one)

    def damaged_students(self) -> tuple[str, ...]:
        """Return the ids of students whose record cannot be read."""
        return tuple(student_id for student_id, s in self._roster().items() if s is None)

    def _roster(self) -> dict[str, Student | None]:
        wanted = select(students.c.student_id, students.c.body).order_by(
            students.c.place, students.c.student_id
        )
        return roster_in(self._database.read(lambda c: c.execute(wanted).all()))

    def student(self, student_id: str) -> Student:
        """Return one student."""
        return student_in(student_id, self._database.read(lambda c: body_of_student(c, student_id)))

    def keep_student(self, student: Student) -> None:
        """Keep a student; a new one goes to the end of the roster."""
        check_folder_name(student.student_id)
        body = student.model_dump_json()
        last = select(func.coalesce(func.max(students.c.place), -1) + 1).scalar_subquery()

        def work(connection: Connection) -> None:
            there = update(students).where(students.c.student_id == student.student_id)
            if connection.execute(there.values(body=body)).rowcount == 0:
                connection.execute(
                    insert(students).values(student_id=student.student_id, place=last, body=body)
                )

        self._database.write(work)

    def arrange_students(self, order: Sequence[str]) -> None:
        """Put the students in this order; those not named follow in the order they had."""

        def work(connection: Connection) -> None:
            asked = select(students.c.student_id).order_by(students.c.place, students.c.student_id)
            there = connection.execute(asked).scalars().all()
            for student_id in order:
                if student_id not in there:
                    raise trouble.no_student(student_id)
            for place, student_id in enumerate(dict.fromkeys([*order, *there])):
                here = students.c.student_id == student_id
                connection.execute(update(students).where(here).values(place=place))

        self._database.write(work)

    def add_key(self, student_id: str, fingerprint: str) -> None:
        """Keep the fingerprint of a student's key."""
        if not trouble.is_sha256(fingerprint):
            raise trouble.not_a_fingerprint()

        def work(connection: Connection) -> None:
            body_of_student(connection, student_id)
            owner = _owner_of_key(connection, fingerprint)
            if owner is None:
                connection.execute(insert(keys).values(fingerprint=fingerprint, student_id=student_id))
            elif owner != student_id:
                raise trouble.key_is_taken(student_id)

        self._database.write(work)

    def drop_keys(self, student_id: str) -> None:
        """Make all keys of a student worthless."""

        def work(connection: Connection) -> None:
            body_of_student(connection, student_id)
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


def _owner_of_key(connection: Connection, fingerprint: str) -> str | None:
    return connection.execute(select(keys.c.student_id).where(keys.c.fingerprint == fingerprint)).scalar()
