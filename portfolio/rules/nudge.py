"""A nudge: something a book could still say, and where. Never a mark, never a reason to wait."""

from __future__ import annotations

from typing import Final, Literal, get_args

from portfolio.model import Entry, Passage, Portfolio, Record, Section
from portfolio.model.record import Identifier
from portfolio.rules.answers import in_a_line, kept

Kind = Literal[
    "strength_without_proof",
    "growing_without_step",
    "goal_without_step",
    "growing_without_help",
    "goal_without_helper",
    "goal_without_when",
    "growing_without_look_again",
    "goal_without_look_again",
    "more_growing",
    "tests_take_over",
    "no_good_end",
    "note_without_strength",
    "nothing_growing",
    "no_feelings",
    "no_question",
]
"""What a book could still say. The ways forward come first, the book as a whole after them."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""All kinds, the first to think of first."""

ForWhom = Literal["child", "teacher", "both"]

LONGEST_SAID: Final = 60
"""Characters of somebody's words that are enough to know them again."""

_NAMES: Final = {
    "strengths": ("what", "picks"),
    "growing": ("what", "picks", "behind", "tried"),
    "goals": ("goal", "picks"),
}
"""Which answers name a thing, by what a section holds."""


class Nudge(Record):
    """One thing a book could still say: in which section, in which entry if it is about one.

    ``values`` are pairs for its sentence; ``said`` is how the words of that entry begin, if it has words.
    """

    kind: Kind
    section_id: Identifier
    entry_id: Identifier | None = None
    values: tuple[tuple[str, str], ...] = ()
    for_whom: ForWhom = "both"


def answered(entry: Entry, field: str) -> bool:
    """Return whether a field says something: in words or picks, or said, drawn or photographed beside it."""
    there = kept(entry, field)
    return bool(there.strip() if isinstance(there, str) else there) or bool(entry.beside(field))


def beginning(entry: Entry, field: str) -> tuple[tuple[str, str], ...]:
    """Return the value ``said`` for a nudge: how the words of a field begin; none if it has no words."""
    words = in_a_line(getattr(entry, field, None) or Passage(), entry.beside(field))
    said = " ".join(words.text.split())
    if len(said) > LONGEST_SAID:
        cut = said[: LONGEST_SAID - 1]
        said = (cut[: cut.rfind(" ")] if cut.rfind(" ") > LONGEST_SAID // 2 else cut).rstrip() + "…"
    return (("said", said),) if said else ()


def is_named(section: Section, entry: Entry) -> bool:
    """Return whether an entry names its strength, goal or thing growing, in an answer its page asks for.

    A step or a help alone does not name it.
    """
    return any(section.prompt(field) and answered(entry, field) for field in _NAMES[section.holds])


def entries_of(portfolio: Portfolio, holds: str) -> tuple[Entry, ...]:
    """Return the entries of a section that holds records of its own, in order."""
    found: tuple[Entry, ...] = getattr(portfolio, holds)
    return found
