"""What a database's own errors mean, in sentences."""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError

from portfolio.errors import StorageTrouble

_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_FORBIDDEN: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN})
_RACED: Final = frozenset({"40001", "40P01"})  # SQL states: serialization failure, deadlock


def _code(error: BaseException | None) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more than we need


def is_busy(error: BaseException | None) -> bool:
    """Return whether others held the database."""
    return _code(error) in _BUSY


def may_pass(error: DBAPIError) -> bool:
    """Return whether the same work may succeed in a moment."""
    if isinstance(error, IntegrityError):
        return True  # two writers made the same row; the second now finds it
    return is_busy(error.orig) or getattr(error.orig, "sqlstate", None) in _RACED


def sentence(error: BaseException | None, file: str) -> StorageTrouble:
    """Return what an error of the database driver means for the file (or database) of this name."""
    code = _code(error)
    if code in _BUSY:
        return busy(file)
    if code in _DAMAGED:
        return not_ours(file)
    if code == sqlite3.SQLITE_FULL:
        return StorageTrouble(
            "There is no room left for “{file}”. What was saved before is still there. "
            "Make room and save again.",
            file=file,
        )
    if code in _FORBIDDEN:
        return StorageTrouble(
            "“{file}” may not be opened or written. Check that it and its folder are there and belong "
            "to you, then try again.",
            file=file,
        )
    return StorageTrouble(
        "“{file}” does not work as it should ({why}). Check the disk, or restore a backup of the class.",
        file=file,
        why=str(error),
    )


def busy(file: str) -> StorageTrouble:
    """Say that others are writing."""
    return StorageTrouble(
        "“{file}” is busy: others are saving just now. Nothing of yours was lost; save again in a moment.",
        file=file,
    )


def not_ours(file: str) -> StorageTrouble:
    """Say that this is no class, or not any more."""
    return StorageTrouble(
        "“{file}” is damaged, or it is not the file of a class. Restore a backup of the class.", file=file
    )


def newer(file: str, found: int, known: int) -> StorageTrouble:
    """Say that a newer version of the program made this."""
    return StorageTrouble(
        "“{file}” was made by a newer version of this program (store {found}, this one knows {known}). "
        "Update the program on this computer. Nothing was changed.",
        file=file,
        found=found,
        known=known,
    )
