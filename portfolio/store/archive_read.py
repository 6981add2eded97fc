"""Reading an archive: children and portfolios out of files that may come from anywhere, of any age.

Nothing is believed: JSON is read strictly, older portfolios are brought up to today's version, every record
is validated, and what belongs together must name each other.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from portfolio.errors import InputRefused, NotFound
from portfolio.model import Portfolio, Record, Student
from portfolio.model.upgrade import upgraded
from portfolio.store import trouble
from portfolio.store.archive import KIND, VERSION, is_archive_part
from portfolio.store.archive_guard import Package, damaged, opened_package, too_much

R = TypeVar("R", bound=Record)

MOST_MEDIUM: Final = 64_000_000
"""Bytes of one picture or recording: no more ever comes in at a desk."""


@dataclass(frozen=True)
class Archived:
    """A child out of an archive with its portfolios, oldest first, and the names of its media files."""

    student: Student
    portfolios: tuple[Portfolio, ...]
    media: tuple[str, ...]


class Archive:
    """An open archive."""

    def __init__(self, path: Path, package: Package) -> None:
        """Look which children are in it."""
        self._path, self._package = path, package
        parts = [name.split("/") for name in sorted(package.names)]
        self.students = tuple(p[1] for p in parts if p[0] == "students" and p[2:] == ["student.json"])
        """The ids of the children in it."""
        strays = {p[1] for p in parts if p[0] == "students"} - set(self.students)
        if strays:
            raise damaged(path)

    def student(self, student_id: str) -> Archived:
        """Return a child with its portfolios.

        Raises ``NotFound``; ``InputRefused`` if a file says what no portfolio can say, ``StorageTrouble``
        if a portfolio is newer than this program.
        """
        if student_id not in self.students:
            raise NotFound(
                "There is no student “{student}” in “{file}”. There are: {known}.",
                student=trouble.shown(student_id),
                file=self._path.name,
                known=", ".join(self.students) or "–",
            )
        here = f"students/{student_id}/"
        names = sorted(name for name in self._package.names if name.startswith(here))
        student = self._record(Student, f"{here}student.json")
        books = [self._portfolio(name) for name in names if name.endswith("/portfolio.json")]
        owners = {student.student_id, *(book.meta.student_id for book in books)}
        if owners != {student_id}:
            raise damaged(self._path)
        books.sort(key=lambda book: (book.meta.started_on, book.meta.portfolio_id))
        media = tuple(name.rpartition("/")[2] for name in names if name.startswith(f"{here}media/"))
        return Archived(student, tuple(books), media)

    def medium(self, student_id: str, name: str) -> bytes:
        """Return the bytes of one of a child's media files: they are what its name promises."""
        path = f"students/{student_id}/media/{name}"
        if self._package.manifest.files[path].size > MOST_MEDIUM:
            raise too_much(self._path)
        if self._package.manifest.files[path].sha256 != name.partition(".")[0]:
            raise damaged(self._path)
        return self._package.read(path)

    def prove(self) -> None:
        """Read everything once. Raises ``InputRefused`` if a byte is not what the manifest says."""
        for name in sorted(self._package.names):
            self._package.prove(name)

    def _portfolio(self, name: str) -> Portfolio:
        document = self._package.json(name)
        if not isinstance(document, Mapping):
            raise self._mistake(name, "–")
        try:
            return _valid(Portfolio, upgraded(document))
        except (ValidationError, TypeError, KeyError) as error:
            raise self._mistake(name, _where(error)) from error

    def _record(self, record: type[R], name: str) -> R:
        try:
            return _valid(record, self._package.json(name))
        except ValidationError as error:
            raise self._mistake(name, _where(error)) from error

    def _mistake(self, name: str, where: str) -> InputRefused:
        return InputRefused(
            "{name} in “{file}” says something no portfolio can say (at: {where}), so nothing was taken from it. "
            "Use a copy that nobody has changed.",
            name=name,
            file=self._path.name,
            where=where,
        )


def _valid(record: type[R], told: Any) -> R:
    return record.model_validate(told)


def _where(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return trouble.shown(".".join(str(part) for part in error.errors()[0]["loc"]) or "–")
    return "–"


@contextlib.contextmanager
def opened_archive(path: Path) -> Iterator[Archive]:
    """Yield an archive for reading. Raises ``InputRefused`` or ``StorageTrouble``: see ``opened_package``."""
    with opened_package(path, KIND, VERSION, is_archive_part) as package:
        yield Archive(path, package)
