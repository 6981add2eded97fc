"""The files that go home: one for each home of every child, made from the desk while its teacher looks on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from portfolio.errors import NotFound
from portfolio.model import PortfolioMeta, Student
from portfolio.moments.approval import LookState, looked_at
from portfolio.moments.room import Asked, Download, Looked, Outcome, Screen, unknown
from portfolio.moments.run_manifest import Manifest
from portfolio.moments.run_pace import left_in_words, took_in_words
from portfolio.moments.run_plan import still_writing
from portfolio.moments.run_report import became, notes, swept_lines
from portfolio.moments.run_report import name_of as named
from portfolio.moments.sent import Sent, Wishes
from portfolio.moments.teacher.draft_words import unchecked
from portfolio.moments.teacher.out_doors import budget_asked, budgets, doors_asked, papers_asked, ticks
from portfolio.moments.teacher.out_files import name_of, zipped
from portfolio.moments.teacher.out_run import Order, UnderWay
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.phrases import size_in_words
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.out_home_page import OutHomePage, OutRunPart, OutSaid
from portfolio.views.teacher.out_page import Line
from portfolio.words import say as say_error

LONG: Final = 8.0
"""Seconds for which people begin to wonder whether anything happens."""

PATIENCE: Final = 2.0
"""Seconds a teacher waits for the files before the page says how far they are."""

_PARTS: Final = ("run-said", "run")


class HomeOut:
    """Writes the files for the homes, for all children or for those whose book is ready or looked at."""

    def __init__(self, desk: TeacherDesk) -> None:
        self._desk = desk
        self._run: UnderWay | None = None
        self._asked = Asked("home")

    def show(self) -> Screen:
        """Return what goes home, who still writes, how far the files are, and what became of each."""
        say, run = self._desk.say, self._run
        seen = (
            run.state if run and not run.over else ""
        )  # before the part is made: what comes meanwhile is new
        beware = (
            self._unchecked(),
            say("Each file is for one home only: two homes of a child have two files."),
        )
        page = OutHomePage(
            say=say,
            about=(
                say(
                    "One file for each home, in the language it reads. It opens on any phone, offline, and prints."
                ),
                say("Files made before are replaced by what the books say now."),
                *self._last_time(),
            ),
            beware=" ".join(filter(None, beware)),
            writing=", ".join(still_writing(self._desk.folder)),
            said=self._said(),
            part=self._part(),
        )
        return Screen(say("Books for the homes"), render(page), ("out", say("Take along")), seen)

    def look(self, seen: str) -> Looked:
        """Return how far the files are, where that is new since ``seen``."""
        run = self._run
        if run is None or seen == run.state:
            return Looked(seen)
        state = run.state  # before the parts are made: what comes meanwhile is new next time
        said = OutSaid(self._desk.say, self._said())
        return Looked(state, dict(zip(_PARTS, (render(said), self._part()), strict=True)))

    def do(self, asked: Asked) -> Outcome:
        """Begin the files, stop, try again, or hand them over. Raises ``PortfolioError`` if none can be written."""
        if asked.what == "home":
            return self._begin(asked)
        run = self._run
        if run is None or asked.what not in ("stop", "again", "take"):
            raise unknown(asked)
        if asked.what == "stop":
            run.stop()
            return Outcome(say=self._desk.say("It stops after the one that is begun."), focus="run")
        if not run.over:
            raise NotFound("The files are still being made. Wait until they are there.")
        return self._again(run) if asked.what == "again" else self._handed(run)

    # --------------------------------------------------------------------------------------------- making

    def _begin(self, asked: Asked) -> Outcome:
        desk = self._desk
        if self._run and not self._run.over:
            raise NotFound("The files are still being made. Wait until they are there.")
        if not desk.store.students():
            raise NotFound(
                "There are no children in this class yet. Take them in under “Setting up”, then come back."
            )
        doors = doors_asked(asked, desk)
        wishes = Wishes(
            budget=budget_asked(asked),
            only_looked_at=asked.ticked("looked-at"),
            only_ready=asked.ticked("ready"),
            doors=doors or None,
        )
        self._asked = asked
        order = Order(desk.folder, desk.school_class, wishes, doors, papers_asked(asked, desk, doors))
        return self._under_way(UnderWay(order))

    def _again(self, run: UnderWay) -> Outcome:
        """Make the files of those who have none, or not all, once more; what became of the others stays."""
        students = tuple(dict.fromkeys(one.student.student_id for one in run.made if _needs_a_look(one)))
        if not students:
            raise NotFound("Every home has its file.")
        wishes = replace(run.order.wishes, students=students, again=True)
        papers = replace(run.order.papers, files=(), told="")
        return self._under_way(UnderWay(replace(run.order, wishes=wishes, papers=papers), before=run.made))

    def _under_way(self, run: UnderWay) -> Outcome:
        before, self._run = self._run, run
        if not run.begin(PATIENCE):
            return Outcome(focus="run")
        if run.trouble is not None:
            self._run = before
            raise run.trouble
        if not any(one.path or one.trouble for one in run.made):
            self._run = before
            raise NotFound(
                "No book is as you ticked it. Look at a book first, or take the tick away.", field="looked-at"
            )
        return self._handed(run)

    def _handed(self, run: UnderWay) -> Outcome:
        """Hand over what was made, as one zip, and the papers of the class."""
        files, said = self._zip(run), self._said()
        if files:
            handed = self._desk.say(
                "Your browser has them: look in your downloads for {file}.", file=files[0].name
            )
            said = f"{handed} {said}"
        return Outcome(say=said, downloads=(*files, *run.order.papers.files), focus="run")

    def _zip(self, run: UnderWay) -> tuple[Download, ...]:
        return zipped(_files_of(run.made), name_of(self._desk.folder, "home", self._desk.now(), "zip"))

    # -------------------------------------------------------------------------------------------- telling

    def _said(self) -> str:
        """Return what is to be read aloud: that files are made, what became of them, or what went wrong."""
        say, run = self._desk.say, self._run
        if run is None:
            return ""
        if not run.over:
            return say("The files are being made.")
        if run.trouble is not None:
            return say_error(run.trouble, say)
        told = [self._where(run), run.order.papers.told]
        if run.run and run.run.stopped:
            told.insert(0, say("You stopped it. Make the files again, and it goes on from here."))
        if any(one.path is None or one.beside for one in run.made):
            told.append(say("Not every home has one: see below."))
        return " ".join(filter(None, told))

    def _where(self, run: UnderWay) -> str:
        say, home = self._desk.say, self._desk.folder.home
        n = len(_files_of(run.made))
        return say.many("{n} file is in {path}.", "{n} files are in {path}.", n, path=home) if n else ""

    def _part(self) -> SafePage:
        say, run, asked = self._desk.say, self._run, self._asked
        over = run is not None and run.over
        sent = run.made if run and over else ()
        trouble = tuple(self._line(one) for one in sent if _needs_a_look(one))
        swept = swept_lines(run.run, say) if run and run.run else ()
        earlier = (Line(say("Files of earlier times"), line) for line in swept)
        lines = (*(self._line(one) for one in sent if not _needs_a_look(one)), *earlier)
        part = OutRunPart(
            say=say,
            busy=run is not None and not over,
            stopping=bool(run and run.stopping),
            done=run.done if run else 0,
            total=run.total if run else 0,
            left=left_in_words(run.left, say) if run else "",
            who=(
                ("looked-at", say("Only books that somebody has looked at"), asked.ticked("looked-at")),
                ("ready", say("Only books whose child says they are ready"), asked.ticked("ready")),
            ),
            more=tuple((name, words, asked.ticked(name)) for name, words in ticks(say)),
            sizes=budgets(say),
            size=asked.one("size"),
            said=self._said() if over else "",
            take=any(one.path for one in sent),
            trouble=trouble,
            lines=lines if run else self._before(),
            lines_about=say("What became of each") if run else say("Books to look at"),
        )
        return render(part)

    def _line(self, one: Sent) -> Line:
        say = self._desk.say
        told = list(notes(one, say))
        if one.path:
            more = "".join(f", {path.suffix.removeprefix('.')}" for path in one.files if path != one.path)
            same = f" · {became(one, say)}" if one.unchanged else ""
            told.insert(0, f"{one.path.name} ({size_in_words(one.size, say)}){more}{same}")
        elif not one.trouble:
            told.insert(0, became(one, say))
        return Line(named(one, say), " · ".join(told))

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


def _needs_a_look(one: Sent) -> bool:
    """Return whether there is no file, or not all of it, and somebody can do something about it."""
    return bool(one.trouble or one.beside or one.stopped)


def _files_of(sent: tuple[Sent, ...]) -> list[Path]:
    return [path for one in sent if one.path for path in (one.files or (one.path,))]
