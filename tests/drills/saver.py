"""A program that saves without end and says after each save that it is done. It is meant to be killed.

``saver.py nursery`` reads lines ``words FOLDER N``, ``pictures FOLDER N`` or ``parts FOLDER N`` (tabs between).
For each it makes a child that says its process id, then saves for ever: goal ``g1`` says N, N + 1, …, or
pictures number N, N + 1, … are kept, or parts number N, N + 1, … of files that come in. When somebody has
killed the child, it says ``gone``.

``saver.py forever words FOLDER N`` (or ``pictures``) does the same in one process, without being asked.

``saver.py marks FOLDER NAME COUNT`` puts COUNT marks into goal ``shared``, while others do the same.
``saver.py desk FOLDER WHO COUNT`` does so at a desk, as a browser does: it only knows what it saw last.
``saver.py undoing FOLDER NAME COUNT`` takes every third of its marks back and says which ones stayed.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from portfolio.errors import ChangedMeanwhile
from portfolio.model import Goal, Passage
from portfolio.moments.desk import StudentDesk
from portfolio.moments.history import undo
from portfolio.store.class_folder import book_of, open_class
from portfolio.store.sql import SqlStore
from portfolio.store.uploads import Uploads

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


PARTS, PART = 12, 40_000
"""How many parts a file has that comes in, and the bytes of one."""


def file_name(file: int) -> str:
    """Return the id of a file that comes in."""
    return f"{file:016x}"


def file_bytes(file: int) -> bytes:
    """Return a file that comes in: always the same for one number."""
    return random.Random(file).randbytes(PARTS * PART)


def parts(folder: Path, first: int) -> None:
    """Bring files in for ever, part by part, going on where the last one stopped: number N // 12, part N % 12."""
    spool = Uploads(folder / "uploads")
    for file in count(first // PARTS):
        raw = file_bytes(file)
        certain = spool.have("maya", file_name(file))
        while certain < len(raw):
            part = raw[certain : certain + PART]
            certain = spool.put("maya", file_name(file), certain, part, len(raw), now=AT)
            say(file * PARTS + certain // PART)


def marks(store: SqlStore, name: str, how_many: int) -> None:
    """Add marks to one goal that others change too, trying again whenever they were quicker."""
    for number in range(how_many):
        _mark(store, f"{name}{number}")


def _mark(store: SqlStore, mark: str) -> int:
    """Put in one mark and return the version that made."""
    while True:
        there = store.entry("p1", "shared")
        assert isinstance(there.entry, Goal)
        more = there.entry.but(goal=Passage(text=f"{there.entry.goal.text} {mark}"))
        try:
            return store.keep("p1", more, expected=there.version, by="student", at=AT).version
        except ChangedMeanwhile:
            continue


def undoing(store: SqlStore, name: str, how_many: int) -> None:
    """Put in marks and take every third back, unless somebody else has written since; say those that stay."""
    for number in range(how_many):
        version = _mark(store, f"{name}{number}")
        try:
            if number % 3 == 2:
                undo(store, "p1", "shared", expected=version, by="student", at=AT)
                continue
        except ChangedMeanwhile:
            pass  # it stays
        say(f"{name}{number}")


def desk(folder: str, who: str, how_many: int) -> None:
    """Put marks into one goal at a desk; shown two versions, take theirs and put the mark behind it."""
    opened_class = open_class(folder)
    store = opened_class.store()
    book = book_of(store, opened_class.template(), opened_class.outline(), "maya")
    table = StudentDesk(store, book, lambda: AT, lambda: "x", by=who)
    seen = store.entry("p1", "goal-1")
    assert isinstance(seen.entry, Goal)
    text, version = seen.entry.goal.text, seen.version
    for number in range(how_many):
        mark = f"{who[0]}{number}"
        while True:
            try:
                saved = table.save("goals", "goal-1", "goal", f"{text} {mark}", version)
            except ChangedMeanwhile as changed:
                text = str(changed.values.get("theirs", text))
                version = int(str(changed.values.get("version", version)))
            else:
                text, version = saved.value, saved.version
                break


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
            if what == "parts":
                parts(Path(folder), int(number))
            {"words": words, "pictures": pictures}[what](opened(folder), int(number))
        os.waitpid(child, 0)
        say("gone")


def say(something: object) -> None:
    """Write a line to whoever started us, in one piece: whoever is killed has said all of it or nothing."""
    os.write(sys.stdout.fileno(), f"{something}\n".encode())


if __name__ == "__main__":
    if sys.argv[1] == "nursery":
        nursery()
    elif sys.argv[1] == "forever":
        {"words": words, "pictures": pictures}[sys.argv[2]](opened(sys.argv[3]), int(sys.argv[4]))
    elif sys.argv[1] == "desk":
        desk(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        {"marks": marks, "undoing": undoing}[sys.argv[1]](opened(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
