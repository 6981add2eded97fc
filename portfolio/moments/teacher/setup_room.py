"""Setting up: a class in ten minutes, step by step; every step can be left and come back to.

::

    setup                     the steps, and what is done of each
    setup/class               the class, its days, who is who, a new round           setup_class
    setup/sections            which pages the books have                             setup_sections
    setup/children[/maya]     the children, one of them                              setup_children
    setup/list                a list comes in: columns, a preview, take it in        setup_list
    setup/homes[/maya]        everybody's homes on one screen, those of one child    setup_homes
"""

from __future__ import annotations

from portfolio.errors import NotFound, PortfolioError
from portfolio.moments.room import Asked, At, Outcome, Room, Screen
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_children import ChildrenPart
from portfolio.moments.teacher.setup_class import ClassPart
from portfolio.moments.teacher.setup_homes import HomesPart
from portfolio.moments.teacher.setup_keep import Shown
from portfolio.moments.teacher.setup_list import ListPart
from portfolio.moments.teacher.setup_sections import SectionsPart
from portfolio.moments.teacher.setup_steps import steps_of
from portfolio.views.teacher import render
from portfolio.views.teacher.setup_page import SetupPage

_LIST = "list"


class SetupRoom:
    """The room where a class is set up; each part below has the same door as a room."""

    def __init__(self, desk: TeacherDesk) -> None:
        shown = Shown()
        self._desk = desk
        self._list = ListPart(desk)
        self._parts: dict[str, Room] = {
            "class": ClassPart(desk, shown),
            "sections": SectionsPart(desk),
            "children": ChildrenPart(desk, shown, self._list),
            _LIST: self._list,
            "homes": HomesPart(desk, shown),
        }

    def show(self, at: At) -> Screen:
        """Return the screen of a place; without one, the steps."""
        if not at or at[0] != _LIST:
            self._list.forget()
        if at:
            return self._part(at).show(at[1:])
        say = self._desk.say
        return Screen(
            title=say("Setting up the class"), body=render(SetupPage(say=say, steps=steps_of(self._desk)))
        )

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks. Raises ``PortfolioError``: then nothing was done."""
        return self._part(at).do(at[1:], asked)

    def leave(self) -> None:
        """Forget a list that was looked at and not taken in: the teacher went to another room."""
        self._list.forget()

    def _part(self, at: At) -> Room:
        part = self._parts.get(at[0]) if at else None
        if part is None:
            raise _no_such_page()
        return part


def _no_such_page() -> PortfolioError:
    return NotFound("There is no such page here. Go back to the class.")
