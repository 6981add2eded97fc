"""Pages for the next teacher: those each child picked, as one zip for the class."""

from __future__ import annotations

from portfolio.errors import NotFound
from portfolio.model import Student
from portfolio.moments.next_teacher import WHY, ForNext, write_zip
from portfolio.moments.room import Asked, Outcome, Screen, unknown
from portfolio.moments.teacher.out_files import handed, out_file, where_it_is
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.next_teacher import may_be_picked
from portfolio.views.phrases import missing_told
from portfolio.views.teacher import render
from portfolio.views.teacher.out_page import Line, MakePage
from portfolio.words import say as say_error


class NextOut:
    """Writes what the children of a class take to their next teacher."""

    def __init__(self, desk: TeacherDesk) -> None:
        self._desk = desk
        self._made = ""
        self._found: tuple[Line, ...] = ()

    def show(self) -> Screen:
        """Return what goes to the next teacher, who has not picked yet, and what became of the last files."""
        say = self._desk.say
        page = MakePage(
            say=say,
            about=(
                say(
                    "One file for each child, with the pages it picked and your note. It opens offline and prints."
                ),
                say(
                    "What teachers wrote only to the child, letters of families and their worries are not in it."
                ),
            ),
            beware=say("A child that has picked nothing has no file: what goes on is for the child to say."),
            form="next",
            ticks=(),
            button=say("Make the files"),
            made=self._made,
            lines=self._found or self._before(),
            lines_about=say("What became of each") if self._found else say("Who has picked pages"),
        )
        return Screen(say("For the next teacher"), render(page), ("out", say("Take along")))

    def do(self, asked: Asked) -> Outcome:
        """Write them. Raises ``PortfolioError`` if nobody has a file, or none can be written."""
        if asked.what != "next":
            raise unknown(asked)
        desk, say = self._desk, self._desk.say
        path = out_file(desk, "next-teacher", "zip")
        found = write_zip(desk.folder, desk.store, path, made_at=desk.now().astimezone())
        if all(one.why for one in found):
            raise NotFound(
                "No child has picked pages for its next teacher yet, so there is no file. They are picked at the end "
                "of a child’s desk."
            )
        self._found = tuple(self._line(one) for one in found)
        downloads = handed(path, "application/zip")
        self._made = where_it_is(path, path.stat().st_size, downloads, say)
        if any(one.why for one in found):
            more = say("Not every child has one: see below.")
            return Outcome(say=f"{self._made} {more}", downloads=downloads)
        return Outcome(say=self._made, downloads=downloads)

    def _line(self, one: ForNext) -> Line:
        say = self._desk.say
        if one.trouble:
            return Line(one.student.name, say_error(one.trouble, say))
        if one.why:
            return Line(one.student.name, say(WHY[one.why], name=one.student.name))
        return Line(
            one.student.name, " ".join((one.name, *(missing_told(gone, say) for gone in one.missing)))
        )

    def _before(self) -> tuple[Line, ...]:
        """Return the children that have not picked a page yet, by what is known of their books."""
        say = self._desk.say
        round_name, rounds = self._desk.school_class.round, self._desk.store.all_rounds()
        known = {s.section_id for s in self._desk.folder.template().sections if may_be_picked(s)}

        def picked(student: Student) -> bool:
            metas = rounds.get(student.student_id, ())
            return any(known & set(meta.next_teacher) for meta in metas if meta.round == round_name)

        names = ", ".join(student.name for student in self._desk.store.students() if not picked(student))
        return (Line(say("not yet"), names),) if names else ()
