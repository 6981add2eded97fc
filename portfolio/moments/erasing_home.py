"""Which files for homes are a child's, whatever they are called: they go when it is erased."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from portfolio.model import Student
from portfolio.moments.home_names import file_names, file_owners
from portfolio.moments.run_manifest import Manifest, files_of
from portfolio.store.atomic import LEFTOVERS
from portfolio.store.class_folder import ClassFolder


def things_in(place: Path) -> tuple[Path, ...]:
    """Return what lies in a folder, sorted; nothing in one that is not there, or a link."""
    return tuple(sorted(place.iterdir())) if place.is_dir() and not place.is_symlink() else ()


def home_files(folder: ClassFolder, student_id: str, roster: Sequence[Student]) -> list[Path]:
    """Return the files and folders that went home for a child, also those for homes it no longer has.

    What the list of made files names is whose it says. Names of homes there are have their child; where a name may be
    two children's, it goes with either: it can be made again. Others begin with the id; where two ids fit (``ana`` and
    ``ana-maria``) it is the longer one's.
    """
    pages, folders, listed = file_owners(roster), _folders(roster), _listed(folder)
    everybody = {student_id, *(s.student_id for s in roster)}

    def owners(path: Path) -> set[str]:
        fits = [i for i in everybody if path.name == i or path.name.startswith((f"{i}-", f"{i}.", f"{i}+"))]
        known = folders if path.is_dir() else pages
        return listed.get(path.name) or known.get(path.name) or {max(fits, key=len, default="")}

    by_name = [path for path in things_in(folder.home) if student_id in owners(path)]
    mine = {path for path in files_of(folder, student_id) if path.parent not in by_name}
    # a folder in which nothing else lies goes as a whole: its name may be the child's
    whole = {path.parent for path in mine if path.parent != folder.home and _nothing_but(mine, path.parent)}
    return [*by_name, *whole, *(path for path in mine if path.parent not in whole and path not in by_name)]


def _nothing_but(mine: set[Path], place: Path) -> bool:
    return {path for path in place.iterdir() if not path.match(LEFTOVERS)} <= mine


def _folders(roster: Sequence[Student]) -> dict[str, set[str]]:
    """Return whose each folder of today is; one was never named after the id of a home."""
    names = file_names(roster)
    return {name.removesuffix(".html"): {student_id} for (student_id, _), name in names.items()}


def _listed(folder: ClassFolder) -> dict[str, set[str]]:
    """Return whose the folders are that a run has made, by their names."""
    found: dict[str, set[str]] = {}
    for (student_id, _), made in Manifest(folder, folder.home).made().items():
        for file in (*made.files, *made.older):
            found.setdefault(file.name.partition("/")[0], set()).add(student_id)
    return found
