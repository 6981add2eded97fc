"""What stands around the sections: the contents, the one line about saving, the way out, a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import traitlets

from portfolio.errors import PortfolioError
from portfolio.views.icons import drawings
from portfolio.widgets.base import Kit, Ours
from portfolio.widgets.wire import Link, PathPart, Standing


class Path(Ours):
    """The contents of the book: every page, what is on it, and where we are.

    ``parts``: the pages in order · ``owner``: whose book ("Noa’s book") · ``when``: the round ("Fall 2026") ·
    ``last``: the page the child wrote on last, "" if it never wrote · ``ways``: where one goes besides the pages.
    K–2 shows three lines at a time.
    """

    shows = traitlets.Unicode("path").tag(sync=True)
    parts: traitlets.List[Any] = traitlets.List().tag(sync=True)
    owner = traitlets.Unicode().tag(sync=True)
    round = traitlets.Unicode().tag(sync=True)
    last = traitlets.Unicode().tag(sync=True)
    ways: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        parts: Sequence[PathPart],
        *,
        owner: str = "",
        when: str = "",
        last: str = "",
        ways: Sequence[Link] = (),
        kit: Kit | None = None,
    ) -> None:
        icons = _icons([*parts, *ways])
        super().__init__(
            kit=kit, parts=list(parts), owner=owner, round=when, last=last, ways=list(ways), drawings=icons
        )

    def renew(self, parts: Sequence[PathPart]) -> None:
        """Show these states; nothing is sent if none has changed."""
        if list(parts) != self.parts:
            with self.hold_sync():
                self.drawings = _icons([*parts, *self.ways])
                self.parts = list(parts)

    def __repr__(self) -> str:
        """Say how many pages it lists."""
        return f"<Path: {len(self.parts)} pages>"


class SaveStatus(Ours):
    """One line for the whole page: saved, one moment, not saved yet. Asks every now and then if we live.

    ``who``: who can see the page, as lines of when and who (("Now", "you and Mr. L."),). ``on_beat`` is called
    whenever the page has asked: a quiet moment to look what others have done.
    """

    shows = traitlets.Unicode("status").tag(sync=True)
    who: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        who: Sequence[tuple[str, str]] = (),
        *,
        on_beat: Callable[[], None] | None = None,
        kit: Kit | None = None,
    ) -> None:
        self._on_beat = on_beat
        super().__init__(kit=kit, who=[list(line) for line in who])

    def hear(self, content: object, buffers: list[Any]) -> None:  # noqa: ARG002 - pings carry none
        """Answer a ping. What is looked at then is no reason to seem dead: what goes wrong is in the log."""
        if isinstance(content, Mapping) and content.get("type") == "ping":
            self.tell({"type": "pong"})
            if self._on_beat:
                self._on_beat()


@dataclass(frozen=True)
class Ready:
    """What "my book is ready" asks: how the book stands, to keep what the child says of it, and to word trouble.

    ``pick`` keeps whether a page (its id) goes to the child's next teacher.
    """

    standing: Callable[[], Standing]
    keep: Callable[[bool], None]
    say: Callable[[PortfolioError], str]
    pick: Callable[[str, bool], None] | None = None


class Done(Ours):
    """The end of the desk: ready or not yet, links (the preview), and "I'm done", which leaves no words here.

    ``leave``: the address "I'm done" goes to once everything is saved; empty stays on the page. ``ready``: who
    keeps whether the book is ready; without it nobody is asked. The page asks with ``{type: "standing"}`` how
    the book stands and says ``{type: "ready", ready}``, or ``{type: "for_next", id, on}`` of a page for the next
    teacher; each is answered with a ``standing``, or ``refused``, which say ``about: "for_next"`` if it was that.
    """

    shows = traitlets.Unicode("done").tag(sync=True)
    links: traitlets.List[Any] = traitlets.List().tag(sync=True)
    leave = traitlets.Unicode().tag(sync=True)
    asks = traitlets.Bool().tag(sync=True)
    """Whether the child is asked if its book is ready."""

    def __init__(
        self,
        links: Sequence[Link] = (),
        *,
        leave: str = "",
        ready: Ready | None = None,
        kit: Kit | None = None,
    ) -> None:
        self._ready = ready
        icons = drawings(link["icon"] for link in links)
        super().__init__(kit=kit, links=list(links), leave=leave, asks=ready is not None, drawings=icons)

    def hear(self, content: object, buffers: list[Any]) -> None:  # noqa: ARG002 - a word carries none
        """Say how the book stands, after keeping what the child says of it."""
        if self._ready is None or not isinstance(content, Mapping):
            return
        asked = content.get("type")
        if asked not in ("ready", "standing", "for_next"):
            return
        about = {"about": asked} if asked == "for_next" else {}
        try:
            if asked == "ready":
                self._ready.keep(content.get("ready") is True)
            elif asked == "for_next" and self._ready.pick:
                self._ready.pick(str(content.get("id"))[:64], content.get("on") is True)
            self.tell({"type": "standing", **about, **self._ready.standing()})
        except PortfolioError as error:
            self.tell({"type": "refused", **about, "sentence": self._ready.say(error)})


class Note(Ours):
    """A sentence where a section would stand: to a teacher whose notebook asks for one that is not there."""

    shows = traitlets.Unicode("note").tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)

    def __init__(self, sentence: str, *, kit: Kit | None = None) -> None:
        super().__init__(kit=kit, sentence=sentence)

    def __repr__(self) -> str:
        """Say the sentence."""
        return self.sentence


def _icons(parts: Sequence[PathPart | Link]) -> dict[str, Any]:
    return dict(drawings(part["icon"] for part in parts))
