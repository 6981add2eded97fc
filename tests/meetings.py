"""A meeting for tests: the sample class, a table for any page of it, and forms as a page sends them."""

from __future__ import annotations

import io
import itertools
import wave
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PIL import Image

from portfolio.model import AnyEntry, Reply, ToTeacher
from portfolio.moments.conference.family_place import coded
from portfolio.moments.conference.table import Table
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from tests.teachers import NOW

E = TypeVar("E", Reply, ToTeacher)

MAMA, DAD = "mama-y-abuelo", "dad"
"""The two homes of Mateo in the sample class."""
TETA = "teta-mama-baba"
"""The one home of Amal."""


def table(
    folder: ClassFolder,
    store: ClassStore,
    student: str,
    home: str = "",
    *,
    lang: str = "",
    at: datetime = NOW,
) -> Table:
    """Return the table of a home's own page, or without a home that of the deck."""
    count = itertools.count(1)
    new_id: Callable[[], str] = lambda: f"n{next(count)}"  # noqa: E731 - said where it is used
    return Table(
        folder=folder,
        store=store,
        student_id=student,
        now=lambda: at,
        today=at.date,
        new_id=new_id,
        by=f"family:{home}" if home else "student",
        household_id=home,
        lang=lang,
    )


def at(who: str, screen: str = "", lang: str = "en") -> tuple[str, ...]:
    """Return the place of somebody's screen on a home's page."""
    return (lang, coded(who), screen) if screen else (lang, coded(who))


def of_kind(table: Table, kind: type[E]) -> list[E]:
    """Return the entries of a kind in the book, oldest first."""
    kept: list[AnyEntry] = [one.entry for one in table.store.entries(table.portfolio_id)]
    return [one for one in kept if isinstance(one, kind)]


def photo(colour: str = "red") -> bytes:
    """Return a small JPEG."""
    made = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(made, "JPEG")
    return made.getvalue()


def voice(seconds: int = 1) -> bytes:
    """Return a recording as phones make it."""
    made = io.BytesIO()
    with wave.open(made, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(b"\x00\x10" * 16_000 * seconds)
    return made.getvalue()
