"""Which field of which record can be asked with which control: read from the records themselves."""

from __future__ import annotations

from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin

from portfolio.model import entries as e
from portfolio.model import plans
from portfolio.model.entry import Entry
from portfolio.model.media import Medium
from portfolio.model.passage import Passage, Picture
from portfolio.model.template import Control, Holds

RECORD: dict[Holds, type[Entry]] = {
    "answers": e.Answer,
    "strengths": e.Strength,
    "work": e.Work,
    "growth_pairs": e.GrowthPair,
    "growing": plans.Growing,
    "ratings": e.Rating,
    "look_backs": plans.LookBack,
    "goals": plans.Goal,
    "agreements": plans.Agreement,
    "teacher_page": e.TeacherNote,
    "replies": e.Reply,
}
"""Which record a section's entries are."""

BESIDE_A_RATING = ("example", "against", "teacher_says", "better")
"""Fields of a rating that are asked in words, once for each of its questions."""

_ANSWER: tuple[Control, ...] = ("line", "long", "picks", "one", "scale", "photos", "media")
_REFERENCES = frozenset({"piece", "now_piece"})
_NOT_ASKED = frozenset(
    {
        "entry_id",
        "kind",
        "section",
        "prompt",
        "question",
        "goal_id",
        "promise_id",
        "teacher_id",
        "household_id",
    }
)


def askable(holds: Holds) -> dict[str, tuple[Control, ...]]:
    """Return the fields a section of this kind can ask for, each with the controls that fit.

    Sections of answers may name their prompts freely (the mapping is empty: any name, any control of
    :func:`controls_for`); so may ratings, whose prompts are the questions.
    """
    if holds == "answers":
        return {}
    record = RECORD[holds]
    found = {name: _controls(name, field.annotation) for name, field in record.model_fields.items()}
    return {name: controls for name, controls in found.items() if controls and name not in _NOT_ASKED}


def controls_for(holds: Holds, field: str) -> tuple[Control, ...]:
    """Return the controls that can fill ``field``; empty if such a section has no such field."""
    if holds == "answers":
        return _ANSWER
    if holds == "ratings" and field not in BESIDE_A_RATING:
        return ("scale",)
    return askable(holds).get(field, ())


def _controls(name: str, annotation: Any) -> tuple[Control, ...]:
    if get_origin(annotation) is tuple:
        return _many(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _controls(name, next(a for a in get_args(annotation) if a is not type(None)))
    if annotation is Passage:
        return ("line", "long")
    if annotation is date:
        return ("date",)
    if name in _REFERENCES:
        return ("piece",)
    return ("one", "scale", "line") if _is_text(annotation) else ("one", "scale")


def _is_text(annotation: Any) -> bool:
    return annotation is str or (hasattr(annotation, "__origin__") and annotation.__origin__ is str)


def _many(item: Any) -> tuple[Control, ...]:
    if item == Medium:
        return ("media",)
    if item is Picture:
        return ("photos",)
    if item in (plans.Step, plans.Helper, plans.IfThen):
        return ("rows",)
    if item is date:
        return ("dates",)
    return ("picks",) if _is_text(item) else ()
