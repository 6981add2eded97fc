"""An archive: children's portfolios as files anybody can open in ten years, without this program.

::

    README.txt                                   what this is, and how to open it
    manifest.json                                every file with its size and SHA-256
    class.json  class.yaml  *.ipynb              the class, and what it asked
    students/<student>/student.json
    students/<student>/media/<sha256>.webp …     pictures and recordings that the portfolios show
    students/<student>/<round>/portfolio.json    exactly ``Portfolio.model_dump_json``
    students/<student>/<round>/book.html         the book as a family may see it
    students/<student>/<round>/everything.txt    every word, also what no family page shows
    students/<student>/<round>/history.jsonl     every earlier state, a line each (only if asked for)

``<round>`` is the id of the portfolio. Small copies of pictures are left out: they are made anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Final

from portfolio.model import Portfolio, SchoolClass, Student
from portfolio.store.archive_zip import PIECE, Packer, read_plain
from portfolio.store.class_folder import ClassFolder
from portfolio.store.media import is_folder_name, is_media_name
from portfolio.store.port import Change

KIND: Final = "portfolio-archive"
VERSION: Final = 1

_TOP: Final = frozenset({"README.txt", "class.json", "class.yaml", "student.ipynb", "conference.ipynb"})
_ROUND: Final = frozenset({"portfolio.json", "book.html", "everything.txt", "history.jsonl"})
_TAKEN: Final = frozenset({"media", "student.json"})  # names beside the rounds
_SHOWN: Final = re.compile(
    r'"sha256": ?"([0-9a-f]{64})"'
)  # texts cannot imitate it: their quotes are escaped


def is_archive_part(name: str) -> bool:
    """Return whether an archive may hold a file of this name."""
    match name.split("/"):
        case [only]:
            return only in _TOP
        case ["students", student, "student.json"]:
            return is_folder_name(student)
        case ["students", student, "media", medium]:
            plain = is_media_name(medium) and ".thumb." not in medium
            return plain and is_folder_name(student)
        case ["students", student, folder, part]:
            return (
                part in _ROUND and folder not in _TAKEN and is_folder_name(student) and is_folder_name(folder)
            )
    return False


def round_folder(portfolio_id: str, taken: Iterable[str]) -> str:
    """Return the folder of a portfolio: its id, or something near it where some computer has no such folder."""
    used = {*taken, *_TAKEN}
    name = portfolio_id if is_folder_name(portfolio_id) else f"round-{portfolio_id.strip('.')[:50]}"
    numbered = (name if n == 1 else f"{name[:50]}-{n}" for n in range(1, len(used) + 2))
    return next(folder for folder in numbered if folder not in used)


def shown_media(portfolio: Portfolio) -> frozenset[str]:
    """Return the SHA-256 of every picture and recording a portfolio shows."""
    return frozenset(_SHOWN.findall(portfolio.model_dump_json()))


class Archivist:
    """Puts a class into an archive, child by child. What it could not find it says."""

    def __init__(self, packer: Packer) -> None:
        """Begin an archive."""
        self._packer = packer
        self._folders: dict[str, list[str]] = {}

    def put_class(self, school_class: SchoolClass, folder: ClassFolder, readme: str) -> None:
        """Put in the class, what it asked, and the words for whoever opens this."""
        self._packer.put("README.txt", readme)
        self._packer.put("class.json", school_class.model_dump_json(indent=2))
        for part in (folder.template_file, folder.student_notebook, folder.conference_notebook):
            if part.is_file():
                self._packer.put_file(part.name, part)

    def put_student(self, student: Student) -> None:
        """Put in a child and its homes."""
        self._packer.put(f"students/{student.student_id}/student.json", student.model_dump_json(indent=2))

    def put_portfolio(
        self, portfolio: Portfolio, *, text: str, page: str | None, history: Iterable[Change] | None
    ) -> None:
        """Put in a portfolio with its readable forms; ``None`` leaves out page or history."""
        student = portfolio.meta.student_id
        folders = self._folders.setdefault(student, [])
        folders.append(round_folder(portfolio.meta.portfolio_id, folders))
        here = f"students/{student}/{folders[-1]}"
        self._packer.put(f"{here}/portfolio.json", portfolio.model_dump_json(indent=2))
        self._packer.put(f"{here}/everything.txt", text)
        if page is not None:
            self._packer.put(f"{here}/book.html", page)
        if history is not None:
            lines = (json.dumps(c.model_dump(mode="json"), ensure_ascii=False) + "\n" for c in history)
            self._packer.put(f"{here}/history.jsonl", "".join(lines))

    def put_media(self, folder: ClassFolder, student_id: str, wanted: frozenset[str]) -> tuple[str, ...]:
        """Put in these pictures and recordings; return those that are missing or damaged."""
        here, left = folder.media / student_id, set(wanted)
        usable = here.is_dir() and not here.is_symlink() and not folder.media.is_symlink()
        for path in sorted(here.iterdir()) if usable else ():
            sha, _, rest = path.name.partition(".")
            if not is_media_name(path.name) or rest.startswith("thumb") or sha not in left:
                continue
            if path.is_symlink() or not path.is_file():
                continue
            with read_plain(path) as file:  # a damaged one would make the whole archive look damaged
                digest = hashlib.sha256()
                while piece := file.read(PIECE):
                    digest.update(piece)
            if digest.hexdigest() == sha:
                self._packer.put_file(f"students/{student_id}/media/{path.name}", path)
                left.discard(sha)
        return tuple(sorted(left))
