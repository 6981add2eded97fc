"""What an import would do to a class, before anything is done: new, changed, the same, not in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from portfolio.errors import N_, InputRefused
from portfolio.model import Student
from portfolio.rules.roster import Changed, Listed, Remark, RosterPlan, Table, TagsOf, fingerprint, remark
from portfolio.rules.roster_changes import (
    Slug,
    changed_student,
    differences,
    kept_homes,
    new_student,
)
from portfolio.rules.roster_match import Matching, match
from portfolio.rules.roster_names import bare, free, key, look_alike, same_family, skeleton
from portfolio.rules.roster_rows import read_children

MOST_CHILDREN = 200
"""Children of one class, as for a list of names."""

MOST_ALIKE = 20
"""Pairs of names told as alike; more of them say the list is not one of names."""


def plan_import(
    table: Table,
    students: Sequence[Student],
    *,
    tags_of: TagsOf,
    slug: Slug,
    pictures: Sequence[str],
    reads: tuple[str, ...] = ("en",),
    same: Mapping[str, str] | None = None,
    first_names: bool = False,
) -> RosterPlan:
    """Return what importing the table into a class with these students would do.

    ``slug`` makes ids of names; ``pictures`` are given to new children, the least used first; ``reads`` are
    the languages of a home that names none; ``same`` says who is who (see ``match``); ``first_names`` calls
    children by first names alone. Raises ``InputRefused`` for more children than a class can have.
    """
    listed, warnings, troubles = read_children(table, tags_of=tags_of, first_names=first_names)
    if len(listed) > MOST_CHILDREN:
        raise InputRefused(
            "{n} names are too many for one class (at most {most}). Is this the right list?",
            n=len(listed),
            most=MOST_CHILDREN,
        )

    def fits(row: Listed, student: Student) -> bool:
        return changed_student(student, row, "name", slug=slug, reads=reads)[0] == student

    found = match(listed, students, same or {}, fits)
    changed, same_ones, kept = _told_again(found, slug, reads)
    new = _new_ones(found.rows, students, pictures, slug, reads)
    return RosterPlan(
        new=new,
        changed=_in_order(changed, students),
        same=tuple(s for s in students if s in same_ones),
        missing=tuple(s for s in students if s in found.students),
        columns=table.columns,
        warnings=(
            *table.remarks,
            *warnings,
            *found.warnings,
            *kept,
            *_alike(new, changed, students),
            *_perhaps_renamed(new, found.students),
        ),
        troubles=tuple(sorted((*troubles, *found.troubles), key=lambda said: said.row)),
        fingerprint=fingerprint(students),
        who=tuple(sorted(found.who, key=lambda one: one.row)),
        new_rows=tuple(row.row for row in found.rows),
    )


def _told_again(
    found: Matching, slug: Slug, reads: tuple[str, ...]
) -> tuple[list[Changed], list[Student], list[Remark]]:
    changed: list[Changed] = []
    same: list[Student] = []
    kept: list[Remark] = []
    for row, before, by in found.pairs:
        after, unnamed = changed_student(before, row, by, slug=slug, reads=reads)
        kept += kept_homes(row, unnamed)
        if after == before:
            same.append(before)
        else:
            changed.append(Changed(before, after, differences(before, after)))
    return changed, same, sorted(kept, key=lambda said: said.row)


def _in_order(changed: Iterable[Changed], students: Sequence[Student]) -> tuple[Changed, ...]:
    place = {student.student_id: n for n, student in enumerate(students)}
    return tuple(sorted(changed, key=lambda one: place[one.before.student_id]))


def _new_ones(
    rows: Sequence[Listed],
    students: Sequence[Student],
    pictures: Sequence[str],
    slug: Slug,
    reads: tuple[str, ...],
) -> tuple[Student, ...]:
    """Return new children in the order of the file: free ids, pictures that fewest have."""
    taken = {student.student_id for student in students}
    used = Counter(student.picture for student in students)
    made: list[Student] = []
    for row in rows:
        student_id = free(slug(row.name) or "student", taken)
        picture = min(pictures, key=lambda name: used[name])
        taken.add(student_id)
        used[picture] += 1
        made.append(new_student(row, student_id, picture, slug=slug, reads=reads))
    return tuple(made)


def _alike(new: Sequence[Student], changed: Sequence[Changed], students: Sequence[Student]) -> list[Remark]:
    """Return which names may be taken for each other, where one of the two is new or renamed."""
    after = {student.student_id: student for student in (*students, *(c.after for c in changed), *new)}
    fresh = {s.student_id for s in new}
    fresh |= {c.after.student_id for c in changed if c.after.name != c.before.name}
    pairs = (
        (one, other)
        for one, other in combinations(after.values(), 2)
        if (one.student_id in fresh or other.student_id in fresh) and look_alike(one.name, other.name)
    )
    said = [_alike_said(one, other) for one, other in pairs]
    if len(said) > MOST_ALIKE:
        more = remark(N_("{n} more pairs of names look alike."), n=len(said) - MOST_ALIKE)
        return [*said[:MOST_ALIKE], more]
    return said


def _alike_said(one: Student, other: Student) -> Remark:
    values = {"one": one.name, "first": one.student_id, "other": other.name, "second": other.student_id}
    if key(one.name) == key(other.name):
        return Remark(
            N_("Two children are called “{one}” ({first} and {second}). Each has a book of its own."), values
        )
    if bare(one.name) != bare(other.name) and skeleton(one.name) == skeleton(other.name):
        return Remark(
            N_(
                "“{one}” ({first}) and “{other}” ({second}) look the same, but their letters differ. One child?"
            ),
            values,
        )
    return Remark(N_("“{one}” ({first}) and “{other}” ({second}) look alike. Are they two children?"), values)


_MOST_HINTS: Final = 10


def _perhaps_renamed(new: Sequence[Student], missing: Sequence[Student]) -> list[Remark]:
    """Return who may be one child with a new name: one is new, one is not in the file, and they share a name."""
    said = [
        remark(
            N_(
                "“{name}” is new and “{known}” is not in the file. One child with a new name? Then add: "
                '--same {student}="{name}"'
            ),
            name=student.name,
            known=gone.name,
            student=gone.student_id,
        )
        for gone in missing
        for student in new
        if same_family(student.name, gone.name)
    ]
    return said[:_MOST_HINTS]
