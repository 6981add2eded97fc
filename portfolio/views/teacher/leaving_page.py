"""The screens of "Before it goes home": who still waits, and one child's book with what leaves for each home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.views.teacher.child_page import ChildFrame
from portfolio.words import Speech


@dataclass(frozen=True)
class ChildLine:
    """A child on the screen of the class: place, name, and sentences about what waits for a tick and who has looked."""

    place: str
    name: str
    says: tuple[str, ...]
    waits: bool


@dataclass(frozen=True)
class LeavingClassPage:
    """Who still waits for a tick before the books go home."""

    template: ClassVar[str] = "leaving.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    waiting: tuple[ChildLine, ...]
    """Children with something to decide, in roster order."""
    others: tuple[ChildLine, ...]
    """Children whose book can go as it is, or that has no book or home yet."""


@dataclass(frozen=True)
class ThingSeen:
    """A picture or recording to tick: what it is, its small picture ("" for none), its words, where it stands.

    ``ticked`` tells who ticked and when, as a sentence; "" while nobody has, or it was taken back.
    """

    name: str
    kind: str
    what: str
    words: str
    lang: str
    picture: str
    recording: str
    pages: str
    agreed: bool
    ticked: str


@dataclass(frozen=True)
class Sentence:
    """A sentence with a name in it, in three parts, in its language."""

    before: str
    name: str
    after: str
    lang: str


@dataclass(frozen=True)
class NameSeen:
    """A classmate's name in the book: its sentences, what becomes of it now, what was ticked (how, and by whom)."""

    name: str
    sentences: tuple[Sentence, ...]
    more: str
    out: bool
    sure: bool
    tick: str
    ticked: str


@dataclass(frozen=True)
class HomeSeen:
    """What leaves for one home, in sentences: the head, what is in, what is left out and why, what to know."""

    household_id: str
    label: str
    size: str
    inside: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]
    out: tuple[str, ...]
    know: tuple[str, ...]


@dataclass(frozen=True)
class LeavingPage:
    """One child's book before it goes home."""

    template: ClassVar[str] = "leaving_child.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    frame: ChildFrame
    """The child, and the ways between its screens."""
    things: tuple[ThingSeen, ...]
    """Pictures and recordings with others in them, those that wait first."""
    unmarked: tuple[ThingSeen, ...]
    """Pictures and recordings with nobody else in them, as the child said."""
    names: tuple[NameSeen, ...]
    """Names of classmates, and words that may be names."""
    homes: tuple[HomeSeen, ...]
    """What leaves for each home."""
    differs: tuple[str, ...]
    """What is not the same for the homes; none where there is one."""
    looked: str
    """Whether somebody has looked at the book, in a sentence."""
