"""The files that go home: one for each home of every child, made from the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from portfolio.errors import NotFound
from portfolio.model import PortfolioMeta, Student
from portfolio.moments.approval import LookState, looked_at
from portfolio.moments.room import Asked, Outcome, Screen, unknown
from portfolio.moments.run_manifest import Manifest
from portfolio.moments.run_pace import took_in_words
from portfolio.moments.run_report import became, notes, swept_lines
from portfolio.moments.send_home import Sent, Wishes, run_home
from portfolio.moments.teacher.draft_words import unchecked
from portfolio.moments.teacher.out_doors import doors_asked, papers, ticks
from portfolio.moments.teacher.out_files import name_of, size_in_words, zipped
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.teacher import render
from portfolio.views.teacher.out_page import Line, MakePage

LONG: Final = 8.0
"""Seconds for which people begin to wonder whether anything happens."""


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
                *self._last_time(),
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
            ticks=(("looked-at", say("Only books that somebody has looked at"), False), *ticks(say)),
            button=say("Make the files"),
            made=self._made,
            lines=self._sent or self._before(),
            lines_about=say("What became of each") if self._sent else say("Books to look at"),
            before=("leaving", say("Look first: what leaves, and what stays here")),
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
        doors = doors_asked(asked, desk)
        run = run_home(desk.folder, Wishes(only_looked_at=asked.ticked("looked-at"), doors=doors or None))
        sent = run.sent
        if not any(one.path or one.trouble for one in sent):
            raise NotFound(
                "Nobody has looked at a book as it is now. Look at one first, or take the tick away.",
                field="looked-at",
            )
        earlier = tuple(Line(say("Files of earlier times"), line) for line in swept_lines(run, say))
        self._sent = (*(self._line(one) for one in sent), *earlier)
        files = [path for one in sent if one.path for path in (one.files or (one.path,))]
        self._made = say.many(
            "{n} file is in {path}.", "{n} files are in {path}.", len(files), path=desk.folder.home
        )
        downloads = zipped(files, name_of(desk.folder, "home", desk.now(), "zip"))
        if downloads:
            handed = say("Your browser has them: look in your downloads for {file}.", file=downloads[0].name)
            self._made = f"{handed} {self._made}"
        more, told = papers(asked, desk, sent, doors)
        self._made = f"{self._made} {told}".strip()
        said = self._made
        if any(one.path is None or one.beside for one in sent):
            said = f"{said} {say('Not every home has one: see below.')}"
        return Outcome(say=said, downloads=(*downloads, *more))

    def _line(self, one: Sent) -> Line:
        say = self._desk.say
        home = (one.household.label or one.household.household_id) if one.household else ""
        name = f"{one.student.name} · {home}" if home else one.student.name
        told = list(notes(one, say))
        if one.path:
            more = "".join(f", {path.suffix.removeprefix('.')}" for path in one.files if path != one.path)
            same = f" · {became(one, say)}" if one.unchanged else ""
            told.insert(0, f"{one.path.name} ({size_in_words(one.size, say)}){more}{same}")
        elif not one.trouble:
            told.insert(0, became(one, say))
        return Line(name, " · ".join(told))

    def _last_time(self) -> Iterator[str]:
        """Yield how long all files took the last time, if anybody would wait for that."""
        made = Manifest(self._desk.folder, self._desk.folder.home).made().values()
        seconds = sum(one.seconds for one in made)
        if seconds >= LONG:
            yield self._desk.say(
                "To make all of them anew took {time} the last time. What has not changed is not made again.",
                time=took_in_words(seconds, self._desk.say),
            )

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
