"""How a SQLite file is opened: what must be set, and which journal is safe here.

``synchronous=EXTRA``: with the rollback journal, ``FULL`` does not sync the folder after the journal is
deleted, so a power cut can bring the journal back and undo a save that was already acknowledged
(https://www.sqlite.org/pragma.html#pragma_synchronous). With a write-ahead log both mean the same.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Journal = Literal["wal", "delete"]

BUSY_MS = 3_000
"""How long SQLite waits by itself while another process writes, in milliseconds, for each try."""

# File systems of this machine itself. What is not listed (network drives, FUSE, sticks) has no log in
# memory that is surely shared, which the write-ahead log needs: https://www.sqlite.org/wal.html
_LOCAL: Final = frozenset(
    {"bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "overlay", "reiserfs", "tmpfs", "xfs", "zfs"}
)
_MOUNTS: Final = Path("/proc/self/mountinfo")
_SETTINGS: Final = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA fullfsync=ON",  # macOS: also empty the drive's own cache
    "PRAGMA secure_delete=ON",  # what is deleted is overwritten
)


def journal_for(version: tuple[int, ...], *, local: bool) -> Journal:
    """Return which journal is safe with this SQLite version and folder.

    The write-ahead log has a rare corruption bug with several connections before 3.51.3; it was also
    mended in 3.50.7 and 3.44.6 of those series.
    """
    mended = version >= (3, 51, 3) or any(
        version[:2] == series[:2] and version >= series for series in ((3, 50, 7), (3, 44, 6))
    )
    return "wal" if mended and local else "delete"


def is_local(folder: Path, mounts: str | None = None) -> bool:
    """Return whether a folder is known to lie on a disk of this machine.

    ``mounts`` is the text of ``/proc/self/mountinfo``, by default the real one. Where there is none
    (Windows, macOS) the answer is no: not known.
    """
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return False
    place = folder.resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = Path(_plain(before.split()[4]))
        # a later mount on the same point covers an earlier one
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split()[0]
    return kind in _LOCAL


def _plain(field: str) -> str:
    # mountinfo writes blank, tab, newline and backslash as octal numbers
    for number, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(number, sign)
    return field


def set_up(connection: sqlite3.Connection) -> None:
    """Set what every connection needs; transactions are begun by whoever uses it."""
    connection.isolation_level = None
    # damaged bytes in one row must not keep the others from being read; the row then fails its check
    connection.text_factory = _text
    for setting in (f"PRAGMA busy_timeout={BUSY_MS}", *_SETTINGS):
        connection.execute(setting).close()


def prepare(engine: Engine) -> None:
    """Set up every connection an engine makes, and begin transactions ourselves.

    The driver would begin one only before the first change, so that two reads could see different
    states. A connection with the execution option ``writes`` takes the write lock at once: two writers
    then wait for each other instead of failing halfway.
    """
    from sqlalchemy import event  # who only reads quickly needs none of it

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        set_up(connection)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def settle_journal(engine: Engine, wanted: Journal) -> None:
    """Change the file's journal if it is another one; while others use the file, leave it as it is."""
    borrowed = engine.raw_connection()
    try:
        connection: Any = borrowed.driver_connection
        (now,) = connection.execute("PRAGMA journal_mode").fetchone()
        if now != wanted:
            connection.execute("PRAGMA busy_timeout=0").close()
            with contextlib.suppress(sqlite3.OperationalError):
                connection.execute(f"PRAGMA journal_mode={wanted}").close()
            connection.execute(f"PRAGMA busy_timeout={BUSY_MS}").close()
    finally:
        borrowed.close()
