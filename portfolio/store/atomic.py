"""Write a file so that a crash or a power cut leaves the old one or the new one, never half of one.

The order is everything: write beside it, get the bytes onto the disk, rename over the old file, get the
*folder* onto the disk. Without the last step an acknowledged save can vanish when the power goes.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from portfolio.errors import StorageTrouble

LEFTOVERS = ".saving-*.tmp"
"""What a killed process may leave beside a file: a pattern for whoever erases or tidies up."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_count = itertools.count()


class Disk(Protocol):
    """What the writer asks of the operating system. All of it may raise ``OSError``."""

    def create(self, path: Path, mode: int) -> int:
        """Make a new file and return its handle; a file that is there is an error."""

    def write(self, handle: int, data: memoryview) -> int:
        """Write as much as goes and return how many bytes went."""

    def sync(self, handle: int) -> None:
        """Return when the bytes of a file are on the disk."""

    def close(self, handle: int) -> None:
        """Let go of a file."""

    def replace(self, here: Path, there: Path) -> None:
        """Put a file in the place of another, all at once."""

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in a folder are on the disk."""

    def remove(self, path: Path) -> None:
        """Take a file away."""


class PosixDisk:
    """Linux and macOS."""

    def create(self, path: Path, mode: int) -> int:
        """Make a new file; its permissions are what ``mode`` and the umask leave."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)

    def write(self, handle: int, data: memoryview) -> int:
        """Write as much as goes."""
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        """Wait for the disk itself; macOS needs to be told to empty the drive's own cache."""
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            if hasattr(fcntl, "F_FULLFSYNC"):
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
                return
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close the handle."""
        os.close(handle)

    def replace(self, here: Path, there: Path) -> None:
        """Rename over what is there."""
        here.replace(there)

    def sync_folder(self, folder: Path) -> None:
        """Wait until the folder itself is on the disk."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            self.sync(handle)
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        """Unlink it."""
        path.unlink(missing_ok=True)


class WindowsDisk(PosixDisk):
    """Windows: folders cannot be synced, and a file somebody is reading cannot be replaced just then."""

    def __init__(self, pause: Callable[[float], None] = time.sleep, patience: float = 2.0) -> None:
        """Wait up to ``patience`` seconds for readers to let go, resting with ``pause``."""
        self._pause = pause
        self._patience = patience

    def replace(self, here: Path, there: Path) -> None:
        """Rename over what is there, trying again while a reader, a virus scanner or a sync tool holds it."""
        rest, waited = 0.01, 0.0
        while not self._replaced(here, there, last_try=waited + rest > self._patience):
            self._pause(rest)
            waited, rest = waited + rest, min(rest * 2, 0.25)

    def _replaced(self, here: Path, there: Path, *, last_try: bool) -> bool:
        try:
            super().replace(here, there)
        except PermissionError:
            if last_try:
                raise
            return False
        return True

    def sync_folder(self, folder: Path) -> None:
        """Do nothing: NTFS journals names itself and lets nobody open a folder as a file."""


def this_disk() -> Disk:
    """Return what fits the system we run on."""
    return WindowsDisk() if os.name == "nt" else PosixDisk()


def write_atomically(path: Path, data: bytes, *, mode: int = 0o666, disk: Disk | None = None) -> None:
    """Write ``data`` to ``path``, all or nothing, and return when it is on the disk.

    The new file gets ``mode``, or the permissions of the file that was there, less what the umask takes.
    A symbolic link is replaced, not followed. The folder must exist.

    Raises:
        StorageTrouble: the disk is full, the folder is not ours to write, or the disk failed. What was
            saved before is still there.
    """
    disk = disk or this_disk()
    with told_kindly(path):
        beside, handle = _make_beside(disk, path, _mode_of(path, mode))
        try:
            _fill(disk, handle, data)
            disk.replace(beside, path)
        except BaseException:
            with contextlib.suppress(OSError):
                disk.remove(beside)
            raise
        disk.sync_folder(path.parent)


def make_folder(path: Path, *, mode: int = 0o777, disk: Disk | None = None) -> None:
    """Make one folder (its parent must exist; it may be there) so that its name survives a power cut.

    Raises ``StorageTrouble`` when that is not possible.
    """
    disk = disk or this_disk()
    with told_kindly(path):
        path.mkdir(mode=mode, exist_ok=True)
        # also when it was there: whoever made it may have been killed before this line
        disk.sync_folder(path.parent)


def make_durable(folder: Path, *, disk: Disk | None = None) -> None:
    """Return when the names in a folder are on the disk. Raises ``StorageTrouble`` if that fails."""
    with told_kindly(folder):
        (disk or this_disk()).sync_folder(folder)


def sweep_leftovers(folder: Path, *, older: float = 3600.0) -> None:
    """Take away what processes killed more than ``older`` seconds ago have left in a folder of things made anew at any time."""
    for half in folder.glob(LEFTOVERS):
        with contextlib.suppress(OSError):
            if abs(time.time() - half.lstat().st_mtime) > older:
                half.unlink()


def _make_beside(disk: Disk, path: Path, mode: int) -> tuple[Path, int]:
    while True:
        beside = path.with_name(f".saving-{os.getpid()}-{next(_count)}.tmp")
        # a name may be taken: by a killed process of this number, or by another computer on a shared drive
        with contextlib.suppress(FileExistsError):
            return beside, disk.create(beside, mode)


def _fill(disk: Disk, handle: int, data: bytes) -> None:
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[disk.write(handle, rest) :]
        disk.sync(handle)
    finally:
        disk.close(handle)


def _mode_of(path: Path, otherwise: int) -> int:
    try:
        found = path.lstat()
    except OSError:
        return otherwise
    return stat.S_IMODE(found.st_mode) if stat.S_ISREG(found.st_mode) else otherwise


@contextlib.contextmanager
def told_kindly(path: Path) -> Iterator[None]:
    """Turn the operating system's trouble with a file that is being written into a ``StorageTrouble``."""
    try:
        yield
    except OSError as error:
        raise _sentence(error, path) from error


def is_full(error: OSError) -> bool:
    """Return whether there was no room left: only writing can meet that."""
    return error.errno in _FULL


def _sentence(error: OSError, path: Path) -> StorageTrouble:
    if is_full(error):
        return StorageTrouble(
            "There is no room left, so “{file}” could not be saved. What was saved before is still there. "
            "Make room and save again.",
            file=path.name,
        )
    if error.errno in _FORBIDDEN:
        return StorageTrouble(
            "“{file}” may not be written in {folder}. Close other programs that have it open, and check "
            "that the folder belongs to you. Then save again.",
            file=path.name,
            folder=path.parent,
        )
    return StorageTrouble(
        "“{file}” could not be saved in {folder} ({why}). Check the disk, then save again.",
        file=path.name,
        folder=path.parent,
        why=error.strerror or type(error).__name__,
    )
