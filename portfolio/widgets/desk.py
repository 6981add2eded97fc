"""The desk and the conference, as the cells of a notebook know them: one call a cell.

::

    desk = Desk(host)
    desk  # contents and the line about saving
    desk.section("strengths")  # one cell for each section
    desk.done()

The host is written in :mod:`portfolio.moments`; it knows the class, the child and the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import ipywidgets

from portfolio.carry.answers import RoomsHost
from portfolio.errors import NotFound, PortfolioError
from portfolio.widgets.base import Kit
from portfolio.widgets.cloths import Cloths
from portfolio.widgets.keeper import SheetKeeper
from portfolio.widgets.path import Done, Note, Path, Ready, SaveStatus
from portfolio.widgets.reading import Question, ReadingPanel
from portfolio.widgets.sheet import Sheet
from portfolio.widgets.talk import Talk
from portfolio.widgets.wire import Form, LikesToRead, Link, Look, NoteForChild, PathPart, Standing


class PageHost(Protocol):
    """What every page of ours needs to know."""

    def words(self) -> Mapping[str, str]:
        """Return the phrases of :mod:`portfolio.widgets.phrases` in the child's language."""

    def look(self) -> Look:
        """Return language, direction, band and cloth."""

    def say(self, error: PortfolioError) -> str:
        """Word an error in the child's language."""


class DeskHost(PageHost, Protocol):
    """What the desk asks of the class, the child and the store."""

    def alias(self) -> str:
        """Return an opaque name for the child, the same at every visit: unsaved words wait under it."""

    def owner(self) -> tuple[str, str]:
        """Return whose book it is and the round: ("Noa’s book", "Fall 2026")."""

    def section_ids(self) -> Sequence[str]:
        """Return the sections the class template knows."""

    def form(self, section_id: str) -> Form:
        """Return what a section asks and what stands there now."""

    def keeper(self, section_id: str) -> SheetKeeper:
        """Return who keeps that section."""

    def parts(self) -> Sequence[PathPart]:
        """Return the pages of the book with their states, as they are now."""

    def cloths(self) -> Sequence[tuple[str, str]]:
        """Return the cloths a book may have: name and word."""

    def choose_cloth(self, cloth: str) -> None:
        """Bind the book in this cloth. May raise :class:`~portfolio.errors.PortfolioError`."""

    def reading_asks(self) -> Sequence[Question]:
        """Return the questions about how one likes to read."""

    def choose_reading(self, chosen: Mapping[str, str]) -> LikesToRead:
        """Keep how the child likes to read and return it. May raise ``PortfolioError``."""

    def last_section(self) -> str:
        """Return the section the child wrote in last, or ""."""

    def standing(self) -> Standing:
        """Return whether the child has called its book ready, and what there is still room for."""

    def set_ready(self, ready: bool) -> None:
        """Note that the child calls its book ready, or not yet. May raise ``PortfolioError``."""

    def pick_for_next(self, section_id: str, on: bool) -> None:
        """Note that a page goes to the child's next teacher, or that it does not. May raise ``PortfolioError``."""

    def notes(self) -> Mapping[str, list[NoteForChild]]:
        """Return the notes of teachers by the page they lie on; pages without any are left out."""

    def revision(self) -> int:
        """Return a number that is another one after every change of the book, by whomever."""

    def who_sees(self) -> Sequence[tuple[str, str]]:
        """Return who can see the desk: lines of when and who."""

    def links(self) -> Sequence[Link]:
        """Return where one goes from the desk (the preview)."""

    def leave(self) -> str:
        """Return the address "I'm done" goes to; empty stays on the page."""

    def now(self) -> datetime:
        """Return the present moment, with its zone."""


class Desk:
    """A child's desk in a notebook."""

    def __init__(self, host: DeskHost) -> None:
        self._host = host
        self._kit = Kit(host.words(), host.look(), host.alias())
        self._sheets: dict[str, Sheet] = {}
        self._path: Path | None = None
        self._revision = -1

    def section(self, section_id: str) -> Sheet | Note:
        """Return the controls of a section; for one the class does not have, a sentence naming those it has."""
        known = self._host.section_ids()
        if section_id not in known:
            return self._note(section_id, known)
        if section_id not in self._sheets:
            self._sheets[section_id] = Sheet(
                self._host.form(section_id),
                self._host.keeper(section_id),
                kit=self._kit,
                say=self._host.say,
                clock=self._host.now,
                on_change=self._changed,
                fresh=lambda: self._host.form(section_id),
            )
        return self._sheets[section_id]

    def path(self) -> Path:
        """Return the contents of the book, always the same one; it follows what is saved."""
        if self._path is None:
            owner, when = self._host.owner()
            last = self._host.last_section()
            ways = [link for link in self._host.links() if link.get("top")]
            self._path = Path(self._host.parts(), owner=owner, when=when, last=last, ways=ways, kit=self._kit)
        return self._path

    def cloths(self) -> Cloths:
        """Return the six cloths to choose from."""
        host = self._host
        chosen = host.look()["cloth"]
        return Cloths(host.cloths(), chosen, keep=host.choose_cloth, say=host.say, kit=self._kit)

    def reading(self) -> ReadingPanel:
        """Return how the child likes to read, to choose."""
        host = self._host
        asks, now = host.reading_asks(), host.look().get("reading")
        return ReadingPanel(asks, now, keep=host.choose_reading, say=host.say, kit=self._kit)

    def status(self) -> SaveStatus:
        """Return the line about saving."""
        return SaveStatus(self._host.who_sees(), on_beat=self._beat, kit=self._kit)

    def done(self) -> Done:
        """Return what stands at the end: whether the book is ready, where one goes from here, the way out."""
        host = self._host
        ready = Ready(host.standing, host.set_ready, host.say, host.pick_for_next)
        return Done(host.links(), leave=host.leave(), ready=ready, kit=self._kit)

    def sheets(self) -> Mapping[str, Sheet]:
        """Return the sheets made so far, by section: a host renews those that show what others changed."""
        return dict(self._sheets)

    def _note(self, section_id: str, known: Sequence[str]) -> Note:
        error = NotFound(
            "This class has no section called “{section}”. It has: {known}.",
            section=section_id,
            known=", ".join(known),
        )
        return Note(self._host.say(error), kit=self._kit)

    def _changed(self) -> None:
        if self._path is not None:
            self._path.renew(self._host.parts())

    def _beat(self) -> None:
        """Look whether somebody else has changed the book: a teacher's note is there without loading the page."""
        revision = self._host.revision()
        if revision == self._revision:
            return
        self._revision = revision
        self._changed()
        notes = self._host.notes()
        for section_id, sheet in self._sheets.items():
            sheet.renew_notes(notes.get(section_id, []))

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show contents and saving line when the desk itself stands at the end of a cell."""
        box = ipywidgets.VBox([self.status(), self.path(), self.cloths(), self.reading()])
        return box._repr_mimebundle_(**kwargs)


class ConferenceHost(Protocol):
    """What the conference asks: the deck to show."""

    def table(self) -> RoomsHost:
        """Return the deck, made for whoever sits at the table."""

    def links(self) -> Sequence[Link]:
        """Return where one goes from the presentation (back to the desk)."""


class Conference:
    """The conference in a notebook: the deck of the child's book."""

    def __init__(self, host: ConferenceHost) -> None:
        self._host = host

    def show(self) -> Talk:
        """Return the deck."""
        return Talk(self._host.table(), links=self._host.links())
