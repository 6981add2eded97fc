"""Watching which paths a program touches, as Python itself reports them (PEP 578).

Reported are opening, making, renaming, removing and listing files, and opening databases. Asking whether a
file exists is not, nor what a library in C opens by itself.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
_EVENTS = {
    "open", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
    "os.utime", "os.listdir", "os.scandir", "os.chown", "os.setxattr", "shutil.rmtree", "sqlite3.connect",
}  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Watcher:
    """Notes each path that is touched and lies neither in our folder nor among what Python itself needs."""

    def __init__(self, ours: Path) -> None:
        self.ours, self.seen, self.elsewhere = str(ours), 0, set[str]()
        needed = (
            sys.prefix,
            sys.base_prefix,
            str(ROOT),
            "/usr/share/zoneinfo",
            "/proc",
            "/dev",
            "/usr/lib",
            "/lib",
        )
        self._needed = tuple(os.path.realpath(place) for place in needed)
        self._files = {"/etc/mime.types", "/etc/localtime", "/etc/nsswitch.conf"}
        self._on = False
        sys.addaudithook(self._look)

    def watch(self, on: bool) -> None:
        """Begin or stop."""
        self._on = on

    def _look(self, event: str, args: tuple[Any, ...]) -> None:
        if not self._on or event not in _EVENTS:
            return
        # of a new link only its own place counts: what it leads to is not touched
        paths = args[:2] if event in ("os.rename", "os.link") else args[event == "os.symlink" :][:1]
        writes = event != "open" or bool(args[2] and args[2] & _WRITES)
        reads = event in ("os.listdir", "os.scandir") or not writes
        for path in paths:
            if isinstance(path, str | bytes | os.PathLike):
                where = _within(event, os.fsdecode(path), args[-1])
                if where:
                    self._judge(event, where, reads=reads)

    def _judge(self, event: str, path: str, *, reads: bool) -> None:
        self.seen += 1
        if event == "sqlite3.connect":
            path = unquote(urlsplit(path).path) if path.startswith("file:") else path
            if path in (":memory:", ""):
                return
        # a link that is itself removed or replaced counts where it lies, what is opened counts where it leads
        keeps_links = event in ("os.remove", "os.rename", "os.symlink", "os.rmdir", "os.link")
        head, tail = os.path.split(os.path.abspath(path))  # noqa: PTH100 - before anything is resolved
        real = os.path.realpath(head) + os.sep + tail if keeps_links else os.path.realpath(path)
        inside = real == self.ours or real.startswith(self.ours + os.sep)
        known = reads and (real in self._files or any(real.startswith(place) for place in self._needed))
        if not inside and not known:
            self.elsewhere.add(f"{event} {real[:120]}")


def _within(event: str, path: str, folder: Any) -> str:
    """Return a path that is told relative to an open folder as a whole one; nothing where that is not told."""
    if os.sep in path or event not in ("open", "os.remove", "os.rmdir"):
        return path
    if event == "open":
        # Python does not say which folder is meant. It is part of removing a tree, whose top was looked at.
        return ""
    opened = Path(f"/proc/self/fd/{folder}")
    return str(opened.resolve() / path) if isinstance(folder, int) and opened.exists() else path
