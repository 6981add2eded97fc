"""What there was no time for at the tables: whose it is, until when, and that it has been talked about."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.errors import ChangedMeanwhile, NotFound
from portfolio.model import Parked, Portfolio
from portfolio.moments.room import Asked, Outcome, Screen, unknown
from portfolio.moments.teacher.meetings_books import Books, ChildMeets, frame, label_of
from portfolio.rules.meetings import overdue
from portfolio.views.teacher import render
from portfolio.views.teacher.meetings_page import ParkedLine, ParkedPage
from portfolio.words import Speech


class KeptForLater:
    """The screen ``meetings/parked``."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._desk = books.desk

    def show(self) -> Screen:
        """Return the screen: of every child what is open, then what was talked about in this round."""
        say, children = self._desk.say, self._books.all()
        page = ParkedPage(
            say=say,
            frame=frame(self._books, "parked"),
            children=tuple(self._by_child(children, say, done=False)),
            done=tuple(self._by_child(children, say, done=True)),
            unread=tuple(one.student.name for one in children if one.damaged),
        )
        return Screen(say("Kept for later"), render(page), ("meetings", say("The meetings")))

    def _by_child(
        self, children: tuple[ChildMeets, ...], say: Speech, *, done: bool
    ) -> Iterator[tuple[str, str, tuple[ParkedLine, ...]]]:
        for child in children:
            lines = tuple(
                self._line(child, book, one, say)
                for book, one in _parked(child)
                if one.done == done and one.words and (not done or book is child.book)
            )
            if lines:
                yield child.student.student_id, child.student.name, lines

    def _line(self, child: ChildMeets, book: Portfolio, one: Parked, say: Speech) -> ParkedLine:
        today, who = self._desk.today(), {"student": child.student.name, "teacher": say("the teacher")}
        was = overdue(one, today)
        due = ""
        if one.until:
            day = say.day(one.until)
            due = (
                say("It was for {day}. How about this week?", day=day) if was else say("Until {day}", day=day)
            )
        return ParkedLine(
            portfolio_id=book.meta.portfolio_id,
            entry_id=one.entry_id,
            version=self._desk.store.entry(book.meta.portfolio_id, one.entry_id).version,
            who=one.name or who.get(one.who, say("the family")),
            home=label_of(say, child.student, one.household_id) if one.household_id else "",
            words=one.words.text,
            lang=one.words.lang,
            due=due,
            was=was,
            done=one.done,
        )

    def do(self, asked: Asked) -> Outcome:
        """Note that something was talked about, or was not after all. Raises ``PortfolioError``."""
        if asked.what != "talked":
            raise unknown(asked)
        desk, book, entry_id = self._desk, asked.one("book"), asked.one("entry")
        gone = NotFound("This is not there any more. Look at the list again.")
        known = {
            (of.meta.portfolio_id, one.entry_id) for child in self._books.all() for of, one in _parked(child)
        }
        if (book, entry_id) not in known:
            raise gone
        kept, done = desk.store.entry(book, entry_id), asked.one("done") != "no"
        if not isinstance(kept.entry, Parked):
            raise gone
        if kept.entry.done != done:
            if asked.version != kept.version:
                raise ChangedMeanwhile("Somebody wrote here just now. Read it once more.")
            desk.store.keep(book, kept.entry.but(done=done), expected=kept.version, by=desk.by, at=desk.now())
        say = desk.say
        return Outcome(say=say("Noted: talked about.") if done else say("It is open again."))


def _parked(child: ChildMeets) -> Iterator[tuple[Portfolio, Parked]]:
    """Yield what is kept for later in every book of a child, oldest first."""
    books = (*child.earlier, *((child.book,) if child.book else ()))
    yield from ((book, one) for book in books for one in book.parked)
