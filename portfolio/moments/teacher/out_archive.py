"""The whole class as one file that opens without this program."""

from __future__ import annotations

from portfolio.moments.archiving import archive_class, trouble_lines
from portfolio.moments.room import Asked, Outcome, Screen, unknown
from portfolio.moments.teacher.out_files import handed, out_file, where_it_is
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.teacher import render
from portfolio.views.teacher.out_page import Line, MakePage


class ArchiveOut:
    """Writes the archive of a class into its folder."""

    def __init__(self, desk: TeacherDesk) -> None:
        self._desk = desk
        self._made = ""
        self._left: tuple[Line, ...] = ()

    def show(self) -> Screen:
        """Return what an archive is, and what became of the last one."""
        say = self._desk.say
        page = MakePage(
            say=say,
            about=(
                say(
                    "Everything of this class in one file: every word, picture and recording, of these meetings and of all before them."
                ),
                say(
                    "It opens without this program, today and in ten years. It is a good thing to have at the end of a year."
                ),
            ),
            beware=say(
                "It also holds notes of teachers and letters of families. So it is for the school, not for families."
            ),
            form="archive",
            ticks=(("history", say("With everything that was written earlier and changed since"), False),),
            button=say("Make the file"),
            made=self._made,
            lines=self._left,
            lines_about=say("What could not be put in"),
        )
        return Screen(say("The whole class as one file"), render(page), ("out", say("Take along")))

    def do(self, asked: Asked) -> Outcome:
        """Write it. Raises ``PortfolioError``: then there is no file."""
        if asked.what != "archive":
            raise unknown(asked)
        desk, say = self._desk, self._desk.say
        path = out_file(desk, "archive", "zip")
        made = archive_class(
            desk.folder, path, made_at=desk.now().astimezone(), say=say, history=asked.ticked("history")
        )
        self._left = tuple(Line(*line.split(": ", 1)) for line in trouble_lines(made, say))
        downloads = handed(made.path, "application/zip")
        self._made = where_it_is(made.path, made.size, downloads, say)
        told = [self._made]
        if downloads:  # the page says more
            told = [say("{file} was handed to your browser.", file=downloads[0].name)]
        told.append(say("Keep a copy on a stick: one on this computer alone may be lost with it."))
        if self._left:
            told.append(say("Not everything could be put in: see below."))
        return Outcome(say=" ".join(told), downloads=downloads)
