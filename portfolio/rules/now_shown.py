"""What the child has open just now, for somebody who follows on a phone: its name, and how one might answer.

Only what everybody at the table sees is told: it is taken from a :class:`~portfolio.rules.family_view.FamilyView`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portfolio.errors import N_
from portfolio.model import Passage
from portfolio.rules import family_view as v
from portfolio.rules.answering import Way
from portfolio.rules.running_order import Scene

_BEGINS: Final[Mapping[str, tuple[str, Way]]] = {
    "answers": (N_("I notice"), "notice"),
    "strengths": (N_("At home I see you"), "letter"),
    "work": (N_("I notice"), "notice"),
    "growth_pairs": (N_("I notice"), "notice"),
    "growing": (N_("I will help by"), "letter"),
    "ratings": (N_("I wonder"), "notice"),
    "look_backs": (N_("I did not know that you"), "letter"),
    "goals": (N_("I want to ask"), "notice"),
    "agreements": (N_("A promise: this I will do"), "glow"),
    "teacher_page": (N_("I want to ask"), "notice"),
}
"""How one might begin, by what is shown, and the way to answer where that beginning stands."""


@dataclass(frozen=True)
class NowShown:
    """What is open: words somebody wrote (``named``) or a title of ours (a message id); a beginning, and its way."""

    named: Passage | None
    title: str
    begins: str
    way: Way


def now_shown(scenes: Sequence[Scene], name: str) -> NowShown | None:
    """Return what the screen ``name`` of a deck shows; ``None`` if nothing is open, or none of these screens."""
    scene = next((one for one in scenes if one.name == name), None) if name else None
    if scene is None:
        return None
    if scene.kind == "turn":
        return NowShown(None, N_("Now it is your turn."), N_("I notice"), "notice")
    if scene.part is None:
        return NowShown(None, scene.line.title, N_("I notice"), "notice")
    begins, way = _BEGINS.get(scene.part.content.holds, (N_("I notice"), "notice"))
    return NowShown(_named(scene.part.content), scene.part.title or scene.line.title, begins, way)


def _named(content: v.Content) -> Passage | None:
    """Return what the one thing on a screen is called in the child's words, if it has such a name."""
    match content:
        case v.WorkPart(pieces=(one, *_)):
            return one.title or None
        case v.StrengthsPart(strengths=(one, *_)):
            return one.what.words or None
        case v.GoalsPart(goals=(one, *_)):
            return one.goal.words or None
        case _:
            return None
