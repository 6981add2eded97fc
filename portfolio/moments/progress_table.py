"""Where everybody is, as a table to take along: words and days, never a share, a rank or a mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from portfolio.errors import N_
from portfolio.model import Student
from portfolio.moments.approval import LookState, looked_at
from portfolio.moments.teacher.class_reading import ClassReading, Row
from portfolio.moments.teacher.class_words import PLACE, sentence
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.door_pictures import WORDS
from portfolio.rules.progress_table import look_again_days, pages_begun
from portfolio.store.tables_out import csv_bytes, xlsx_bytes
from portfolio.words import Speech
from portfolio.words.language_names import all_named

HEADINGS: Final = (
    N_("Child"),
    N_("Where the book is"),
    N_("Pages begun"),
    N_("What comes next"),
    N_("Languages at home"),
    N_("Interpreter wished for"),
    N_("Teacher’s note"),
    N_("Looked at before it goes home"),
    N_("We look again"),
)

_LOOKED: Final[Mapping[LookState, str]] = {
    "not_yet": N_("not yet"),
    "looked_at": N_("looked at on {day}"),
    "changed_since": N_("looked at on {day}, changed since"),
}


@dataclass(frozen=True)
class ProgressTable:
    """A table of a class: its name, headings and rows in one language; ``data`` is the same for programs."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    data: tuple[dict[str, Any], ...]
    right_to_left: bool

    def csv(self) -> bytes:
        """Return it as CSV: see :func:`portfolio.store.tables_out.csv_bytes`."""
        return csv_bytes(self.headings, self.rows)

    def xlsx(self, desk: TeacherDesk) -> bytes:
        """Return it as an Excel workbook made at the desk's hour."""
        return xlsx_bytes(
            self.headings, self.rows, name=self.name, made_at=desk.now(), right_to_left=self.right_to_left
        )


def progress_table(desk: TeacherDesk, say: Speech | None = None) -> ProgressTable:
    """Return where every child is, in roster order, in the words of ``say`` (else those of the class).

    Raises ``PortfolioError`` if what the class asks cannot be read; a book that cannot is told in its row.
    """
    voice = say or desk.say
    found = ClassReading(desk).rows()
    twins = Counter(row.student.name for row in found)
    data = tuple(_data(desk, row, voice, twin=twins[row.student.name] > 1) for row in found)
    return ProgressTable(
        name=desk.school_class.name,
        headings=tuple(voice(heading) for heading in HEADINGS),
        rows=tuple(_cells(one, voice) for one in data),
        data=data,
        right_to_left=voice.direction == "rtl",
    )


def _data(desk: TeacherDesk, row: Row, say: Speech, *, twin: bool) -> dict[str, Any]:
    student, book = row.student, row.book
    looked = looked_at(desk.store, book.portfolio.meta) if book else None
    return {
        "student": student.student_id,
        "child": f"{student.name} ({_picture(student, say)})" if twin else student.name,
        "place": say(PLACE[row.place]),
        "pages_begun": [say(title) for title in pages_begun(book)] if book else [],
        "next": sentence(row.action, say),
        "languages": [_home(home.label, home.reads, say) for home in student.households],
        "interpreter": any(home.interpreter for home in student.households),
        "note": any(n.strength or n.next_step or n.home_help for n in book.portfolio.teacher_page)
        if book
        else False,
        "looked_at": looked.state if looked else "not_yet",
        "looked_at_on": looked.approval.on.isoformat() if looked and looked.approval else None,
        "look_again": [day.isoformat() for day in look_again_days(book.portfolio)] if book else [],
    }


def _cells(one: Mapping[str, Any], say: Speech) -> tuple[str, ...]:
    return (
        one["child"],
        one["place"],
        ", ".join(one["pages_begun"]),
        one["next"],
        " · ".join(one["languages"]),
        say("yes") if one["interpreter"] else say("no"),
        say("written") if one["note"] else say("not yet"),
        say(_LOOKED[one["looked_at"]], day=one["looked_at_on"] or ""),
        ", ".join(one["look_again"]),
    )


def _picture(student: Student, say: Speech) -> str:
    return say(WORDS[student.picture]) if student.picture in WORDS else student.picture


def _home(label: str, reads: tuple[str, ...], say: Speech) -> str:
    names = all_named(reads, say.lang) or say("language not known yet")
    return f"{label}: {names}" if label else names
