"""A child's rehearsal of :mod:`portfolio.moments` as the widgets ask for it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from portfolio.errors import N_
from portfolio.moments.rehearsal import RehearsalDesk
from portfolio.moments.standing import last_section
from portfolio.rules.rehearsal import HOW_MUCH, PAGES, PRACTISE
from portfolio.widgets.host import OpenDesk, SectionKeeper
from portfolio.widgets.keeper import Saved
from portfolio.widgets.wire import Form, Link, NoteForChild, PathPart, Value


@dataclass(frozen=True)
class PageKeeper(SectionKeeper):
    """Keeps one page of a rehearsal; tells what was kept where taking a choice back means the first one."""

    def save(self, entry: str, field: str, value: Value, base: int) -> Saved:
        """Keep one value and return when it is on disk."""
        if self.section != HOW_MUCH:
            return super().save(entry, field, value, base)
        done = self.desk.save(self.section, entry, field, value, base)
        return Saved(done.version, done.merged, value=done.value)


@dataclass(frozen=True)
class OpenRehearsal(OpenDesk):
    """A :class:`portfolio.widgets.desk.DeskHost` for the rehearsal of one child."""

    desk: RehearsalDesk

    def alias(self) -> str:
        """Return another name than the desk's: unsaved words of the two never meet."""
        return hashlib.sha256(f"rehearsal|{self.desk.portfolio_id}".encode()).hexdigest()[:16]

    def section_ids(self) -> Sequence[str]:
        """Return the pages of a rehearsal."""
        return tuple(name for name, _, _ in PAGES)

    def form(self, section_id: str) -> Form:
        """Return what a page asks, and on the page of the rehearsals the way to a new one."""
        form = self.desk.form(section_id)
        if section_id == PRACTISE and self.served:
            label = self.desk.say(N_("Practise now"))
            form = {**form, "ways": [{"href": "practise", "label": label, "icon": "play", "main": True}]}
        return cast("Form", form)

    def keeper(self, section_id: str) -> PageKeeper:
        """Return who keeps that page."""
        return PageKeeper(self.desk, section_id)

    def parts(self) -> Sequence[PathPart]:
        """Return the pages with their states."""
        return cast("list[PathPart]", self.desk.path())

    def notes(self) -> Mapping[str, list[NoteForChild]]:
        """Return none: notes of teachers lie on the pages of the book."""
        return {}

    def last_section(self) -> str:
        """Return the page this child wrote on last."""
        return last_section(self.desk, [self.desk.section(name) for name in self.section_ids()])

    def who_sees(self) -> Sequence[tuple[str, str]]:
        """Return who can see the rehearsal: when, and who."""
        voice, now = self.desk.say, super().who_sees()[0]
        return (now, (voice("Never"), voice("your family and other children, unless you show it yourself")))

    def links(self) -> Sequence[Link]:
        """Return where one goes from the rehearsal."""
        if not self.served:
            return ()
        voice = self.desk.say
        return (
            {"href": "desk", "label": voice(N_("Back to my desk")), "icon": "back"},
            {
                "href": "cues",
                "label": voice(N_("My lines in a second window")),
                "icon": "lock",
                "apart": True,
            },
            {"href": "talk", "label": voice(N_("Show my book")), "icon": "book"},
        )
