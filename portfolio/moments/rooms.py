"""The rooms of one page, and the way from an address to one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Generic, TypeVar, cast

from portfolio.errors import NotFound
from portfolio.moments.room import Asked, At, Leaving, Looked, Outcome, Room, Screen, Watched

DeskT = TypeVar("DeskT")


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


class Rooms(Generic[DeskT]):
    """The rooms behind these doors; the first is where one comes in. A place is text from a browser: anything may stand there.

    ``desk`` is what every room of them is made with.
    """

    def __init__(self, desk: DeskT, doors: Sequence[Door]) -> None:
        self.desk = desk
        self.doors = tuple(doors)
        self._open: dict[str, Room] = {}
        self._here = ""

    def way_of(self, place: str) -> str:
        """Return which of the ways is marked at a place."""
        door = self._door(place)
        return (door.inside or door.name) if door else self.doors[0].name

    def show(self, place: str) -> Screen:
        """Return the screen of a place; an empty one is the first room's. Raises ``PortfolioError``."""
        room, at = self._room(place)
        return room.show(at)

    def do(self, place: str, asked: Asked) -> Outcome:
        """Do what a form asks on the screen of a place. Raises ``PortfolioError``: then nothing was done."""
        room, at = self._room(place)
        return room.do(at, asked)

    def watch(self, place: str, seen: str, here: str) -> Looked | None:
        """Return what is new on a screen; ``None`` where nothing is watched. Raises ``PortfolioError``."""
        room, at = self._room(place)
        return room.look(at, seen, here) if isinstance(room, Watched) else None

    def _room(self, place: str) -> tuple[Room, At]:
        door = self._door(place)
        if door is None:
            raise NotFound("There is no such page here. Go back to the first one.")
        if door.name not in self._open:
            maker = cast("Callable[[DeskT], Room]", getattr(import_module(door.module), door.maker))
            self._open[door.name] = maker(self.desk)
        left: object = self._open.get(self._here) if self._here != door.name else None
        if isinstance(left, Leaving):
            left.leave()
        self._here = door.name
        return self._open[door.name], tuple(place.split("/")[1:])

    def _door(self, place: str) -> Door | None:
        name = place.split("/")[0] or self.doors[0].name
        return next((door for door in self.doors if door.name == name), None)
