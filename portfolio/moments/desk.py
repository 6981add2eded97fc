# long: what a desk can do stands together
"""A child at its desk: what is asked, what is saved, nothing lost.

Every change names the version it was made from. If somebody else was quicker, the two are merged where
they touch different fields, and both are shown where they touch the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, cast

from portfolio.errors import N_, ChangedMeanwhile, InputRefused, NotFound, SetupTrouble
from portfolio.model import AnyEntry, Book, Entry, Prompt, Section, SectionCell
from portfolio.moments.arrivals import Arrivals
from portfolio.moments.cover import Cover
from portfolio.moments.history import Lately, SectionHistory
from portfolio.moments.school_words import GlossaryNow, SchoolWords, starter
from portfolio.rules.answers import kept as standing
from portfolio.rules.cards import (
    BY_QUESTION,
    FOR_OTHERS,
    Card,
    blank,
    card_as_asked,
    card_of,
    cards,
    kind_of,
    may_go,
)
from portfolio.rules.filling import filled, merged, value_of
from portfolio.rules.progress import State, book_state
from portfolio.rules.set_together import unsaid
from portfolio.rules.shown import WHO_SEES, WhoSees, shown_to, who_sees
from portfolio.store.port import ClassStore, Kept
from portfolio.store.uploads import Uploads
from portfolio.views.forms import FormMaker, MediaAddress, PictureAddress, SpokenAddress
from portfolio.words import Speech, speak

TRIES = 5
"""How often a save is laid over somebody else's before it is shown as two versions."""

STATE_WORDS: dict[State, str] = {
    "empty": N_("not yet"),
    "started": N_("started"),
    "filled": N_("filled in"),
}


@dataclass(frozen=True)
class Saved:
    """What a save did: the version now, whether somebody else's change was kept beside it, and its school words."""

    version: int
    merged: bool
    value: Any
    school_words: list[dict[str, Any]] | None = None


@dataclass(frozen=True)
class StudentDesk:
    """One child's desk, open. All texts it gives are in the child's language.

    ``book`` is the book when the desk was opened (its template and outline stay; entries are read anew).
    ``now`` and ``new_id`` give the time (UTC) and fresh random ids. ``by`` is who writes: ``student`` or
    ``teacher:<id>``. ``uploads`` is where files wait that are on their way in. A page plays recordings from
    ``address``, recorded questions from ``spoken``, shows pictures from ``pictures``; ``glossary``: school words.
    """

    store: ClassStore
    book: Book
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    by: str = "student"
    uploads: Uploads | None = None
    address: MediaAddress = lambda *_: ""  # without a server nothing is played
    spoken: SpokenAddress = lambda _: ""
    pictures: PictureAddress = lambda _: ""
    glossary: GlossaryNow = starter
    _lately: Lately = field(default_factory=Lately, init=False, compare=False, repr=False)

    @property
    def portfolio_id(self) -> str:
        """The portfolio that lies on this desk."""
        return self.book.portfolio.meta.portfolio_id

    @property
    def say(self) -> Speech:
        """Our texts in the language the child writes in."""
        return speak(self.book.portfolio.meta.language)

    def fresh(self) -> Book:
        """Return the book as it is kept now."""
        return self.book.but(portfolio=self.store.portfolio(self.portfolio_id))

    def section(self, section_id: str) -> Section:
        """Return a section of the class template. Raises ``NotFound`` naming those there are."""
        found = self.book.template.section(section_id)
        if found is None:
            raise NotFound(
                "There is no section called “{section}”. This class has: {known}.",
                section=section_id,
                known=", ".join(s.section_id for s in self.book.template.sections),
            )
        return found

    def form(self, section_id: str) -> dict[str, Any]:
        """Return a section as the controls in the browser draw it."""
        section, book = self.section(section_id), self.fresh()
        form = self._maker(book).form(section, self._title(section), cards(book, section))
        back, forth = self.history_of(section_id).steps()
        return {**form, "steps": {"back": back, "forth": forth}}

    def history_of(self, section_id: str) -> SectionHistory:
        """Return what was done in a section, for taking it back. Raises ``NotFound``."""
        return SectionHistory(self.store, self.portfolio_id, self.section(section_id), self.by, self._lately)

    def path(self) -> list[dict[str, str]]:
        """Return the pages of the book with how far each is, in words."""
        return [
            {
                "id": state.section.section_id,
                "title": self.say(self._title(state.section)),
                "icon": state.section.icon,
                "state": state.state,
                "word": self.say(STATE_WORDS[state.state]),
            }
            for state in book_state(self.fresh())
        ]

    def save(self, section_id: str, entry_id: str, field_name: str, value: Any, base: int) -> Saved:
        """Keep one answer and return what is there now.

        ``base`` is the version the hands saw, 0 for a card nobody had kept. Raises ``ChangedMeanwhile``
        with the values ``theirs`` and ``version`` when the same words were changed meanwhile,
        ``TextRefused`` for what does not fit, ``StorageTrouble`` when it could not be kept.
        """
        section = self.section(section_id)
        for _ in range(TRIES):
            kept = self._kept(entry_id)
            card = self._card(section, entry_id, kept)
            prompt = _prompt(card, field_name)
            there = kept.entry if kept else card.entry
            changed = unsaid(
                there, filled(there, field_name, prompt, value, self.book.portfolio.meta.language)
            )
            version = kept.version if kept else 0
            other = version != base
            if other and not self._free(entry_id, base, there, field_name, changed):
                raise ChangedMeanwhile(
                    "Somebody else wrote here too. Nothing is lost: choose what should stay.",
                    theirs=value_of(there, field_name, prompt),
                    version=version,
                )
            try:
                kept = self._keep(changed, version) if kept is None or changed != there else kept
            except ChangedMeanwhile:
                continue
            words = self.school_words.found(kept.entry, field_name, prompt, value)
            return Saved(kept.version, other, value_of(kept.entry, field_name, prompt), words)
        raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")

    def add(self, section_id: str) -> dict[str, Any]:
        """Put one more empty card into a section and return it."""
        section = self.section(section_id)
        if section.holds in (*FOR_OTHERS, *BY_QUESTION):
            raise InputRefused("There is no room for one more here.")
        there = cards(self.fresh(), section)
        if len(there) >= section.at_most:
            raise NotFound("There is room for {n} here. Take one away first.", n=section.at_most)
        for card in there:
            if self._kept(card.entry.entry_id) is None:
                self._keep(card.entry, 0)
        entry = blank(section, f"{kind_of(section).replace('_', '-')}-{self.new_id()}")
        self._keep(entry, 0)
        book = self.fresh()
        return self._maker(book).card(section, Card(entry, _asks(section)), len(cards(book, section)))

    def remove(self, section_id: str, entry_id: str, base: int) -> list[dict[str, Any]]:
        """Take a card away (its history stays) and return the cards that are left."""
        section, kept = self.section(section_id), self._kept(entry_id)
        if kept is not None and not may_go(section, kept.entry):
            raise InputRefused("This one cannot be taken away.")
        if kept is not None and kept.version != base:
            raise ChangedMeanwhile("Somebody wrote here just now, so it was not taken away. Look again.")
        if kept is not None:
            self.store.remove(self.portfolio_id, entry_id, expected=base, by=self.by, at=self.now())
        return list(self.form(section_id)["cards"])

    def arrange(self, section_id: str, order: Sequence[str]) -> list[dict[str, Any]]:
        """Put the cards of a section in this order and return them."""
        section = self.section(section_id)
        there = {card.entry.entry_id: card for card in cards(self.fresh(), section)}
        known = [name for name in order if name in there]
        for name in known:
            if self._kept(name) is None:
                self._keep(there[name].entry, 0)
        self.store.arrange(self.portfolio_id, kind_of(section), known, by=self.by, at=self.now())
        return list(self.form(section_id)["cards"])

    @property
    def arrivals(self) -> Arrivals:
        """What this child brings in. Raises ``SetupTrouble`` for a desk that has no place for it."""
        if self.uploads is None:
            raise SetupTrouble("This desk has no place for files. Open it from the folder of a class.")
        meta = self.book.portfolio.meta
        return Arrivals(self.store, self.uploads, meta.student_id, meta.language, self.now)

    def shown(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return a picture or medium that was brought in as its control shows it."""
        return self._maker(self.book).shown(value)

    def show_to(self, section_id: str, who: str) -> WhoSees:
        """Let these people see a section and return who sees it now; what is chosen for others stays.

        Raises ``InputRefused`` for a page that is not the child's to show or hide, or nobody we know.
        """
        section = self.section(section_id)
        chosen = next((known for known in WHO_SEES if known == who), None)
        for _ in range(TRIES):
            meta, version = self.store.meta(self.portfolio_id)
            if chosen is None or who_sees(meta, section) is None:
                raise InputRefused("Who sees this page cannot be chosen here.")
            try:
                self.store.keep_meta(shown_to(meta, section, chosen), expected=version)
            except ChangedMeanwhile:
                continue
            return chosen
        raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")

    def choose_cloth(self, cloth: str) -> None:
        """Bind the book in another cloth: the child chooses. Raises ``TextRefused`` for one we do not have."""
        self.cover.choose_cloth(cloth)

    @property
    def cover(self) -> Cover:
        """What is chosen for the book as a whole."""
        return Cover(self.store, self.portfolio_id)

    @property
    def school_words(self) -> SchoolWords:
        """Finds the school words in what is written here."""
        meta = self.book.portfolio.meta
        return SchoolWords(self.glossary, meta.age_band, meta.language)

    def _maker(self, book: Book) -> FormMaker:
        versions = {k.entry.entry_id: k.version for k in self.store.entries(self.portfolio_id)}
        thumb = partial(self.store.thumb, book.student.student_id)
        more = (self.address, self.spoken, book.earlier, self.school_words.found, self.pictures)
        return FormMaker(self.say, thumb, book.portfolio, versions, *more)

    def _title(self, section: Section) -> str:
        """Return a section's title: as the teacher's notebook heads it, else as the template says."""
        cells = (cell for cell in self.book.outline if isinstance(cell, SectionCell))
        headed = (cell.heading for cell in cells if cell.section == section.section_id and cell.heading)
        return next(headed, section.title)

    def _kept(self, entry_id: str) -> Kept | None:
        try:
            return self.store.entry(self.portfolio_id, entry_id)
        except NotFound:
            return None

    def _card(self, section: Section, entry_id: str, kept: Kept | None) -> Card:
        if kept is not None and may_go(section, kept.entry):
            return Card(kept.entry, _asks(section))
        card = card_of(self.fresh(), section, entry_id)
        if card is None and kept is not None:  # its question may have another name since this desk was opened
            past = (change.entry for change in self.store.history(self.portfolio_id, entry_id))
            card = card_as_asked(section, past, kept.entry)
        if card is None:
            raise NotFound("This card is not here any more. Your words are still on this page: copy them.")
        return card

    def _free(self, entry_id: str, base: int, there: Entry, name: str, changed: Entry) -> bool:
        """Return whether a change made from ``base`` may be laid over what is there now."""
        if standing(there, name) == standing(changed, name):
            return True
        try:
            past = {c.version: c.entry for c in self.store.history(self.portfolio_id, entry_id)}
        except NotFound:  # a page that is older than a backup that was brought back
            past = {}
        seen = past.get(base) if base else None
        if seen is None:
            return not standing(there, name)
        return merged(seen, there, name)

    def _keep(self, entry: Entry, version: int) -> Kept:
        try:
            return self._write(entry, version)
        except ChangedMeanwhile:
            removed = self._removed(entry.entry_id) if version == 0 else None
            if removed is None:
                raise
            return self._write(entry, removed)

    def _write(self, entry: Entry, expected: int) -> Kept:
        known = cast("AnyEntry", entry)
        return self.store.keep(self.portfolio_id, known, expected=expected, by=self.by, at=self.now())

    def _removed(self, entry_id: str) -> int | None:
        """Return the version of a removal, if the entry was taken away before."""
        past = self.store.history(self.portfolio_id, entry_id)
        return past[-1].version if past and past[-1].entry is None else None


def _asks(section: Section) -> tuple[tuple[str, Prompt], ...]:
    return tuple((p.field, p) for p in section.prompts)


def _prompt(card: Card, name: str) -> Prompt:
    found = card.prompt(name)
    if found is None:
        raise NotFound("This question is not here any more. Your words are still on this page: copy them.")
    return found
