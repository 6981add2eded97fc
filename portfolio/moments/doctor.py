"""Looking at the computer: what it has, what it lacks, how to mend it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portfolio import files
from portfolio.errors import PortfolioError
from portfolio.words import Speech

ROOM = 500 * 1024 * 1024
"""Bytes a class of thirty with pictures may need."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well or not, a sentence with its values, and whether one can do without."""

    well: bool
    msgid: str
    values: dict[str, Any] = field(default_factory=dict)
    optional: bool = False

    def say(self, say: Speech) -> str:
        """Return the sentence in a language."""
        return say(self.msgid, **self.values)


def examine(class_folder: Path | None = None) -> tuple[Finding, ...]:
    """Return what was found, most important first; looks into a class folder if one is given."""
    looks: list[Callable[[], Iterable[Finding]]] = [
        _python,
        _packages,
        _kernel,
        _templates,
        _database,
        _browser,
    ]
    found = [finding for look in looks for finding in look()]
    return (*found, *(_class(class_folder) if class_folder else ()))


def _python() -> Iterable[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(
        sys.version_info >= (3, 11), "Python {version} (3.11 or newer is needed).", {"version": version}
    )


def _packages() -> Iterable[Finding]:
    for name in (
        "jupyterlab",
        "ipywidgets",
        "voila",
        "nbconvert",
        "anywidget",
        "matplotlib",
        "pillow",
        "pypdfium2",
        "sqlalchemy",
        "alembic",
    ):
        try:
            yield Finding(
                True, "{package} {version}", {"package": name, "version": importlib.metadata.version(name)}
            )
        except importlib.metadata.PackageNotFoundError:
            yield Finding(False, "{package} is missing. Install it: pip install {package}", {"package": name})
    doors = importlib.metadata.entry_points(group="nbconvert.exporters", name="portfolio")
    if not tuple(doors):
        yield Finding(False, "nbconvert does not know “--to portfolio”. Install Portfolio again with pip.")


def _kernel() -> Iterable[Finding]:
    if importlib.util.find_spec("ipykernel") is None:
        yield Finding(False, "No notebook can run: ipykernel is missing. Install it: pip install ipykernel")
        return
    from jupyter_client.kernelspec import KernelSpecManager

    found = "python3" in KernelSpecManager().find_kernel_specs()
    yield Finding(
        found, "The Python kernel for notebooks. If it is missing: python -m ipykernel install --sys-prefix"
    )


def _templates() -> Iterable[Finding]:
    for path in (files.class_templates(), files.page_templates(), files.jupyter_templates() / "voila"):
        yield Finding(
            path.is_dir(),
            "Templates in {path}. If they are missing, install Portfolio again.",
            {"path": path},
        )


def _database() -> Iterable[Finding]:
    yield Finding(True, "SQLite {version}", {"version": sqlite3.sqlite_version})


def _browser() -> Iterable[Finding]:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "firefox")
    found = next((name for name in names if shutil.which(name)), None)
    if found:
        yield Finding(True, "A browser: {name}", {"name": found}, optional=True)
    else:
        yield Finding(
            False, "No browser was found on the path. Desks need one; files for home do not.", optional=True
        )


def _class(path: Path) -> Iterable[Finding]:
    from portfolio.moments.check import check_class
    from portfolio.moments.help_pictures import picture_troubles
    from portfolio.moments.spoken import troubles
    from portfolio.store.class_folder import open_class

    free = shutil.disk_usage(path if path.exists() else Path.cwd()).free
    yield Finding(free > ROOM, "Room on the disk: {n} MB. A class needs about 500.", {"n": free // 1_000_000})
    try:
        checked = check_class(open_class(path))
    except PortfolioError as error:
        yield Finding(False, error.msgid, error.values)
        return
    for one in checked:
        if one.trouble is not None:
            yield Finding(False, one.trouble.msgid, one.trouble.values)
        for entry in one.damaged:
            yield Finding(
                False,
                "In {student}’s book the entry “{entry}” cannot be read. The rest is whole; its history may help.",
                {"student": one.student.name, "entry": entry},
            )
    for trouble in (*troubles(open_class(path)), *picture_troubles(open_class(path))):
        yield Finding(False, trouble.msgid, trouble.values)
    yield Finding(True, "The class in {path} has {n} students.", {"path": path, "n": len(checked)})
