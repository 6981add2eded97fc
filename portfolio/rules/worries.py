"""A worry of a home on its way: said, planned, answered, and over when the family says so.

The words of the family are nobody's to change. A worry stays where it was written and is told in every later round
until the family has closed it, and once more in the round in which it did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import ValidationError

from portfolio.errors import InputRefused, TextRefused
from portfolio.model import Concern, Passage, Portfolio
from portfolio.model.entries import ConcernStatus
from portfolio.model.record import LONGEST_TEXT, clean_text

PLAN: Final = ("answer", "owner", "due")
"""What the school adds to a worry while it stands open."""

LONGEST_LINE: Final = 2_000
"""Letters of a name, as :data:`portfolio.model.record.Line` takes them."""


@dataclass(frozen=True)
class Worry:
    """A worry, and in which book and round it was written."""

    portfolio_id: str
    round: str
    concern: Concern


def worries(rounds: Sequence[Portfolio]) -> tuple[Worry, ...]:
    """Return every worry of a child's homes over its rounds (oldest first), those that say something."""
    return tuple(
        Worry(portfolio.meta.portfolio_id, portfolio.meta.round, one)
        for portfolio in rounds
        for one in portfolio.concerns
        if one.words
    )


def is_open(concern: Concern) -> bool:
    """Return whether the family has not said yet that a worry is over."""
    return concern.status != "closed"


def heard(entry_id: str, household_id: str, told: Mapping[str, str], today: date) -> Concern:
    """Return a worry as a home told it: ``worry`` (its own words), ``worry_lang``, ``worry_day`` (today if not told).

    Raises ``InputRefused`` or ``TextRefused`` with the field for what cannot be kept.
    """
    words = str(clean_text(told.get("worry", ""))).strip()
    if not words:
        raise InputRefused("Write the family’s own words first.", field="worry")
    fits("worry", words, LONGEST_TEXT)
    day = day_of(told.get("worry_day", ""), "worry_day") or today
    if day > today:
        raise InputRefused(
            "This day is still to come. Choose the day on which they said it.", field="worry_day"
        )
    said = Passage(text=words, lang=told.get("worry_lang", ""))
    return Concern(entry_id=entry_id, household_id=household_id, words=said, on=day)


def told_to_home(
    portfolio: Portfolio, earlier: Sequence[Portfolio], household_id: str
) -> tuple[Concern, ...]:
    """Return the worries a home reads about in its copy of a round: its own only, the oldest first.

    Those of this round, and of earlier rounds the ones that are open or were closed since this round began.
    """
    since = portfolio.meta.started_on
    older = (
        one
        for before in earlier
        for one in before.concerns
        if is_open(one) or (one.closed_on is not None and one.closed_on >= since)
    )
    return tuple(c for c in (*older, *portfolio.concerns) if c.household_id == household_id and c.words)


def planned(before: Concern, told: Mapping[str, str], lang: str) -> Concern:
    """Return a worry with the answer and plan as they stand in a form: ``answer``, ``owner``, ``due``.

    ``lang`` is the language of the answer. Fields that are not told stay as they were; a translation stays with its
    words while they do. Raises ``TextRefused`` or ``InputRefused``, with the field, for what cannot be kept.
    """
    answer, owner = told.get("answer", before.answer.text), told.get("owner", before.owner)
    fits("answer", answer, LONGEST_TEXT)
    fits("owner", owner, LONGEST_LINE)
    if before.status == "answered" and not answer.strip():
        raise InputRefused(
            "The family was given an answer, so there must be one. Write another in its place.",
            field="answer",
        )
    day = day_of(told["due"], "due") if "due" in told else before.due
    return _but(before, "answer", answer=_words(before.answer, answer, lang), owner=owner, due=day)


def stepped(concern: Concern, to: ConcernStatus) -> Concern:
    """Return an open worry one step on: ``working`` (with who and by when) or ``answered`` (with an answer).

    Raises ``InputRefused`` with the field that is wanted, or if only the family can take that step.
    """
    if not is_open(concern):
        raise InputRefused("The family said that it is over. Open it again first.")
    if to == "working":
        if not concern.owner:
            raise InputRefused("Write first who takes care of it.", field="owner")
        if concern.due is None:
            raise InputRefused("Choose first by when.", field="due")
    elif to == "answered":
        if not concern.answer:
            raise InputRefused("Write your answer first, so that the family can read it.", field="answer")
    else:
        raise InputRefused("It is over when the family says so. Write their own words and the day.")
    return concern.but(status=to)


def closed(concern: Concern, words: str, lang: str, day: str, today: date) -> Concern:
    """Return a worry that the family has closed, with its own words (in ``lang``) and the day it said them.

    Raises ``InputRefused`` or ``TextRefused`` with the field (``words``, ``day``) for anything else.
    """
    if not is_open(concern):
        raise InputRefused("The family said already that it is over.")
    said = str(clean_text(words)).strip()
    if not said:
        raise InputRefused("It is over when the family says so. Write their own words first.", field="words")
    fits("words", said, LONGEST_TEXT)
    on = day_of(day, "day")
    if on is None:
        raise InputRefused("Choose the day on which they said it.", field="day")
    if on > today:
        raise InputRefused("This day is still to come. Choose the day on which they said it.", field="day")
    if concern.on and on < concern.on:
        raise InputRefused("On this day they had not told you yet. Choose a later one.", field="day")
    return _but(concern, "words", status="closed", closed_with=_words(Passage(), said, lang), closed_on=on)


def reopened(concern: Concern) -> Concern:
    """Return a worry that is open again: with its answer and plan; how it was closed stays in its history.

    Raises ``InputRefused`` for one that is open.
    """
    if is_open(concern):
        raise InputRefused("It is open already.")
    status: ConcernStatus = "working" if concern.owner or concern.answer else "heard"
    return concern.but(status=status, closed_with=Passage(), closed_on=None)


def turns(states: Sequence[Concern]) -> tuple[int, ...]:
    """Return which states of a worry (oldest first) were turns: its beginning, and each in which it stood elsewhere."""
    return tuple(n for n, one in enumerate(states) if not n or one.status != states[n - 1].status)


def fits(field: str, text: str, longest: int) -> None:
    """Raise ``TextRefused`` for a text of a form that is longer than can be kept."""
    if len(text) > longest:
        raise TextRefused(
            "This text is too long to keep. Take out a part. Nothing that was written before is lost.",
            field=field,
        )


def _but(concern: Concern, field: str, **changes: object) -> Concern:
    try:
        return concern.but(**changes)
    except ValidationError as error:
        raise TextRefused("This does not fit here. Look at it once more.", field=field) from error


def _words(before: Passage, text: str, lang: str) -> Passage:
    cleaned = str(clean_text(text)).strip()
    if cleaned == before.text.strip() and (lang == before.lang or not cleaned):
        return before
    return Passage(text=cleaned, lang=lang)


def day_of(text: str, field: str) -> date | None:
    """Return the day a form tells ("2026-11-16"), ``None`` for none. Raises ``InputRefused`` for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputRefused("“{text}” is not a day. Choose one.", text=text[:40], field=field) from error
