"""Files for homes that earlier runs have left: taken away where they are surely ours and no home has them any more.

A file of the time when a home was called otherwise, of a home that is gone, or of a child that has left tells of
somebody in a folder from which families are sent their files. What somebody has changed is never touched, only told.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from portfolio.errors import PortfolioError
from portfolio.moments.run_manifest import FileMade, Home, Manifest

_HEAD: Final = 2_000
_OURS: Final = ('<html class="pf" ', ' data-band="', ' data-cloth="', "default-src 'none'")
"""What stands at the beginning of every page for a home, since there are any."""


@dataclass(frozen=True)
class Tidied:
    """Files of earlier runs: which were taken away, and which were left because somebody has changed them.

    ``strange`` lie beside a page of now, are called as it is, and are on no list: a killed run may have made them.
    Names below the place of the run.
    """

    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()


@dataclass(frozen=True)
class Swept:
    """What is to be swept: the place of a run, and its homes with what their files are called.

    ``sent`` are those with files of now, ``chosen`` the children that were asked for (``None``: everybody; then also
    what was made for children that have left). ``usual``: it is the folder of the class for these files.
    """

    place: Path
    homes: Mapping[Home, str]
    sent: frozenset[Home]
    chosen: frozenset[str] | None
    usual: bool


def tidied(manifest: Manifest, swept: Swept) -> Tidied:
    """Take away what earlier runs have left, and return it.

    A file whose home has no new one stays: an older book is better than none.
    """
    sent, chosen = swept.sent, swept.chosen
    now = {file.name for home, made in manifest.made().items() if home in sent for file in made.files}
    broom = _Broom(swept.place, frozenset(now))
    changed = False
    for home, made in manifest.made().items():
        if home in sent and made.older:
            broom.sweep(made.older)
            manifest.drop(home, older_only=True)
            changed = True
        elif home not in swept.homes and (chosen is None or home[0] in chosen):
            broom.sweep((*made.files, *made.older))
            manifest.drop(home)
            changed = True
    if swept.usual:
        for path in _unlisted(swept):
            broom.away(path)
    with contextlib.suppress(PortfolioError):  # a list that cannot be written makes files anew, nothing worse
        if changed or sent:
            manifest.settle()
    known = now.union(broom.left)
    strange = (name for home in sent for name in _beside(swept.place, swept.homes[home]) if name not in known)
    return Tidied(
        tuple(sorted(set(broom.removed))), tuple(sorted(set(broom.left))), tuple(sorted(set(strange)))
    )


def _beside(place: Path, stem: str) -> Iterator[str]:
    """Yield the names of files that lie in the folder of a home and are called as its page is."""
    try:
        for path in (place / stem).iterdir():
            if path.stem == stem and path.suffix != ".html":
                yield path.relative_to(place).as_posix()
    except OSError:
        return


@dataclass
class _Broom:
    """Takes files away below a place, but none of ``now``."""

    place: Path
    now: frozenset[str]
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def sweep(self, files: Iterable[FileMade]) -> None:
        """Take away what is as it was made."""
        for file in files:
            path = self.place / file.name
            if file.name in self.now or ".." in path.parts or not path.is_file():
                continue
            if file.is_there(self.place):
                self.away(path)
            else:
                self.left.append(file.name)

    def away(self, path: Path) -> None:
        """Take a file away, and its folder if nothing else is in it."""
        name = path.relative_to(self.place).as_posix()
        try:
            path.unlink()
        except OSError:
            self.left.append(name)
            return
        self.removed.append(name)
        if path.parent != self.place:
            with contextlib.suppress(OSError):  # something else lies in it
                path.parent.rmdir()


def _unlisted(swept: Swept) -> Iterator[Path]:
    """Yield pages on no list: of the time when all lay in one folder, or of a home whose list was lost.

    Only those of children all of whose homes have files of now.
    """
    homes, sent, place, everybody = swept.homes, swept.sent, swept.place, swept.chosen is None
    stems = frozenset(homes.values())
    whole = {home[0] for home in homes} - {home[0] for home in homes if home not in sent}
    replaced = {stem for home, stem in homes.items() if home in sent}
    for path in sorted(place.iterdir()):
        flat = path.suffix == ".html"
        stem = path.stem if flat else path.name
        page = path if flat else path / f"{stem}.html"
        owner = _owner(stem, {home[0] for home in homes}) if everybody else ""
        wanted = stem in replaced if flat else False
        gone = stem not in stems and owner in whole
        if (wanted or gone) and not path.is_symlink() and _is_ours(page):
            yield page


def _owner(stem: str, students: Iterable[str]) -> str:
    """Return whose file this may be: where two ids fit (``ana`` and ``ana-maria``), the longer one's."""
    return max((i for i in students if stem.startswith((f"{i}-", f"{i}+"))), key=len, default="")


def _is_ours(page: Path) -> bool:
    """Return whether a file is a page for a home, made by this program."""
    if page.is_symlink() or not page.is_file():
        return False
    try:
        with page.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return False
    return all(mark in head for mark in _OURS)
