"""The rooms of the teacher's desk."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from portfolio.errors import N_, PortfolioError
from portfolio.moments import rooms
from portfolio.moments.rooms import Door
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.template_settle import settle

DOORS: Final = (
    Door("class", N_("The class"), "book", "portfolio.moments.teacher.class_room", "ClassRoom"),
    Door("child", "", "book", "portfolio.moments.teacher.child_room", "ChildRoom", inside="class"),
    Door("note", "", "edit", "portfolio.moments.teacher.note_room", "NoteRoom", inside="class"),
    Door("before", N_("Before the meeting"), "letter", "portfolio.moments.teacher.before_room", "BeforeRoom"),
    Door("meetings", N_("Meetings"), "together", "portfolio.moments.teacher.meetings_room", "MeetingsRoom"),
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
    Door("leaving", "", "home", "portfolio.moments.teacher.leaving_room", "LeavingRoom", inside="out"),
    Door("out", N_("Take along"), "save", "portfolio.moments.teacher.out_room", "OutRoom"),
)
"""In the order of the ways at the top of the desk."""

FIRST: Final = "class"


class Rooms(rooms.Rooms[TeacherDesk]):
    """All rooms of one teacher's desk."""

    def __init__(self, desk: TeacherDesk) -> None:
        super().__init__(desk, DOORS)
        with suppress(PortfolioError):  # a change that was cut off comes to its end first, if it can
            settle(desk.folder, desk.store)

    def ways(self) -> list[tuple[str, str, str]]:
        """Return the ways at the top of the desk: place, words, icon."""
        say = self.desk.say
        return [(door.name, say(door.label), door.icon) for door in DOORS if door.label]
