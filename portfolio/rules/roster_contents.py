"""What a column is, guessed from what is in it: for files without headings, or with headings nobody knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from portfolio.rules.roster import Column, LeftOut, Role, Row, TagsOf
from portfolio.rules.roster_names import has_letters

MOST = 0.8
"""Share of the filled cells that must fit a guess: a list always has a few odd cells."""

YES: Final = frozenset("yes y true 1 x ✓ ✔ si sí s نعم ja j oui sim needed required".split())
NO: Final = frozenset("no n false 0 - – — none لا nein non não nao".split())

_GRADE = re.compile(r"(?:grade\s*)?(?:k|pk|tk|kg|kinder\w*|\d{1,2}(?:st|nd|rd|th|\.|º|°)?)", re.IGNORECASE)
_PRONOUNS = re.compile(r"(?:she|he|they|ze|ella|él|elle|هي|هو)\s*(?:[/,]\s*\w+)+", re.IGNORECASE)
_NUMBER = re.compile(r"[\d\s./:+()#-]{3,}")


def guess_columns(
    columns: Sequence[Column], body: Sequence[Row], tags_of: TagsOf, *, headed: bool
) -> list[Column]:
    """Return the columns, guessed where the headings say nothing.

    With headings only a missing name is looked for: what a school calls strangely is better asked about.
    """
    named = any(c.role in {"name", "first", "last", "preferred"} for c in columns)
    if headed and named:
        return list(columns)
    free = [c for c in columns if not c.role and c.left_out == "not understood"]
    kinds = {c.index: _kind([v for row in body if (v := row.cell(c.index))], tags_of) for c in free}
    people = [c for c in free if kinds[c.index][0] == "name"]
    roles = {} if named else _people(people, body, headed=headed)
    used = {(c.role, c.home) for c in columns}
    made: list[Column] = []
    for column in columns:
        role, left_out = kinds.get(column.index, ("", "not understood"))
        if column.index in roles:
            role, home = roles[column.index]
            made.append(replace(column, role=role, home=home, sure="guess", left_out=""))
        elif headed or role in {"", "name"} or column.index not in kinds or (role, _home(role)) in used:
            made.append(replace(column, left_out=left_out) if left_out and not column.role else column)
        else:
            used.add((role, _home(role)))
            made.append(replace(column, role=role, home=_home(role), sure="guess", left_out=""))
    return made


def _home(role: Role) -> int:
    return 1 if role in {"language", "interpreter"} else 0


def _people(columns: Sequence[Column], body: Sequence[Row], *, headed: bool) -> dict[int, tuple[Role, int]]:
    """Return which columns of names are the child's, and which (without headings) the grown-ups'."""
    if not columns:
        return {}
    first, *rest = columns
    roles: dict[int, tuple[Role, int]] = {first.index: ("name", 0)}
    single = [not any(" " in row.cell(c.index) for row in body) for c in columns[:2]]
    beside = rest[:1] and rest[0].index == first.index + 1
    if not headed and beside and all(single):
        # two columns of single words: lists are sorted by family name, and that stands first
        roles = {first.index: ("last", 0), rest[0].index: ("first", 0)}
        rest = rest[1:]
    for home, column in enumerate(rest[:2] if not headed else (), 1):
        roles[column.index] = ("guardian", home)
    return roles


def _kind(values: Sequence[str], tags_of: TagsOf) -> tuple[Role, LeftOut]:
    """Return what the values of one column are; a role ``name`` means: names of somebody."""
    if not values:
        return "", "not understood"
    tests: tuple[tuple[Callable[[str], bool], Role, LeftOut], ...] = (
        (lambda v: "@" in v[1:] and "." in v, "", "not used"),
        (lambda v: v.casefold() in YES | NO and not v.isdigit(), "interpreter", ""),
        (lambda v: _GRADE.fullmatch(v) is not None, "grade", ""),
        (lambda v: _NUMBER.fullmatch(v) is not None, "", "not needed"),
        (lambda v: _PRONOUNS.fullmatch(v) is not None, "pronouns", ""),
        (lambda v: bool(tags_of(v)[0]) and not tags_of(v)[1], "language", ""),
    )
    for fits, role, left_out in tests:
        if sum(map(fits, values)) >= MOST * len(values):
            return role, left_out
    names = sum(has_letters(v) and not any(c.isdigit() for c in v) and len(v) <= 60 for v in values)
    if names >= MOST * len(values) and 2 * len(set(values)) >= len(values):
        return "name", "not understood"
    return "", "not understood"
