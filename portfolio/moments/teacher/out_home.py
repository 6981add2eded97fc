"""The files that go home: one for each home of every child, made from the desk."""

from __future__ import annotations

from portfolio.errors import NotFound
from portfolio.model import PortfolioMeta, Student
from portfolio.moments.approval import LookState, looked_at
from portfolio.moments.home import Sent, send_home
from portfolio.moments.teacher.draft_words import unchecked
from portfolio.moments.teacher.out_files import name_of, size_in_words, zipped
from portfolio.moments.teacher.room import Asked, Outcome, Screen, TeacherDesk, unknown
from portfolio.views.teacher import render
from portfolio.views.teacher.out_page import Line, MakePage
from portfolio.words import say as say_error


class HomeOut:
    """Writes the files for the homes, for all children or for those whose book somebody has looked at."""

    def __init__(self, desk: TeacherDesk) -> None:
        self._desk = desk
        self._made = ""
        self._sent: tuple[Line, ...] = ()

    def show(self) -> Screen:
        """Return what goes home, whose book nobody has looked at yet, and what became of the last files."""
        say = self._desk.say
        page = MakePage(
            say=say,
            about=(
                say(
                    "One file for each home, in the language it reads. It opens on any phone, offline, and prints."
                ),
                say("Files made before are replaced by what the books say now."),
            ),
            beware=" ".join(
                filter(
                    None,
                    (
                        self._unchecked(),
                        say("Each file is for one home only: two homes of a child have two files."),
                    ),
                )
            ),
            form="home",
            ticks=(("looked-at", say("Only books that somebody has looked at"), False),),
            button=say("Make the files"),
            made=self._made,
            lines=self._sent or self._before(),
            lines_about=say("What became of each") if self._sent else say("Books to look at"),
        )
        return Screen(say("Books for the homes"), render(page), ("out", say("Take along")))

    def do(self, asked: Asked) -> Outcome:
        """Write them. Raises ``PortfolioError`` if none can be written; one child's trouble is told and stops nobody."""
        if asked.what != "home":
            raise unknown(asked)
        desk, say = self._desk, self._desk.say
        if not desk.store.students():
            raise NotFound(
                "There are no children in this class yet. Take them in under “Setting up”, then come back."
            )
        sent = send_home(desk.folder, only_looked_at=asked.ticked("looked-at"))
        if not any(one.path or one.trouble for one in sent):
            raise NotFound(
                "Nobody has looked at a book as it is now. Look at one first, or take the tick away.",
                field="looked-at",
            )
        self._sent = tuple(self._line(one) for one in sent)
        files = [one.path for one in sent if one.path]
        self._made = say.many(
            "{n} file is in {path}.", "{n} files are in {path}.", len(files), path=desk.folder.home
        )
        downloads = zipped(files, name_of(desk.folder, "home", desk.now(), "zip"))
        if downloads:
            handed = say("Your browser has them: look in your downloads for {file}.", file=downloads[0].name)
            self._made = f"{handed} {self._made}"
        if len(files) < len(sent):
            more = say("Not every home has one: see below.")
            return Outcome(say=f"{self._made} {more}", downloads=downloads)
        return Outcome(say=self._made, downloads=downloads)

    def _line(self, one: Sent) -> Line:
        say = self._desk.say
        home = (one.household.label or one.household.household_id) if one.household else ""
        name = f"{one.student.name} · {home}" if home else one.student.name
        if one.trouble:
            return Line(name, say_error(one.trouble, say))
        if one.path is None:
            return Line(name, say("left out: nobody has looked at the book as it is now"))
        return Line(name, f"{one.path.name} ({size_in_words(one.size, say)})")

    def _unchecked(self) -> str:
        """Return which languages of the files nobody has checked, as a sentence."""
        desk = self._desk
        usual = (desk.school_class.language,)
        homes = (home for student in desk.store.students() for home in student.households)
        return unchecked(((home.reads or usual)[0] for home in homes), desk.say)

    def _metas(self) -> list[tuple[Student, PortfolioMeta]]:
        """Return every child with what is known of its book in this round, in roster order."""
        round_name, rounds = self._desk.school_class.round, self._desk.store.all_rounds()
        return [
            (student, meta)
            for student in self._desk.store.students()
            for meta in rounds.get(student.student_id, ())
            if meta.round == round_name
        ]

    def _before(self) -> tuple[Line, ...]:
        """Return whose book nobody has looked at as it is now, a line for each reason."""
        say, store = self._desk.say, self._desk.store
        says: dict[LookState, str] = {
            "not_yet": say("Nobody has looked yet"),
            "changed_since": say("Changed since somebody looked"),
        }
        states = [(student.name, looked_at(store, meta).state) for student, meta in self._metas()]
        named = {state: ", ".join(name for name, found in states if found == state) for state in says}
        return tuple(Line(words, named[state]) for state, words in says.items() if named[state])
