# long: every question of the widgets to a desk, each handed on in one line
"""A child's desk of :mod:`portfolio.moments` as the widgets ask for it: every call handed on, nothing decided."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from portfolio.errors import N_, PortfolioError
from portfolio.moments import desk_notes, desk_past
from portfolio.moments.desk import StudentDesk
from portfolio.moments.school_words import WordChoices
from portfolio.moments.standing import last_section, standing
from portfolio.views.pages import BANDS
from portfolio.widgets.keeper import Brought, Carrier, Moved, Saved
from portfolio.widgets.phrases import words
from portfolio.widgets.reading import Question, questions
from portfolio.widgets.table_host import OpenTable
from portfolio.widgets.wire import (
    Card,
    Form,
    GonePart,
    LikesToRead,
    Link,
    Look,
    MediumValue,
    NextStep,
    NoteForChild,
    OpenPart,
    PastDay,
    PathPart,
    PickPage,
    SchoolWord,
    Standing,
    Steps,
    Value,
    WhoSees,
)
from portfolio.words import say

CLOTHS = {
    "moss": N_("moss"),
    "sea": N_("sea"),
    "brick": N_("brick"),
    "berry": N_("berry"),
    "ochre": N_("ochre"),
    "night": N_("night"),
}


def _moved(done: desk_past.Moved) -> Moved:
    return Moved(done.entry, cast("list[Card]", done.cards), cast("Steps", done.steps))


@dataclass(frozen=True)
class SectionKeeper:
    """A :class:`portfolio.widgets.keeper.SheetKeeper`: one section of a desk."""

    desk: StudentDesk
    section: str

    def save(self, entry: str, field: str, value: Value, base: int) -> Saved:
        """Keep one value and return when it is on disk."""
        done = self.desk.save(self.section, entry, field, value, base)
        return Saved(
            done.version, done.merged, school_words=cast("list[SchoolWord] | None", done.school_words)
        )

    def choose_word(self, entry: str, term: str, how: str, base: int) -> Saved:
        """Keep what was chosen for a school word."""
        choices = WordChoices(self.desk.store, self.desk.portfolio_id, self.desk.by)
        done = choices.choose(entry, term, how, base, self.desk.now())
        return Saved(done.version, done.merged)

    def add(self) -> Card:
        """Make one more entry and return it."""
        return cast("Card", self.desk.add(self.section))

    def remove(self, entry: str, base: int) -> list[Card]:
        """Take an entry away and return those that stay."""
        return cast("list[Card]", self.desk.remove(self.section, entry, base))

    def arrange(self, order: list[str]) -> list[Card]:
        """Put the entries in this order and return them."""
        return cast("list[Card]", self.desk.arrange(self.section, order))

    def show_to(self, who: WhoSees) -> WhoSees:
        """Let these people see the section."""
        return self.desk.show_to(self.section, who)

    def read_note(self, entry: str) -> list[NoteForChild]:
        """Keep that the child has read a note; return those on the page."""
        desk_notes.read_note(self.desk, entry)
        return cast("list[NoteForChild]", desk_notes.notes_on(self.desk).get(self.section, []))

    def take_back(self) -> Moved:
        """Take back the last step."""
        return _moved(desk_past.take_back(self.desk, self.section))

    def do_again(self) -> Moved:
        """Do again what was taken back last."""
        return _moved(desk_past.do_again(self.desk, self.section))

    def past(self) -> list[PastDay]:
        """Return how the section was on earlier days of this computer's calendar."""
        return cast("list[PastDay]", desk_past.past(self.desk, self.section, None))

    def bring_back(self, entry: str, version: int, base: int) -> Moved:
        """Bring back how a card was."""
        return _moved(desk_past.bring_back(self.desk, self.section, entry, version, base))

    def where(self, upload: str) -> int:
        """Return how many bytes of a file are here."""
        return self.desk.arrivals.where(upload)

    def part(self, upload: str, offset: int, data: bytes, size: int) -> int:
        """Take some bytes of a file."""
        return self.desk.arrivals.part(upload, offset, data, size)

    def take(self, control: Carrier, upload: str, size: int, name: str, still: bytes) -> Brought:
        """Clean and keep a file; the field itself is saved later."""
        made = self.desk.arrivals.take(control, upload, size, name, still)
        return cast("Brought", self.desk.shown(made))

    def whole(self, sha256: str) -> bytes:
        """Return a picture in its full size."""
        return self.desk.arrivals.store.picture(self.desk.arrivals.student_id, sha256)

    def link(self, address: str) -> MediumValue:
        """Return an address on the web as a value."""
        return cast("MediumValue", self.desk.arrivals.link(address))

    def brought(self) -> Sequence[Brought]:
        """Return what came in lately."""
        return cast("list[Brought]", [self.desk.shown(made) for made in self.desk.arrivals.known()])


@dataclass(frozen=True)
class OpenDesk:
    """A :class:`portfolio.widgets.desk.DeskHost` for one child.

    ``served`` is true under ``portfolio serve``, where the preview and the way out have addresses.
    """

    desk: StudentDesk
    served: bool

    def words(self) -> Mapping[str, str]:
        """Return our phrases in the child's language."""
        return words(self.desk.say)

    def look(self) -> Look:
        """Return language, direction, band and cloth."""
        meta, voice = self.desk.book.portfolio.meta, self.desk.say
        look: dict[str, Any] = {
            "lang": voice.lang,
            "dir": voice.direction,
            "band": BANDS[meta.age_band],
            "cloth": meta.cloth,
            "reading": meta.reading.model_dump(),
        }
        return cast("Look", look)

    def say(self, error: PortfolioError) -> str:
        """Word an error in the child's language."""
        return say(error, self.desk.say)

    def alias(self) -> str:
        """Return an opaque name for the child: unsaved words wait in the browser under it."""
        return hashlib.sha256(f"drafts|{self.desk.portfolio_id}".encode()).hexdigest()[:16]

    def owner(self) -> tuple[str, str]:
        """Return whose book it is, and the round."""
        book = self.desk.book
        return self.desk.say(N_("{name}’s book"), name=book.student.name), book.portfolio.meta.round

    def section_ids(self) -> Sequence[str]:
        """Return the sections the class template knows."""
        return tuple(section.section_id for section in self.desk.book.template.sections)

    def form(self, section_id: str) -> Form:
        """Return what a section asks and what stands there now."""
        return cast("Form", desk_notes.beside_form(self.desk, self.desk.form(section_id)))

    def keeper(self, section_id: str) -> SectionKeeper:
        """Return who keeps that section."""
        return SectionKeeper(self.desk, section_id)

    def parts(self) -> Sequence[PathPart]:
        """Return the pages of the book with their states, and whether a note lies there."""
        unread = {name for name, notes in self.notes().items() if any(not one["seen"] for one in notes)}
        return cast("list[PathPart]", [{**part, "note": part["id"] in unread} for part in self.desk.path()])

    def notes(self) -> Mapping[str, list[NoteForChild]]:
        """Return the notes of teachers by the page they lie on."""
        return cast("dict[str, list[NoteForChild]]", desk_notes.notes_on(self.desk))

    def revision(self) -> int:
        """Return the revision of the book."""
        return self.desk.store.revision(self.desk.portfolio_id)

    def cloths(self) -> Sequence[tuple[str, str]]:
        """Return the cloths a book may have: name and word."""
        return tuple((name, self.desk.say(word)) for name, word in CLOTHS.items())

    def choose_cloth(self, cloth: str) -> None:
        """Bind the book in this cloth."""
        self.desk.choose_cloth(cloth)

    def reading_asks(self) -> Sequence[Question]:
        """Return the questions about how one likes to read."""
        return questions(self.desk.say)

    def choose_reading(self, chosen: Mapping[str, str]) -> LikesToRead:
        """Keep how the child likes to read."""
        return cast("LikesToRead", self.desk.cover.choose_reading(chosen).model_dump())

    def last_section(self) -> str:
        """Return the section this child wrote in last."""
        return last_section(self.desk)

    def standing(self) -> Standing:
        """Return where the book stands."""
        there = standing(self.desk)
        empty, unshown = ([OpenPart(id=i, title=t) for i, t in p] for p in (there.empty, there.unshown))
        nudges = [NextStep(id=i, title=t, sentence=s) for i, t, s in there.nudges]
        return {
            "ready": there.ready,
            "final": there.final,
            "empty": empty,
            "unshown": unshown,
            "nudges": nudges,
            "pages": cast("list[PickPage]", desk_notes.pages_to_pick(self.desk)),
            "gone": cast("list[GonePart]", desk_notes.gone_from(self.desk).get("", [])),
        }

    def set_ready(self, ready: bool) -> None:
        """Note that the child calls its book ready, or not yet."""
        self.desk.cover.set_ready(ready)

    def pick_for_next(self, section_id: str, on: bool) -> None:
        """Note that a page goes to the child's next teacher, or that it does not."""
        desk_notes.pick_for_next(self.desk, section_id, on)

    def who_sees(self) -> Sequence[tuple[str, str]]:
        """Return who can see the desk: when, and who."""
        voice, book = self.desk.say, self.desk.book
        teachers = ", ".join(t.name for t in book.school_class.teachers if t.name) or voice("your teacher")
        return (
            (voice("Now"), voice("you and {names}", names=teachers)),
            (voice("Later"), voice("your family, the pages you show them")),
            (voice("Never"), voice("other children")),
        )

    def links(self) -> Sequence[Link]:
        """Return where one goes from the desk."""
        if not self.served:
            return ()
        voice = self.desk.say
        return (
            {"href": "lines", "label": voice(N_("Get ready for my meeting")), "icon": "speak", "top": True},
            {"href": "talk", "label": voice(N_("Show my book")), "icon": "book"},
            {"href": "home", "label": voice(N_("What goes home")), "icon": "home"},
        )

    def leave(self) -> str:
        """Return the address "I'm done" goes to."""
        return "done" if self.served else ""

    def now(self) -> datetime:
        """Return the present moment."""
        return self.desk.now()


@dataclass(frozen=True)
class OpenTalk:
    """A :class:`portfolio.widgets.desk.ConferenceHost` for one child. ``served``: the desk has an address."""

    deck: OpenTable
    served: bool

    def table(self) -> OpenTable:
        """Return the deck."""
        return self.deck

    def links(self) -> Sequence[Link]:
        """Return the way back to the desk; from practising, to the page one came from."""
        if not self.served:
            return ()
        say = self.deck.table.say
        if self.deck.table.practise:
            return ({"href": "lines#practise", "label": say(N_("Back to my lines")), "icon": "back"},)
        return (
            {"href": "desk", "label": say(N_("Back to my desk")), "icon": "back"},
            {"href": "cues", "label": say(N_("My lines")), "icon": "lock", "apart": True},
        )
