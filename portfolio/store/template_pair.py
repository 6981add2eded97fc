"""``class.yaml`` and ``student.ipynb`` changed together: both or neither, and the earlier pair kept.

A file system renames one file at a time. So what is to be written stands first, whole, in one file of its own
(``.portfolio/templates/coming.json``): once that is on the disk, the change is decided. Whoever comes next after a
crash brings it to its end (:func:`unfinished`). In between the class opens: a page the one file has and the other
not is left out. Earlier pairs stand in ``.portfolio/templates/<day and time>/``.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from portfolio.errors import NotFound, StorageTrouble
from portfolio.store.atomic import make_folder, told_kindly, write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.notebook_file import LARGEST as LARGEST_NOTEBOOK
from portfolio.store.trouble import regular
from portfolio.store.yaml_lines import LARGEST as LARGEST_TEMPLATE

TEMPLATES: Final = "templates"
"""The folder of the earlier pairs, below ``.portfolio``."""
MOST_EARLIER: Final = 40
"""So many earlier pairs are kept; the oldest goes."""
_COMING: Final = "coming.json"
_STAMP: Final = re.compile(r"\d{8}T\d{6}Z(-\d{1,3})?")


@dataclass(frozen=True)
class Pair:
    """The bytes of ``class.yaml`` and of ``student.ipynb``."""

    template: bytes
    notebook: bytes

    @property
    def digest(self) -> str:
        """SHA-256 in hex of both: another one as soon as either is another."""
        return _digest(_digest(self.template).encode() + _digest(self.notebook).encode())

    @property
    def template_text(self) -> str:
        """The text of ``class.yaml``; letters that are not UTF-8 are marked."""
        return self.template.decode("utf-8-sig", "replace")

    @property
    def notebook_text(self) -> str:
        """The text of ``student.ipynb``."""
        return self.notebook.decode("utf-8-sig", "replace")


@dataclass(frozen=True)
class Coming:
    """A change that was decided: the pair before, the pair after, and what else the change is about (JSON)."""

    before: Mapping[str, str]
    """The SHA-256 of each file when it was decided, by name."""
    after: Pair
    about: Mapping[str, Any]


def read_pair(folder: ClassFolder) -> Pair:
    """Return both files as they are now. Raises ``NotFound`` or ``StorageTrouble``."""
    return Pair(
        _read(folder.template_file, LARGEST_TEMPLATE), _read(folder.student_notebook, LARGEST_NOTEBOOK)
    )


def decide(folder: ClassFolder, before: Pair, after: Pair, about: Mapping[str, Any]) -> None:
    """Write down that ``after`` takes the place of ``before``: from now on it will, whatever happens."""
    told = {
        "before": {"template": _digest(before.template), "notebook": _digest(before.notebook)},
        "template": after.template_text,
        "notebook": after.notebook_text,
        "about": dict(about),
    }
    write_atomically(_place(folder) / _COMING, json.dumps(told).encode(), mode=0o600)


def unfinished(folder: ClassFolder) -> Coming | None:
    """Return a change that was decided and not brought to its end, or ``None``.

    One that cannot be read is forgotten: nothing of it was done.
    """
    path = folder.hidden / TEMPLATES / _COMING
    try:
        told = json.loads(path.read_bytes()) if path.is_file() and not path.is_symlink() else None
        if told is None:
            return None
        pair = Pair(told["template"].encode(), told["notebook"].encode())
        return Coming(dict(told["before"]), pair, dict(told["about"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        finished(folder)
        return None


def still_wanted(folder: ClassFolder, coming: Coming) -> bool:
    """Return whether both files are as they were when it was decided, or as they should become."""
    now = read_pair(folder)
    return all(
        _digest(there) in (coming.before.get(name), _digest(wanted))
        for name, there, wanted in (
            ("template", now.template, coming.after.template),
            ("notebook", now.notebook, coming.after.notebook),
        )
    )


def write_pair(folder: ClassFolder, after: Pair) -> None:
    """Write both files, the template first; if the second cannot be written, the first is put back.

    Raises ``StorageTrouble``. A file that says it already is left alone.
    """
    before = read_pair(folder)
    try:
        for path, there, wanted in (
            (folder.template_file, before.template, after.template),
            (folder.student_notebook, before.notebook, after.notebook),
        ):
            if there != wanted:
                write_atomically(path, wanted)
    except BaseException:
        put_back(folder, before)
        raise


def put_back(folder: ClassFolder, before: Pair) -> None:
    """Put both files back as far as the disk lets us; never raises for the disk: something else went wrong first."""
    for path, wanted in ((folder.template_file, before.template), (folder.student_notebook, before.notebook)):
        with contextlib.suppress(StorageTrouble, OSError):
            if path.read_bytes() != wanted:
                write_atomically(path, wanted)


def finished(folder: ClassFolder) -> None:
    """Forget what was decided: it is done, or was given up."""
    with contextlib.suppress(OSError):
        (folder.hidden / TEMPLATES / _COMING).unlink(missing_ok=True)


def keep_earlier(folder: ClassFolder, pair: Pair, at: datetime, about: Mapping[str, Any]) -> str:
    """Keep a pair under the time ``at`` (with zone) and return the name it has there.

    ``about`` is kept beside it (JSON). Raises ``StorageTrouble``.
    """
    place = _place(folder)
    stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (stamp if n == 1 else f"{stamp}-{n}" for n in range(1, 1000))
    name = next(name for name in names if not (place / name).exists())
    beside = place / f".{name}"
    with told_kindly(beside):
        shutil.rmtree(beside, ignore_errors=True)
        make_folder(beside, mode=0o700)
        write_atomically(beside / "class.yaml", pair.template, mode=0o600)
        write_atomically(beside / "student.ipynb", pair.notebook, mode=0o600)
        write_atomically(beside / "about.json", json.dumps(dict(about)).encode(), mode=0o600)
        beside.rename(place / name)
        for old in stamps(folder)[MOST_EARLIER:]:
            shutil.rmtree(place / old, ignore_errors=True)
    return name


def forget_earlier(folder: ClassFolder, stamp: str) -> None:
    """Take an earlier pair away again: what it was kept for did not happen."""
    if _STAMP.fullmatch(stamp):
        shutil.rmtree(folder.hidden / TEMPLATES / stamp, ignore_errors=True)


def stamps(folder: ClassFolder) -> tuple[str, ...]:
    """Return the names of the earlier pairs, newest first."""
    place = folder.hidden / TEMPLATES
    if place.is_symlink() or not place.is_dir():
        return ()
    found = [path.name for path in place.iterdir() if _STAMP.fullmatch(path.name) and path.is_dir()]
    return tuple(sorted(found, key=_in_time, reverse=True))


def stamp_time(stamp: str) -> datetime:
    """Return the time (UTC) a pair was put away."""
    return datetime.strptime(stamp.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def earlier_pair(folder: ClassFolder, stamp: str) -> tuple[Pair, Mapping[str, Any]]:
    """Return an earlier pair and what was kept about it; raises ``NotFound`` for a name that is none."""
    if stamp not in stamps(folder):
        raise NotFound("This earlier version is not there any more. Choose another one.")
    place = folder.hidden / TEMPLATES / stamp
    pair = Pair(
        _read(place / "class.yaml", LARGEST_TEMPLATE), _read(place / "student.ipynb", LARGEST_NOTEBOOK)
    )
    return pair, about_earlier(folder, stamp)


def about_earlier(folder: ClassFolder, stamp: str) -> Mapping[str, Any]:
    """Return what was kept about an earlier pair; nothing if it cannot be read."""
    try:
        told = json.loads((folder.hidden / TEMPLATES / stamp / "about.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _in_time(stamp: str) -> tuple[str, int]:
    time, _, number = stamp.partition("-")
    return time, int(number or 1)


def _place(folder: ClassFolder) -> Path:
    place = regular(folder.hidden) / TEMPLATES
    make_folder(folder.hidden, mode=0o700)
    make_folder(regular(place), mode=0o700)
    return place


def _read(path: Path, most: int) -> bytes:
    with told_kindly(path):
        if regular(path).is_file() and path.stat().st_size <= most:
            return path.read_bytes()
    if not path.is_file():
        raise NotFound("There is no file {place}. Take it from a backup of the class.", place=str(path))
    raise StorageTrouble(
        "“{file}” is too big to be read. Take it from a backup of the class.", file=path.name
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
