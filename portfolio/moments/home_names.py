"""What the files of a home are called: a word for the child and what the home is called now, never anybody else's file.

The usual word is the child's id, where that tells no more than a first name. Else (``amal-haddad``) it is the first name
with a mark made of the id (``amal-k7q2x``): the family's name is not read on a phone that others look at. The mark hangs on
nobody else: whoever joins, leaves or moves on the list, a child's file keeps its name, and no other child ever gets it.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from portfolio.errors import NotFound
from portfolio.model import Household, Student
from portfolio.moments.classes import slug
from portfolio.rules.roster_names import free
from portfolio.store.port import ClassStore

NameStyle = Literal["id", "first", "initials"]
"""How a child is named in names of files: the usual word, its first name, or the first letters of its names."""

STYLES: Final[tuple[NameStyle, ...]] = ("id", "first", "initials")

_HOME = "home"
"""What a home without a label in Latin letters is called in names of files."""

_SIGNS: Final = "23456789bcdfghjkmnpqrstvwxyz"
"""Signs of a mark: no vowels, so that it never is a word, and none that is taken for another."""
_MARK: Final = 5
"""Signs in a mark: seventeen million of them."""


def file_name(student: Student, household: Household) -> str:
    """Return what the file is called: a word for the child and what its home is called now, in letters of every computer."""
    words = home_words(student)
    word = words.get(household.household_id) or slug(household.label) or _HOME
    return f"{child_word(student)}-{word}.html"


def child_word(student: Student) -> str:
    """Return the usual word for a child: its id, else its first name with a mark made of the id."""
    first = slug(student.name.split(" ", maxsplit=1)[0])
    known = set(first.split("-"))
    parts = student.student_id.split("-")
    if (not first and len(parts) == 1) or all(one in known or any(map(str.isdigit, one)) for one in parts):
        return student.student_id
    return "-".join(filter(None, (first, _mark(student.student_id))))


def _mark(student_id: str) -> str:
    number = int.from_bytes(hashlib.sha256(b"file of " + student_id.encode("utf-8")).digest(), "big")
    signs = []
    for _ in range(_MARK):
        number, at = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[at])
    return "".join(signs)


def home_words(student: Student, *, whole: bool = False) -> dict[str, str]:
    """Return the word for each home in names of files, by household id: its label now, no two the same.

    Ids of homes are no good for that: they keep who lived there once. What has no Latin letters is called
    ``home``; the second home of one word gets a number, in the order of the homes. The child's family name is left
    out of a label, but not for ``whole`` ones, as files were called once.
    """
    first, *family = slug(student.name).split("-")
    kept_out = frozenset() if whole else frozenset(family) - {first}
    words: dict[str, str] = {}
    for home in student.households:
        label = "-".join(part for part in slug(home.label).split("-") if part not in kept_out)
        words[home.household_id] = free(label or _HOME, words.values())
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

    A name without Latin letters gives none: then it is the usual word. The second of one word gets a number, in the order of the class.
    """
    if style == "id":
        return {student.student_id: child_word(student) for student in roster}
    words: dict[str, str] = {}
    for student in roster:
        if style == "first":
            word = slug(student.name.split(" ", maxsplit=1)[0])
        else:
            word = "".join(part[0] for part in slug(student.name).split("-") if part)
        words[student.student_id] = free(word or child_word(student), words.values())
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
    for student in roster:  # as files were called before: by ids and whole labels
        for word in home_words(student, whole=True).values():
            for sign in "-+":
                owners.setdefault(f"{student.student_id}{sign}{word}.html", set()).add(student.student_id)
    return owners


def with_like_named(store: ClassStore, chosen: Sequence[Student]) -> Iterable[Student]:
    """Yield these children, and whoever else might have a file of the same name."""
    ids = {student.student_id for student in chosen}
    yield from chosen
    for student in chosen:
        words = home_words(student)
        for household in student.households:
            parts = f"{child_word(student)}-{words[household.household_id]}".split("-")
            owners = {"-".join(parts[:at]) for at in range(1, len(parts))} - ids
            ids |= owners
            for owner in sorted(owners):
                with contextlib.suppress(NotFound):
                    yield store.student(owner)
