"""Bring an older store up to this version: a copy beside it first, then every step in one transaction.

The steps are Alembic scripts (``migrations/versions``). Whatever stops the program in between leaves the
old store as it was: SQLite undoes half a transaction by itself.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, inspect

from portfolio.errors import StorageTrouble
from portfolio.store.atomic import make_durable
from portfolio.store.database_trouble import not_ours, sentence
from portfolio.store.tables import STORE_VERSION, alembic_version, revision_of

T = TypeVar("T")

SCRIPTS: Final = Path(__file__).resolve().parent / "migrations"

# Alembic keeps the connection it works on in a module of its own
_ONE_AT_A_TIME: Final = threading.Lock()

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upgrade:
    """What was done: the version found, the one there is now, the copy of what was found (SQLite only)."""

    found: int
    known: int
    copy: Path | None


def bring_up(
    write: Callable[[Callable[[Connection], Upgrade | None]], Upgrade | None],
    version_in: Callable[[Connection], int | None],
    name: str,
) -> Upgrade | None:
    """Bring a store up to :data:`STORE_VERSION` and return what was done, ``None`` if another was quicker.

    ``write`` runs work in one transaction that holds the write lock from its beginning, ``version_in``
    says which version is there. ``name`` stands in sentences. Raises ``StorageTrouble``; the store is
    then as it was, and no copy is left.
    """
    import alembic.command  # noqa: F401 - loaded before the lock is taken: it takes its time
    from alembic.util.exc import CommandError

    copies: list[Path] = []

    def work(connection: Connection) -> Upgrade | None:
        found = version_in(connection)
        if found is None or found >= STORE_VERSION:
            return None
        file = _file_of(connection)
        if file is not None:
            _drop(copies)  # from a try before this one: others may have saved since
            copies.append(_copied(file, name))
        try:
            run_scripts(connection, found)
        except CommandError as error:  # the two notes of the version do not agree
            raise not_ours(name) from error
        return Upgrade(found, STORE_VERSION, copies[0] if copies else None)

    try:
        done = write(work)
    except BaseException:
        _drop(copies)
        raise
    if done is None:
        _drop(copies)
    else:
        _log.info("%s: store %d is now store %d; copy: %s", name, done.found, done.known, done.copy)
    return done


def _drop(copies: list[Path]) -> None:
    while copies:
        copies.pop().unlink(missing_ok=True)


def run_scripts(connection: Connection, found: int) -> None:
    """Run the scripts that lead from version ``found`` to this one, in the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        if not inspect(connection).has_table(alembic_version.name):
            command.stamp(config, revision_of(found))  # store 1 did not know Alembic
        command.upgrade(config, revision_of(STORE_VERSION))


def _file_of(connection: Connection) -> Path | None:
    if connection.dialect.name != "sqlite":
        return None
    databases = connection.exec_driver_sql("PRAGMA database_list").all()
    place = next((row[2] for row in databases if row[1] == "main"), "")
    return Path(place) if place else None


def _copied(file: Path, name: str) -> Path:
    """Copy a SQLite file that nobody can write just now; return where the copy lies, safe on the disk."""
    copy = _free_name(file)
    beside = file.with_name(f".saving-{os.getpid()}-upgrade.tmp")  # as atomic.LEFTOVERS
    try:
        beside.unlink(missing_ok=True)
        mode = file.stat().st_mode & 0o777
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
        with (
            closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(beside, isolation_level=None)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE").close()
        with beside.open("rb+") as written:
            os.fsync(written.fileno())
        beside.replace(copy)
        make_durable(copy.parent)
    except sqlite3.Error as error:
        raise sentence(error, name) from error
    except OSError as error:
        raise StorageTrouble(
            "“{file}” is from an older version and could not be copied before it is brought up ({why}). "
            "Nothing was changed. Make room in its folder, then open it again.",
            file=name,
            why=error.strerror or type(error).__name__,
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return copy


def _free_name(file: Path) -> Path:
    """Return ``class.sqlite.before-2``, or with a number behind it: an earlier copy is never replaced."""
    wanted = file.with_name(f"{file.name}.before-{STORE_VERSION}")
    found, number = wanted, 2
    while found.exists() or found.is_symlink():
        found, number = wanted.with_name(f"{wanted.name}.{number}"), number + 1
    return found
