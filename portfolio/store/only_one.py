"""One at a time: a lock of the operating system, which goes with the process that holds it, however that ends.

A file that is there locks nothing: one that a killed process has left keeps nobody waiting. Where the system has no such
locks (some shared drives), nobody is kept waiting either.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from portfolio.errors import StorageTrouble
from portfolio.store.atomic import make_folder

SUFFIX: Final = ".lock"
"""How the files are called that locks are held on. They are empty, and stay."""

_FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_TAKEN: Final = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_held: Final[set[int]] = set()


def _flock(handle: int, *, take: bool) -> None:
    """Take or let go of a lock, without waiting. Raises ``OSError``."""
    import fcntl

    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if take else fcntl.LOCK_UN)


def _locking(handle: int, *, take: bool) -> None:
    """Do so on Windows: on a byte of the file that nobody reads. Raises ``OSError``."""
    import msvcrt

    os.lseek(handle, 0, os.SEEK_SET)
    msvcrt.locking(handle, msvcrt.LK_NBLCK if take else msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # there on Windows alone


def _let_go_in_a_copy() -> None:
    """Close the files in a copy of this process: else a worker that outlives a killed run would keep the next one out."""
    for handle in _held:
        with contextlib.suppress(OSError):
            os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go_in_a_copy)


@contextlib.contextmanager
def only_one(
    path: Path, taken: Callable[[datetime], StorageTrouble], lock: Callable[..., None] | None = None
) -> Iterator[None]:
    """Let one block at a time go on that names this path, in this process or another.

    The folder of ``path`` and the one above it are made. Raises what ``taken`` makes of the time since when another
    one goes on.
    """
    handle = _opened(path)
    if handle is None:
        yield
        return
    lock = lock or (_locking if os.name == "nt" else _flock)
    locked = False
    _held.add(handle)
    try:
        locked = _locked(handle, path, taken, lock)
        yield
    finally:
        if locked:
            with contextlib.suppress(OSError):
                lock(handle, take=False)
        _held.discard(handle)
        os.close(handle)


def _opened(path: Path) -> int | None:
    """Return the file to hold a lock on; ``None`` where there can be none."""
    try:
        for place in (path.parent.parent, path.parent):
            if place.is_symlink():
                return None
            make_folder(place, mode=0o700)
        handle = os.open(path, _FLAGS, 0o600)
    except (OSError, StorageTrouble):
        return None
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    return None


def _locked(
    handle: int, path: Path, taken: Callable[[datetime], StorageTrouble], lock: Callable[..., None]
) -> bool:
    """Return whether the lock is held now; ``False`` where the system has none. Raises what ``taken`` makes."""
    try:
        lock(handle, take=True)
    except OSError as error:
        if error.errno not in _TAKEN:
            return False
        raise taken(datetime.fromtimestamp(os.fstat(handle).st_mtime).astimezone()) from error
    with contextlib.suppress(OSError):
        os.utime(path)
    return True
