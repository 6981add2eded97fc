"""Other grades for a class nobody has written in: class, books and files change together, or not at all."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from portfolio.errors import InputRefused, StorageTrouble
from portfolio.moments.desk import StudentDesk
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import Rooms
from portfolio.moments.teacher.setup_band import change_band
from portfolio.moments.template_push import earlier
from portfolio.moments.template_settle import settle
from portfolio.store import atomic, template_pair
from portfolio.store.class_folder import ClassFolder, book_of, open_class
from portfolio.store.database import Database
from portfolio.store.integrity import examine
from tests.quick_class import quick_desk
from tests.teachers import teacher_desk

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of a class for grades 3 to 5 that nobody has written in."""
    with closing((made := quick_desk(tmp_path)).store):
        yield made


def state(folder: ClassFolder) -> tuple[Any, ...]:
    """Return what says for which grades a class is: the class, its books, its three files."""
    with closing(folder.store()) as store:
        metas = tuple(meta for metas in store.all_rounds().values() for meta in metas)
        paths = (folder.template_file, folder.student_notebook, folder.conference_notebook)
        return store.school_class(), metas, tuple(_told(path) for path in paths)


def _told(path: Path) -> object:
    if path.suffix == ".yaml":
        return path.read_bytes()
    return ["".join(cell["source"]) for cell in json.loads(path.read_bytes())["cells"]]


def harm(folder: ClassFolder) -> list[str]:
    """Return what an examination finds damaged."""
    return [found.msgid for found in examine(folder) if not found.harmless]


def kept(folder: ClassFolder) -> list[Path]:
    """Return the folders with what was there before."""
    return [path for path in (folder.hidden / "templates").iterdir() if path.is_dir()]


@pytest.mark.more
def test_killed_at_any_step_the_grades_are_all_changed_or_none(
    desk: TeacherDesk, tmp_path: Path, only_on: Callable[..., None]
) -> None:
    """Killed before any step on the disk, whoever opens the desk next finds everything new, or everything old."""
    only_on("Linux", "Darwin")
    before = state(desk.folder)
    desk.store.close()
    command = [
        sys.executable,
        str(ROOT / "tests" / "pusher.py"),
        str(desk.folder.path),
        str(tmp_path / "k"),
        "g",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    lines = said.stdout.split("\n")[:-1]
    assert lines[-1].endswith("done")
    assert len(lines) > 20
    after = state(ClassFolder(tmp_path / "k" / lines[-1].split()[0]))
    assert {after[0].age_band, *(meta.age_band for meta in after[1])} == {"k-2"}
    seen = []
    for line in lines:
        folder = open_class(tmp_path / "k" / line.split()[0])
        assert not harm(folder)
        with closing((opened := teacher_desk(folder)).store):
            Rooms(opened).show("setup/class")
            assert not settle(folder, opened.store)
        found = state(folder)
        assert found in (before, after), line
        assert not examine(folder) or all(one.what == "leftover" for one in examine(folder))
        seen.append(found == after)
    assert seen == sorted(seen), "from some step on it is done"
    assert {True, False} == set(seen)


@pytest.mark.parametrize("step", range(1, 12))
def test_a_disk_that_fails_at_any_write_leaves_all_as_it_was(
    step: int, desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of the writes fails, class, books and files are what they were, and no copy is left over."""
    before, whole, done = state(desk.folder), atomic.write_atomically, []

    def failing(path: Path, data: bytes, **more: Any) -> None:
        done.append(path)
        if len(done) == step:
            raise StorageTrouble("The disk is full.")
        whole(path, data, **more)

    monkeypatch.setattr(template_pair, "write_atomically", failing)
    try:
        change_band(desk, "k-2")
    except StorageTrouble:
        assert state(desk.folder) == before
        assert not (desk.folder.hidden / "templates").exists() or not kept(desk.folder)
    else:
        assert len(done) < step, "a write failed, and nobody said so"
        assert len(done) == 8
        assert state(desk.folder)[0].age_band == "k-2"
    assert not template_pair.decided(desk.folder)


def test_what_cannot_be_put_back_comes_to_its_end_later(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the disk fails for good half-way, the change stays decided: the next who comes finds no mixture."""
    whole = atomic.write_atomically

    def failing(path: Path, data: bytes, **more: Any) -> None:
        if path == desk.folder.student_notebook or (path == desk.folder.template_file and b"k-2" not in data):
            raise StorageTrouble("The disk is full.")
        whole(path, data, **more)

    monkeypatch.setattr(template_pair, "write_atomically", failing)
    with pytest.raises(StorageTrouble):
        change_band(desk, "k-2")
    assert not harm(desk.folder)
    assert [one.what for one in examine(desk.folder)] == ["leftover"]
    monkeypatch.undo()
    assert settle(desk.folder, desk.store)
    assert not examine(desk.folder)
    assert state(desk.folder)[0].age_band == desk.folder.template().age_band == "k-2"


def cut_off(desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a change of grades with its files written and its books not: as a power cut can."""

    def gone(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Database, "_commit", gone)
        patch.setattr(template_pair, "put_back", lambda *_: False)
        with pytest.raises(KeyboardInterrupt):
            change_band(desk, "k-2")
    assert desk.folder.template().age_band == "k-2"
    assert desk.store.school_class().age_band == "3-5"


def test_a_child_who_wrote_meanwhile_keeps_its_questions(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A book that was open when the power went, and is written in: the change is undone, not finished."""
    before = state(desk.folder)
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "amal")
    child = StudentDesk(
        store=desk.store, book=book, now=desk.now, new_id=desk.new_id, by="student", uploads=None
    )
    cut_off(desk, monkeypatch)
    child.save("me", "me.love", "words", "Trees.", 0)
    assert not settle(desk.folder, desk.store)
    assert state(desk.folder) == before
    assert not kept(desk.folder)
    assert not template_pair.decided(desk.folder)


def test_a_file_somebody_changed_meanwhile_stays_theirs(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file edited after the crash is not written over; the others are as they were, and so are the books."""
    before = state(desk.folder)
    cut_off(desk, monkeypatch)
    mine = desk.folder.template_file.read_bytes() + b"# mine\n"
    desk.folder.template_file.write_bytes(mine)
    assert not settle(desk.folder, desk.store)
    after = state(desk.folder)
    assert (after[0], after[1], after[2][1:]) == (before[0], before[1], before[2][1:])
    assert desk.folder.template_file.read_bytes() == mine
    assert any("is for grades {theirs}" in one for one in harm(desk.folder))


def test_a_deleted_copy_keeps_nobody_from_the_desk(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If what was there before is gone, an interrupted change that cannot be undone is left, and told."""
    cut_off(desk, monkeypatch)
    desk.folder.template_file.write_bytes(desk.folder.template_file.read_bytes() + b"# mine\n")
    for path in kept(desk.folder):
        shutil.rmtree(path)
    Rooms(desk).show("setup/class")
    assert not template_pair.decided(desk.folder)
    assert harm(desk.folder)


def test_two_changes_within_a_second_keep_two_copies(desk: TeacherDesk) -> None:
    """The clock stands still, and both earlier states are there, closed to everybody else on this computer."""
    first = desk.folder.template_file.read_bytes()
    change_band(desk, "k-2")
    second = desk.folder.template_file.read_bytes()
    change_band(desk, "6-8")
    stood = {path: (path / "class.yaml").read_bytes() for path in kept(desk.folder)}
    assert sorted(stood.values()) == sorted((first, second))
    assert [one.title for one in earlier(desk.folder)] == ["Kindergarten to grade 2", "Grades 3 to 5"]
    if os.name != "nt":
        for path in stood:
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
            assert {stat.S_IMODE(file.stat().st_mode) for file in path.iterdir()} == {0o600}


def test_a_class_without_its_conference_gets_one_with_the_grades(desk: TeacherDesk) -> None:
    """A missing conference.ipynb is made; if the change fails, it is missing as before."""
    desk.folder.conference_notebook.unlink()
    change_band(desk, "6-8")
    assert b"conference" in desk.folder.conference_notebook.read_bytes()
    assert not harm(desk.folder)


def test_examine_says_when_the_file_is_for_other_grades(desk: TeacherDesk) -> None:
    """A class.yaml of other grades than the class is named, with both; choosing the grades again puts it right."""
    path = desk.folder.template_file
    whole = path.read_bytes()
    assert not harm(desk.folder)
    path.write_bytes(whole.replace(b"age_band: 3-5", b"age_band: 6-8"))
    (found,) = [one for one in examine(desk.folder) if not one.harmless]
    assert (found.what, found.values["theirs"], found.values["ours"]) == ("template", "6-8", "3-5")
    change_band(desk, "3-5")
    assert path.read_bytes() == whole
    assert not harm(desk.folder)


def test_grades_that_are_there_already_touch_nothing(desk: TeacherDesk) -> None:
    """The same grades again, or grades that are none: no copy, no write."""
    before = state(desk.folder)
    assert "already" in change_band(desk, "3-5").say
    with pytest.raises(InputRefused):
        change_band(desk, "4-6")
    assert state(desk.folder) == before
    assert not (desk.folder.hidden / "templates").exists()
