"""A curious pupil at the console, a broken network, another window: the desk's way in for files holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from portfolio.errors import InputRefused
from portfolio.moments.arrivals import Arrivals
from portfolio.store.uploads import LARGEST_PART, MOST_NOTES, Uploads
from portfolio.testing import NOON, small_book, small_store
from portfolio.widgets import bringing
from portfolio.widgets.bringing import AT_ONCE, Bringing
from tests.desk_kernel import ask as question
from tests.sounds import plain_mp3
from tests.wires import wires

ONE = "0123456789abcdef"
SONG = plain_mp3(1.0)
MEDIA = question("media", "?", "media", at_most=2)


@pytest.fixture(autouse=True)
def on_wires() -> Iterator[None]:
    """Let every widget speak through a wire."""
    with wires():
        yield


@pytest.fixture
def arrivals(tmp_path: Path) -> Arrivals:
    """What Inés brings in."""
    return Arrivals(small_store(small_book()), Uploads(tmp_path / "uploads"), "ines", "en", lambda: NOON)


def parts(folder: Path) -> list[Path]:
    """Return the files that are still on their way."""
    return list((folder / "uploads").rglob("*.part"))


def test_a_lost_answer_costs_no_second_journey(arrivals: Arrivals, tmp_path: Path) -> None:
    """The kernel died after keeping the file: the page asks where it is and need not send it again."""
    arrivals.part(ONE, 0, SONG, len(SONG))
    made = arrivals.take("media", ONE, len(SONG), "a.mp3")
    assert arrivals.where(ONE) >= len(SONG)
    assert arrivals.take("media", ONE, len(SONG), "a.mp3") == made
    arrivals.part(ONE, 0, SONG, len(SONG))  # a page that sends it again all the same
    assert arrivals.take("media", ONE, len(SONG), "a.mp3") == made
    assert parts(tmp_path) == []


def test_two_windows_that_bring_one_file_get_one_medium(
    arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other window takes the file between our question and our reading: we are told what it became."""
    arrivals.part(ONE, 0, SONG, len(SONG))
    whole, made = Uploads.whole, []

    def after_the_other(self: Uploads, student: str, upload: str, total: int) -> bytes:
        monkeypatch.setattr(Uploads, "whole", whole)
        made.append(arrivals.take("media", ONE, len(SONG), "a.mp3"))
        return whole(self, student, upload, total)

    monkeypatch.setattr(Uploads, "whole", after_the_other)
    assert arrivals.take("media", ONE, len(SONG), "a.mp3") == made[0]


def test_a_still_beyond_measure_is_left_out(arrivals: Arrivals) -> None:
    """What stands for a film is a small picture; more is not even decoded."""
    asked: list[bytes] = []
    nosy: Any = asked.append
    replace(arrivals, clean=nosy)._still(b"x" * (LARGEST_PART + 1))
    assert asked == []


def test_notes_do_not_pile_up(tmp_path: Path) -> None:
    """A pupil may send a thousand small texts from the console: only the newest notes stay."""
    spool = Uploads(tmp_path / "uploads")
    for n in range(MOST_NOTES + 5):
        spool.note("ines", f"{n:016x}", {"n": n})
        os.utime(tmp_path / "uploads" / "ines" / f"{n:016x}.json", (n, n))
    left = {note["n"] for note in spool.all_noted("ines")}
    assert len(left) == MOST_NOTES
    assert MOST_NOTES + 4 in left


def test_what_a_child_left_behind_goes_though_it_never_comes_again(tmp_path: Path) -> None:
    """Tidying the class forgets parts and notes of three days ago, of every student; newer ones stay."""
    spool, now = Uploads(tmp_path / "uploads"), datetime.now(UTC)
    for student in ("ines", "tariq"):
        spool.put(student, ONE, 0, b"abc", 6, now=now)
        spool.note(student, ONE, {"kind": "sound"})
    spool.tidy(now + timedelta(days=2))
    assert spool.have("ines", ONE) == 3
    spool.tidy(now + timedelta(days=4))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_tidying_follows_no_link(tmp_path: Path) -> None:
    """A link among the folders leads to nothing that is deleted."""
    (tmp_path / "uploads").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / f"{ONE}.part").write_bytes(b"not ours")
    os.utime(elsewhere / f"{ONE}.part", (1, 1))
    (tmp_path / "uploads" / "ines").symlink_to(elsewhere)
    Uploads(tmp_path / "uploads").tidy(NOON)
    Uploads(tmp_path / "nowhere").tidy(NOON)
    assert (elsewhere / f"{ONE}.part").exists()


def test_a_computer_that_cannot_set_times_beside_links_takes_files_too(tmp_path: Path) -> None:
    """Windows has no ``os.utime`` that stops at links; parts come in there all the same."""
    import subprocess
    import sys

    code = (
        "import os, sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "real = os.utime\n"
        "def windows(path, times=None, *, follow_symlinks=True):\n"
        "    if not follow_symlinks: raise NotImplementedError\n"
        "    real(path, times)\n"
        "os.utime = windows\n"
        "from portfolio.store.uploads import Uploads\n"
        f"print(Uploads(Path(sys.argv[1])).put('ines', '{ONE}', 0, b'abc', 3, now=datetime.now(UTC)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "uploads")], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "3", done.stderr


def test_a_flood_of_files_does_not_wait_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a few files wait to be cleaned, and a still beyond measure is let go at once."""
    work: list[Any] = []
    nothing: Any = Mock()
    monkeypatch.setattr(bringing, "later", lambda one, _done: work.append(one))
    keeper: Any = Mock()
    sheet = Bringing(keeper)
    for n in range(AT_ONCE):
        said = {"upload": f"{n:016x}", "size": 1, "name": ""}
        sheet.take(MEDIA, said, [b"x" * (LARGEST_PART + 1)], nothing)
    with pytest.raises(InputRefused):
        sheet.take(MEDIA, {"upload": "f" * 16, "size": 1, "name": ""}, [], nothing)
    assert [one.args[-1] for one in work] == [b""] * AT_ONCE


def test_a_served_page_is_dressed_like_one_in_a_notebook() -> None:
    """The sheet our server links has every style the widgets bring elsewhere: recordings at the conference too."""
    from portfolio.carry.source import STYLES
    from portfolio.serve.pages import SHEETS

    assert SHEETS == STYLES
