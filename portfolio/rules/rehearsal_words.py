"""How a child's lines may begin, step by step of the meeting and by age: short beginnings, to take or to leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portfolio.errors import N_
from portfolio.model import AgeBand, ClassTemplate
from portfolio.rules.family_view import AgendaLine

_YOUNGEST, _YOUNG, _OLDER = 0, 1, 2
_BANDS: Final[Mapping[AgeBand, int]] = {"k-2": _YOUNGEST, "3-5": _YOUNG, "6-8": _OLDER, "9-12": _OLDER}

_STARTERS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]] = {
    "welcome": (
        (N_("Hi, I’m glad you are here."), N_("This is my book.")),
        (N_("I’m glad you are here."), N_("Today I will show you")),
        (N_("Thank you for coming."), N_("First I will show you"), N_("From you I would like")),
    ),
    "last_time": (
        (N_("Last time I wanted to"),),
        (N_("I said I would"), N_("This happened:")),
        (
            N_("Last time I said I would"),
            N_("What came of it:"),
            N_("Next time I would do this in another way:"),
        ),
    ),
    "strengths": (
        (N_("I am good at"), N_("Look, here!")),
        (N_("One thing I do well is"), N_("You can see it in")),
        (N_("A strength of mine is"), N_("You can see it in")),
    ),
    "work": (
        (N_("I made this."), N_("I picked this because"), N_("Now I can")),
        (N_("I chose this because"), N_("I got stuck when"), N_("Please notice")),
        (N_("I chose this because"), N_("The hard part was"), N_("What I learned from it:")),
    ),
    "then_now": (
        (N_("Before, I"), N_("Now I can")),
        (N_("I used to"), N_("Now I"), N_("What I did to get here:")),
        (N_("At first"), N_("What has changed:"), N_("It changed because")),
    ),
    "growing": (
        (N_("I am still learning to"), N_("I will learn to")),
        (N_("Something not easy yet is"), N_("My first step is"), N_("You can help by")),
        (N_("I am working on"), N_("What I have tried:"), N_("The help I want:")),
    ),
    "together": (
        (N_("What do we want to do?"),),
        (N_("What should we do next, together?"), N_("I would like to")),
        (N_("I would like us to choose"), N_("Who helps with what?")),
    ),
    "thank_you": (
        (N_("Thank you for coming."), N_("My favorite part was")),
        (N_("Thank you for coming."), N_("Please write me a letter.")),
        (N_("Thank you for coming."), N_("This is what we agreed:")),
    ),
}
"""Beginnings by step, for the youngest, for grades 3 to 5, and for those who are older."""

_FIRST_WORDS: Final = (
    (N_("Look, this is"),),
    (N_("Now I will show you"),),
    (N_("Now I would like to show you"),),
)
"""How a step nobody has thought of may begin."""

_BY_HOLDS: Final[Mapping[str, str]] = {
    "look_backs": "last_time",
    "strengths": "strengths",
    "work": "work",
    "growth_pairs": "then_now",
    "growing": "growing",
    "goals": "growing",
    "agreements": "together",
}
"""Which of our steps a step is like, by what its pages hold: a teacher may name the steps in another way."""


def starters(template: ClassTemplate, line: AgendaLine, *, first: bool, last: bool) -> tuple[str, ...]:
    """Return how a child's words may begin at a step; ``first`` and ``last``: of the whole meeting."""
    return _STARTERS.get(_like(template, line, first=first, last=last), _FIRST_WORDS)[
        _BANDS[template.age_band]
    ]


def _like(template: ClassTemplate, line: AgendaLine, *, first: bool, last: bool) -> str:
    """Return the step of ours a step is like, "" if it is like none."""
    if line.step in _STARTERS:
        return line.step
    if line.speaker == "all":
        return "together"
    sections = (template.section(name) for name in line.sections)
    like = (_BY_HOLDS.get(section.holds) for section in sections if section)
    return next(filter(None, like), "welcome" if first else "thank_you" if last else "")
