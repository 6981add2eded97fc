"""What a room is: it shows screens, and does what their forms ask.

A *place* is an address inside a page, such as ``child/maya``: the room, and what it is about. A screen is
HTML our own templates made. Its links lead to places (``href="#child/maya"``), its forms say what they do
(``data-do="send-back"``) or that they keep themselves while one writes (``data-keep="note"``).
:mod:`portfolio.carry` carries both, to a widget or over plain HTTP; nothing here knows of a browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from portfolio.errors import NotFound
from portfolio.views.safe import SafePage

At = tuple[str, ...]
"""What stands behind the room's name in a place: ``("maya",)`` in ``child/maya``. May be anything: check it."""


@dataclass(frozen=True)
class Brought:
    """A file that came with a form: the field it was chosen in, its name, its bytes."""

    field: str
    name: str
    data: bytes


@dataclass(frozen=True)
class Asked:
    """What a form asks. All of it comes from a browser: names may be missing, values may be anything.

    ``what`` is the form's ``data-do`` or ``data-keep``. ``values`` holds each field's values in order; the
    pressed button is among them if it has a name. ``version`` is the form's ``data-version``: what the words
    were written on, or ``None``.
    """

    what: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[Brought, ...] = ()
    version: int | None = None

    def one(self, name: str) -> str:
        """Return a field's (first) value without white space around it, or ""."""
        return next(iter(self.values.get(name, ())), "").strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field: the ticks of a group, in order."""
        return self.values.get(name, ())

    def ticked(self, name: str) -> bool:
        """Return whether a tick of this name is set."""
        return bool(self.values.get(name))


@dataclass(frozen=True)
class Download:
    """A file for the teacher's own computer."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Outcome:
    """What became of it.

    ``say`` is a sentence in the reader's language; ``go`` a place to go to ("" stays, and the screen is shown
    anew); ``focus`` the id of the element to look at then. For a form that keeps itself the screen stays as it is:
    ``version`` is what the next save is made from, and ``asides`` are parts of the screen (by id) that say
    something new, such as the list of school words below a note.
    """

    say: str = ""
    go: str = ""
    focus: str = ""
    downloads: tuple[Download, ...] = ()
    version: int | None = None
    asides: Mapping[str, SafePage] = field(default_factory=dict)
    stay: bool = False
    """The screen stays as it is also after a form that acts: only ``asides`` are new, and the form is empty again."""


@dataclass(frozen=True)
class Screen:
    """What stands on the desk now: its title (also the heading of the page), and the rest as HTML.

    ``back`` is the place one came from by its nature (a child's note → the child), as place and words.
    """

    title: str
    body: SafePage
    back: tuple[str, str] | None = None
    seen: str = ""
    """Not empty: the page asks every second what is new since this (:class:`Watched`)."""


@dataclass(frozen=True)
class Looked:
    """What is new on a screen that is watched.

    ``seen`` names the state that is shown now, ``asides`` the parts (by id) that became other ones since the state
    asked about. ``at`` is the scene the child has open, "" while nobody presents.
    """

    seen: str
    asides: Mapping[str, SafePage] = field(default_factory=dict)
    at: str = ""


class Room(Protocol):
    """One room: shows the screens whose places begin with its name, and does what their forms ask."""

    def show(self, at: At) -> Screen:
        """Return the screen of a place. Raises ``PortfolioError`` (``NotFound`` for a place that is not there)."""

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form on that screen asks. Raises ``PortfolioError``: then nothing was done.

        An error whose ``values`` name a ``field`` points to that field of the form. ``ChangedMeanwhile`` with
        the values ``theirs`` and ``version`` shows what somebody else wrote there beside one's own words.
        """


@runtime_checkable
class Leaving(Protocol):
    """A room that keeps something only while one is in it, such as a list that is looked at."""

    def leave(self) -> None:
        """Forget it: the teacher has gone to another room."""


@runtime_checkable
class Watched(Protocol):
    """A room whose screens follow what others do meanwhile: they are asked at most once a second."""

    def look(self, at: At, seen: str, here: str) -> Looked:
        """Return what is new since ``seen``. ``here`` is where a page that leads stands; both come from a browser."""


def unknown(asked: Asked) -> NotFound:
    """Return the error for a form this screen does not have: the page is older than the program."""
    return NotFound("This page is older than the program (“{what}”). Load it again.", what=asked.what[:40])
