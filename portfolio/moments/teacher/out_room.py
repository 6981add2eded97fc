"""The room of what is taken along. Places: ``out``, and ``out/home``, ``/table``, ``/next``, ``/hopes``, ``/archive``."""

from __future__ import annotations

from typing import Final, Protocol

from portfolio.errors import N_, NotFound
from portfolio.moments.room import Asked, At, Looked, Outcome, Screen, unknown
from portfolio.moments.teacher.out_archive import ArchiveOut
from portfolio.moments.teacher.out_home import HomeOut
from portfolio.moments.teacher.out_hopes import HopesOut
from portfolio.moments.teacher.out_next import NextOut
from portfolio.moments.teacher.out_table import TableOut
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.teacher import render
from portfolio.views.teacher.out_page import OutPage, Way


class _Thing(Protocol):
    """One thing to take along."""

    def show(self) -> Screen:
        """Return its screen."""

    def do(self, asked: Asked) -> Outcome:
        """Do what a form on that screen asks."""


WAYS: Final = (
    ("home", "home", N_("Books for the homes"), N_("One file for each home, for any phone and for paper.")),
    (
        "table",
        "paper",
        N_("Where everybody is, as a table"),
        N_("For a spreadsheet, in words. For yourself and the office."),
    ),
    (
        "hopes",
        "growing",
        N_("What the class hopes for"),
        N_("What goals are about, who helps, what homes hope. Nobody can tell who."),
    ),
    ("next", "ahead", N_("For the next teacher"), N_("The pages each child picked, and your note.")),
    (
        "archive",
        "save",
        N_("The whole class as one file"),
        N_("For the school, to keep. Opens without this program."),
    ),
)
"""What there is: its name in places, its icon, what it is called, what it is for; in the order of a round."""


class OutRoom:
    """All there is to take along."""

    def __init__(self, desk: TeacherDesk) -> None:
        self.desk = desk
        self._things: dict[str, _Thing] = {
            "home": HomeOut(desk),
            "table": TableOut(desk),
            "hopes": HopesOut(desk),
            "next": NextOut(desk),
            "archive": ArchiveOut(desk),
        }

    def show(self, at: At) -> Screen:
        """Return the screen of a place. Raises ``NotFound`` for a thing that is not there."""
        thing = self._thing(at)
        return thing.show() if thing else self._all()

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form on that screen asks. Raises ``PortfolioError``: then nothing was made."""
        thing = self._thing(at)
        if thing is None:
            raise unknown(asked)
        return thing.do(asked)

    def look(self, at: At, seen: str, here: str) -> Looked:  # noqa: ARG002 - nothing leads here
        """Return what is new on a screen: how far the files for the homes are."""
        thing = self._thing(at)
        return thing.look(seen) if isinstance(thing, HomeOut) else Looked(seen)

    def _thing(self, at: At) -> _Thing | None:
        name = next((part for part in at if part), "")
        if name and name not in self._things:
            raise NotFound("There is no such page here. Go back to the class.")
        return self._things.get(name)

    def _all(self) -> Screen:
        say = self.desk.say
        ways = tuple(Way(f"out/{name}", icon, say(words), say(about)) for name, icon, words, about in WAYS)
        return Screen(say("Take along"), render(OutPage(say=say, ways=ways)))
