"""How something was each time: what a page has to draw, one line for each question or goal, each beside itself only.

A question is followed over the rounds, a goal over the days somebody looked at it. Nothing is counted or put in
order, and no line stands on the same paper as another: a child is compared with itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from portfolio.model import Choice, Goal, Progress, Record
from portfolio.rules import family_view as v

STEPS: Final[Mapping[Progress, int]] = {"just_starting": 0, "getting_there": 1, "nearly": 2, "done": 3}
"""How high the words for how far something is stand. *Changed my mind* stands where the line was: it is no step back."""

MOST: Final = 4
"""Looks one drawing has room for on a phone; the last ones are drawn, the table beside it has all."""


@dataclass(frozen=True)
class Look:
    """How something was once: the round or the day it was (``None``: now), the word for it, how high that stands.

    ``height`` counts from 0, the lowest word; ``None`` where nobody was asked then. ``turned``: from here on
    something else was wanted.
    """

    when: str | date | None
    word: Choice | Progress | None
    height: int | None
    turned: bool = False


@dataclass(frozen=True)
class Track:
    """One thing followed: which of the page's questions or goals (``of``, from 0), how it was, how many words there are."""

    of: int
    looks: tuple[Look, ...]
    heights: int


def tracks(content: Record) -> tuple[Track, ...]:
    """Return what a page has to draw; nothing where nothing was looked at twice."""
    found: list[Track] = []
    if isinstance(content, v.RatingsPart):
        found = [_asked(n, one, content) for n, one in enumerate(content.ratings)]
    elif isinstance(content, v.GoalsPart | v.LookBacksPart):
        goals = [one.over_time for one in content.goals]
        found = [_looked_at(n, looks) for n, looks in enumerate(goals)]
    return tuple(one for one in found if sum(look.height is not None for look in one.looks) > 1)


def worth_drawing(content: Record) -> bool:
    """Return whether a page has something to draw."""
    return bool(tracks(content))


def looks_of(goal: Goal, result: Progress | None = None) -> tuple[v.LookedAt, ...]:
    """Return when a goal was looked at and how far it was, the first time first.

    ``result`` is what the child says of it now, a round later: a look of its own where it is another word than the
    last one. What was noted beside stays in the book.
    """
    noted = sorted(goal.progress, key=lambda note: note.on)
    found = tuple(v.LookedAt(on=note.on, word=note.word) for note in noted)
    if result is None or (found and found[-1].word == result):
        return found
    return (*found, v.LookedAt(on=None, word=result))


def _asked(n: int, rating: v.RatingSeen, page: v.RatingsPart) -> Track:
    places = {choice.id: len(page.scale) - 1 - at for at, choice in enumerate(page.scale)}
    pairs = zip(page.rounds, rating.answers, strict=False)
    looks = tuple(Look(when, word, places.get(word.id) if word else None) for when, word in pairs)
    return Track(n, looks, len(page.scale))


def _looked_at(n: int, seen: Sequence[v.LookedAt]) -> Track:
    looks: list[Look] = []
    height = 0
    for one in seen:
        height = STEPS.get(one.word, height)
        looks.append(Look(one.on, one.word, height, turned=one.word not in STEPS))
    return Track(n, tuple(looks[-MOST:]), len(STEPS))
