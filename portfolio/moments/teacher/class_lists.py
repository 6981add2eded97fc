"""The lists of a class: everyone, who waits, who has not begun, and the rest. Each is a link on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from portfolio.errors import N_
from portfolio.moments.teacher.class_reading import Row
from portfolio.moments.teacher.class_words import PLACE
from portfolio.rules.class_facts import AFTER
from portfolio.rules.next_action import Place


@dataclass(frozen=True)
class ClassList:
    """Some of the children: its name in the address, what it is called, who is in it, what is said if nobody is.

    ``always``: the way there stands on the screen, also while nobody is in it; the others are folded away.
    ``more``: it says more of each child.
    """

    slug: str
    label: str
    has: Callable[[Row], bool]
    empty: str
    always: bool = False
    more: bool = False


def _at(place: Place) -> Callable[[Row], bool]:
    return lambda row: row.place == place


EVERYONE: Final = ClassList(
    "", N_("Everyone"), lambda _: True, N_("Nobody is in this class yet."), always=True
)

LISTS: Final = (
    EVERYONE,
    ClassList(
        "waiting",
        N_("Waits for you"),
        lambda row: row.action.for_the_teacher,
        N_("Nobody waits for you just now."),
        always=True,
    ),
    ClassList(
        "changed",
        N_("New since yesterday"),
        lambda row: bool(row.hands),
        N_("Nobody has written since yesterday. Tomorrow is another day."),
        always=True,
        more=True,
    ),
    ClassList(
        "words",
        N_("School words"),
        lambda row: bool(row.facts.words.child or row.facts.words.note) and row.facts.status not in AFTER,
        N_("There is no school word left that somebody at home might not know."),
        always=True,
        more=True,
    ),
    ClassList(
        "note",
        N_("Your note to write"),
        lambda row: row.facts.note_asked and not row.facts.noted_by and row.facts.status not in AFTER,
        N_("Every child has a plain note."),
        always=True,
    ),
    ClassList(
        "path",
        N_("Could say more"),
        lambda row: bool(row.facts.nudges) and row.facts.status not in AFTER,
        N_("Every book that is begun has its ways forward."),
        more=True,
    ),
    ClassList(
        "interpreter",
        N_("Interpreter to tell"),
        lambda row: row.facts.interpreter and row.facts.status not in AFTER,
        N_("Every interpreter knows of the meeting."),
    ),
    ClassList("not-opened", PLACE["not_begun"], _at("not_begun"), N_("Everybody has begun.")),
    ClassList("beginning", PLACE["beginning"], _at("beginning"), N_("Nobody is at the beginning just now.")),
    ClassList("writing", PLACE["writing"], _at("writing"), N_("Nobody is writing just now.")),
    ClassList("practising", PLACE["practising"], _at("practising"), N_("Nobody is practising just now.")),
    ClassList("ready", PLACE["ready"], _at("ready"), N_("Nobody says “ready” just now.")),
    ClassList("looked-at", PLACE["looked_at"], _at("looked_at"), N_("No book waits for its meeting just now.")),
    ClassList("presented", PLACE["presented"], _at("presented"), N_("Every book that was shown has gone home, or no meeting was yet.")),
    ClassList("home", PLACE["home"], _at("home"), N_("No book has gone home yet.")),
    ClassList(
        "damaged",
        N_("Cannot be opened"),
        lambda row: bool(row.facts.damaged) or not row.facts.readable,
        N_("Everything can be opened."),
        more=True,
    ),
)  # fmt: skip
"""In the order in which they stand on the screen."""


def list_named(slug: str) -> ClassList | None:
    """Return the list with this name in an address, or ``None``."""
    return next((one for one in LISTS if one.slug == slug), None)
