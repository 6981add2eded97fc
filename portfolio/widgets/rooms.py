"""The teacher's desk as one widget: it carries screens to the page, and what links and forms ask back.

::

    browser                         kernel
    {type: go, to, rev}          →  screen
    {type: do, place, what, …}   →  screen (a form that acts) | kept (one that keeps itself) | refused
    {type: ping}                 →  pong

What is done is done once: a question asked again, because our answer was lost, gets the same answer. Only
``SafePage`` goes to the page as HTML. Nothing here decides anything about a class.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Protocol

import traitlets

from portfolio.errors import ChangedMeanwhile, PortfolioError
from portfolio.moments.teacher.room import Asked, Outcome, Screen
from portfolio.views.icons import used_in
from portfolio.views.safe import SafePage
from portfolio.widgets import phrases, room_phrases, source
from portfolio.widgets.base import BY_ITSELF, Kit, Ours, drawings
from portfolio.widgets.room_checks import Do, Go, heard, rev_of
from portfolio.widgets.wire import Look

log = logging.getLogger("portfolio.widgets")

ALWAYS: Final = ("back", "book", "close", "save", "tick", "unsaved", "wait")
"""Drawings of the frame."""
_REMEMBERED: Final = 64
_HEAVY: Final = 4
_HEAVIEST: Final = 50_000_000
"""So many of the answers we remember keep their files, and so many bytes of them; the last one does always."""

Answer = dict[str, Any]


class RoomsHost(Protocol):
    """What the desk asks of the rooms, the class and the teacher."""

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

    def say(self, error: PortfolioError) -> str:
        """Word an error in the teacher's language."""

    def words(self) -> Mapping[str, str]:
        """Return the phrases of :mod:`portfolio.widgets.room_phrases` in the teacher's language."""

    def childrens_words(self) -> Mapping[str, str]:
        """Return the phrases of :mod:`portfolio.widgets.phrases`, for trying out what children see."""

    def general(self) -> str:
        """Return the sentence for trouble nobody foresaw."""

    def look(self) -> Look:
        """Return language, direction, band and cloth."""

    def who(self) -> tuple[str, str]:
        """Return what the class is called and who sits here."""

    def alias(self) -> str:
        """Return an opaque name for teacher and class: unsaved words wait in the browser under it."""

    def leave(self) -> str:
        """Return the address "I'm done" goes to; empty has no such button."""

    def now(self) -> datetime:
        """Return the present moment, with its zone."""


class RoomsKit(Kit):
    """The script, words and styles of the teacher's desk. What children's pages have comes when it is asked for."""

    def __init__(
        self,
        words: Mapping[str, str] | None = None,
        look: Look = BY_ITSELF,
        alias: str = "",
        childrens: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(words, look, alias)
        self._childrens = {**phrases.words(), **(childrens or {})}

    def made(self) -> dict[str, Any]:
        """Return the script, words and drawings of the desk."""
        return {
            "source": source.rooms(),
            "css": "",
            "words": room_phrases.words(),
            "drawings": drawings(ALWAYS),
        }

    def _dress(self, _widget: object, content: object, _buffers: list[Any]) -> None:
        """Send the styles to a page that links none, and the children's controls to one that tries them out."""
        if content == {"type": "styles"}:
            self.send({"css": source.rooms_styles()})
        elif content == {"type": "sheets"}:
            given = Kit.made(self)
            self.send({"sheets": {**given, "words": self._childrens}})
        else:
            super()._dress(_widget, content, _buffers)


class Rooms(Ours):
    """The teacher's desk. ``host``: the rooms, usually :class:`portfolio.widgets.rooms_host.OpenRooms`."""

    shows = traitlets.Unicode("rooms").tag(sync=True)
    first = traitlets.Dict().tag(sync=True)
    """The screen one comes to: it needs no question."""
    leave = traitlets.Unicode().tag(sync=True)
    links: traitlets.List[Any] = traitlets.List().tag(sync=True)
    who: traitlets.List[Any] = traitlets.List().tag(sync=True)
    asks = traitlets.Bool(False).tag(sync=True)
    """These three are empty here: the way out and the line about saving are the children's."""

    def __init__(self, host: RoomsHost, *, kit: RoomsKit | None = None) -> None:
        self._host = host
        self._answered: OrderedDict[int, tuple[Answer, list[bytes]]] = OrderedDict()
        self._lang = host.look()["lang"]
        first, _ = self._screen(host.start(), Outcome(), rev=0)
        kit = kit or RoomsKit(host.words(), host.look(), host.alias(), host.childrens_words())
        icons = drawings(icon for _, _, icon in host.ways())
        super().__init__(kit=kit, first=first, leave=host.leave(), drawings=icons)

    def __repr__(self) -> str:
        """Say where one is when the desk opens."""
        return f"<Rooms: “{self.first.get('title', '')}”>"

    # ---------------------------------------------------------------------------------- messages

    def hear(self, content: object, buffers: list[Any]) -> None:
        """Answer one message. What nobody foresaw becomes one sentence; its traceback goes to the log."""
        rev = rev_of(content)
        try:
            said = heard(content, buffers)
            if said is None:
                self.tell({"type": "pong"})
                return
            answer, files = self._go(said) if isinstance(said, Go) else self._once(said)
        except PortfolioError as error:
            answer, files = self._refused(rev, error), []
        except Exception:  # a teacher must read a sentence, whatever went wrong
            log.exception("The teacher's desk failed")
            answer, files = {"type": "refused", "rev": rev, "sentence": self._host.general()}, []
        self.send(answer, files)

    def _go(self, said: Go) -> tuple[Answer, list[bytes]]:
        return self._screen(said.to, Outcome(), rev=said.rev)

    def _once(self, said: Do) -> tuple[Answer, list[bytes]]:
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

    def _surely(self, said: Do) -> tuple[Answer, list[bytes]]:
        """Do what is asked; there is an answer whatever happens, so that it is never done again."""
        try:
            return self._do(said)
        except Exception:
            log.exception("%s: “%s” failed", said.place, said.asked.what)
            return {"type": "refused", "rev": said.rev, "sentence": self._host.general()}, []

    def _do(self, said: Do) -> tuple[Answer, list[bytes]]:
        try:
            outcome = self._host.do(said.place, self._based(said))
        except PortfolioError as error:
            return self._refused(said.rev, error), []
        if said.keep:
            return self._kept(said, outcome), []
        return self._screen(outcome.go or said.place, outcome, rev=said.rev)

    def _based(self, said: Do) -> Asked:
        """Return what is asked; words written on a save we have answered since are written on its version."""
        before = self._answered.get(said.after, ({}, []))[0] if said.after is not None else {}
        return replace(said.asked, version=before["version"]) if "version" in before else said.asked

    def _screen(self, place: str, outcome: Outcome, rev: int) -> tuple[Answer, list[bytes]]:
        """Return the screen of a place, and the files that come with it; for trouble a screen that tells it."""
        trouble, back = "", None
        try:
            shown = self._host.show(place)
            title, html, back = shown.title, _safe(shown.body), shown.back
        except PortfolioError as error:
            title, html, trouble = self._host.words()["not_here"], "", self._host.say(error)
        except Exception:
            log.exception("%s cannot be shown", place)
            title, html, trouble = self._host.words()["not_here"], "", self._host.general()
        ways = self._host.ways()
        if trouble and ways:
            back = (ways[0][0], ways[0][1])
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
            "downloads": [{"name": one.name, "media_type": one.media_type} for one in outcome.downloads],
            "drawings": drawings((*used_in(html), *(icon for _, _, icon in ways))),
            **self._frame(place, ways),
        }
        return answer, [one.data for one in outcome.downloads]

    def _frame(self, place: str, ways: Sequence[tuple[str, str, str]]) -> Answer:
        """Return what stands around a screen: it may have changed, with the class and its language."""
        look = self._host.look()
        frame = {
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
        asides = {name: _aside(name, html) for name, html in outcome.asides.items()}
        return {
            "type": "kept",
            "rev": said.rev,
            "at": self._host.now().isoformat(),
            "version": said.asked.version if outcome.version is None else outcome.version,
            "say": outcome.say,
            "asides": asides,
            "names": list(self._host.who()),
            "drawings": drawings(used_in("".join(asides.values()))),
        }

    def _refused(self, rev: int, error: PortfolioError) -> Answer:
        """Return why something was not done; what somebody else wrote there meanwhile comes with it."""
        answer: Answer = {
            "type": "refused",
            "rev": rev,
            "sentence": self._host.say(error),
            "field": str(error.values.get("field") or ""),
        }
        if isinstance(error, ChangedMeanwhile) and "theirs" in error.values:
            version = error.values.get("version")
            answer["theirs"] = _theirs(error.values["theirs"])
            answer["base"] = version if isinstance(version, int) else None
        return answer


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
