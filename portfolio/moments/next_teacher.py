"""For the next teacher: one file for each child that picked pages for it, and nothing for the others."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from portfolio.errors import N_, NotFound, PortfolioError, StorageTrouble
from portfolio.model import Book, Student
from portfolio.moments.home import HomeFile, kept_charts
from portfolio.moments.home_pictures import missing_in
from portfolio.moments.send_home import chosen_students
from portfolio.rules.next_teacher import for_next_teacher, picked_sections
from portfolio.store.archive_zip import appearing
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.views.next_teacher import next_teacher_page
from portfolio.views.pages import DrawChart, made, media_bytes
from portfolio.views.room import HOME_LIMIT, Missing
from portfolio.views.safe import SafePage

Why = Literal["", "not picked", "not written", "trouble"]

WHY: Final = {
    "not picked": N_("{name} has not picked pages yet. They are picked at the end of the child’s desk."),
    "not written": N_("{name} has picked pages and not written on them yet."),
}
"""Why a child has no file: no blame, only what is so."""


@dataclass(frozen=True)
class ForNext:
    """What became of one child: the page, or why there is none (``why``; empty if there is one).

    ``trouble`` says what could not be read, ``missing`` what is not in the page though it belongs there.
    """

    student: Student
    page: SafePage | None = None
    why: Why = ""
    trouble: PortfolioError | None = None
    missing: tuple[Missing, ...] = ()

    @property
    def name(self) -> str:
        """What the file is called: made of the child's id only."""
        return f"{self.student.student_id}.html"


@dataclass(frozen=True)
class Written:
    """A child, where its file is and what is not in it; or why there is none."""

    student: Student
    path: Path | None
    size: int
    why: PortfolioError | None = None
    missing: tuple[Missing, ...] = ()


def next_teacher_html(
    book: Book, store: ClassStore, draw: DrawChart, limit: int = HOME_LIMIT
) -> SafePage | None:
    """Return the page of :func:`next_teacher_file` alone."""
    file = next_teacher_file(book, store, draw, limit)
    return file.page if file else None


def next_teacher_file(
    book: Book, store: ClassStore, draw: DrawChart, limit: int = HOME_LIMIT
) -> HomeFile | None:
    """Return the file of one child, of at most ``limit`` bytes, and what is not in it; ``None`` without a page to show."""
    view = for_next_teacher(book)
    if not view.parts:
        return None
    student = book.student.student_id
    media = media_bytes(lambda sha, suffix: store.media(student, sha, suffix))
    done = made(next_teacher_page(view, lambda sha: store.picture(student, sha), draw, media), limit)
    return HomeFile(done.page, missing_in(view, done.left), done.sizes)


def for_next(folder: ClassFolder, store: ClassStore, students: Iterable[Student]) -> Iterator[ForNext]:
    """Yield what these children's next teachers may get, one after the other. One child's trouble stops nobody.

    Raises ``PortfolioError`` if what the class asks cannot be read.
    """
    template, outline, draw = folder.template(), folder.outline(), kept_charts(folder.charts)
    for student in students:
        try:
            book = book_of(store, template, outline, student.student_id)
            file = next_teacher_file(book, store, draw)
        except PortfolioError as trouble:
            yield ForNext(student, why="trouble", trouble=trouble)
            continue
        picked = picked_sections(book.portfolio.meta, book.sections())
        why: Why = "" if file else "not written" if picked else "not picked"
        yield ForNext(student, file.page if file else None, why, missing=file.missing if file else ())


def write_each(
    folder: ClassFolder,
    target: Path,
    *,
    students: Sequence[str] = (),
    on_each: Callable[[Student], None] = lambda _: None,
) -> tuple[Written, ...]:
    """Write one file for each child into a folder and return what became of each; no file is ever replaced.

    ``students`` are ids; none means the whole class. Raises ``NotFound`` for an unknown id, ``StorageTrouble`` if
    the folder cannot be made.
    """
    store = folder.store()
    try:
        chosen = chosen_students(store, students)
        _make(target)
        done = []
        for one in for_next(folder, store, chosen):
            done.append(_written(one, target))
            on_each(one.student)
        return tuple(done)
    finally:
        store.close()


def _make(target: Path) -> None:
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageTrouble(
            "The folder {path} cannot be made ({why}). Choose another place.",
            path=target,
            why=error.strerror or type(error).__name__,
        ) from error


def _written(one: ForNext, target: Path) -> Written:
    if one.page is None:
        return Written(one.student, None, 0, one.trouble or NotFound(WHY[one.why], name=one.student.name))
    data, path = one.page.encode("utf-8"), target / one.name
    try:
        with appearing(path) as file:
            file.write(data)
    except PortfolioError as trouble:
        return Written(one.student, None, 0, trouble)
    return Written(one.student, path, len(data), missing=one.missing)


def write_zip(
    folder: ClassFolder, store: ClassStore, path: Path, *, made_at: datetime
) -> tuple[ForNext, ...]:
    """Write the files of a class into one zip and return what became of each child, the pages themselves left out.

    Nothing is written where no child has a page. Raises ``InputRefused`` if something is at ``path`` already,
    ``StorageTrouble`` if it cannot be written.
    """
    found: list[ForNext] = []
    with contextlib.suppress(_NobodyHasOne), appearing(path) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for one in for_next(folder, store, store.students()):
                _pack(packed, one, made_at)
                found.append(replace(one, page=None))  # thirty pages at once would be large
        if all(one.why for one in found):
            raise _NobodyHasOne
    return tuple(found)


class _NobodyHasOne(Exception):
    """There is nothing to put into the zip: it is given up."""


def _pack(packed: zipfile.ZipFile, one: ForNext, made_at: datetime) -> None:
    if one.page is not None:
        entry = zipfile.ZipInfo(one.name, max(made_at.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
        entry.compress_type = zipfile.ZIP_DEFLATED
        packed.writestr(entry, one.page.encode("utf-8"))
