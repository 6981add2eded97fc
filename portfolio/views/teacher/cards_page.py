"""The cards children come in with: on the teacher's desk, and as a file of their own to print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from markupsafe import Markup

from portfolio.words import Speech

Way = Literal["links", "pictures", "secret"]
"""How children come in: by a link of their own, by their picture, or by that and two secret pictures."""


@dataclass(frozen=True)
class Card:
    """One child's card. It holds nothing of any other child.

    ``picture`` is drawn, ``picture_word`` its name · ``does`` what to do, a sentence each · ``qr`` is empty where
    there is no link; ``begins`` and ``groups`` are the link as one types it · ``secret`` are the two secret
    pictures with their names, in order.
    """

    student_id: str
    name: str
    picture: Markup
    picture_word: str
    does: tuple[str, ...]
    qr: Markup = field(default_factory=Markup)
    begins: str = ""
    groups: tuple[str, ...] = ()
    secret: tuple[tuple[Markup, str], ...] = ()


@dataclass(frozen=True)
class CardsPage:
    """The screen with all cards, as they will be printed."""

    template: ClassVar[str] = "cards.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    way: Way
    """How children come in with these cards."""
    ways: tuple[tuple[str, str, bool], ...]
    """The kinds of cards one may print: place, words, whether it is this one."""
    why_not: str
    """Why there are no cards here, and what to do, in a sentence; empty if there are some."""
    sheets: tuple[tuple[Card, ...], ...]
    """The cards, sheet by sheet."""
    backs: bool
    """Whether an empty page follows each sheet, for printers that print on both sides."""
    turn: str
    """The place that shows the same with or without empty pages."""
    here_only: bool
    """Whether the links open on this computer alone."""
    passes: bool
    """Whether the links open only until the program is stopped: its next start has another address."""
    command: str
    """What to start so that other computers find the class: for whoever set it up."""
    draft: str
    """That nobody has checked our words on them, in a sentence; empty if somebody has."""
    without: tuple[str, ...]
    """Names of children whose link is not known here."""
    known: bool
    """Whether any child has a link that is known here."""


@dataclass(frozen=True)
class OneCardPage:
    """The screen with one child's card."""

    template: ClassVar[str] = "card_one.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    way: Way
    """How children come in with this card."""
    name: str
    """The child."""
    why_not: str
    """Why there is no card, in a sentence; empty if there is one."""
    here_only: bool
    """Whether the link opens on this computer alone."""
    passes: bool
    """Whether the link opens only until the program is stopped."""
    command: str
    """What to start so that other computers find the class: for whoever set it up."""
    draft: str
    """That nobody has checked our words on them, in a sentence; empty if somebody has."""
    sheets: tuple[tuple[Card, ...], ...]
    """The card, alone on its sheet."""


@dataclass(frozen=True)
class CardsFile:
    """Cards in a file of their own: what the command line writes."""

    template: ClassVar[str] = "cards_file.html.j2"

    say: Speech
    """Our texts in the language of the class."""
    way: Way
    """How children come in with these cards."""
    sheets: tuple[tuple[Card, ...], ...]
    """The cards, sheet by sheet."""
    backs: bool
    """Whether an empty page follows each sheet."""
