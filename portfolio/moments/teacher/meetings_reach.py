"""Homes that have had no meeting so far, and other ways to try: nobody is counted, everybody can still be reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from portfolio.errors import N_, StorageTrouble
from portfolio.model import Book, Household, Student
from portfolio.moments.home import kept_charts
from portfolio.moments.home_names import file_names
from portfolio.moments.meeting_papers import home_page, table_of
from portfolio.moments.own_time import call_of, listener_of, send_packs
from portfolio.moments.quick_look import quick_look_html
from portfolio.moments.room import Asked, Download, Outcome, Screen, unknown
from portfolio.moments.teacher.meetings_books import Books, ChildMeets, frame, home_of
from portfolio.moments.teacher.out_files import zipped
from portfolio.moments.teacher.promised_write import book_of_now
from portfolio.rules.meetings import WAYS, held_now, not_reached, of_home
from portfolio.store.class_folder import book_of
from portfolio.views.phrases import missing_told
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.meetings_after_page import ReachHome, ReachPage
from portfolio.words import Speech

ANSWER_IN: Final = timedelta(days=14)
"""So long a home has for its answer to a pack, if nobody says otherwise."""

TRIES: Final = {
    "pack": ("home", N_("To listen at home"), N_("Two files to send: the child tells its book, the family answers when it has time.")),
    "call": ("phone", N_("A call"), N_("A sheet for a call: what the child reads, what you ask, where you write.")),
    "paper": ("paper", N_("The meeting on paper"), N_("What happens, cards with questions, a sheet for answers, in their language.")),
    "quick": ("look", N_("A quick look"), N_("One side for five minutes at the door.")),
    "listener": ("listening", N_("Somebody listens"), N_("A card for whoever listens in their place, with a note for the home.")),
}  # fmt: skip
"""Other ways, by what a form asks: drawing, name, what it is."""


class Reach:
    """The screen ``meetings/reach``."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._desk = books.desk

    def show(self) -> Screen:
        """Return the screen: child by child the homes without a meeting."""
        say, children = self._desk.say, self._books.all()
        listed = (
            (one, not_reached(one.student, one.meetings)) for one in children if not held_now(one.meetings)
        )
        page = ReachPage(
            say=say,
            frame=frame(self._books, "reach"),
            children=tuple(
                (
                    one.student.student_id,
                    one.student.name,
                    tuple(self._home(one, home, say) for home in homes),
                )
                for one, homes in listed
                if homes
            ),
            all_reached=any(one.student.households for one in children),
            without=tuple(one.student.name for one in children if not one.student.households),
            tries=tuple((how, icon, say(words), say(about)) for how, (icon, words, about) in TRIES.items()),
            unread=tuple(one.student.name for one in children if one.damaged),
        )
        return Screen(say("Not reached yet"), render(page), ("meetings", say("The meetings")))

    def _home(self, child: ChildMeets, home: Household, say: Speech) -> ReachHome:
        planned = of_home(child.meetings, home.household_id, "planned")
        if planned is None and len(child.student.households) == 1:
            planned = of_home(child.meetings, "", "planned")
        return ReachHome(
            household_id=home.household_id,
            label=home.label or say("home"),
            reach=" · ".join(filter(None, (home.reach_by, home.reach_when))),
            interpreter=home.interpreter,
            planned=say(WAYS[planned.way]) if planned else "",
        )

    def do(self, asked: Asked) -> Outcome:
        """Make what a form asks for one home, to print or to send. Raises ``PortfolioError``."""
        makers: dict[str, Callable[[Student, Household], SafePage]] = {
            "call": lambda who, home: call_of(self._desk.folder, who.student_id, home.household_id),
            "listener": lambda who, home: listener_of(self._desk.folder, who.student_id, home.household_id),
            "paper": self._paper,
            "quick": self._quick,
        }
        how = asked.one("how")
        if asked.what != "try" or how not in TRIES:
            raise unknown(asked)
        child, home = home_of(self._desk, (asked.one("child"), asked.one("home")), self._books.of)
        student = child.student
        if child.book is None:
            book_of_now(self._desk, student)  # a book that has not begun begins, empty
        names = file_names(self._desk.store.students())
        stem = names[(student.student_id, home.household_id)].removesuffix(".html")
        if how == "pack":
            return self._pack(student, home, stem)
        page = makers[how](student, home)
        told = self._desk.say(
            "Made for {name}: {home}. Open the file, then print it.",
            name=student.name,
            home=home.label or self._desk.say("home"),
        )
        return Outcome(
            say=told, downloads=(Download(f"{stem}-{how}.html", "text/html", page.encode("utf-8")),)
        )

    def _pack(self, student: Student, home: Household, stem: str) -> Outcome:
        desk, say, by = self._desk, self._desk.say, self._desk.today() + ANSWER_IN
        made = send_packs(desk.folder, by=by, students=[student.student_id], homes=[home.household_id])[0]
        if made.trouble is not None or made.folder is None:
            raise made.trouble or StorageTrouble("The files could not be made. Please try again.")
        told = say(
            "Made for {name}: {home}. Send both files. They ask for an answer by {day}, and lie in “{folder}”, too.",
            name=student.name,
            home=home.label or say("home"),
            day=say.day(by),
            folder=made.folder.name,
        )
        told = " ".join((told, *(missing_told(one, say) for one in made.missing)))
        return Outcome(say=told, downloads=zipped(sorted(made.folder.iterdir()), f"{stem}-own-time.zip"))

    def _quick(self, student: Student, home: Household) -> SafePage:
        draw = kept_charts(self._desk.folder.charts)
        return quick_look_html(self._book(student), self._desk.store, draw, home.household_id)

    def _paper(self, student: Student, home: Household) -> SafePage:
        table = table_of(self._desk.folder, self._desk.store, student)
        view = next(view for one, view in table.homes if one.household_id == home.household_id)
        return home_page([(student, view)], ("agenda", "questions", "reply", "to-teacher"))

    def _book(self, student: Student) -> Book:
        folder = self._desk.folder
        return book_of(self._desk.store, folder.template(), folder.outline(), student.student_id)
