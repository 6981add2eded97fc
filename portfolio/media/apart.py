"""Drawing done apart: documents and HEIC photos are opened in a process of their own, with limits.

The libraries that open them are large and written in C++. A file made to break them breaks a process that
holds nothing, may not write a file, and is stopped by the clock. What it sends back are bare dots, whose
number is checked before they are taken.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, Literal

from portfolio.media.parts import MAX_DOTS, MAX_PROFILE_BYTES, Parts

_WORKER = Path(__file__).with_name("apart_worker.py")
_LONGEST_LINE = 4096

SECONDS_ALL = 20.0
"""The most that one file may take, however many pages it has."""

Reason = Literal["slow", "broken", "locked", "memory", "missing", "died"]


class Stopped(Exception):
    """The work apart came to no good end; never shown to anybody, whoever asked words it."""

    def __init__(self, reason: Reason) -> None:
        """Keep why: too slow, broken, locked, no memory, library missing, or the process died.

        Dying is how C++ runs out of memory.
        """
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True)
class Drawing:
    """One page, or the one photo, as bare dots."""

    parts: Parts
    page_count: int
    """How many pages the file has, whether drawn or not."""


def draw_apart(
    work: Literal["pdf", "heic"],
    raw: bytes,
    *,
    longest: int,
    most: int,
    seconds_each: float,
    seconds_all: float = SECONDS_ALL,
) -> Iterator[Drawing]:
    """Yield the first ``most`` pages of a file, drawn with no side over ``longest`` dots (a photo: as it is).

    ``seconds_each`` and ``seconds_all`` are how long to wait for a page and for everything. Raises
    ``Stopped``. The process is gone when the last page has come or the caller stops asking.
    """
    command = [sys.executable, "-I", str(_WORKER), work, str(longest), str(most), str(int(seconds_all) + 5)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    arrived: SimpleQueue[Drawing | Stopped | None] = SimpleQueue()
    talk = threading.Thread(target=_talk, args=(process, raw, most, arrived), daemon=True)
    talk.start()
    last = time.monotonic() + seconds_all
    try:
        while (found := _next(arrived, min(seconds_each, last - time.monotonic()))) is not None:
            yield found
    finally:
        process.kill()
        process.wait()
        talk.join()


def _next(arrived: SimpleQueue[Drawing | Stopped | None], seconds: float) -> Drawing | None:
    """Return what arrives next, or nothing at the end; raise ``Stopped`` when it takes too long."""
    try:
        found = arrived.get(timeout=max(0.0, seconds))
    except Empty:
        raise Stopped("slow") from None
    if isinstance(found, Stopped):
        raise found
    return found


def _talk(
    process: subprocess.Popen[bytes], raw: bytes, most: int, arrived: SimpleQueue[Drawing | Stopped | None]
) -> None:
    """Hand the file over, then pass on what comes back; whatever goes wrong is told in the queue."""
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    assert process.stdout is not None  # noqa: S101 - the same
    with process.stdin, process.stdout:
        try:
            with suppress(BrokenPipeError, OSError):  # it ended early: what it said tells why
                process.stdin.write(raw)
                process.stdin.close()
            for _ in range(most):
                found = _read_one(process.stdout)
                if found is None:
                    break
                arrived.put(found)
            arrived.put(None)
        except Stopped as stopped:
            arrived.put(stopped)
        except (OSError, ValueError, KeyError, TypeError, MemoryError):
            arrived.put(Stopped("broken"))


def _read_one(stream: IO[bytes]) -> Drawing | None:
    """Read one drawing: a line that says how large it is, its dots, its color profile."""
    line = stream.readline(_LONGEST_LINE)
    told: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {"stopped": "died"}
    if "stopped" in told:
        why: Reason = (
            told["stopped"] if told["stopped"] in ("locked", "memory", "missing", "died") else "broken"
        )
        raise Stopped(why)
    if "end" in told:
        return None
    width, height, of_profile = int(told["width"]), int(told["height"]), int(told["profile"])
    if not (0 < width * height <= MAX_DOTS and width > 0 and 0 <= of_profile <= MAX_PROFILE_BYTES):
        raise Stopped("broken")
    header = b"P6 %d %d 255\n" % (width, height)
    stream_bytes = header + _exactly(stream, 3 * width * height)
    profile = _exactly(stream, of_profile)
    return Drawing(Parts("PPM", width, height, stream_bytes, b"", profile), int(told["pages"]))


def _exactly(stream: IO[bytes], count: int) -> bytes:
    """Read ``count`` bytes, no more and no fewer."""
    found = stream.read(count)
    if len(found) != count:
        raise Stopped("broken")
    return found
