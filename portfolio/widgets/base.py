"""What all our widgets have in common: one shared kit, and a browser that may ask but never set.

::

    Kit (once per desk)     the script, the words, the drawings, the styles: sent once, used by all
    Ours                    an anywidget whose script only fetches the kit
    ├── Sheet               one section of the desk
    ├── Path, SaveStatus, Done, Note
    ├── Rooms               the teacher's desk
    └── Talk                the deck of a meeting
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import anywidget
import ipywidgets
import traitlets

from portfolio.carry import source
from portfolio.views.icons import drawings
from portfolio.widgets import phrases
from portfolio.widgets.wire import Look

log = logging.getLogger("portfolio.widgets")

BY_ITSELF: Look = {"lang": "en", "dir": "ltr", "band": "35", "cloth": "sea"}

ALWAYS = ("back", "book", "camera", "close", "down", "eye", "home", "lamp", "look", "next", "paper") + (
    "drawing",
    "edit",
    "lock",
    "mic",
    "picture",
    "play",
    "plus",
    "remove",
    "save",
    "seat-family",
    "seat-teacher",
    "speak",
    "stop",
    "tick",
    "undo",
    "unsaved",
    "up",
    "wait",
    "writing",
)
"""Drawings the controls themselves use."""


def utc_now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


class Kit(ipywidgets.Widget):  # type: ignore[misc]  # ipywidgets carries no types
    """What all widgets of one desk share. It has no view; widgets point to it.

    ``words``: phrases in the child's language · ``look``: language, direction, band, cloth · ``alias``:
    an opaque name for the child, under which this browser keeps unsaved words; empty keeps none.
    """

    source = traitlets.Unicode().tag(sync=True)
    """The joined script."""
    css = traitlets.Unicode().tag(sync=True)
    """The few styles that only our controls need."""
    words = traitlets.Dict().tag(sync=True)
    drawings = traitlets.Dict().tag(sync=True)
    look = traitlets.Dict().tag(sync=True)
    alias = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, words: Mapping[str, str] | None = None, look: Look = BY_ITSELF, alias: str = ""
    ) -> None:
        made = self.made()
        made["words"] = {**made["words"], **(words or {})}
        super().__init__(**made, look=dict(look), alias=alias)
        self.layout = ipywidgets.Layout()
        self.on_msg(self._dress)

    def made(self) -> dict[str, Any]:
        """Return the script, styles, words and drawings of this kind of kit."""
        return {
            "source": source.script(),
            "css": source.own_styles(),
            "words": phrases.words(),
            "drawings": drawings(ALWAYS),
        }

    def _dress(self, _widget: object, content: object, _buffers: list[Any]) -> None:
        """Send the book's styles to a page that links none, and the tools to one that needs them."""
        if content == {"type": "styles"}:
            self.send({"css": source.styles()})
        if content == {"type": "tools"}:
            self.send({"tools": source.tools()})

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Ignore whatever a page tries to write."""


class Ours(anywidget.AnyWidget):
    """An anywidget of ours. The page can send messages; it can never write a trait."""

    _esm = source.loader()

    shows = traitlets.Unicode().tag(sync=True)
    """Which function of the script fills the widget."""
    kit = traitlets.Instance(Kit).tag(sync=True, **ipywidgets.widget_serialization)
    drawings = traitlets.Dict().tag(sync=True)
    """Drawings this widget needs beside the kit's."""
    mark = traitlets.Unicode().tag(sync=True)
    """A short name, unique on a page that may show widgets of several kernels: ids start with it."""

    def __init__(self, *, kit: Kit | None = None, **traits: Any) -> None:
        kit = kit or Kit()
        super().__init__(kit=kit, layout=kit.layout, mark=f"pf-{uuid4().hex[:8]}", **traits)
        self.on_msg(self._hear)

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Ignore whatever a page tries to write: who the child is and what is kept is decided here."""

    def _hear(self, _widget: object, content: object, buffers: list[Any]) -> None:
        """Answer one message. Nothing ever raises through a comm: what goes wrong is in the log."""
        try:
            self.hear(content, buffers)
        except Exception:
            log.exception("A message to %s failed", type(self).__name__)

    def hear(self, content: object, buffers: list[Any]) -> None:
        """Answer one message from the page; widgets that listen have their own."""

    def tell(self, answer: Mapping[str, Any]) -> None:
        """Send an answer to the page."""
        self.send(dict(answer))

    def __repr__(self) -> str:
        """Say what it is, for notebooks that are run without a browser."""
        return f"<{type(self).__name__}>"


Clock = Callable[[], datetime]
