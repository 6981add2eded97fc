"""What was on a page of the desk before: taking back, doing again, earlier days, told in the child's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Final, NamedTuple

from portfolio.errors import N_, NotFound
from portfolio.model import Book, Entry, Prompt, Section
from portfolio.moments.desk import StudentDesk
from portfolio.moments.history import days
from portfolio.rules.cards import Card, card_of, cards
from portfolio.rules.filling import is_empty, value_of
from portfolio.store.port import Change
from portfolio.words import Speech

LONGEST_ANSWER: Final = 3000
"""So many signs of an answer are shown in the list of earlier days; bringing it back brings all of it."""


class Moved(NamedTuple):
    """What stands on a page after something was taken back, done again or brought back.

    ``entry`` is the card it happened to; ``cards`` and ``steps`` as in a form.
    """

    entry: str
    cards: list[dict[str, Any]]
    steps: dict[str, bool]


def take_back(desk: StudentDesk, section_id: str) -> Moved:
    """Take back the last step on a page; raises as :meth:`portfolio.moments.history.SectionHistory.take_back`."""
    return _moved(desk, section_id, desk.history_of(section_id).take_back(desk.now()))


def do_again(desk: StudentDesk, section_id: str) -> Moved:
    """Do again what was taken back last; see :func:`take_back`."""
    return _moved(desk, section_id, desk.history_of(section_id).do_again(desk.now()))


def bring_back(desk: StudentDesk, section_id: str, entry_id: str, version: int, base: int) -> Moved:
    """Bring back how a card was; raises as :meth:`portfolio.moments.history.SectionHistory.bring_back`.

    Raises ``NotFound`` also if a card that was taken away has no room any more.
    """
    section = desk.section(section_id)
    there = [card.entry.entry_id for card in cards(desk.fresh(), section)]
    if entry_id not in there and section.holds not in ("answers", "ratings", "look_backs"):
        kept = {known.entry.entry_id for known in desk.store.entries(desk.portfolio_id)}
        if len(kept.intersection(there)) >= section.at_most:
            raise NotFound("There is room for {n} here. Take one away first.", n=section.at_most)
    desk.history_of(section_id).bring_back(entry_id, version, base, desk.now())
    return _moved(desk, section_id, entry_id)


def _moved(desk: StudentDesk, section_id: str, entry_id: str) -> Moved:
    form = desk.form(section_id)
    return Moved(entry_id, form["cards"], form["steps"])


def past(desk: StudentDesk, section_id: str, zone: tzinfo | None) -> list[dict[str, Any]]:
    """Return how a page was at the end of earlier days, newest first: ``PastDay`` of the wire.

    Days end at midnight in ``zone``, ``None`` for this computer's.
    """
    teller = _Teller.of(desk, section_id)
    today = desk.now().astimezone(zone).date()
    found = []
    for day, states in days(desk.history_of(section_id).changes(), today, zone):
        told = [card for change in states.values() if (card := teller.card(change))]
        if told:
            found.append({"day": day.isoformat(), "cards": told})
    return found


@dataclass(frozen=True)
class _Teller:
    """Says in words what stood on cards of one section; ``titles`` are those of the cards there are now."""

    say: Speech
    section: Section
    book: Book
    titles: Mapping[str, str]

    @classmethod
    def of(cls, desk: StudentDesk, section_id: str) -> _Teller:
        """Return the teller of a section."""
        titles = {card["entry_id"]: str(card["title"]) for card in desk.form(section_id)["cards"]}
        return cls(desk.say, desk.section(section_id), desk.fresh(), titles)

    def card(self, change: Change) -> dict[str, Any] | None:
        """Return a card as it was; ``None`` if nothing was on it, or its questions are not asked any more."""
        if change.entry is None:
            return None
        entry_id = change.entry.entry_id
        now = card_of(self.book, self.section, entry_id)
        asks = now.asks if now else tuple((prompt.field, prompt) for prompt in self.section.prompts)
        try:
            lines = list(self._lines(Card(change.entry, asks)))
        except (AttributeError, KeyError, TypeError, ValueError):  # written for another template
            return None
        title = self.titles.get(entry_id, self.say(N_("Not on this page now")))
        told = {"entry": entry_id, "version": change.version, "title": title, "lines": lines}
        return told if lines else None

    def _lines(self, card: Card) -> Iterator[tuple[str, str]]:
        """Yield question and answer; a question without an answer has no line."""
        for field, prompt in card.asks:
            places = ((field, prompt), *card.besides(field, prompt))
            answer = "\n".join(filter(None, (self._words(card.entry, *place) for place in places)))
            if answer:
                yield self.say(prompt.ask), answer[:LONGEST_ANSWER]

    def _words(self, entry: Entry, field: str, prompt: Prompt) -> str:
        """Return an answer in words; of pictures and recordings, how many there are."""
        value = value_of(entry, field, prompt)
        if is_empty(value):
            return ""
        if prompt.control == "photos":
            return self.say(N_("Pictures: {n}"), n=len(value))
        if prompt.control == "media":
            return self.say(N_("Recordings, texts and links: {n}"), n=len(value))
        if prompt.control == "rows":
            return "\n".join(", ".join(str(cell) for cell in row.values() if cell) for row in value)
        if prompt.control == "piece":
            piece = self.book.portfolio.piece(value)
            return piece.title.text if piece and piece.title else self.say(N_("A piece of work"))
        labels = {choice.id: self.say(choice.label) for choice in prompt.choices}
        picked = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in picked)
