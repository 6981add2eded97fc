"""Before the meeting: what goes to homes, what comes back, what to talk about.

::

    before                              what there is, and what came back from whom
    before/words[/<language>]           written once for all families; the same in another language
    before/papers[/<papers>/<child>/<home>/<language>]   papers: choose them; look at them, print, keep
    before/home/<child>/<home>          what a home sees: typed in, or read
    before/drives/<child>[/<home>]      what makes a child want to try, three voices
    before/starters[/<language>]        first sentences for a talk
    before/beside                       places that help, and cards for ten minutes at home
"""

from __future__ import annotations

from portfolio.errors import NotFound
from portfolio.model import HomeWords, Portfolio, Student
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher import before_beside, before_home, before_papers, before_talk, before_words
from portfolio.moments.teacher.promised_reading import Reading
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules import class_words
from portfolio.rules.home_words import asks_of_homes, says_anything
from portfolio.rules.worries import Worry, is_open
from portfolio.views.teacher import render
from portfolio.views.teacher.before_page import BeforePage, CameBack, ChildLine, Once


class BeforeRoom:
    """The room where a teacher gets ready for the meetings."""

    def __init__(self, desk: TeacherDesk) -> None:
        """Open the room at a desk."""
        self._desk = desk

    def show(self, at: At) -> Screen:
        """Return the screen of a place. Raises ``NotFound`` for one that is not there."""
        desk, what, rest = self._desk, at[0] if at else "", at[1:]
        if not what:
            return self._all()
        if what == "words":
            return before_words.show_language(desk, rest) if rest else before_words.show_words(desk)
        if what == "papers":
            return before_papers.show_papers(desk, rest)
        if what == "home":
            return before_home.show_home(desk, rest)
        if what == "drives":
            return before_talk.show_drives(desk, rest)
        if what == "starters":
            return before_talk.show_starters(desk, rest)
        if what == "beside":
            return before_beside.show_beside(desk, rest)
        raise NotFound("There is no such page here. Go back to the class.")

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form on that screen asks. Raises ``PortfolioError``: then nothing was done."""
        desk, what, rest = self._desk, at[0] if at else "", at[1:]
        if what == "words":
            return before_words.do_language(desk, rest, asked) if rest else before_words.do_words(desk, asked)
        if what == "papers":
            return before_papers.do_papers(desk, rest, asked)
        if what == "home":
            return before_home.do_home(desk, rest, asked)
        if what == "beside":
            return before_beside.do_beside(desk, rest, asked)
        raise unknown(asked)

    def _all(self) -> Screen:
        desk = self._desk
        school, students = desk.school_class, desk.store.students()
        books = self._books(students)
        worries = {one.student.student_id: one.worries for one in Reading(desk, students).found}
        page = BeforePage(
            say=desk.say,
            once=tuple(
                Once(desk.say(title), class_words.filled(school.words, block))
                for block, title in class_words.BLOCKS.items()
            ),
            languages=before_words.other_languages(school, students, desk.say),
            children=tuple(self._child(s, books.get(s.student_id), worries[s.student_id]) for s in students),
            on=school.conference_on,
            until=school.conference_until,
        )
        return Screen(desk.say("Before the meeting"), render(page))

    def _books(self, students: tuple[Student, ...]) -> dict[str, Portfolio]:
        """Return the books of this round by student id, read at once."""
        now, rounds = self._desk.school_class.round, self._desk.store.all_rounds()
        ids = {
            student.student_id: meta.portfolio_id
            for student in students
            for meta in rounds.get(student.student_id, ())
            if meta.round == now
        }
        wholes = self._desk.store.wholes(ids.values())
        return {who: wholes[book].portfolio for who, book in ids.items() if book in wholes}

    def _child(self, student: Student, book: Portfolio | None, told: tuple[Worry, ...]) -> ChildLine:
        pages = book.home_words if book else ()
        asks = {one.household_id: one for one in asks_of_homes(book)} if book else {}
        worries = [one.concern.household_id for one in told if is_open(one.concern)]
        homes = tuple(
            CameBack(
                household_id=home.household_id,
                label=home.label or self._desk.say("home"),
                pages=tuple(p for p in pages if p.household_id == home.household_id and _told(p)),
                asks=asks.get(home.household_id),
                worries=worries.count(home.household_id),
            )
            for home in student.households
        )
        return ChildLine(student.student_id, student.name, homes, begun=book is not None)


def _told(page: HomeWords) -> bool:
    return says_anything(page)
