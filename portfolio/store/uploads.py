"""Files on their way in: their parts lie on the disk until the whole is there and has been cleaned.

::

    .portfolio/uploads/<student_id>/<upload_id>.part     8 bytes: how many of the bytes after them are certain
    .portfolio/uploads/<student_id>/<upload_id>.json     what became of it, until it stands in an answer

A part is acknowledged when it is on the disk. Whoever comes back, after a reload or to another process, asks
how much there is and goes on from there. Bytes after the acknowledged end (from a process that was killed)
count for nothing and are written over.

Names come from checked ids only, never from what somebody called a file. A symbolic link in the place of a
folder or a file is never followed.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from portfolio.errors import InputRefused, StorageTrouble
from portfolio.store.atomic import make_durable, make_folder, this_disk, told_kindly, write_atomically
from portfolio.store.media import check_folder_name

LARGEST_PART: Final = 1_048_576
"""Bytes of one part. A websocket message of ours stays far below the 10 MiB Tornado allows."""

LARGEST_FILE: Final = 64_000_000
"""Bytes of one file. Pages know this number, too (``bring.js``): what is larger does not even set out."""

MOST_WAITING: Final = 20
"""Files of one student that may wait for their rest; then the oldest goes, and its page sends it again."""

MOST_BYTES: Final = 256_000_000
"""Bytes of one student that may wait."""

MOST_NOTES: Final = 100
"""Notes of one student about files that came in: more than stand on a page, fewer than can slow a save."""

KEPT_FOR: Final = timedelta(days=3)
"""How long we wait for the rest of a file, or for its words to be saved."""

_UPLOAD = re.compile(r"[0-9a-f]{16,64}")
_HEAD = 8
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_LARGEST_NOTE = 1_000_000
_FOLLOWS = (
    os.utime not in os.supports_follow_symlinks
)  # Windows cannot be asked not to; a link was refused before


class Uploads:
    """Everything of a class that has not arrived whole yet, below one folder and nowhere else.

    Several processes may use the same folder: two windows that send the same file write the same bytes to the
    same places.
    """

    def __init__(self, root: Path) -> None:
        """Remember the folder; it is made when the first part comes. Its parent must exist."""
        self._root = root

    def have(self, student_id: str, upload: str) -> int:
        """Return how many bytes of a file are certain; 0 for one we do not know (or know no more).

        Raises ``InputRefused`` for ids that can be no name, ``StorageTrouble`` if the place fails.
        """
        path = self._path(student_id, upload, "part")
        with told_kindly(path):
            try:
                handle = _opened(path, os.O_RDONLY)
            except FileNotFoundError:
                return 0
            try:
                return _certain(handle)
            finally:
                os.close(handle)

    def put(
        self, student_id: str, upload: str, offset: int, data: bytes, total: int, *, now: datetime
    ) -> int:
        """Take the bytes at ``offset`` of a file of ``total`` bytes; return how many are certain now.

        Only bytes that follow the last certain one are taken. For all others (the same part once more, a part
        after a gap) the answer alone says where to go on. On the way, what is older than three days goes, and
        the oldest unfinished files if there are too many.

        Raises ``InputRefused`` for more than we take, ``StorageTrouble`` if it cannot be kept.
        """
        _check_sizes(offset, len(data), total)
        path = self._path(student_id, upload, "part")
        self._make_folders(path.parent)
        self._tidy(path, len(data), now)
        with told_kindly(path):
            fresh = not path.exists()
            handle = _opened(path, os.O_RDWR | os.O_CREAT)
            try:
                certain = 0 if fresh else _certain(handle)
                if offset == certain and data:
                    certain = _append(handle, certain, data)
            finally:
                os.close(handle)
            os.utime(path, (now.timestamp(), now.timestamp()), follow_symlinks=_FOLLOWS)
        if fresh:
            make_durable(path.parent)
        return certain

    def whole(self, student_id: str, upload: str, total: int) -> bytes:
        """Return the bytes of a file that has arrived; it stays until :meth:`drop`.

        Raises ``InputRefused`` while bytes are missing.
        """
        if total > LARGEST_FILE:
            raise too_large(total)
        path = self._path(student_id, upload, "part")
        with told_kindly(path):
            try:
                handle = _opened(path, os.O_RDONLY)
            except FileNotFoundError:
                certain, data = 0, b""
            else:
                with os.fdopen(handle, "rb") as file:
                    certain = _certain(handle)
                    file.seek(_HEAD)
                    data = file.read(certain)
        if not certain == len(data) == total:
            raise InputRefused("This file did not arrive whole. Please choose it once more.")
        return data

    def drop(self, student_id: str, upload: str) -> None:
        """Forget the bytes of a file: it is kept elsewhere now, or was refused."""
        path = self._path(student_id, upload, "part")
        with told_kindly(path):
            path.unlink(missing_ok=True)

    def note(self, student_id: str, upload: str, became: Mapping[str, Any]) -> None:
        """Remember what became of a file: whoever asks again is told the same, and nothing is done twice.

        Of more than ``MOST_NOTES`` the oldest goes.
        """
        path = self._path(student_id, upload, "json")
        self._make_folders(path.parent)
        write_atomically(path, json.dumps(became).encode("utf-8"), mode=0o600)
        notes = sorted((_state(note)[0], note) for note in _listed(path.parent, ".json"))
        _forget(note for _, note in notes[:-MOST_NOTES])

    def tidy(self, now: datetime) -> None:
        """Forget what lies longer than three days, of every student: some never bring anything again."""
        oldest = (now - KEPT_FOR).timestamp()
        for folder in _listed(self._root, ""):
            if not self._root.is_symlink() and not folder.is_symlink() and folder.is_dir():
                waiting = [*_listed(folder, ".part"), *_listed(folder, ".json")]
                _forget(path for path in waiting if _state(path)[0] < oldest)

    def noted(self, student_id: str, upload: str) -> dict[str, Any] | None:
        """Return what became of a file, or ``None`` if we do not know."""
        return _read_note(self._path(student_id, upload, "json"))

    def all_noted(self, student_id: str) -> tuple[dict[str, Any], ...]:
        """Return what became of every file of the last days: it may stand in no answer yet."""
        folder = self._folder(student_id)
        notes = (_read_note(path) for path in _listed(folder, ".json"))
        return tuple(note for note in notes if note is not None)

    def _folder(self, student_id: str) -> Path:
        check_folder_name(student_id)
        folder = self._root / student_id
        for place in (self._root, folder):
            if place.is_symlink():
                raise _leads_away(place)
        return folder

    def _path(self, student_id: str, upload: str, ending: str) -> Path:
        if not _UPLOAD.fullmatch(upload):
            raise InputRefused("That could not be understood, so it was not saved. Please tell your teacher.")
        return self._folder(student_id) / f"{upload}.{ending}"

    def _make_folders(self, folder: Path) -> None:
        if not folder.is_dir():
            make_folder(self._root, mode=0o700)
            make_folder(folder, mode=0o700)

    def _tidy(self, coming: Path, size: int, now: datetime) -> None:
        """Make room for ``size`` bytes more of the file ``coming``."""
        oldest = (now - KEPT_FOR).timestamp()
        _forget(note for note in _listed(coming.parent, ".json") if _state(note)[0] < oldest)
        waiting = sorted((*_state(path), path) for path in _listed(coming.parent, ".part"))
        others = [(since, weight, path) for since, weight, path in waiting if path != coming]
        here = size + sum(weight for _, weight, path in waiting)
        for at, (since, weight, path) in enumerate(others):
            if since < oldest or here > MOST_BYTES or len(others) - at >= MOST_WAITING:
                with told_kindly(path):
                    path.unlink(missing_ok=True)
                here -= weight


def too_large(size: int) -> InputRefused:
    """Say that a file of ``size`` bytes is more than we take."""
    return InputRefused(
        "This file is too large: it has {size} MB, and {most} MB is the most. "
        "Please choose a shorter or a smaller one.",
        # rounded up, so that the sentence never says "64 MB, and 64 MB is the most"
        size=-(-size // 1_000_000),
        most=LARGEST_FILE // 1_000_000,
    )


def _check_sizes(offset: int, size: int, total: int) -> None:
    if total > LARGEST_FILE:
        raise too_large(total)
    if size > LARGEST_PART or offset < 0 or offset + size > total:
        raise InputRefused("This file did not arrive whole. Please choose it once more.")


def _opened(path: Path, flags: int) -> int:
    """Open a plain file and nothing else; a pipe would make us wait for ever."""
    if path.is_symlink() or (path.exists() and not stat.S_ISREG(path.lstat().st_mode)):
        raise _leads_away(path)
    return os.open(path, flags | _FLAGS, 0o600)


def _certain(handle: int) -> int:
    """Return how many bytes an open part says are certain; never more than there are."""
    os.lseek(handle, 0, os.SEEK_SET)
    head = os.read(handle, _HEAD)
    there = os.fstat(handle).st_size - _HEAD
    said = int.from_bytes(head, "big")
    return said if len(head) == _HEAD and said <= there else 0


def _append(handle: int, certain: int, data: bytes) -> int:
    """Write bytes after the certain ones; they are certain once they are on the disk, and the number too."""
    sync = this_disk().sync
    _write_at(handle, _HEAD + certain, data)
    sync(handle)
    # eight bytes at the start of a file lie in one sector: they are written as a whole or not at all
    _write_at(handle, 0, (certain + len(data)).to_bytes(_HEAD, "big"))
    sync(handle)
    return certain + len(data)


def _write_at(handle: int, place: int, data: bytes) -> None:
    os.lseek(handle, place, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _listed(folder: Path, ending: str) -> list[Path]:
    with told_kindly(folder):
        try:
            return [path for path in folder.iterdir() if path.name.endswith(ending)]
        except FileNotFoundError:
            return []


def _forget(paths: Iterable[Path]) -> None:
    """Delete files; one that somebody has open goes another time."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _state(path: Path) -> tuple[float, int]:
    """Return when a file was written last, and its size; a file that went meanwhile weighs nothing."""
    try:
        found = path.lstat()
    except OSError:
        return 0.0, 0
    return found.st_mtime, found.st_size


def _read_note(path: Path) -> dict[str, Any] | None:
    """Return what a note says; one that is damaged says nothing: the file is then sent and cleaned again."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or path.lstat().st_size > _LARGEST_NOTE:
            return None
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _leads_away(path: Path) -> StorageTrouble:
    return StorageTrouble(
        "{path} is a link to another place, and files are never read or written through links. "
        "Put a real folder or file there.",
        path=path,
    )
