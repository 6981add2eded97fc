"""The deck of a meeting as a widget: rooms in a frame that turns slides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from portfolio.carry import phrases as room_phrases
from portfolio.carry import source
from portfolio.carry.answers import Carrier, RoomsHost
from portfolio.views.icons import drawings
from portfolio.widgets.base import BY_ITSELF, Kit, Ours
from portfolio.widgets.wire import Link, Look

DRAWINGS = (
    "back",
    "clock",
    "close",
    "down",
    "eye",
    "next",
    "plus",
    "quiet-place",
    "save",
    "tick",
    "unsaved",
    "wait",
    "whole",
)
"""Drawings around a deck."""


class TalkKit(Kit):
    """The script, words and styles of a deck."""

    def made(self) -> dict[str, Any]:
        """Return the script, words and drawings of a deck."""
        return {
            "source": source.talk(),
            "css": "",
            "words": room_phrases.talk_words(),
            "drawings": drawings((*DRAWINGS, "book", "edit")),
        }

    def _dress(self, _widget: object, content: object, _buffers: list[Any]) -> None:
        """Send the styles to a page that links none."""
        if content == {"type": "styles"}:
            self.send({"css": source.talk_styles()})


class Talk(Ours):
    """A deck. ``host``: the rooms of one table, usually :class:`portfolio.widgets.table_host.OpenTable`.

    Arrow keys, PageUp, PageDown, Home, End and Space turn the leaves, but only while nothing on the leaf has use for
    them; a finger may sweep, a clicker may click. ``links`` stand in the line above.
    """

    shows = traitlets.Unicode("talk").tag(sync=True)
    first = traitlets.Dict().tag(sync=True)
    """The deck as it is when it opens: it needs no question."""
    leave = traitlets.Unicode().tag(sync=True)
    links: traitlets.List[Any] = traitlets.List().tag(sync=True)
    who: traitlets.List[Any] = traitlets.List().tag(sync=True)
    asks = traitlets.Bool(False).tag(sync=True)

    def __init__(self, host: RoomsHost, *, links: Sequence[Link] = (), kit: Kit | None = None) -> None:
        self._carrier = Carrier(host)
        kit = kit or TalkKit(host.words(), _look(host.look()), host.alias())
        icons = drawings(link["icon"] for link in links)
        first, leave = self._carrier.first, host.leave()
        super().__init__(kit=kit, first=first, leave=leave, links=list(links), drawings=icons)

    def __repr__(self) -> str:
        """Say whose meeting it is."""
        return f"<Talk: “{self.first.get('title', '')}”>"

    def hear(self, content: object, buffers: list[Any]) -> None:
        """Answer one message."""
        self.send(*self._carrier.hear(content, buffers))


def _look(given: Mapping[str, Any]) -> Look:
    look: Look = {**BY_ITSELF, **given}  # type: ignore[typeddict-item]  # the host's look is one of ours
    return look
