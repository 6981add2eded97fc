"""One database: opened, checked for its version, and asked patiently.

Several processes may have one file open. A writer that finds it held waits a little and tries again;
what cannot be done is said in a sentence.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, insert, inspect, make_url, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from portfolio.errors import StorageTrouble
from portfolio.store.sqlite_file import Journal, is_local, journal_for, prepare, settle_journal
from portfolio.store.tables import STORE_VERSION, metadata, store_version

T = TypeVar("T")

_RESTS: Final = (0.02, 0.08, 0.3)
"""Seconds between tries when others hold the database, on top of what SQLite waits by itself."""

_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_FORBIDDEN: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN})
_RACED: Final = frozenset({"40001", "40P01"})  # SQL states: serialization failure, deadlock


class Database:
    """Where the tables are: ``place`` is a SQLite file, or the URL of any database SQLAlchemy knows."""

    def __init__(
        self,
        place: Path | str,
        *,
        create: bool = False,
        journal: Journal | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open what is there; with ``create`` make tables where there are none.

        ``journal`` chooses SQLite's journal, by default the one that is safe here. ``pause`` rests for
        some seconds between tries. Raises ``StorageTrouble``: nothing there, not ours, newer, damaged.
        """
        self._pause = pause
        self._name = place.name if isinstance(place, Path) else make_url(place).render_as_string()
        self._engine = _engine_for(place, create=create)
        if self._engine.dialect.name == "sqlite":
            prepare(self._engine)
        self._writer = self._engine.execution_options(writes=True)
        try:
            self._open(create=create)
            if isinstance(place, Path):
                safe = journal_for(sqlite3.sqlite_version_info, local=is_local(place.parent))
                settle_journal(self._engine, journal or safe)
        except BaseException:
            self.close()
            raise

    def _open(self, *, create: bool) -> None:
        if self.read(self._is_ours):
            return
        if not create:
            raise self._not_ours()
        self.write(_make_tables)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns; everything it reads is from one moment."""
        return self._run(self._engine, work)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns once all its changes are on the disk; an error undoes them all.

        ``work`` may be called again after a collision with another writer.
        """
        return self._run(self._writer, work)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _run(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        for rest in _RESTS:
            try:
                return self._once(engine, work)
            except DBAPIError as error:
                if not _may_pass(error):
                    raise self._sentence(error) from error
            self._pause(rest)
        try:
            return self._once(engine, work)
        except DBAPIError as error:
            raise self._sentence(error) from error

    def _once(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        try:
            with engine.begin() as connection:
                return work(connection)
        except NoConnectionFree as error:
            raise self._busy() from error

    def _is_ours(self, connection: Connection) -> bool:
        """Return whether our tables are there; raise if they are somebody else's or newer."""
        if not inspect(connection).has_table(store_version.name):
            return False
        found = connection.execute(select(store_version.c.version)).scalar()
        if not isinstance(found, int) or found < 1:
            raise self._not_ours()
        if found > STORE_VERSION:
            raise StorageTrouble(
                "“{file}” was made by a newer version of this program (store {found}, this one knows {known}). "
                "Update the program on this computer. Nothing was changed.",
                file=self._name,
                found=found,
                known=STORE_VERSION,
            )
        return True

    def _sentence(self, error: DBAPIError) -> StorageTrouble:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the rest says more than we need
        if code in _BUSY:
            return self._busy()
        if code in _DAMAGED:
            return self._not_ours()
        if code == sqlite3.SQLITE_FULL:
            return StorageTrouble(
                "There is no room left for “{file}”. What was saved before is still there. "
                "Make room and save again.",
                file=self._name,
            )
        if code in _FORBIDDEN:
            return StorageTrouble(
                "“{file}” may not be opened or written. Check that it and its folder are there and belong "
                "to you, then try again.",
                file=self._name,
            )
        return StorageTrouble(
            "“{file}” does not work as it should ({why}). Check the disk, or restore a backup of the class.",
            file=self._name,
            why=str(error.orig),
        )

    def _busy(self) -> StorageTrouble:
        return StorageTrouble(
            "“{file}” is busy: others are saving just now. Nothing of yours was lost; save again in a moment.",
            file=self._name,
        )

    def _not_ours(self) -> StorageTrouble:
        return StorageTrouble(
            "“{file}” is damaged, or it is not the file of a class. Restore a backup of the class.",
            file=self._name,
        )


def _engine_for(place: Path | str, *, create: bool) -> Engine:
    if isinstance(place, str):
        return create_engine(place)
    if not create and not place.is_file():
        raise StorageTrouble(
            "“{file}”, which holds everything the class has written, is not in {folder}. "
            "Restore a backup of the class.",
            file=place.name,
            folder=place.parent,
        )
    # opened by address because only that can say "never make an empty one where there is none"
    address = f"{place.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, check_same_thread=False)

    return create_engine(URL.create("sqlite", database=str(place)), creator=connect)


def _make_tables(connection: Connection) -> None:
    metadata.create_all(connection)
    # somebody else may have been quicker
    if connection.execute(select(store_version)).first() is None:
        connection.execute(insert(store_version).values(version=STORE_VERSION))


def _may_pass(error: DBAPIError) -> bool:
    """Return whether the same work may succeed in a moment."""
    if isinstance(error, IntegrityError):
        return True  # two writers made the same row; the second now finds it
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code in _BUSY or getattr(error.orig, "sqlstate", None) in _RACED
