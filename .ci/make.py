"""Set up, run, test and check Portfolio: ``python .ci/make.py COMMAND [ARGUMENTS]``.

The Makefile is a thin door to this file; where there is no ``make`` (Windows), call it directly.
Standard library only: it runs before anything is installed. Nothing here ever asks a question.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checkers import NU, SNIFFER, ensure, ensure_firefox, ensure_java
from chromium import ensure_chromium
from environment import (
    CHECK,
    PINS,
    ROOT,
    RUNTIME,
    TEST,
    VENV,
    Trouble,
    install,
    pip,
    say,
    start,
    venv_python,
    write_pins,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Stages = Sequence[tuple[str, Callable[[], int]]]

PREREQUISITES = """\
what must be there:
  Python 3.11 or newer with venv (Debian and Ubuntu: python3 and python3-venv)
  the first time: a way to your usual package index (100 MB; 190 MB for the tests), and
  500 to 800 MB of disk; it takes a minute or two
  test, drill, ci and full also need Chromium, Chrome or Edge: yours is found (or named by
  PORTFOLIO_CHROMIUM); else it is installed with apt-get where this runs as root, else by Playwright
  ci and full also need npm, which fetches a checker of pages (0.3 MB); drill and full need Firefox
  (80 MB), Java 17 and one more checker (30 MB): found, or installed with apt-get where this runs as root
  make is handy, not needed: python .ci/make.py COMMAND does the same
everything goes into .venv; delete that folder to start afresh. From the second run on no network is needed.
"""


def in_turn(stages: Stages) -> int:
    """Run all stages, also after one has failed; print their times in seconds; return 1 if any failed."""
    told, failed = [], 0
    for name, stage in stages:
        say(f"\n=== {name}")
        begun = time.monotonic()
        try:
            good = stage() == 0
        except Trouble as trouble:
            say(f"error: {trouble}")
            good = False
        failed += not good
        told.append(f"{time.monotonic() - begun:7.1f} s  {name}{'' if good else '  FAILED'}")
    say("\n" + "\n".join(told))
    return min(failed, 1)


def demo(arguments: Sequence[str]) -> int:
    """Show the invented sample class: its home files, then the desks in a browser."""
    install(RUNTIME)
    return start([venv_python(), "-m", "portfolio", "demo", *arguments])


def test(arguments: Sequence[str]) -> int:
    """Run the tests of every day: all but most browser tests, the longest others, and the drills; arguments go to pytest instead."""
    return _pytest(arguments or ["--durations=10", "-m", "not drill and not more"])


def every_test(_: Sequence[str]) -> int:
    """Run the tests every change must pass: those of every day, and all browser tests but the drills."""
    ensure(SNIFFER)
    return _pytest(["--durations=15"])


def drill(arguments: Sequence[str]) -> int:
    """Run the long tests and count what they lost (--write: into docs/reliability.md)."""
    install(TEST)  # the checkers lie in .venv
    for package in (SNIFFER, NU):
        ensure(package)
    ensure_java()
    ensure_firefox()
    chosen = [argument for argument in arguments if argument != "--write"]
    wanted = ["-m", "drill", "--timeout=1800", *chosen]
    with tempfile.TemporaryDirectory(
        prefix="portfolio-drill-"
    ) as place:  # no folder that pytest's plugins empty
        told = Path(place) / "tally.jsonl"
        failed = _pytest(wanted, HYPOTHESIS_PROFILE="drill", PORTFOLIO_TALLY=str(told))
        if chosen:  # only some of them: no figures
            return failed
        write = ["--write"] if "--write" in arguments else []
        return start([venv_python(), ".ci/reliability.py", told, *write]) or failed


def _pytest(arguments: Sequence[str], **extra: str) -> int:
    install(TEST)
    # one more than there are processors: browser tests spend half their time waiting
    workers = os.environ.get("PORTFOLIO_WORKERS") or str(min(6, max(2, os.cpu_count() or 2) + 1))
    # a file stays with one worker: its server starts once, and its tests may build on each other
    spread = ["-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [venv_python(), "-m", "pytest", *spread, *arguments]
    return start(command, PORTFOLIO_CHROMIUM=ensure_chromium(), **extra)


def lint(_: Sequence[str]) -> int:
    """Check style, types, who imports whom, and the house's own gates."""
    install(CHECK)
    python = venv_python()
    steps: dict[str, list[object]] = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
        "import-linter": [shutil.which("lint-imports", path=str(python.parent)) or "lint-imports"],
        "gates": [python, ".ci/gates.py"],
        "plain words": [python, ".ci/plain_words.py", "--check"],
    }
    return in_turn([(name, partial(start, command)) for name, command in steps.items()])


def wheel(_: Sequence[str]) -> int:
    """Build the wheel, install it into a new environment, and try it there."""
    install(CHECK)
    return start([venv_python(), ".ci/wheel.py"])


def bench(arguments: Sequence[str]) -> int:
    """Measure, and print the figures (--short: in a minute)."""
    return _script("benchmarks/run.py", arguments)


def docs_pictures(arguments: Sequence[str]) -> int:
    """Take the pictures of the guide anew."""
    return _script(".ci/pictures.py", arguments)


def _script(path: str, arguments: Sequence[str]) -> int:
    if not (ROOT / path).exists():
        say(f"There is no {path} here: nothing to do.")
        return 0
    install(CHECK)
    return start([venv_python(), path, *arguments], PORTFOLIO_CHROMIUM=ensure_chromium())


def set_up(_: Sequence[str]) -> int:
    """Install everything the other commands need."""
    install(CHECK)
    ensure_chromium()
    ensure(SNIFFER)
    return 0


def ci(_: Sequence[str]) -> int:
    """Do what every change must pass: tests, checks, wheel."""
    stages = {"set-up": set_up, "tests": every_test, "checks": lint, "wheel": wheel}
    return in_turn([(name, partial(stage, [])) for name, stage in stages.items()])


def full(_: Sequence[str]) -> int:
    """Do what every change must pass, then the drills and the short benchmarks."""
    return in_turn(
        [("ci", partial(ci, [])), ("drills", partial(drill, [])), ("bench", partial(bench, ["--short"]))]
    )


def clean(_: Sequence[str]) -> int:
    """Remove what building and testing left; .venv and demo/ stay."""
    caches = [".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache"]
    doomed = [ROOT / name for name in ("build", "dist", "test-results", *caches)]
    for top in ("portfolio", "tests", "benchmarks", "docs", "sample_data", "templates", "notebooks", ".ci"):
        for name in ("__pycache__", ".ipynb_checkpoints"):
            doomed += (ROOT / top).rglob(name)
    for folder in doomed:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def pins(arguments: Sequence[str]) -> int:
    """Write the versions in .venv into .ci/constraints.txt (--newest: bring them all up to date first)."""
    install(CHECK)
    if Path(sys.prefix).resolve() != VENV.resolve():
        return start([venv_python(), __file__, "pins", *arguments])
    if "--newest" in arguments:
        wanted = f"{ROOT}[{','.join(CHECK)}]"
        eager = ("--upgrade", "--upgrade-strategy", "eager")
        if pip(venv_python(), *eager, "--editable", wanted, pinned=False).returncode:
            raise Trouble("pip could not bring everything up to date; the pins stay as they were.")
    say(f"{PINS.relative_to(ROOT)}: {write_pins()} versions")
    return 0


COMMANDS = {
    "set-up": set_up,
    "demo": demo,
    "test": test,
    "lint": lint,
    "wheel": wheel,
    "ci": ci,
    "drill": drill,
    "bench": bench,
    "full": full,
    "docs-pictures": docs_pictures,
    "pins": pins,
    "clean": clean,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code (1 with a sentence for trouble of our own)."""
    told = [f"  {name:<14} {(what.__doc__ or '').splitlines()[0]}" for name, what in COMMANDS.items()]
    parser = argparse.ArgumentParser(
        prog="make",
        usage="make COMMAND [ARGS='...']   or   python .ci/make.py COMMAND [ARGUMENTS]",
        description="commands:\n" + "\n".join(told),
        epilog=PREREQUISITES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=list(COMMANDS), metavar="COMMAND", help="one of the above")
    known = parser.parse_args(arguments[:1] or ["--help"])
    try:
        return COMMANDS[known.command](arguments[1:])
    except Trouble as trouble:
        print(f"error: {trouble}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
