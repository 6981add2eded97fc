"""A teacher's desk for tests: a class on disk in a temporary folder, with a clock that stands still."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, datetime
from pathlib import Path

from portfolio.model import SchoolClass, Teacher
from portfolio.moments.room import Asked, Brought
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.class_folder import ClassFolder
from tests.samples import make_sample

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def teacher_desk(folder: ClassFolder, teacher_id: str = "", at: datetime = NOW) -> TeacherDesk:
    """Return the desk of a class's (first) teacher. The caller closes ``desk.store``."""
    store, count = folder.store(), itertools.count(1)
    first = next(iter(store.school_class().teachers), Teacher(teacher_id="teacher-1", name="Ms. Rivera"))

    def some(n: int) -> bytes:
        return hashlib.shake_128(str(next(count)).encode()).digest(n)

    return TeacherDesk(
        folder=folder,
        store=store,
        teacher_id=teacher_id or first.teacher_id,
        now=lambda: at,
        today=at.date,
        new_id=lambda: f"n{next(count)}",
        randomness=some,
        new_key=lambda: f"key{next(count):025d}",
        fingerprint=lambda key: hashlib.sha256(key.encode()).hexdigest(),
        address="http://127.0.0.1:8866/",
    )


def sample_desk(place: Path, name: str = "class-4b") -> TeacherDesk:
    """Return the desk of a fresh sample class (``class-4b``, ``ladybirds``, ``grade-7``, ``grade-11``)."""
    return teacher_desk(sample_folder(place, name))


def sample_folder(place: Path, name: str = "class-4b") -> ClassFolder:
    """Return a fresh sample class."""
    return make_sample(name, place / name, at=NOW, randomness=lambda n: b"s" * n)


def form(what: str, *files: Brought, version: int | None = None, **values: str | list[str]) -> Asked:
    """Return what a form asks: ``form("keep-note", strength="…", who=["a", "b"])``."""
    told = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}
    return Asked(what=what, values=told, files=files, version=version)


def with_teachers(folder: ClassFolder, *teachers: Teacher) -> SchoolClass:
    """Give a class these teachers and return it."""
    store = folder.store()
    try:
        school = store.school_class().but(teachers=teachers)
        store.keep_class(school)
        return school
    finally:
        store.close()
