"""The deck: the child's book by the agenda, one idea a screen, and what is written at the table while it is shown.

All screens stand in the page, so that a deck goes on when its kernel has died. What changes while it is shown are
*pieces*: elements with ids ``live-…`` that come anew when somebody has written, here or on another page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from portfolio.errors import InputRefused, StorageTrouble
from portfolio.model import Book
from portfolio.moments.conference import pieces
from portfolio.moments.conference.held import is_over
from portfolio.moments.conference.piece import Piece
from portfolio.moments.conference.table import Table
from portfolio.moments.home import kept_charts
from portfolio.moments.room import Asked, At, Looked, Outcome, Screen, unknown
from portfolio.moments.talk import talk_html
from portfolio.rules import for_audience
from portfolio.rules.running_order import running_order
from portfolio.store.live import Standing
from portfolio.views.pages import TalkNow
from portfolio.views.safe import SafePage
from portfolio.views.table import NewsPart, render

NEWS: Final = "live-news"
STILL_ON: Final = timedelta(hours=3)
"""So long after its beginning a meeting that nobody ended opens again where it stood."""


class TalkRoom:
    """The deck of one table. ``pieces`` are those of :mod:`portfolio.moments.conference.pieces`."""

    def __init__(self, table: Table, of: Sequence[Piece] | None = None) -> None:
        self.table = table
        self._pieces: Final = tuple(pieces.ALL if of is None else of)
        self._followed = 0
        self._rests = ""
        self._plan: tuple[str, ...] = ()

    def show(self, at: At) -> Screen:
        """Return the whole deck."""
        del at  # there is one screen
        seen, book = self._seen(), self.table.book
        name = book.student.name
        return Screen(self.table.say("{name}’s meeting", name=name), self._deck(book), seen=seen)

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form on the deck asks. Raises ``InputRefused`` while somebody practises: nothing is written then."""
        del at
        if self.table.practise:
            raise InputRefused("You are practising. What you write here is not kept.")
        for piece in self._pieces:
            outcome = piece.do(self.table, asked)
            if outcome is not None:
                return outcome
        raise unknown(asked)

    def look(self, at: At, seen: str, here: str) -> Looked:
        """Note which screen is open; return what others have written since, and the screen another page asks for."""
        del at
        try:
            now = self._turned(here)
        except StorageTrouble:  # what others write must arrive all the same
            now = Standing()
        token = self._seen()
        asides = {} if token == seen else self._news(self.table.book)
        wished = now.asked and now.asked != self._followed
        return Looked(token, asides, f"{now.asked} {now.wanted}" if wished else "")

    def _seen(self) -> str:
        return str(self.table.store.revision(self.table.portfolio_id))

    def _turned(self, here: str) -> Standing:
        """Return where the meeting stands; ``here`` is noted if it is a screen of this deck."""
        live = self.table.live
        was = live.standing()
        if self.table.practise or not here or here in (was.scene, self._rests if not was.scene else ""):
            return was
        book = self.table.book
        scenes = running_order(for_audience(book, "conference"))
        scene = next((one for one in scenes if one.name == here), None)
        if scene is None:
            return was
        if not was.scene and scene != scenes[0] and is_over(self.table, book.portfolio):
            self._rests = here  # the meeting was ended: whoever looks at it again meets nobody
            return was
        if was.scene == scenes[0].name:
            live.begin(self.table.now())
        return live.turn(scene.name, scene.line.step, self.table.now())

    def _news(self, book: Book) -> dict[str, SafePage]:
        """Return all pieces as they are now; where the steps are others than those shown, that one can load them."""
        changed = bool(self._plan) and self._plan != _steps(book)
        return {**self._parts(book), NEWS: render(NewsPart(self.table.say, changed))}

    def _parts(self, book: Book) -> dict[str, SafePage]:
        return {name: html for piece in self._pieces for name, html in piece.parts(self.table, book).items()}

    def _deck(self, book: Book) -> SafePage:
        table, now = self.table, self._now(book)
        glossary, charts = table.glossary() if table.glossary else None, kept_charts(table.folder.charts)
        return talk_html(book, table.store, charts, table.address, glossary, now=now)

    def _now(self, book: Book) -> TalkNow:
        """Return what is written at the table, and since when this step is open."""
        standing = self.table.live.standing()
        self._plan = _steps(book)
        on = standing.began is not None and self.table.now() - standing.began < STILL_ON
        self._followed = standing.asked  # wishes from before this deck was opened are over
        return TalkNow(
            parts=self._parts(book),
            now=self.table.now().isoformat(),
            step=standing.step,
            turned=standing.turned.isoformat() if standing.turned else "",
            scene=standing.scene if on and not self.table.practise else "",
        )


def _steps(book: Book) -> tuple[str, ...]:
    return tuple(line.step for line in for_audience(book, "conference").agenda)
