"""The people in the store in memory, and the blocks of changes that all its parts share."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence

from portfolio.model import SchoolClass, Student
from portfolio.store import trouble
from portfolio.store.fake_shelf import Holding
from portfolio.store.media import check_folder_name


class _Block(threading.local):
    """The copy a thread works on while it is in a block (:meth:`FakePart.together`)."""

    copy: Holding | None = None


class FakePart:
    """What the parts of the store in memory share: what is held, and who may change it when."""

    def __init__(self, school_class: SchoolClass | None = None) -> None:
        """Begin with a class, or with nothing at all."""
        self._kept = Holding(school_class)
        self._block = _Block()
        self._lock = threading.RLock()
        self._writer = threading.RLock()
        """Held by a block until its end; ``_lock`` only for a moment, so that others can read meanwhile."""

    @property
    def _held(self) -> Holding:
        return self._block.copy or self._kept

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Holding]:
        with self._writer, self._lock:
            yield self._held

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Keep all changes of a ``with`` block at once, or none."""
        with self._writer:
            outer = self._block.copy
            with self._lock:
                mine = self._held.copy()
            self._block.copy = mine
            try:
                yield
            except BaseException:
                self._block.copy = outer
                raise
            if outer is not None:
                outer.__dict__.update(mine.__dict__)
                self._block.copy = outer
                return
            with self._lock:
                self._kept = mine
                self._block.copy = None


class FakePeople(FakePart):
    """Class, students and keys."""

    def school_class(self) -> SchoolClass:
        """Return the class."""
        found = self._held.school_class
        if found is None:
            raise trouble.no_class()
        return found

    def keep_class(self, school_class: SchoolClass) -> None:
        """Keep the class in place of what was there."""
        with self._changing() as held:
            held.school_class = school_class

    def students(self) -> tuple[Student, ...]:
        """Return the students in roster order."""
        with self._lock:
            return tuple(self._held.students.values())

    def student_names(self) -> tuple[str, ...]:
        """Return the names of all students in roster order."""
        return tuple(student.name for student in self.students())

    def damaged_students(self) -> tuple[str, ...]:
        """Return nothing: memory does not rot."""
        return ()

    def student(self, student_id: str) -> Student:
        """Return one student."""
        found = self._held.students.get(student_id)
        if found is None:
            raise trouble.no_student(student_id)
        return found

    def keep_student(self, student: Student) -> None:
        """Keep a student; a new one goes to the end of the roster."""
        check_folder_name(student.student_id)
        with self._changing() as held:
            held.students[student.student_id] = student

    def arrange_students(self, order: Sequence[str]) -> None:
        """Put the students in this order; those not named follow in the order they had."""
        with self._changing() as held:
            for student_id in order:
                self.student(student_id)
            held.students = {one: held.students[one] for one in dict.fromkeys([*order, *held.students])}

    def add_key(self, student_id: str, fingerprint: str) -> None:
        """Keep the fingerprint of a student's key."""
        if not trouble.is_sha256(fingerprint):
            raise trouble.not_a_fingerprint()
        with self._changing() as held:
            self.student(student_id)
            if held.keys.setdefault(fingerprint, student_id) != student_id:
                raise trouble.key_is_taken(student_id)

    def drop_keys(self, student_id: str) -> None:
        """Make all keys of a student worthless."""
        with self._changing() as held:
            self.student(student_id)
            held.keys = {print_: owner for print_, owner in held.keys.items() if owner != student_id}

    def drop_key(self, fingerprint: str) -> None:
        """Make one key worthless."""
        with self._changing() as held:
            held.keys.pop(fingerprint, None)

    def student_for_key(self, fingerprint: str) -> str | None:
        """Return the id of the student a key belongs to, or ``None``."""
        return self._held.keys.get(fingerprint)
