"""The room "Before it goes home". Places: ``leaving`` for the class, ``leaving/<id>`` for one child's book.

On these screens stands nothing another home wrote and no word for the teacher alone, nor how many there are: a teacher
may turn the screen to a family. They go into no copy at all, whatever is ticked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portfolio.errors import NotFound, PortfolioError
from portfolio.model import PortfolioMeta, Student
from portfolio.moments.approval import LookState, looked_at
from portfolio.moments.consent import Consent
from portfolio.moments.home import kit_of
from portfolio.moments.leaving import leaving_of, waits_in
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.child_book import ChildBook, begun, meta_id
from portfolio.moments.teacher.child_frame import frame_of, looked_words
from portfolio.moments.teacher.leaving_told import differences, home_told, names_told, things_told
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.class_folder import book_of
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.leaving_page import ChildLine, LeavingClassPage, LeavingPage
from portfolio.words import say as say_error


class LeavingRoom:
    """What leaves, and what a teacher ticks before."""

    def __init__(self, desk: TeacherDesk) -> None:
        self.desk = desk

    def show(self, at: At) -> Screen:
        """Return the screen of a place. Raises ``NotFound`` for a child who is not there or has no book yet."""
        say = self.desk.say
        if not any(at):
            back = ("out/home", say("Books for the homes"))
            return Screen(say("Before it goes home"), self._class(), back)
        student = self.desk.student(at)
        title = say("Before it goes home: {name}", name=student.name)
        return Screen(title, self._child(student), ("leaving", say("Before it goes home")))

    # ---------------------------------------------------------------------------------------- the class

    def _class(self) -> SafePage:
        lines = tuple(self._lines())
        return render(
            LeavingClassPage(
                say=self.desk.say,
                waiting=tuple(one for one in lines if one.waits),
                others=tuple(one for one in lines if not one.waits),
            )
        )

    def _lines(self) -> Iterator[ChildLine]:
        """Yield a line for each child; no file is made for it, so that a whole class is there at once."""
        desk, say = self.desk, self.desk.say
        students, rounds, now = desk.store.students(), desk.store.all_rounds(), desk.school_class.round
        names = tuple(student.name for student in students)
        for student in students:
            place = f"leaving/{student.student_id}"
            meta = next((m for m in rounds.get(student.student_id, ()) if m.round == now), None)
            if meta is None:
                yield ChildLine("", student.name, (say("has not opened the book yet"),), False)
                continue
            try:
                waits = self._waits(student, names)
                looked = self._looked(meta)
            except PortfolioError as trouble:
                yield ChildLine(place, student.name, (say_error(trouble, say),), True)
                continue
            homes = () if student.households else (say("no home yet: nothing can go home"),)
            yield ChildLine(place, student.name, (*waits, *homes, looked), bool(waits or homes))

    def _waits(self, student: Student, names: tuple[str, ...]) -> tuple[str, ...]:
        desk, say = self.desk, self.desk.say
        folder = desk.folder
        book = book_of(desk.store, folder.template(), folder.outline(), student.student_id, class_names=names)
        things, found = waits_in(book)
        told = []
        if things:
            told.append(
                say.many(
                    "{n} picture or recording with others in it waits for a tick",
                    "{n} pictures or recordings with others in them wait for a tick",
                    things,
                )
            )
        if found:
            told.append(say("names that stand as “a classmate”: {names}", names=", ".join(found)))
        return tuple(told)

    def _looked(self, meta: PortfolioMeta) -> str:
        say = self.desk.say
        words: Mapping[LookState, str] = {
            "not_yet": say("nobody has looked at the book yet"),
            "looked_at": say("somebody has looked at the book"),
            "changed_since": say("changed since somebody looked"),
        }
        return words[looked_at(self.desk.store, meta).state]

    # ---------------------------------------------------------------------------------------- one child

    def _child(self, student: Student) -> SafePage:
        desk = self.desk
        if not begun(desk, student):
            raise NotFound(
                "{name} has not opened the book yet, so there is nothing to do here.", name=student.name
            )
        child = ChildBook(desk, student)
        kit, book = kit_of(desk.folder, desk.store), child.book
        homes = tuple(leaving_of(book, home.household_id, kit) for home in student.households)
        things, unmarked = things_told(child, self._consent(student).things())
        looked = looked_at(desk.store, book.portfolio.meta)
        who = child.teacher(looked.approval.teacher_id)[0] if looked.approval else ""
        return render(
            LeavingPage(
                say=desk.say,
                frame=frame_of(desk, student, "leaving"),
                things=things,
                unmarked=unmarked,
                names=names_told(child, homes),
                homes=tuple(home_told(one, desk.say) for one in homes),
                differs=differences(homes, desk.say),
                looked=looked_words(desk, looked, who),
            )
        )

    def _consent(self, student: Student) -> Consent:
        return Consent(self.desk.store, meta_id(self.desk, student), self.desk.teacher_id)

    # -------------------------------------------------------------------------------------------- forms

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks. Raises ``PortfolioError``: then nothing was ticked."""
        student = self.desk.student(at)
        say, consent, now = self.desk.say, self._consent(student), self.desk.now()
        thing, name = asked.one("thing"), asked.one("name")
        if asked.what == "agree":
            yes = asked.one("how") == "yes"
            consent.agree(thing, yes=yes, at=now)
            said = say("Kept: it goes home.") if yes else say("Kept: it stays out of the copies.")
            return Outcome(say=said, focus="things")
        if asked.what == "others":
            others = asked.one("how") == "others"
            consent.mark(thing, others=others, at=now)
            said = say("Kept: it waits for a tick now.") if others else say("Kept: nobody else is in it.")
            return Outcome(say=said, focus="things")
        if asked.what == "name":
            consent.name(name, asked.one("how"), at=now)
            return Outcome(say=say("Kept."), focus="names")
        raise unknown(asked)
