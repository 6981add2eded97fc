"""Keeping a rehearsal: how long each step took, and what somebody who listened saw and kindly said."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, cast, get_args

from portfolio.errors import N_, InputRefused, NotFound
from portfolio.model import Passage, Practice
from portfolio.model.meeting import KindTick, StepTime
from portfolio.model.record import clean_text
from portfolio.moments.conference.table import Table
from portfolio.moments.room import Asked
from portfolio.rules.answering import LONGEST_NAME, name_of
from portfolio.rules.family_view import AgendaLine
from portfolio.store.stopwatch import Times
from portfolio.views.cues import StepTook
from portfolio.words import Speech

TICKS: Final[dict[KindTick, str]] = {
    "heard": N_("I heard every word."),
    "looked": N_("You looked at me."),
    "showed": N_("You showed your work."),
    "because": N_("You said why."),
}
"""What a partner may tick, in the partner's words."""

LONGEST_KIND: Final = 2000
"""Letters of kind words."""
_MOST_SECONDS: Final = 36_000


def practice_id(portfolio_id: str, times: Times) -> str:
    """Return the id of a rehearsal: always the same for the one that began then, so it is kept once."""
    began = times.began.isoformat() if times.began else ""
    return f"practice-{hashlib.sha256(f'{portfolio_id}|{began}'.encode()).hexdigest()[:24]}"


def is_kept(table: Table, times: Times) -> bool:
    """Return whether this rehearsal is kept already."""
    return times.began is not None and _past(table, practice_id(table.portfolio_id, times))[1]


def _past(table: Table, entry_id: str) -> tuple[int, bool]:
    """Return the last version of a rehearsal (0 if there was none), and whether it is there now."""
    try:
        past = table.store.history(table.portfolio_id, entry_id)
    except NotFound:
        return 0, False
    return (past[-1].version, past[-1].entry is not None) if past else (0, False)


def keep_practice(table: Table, times: Times, lines: Sequence[AgendaLine], asked: Asked) -> Practice | None:
    """Keep a rehearsal; ``None`` if it is kept already. Raises ``InputRefused``, naming the field that is wrong."""
    took = _steps(times, lines)
    if times.began is None or not took:
        raise InputRefused("There is no time to keep yet. Turn some pages first.")
    partner, seen, words = _told(asked)
    entry_id = practice_id(table.portfolio_id, times)
    made = Practice(
        entry_id=entry_id,
        on=table.today(),
        steps=took,
        partner=partner,
        seen=seen,
        kind_words=Passage(text=words, lang=table.book.portfolio.meta.language) if words else Passage(),
    )
    with table.store.together():
        version, there = _past(table, entry_id)
        if there:
            return None
        table.store.keep(table.portfolio_id, made, expected=version, by=table.by, at=table.now())
    return made


def _steps(times: Times, lines: Sequence[AgendaLine]) -> tuple[StepTime, ...]:
    """Return the seconds of each step that was open at least one, in the order of the agenda."""
    found = ((line.step, round(times.seconds.get(line.step, 0))) for line in lines)
    return tuple(StepTime(step=step, seconds=min(n, _MOST_SECONDS)) for step, n in found if n)


def _told(asked: Asked) -> tuple[str, tuple[KindTick, ...], str]:
    """Return who listened, what they ticked and said. Raises ``InputRefused``."""
    name, words = asked.one("name"), str(clean_text(asked.one("kind"))).strip()
    seen = tuple(tick for tick in get_args(KindTick) if tick in asked.all("seen"))
    if len(words) > LONGEST_KIND:
        raise InputRefused("This is very long. One kind sentence is enough.", field="kind")
    if not name and (seen or words):
        raise InputRefused("Write the name of who listened. A first name is enough.", field="name")
    return name_of(name) if name else "", cast("tuple[KindTick, ...]", seen), words


# ------------------------------------------------------------------------------------------------ in words


def total_words(say: Speech, seconds: float) -> str:
    """Return how long a rehearsal was, in a sentence."""
    whole = round(seconds / 60)
    if whole < 1:
        return say(N_("That was less than a minute."))
    return say.many("That was about {n} minute.", "That was about {n} minutes.", whole)


def steps_in_words(say: Speech, times: Times, lines: Sequence[AgendaLine]) -> tuple[StepTook, ...]:
    """Return the steps that were open, each with its time and what the agenda plans; the two are never compared."""
    there = [(line, times.seconds.get(line.step, 0.0) / 60) for line in lines]
    there = [(line, took) for line, took in there if took * 60 >= 1]
    longest = max([1.0, *(took for _, took in there), *(line.minutes for line, _ in there)])
    return tuple(
        StepTook(
            icon=line.icon,
            title=say(line.title),
            took_words=_minutes(say, took),
            planned_words=say.many("planned: {n} minute", "planned: {n} minutes", line.minutes)
            if line.minutes
            else "",
            took=took,
            planned=line.minutes,
            longest=longest,
        )
        for line, took in there
    )


def _minutes(say: Speech, took: float) -> str:
    whole = round(took)
    return (
        say.many("about {n} minute", "about {n} minutes", whole) if whole else say(N_("less than a minute"))
    )


__all__ = [
    "LONGEST_NAME",
    "TICKS",
    "is_kept",
    "keep_practice",
    "practice_id",
    "steps_in_words",
    "total_words",
]
