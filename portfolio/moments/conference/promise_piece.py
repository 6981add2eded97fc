"""What we promise, on the deck: a line for each promise that keeps itself, and one more for whoever is here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portfolio.errors import InputRefused
from portfolio.model import Agreement, Book
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.together import Sheet, gone, history, write
from portfolio.moments.room import Asked, Outcome
from portfolio.rules.at_table import homes_now
from portfolio.rules.set_together import PROMISE_FIELDS, Seat, promise_written, seat_of, seats
from portfolio.views.safe import SafePage
from portfolio.views.table import MorePart, PromiseLine, PromisesPart, render

PROMISES, MORE = "live-promises", "live-more"
MOST: Final = 12
"""Promises of one meeting; nobody keeps more in mind."""


class PromisePiece:
    """The promises of this meeting."""

    def parts(self, table: Table, book: Book) -> Mapping[str, SafePage]:
        """Return the lines, and who may promise one more."""
        people = seats_of(book)
        names = {one.name for one in people}
        versions = {
            kept.entry.entry_id: kept.version
            for kept in table.store.entries(book.portfolio.meta.portfolio_id)
        }
        lines = tuple(
            PromiseLine(
                entry_id=one.entry_id,
                who=one.who,
                name=called(table, book, one),
                named=one.who != "family" or one.name in names - {""},
                words=one.what or one.what.but(lang=book.portfolio.meta.language),
                by_when=one.by_when.isoformat() if one.by_when else "",
                version=versions.get(one.entry_id, 0),
            )
            for one in book.portfolio.agreements
        )
        more = tuple((one.key, one.voice, _label(table, one)) for one in people)
        return {
            PROMISES: render(PromisesPart(table.say, lines, table.today().isoformat())),
            MORE: render(MorePart(table.say, more)),
        }

    def do(self, table: Table, asked: Asked) -> Outcome | None:
        """Keep a line while it is written, begin one, take one back."""
        if asked.what == "promise":
            return self._keep(table, asked)
        if asked.what == "promise-more":
            return self._more(table, asked)
        if asked.what == "promise-back":
            return self._back(table, asked)
        return None

    def _keep(self, table: Table, asked: Asked) -> Outcome:
        sheet = _sheet(table, asked.one("promise"))
        lang, today = table.book.portfolio.meta.language, table.today()
        done = write(table, sheet, lambda one: promise_written(one, asked.values, lang, today), asked.version)
        return Outcome(version=done.version, asides={PROMISES: self.parts(table, table.book)[PROMISES]})

    def _more(self, table: Table, asked: Asked) -> Outcome:
        """Begin a line; one of the same seat in which nothing stands yet is that one."""
        with table.store.together():
            book = table.book
            seat = seat_of(asked.one("seat"), seats_of(book), "seat")
            there = book.portfolio.agreements
            found = next((one for one in there if _waits(one, seat, book)), None)
            if found is None:
                if len(there) >= MOST:
                    raise InputRefused("There are {n} promises. Take one back first.", n=MOST)
                found = Agreement(
                    entry_id=f"agreement-{table.new_id()}",
                    who=seat.voice,
                    name="" if seat.voice == "student" else seat.name,
                )
                table.store.keep(table.portfolio_id, found, expected=0, by=table.by, at=table.now())
        return Outcome(stay=True, asides=self.parts(table, table.book), focus=f"p-{found.entry_id}")

    def _back(self, table: Table, asked: Asked) -> Outcome:
        sheet = _sheet(table, asked.one("promise"))
        take_back(table, sheet.blank, asked.version)
        told = table.say("The promise is taken back.")
        return Outcome(say=told, stay=True, asides=self.parts(table, table.book))


def take_back(table: Table, entry: Agreement, version: int | None) -> None:
    """Take a promise back; its history stays. Raises ``ChangedMeanwhile`` if it has other words than in ``version``."""
    past = history(table, table.portfolio_id, entry.entry_id)
    now, read = past[-1], next((one.entry for one in past if one.version == version), None)
    if now.entry is None:
        return
    same = isinstance(read, Agreement) and isinstance(now.entry, Agreement) and read.what == now.entry.what
    expected = now.version if same else version or 0
    table.store.remove(table.portfolio_id, entry.entry_id, expected=expected, by=table.by, at=table.now())


def _sheet(table: Table, entry_id: str) -> Sheet[Agreement]:
    """Return a promise of this book as it is written. Raises ``NotFound`` for any other entry."""
    past = history(table, table.portfolio_id, entry_id)
    made = next((one.entry for one in past if isinstance(one.entry, Agreement)), None)
    if made is None:
        raise gone()
    blank = Agreement(entry_id=made.entry_id, who=made.who, name=made.name)
    return Sheet(blank, {name: (name,) for name in PROMISE_FIELDS}, _shown)


def _shown(one: Agreement) -> dict[str, tuple[str, ...]]:
    day = one.by_when.isoformat() if one.by_when else ""
    told = {"name": one.name, "what": one.what.text, "by_when": day}
    return {name: (text,) for name, text in told.items()}


def seats_of(book: Book) -> tuple[Seat, ...]:
    """Return who may sit at this table: only the home the meeting is held with, where homes come one by one."""
    homes = homes_now(book.student, book.portfolio)
    return seats(book.student, homes, tuple(one.name for one in book.school_class.teachers if one.name))


def called(table: Table, book: Book, one: Agreement) -> str:
    """Return the name of who promised, "" for somebody at home who has said none."""
    if one.who == "student":
        return book.student.name
    return one.name or ("" if one.who == "family" else table.say("My teacher"))


def _label(table: Table, seat: Seat) -> str:
    return seat.name or table.say("Somebody at home" if seat.voice == "family" else "My teacher")


def _waits(one: Agreement, seat: Seat, book: Book) -> bool:
    """Return whether a line was begun for this seat and nothing stands in it."""
    name = one.name or (book.student.name if one.who == "student" else "")
    nothing = not one.what and one.by_when is None and not one.beside("what")
    return nothing and one.who == seat.voice and name == seat.name
