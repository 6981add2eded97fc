"""The class on one screen: a few small things for today, who needs what, and lists of some of the children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.model.people import Cloth
from portfolio.words import Speech


@dataclass(frozen=True)
class SmallLine:
    """One small thing for today: its drawing, what it is, and the way to it."""

    icon: str
    words: str
    href: str
    link: str


@dataclass(frozen=True)
class FilterLine:
    """The way to a list of some of the children; ``here``: it is the one on the screen."""

    href: str
    words: str
    here: bool


@dataclass(frozen=True)
class RowLine:
    """A child's line: who, in which cloth (``None``: no book yet), where it is, the next thing and the way there.

    The name leads to the child's book.

    ``more`` are further sentences, where a list says more of fewer children. ``mend`` names damaged parts of the
    book, each with its id, that have a good state to bring back.
    """

    student_id: str
    name: str
    cloth: Cloth | None
    icon: str
    place: str
    words: str
    href: str
    more: tuple[str, ...] = ()
    mend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TermLine:
    """A school word of the class: the word, what it means, in whose books it stands."""

    term: str
    plain: str
    books: str


@dataclass(frozen=True)
class ClassPage:
    """The register of the class, whole or some of it.

    ``sheet`` is what stands over the list on paper · ``small`` are things for today, told by ``small_title`` ·
    ``filters`` are the lists one wants most, ``others`` are folded away · ``wide``: many children, in two columns where there is room · ``notes`` are sentences about what cannot be
    read · ``empty`` is said in place of rows, with ``start`` as the way to begin a class.
    """

    template: ClassVar[str] = "class.html.j2"
    say: Speech
    sheet: str
    small_title: str
    small: tuple[SmallLine, ...]
    filters: tuple[FilterLine, ...]
    others: tuple[FilterLine, ...]
    rows: tuple[RowLine, ...]
    wide: bool
    notes: tuple[str, ...] = ()
    terms: tuple[TermLine, ...] = ()
    empty: str = ""
    start: str = ""
