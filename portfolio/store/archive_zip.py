"""One file that holds many: a zip that appears whole or not at all, and never in the place of another file.

Backups and archives are both made with it. What is packed is hashed on the way in; the notes go into the
list of contents, which is the last file.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, BinaryIO, Final

from pydantic import Field

from portfolio.errors import InputRefused, StorageTrouble
from portfolio.model import Record
from portfolio.model.record import Line, Sha256
from portfolio.store.atomic import is_full, make_durable, this_disk, told_kindly
from portfolio.store.port import Instant

MANIFEST: Final = "manifest.json"
PIECE: Final = 1 << 20
"""Bytes read at a time: no file is ever in memory as a whole."""

_PACKED_ALREADY: Final = (".webp", ".mp3", ".ogg", ".m4a", ".webm", ".mp4")
_OLDEST: Final = datetime(1980, 1, 1, tzinfo=UTC)  # a zip knows no earlier time
_LARGE: Final = 1 << 30  # from here on a zip needs its larger numbers; a file may still grow a little
_count = itertools.count()


class FileNote(Record):
    """What a file must be: its size in bytes and the SHA-256 of its content."""

    size: Annotated[int, Field(ge=0)]
    sha256: Sha256


class Manifest(Record):
    """The list of contents: what kind of file this is, its version, when it was made, what is in it."""

    format: Line
    version: Annotated[int, Field(ge=1)]
    made_at: Instant
    files: dict[str, FileNote]


@contextlib.contextmanager
def appearing(path: Path, prove: Callable[[Path], None] = lambda _: None) -> Iterator[BinaryIO]:
    """Yield a file to write to; it appears at ``path`` when the block ends well, and is then on the disk.

    Only its owner may read it. ``prove`` reads what was written before it gets its name, and raises if that
    is not what it should be. Raises ``InputRefused`` if there is something at ``path`` already, before or
    meanwhile; ``StorageTrouble`` if the disk is full or the folder not ours to write.
    """
    refuse_taken(path)
    with told_kindly(path):
        beside = path.with_name(f".saving-{os.getpid()}-zip{next(_count)}.tmp")
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
                file.flush()
                this_disk().sync(file.fileno())
            prove(beside)
            _put(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        make_durable(path.parent)


def refuse_taken(path: Path) -> None:
    """Raise ``InputRefused`` if there is anything at ``path``, or no folder to put it in."""
    if os.path.lexists(path):
        raise InputRefused(
            "There is a file {path} already, and it is never replaced. Choose another name.", path=path
        )
    if not path.parent.is_dir():
        raise InputRefused(
            "There is no folder {folder}. Make it, or choose another place.", folder=path.parent
        )


def _put(beside: Path, path: Path) -> None:
    """Give the finished file its name; unlike renaming, linking never takes the place of another file."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        refuse_taken(path)
        raise
    except (OSError, NotImplementedError):  # a stick or a network drive that knows no second name
        refuse_taken(path)
        this_disk().replace(beside, path)


class _Unfinished(zipfile.ZipFile):
    """A zip that may be given up: Python would try to end it later, in a file that is closed, and complain."""

    def __del__(self) -> None:
        """Do nothing: what was not closed is thrown away."""


class Packer:
    """Puts files into a zip and notes the size and digest of each. ``made_at`` is the time they all get."""

    def __init__(self, file: BinaryIO, made_at: datetime) -> None:
        """Begin an empty zip in ``file``."""
        self._zip = _Unfinished(file, "w", zipfile.ZIP_DEFLATED)
        self._at = made_at
        self.notes: dict[str, FileNote] = {}
        """What was put in so far, by name."""

    def put(self, name: str, content: bytes | str) -> None:
        """Put in a file with this content (text as UTF-8)."""
        data = content.encode("utf-8") if isinstance(content, str) else content
        self._stream(name, io.BytesIO(data), len(data))

    def put_file(self, name: str, path: Path) -> None:
        """Put in a copy of a plain file. Raises ``StorageTrouble`` if it cannot be read or is a link."""
        with read_plain(path) as file:
            self._stream(name, file, os.fstat(file.fileno()).st_size)

    def close(self, kind: str, version: int) -> Manifest:
        """Put in the list of contents, end the zip, and return the list."""
        manifest = Manifest(format=kind, version=version, made_at=self._at, files=self.notes)
        text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1)
        self._stream(MANIFEST, io.BytesIO(text.encode("utf-8")), len(text), noted=False)
        self._zip.close()
        return manifest

    def _stream(self, name: str, file: BinaryIO, size: int, *, noted: bool = True) -> None:
        digest, length = hashlib.sha256(), 0
        with self._zip.open(self._entry(name), "w", force_zip64=size >= _LARGE) as into:
            while piece := file.read(PIECE):
                digest.update(piece)
                length += len(piece)
                into.write(piece)
        if noted:
            self.notes[name] = FileNote(size=length, sha256=digest.hexdigest())

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, max(self._at.astimezone(UTC), _OLDEST).timetuple()[:6])
        entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED_ALREADY) else zipfile.ZIP_DEFLATED
        entry.create_system = 3  # Unix: only then does the next line count
        entry.external_attr = (stat.S_IFREG | 0o600) << 16
        return entry


@contextlib.contextmanager
def read_plain(path: Path) -> Iterator[BinaryIO]:
    """Yield a plain file to read. Raises ``StorageTrouble`` for a link, a pipe, or one that cannot be read."""
    try:
        # looked at first: opening a pipe would wait for ever
        if not stat.S_ISREG(path.lstat().st_mode):
            raise _not_plain(path, "a link")
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            yield file
    except OSError as error:
        if is_full(error):
            raise  # of the file that is being written: nobody shall take this one away for it
        raise _not_plain(path, error.strerror or type(error).__name__) from error


def _not_plain(path: Path, why: str) -> StorageTrouble:
    return StorageTrouble(
        "{path} cannot be read as a plain file ({why}). Put the real file there, or take it away, then try again.",
        path=path,
        why=why,
    )
