"""A table for tests: one child's meeting in a class on disk, with a clock and ids a test decides."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from portfolio.moments.conference.table import Table
from portfolio.store.class_folder import ClassFolder
from tests.teachers import NOW


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Return the time."""
        return self.at

    def pass_(self, **time: float) -> None:
        """Let time pass: ``minutes=3``."""
        self.at += timedelta(**time)


def table_of(folder: ClassFolder, student_id: str = "amal", clock: Clock | None = None, **more: Any) -> Table:
    """Return the table of a child's meeting. The caller closes ``table.store``.

    Two tables of one class get ids that never meet: each says who it is in them.
    """
    clock, count = clock or Clock(), itertools.count(1)
    mine = f"{more.get('by', 'student')}".replace(":", "-")
    given: dict[str, Any] = {
        "folder": folder,
        "store": folder.store(),
        "student_id": student_id,
        "now": clock,
        "today": lambda: clock().date(),
        "new_id": lambda: f"{mine}-{next(count)}",
    }
    return Table(**(given | more))
