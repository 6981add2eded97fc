"""A program that saves without end and says after each save that it is done. It is meant to be killed.

``saver.py nursery`` reads lines ``words FOLDER N`` or ``pictures FOLDER N`` (tabs between). For each it
makes a child that says its process id, then saves for ever: goal ``g1`` says N, N + 1, …, or pictures
number N, N + 1, … are kept. When somebody has killed the child, it says ``gone``.

``saver.py forever words FOLDER N`` (or ``pictures``) does the same in one process, without being asked.

``saver.py marks FOLDER NAME COUNT`` puts COUNT marks into goal ``shared``, while others do the same.
"""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from portfolio.errors import ChangedMeanwhile
from portfolio.model import Goal, Passage
from portfolio.store.sql import SqlStore

AT = datetime(2026, 10, 1, tzinfo=UTC)
PADDING = " and so on" * 1500
"""So long that an entry takes several pages of the file: a torn save would show."""


def words(store: SqlStore, first: int) -> None:
    """Save for ever, one number higher each time."""
    version = store.entry("p1", "g1").version
    for number in count(first):
        entry = Goal(entry_id="g1", goal=Passage(text=f"{number}{PADDING}"))
        version = store.keep("p1", entry, expected=version, by="student", at=AT).version
        say(number)


def picture(number: int) -> tuple[str, bytes, bytes]:
    """Return the digest, bytes and small copy of picture number so-and-so: about 200 kB."""
    data = _webp(number.to_bytes(8, "big") * 25_000)
    return hashlib.sha256(data).hexdigest(), data, _webp(data[:2000])


def _webp(content: bytes) -> bytes:
    return b"RIFF" + (len(content) + 4).to_bytes(4, "little") + b"WEBP" + content


def pictures(store: SqlStore, first: int) -> None:
    """Keep pictures for ever."""
    for number in count(first):
        store.keep_picture("maya", *picture(number))
        say(number)


def marks(store: SqlStore, name: str, how_many: int) -> None:
    """Add marks to one goal that others change too, trying again whenever they were quicker."""
    for number in range(how_many):
        while not _mark(store, f"{name}{number}"):
            pass


def _mark(store: SqlStore, mark: str) -> bool:
    there = store.entry("p1", "shared")
    assert isinstance(there.entry, Goal)
    more = there.entry.but(goal=Passage(text=f"{there.entry.goal.text} {mark}"))
    try:
        store.keep("p1", more, expected=there.version, by="student", at=AT)
    except ChangedMeanwhile:
        return False
    return True


def opened(folder: str) -> SqlStore:
    """Open a class."""
    return SqlStore(Path(folder) / "class.sqlite", Path(folder) / "media")


def nursery() -> None:
    """Make a child for each line that comes in. Forking saves loading all libraries two hundred times."""
    for line in sys.stdin:
        what, folder, number = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            say(os.getpid())
            {"words": words, "pictures": pictures}[what](opened(folder), int(number))
        os.waitpid(child, 0)
        say("gone")


def say(something: object) -> None:
    """Write a line to whoever started us, at once."""
    print(something, flush=True)  # noqa: T201 - this is how it tells that a save is done


if __name__ == "__main__":
    if sys.argv[1] == "nursery":
        nursery()
    elif sys.argv[1] == "forever":
        {"words": words, "pictures": pictures}[sys.argv[2]](opened(sys.argv[3]), int(sys.argv[4]))
    else:
        marks(opened(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
