"""Nothing outside our folder is read or written, whatever something is called and wherever a link leads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.drills.test_saving_drill import ROOT, full
from tests.tally import tally

WATCHED = Path(__file__).with_name("watched.py")
SECRET = "somebody else's"


def watch(place: Path, every: int) -> dict[str, Any]:
    """Run the watched program with every so-manieth name, and return what it says."""
    for name in ("ours", "outside", "tmp"):
        (place / name).mkdir()
    (place / "outside" / "secret.txt").write_text(SECRET)
    (place / "outside" / f"{'0' * 64}.webp").write_text(SECRET)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(place / "ours")}
    done = subprocess.run(
        [sys.executable, "-W", "error", str(WATCHED), str(place), str(every)],
        env=environment, capture_output=True, text=True, cwd=place / "tmp", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("every", [12, full(1)])
def test_no_name_and_no_link_leads_outside(tmp_path: Path, every: int) -> None:
    """Under hostile names and links no path outside is opened, made, moved or removed; what is there stays."""
    with tally(9, "hostile names and links, each path that was opened watched") as told:
        found = watch(tmp_path, every)
        told.count(found["tried"], found["tried"] - len(found["elsewhere"]))
        told.worst = f"{found['seen']} paths watched"
        assert found["elsewhere"] == []
        assert found["raw"] == []
        outside = {path.name: path.read_text() for path in (tmp_path / "outside").iterdir()}
        assert outside == {"secret.txt": SECRET, f"{'0' * 64}.webp": SECRET}
        assert list((tmp_path / "tmp").iterdir()) == []
        assert found["tried"] > 80
        assert found["seen"] > 200


def test_the_watcher_sees_what_is_done_elsewhere(tmp_path: Path) -> None:
    """Reading and writing outside, also through a link, is noticed: the drill can fail."""
    found = watch(tmp_path, 0)
    assert [what.split()[0] for what in found["elsewhere"]] == ["open", "open"]
