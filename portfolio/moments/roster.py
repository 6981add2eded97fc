"""The roster comes in: a list from the school's program is looked at, told, and only then imported.

Two steps, so that nothing happens by accident: :func:`plan_roster` reads and writes nothing,
:func:`confirm_roster` does what the plan says, if the class is still as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from portfolio.errors import N_, ChangedMeanwhile, InputRefused, StorageTrouble
from portfolio.model import ClassTemplate, Student
from portfolio.moments.classes import PICTURES, begin, slug
from portfolio.rules.roster import Homes, Remark, RosterPlan, Table, fingerprint, remark
from portfolio.rules.roster_columns import look_at, read_table
from portfolio.rules.roster_languages import with_choices
from portfolio.rules.roster_plan import plan_import
from portfolio.store.class_folder import ClassFolder
from portfolio.store.media import check_folder_name
from portfolio.store.port import ClassStore
from portfolio.store.roster_file import Sheet, read_sheet
from portfolio.words.language_names import tags_in


def plan_roster(
    folder: ClassFolder,
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    same: Mapping[str, str] | None = None,
    first_names: bool = False,
    encoding: str = "",
) -> RosterPlan:
    """Return what importing a CSV file into a class would do. Nothing is written.

    ``columns`` says what some columns are (``{"Schüler": "name", "G": "guardian2", "Notes": "skip"}``), ``same``
    who is who (``{"amal": "Amal H."}`` or ``{"amal": "row 12"}``); ``first_names`` leaves family names out;
    ``encoding`` is how the file's letters are kept, if one knows.

    Raises ``NotFound`` (no such file), ``InputRefused`` (no list in it, or what was said does not fit it) and
    ``StorageTrouble`` (a child's record in the class cannot be read).
    """
    sheet = read_sheet(path, encoding)
    store = folder.store()
    try:
        students = whole_class(store)
    finally:
        store.close()
    return plan_sheet(sheet, students, reads=(), columns=columns, same=same, first_names=first_names)


def look_at_sheet(
    sheet: Sheet,
    students: Sequence[Student] = (),
    *,
    roles: Mapping[int, str] | None = None,
    headings_in: int | None = None,
) -> Table:
    """Return the rows of a sheet and what each column is taken for; perhaps none is a name.

    ``roles`` says what some columns are, by their index from 0, ``headings_in`` which row (its number, 0 for
    none) holds the headings. Raises ``InputRefused``.
    """
    known = frozenset(student.student_id for student in students)
    return look_at(sheet.rows, tags_of=tags_in, known_ids=known, roles=roles, headings_in=headings_in)


def plan_sheet(
    sheet: Sheet,
    students: Sequence[Student] = (),
    *,
    reads: tuple[str, ...] = ("en",),
    columns: Mapping[str, str] | None = None,
    roles: Mapping[int, str] | None = None,
    headings_in: int | None = None,
    same: Mapping[str, str] | None = None,
    first_names: bool = False,
    languages: Mapping[str, str] | None = None,
    homes: Homes = "",
) -> RosterPlan:
    """Return the plan for rows that are read already; without students, for a class that is to be made.

    ``reads`` are the languages (BCP 47) of a home that names none; ``columns`` and ``roles`` say what some
    columns are, by heading or letter, and by index from 0; ``headings_in`` is as for ``look_at_sheet``;
    ``languages`` is what somebody says of words for languages we do not know (see ``with_choices``), ``homes``
    whether the grown-ups of several columns live together. Raises ``InputRefused``.
    """
    known = frozenset(student.student_id for student in students)
    table = read_table(
        sheet.rows, tags_of=tags_in, known_ids=known, asked=columns, roles=roles, headings_in=headings_in
    )
    plan = plan_import(
        replace(table, homes=homes), students, tags_of=with_choices(tags_in, languages or {}), slug=id_of, pictures=PICTURES, reads=reads, same=same,
        first_names=first_names,
    )  # fmt: skip
    return replace(plan, warnings=(*_about_letters(sheet), *plan.warnings))


def id_of(name: str) -> str:
    """Return a name as an id that every computer can use for a folder; empty if nothing is left of it."""
    plain = slug(name)
    try:
        check_folder_name(plain or "student")
    except InputRefused:  # "Con" and "Aux" are good names, but no folders on Windows
        return f"child-{plain}"
    return plain


def _about_letters(sheet: Sheet) -> list[Remark]:
    if sheet.mended:
        return [
            remark(
                N_(
                    "The accents in the file were damaged (like “InÃ©s” for “Inés”). They were mended: look at them."
                )
            )
        ]
    if sheet.guessed:
        return [
            remark(
                N_(
                    "The file does not say how its letters are kept; they were read as {encoding}. Look at the names "
                    "with accents. If they are wrong, save it as CSV UTF-8, or add --encoding."
                ),
                encoding=sheet.encoding,
            )
        ]
    return []


def whole_class(store: ClassStore) -> tuple[Student, ...]:
    """Return the children a list is compared with. Raises ``StorageTrouble`` if one cannot be read."""
    damaged = store.damaged_students()
    if damaged:
        raise StorageTrouble(
            "The record of {students} cannot be read, so a list cannot be compared with the class. Restore a "
            "backup of the class first.",
            students=", ".join(damaged),
        )
    return store.students()


def confirm_roster(folder: ClassFolder, plan: RosterPlan, today: date) -> tuple[Student, ...]:
    """Do what a plan says and return the children as they are now: new and changed ones.

    New children get an empty book; ids of children and homes stay, so books, replies and keys do too. Nobody
    is removed. All of it is done or nothing. Raises ``ChangedMeanwhile`` if the class is not the one the plan
    was made for, ``StorageTrouble`` if it stays busy.
    """
    store = folder.store()
    try:
        return take_in(folder, store, plan, today)
    finally:
        store.close()


def take_in(folder: ClassFolder, store: ClassStore, plan: RosterPlan, today: date) -> tuple[Student, ...]:
    """Do what :func:`confirm_roster` does, in a store that is open already."""
    # one block: nobody can change or erase a child between the look and the writing
    with store.together():
        if fingerprint(whole_class(store)) != plan.fingerprint:
            raise ChangedMeanwhile(
                "The class {path} has changed since the list was looked at. Nothing was imported: import it again.",
                path=folder.path,
            )
        _import(store, folder.template(), plan, today)
    return (*plan.new, *(one.after for one in plan.changed))


def _import(store: ClassStore, template: ClassTemplate, plan: RosterPlan, today: date) -> None:
    for student in plan.new:
        store.keep_student(student)
        begin(store, template, student.student_id, today)
    for one in plan.changed:
        store.keep_student(one.after)
    for student in (*plan.same, *(one.after for one in plan.changed)):
        if not store.rounds(student.student_id):  # an earlier import was cut off before the book
            begin(store, template, student.student_id, today)
