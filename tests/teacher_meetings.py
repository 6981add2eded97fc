"""Meetings for tests of the teacher's desk: words of homes put into a book, tables that have begun."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from portfolio.model import AnyEntry, Meeting
from portfolio.moments.room import Asked
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import Rooms
from tests.teachers import NOW, form

MUM = "mama-y-abuelo"


def book(desk: TeacherDesk, student_id: str) -> str:
    """Return the id of a child's book of this round."""
    return desk.store.rounds(student_id)[-1].portfolio_id


def put(desk: TeacherDesk, student_id: str, *entries: AnyEntry) -> None:
    """Write entries into a child's book as its home would."""
    for entry in entries:
        desk.store.keep(book(desk, student_id), entry, expected=0, by="family:dad", at=NOW)


def begin(desk: TeacherDesk, *who: str) -> Rooms:
    """Begin meetings and return the rooms."""
    rooms = Rooms(desk)
    rooms.do("meetings", form("begin", who=list(who), way="station"))
    return rooms


def held(desk: TeacherDesk, student_id: str) -> Meeting:
    """Return the newest meeting of a child."""
    return desk.store.portfolio(book(desk, student_id)).meetings[-1]


def unpacked(data: bytes) -> list[bytes]:
    """Return the files of a zip, or the one file that is none."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return [data]
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return [packed.read(name) for name in packed.namelist()]


def told(what: str, values: Mapping[str, str], version: int | None = None) -> Asked:
    """Return what a form asks whose fields are named by values of their own."""
    return Asked(what, {name: (value,) for name, value in values.items()}, version=version)
