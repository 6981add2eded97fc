"""The rooms of the teacher's desk, and the way from an address to one of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

from portfolio.errors import N_, NotFound, PortfolioError
from portfolio.moments.teacher.room import Asked, At, Leaving, Outcome, Room, Screen, TeacherDesk
from portfolio.moments.template_settle import settle


@dataclass(frozen=True)
class Door:
    """A room: its name in addresses, what the way there is called, its icon, the class that makes it.

    Rooms without a ``label`` are reached from another one. Modules are imported when somebody goes there.
    """

    name: str
    label: str
    icon: str
    module: str
    maker: str
    inside: str = ""
    """The room whose way is marked while one is here; the room itself if not said."""


DOORS: Final = (
    Door("class", N_("The class"), "book", "portfolio.moments.teacher.class_room", "ClassRoom"),
    Door("child", "", "book", "portfolio.moments.teacher.child_room", "ChildRoom", inside="class"),
    Door("note", "", "edit", "portfolio.moments.teacher.note_room", "NoteRoom", inside="class"),
    Door("before", N_("Before the meeting"), "letter", "portfolio.moments.teacher.before_room", "BeforeRoom"),
    Door(
        "promised",
        N_("What was promised"),
        "calendar",
        "portfolio.moments.teacher.promised_room",
        "PromisedRoom",
    ),
    Door(
        "template",
        N_("What the books ask"),
        "edit",
        "portfolio.moments.teacher.template_room",
        "TemplateRoom",
    ),
    Door("setup", N_("Setting up"), "steps", "portfolio.moments.teacher.setup_room", "SetupRoom"),
    Door("cards", "", "picture", "portfolio.moments.teacher.cards_room", "CardsRoom", inside="setup"),
    Door("out", N_("Take along"), "save", "portfolio.moments.teacher.out_room", "OutRoom"),
)
"""In the order of the ways at the top of the desk."""

FIRST: Final = "class"


class Rooms:
    """All rooms of one desk. A place is text from a browser: anything may stand there."""

    def __init__(self, desk: TeacherDesk) -> None:
        self.desk = desk
        self._open: dict[str, Room] = {}
        self._here = ""
        with suppress(PortfolioError):  # a change that was cut off comes to its end first, if it can
            settle(desk.folder, desk.store)

    def ways(self) -> list[tuple[str, str, str]]:
        """Return the ways at the top of the desk: place, words, icon."""
        say = self.desk.say
        return [(door.name, say(door.label), door.icon) for door in DOORS if door.label]

    def way_of(self, place: str) -> str:
        """Return which of the ways is marked at a place."""
        door = _door(place)
        return (door.inside or door.name) if door else FIRST

    def show(self, place: str) -> Screen:
        """Return the screen of a place; an empty one is the class. Raises ``PortfolioError``."""
        room, at = self._room(place)
        return room.show(at)

    def do(self, place: str, asked: Asked) -> Outcome:
        """Do what a form asks on the screen of a place. Raises ``PortfolioError``: then nothing was done."""
        room, at = self._room(place)
        return room.do(at, asked)

    def _room(self, place: str) -> tuple[Room, At]:
        door = _door(place)
        if door is None:
            raise NotFound("There is no such page here. Go back to the class.")
        if door.name not in self._open:
            maker = cast("Callable[[TeacherDesk], Room]", getattr(import_module(door.module), door.maker))
            self._open[door.name] = maker(self.desk)
        left: object = self._open.get(self._here) if self._here != door.name else None
        if isinstance(left, Leaving):
            left.leave()
        self._here = door.name
        return self._open[door.name], tuple(place.split("/")[1:])


def _door(place: str) -> Door | None:
    name = place.split("/")[0] or FIRST
    return next((door for door in DOORS if door.name == name), None)
