"""The teacher's plain note: beside the child's words, kept while one writes, remarks below each part.

Places: ``note`` the notes of the class · ``note/<child>`` one's own note for a child, the others' to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from portfolio.errors import N_, ChangedMeanwhile, InputRefused, NotFound, PortfolioError
from portfolio.model import Book, Passage, SectionCell, Student, TeacherNote
from portfolio.moments.classes import begin
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.note_keep import NoteKeeper
from portfolio.moments.teacher.note_said import asides, said_plainly
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.note_check import NOTE_FIELDS
from portfolio.rules.notes import in_the_form, is_written, own_note
from portfolio.store.class_folder import book_of
from portfolio.views.teacher import render
from portfolio.views.teacher.before_words_page import inside
from portfolio.views.teacher.note_page import (
    EarlierNote,
    NoteLine,
    NotePage,
    NotesPage,
    OtherNote,
    Quoted,
)

STARTERS: Final = {
    "strength": (N_("I saw how …"), N_("When … was hard, …"), N_("Since October …")),
    "next_step": (N_("Next, try …"), N_("On Mondays, …"), N_("Before you begin, …")),
    "home_help": (N_("Ask …"), N_("Let … show you"), N_("For ten minutes, …")),
    "drives": (N_("Comes alive when …"), N_("Keeps going when …")),
}
"""How a part of a note may begin: shown as examples, never put in by themselves."""

_BEGINNING: Final = 80
_QUOTED: Final = (("strengths", "what"), ("growing", "what"), ("goals", "goal"))
"""What a note may refer to: shelf and field."""


class NoteRoom:
    """The room of the plain notes."""

    def __init__(self, desk: TeacherDesk) -> None:
        self.desk = desk

    # ------------------------------------------------------------------------------------- screens

    def show(self, at: At) -> Screen:
        """Return the notes of the class, or the note for one child. Raises ``NotFound``."""
        say = self.desk.say
        if not at:
            return Screen(say("Your notes"), render(self._list()), ("class", say("The class")))
        student = self.desk.student(at)
        title = say("Your note for {name}", name=student.name)
        back = (f"child/{student.student_id}", say("{name}’s book", name=student.name))
        return Screen(title, render(self._page(student)), back)

    def _list(self) -> NotesPage:
        lines = tuple(self._line(student) for student in self.desk.store.students())
        return NotesPage(say=self.desk.say, lines=lines, shown=self._has_a_page())

    def _line(self, student: Student) -> NoteLine:
        try:
            portfolio_id = self._portfolio_id(student)
            portfolio = self.desk.store.portfolio(portfolio_id) if portfolio_id else None
        except PortfolioError:  # one damaged book must not hide the others
            return NoteLine(student.student_id, student.name, False, "", (), True)
        notes = portfolio.teacher_page if portfolio else ()
        mine = own_note(portfolio, self.desk.teacher_id) if portfolio else None
        return NoteLine(
            student.student_id,
            student.name,
            mine is not None and is_written(mine),
            _beginning(mine) if mine else "",
            tuple(
                self._who(note)[0] or self.desk.say("a teacher")
                for note in notes
                if is_written(note) and note.teacher_id != self.desk.teacher_id
            ),
            False,
        )

    def _page(self, student: Student) -> NotePage:
        desk = self.desk
        book, keeper = self._book(student)
        note, version = keeper.now()
        others = (n for n in book.portfolio.teacher_page if n.teacher_id != desk.teacher_id and is_written(n))
        return NotePage(
            say=desk.say,
            student_id=student.student_id,
            name=student.name,
            lang=desk.school_class.language,
            version=version,
            note=note,
            starters={field: tuple(desk.say(text) for text in said) for field, said in STARTERS.items()},
            asides={name: inside(part) for name, part in asides(desk, note, self._names(student)).items()},
            quoted=tuple(self._quoted(book)),
            others=tuple(OtherNote(*self._who(one), one) for one in others),
            own=OtherNote(*self._who(note), note),
            earlier=tuple(
                EarlierNote(desk.say.day(change.changed_at.date()), change.version, was)
                for change, was in keeper.earlier()
            ),
            shown=self._has_a_page(),
            following=self._following(student),
        )

    def _quoted(self, book: Book) -> Iterator[Quoted]:
        headed = {c.section: c.heading for c in book.outline if isinstance(c, SectionCell) and c.heading}
        for shelf, field in _QUOTED:
            section = next((s for s in book.sections() if s.holds == shelf), None)
            if section is None:
                continue
            title = self.desk.say(headed.get(section.section_id) or section.title)
            for entry in getattr(book.portfolio, shelf):
                words: Passage = getattr(entry, field)
                if words:
                    yield Quoted(title, words.text, words.lang)

    def _following(self, student: Student) -> tuple[str, str] | None:
        """Return the next child of the roster, from here on and round, whom this teacher has written no note for."""
        roster = self.desk.store.students()
        here = next((n for n, one in enumerate(roster) if one.student_id == student.student_id), 0)
        for one in (*roster[here + 1 :], *roster[:here]):
            line = self._line(one)
            if not line.mine and not line.trouble:
                return one.student_id, one.name
        return None

    def _has_a_page(self) -> bool:
        """Return whether the notebook of the class shows a page for notes."""
        template = self.desk.folder.template()
        shown = {cell.section for cell in self.desk.folder.outline() if isinstance(cell, SectionCell)}
        return any(s.holds == "teacher_page" and s.section_id in shown for s in template.sections)

    def _who(self, note: TeacherNote) -> tuple[str, str]:
        known = {one.teacher_id: one for one in self.desk.school_class.teachers}
        found = known.get(note.teacher_id)
        return (found.name, found.role) if found else ("", "")

    def _names(self, student: Student) -> tuple[str, ...]:
        return (student.name, self.desk.teacher.name)

    def _portfolio_id(self, student: Student) -> str:
        now = self.desk.school_class.round
        rounds = self.desk.store.rounds(student.student_id)
        return next((meta.portfolio_id for meta in rounds if meta.round == now), "")

    def _book(self, student: Student) -> tuple[Book, NoteKeeper]:
        """Return a child's book of this round, begun if need be, and who keeps the note in it."""
        desk = self.desk
        begin(desk.store, desk.folder.template(), student.student_id, desk.today())
        book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), student.student_id)
        return book, NoteKeeper(desk, book.portfolio.meta.portfolio_id)

    # --------------------------------------------------------------------------------------- forms

    def do(self, at: At, asked: Asked) -> Outcome:
        """Keep the note, say a word plainly, explain it, or bring back an earlier note. Raises ``PortfolioError``."""
        if not at:
            raise unknown(asked)
        student = self.desk.student(at)
        _, keeper = self._book(student)
        if asked.what == "note":
            return self._keep(student, keeper, asked)
        if asked.what == "plainly":
            return self._plainly(keeper, asked)
        if asked.what == "word":
            return self._word(keeper, asked)
        if asked.what == "bring-back":
            return self._bring_back(keeper, asked)
        raise unknown(asked)

    def _keep(self, student: Student, keeper: NoteKeeper, asked: Asked) -> Outcome:
        told = {name: asked.one(name) for name in (*NOTE_FIELDS, "look_again") if name in asked.values}
        note, version = keeper.keep(told, asked.version)
        return Outcome(version=version, asides=asides(self.desk, note, self._names(student)))

    def _plainly(self, keeper: NoteKeeper, asked: Asked) -> Outcome:
        field, term = asked.one("field"), asked.one("term")
        if field not in NOTE_FIELDS:
            raise unknown(asked)
        note, version = keeper.now()
        done = said_plainly(in_the_form(note)[field], term, self.desk.folder.glossary())
        if done is None:
            raise NotFound("This word does not stand there any more. Look once more.")
        keeper.keep({field: done}, version)
        return Outcome(say=self.desk.say("It is said in plain words now."), focus=f"f-{field}")

    def _word(self, keeper: NoteKeeper, asked: Asked) -> Outcome:
        how, say = asked.one("how"), self.desk.say
        sentences = {
            "explain": say("Families read what it means."),
            "fine": say("It stays as it is in this note."),
            "": say("Nothing is chosen for this word any more."),
        }
        if how not in sentences:
            raise InputRefused("Choose what should happen with this word.")
        keeper.choose(asked.one("term"), how, None)
        return Outcome(say=sentences[how])

    def _bring_back(self, keeper: NoteKeeper, asked: Asked) -> Outcome:
        version = asked.one("was")
        if not (version.isascii() and version.isdecimal() and len(version) < 10):
            raise unknown(asked)
        _, at = keeper.now()
        if asked.version is not None and asked.version != at:
            raise ChangedMeanwhile(
                "Your note has changed since this page was drawn. Look once more, then choose."
            )
        keeper.bring_back(int(version), at)
        return Outcome(say=self.desk.say("Your note is as it was that day. The other one is kept too."))


def _beginning(note: TeacherNote) -> str:
    text = " ".join((note.strength or note.next_step or note.home_help).text.split())
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rsplit(' ', 1)[0]} …"
