"""``class.yaml`` and ``student.ipynb`` changed together: both or neither, and the earlier pair kept.

A file system renames one file at a time. So what is to be written stands first, whole, in one file of its own
(``.portfolio/templates/coming.json``): once that is on the disk, the change is decided. Whoever comes next after a
crash brings it to its end (:func:`unfinished`). In between the class opens: a page the one file has and the other
not is left out. Earlier pairs stand in ``.portfolio/templates/<day and time>/``.

Other grades bring another ``conference.ipynb``, too: it then is the third of the pair.
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
from portfolio.store.atomic import make_durable, make_folder, told_kindly, write_atomically
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
    """The bytes of ``class.yaml`` and of ``student.ipynb``; of ``conference.ipynb`` where that changes with them."""

    template: bytes
    notebook: bytes
    conference: bytes | None = None

    @property
    def digest(self) -> str:
        """SHA-256 in hex of the first two: another one as soon as either is another."""
        return _digest(_digest(self.template).encode() + _digest(self.notebook).encode())

    def files(self, folder: ClassFolder) -> tuple[tuple[str, Path, bytes], ...]:
        """Return of each file the name it has here, its place in a class, and what it says."""
        two = (
            ("template", folder.template_file, self.template),
            ("notebook", folder.student_notebook, self.notebook),
        )
        if self.conference is None:
            return two
        return (*two, ("conference", folder.conference_notebook, self.conference))

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


def read_pair(folder: ClassFolder, *, conference: bool = False) -> Pair:
    """Return both files as they are now, with ``conference`` all three. Raises ``NotFound`` or ``StorageTrouble``.

    A class may be without its ``conference.ipynb``: then that is empty.
    """
    third = folder.conference_notebook
    return Pair(
        _read(folder.template_file, LARGEST_TEMPLATE),
        _read(folder.student_notebook, LARGEST_NOTEBOOK),
        (_read(third, LARGEST_NOTEBOOK) if third.exists() else b"") if conference else None,
    )


def _like(folder: ClassFolder, pair: Pair) -> Pair:
    """Return what is there now of the files a pair has."""
    return read_pair(folder, conference=pair.conference is not None)


def decide(folder: ClassFolder, before: Pair, after: Pair, about: Mapping[str, Any]) -> None:
    """Write down that ``after`` takes the place of ``before``: from now on it will, whatever happens."""
    told = {
        "before": {name: _digest(data) for name, _, data in before.files(folder)},
        **{name: data.decode("utf-8-sig", "replace") for name, _, data in after.files(folder)},
        "about": dict(about),
    }
    write_atomically(_place(folder) / _COMING, json.dumps(told).encode(), mode=0o600)


def decided(folder: ClassFolder) -> bool:
    """Return whether a change waits to be brought to its end. Changes nothing."""
    return (folder.hidden / TEMPLATES / _COMING).is_file()


def unfinished(folder: ClassFolder) -> Coming | None:
    """Return a change that was decided and not brought to its end, or ``None``.

    One that cannot be read is forgotten: nothing of it was done.
    """
    path = folder.hidden / TEMPLATES / _COMING
    try:
        told = json.loads(path.read_bytes()) if path.is_file() and not path.is_symlink() else None
        if told is None:
            return None
        third = told["conference"].encode() if "conference" in told else None
        pair = Pair(told["template"].encode(), told["notebook"].encode(), third)
        return Coming(dict(told["before"]), pair, dict(told["about"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        finished(folder)
        return None


def still_wanted(folder: ClassFolder, coming: Coming) -> bool:
    """Return whether all files are as they were when it was decided, or as they should become."""
    now = {name: _digest(data) for name, _, data in _like(folder, coming.after).files(folder)}
    return all(
        now[name] in (coming.before.get(name), _digest(wanted))
        for name, _, wanted in coming.after.files(folder)
    )


def write_pair(folder: ClassFolder, after: Pair) -> None:
    """Write the files, the template first; if one cannot be written, those before it are put back.

    Raises ``StorageTrouble``. A file that says it already is left alone.
    """
    before = _like(folder, after)
    try:
        for (_, path, there), (_, _, wanted) in zip(before.files(folder), after.files(folder), strict=True):
            if there != wanted:
                write_atomically(path, wanted)
    except BaseException:
        put_back(folder, before)
        raise


def put_back(folder: ClassFolder, before: Pair) -> bool:
    """Put the files back and return whether all of them are; never raises for the disk: something else went wrong first."""
    all_back = True
    for name, path, wanted in before.files(folder):
        try:
            if name == "conference" and not wanted:  # there was none
                path.unlink(missing_ok=True)
            elif path.read_bytes() != wanted:
                write_atomically(path, wanted)
        except (StorageTrouble, OSError):
            all_back = False
    return all_back


def only_those_of(folder: ClassFolder, coming: Coming, wanted: Pair) -> None:
    """Write ``wanted`` over each file that is as before the change, or as after it; what somebody wrote since stays."""
    now = {name: data for name, _, data in _like(folder, coming.after).files(folder)}
    after = {name: data for name, _, data in coming.after.files(folder)}
    for name, path, data in wanted.files(folder):
        there = now.get(name)
        ours = there is not None and (there == after[name] or _digest(there) == coming.before.get(name))
        if ours and there != data:
            write_atomically(path, data)


def finished(folder: ClassFolder) -> None:
    """Forget what was decided: it is done, or was given up."""
    place = folder.hidden / TEMPLATES
    with contextlib.suppress(OSError, StorageTrouble):
        (place / _COMING).unlink()
        make_durable(place)  # or a power cut could bring it back


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
        for left in place.glob(
            ".*Z*"
        ):  # by somebody who was killed: whoever is here holds the lock of the records
            shutil.rmtree(left, ignore_errors=True)
        make_folder(beside, mode=0o700)
        try:
            for _, path, data in pair.files(folder):
                write_atomically(beside / path.name, data, mode=0o600)
            write_atomically(beside / "about.json", json.dumps(dict(about)).encode(), mode=0o600)
            beside.rename(place / name)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
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
    third = place / folder.conference_notebook.name
    pair = Pair(
        _read(place / "class.yaml", LARGEST_TEMPLATE),
        _read(place / "student.ipynb", LARGEST_NOTEBOOK),
        _read(third, LARGEST_NOTEBOOK) if third.is_file() else None,
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
