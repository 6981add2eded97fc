"""Backups of a class in use: none damaged, none without a word that was confirmed before it began."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portfolio import files
from portfolio.model import Goal, PortfolioMeta, Student
from portfolio.moments.keeping import back_up, restore
from portfolio.store.class_folder import ClassFolder, create_class
from portfolio.testing import small_class
from tests.drills.test_saving_drill import SAYS, full, opened, start
from tests.tally import tally

AT = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)


class Writers:
    """Two programs that save for ever: words of one goal, and one picture after another."""

    def __init__(self, folder: Path) -> None:
        self.confirmed = {"words": 0, "pictures": 0}
        self._programs = [self._begin(what, folder) for what in self.confirmed]
        self._readers = [threading.Thread(target=self._listen, args=p) for p in self._programs]
        for reader in self._readers:
            reader.start()

    def _begin(self, what: str, folder: Path) -> tuple[str, subprocess.Popen[str]]:
        program = start("forever", what, folder, 1)
        assert program.stdout is not None
        self.confirmed[what] = int(program.stdout.readline())
        return what, program

    def _listen(self, what: str, program: subprocess.Popen[str]) -> None:
        assert program.stdout is not None
        for line in program.stdout:
            if line.endswith("\n"):
                self.confirmed[what] = int(line)

    def both_wrote_since(self, then: dict[str, int]) -> None:
        """Wait until each has saved more than then: a backup beside a sleeping program would prove nothing."""
        patience = time.monotonic() + 60
        while any(self.confirmed[what] <= then[what] for what in then):
            assert time.monotonic() < patience, f"a program saves no more: {self.confirmed}, then {then}"
            time.sleep(0.01)

    def close(self) -> None:
        """Stop both."""
        for _, program in self._programs:
            program.kill()
        for reader, (_, program) in zip(self._readers, self._programs, strict=True):
            reader.join()
            program.communicate()


def class_with_a_goal(path: Path) -> ClassFolder:
    """Return a class with one portfolio whose goal the writers change."""
    template = files.class_templates() / "3-5.yaml"
    folder = create_class(path, template, small_class(), randomness=lambda n: b"s" * n)
    store = folder.store()
    store.keep_student(Student(student_id="maya", name="Maya"))
    meta = PortfolioMeta(
        portfolio_id="p1",
        student_id="maya",
        round="Fall",
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="t",
    )
    store.keep_meta(meta, expected=0)
    store.keep("p1", Goal(entry_id="g1"), expected=0, by="student", at=AT)
    store.close()
    return folder


@pytest.mark.parametrize("backups", [4, full(60)])
def test_a_backup_holds_every_word_confirmed_before_it(tmp_path: Path, backups: int) -> None:
    """Taken while two programs save, each backup restores whole, with all that was confirmed before it began."""
    with tally(4, "backups taken while two programs save, each restored") as told:
        for start_at in range(0, backups, 10):  # a new class now and then: the pictures add up
            folder = class_with_a_goal(tmp_path / f"class-{start_at}")
            writers = Writers(folder.path)
            try:
                for number in range(start_at, min(start_at + 10, backups)):
                    with told.attempt():
                        said = dict(writers.confirmed)
                        saved = back_up(folder, tmp_path / f"{number}.zip", made_at=AT).path
                        check_backup(saved, tmp_path / "again", said)
                        writers.both_wrote_since(said)
            finally:
                writers.close()
            shutil.rmtree(folder.path)


def check_backup(saved: Path, target: Path, said: dict[str, int]) -> None:
    """Restore a backup, look for what was confirmed before it began, and make room again."""
    again = restore(saved, target)
    with opened(again.path) as store:
        goal = store.entry("p1", "g1").entry
        assert isinstance(goal, Goal)
        found, _, rest = goal.goal.text.partition(" ")
        assert int(found) >= said["words"]
        assert f" {rest}" == SAYS["PADDING"]
        for known in {1, said["pictures"] // 2 or 1, said["pictures"]}:
            sha, data, thumb = SAYS["picture"](known)
            assert (store.picture("maya", sha), store.thumb("maya", sha)) == (data, thumb)
    shutil.rmtree(target)
    saved.unlink()
