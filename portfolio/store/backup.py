"""A backup: one file with everything of a class that cannot be made again, taken while others save.

The database comes first, through SQLite's own copy (``VACUUM INTO`` sees one moment, whatever others do:
https://www.sqlite.org/lang_vacuum.html#vacuuminto), the pictures after it: a picture is kept before the
entry that shows it, so every one the copy knows is there by then.

Left out are files that can be made again (``home/``, drawings) and what would open doors for whoever finds a
lost backup: the secret that signs visits, and ``links.txt`` with the children's keys. The database holds
fingerprints of the keys, so links that were given out go on working in a restored class. So do the codes on answers of
homes: the key they are made of is in it (:mod:`portfolio.store.answer_key`), which opens nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from portfolio.errors import InputRefused, StorageTrouble
from portfolio.store.answer_key import IN_BACKUP, answer_key
from portfolio.store.archive_guard import opened_package
from portfolio.store.archive_zip import Packer, appearing, refuse_taken
from portfolio.store.atomic import make_folder, told_kindly
from portfolio.store.class_folder import ClassFolder
from portfolio.store.glossary_layers import FILES as WORD_FILES
from portfolio.store.help_files import LARGEST_HELP, PICTURES, is_help_name
from portfolio.store.help_places_file import FILE as PLACES_FILE
from portfolio.store.media import is_folder_name, is_media_name
from portfolio.store.our_deck import FILE as ACTIVITIES_FILE
from portfolio.store.recordings import LARGEST_SPOKEN, SPOKEN, is_spoken_name
from portfolio.store.sqlite_file import BUSY_MS

KIND: Final = "portfolio-backup"
VERSION: Final = 1

_NOTEBOOKS: Final = ("student.ipynb", "conference.ipynb", "teacher.ipynb", "rehearsal.ipynb")
"""The desks of a class; cells somebody added to one are there only."""

_OWN: Final = (
    (SPOKEN, is_spoken_name, LARGEST_SPOKEN),
    (PICTURES, is_help_name, LARGEST_HELP),
)
"""What a teacher puts beside questions: the folder, which names, the most bytes of one."""

_WRITTEN: Final = (*WORD_FILES, ACTIVITIES_FILE, PLACES_FILE)
_TRIES: Final = 4
_SHOWN: Final = re.compile(r'"sha256":"([0-9a-f]{64})"')  # texts cannot imitate it: their quotes are escaped


@dataclass(frozen=True)
class Backup:
    """A finished backup: where it is, how many files of the class are in it, its size in bytes.

    ``missing`` names the pictures and recordings that entries show and that were not in the class any more.
    """

    path: Path
    files: int
    size: int
    missing: tuple[str, ...] = ()


def backup_name(folder: ClassFolder, made_at: datetime) -> str:
    """Return what a backup is called: class, day and time, for example ``class-4b.2026-11-22T1015.backup.zip``."""
    return f"{folder.path.name}.{made_at:%Y-%m-%dT%H%M}.backup.zip"


def is_backup_part(name: str) -> bool:
    """Return whether a backup may hold a file of this name."""
    if name in ("class.sqlite", "class.yaml", IN_BACKUP, *_NOTEBOOKS, *_WRITTEN):
        return True
    parts = name.split("/")
    if len(parts) == 2:
        return any(parts[0] == place and known(parts[1]) for place, known, _ in _OWN)
    return len(parts) == 3 and parts[0] == "media" and is_folder_name(parts[1]) and is_media_name(parts[2])


def make_backup(
    folder: ClassFolder, to: Path, *, made_at: datetime, pause: Callable[[float], None] = time.sleep
) -> Backup:
    """Write a backup of a class to the file ``to``, read all of it again, and return what it is.

    Others may go on saving; what was saved before the call is in it. Nothing appears at ``to`` before the
    backup is whole and proved. ``pause`` rests between tries while others hold the database.

    Raises:
        InputRefused: there is a file at ``to`` already, or it lies inside the class.
        StorageTrouble: the disk is full, the database is damaged, or it stays busy.
    """
    to = to.absolute()
    if to.resolve().is_relative_to(folder.path.resolve()):
        raise InputRefused(
            "A backup inside the class would be lost together with it. Choose a place outside {folder}.",
            folder=folder.path,
        )
    refuse_taken(to)
    with database_copy(folder, pause=pause) as copy, appearing(to, prove_backup) as file:
        packer = Packer(file, made_at)
        packer.put_file("class.sqlite", copy)
        for part in (folder.template_file, *(folder.path / name for name in _NOTEBOOKS)):
            if part.is_file():  # whoever deleted a notebook shall still get a backup
                packer.put_file(part.name, part)
        for name, path in (*word_files(folder), *media_files(folder), *own_files(folder)):
            put_if_there(packer, name, path)
        key = answer_key(folder)
        if key:
            packer.put(IN_BACKUP, key)
        manifest = packer.close(KIND, VERSION)
        missing = _missing(copy, frozenset(manifest.files))
        size = file.tell()
    return Backup(to, len(manifest.files), size, missing)


def put_if_there(packer: Packer, name: str, path: Path) -> None:
    """Pack a file, unless somebody has taken it away since it was listed."""
    try:
        packer.put_file(name, path)
    except StorageTrouble:
        if path.exists():
            raise


def prove_backup(path: Path) -> None:
    """Read a whole backup again. Raises ``InputRefused`` if a byte of it is not what the list says."""
    with opened_package(path, KIND, VERSION, is_backup_part) as package:
        for name in sorted(package.names):
            package.prove(name)


def media_files(folder: ClassFolder) -> Iterator[tuple[str, Path]]:
    """Yield the name in a backup and the path of every picture and recording; never through a link."""
    if folder.media.is_symlink() or not folder.media.is_dir():
        return
    for student in sorted(folder.media.iterdir()):
        if student.is_symlink() or not student.is_dir() or not is_folder_name(student.name):
            continue
        for path in sorted(student.iterdir()):
            if is_media_name(path.name) and path.is_file() and not path.is_symlink():
                yield f"media/{student.name}/{path.name}", path


def word_files(folder: ClassFolder) -> Iterator[tuple[str, Path]]:
    """Yield the name in a backup and the path of every glossary, of own cards and places; never through a link."""
    paths = (folder.path / name for name in _WRITTEN)
    yield from ((path.name, path) for path in paths if path.is_file() and not path.is_symlink())


def own_files(folder: ClassFolder) -> Iterator[tuple[str, Path]]:
    """Yield the name in a backup and the path of every recorded question and help picture; never through a link."""
    for sort, known, largest in _OWN:
        place = folder.path / sort
        if place.is_symlink() or not place.is_dir():
            continue
        for path in sorted(place.iterdir()):
            plain = known(path.name) and path.is_file() and not path.is_symlink()
            if plain and path.stat().st_size <= largest:  # larger ones are given to nobody
                yield f"{sort}/{path.name}", path


@contextlib.contextmanager
def database_copy(folder: ClassFolder, *, pause: Callable[[float], None] = time.sleep) -> Iterator[Path]:
    """Yield a proved copy of the database as it is at one moment; it is gone after the block."""
    make_folder(folder.hidden, mode=0o700)
    copy = folder.hidden / f".saving-{os.getpid()}-{time.monotonic_ns()}.tmp"
    try:
        with told_kindly(copy):
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _copy_patiently(folder.database, copy, pause)
        _check_whole(copy, folder.database.name)
        yield copy
    finally:
        for path in (copy, copy.with_name(f"{copy.name}-journal")):
            path.unlink(missing_ok=True)


def _copy_patiently(database: Path, copy: Path, pause: Callable[[float], None]) -> None:
    for turn in range(_TRIES):
        try:
            return _copy(database, copy)
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or turn == _TRIES - 1:
                raise _no_copy(database.name, error) from error
        pause(0.1 * 3**turn)
    return None


def _copy(database: Path, copy: Path) -> None:
    # opened for writing, too: only then can it undo what a killed writer left half done
    with _connected(f"{database.absolute().as_uri()}?mode=rw") as connection:
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}").close()
        connection.execute("VACUUM INTO ?", (str(copy),)).close()


def _check_whole(copy: Path, name: str) -> None:
    try:
        with _connected(f"{copy.as_uri()}?mode=ro") as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise _no_copy(name, error) from error
    if said != "ok":
        raise _no_copy(name, sqlite3.DatabaseError(str(said)))


@contextlib.contextmanager
def _connected(address: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def _missing(copy: Path, packed: frozenset[str]) -> tuple[str, ...]:
    """Return what entries show and the backup does not hold, as ``student/sha256``."""
    have = {
        (name.split("/")[1], name.split("/")[2].partition(".")[0])
        for name in packed
        if name.startswith("media/")
    }
    wanted = "SELECT p.student_id, e.body FROM entries e JOIN portfolios p USING (portfolio_id)"
    try:
        with _connected(f"{copy.as_uri()}?mode=ro") as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")  # one bad row stops nothing
            shown = {
                (str(student), sha)
                for student, body in connection.execute(wanted)
                for sha in _SHOWN.findall(str(body))
            }
    except sqlite3.Error as error:
        raise _no_copy("class.sqlite", error) from error
    return tuple(f"{student}/{sha}" for student, sha in sorted(shown - have))


def _no_copy(name: str, error: sqlite3.Error) -> StorageTrouble:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageTrouble(
            "“{file}” is busy: others are saving just now. No backup was made; try again in a moment.",
            file=name,
        )
    if code == sqlite3.SQLITE_FULL:
        return StorageTrouble("There is no room left to copy “{file}”. Make room, then try again.", file=name)
    return StorageTrouble(
        "“{file}” cannot be copied as a whole ({why}), so no backup was made. Copy the folder of the class by "
        "hand, then look at it with: portfolio examine",
        file=name,
        why=str(error),
    )
