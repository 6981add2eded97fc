"""One child's book gathered for its teacher's eyes: everything that stands in it, nothing that could change it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from portfolio.errors import N_, NotFound, PortfolioError
from portfolio.model import Book, Comment, Entry, Section, SectionCell, Student, Work
from portfolio.moments.desk import STATE_WORDS
from portfolio.moments.nudges import nudges_for_teacher
from portfolio.moments.teacher.child_said import Teller
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.cards import cards
from portfolio.rules.comments import about, good_and_try, may_change, on_page
from portfolio.rules.progress import SectionState, book_state
from portfolio.rules.shown import WhoSees, chosen_by_the_child, who_sees
from portfolio.rules.unasked import Unasked, unasked
from portfolio.store.class_folder import book_of
from portfolio.views.forms import FormMaker
from portfolio.views.teacher.child_page import (
    CardSeen,
    CommentSeen,
    NoteSeen,
    PageSeen,
    SaidHere,
    UnaskedSeen,
)
from portfolio.words import Speech

SEES: Mapping[WhoSees, str] = {
    "home": N_("The family sees it, at the meeting and at home."),
    "table": N_("The family sees it at the meeting. It does not go home."),
    "teacher": N_("{name} keeps this page from the family. You may read it."),
}
"""Who sees a page, told to the teacher."""

NOT_SHOWN = N_("Not shown at home unless {name} says so.")
"""The same of a page that begins unseen, while its child has chosen nothing."""

NOTE_LINES = (
    ("strength", N_("A strength")),
    ("next_step", N_("A next step")),
    ("home_help", N_("How home can help")),
)
"""The lines of a teacher's own page that families read."""

_BEGINNING = 90


def begun(desk: TeacherDesk, student: Student) -> bool:
    """Return whether a child has opened its book in the round the class is in."""
    now = desk.school_class.round
    return any(meta.round == now for meta in desk.store.rounds(student.student_id))


@dataclass(frozen=True)
class ChildBook:
    """A child's book as it is kept now, read once.

    Raises ``NotFound`` for a child who has no book yet.
    """

    desk: TeacherDesk
    student: Student

    @cached_property
    def book(self) -> Book:
        """The book: class, template, outline, portfolio."""
        folder = self.desk.folder
        return book_of(self.desk.store, folder.template(), folder.outline(), self.student.student_id)

    @property
    def portfolio_id(self) -> str:
        """Which portfolio it is."""
        return self.book.portfolio.meta.portfolio_id

    @property
    def say(self) -> Speech:
        """Our texts in the teacher's language."""
        return self.desk.say

    @cached_property
    def versions(self) -> Mapping[str, int]:
        """The version of each entry."""
        return {kept.entry.entry_id: kept.version for kept in self.desk.store.entries(self.portfolio_id)}

    @cached_property
    def teller(self) -> Teller:
        """Who words what was said."""
        store, student = self.desk.store, self.student.student_id

        def thumb(sha256: str) -> bytes:
            try:
                return store.thumb(student, sha256)
            except PortfolioError:  # a damaged picture must not hide the words beside it
                return b""

        media = self.desk.media_of(student)
        maker = FormMaker(self.say, thumb, self.book.portfolio, {}, media, earlier=self.book.earlier)
        return Teller(self.book, self.say, maker, self.versions)

    @cached_property
    def states(self) -> Mapping[str, SectionState]:
        """How far each page is, by section."""
        return {state.section.section_id: state for state in book_state(self.book)}

    @cached_property
    def nudges(self) -> Mapping[str, tuple[str, ...]]:
        """What a page could say still, by section, in the teacher's sentences."""
        found: dict[str, list[str]] = {}
        for one in nudges_for_teacher(self.book, self.say):
            found.setdefault(one.section_id, []).append(one.sentence)
        return {name: tuple(lines) for name, lines in found.items()}

    def title(self, section_id: str) -> str:
        """Return what a page is called: as the notebook heads it, else as the template says; "" if it is gone."""
        for cell in self.book.outline:
            if isinstance(cell, SectionCell) and cell.section == section_id and cell.heading:
                return self.say(cell.heading)
        section = self.book.template.section(section_id)
        return self.say(section.title) if section else ""

    def section(self, section_id: str) -> Section:
        """Return a page's section. Raises ``NotFound`` for one the book does not have."""
        found = next((one for one in self.book.sections() if one.section_id == section_id), None)
        if found is None:
            raise NotFound("This book has no such page any more. Go back to the book.")
        return found

    def outline(self) -> tuple[Section, ...]:
        """Return the pages in the order of the notebook, each once (a page may stand there twice); no letters."""
        shown = {section.section_id: section for section in self.book.sections()}
        return tuple(section for section in shown.values() if section.holds != "replies")

    def holding(self, entries: Iterable[str]) -> tuple[PageSeen, ...]:
        """Return the pages these entries stand on, without what is on them."""
        wanted = set(entries)
        names = [
            section.section_id
            for section in self.outline()
            if wanted & {card.entry.entry_id for card in cards(self.book, section)}
            or (
                section.holds == "teacher_page"
                and wanted & {one.entry_id for one in self.book.portfolio.teacher_page}
            )
        ]
        return self.pages(names, whole=False) if names else ()

    def pages(self, wanted: Iterable[str] | None = None, *, whole: bool = True) -> tuple[PageSeen, ...]:
        """Return pages in the order of the outline: those asked for, else all. ``whole``: with all that is on them."""
        names = None if wanted is None else set(wanted)
        return tuple(
            self._page(section, whole=whole)
            for section in self.outline()
            if names is None or section.section_id in names
        )

    def _page(self, section: Section, *, whole: bool) -> PageSeen:
        name, meta = section.section_id, self.book.portfolio.meta
        sees, state = who_sees(meta, section), self.states.get(name)
        found = self.cards(section) if whole else ()
        return PageSeen(
            section_id=name,
            title=self.title(name),
            icon=section.icon,
            state=self.say(STATE_WORDS[state.state]) if state else self._teachers_state(section),
            sees=self._who_sees(section, sees) if sees else "",
            kept_back=sees == "teacher",
            cards=found,
            open_asks=tuple(map(self.say, state.open_asks)) if state else (),
            nudges=self.nudges.get(name, ()),
            comments=self.comments(name),
            notes=self.notes() if section.holds == "teacher_page" else (),
            begins="" if whole else self._begins(section),
        )

    def _who_sees(self, section: Section, sees: WhoSees) -> str:
        chosen = chosen_by_the_child(self.book.portfolio.meta, section)
        return self.say(SEES[sees] if chosen or sees != "teacher" else NOT_SHOWN, name=self.student.name)

    def _teachers_state(self, section: Section) -> str:
        if section.holds == "teacher_page":
            there = any(note.strength or note.next_step for note in self.book.portfolio.teacher_page)
            return self.say("written") if there else self.say("not yet")
        return self.say("for later")  # looking back, where there was no last time

    def cards(self, section: Section) -> tuple[CardSeen, ...]:
        """Return the cards of a page on which something was said."""
        found = []
        for n, card in enumerate(cards(self.book, section), 1):
            said = tuple(one for one in (*self.teller.card(card), *self._beside(card.entry)) if one)
            if said:
                found.append(CardSeen(card.entry.entry_id, self.teller.title(section, card, n), said))
        return tuple(found)

    def has_card(self, entry_id: str) -> bool:
        """Return whether an entry stands on a page of the book that a teacher reads."""
        return any(
            card.entry.entry_id == entry_id
            for section in self.outline()
            for card in cards(self.book, section)
        )

    def _beside(self, entry: Entry) -> Iterator[SaidHere]:
        """Yield what a teacher wrote beside a piece of work: families read it there too."""
        if isinstance(entry, Work) and entry.teacher_note:
            note = entry.teacher_note
            yield SaidHere(ask=self.say("A teacher wrote beside it"), words=note.text.strip(), lang=note.lang)

    def _begins(self, section: Section) -> str:
        """Return how the first words on a page begin, enough to know it again; where there are none, what was picked."""
        said = [one for card in cards(self.book, section) for one in self.teller.card(card, only_words=True)]
        words = (" ".join(one.words.split()) for one in said)
        picks = (", ".join(label for label, _ in one.picks) for one in said)
        text = next((text for text in (*words, *picks) if text), "")
        return text if len(text) <= _BEGINNING else text[: _BEGINNING - 1].rstrip() + "…"

    def notes(self) -> tuple[NoteSeen, ...]:
        """Return what teachers wrote on their own page of the book."""
        found = []
        for note in self.book.portfolio.teacher_page:
            lines = tuple(
                (self.say(word), getattr(note, name).text) for name, word in NOTE_LINES if getattr(note, name)
            )
            who = self.teacher(note.teacher_id)
            if lines:
                found.append(NoteSeen(who[0], who[1], lines, note.strength.lang))
        return tuple(found)

    def teacher(self, teacher_id: str) -> tuple[str, str]:
        """Return a teacher's name and role; for one who is not in the class any more, a word."""
        known = (one for one in self.book.school_class.teachers if one.teacher_id == teacher_id)
        one = next(known, None)
        return (one.name or self.say("Teacher"), one.role) if one else (self.say("A teacher"), "")

    def comments(self, section_id: str | None) -> tuple[CommentSeen, ...]:
        """Return the comments on a page, or (``None``) on the book as a whole."""
        return tuple(self._comment(one) for one in on_page(self.book, section_id))

    def _comment(self, one: Comment) -> CommentSeen:
        parts = good_and_try(one) if one.sends_back else None
        there = about(self.book.portfolio, one)
        return CommentSeen(
            entry_id=one.entry_id,
            version=self.versions.get(one.entry_id, 0),
            who=self.teacher(one.teacher_id)[0],
            words=parts.to_try if parts else one.words.text,
            lang=one.words.lang,
            day=self.say.day(one.on),
            seen=one.seen,
            mine=may_change(one, self.desk.teacher_id),
            good=parts.good if parts else "",
            about=self.called(there) if there else self.title(one.section or "") if one.sends_back else "",
            sends_back=one.sends_back,
        )

    def called(self, entry: Entry) -> str:
        """Return what an entry is called: its card's title, else its first words."""
        for section in self.book.sections():
            for n, card in enumerate(cards(self.book, section), 1):
                if card.entry.entry_id == entry.entry_id:
                    return self.teller.title(section, card, n) or self.say(card.asks[0][1].ask)
        return ""

    def unasked(self) -> tuple[UnaskedSeen, ...]:
        """Return what stands in the book without a question, gathered by the page it was written on."""
        pages: dict[str, list[Unasked]] = {}
        for one in unasked(self.book):
            pages.setdefault(one.section_id, []).append(one)
        return tuple(
            UnaskedSeen(
                self.title(name) or self.say("A page that is gone"), tuple(map(self.teller.unasked, found))
            )
            for name, found in pages.items()
        )

    def damaged(self) -> tuple[str, ...]:
        """Return the ids of what cannot be read."""
        with contextlib.suppress(PortfolioError):
            return self.desk.store.damaged(self.portfolio_id)
        return ()


def meta_id(desk: TeacherDesk, student: Student) -> str:
    """Return the id of a child's portfolio of this round. Raises ``NotFound`` if there is none yet."""
    now = desk.school_class.round
    found = next((meta for meta in desk.store.rounds(student.student_id) if meta.round == now), None)
    if found is None:
        raise NotFound(
            "{name} has not opened the book yet, so there is nothing to do here.", name=student.name
        )
    return found.portfolio_id
