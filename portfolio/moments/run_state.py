"""From which state the files of a home are made: everything that could change a byte of them, in one short text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from portfolio import files
from portfolio.errors import PortfolioError
from portfolio.model import PortfolioMeta, Student
from portfolio.moments.run_manifest import Manifest
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.store.records import LastChange, Latest

_CODE: Final = (".py", ".j2", ".css", ".json", ".mo", ".svg", ".woff2", ".js")
"""What of the program has a say in a page."""


@dataclass(frozen=True)
class Child:
    """A child, what is known of its books, and where each book is now, as the store tells it."""

    student: Student
    metas: tuple[PortfolioMeta, ...]
    now: tuple[tuple[str, int, LastChange | None], ...]

    def meta(self, round_name: str) -> PortfolioMeta | None:
        """Return what is known of its book in a round."""
        return next((meta for meta in self.metas if meta.round == round_name), None)

    def parts(self) -> Iterator[str]:
        """Yield what becomes another text with every change of the child, its homes and its books."""
        yield self.student.model_dump_json()
        yield from (meta.model_dump_json() for meta in self.metas)
        for portfolio_id, revision, last in self.now:
            yield f"{portfolio_id} {revision} {last.model_dump_json() if last else ''}"


def children_of(store: ClassStore, chosen: Sequence[Student], *, everybody: bool) -> tuple[Child, ...]:
    """Return these children with where their books are: one question for a class, a few for one child."""
    rounds: Mapping[str, tuple[PortfolioMeta, ...]]
    latest: dict[str, list[Latest]] = {}
    if everybody:
        rounds = store.all_rounds()
        for one in store.latest():
            latest.setdefault(one.student_id, []).append(one)
    else:
        rounds = {student.student_id: _rounds(store, student.student_id) for student in chosen}
    found = []
    for student in chosen:
        metas = rounds.get(student.student_id, ())
        if everybody:
            now = [(one.portfolio_id, one.revision, one.last) for one in latest.get(student.student_id, ())]
        else:
            ids = [meta.portfolio_id for meta in metas]
            now = [(pid, store.revision(pid), store.last_change(pid)) for pid in ids]
        found.append(Child(student, metas, tuple(sorted(now, key=lambda one: one[0]))))
    return tuple(found)


def _rounds(store: ClassStore, student_id: str) -> tuple[PortfolioMeta, ...]:
    try:
        return store.rounds(student_id)
    except PortfolioError:
        return ()  # making the file says what is wrong


class States:
    """Tells from which state a home's files would be made now."""

    def __init__(
        self, manifest: Manifest, folder: ClassFolder, store: ClassStore, wishes: Iterable[object]
    ) -> None:
        """Look at what is the same for all homes: the class, its files, the program, and what was wished for."""
        self._manifest = manifest
        # looked at before any book is read: what changes meanwhile is another state next time
        self._shared = manifest.state(
            *_files(folder), store.school_class().model_dump_json(), program(), *wishes
        )

    def of(self, child: Child, household_id: str, stem: str) -> str:
        """Return the state for one home; "" if nothing is remembered in this class."""
        return self._manifest.state(self._shared, household_id, stem, *child.parts())


def _files(folder: ClassFolder) -> Iterator[str]:
    """Yield the digests of the files of a class that every page is made with."""
    from portfolio.store.glossary_layers import FILES

    for path in (folder.template_file, folder.student_notebook, *(folder.path / name for name in FILES)):
        try:
            data = path.read_bytes() if path.is_file() else b""
        except OSError:
            data = b""
        yield f"{path.name} {_digest(data)}"


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def program() -> str:
    """Return what becomes another text with every other version of this program, also while it is being written."""
    package = Path(files.__file__).parent
    # the face of the package is asked by its name: importing it from inside would close a circle
    seen = [f"{sys.modules['portfolio'].__version__} {sys.version_info[:3]}"]
    for root in (package, files.page_templates()):
        seen += sorted(_seen(str(root), len(str(root))))
    return _digest("\n".join(seen).encode("utf-8", "surrogateescape"))


def _seen(folder: str, cut: int) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            for one in found:
                if one.is_dir(follow_symlinks=False):
                    if one.name != "__pycache__":
                        yield from _seen(one.path, cut)
                elif one.name.endswith(_CODE):
                    there = one.stat()
                    yield f"{one.path[cut:]} {there.st_size} {there.st_mtime_ns}"
    except OSError:
        yield f"{folder[cut:]} ?"
