"""Reading what was promised: every round of every child at once, and lines for the screens made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from portfolio.errors import N_
from portfolio.model import Agreement, Concern, Passage, Portfolio, Student
from portfolio.model.entries import ConcernStatus
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.promised import MAY, Mark, Promise, due, first_what_was, mark_of, promises
from portfolio.rules.worries import Worry, is_open, worries
from portfolio.store.port import Change
from portfolio.views.phrases import PROGRESS
from portfolio.views.teacher.promised_page import PromiseLine, WorryLine
from portfolio.words import Speech

MARKS: Final[Mapping[Mark, str]] = {
    "kept": N_("kept"),
    "partly": N_("partly"),
    "not_yet": N_("not yet"),
    "not_any_more": N_("not any more"),
}
"""What a teacher may note of a promise, in words."""

STANDS: Final[Mapping[ConcernStatus, str]] = {
    "heard": N_("heard, no answer yet"),
    "working": N_("we are on it"),
    "answered": N_("answered; open until the family says it is over"),
    "closed": N_("over, the family says"),
}
"""Where a worry is, to the teacher."""

TEACHER: Final = "teacher:"


@dataclass(frozen=True)
class Found:
    """A child with what was promised in its book, and what worries its homes."""

    student: Student
    promises: tuple[Promise, ...]
    worries: tuple[Worry, ...]


@dataclass(frozen=True)
class Reading:
    """What stands in the books of some children now (all of the class, or one). Read once."""

    desk: TeacherDesk
    students: tuple[Student, ...]

    @cached_property
    def say(self) -> Speech:
        """Our texts in the teacher's language."""
        return self.desk.say

    @cached_property
    def today(self) -> date:
        """The day on the wall of the classroom."""
        return self.desk.today()

    @cached_property
    def _read(self) -> tuple[tuple[Found, ...], tuple[str, ...]]:
        rounds = self.desk.store.all_rounds()
        metas = {one.student_id: rounds.get(one.student_id, ()) for one in self.students}
        wholes = self.desk.store.wholes(m.portfolio_id for some in metas.values() for m in some)
        found, unread = [], []
        for student in self.students:
            there = metas[student.student_id]
            books: list[Portfolio] = [
                wholes[m.portfolio_id].portfolio for m in there if m.portfolio_id in wholes
            ]
            damaged = any(wholes[m.portfolio_id].damaged if m.portfolio_id in wholes else True for m in there)
            if damaged:
                unread.append(student.name)
            found.append(Found(student, promises(books), worries(books)))
        return tuple(found), tuple(unread)

    @property
    def found(self) -> tuple[Found, ...]:
        """The children in roster order."""
        return self._read[0]

    @property
    def unread(self) -> tuple[str, ...]:
        """Names of children with a book, or a part of one, that cannot be read now."""
        return self._read[1]

    # ------------------------------------------------------------------------------------ promises

    def _chosen(self, *, still: bool) -> list[tuple[Student, Promise]]:
        return [(f.student, one) for f in self.found for one in f.promises if one.open == still]

    def open(self) -> tuple[PromiseLine, ...]:
        """Return the open promises: those whose day was first, then by day; children in roster order."""
        some = sorted(
            self._chosen(still=True), key=lambda one: first_what_was(one[1].promise.by_when, self.today)
        )
        return tuple(self._lines(some))

    def over(self) -> tuple[PromiseLine, ...]:
        """Return the promises that are kept or promised no more, children in roster order."""
        return tuple(self._lines(self._chosen(still=False)))

    def _lines(self, some: Sequence[tuple[Student, Promise]]) -> Iterator[PromiseLine]:
        for student, one in some:
            kept = self.desk.store.entry(one.portfolio_id, one.promise.entry_id)
            yield self._line(student, one, kept.version)

    def _line(self, student: Student, one: Promise, version: int) -> PromiseLine:
        say, promise, words = self.say, one.promise, one.words
        told = say(PROGRESS[one.how_far]) if one.told else ""
        return PromiseLine(
            key=f"{one.portfolio_id}.{promise.entry_id}",
            portfolio_id=one.portfolio_id,
            entry_id=promise.entry_id,
            version=version,
            student_id=student.student_id,
            name=student.name,
            who=promise.who,
            by=promise.name or (student.name if promise.who == "student" else ""),
            words=words.text or say("said or drawn in the book, without words"),
            lang=words.lang if words else say.lang,
            other=self._translated(words),
            due=self.when(promise.by_when),
            was=due(promise.by_when, self.today) == "past" and one.open,
            round=one.round if one.round != self._round else "",
            how_far=say(PROGRESS[one.how_far]),
            told=told,
            marks=tuple((mark, say(MARKS[mark])) for mark in MAY[promise.who]),
            mark=mark_of(promise.how_far),
            note=promise.note.text,
            note_lang=promise.note.lang,
            note_open=not promise.note or note_by_a_teacher(self.desk, one.portfolio_id, promise),
        )

    def _translated(self, words: Passage) -> str:
        """Return words in the teacher's language, where they are in another and somebody has translated them."""
        if words.lang.split("-")[0] == self.say.lang.split("-")[0]:
            return ""
        found = words.translated(self.say.lang)
        if found is None:
            return ""
        return found.text if found.made_by == "human" else self.say("{words} (draft)", words=found.text)

    @cached_property
    def _round(self) -> str:
        return self.desk.school_class.round

    def when(self, day: date | None) -> str:
        """Return a day as one says it of something promised: "was for Monday …", "by Friday …"."""
        words = {
            "no_day": N_("no day was said"),
            "past": N_("was for {day}"),
            "today": N_("for today"),
            "to_come": N_("by {day}"),
        }
        return self.say(words[due(day, self.today)], day=self.say.day(day))

    # ------------------------------------------------------------------------------------- worries

    def worry_lines(self, *, still: bool) -> tuple[WorryLine, ...]:
        """Return the worries that are open (those whose day was first), or those a family has closed."""
        some = [(f.student, one) for f in self.found for one in f.worries if is_open(one.concern) == still]
        if still:
            some.sort(key=lambda one: first_what_was(one[1].concern.due, self.today))
        return tuple(self._worry_line(student, one) for student, one in some)

    def _worry_line(self, student: Student, one: Worry) -> WorryLine:
        concern = one.concern
        past = is_open(concern) and due(concern.due, self.today) == "past"
        return WorryLine(
            place=worry_place(student, concern, one.portfolio_id),
            student_id=student.student_id,
            name=student.name,
            home=home_label(self.say, student, concern.household_id),
            words=concern.words.text,
            lang=concern.words.lang,
            other=self._translated(concern.words),
            stands=self.say(STANDS[concern.status]),
            owner=concern.owner,
            due=self.when(concern.due) if concern.due and is_open(concern) else "",
            was=past,
            round=one.round if one.round != self._round else "",
        )


def worry_place(student: Student, concern: Concern, portfolio_id: str) -> str:
    """Return the place where a worry is worked on: child, entry, and the book, as ids repeat from round to round."""
    return f"promised/worry/{student.student_id}/{concern.entry_id}/{portfolio_id}"


def home_label(say: Speech, student: Student, household_id: str) -> str:
    """Return what a home is called; one that has left the list is said to have."""
    home = student.household(household_id)
    if home is None:
        return say("a home that is not on the list any more")
    return home.label or say("home")


def note_by_a_teacher(desk: TeacherDesk, portfolio_id: str, promise: Agreement) -> bool:
    """Return whether a teacher wrote what became of a promise, as it stands now: then a teacher may change it."""
    by = ""
    for change in desk.store.history(portfolio_id, promise.entry_id):
        if _note_of(change) != promise.note.text:
            by = ""
        elif not by:
            by = change.changed_by
    return by.startswith(TEACHER)


def _note_of(change: Change) -> str:
    return change.entry.note.text if isinstance(change.entry, Agreement) else ""
