"""What was promised, by all three, and what worries homes: until it is kept, or over because the family says so.

::

    promised                                the class: yours, for the children, for homes, worries
    promised/child/<child>                  the same for one child
    promised/worry/<child>/<entry>/<book>   one worry: you said, we answer, who and by when, where it is
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from portfolio.errors import N_, NotFound
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher import promised_marks, promised_worry, promised_write
from portfolio.moments.teacher.promised_reading import Reading
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.teacher import render
from portfolio.views.teacher.promised_page import PromisedPage, PromiseLine, PromisePart

PARTS: Final = (
    ("yours", N_("Yours"), N_("What you promised at the table.")),
    ("teachers", N_("Of other teachers"), ""),
    (
        "student",
        N_("For the children"),
        N_("A promise is the child’s. Note only what was told; in the next book the child says it itself."),
    ),
    ("family", N_("For homes"), N_("Note only what they tell you. Nobody has to account for it.")),
)
"""The parts of the list: name, heading, what is said below it."""


class PromisedRoom:
    """The room of promises and worries."""

    def __init__(self, desk: TeacherDesk) -> None:
        """Open the room at a desk."""
        self._desk = desk

    def show(self, at: At) -> Screen:
        """Return the screen of a place. Raises ``NotFound`` for one that is not there."""
        what, rest = at[0] if at else "", at[1:]
        if not what:
            return self._list("")
        if what == "child" and len(rest) == 1:
            return self._list(self._desk.student(rest).student_id)
        if what == "worry":
            return promised_worry.show_worry(self._desk, rest)
        raise NotFound("There is no such page here. Go back to the class.")

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks. Raises ``PortfolioError``: then nothing was done."""
        what, rest = at[0] if at else "", at[1:]
        if what == "worry":
            return promised_worry.do_worry(self._desk, rest, asked)
        if what and (what != "child" or len(rest) != 1):
            raise NotFound("There is no such page here. Go back to the class.")
        student_id = self._desk.student(rest).student_id if what else ""
        if asked.what == "mark":
            return promised_marks.mark(self._desk, asked)
        if asked.what in ("promise", "worry"):
            return promised_write.write(self._desk, asked, student_id)
        raise unknown(asked)

    def _list(self, student_id: str) -> Screen:
        desk, say = self._desk, self._desk.say
        students = tuple(s for s in desk.store.students() if not student_id or s.student_id == student_id)
        reading = Reading(desk, students)
        name = students[0].name if student_id else ""
        school = desk.school_class
        page = PromisedPage(
            say=say,
            one=name,
            sheet=say("{name}, {day}", name=name or school.name, day=say.day(desk.today())),
            parts=tuple(self._parts(reading.open())),
            worries=reading.worry_lines(still=True),
            over=reading.over(),
            settled=reading.worry_lines(still=False),
            unread=reading.unread,
            write=promised_write.forms(desk, students, student_id),
        )
        if student_id:
            back = (f"child/{student_id}", say("{name}’s book", name=name))
            return Screen(say("What was promised: {name}", name=name), render(page), back)
        return Screen(say("What was promised"), render(page))

    def _parts(self, lines: Iterable[PromiseLine]) -> Iterable[PromisePart]:
        """Yield the parts that hold something, in their order."""
        desk = self._desk
        own = desk.teacher.name
        others = {one.name for one in desk.school_class.teachers if one.teacher_id != desk.teacher_id} - {own}
        filed: dict[str, list[PromiseLine]] = {}
        for line in lines:
            part: str = line.who
            if line.who == "teacher":
                part = "teachers" if line.by in others else "yours"
            filed.setdefault(part, []).append(line)
        for slug, title, hint in PARTS:
            if slug in filed:
                yield PromisePart(slug, desk.say(title), desk.say(hint), tuple(filed[slug]))
