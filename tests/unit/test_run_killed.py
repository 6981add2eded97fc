"""The program is killed in the middle of a class: nothing half is left, nobody is lost, and the next run goes on."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from portfolio.errors import StorageTrouble
from portfolio.moments import run_state
from portfolio.moments.classes import new_class
from portfolio.moments.run_manifest import Manifest
from portfolio.moments.send_home import Wishes, run_home
from tests import breaking

ROOT = Path(__file__).resolve().parents[2]
CHILDREN = 12
PROGRAM = """
import sys
from portfolio.moments import run_state
from portfolio.moments.send_home import Wishes, run_home
from portfolio.store.class_folder import open_class
from tests import breaking
run_state.program = lambda: "this program"
run_home(open_class(sys.argv[1]), Wishes(workers=2, make=breaking.slow))
"""


def alive(number: int) -> bool:
    """Return whether a process is there and is not only waiting to be taken notice of."""
    try:
        return Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(what: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Wait until something is so; return whether it became so."""
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.02)
    return what()


def test_a_killed_run_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_on: Callable[..., None]
) -> None:
    """A second run waits for the first; after kill -9 its workers end, and only what is missing is made."""
    only_on("Linux")
    log = tmp_path / "made.log"
    monkeypatch.setenv("PORTFOLIO_TESTS_MARK", str(log))
    monkeypatch.setattr(run_state, "program", lambda: "this program")
    folder = new_class(
        tmp_path / "class", name="Oaks", band="3-5", round_name="Fall 2026",
        students=[f"child-{n:02}; Home; en" for n in range(CHILDREN)],
        today=date(2026, 11, 22), randomness=secrets.token_bytes,
    )  # fmt: skip
    command = [sys.executable, "-c", PROGRAM, str(folder.path)]
    killed = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        assert wait_for(lambda: len(Manifest(folder, folder.home).made()) >= 3)
        with pytest.raises(StorageTrouble, match=r"Somebody is making files in .*home just now, since 20"):
            run_home(folder, Wishes(workers=0, make=breaking.slow))
        children = Path(f"/proc/{killed.pid}/task/{killed.pid}/children").read_text("ascii").split()
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert children and wait_for(lambda: not any(alive(int(number)) for number in children))
    known = {student for student, _ in Manifest(folder, folder.home).made()}
    assert 3 <= len(known) < CHILDREN
    pages = list(folder.home.rglob("*.html"))
    assert all(page.read_text("utf-8").endswith("</p>") for page in pages)  # whole, every one
    log.unlink()
    run = run_home(folder, Wishes(workers=1, make=breaking.slow))
    assert {one.student.student_id for one in run.sent if one.unchanged} == known
    assert all(one.path and one.path.is_file() for one in run.sent) and len(run.sent) == CHILDREN
    assert set(log.read_text("utf-8").split()) == {one.student.student_id for one in run.sent} - known
