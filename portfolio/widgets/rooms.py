"""Rooms as one widget: a page of a notebook that shows screens and asks what their links and forms ask.

What is asked and answered is :mod:`portfolio.carry`'s; here it only goes through a comm.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import traitlets

from portfolio.carry import phrases as room_phrases
from portfolio.carry import source
from portfolio.carry.answers import ALWAYS, Carrier, RoomsHost
from portfolio.views.icons import drawings
from portfolio.widgets import phrases
from portfolio.widgets.base import BY_ITSELF, Kit, Ours
from portfolio.widgets.wire import Look


class DeskRooms(RoomsHost, Protocol):
    """What the teacher's desk asks beside: it tries out what children see."""

    def childrens_words(self) -> Mapping[str, str]:
        """Return the phrases of :mod:`portfolio.widgets.phrases`, for trying out what children see."""

    def look(self) -> Look:
        """Return language, direction, band and cloth."""


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

    def __init__(self, host: DeskRooms, *, kit: RoomsKit | None = None) -> None:
        self._carrier = Carrier(host)
        kit = kit or RoomsKit(host.words(), host.look(), host.alias(), host.childrens_words())
        icons = drawings(icon for _, _, icon in host.ways())
        super().__init__(kit=kit, first=self._carrier.first, leave=host.leave(), drawings=icons)

    def __repr__(self) -> str:
        """Say where one is when the desk opens."""
        return f"<Rooms: “{self.first.get('title', '')}”>"

    def hear(self, content: object, buffers: list[Any]) -> None:
        """Answer one message."""
        self.send(*self._carrier.hear(content, buffers))
