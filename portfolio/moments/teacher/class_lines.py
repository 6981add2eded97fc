"""The lines of the class: one for each child, and what a list of fewer children says besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from portfolio.errors import PortfolioError
from portfolio.moments.nudges import told_to_teacher
from portfolio.moments.teacher.class_changes import changes_in
from portfolio.moments.teacher.class_lists import ClassList
from portfolio.moments.teacher.class_reading import Row, beginning_of_yesterday
from portfolio.moments.teacher.class_words import PLACE, PLACE_ICON, listed, number, sentence
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.next_action import Where
from portfolio.views.teacher.class_page import RowLine, TermLine
from portfolio.words import Speech
from portfolio.words import say as say_error

WAY: Final[Mapping[Where, str]] = {
    "child": "#child/{id}",
    "changed": "#child/{id}/changed",
    "words": "#child/{id}/words",
    "prepare": "#child/{id}/prepare",
    "note": "#note/{id}",
    "out": "#out/home",
    "damaged": "#class/damaged",
}

MOST_WORDS: Final = 5
MOST_NAMES: Final = 8
"""So many school words, and names of children, are told in a row; the last ones as a number."""


class _Said(NamedTuple):
    words: str
    where: Where
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lines:
    """Words the lines of one desk's class. ``say`` comes along: asking the desk for it reads the class each time."""

    desk: TeacherDesk
    say: Speech

    def line(self, row: Row, chosen: ClassList) -> RowLine:
        """Return a child's line in a list. Raises ``StorageTrouble``."""
        say, student_id = self.say, row.student.student_id
        told = self._more(row, chosen.slug) if chosen.more else None
        told = told or _Said(sentence(row.action, say), row.action.where)
        return RowLine(
            student_id=student_id,
            name=row.student.name,
            cloth=row.book.portfolio.meta.cloth if row.book else None,
            icon=PLACE_ICON[row.place],
            place=say(PLACE[row.place]),
            words=told.words,
            href=WAY["note" if chosen.slug == "note" else told.where].format(id=student_id),
            more=told.more,
            mend=self._mend(row) if chosen.slug == "damaged" else (),
        )

    def terms(self, rows: Sequence[Row]) -> tuple[TermLine, ...]:
        """Return the school words of these children's books, by alphabet: one can be explained to all at once."""
        say, glossary = self.say, self.desk.folder.glossary()
        books: dict[str, list[str]] = {}
        for row in rows:
            for term in dict.fromkeys((*row.facts.words.child, *row.facts.words.note)):
                books.setdefault(term, []).append(row.student.name)
        found = sorted((glossary.term(one) for one in books), key=lambda term: term.term.casefold())
        return tuple(
            TermLine(
                term=one.term,
                plain=one.plain,
                books=say("Stands in: {names}", names=listed(books[one.term_id], say, most=MOST_NAMES)),
            )
            for one in found
        )

    def notes(self) -> tuple[str, ...]:
        """Return a sentence for each child whose own record cannot be read: it has no line in the list."""
        return tuple(
            self.say(
                "The record of one child cannot be read ({id}). Nothing of the others is touched. "
                "A backup of the class brings it back.",
                id=one,
            )
            for one in self.desk.store.damaged_students()
        )

    def _more(self, row: Row, slug: str) -> _Said | None:
        """Return what a list of few children says of one: the line itself, where it leads, and more below it."""
        if slug == "changed":
            first, *rest = self._changes(row) or ("",)
            return _Said(first, "changed", tuple(rest)) if first else None
        if slug == "words":
            return self._school_words(row)
        if slug == "path":
            first, *rest = (told_to_teacher(one, self.say).sentence for one in row.facts.nudges)
            where: Where = "note" if row.facts.nudges[0].kind == "note_without_strength" else "child"
            return _Said(first, where, tuple(rest))
        return _Said(self._what_helps(row), "child")

    def _changes(self, row: Row) -> tuple[str, ...]:
        since = beginning_of_yesterday(self.desk.today())
        try:
            return changes_in(self.desk, row.book, since, self.say) if row.book else ()
        except PortfolioError as error:  # one book must not take the list with it
            return (say_error(error, self.say),)

    def _school_words(self, row: Row) -> _Said:
        words = row.facts.words
        if not words.child:
            return _Said(self.say("In the teacher’s note: {words}", words=self._named(words.note)), "note")
        note = self.say("In the teacher’s note: {words}", words=self._named(words.note))
        return _Said(self._named(words.child), "words", (note,) if words.note else ())

    def _named(self, terms: Sequence[str]) -> str:
        glossary = self.desk.folder.glossary()
        return listed([glossary.term(one).term for one in terms], self.say, most=MOST_WORDS)

    def _what_helps(self, row: Row) -> str:
        say = self.say
        if not row.facts.readable:
            return say("The first page of this book is damaged. A backup of the class brings the book back.")
        return say.many(
            "One part is damaged; all the rest is whole. Its last good state can be brought back.",
            "{number} parts are damaged; all the rest is whole. Their last good states can be brought back.",
            row.facts.damaged,
            number=number(row.facts.damaged, say),
        )

    def _mend(self, row: Row) -> tuple[tuple[str, str], ...]:
        say = self.say
        return tuple((one, say("Bring back “{part}”", part=one)) for one in damaged_parts(self.desk, row))


def damaged_parts(desk: TeacherDesk, row: Row) -> tuple[str, ...]:
    """Return the ids of the parts of a book that cannot be read. Raises ``StorageTrouble``."""
    return desk.store.damaged(row.book.portfolio.meta.portfolio_id) if row.book else ()
