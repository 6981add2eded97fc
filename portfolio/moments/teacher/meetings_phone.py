"""The way to a home's own page on its own phone: shown large, and as a slip for each home in its language."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.model import Household, Student
from portfolio.moments.conference.way_in import family_way
from portfolio.moments.room import At, Screen
from portfolio.moments.teacher.meetings_books import Books, home_of
from portfolio.rules.papers import paper_view
from portfolio.views.papers import language_for, reads_one_of
from portfolio.views.teacher import render
from portfolio.views.teacher.meetings_after_page import PhonePage, Slip
from portfolio.words import language, speak


class Phone:
    """The screens ``meetings/phone`` (all who meet now) and ``meetings/phone/<child>/<home>``."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._desk = books.desk

    def show(self, at: At) -> Screen:
        """Return the slips. Raises ``NotFound`` for a home that is not there."""
        desk, say = self._desk, self._desk.say
        if at:
            child, home = home_of(desk, at, self._books.of)
            found = [(child.student, home)]
            back = (
                f"meetings/child/{child.student.student_id}",
                say("The meeting of {name}", name=child.student.name),
            )
        else:
            found, back = list(self._at_tables()), ("meetings", say("The meetings"))
        slips, here, served = [], [], False
        for student, home_ in found:
            way = family_way(desk.family_pass(student.student_id, home_.household_id))
            served = served or bool(way.address)
            if way.here_only:
                here.append(
                    (say("{name}, {home}", name=student.name, home=home_.label or say("home")), way.address)
                )
            elif way.address:
                slips.append(self._slip(student, home_, way.address))
        page = PhonePage(say, tuple(slips), tuple(here), served, one=len(found) == 1)
        return Screen(say("Answer on their own phone"), render(page), back)

    def _at_tables(self) -> Iterator[tuple[Student, Household]]:
        for child in self._books.all():
            held = child.held
            for home in child.student.households if held else ():
                if held and held.household_id in (None, home.household_id):
                    yield child.student, home

    def _slip(self, student: Student, home: Household, address: str) -> Slip:
        desk, way = self._desk, family_way(address)
        view = paper_view(desk.school_class, desk.folder.template(), student, home)
        say = speak(language_for(view))
        unread = () if reads_one_of(view, say.lang) else tuple(language(tag).own_name for tag in view.reads)
        return Slip(
            say=say,
            name=student.name,
            home=home.label or say("home"),
            square=way.square,
            begins=way.begins,
            groups=way.groups,
            unread=unread,
        )
