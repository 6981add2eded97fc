"""The class on one calm screen: every child with where it is and what comes next; lists of some of them.

Places: ``class`` everyone · ``class/<list>`` one of :data:`portfolio.moments.teacher.class_lists.LISTS`. Nothing is
in the order of how far a child is, and nothing is counted out of something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from portfolio.errors import NotFound, StorageTrouble
from portfolio.model import SchoolClass
from portfolio.moments.mending import mend
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.class_lines import Lines, damaged_parts
from portfolio.moments.teacher.class_lists import EVERYONE, LISTS, ClassList, list_named
from portfolio.moments.teacher.class_reading import ClassReading, Row
from portfolio.moments.teacher.class_today import today_lines, today_title
from portfolio.moments.teacher.class_words import books_title, number
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.findings import Finding
from portfolio.views.teacher import render
from portfolio.views.teacher.class_page import ClassPage, FilterLine
from portfolio.words import Speech

FEW: Final = 12
"""So many children have room below each other; of more a list is in two columns."""


class ClassRoom:
    """The room of the class: the list of all children, and those of some."""

    def __init__(self, desk: TeacherDesk) -> None:
        """Read nothing yet; what is read once is kept in mind as long as the desk is open."""
        self.desk = desk
        self._reading = ClassReading(desk)

    def show(self, at: At) -> Screen:
        """Return the list of a place. Raises ``NotFound`` for a list there is not."""
        chosen = list_named(at[0] if at else "")
        if chosen is None or len(at) > 1:
            raise NotFound("There is no such list of this class. Go back to everyone.")
        rows, school, say, today = (
            self._reading.rows(),
            self.desk.school_class,
            self.desk.say,
            self.desk.today(),
        )
        shown, everyone = [row for row in rows if chosen.has(row)], chosen is EVERYONE
        small = today_lines(rows, today, say) if everyone else ()
        lines = Lines(self.desk, say)
        page = ClassPage(
            say=say,
            sheet=f"{school.name} · {say.day(today)}",
            small_title=today_title(len(small), say) if everyone and rows else "",
            small=small,
            filters=tuple(_ways(rows, chosen, say, always=True)) if rows else (),
            others=tuple(_ways(rows, chosen, say, always=False)) if rows else (),
            rows=tuple(lines.line(row, chosen) for row in shown),
            wide=not chosen.more and len(shown) > FEW,
            notes=lines.notes() if everyone or chosen.slug == "damaged" else (),
            terms=lines.terms(shown) if chosen.slug == "words" else (),
            empty="" if shown else say(chosen.empty if rows else EVERYONE.empty),
            start="" if rows else say("Bring in the children"),
        )
        title = (
            _class_title(len(rows), school, today, say) if everyone else _list_title(chosen, len(shown), say)
        )
        return Screen(title, render(page), None if everyone else ("class", say("Everyone")))

    def do(self, at: At, asked: Asked) -> Outcome:
        """Bring back the last good state of a part that cannot be read. Raises ``PortfolioError``."""
        if asked.what != "mend" or at != ("damaged",):
            raise unknown(asked)
        student = self.desk.student((asked.one("student"),))
        row = next(row for row in self._reading.rows() if row.student.student_id == student.student_id)
        entry_id = asked.one("entry")
        if row.book is None or entry_id not in damaged_parts(self.desk, row):
            raise NotFound("This part can be opened again, or it is gone. Nothing was changed.")
        where = f"{row.book.portfolio.meta.portfolio_id}/{entry_id}"
        wrong = Finding("entry", where, "“{entry}” cannot be read", {"entry": entry_id}, mendable=True)
        if not mend(self.desk.folder, wrong, by=self.desk.by, at=self.desk.now()):
            raise StorageTrouble(
                "No good state of this part was kept in the class. A backup of the class may still have it."
            )
        return Outcome(say=self.desk.say("The last good state is back in {name}’s book.", name=student.name))


def _class_title(books: int, school: SchoolClass, today: date, say: Speech) -> str:
    if not books:
        return school.name
    return books_title(books, school.conference_on, school.conference_until, today, say)


def _list_title(chosen: ClassList, n: int, say: Speech) -> str:
    if not n:
        return say("{list}: nobody", list=say(chosen.label))
    children = say.many("one child", "{number} children", n, number=number(n, say))
    return say("{list}: {children}", list=say(chosen.label), children=children)


def _ways(rows: Sequence[Row], chosen: ClassList, say: Speech, *, always: bool) -> Iterator[FilterLine]:
    """Yield the ways to the lists: those that always stand there, or the others that have somebody in them."""
    for one in LISTS:
        n = sum(map(one.has, rows))
        if one.always == always and (n or always or one is chosen):
            words = say(one.label)
            if one is not EVERYONE:
                how_many = number(n, say) if n > 1 else say("one") if n else say("nobody")
                words = say("{list}: {number}", list=words, number=how_many)
            yield FilterLine(f"#class/{one.slug}".rstrip("/"), words, one is chosen)
