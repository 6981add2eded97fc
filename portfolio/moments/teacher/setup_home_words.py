"""What to look at in the homes of a class, in sentences: the children a thing is about stand in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from portfolio.errors import N_
from portfolio.model import Student
from portfolio.rules.roster_homes import HomeRemark, What, home_remarks, perhaps_one_home
from portfolio.views.teacher.setup_homes_page import HomeLine, Siblings
from portfolio.words import Speech
from portfolio.words.language_names import name_of, named
from portfolio.words.languages import language

MOST_SHOWN: Final = 12

_SAID: Final[Mapping[What, str]] = {
    "no home": N_("No home yet, so nothing can go home:"),
    "no name": N_("Nobody has written yet who lives there:"),
    "no language": N_("Not said yet which language they read, so the copy will be in {language}:"),
    "unknown language": N_("A word in the list that we do not know as a language. Look at it once:"),
    "no words": N_("Some languages have no texts of ours yet, so our own words in the copy are in English"),
}
"""What there may be to look at, in this order."""


def remarks_of(students: Sequence[Student], say: Speech, class_language: str) -> list[HomeLine]:
    """Return what to look at: one line for each thing, with the children it is about.

    ``class_language`` (a tag) is that of copies for homes nobody has said a language of.
    """
    groups: dict[What, list[HomeRemark]] = {}
    for one in home_remarks(students, lambda tag: language(tag).catalog):
        groups.setdefault(one.what, []).append(one)
    return [
        HomeLine(
            says=say(told, language=name_of(class_language, say.lang)),
            children=[
                (one.student.student_id, _named(one, say)) for one in _each_once(groups[what])[:MOST_SHOWN]
            ],
            folded=what == "no words",
            unsaid=what == "no language",
            more=max(0, len(_each_once(groups[what])) - MOST_SHOWN),
        )
        for what, told in _SAID.items()
        if what in groups
    ]


def _named(one: HomeRemark, say: Speech) -> str:
    """Return a child's name, with the language it is about."""
    return f"{one.student.name} ({named(one.language, say.lang)})" if one.language else one.student.name


def _each_once(found: Sequence[HomeRemark]) -> list[HomeRemark]:
    return list({(one.student.student_id, one.language): one for one in found}.values())


def siblings_of(students: Sequence[Student], say: Speech) -> list[Siblings]:
    """Return which children may be of one home; nothing is put together by it."""
    return [
        Siblings(
            pair.one.student_id,
            pair.other.student_id,
            say(
                "{one} and {other} may be of one home: “{because}” stands in both.",
                one=pair.one.name,
                other=pair.other.name,
                because=pair.because,
            ),
        )
        for pair in perhaps_one_home(students)
    ]
