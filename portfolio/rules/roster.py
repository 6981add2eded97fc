"""The words of a roster: rows of a spreadsheet, what a column is, a child as a row tells it, the plan.

``roster_columns`` says which column is what, ``roster_rows`` makes children of the rows, ``roster_match``
finds them in the class, ``roster_plan`` says what would change. Nothing here reads a file or writes one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from portfolio.model import Student

Sure = Literal["sure", "likely", "guess", "asked"]
"""How we know what a column is: its heading, part of its heading, what is in it, or somebody said so."""

LeftOut = Literal["", "not needed", "not used", "not understood", "not wanted", "twice"]
"""Why a column is left out; empty for a column that is read."""

Role = Literal[
    "name", "first", "last", "preferred", "say", "pronouns", "grade", "homeroom", "id",
    "guardian", "guardian_first", "guardian_last", "language", "spoken", "interpreter", "household", "",
]  # fmt: skip
"""What a column holds; those from ``guardian`` on belong to one home. Empty: it is left out."""

HOME_ROLES: frozenset[Role] = frozenset(
    {
        "guardian",
        "guardian_first",
        "guardian_last",
        "language",
        "spoken",
        "interpreter",
        "household",
    }
)

GROWN_UPS: frozenset[Role] = frozenset({"guardian", "guardian_first", "guardian_last"})

Homes = Literal["", "one", "two"]
"""Whether grown-ups of several columns live together, if somebody says so; else a column of its own for a home does."""

TagsOf = Callable[[str], tuple[tuple[str, ...], tuple[str, ...]]]
"""Turns the languages in a cell into BCP 47 tags; second, the words it did not know."""


@dataclass(frozen=True)
class Row:
    """A row with something in it; ``number`` counts from 1 as a spreadsheet program shows it."""

    number: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """Return a cell counted from 0, empty beyond the end."""
        return self.cells[index] if 0 <= index < len(self.cells) else ""


@dataclass(frozen=True)
class Remark:
    """One sentence about the file: a message id, the values that fill it, and the row (0: the whole file)."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)
    row: int = 0

    def __str__(self) -> str:
        return self.msgid.format(**self.values)


def remark(msgid: str, **values: object) -> Remark:
    """Return a remark; ``msgid`` is marked with ``N_`` where it is written, ``row`` is one of the values."""
    row = values.get("row", 0)
    return Remark(msgid, values, row if isinstance(row, int) else 0)


@dataclass(frozen=True)
class Column:
    """What one column is taken for; ``index`` counts from 0, ``home`` from 1 (0: it is about the child)."""

    index: int
    heading: str
    role: Role
    home: int = 0
    sure: Sure = "sure"
    left_out: LeftOut = ""
    samples: tuple[str, ...] = ()


_A_HOME_OF_ITS_OWN = frozenset({"language", "spoken", "interpreter", "household"})


@dataclass(frozen=True)
class Table:
    """The rows of children, and what each column is. ``remarks`` tell what was left out around them.

    ``headings`` is the number of the row with the headings, 0 if there is none; ``homes`` is what somebody says of
    the homes of the grown-ups.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()
    headings: int = 0
    homes: Homes = ""

    def joins(self, home: int) -> bool:
        """Return whether the grown-ups of this home (from 2) are taken for more of the first one."""
        own = any(c.home == home and c.role in _A_HOME_OF_ITS_OWN for c in self.columns)
        return self.homes == "one" or (self.homes == "" and not own)

    def index(self, role: Role, home: int = 0) -> int:
        """Return where a role is read, or -1."""
        return next((c.index for c in self.columns if (c.role, c.home) == (role, home)), -1)


@dataclass(frozen=True)
class ToldHome:
    """One home as a row tells it. ``None`` and empty mean: the row does not say."""

    label: str = ""
    adults: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    speaks: tuple[str, ...] = ()
    interpreter: bool | None = None


@dataclass(frozen=True)
class Listed:
    """A child as a row tells it.

    ``name`` is what the class would call it, ``forms`` other whole names of the row, ``short`` first names
    alone. Empty texts mean: the row does not say.
    """

    row: int
    name: str
    forms: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    student_id: str = ""
    say_it: str = ""
    pronouns: str = ""
    grade: str = ""
    class_name: str = ""
    homes: tuple[ToldHome, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What changes: ``of`` names the home it is about, if any; texts as a teacher reads them."""

    what: Literal[
        "name", "say it", "pronouns", "grade", "homeroom", "home", "adults", "languages", "interpreter"
    ]
    before: str
    after: str
    of: str = ""


@dataclass(frozen=True)
class Changed:
    """A child of the class with what the file says anew."""

    before: Student
    after: Student
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class WhoIsIt:
    """A row that was left alone, because only a person can say who of the class (ids) it is."""

    row: int
    name: str
    perhaps: tuple[str, ...]


@dataclass(frozen=True)
class RosterPlan:
    """What an import would do. ``missing`` are in the class and not in the file: they stay as they are.

    ``troubles`` are rows that would not be read; ``fingerprint`` is the roster the plan was made for.
    ``who`` are rows somebody has to say more about; ``new_rows`` are the rows of the new children, in order.
    """

    new: tuple[Student, ...]
    changed: tuple[Changed, ...]
    same: tuple[Student, ...]
    missing: tuple[Student, ...]
    columns: tuple[Column, ...]
    warnings: tuple[Remark, ...]
    troubles: tuple[Remark, ...]
    fingerprint: str
    who: tuple[WhoIsIt, ...] = ()
    new_rows: tuple[int, ...] = ()

    @property
    def ignored_columns(self) -> tuple[Column, ...]:
        """The columns nothing is taken from."""
        return tuple(column for column in self.columns if not column.role)

    @property
    def does_something(self) -> bool:
        """Whether importing would change the class."""
        return bool(self.new or self.changed)


def fingerprint(students: Sequence[Student]) -> str:
    """Return a digest (SHA-256, hex) that differs for any other roster: somebody new, renamed, reordered."""
    digest = hashlib.sha256()
    for student in students:
        digest.update(student.model_dump_json().encode("utf-8") + b"\n")
    return digest.hexdigest()
