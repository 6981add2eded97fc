"""The meetings, as a teacher holds them together: a dataclass for each screen and for what stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portfolio.views.teacher.child_page import MediumSeen
from portfolio.words import Speech

Choices = tuple[tuple[str, str], ...]
"""What a form offers: value, words."""


@dataclass(frozen=True)
class MeetingsFrame:
    """The ways between the screens about all meetings: place, words, how many are new (words or ""), whether one is here."""

    ways: tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True)
class StandsNow:
    """Where a meeting stands just now: a part of the screen that comes anew while one looks on."""

    template: ClassVar[str] = "meetings_stands.html.j2"

    say: Speech
    where: str
    """The step that is open, in words."""
    part: str
    """Which part of how many it is, how long the meeting lasts; "" before it has begun."""
    talk: bool
    """Whether a home there would like to talk alone: nobody but the teacher sees this."""
    visited: bool


@dataclass(frozen=True)
class TableCard:
    """One meeting that is held now. ``phones`` are the homes there: place of their pass, label."""

    entry_id: str
    student_id: str
    name: str
    home: str
    way: str
    icon: str
    begun_on: str
    """The day it began, in words, if that was not today."""
    interpreter: tuple[str, ...]
    """Languages an interpreter is wanted for, by name."""
    adults: str
    """Minutes for the grown-ups, in words; "" if none are wanted."""
    listener: str
    phones: Choices
    visited: bool
    stands: Markup


@dataclass(frozen=True)
class OverLine:
    """A meeting that was today and is over. ``no_yes``: somebody has not said yes to the goal that was set."""

    entry_id: str
    student_id: str
    name: str
    home: str
    way: str
    no_yes: bool


@dataclass(frozen=True)
class AloneLine:
    """A child that shows its book just now though nobody has begun its meeting here: who may be with it (value, words)."""

    student_id: str
    name: str
    homes: Choices


@dataclass(frozen=True)
class NowPage:
    """Who meets now, and where each deck stands."""

    template: ClassVar[str] = "meetings.html.j2"

    say: Speech
    frame: MeetingsFrame
    cards: tuple[TableCard, ...]
    alone: tuple[AloneLine, ...]
    over: tuple[OverLine, ...]
    choices: Choices
    """Who may meet now: child and home, words."""
    ways: Choices
    unread: tuple[str, ...]
    help: tuple[str, ...]
    """What to say to a child who freezes."""
    signals: tuple[tuple[str, str, str], ...]
    """Signs with a hand: drawing, sign, what it means."""


@dataclass(frozen=True)
class TablesNew:
    """Said while one looks on: the tables are other ones by now."""

    template: ClassVar[str] = "meetings_new.html.j2"

    say: Speech


# ------------------------------------------------------------------------------------- one child


@dataclass(frozen=True)
class HomePlan:
    """The next meeting of a home ("" for all together), as it is planned: a form that keeps itself."""

    household_id: str
    label: str
    version: int
    way: str
    listener: str
    adults_only: bool
    met: tuple[str, ...]
    """The meetings so far, in words."""
    interpreter: bool
    speaks: str
    phone: str
    """Place of the home's pass; "" for all together."""


@dataclass(frozen=True)
class StepLine:
    """A step of the agenda: its id, title, whose turn, minutes now and as usual, whether it is for grown-ups alone."""

    step_id: str
    title: str
    turn: str
    minutes: int
    usual: int
    private: bool


@dataclass(frozen=True)
class ChildMeetsPage:
    """One child's meeting: which agenda, how long, how it is held with each home."""

    template: ClassVar[str] = "meetings_child.html.j2"

    say: Speech
    student_id: str
    name: str
    begun: bool
    presets: Choices
    preset: str
    drawn: str
    """What the agenda was when this screen was drawn: the form carries it along."""
    steps: tuple[StepLine, ...]
    interpreter: bool
    asked_for: tuple[str, ...]
    """Homes that ask for an interpreter."""
    sums: tuple[str, ...]
    left_out: str
    few: tuple[str, ...]
    ways: Choices
    homes: tuple[HomePlan, ...]
    held: bool
    met: bool


# --------------------------------------------------------------------------- what homes said alone


@dataclass(frozen=True)
class ToldLine:
    """Words of a home for the teacher alone. ``about`` and ``icon`` say what they are, ``other`` a translation."""

    portfolio_id: str
    entry_id: str
    version: int
    student_id: str
    name: str
    home: str
    household_id: str
    who: str
    day: str
    round: str
    icon: str
    about: str
    words: str
    lang: str
    language: str
    """The language of the words by name, where it is not the teacher's."""
    other: str
    face: str
    media: tuple[MediumSeen, ...]
    talk: bool
    seen: bool


@dataclass(frozen=True)
class TalkLine:
    """A home that would like to talk alone. ``said`` is where it said so: words of ours."""

    student_id: str
    name: str
    home: str
    household_id: str
    who: str
    said: str
    reach: str
    done: bool
    note: ToldLine | None


@dataclass(frozen=True)
class ToldPage:
    """What homes told the teacher alone, or (``felt``) how the meeting was for them."""

    template: ClassVar[str] = "meetings_told.html.j2"

    say: Speech
    frame: MeetingsFrame
    felt: bool
    talks: tuple[TalkLine, ...]
    new: tuple[ToldLine, ...]
    read: tuple[ToldLine, ...]
    unread: tuple[str, ...]


# ------------------------------------------------------------------------------ kept for later


@dataclass(frozen=True)
class ParkedLine:
    """Something there was no time for. ``was``: the day it was for is over."""

    portfolio_id: str
    entry_id: str
    version: int
    who: str
    home: str
    words: str
    lang: str
    due: str
    was: bool
    done: bool


@dataclass(frozen=True)
class ParkedPage:
    """What the tables kept for later, by child."""

    template: ClassVar[str] = "meetings_parked.html.j2"

    say: Speech
    frame: MeetingsFrame
    children: tuple[tuple[str, str, tuple[ParkedLine, ...]], ...]
    """Id and name of a child, what is open there."""
    done: tuple[tuple[str, str, tuple[ParkedLine, ...]], ...]
    unread: tuple[str, ...]
