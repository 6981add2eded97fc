"""The ways forward: whether what is growing, and each goal, has a step, somebody who helps, a day to look again.

Nothing is asked here that the page itself does not ask: the youngest's page of what is growing wants no plan.
Days are a grown-up's matter with the youngest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from portfolio.model import Book, Entry, Goal, Section, Step
from portfolio.rules.nudge import Kind, Nudge, answered, beginning, entries_of, is_named

Asks = Callable[[Section], bool]
Has = Callable[[Section, Entry], bool]

_OVER: Final = frozenset({"done", "changed_my_mind"})


def plan_nudges(book: Book) -> Iterator[Nudge]:
    """Yield a nudge for each thing growing and each goal that lacks a part of its plan."""
    youngest = book.portfolio.meta.age_band == "k-2"
    for section in book.sections():
        parts = _PARTS.get(section.holds, ())
        live = (
            [e for e in entries_of(book.portfolio, section.holds) if _wants_a_plan(section, e)]
            if parts
            else []
        )
        for kind, asks, has in parts:
            for entry in live:
                if asks(section) and not has(section, entry):
                    yield Nudge(
                        kind=kind,
                        section_id=section.section_id,
                        entry_id=entry.entry_id,
                        values=beginning(entry, "goal" if isinstance(entry, Goal) else "what"),
                        for_whom="teacher" if youngest and kind in _DAYS else "both",
                    )


def _wants_a_plan(section: Section, entry: Entry) -> bool:
    """Return whether there is something to plan for; a goal that is over needs no plan any more."""
    if isinstance(entry, Goal):
        last = max(entry.progress, key=lambda note: note.on, default=None)
        if last is not None and last.word in _OVER:
            return False
    return is_named(section, entry)


def _asked(*fields: str) -> Asks:
    return lambda section: any(section.prompt(field) for field in fields)


def _given(*fields: str) -> Has:
    return lambda _, entry: any(answered(entry, field) for field in fields)


def _columns(section: Section) -> frozenset[str]:
    """Return the small lines a step has on this page; a question that names none has all of them."""
    steps = section.prompt("steps")
    named = {column.field for column in steps.columns} if steps else set()
    return frozenset(named or ({"what", "when"} if steps else ()))


def _steps(goal: Entry) -> tuple[Step, ...]:
    return goal.steps if isinstance(goal, Goal) else ()


def _has_step(section: Section, goal: Entry) -> bool:
    return any(step.what or "what" not in _columns(section) for step in _steps(goal))


def _asks_when(section: Section) -> bool:
    return section.prompt("by_when") is not None or "when" in _columns(section)


def _has_when(section: Section, goal: Entry) -> bool:
    if section.prompt("by_when") is None and not _steps(goal):
        return True  # its one place for a day is in a step, and that there is none is told already
    return answered(goal, "by_when") or any(step.when for step in _steps(goal))


def _has_helper(_: Section, goal: Entry) -> bool:
    named = isinstance(goal, Goal) and any(helper.who or helper.what for helper in goal.helpers)
    return named or answered(goal, "helper_picks")


_PARTS: Final[dict[str, tuple[tuple[Kind, Asks, Has], ...]]] = {
    "growing": (
        ("growing_without_step", _asked("first_step"), _given("first_step")),
        ("growing_without_help", _asked("help"), _given("help")),
        ("growing_without_look_again", _asked("look_again"), _given("look_again")),
    ),
    "goals": (
        ("goal_without_step", _asked("steps"), _has_step),
        ("goal_without_helper", _asked("helpers", "helper_picks"), _has_helper),
        ("goal_without_when", _asks_when, _has_when),
        ("goal_without_look_again", _asked("look_again"), _given("look_again")),
    ),
}
"""The parts of a plan: which nudge, whether the page asks for it, whether it is there."""

_DAYS: Final = frozenset({"goal_without_when", "growing_without_look_again", "goal_without_look_again"})
