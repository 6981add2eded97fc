"""Measure what sending a whole class home costs as it grows: ``python benchmarks/whole_class.py``.

    python benchmarks/whole_class.py --sizes 30,300,1000 --write     # the table of docs/benchmarks.md

Invented classes (no pictures), each run a new process with everything a teacher waits for: start, reading, making,
writing. "For the first time" draws charts that nobody has drawn yet; "anew" finds them; "nothing new" finds every
file ready. Memory is that of the largest process of the run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.measure import Usage, environment, run  # noqa: E402 - found only once the root is on the path
from benchmarks.report import put_into  # noqa: E402 - the same

BEGIN, END = (
    "<!-- whole class: written by benchmarks/whole_class.py --write -->",
    "<!-- end of the whole class -->",
)
GUIDE = ROOT / "docs" / "benchmarks.md"
WAYS: Final = (
    ("for the first time", ()),
    ("anew, one worker", ("--again", "--workers", "1")),
    ("anew, as many workers as pay", ("--again",)),
    ("nothing new", ()),
)


def measured(place: Path, size: int) -> list[tuple[str, Usage, int]]:
    """Return for each way what it took, and how many files there were."""
    folder = place / str(size)
    make = [sys.executable, "-m", "benchmarks.invented", str(folder), "--students", str(size)]
    subprocess.run(make, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    env = environment(place / "own", PYTHONPATH=str(ROOT))
    found = []
    for name, asked in WAYS:
        command = [sys.executable, "-m", "portfolio", "send-home", str(folder), "--json", *asked]
        usage = run(command, cwd=place, environment=env)
        files = len(list((folder / "home").rglob("*.html")))
        found.append((name, usage, files))
    return found


def as_table(figures: Sequence[tuple[int, str, Usage, int]]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| children | files | how | CPU s | CPU ms a file | wall s | memory MB |",
        "|--:|--:|--|--:|--:|--:|--:|",
    ]
    for size, name, usage, files in figures:
        each = usage.cpu * 1000 / max(1, files)
        lines.append(
            f"| {size:,} | {files:,} | {name} | {usage.cpu:.1f} | {each:.1f} | {usage.wall:.1f} | {usage.peak / 1e6:.0f} |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the classes, measure, print the table; ``--write`` puts it into the guide."""
    reader = argparse.ArgumentParser(description="Measure what a whole class costs as it grows.")
    reader.add_argument("--sizes", default="30,300,1000")
    reader.add_argument("--write", action="store_true")
    asked: Any = reader.parse_args(arguments)
    figures = []
    with tempfile.TemporaryDirectory(prefix="portfolio-whole-") as made:
        for size in sorted(int(n) for n in asked.sizes.split(",")):
            figures += [(size, *one) for one in measured(Path(made), size)]
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    said = (
        f"{as_table(figures)}\n\nOne run of each, in a new process, start included; load at the end {load}."
    )
    print(said)
    if asked.write:
        put_into(GUIDE, said, BEGIN, END)
    return 0


if __name__ == "__main__":
    sys.exit(main())
