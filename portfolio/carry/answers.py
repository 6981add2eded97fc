"""Carries screens to a page, and what its links and forms ask back. One message in, one answer out.

::

    page                                  here
    {type: go, to, rev}                →  screen
    {type: do, place, what, …}         →  screen, or done (a form that acts) | kept (one that keeps itself) | refused
    {type: look, place, seen, here}    →  looked: what is new on the screen since
    {type: ping}                       →  pong

What is done is done once: a question asked again, because our answer was lost, gets the same answer. Only
``SafePage`` goes to the page as HTML. Nothing here decides anything about a class, and no browser is known.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Protocol

from portfolio.carry.checks import Do, Go, LookAgain, heard, rev_of
from portfolio.carry.sentences import general, worded
from portfolio.errors import ChangedMeanwhile, PortfolioError
from portfolio.moments.room import Asked, Looked, Outcome, Screen
from portfolio.views.icons import drawings, used_in
from portfolio.views.safe import SafePage

log = logging.getLogger("portfolio.carry")

ALWAYS: Final = ("back", "book", "close", "save", "tick", "unsaved", "wait")
"""Drawings of the frame."""
_REMEMBERED: Final = 64
_HEAVY: Final = 4
_HEAVIEST: Final = 50_000_000
"""So many of the answers we remember keep their files, and so many bytes of them; the last one does always."""

Answer = dict[str, Any]
Answered = tuple[Answer, list[bytes]]


class RoomsHost(Protocol):
    """What carrying asks of the rooms, the class and whoever sits there."""

    def start(self) -> str:
        """Return the place one comes to first."""

    def ways(self) -> Sequence[tuple[str, str, str]]:
        """Return the ways at the top: place, words, icon."""

    def way_of(self, place: str) -> str:
        """Return which of the ways is marked at a place."""

    def show(self, place: str) -> Screen:
        """Return the screen of a place. May raise ``PortfolioError``."""

    def do(self, place: str, asked: Asked) -> Outcome:
        """Do what a form asks. Raises ``PortfolioError``: then nothing was done."""

    def watch(self, place: str, seen: str, here: str) -> Looked | None:
        """Return what is new on a screen since ``seen``; ``None`` where nothing is watched."""

    def say(self, error: PortfolioError) -> str:
        """Word an error in the reader's language."""

    def words(self) -> Mapping[str, str]:
        """Return the phrases of :mod:`portfolio.carry.phrases` in the reader's language."""

    def general(self) -> str:
        """Return the sentence for trouble nobody foresaw."""

    def look(self) -> Mapping[str, Any]:
        """Return language, direction, band and cloth."""

    def who(self) -> tuple[str, str]:
        """Return what stands at the top: whose page it is, and who sits here."""

    def alias(self) -> str:
        """Return an opaque name for who sits here: unsaved words wait in the browser under it; "" keeps none."""

    def leave(self) -> str:
        """Return the address "I'm done" goes to; empty has no such button."""

    def now(self) -> datetime:
        """Return the present moment, with its zone."""


class Carrier:
    """One page and its rooms. :meth:`hear` may be called from several threads; messages go one after the other."""

    def __init__(self, host: RoomsHost, *, at: str = "") -> None:
        self._host = host
        self._answered: OrderedDict[int, Answered] = OrderedDict()
        self._lang = host.look()["lang"]
        self._one = threading.Lock()
        self.first: Answer = self._screen(at or host.start(), Outcome(), rev=0)[0]
        """The screen one comes to: it needs no question."""

    def hear(self, content: object, buffers: Sequence[Any]) -> Answered:
        """Answer one message. What nobody foresaw becomes one sentence; its traceback goes to the log."""
        rev = rev_of(content)
        try:
            said = heard(content, buffers)
            if said is None:
                return {"type": "pong"}, []
            with self._one:
                return self._answer(said)
        except PortfolioError as error:
            return self._refused(rev, error), []
        except Exception:  # a reader must read a sentence, whatever went wrong
            log.exception("A page of rooms failed")
            return {"type": "refused", "rev": rev, "sentence": general(self._host, self._lang)}, []

    def _answer(self, said: Go | Do | LookAgain) -> Answered:
        if isinstance(said, LookAgain):
            return self._looked(said), []
        if isinstance(said, Go):
            return self._screen(said.to, Outcome(), rev=said.rev)
        return self._once(said)

    def _once(self, said: Do) -> Answered:
        """Do what is asked, or answer again what was answered to this very question."""
        if said.rev not in self._answered:
            self._answered[said.rev] = self._surely(said)
            while len(self._answered) > _REMEMBERED:
                self._answered.popitem(last=False)
            room = _HEAVIEST
            for n, (rev, (answer, files)) in enumerate(reversed([*self._answered.items()])):
                room -= sum(map(len, files))
                if files and n and (n >= _HEAVY or room < 0):
                    self._answered[rev] = ({**answer, "downloads": []}, [])
        return self._answered[said.rev]

    def _surely(self, said: Do) -> Answered:
        """Do what is asked; there is an answer whatever happens, so that it is never done again."""
        try:
            return self._do(said)
        except Exception:
            log.exception("%s: “%s” failed", said.place, said.asked.what)
            return {"type": "refused", "rev": said.rev, "sentence": general(self._host, self._lang)}, []

    def _do(self, said: Do) -> Answered:
        try:
            outcome = self._host.do(said.place, self._based(said))
        except PortfolioError as error:
            return self._refused(said.rev, error), []
        if said.keep:
            return self._kept(said, outcome), []
        if outcome.stay:
            return self._done(said, outcome)
        return self._screen(outcome.go or said.place, outcome, rev=said.rev)

    def _based(self, said: Do) -> Asked:
        """Return what is asked; words written on a save we have answered since are written on its version."""
        before = self._answered.get(said.after, ({}, []))[0] if said.after is not None else {}
        return replace(said.asked, version=before["version"]) if "version" in before else said.asked

    def _screen(self, place: str, outcome: Outcome, rev: int) -> Answered:
        """Return the screen of a place, and the files that come with it; for trouble a screen that tells it."""
        trouble, shown = "", None
        try:
            shown = self._host.show(place)
            title, html = shown.title, _safe(shown.body)
        except PortfolioError as error:
            title, html, trouble = self._host.words()["not_here"], "", worded(self._host, error, self._lang)
        except Exception:
            log.exception("%s cannot be shown", place)
            title, html, trouble = self._host.words()["not_here"], "", general(self._host, self._lang)
        ways = self._host.ways()
        back = shown.back if shown else None
        if trouble:
            back = (ways[0][0], ways[0][1]) if ways else None
        answer = {
            "type": "screen",
            "rev": rev,
            "place": place or self._host.start(),
            "title": title,
            "html": html,
            "back": list(back) if back else None,
            "trouble": trouble,
            "say": outcome.say,
            "focus": outcome.focus,
            "downloads": _told(outcome),
            "drawings": drawings((*used_in(html), *(icon for _, _, icon in ways))),
            "seen": shown.seen if shown else "",
            **self._frame(place, ways),
        }
        return answer, [one.data for one in outcome.downloads]

    def _frame(self, place: str, ways: Sequence[tuple[str, str, str]]) -> Answer:
        """Return what stands around a screen: it may have changed, with the class and its language."""
        look = self._host.look()
        frame: Answer = {
            "way": self._host.way_of(place),
            "ways": [list(way) for way in ways],
            "names": list(self._host.who()),
            "look": dict(look),
        }
        if look["lang"] != self._lang:
            self._lang = look["lang"]
            frame["words"] = dict(self._host.words())
        return frame

    def _kept(self, said: Do, outcome: Outcome) -> Answer:
        return {
            "type": "kept",
            "rev": said.rev,
            "at": self._host.now().isoformat(),
            "version": said.asked.version if outcome.version is None else outcome.version,
            "say": outcome.say,
            "names": list(self._host.who()),
            **_parts(outcome.asides),
        }

    def _done(self, said: Do, outcome: Outcome) -> Answered:
        """Return what a form that acts has done on a screen that stays: only parts of it are new."""
        answer = {
            "type": "done",
            "rev": said.rev,
            "say": outcome.say,
            "focus": outcome.focus,
            "downloads": _told(outcome),
            **_parts(outcome.asides),
        }
        return answer, [one.data for one in outcome.downloads]

    def _looked(self, said: LookAgain) -> Answer:
        found = self._host.watch(said.place, said.seen, said.here)
        if found is None:
            return {"type": "looked", "rev": said.rev, "seen": "", "at": "", **_parts({})}
        return {
            "type": "looked",
            "rev": said.rev,
            "seen": found.seen,
            "at": found.at,
            **_parts(found.asides),
        }

    def _refused(self, rev: int, error: PortfolioError) -> Answer:
        """Return why something was not done; what somebody else wrote there meanwhile comes with it."""
        answer: Answer = {
            "type": "refused",
            "rev": rev,
            "sentence": worded(self._host, error, self._lang),
            "field": str(error.values.get("field") or ""),
        }
        if isinstance(error, ChangedMeanwhile) and "theirs" in error.values:
            version = error.values.get("version")
            answer["theirs"] = _theirs(error.values["theirs"])
            answer["base"] = version if isinstance(version, int) else None
        return answer


def _told(outcome: Outcome) -> list[dict[str, str]]:
    return [{"name": one.name, "media_type": one.media_type} for one in outcome.downloads]


def _parts(given: Mapping[str, SafePage]) -> Answer:
    """Return parts of a screen by id, and the drawings they need."""
    asides = {name: _aside(name, html) for name, html in given.items()}
    return {"asides": asides, "drawings": drawings(used_in("".join(asides.values())))}


def _safe(html: object) -> str:
    if not isinstance(html, SafePage):
        raise TypeError("A screen shows what portfolio.views has made (SafePage), not any text.")
    return html


def _aside(name: str, html: object) -> str:
    """Return a part of the screen; the words are kept already, so one that is not ours only stays away."""
    if isinstance(html, SafePage):
        return html
    log.error("The part “%s” of a screen is no SafePage and was left out", name)
    return ""


def _theirs(given: object) -> str | dict[str, list[str]]:
    """Return what somebody else wrote, as the page reads it: one text, or texts by field."""
    if not isinstance(given, Mapping):
        return str(given)
    many = {str(name): [value] if isinstance(value, str) else value for name, value in given.items()}
    return {
        name: [str(one) for one in value] if isinstance(value, list | tuple) else [str(value or "")]
        for name, value in many.items()
    }
