"""The meetings, on the teacher's side: who meets now, how long, what was said to the teacher alone, what was decided.

::

    meetings                              the tables now: where each deck stands, who begins, who is done
    meetings/child/<child>                one child's agenda and minutes, how it meets each home
    meetings/after/<child>                what was decided, a line to add, papers
    meetings/decided/<child>/<home>[/<language>]   the paper “What we decided”
    meetings/phone[/<child>/<home>]       squares to scan: a home answers on its own phone
    meetings/told, meetings/felt          words for the teacher alone; how the meeting was
    meetings/parked                       what there was no time for
    meetings/reach                        homes without a meeting so far
    meetings/answers[/<child>/<home>]     answers that came back, as a message, a file or on paper
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from portfolio.errors import NotFound
from portfolio.moments.room import Asked, At, Looked, Outcome, Screen, unknown
from portfolio.moments.teacher.meetings_after import After
from portfolio.moments.teacher.meetings_answers import Answers
from portfolio.moments.teacher.meetings_books import Books
from portfolio.moments.teacher.meetings_child import OneChild
from portfolio.moments.teacher.meetings_now import Now
from portfolio.moments.teacher.meetings_parked import KeptForLater
from portfolio.moments.teacher.meetings_phone import Phone
from portfolio.moments.teacher.meetings_reach import Reach
from portfolio.moments.teacher.meetings_told import Told
from portfolio.moments.teacher.room import TeacherDesk


class _List(Protocol):
    """A screen about all meetings."""

    def show(self) -> Screen:
        """Return it."""

    def do(self, asked: Asked) -> Outcome:
        """Do what a form on it asks."""


class MeetingsRoom:
    """The room of the meetings. Its first screen is watched: it follows the decks."""

    def __init__(self, desk: TeacherDesk) -> None:
        """Open the room at a desk."""
        books = Books(desk)
        self._now, self._child, self._after = Now(books), OneChild(books), After(books)
        self._phone, self._answers = Phone(books), Answers(books)
        self._lists: Mapping[str, _List] = {
            "told": Told(books, felt=False),
            "felt": Told(books, felt=True),
            "parked": KeptForLater(books),
            "reach": Reach(books),
        }

    def show(self, at: At) -> Screen:
        """Return the screen of a place. Raises ``NotFound`` for one that is not there."""
        what, rest = at[0] if at else "", at[1:]
        if not what:
            return self._now.show()
        if what in self._lists and not rest:
            return self._lists[what].show()
        shows = {
            "child": self._child.show,
            "after": self._after.show,
            "decided": self._after.show_paper,
            "phone": self._phone.show,
            "answers": self._answers.show,
        }
        if what not in shows:
            raise NotFound("There is no such page here. Go back to the class.")
        return shows[what](rest)

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form on that screen asks. Raises ``PortfolioError``: then nothing was done."""
        what, rest = at[0] if at else "", at[1:]
        if not what:
            return self._now.do(asked)
        if what in self._lists:
            return self._lists[what].do(asked)
        does = {
            "child": self._child.do,
            "after": self._after.do,
            "decided": self._after.do_paper,
            "answers": self._answers.do,
        }
        if what not in does:
            raise unknown(asked)
        return does[what](rest, asked)

    def leave(self) -> None:
        """Forget an answer that was looked at and not kept: nobody else who sits down here reads it."""
        self._answers.leave()

    def look(self, at: At, seen: str, here: str) -> Looked:
        """Return what is new at the tables; the other screens are not watched."""
        del here  # a teacher's page leads nowhere
        return Looked("") if at and at[0] else self._now.look(seen)
