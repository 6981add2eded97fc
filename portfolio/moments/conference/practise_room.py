"""The deck for the child alone: the same slides, its own lines below each, how long it took at the end.

It is no meeting: what is written at the table has no place here, and where the meeting stands is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from portfolio.errors import N_
from portfolio.model import Book
from portfolio.moments.conference.practising import (
    LONGEST_NAME,
    TICKS,
    is_kept,
    keep_practice,
    steps_in_words,
    total_words,
)
from portfolio.moments.conference.shows import media_of, pictures_of
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.talk_room import TalkRoom
from portfolio.moments.cover import Cover
from portfolio.moments.room import Asked, At, Looked, Outcome, Screen, unknown
from portfolio.rules import cues, for_audience
from portfolio.rules.family_view import AgendaLine
from portfolio.rules.running_order import Scene, running_order
from portfolio.store.stopwatch import Stopwatch
from portfolio.views.cues import CuePart, PractisedPart, render
from portfolio.views.pages import PRACTISED, TalkNow
from portfolio.views.safe import SafePage

HERE = "live-practised"


@dataclass(frozen=True)
class _Deck:
    revision: int
    book: Book
    lines: tuple[AgendaLine, ...]
    scenes: tuple[Scene, ...]


class PractiseRoom(TalkRoom):
    """The deck of one child that practises."""

    def __init__(self, table: Table) -> None:
        super().__init__(table, ())
        self._id = table.portfolio_id
        self._watch = Stopwatch(table.folder.hidden, self._id)
        self._known: _Deck | None = None
        self._ended = False
        self._before = 0.0

    def show(self, at: At) -> Screen:
        """Return the whole deck; a rehearsal that was cut off goes on."""
        if is_kept(self.table, self._watch.open(self.table.now())):
            self._watch.clear()
        self._before = self._watch.times.total
        screen = super().show(at)
        return Screen(self.table.say("I practise my meeting"), screen.body, seen=self._token())

    def look(self, at: At, seen: str, here: str) -> Looked:
        """Count the time of the step that is open; the screen at the end is made when one comes there."""
        del at
        scene = next((one for one in self._there().scenes if one.name == here), None)
        self._watch.look(scene.line.step if scene else "", self.table.now())
        self._ended = here == PRACTISED
        token = self._token()
        return Looked(token, {} if token == seen else self._parts(self._there().book))

    def do(self, at: At, asked: Asked) -> Outcome:
        """Keep the rehearsal, begin anew, or show more or less of the lines. Raises ``PortfolioError``."""
        del at
        if asked.what == "practised":
            made = keep_practice(self.table, self._watch.times, self._there().lines, asked)
            said = N_("It is kept. You find it on the page “Practise”.")
            return self._stay(said if made else N_("This was kept already."))
        if asked.what == "anew":
            self._watch.clear()
            self._before = 0.0
            return self._stay(N_("The time begins from zero."))
        if asked.what == "ladder" and asked.one("how") in ("more", "less"):
            meta = self.table.store.meta(self.table.portfolio_id)[0]
            wanted = cues.rung(meta.cue_lines, 1 if asked.one("how") == "more" else -1)
            Cover(self.table.store, meta.portfolio_id).choose_cue_lines(wanted)
            return self._stay("")
        raise unknown(asked)

    def _stay(self, said: str) -> Outcome:
        parts = self._parts(self._there().book)
        return Outcome(say=self.table.say(said) if said else "", stay=True, asides=parts)

    # ------------------------------------------------------------------------------------------- the deck

    def _token(self) -> str:
        return f"{self._there().revision}|{'end' if self._ended else ''}"

    def _there(self) -> _Deck:
        """Return the book and its screens; read again only if something was written since."""
        table = self.table
        revision = table.store.revision(self._id)
        if self._known is None or self._known.revision != revision:
            book = table.book
            view = for_audience(book, "conference")
            self._known = _Deck(revision, book, view.agenda, running_order(view))
        return self._known

    def _now(self, book: Book) -> TalkNow:
        """Return the lines below the slides; the clock of the step that was open goes on."""
        times, now = self._watch.times, self.table.now()
        step = times.step
        turned = now - timedelta(seconds=times.seconds.get(step, 0.0)) if step else None
        return TalkNow(
            parts=self._parts(book),
            now=now.isoformat(),
            step=step,
            turned=turned.isoformat() if turned else "",
            practise=True,
        )

    def _parts(self, book: Book) -> dict[str, SafePage]:
        scenes = self._there().scenes
        parts = {f"live-cue-{one.name}": self._cue(book, scenes, one) for one in scenes}
        return {**parts, HERE: self._end()}

    def _cue(self, book: Book, scenes: tuple[Scene, ...], scene: Scene) -> SafePage:
        first = scene is scenes[0]
        part = CuePart(
            say=self.table.say,
            cue=cues.cue_now(book, scenes, scene),
            rung=book.portfolio.meta.cue_lines,
            key=f"ladder-{scene.name}",
            pictures=pictures_of(self.table),
            media=media_of(self.table),
            so_far=total_words(self.table.say, self._before) if first and self._before >= 1 else "",
        )
        return render(part)

    def _end(self) -> SafePage:
        say, times, lines = self.table.say, self._watch.times, self._there().lines
        part = PractisedPart(
            say=say,
            total=total_words(say, times.total),
            steps=steps_in_words(say, times, lines),
            to_tick=tuple((name, say(words)) for name, words in TICKS.items()),
            longest=LONGEST_NAME,
            kept=is_kept(self.table, times),
        )
        return render(part)
