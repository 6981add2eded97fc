"""What a teacher decided about names of other children before a book goes home."""

from __future__ import annotations

from datetime import date
from typing import Literal

from portfolio.model.entry import Entry
from portfolio.model.record import Identifier, Line

NameTick = Literal["may_be_named", "not_a_name", "is_a_name"]
"""What was ticked for a name: the child may be named, it is a word like any other, it is a name after all."""


class Naming(Entry):
    """A tick for a name that stands in one child's book. Only teachers see it; it says nothing in any file.

    Until ``how`` is ``may_be_named`` or ``not_a_name`` the name of another child of the class stands in no copy for a
    home: "a classmate" stands there. ``is_a_name`` keeps out what looked like a word. Who ticked last, and when, is
    here; what was ticked before is in the history.
    """

    kind: Literal["naming"] = "naming"
    name: Line
    how: NameTick = "may_be_named"
    teacher_id: Identifier
    on: date | None = None
