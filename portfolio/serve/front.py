"""What every handler of the server shares: whose visit a cookie is, and which visits are over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from portfolio.errors import NotAllowed
from portfolio.moments.teacher.room import WayIn
from portfolio.rules.door_pictures import secret_names
from portfolio.serve.door import Doorkeeper, Setup
from portfolio.serve.keys import (
    Purpose,
    Randomness,
    Visit,
    check,
    new_family_visit,
    new_teacher_visit,
    new_visit,
    sign,
)
from portfolio.serve.pages import Pages
from portfolio.serve.patience import Patience
from portfolio.serve.teacher_visits import TeacherVisits


@dataclass
class Front:
    """The front of the house: the door, the secret, and the list of visits that have ended."""

    door: Doorkeeper
    secret: bytes
    setup: Setup
    class_folder: Path
    pages: Pages
    now: Callable[[], datetime]
    randomness: Randomness
    patience: Patience
    secure: bool = False
    """True if the school's proxy speaks https to the browser: the cookie is then marked ``Secure``."""
    secret_pictures: bool = False
    """True if a child who has found itself on the roster also picks its two secret pictures."""
    teachers: TeacherVisits | None = None
    """The teacher's door, if there is one."""
    address: str = ""
    """Where browsers find us ("https://…/"); known once the server listens."""
    address_passes: bool = False
    """True if the next start will have another address: any free port was taken."""
    ended: set[str] = field(default_factory=set)
    """Ids of visits that are over; their cookies are refused though the signature still fits."""

    @property
    def cookie_name(self) -> str:
        """Return the cookie's name. Browsers share cookies between ports, so every class has its own."""
        return "portfolio_" + hashlib.sha256(self.door.class_id.encode()).hexdigest()[:12]

    @property
    def family_cookie_name(self) -> str:
        """Return the name of the cookie of a family's page: it stands beside a child's or a teacher's."""
        return f"{self.cookie_name}_family"

    @property
    def way_in(self) -> WayIn:
        """Return how children come in, in a word."""
        if self.setup is Setup.PERSONAL_LINKS:
            return "links"
        return "secret pictures" if self.secret_pictures else "pictures"

    @property
    def takes_word(self) -> bool:
        """Return whether the teacher can come in by a word."""
        return self.teachers is not None and self.teachers.word is not None

    def visit_in(self, cookie: str | None) -> Visit | None:
        """Return the visit a cookie stands for, or None if it is missing, not ours, too old or over.

        It may be a child's or a teacher's: whoever asks looks at its role.
        """
        visit = self.signed_in(cookie)
        if visit is None or visit.visit_id in self.ended:
            return None
        if visit.role == "student":
            return visit if visit.student_id else None
        if visit.role != "teacher":
            return None
        begun_here = self.teachers is not None and self.teachers.goes_on(visit, self.now())
        return visit if begun_here and visit.teacher_id else None

    def signed_in(self, cookie: str | None) -> Visit | None:
        """Return the visit a cookie of this class was signed for, be it over or not; None for any other text."""
        try:
            visit = check(cookie or "", self.secret, Purpose.COOKIE, now=self.now())
        except NotAllowed:
            return None
        return visit if visit.class_id == self.door.class_id else None

    def family_in(self, cookie: str | None) -> Visit | None:
        """Return the family's visit a cookie stands for, or None if it is missing, not ours, too old or over.

        Whether there is such a home any more, whoever lets it in asks the door.
        """
        try:
            visit = check(cookie or "", self.secret, Purpose.FAMILY, now=self.now())
        except NotAllowed:
            return None
        ours = visit.class_id == self.door.class_id and visit.visit_id not in self.ended
        return visit if ours and visit.student_id and visit.household_id else None

    def begin_family(self, student_id: str, household_id: str, earlier: Visit | None) -> Visit:
        """Return the visit of the home that comes in now; the same one at the same browser goes on with its own."""
        same = earlier is not None and (earlier.student_id, earlier.household_id) == (
            student_id,
            household_id,
        )
        if earlier is not None and same:
            return replace(earlier, issued_at=self.now().replace(microsecond=0))
        return new_family_visit(
            student_id,
            household_id,
            class_id=self.door.class_id,
            now=self.now(),
            randomness=self.randomness,
        )

    def begin(self, student_id: str, earlier: Visit | None) -> Visit:
        """Return the visit of the child that comes in now; the same one at the same browser goes on with its own."""
        if earlier is not None and earlier.role == "student" and earlier.student_id == student_id:
            return replace(earlier, issued_at=self.now().replace(microsecond=0))
        return new_visit(student_id, class_id=self.door.class_id, now=self.now(), randomness=self.randomness)

    def begin_teacher(self, teachers: TeacherVisits, earlier: Visit | None) -> Visit:
        """Return the visit of the teacher who comes in now; at the same browser it goes on."""
        now = self.now()
        if earlier is not None and earlier.role == "teacher" and earlier.teacher_id == teachers.teacher_id:
            visit = replace(earlier, issued_at=now.replace(microsecond=0))
        else:
            visit = new_teacher_visit(
                teachers.teacher_id, class_id=self.door.class_id, now=now, randomness=self.randomness
            )
        teachers.begin(visit, now)
        return visit

    def end(self, visit: Visit) -> None:
        """Let a visit be over: its cookie is worth nothing from now on."""
        self.ended.add(visit.visit_id)
        if self.teachers is not None:
            self.teachers.end(visit)

    def cookie(self, visit: Visit) -> str:
        """Return the cookie's value for a visit."""
        return sign(visit, self.secret, Purpose.COOKIE)

    def family_cookie(self, visit: Visit) -> str:
        """Return the value of a family's cookie."""
        return sign(visit, self.secret, Purpose.FAMILY)

    def kernel_slip(self, visit: Visit) -> str:
        """Return the signed line for the environment of a visit's kernel."""
        return sign(visit, self.secret, Purpose.KERNEL)

    def is_secret_of(self, student_id: str, first: str, second: str) -> bool:
        """Return whether these two pictures, in this order, are the child's secret ones."""
        return (first, second) == secret_names(student_id, self.secret)
