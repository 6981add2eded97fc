"""Whatever is made to fill the memory or to keep a computer busy is refused, or taken, within 5 seconds and 500 MB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.drills import heavy
from tests.drills.test_saving_drill import ROOT
from tests.tally import tally

SECONDS, MEGABYTES = 5.0, 500.0
SHORT = (
    "a GIF of 65 million dots",
    "a zip that lies about a size",
    "a template of aliases of aliases",
    "a roster of NULs",
)
DOORS = heavy.doors()


def sent(door: str, make: Callable[[], bytes], file: Path) -> tuple[str, float, float]:
    """Send a file to a door in a process of its own; return what it says, seconds and megabytes."""
    file.write_bytes(make())
    done = subprocess.run(
        [sys.executable, heavy.__file__, door, str(file)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    file.unlink()
    assert done.returncode == 0, done.stderr[-500:]
    said, seconds, megabytes = json.loads(done.stdout)
    return said, seconds, megabytes


@pytest.mark.parametrize(
    ("door", "names"),
    [
        *(
            (door, tuple(n for n in files if n in SHORT))
            for door, files in DOORS.items()
            if set(SHORT) & set(files)
        ),
        *(
            pytest.param(d, tuple(f), marks=[pytest.mark.drill, pytest.mark.timeout(1800)])
            for d, f in DOORS.items()
        ),
    ],
    ids=[*(f"{door}, short" for door, files in DOORS.items() if set(SHORT) & set(files)), *DOORS],
)
def test_nothing_that_comes_in_hangs_or_fills_the_computer(
    tmp_path: Path, door: str, names: tuple[str, ...]
) -> None:
    """Each file ends in a sentence or in something clean, in at most 5 s of the processor and 500 MB."""
    over, slowest, largest = [], (0.0, ""), (0.0, "")
    with tally(10, f"files made to fill or hang the computer (door: {door})") as told:
        for name in names:
            said, seconds, megabytes = sent(door, DOORS[door][name], tmp_path / "file")
            good = seconds < SECONDS and megabytes < MEGABYTES and (not said or said.endswith((".", "?")))
            told.count(1, int(good))
            slowest, largest = max(slowest, (seconds, name)), max(largest, (megabytes, name))
            told.worst = f"{slowest[0]:.1f} s ({slowest[1]}), {largest[0]:.0f} MB ({largest[1]})"
            if not good:
                over.append(f"{name}: {seconds:.1f} s, {megabytes:.0f} MB, “{said}”")
        assert over == []
