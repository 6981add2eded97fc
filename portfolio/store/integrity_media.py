"""The media of a class, looked at file by file: every digest proved, nothing followed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from portfolio.errors import StorageTrouble
from portfolio.store.atomic import LEFTOVERS
from portfolio.store.findings import Finding
from portfolio.store.integrity_rows import Needs
from portfolio.store.media import is_media_name, is_whole_webp, read_plain
from portfolio.store.trouble import shown

_CHUNK = 1 << 20
_THUMB = ".thumb.webp"


def examine_media(root: Path, needs: Needs) -> Iterator[Finding]:
    """Yield what is wrong with the files of a class. ``needs`` says who needs which."""
    students = set(needs.students)
    there: set[str] = set()
    if not root.is_symlink() and root.is_dir():
        for folder in sorted(root.iterdir()):
            # where nobody can say who is in the class, nobody's pictures are called strange
            stranger = folder.name not in students and not needs.unsure
            if folder.is_symlink() or not folder.is_dir() or stranger:
                yield _outside(folder)
            else:
                there.add(folder.name)
                yield from _of_student(folder, needs)
    for student_id in sorted(students - there):
        for name in sorted(needs.now.get(student_id, ())):
            yield _missing(student_id, name, mendable=False)


def _of_student(folder: Path, needs: Needs) -> Iterator[Finding]:
    """Yield what is wrong in one student's folder."""
    student_id = folder.name
    now = needs.now.get(student_id, set())
    ever = needs.ever.get(student_id, set()) | now
    good: set[str] = set()
    bad: list[str] = []
    for file in sorted(folder.iterdir()):
        name = file.name
        if not is_media_name(name) or not _is_plain(file):
            yield _outside(file, student_id)
        elif name not in ever and not needs.unsure:
            yield _unused(student_id, name)
        elif not _is_whole(file):
            bad.append(name)
        else:
            good.add(name)
    for name in bad:
        yield _damaged(student_id, name, mendable=_from_picture(name) in good)
    for name in sorted(now - good - set(bad)):
        yield _missing(student_id, name, mendable=_from_picture(name) in good)


def _from_picture(name: str) -> str:
    """Return the file a small copy can be made anew from, or nothing."""
    return name.removesuffix(_THUMB) + ".webp" if name.endswith(_THUMB) else ""


def _is_plain(file: Path) -> bool:
    return stat.S_ISREG(file.lstat().st_mode)


def _is_whole(file: Path) -> bool:
    if file.name.endswith(_THUMB):
        # small, and nothing but its wrapping can be proved
        return file.lstat().st_size < _CHUNK * 16 and is_whole_webp(read_plain(file) or b"")
    digest = hashlib.sha256()
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as source:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return False
    return digest.hexdigest() == file.name.partition(".")[0]


def _outside(path: Path, student_id: str = "") -> Finding:
    where = f"{student_id}/{shown(path.name)}" if student_id else shown(path.name)
    if fnmatchcase(path.name, LEFTOVERS):
        return Finding(
            "leftover",
            where,
            "“{file}” is half a file that a stopped program left behind. You may delete it.",
            {"file": where},
        )
    return Finding(
        "stranger",
        where,
        "“{file}” in the media folder is not ours: a link, a strange name, or the folder of nobody in this "
        "class. Look at it, and take it away if you do not need it.",
        {"file": where},
    )


def _unused(student_id: str, name: str) -> Finding:
    return Finding(
        "media_unused",
        f"{student_id}/{name}",
        "The file {file} of “{student}” is in no entry and in no history. It does no harm.",
        _said(student_id, name),
    )


def _damaged(student_id: str, name: str, *, mendable: bool) -> Finding:
    error = StorageTrouble(
        "The file {file} of “{student}” is damaged. Put it in again, or take it from a backup.",
        **_said(student_id, name),
    )
    return Finding.of(
        error,
        "thumb" if name.endswith(_THUMB) else "media_damaged",
        f"{student_id}/{name}",
        mendable=mendable,
    )


def _missing(student_id: str, name: str, *, mendable: bool) -> Finding:
    error = StorageTrouble(
        "The file {file} of “{student}” is missing. Put it in again, or take it from a backup.",
        **_said(student_id, name),
    )
    return Finding.of(
        error,
        "thumb" if name.endswith(_THUMB) else "media_missing",
        f"{student_id}/{name}",
        mendable=mendable,
    )


def _said(student_id: str, name: str) -> dict[str, object]:
    return {"file": f"media/{student_id}/{name}", "student": student_id}
