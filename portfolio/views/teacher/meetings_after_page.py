"""After a meeting and beside it: what was decided, the paper of it, slips for phones, other ways to reach a home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portfolio.views.teacher.meetings_page import MeetingsFrame
from portfolio.words import Speech


@dataclass(frozen=True)
class DecidedLine:
    """A promise or a goal of the table: who, what, by when."""

    who: str
    icon: str
    words: str
    lang: str
    due: str


@dataclass(frozen=True)
class GoalDecidedLine:
    """The goal of a table: its words, first steps and who helps, each with its language; who said yes.

    ``steps`` and ``helpers`` are lines of words, language, and what stands with it (when; who). ``seats``: drawing,
    name, whether it was said. ``mine``: the teacher has said yes to ``version``.
    """

    goal_id: str
    version: int
    words: str
    lang: str
    due: str
    steps: tuple[tuple[str, str, str], ...]
    helpers: tuple[tuple[str, str, str], ...]
    seats: tuple[tuple[str, str, bool], ...]
    mine: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of those who have not said yes."""
        return tuple(name for _, name, said in self.seats if not said)


@dataclass(frozen=True)
class AfterPage:
    """A minute after a meeting: what was decided, one promise to add, a paper for each home."""

    template: ClassVar[str] = "meetings_after.html.j2"

    say: Speech
    student_id: str
    name: str
    goals: tuple[GoalDecidedLine, ...]
    promises: tuple[DecidedLine, ...]
    parked: int
    days: tuple[str, ...]
    homes: tuple[tuple[str, str, str], ...]
    """Each home: id, label, the language of its paper."""


@dataclass(frozen=True)
class DecidedPage:
    """The paper “What we decided” of one home, as it is printed."""

    template: ClassVar[str] = "meetings_decided.html.j2"

    say: Speech
    name: str
    home: str
    sheet: Markup
    languages: tuple[tuple[str, str, bool], ...]
    draft: str
    days: bool
    """Whether there are days for a calendar."""


@dataclass(frozen=True)
class Slip:
    """The way a home comes to its page: what its slip says, in its language. ``square`` is drawn, or empty."""

    say: Speech
    name: str
    home: str
    square: Markup
    begins: str
    groups: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class PhonePage:
    """Slips for one home or for all who meet now; ``here`` is an address that opens on this computer alone."""

    template: ClassVar[str] = "meetings_phone.html.j2"

    say: Speech
    slips: tuple[Slip, ...]
    here: tuple[tuple[str, str], ...]
    served: bool
    one: bool


@dataclass(frozen=True)
class ReachHome:
    """A home without a meeting so far: how it is reached, what could be tried (what a form asks, words)."""

    household_id: str
    label: str
    reach: str
    interpreter: bool
    planned: str


@dataclass(frozen=True)
class ReachPage:
    """The homes that have not been reached yet, by child, and other ways to try."""

    template: ClassVar[str] = "meetings_reach.html.j2"

    say: Speech
    frame: MeetingsFrame
    children: tuple[tuple[str, str, tuple[ReachHome, ...]], ...]
    all_reached: bool
    """Whether there are homes at all: with none in the list, all have met."""
    without: tuple[str, ...]
    """Names of children without any home."""
    tries: tuple[tuple[str, str, str, str], ...]
    """What can be made for a home: what the form asks, drawing, name, what it is."""
    unread: tuple[str, ...]
