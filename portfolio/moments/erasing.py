"""Erasing a child: what will go is said first; then it goes; then every file is searched for what is left."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portfolio.errors import PortfolioError, StorageTrouble
from portfolio.model import Portfolio, Student
from portfolio.moments.erasing_home import home_files, things_in
from portfolio.moments.erasing_traces import Trace, holds, markers_of, traces
from portfolio.moments.meeting_papers import FOLDER as MEETING
from portfolio.moments.meeting_papers import meeting_files
from portfolio.moments.paper_files import paper_files
from portfolio.moments.run_manifest import RUNS, forget_runs
from portfolio.store.atomic import LEFTOVERS, write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.live import forget_live
from portfolio.store.port import ClassStore

_LINKS = "links.txt"
_COPIES = (
    *("class.sqlite.before-*", "*.backup.zip", "*.archive.zip"),
    *(f"out/*.{kind}.zip" for kind in ("backup", "archive", "next-teacher")),
)


@dataclass(frozen=True)
class Plan:
    """What goes when a child is erased, counted; ``copies`` may hold it too and go only if asked for.

    ``beside`` are backups and archives beside the class folder: outside of it nothing is ever deleted.
    """

    student: Student
    portfolios: int
    entries: int
    media: int
    media_bytes: int
    home: tuple[Path, ...]
    uploads: int
    copies: tuple[Path, ...]
    beside: tuple[Path, ...]


@dataclass(frozen=True)
class Erased:
    """What became of it: the plan, how many changes of its entries went, which files went, what is left.

    ``swept`` is false if others held the database, so that it could not be written anew.
    """

    plan: Plan
    changes: int
    removed: tuple[str, ...]
    traces: tuple[Trace, ...]
    swept: bool


@dataclass(frozen=True)
class Due:
    """A child that should be gone by now: since when, and which of its portfolios (ids)."""

    student: Student
    delete_by: date
    portfolios: tuple[str, ...]


def due(folder: ClassFolder, today: date) -> tuple[Due, ...]:
    """Return whose day to be deleted is past, in roster order. Nothing is deleted by this."""
    store = folder.store()
    try:
        whole, rounds = store.school_class().delete_by, store.all_rounds()
        found = []
        for student in store.students():
            metas = rounds.get(student.student_id, ())
            days = {meta.portfolio_id: meta.delete_by or whole for meta in metas}
            past = {pid: day for pid, day in days.items() if day is not None and day < today}
            if past:
                found.append(Due(student, min(past.values()), tuple(past)))
            elif not metas and whole is not None and whole < today:
                found.append(Due(student, whole, ()))
        return tuple(found)
    finally:
        store.close()


def has_a_day(folder: ClassFolder) -> bool:
    """Return whether a day to be deleted is set at all, for the class or for any portfolio."""
    store = folder.store()
    try:
        metas = (meta for rounds in store.all_rounds().values() for meta in rounds)
        return store.school_class().delete_by is not None or any(meta.delete_by for meta in metas)
    finally:
        store.close()


def look(folder: ClassFolder, student_id: str) -> Plan:
    """Return what would go if this child were erased. Raises ``NotFound`` if there is no such child."""
    store = folder.store()
    try:
        return _plan(folder, store, store.student(student_id))
    finally:
        store.close()


def erase(folder: ClassFolder, student_id: str, *, copies_too: bool = False) -> Erased:
    """Erase a child from a class: words with their history, media, keys, files for home, everything on its way.

    ``copies_too`` also deletes copies of the database, backups and archives in the class folder, with what
    they hold of others. Files go first, so that an interrupted erasure can be asked again. Servers may run
    meanwhile. Raises ``NotFound``, or ``StorageTrouble`` if a file cannot be deleted or the class stays busy.
    """
    store = folder.store()
    try:
        student = store.student(student_id)
        plan = _plan(folder, store, student)
        markers = markers_of(store, student, _books(store, student_id))
        gone = [*plan.home, *(plan.copies if copies_too else ()), *_passing(folder)]
        removed = [_removed(folder, path) for path in gone]
        _clear(folder.hidden / "uploads" / student_id)
        _clear(folder.smaller / student_id)
        for book in _books(store, student_id):
            forget_live(folder.hidden, book.meta.portfolio_id)
        _clear(folder.charts)  # drawings are kept by content, for everybody together; they are made again
        _unlisted(folder, student_id)
        forget_runs(folder, student_id)
        forgotten = store.forget_student(student_id)
        swept = forgotten.swept or store.sweep()
    finally:
        store.close()
    for log in folder.hidden.glob("*.log"):
        if holds(log, markers) and not log.is_symlink():
            _begin_anew(log)
    left = traces(folder, markers, [path for path in plan.copies if path.exists()])
    return Erased(plan, forgotten.history, tuple(removed), left, swept)


def sweep(folder: ClassFolder) -> bool:
    """Write the database anew, without gaps of what was erased; return whether nobody was in the way."""
    store = folder.store()
    try:
        return store.sweep()
    finally:
        store.close()


def _plan(folder: ClassFolder, store: ClassStore, student: Student) -> Plan:
    student_id = student.student_id
    books = _books(store, student_id)
    media = [folder.media / student_id / name for name in store.media_names(student_id)]
    uploads = folder.hidden / "uploads" / student_id
    found = (path for pattern in _COPIES for path in folder.path.glob(pattern))
    copies = [path for path in found if not path.parent.is_symlink() or path.parent == folder.path]
    name = folder.path.name
    beside = [
        path
        for path in folder.path.parent.iterdir()
        if path.name.startswith(f"{name}.") and path.name.endswith((".backup.zip", ".archive.zip"))
    ]
    return Plan(
        student=student,
        portfolios=len(books),
        entries=sum(len(book.entries()) for book in books),
        media=len(media),
        media_bytes=sum(path.stat().st_size for path in media if path.is_file()),
        home=tuple(
            sorted(
                [
                    *home_files(folder, student_id, store.students()),
                    *paper_files(folder, student_id, store.students()),
                    *meeting_files(folder, student_id, store.students()),
                ]
            )
        ),
        uploads=sum(1 for _ in uploads.iterdir()) if _is_ours(uploads) else 0,
        copies=tuple(sorted(copies)),
        beside=tuple(sorted(beside)),
    )


def _books(store: ClassStore, student_id: str) -> list[Portfolio]:
    """Return the portfolios of a child that can be read; the others go all the same."""
    books = []
    for meta in store.rounds(student_id):
        try:
            books.append(store.portfolio(meta.portfolio_id))
        except PortfolioError:
            continue
    return books


def _passing(folder: ClassFolder) -> list[Path]:
    """Return what killed programs left beside files: nobody knows whose words are in it."""
    path = folder.path
    in_class = ("home", "out", "papers", MEETING)
    hidden = (folder.hidden, folder.hidden / RUNS)
    places = (path, *hidden, *(path / name for name in in_class), *things_in(folder.home))
    ours = (place for place in places if place == path or (place.is_dir() and not place.is_symlink()))
    return [half for place in ours for half in place.glob(LEFTOVERS)]


def _removed(folder: ClassFolder, path: Path) -> str:
    """Delete a file or folder (a link, not what it leads to) and return its name in the class folder."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageTrouble(
            "{path} cannot be deleted ({why}). Close other programs that have it open, then erase again.",
            path=path,
            why=error.strerror or type(error).__name__,
        ) from error
    return path.relative_to(folder.path).as_posix()


def _is_ours(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink() and not place.parent.is_symlink()


def _clear(place: Path) -> None:
    if place.parent.is_symlink():
        return  # what lies behind a link is not ours
    if place.is_symlink() or place.is_dir():
        _removed(ClassFolder(place.parent), place)


def _unlisted(folder: ClassFolder, student_id: str) -> None:
    """Take the child's line, with its key, out of the list of links."""
    path = folder.path / _LINKS
    if not path.is_file() or path.is_symlink():
        return
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if line.partition(b"\t")[0] != student_id.encode()]
    if kept != lines:
        write_atomically(path, b"".join(kept), mode=0o600)


def _begin_anew(log: Path) -> None:
    """Empty a log; a server that has it open writes on."""
    try:
        with log.open("r+b") as file:
            file.truncate(0)
    except OSError:
        return  # the search names it
