"""A class out of a backup: everything is checked first, then made beside the place and put there at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from portfolio.errors import InputRefused, StorageTrouble
from portfolio.store import archive_guard as guard
from portfolio.store.answer_key import IN_BACKUP
from portfolio.store.archive_zip import Manifest
from portfolio.store.atomic import make_durable, make_folder, this_disk, told_kindly, write_atomically
from portfolio.store.backup import KIND, VERSION, is_backup_part
from portfolio.store.class_folder import SECRET_BYTES, ClassFolder, open_class
from portfolio.store.tables import STORE_VERSION

_ROOM = 50_000_000
"""Bytes that stay free on the disk: whoever works on this computer needs some, too."""


def restore_backup(file: Path, target: Path, *, randomness: Callable[[int], bytes]) -> ClassFolder:
    """Make the class folder ``target`` from a backup and return it.

    ``target`` must not exist yet or be an empty folder. The class gets a new secret from ``randomness`` (who
    is signed in opens the link again; the links and the codes on answers stay). If anything is wrong, nothing is left behind.

    Raises:
        InputRefused: there is something in the folder; or the file is not a backup, is damaged, newer, or
            holds what does not belong in one.
        StorageTrouble: there is no room, or the place is not ours to write.
    """
    target = target.absolute()
    _refuse_filled(target)
    with guard.opened_package(file, KIND, VERSION, is_backup_part) as package:
        if not {"class.sqlite", "class.yaml", "student.ipynb"} <= package.names:
            raise guard.not_ours(file)
        with told_kindly(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        _check_room(package.manifest, target.parent)
        beside = target.with_name(f".restoring-{os.getpid()}-{randomness(4).hex()}.tmp")
        try:
            _unpack(package, beside, randomness)
            _check_database(beside / "class.sqlite", file)
            with told_kindly(target):
                if target.is_dir():  # empty, as we saw; a folder cannot take the place of another everywhere
                    target.rmdir()
                beside.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    make_durable(target.parent)
    return open_class(target)


def _refuse_filled(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not (target.is_dir() and not any(target.iterdir()))):
        raise InputRefused(
            "There is something in {path} already, and a backup never replaces it. Give the name of a new "
            "folder, look at the class in it, then put it where you want it.",
            path=target,
        )


def _check_room(manifest: Manifest, place: Path) -> None:
    needed = sum(note.size for note in manifest.files.values())
    with told_kindly(place):
        free = shutil.disk_usage(place).free
    if needed + _ROOM > free:
        raise StorageTrouble(
            "The class needs {needed} MB and there are {free} MB free at {place}. Make room or choose another "
            "place, then try again.",
            needed=needed // 1_000_000 + 1,
            free=free // 1_000_000,
            place=place,
        )


def _unpack(package: guard.Package, beside: Path, randomness: Callable[[int], bytes]) -> None:
    folder = ClassFolder(beside)
    make_folder(beside, mode=0o700)
    for part in (folder.media, folder.home, folder.hidden):
        make_folder(part, mode=0o700)
    write_atomically(folder.secret, randomness(SECRET_BYTES), mode=0o600)
    filled = {beside}
    for name in sorted(package.names):
        path = folder.answers if name == IN_BACKUP else beside.joinpath(*name.split("/"))
        if path.parent not in filled:
            make_folder(path.parent, mode=0o700)
            filled.add(path.parent)
        with told_kindly(path), path.open("xb") as into:
            path.chmod(0o600)
            package.copy(name, into)
            into.flush()
            this_disk().sync(into.fileno())
    for place in filled:
        make_durable(place)


def _check_database(path: Path, file: Path) -> None:
    """Raise ``InputRefused`` unless this is a whole database of ours, of a version we know.

    Ours has tables and indexes only: a view or a trigger could run what somebody put there.
    """
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema=OFF").close()
        strange = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'"
        ).fetchone()
        if strange != (0,) or connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise guard.damaged(file)
        (version,) = connection.execute("SELECT max(version) FROM store_version").fetchone()
    except sqlite3.Error as error:
        raise guard.damaged(file) from error
    finally:
        connection.close()
    if not isinstance(version, int) or version < 1:
        raise guard.damaged(file)
    if version > STORE_VERSION:
        raise guard.newer(file)
