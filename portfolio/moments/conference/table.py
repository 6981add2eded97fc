"""The table of one child's meeting: what its three pages work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from portfolio.model import Book, Household
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.live import Live
from portfolio.store.port import ClassStore
from portfolio.views.pages import MediaAddress
from portfolio.words import Speech, speak

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary


def _no_pass(household_id: str) -> str:
    del household_id
    return ""


@dataclass(frozen=True)
class Table:
    """One child's meeting, open. Every page of it has a table of its own; what they share is the store.

    ``student_id`` is whose meeting it is. ``by`` is who writes, as the history of a book says it: ``student``,
    ``teacher:<id>`` or ``family:<household_id>``; ``household_id`` is the home a family's page belongs to, else "".
    ``lang`` (BCP 47) is the language of the page, "" for the child's. ``now`` and ``new_id`` give the time (UTC) and
    fresh random ids, ``today`` the day on the wall of the classroom. ``address`` gives the addresses of recordings;
    without it their bytes stand in the page. ``family_pass`` makes the address a home opens on its own phone, "" where
    there is none.
    """

    folder: ClassFolder
    store: ClassStore
    student_id: str
    now: Callable[[], datetime]
    today: Callable[[], date]
    new_id: Callable[[], str]
    by: str = "student"
    household_id: str = ""
    lang: str = ""
    practise: bool = False
    address: MediaAddress | None = None
    family_pass: Callable[[str], str] = field(default=_no_pass)
    glossary: Callable[[], Glossary] | None = None

    @property
    def book(self) -> Book:
        """The child's book as it is kept now. Raises ``NotFound`` if the child has left the class."""
        return book_of(self.store, self.folder.template(), self.folder.outline(), self.student_id)

    @property
    def portfolio_id(self) -> str:
        """The portfolio of this round. Asked at every look: nothing else of the book is read for it."""
        wanted = self.store.school_class().round
        rounds = self.store.rounds(self.student_id)
        found = next((meta.portfolio_id for meta in rounds if meta.round == wanted), "")
        return found or self.book.portfolio.meta.portfolio_id  # the book says what is missing

    @property
    def household(self) -> Household | None:
        """The home this page belongs to; ``None`` at the table itself, and for a home that is not there any more."""
        return self.store.student(self.student_id).household(self.household_id) if self.household_id else None

    @property
    def live(self) -> Live:
        """Where the meeting stands just now."""
        return Live(self.folder.hidden / "live", self.portfolio_id)

    @property
    def say(self) -> Speech:
        """Our texts in the language of the page."""
        return speak(self.lang or self.store.meta(self.portfolio_id)[0].language)
