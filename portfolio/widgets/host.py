"""A child's desk of :mod:`portfolio.moments` as the widgets ask for it: every call handed on, nothing decided."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from portfolio.errors import N_, PortfolioError
from portfolio.moments.desk import StudentDesk
from portfolio.views.pages import BANDS
from portfolio.views.safe import SafePage
from portfolio.widgets.keeper import Brought, Carrier, Saved
from portfolio.widgets.phrases import words
from portfolio.widgets.wire import Card, Form, Link, Look, MediumValue, PathPart, Value
from portfolio.words import say

CLOTHS = {
    "moss": N_("moss"),
    "sea": N_("sea"),
    "brick": N_("brick"),
    "berry": N_("berry"),
    "ochre": N_("ochre"),
    "night": N_("night"),
}


@dataclass(frozen=True)
class SectionKeeper:
    """A :class:`portfolio.widgets.keeper.SheetKeeper`: one section of a desk."""

    desk: StudentDesk
    section: str

    def save(self, entry: str, field: str, value: Value, base: int) -> Saved:
        """Keep one value and return when it is on disk."""
        done = self.desk.save(self.section, entry, field, value, base)
        return Saved(done.version, done.merged)

    def add(self) -> Card:
        """Make one more entry and return it."""
        return cast("Card", self.desk.add(self.section))

    def remove(self, entry: str, base: int) -> list[Card]:
        """Take an entry away and return those that stay."""
        return cast("list[Card]", self.desk.remove(self.section, entry, base))

    def arrange(self, order: list[str]) -> list[Card]:
        """Put the entries in this order and return them."""
        return cast("list[Card]", self.desk.arrange(self.section, order))

    def where(self, upload: str) -> int:
        """Return how many bytes of a file are here."""
        return self.desk.arrivals.where(upload)

    def part(self, upload: str, offset: int, data: bytes, size: int) -> int:
        """Take some bytes of a file."""
        return self.desk.arrivals.part(upload, offset, data, size)

    def take(self, control: Carrier, upload: str, size: int, name: str, still: bytes) -> Brought:
        """Clean and keep a file; the field itself is saved later."""
        made = self.desk.arrivals.take(control, upload, size, name, still)
        return cast("Brought", self.desk.shown(made))

    def link(self, address: str) -> MediumValue:
        """Return an address on the web as a value."""
        return cast("MediumValue", self.desk.arrivals.link(address))

    def brought(self) -> Sequence[Brought]:
        """Return what came in lately."""
        return cast("list[Brought]", [self.desk.shown(made) for made in self.desk.arrivals.known()])


@dataclass(frozen=True)
class OpenDesk:
    """A :class:`portfolio.widgets.desk.DeskHost` for one child.

    ``served`` is true under ``portfolio serve``, where the preview and the way out have addresses.
    """

    desk: StudentDesk
    served: bool

    def words(self) -> Mapping[str, str]:
        """Return our phrases in the child's language."""
        return words(self.desk.say)

    def look(self) -> Look:
        """Return language, direction, band and cloth."""
        meta, voice = self.desk.book.portfolio.meta, self.desk.say
        look: dict[str, Any] = {
            "lang": voice.lang,
            "dir": voice.direction,
            "band": BANDS[meta.age_band],
            "cloth": meta.cloth,
        }
        return cast("Look", look)

    def say(self, error: PortfolioError) -> str:
        """Word an error in the child's language."""
        return say(error, self.desk.say)

    def alias(self) -> str:
        """Return an opaque name for the child: unsaved words wait in the browser under it."""
        return hashlib.sha256(f"drafts|{self.desk.portfolio_id}".encode()).hexdigest()[:16]

    def owner(self) -> tuple[str, str]:
        """Return whose book it is, and the round."""
        book = self.desk.book
        return self.desk.say(N_("{name}’s book"), name=book.student.name), book.portfolio.meta.round

    def section_ids(self) -> Sequence[str]:
        """Return the sections the class template knows."""
        return tuple(section.section_id for section in self.desk.book.template.sections)

    def form(self, section_id: str) -> Form:
        """Return what a section asks and what stands there now."""
        return cast("Form", self.desk.form(section_id))

    def keeper(self, section_id: str) -> SectionKeeper:
        """Return who keeps that section."""
        return SectionKeeper(self.desk, section_id)

    def parts(self) -> Sequence[PathPart]:
        """Return the pages of the book with their states."""
        return cast("list[PathPart]", self.desk.path())

    def cloths(self) -> Sequence[tuple[str, str]]:
        """Return the cloths a book may have: name and word."""
        return tuple((name, self.desk.say(word)) for name, word in CLOTHS.items())

    def choose_cloth(self, cloth: str) -> None:
        """Bind the book in this cloth."""
        self.desk.choose_cloth(cloth)

    def who_sees(self) -> Sequence[tuple[str, str]]:
        """Return who can see the desk: when, and who."""
        voice, book = self.desk.say, self.desk.book
        teachers = ", ".join(t.name for t in book.school_class.teachers) or voice("your teacher")
        return (
            (voice("Now"), voice("you and {names}", names=teachers)),
            (voice("Later"), voice("your family, in the file that goes home")),
            (voice("Never"), voice("other children")),
        )

    def links(self) -> Sequence[Link]:
        """Return where one goes from the desk."""
        if not self.served:
            return ()
        link: dict[str, Any] = {"href": "talk", "label": self.desk.say(N_("Show my book")), "icon": "book"}
        return (cast("Link", link),)

    def leave(self) -> str:
        """Return the address "I'm done" goes to."""
        return "done" if self.served else ""

    def now(self) -> datetime:
        """Return the present moment."""
        return self.desk.now()


@dataclass(frozen=True)
class OpenTalk:
    """A :class:`portfolio.widgets.desk.ConferenceHost` for one child: what a page needs, and the page."""

    host: OpenDesk
    page: SafePage

    def words(self) -> Mapping[str, str]:
        """Return our phrases in the child's language."""
        return self.host.words()

    def look(self) -> Look:
        """Return language, direction, band and cloth."""
        return self.host.look()

    def say(self, error: PortfolioError) -> str:
        """Word an error in the child's language."""
        return self.host.say(error)

    def presentation(self) -> SafePage:
        """Return the presentation."""
        return self.page
