"""The screens of the homes: everybody's on one screen, and those of one child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from portfolio.words import Speech


@dataclass(frozen=True, slots=True)
class UnsureLanguage:
    """A word for a language that stood in a list and that nobody has looked at yet."""

    tag: str
    """What keeps it."""
    word: str
    """The word."""
    options: Sequence[tuple[str, str]]
    """What it may mean: values and words."""


@dataclass(frozen=True, slots=True)
class HomeForm:
    """One home: a form that keeps itself."""

    child: str
    """Whose home it is (id)."""
    home: str
    """Its id, which never changes."""
    title: str
    """What it is called."""
    own_label: str
    """A label of its own, besides who lives there; empty if it has none."""
    values: Mapping[str, str]
    """adults, reads, interpreter; for one child also label, speaks, copy_as, reach_by, reach_when, other_children, access_needs."""
    version: int
    """What the form was shown with."""
    written: str
    """That it has words in a book, so that it stays; empty if it has none."""
    unsaid: str = ""
    """That nobody has said yet which language they read, and what follows from it; empty if somebody has."""
    unsure: Sequence[UnsureLanguage] = ()
    """Words of a list for languages nobody here knows, that nobody has looked at yet."""


@dataclass(frozen=True, slots=True)
class ChildHomes:
    """A child and its homes."""

    student_id: str
    """Its id."""
    name: str
    """What the class calls it."""
    homes: Sequence[HomeForm]
    """In their order; perhaps none."""


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One thing to look at, and the children it is about."""

    says: str
    """What it is."""
    children: Sequence[tuple[str, str]]
    """Ids and names."""
    more: int
    """How many are not named."""
    folded: bool
    """Whether it is only good to know: nothing has to be done."""
    unsaid: bool = False
    """Whether it is about homes nobody has said a language of: then one may say that of the class is right."""


@dataclass(frozen=True, slots=True)
class HomeRemarks:
    """What to look at in the homes of the class; shown anew after each change."""

    template: ClassVar = "setup_home_remarks.html.j2"
    say: Speech
    """Our texts in the teacher's language."""
    lines: Sequence[HomeLine]
    """One for each thing."""
    class_language: str
    """The language of the class, by name."""


@dataclass(frozen=True, slots=True)
class SaidPart:
    """A name or a sentence of a screen that is said anew when a form keeps itself."""

    template: ClassVar = "setup_said.html.j2"
    say: Speech
    """Our texts in the teacher's language."""
    words: str
    """What is said now; perhaps nothing."""


@dataclass(frozen=True, slots=True)
class Siblings:
    """Two children that may be of one home."""

    one: str
    """Id of the first."""
    other: str
    """Id of the second."""
    says: str
    """The sentence."""


@dataclass(frozen=True, slots=True)
class SetupHomesPage:
    """“Their homes”: the whole class."""

    template: ClassVar = "setup_homes.html.j2"
    say: Speech
    """Our texts in the teacher's language."""
    children: Sequence[ChildHomes]
    """In the order of the roster."""
    remarks: HomeRemarks
    """What to look at."""
    siblings: Sequence[Siblings]
    """Who may be of one home."""
    example: str
    """Two languages as one writes them here."""


@dataclass(frozen=True, slots=True)
class SetupChildHomesPage:
    """“The homes of Maya”."""

    template: ClassVar = "setup_child_homes.html.j2"
    say: Speech
    """Our texts in the teacher's language."""
    student_id: str
    """Whose homes they are."""
    name: str
    """What the class calls the child."""
    homes: Sequence[HomeForm]
    """In their order; perhaps none."""
    others: Sequence[tuple[str, str]]
    """Homes of other children one may copy: value and words."""
    siblings: Sequence[Siblings]
    """With whom the child may share a home."""
    full: bool
    """Whether there is no room for one more."""
    after: tuple[str, str] | None
    """The next child of the list: id and name."""
