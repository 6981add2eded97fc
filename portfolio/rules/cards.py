"""What a desk asks: for each section its cards, for each card the record and the prompts that fill it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from portfolio.model import (
    KIND,
    SHELF,
    Agreement,
    Answer,
    Book,
    Choice,
    Entry,
    LookBack,
    Passage,
    Portfolio,
    Prompt,
    Rating,
    Section,
)
from portfolio.model.fields import BESIDE_A_RATING, RECORD
from portfolio.rules import rehearsal
from portfolio.rules.answers import beside_asks, in_a_line, picked_goal
from portfolio.rules.rehearsal import RehearsalPage

FOR_OTHERS: Final = ("teacher_page", "replies")
"""What sections hold that others fill in: nothing of it is written at the desk."""

BY_QUESTION: Final = ("answers", "ratings", "look_backs", "cues", "statements")
"""What sections hold that is one for each of their questions, or for each step of the meeting."""


@dataclass(frozen=True)
class Card:
    """One record to fill in: ``asks`` pairs a field of the record with the prompt that asks for it.

    ``promised`` are words from last time that the card is about (a goal or promise looked back on),
    ``picked`` the pictures of a goal that was picked.
    """

    entry: Entry
    asks: tuple[tuple[str, Prompt], ...]
    promised: Passage = Passage()
    picked: tuple[Choice, ...] = ()

    def prompt(self, place: str) -> Prompt | None:
        """Return the prompt that asks for what stands in a place, also beside words; ``None`` if none does."""
        asks = (ask for field, prompt in self.asks for ask in ((field, prompt), *self.besides(field, prompt)))
        return next((prompt for name, prompt in asks if name == place), None)

    def besides(self, field: str, prompt: Prompt) -> tuple[tuple[str, Prompt], ...]:
        """Return the other ways to answer one of its questions, as :func:`portfolio.rules.answers.beside_asks`."""
        return beside_asks(self.entry, field, prompt)


def cards(book: Book, section: Section) -> tuple[Card, ...]:
    """Return the cards of a section, in order: what is there, then empty ones up to ``at_least``.

    Empty cards have fixed ids (``strength-1``), so that two windows open on the same desk fill the same
    card. The teacher's page and family replies are not written at the desk: no cards.
    """
    if isinstance(section, RehearsalPage):
        return tuple(_rehearsed(book, section))
    if section.holds == "answers":
        return tuple(_answer(book.portfolio, section, prompt) for prompt in section.prompts)
    if section.holds == "ratings":
        questions = (p for p in section.prompts if p.control == "scale")
        return tuple(_rating(book.portfolio, section, prompt) for prompt in questions)
    if section.holds == "look_backs":
        return tuple(_look_backs(book, section))
    if section.holds in FOR_OTHERS:
        return ()
    return tuple(_records(book.portfolio, section))


def card_of(book: Book, section: Section, entry_id: str) -> Card | None:
    """Return the card with this entry, or ``None``."""
    return next((c for c in cards(book, section) if c.entry.entry_id == entry_id), None)


def card_as_asked(section: Section, past: Iterable[Entry | None], now: Entry) -> Card | None:
    """Return the card of an entry as a page asked for it in one of its ``past`` states; ``None`` if none did.

    The page or the question goes by another name since; a desk opened before still knows the old one.
    """
    for was in past:
        if isinstance(was, Answer) and was.section == section.section_id:
            prompt = section.prompt(was.prompt)
            if prompt:
                return Card(now, ((answer_field(prompt), prompt),))
        if isinstance(was, Rating) and was.section == section.section_id:
            prompt = section.prompt(was.question)
            if prompt:
                return Card(now, _rating_asks(section, prompt))
    return None


def blank(section: Section, entry_id: str) -> Entry:
    """Return an empty record for one more card of a section that holds records."""
    return _record(section).model_validate({"entry_id": entry_id})


def asked_here(section: Section, entry: Entry) -> bool:
    """Return whether an entry is of the kind a page of the desk asks for. What others write is of none of these kinds."""
    return section.holds not in FOR_OTHERS and type(entry) is _record(section)


def may_go(section: Section, entry: Entry) -> bool:
    """Return whether an entry of a page can be taken away: one of several of its kind, not an answer to a question."""
    return section.holds not in BY_QUESTION and asked_here(section, entry)


def kind_of(section: Section) -> str:
    """Return the ``kind`` of the entries a section holds."""
    return next(kind for kind, cls in KIND.items() if cls is _record(section))


def _record(section: Section) -> type[Entry]:
    return rehearsal.RECORDS[section.holds] if isinstance(section, RehearsalPage) else RECORD[section.holds]


def _answer(portfolio: Portfolio, section: Section, prompt: Prompt) -> Card:
    found = portfolio.answer(section.section_id, prompt.field) or Answer(
        entry_id=f"{section.section_id}.{prompt.field}", section=section.section_id, prompt=prompt.field
    )
    return Card(entry=found, asks=((answer_field(prompt), prompt),))


def answer_field(prompt: Prompt) -> str:
    """Return which field of an :class:`Answer` a prompt fills."""
    by_control = {"photos": "pictures", "picks": "picks", "one": "picks", "scale": "picks", "media": "media"}
    return by_control.get(prompt.control, "words")


def _rating(portfolio: Portfolio, section: Section, prompt: Prompt) -> Card:
    stored = (r for r in portfolio.ratings if (r.section, r.question) == (section.section_id, prompt.field))
    found = next(stored, None) or Rating(
        entry_id=f"{section.section_id}.{prompt.field}", section=section.section_id, question=prompt.field
    )
    return Card(entry=found, asks=_rating_asks(section, prompt))


def _rating_asks(section: Section, prompt: Prompt) -> tuple[tuple[str, Prompt], ...]:
    more = ((p.field, p) for p in section.prompts if p.field in BESIDE_A_RATING)
    return (("answer", prompt), *more)


def _look_backs(book: Book, section: Section) -> Iterable[Card]:
    """Yield a card for each goal of last round, then for each promise the child itself made at the table."""
    if not book.earlier:
        return
    last, told = book.earlier[-1], book.portfolio.look_backs
    for goal in last.goals:
        beside = goal.beside("goal")
        if goal.goal or goal.picks or beside:
            known = next((one for one in told if one.goal_id == goal.entry_id), None)
            entry = known or LookBack(entry_id=_look_back_id(goal), goal_id=goal.entry_id)
            said, picks = in_a_line(goal.goal, beside), picked_goal(book.template, goal)
            yield Card(entry=entry, asks=_asks(section), promised=said, picked=picks)
    for promise in last.agreements:
        beside = promise.beside("what")
        if promise.who == "student" and (promise.what or beside):
            known = next((one for one in told if one.promise_id == promise.entry_id), None)
            entry = known or look_back_on(promise)
            yield Card(entry=entry, asks=_asks(section), promised=in_a_line(promise.what, beside))


def look_back_on(promise: Agreement) -> LookBack:
    """Return an empty look back on a promise of the child: the one of its card."""
    return LookBack(entry_id=_look_back_id(promise), promise_id=promise.entry_id)


def _look_back_id(on: Entry) -> str:
    return f"look-back.{on.entry_id}"[:64]  # as long as an id may be


def _rehearsed(book: Book, page: RehearsalPage) -> Iterable[Card]:
    """Yield the cards of a page of the rehearsal: one for each moment the child speaks at, or for each rehearsal."""
    if page.holds == "practices":
        for practice in rehearsal.newest_first(book.portfolio.practices):
            yield Card(entry=practice, asks=())
        return
    for turn in rehearsal.turns(book):
        if page.holds == "cues":
            yield Card(rehearsal.cue_at(book, turn), rehearsal.asks_at(book, page, turn))
        elif turn.piece is None:
            yield Card(rehearsal.statement_at(book, turn), rehearsal.asks_at(book, page, turn))


def _records(portfolio: Portfolio, section: Section) -> Iterable[Card]:
    live: tuple[Entry, ...] = getattr(portfolio, SHELF[RECORD[section.holds]])
    ids = {entry.entry_id for entry in live}
    stem = kind_of(section).replace("_", "-")
    fixed = (f"{stem}-{n}" for n in range(1, section.at_least + len(live) + 1))
    missing = max(0, section.at_least - len(live))
    empty = [blank(section, name) for name in fixed if name not in ids][:missing]
    for entry in (*live, *empty):
        yield Card(entry=entry, asks=_asks(section))


def _asks(section: Section) -> tuple[tuple[str, Prompt], ...]:
    return tuple((prompt.field, prompt) for prompt in section.prompts)
