# long: the list of a run, its seal, and what erasing does to it stand together
"""What was made from what: a line for each home, so that a second run makes only what is missing or changed.

``.portfolio/runs/<place>.jsonl`` says for each file which state of the book, class, questions, school words, program and
wishes it was made from, and the digest of its bytes. Each line is sealed with the secret of the class: one that was
cut off, changed or copied from elsewhere counts for nothing, and its home is made anew. Nothing stands in it that
anybody wrote; it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from portfolio.errors import StorageTrouble
from portfolio.store.atomic import make_folder, told_kindly, write_atomically
from portfolio.store.class_folder import SECRET_BYTES, ClassFolder
from portfolio.store.only_one import SUFFIX as LOCK
from portfolio.store.only_one import only_one

RUNS: Final = "runs"
"""The folder of these lists, in the hidden folder of the class."""

_LARGEST: Final = 200_000_000
"""Bytes of a list that is read; a hundred thousand homes take 40 MB."""

_SEAL: Final = 32

Home = tuple[str, str]
"""A home: ids of the child and the household."""


@dataclass(frozen=True)
class FileMade:
    """A file of a home: its name below the place of the run (with ``/``), SHA-256, size in bytes."""

    name: str
    sha256: str
    size: int

    def is_there(self, place: Path) -> bool:
        """Return whether the file is below ``place`` just as it was made; nothing is read through a link."""
        path = place / self.name
        try:
            if path.is_symlink() or path.parent.is_symlink() or path.stat().st_size != self.size:
                return False
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except OSError:
            return False


@dataclass(frozen=True)
class Made:
    """What was made for one home: from which state, which files, what is not in them, and how long it took.

    ``state`` is "" where the files must be made again in any case: something was damaged, or a file is lacking.
    ``older`` are files of earlier runs that are not of now any more and may still lie there. ``missing`` says of what is not in the page what it is and why, in words of ours. ``seconds`` is the time it took.
    """

    home: Home
    state: str
    files: tuple[FileMade, ...]
    missing: tuple[tuple[str, str], ...] = ()
    older: tuple[FileMade, ...] = ()
    seconds: float = 0.0

    def is_whole(self, place: Path) -> bool:
        """Return whether all its files are there as they were made."""
        return bool(self.files) and all(file.is_there(place) for file in self.files)


@contextmanager
def one_run(folder: ClassFolder, place: Path) -> Iterator[None]:
    """Let one run at a time make files in a place. Raises ``StorageTrouble`` while another one goes on."""

    def taken(since: datetime) -> StorageTrouble:
        return StorageTrouble(
            "Somebody is making files in {place} just now, since {since}. Nothing was made by this run. "
            "Wait until that is done, then do the same again.",
            place=place,
            since=since.strftime("%Y-%m-%d %H:%M"),
        )

    with only_one(_path_of(folder, place).with_suffix(LOCK), taken):
        yield


class Manifest:
    """The list for one place where files go. Who writes to it holds :func:`one_run`; a line lost is a home made anew."""

    def __init__(self, folder: ClassFolder, place: Path) -> None:
        """Read what is there; what cannot be read counts for nothing."""
        self._path = _path_of(folder, place)
        self._secret = _secret(folder)
        self._made = _read(self._path, self._secret)
        self._ready = False

    @property
    def path(self) -> Path:
        """Where the list is."""
        return self._path

    def made(self) -> Mapping[Home, Made]:
        """Return what was made, by home."""
        return dict(self._made)

    def of(self, home: Home) -> Made | None:
        """Return what was made for a home, or ``None``."""
        return self._made.get(home)

    def state(self, *parts: object) -> str:
        """Return a short text that is another one as soon as one of the parts is; "" if nothing can be sealed here.

        Nobody can tell the parts from it: a password may be among them.
        """
        told = json.dumps([str(part) for part in parts]).encode()
        return hmac.new(self._secret, told, hashlib.sha256).hexdigest() if self._secret else ""

    def put(self, made: Made) -> None:
        """Note what was made for a home. Raises ``StorageTrouble``."""
        self._made[made.home] = made
        if not self._secret:
            return
        self._begin()
        with told_kindly(self._path):
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _BINARY, 0o600)
            try:
                # one write: lines of two runs never mix. A newline first: the line before may have been cut off
                os.write(handle, b"\n" + _sealed(made, self._secret) + b"\n")
            finally:
                os.close(handle)

    def drop(self, home: Home, *, older_only: bool = False) -> None:
        """Forget what was made for a home, or only what is older; written down with the next :meth:`settle`."""
        made = self._made.pop(home, None)
        if made is not None and older_only:
            self._made[home] = replace(made, older=())

    def settle(self) -> None:
        """Write the list anew, one line a home. Raises ``StorageTrouble``."""
        if self._secret and (self._made or self._path.exists()):
            self._begin()
            lines = (_sealed(made, self._secret) for made in self._made.values())
            write_atomically(self._path, b"\n".join([*lines, b""]), mode=0o600)

    def _begin(self) -> None:
        if not self._ready:
            for place in (self._path.parent.parent, self._path.parent):
                _refuse_link(place)
                make_folder(place, mode=0o700)
            self._ready = True


_BINARY: Final = getattr(os, "O_BINARY", 0)


def _refuse_link(place: Path) -> None:
    if place.is_symlink():
        raise StorageTrouble(
            "“{file}” is a link to another place, and a class never reaches out of its folder. "
            "Put the real file or folder there.",
            file=place.name,
        )


def _path_of(folder: ClassFolder, place: Path) -> Path:
    name = hashlib.sha256(os.fsencode(place.absolute())).hexdigest()[:16]
    inside = place.absolute() == folder.home.absolute()
    return folder.hidden / RUNS / ("home.jsonl" if inside else f"{name}.jsonl")


def _secret(folder: ClassFolder) -> bytes:
    try:
        found = folder.secret.read_bytes()
    except OSError:
        return b""  # the class says so when it is examined
    return found if len(found) == SECRET_BYTES else b""


def _seal(told: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, b"made\0" + told, hashlib.sha256).hexdigest()[:_SEAL].encode()


def _sealed(made: Made, secret: bytes) -> bytes:
    told = json.dumps(asdict(made), separators=(",", ":")).encode()
    return _seal(told, secret) + b" " + told


def _read(path: Path, secret: bytes) -> dict[Home, Made]:
    """Return the last line of each home whose seal fits."""
    found: dict[Home, Made] = {}
    try:
        if not secret or path.is_symlink() or path.stat().st_size > _LARGEST:
            return found
        lines = path.read_bytes().splitlines()
    except OSError:
        return found
    for line in lines:
        seal, _, told = line.partition(b" ")
        if told and hmac.compare_digest(seal, _seal(told, secret)):
            made = _understood(json.loads(told))
            found[made.home] = made
    return found


def _understood(told: dict[str, Any]) -> Made:
    """Return a line of ours; its seal has been looked at."""
    return Made(
        home=(told["home"][0], told["home"][1]),
        state=told["state"],
        files=tuple(FileMade(**file) for file in told["files"]),
        missing=tuple((what, why) for what, why in told["missing"]),
        older=tuple(FileMade(**file) for file in told["older"]),
        seconds=told["seconds"],
    )


def forget_runs(folder: ClassFolder, student_id: str) -> None:
    """Take a child out of all lists; lines that cannot be read go as well. Raises ``StorageTrouble``."""
    place, secret = folder.hidden / RUNS, _secret(folder)
    if place.is_symlink() or not place.is_dir():
        return
    with told_kindly(place):
        for path in sorted(place.iterdir()):
            kept = [made for made in _read(path, secret).values() if made.home[0] != student_id]
            if kept and path.suffix == ".jsonl":
                lines = (_sealed(made, secret) for made in kept)
                write_atomically(path, b"\n".join([*lines, b""]), mode=0o600)
            elif path.suffix != LOCK and (not path.is_dir() or path.is_symlink()):
                path.unlink(missing_ok=True)


def files_of(folder: ClassFolder, student_id: str) -> tuple[Path, ...]:
    """Return the files made for a child in the folder of the class, whatever they are called."""
    manifest = Manifest(folder, folder.home)
    names = (
        f.name
        for made in manifest.made().values()
        if made.home[0] == student_id
        for f in (*made.files, *made.older)
    )
    return tuple(path for path in (folder.home / name for name in names) if _is_below(path, folder.home))


def _is_below(path: Path, place: Path) -> bool:
    real = not any(part.is_symlink() for part in (place, path.parent))
    return real and ".." not in path.parts and path.is_relative_to(place) and path.exists()


def digests(place: Path, paths: Iterable[Path]) -> tuple[FileMade, ...]:
    """Return files as they are now, by their names below ``place``. Raises ``StorageTrouble``."""
    found = []
    for path in paths:
        with told_kindly(path):
            data = path.read_bytes()
        found.append(file_made(place, path, data))
    return tuple(found)


def file_made(place: Path, path: Path, data: bytes) -> FileMade:
    """Return what is noted of a file with these bytes."""
    return FileMade(path.relative_to(place).as_posix(), hashlib.sha256(data).hexdigest(), len(data))
