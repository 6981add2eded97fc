"""Files a teacher puts into a folder of the class for everybody's pages: cleaned once, the clean copy kept.

Recorded questions (:mod:`portfolio.moments.spoken`) and pictures that help with a question
(:mod:`portfolio.moments.help_pictures`). They come from somebody's phone, so what is given to a page is a clean
copy; it lies in ``.portfolio/`` under the same folder's name and can be made anew at any time.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from portfolio.errors import MediaRefused, NotFound
from portfolio.store.atomic import make_folder, told_kindly, write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.recordings import Recording, recording_at

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Clean:
    """A clean copy: its proved bytes, how its name ends, and the digest (32 hex signs) of what it was made from."""

    copy: Recording
    suffix: str
    digest: str


@dataclass(frozen=True)
class OwnFiles:
    """One sort of file: in which folder, which names, at most how many bytes, how a clean copy is made.

    ``clean`` gives the bytes and the suffix (with its dot) of the copy; ``suffixes`` are those it may give.
    ``missing`` and ``too_large`` make the error for a name in a folder.
    """

    place: str
    is_name: Callable[[str], bool]
    largest: int
    suffixes: tuple[str, ...]
    clean: Callable[[bytes], tuple[bytes, str]]
    missing: Callable[[str, Path], NotFound]
    too_large: Callable[[str], MediaRefused]

    def find(self, folder: ClassFolder, name: str) -> Clean:
        """Return the clean copy of a file; made now if the file is new.

        Raises ``NotFound`` for a name that is none or a file that is not there, what ``too_large`` and ``clean``
        make for what cannot be used, ``StorageTrouble`` if it cannot be read or kept.
        """
        raw = self._source(folder, name)
        digest = hashlib.sha256(raw).hexdigest()[:32]
        kept = self._kept(folder, name, digest) or self._made(folder, name, digest, raw)
        return Clean(recording_at(kept), kept.suffix, digest)

    def _source(self, folder: ClassFolder, name: str) -> bytes:
        """Return the bytes the teacher put there; nothing is read through a link or a pipe."""
        place = folder.path / self.place
        path = place / name
        if not self.is_name(name) or place.is_symlink() or not path.is_file() or path.is_symlink():
            raise self.missing(name[:80], place)
        with told_kindly(path), os.fdopen(os.open(path, _FLAGS), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise self.missing(name, place)
            raw = file.read(self.largest + 1)
        if len(raw) > self.largest:
            raise self.too_large(name)
        return raw

    def _kept(self, folder: ClassFolder, name: str, digest: str) -> Path | None:
        found = (folder.hidden / self.place / f"{name}.{digest}{suffix}" for suffix in self.suffixes)
        return next((path for path in found if path.is_file() and not path.is_symlink()), None)

    def _made(self, folder: ClassFolder, name: str, digest: str, raw: bytes) -> Path:
        """Keep the clean copy of a file, and forget those of its earlier states."""
        data, suffix = self.clean(raw)
        place = folder.hidden / self.place
        make_folder(place, mode=0o700)
        path = place / f"{name}.{digest}{suffix}"
        write_atomically(path, data, mode=0o600)
        with told_kindly(place):
            for old in place.glob(f"{name}.*"):
                if old != path:  # another kernel may be about to read the one that holds
                    old.unlink(missing_ok=True)
        return path
