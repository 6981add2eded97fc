"""What a room of the teacher's desk is: it shows screens, and does what their forms ask.

A *place* is an address inside the desk, such as ``child/maya``: the room, and what it is about. A screen is
HTML our own templates made. Its links lead to places (``href="#child/maya"``), its forms say what they do
(``data-do="send-back"``) or that they keep themselves while one writes (``data-keep="note"``). The widget
:class:`portfolio.widgets.rooms.Rooms` carries both; nothing here knows of a browser.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol, runtime_checkable

from portfolio.errors import NotFound
from portfolio.model import SchoolClass, Student, Teacher
from portfolio.moments.arrivals import inside_address, teachers_address
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.views.forms import MediaAddress
from portfolio.views.safe import SafePage
from portfolio.words import Speech, speak

At = tuple[str, ...]
"""What stands behind the room's name in a place: ``("maya",)`` in ``child/maya``. May be anything: check it."""

WayIn = Literal["", "links", "pictures", "secret pictures"]
"""How children come in while the class is served: each by a link, or all by the picture roster; "" while it is not."""


@dataclass(frozen=True)
class TeacherDesk:
    """The open desk of one teacher: what every room works with.

    ``teacher_id`` says who sits there; ``now`` and ``new_id`` give the time (UTC) and fresh random ids;
    ``today`` is the day on the wall of the classroom. ``new_key`` makes a child's personal key,
    ``fingerprint`` what is kept of it. ``address`` is where children's links begin ("https://…/"), or "" while
    nothing is served; ``way_in`` says whether they come in by links or by the picture roster; ``address_passes``
    whether the next start will have another address.
    """

    folder: ClassFolder
    store: ClassStore
    teacher_id: str
    now: Callable[[], datetime]
    today: Callable[[], date]
    new_id: Callable[[], str]
    randomness: Callable[[int], bytes]
    new_key: Callable[[], str]
    fingerprint: Callable[[str], str]
    address: str = ""
    way_in: WayIn = ""
    address_passes: bool = False

    @property
    def by(self) -> str:
        """Who writes, as the history of a portfolio says it."""
        return f"teacher:{self.teacher_id}"

    @property
    def school_class(self) -> SchoolClass:
        """The class as it is kept now."""
        return self.store.school_class()

    @property
    def teacher(self) -> Teacher:
        """Who sits here, as the class knows it."""
        known = (one for one in self.school_class.teachers if one.teacher_id == self.teacher_id)
        return next(known, None) or Teacher(teacher_id=self.teacher_id, name="")

    @property
    def say(self) -> Speech:
        """Our texts in the language of the class."""
        return speak(self.school_class.language)

    def media_of(self, student_id: str) -> MediaAddress:
        """Return what makes addresses of a child's recordings; "" for a large one while nothing is served."""
        return teachers_address(student_id) if self.way_in else inside_address(self.store, student_id)

    def student(self, at: At) -> Student:
        """Return the child a place is about: its first part. Raises ``NotFound`` with a sentence."""
        student_id = at[0] if at else ""
        found = next((one for one in self.store.students() if one.student_id == student_id), None)
        if found is None:
            raise NotFound("This child is not in the class any more. Go back to the class.")
        return found


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

    ``say`` is a sentence in the teacher's language; ``go`` a place to go to ("" stays, and the screen is shown
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


@dataclass(frozen=True)
class Screen:
    """What stands on the desk now: its title (also the heading of the page), and the rest as HTML.

    ``back`` is the place one came from by its nature (a child's note → the child), as place and words.
    """

    title: str
    body: SafePage
    back: tuple[str, str] | None = None


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


def unknown(asked: Asked) -> NotFound:
    """Return the error for a form this screen does not have: the page is older than the program."""
    return NotFound("This page is older than the program (“{what}”). Load it again.", what=asked.what[:40])
