"""A deck that shows given slides and asks nothing: for tests of turning, in a notebook or without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from portfolio.carry import phrases
from portfolio.errors import PortfolioError
from portfolio.moments.room import Asked, Looked, Outcome, Screen
from portfolio.views.safe import SafePage


class StillDeck:
    """A :class:`portfolio.carry.answers.RoomsHost` whose one screen is ``html``; nothing on it is watched."""

    def __init__(self, html: str, look: Mapping[str, Any] | None = None, title: str = "A meeting") -> None:
        self._screen = Screen(title, html)  # type: ignore[arg-type] # some tests give plain text, to see it refused
        self._look = look or {"lang": "en", "dir": "ltr", "band": "35", "cloth": "sea"}

    @classmethod
    def of(cls, html: str, look: Mapping[str, Any] | None = None) -> StillDeck:
        """Return a deck of slides a test has written itself."""
        return cls(SafePage(html), look)

    def start(self) -> str:
        """Return the one place there is."""
        return "talk"

    def ways(self) -> Sequence[tuple[str, str, str]]:
        """Return no ways."""
        return ()

    def way_of(self, place: str) -> str:
        """Return the place."""
        return place

    def show(self, place: str) -> Screen:
        """Return the slides."""
        del place
        return self._screen

    def do(self, place: str, asked: Asked) -> Outcome:
        """Do nothing."""
        del place, asked
        return Outcome()

    def watch(self, place: str, seen: str, here: str) -> Looked | None:
        """Return nothing new."""
        del place, seen, here
        return None

    def say(self, error: PortfolioError) -> str:
        """Return the sentence in English."""
        return str(error)

    def words(self) -> Mapping[str, str]:
        """Return our phrases in English."""
        return phrases.talk_words()

    def general(self) -> str:
        """Return the sentence for anything else."""
        return phrases.GENERAL

    def look(self) -> Mapping[str, Any]:
        """Return the look."""
        return self._look

    def who(self) -> tuple[str, str]:
        """Return nobody."""
        return "", ""

    def alias(self) -> str:
        """Keep nothing in the browser."""
        return ""

    def leave(self) -> str:
        """Return no way out."""
        return ""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(UTC)
