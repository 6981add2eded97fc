"""Reading the books of a class for its meetings: all at once, and only those again that have changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from portfolio.errors import N_, NotFound
from portfolio.model import Household, Meeting, Portfolio, Student, ToTeacher
from portfolio.moments.meetings import Meetings
from portfolio.moments.room import At
from portfolio.moments.teacher.promised_write import book_of_now
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.meetings import held_now
from portfolio.store.live import Live
from portfolio.store.port import Latest
from portfolio.views.teacher.meetings_page import MeetingsFrame
from portfolio.words import Speech

WAYS: Final = (
    ("", N_("At the tables now")),
    ("told", N_("Told to you alone")),
    ("felt", N_("How it was for families")),
    ("parked", N_("Kept for later")),
    ("reach", N_("Not reached yet")),
    ("answers", N_("Answers that came back")),
)
"""The screens about all meetings, by the second part of their place."""


@dataclass(frozen=True)
class ChildMeets:
    """A child and its books. ``book`` is that of this round (``None`` before it has begun), ``earlier`` the others, oldest first.

    ``damaged``: a part of a book cannot be read just now.
    """

    student: Student
    book: Portfolio | None = None
    earlier: tuple[Portfolio, ...] = ()
    damaged: bool = False

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings of this round."""
        return self.book.meetings if self.book else ()

    @property
    def held(self) -> Meeting | None:
        """The meeting the child is in now."""
        return held_now(self.meetings)

    def notes(self) -> Iterator[tuple[Portfolio, ToTeacher]]:
        """Yield the words of homes for the teacher alone, newest round first, with the book they are in."""
        books = (*((self.book,) if self.book else ()), *reversed(self.earlier))
        yield from ((book, note) for book in books for note in reversed(book.to_teacher))


class Books:
    """The books of one desk's class. Keeps in mind what it read, by revision."""

    def __init__(self, desk: TeacherDesk) -> None:
        self.desk: Final = desk
        self._known: dict[str, tuple[object, ChildMeets]] = {}

    def all(self) -> tuple[ChildMeets, ...]:
        """Return every child in roster order, as things are in this moment. Raises ``StorageTrouble``."""
        store = self.desk.store
        students, now = store.students(), self.desk.school_class.round
        latest: dict[str, list[Latest]] = {one.student_id: [] for one in students}
        for one in store.latest():
            latest.get(one.student_id, []).append(one)
        stale = [s for s in students if not self._stands(s, now, latest[s.student_id])]
        if stale:
            self._read(stale, now, latest)
        return tuple(self._known[s.student_id][1] for s in students)

    def of(self, student: Student) -> ChildMeets:
        """Return one child, as things are in this moment."""
        return next(one for one in self.all() if one.student.student_id == student.student_id)

    def _stands(self, student: Student, now: str, latest: list[Latest]) -> bool:
        """Return whether what is known of a child is what it would be if it were read again."""
        mark, found = self._known.get(student.student_id, (None, None))
        return found is not None and not found.damaged and mark == (student, now, latest)

    def _read(self, students: list[Student], now: str, latest: Mapping[str, list[Latest]]) -> None:
        ids = [one.portfolio_id for student in students for one in latest[student.student_id]]
        wholes = self.desk.store.wholes(ids)
        for student in students:
            of = latest[student.student_id]
            found = [wholes[one.portfolio_id] for one in of if one.portfolio_id in wholes]
            books = sorted((one.portfolio for one in found), key=lambda book: book.meta.started_on)
            child = ChildMeets(
                student,
                next((book for book in books if book.meta.round == now), None),
                tuple(book for book in books if book.meta.round != now),
                damaged=len(found) != len(of) or any(one.damaged for one in found),
            )
            self._known[student.student_id] = ((student, now, of), child)

    # ------------------------------------------------------------------------------- one child's meetings

    def live(self, portfolio_id: str) -> Live:
        """Return where the meeting of a book stands just now."""
        return Live(self.desk.folder.hidden / "live", portfolio_id)

    def meetings(self, student: Student) -> Meetings:
        """Return what writes down the meetings of a child; a book that has not begun is begun with it."""
        desk = self.desk
        book = self.of(student).book
        portfolio_id = book.meta.portfolio_id if book else book_of_now(desk, student)
        return Meetings(desk.store, self.live(portfolio_id), portfolio_id, desk.by, desk.now, desk.today)


def frame(books: Books, here: str) -> MeetingsFrame:
    """Return the frame of a screen about all meetings; ``here`` is the second part of its place."""
    say, new = books.desk.say, {"told": 0, "felt": 0}
    for child in books.all():
        for _, note in child.notes():
            new["felt" if note.about == "meeting" else "told"] += not note.seen
    return MeetingsFrame(
        tuple(
            (
                f"meetings/{part}" if part else "meetings",
                say(words),
                say.many("{n} new", "{n} new", new[part]) if new.get(part) else "",
                part == here,
            )
            for part, words in WAYS
        )
    )


def home_of(
    desk: TeacherDesk, at: At, books: Callable[[Student], ChildMeets]
) -> tuple[ChildMeets, Household]:
    """Return the child and home a place is about. Raises ``NotFound`` with a sentence."""
    student = desk.student(at)
    home = student.household(at[1]) if len(at) > 1 else None
    if home is None:
        raise NotFound(
            "{student} does not have this home any more. Go back and choose one.", student=student.name
        )
    return books(student), home


def label_of(say: Speech, student: Student, household_id: str) -> str:
    """Return what a home is called: its label; words of ours for all together, and for one that is gone."""
    if not household_id:
        return say("all homes together") if len(student.households) > 1 else ""
    home = student.household(household_id)
    return home.label or say("home") if home else say("a home from before")
