"""What is written at the table: a goal all set together, a promise, something kept for later; from a form and back.

A form tells texts by name. What it does not tell stays as it was; a translation stays with its words while they do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from portfolio.errors import InputRefused
from portfolio.model import (
    Agreement,
    Entry,
    Goal,
    Helper,
    Parked,
    Passage,
    Prompt,
    Record,
    Section,
    Step,
    Voice,
)
from portfolio.model.people import Household, Student
from portfolio.model.record import clean_text
from portfolio.rules.worries import LONGEST_LINE, day_of, fits

Told = Mapping[str, tuple[str, ...]]
"""What a form says: the values of each field."""

GOAL_ID: Final = "goal-together"
"""The goal made at a table, where none was set together before: so that two who begin it begin the same one."""

GOAL_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "goal": ("goal",),
    "picks": ("picks",),
    "steps": ("step_what", "step_when"),
    "helpers": ("helper_who", "helper_what"),
    "helper_picks": ("helper_picks",),
    "look_again": ("again", "again_day"),
}
"""The fields of a goal that are written at the table, and where they stand in the form."""

PROMISE_FIELDS: Final = ("name", "what", "by_when")
PARKED_FIELDS: Final = ("words", "name", "until")

AGAIN: Final = (14, 28, 42)
"""After how many days one might look again."""
FARTHEST: Final = timedelta(days=2 * 366)
"""How far ahead a day may be."""

OTHER: Final = "other"
"""Chosen in place of a suggested day: another one."""

R = TypeVar("R", bound=Record)
E = TypeVar("E", bound=Entry)


def suggestions(today: date) -> tuple[date, ...]:
    """Return days on which one might look again."""
    return tuple(today + timedelta(days=n) for n in AGAIN)


def shown_day(day: date | None, today: date) -> dict[str, str]:
    """Return a day as a form shows it: a suggested one, or another one."""
    if day is None:
        return {"again": "", "again_day": ""}
    if day in suggestions(today):
        return {"again": day.isoformat(), "again_day": ""}
    return {"again": OTHER, "again_day": day.isoformat()}


def goal_told(goal: Goal, today: date) -> dict[str, tuple[str, ...]]:
    """Return a goal as it stands in its form."""
    step = goal.steps[0] if goal.steps else Step()
    helper = goal.helpers[0] if goal.helpers else Helper()
    one = {
        "goal": goal.goal.text,
        "step_what": step.what.text,
        "step_when": step.when,
        "helper_who": helper.who,
        "helper_what": helper.what.text,
        **shown_day(goal.look_again[0] if goal.look_again else None, today),
    }
    many = {"picks": goal.picks, "helper_picks": goal.helper_picks}
    return {**{name: (text,) if text else () for name, text in one.items()}, **many}


def goal_written(before: Goal, told: Told, section: Section, lang: str, today: date) -> Goal:
    """Return a goal as a form says it. Raises ``InputRefused`` or ``TextRefused`` with the field for what cannot be kept."""
    changes: dict[str, Any] = {"goal": words(before.goal, told, "goal", lang)}
    step = before.steps[0] if before.steps else Step()
    step = step.but(what=words(step.what, told, "step_what", lang), when=line(step.when, told, "step_when"))
    changes["steps"] = _first(before.steps, step, says=bool(step.what or step.when))
    helper = before.helpers[0] if before.helpers else Helper()
    helper = helper.but(
        who=line(helper.who, told, "helper_who"), what=words(helper.what, told, "helper_what", lang)
    )
    changes["helpers"] = _first(before.helpers, helper, says=bool(helper.what or helper.who))
    for name in ("picks", "helper_picks"):
        prompt = section.prompt(name)
        if prompt is not None and name in told.get("asks", ()):
            changes[name] = _picked(prompt, told.get(name, ()), getattr(before, name))
    return before.but(**changes, look_again=_again(before.look_again, told, today))


def _first(there: tuple[R, ...], one: R, *, says: bool) -> tuple[R, ...]:
    """Return what is there with another first one; one that says nothing is none."""
    return (*((one,) if says else ()), *there[1:])


def _picked(prompt: Prompt, picks: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    offered = {choice.id for choice in prompt.choices} | set(before)
    found = tuple(dict.fromkeys(pick for pick in picks if pick))
    if not offered.issuperset(found) or (prompt.at_most and len(found) > max(prompt.at_most, len(before))):
        raise InputRefused("Choose from what is offered here, and not too many.", field=prompt.field)
    return found


def _again(before: tuple[date, ...], told: Told, today: date) -> tuple[date, ...]:
    """Return when one looks again: the first day is that of the form, further ones stay."""
    if "again" not in told and "again_day" not in told:
        return before
    other = _one(told, "again_day")
    chosen = _one(told, "again") or (OTHER if other else "")
    name = "again_day" if chosen == OTHER else "again"
    first = to_come(other if chosen == OTHER else chosen, name, today, before[:1])
    rest = tuple(day for day in before[1:] if day != first)
    return (*((first,) if first else ()), *rest)


def to_come(text: str, field: str, today: date, before: Sequence[date | None]) -> date | None:
    """Return a day of a form that is still to come; one that stood there ``before`` may stay. Raises ``InputRefused``."""
    day = day_of(text, field)
    if day is None or day in before:
        return day
    if day < today:
        raise InputRefused("This day is over. Choose one that is still to come.", field=field)
    if day > today + FARTHEST:
        raise InputRefused("This day is very far away. Choose one within two years.", field=field)
    return day


def _one(told: Told, name: str) -> str:
    return next(iter(told.get(name, ())), "").strip()


def words(before: Passage, told: Told, name: str, lang: str) -> Passage:
    """Return words as a form says them, in the language they had before, else ``lang``. Raises ``TextRefused``."""
    if name not in told:
        return before
    text = str(clean_text(_one(told, name))).strip()
    if text == before.text.strip():
        return before
    fits(name, text, LONGEST_LINE)
    return Passage(text=text, lang=before.lang if before else lang)


def line(before: str, told: Told, name: str) -> str:
    """Return a short text as a form says it. Raises ``TextRefused``."""
    if name not in told:
        return before
    text = " ".join(str(clean_text(_one(told, name))).split())
    fits(name, text, LONGEST_LINE)
    return text


def says(goal: Goal) -> bool:
    """Return whether a goal says what is wanted."""
    return bool(goal.goal or goal.picks or goal.beside("goal"))


def yes_to(goal: Goal) -> tuple[object, ...]:
    """Return what one says yes to: everything about a goal but who has said so, and how far it is."""
    return tuple(value for name, value in goal if name not in ("agreed", "progress", "school_words"))


def unsaid(before: E, after: E) -> E:
    """Return a changed goal without the yes that was said to other words; any other entry as it is."""
    if not isinstance(before, Goal) or not isinstance(after, Goal) or yes_to(before) == yes_to(after):
        return after
    return after.but(agreed=())


def promise_written(before: Agreement, told: Told, lang: str, today: date) -> Agreement:
    """Return a promise as a form says it. Raises as :func:`goal_written`."""
    name = line(before.name, told, "name") if before.who == "family" else before.name
    day = before.by_when
    if "by_when" in told:
        day = to_come(_one(told, "by_when"), "by_when", today, (before.by_when,))
    return before.but(name=name, what=words(before.what, told, "what", lang), by_when=day)


def parked_written(before: Parked, told: Told, lang: str, today: date) -> Parked:
    """Return something that is kept for later as a form says it. Raises as :func:`goal_written`."""
    day = before.until
    if "until" in told:
        day = to_come(_one(told, "until"), "until", today, (before.until,))
    return before.but(words=words(before.words, told, "words", lang), until=day)


@dataclass(frozen=True)
class Seat:
    """Somebody at the table who may promise something. ``name`` is "" for somebody at home who is not on the list."""

    voice: Voice
    name: str

    @property
    def key(self) -> str:
        """The name of this seat in a form."""
        return f"{self.voice}:{self.name}"


def seats(student: Student, homes: Sequence[Household], teachers: Sequence[str]) -> tuple[Seat, ...]:
    """Return who may sit at the table, the child first: the adults of these homes, somebody else, the teachers."""
    adults = [name for home in homes for name in (home.adults or ((home.label,) if home.label else ()))]
    found = [
        Seat("student", student.name),
        *(Seat("family", name) for name in dict.fromkeys(adults) if name),
        Seat("family", ""),
        *(Seat("teacher", name) for name in dict.fromkeys(teachers) if name),
    ]
    if not any(one.voice == "teacher" for one in found):
        found.append(Seat("teacher", ""))
    return tuple(found)


def seat_of(key: str, known: Sequence[Seat], field: str) -> Seat:
    """Return who is meant. Raises ``InputRefused`` with the field for nobody at this table."""
    found = next((one for one in known if one.key == key), None)
    if found is None:
        raise InputRefused("Choose who it is.", field=field)
    return found


READ_ALOUD: Final[tuple[Voice, ...]] = ("student", "family", "teacher")
"""The order in which promises are read aloud."""


def read_aloud(promises: Sequence[Agreement]) -> tuple[Agreement, ...]:
    """Return what was promised as it is read aloud: the child's first, then the family's, then the teacher's."""
    said = [one for one in promises if one.what or one.beside("what")]
    return tuple(sorted(said, key=lambda one: READ_ALOUD.index(one.who)))
