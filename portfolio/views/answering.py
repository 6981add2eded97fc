# long: every screen of a home's page, and what each may show, is read in one place
"""What a home answers with: the screens of its own page, and the same pieces on the deck.

Each screen is a dataclass whose fields are exactly what its template (``pages/meeting``) may use. A screen of a home
holds that home's words alone; what is for the teacher only is in none of them once it is sent.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import ClassVar, Protocol

from markupsafe import Markup

from portfolio.model import Household
from portfolio.rules.answering import WayAsked
from portfolio.rules.now_shown import NowShown
from portfolio.views.answers_seen import AnswerShown, GoalSet, LanguageOffered, PromiseSeen, WordsSeen
from portfolio.views.environment import environment
from portfolio.views.safe import SafePage
from portfolio.words import Speech


class AnsweringPage(Protocol):
    """A screen, or a part of one: a frozen dataclass with a ``template`` and a voice."""

    template: ClassVar[str]

    @property
    def say(self) -> Speech:
        """Our texts in the language of the page."""


def render(page: AnsweringPage) -> SafePage:
    """Return a screen as HTML: a fragment, without head and frame. Templates stand in ``pages/meeting``."""
    values = {one.name: getattr(page, one.name) for one in dataclasses.fields(page)}  # type: ignore[arg-type]  # a dataclass, by its promise
    return SafePage(environment().get_template(f"meeting/{page.template}").render(values))


def inside(page: SafePage) -> Markup:
    """Return a part our templates made as it may stand inside another page of ours."""
    return Markup(page)  # noqa: S704 - the type says that only our templates make it


# ------------------------------------------------------------------------------------------ the page of a home


@dataclass(frozen=True)
class HelloPage:
    """Where a home comes in: who answers, in which language."""

    template: ClassVar[str] = "hello.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    student: str
    """The child's name."""
    adults: tuple[tuple[str, str], ...]
    """The adults of the home: name, and the place where this one answers."""
    languages: tuple[LanguageOffered, ...]
    """The languages of the home."""
    draft: bool
    """Whether our texts in this language are a draft."""


@dataclass(frozen=True)
class NowPart:
    """What is on the screen just now, and a way to begin."""

    template: ClassVar[str] = "now_part.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    student: str
    """The child's name."""
    over: bool
    """The meeting has been, and is over."""
    to_agree: bool
    """A goal was set together, and this home has not said yes."""
    now: NowShown | None
    """What is open; ``None`` while nothing is, or while the meeting is another home's."""
    named: WordsSeen | None
    """What it is called in somebody's words."""
    here: str
    """The place of this adult's screens."""


@dataclass(frozen=True)
class NowPage:
    """The screen one stays on while the child presents."""

    template: ClassVar[str] = "now.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    student: str
    """The child's name."""
    who: str
    """Who is answering."""
    here: str
    """The place of this adult's screens."""
    others: str
    """The place where somebody else begins to answer."""
    now: Markup
    """What is on the screen, as a part of the page."""
    ways: tuple[WayAsked, ...]
    """The ways to answer."""
    said: int
    """How many answers of this home there are."""
    marks: dict[str, str]
    """What became of a way this adult has answered in: ``given``, ``quiet`` (given, not for the child) or ``begun``."""
    over: bool
    """Whether the meeting is over: what was given stays as it is."""
    promises: int
    """How many promises there are so far."""
    cards: tuple[str, ...]
    """Questions one may ask the child (message ids)."""
    hints: tuple[tuple[str, str], ...]
    """What helps a child who presents: drawing and sentence."""


@dataclass(frozen=True)
class WritePage:
    """One way to answer in words or with a face."""

    template: ClassVar[str] = "write.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    student: str
    """The child's name."""
    asked: WayAsked
    """The way, and what it asks."""
    values: dict[str, str]
    """What stands there so far."""
    version: int
    """What the form was drawn from."""
    faces: tuple[tuple[str, str], ...]
    """The faces to choose from: drawing and word; none where none is asked."""
    languages: tuple[tuple[str, str], ...]
    """Languages one may write in: tag and name."""
    on_screen: bool
    """Whether an answer that is given stands on the screen at the table."""
    given: bool
    """Whether it was given already."""
    promised: bool
    """Whether the promise in it stands in what we promise."""


@dataclass(frozen=True)
class BringPage:
    """A voice, or a drawing or photo."""

    template: ClassVar[str] = "bring.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    student: str
    """The child's name."""
    asked: WayAsked
    """The way."""
    there: AnswerShown | None
    """What has been brought so far."""
    lang: str
    """The language this adult writes in."""
    languages: tuple[tuple[str, str], ...]
    """Languages one may write in: tag and name."""
    on_screen: bool
    """Whether an answer that is given stands on the screen at the table."""


@dataclass(frozen=True)
class ForTeacherPage:
    """Words for the teacher alone. Nothing that was sent is on it."""

    template: ClassVar[str] = "for_teacher.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    student: str
    """The child's name."""
    teachers: tuple[str, ...]
    """Who will read it."""
    about: tuple[tuple[str, str, str], ...]
    """What it may be: name in the form, drawing, word."""
    faces: tuple[tuple[str, str], ...]
    """Faces for how the meeting was: drawing and word."""
    lang: str
    """The language this adult writes in."""
    languages: tuple[tuple[str, str], ...]
    """Languages one may write in: tag and name."""


@dataclass(frozen=True)
class SentPage:
    """That the teacher has it, and no word of what."""

    template: ClassVar[str] = "sent.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    here: str
    """The place of this adult's screens."""


@dataclass(frozen=True)
class PromisesPart:
    """What we promise, and the goals set together, as they are now."""

    template: ClassVar[str] = "promises_part.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    promises: tuple[PromiseSeen, ...]
    """All promises of everybody."""
    goals: tuple[GoalSet, ...]
    """The goals that were set together."""
    over: bool
    """Whether the meeting is over: a yes may still come, and none is taken back."""


@dataclass(frozen=True)
class PromisesPage:
    """What we promise, with a way to add a promise of one's own."""

    template: ClassVar[str] = "promises.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    here: str
    """The place of this adult's screens."""
    part: Markup
    """The list, as a part of the page."""


@dataclass(frozen=True)
class SaidPage:
    """What this home has said so far."""

    template: ClassVar[str] = "said.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    student: str
    """The child's name."""
    answers: tuple[AnswerShown, ...]
    """The answers, in the order they began."""
    over: bool
    """Whether the meeting is over."""


@dataclass(frozen=True)
class DonePage:
    """The end: what stays, and what happens with it."""

    template: ClassVar[str] = "done.html.j2"

    say: Speech
    """Our texts in the language of the page."""
    student: str
    """The child's name."""
    here: str
    """The place of this adult's screens."""
    waiting: tuple[tuple[str, str], ...]
    """What was begun and not given: what it is called, and its place."""
    given: int
    """How many answers were given that the child may read."""
    quiet: int
    """How many were given that the child does not see."""
    over: bool
    """Whether the meeting is over."""


# ------------------------------------------------------------------------------------------ on the deck


@dataclass(frozen=True)
class TurnPart:
    """The cards of the family's turn on the deck: one form for all who pass the laptop round."""

    template: ClassVar[str] = "turn_part.html.j2"

    say: Speech
    """Our texts in the language of the deck."""
    student: str
    """The child's name."""
    homes: tuple[Household, ...]
    """The homes this meeting is for."""
    others: tuple[Speech, ...]
    """The same texts in the first language of each home, where we have them and it is another one."""
    ways: tuple[WayAsked, ...]
    """The ways one can answer on the deck."""
    faces: tuple[tuple[str, str], ...]
    """The faces to choose from: drawing and word."""
    languages: tuple[tuple[str, str], ...]
    """Languages one may write in: tag and name."""
    lang: str
    """The one most of them write in."""
    on_screen: bool
    """Whether an answer that is given is shown to all."""


@dataclass(frozen=True)
class SaidPart:
    """What was said to the child at the table."""

    template: ClassVar[str] = "said_part.html.j2"

    say: Speech
    """Our texts in the language of the deck."""
    people: tuple[tuple[str, tuple[AnswerShown, ...]], ...]
    """Who has answered, each with all answers everybody may read."""
    others: bool
    """Whether there are answers that stay between a home and the child."""
