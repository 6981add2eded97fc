"""Which row is which child of the class: never by the number of a row, and never by guessing among twins.

In this order: the class's own id; what the teacher says (``--same``); the same name; another whole name
of the row; the same name but for accents (with a warning); a first name alone that only one has (with a
warning). Children of one name are told apart by what else is known of them, or not at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from portfolio.errors import N_, InputRefused
from portfolio.model import Student
from portfolio.rules.roster import Listed, Remark, WhoIsIt, remark
from portfolio.rules.roster_names import bare, key

T = TypeVar("T")

By = Literal["id", "asked", "name", "form", "accents", "short"]
"""How a row was found to be a child of the class."""

Fits = Callable[[Listed, Student], bool]
"""Whether a row would change nothing about a child."""


@dataclass
class Matching:
    """The pairs found so far; what is in neither list nor pairs is nobody the class knows, or not in the file."""

    rows: list[Listed]
    students: list[Student]
    pairs: list[tuple[Listed, Student, By]] = field(default_factory=list)
    unclear: list[Listed] = field(default_factory=list)
    held: list[Student] = field(default_factory=list)
    """Children whose row is unclear: they are not missing."""
    warnings: list[Remark] = field(default_factory=list)
    troubles: list[Remark] = field(default_factory=list)
    who: list[WhoIsIt] = field(default_factory=list)

    def pair(self, row: Listed, student: Student, by: By) -> None:
        """Take one row for one child."""
        self.rows.remove(row)
        self.students.remove(student)
        self.pairs.append((row, student, by))


def match(
    listed: Sequence[Listed], students: Sequence[Student], same: Mapping[str, str], fits: Fits
) -> Matching:
    """Return which row is which child. ``same``: an id of the class → a name in the file, or ``row 12``.

    Raises ``InputRefused`` if ``same`` names a child or row that is not there.
    """
    found = Matching(list(listed), list(students))
    _asked(found, same)
    _by_id(found)
    _same_names(found, fits)
    _alone(found, "form", lambda row: {key(form) for form in row.forms}, lambda s: key(s.name))
    guessed = (
        *_alone(found, "accents", lambda r: {bare(n) for n in (r.name, *r.forms)}, lambda s: bare(s.name)),
        *_alone(found, "short", lambda row: {key(name) for name in row.short}, lambda s: key(s.name)),
    )
    for row, student in guessed:
        found.warnings.append(
            remark(
                N_("Row {row}: “{name}” was read as “{known}” of the class. The name stays as it is there."),
                row=row.row,
                name=row.name,
                known=student.name,
            )
        )
    return found


def _asked(found: Matching, same: Mapping[str, str]) -> None:
    for student_id, said in same.items():
        student = next((s for s in found.students if s.student_id == student_id), None)
        if student is None:
            raise InputRefused(
                "There is no child “{student}” in the class. Ids are listed by: portfolio roster show CLASS",
                student=student_id[:60],
            )
        number = re.fullmatch(r"row[ :]?\s*(\d{1,7})", said.strip(), re.IGNORECASE)
        rows = [r for r in found.rows if (r.row == int(number[1]) if number else _says(r, said))]
        if len(rows) != 1:
            raise InputRefused(
                "“{name}” is in the file {n} times, once is needed to know who it is. Write it as the preview shows it, "
                'or write the row: --same {student}="row 12"',
                name=said[:60],
                n=len(rows),
                student=student_id,
            )
        found.pair(rows[0], student, "asked")


def _by_id(found: Matching) -> None:
    """Pair rows and children by the class's ids, unless the row names another child: then its cells have slipped.

    So it is when somebody sorts one column of a sheet alone: every book would go to another home.
    """
    by_id = {student.student_id: student for student in found.students}
    called = {key(student.name) for student in found.students}
    for row in list(found.rows):
        if row.student_id not in by_id:
            continue
        student = by_id.pop(row.student_id)
        said = {key(name) for name in (row.name, *row.forms)}
        if key(student.name) in said or not said & called:
            found.pair(row, student, "id")
            continue
        found.rows.remove(row)
        found.unclear.append(row)
        found.students.remove(student)
        found.held.append(student)
        namesakes = (other.student_id for other in found.students if key(other.name) in said)
        found.who.append(WhoIsIt(row.row, row.name, (student.student_id, *namesakes)))
        found.troubles.append(
            remark(
                N_(
                    "Row {row}: the id is that of “{known}”, the name is “{name}”, another child of the class. It was "
                    'left alone. Did a column slip? If it is right, add: --same {student}="row {row}"'
                ),
                row=row.row,
                known=student.name,
                name=row.name,
                student=student.student_id,
            )
        )


def _says(row: Listed, name: str) -> bool:
    return key(name) in {key(known) for known in (row.name, *row.forms)}


def _same_names(found: Matching, fits: Fits) -> None:
    """Pair rows and children of one name; among twins those whom the row fits in everything come first.

    The last twin left is taken for the last row left only if all others fitted one row each: homes of two
    children must never change places.
    """
    rows, students = (
        _grouped(found.rows, lambda r: key(r.name)),
        _grouped(found.students, lambda s: key(s.name)),
    )
    for name in [name for name in rows if name in students]:
        here, there = list(rows[name]), list(students[name])
        twins = len(here) > 1 or len(there) > 1
        equal = len(here) == len(there)
        # who tells most comes first: a row with little in it would fit every twin
        for row in sorted(here, key=_says_little) if twins else ():
            fitting = [student for student in there if fits(row, student)]
            equal = equal and len(fitting) <= 1
            if fitting:
                found.pair(row, fitting[0], "name")
                here.remove(row)
                there.remove(fitting[0])
        if len(here) == len(there) == 1 and (equal or not twins):
            found.pair(here[0], there[0], "name")
        elif here and there:
            _unclear(found, here, there)


def _says_little(row: Listed) -> int:
    told = (row.say_it, row.pronouns, row.grade, row.class_name, *row.homes)
    return -sum(map(bool, told))


def _unclear(found: Matching, rows: Sequence[Listed], students: Sequence[Student]) -> None:
    ids = ", ".join(student.student_id for student in students)
    for row in rows:
        found.rows.remove(row)
        found.unclear.append(row)
        found.who.append(WhoIsIt(row.row, row.name, tuple(student.student_id for student in students)))
        found.troubles.append(
            remark(
                N_(
                    "Row {row}: there is more than one “{name}” ({ids}), so it was left alone. Say who it is: "
                    '--same {first}="row {row}"'
                ),
                row=row.row,
                name=row.name,
                ids=ids,
                first=students[0].student_id,
            )
        )
    for student in students:
        found.students.remove(student)
        found.held.append(student)


def _alone(
    found: Matching, by: By, says: Callable[[Listed], set[str]], called: Callable[[Student], str]
) -> list[tuple[Listed, Student]]:
    """Pair a row and a child where each is the only one for the other; return these pairs."""
    named = _grouped(found.students, called)
    wanted: defaultdict[str, list[Listed]] = defaultdict(list)
    for row in found.rows:
        for name in says(row):
            wanted[name].append(row)
    made: list[tuple[Listed, Student]] = []
    for name, rows in wanted.items():
        students = named.get(name, [])
        if len(rows) == len(students) == 1 and rows[0] in found.rows and students[0] in found.students:
            found.pair(rows[0], students[0], by)
            made.append((rows[0], students[0]))
    return made


def _grouped(things: Iterable[T], called: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for thing in things:
        groups.setdefault(called(thing), []).append(thing)
    return groups
