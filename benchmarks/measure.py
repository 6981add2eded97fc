"""Measuring programs from outside: processor time, wall time, memory, over interleaved runs.

Processor time is the figure to trust on a machine that others use too; wall time says how busy it was.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class ProgramFailed(RuntimeError):
    """A measured program ended badly: its figures would mean nothing."""


@dataclass(frozen=True)
class Usage:
    """What one run took: seconds on the processor, seconds by the clock, bytes of memory.

    ``cpu`` counts the program and everything it started and waited for (a kernel). ``peak`` is the
    largest single process among them, not their sum.
    """

    cpu: float
    wall: float
    peak: int


def run(command: Sequence[str | Path], *, cwd: Path, environment: Mapping[str, str] | None = None) -> Usage:
    """Run a program to its end and return what it took. Raises ``ProgramFailed`` with its last words.

    Call it from a small process: Linux counts the memory of whoever starts a program into its peak.
    """
    with tempfile.TemporaryFile() as words:
        begun = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command], cwd=cwd, env=environment, stdout=words, stderr=words
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)  # so that Popen waits no more
        if child.returncode != 0:
            words.seek(0)
            told = words.read()[-2000:].decode("utf-8", "replace")
            raise ProgramFailed(f"{child.args!r} ended with {child.returncode}:\n{told}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Usage(cpu=used.ru_utime + used.ru_stime, wall=wall, peak=used.ru_maxrss * unit)


def median(usages: Sequence[Usage]) -> Usage:
    """Return the middle of each figure."""
    return Usage(
        cpu=statistics.median(u.cpu for u in usages),
        wall=statistics.median(u.wall for u in usages),
        peak=int(statistics.median(u.peak for u in usages)),
    )


def interleaved(ways: Mapping[str, Callable[[], Usage]], runs: int) -> dict[str, list[Usage]]:
    """Return the figures of each way, run in turn (a b c a b c …) so that a busy minute meets all of them."""
    taken: dict[str, list[Usage]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            taken[name].append(way())
    return taken


def ratio(one: Sequence[Usage], other: Sequence[Usage]) -> float:
    """Return how much processor time ``one`` takes for each second of ``other``: the median over rounds."""
    return statistics.median(a.cpu / b.cpu for a, b in zip(one, other, strict=True))


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment programs are measured in: a home of their own, compiled code kept.

    Without kept bytecode each start would compile every module anew, which no user's second start does.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    folders = {
        "HOME": home,
        "XDG_CACHE_HOME": home / "cache",
        "XDG_CONFIG_HOME": home / "config",
        "JUPYTER_CONFIG_DIR": home / "jupyter",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
        "MPLCONFIGDIR": home / "matplotlib",
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {**kept, **{name: str(folder) for name, folder in folders.items()}, **more}
