# long: one screen, and all it asks of the deck
"""The child's own page while it presents: its lines for what is open, a clicker, what to say, a way on when stuck.

Only the child's visit opens it. It follows the deck by :mod:`portfolio.store.live`, and turns it by a wish the deck
follows at its next look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from portfolio.errors import N_
from portfolio.model import Book, Passage
from portfolio.moments.conference.shows import media_of, pictures_of
from portfolio.moments.conference.table import Table
from portfolio.moments.cover import Cover
from portfolio.moments.room import Asked, At, Looked, Outcome, Screen, unknown
from portfolio.rules import cues, for_audience
from portfolio.rules.family_view import FamilyView
from portfolio.rules.running_order import Scene, running_order
from portfolio.store.live import GO_ON, PAUSE, Standing
from portfolio.views.cues import AskPart, CuesPage, NowPart, Where, render
from portfolio.views.safe import SafePage

FOLLOWS: Final = timedelta(seconds=6)
"""A deck that is open has turned by then: it looks every second."""
OVER: Final = timedelta(hours=6)
"""What was open that long ago was another meeting."""

_NOTHING: Final = N_("Nothing is open yet. Open your desk on the big screen and press “Show my book”.")


@dataclass(frozen=True)
class _Open:
    """The book as it was last looked at, and its screens."""

    revision: int
    book: Book
    view: FamilyView
    scenes: tuple[Scene, ...]

    def at(self, name: str) -> Scene | None:
        """Return a screen by its name."""
        return next((one for one in self.scenes if one.name == name), None) if name else None

    def beside(self, scene: Scene, way: int) -> Scene | None:
        """Return the screen before (-1) or behind (1) another one; ``None`` at the ends."""
        at = self.scenes.index(scene) + way
        return self.scenes[at] if 0 <= at < len(self.scenes) else None


@dataclass(frozen=True)
class _Wish:
    """What this page asked the deck for: which screen, from which one, the number of the wish, when."""

    to: str
    of: str
    number: int
    at: datetime


class CueRoom:
    """The one screen of a child's own page."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._id: Final = table.portfolio_id
        self._live: Final = table.live
        self._known: _Open | None = None
        self._wish: _Wish | None = None

    # --------------------------------------------------------------------------------------------- showing

    def show(self, at: At) -> Screen:
        """Return the page."""
        del at  # there is one screen
        parts = self._parts()
        page = CuesPage(self.table.say, now=parts["cue-now"], ask=parts["cue-ask"])
        return Screen(self.table.say("My lines"), render(page), seen=self._seen())

    def look(self, at: At, seen: str, here: str) -> Looked:
        """Return what is new: the deck was turned, lines were changed, a minute has gone."""
        del at, here  # this page follows
        token = self._seen()
        return Looked(token, {} if token == seen else self._parts())

    def _seen(self) -> str:
        """Return what names the state this page shows."""
        standing, there = self._live.standing(), self._there()
        scene, lost = self._scene(standing)
        name = scene.name if scene else ""
        return f"{there.revision}|{name}|{self._minutes(standing, scene)}|{lost}"

    def _parts(self) -> dict[str, SafePage]:
        standing, there = self._live.standing(), self._there()
        scene, lost = self._scene(standing)
        say, table = self.table.say, self.table
        listens = scene is not None and scene.line.speaker in ("family", "teacher", "adults")
        now = NowPart(
            say=say,
            where=self._where(standing, there, scene) if scene else None,
            cue=cues.cue_now(there.book, there.scenes, scene) if scene else cues.CueNow(()),
            rung=there.book.portfolio.meta.cue_lines,
            lost=lost,
            listens=listens,
            pictures=pictures_of(table),
            media=media_of(table),
        )
        theirs = scene is not None and scene.line.speaker == "family"
        asks = AskPart(
            say=say,
            invites=cues.invites(scene) if scene and not listens else (),
            questions=cues.questions(there.view) if theirs else (),
        )
        return {"cue-now": render(now), "cue-ask": render(asks)}

    def _where(self, standing: Standing, there: _Open, scene: Scene) -> Where:
        before, after = there.beside(scene, -1), there.beside(scene, 1)
        return Where(
            step=scene.step,
            steps=len(there.view.agenda),
            icon=scene.line.icon,
            title=self.table.say(scene.line.title),
            screen=self._called(there, scene),
            after=self._called(there, after) if after else "",
            minutes=self._minutes(standing, scene),
            first=before is None,
            last=after is None,
        )

    def _called(self, there: _Open, scene: Scene) -> Passage | str:
        name = cues.screen_name(there.scenes, scene)
        return self.table.say(name) if isinstance(name, str) else name

    def _minutes(self, standing: Standing, scene: Scene | None) -> int | None:
        """Return how many minutes this part still has, begun ones as whole ones; ``None`` where nobody can tell."""
        if scene is None or standing.turned is None or standing.step != scene.line.step:
            return scene.line.minutes or None if scene else None
        if not scene.line.minutes:
            return None
        gone = (self.table.now() - standing.turned).total_seconds() / 60
        return max(0, -int(-(scene.line.minutes - gone) // 1))

    # ----------------------------------------------------------------------------------------- what is open

    def _there(self) -> _Open:
        """Return the book and its screens; read again only if something was written since."""
        table = self.table
        revision = table.store.revision(self._id)
        if self._known is None or self._known.revision != revision:
            book = table.book
            view = for_audience(book, "conference")
            self._known = _Open(revision, book, view, running_order(view))
        return self._known

    def _scene(self, standing: Standing) -> tuple[Scene | None, bool]:
        """Return the screen this page is at, and whether the deck stays behind.

        What was just asked for counts as open: the deck follows within its next look.
        """
        there, now, wish = self._there(), self.table.now(), self._wish
        if standing.turned is None or now - standing.turned > OVER:
            return None, False
        open_now = there.at(standing.scene)
        if wish is None or wish.number != standing.asked or wish.of != standing.scene:
            return open_now, False
        if now - wish.at > FOLLOWS:
            return open_now, True
        return there.at(wish.to) or open_now, False

    # ----------------------------------------------------------------------------------------------- doing

    def do(self, at: At, asked: Asked) -> Outcome:
        """Turn the deck, ask it for a pause, or show more or less of the lines. Raises ``PortfolioError``."""
        del at
        if asked.what == "turn" and asked.one("way") in ("back", "on"):
            return self._turn(1 if asked.one("way") == "on" else -1)
        if asked.what == "ladder" and asked.one("how") in ("more", "less"):
            return self._climb(1 if asked.one("how") == "more" else -1)
        if asked.what == "pause" and asked.one("how") in ("pause", "on"):
            return self._rest(PAUSE if asked.one("how") == "pause" else GO_ON)
        raise unknown(asked)

    def _turn(self, way: int) -> Outcome:
        standing, there = self._live.standing(), self._there()
        scene, _ = self._scene(standing)
        if scene is None:
            return self._stay(_NOTHING)
        to = there.beside(scene, way)
        if to is None:
            return self._stay(N_("This is the last screen.") if way > 0 else N_("This is the first screen."))
        asked = self._live.want(to.name)
        first = self._wish
        goes_on = first is not None and scene.name == first.to and standing.scene == first.of
        at = first.at if goes_on and first else self.table.now()  # several presses in a row are one wish
        self._wish = _Wish(to.name, standing.scene, asked.asked, at)
        return self._stay("")

    def _rest(self, wish: str) -> Outcome:
        scene, _ = self._scene(self._live.standing())
        if scene is None:
            return self._stay(N_("Take the time you need. Nobody waits for you yet."))
        self._live.want(wish)
        self._wish = None
        return self._stay(
            N_("The big screen rests. Press “Go on” when you are ready.") if wish == PAUSE else ""
        )

    def _climb(self, way: int) -> Outcome:
        there = self.table.store.meta(self._id)[0].cue_lines
        wanted = cues.rung(there, way)
        if wanted == there:
            return self._stay(
                N_("You see all your lines.") if way > 0 else N_("You see no lines now. You can do it.")
            )
        Cover(self.table.store, self._id).choose_cue_lines(wanted)
        return self._stay("")

    def _stay(self, said: str) -> Outcome:
        return Outcome(say=self.table.say(said) if said else "", stay=True, asides=self._parts())
