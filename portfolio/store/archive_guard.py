"""Reading a zip from anywhere: everything about it is checked before a single byte is used.

Nothing is unpacked by its own name: whoever reads says which names there may be, and where each goes.
A zip may lie about all of it (names, sizes, what a file is), so sizes are limited first by the zip's list,
then again while reading. Zip format: PKWARE APPNOTE 6.3.10, sections 4.3.14 to 4.3.16 (the end records).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

from pydantic import ValidationError

from portfolio.errors import InputRefused
from portfolio.store import trouble
from portfolio.store.archive_zip import MANIFEST, PIECE, FileNote, Manifest, read_plain

MOST_FILES: Final = 100_000
MOST_BYTES: Final = 16_000_000_000
"""Bytes everything together may have, unpacked: thirty times the largest class we know of."""
MOST_JSON: Final = 32_000_000
"""Bytes of one JSON file: more than a hundred texts of the longest kind."""

_LIST_BYTES: Final = 16_000_000  # the zip's own list of names, which must fit into memory
_RATIO, _SLACK = 200, 256_000_000  # a zip that grows more than this when unpacked was made to
_JSON_PARTS: Final = 1_000_000  # brackets and commas: what takes memory in JSON is many small parts
_END, _END_64, _AT_64 = b"PK\5\6", b"PK\6\6", b"PK\6\7"
# other ways of packing may ask for 4 GB of memory before the first byte
_WAYS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip


class Package:
    """A zip whose list has been checked. Contents are checked against the manifest while they are read."""

    def __init__(self, path: Path, opened: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> None:
        """Keep what :func:`opened_package` found."""
        self._path, self._zip, self._names = path, opened, names
        self._told = self._manifest()

    def check(self, kind: str, version: int, allowed: Callable[[str], bool]) -> None:
        """Raise ``InputRefused`` unless this is of that kind, not newer, and holds what its manifest says."""
        told = self._told
        if not isinstance(told, dict) or told.get("format") != kind:
            raise _other_kind(self._path, told.get("format") if isinstance(told, dict) else None)
        # first the version: a newer program may pack files that we have never heard of
        found = told.get("version")
        if isinstance(found, int) and found > version:
            raise newer(self._path)
        for name in self._names:
            if name != MANIFEST and not allowed(name):
                raise does_not_belong(self._path, name)
        try:
            manifest = Manifest.model_validate(told)
        except ValidationError as error:
            raise not_ours(self._path) from error
        sizes = {name: entry.file_size for name, entry in self._names.items() if name != MANIFEST}
        if {name: note.size for name, note in manifest.files.items()} != sizes:
            raise damaged(self._path)
        self.manifest = manifest
        """What the file says about itself: it names exactly the files that are there, with their sizes."""

    @property
    def names(self) -> frozenset[str]:
        """The names of the files in it, without the manifest."""
        return frozenset(self.manifest.files)

    def read(self, name: str) -> bytes:
        """Return a file's bytes, proved. Raises ``InputRefused`` if they are not what the manifest says."""
        return b"".join(self._pieces(name, self.manifest.files[name]))

    def copy(self, name: str, into: BinaryIO) -> None:
        """Write a file's bytes into an open one; they are proved once this returns."""
        into.writelines(self._pieces(name, self.manifest.files[name]))

    def prove(self, name: str) -> None:
        """Raise ``InputRefused`` unless a file has the bytes the manifest says."""
        for _ in self._pieces(name, self.manifest.files[name]):
            pass

    def json(self, name: str) -> Any:
        """Return what a JSON file says; see :func:`strict_json`."""
        if self.manifest.files[name].size > MOST_JSON:
            raise too_much(self._path)
        return strict_json(self.read(name), self._path, name)

    def _manifest(self) -> Any:
        if MANIFEST not in self._names:
            raise not_ours(self._path)
        if self._names[MANIFEST].file_size > MOST_JSON:
            raise too_much(self._path)
        return strict_json(b"".join(self._pieces(MANIFEST, None)), self._path, MANIFEST)

    def _pieces(self, name: str, note: FileNote | None) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), self._names[name].file_size
        try:
            with self._zip.open(self._names[name]) as file:
                while piece := file.read(PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise damaged(self._path)
                    digest.update(piece)
                    yield piece
        except (*_BROKEN, OSError) as error:
            raise damaged(self._path) from error
        if left or (note and digest.hexdigest() != note.sha256):
            raise damaged(self._path)


@contextlib.contextmanager
def opened_package(path: Path, kind: str, version: int, allowed: Callable[[str], bool]) -> Iterator[Package]:
    """Yield a zip of ours for reading: of this kind, at most this version.

    ``allowed`` says whether there may be a file of that name.

    Raises ``InputRefused`` for anything that is not a zip of ours, holds a name that is not allowed, a link
    two files of one name or a rare way of packing, or would unpack to more than it may; ``StorageTrouble`` if it cannot be read.
    """
    with read_plain(path) as file:
        size = os.fstat(file.fileno()).st_size
        _look_at_end(path, file, size)
        try:
            opened = zipfile.ZipFile(file)
        except (*_BROKEN, OSError) as error:
            raise not_ours(path) from error
        with opened:
            names = _checked_names(path, opened.infolist())
            _check_sizes(path, list(names.values()), size)
            package = Package(path, opened, names)
            package.check(kind, version, allowed)
            yield package


def _look_at_end(path: Path, file: BinaryIO, size: int) -> None:
    """Refuse a list of names that would fill the memory, before it is read into it."""
    file.seek(max(0, size - 65_557))  # the end record and the longest comment there can be
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise not_ours(path)
    count, length = struct.unpack_from("<HI", tail, at + 10)
    if tail[at - 20 : at - 16] == _AT_64:
        big = tail.rfind(_END_64, 0, at)
        if big < 0 or at - big < 56:
            raise not_ours(path)
        count, length = struct.unpack_from("<QQ", tail, big + 32)
    if count > MOST_FILES or length > _LIST_BYTES:
        raise too_much(path)


def _checked_names(path: Path, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > MOST_FILES:
        raise too_much(path)
    names: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
        plain = kind in (0, stat.S_IFREG, stat.S_IFDIR) and entry.compress_type in _WAYS
        if not plain or entry.flag_bits & 1:
            raise does_not_belong(path, name)
        if name.endswith("/") and entry.file_size == 0 and name == entry.orig_filename:
            continue  # programs that pack a folder again name it, too; we make our folders ourselves
        # zipfile cuts a name at its first NUL: what was listed and what would be read must be one thing
        if name != entry.orig_filename or name in names:
            raise does_not_belong(path, entry.orig_filename)
        names[name] = entry
    return names


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(entry.file_size for entry in entries)
    # files that lie over each other in the zip are the trick of bombs that grow without a second zip inside
    overlaps = sum(entry.compress_size for entry in entries) > size
    if overlaps or total > MOST_BYTES or total > _RATIO * size + _SLACK:
        raise too_much(path)


def strict_json(data: bytes, path: Path, name: str) -> Any:
    """Return what JSON says. Raises ``InputRefused`` for doubled keys, NaN, bad UTF-8, depth or too many parts."""
    if sum(data.count(sign) for sign in (b"[", b"{", b",")) > _JSON_PARTS:
        raise too_much(path)
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InputRefused(
            "{name} in “{file}” is not what it should be, so nothing was taken from it. "
            "Use a copy that nobody has changed.",
            name=trouble.shown(name),
            file=path.name,
        ) from error


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON (RFC 8259, section 6)")


def not_ours(path: Path) -> InputRefused:
    """Say that this is no backup or archive of ours."""
    return InputRefused(
        "“{file}” is not a backup or an archive of a class, or its end is missing. Take another copy of it.",
        file=path.name,
    )


def _other_kind(path: Path, found: object) -> InputRefused:
    """Say that this is an archive where a backup is needed, the other way around, or nothing of ours."""
    if found == "portfolio-archive":
        return InputRefused(
            "“{file}” is an archive, and here a backup is needed. Children come out of an archive with: "
            "portfolio archive-in FILE CLASS",
            file=path.name,
        )
    if found == "portfolio-backup":
        return InputRefused(
            "“{file}” is a backup, and here an archive is needed. A class comes out of a backup with: "
            "portfolio restore FILE FOLDER",
            file=path.name,
        )
    return not_ours(path)


def damaged(path: Path) -> InputRefused:
    """Say that the contents are not what they were."""
    return InputRefused(
        "“{file}” is damaged or was changed, so nothing was taken from it. Take another copy of it.",
        file=path.name,
    )


def does_not_belong(path: Path, name: str) -> InputRefused:
    """Say that something is in there that we never put in."""
    return InputRefused(
        "“{file}” holds something that does not belong there ({name}), so nothing was taken from it. "
        "Use a copy that nobody has changed.",
        file=path.name,
        name=trouble.shown(name),
    )


def too_much(path: Path) -> InputRefused:
    """Say that it would unpack to more than any class has."""
    return InputRefused(
        "“{file}” would unpack to far more than a class can have, so nothing was taken from it. "
        "Ask whoever gave it to you what it is.",
        file=path.name,
    )


def newer(path: Path) -> InputRefused:
    """Say that a newer version of the program has made it."""
    return InputRefused(
        "“{file}” was made by a newer version of this program. Update the program on this computer, then try "
        "again. Nothing was changed.",
        file=path.name,
    )
