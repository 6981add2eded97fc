"""What there is no time for now, on the deck: kept for later, with who brought it up and until when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portfolio.errors import ChangedMeanwhile, InputRefused
from portfolio.model import Book, Parked
from portfolio.moments.conference.promise_piece import seats_of
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.together import gone, too_many
from portfolio.moments.desk import TRIES
from portfolio.moments.room import Asked, Outcome
from portfolio.rules.at_table import meeting_now
from portfolio.rules.set_together import parked_written, seat_of
from portfolio.views.safe import SafePage
from portfolio.views.table import ParkedLine, ParkedPart, render

PARKED: Final = "live-parked"
MOST: Final = 24


class ParkedPiece:
    """What the table keeps for later."""

    def parts(self, table: Table, book: Book) -> Mapping[str, SafePage]:
        """Return the list, and the line for one thing more. Another home's own matter is not on it."""
        held = meeting_now(book.portfolio.meetings)
        ours = (None, held.household_id if held else None)
        entries = table.store.entries(book.portfolio.meta.portfolio_id)
        seats = tuple((one.key, self._name(table, book, one.voice, one.name)) for one in seats_of(book))
        part = ParkedPart(
            say=table.say,
            lang=book.portfolio.meta.language,
            lines=tuple(
                ParkedLine(
                    entry_id=one.entry_id,
                    who=one.who,
                    name=self._name(table, book, one.who, one.name),
                    words=one.words,
                    until=table.say.day(one.until),
                    done=one.done,
                    version=kept.version,
                )
                for kept in entries
                if isinstance(one := kept.entry, Parked) and one.household_id in ours and one.words
            ),
            seats=seats,
            first=table.today().isoformat(),
        )
        return {PARKED: render(part)}

    def do(self, table: Table, asked: Asked) -> Outcome | None:
        """Keep something for later, note that it was talked about, take it back."""
        if asked.what == "park":
            told = self._park(table, asked)
        elif asked.what == "parked-done":
            told = self._done(table, asked)
        elif asked.what == "parked-back":
            told = self._back(table, asked)
        else:
            return None
        return Outcome(say=told, stay=True, asides=self.parts(table, table.book))

    def _name(self, table: Table, book: Book, who: str, name: str) -> str:
        if who == "student":
            return book.student.name
        return name or table.say("Somebody at home" if who == "family" else "My teacher")

    def _park(self, table: Table, asked: Asked) -> str:
        with table.store.together():
            book = table.book
            seat = seat_of(asked.one("seat"), seats_of(book), "seat")
            held = meeting_now(book.portfolio.meetings)
            blank = Parked(
                entry_id=f"parked-{table.new_id()}",
                household_id=held.household_id if held else None,
                who=seat.voice,
                name="" if seat.voice == "student" else seat.name,
                on=table.today(),
            )
            made = parked_written(blank, asked.values, book.portfolio.meta.language, table.today())
            if not made.words:
                raise InputRefused("Write what it is about. A few words are enough.", field="words")
            there = book.portfolio.parked
            if any(_same(one, made) for one in there):
                return table.say("It stands on the list already.")
            if len(there) >= MOST:
                raise InputRefused("There are {n} things on the list. Take one back first.", n=MOST)
            table.store.keep(table.portfolio_id, made, expected=0, by=table.by, at=table.now())
        return table.say("It is on the list. It will not be lost.")

    def _done(self, table: Table, asked: Asked) -> str:
        done = asked.one("done") == "yes"
        for _ in range(TRIES):
            one, version = _kept(table, asked.one("parked"))
            if one.done != done:
                changed = one.but(done=done)
                try:
                    table.store.keep(
                        table.portfolio_id, changed, expected=version, by=table.by, at=table.now()
                    )
                except ChangedMeanwhile:
                    continue
            return table.say("Noted." if done else "It is kept for later again.")
        raise too_many()

    def _back(self, table: Table, asked: Asked) -> str:
        one, _ = _kept(table, asked.one("parked"))
        table.store.remove(
            table.portfolio_id, one.entry_id, expected=asked.version or 0, by=table.by, at=table.now()
        )
        return table.say("It is taken from the list.")


def _same(one: Parked, made: Parked) -> bool:
    """Return whether the same thing of the same person is on the list: asked for twice because an answer was lost."""
    return (one.words.text, one.who, one.name, one.done) == (made.words.text, made.who, made.name, False)


def _kept(table: Table, entry_id: str) -> tuple[Parked, int]:
    """Return what is kept for later at this table, and its version. Raises ``NotFound`` for any other entry, or another home's."""
    book = table.book
    held = meeting_now(book.portfolio.meetings)
    kept = next(
        (one for one in table.store.entries(table.portfolio_id) if one.entry.entry_id == entry_id), None
    )
    if kept is None or not isinstance(kept.entry, Parked):
        raise gone()
    if kept.entry.household_id not in (None, held.household_id if held else None):
        raise gone()
    return kept.entry, kept.version
