"""Short ways to plans, classes and the specimens of ``tests/cases/rosters``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from portfolio.model import Household, Student
from portfolio.moments.classes import new_class
from portfolio.moments.roster import plan_sheet
from portfolio.rules.roster import RosterPlan
from portfolio.store.class_folder import ClassFolder
from portfolio.store.roster_file import parse_sheet

CASES = Path(__file__).resolve().parent / "cases" / "rosters"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KEY = "a" * 64


def plan(
    text: str,
    students: tuple[Student, ...] = (),
    same: Mapping[str, str] | None = None,
    first_names: bool = False,
) -> RosterPlan:
    """Return the plan for a CSV text and a class with these students."""
    return plan_sheet(parse_sheet(text.encode(), "x"), students, same=same, first_names=first_names)


def names(found: RosterPlan) -> list[str]:
    """Return the names of new children."""
    return [student.name for student in found.new]


def warned(found: RosterPlan) -> str:
    """Return all warnings as one text."""
    return "\n".join(map(str, found.warnings))


def after(found: RosterPlan, student_id: str) -> Student:
    """Return a changed child as it would be."""
    return next(one.after for one in found.changed if one.after.student_id == student_id)


def child(student_id: str, name: str, *homes: Household, grade: str = "") -> Student:
    """Return a child of the class."""
    return Student(student_id=student_id, name=name, grade=grade, households=homes)


def home(household_id: str, label: str, *reads: str, adults: tuple[str, ...] = ()) -> Household:
    """Return a home."""
    return Household(household_id=household_id, label=label, reads=reads, speaks=reads, adults=adults)


MAMA = home("mama", "Mama", "ar", "en", adults=("Mama",))
DAD = home("dad", "Dad", "en", adults=("Dad",))
AMAL = child("amal", "Amal Haddad", MAMA, DAD, grade="4")
INES = child("ines", "Inés Peña", home("home", ""))
CLASS = (AMAL, INES)


def make_class(path: Path, today: date, *names: str) -> ClassFolder:
    """Return a new class with these children."""
    return new_class(
        path,
        name="Class 4B",
        band="3-5",
        round_name="Fall 2026",
        students=names,
        today=today,
        randomness=bytes,
    )


def bytes_of(folder: ClassFolder) -> dict[str, bytes]:
    """Return every file of a class."""
    return {str(p.relative_to(folder.path)): p.read_bytes() for p in folder.path.rglob("*") if p.is_file()}


def students(folder: ClassFolder) -> tuple[Student, ...]:
    """Return the roster of a class."""
    store = folder.store()
    try:
        return store.students()
    finally:
        store.close()


def line(student: Student, *, all_homes: bool = True) -> str:
    """Return a child as ``expected.txt`` writes it."""
    homes = (
        f"{h.label} ({', '.join(h.reads)}{', interpreter' if h.interpreter else ''})"
        for h in student.households
    )
    return (
        f"{student.name} | {student.grade} | {' ; '.join(homes)}"
        if all_homes
        else f"{student.name} | {student.grade}"
    )


def expected() -> list[str]:
    """Return the thirty children every list should give."""
    lines = (CASES / "expected.txt").read_text("utf-8").splitlines()
    return [text for text in lines if text and not text.startswith("#")]
