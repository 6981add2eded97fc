"""The way to a home's own phone, on the first screen of the deck and where it is the family's turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portfolio.model import Book
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.way_in import family_way
from portfolio.moments.room import Asked, Outcome
from portfolio.rules.at_table import homes_now, meeting_now
from portfolio.views.safe import SafePage
from portfolio.views.table import PhonesPart, render

PLACES: Final = ("live-phones", "live-phones-turn")


class PhonesPiece:
    """The square of the home that is here, while its meeting is held: the teacher has begun it.

    Else a child alone with its deck could open its home's own page. Where several homes could be looking there is
    none, either: each would open the other's page.
    """

    def parts(self, table: Table, book: Book) -> Mapping[str, SafePage]:
        """Return the square twice; nothing while nobody can come in, no meeting is held, or when practising."""
        homes = homes_now(book.student, book.portfolio)
        if table.practise or not homes or meeting_now(book.portfolio.meetings) is None:
            return dict.fromkeys(PLACES, SafePage(""))
        way = family_way(table.family_pass(homes[0].household_id) if len(homes) == 1 else "")
        if not way.address and len(homes) == 1:
            return dict.fromkeys(PLACES, SafePage(""))
        part = PhonesPart(
            say=table.say,
            several=len(homes) > 1,
            address=way.address if way.here_only else "",
            square=way.square,
            begins=way.begins,
            groups=way.groups,
        )
        return dict.fromkeys(PLACES, render(part))

    def do(self, table: Table, asked: Asked) -> Outcome | None:
        """Do nothing: it has no form."""
        del table, asked
        return None
