"""The screens of what is taken along: the whole class as a file, a table, books for homes and next teachers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.words import Speech


@dataclass(frozen=True)
class Way:
    """One thing to take along: its place, icon, name, and what it is for."""

    place: str
    icon: str
    name: str
    about: str


@dataclass(frozen=True)
class OutPage:
    """All there is to take along."""

    template: ClassVar[str] = "out.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    ways: tuple[Way, ...]
    """The things, in the order a teacher needs them in a round."""


@dataclass(frozen=True)
class Line:
    """What became of one child or home: its name, and a sentence."""

    name: str
    says: str


@dataclass(frozen=True)
class MakePage:
    """A screen that makes files: what they are, a button, and what became of it."""

    template: ClassVar[str] = "out_make.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    about: tuple[str, ...]
    """What is made and for whom, a paragraph each."""
    beware: str
    """What to keep in mind, in a sentence; empty if there is nothing."""
    form: str
    """The name of the form."""
    ticks: tuple[tuple[str, str, bool], ...]
    """What may be chosen: name, words, whether it is ticked."""
    button: str
    """The words on the button."""
    made: str
    """Where the last files are, in a sentence; empty before any were made."""
    lines: tuple[Line, ...]
    """What became of each child or home, or what is so before anything is made."""
    lines_about: str
    """The heading over these lines."""
    before: tuple[str, str] = ("", "")
    """What to look at first: place and words; none, if there is nothing."""


@dataclass(frozen=True)
class TablePage:
    """The table of the class, as it would be taken along."""

    template: ClassVar[str] = "out_table.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    name: str
    """What the table is about."""
    headings: tuple[str, ...]
    """The columns."""
    rows: tuple[tuple[str, ...], ...]
    """The children, in the order of the roster."""
