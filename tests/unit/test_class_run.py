"""A whole class at once: a book that breaks its maker is set apart, all others are made, in the order of the class."""

from __future__ import annotations

import os
import secrets
import signal
import threading
import time
from collections import deque
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portfolio.model import Household, Student
from portfolio.moments import class_run, run_apart
from portfolio.moments.class_run import Stop, stoppable
from portfolio.moments.classes import new_class
from portfolio.moments.home_maker import Maker, Task, Work, read_ahead
from portfolio.moments.run_manifest import digests
from portfolio.moments.send_home import Run, Watching, Wishes, run_home
from portfolio.store import notebook_file, template_file
from portfolio.store.class_folder import ClassFolder
from portfolio.store.quick import _Quick
from tests import breaking

DAY = date(2026, 11, 22)


def a_class(place: Path, *students: str) -> ClassFolder:
    """Return a class of these children (ids), each with one home, whose books have begun."""
    return new_class(
        place, name="Oaks", band="3-5", round_name="Fall 2026",
        students=[f"{one}; Home; en" for one in students], today=DAY, randomness=secrets.token_bytes,
    )  # fmt: skip


def told(run: Run) -> list[tuple[str, str]]:
    """Return whose file became what, in the order of the run."""
    return [
        (one.student.student_id, "made" if one.path else type(one.trouble).__name__ if one.trouble else "-")
        for one in run.sent
    ]


@pytest.mark.more
def test_whoever_breaks_a_worker_is_set_apart_and_all_others_are_made(tmp_path: Path) -> None:
    """One page ends its process, one hangs, one eats all memory, one raises: each is told, nobody else is lost."""
    folder = a_class(tmp_path / "c", "ada", "killer", "bo", "hang", "cleo", "hog", "odd", "dov")
    run = run_home(folder, Wishes(workers=2, seconds=12, make=breaking.breaking))
    assert told(run) == [
        ("ada", "made"), ("killer", "StorageTrouble"), ("bo", "made"), ("hang", "StorageTrouble"),
        ("cleo", "made"), ("hog", "StorageTrouble"), ("odd", "StorageTrouble"), ("dov", "made"),
    ]  # fmt: skip
    why = {one.student.student_id: str(one.trouble) for one in run.sent if one.trouble}
    assert "broke at this book" in why["killer"] and "took longer than" in why["hang"]
    assert "more memory" in why["hog"] and "ZeroDivisionError" in why["odd"]
    assert {path.name for path in folder.home.iterdir()} == {"ada-home", "bo-home", "cleo-home", "dov-home"}


def test_new_processes_set_apart_as_copies_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where this process cannot be copied (threads, Windows, macOS) workers are new ones, and nobody is lost either."""
    monkeypatch.setattr(class_run, "can_fork", lambda: False)
    folder = a_class(tmp_path / "c", "ada", "killer", "bo")
    run = run_home(folder, Wishes(workers=1, make=breaking.breaking))
    assert told(run) == [("ada", "made"), ("killer", "StorageTrouble"), ("bo", "made")]


def test_a_home_that_was_made_before_its_child_broke_a_worker_stays(tmp_path: Path) -> None:
    """The first home of a child has its file, although the second one ends the process."""
    folder = a_class(tmp_path / "c", "ada")
    store = folder.store()
    try:
        homes = (Household(household_id="one", label="One"), Household(household_id="two", label="Two"))
        store.keep_student(store.student("ada").but(households=homes))
    finally:
        store.close()
    run = run_home(folder, Wishes(workers=1, make=breaking.twin))
    assert [bool(one.path) for one in run.sent] == [True, False]
    assert (folder.home / "ada-one" / "ada-one.html").is_file()


def test_who_breaks_a_worker_once_gets_its_file_when_tried_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker may die of something that was not the book's doing."""
    monkeypatch.setenv("PORTFOLIO_TESTS_MARK", str(tmp_path / "mark"))
    folder = a_class(tmp_path / "c", "ada", "killer")
    run = run_home(folder, Wishes(workers=1, make=breaking.once))
    assert told(run) == [("ada", "made"), ("killer", "made")] and (tmp_path / "mark").exists()


def test_where_no_worker_can_be_started_the_files_are_made_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A computer that lets no process be started still gets its files."""
    monkeypatch.setattr(run_apart, "serve", breaking.never_begins)
    folder = a_class(tmp_path / "c", "ada", "bo", "cleo")
    assert told(run_home(folder, Wishes(workers=2, make=breaking.plain))) == [
        ("ada", "made"), ("bo", "made"), ("cleo", "made"),
    ]  # fmt: skip


def test_in_this_process_an_error_stops_one_childs_file_only(tmp_path: Path) -> None:
    """Also without workers what nobody foresaw is told of one child, and the others are made."""
    folder = a_class(tmp_path / "c", "ada", "odd", "bo")
    run = run_home(folder, Wishes(workers=0, make=breaking.breaking))
    assert told(run) == [("ada", "made"), ("odd", "StorageTrouble"), ("bo", "made")]


def test_the_order_is_that_of_the_class_whatever_is_done_first(tmp_path: Path) -> None:
    """Two workers finish as they like; the report does not."""
    ids = [f"child-{n:02}" for n in range(12)]
    folder = a_class(tmp_path / "c", *ids)
    seen: list[str] = []
    watching = Watching(on_each=lambda one: seen.append(one.student.student_id))
    run = run_home(folder, Wishes(workers=2, make=breaking.plain), watching)
    assert [one.student.student_id for one in run.sent] == ids and sorted(seen) == ids


@pytest.fixture
def interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ClassFolder, Run]:
    """A run of which somebody pressed Ctrl-C after the second file."""
    monkeypatch.setenv("PORTFOLIO_TESTS_MARK", str(tmp_path / "made"))
    folder = a_class(tmp_path / "c", *(f"child-{n:02}" for n in range(8)))
    count = iter(range(100))

    def press(_: object) -> None:
        if next(count) == 1:
            os.kill(os.getpid(), signal.SIGINT)

    return folder, run_home(folder, Wishes(workers=1, make=breaking.slow), Watching(on_each=press))


def test_ctrl_c_ends_kindly_and_the_next_run_goes_on(interrupted: tuple[ClassFolder, Run]) -> None:
    """What is finished stays and is said; nothing half is left; the next run makes only the others."""
    folder, run = interrupted
    made = {one.student.student_id for one in run.sent if one.path}
    assert run.stopped and 2 <= len(made) < 8
    assert all(one.stopped and not one.trouble for one in run.sent if not one.path)
    assert not list(folder.home.rglob(".saving*"))
    on = run_home(folder, Wishes(workers=1, make=breaking.slow))
    assert {one.student.student_id for one in on.sent if one.unchanged} == made
    assert all(one.path for one in on.sent) and not on.stopped


def test_a_second_ctrl_c_breaks_off() -> None:
    """Whoever presses twice means it."""
    with stoppable() as stop:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)
        assert stop.asked
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_in_a_thread_ctrl_c_is_left_to_the_main_one() -> None:
    """A run in a thread changes nothing about signals."""
    before, found = signal.getsignal(signal.SIGINT), []

    def work() -> None:
        with stoppable() as stop:
            found.append((stop, signal.getsignal(signal.SIGINT)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [(Stop(), before)]


def test_a_child_without_a_home_is_told_in_its_place(tmp_path: Path) -> None:
    """It stands where it stands in the class."""
    folder = a_class(tmp_path / "c", "ada", "bo")
    store = folder.store()
    try:
        store.keep_student(Student(student_id="nia", name="Nia"))
        store.arrange_students(["ada", "nia", "bo"])
    finally:
        store.close()
    run = run_home(folder, Wishes(make=breaking.plain))
    assert told(run) == [("ada", "made"), ("nia", "NotFound"), ("bo", "made")]


def test_what_is_the_same_for_a_class_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three books ask for the class and its names once, and for each child's pages in one question."""
    folder = a_class(tmp_path / "c", "ada", "bo", "cleo")
    asked: list[str] = []
    for name in ("school_class", "student_names", "wholes", "whole"):
        really = getattr(_Quick, name)

        def ask(self: _Quick, *which: object, _name: str = name, _really: Any = really) -> Any:
            asked.append(_name)
            return _really(self, *which)

        monkeypatch.setattr(_Quick, name, ask)
    maker = Maker(Work(folder, folder.home))
    asked.clear()  # opening the class is not counted
    try:
        made = [one for who in ("ada", "bo", "cleo") for one in maker.homes(Task(who, (("home", who),)))]
    finally:
        maker.close()
    assert [one.trouble for one in made] == [None] * 3
    assert sorted(asked) == ["school_class", "student_names", "wholes", "wholes", "wholes"]


def test_what_every_file_needs_is_read_before_workers_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions and outline are known to whoever is copied from here; what cannot be read is told by a worker, not here."""
    folder = a_class(tmp_path / "c", "ada")
    read_ahead(Work(folder, folder.home))
    monkeypatch.setattr(template_file, "load_template", _never)
    monkeypatch.setattr(notebook_file, "outline_of", _never)
    assert folder.template().sections and folder.outline()
    monkeypatch.undo()
    broken = a_class(tmp_path / "d", "ada")
    broken.template_file.write_text("sections: 7\n")
    read_ahead(Work(broken, broken.home))
    assert told(run_home(broken, Wishes(workers=0))) == [("ada", "TemplateMistake")]


def test_workers_are_copied_after_what_they_need_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first copy, once; not for a single child, and not where workers begin anew."""
    done: list[str] = []
    monkeypatch.setattr(class_run, "read_ahead", lambda _: done.append("read"))
    monkeypatch.setattr(class_run, "Worker", lambda *_: done.append("worker"))
    work: Any = None
    for fork, tasks, expected in (
        (True, 3, ["read", "worker", "worker"]),
        (True, 1, ["worker"] * 2),
        (False, 3, ["worker"] * 2),
    ):
        monkeypatch.setattr(class_run, "can_fork", lambda fork=fork: fork)
        done.clear()
        crew = class_run._Crew(
            work, class_run.Limits(), Stop(), deque(Task(f"c{n}", ()) for n in range(tasks))
        )
        crew._hired()
        crew._hired()
        assert done == expected


def _never(*_: object) -> None:
    pytest.fail("read again")


def test_what_is_noted_of_a_file_is_what_lies_there(tmp_path: Path) -> None:
    """Size and digest of a page are those of the file on the disk."""
    folder = a_class(tmp_path / "c", "ada")
    maker = Maker(Work(folder, folder.home))
    try:
        (told_of,) = maker.homes(Task("ada", (("home", "ada-home"),)))
    finally:
        maker.close()
    assert told_of.files == digests(folder.home, [folder.home / "ada-home" / "ada-home.html"])
