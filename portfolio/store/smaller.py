"""Smaller variants of kept pictures, made once: ``.portfolio/smaller/<student_id>/<sha256>-<step>``.

They can be made anew at any time, so nothing here is ever backed up or complained about: what is damaged is simply not
there. Each file begins with a digest of what it is a variant of and of its bytes, so that neither a torn file nor one of
another picture is ever taken. To forget a student is to delete one folder.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from portfolio.errors import StorageTrouble
from portfolio.store.atomic import make_folder, write_atomically
from portfolio.store.media import is_folder_name, read_plain
from portfolio.store.trouble import is_sha256

_DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True)
class SmallerPictures:
    """The variants of one class, below one folder. A variant without bytes means: no smaller than the picture itself."""

    root: Path

    def size(self, student_id: str, sha256: str, step: int) -> int | None:
        """Return how many bytes a variant has by its folder's account, or ``None`` if there is none."""
        try:
            return max(0, self._place(student_id, sha256, step).lstat().st_size - _DIGEST)
        except OSError:
            return None

    def find(self, student_id: str, sha256: str, step: int) -> bytes | None:
        """Return the bytes of a variant, which have just been proved, or ``None`` if there is none that is whole."""
        try:
            found = read_plain(self._place(student_id, sha256, step))
        except StorageTrouble:
            return None
        if found is None or found[:_DIGEST] != _digest(sha256, step, found[_DIGEST:]):
            return None
        return found[_DIGEST:]

    def keep(self, student_id: str, sha256: str, step: int, data: bytes) -> None:
        """Keep a variant for the next time. A disk that is full or not ours to write stops nothing."""
        if not is_folder_name(student_id) or not is_sha256(sha256) or self.root.is_symlink():
            return
        folder = self.root / student_id
        if folder.is_symlink():
            return
        with contextlib.suppress(StorageTrouble, OSError):
            make_folder(self.root, mode=0o700)
            make_folder(folder, mode=0o700)
            write_atomically(
                self._place(student_id, sha256, step), _digest(sha256, step, data) + data, mode=0o600
            )

    def _place(self, student_id: str, sha256: str, step: int) -> Path:
        return self.root / student_id / f"{sha256}-{step}"


def _digest(sha256: str, step: int, data: bytes) -> bytes:
    return hashlib.sha256(f"{sha256}-{step}:".encode() + data).digest()
