"""What a person should look at in the homes of a class: no home, no language, one picture twice, perhaps one family.

Nothing is changed by it and nothing is blamed on anybody; ``moments.teacher.setup_words`` says it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from portfolio.model import Household, Student
from portfolio.model.own_language import nobody_looked
from portfolio.rules.roster_names import bare

What = Literal["no home", "no language", "unknown language", "no words", "no name"]
"""A child without a home; a home without a language it reads, with a word for one that nobody has looked at, with
one we have no texts in, without a name."""

_ROLES: Final = frozenset(
    "mama mam mamma mami mom mommy mum mummy mother madre mere mutter dad daddy papa papi father padre pere vater "
    "baba abba ayah parent parents padres eltern family familia famille familie grandma grandmother nana nan abuela "
    "grandpa grandfather abuelo teta sitti jiddo jaddo oma opa aunt auntie tia tante uncle tio onkel sister brother "
    "hermana hermano stepmom stepdad home house casa and y e et und the of my la el le de "
    "ماما بابا ابي امي الام الاب والدة والد جدة جد تيتا خالة عمة و".split()
)
"""What many grown-ups are called at home: two children who both live with “Mama” are no siblings for that."""


@dataclass(frozen=True)
class HomeRemark:
    """One thing to look at: what it is, in whose home. ``language`` is a tag, where it is about one."""

    what: What
    student: Student
    home: Household | None = None
    language: str = ""


@dataclass(frozen=True)
class PerhapsOneHome:
    """Two homes of two children that may be one family: ``because`` is written for both."""

    one: Student
    other: Student
    because: str


def home_remarks(students: Sequence[Student], has_words: Callable[[str], bool]) -> tuple[HomeRemark, ...]:
    """Return what to look at, in roster order; ``has_words`` says whether our texts exist in a language (a tag)."""
    return tuple(one for student in students for one in _of_child(student, has_words))


def _of_child(student: Student, has_words: Callable[[str], bool]) -> Iterator[HomeRemark]:
    if not student.households:
        yield HomeRemark("no home", student)
    for home in student.households:
        if not (home.label or home.adults):
            yield HomeRemark("no name", student, home)
        unsure = [tag for tag in dict.fromkeys((*home.reads, *home.speaks)) if nobody_looked(tag)]
        for tag in unsure:
            yield HomeRemark("unknown language", student, home, tag)
        if not home.reads:
            yield HomeRemark("no language", student, home)
        elif home.reads[0] not in unsure and not has_words(home.reads[0]):
            yield HomeRemark("no words", student, home, home.reads[0])


def same_picture(students: Sequence[Student]) -> tuple[tuple[str, tuple[Student, ...]], ...]:
    """Return each picture that several children have, with those children, in roster order."""
    having: dict[str, list[Student]] = {}
    for student in students:
        having.setdefault(student.picture, []).append(student)
    return tuple((picture, tuple(found)) for picture, found in having.items() if len(found) > 1)


def perhaps_one_home(students: Sequence[Student]) -> tuple[PerhapsOneHome, ...]:
    """Return pairs of children that may share a home, in roster order; each pair once.

    They do if a grown-up of both has the same first and family name, or if their homes are called the same
    and they share a family name. “Mama” alone says nothing.
    """
    told = [(student, _people(student), _labels(student)) for student in students]
    found = []
    for (one, people, labels), (other, others, theirs) in combinations(told, 2):
        because = next((name for plain, name in people.items() if plain in others), "")
        if not because and _family(one) and _family(one) == _family(other):
            because = next((name for plain, name in labels.items() if plain in theirs), "")
        if because:
            found.append(PerhapsOneHome(one, other, because))
    return tuple(found)


def _people(student: Student) -> dict[str, str]:
    """Return grown-ups who are told by first and family name, as compared → as written."""
    named = (adult for home in student.households for adult in (*home.adults, home.label))
    return {bare(name): name for name in named if len([w for w in _words(name) if w not in _ROLES]) >= 2}


def _labels(student: Student) -> dict[str, str]:
    names = ((home.label or ", ".join(home.adults)) for home in student.households)
    return {bare(name): name for name in names if name}


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", bare(name))


def _family(student: Student) -> str:
    words = _words(student.name)
    return words[-1] if len(words) > 1 else ""
