"""What is filled in: in words, never in numbers out of a hundred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portfolio.model import Book, Prompt, Section
from portfolio.rules.cards import Card, cards
from portfolio.rules.filling import is_empty, value_of

State = Literal["empty", "started", "filled"]
"""``filled`` means: as much as the section asks for at least, most of its prompts answered."""

MOST = 2 / 3
"""Share of the prompts that counts as "most"."""

_ALSO_SHOWN_BY = {"pictures": "media", "before": "before_media", "now": "now_media"}
"""A question for pictures is answered as well by a recording or a document in their place, as one for words
is by what stands beside them."""


@dataclass(frozen=True)
class SectionState:
    """Where one section is, and the questions nobody has answered yet."""

    section: Section
    state: State
    open_asks: tuple[str, ...]


def section_state(book: Book, section: Section) -> SectionState:
    """Return how far one section is."""
    found = cards(book, section)
    answered = [_answered(card) for card in found]
    started = any(_done(card, field, prompt) for card in found for field, prompt in card.asks)
    if section.holds in ("answers", "ratings", "look_backs"):
        main = [given[0] for given in answered if given]
        wanted = min(section.at_least, len(main)) or max(1, round(len(main) * MOST))
        state = _state(sum(main), wanted, started=started)
    else:
        full = sum(1 for given in answered if given and sum(given) >= len(given) * MOST)
        wanted = max(1, section.at_least)
        state = _state(full, wanted, started=started)
    asks = tuple(
        prompt.ask
        for card, given in zip(found, answered, strict=True)
        for (_, prompt), done in zip(_counted(card), given, strict=True)
        if not done
    )
    return SectionState(section=section, state=state, open_asks=tuple(dict.fromkeys(asks)))


def _counted(card: Card) -> list[tuple[str, Prompt]]:
    """Return what is asked but for what nobody needs to have: a recording is one more way to show something."""
    extra = [ask for ask in card.asks if ask[1].control == "media"]
    return [ask for ask in card.asks if ask not in extra] or extra


def _answered(card: Card) -> list[bool]:
    return [_done(card, field, prompt) for field, prompt in _counted(card)]


def _done(card: Card, field: str, prompt: Prompt) -> bool:
    instead = getattr(card.entry, _ALSO_SHOWN_BY.get(field, ""), ()) or card.entry.beside(field)
    return bool(instead) or not is_empty(value_of(card.entry, field, prompt))


def _state(done: int, wanted: int, *, started: bool) -> State:
    if done >= wanted:
        return "filled"
    return "started" if started else "empty"


def book_state(book: Book) -> tuple[SectionState, ...]:
    """Return how far each section of the notebook is that a child fills in, in its order.

    Left out: pages others write (the teacher's, replies), and looking back when there is no last time.
    """
    return tuple(
        section_state(book, section)
        for section in book.sections()
        if section.holds not in ("teacher_page", "replies") and cards(book, section)
    )
