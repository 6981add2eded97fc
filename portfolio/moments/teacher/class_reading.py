"""Reading a whole class for one screen: every book at once, and only those again that have changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from portfolio.model import Book, PortfolioMeta, Student
from portfolio.moments.approval import looked_at
from portfolio.moments.nudges import about_tests
from portfolio.moments.teacher.class_found import FoundWords
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.class_facts import Facts, facts_of, facts_unreadable, facts_without_book
from portfolio.rules.next_action import NextAction, Place, next_action, place_of
from portfolio.store.port import Latest, Whole

TEACHER: Final = "teacher:"
"""How the name of a hand begins that is a teacher's."""


@dataclass(frozen=True)
class Row:
    """A child in the list of its class: where it is, what comes next; its book if there is one that can be read.

    ``hands`` are those who changed something since the beginning of yesterday, but for whoever sits here.
    """

    student: Student
    facts: Facts
    place: Place
    action: NextAction
    book: Book | None
    hands: tuple[str, ...]


@dataclass(frozen=True)
class _Read:
    """What was read of a child: what is known, its book, who wrote when last."""

    facts: Facts
    book: Book | None = None
    last_by: Mapping[str, datetime] = field(default_factory=dict)


_Marks = tuple[object, ...]
"""What a child's line depends on: its own record, and where each of its portfolios is."""


def beginning_of_yesterday(today: date) -> datetime:
    """Return when yesterday began, on the wall of the classroom (in this computer's time zone)."""
    return datetime.combine(today - timedelta(days=1), time()).astimezone()


class ClassReading:
    """The children of a class as a teacher's list needs them. Keeps in mind what it read, by revision."""

    def __init__(self, desk: TeacherDesk) -> None:
        """Read nothing yet."""
        self._desk = desk
        self._words = FoundWords(desk.folder)
        self._asks: tuple[object, ...] = ()
        self._known: dict[str, tuple[_Marks, _Read]] = {}

    def rows(self) -> tuple[Row, ...]:
        """Return every child in roster order, as things are in this moment.

        Raises ``PortfolioError`` if the class itself, its template or its notebook cannot be read; a book that
        cannot is told with its child.
        """
        students, today = self._desk.store.students(), self._desk.today()
        self._read(students)
        since = beginning_of_yesterday(today)
        return tuple(
            _row(one, self._known[one.student_id][1], today, since, self._desk.by) for one in students
        )

    def _read(self, students: Sequence[Student]) -> None:
        asks = (self._desk.school_class, self._desk.folder.template(), self._desk.folder.outline())
        if self._asks != (*asks, self._desk.folder.glossary()):
            self._known, self._asks = {}, (*asks, self._desk.folder.glossary())
        latest: dict[str, list[Latest]] = {one.student_id: [] for one in students}
        for one in self._desk.store.latest():
            latest.get(one.student_id, []).append(one)
        marks: dict[str, _Marks] = {s.student_id: (s, *latest[s.student_id]) for s in students}
        self._known = {
            name: self._known[name]
            for name, now in marks.items()
            if name in self._known
            and self._known[name][0] == now
            and all(one.revision for one in latest[name])
        }
        stale = [one for one in students if one.student_id not in self._known]
        if stale:
            for name, read in self._anew(stale, latest).items():
                self._known[name] = (marks[name], read)
            books = (read.book for _, read in self._known.values() if read.book)
            self._words.keep([book.portfolio.meta.portfolio_id for book in books])

    def _anew(self, students: Sequence[Student], latest: Mapping[str, Sequence[Latest]]) -> dict[str, _Read]:
        """Read some children's books of this round, and of the round before."""
        store, school, folder = self._desk.store, self._desk.school_class, self._desk.folder
        class_as_it_is: dict[str, Any] = {
            "school_class": school,
            "template": folder.template(),
            "outline": folder.outline(),
        }
        rounds = store.all_rounds()
        wanted = [
            meta.portfolio_id
            for one in students
            for meta in _two(rounds.get(one.student_id, ()), school.round)
        ]
        wholes = store.wholes(wanted)
        found: dict[str, _Read] = {}
        for student in students:
            metas = _two(rounds.get(student.student_id, ()), school.round)
            there = [wholes[meta.portfolio_id] for meta in metas if meta.portfolio_id in wholes]
            if there and there[-1].portfolio.meta.round == school.round:
                earlier, portfolio = [one.portfolio for one in there[:-1]], there[-1].portfolio
                book = Book(**class_as_it_is, student=student, portfolio=portfolio, earlier=tuple(earlier))
                found[student.student_id] = self._of_book(book, there[-1])
            elif any(one.round == school.round for one in latest[student.student_id]):
                found[student.student_id] = _Read(facts_unreadable(student))
            else:
                found[student.student_id] = _Read(facts_without_book(student))
        return found

    def _of_book(self, book: Book, whole: Whole) -> _Read:
        words = self._words.words(book)
        facts = facts_of(book, words, test_words=about_tests if words.tests else None)
        helped = [at.astimezone().date() for hand, at in whole.last_by.items() if hand.startswith(TEACHER)]
        facts = replace(
            facts,
            begun=facts.begun or "student" in whole.last_by,
            damaged=len(whole.damaged),
            helped_on=max(filter(None, (*helped, facts.helped_on)), default=None),
            changed_since=looked_at(self._desk.store, whole.portfolio.meta).state == "changed_since",
        )
        return _Read(facts, book, whole.last_by)


def _row(student: Student, read: _Read, today: date, since: datetime, by: str) -> Row:
    hands = tuple(hand for hand, at in read.last_by.items() if at >= since and hand != by)
    action = next_action(read.facts, today)
    return Row(student, read.facts, place_of(read.facts), action, read.book, hands)


def _two(rounds: Sequence[PortfolioMeta], round_name: str) -> Sequence[PortfolioMeta]:
    """Return the round before and this one: no more is needed to say what a book still asks."""
    at = next((i for i, meta in enumerate(rounds) if meta.round == round_name), None)
    return () if at is None else rounds[max(0, at - 1) : at + 1]
