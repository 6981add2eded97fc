"""From a notebook and wishes to the file of one home: whose it is, what it shows, what it is called."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from portfolio.errors import InputRefused, NotFound
from portfolio.model import Household, Outline, Student
from portfolio.moments.approval import looked_at
from portfolio.moments.home import HomeFile, home_file, kit_of
from portfolio.moments.home_names import file_name, file_names, with_like_named
from portfolio.moments.send_home import chosen_students
from portfolio.store.class_folder import book_of, open_class
from portfolio.store.notebook_file import parse_outline
from portfolio.store.port import ClassStore
from portfolio.views.room import HOME_BUDGET


@dataclass(frozen=True)
class Asked:
    """What is wished for: ids ("" for what the notebook says), the most bytes, only books a teacher has looked at, the bytes of words and pictures."""

    student: str
    household: str
    limit: int
    only_looked_at: bool
    budget: int = HOME_BUDGET


@dataclass(frozen=True)
class ForHome:
    """A file that is made, whose it is, and what it is called at every door."""

    student: Student
    household: Household
    file_name: str
    file: HomeFile

    def facts(self) -> dict[str, Any]:
        """Return what a program wants to know about the file."""
        return {
            "student": self.student.student_id,
            "household": self.household.household_id,
            "file_name": self.file_name,
            "missing": self.file.missing,
        }


class Opened:
    """A class that is open. Close it."""

    def __init__(self, path: Path) -> None:
        """Open the class in a folder. Raises ``PortfolioError``."""
        self.folder = open_class(path)
        self.store: ClassStore = self.folder.reading()

    def close(self) -> None:
        """Let go of the class."""
        self.store.close()


def made_for(opened: Opened, text: str, name: str, asked: Asked) -> ForHome:
    """Return the file of one home for a notebook (its JSON text, the name of its file).

    Raises ``PortfolioError`` with a sentence: whose file it is cannot be told, or it cannot be made.
    """
    outline, said = _read(text, name)
    store, folder = opened.store, opened.folder
    student = _student(store, asked.student or said[0])
    home = _household(student, asked.household or said[1])
    book = book_of(store, folder.template(), outline, student.student_id)
    if asked.only_looked_at and looked_at(store, book.portfolio.meta).state != "looked_at":
        raise InputRefused(
            "No teacher has looked at the book of {student} as it is now. Look at it first, or leave out only_looked_at.",
            student=student.name,
        )
    made = home_file(book, home.household_id, kit_of(folder, store, limit=asked.limit, budget=asked.budget))
    return ForHome(student, home, _name_of(store, student, home), made)


@lru_cache(maxsize=4)
def _read(text: str, name: str) -> tuple[Outline, tuple[str, str]]:
    """Return what a notebook shows, and whose file its metadata say it is: ids, "" for none."""
    outline = parse_outline(text, name)
    metadata = json.loads(text).get("metadata")
    ours = metadata.get("portfolio") if isinstance(metadata, dict) else None
    ids = (ours.get(key) for key in ("student", "household")) if isinstance(ours, dict) else ("", "")
    student, household = (one.strip() if isinstance(one, str) else "" for one in ids)
    return outline, (student, household)


def _student(store: ClassStore, asked: str) -> Student:
    if asked:
        return chosen_students(store, (asked,))[0]
    roster = store.students()
    if len(roster) == 1:
        return roster[0]
    shown = ", ".join(s.student_id for s in roster[:60]) + (" …" if len(roster) > 60 else "")
    raise NotFound(
        "Which student? Say it with --PortfolioExporter.student=NAME or in the notebook's metadata. "
        "Known are: {known}.",
        known=shown or "–",
    )


def _household(student: Student, asked: str) -> Household:
    if not asked and len(student.households) == 1:
        return student.households[0]
    found = student.household(asked) if asked else None
    if found is not None:
        return found
    if not student.households:
        raise NotFound("{student} has no household yet. Add one, then send again.", student=student.name)
    raise NotFound(
        "For which home of {student}? Say it with --PortfolioExporter.household=NAME or in the notebook's metadata. "
        "Known are: {known}.",
        student=student.name,
        known=", ".join(h.household_id for h in student.households),
    )


def _name_of(store: ClassStore, student: Student, home: Household) -> str:
    names = file_names(with_like_named(store, [student]))
    return f"{Path(names.get((student.student_id, home.household_id), file_name(student, home))).stem}.html"
