"""Saved means saved: programs killed in the middle of saves, and several saving at once.

The short forms run with every test run, the full counts with ``pytest -m drill``.
"""

from __future__ import annotations

import os
import random
import runpy
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from portfolio import files
from portfolio.model import Goal, PortfolioMeta, Student
from portfolio.store import atomic
from portfolio.store.class_folder import create_class
from portfolio.store.port import ClassStore
from portfolio.store.sql import SqlStore
from portfolio.store.uploads import Uploads
from portfolio.testing import small_class
from tests.tally import tally

SAVER = Path(__file__).with_name("saver.py")
"""The program that is killed."""
SAYS = runpy.run_path(str(SAVER))
ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 10, 1, tzinfo=UTC)


def full(count: int) -> Any:
    """Return the full count of a drill, for ``pytest -m drill`` only."""
    return pytest.param(count, marks=[pytest.mark.drill, pytest.mark.timeout(1800)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class with one portfolio that has two goals."""
    fill(SqlStore(tmp_path / "class.sqlite", tmp_path / "media", create=True), "g1", "shared")
    return tmp_path


def fill(store: ClassStore, *goals: str) -> None:
    """Put a child with one portfolio that has these goals into a store, and close it."""
    store.keep_student(Student(student_id="maya", name="Maya"))
    meta = PortfolioMeta(
        portfolio_id="p1",
        student_id="maya",
        round="Fall 2026",
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="t",
    )
    store.keep_meta(meta, expected=0)
    for entry_id in goals:
        store.keep("p1", Goal(entry_id=entry_id), expected=0, by="student", at=AT)
    store.close()


@contextmanager
def opened(folder: Path) -> Iterator[SqlStore]:
    """Open the class as the next program would."""
    store = SqlStore(folder / "class.sqlite", folder / "media")
    yield store
    store.close()


def start(*args: object) -> subprocess.Popen[str]:
    """Start the saver."""
    command = [sys.executable, str(SAVER), *map(str, args)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )


class Nursery:
    """Brings up savers and kills them at any point of a save."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._process = start("nursery")

    def kill_in_the_middle(self, what: str, folder: Path, first: int) -> int:
        """Let a saver save a few times, kill it, and return the last number it confirmed."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\t{folder}\t{first}\n")
        self._process.stdin.flush()
        child = int(self._line())
        confirmed = [self._line() for _ in range(self._dice.randint(1, 4))]
        time.sleep(self._dice.uniform(0, 0.03))  # several saves take about as long
        os.kill(child, signal.SIGKILL)
        while confirmed[-1] != "gone":
            confirmed.append(self._line())
        return int(confirmed[-2])

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line, "the nursery has come to an end"
        return line

    def close(self) -> None:
        """Send everybody home."""
        self._process.communicate()
        assert self._process.returncode == 0


@pytest.fixture
def nursery(only_on: Callable[..., None]) -> Iterator[Nursery]:
    """A nursery of savers; Windows has no fork."""
    only_on("Linux", "Darwin")
    made = Nursery(seed=20261001)
    yield made
    made.close()


@pytest.mark.parametrize("kills", [10, full(200)])
def test_no_confirmed_word_is_lost_and_none_is_torn(folder: Path, nursery: Nursery, kills: int) -> None:
    """Killed at any point of a save, the next program finds the last confirmed words or the very next."""
    number = 1
    with tally(1, "programs killed in the middle of saving words") as told:
        for _ in range(kills):
            with told.attempt():
                confirmed = nursery.kill_in_the_middle("words", folder, number)
                number = number_kept(folder, confirmed) + 1
    with opened(folder) as store:
        history = store.history("p1", "g1")
        said = [c.entry.goal.text.partition(" ")[0] for c in history if isinstance(c.entry, Goal)]
        assert said == ["", *(str(n) for n in range(1, number))]
        assert [c.version for c in history] == list(range(1, number + 1))
    with sqlite3.connect(folder / "class.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def number_kept(folder: Path, confirmed: int) -> int:
    """Look for the last confirmed words or the very next, whole, and return which number is there."""
    with opened(folder) as store:
        assert store.damaged("p1") == ()
        kept = store.entry("p1", "g1")
        assert isinstance(kept.entry, Goal)
        found, _, rest = kept.entry.goal.text.partition(" ")
        assert int(found) in (confirmed, confirmed + 1)
        assert f" {rest}" == SAYS["PADDING"]
        return int(found)


@pytest.mark.parametrize("kills", [5, full(100)])
def test_no_confirmed_picture_is_lost_and_none_is_torn(folder: Path, nursery: Nursery, kills: int) -> None:
    """Killed while keeping pictures, each confirmed one is whole and no other file looks like one."""
    number = 1
    with tally(1, "programs killed in the middle of keeping pictures") as told:
        for _ in range(kills):
            with told.attempt():
                confirmed = nursery.kill_in_the_middle("pictures", folder, number)
                with opened(folder) as store:
                    for known in range(number, confirmed + 1):
                        sha, data, thumb = SAYS["picture"](known)
                        assert (store.picture("maya", sha), store.thumb("maya", sha)) == (data, thumb)
                number = confirmed + 1
    known_names = {
        f"{SAYS['picture'](n)[0]}{end}" for n in range(1, number + 1) for end in (".webp", ".thumb.webp")
    }
    with opened(folder) as store:
        for path in (folder / "media" / "maya").iterdir():
            assert path.name in known_names or path.match(atomic.LEFTOVERS)
            if path.match("*.webp"):
                ask = store.thumb if ".thumb." in path.name else store.picture
                assert ask("maya", path.name.partition(".")[0])


@pytest.mark.parametrize("kills", [5, full(100)])
def test_a_file_that_comes_in_goes_on_where_it_stopped(tmp_path: Path, nursery: Nursery, kills: int) -> None:
    """Killed between or inside of parts, the next program goes on behind them and the file is the same bytes."""
    number = 0
    spool = Uploads(tmp_path / "uploads")
    each = int(SAYS["PARTS"])
    with tally(1, "programs killed while a file comes in, and gone on with") as told:
        for _ in range(kills):
            with told.attempt():
                confirmed = nursery.kill_in_the_middle("parts", tmp_path, number)
                here = spool.have("maya", SAYS["file_name"](confirmed // each))
                assert here // SAYS["PART"] in (confirmed % each, confirmed % each + 1)
                for file in range(number // each, confirmed // each):
                    raw = SAYS["file_bytes"](file)
                    assert spool.whole("maya", SAYS["file_name"](file), len(raw)) == raw
                    spool.drop("maya", SAYS["file_name"](file))
                number = confirmed


@pytest.mark.parametrize("changes", [25, full(300)])
def test_of_changes_made_by_two_programs_at_once_all_survive(folder: Path, changes: int) -> None:
    """Two programs change the same words as fast as they can: every change is there, none twice."""
    with tally(3, "changes two programs make to the same words at once") as told:
        at_once([start("marks", folder, name, changes) for name in ("a", "b")])
        with opened(folder) as store:
            kept = store.entry("p1", "shared")
            assert isinstance(kept.entry, Goal)
            marks = kept.entry.goal.text.split()
            wanted = {f"{name}{n}" for name in "ab" for n in range(changes)}
            told.count(2 * changes, len(wanted & set(marks)))
            assert sorted(marks) == sorted(wanted)
            past = store.history("p1", "shared")
        assert [len(c.entry.goal.text.split()) for c in past if isinstance(c.entry, Goal)] == list(
            range(2 * changes + 1)
        )


def at_once(programs: list[subprocess.Popen[str]]) -> list[str]:
    """Let programs run to their end and return what each has said."""
    said = [program.communicate()[0] for program in programs]
    assert [program.returncode for program in programs] == [0] * len(programs)
    return said


@pytest.mark.parametrize("changes", [10, full(300)])
def test_of_changes_of_a_child_and_a_teacher_all_survive(tmp_path: Path, changes: int) -> None:
    """At two desks, each knowing only what it saw last, child and teacher change the same goal: all is there."""
    made = create_class(
        tmp_path / "class", files.class_templates() / "3-5.yaml", small_class(), randomness=lambda n: b"s" * n
    )
    fill(made.store(), "goal-1")
    with tally(3, "changes a child and a teacher make to the same goal at two desks") as told:
        at_once([start("desk", made.path, who, changes) for who in ("student", "teacher:t1")])
        with opened(made.path) as store:
            kept = store.entry("p1", "goal-1")
            assert isinstance(kept.entry, Goal)
            marks = kept.entry.goal.text.split()
            wanted = {f"{name}{n}" for name in "st" for n in range(changes)}
            told.count(2 * changes, len(wanted & set(marks)))
            assert sorted(marks) == sorted(wanted)
            by = [c.changed_by for c in store.history("p1", "goal-1")][1:]
        assert (by.count("student"), by.count("teacher:t1")) == (changes, changes)


@pytest.mark.parametrize("changes", [12, full(300)])
def test_taking_back_takes_nobody_elses_words(folder: Path, changes: int) -> None:
    """Two programs write the same words and take some of their own back: exactly those are gone, and in the history."""
    with tally(3, "changes two programs make and in part take back") as told:
        said = at_once([start("undoing", folder, name, changes) for name in ("a", "b")])
        stayed = {mark for lines in said for mark in lines.split()}
        assert 2 * changes > len(stayed) >= 2 * (changes - changes // 3)
        with opened(folder) as store:
            kept, past = store.entry("p1", "shared"), store.history("p1", "shared")
        assert isinstance(kept.entry, Goal)
        marks = kept.entry.goal.text.split()
        once = {m for c in past if isinstance(c.entry, Goal) for m in c.entry.goal.text.split()}
        told.count(2 * changes, len(once) - len(stayed ^ set(marks)))
        assert sorted(marks) == sorted(stayed)
        assert once == {f"{name}{n}" for name in "ab" for n in range(changes)}
