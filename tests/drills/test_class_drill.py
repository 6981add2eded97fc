"""A thousand books at once: one kills its worker, the program itself is killed, and at the end nobody is lost.

The short form runs with every test run, the full count with ``pytest -m drill``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.invented import make_invented
from portfolio.moments import run_state
from portfolio.moments.run_manifest import Manifest
from portfolio.moments.send_home import Wishes, run_home
from tests.breaking import seventh_kills

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from portfolio.moments import run_state
from portfolio.moments.send_home import Wishes, run_home
from portfolio.store.class_folder import open_class
from tests.breaking import seventh_kills
run_state.program = lambda: "this program"
run_home(open_class(sys.argv[1]), Wishes(workers=2, make=seventh_kills))
"""


def full(count: int) -> Any:
    """Return the full count of a drill, for ``pytest -m drill`` only."""
    return pytest.param(count, marks=[pytest.mark.drill, pytest.mark.timeout(3600)])


@pytest.mark.parametrize("children", [24, full(1000)])
def test_nobody_is_lost_in_a_large_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_on: Callable[..., None], children: int
) -> None:
    """Real pages: a third is made, the program is killed, the next run makes the rest, but for one that kills."""
    only_on("Linux")
    monkeypatch.setattr(run_state, "program", lambda: "this program")
    folder = make_invented(tmp_path / "class", children, sections=3)
    command = [sys.executable, "-c", PROGRAM, str(folder.path)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
    end = time.monotonic() + 1200
    while len(Manifest(folder, folder.home).made()) < children // 3 and time.monotonic() < end:
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    ready = len(Manifest(folder, folder.home).made())
    assert children // 3 <= ready
    run = run_home(folder, Wishes(workers=2, make=seventh_kills))
    lost = {one.student.student_id for one in run.sent if one.path is None}
    assert lost == {"s000007"} and len({one.student.student_id for one in run.sent}) == children
    assert sum(1 for one in run.sent if one.unchanged) >= children // 3
    pages = [one.path for one in run.sent if one.path]
    assert all(page.read_text("utf-8").rstrip().endswith("</html>") for page in pages)
    assert len(pages) == len(list(folder.home.rglob("*.html"))) and not list(folder.home.rglob(".saving*"))
