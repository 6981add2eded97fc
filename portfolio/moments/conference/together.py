"""What is written together at the table: kept over what others wrote meanwhile, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from portfolio.errors import ChangedMeanwhile, NotFound
from portfolio.model import AnyEntry, Book, Entry, Goal, Portfolio, Section, Voice
from portfolio.moments.conference.table import Table
from portfolio.moments.desk import TRIES
from portfolio.rules.set_together import (
    GOAL_FIELDS,
    GOAL_ID,
    Told,
    goal_told,
    goal_written,
    says,
    unsaid,
    yes_to,
)
from portfolio.rules.two_hands import laid_over
from portfolio.store.port import Change, Kept

E = TypeVar("E", bound=AnyEntry)
Shown = Mapping[str, Sequence[str]]
"""An entry as it stands in its form: the values of each field."""


@dataclass(frozen=True)
class Written(Generic[E]):
    """An entry as it is kept now, its version, and as it was before."""

    entry: E
    version: int
    before: E


@dataclass(frozen=True)
class Sheet(Generic[E]):
    """One entry that is written in a form.

    ``blank`` is the entry before anybody wrote; ``fields`` are those of the record that the form changes, with the
    names they have in it; ``shown`` gives the entry as the form shows it; ``settled`` may change what will be kept,
    told what stood there before. ``book`` is the portfolio, that of this round if it is "".
    """

    blank: E
    fields: Mapping[str, Sequence[str]]
    shown: Callable[[E], Shown]
    settled: Callable[[E, E], E] = lambda _, now: now
    book: str = ""


def write(table: Table, sheet: Sheet[E], edit: Callable[[E], E], version: int | None) -> Written[E]:
    """Keep what ``edit`` makes of an entry that a form showed in ``version`` (``None``: nobody had written yet).

    Two who change different fields both have their way. Raises ``ChangedMeanwhile`` with ``theirs`` and ``version``
    where they changed the same one, and whatever ``edit`` refuses.
    """
    book = sheet.book or table.portfolio_id
    for _ in range(TRIES):
        past = history(table, book, sheet.blank.entry_id)
        at = past[-1].version if past else 0
        there = _as(sheet.blank, past[-1].entry if past else None)
        base = there if version == at else _as(sheet.blank, _state(past, version))
        changed, clash = laid_over(base, edit(base), there, tuple(sheet.fields))
        if clash:
            shown = sheet.shown(there)
            theirs = {name: list(shown.get(name, ())) for field in clash for name in sheet.fields[field]}
            raise ChangedMeanwhile(
                "Somebody else wrote here too. Nothing is lost: choose what should stay.",
                theirs=theirs,
                version=at,
            )
        changed = sheet.settled(there, changed)
        if changed == there:
            return Written(there, at, there)
        try:
            kept = table.store.keep(book, changed, expected=at, by=table.by, at=table.now())
        except ChangedMeanwhile:
            continue
        return Written(changed, kept.version, there)
    raise too_many()


def history(table: Table, portfolio_id: str, entry_id: str) -> tuple[Change, ...]:
    """Return what became of an entry, oldest first; nothing for one that never was."""
    try:
        return table.store.history(portfolio_id, entry_id)
    except NotFound:
        return ()


def too_many() -> ChangedMeanwhile:
    """Return the error for an entry that others change again and again."""
    return ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")


def gone() -> NotFound:
    """Return the error for something that is not there any more, or never was."""
    return NotFound("This is not here any more. Load the page again.")


def _state(past: Sequence[Change], version: int | None) -> AnyEntry | None:
    return next((one.entry for one in past if one.version == version), None)


def _as(blank: E, found: Entry | None) -> E:
    return found if isinstance(found, type(blank)) else blank


# ------------------------------------------------------------------------------------------- the goal


def goals_section(book: Book) -> Section | None:
    """Return the page of goals that keeps a place for the table; ``None`` if this class has none."""
    pages = [one for one in book.template.sections if one.holds == "goals"]
    return next((one for one in pages if one.kept_for_the_table), None) or next(iter(pages), None)


def goal_of(portfolio: Portfolio) -> Goal | None:
    """Return the goal that was set together, if there is one."""
    return next((one for one in portfolio.goals if one.set_by == "together"), None)


def goal_sheet(table: Table, book: Book) -> Sheet[Goal]:
    """Return the one goal that is set at this table as it is written: a yes was said to other words once these change."""
    there = goal_of(book.portfolio)
    blank = Goal(entry_id=there.entry_id if there else GOAL_ID, set_by="together")
    today = table.today()
    return Sheet(blank, GOAL_FIELDS, lambda goal: goal_told(goal, today), unsaid)


def keep_goal(table: Table, told: Told, version: int | None) -> Written[Goal]:
    """Keep the goal of the table as a form tells it; the first words make it. Raises as :func:`write`."""
    book = table.book
    section = goals_section(book)
    if section is None:
        raise gone()
    lang = book.portfolio.meta.language
    today = table.today()
    return write(
        table,
        goal_sheet(table, book),
        lambda goal: goal_written(goal, told, section, lang, today),
        version,
    )


def agree(table: Table, goal_id: str, voice: Voice, on: bool, version: int | None) -> Kept:
    """Note that somebody says yes to the goal set together (``on``), or does not any more.

    ``version`` is the goal as it was read; ``None`` takes it as it stands. Saying it twice changes nothing. Raises
    ``ChangedMeanwhile`` if it has other words by now, ``NotFound`` for what is no such goal.
    """
    portfolio_id = table.portfolio_id
    for _ in range(TRIES):
        kept = table.store.entry(portfolio_id, goal_id)
        goal = kept.entry
        if not isinstance(goal, Goal) or goal.set_by != "together" or not says(goal):
            raise gone()
        voices = (
            tuple(dict.fromkeys((*goal.agreed, voice))) if on else tuple(v for v in goal.agreed if v != voice)
        )
        if voices == goal.agreed:
            return kept
        if on and version not in (None, kept.version):
            read = _state(history(table, portfolio_id, goal_id), version)
            if not isinstance(read, Goal) or yes_to(read) != yes_to(goal):
                raise ChangedMeanwhile("The goal has other words by now. Read it once more, then say yes.")
        try:
            return table.store.keep(
                portfolio_id, goal.but(agreed=voices), expected=kept.version, by=table.by, at=table.now()
            )
        except ChangedMeanwhile:
            continue
    raise too_many()
