"""Look at everything in a class folder, change nothing, and name what is not as it should be."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing

from portfolio.errors import PortfolioError, StorageTrouble
from portfolio.store.class_folder import SECRET_BYTES, ClassFolder
from portfolio.store.database_trouble import newer
from portfolio.store.findings import HARMLESS, Finding, What
from portfolio.store.integrity_media import examine_media
from portfolio.store.integrity_rows import Needs, examine_rows, opened, version_of
from portfolio.store.tables import STORE_VERSION

__all__ = ["HARMLESS", "Finding", "What", "examine"]


def examine(folder: ClassFolder) -> tuple[Finding, ...]:
    """Return what is not as it should be in a class, the worst first; nothing if all is well.

    Reads every row and every file once. Never raises for a damaged class, follows no link, changes
    nothing (SQLite itself may finish what a killed program left half done).
    """
    found: list[Finding] = []
    needs = Needs()
    for what, part in (
        ("database", lambda: _database(folder, needs)),
        ("template", lambda: _documents(folder)),
        ("template", lambda: _grades(folder)),
        ("secret", lambda: _secret(folder)),
        ("permissions", lambda: _permissions(folder)),
        ("stranger", lambda: _links(folder)),
        ("media_damaged", lambda: examine_media(folder.media, needs)),
    ):
        found += _guarded(what, part)  # type: ignore[arg-type]  # the six words above are all of What
    return tuple(sorted(found, key=lambda finding: finding.harmless))


def _guarded(what: What, part: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield what a part finds; what stops it becomes a finding itself."""
    try:
        yield from part()
    except PortfolioError as error:
        yield Finding.of(error, what, what)
    except (OSError, ValueError, RecursionError) as error:
        yield Finding.of(_stopped(error), what, what)


def _stopped(error: Exception) -> StorageTrouble:
    why = error.strerror if isinstance(error, OSError) else None
    return StorageTrouble(
        "A part of this class cannot be looked at ({why}). Check the disk, or restore a backup of the class.",
        why=why or type(error).__name__,
    )


def _database(folder: ClassFolder, needs: Needs) -> Iterator[Finding]:
    name = folder.database.name
    if folder.database.is_symlink():
        return  # _links says so
    with closing(opened(folder.database)) as connection:
        version = version_of(connection, name)
        if version > STORE_VERSION:
            yield Finding.of(newer(name, version, STORE_VERSION), "database", name)
            return
        yield from examine_rows(connection, name, version, needs)


def _documents(folder: ClassFolder) -> Iterator[Finding]:
    from portfolio.store.notebook_file import outline_of

    looks: tuple[tuple[What, str, Callable[[], object]], ...] = (
        ("template", folder.template_file.name, folder.template),
        ("notebook", folder.student_notebook.name, folder.outline),
        ("notebook", folder.conference_notebook.name, lambda: outline_of(folder.conference_notebook)),
    )
    for what, name, look in looks:
        try:
            look()
        except PortfolioError as error:
            yield Finding.of(error, what, name)


def _grades(folder: ClassFolder) -> Iterator[Finding]:
    from portfolio.store.template_pair import decided

    name = folder.template_file.name
    if decided(folder):
        yield Finding(
            "leftover",
            name,
            "A change of what the books ask was cut off. Open the teacher’s desk once: it then comes to its end, or is "
            "undone.",
            {},
        )
        return
    try:
        asked, ours = folder.template().age_band, _band(folder)
    except (PortfolioError, sqlite3.Error, ValueError):
        return  # told above
    if ours and asked != ours:
        yield Finding(
            "template",
            name,
            "“{file}” is for grades {theirs}, the class is for grades {ours}. Write “age_band: {ours}” in the file if "
            "its questions fit. Else choose the grades in “Setting up”, or bring back what the books asked before.",
            {"file": name, "theirs": asked, "ours": ours},
        )


def _band(folder: ClassFolder) -> str:
    """Return the grades the class says it is for; "" if it says none. The file is only read."""
    with closing(opened(folder.database)) as connection:
        row = connection.execute("SELECT body FROM classes").fetchone()
    told = json.loads(row[0]) if row else {}
    return str(told.get("age_band", "")) if isinstance(told, dict) else ""


def _secret(folder: ClassFolder) -> Iterator[Finding]:
    """No backup holds this file, so what to do is always to have a new one made."""
    told = {"file": ".portfolio/secret"}
    try:
        size = folder.secret.lstat().st_size
    except FileNotFoundError:
        yield Finding(
            "secret",
            "secret",
            "The file that signs visits (“{file}”) is missing. No work is lost: the next start makes a new one. Then "
            "everybody opens the book once more, secret pictures are others, and for a home’s answer with an older "
            "code you say whose it is.",
            told,
        )
        return
    if size != SECRET_BYTES:
        yield Finding(
            "secret",
            "secret",
            "The file that signs visits (“{file}”) is damaged. Delete it: no work is lost, and the next start makes a "
            "new one. Then everybody opens the book once more, secret pictures are others, and for a home’s answer "
            "with an older code you say whose it is.",
            told,
        )


def _permissions(folder: ClassFolder) -> Iterator[Finding]:
    if os.name == "nt":
        return  # Windows keeps them elsewhere
    for path, unsafe in ((folder.secret, 0o077), (folder.hidden, 0o007), (folder.path, 0o007)):
        try:
            mode = stat.S_IMODE(path.lstat().st_mode)
        except OSError:
            continue
        # below a closed folder nobody else comes in
        if mode & unsafe:
            yield Finding(
                "permissions",
                str(path.relative_to(folder.path)),
                "“{file}” can be read by other people on this computer. It should be yours alone.",
                {"file": path.name},
                mendable=True,
            )


def _links(folder: ClassFolder) -> Iterator[Finding]:
    parts = [
        folder.template_file, folder.student_notebook, folder.conference_notebook, folder.database,
        folder.media, folder.home, folder.hidden,
    ]  # fmt: skip
    if folder.home.is_dir() and not folder.home.is_symlink():
        of_homes = sorted(folder.home.iterdir())
        inside = (one for one in of_homes if one.is_dir() and not one.is_symlink())
        parts += [*of_homes, *(path for one in inside for path in sorted(one.iterdir()))]
    for part in parts:
        if part.is_symlink():
            yield Finding(
                "stranger",
                str(part.relative_to(folder.path)),
                "“{file}” is a link to another place, and a class never reaches out of its folder. "
                "Put the real file or folder there.",
                {"file": part.name},
            )
