"""The rooms of a table as a widget asks for them: every call handed on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from portfolio.carry import phrases
from portfolio.carry.sentences import sentence
from portfolio.errors import PortfolioError
from portfolio.moments.conference.practise_room import PractiseRoom
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.talk_room import TalkRoom
from portfolio.moments.room import Asked, Looked, Outcome, Screen
from portfolio.views.pages import BANDS


class OpenTable:
    """A :class:`portfolio.carry.answers.RoomsHost` over the deck of one table: it has one room and no ways."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._room = PractiseRoom(table) if table.practise else TalkRoom(table)

    def start(self) -> str:
        """Return the one place there is."""
        return "talk"

    def ways(self) -> Sequence[tuple[str, str, str]]:
        """Return no ways: slides are turned."""
        return ()

    def way_of(self, place: str) -> str:
        """Return the one place there is."""
        del place
        return "talk"

    def show(self, place: str) -> Screen:
        """Return the deck."""
        return self._room.show((place,))

    def do(self, place: str, asked: Asked) -> Outcome:
        """Do what a form asks."""
        return self._room.do((place,), asked)

    def watch(self, place: str, seen: str, here: str) -> Looked | None:
        """Return what is new on the deck."""
        return self._room.look((place,), seen, here)

    def say(self, error: PortfolioError) -> str:
        """Word an error in the language of the page."""
        return sentence(error, self.table.say)

    def words(self) -> Mapping[str, str]:
        """Return the phrases around the deck."""
        return phrases.talk_words(self.table.say)

    def general(self) -> str:
        """Return the sentence for trouble nobody foresaw."""
        return self.table.say(phrases.GENERAL)

    def look(self) -> Mapping[str, Any]:
        """Return language, direction, band and cloth."""
        meta, voice = self.table.book.portfolio.meta, self.table.say
        return {
            "lang": voice.lang,
            "dir": voice.direction,
            "band": BANDS[meta.age_band],
            "cloth": meta.cloth,
        }

    def who(self) -> tuple[str, str]:
        """Return whose meeting it is."""
        return self.table.book.student.name, ""

    def alias(self) -> str:
        """Return an opaque name for this meeting: words not saved yet wait in the browser under it."""
        page = "practise" if self.table.practise else "table"
        return hashlib.sha256(f"{page}|{self.table.portfolio_id}".encode()).hexdigest()[:16]

    def leave(self) -> str:
        """Return nothing: one leaves by the desk."""
        return ""

    def now(self) -> datetime:
        """Return the present moment."""
        return self.table.now()
