"""What the files of a home are called: the child's id and what the home is called now, never anybody else's file."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from portfolio.errors import NotFound
from portfolio.model import Household, Student
from portfolio.moments.classes import slug
from portfolio.rules.roster_changes import free
from portfolio.store.port import ClassStore

NameStyle = Literal["id", "first", "initials"]
"""How a child is named in names of files: its id, its first name, or the first letters of its names."""

STYLES: Final[tuple[NameStyle, ...]] = ("id", "first", "initials")

_HOME = "home"
"""What a home without a label in Latin letters is called in names of files."""


def file_name(student: Student, household: Household) -> str:
    """Return what the file is called: the child's id and what its home is called now, in letters of every computer."""
    words = home_words(student)
    return f"{student.student_id}-{words.get(household.household_id) or slug(household.label) or _HOME}.html"


def home_words(student: Student) -> dict[str, str]:
    """Return the word for each home in names of files, by household id: its label now, no two the same.

    Ids of homes are no good for that: they keep who lived there once. What has no Latin letters is called
    ``home``; the second home of one word gets a number, in the order of the homes.
    """
    words: dict[str, str] = {}
    for home in student.households:
        words[home.household_id] = free(slug(home.label) or _HOME, words.values())
    return words


def file_names(roster: Iterable[Student], style: NameStyle = "id") -> dict[tuple[str, str], str]:
    """Return what the file of each home is called, by student id and household id.

    Where two would be called the same (the home “Maria, Papa” of ``ana`` and the home “Papa” of ``ana-maria``),
    a plus stands behind the name of the child, which no name has: a home never gets another child's file. In a
    ``style`` other than the id, names are unique in the roster that is given: give the whole class.
    """
    everybody = tuple(roster)
    called = child_words(everybody, style)
    plain = {
        (s.student_id, home): (called[s.student_id], word)
        for s in everybody
        for home, word in home_words(s).items()
    }
    times = Counter("-".join(parts) for parts in plain.values())
    return {ids: f"{('-' if times['-'.join(p)] == 1 else '+').join(p)}.html" for ids, p in plain.items()}


def child_words(roster: Sequence[Student], style: NameStyle) -> dict[str, str]:
    """Return the word for each child in names of files, by id, no two the same; never the full name of a child.

    A name without Latin letters gives none: then it is the id. The second of one word gets a number, in the order of the class.
    """
    if style == "id":
        return {student.student_id: student.student_id for student in roster}
    words: dict[str, str] = {}
    for student in roster:
        if style == "first":
            word = slug(student.name.split(" ", maxsplit=1)[0])
        else:
            word = "".join(part[0] for part in slug(student.name).split("-") if part)
        words[student.student_id] = free(word or student.student_id, words.values())
    return words


def names_in(
    store: ClassStore, chosen: Sequence[Student], style: NameStyle = "id", *, everybody: bool = False
) -> dict[tuple[str, str], str]:
    """Return what the files of these children are called, the same as if the whole class were asked for.

    ``everybody`` says that they are the whole class. Ids tell who might have a file of the same name; other ways of
    naming need the whole roster.
    """
    if everybody:
        return file_names(chosen, style)
    return file_names(with_like_named(store, chosen) if style == "id" else store.students(), style)


def file_owners(roster: Sequence[Student]) -> dict[str, set[str]]:
    """Return whose file each name may be (student ids): the names of today, and those made of the ids of homes once."""
    owners: dict[str, set[str]] = {}
    for (owner, home), name in (
        (ids, name) for style in STYLES for ids, name in file_names(roster, style).items()
    ):
        for one in (name, f"{owner}-{home}.html", f"{owner}+{home}.html"):
            owners.setdefault(one, set()).add(owner)
    return owners


def with_like_named(store: ClassStore, chosen: Sequence[Student]) -> Iterable[Student]:
    """Yield these children, and whoever else might have a file of the same name."""
    ids = {student.student_id for student in chosen}
    yield from chosen
    for student in chosen:
        words = home_words(student)
        for household in student.households:
            parts = f"{student.student_id}-{words[household.household_id]}".split("-")
            owners = {"-".join(parts[:at]) for at in range(1, len(parts))} - ids
            ids |= owners
            for owner in sorted(owners):
                with contextlib.suppress(NotFound):
                    yield store.student(owner)
