"""A class read without SQLAlchemy, whose import takes longer than reading thirty books.

:func:`reading` answers what making files for homes asks for, with statements of our own to SQLite itself. Everything else,
and whatever is not as usual (an older store, one that is held or damaged, another journal), is left to the store
(:class:`portfolio.store.sql.SqlStore`), which is opened then: what a sentence says, it says in one place. Rows are
understood by the same functions in both.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

from portfolio.model import MediaSuffix, PortfolioMeta, SchoolClass, Student
from portfolio.store import trouble
from portfolio.store.bodies import meta_in, school_class_in, student_in
from portfolio.store.media import MediaFolder
from portfolio.store.port import ClassStore
from portfolio.store.records import LastChange, Latest, Whole
from portfolio.store.sqlite_file import is_local, journal_for, set_up
from portfolio.store.wholes import (
    last_change_in,
    latest_in,
    metas_in,
    oldest_first,
    roster_in,
    understood,
)

READS: Final = 2
"""The version of a store whose tables the statements below read."""

_AT_ONCE: Final = 500
"""How many ids one statement names; SQLite has a limit."""

_VERSION: Final = "SELECT version FROM store_version"
_CLASS: Final = "SELECT body FROM classes"
_ROSTER: Final = "SELECT student_id, body FROM students ORDER BY place, student_id"
_NAMES: Final = (
    "SELECT CASE WHEN json_valid(body) THEN json_extract(body, '$.name') END FROM students "
    "ORDER BY place, student_id"
)
_STUDENT: Final = "SELECT body FROM students WHERE student_id = ?"
_ROUNDS: Final = "SELECT portfolio_id, body FROM portfolios WHERE student_id = ?"
_ALL_ROUNDS: Final = "SELECT student_id, portfolio_id, body FROM portfolios"
_LATEST: Final = "SELECT portfolio_id, student_id, round, revision, changed_revision, changed_at, changed_by FROM portfolios "
_COVERS: Final = "SELECT * FROM portfolios WHERE portfolio_id IN "
_INSIDE: Final = "SELECT * FROM entries WHERE portfolio_id IN "

P = ParamSpec("P")
T = TypeVar("T")


class _Row(sqlite3.Row):
    """A row whose columns are attributes, as those of SQLAlchemy are."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except IndexError:
            raise AttributeError(name) from None


def _or_whole(ask: Callable[Concatenate[_Quick, P], T]) -> Callable[Concatenate[_Quick, P], T]:
    """Let the store itself answer where SQLite does not: it waits, tries again, and says what is wrong."""

    def asked(self: _Quick, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if not self.is_whole:
            with contextlib.suppress(sqlite3.Error):
                return ask(self, *args, **kwargs)
        answer: Callable[P, T] = getattr(self.whole(), ask.__name__)
        return answer(*args, **kwargs)

    return asked


class _Quick:
    """The part of a :class:`~portfolio.store.port.ClassStore` that is read quickly; it stands in for the rest as well."""

    def __init__(self, connection: sqlite3.Connection, media: Path, store: Callable[[], ClassStore]) -> None:
        """Read by this connection; ``store`` opens the store itself."""
        self._connection, self._media, self._open = connection, MediaFolder(media), store
        self._whole: ClassStore | None = None
        self._lock = threading.RLock()

    def __getattr__(self, name: str) -> Any:
        """Let the store itself answer what is not asked for so often."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.whole(), name)

    @property
    def is_whole(self) -> bool:
        """Whether the store itself is open: then it answers everything, so that whoever writes reads what was written."""
        return self._whole is not None

    def whole(self) -> ClassStore:
        """Return the store itself, opened when it is first needed."""
        with self._lock:
            self._whole = self._whole or self._open()
        return self._whole

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
        if self._whole is not None:
            self._whole.close()

    def _asked(self, *questions: tuple[str, Sequence[str]]) -> list[list[Any]]:
        """Return the rows that answer each question; all are from one moment."""
        with self._lock:
            self._connection.execute("BEGIN")
            try:
                return [self._connection.execute(text, values).fetchall() for text, values in questions]
            finally:
                self._connection.execute("ROLLBACK")

    @_or_whole
    def school_class(self) -> SchoolClass:
        """Return the class."""
        (rows,) = self._asked((_CLASS, ()))
        if not rows or rows[0].body is None:
            raise trouble.no_class()
        return school_class_in(rows[0].body)

    @_or_whole
    def students(self) -> tuple[Student, ...]:
        """Return the students in roster order."""
        (rows,) = self._asked((_ROSTER, ()))
        return tuple(s for s in roster_in(rows).values() if s is not None)

    @_or_whole
    def student_names(self) -> tuple[str, ...]:
        """Return the names of all students in roster order, without reading the rest of their records."""
        (rows,) = self._asked((_NAMES, ()))
        return tuple(name for (name,) in rows if isinstance(name, str) and name)

    @_or_whole
    def student(self, student_id: str) -> Student:
        """Return one student."""
        rows = self._asked((_STUDENT, (student_id,)))[0] if trouble.is_identifier(student_id) else []
        return student_in(student_id, _body(student_id, rows))

    @_or_whole
    def rounds(self, student_id: str) -> tuple[PortfolioMeta, ...]:
        """Return what is known of a student's portfolios, oldest first."""
        if not trouble.is_identifier(student_id):
            raise trouble.no_student(student_id)
        there, rows = self._asked((_STUDENT, (student_id,)), (_ROUNDS, (student_id,)))
        _body(student_id, there)
        return oldest_first(meta_in(row.portfolio_id, row.body) for row in rows)

    @_or_whole
    def all_rounds(self) -> dict[str, tuple[PortfolioMeta, ...]]:
        """Return what is known of everybody's portfolios, each student's oldest first."""
        (rows,) = self._asked((_ALL_ROUNDS, ()))
        return metas_in(rows)

    @_or_whole
    def latest(self) -> tuple[Latest, ...]:
        """Return where every portfolio is now."""
        (rows,) = self._asked((f"{_LATEST} ORDER BY portfolio_id", ()))
        return tuple(latest_in(row) for row in rows)

    @_or_whole
    def revision(self, portfolio_id: str) -> int:
        """Return a number that goes up with every change of a portfolio."""
        revision = self._now(portfolio_id).revision
        if not isinstance(revision, int):
            raise trouble.damaged_meta(portfolio_id)
        return revision

    @_or_whole
    def last_change(self, portfolio_id: str) -> LastChange | None:
        """Return who changed an entry or the order last."""
        return last_change_in(self._now(portfolio_id))

    def _now(self, portfolio_id: str) -> Any:
        asked = (f"{_LATEST} WHERE portfolio_id = ?", (portfolio_id,))
        rows = self._asked(asked)[0] if trouble.is_identifier(portfolio_id) else []
        if not rows:
            raise trouble.no_portfolio(portfolio_id)
        return rows[0]

    @_or_whole
    def wholes(self, portfolio_ids: Iterable[str]) -> dict[str, Whole]:
        """Return several portfolios at once."""
        wanted = tuple(name for name in dict.fromkeys(portfolio_ids) if trouble.is_identifier(name))
        parts = [wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE)]
        marks = [f"({', '.join('?' * len(part))})" for part in parts]
        asked = [
            (kind + of, part) for kind in (_COVERS, _INSIDE) for of, part in zip(marks, parts, strict=True)
        ]
        found = self._asked(*asked)
        covers, inside = found[: len(parts)], found[len(parts) :]
        return understood(wanted, _joined(covers), _joined(inside))

    def picture(self, student_id: str, sha256: str) -> bytes:
        """Return a picture."""
        return self._media.picture(student_id, sha256)

    def media(self, student_id: str, sha256: str, suffix: MediaSuffix) -> bytes:
        """Return a recording or film."""
        return self._media.file(student_id, sha256, suffix)


def _body(student_id: str, rows: Sequence[Any]) -> str:
    """Return what a student's row says. Raises ``NotFound``."""
    if not rows or rows[0].body is None:
        raise trouble.no_student(student_id)
    return str(rows[0].body)


def _joined(rows: Iterable[list[Any]]) -> list[Any]:
    return [row for some in rows for row in some]


def reading(database: Path, media: Path, store: Callable[[], ClassStore]) -> ClassStore:
    """Return a store to read from, by the quick way where all is as usual; ``store`` opens the store itself.

    Raises ``StorageTrouble`` as opening the store does.
    """
    if not database.is_file():
        return store()
    try:
        connection = sqlite3.connect(
            f"{database.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False
        )
    except sqlite3.Error:
        return store()
    try:
        set_up(connection)
        connection.row_factory = _Row
        usual = _is_usual(connection, database)
    except sqlite3.Error:
        usual = False
    if not usual:
        connection.close()
        return store()
    return cast(
        "ClassStore", _Quick(connection, media, store)
    )  # what it has not itself, it gets from the store


def _is_usual(connection: sqlite3.Connection, database: Path) -> bool:
    """Return whether these are the tables we read, with a journal that is safe here."""
    if [tuple(row) for row in connection.execute(_VERSION)] != [(READS,)]:
        return False
    ((journal,),) = connection.execute("PRAGMA journal_mode")
    safe = journal_for(sqlite3.sqlite_version_info, local=is_local(database.parent))
    return str(journal) in ("delete", safe)
