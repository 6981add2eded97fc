"""Parts of a deck that are written at the table: a dataclass for each, whose fields are exactly what its template may use.

What stands here everybody at the table sees: nothing of what a home or a child says to its teacher alone has a field.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

from markupsafe import Markup

from portfolio.model import Choice, Passage, Progress, Voice
from portfolio.views.environment import environment
from portfolio.views.phrases import PROGRESS
from portfolio.views.safe import SafePage
from portfolio.words import Speech

FAR: Final[tuple[tuple[Progress, str, str], ...]] = tuple(
    (word, word.replace("_", "-"), text) for word, text in PROGRESS.items() if word is not None
)
"""The five words for how far something is: value, drawing, words."""


class TablePart(Protocol):
    """A part of the deck: a frozen dataclass with a ``template`` and a voice."""

    template: ClassVar[str]

    @property
    def say(self) -> Speech:
        """Our texts in the language of the deck."""


def render(part: TablePart) -> SafePage:
    """Return a part as HTML. Templates stand in ``pages/talk``."""
    values = {one.name: getattr(part, one.name) for one in dataclasses.fields(part)}  # type: ignore[arg-type]  # a dataclass, by its promise
    return SafePage(environment().get_template(f"talk/{part.template}").render(values))


@dataclass(frozen=True)
class GoalPart:
    """The form of the goal that is set together.

    ``told`` is the goal as its form shows it, ``version`` what that was drawn from; ``lead`` begins the sentence, ``ask``
    asks for it. ``picks`` and ``helpers`` are the pictures to choose from (none for those who write), of ``most`` at
    most. ``days`` are suggested days (value and words), ``first`` the earliest one may choose.
    """

    template: ClassVar[str] = "goal.html.j2"

    say: Speech
    lang: str
    told: dict[str, tuple[str, ...]]
    version: int
    ask: str
    lead: str
    picks: tuple[Choice, ...]
    most: int
    helpers: tuple[Choice, ...]
    days: tuple[tuple[str, str], ...]
    first: str


@dataclass(frozen=True)
class YesPart:
    """Who says yes to the goal: voice, name, whether it was said. ``goal_id`` is "" while there is no goal."""

    template: ClassVar[str] = "yes.html.j2"

    say: Speech
    goal_id: str
    seats: tuple[tuple[Voice, str, bool], ...]


@dataclass(frozen=True)
class PromiseLine:
    """A promise in its form. ``named``: its name stands fast; else it is asked for."""

    entry_id: str
    who: Voice
    name: str
    named: bool
    words: Passage
    by_when: str
    version: int


@dataclass(frozen=True)
class PromisesPart:
    """The promises of this meeting, one form each, in the order they were begun; ``first`` is the earliest day."""

    template: ClassVar[str] = "promises.html.j2"

    say: Speech
    lines: tuple[PromiseLine, ...]
    first: str


@dataclass(frozen=True)
class MorePart:
    """Who may promise one more thing: value, voice and name of each seat."""

    template: ClassVar[str] = "more.html.j2"

    say: Speech
    seats: tuple[tuple[str, Voice, str], ...]


@dataclass(frozen=True)
class ParkedLine:
    """Something that is kept for later."""

    entry_id: str
    who: Voice
    name: str
    words: Passage
    until: str
    done: bool
    version: int


@dataclass(frozen=True)
class ParkedPart:
    """What the table keeps for later, and the line for one thing more. ``seats`` are who may bring it up."""

    template: ClassVar[str] = "parked.html.j2"

    say: Speech
    lang: str
    lines: tuple[ParkedLine, ...]
    seats: tuple[tuple[str, str], ...]
    first: str


@dataclass(frozen=True)
class BackLine:
    """A promise of last time: whose, what, how far it is, and why, as somebody said. ``key`` names it in its form."""

    key: str
    who: Voice
    name: str
    words: Passage
    how_far: Progress | None
    because: tuple[str, Passage] | None
    version: int


@dataclass(frozen=True)
class BackPart:
    """Promises of last time on one screen, each with the words for how far it is."""

    template: ClassVar[str] = "back.html.j2"

    say: Speech
    lines: tuple[BackLine, ...]
    far: tuple[tuple[Progress, str, str], ...] = FAR


@dataclass(frozen=True)
class PromisedPart:
    """What was promised, to be read aloud: the goal of all, then who does what until when; ``days``: when we look again."""

    template: ClassVar[str] = "promised.html.j2"

    say: Speech
    goal: Passage
    goal_lead: str
    goal_picks: tuple[Choice, ...]
    lines: tuple[tuple[Voice, str, Passage, str], ...]
    days: tuple[str, ...]


@dataclass(frozen=True)
class FinishPart:
    """The end: ``over`` once somebody said "We are done"; ``again`` is the next day we look; ``adults``: who stays now.

    ``not_yet``: somebody has not said yes to the goal.
    """

    template: ClassVar[str] = "finish.html.j2"

    say: Speech
    over: bool
    again: str
    adults: str
    not_yet: bool


@dataclass(frozen=True)
class PhonesPart:
    """The way to a home's own phone.

    ``several``: more than one home could be looking, so there is no square. ``address`` is where its page opens on
    this computer alone, "" where a phone can come; then ``square`` is SVG, and ``begins`` and ``groups`` are typed.
    """

    template: ClassVar[str] = "phones.html.j2"

    say: Speech
    several: bool
    address: str
    square: Markup
    begins: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class NewsPart:
    """What a deck that is open cannot show by itself: ``changed``, the steps of the meeting are others now."""

    template: ClassVar[str] = "news.html.j2"

    say: Speech
    changed: bool
