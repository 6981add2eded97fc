"""Where the answers to a question stand in a portfolio, and which of them a class's pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from portfolio.model import SHELF, ClassTemplate, Entry, Passage, Portfolio, Prompt, Record, Section
from portfolio.model.fields import BESIDE_A_RATING, RECORD
from portfolio.rules.answers import beside_asks, kept
from portfolio.rules.cards import answer_field

Place = tuple[str, str]
"""Where something stands: the id of an entry and a field, as :mod:`portfolio.rules.answers` names them."""


def asked_of(portfolio: Portfolio, section: Section, prompt: Prompt) -> Iterator[tuple[Entry, str]]:
    """Yield each entry a question is asked of, with the field it fills; also entries with nothing there."""
    if section.holds == "answers":
        answer = portfolio.answer(section.section_id, prompt.field)
        if answer is not None:
            yield answer, answer_field(prompt)
    elif section.holds == "ratings":
        beside = prompt.field in BESIDE_A_RATING
        for rating in portfolio.ratings:
            if rating.section == section.section_id and (beside or rating.question == prompt.field):
                yield rating, prompt.field if beside else "answer"
    else:
        for entry in shelf_of(portfolio, section):
            if prompt.field in type(entry).model_fields:
                yield entry, prompt.field


def shelf_of(portfolio: Portfolio, section: Section) -> tuple[Entry, ...]:
    """Return every entry of the kind a section holds."""
    found: tuple[Entry, ...] = getattr(portfolio, SHELF[RECORD[section.holds]])
    return found


def places(portfolio: Portfolio, section: Section, prompt: Prompt) -> frozenset[Place]:
    """Return where somebody answered a question, in words or beside them."""
    found = set()
    for entry, field in asked_of(portfolio, section, prompt):
        for place in (field, *(name for name, _ in beside_asks(entry, field, prompt))):
            if says_something(kept(entry, place)):
                found.add((entry.entry_id, place))
    return frozenset(found)


def written(portfolio: Portfolio, section: Section) -> frozenset[Place]:
    """Return where somebody answered any question of a section."""
    return frozenset().union(*(places(portfolio, section, prompt) for prompt in section.prompts))


def shown_places(template: ClassTemplate, order: Iterable[str], portfolio: Portfolio) -> frozenset[Place]:
    """Return every answer that the pages ``order`` (ids of sections) of a class show."""
    sections = (template.section(section_id) for section_id in order)
    return frozenset().union(*(written(portfolio, section) for section in sections if section))


def says_something(value: Any) -> bool:
    """Return whether there is anything in what a record keeps."""
    if isinstance(value, Passage) or not isinstance(value, Record):
        return bool(value) and (not isinstance(value, str) or bool(value.strip()))
    return any(says_something(inner) for _, inner in value)


def words_in(value: object) -> int:
    """Return about how many words a text has. Where none stand apart (Chinese, Thai), two signs count as one."""
    text = value.text if isinstance(value, Passage) else str(value or "")
    together = sum(1 for sign in text if "\u0e00" <= sign <= "\u0e7f" or "\u3040" <= sign <= "\u9fff")
    return together // 2 if together > len(text) // 2 else len(text.split())


def moved(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Return which of the names that stand in both stand somewhere else now: as few as can explain it."""
    both = [name for name in before if name in after]
    place = {name: n for n, name in enumerate(name for name in after if name in both)}
    best: list[tuple[str, ...]] = []
    for at, name in enumerate(both):
        ends = [best[i] for i in range(at) if place[both[i]] < place[name]]
        best.append((*max(ends, key=len, default=()), name))
    stay = max(best, key=len, default=())
    return tuple(name for name in after if name in place and name not in stay)
