"""Recordings and films for a player: proved once, then read piece by piece, never held whole in memory.

A player asks for a film in many parts, and a paused one keeps its line open for as long as it likes. So the
bytes stay on the disk until they are sent.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from portfolio.errors import StorageTrouble
from portfolio.store.atomic import told_kindly
from portfolio.store.media import MediaFolder

PIECE: Final = 262_144
"""Bytes that are read at once."""

SPOKEN: Final = "spoken"
"""The folder of a class for questions the teacher has recorded; below ``.portfolio``, for their clean copies."""

LARGEST_SPOKEN: Final = 2_000_000
"""Bytes of one recorded question: two minutes of a phone's voice memo. In JupyterLab it stands in the page."""

_SPOKEN_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\.(?:mp3|wav|ogg|m4a)")
_REMEMBERED: Final = 2_000  # proofs: thirty children with all they can have
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

Stamp = tuple[int, int, int, int]
"""What changes when the bytes of a file do: device, number, size, time of the last change (ns)."""


@dataclass(frozen=True)
class Recording:
    """A recording whose bytes have been proved: ``size`` bytes at ``path``."""

    path: Path
    stamp: Stamp

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.stamp[2]

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from ``start`` up to ``stop``. Raises ``StorageTrouble`` if the file was changed."""
        # opened anew each time: a file that is open could not be erased on Windows while a film is paused
        with told_kindly(self.path):
            handle = os.open(self.path, _FLAGS)
            with os.fdopen(handle, "rb") as file:
                if _stamp(handle) != self.stamp:
                    raise _changed(self.path)
                file.seek(start)
                return file.read(stop - start)


def is_spoken_name(name: str) -> bool:
    """Return whether a class template can name a recorded question like this."""
    return _SPOKEN_NAME.fullmatch(name) is not None


def recording_at(path: Path) -> Recording:
    """Return a file of our own making as a recording. Raises ``NotFound`` or ``StorageTrouble``."""
    with told_kindly(path):
        return Recording(path, _stamp_of(path))


class Recordings:
    """The recordings and films of one class, for the server. Safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        """Remember the folder of the media."""
        self._folder = MediaFolder(root)
        self._proved: OrderedDict[tuple[Path, Stamp], None] = OrderedDict()

    def find(self, student_id: str, sha256: str, suffix: str) -> Recording:
        """Return a recording whose bytes are what its name promises.

        They are proved when it is first asked for, and again when the file was touched since. Raises
        ``NotFound``, or ``StorageTrouble`` if they are not what the name promises.
        """
        path = self._folder.place(student_id, sha256, suffix)
        with told_kindly(path):
            stamp = _stamp_of(path)
        if (path, stamp) not in self._proved:
            found = Recording(path, stamp)
            digest = hashlib.sha256()
            for piece in _pieces(found):
                digest.update(piece)
            if digest.hexdigest() != sha256:
                raise _changed(path)
            self._proved[path, stamp] = None
            while len(self._proved) > _REMEMBERED:
                self._proved.popitem(last=False)
        return Recording(path, stamp)


def _pieces(recording: Recording) -> Iterator[bytes]:
    for at in range(0, recording.size, PIECE):
        yield recording.read(at, at + PIECE)


def _stamp_of(path: Path) -> Stamp:
    handle = os.open(path, _FLAGS)
    try:
        return _stamp(handle)
    finally:
        os.close(handle)


def _stamp(handle: int) -> Stamp:
    found = os.fstat(handle)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _changed(path: Path) -> StorageTrouble:
    return StorageTrouble(
        "The file {file} of “{student}” is damaged. Put it in again, or take it from a backup.",
        file=path.name[:18],
        student=path.parent.name,
        sha256=path.stem,
    )
