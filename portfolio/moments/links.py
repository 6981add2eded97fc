"""Personal links: which key opens whose book, kept so that a card can be printed again without breaking it.

The store keeps fingerprints only. The keys themselves lie in ``links.txt`` in the class folder, readable only by
its owner: a line for each child with its id, key and name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from portfolio.errors import StorageTrouble
from portfolio.model import Student
from portfolio.moments.classes import new_links
from portfolio.store import trouble
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore

LINKS: Final = "links.txt"

NewKey = Callable[[], str]
"""Makes a fresh personal key."""

Fingerprint = Callable[[str], str]
"""Gives what the class keeps of a key."""


def known_links(folder: ClassFolder, store: ClassStore, fingerprint: Fingerprint) -> dict[str, str]:
    """Return the keys that were given out and still open their child's book, by student id.

    Raises ``StorageTrouble`` if the list of links is there and cannot be read.
    """
    path = folder.path / LINKS
    kept = _read(path) if path.is_file() else {}
    return {s: key for s, key in kept.items() if store.student_for_key(fingerprint(key)) == s}


def give_links(
    folder: ClassFolder,
    store: ClassStore,
    students: Sequence[str],
    make_key: NewKey,
    fingerprint: Fingerprint,
) -> dict[str, str]:
    """Give these children (ids) a fresh key and return the known keys of all children, by student id.

    Their earlier keys stop working, other children's go on; all or none get a new one. Raises ``NotFound`` for
    an id that is not in the class and for nobody at all, ``StorageTrouble`` if the list cannot be written.
    """
    with store.together():
        known = known_links(folder, store, fingerprint)
        fresh = new_links(store, tuple(dict.fromkeys(students)), make_key, fingerprint)
        known |= {student.student_id: key for student, key in fresh}
        roster = [student for student in store.students() if student.student_id in known]
        _write(folder.path / LINKS, roster, known)
    return known


def links_for_all(
    folder: ClassFolder,
    store: ClassStore,
    make_key: NewKey,
    fingerprint: Fingerprint,
    *,
    renew: bool = False,
) -> tuple[tuple[Student, str], ...]:
    """Return every child with its key: those given out before, new ones with ``renew`` and for whoever has none.

    Raises ``NotFound`` if there are no children yet, and as :func:`give_links`.
    """
    students = store.students()
    known = {} if renew else known_links(folder, store, fingerprint)
    without = [s.student_id for s in students if s.student_id not in known]
    if without or not students:
        known = give_links(folder, store, without, make_key, fingerprint)
    return tuple((student, known[student.student_id]) for student in students)


def _write(path: Path, roster: Sequence[Student], known: Mapping[str, str]) -> None:
    lines = [f"{s.student_id}\t{known[s.student_id]}\t{s.name}\n" for s in roster]
    write_atomically(path, "".join(lines).encode("utf-8"), mode=0o600)


def _read(path: Path) -> dict[str, str]:
    try:
        text = trouble.regular(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StorageTrouble(
            "The list of links {path} cannot be read. Take it from a copy of the class folder. Or take it away and "
            "make new links: cards given out before then stop working.",
            path=path,
        ) from error
    rows = (line.split("\t") for line in text.splitlines())
    return {row[0]: row[1] for row in rows if len(row) > 1}
