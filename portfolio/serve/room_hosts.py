"""The pages without a kernel as their carrier asks for them: a family's page, and the child's cues.

Each is one room of :mod:`portfolio.moments.conference` over a table of its own. A room may be made anew at any time
(the server was started again, nobody asked for hours), so it keeps nothing that matters.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from portfolio.carry import phrases
from portfolio.carry.sentences import sentence
from portfolio.errors import NotFound, PortfolioError
from portfolio.moments.arrivals import served_address
from portfolio.moments.conference.table import Table
from portfolio.moments.room import Asked, Looked, Outcome, Room, Screen, Watched
from portfolio.serve.keys import Visit
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.views.pages import BANDS
from portfolio.words import Speech, language, speak

GROWN_UPS: Final = "68"
"""The type of a family's page, whatever the child's age."""


@dataclass(frozen=True)
class RoomPage:
    """A page that carries one room: its name in addresses and places, and who makes the room from a table."""

    name: str
    module: str
    maker: str

    def room(self, table: Table) -> Room:
        """Return the room, fresh. It is imported when somebody first comes."""
        made: Room = getattr(import_module(self.module), self.maker)(table)
        return made


FAMILY: Final = RoomPage("family", "portfolio.moments.conference.family_room", "FamilyRoom")
CUES: Final = RoomPage("cues", "portfolio.moments.conference.cue_room", "CueRoom")


def mark_of(visit: Visit, secret: bytes, page: str) -> str:
    """Return an opaque name of a visit on one of our pages: words that are not sent yet wait in the browser under it."""
    told = f"room page|{page}|{visit.visit_id}|{visit.student_id}|{visit.household_id}"
    return hmac.digest(secret, told.encode("utf-8", "surrogatepass"), "sha256").hex()[:16]


def table_of(visit: Visit, folder: ClassFolder, store: ClassStore, now: Callable[[], datetime]) -> Table:
    """Return the table a visit sits at: a family's for its home, in its language, else the child's own."""
    family = visit.role == "family"
    return Table(
        folder=folder,
        store=store,
        student_id=visit.student_id,
        now=now,
        today=lambda: now().astimezone().date(),
        new_id=lambda: secrets.token_hex(4),
        by=f"family:{visit.household_id}" if family else "student",
        household_id=visit.household_id,
        lang=language_of(visit, store),
        # a family's visit opens no door of recordings: what its page plays stands in it
        address=None if family else served_address,
        glossary=folder.glossary,
    )


class RoomHost:
    """A :class:`portfolio.carry.answers.RoomsHost` over one room of one visit.

    A room that lets its reader choose the language says which is chosen in an attribute ``lang``.
    """

    def __init__(self, page: RoomPage, table: Table, *, mark: str, leave: str = "") -> None:
        self.page, self.table = page, table
        self._mark, self._leave = mark, leave
        self.room = page.room(table)

    @property
    def voice(self) -> Speech:
        """Our texts in the language of this page, as it is now."""
        chosen: object = getattr(self.room, "lang", "")
        return speak(chosen) if isinstance(chosen, str) and chosen else self.table.say

    def start(self) -> str:
        """Return the first place."""
        return self.page.name

    def ways(self) -> Sequence[tuple[str, str, str]]:
        """Return no ways: the page has one room."""
        return ()

    def way_of(self, place: str) -> str:
        """Return the one room there is."""
        del place
        return self.page.name

    def _at(self, place: str) -> tuple[str, ...]:
        name, *at = place.split("/") if place else [self.page.name]
        if name != self.page.name:
            raise NotFound("There is no such page here. Go back to the first one.")
        return tuple(at)

    def show(self, place: str) -> Screen:
        """Return the screen of a place."""
        return self.room.show(self._at(place))

    def do(self, place: str, asked: Asked) -> Outcome:
        """Do what a form asks."""
        return self.room.do(self._at(place), asked)

    def watch(self, place: str, seen: str, here: str) -> Looked | None:
        """Return what is new on a screen."""
        at = self._at(place)
        return self.room.look(at, seen, here) if isinstance(self.room, Watched) else None

    def say(self, error: PortfolioError) -> str:
        """Word an error in the language of the page."""
        return sentence(error, self.voice)

    def words(self) -> Mapping[str, str]:
        """Return the phrases around a room."""
        return phrases.guest_words(self.voice)

    def general(self) -> str:
        """Return the sentence for trouble nobody foresaw."""
        return self.voice(phrases.GENERAL)

    def look(self) -> Mapping[str, Any]:
        """Return language, direction, band and cloth; a grown-up's page has a grown-up's type."""
        meta, voice = self.table.book.portfolio.meta, self.voice
        band = GROWN_UPS if self.table.household_id else BANDS[meta.age_band]
        return {"lang": voice.lang, "dir": voice.direction, "band": band, "cloth": meta.cloth}

    def who(self) -> tuple[str, str]:
        """Return whose meeting it is, and which home sits here."""
        home = self.table.household
        name = self.voice("{name}’s meeting", name=self.table.book.student.name)
        return name, home.label if home else ""

    def alias(self) -> str:
        """Return the visit's name in this browser: no other home ever finds what was begun here."""
        return self._mark

    def leave(self) -> str:
        """Return the address "I'm done" goes to."""
        return self._leave

    def now(self) -> datetime:
        """Return the present moment."""
        return self.table.now()


def language_of(visit: Visit, store: ClassStore) -> str:
    """Return the language a visit's page begins in: the first one its home reads that we speak, else the child's ("")."""
    if visit.role != "family":
        return ""
    home = store.student(visit.student_id).household(visit.household_id)
    reads = home.reads if home else ()
    return next((tag for tag in reads if language(tag).catalog), "")


def host_of(page: RoomPage, visit: Visit, table: Table, secret: bytes) -> RoomHost:
    """Return the host of a visit's page. Raises ``PortfolioError``."""
    leave = f"/{page.name}/done" if visit.role == "family" else ""
    return RoomHost(page, table, mark=mark_of(visit, secret, page.name), leave=leave)
