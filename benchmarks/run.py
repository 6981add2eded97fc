"""Measure the file that goes home against what a good teacher gets today: ``python benchmarks/run.py --short``.

``--full`` takes more rounds; ``--write`` puts the figures into ``docs/benchmarks.md``. It ends with 1 if a
promise is broken that does not depend on the machine (the two doors' bytes, addresses, positions, size), and
with 2, writing nothing, if somebody edited the product meanwhile.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import measure  # noqa: E402 - found only once the root is on the path
from benchmarks.home_file import look_into  # noqa: E402 - the same
from benchmarks.report import Figures, Row, as_table, as_verdicts, put_into  # noqa: E402 - the same


@dataclass(frozen=True)
class Bench:
    """Where the material is, where the results go, and the environment programs run in."""

    place: Path
    environment: dict[str, str]

    def out(self, name: str) -> Path:
        """Return an empty folder for one way's results."""
        folder = self.place / "out" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def run(self, *command: str | Path, cwd: Path | None = None) -> measure.Usage:
        """Run one of the measured programs."""
        return measure.run(command, cwd=cwd or self.place, environment=self.environment)

    # the ways, each a new process

    def cold(self) -> measure.Usage:
        """Ours, everything new: raw photos cleaned, charts drawn, page written."""
        folder, out = self.place / "class", self.out("cold")
        shutil.rmtree(folder / "media" / "child-1", ignore_errors=True)
        shutil.rmtree(folder / ".portfolio" / "charts", ignore_errors=True)
        return self.run(
            sys.executable, "-m", "benchmarks.home_file", "cold", folder, self.place / "photos", out
        )

    def send_home(self) -> measure.Usage:
        """Ours through the plain door, photos and charts kept."""
        return self.run(
            *PORTFOLIO, "send-home", self.place / "class", "--again", "--out", self.out("send_home")
        )

    def nbconvert(self) -> measure.Usage:
        """Ours through nbconvert's door, photos and charts kept."""
        out = self.out("nbconvert")
        chosen = ("--PortfolioExporter.student=child-1", f"--output-dir={out}")
        return self.run(*NBCONVERT, "--to", "portfolio", *chosen, self.place / "class" / "student.ipynb")

    def usual(self) -> measure.Usage:
        """Run the notebook and embed what it shows: the usual way."""
        out = self.out("usual")
        asked = ("--execute", "--to", "html", "--embed-images", f"--output-dir={out}")
        return self.run(*NBCONVERT, *asked, "student.ipynb", cwd=self.place / "usual")

    def thirty(self) -> measure.Usage:
        """Send a class of thirty through the plain door, photos and charts kept."""
        return self.run(
            *PORTFOLIO, "send-home", self.place / "thirty", "--again", "--out", self.out("thirty")
        )


NBCONVERT = (sys.executable, "-m", "jupyter", "nbconvert")
PORTFOLIO = (sys.executable, "-m", "portfolio")
NAMES = {
    "usual": "peer A, the usual way: `nbconvert --execute --to html --embed-images`",
    "cold": "ours, photos and charts new (6 raw photos cleaned, 3 charts drawn, page)",
    "nbconvert": "ours, both kept: `nbconvert --to portfolio`",
    "send_home": "ours, both kept: `portfolio send-home`",
    "thirty": "ours, a class of 30, both kept: `portfolio send-home`",
}


def measured(bench: Bench, runs: int, warm_rounds: int) -> Figures:
    """Return all figures; every way runs once before anything counts, so that all code is compiled."""
    ways: dict[str, Callable[[], measure.Usage]] = {name: getattr(bench, name) for name in NAMES}
    for way in ways.values():
        way()
    taken = measure.interleaved(ways, runs)
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.home_file", "warm", str(bench.place), str(warm_rounds)],
        env=bench.environment, cwd=bench.place, capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = {}
    for name, usages in taken.items():
        files = sorted((bench.place / "out" / name).rglob("*.html"))
        found = [look_into(file.read_text(encoding="utf-8")) for file in files]
        rows[name] = Row(
            name=NAMES[name],
            usage=measure.median(usages),
            to_usual=measure.ratio(usages, taken["usual"]),
            size=max(file.stat().st_size for file in files),
            files=len(files),
            outside=len({address for one in found for address in one.outside}),
            positions=sum(one.positions for one in found),
            decoded=max(one.decoded for one in found),
        )
    return Figures(rows, json.loads(told.stdout), runs, warm_rounds, same_bytes(bench))


def same_bytes(bench: Bench) -> bool:
    """Return whether both doors and the cold start gave the same file in the last round."""
    digests = set()
    for name in ("send_home", "nbconvert", "cold"):
        (file,) = (bench.place / "out" / name).rglob("*.html")
        digests.add(hashlib.sha256(file.read_bytes()).hexdigest())
    return len(digests) == 1


def state_of_code() -> int:
    """Return something that changes when somebody edits what is measured while it is measured."""
    places = (ROOT / "portfolio", ROOT / "templates")
    return hash(
        tuple(sorted((str(f), f.stat().st_mtime_ns) for p in places for f in p.rglob("*.*") if _counts(f)))
    )


def _counts(file: Path) -> bool:
    return file.is_file() and "__pycache__" not in file.parts


def machine() -> str:
    """Return what ran the figures, without names or places."""
    versions = ", ".join(
        f"{name} {version(name)}" for name in ("nbconvert", "matplotlib", "Pillow", "SQLAlchemy")
    )
    load = f"load {os.getloadavg()[0]:.0f} before the run" if hasattr(os, "getloadavg") else "load not known"
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {load}; "
        f"Python {platform.python_version()}, {versions}"
    )


def main(arguments: list[str]) -> int:
    """Make the material, measure, tell; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--short", action="store_true", help="3 rounds (the default)")
    length.add_argument("--full", action="store_true", help="9 rounds")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    asked = parser.parse_args(arguments)
    on, code = machine(), state_of_code()
    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as name:
        place = Path(name) / "material"
        paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        environment = measure.environment(
            Path(name) / "home", PYTHONPATH=paths, JUPYTER_PATH=str(ROOT / "templates")
        )
        # a process of its own: its memory must not count as that of the programs measured later
        subprocess.run(
            [sys.executable, "-m", "benchmarks.material", str(place)], env=environment, cwd=name, check=True,
            capture_output=True,
        )  # fmt: skip
        figures = measured(Bench(place, environment), 9 if asked.full else 3, 60 if asked.full else 15)
    told = f"{as_table(figures)}\n\n{as_verdicts(figures)}\n\nMeasured on: {on}."
    print(told)
    if state_of_code() != code:
        print("\nThe code was changed while it was measured: these figures do not count. Run it again.")
        return 2
    if asked.write:
        put_into(ROOT / "docs" / "benchmarks.md", told)
    return 0 if figures.promises_kept() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
