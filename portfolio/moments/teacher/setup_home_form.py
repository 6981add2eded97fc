"""What the form of a home shows, and a home with what the form says."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Final

from portfolio.errors import InputRefused, PortfolioError
from portfolio.model import Household, Student
from portfolio.moments.teacher.setup_keep import Values, line
from portfolio.moments.teacher.setup_words import languages_in
from portfolio.store.port import ClassStore
from portfolio.words import Speech
from portfolio.words.language_names import names_of

TICKS: Final = frozenset({"interpreter"})
LINES: Final = ("reach_by", "reach_when", "other_children", "access_needs")
COPIES: Final = ("file", "print", "both")
MOST_ADULTS: Final = 12


def home_values(home: Household, say: Speech) -> dict[str, str]:
    """Return what the form of a home shows; languages by name, grown-ups with commas between them."""
    return {
        "label": home.label,
        "adults": ", ".join(home.adults),
        "reads": names_of(home.reads, say.lang),
        "speaks": names_of(home.speaks, say.lang),
        "interpreter": "1" if home.interpreter else "",
        "copy_as": home.copy_as,
        **{name: getattr(home, name) for name in LINES},
    }


def with_home_values(home: Household, values: Values, changed: AbstractSet[str], say: Speech) -> Household:
    """Return the home with what was changed. Raises ``InputRefused`` naming the field.

    A label that is only who lives there follows them; the languages they speak follow those they read as long
    as both are the same.
    """
    told: dict[str, object] = {name: line(values[name], name) for name in LINES if name in changed}
    if "label" in changed:
        told["label"] = line(values["label"], "label", 200)
    if "adults" in changed:
        told["adults"] = adults_in(values["adults"])
        if "label" not in changed and home.label in ("", ", ".join(home.adults)):
            told["label"] = ", ".join(adults_in(values["adults"]))
    if "reads" in changed:
        told["reads"] = languages_in(values["reads"], "reads", say, home.reads)
        if "speaks" not in changed and home.speaks == home.reads:
            told["speaks"] = told["reads"]
    if "speaks" in changed:
        told["speaks"] = languages_in(values["speaks"], "speaks", say, home.speaks)
    if "interpreter" in changed:
        told["interpreter"] = bool(values["interpreter"])
    if "copy_as" in changed:
        if values["copy_as"] not in COPIES:
            raise InputRefused("Choose how they like their copy.", field="copy_as")
        told["copy_as"] = values["copy_as"]
    return home.but(**told)


def adults_in(text: str) -> tuple[str, ...]:
    """Return the grown-ups a teacher writes, with commas or line ends between them. Raises ``InputRefused``."""
    found = tuple(name for part in re.split(r"[,;،؛\n]", text) if (name := line(part, "adults", 200)))
    if len(found) > MOST_ADULTS:
        raise InputRefused("These are too many grown-ups for one home. Write those who come.", field="adults")
    return tuple(dict.fromkeys(found))


def home_written(store: ClassStore, student: Student, household_id: str, say: Speech) -> str:
    """Return that a home has words of its own in a book of the child, as a sentence; empty if it has none."""
    for meta in store.rounds(student.student_id):
        try:
            kept = store.entries(meta.portfolio_id)
        except PortfolioError:
            return say("The book of {name} cannot be read.", name=student.name)
        if any(getattr(one.entry, "household_id", "") == household_id for one in kept):
            return say(
                "This home has written in the book of {name}. Its words belong to it.", name=student.name
            )
    return ""
