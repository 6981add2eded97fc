"""Measure how the cost of a class grows with its size: ``python benchmarks/scale.py``.

    python benchmarks/scale.py --sizes 30,300,1000 --write      # the table of docs/benchmarks.md
    python benchmarks/scale.py --sizes 30,1000,100000 --rounds 1 --sections 3 --only open,list,book,save

Each figure is the processor time inside a new process, after everything needed is imported; medians of the
rounds, sizes and operations in turn. "Growth" says by which factor the time goes up for a class ten times as
large: 1 means the size does not matter, 10 means each child costs the same.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.report import put_into  # noqa: E402 - found only once the root is on the path
from portfolio.store.class_folder import ClassFolder, book_of, open_class  # noqa: E402 - the same
from portfolio.store.port import ClassStore  # noqa: E402 - the same
from portfolio.words import speak  # noqa: E402 - the same

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BEGIN, END = "<!-- scale: written by benchmarks/scale.py --write -->", "<!-- end of the scale -->"
GUIDE = ROOT / "docs" / "benchmarks.md"
STUDENT = "s000007"


@contextmanager
def _store(folder: ClassFolder) -> Iterator[ClassStore]:
    store = folder.store()
    try:
        yield store
    finally:
        store.close()


def _open(folder: ClassFolder) -> None:
    with _store(folder) as store:
        store.school_class()


def _list(folder: ClassFolder) -> None:
    with _store(folder) as store:
        assert len(store.students()) == len(store.all_rounds())


def _book(folder: ClassFolder) -> None:
    with _store(folder) as store:
        book_of(store, folder.template(), folder.outline(), STUDENT)


def _save(folder: ClassFolder) -> None:
    with _store(folder) as store:
        (meta,) = store.rounds(STUDENT)
        entry = store.portfolio(meta.portfolio_id).entries()[0]
        kept = store.entry(meta.portfolio_id, entry.entry_id)
        store.keep(meta.portfolio_id, kept.entry, expected=kept.version, by="student", at=AT)


def _look(folder: ClassFolder) -> None:
    from portfolio.moments.check import check_class

    check_class(folder, ())


def _send_one(folder: ClassFolder) -> None:
    from portfolio.moments.send_home import send_home

    with tempfile.TemporaryDirectory() as out:
        assert all(sent.trouble is None for sent in send_home(folder, students=[STUDENT], out=Path(out)))


def _archive(folder: ClassFolder) -> None:
    from portfolio.moments.archiving import archive_class

    with tempfile.TemporaryDirectory() as out:
        archive_class(folder, Path(out) / "class.zip", made_at=AT, say=speak("en"), pages=False)


def _backup(folder: ClassFolder) -> None:
    from portfolio.moments.keeping import back_up

    with tempfile.TemporaryDirectory() as out:
        back_up(folder, Path(out) / "class.zip", made_at=AT)


def _examine(folder: ClassFolder) -> None:
    from portfolio.store.integrity import examine

    examine(folder)


OPERATIONS: Mapping[str, tuple[str, Callable[[ClassFolder], None]]] = {
    "open": ("open the class", _open),
    "list": ("list all children and their rounds", _list),
    "book": ("open one child's book", _book),
    "save": ("save one change", _save),
    "home": ("one child's home file", _send_one),
    "check": ("say what is still empty, all children", _look),
    "archive": ("archive the class (words and pictures)", _archive),
    "backup": ("back the class up, and read it again", _backup),
    "examine": ("read everything and say what is damaged", _examine),
}


def one(name: str, folder: Path) -> dict[str, float]:
    """Do one operation twice, the first time on a class of one to have everything imported; return its cost."""
    import resource

    from benchmarks.invented import make_invented

    work = OPERATIONS[name][1]
    with tempfile.TemporaryDirectory(prefix="portfolio-scale-") as place:
        work(make_invented(Path(place) / "small", 8))
    opened = open_class(folder)
    wall, cpu = time.perf_counter(), time.process_time()
    work(opened)
    taken = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    unit = 1 if sys.platform == "darwin" else 1024
    return {**taken, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}


def measured(
    place: Path, sizes: Sequence[int], names: Sequence[str], rounds: int
) -> dict[tuple[str, int], dict[str, float]]:
    """Return the median cost of each operation at each size."""
    taken: dict[tuple[str, int], list[dict[str, float]]] = {}
    me = [sys.executable, str(Path(__file__).resolve())]
    for _ in range(rounds):
        for size in sizes:
            for name in names:
                told = subprocess.run(
                    [*me, "--one", name, str(place / str(size))], check=True, capture_output=True, text=True
                )
                taken.setdefault((name, size), []).append(json.loads(told.stdout))
    return {
        key: {what: statistics.median(figure[what] for figure in figures) for what in figures[0]}
        for key, figures in taken.items()
    }


def growth(figures: Mapping[tuple[str, int], Mapping[str, float]], name: str, sizes: Sequence[int]) -> float:
    """Return by which factor the time goes up for a class ten times as large, between smallest and largest."""
    small, large = sizes[0], sizes[-1]
    ratio = figures[name, large]["cpu"] / figures[name, small]["cpu"]
    return float(ratio ** (1 / math.log10(large / small)))


def as_table(
    figures: Mapping[tuple[str, int], Mapping[str, float]], sizes: Sequence[int], names: Sequence[str]
) -> str:
    """Return the figures as a Markdown table."""
    heads = [f"{size:,} children, CPU ms" for size in sizes]
    lines = [
        f"| | {' | '.join(heads)} | growth | memory at {sizes[-1]:,}, MB |",
        "|--|" + "--:|" * (len(sizes) + 2),
    ]
    for name in names:
        cells = [f"{figures[name, size]['cpu'] * 1000:,.1f}" for size in sizes]
        peak = figures[name, sizes[-1]]["peak"] / 1e6
        lines.append(
            f"| {OPERATIONS[name][0]} | {' | '.join(cells)} | {growth(figures, name, sizes):.1f} | {peak:,.0f} |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the classes, measure, print the table; ``--write`` puts it into the guide."""
    reader = argparse.ArgumentParser(description="Measure how the cost of a class grows.")
    reader.add_argument("--sizes", default="30,300,1000")
    reader.add_argument("--rounds", type=int, default=3)
    reader.add_argument("--sections", type=int)
    reader.add_argument("--only", default=",".join(OPERATIONS))
    reader.add_argument("--place", type=Path, help="Classes made before, in folders named after their size.")
    reader.add_argument("--write", action="store_true")
    reader.add_argument("--one", nargs=2, metavar=("OPERATION", "CLASS"), help=argparse.SUPPRESS)
    asked: Any = reader.parse_args(arguments)
    if asked.one:
        print(json.dumps(one(asked.one[0], Path(asked.one[1]))))
        return 0
    sizes, names = sorted(int(n) for n in asked.sizes.split(",")), asked.only.split(",")
    with tempfile.TemporaryDirectory(prefix="portfolio-scale-") as made:
        place = asked.place or Path(made)
        for size in sizes:
            if not (place / str(size)).is_dir():
                make = [sys.executable, "-m", "benchmarks.invented", str(place / str(size))]
                more = ["--sections", str(asked.sections)] if asked.sections else []
                subprocess.run([*make, "--students", str(size), *more], check=True, cwd=ROOT)
        table = as_table(measured(place, sizes, names, asked.rounds), sizes, names)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    said = f"{table}\n\nMedians of {asked.rounds} rounds, each figure from a new process; load at the end {load}."
    print(said)
    if asked.write:
        put_into(GUIDE, said, BEGIN, END)
    return 0


if __name__ == "__main__":
    sys.exit(main())
