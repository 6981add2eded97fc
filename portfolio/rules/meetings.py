"""The meetings of a class as a teacher holds them together: planned, held now, over; who has not been reached yet.

A meeting that is planned keeps how it will be held; it begins with its first minute and is over with its last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from portfolio.errors import N_
from portfolio.model import (
    AgendaChoice,
    AgendaPreset,
    AgendaStep,
    ClassTemplate,
    Household,
    Meeting,
    Parked,
    Student,
    ToTeacher,
)
from portfolio.model.meeting import MeetingWay
from portfolio.model.portfolio import StepMinutes
from portfolio.rules.family_view import AgendaLine
from portfolio.rules.meeting_papers import longer

Stage = Literal["planned", "now", "over"]

WAYS: Final[dict[MeetingWay, str]] = {
    "station": N_("at one of several tables"),
    "table": N_("at a table alone"),
    "call": N_("by phone"),
    "own_time": N_("in their own time"),
    "listener": N_("with somebody who listens"),
}
"""How a meeting may be held, in words."""

EVERYBODY: Final = ""
"""Stands for all homes of a child together where a home is named."""


def stage(meeting: Meeting) -> Stage:
    """Return where a meeting is."""
    if meeting.ended:
        return "over"
    return "now" if meeting.began else "planned"


def meeting_id(portfolio_id: str, household_id: str, n: int) -> str:
    """Return the id of the ``n``-th meeting of a home: who presses twice makes one meeting, not two."""
    whole = "\0".join((portfolio_id, household_id, str(n)))
    return f"meeting-{hashlib.sha256(whole.encode('utf-8', 'replace')).hexdigest()[:24]}"


def of_home(meetings: Sequence[Meeting], household_id: str, where: Stage) -> Meeting | None:
    """Return the newest meeting of exactly this home (or of all together) that is at a stage."""
    ours = (one for one in reversed(meetings) if (one.household_id or EVERYBODY) == household_id)
    return next((one for one in ours if stage(one) == where), None)


def held_now(meetings: Sequence[Meeting]) -> Meeting | None:
    """Return the newest meeting of a child that is held now."""
    return next((one for one in reversed(meetings) if stage(one) == "now"), None)


def reached(meetings: Sequence[Meeting], household_id: str) -> bool:
    """Return whether a home has had its meeting, alone or together with the others."""
    return any(stage(one) == "over" and one.household_id in (None, household_id) for one in meetings)


def not_reached(student: Student, meetings: Sequence[Meeting]) -> tuple[Household, ...]:
    """Return the homes of a child without a meeting so far, in their order."""
    return tuple(home for home in student.households if not reached(meetings, home.household_id))


def overdue(parked: Parked, today: date) -> bool:
    """Return whether something kept for later was for a day that is over."""
    return bool(parked.until and parked.until < today and not parked.done)


def wants_to_talk(notes: Sequence[ToTeacher], homes: Sequence[str]) -> bool:
    """Return whether one of these homes asks for a talk alone that nobody has answered yet."""
    return any(one.private_talk and not one.seen and one.household_id in homes for one in notes)


@dataclass(frozen=True)
class Minutes:
    """The agenda of one child with the minutes a teacher gave it.

    ``child`` is the whole of the child's part, ``with_interpreter`` the same where everything is said twice,
    ``adults`` the minutes of the grown-ups after it. ``left_out`` are titles of pages other agendas show and this one
    does not, ``few`` titles of steps that show some entries only, and how many.
    """

    preset: AgendaPreset
    steps: tuple[tuple[AgendaStep, int], ...]
    child: int
    with_interpreter: int
    adults: int
    left_out: tuple[str, ...]
    few: tuple[tuple[str, int], ...]


def minutes_of(template: ClassTemplate, choice: AgendaChoice) -> Minutes:
    """Return what an agenda comes to, with the changes of a teacher. An agenda that is gone gives the first one."""
    preset = template.agenda(choice.preset)
    given = {one.step: one.minutes for one in choice.minutes}
    steps = tuple((step, given.get(step.step_id, step.minutes)) for step in preset.steps)
    lines = tuple(
        AgendaLine(step=s.step_id, title=s.title, speaker=s.speaker, minutes=n, icon="clock", sections=())
        for s, n in steps
        if not s.private
    )
    shown = {name for step in preset.steps for name in step.sections}
    elsewhere = {name for one in template.agendas for step in one.steps for name in step.sections}
    return Minutes(
        preset=preset,
        steps=steps,
        child=sum(line.minutes for line in lines),
        with_interpreter=sum(line.minutes for line in longer(lines)),
        adults=sum(n for s, n in steps if s.private),
        left_out=tuple(s.title for s in template.sections if s.section_id in elsewhere - shown),
        few=tuple((s.title, s.at_most) for s in preset.steps if s.at_most),
    )


def with_minutes(template: ClassTemplate, choice: AgendaChoice, told: dict[str, int]) -> AgendaChoice:
    """Return an agenda with these minutes by step; only those that differ from the template are written down.

    Minutes of steps the agenda does not have now stay as they are: another agenda may have them.
    """
    steps = {step.step_id: step.minutes for step in template.agenda(choice.preset).steps}
    others = tuple(one for one in choice.minutes if one.step not in steps)
    ours = tuple(
        StepMinutes(step=step, minutes=told[step])
        for step, usual in steps.items()
        if told.get(step, usual) != usual
    )
    return choice.but(minutes=(*others, *ours))
