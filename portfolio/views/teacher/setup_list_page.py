"""The screens of a list that comes in: bringing it; its columns, what would happen, taking it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portfolio.words import Speech


@dataclass(frozen=True, slots=True)
class SetupBringPage:
    """“Bring a list of the children”: a file, or names that are typed or pasted."""

    template: ClassVar = "setup_bring.html.j2"
    say: Speech
    """Our texts in the teacher's language."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A group of things a column can be."""

    title: str
    """What the group is called; empty: no group."""
    home: int
    """Which home it is about, from 1; 0: none."""
    options: Sequence[tuple[str, str]]
    """Values and words."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of the list."""

    index: int
    """Its place from 0, part of the name of its select."""
    letter: str
    """Its letter, as spreadsheet programs show it."""
    heading: str
    """What stands above it; may be empty."""
    value: str
    """What it is taken for: one of the choices."""
    why: str
    """How we know."""
    look: bool
    """Whether a person should look at it."""
    shown: bool
    """Whether it stands in the first table; what we do not need is folded away."""
    cells: Sequence[str]
    """What stands in it in the first rows."""


@dataclass(frozen=True, slots=True)
class NewChild:
    """A child that would be new."""

    name: str
    """What the class would call it."""
    homes: Sequence[str]
    """A line for each home."""


@dataclass(frozen=True, slots=True)
class ChangedChild:
    """A child of the class that would change."""

    name: str
    """What the class calls it now."""
    changes: Sequence[tuple[str, str, str]]
    """What changes, from what, to what."""


@dataclass(frozen=True, slots=True)
class WhoQuestion:
    """Something only a person can say: who a row is, or where a child is in the list."""

    field: str
    """The name of its select."""
    ask: str
    """The question."""
    options: Sequence[tuple[str, str]]
    """Values and words."""
    chosen: str
    """What is chosen now."""
    folded: bool = False
    """Whether nothing speaks for it: a child that is not in the list and shares no name with a new one."""


@dataclass(frozen=True, slots=True)
class LanguageQuestion:
    """A word for a language nobody here knows."""

    field: str
    """The name of its select."""
    ask: str
    """The question."""
    whose: str
    """The children it is about, in a line."""
    options: Sequence[tuple[str, str]]
    """Values and words."""
    chosen: str
    """What is chosen now."""


@dataclass(frozen=True, slots=True)
class SetupListPage:
    """“Look at the list”."""

    template: ClassVar = "setup_list.html.j2"
    say: Speech
    """Our texts in the teacher's language."""
    name: str
    """The name of the file."""
    columns: Sequence[ListColumn]
    """In the order of the file."""
    choices: Sequence[Choices]
    """What a column can be."""
    rows: Sequence[int]
    """The numbers of the first rows."""
    all_rows: int
    """How many rows there are."""
    counts: str
    """What would happen, counted."""
    letters: Sequence[tuple[str, str]]
    """How letters may be kept; empty where the file says it."""
    letters_now: str
    """What is chosen of these."""
    headings: Sequence[tuple[str, str]]
    """Rows that may hold the headings: number ("0": there are none) and what stands in them."""
    headings_now: str
    """Which of them does."""
    first_names: bool
    """Whether family names are left out."""
    readable: bool
    """Whether a column is a name, so that one can say what would happen."""
    something: bool
    """Whether anything would happen."""
    new: Sequence[NewChild]
    """Who is new."""
    changed: Sequence[ChangedChild]
    """Who would change, and how."""
    same: Sequence[str]
    """Who stays as before."""
    missing: Sequence[str]
    """Who is in the class and not in the list: they stay."""
    remarks: Sequence[str]
    """What a person should look at."""
    troubles: Sequence[str]
    """Rows that would not be read."""
    who: Sequence[WhoQuestion]
    """What only a person can say."""
    languages: Sequence[LanguageQuestion]
    """Words for languages that nobody here knows."""
    one_home: str
    """Whether the grown-ups of two columns live in one home ("one", "two"); empty where nobody need ask."""
