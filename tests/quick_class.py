"""A small class for tests that need no sample: made in a moment, with the desk of its teacher."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from pathlib import Path

from portfolio.model import AgeBand
from portfolio.moments.classes import new_class
from portfolio.moments.room import Asked
from portfolio.moments.teacher.room import TeacherDesk, WayIn
from tests.teachers import NOW, teacher_desk


def quick_desk(
    place: Path,
    names: Sequence[str] = ("Amal", "Mateo", "Linh"),
    *,
    band: AgeBand = "3-5",
    way_in: WayIn = "",
) -> TeacherDesk:
    """Return the desk of a new class with these children, each with an empty book. The caller closes ``desk.store``."""
    folder = new_class(
        place / "class-4b",
        name="Class 4B",
        band=band,
        round_name="Fall 2026",
        students=names,
        today=NOW.date(),
        randomness=lambda n: hashlib.shake_128(b"quick").digest(n),
        teacher_names=("Ms. Rivera",),
    )
    return dataclasses.replace(teacher_desk(folder), way_in=way_in)


def book_id(desk: TeacherDesk, student_id: str) -> str:
    """Return the id of a child's book in this round."""
    return desk.store.rounds(student_id)[-1].portfolio_id


def asked(what: str, **values: str | list[str]) -> Asked:
    """Return what a form asks; an underscore in a name stands for a hyphen, one at its end for nothing (``as_``)."""
    told = {
        name.rstrip("_").replace("_", "-"): (value,) if isinstance(value, str) else tuple(value)
        for name, value in values.items()
    }
    return Asked(what=what, values=told)
