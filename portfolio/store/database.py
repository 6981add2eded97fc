"""One database: opened, checked for its version, and asked patiently.

Several processes may have one file open. A writer that finds it held waits a little and tries again;
what cannot be done is said in a sentence.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, insert, inspect, make_url, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from portfolio.errors import StorageTrouble
from portfolio.store.database_trouble import busy, is_busy, may_pass, newer, not_ours, sentence
from portfolio.store.sqlite_file import Journal, is_local, journal_for, prepare, settle_journal
from portfolio.store.tables import STORE_VERSION, alembic_version, metadata, revision_of, store_version
from portfolio.store.upgrade import Upgrade, bring_up

T = TypeVar("T")

_RESTS: Final = (0.02, 0.08, 0.3)
"""Seconds between tries when others hold the database, on top of what SQLite waits by itself."""


class _Block(threading.local):
    """The block a thread is in (:meth:`Database.together`): its connection, and what broke it."""

    connection: Connection | None = None
    broken: StorageTrouble | None = None


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
        some seconds between tries. An older store is brought up first; ``upgraded`` then says from what,
        and where the copy of it lies. Raises ``StorageTrouble``: nothing there, not ours, newer, damaged.
        """
        self._pause = pause
        self._block = _Block()
        self._name = place.name if isinstance(place, Path) else make_url(place).render_as_string()
        self._engine = _engine_for(place, create=create)
        self.upgraded: Upgrade | None = None
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
        if self.read(self._found) is None:
            if not create:
                raise not_ours(self._name)
            self.write(_make_tables)
        # looked at again: an older program may have made the tables just now
        if (self.read(self._found) or 0) < STORE_VERSION:
            self.upgraded = bring_up(self.write, self._found, self._name)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns; everything it reads is from one moment."""
        if self._block.connection is not None:
            return self._inside(self._block.connection, work)
        return self._run(self._engine, work)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns once all its changes are on the disk; an error undoes them all.

        ``work`` may be called again after a collision with another writer. Inside :meth:`together` its
        changes are on the disk when the block has ended.
        """
        connection = self._block.connection
        if connection is None:
            return self._run(self._writer, work)

        def undone_alone(connection: Connection) -> T:
            with connection.begin_nested():
                try:
                    return work(connection)
                except DBAPIError as error:
                    # noted first: SQLite may have undone the whole block, and then cannot undo this part of it
                    self._broken_by(error)
                    raise

        return self._inside(connection, undone_alone)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @property
    def in_block(self) -> bool:
        """Whether this thread is inside of :meth:`together`."""
        return self._block.connection is not None

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Make all writes of this thread in the ``with`` block one transaction; a block inside joins it.

        Raises ``StorageTrouble`` at the end if any work in the block met trouble of the database, also
        when that was caught: SQLite may then have undone everything before it.
        """
        block = self._block
        if block.connection is not None:
            with self._joined(block.connection):
                yield
            return
        connection = self._begun()
        block.connection, block.broken = connection, None
        try:
            yield
            if block.broken is not None:
                raise block.broken
            self._commit(connection)
        finally:
            block.connection = None
            with contextlib.suppress(DBAPIError):
                connection.close()  # undoes what was not committed

    @contextlib.contextmanager
    def _joined(self, connection: Connection) -> Iterator[None]:
        try:
            with connection.begin_nested():
                yield
        except DBAPIError as error:
            raise self._broken_by(error) from error

    def _begun(self) -> Connection:
        for rest in (*_RESTS, None):
            try:
                connection = self._writer.connect()
            except NoConnectionFree as error:
                raise busy(self._name) from error
            except DBAPIError as error:
                raise sentence(error.orig, self._name) from error
            try:
                connection.begin()
            except DBAPIError as error:
                connection.close()
                if rest is None or not is_busy(error.orig):
                    raise sentence(error.orig, self._name) from error
                self._pause(rest)
            else:
                return connection
        raise busy(self._name)

    def _commit(self, connection: Connection) -> None:
        transaction = connection.get_transaction()
        for rest in (*_RESTS, None):
            try:
                if connection.dialect.name == "sqlite":
                    # readers may hold it up; only SQLite lets one ask again. The driver then has nothing to do.
                    connection.exec_driver_sql("COMMIT")
                if transaction is not None:
                    transaction.commit()
            except DBAPIError as error:
                if rest is None or not is_busy(error.orig):
                    raise sentence(error.orig, self._name) from error
                self._pause(rest)
            else:
                return

    def _inside(self, connection: Connection, work: Callable[[Connection], T]) -> T:
        if self._block.broken is not None:
            raise self._block.broken
        try:
            return work(connection)
        except DBAPIError as error:
            raise self._broken_by(error) from error

    def _broken_by(self, error: DBAPIError) -> StorageTrouble:
        if self._block.broken is None:
            self._block.broken = sentence(error.orig, self._name)
        return self._block.broken

    def _run(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        for rest in _RESTS:
            try:
                return self._once(engine, work)
            except DBAPIError as error:
                if not may_pass(error):
                    raise sentence(error.orig, self._name) from error
            self._pause(rest)
        try:
            return self._once(engine, work)
        except DBAPIError as error:
            raise sentence(error.orig, self._name) from error

    def _once(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        try:
            with engine.begin() as connection:
                return work(connection)
        except NoConnectionFree as error:
            raise busy(self._name) from error

    def sweep(self) -> bool:
        """Write a SQLite file anew without gaps and empty its log; return whether that could be done."""
        if self._engine.dialect.name != "sqlite":
            return True
        borrowed = self._engine.raw_connection()
        try:
            run = borrowed.driver_connection.execute  # type: ignore[union-attr]  # it was borrowed just now
            run("VACUUM").close()
            held, *_ = run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            if is_busy(error):
                return False
            raise sentence(error, self._name) from error
        finally:
            borrowed.close()
        return not held

    def _found(self, connection: Connection) -> int | None:
        """Return the version of our tables, if they are there; raise if they are somebody else's or newer."""
        if not inspect(connection).has_table(store_version.name):
            return None
        found = connection.execute(select(store_version.c.version)).scalar()
        if not isinstance(found, int) or found < 1:
            raise not_ours(self._name)
        if found > STORE_VERSION:
            raise newer(self._name, found, STORE_VERSION)
        return found


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
    # somebody else may have been quicker
    if inspect(connection).has_table(store_version.name):
        return
    metadata.create_all(connection)
    connection.execute(insert(store_version).values(version=STORE_VERSION))
    connection.execute(insert(alembic_version).values(version_num=revision_of(STORE_VERSION)))
