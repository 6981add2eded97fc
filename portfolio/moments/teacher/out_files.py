"""Where files to take along are put, what they are called, and which are small enough to hand over as well."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from portfolio.moments.room import Download
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store import trouble
from portfolio.store.atomic import make_folder
from portfolio.store.class_folder import ClassFolder
from portfolio.views.phrases import size_in_words
from portfolio.words import Speech

OUT: Final = "out"
"""The folder for files to take along, in the folder of the class."""

LARGEST: Final = 200_000_000
"""Bytes of a file that the browser is handed as well; a larger one stays in the folder. So many came in six seconds."""


def out_file(desk: TeacherDesk, kind: str, ending: str) -> Path:
    """Return a new name in the class's folder for files to take along; the folder is made if it is not there.

    Day and time on the wall of the classroom stand in it. Raises ``StorageTrouble`` if there can be no folder.
    """
    folder = trouble.regular(desk.folder.path / OUT)
    make_folder(folder, mode=0o700)
    return folder / name_of(desk.folder, kind, desk.now(), ending)


def name_of(folder: ClassFolder, kind: str, at: datetime, ending: str) -> str:
    """Return what a file is called: class, kind, day and time in this computer's zone."""
    return f"{folder.path.name}.{at.astimezone():%Y-%m-%dT%H%M%S}.{kind}.{ending}"


def handed(path: Path, media_type: str) -> tuple[Download, ...]:
    """Return a file for the browser, unless it is too large for that or cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            return ()
        return (Download(path.name, media_type, path.read_bytes()),)
    except OSError:
        return ()


def zipped(paths: Iterable[Path], name: str) -> tuple[Download, ...]:
    """Return files as one zip for the browser, unless they are too large together or one cannot be read."""
    files = tuple(paths)
    try:
        if not files or sum(path.stat().st_size for path in files) > LARGEST:
            return ()
        sink = BytesIO()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in files:
                packed.write(path, path.name)
    except OSError:
        return ()
    return (Download(name, "application/zip", sink.getvalue()),)


def where_it_is(path: Path, size: int, downloads: tuple[Download, ...], say: Speech) -> str:
    """Return where a file is to be found, for who has never seen the folder of a class; ``size`` in bytes."""
    told = {"file": path.name, "size": size_in_words(size, say), "folder": path.parent.name}
    if downloads:
        return say(
            "Your browser has it: look in your downloads for {file} ({size}). The same file also lies on this computer, "
            "in the folder “{folder}” of the class.",
            **told,
        )
    return say(
        "The file is {file} ({size}). That is too large for the browser, so it lies only on the computer where this "
        "program runs. Open the folders of that computer, go to {path}, and copy it from there.",
        **told,
        path=path.parent,
    )
