"""The child's own page beside the deck, and what it sees while it practises: dataclasses that are their templates."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from portfolio.model import Choice, Passage
from portfolio.model.portfolio import CueLines
from portfolio.rules.cues import HELPERS, STUCK, CueNow
from portfolio.views.environment import environment
from portfolio.views.pages import MediaAddress
from portfolio.views.safe import SafePage
from portfolio.words import Speech


class CuesPart(Protocol):
    """A part of the page: a frozen dataclass with a ``template`` and a voice."""

    template: ClassVar[str]

    @property
    def say(self) -> Speech:
        """Our texts in the child's language."""


@dataclass(frozen=True)
class Where:
    """Where the deck stands: the step and how many there are, the screen that is open, the next one ("" at the end).

    ``minutes`` are those left of this part, ``None`` where nobody can tell. ``first`` and ``last`` are the ends.
    """

    step: int
    steps: int
    icon: str
    title: str
    screen: Passage | str
    after: Passage | str
    minutes: int | None
    first: bool
    last: bool


@dataclass(frozen=True)
class NowPart:
    """Where the deck is, and the child's lines for it. Everything ``cues_now.html.j2`` may use."""

    template: ClassVar[str] = "cues_now.html.j2"

    say: Speech
    """Our texts in the child's language."""
    where: Where | None
    """Where the deck stands; ``None`` while none is open."""
    cue: CueNow
    """The child's lines."""
    rung: CueLines
    """How much of them it wants to see."""
    lost: bool
    """The deck does not follow what was asked for here."""
    listens: bool
    """Somebody else speaks at this step."""
    pictures: Callable[[str], str]
    """An address for a picture, by SHA-256."""
    media: MediaAddress
    """An address for a recording."""


@dataclass(frozen=True)
class AskPart:
    """What the child may say to the others. Everything ``cues_ask.html.j2`` may use."""

    template: ClassVar[str] = "cues_ask.html.j2"

    say: Speech
    """Our texts in the child's language."""
    invites: tuple[str, ...]
    """Sentences of ours that fit what is open."""
    questions: tuple[Choice | Passage, ...]
    """What the others may ask: the child's own wishes first. Only at their turn."""


@dataclass(frozen=True)
class CuesPage:
    """The whole page. Everything ``cues.html.j2`` may use."""

    template: ClassVar[str] = "cues.html.j2"

    say: Speech
    """Our texts in the child's language."""
    now: SafePage
    """Where the deck is, and the lines."""
    ask: SafePage
    """What the child may say."""
    stuck: tuple[tuple[str, str], ...] = STUCK
    """What helps: a drawing, and what to do."""
    helpers: tuple[str, ...] = HELPERS
    """What somebody may say who helps."""


@dataclass(frozen=True)
class CuePart:
    """The lines below a slide while one practises. Everything ``cue_below.html.j2`` may use."""

    template: ClassVar[str] = "cue_below.html.j2"

    say: Speech
    """Our texts in the child's language."""
    cue: CueNow
    """The child's lines."""
    rung: CueLines
    """How much of them it wants to see."""
    key: str
    """What tells this form from those of other slides."""
    pictures: Callable[[str], str]
    """An address for a picture."""
    media: MediaAddress
    """An address for a recording."""
    so_far: str = ""
    """How long one has practised before the page was opened, in words; "" if not at all."""


@dataclass(frozen=True)
class StepTook:
    """A part of the meeting as it was practised: how long it took in words, what the agenda plans in words.

    ``took`` and ``planned`` are minutes for two lines beside each other, ``longest`` what a whole line is.
    """

    icon: str
    title: str
    took_words: str
    planned_words: str
    took: float
    planned: int
    longest: float


@dataclass(frozen=True)
class PractisedPart:
    """How long it took, and who listened. Everything ``practised.html.j2`` may use."""

    template: ClassVar[str] = "practised.html.j2"

    say: Speech
    """Our texts in the child's language."""
    total: str
    """The time of it all, in a sentence."""
    steps: tuple[StepTook, ...]
    """The parts that were practised, in the order of the agenda."""
    to_tick: tuple[tuple[str, str], ...]
    """What a partner may tick: name and words."""
    longest: int
    """Letters a name may have."""
    kept: bool
    """It is kept already."""


def render(page: CuesPart) -> SafePage:
    """Return a part as HTML: a fragment. Templates stand in ``pages/meeting``."""
    values = {one.name: getattr(page, one.name) for one in dataclasses.fields(page)}  # type: ignore[arg-type]  # a dataclass, by its promise
    return SafePage(environment().get_template(f"meeting/{page.template}").render(values))
