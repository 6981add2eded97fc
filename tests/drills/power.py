"""A disk on paper for SQLite: it remembers every request, and knows what a power cut would leave.

``captured`` notes the statements a real store sends. ``record`` lets SQLite carry them out on the paper disk,
with its writes, syncs, truncations and deletions in a row. ``Cut`` makes one state a cut may leave: what was
synced is there; of what was not, everything, nothing, a beginning or any part, the last write torn at a
sector of 512 bytes. Names made or deleted since their folder was synced may be there or not.
"""

# ruff: noqa: N802 - SQLite's own names for what it asks of a disk
from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import apsw
from sqlalchemy import Engine, event

SECTOR = 512
ACKNOWLEDGED = "acknowledged"
MAIN = "class.sqlite"

Request = tuple[Any, ...]
"""One of ``(create, name, file)``, ``(write, file, place, bytes)``, ``(truncate, file, size)``,
``(sync, file)``, ``(sync folder,)``, ``(delete, name)``, ``(acknowledged, number)``."""


@contextmanager
def captured() -> Iterator[list[str]]:
    """Note every statement that stores opened inside of the block send to SQLite, values filled in."""
    noted: list[str] = []

    def listen(connection: sqlite3.Connection, _record: object) -> None:
        connection.set_trace_callback(noted.append)

    event.listen(Engine, "connect", listen, insert=True)
    try:
        yield noted
    finally:
        event.remove(Engine, "connect", listen)


@dataclass
class Paper:
    """The files as they are now, and every request that led there."""

    names: dict[str, int] = field(default_factory=dict)
    files: dict[int, bytearray] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)


class _File:
    """One open file on paper; SQLite calls these methods."""

    def __init__(self, paper: Paper, name: str, number: int, *, fresh: bool) -> None:
        self._paper, self._name, self._number = paper, name, number
        self._fresh, self._level = fresh, 0

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._paper.files[self._number][offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        put(self._paper.files[self._number], offset, bytes(data))
        self._paper.requests.append(("write", self._number, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        del self._paper.files[self._number][size:]
        self._paper.requests.append(("truncate", self._number, size))

    def xSync(self, flags: int) -> None:
        self._paper.requests.append(("sync", self._number))
        if self._fresh:  # as SQLite does on Unix: the first sync of a new journal also syncs its folder
            self._paper.requests.append(("sync folder",))
            self._fresh = False

    def xFileSize(self) -> int:
        return len(self._paper.files[self._number])

    def xLock(self, level: int) -> None:
        self._level = level

    def xUnlock(self, level: int) -> None:
        self._level = level

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        # what SQLite takes for granted on Unix: bytes beside a write stay as they were
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xClose(self) -> None:
        pass


class _Disk(apsw.VFS):
    """The paper disk as SQLite sees it."""

    def __init__(self, name: str, paper: Paper) -> None:
        super().__init__(name, base="")
        self._paper = paper

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        paper = self._paper
        fresh = path not in paper.names
        if fresh:
            paper.names[path] = len(paper.files)
            paper.files[paper.names[path]] = bytearray()
            paper.requests.append(("create", path, paper.names[path]))
        flags[1] = flags[0]
        return _File(paper, path, paper.names[path], fresh=fresh and path != MAIN)

    def xDelete(self, name: str, sync_folder: bool) -> None:
        del self._paper.names[name]
        self._paper.requests.append(("delete", name))
        if sync_folder:
            self._paper.requests.append(("sync folder",))

    def xAccess(self, name: str, flags: int) -> bool:
        return name in self._paper.names

    def xFullPathname(self, name: str) -> str:
        return name


def put(data: bytearray, offset: int, more: bytes) -> None:
    """Write into a file on paper; what lies between its end and ``offset`` becomes zeros."""
    data.extend(bytes(max(0, offset - len(data))))
    data[offset : offset + len(more)] = more


def record(statements: list[str], *, before: tuple[str, ...] = ()) -> list[Request]:
    """Let SQLite carry out statements on the paper disk, after those in ``before``; return its requests.

    A statement ``-- acknowledged N`` notes that save N was acknowledged there.
    """
    paper = Paper()
    disk = _Disk("paper", paper)
    connection = apsw.Connection(MAIN, vfs="paper")
    for statement in before:
        list(connection.execute(statement))
    for statement in statements:
        if statement.startswith(f"-- {ACKNOWLEDGED} "):
            paper.requests.append((ACKNOWLEDGED, int(statement.rpartition(" ")[2])))
        elif not statement.startswith("--"):
            list(connection.execute(statement))
    requests = list(paper.requests)  # what closing does is no part of it
    connection.close()
    disk.unregister()
    return requests


@dataclass
class _Inode:
    sure: bytes = b""
    unsure: list[Request] = field(default_factory=list)


class Cut:
    """What is sure and what is not after the first ``until`` requests."""

    def __init__(self, requests: list[Request]) -> None:
        self._files: dict[int, _Inode] = {}
        self._sure: dict[str, int] = {}
        self._unsure: list[Request] = []
        self.acknowledged = 0
        for request in requests:
            self.take(request)

    def take(self, request: Request) -> None:
        """Go on by one request."""
        what, *rest = request
        if what == ACKNOWLEDGED:
            self.acknowledged = rest[0]
        elif what == "create":
            self._files[rest[1]] = _Inode()
            self._unsure.append(request)
        elif what == "delete":
            self._unsure.append(request)
        elif what == "sync folder":
            self._sure, self._unsure = _named(self._sure, self._unsure), []
        elif what == "sync":
            inode = self._files[rest[0]]
            inode.sure, inode.unsure = _written(inode.sure, inode.unsure), []
        else:
            self._files[rest[0]].unsure.append(request)

    def left(self, dice: random.Random) -> dict[str, bytes]:
        """Return one state of the files that a cut just now may leave."""
        names = _named(self._sure, _some(self._unsure, dice))
        found = {}
        for name, number in names.items():
            inode = self._files[number]
            some = _some(inode.unsure, dice)
            if some and dice.random() < 0.5:
                some = [*some[:-1], *_torn(some[-1], dice)]
            found[name] = _written(inode.sure, some)
        return found


def _some(requests: list[Request], dice: random.Random) -> list[Request]:
    """Return all, none, a beginning, or any part of what was not synced, in its order."""
    way = dice.randrange(4)
    if way == 0:
        return list(requests)
    if way == 1:
        return []
    if way == 2:
        return requests[: dice.randint(0, len(requests))]
    return [request for request in requests if dice.random() < 0.5]


def _torn(request: Request, dice: random.Random) -> list[Request]:
    """Return only some sectors of a write."""
    if request[0] != "write":
        return [request]
    _, file, place, data = request
    pieces = range(0, len(data), SECTOR)
    return [("write", file, place + at, data[at : at + SECTOR]) for at in pieces if dice.random() < 0.5]


def _written(sure: bytes, requests: list[Request]) -> bytes:
    data = bytearray(sure)
    for request in requests:
        if request[0] == "write":
            put(data, request[2], request[3])
        else:
            del data[request[2] :]
    return bytes(data)


def _named(sure: dict[str, int], requests: list[Request]) -> dict[str, int]:
    names = dict(sure)
    for request in requests:
        if request[0] == "create":
            names[request[1]] = request[2]
        else:
            names.pop(request[1], None)
    return names


def cuts(
    requests: list[Request], since: int
) -> Iterator[Callable[[random.Random], tuple[int, dict[str, bytes]]]]:
    """Yield, for the moment after each request from number ``since`` on, what draws a state of it.

    A state is how many saves were acknowledged by then, and the files that are left.
    """
    cut = Cut(requests[:since])
    for request in requests[since:]:
        cut.take(request)
        yield lambda dice: (cut.acknowledged, cut.left(dice))
