"""The teacher's rooms of :mod:`portfolio.moments.teacher` as the widget asks for them: every call handed on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from portfolio.carry import phrases as room_phrases
from portfolio.errors import PortfolioError
from portfolio.moments.room import Asked, Looked, Outcome, Screen
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import FIRST, Rooms
from portfolio.widgets import phrases
from portfolio.widgets.wire import Look
from portfolio.words import say

BAND: Final = "68"
"""The type of the desk: a book for grown-ups, at 18 px."""


class OpenRooms:
    """A :class:`portfolio.widgets.rooms.RoomsHost` over one teacher's desk.

    ``served`` is true under ``portfolio serve``, where the way out has an address.
    """

    def __init__(self, desk: TeacherDesk, *, served: bool, rooms: Rooms | None = None) -> None:
        self.desk = desk
        self._served = served
        self._rooms = rooms or Rooms(desk)

    def start(self) -> str:
        """Return the class, or where one sets up a class that nobody is in yet."""
        return FIRST if self.desk.store.students() else "setup"

    def ways(self) -> Sequence[tuple[str, str, str]]:
        """Return the ways at the top of the desk."""
        return self._rooms.ways()

    def way_of(self, place: str) -> str:
        """Return which of the ways is marked at a place."""
        return self._rooms.way_of(place)

    def show(self, place: str) -> Screen:
        """Return the screen of a place."""
        return self._rooms.show(place)

    def do(self, place: str, asked: Asked) -> Outcome:
        """Do what a form asks."""
        return self._rooms.do(place, asked)

    def say(self, error: PortfolioError) -> str:
        """Word an error in the language of the class."""
        return say(error, self.desk.say)

    def words(self) -> Mapping[str, str]:
        """Return the frame's phrases in the language of the class."""
        return room_phrases.words(self.desk.say)

    def childrens_words(self) -> Mapping[str, str]:
        """Return the phrases of the children's pages."""
        return phrases.words(self.desk.say)

    def general(self) -> str:
        """Return the sentence for trouble nobody foresaw."""
        return self.desk.say(room_phrases.GENERAL)

    def watch(self, place: str, seen: str, here: str) -> Looked | None:
        """Return what is new on a screen."""
        return self._rooms.watch(place, seen, here)

    def look(self) -> Look:
        """Return the language of the class; the desk itself is bound in sea."""
        voice = self.desk.say
        return {
            "lang": voice.lang,
            "dir": "rtl" if voice.direction == "rtl" else "ltr",
            "band": BAND,
            "cloth": "sea",
        }

    def who(self) -> tuple[str, str]:
        """Return what the class is called, and who sits here."""
        return self.desk.school_class.name, self.desk.teacher.name

    def alias(self) -> str:
        """Return an opaque name for this teacher and class: unsaved words wait in the browser under it."""
        secret = self.desk.folder.secret.read_bytes() if self.desk.folder.secret.is_file() else b""
        told = b"teacher's drafts|" + secret + self.desk.teacher_id.encode()
        return hashlib.sha256(told).hexdigest()[:16]

    def leave(self) -> str:
        """Return the address "I'm done" goes to."""
        return "done" if self._served else ""

    def now(self) -> datetime:
        """Return the present moment."""
        return self.desk.now()
