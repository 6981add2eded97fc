"""The teacher's desk: what every room of it works with (:mod:`portfolio.moments.room` says what a room is)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from portfolio.errors import NotFound
from portfolio.model import SchoolClass, Student, Teacher
from portfolio.moments.arrivals import inside_address, teachers_address
from portfolio.moments.room import At
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.views.forms import MediaAddress
from portfolio.words import Speech, speak


def _no_pass(student_id: str, household_id: str) -> str:
    del student_id, household_id
    return ""


WayIn = Literal["", "links", "pictures", "secret pictures"]
"""How children come in while the class is served: each by a link, or all by the picture roster; "" while it is not."""


@dataclass(frozen=True)
class TeacherDesk:
    """The open desk of one teacher: what every room works with.

    ``teacher_id`` says who sits there; ``now`` and ``new_id`` give the time (UTC) and fresh random ids;
    ``today`` is the day on the wall of the classroom. ``new_key`` makes a child's personal key,
    ``fingerprint`` what is kept of it. ``address`` is where children's links begin ("https://…/"), or "" while
    nothing is served; ``way_in`` says whether they come in by links or by the picture roster; ``address_passes``
    whether the next start will have another address. ``family_pass`` makes the address under which a home (ids of
    child and home) answers on its own phone for a while; "" where there is none.
    """

    folder: ClassFolder
    store: ClassStore
    teacher_id: str
    now: Callable[[], datetime]
    today: Callable[[], date]
    new_id: Callable[[], str]
    randomness: Callable[[int], bytes]
    new_key: Callable[[], str]
    fingerprint: Callable[[str], str]
    address: str = ""
    way_in: WayIn = ""
    address_passes: bool = False
    family_pass: Callable[[str, str], str] = field(default=_no_pass)

    @property
    def by(self) -> str:
        """Who writes, as the history of a portfolio says it."""
        return f"teacher:{self.teacher_id}"

    @property
    def school_class(self) -> SchoolClass:
        """The class as it is kept now."""
        return self.store.school_class()

    @property
    def teacher(self) -> Teacher:
        """Who sits here, as the class knows it."""
        known = (one for one in self.school_class.teachers if one.teacher_id == self.teacher_id)
        return next(known, None) or Teacher(teacher_id=self.teacher_id, name="")

    @property
    def say(self) -> Speech:
        """Our texts in the language of the class."""
        return speak(self.school_class.language)

    def media_of(self, student_id: str) -> MediaAddress:
        """Return what makes addresses of a child's recordings; "" for a large one while nothing is served."""
        return teachers_address(student_id) if self.way_in else inside_address(self.store, student_id)

    def student(self, at: At) -> Student:
        """Return the child a place is about: its first part. Raises ``NotFound`` with a sentence."""
        student_id = at[0] if at else ""
        found = next((one for one in self.store.students() if one.student_id == student_id), None)
        if found is None:
            raise NotFound("This child is not in the class any more. Go back to the class.")
        return found
