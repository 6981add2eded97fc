# long: everything that may make a ready file stale stands in one place
"""What is ready is not made again, and whatever changes a byte makes it anew: exactly that home, never a stale one."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import portfolio
from portfolio.errors import StorageTrouble
from portfolio.model import Book, Household, Passage, Strength
from portfolio.moments import run_state
from portfolio.moments.classes import new_class
from portfolio.moments.home import HomeFile, Kit
from portfolio.moments.home_doors import Doors
from portfolio.moments.run_manifest import RUNS, FileMade, Made, Manifest, files_of, forget_runs, one_run
from portfolio.moments.send_home import Run, Wishes, run_home
from portfolio.store.class_folder import ClassFolder, open_class
from portfolio.store.only_one import only_one
from portfolio.store.port import ClassStore
from tests.breaking import plain

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a class of three children, one of them with two homes, and a strength each."""
    folder = new_class(
        tmp_path_factory.mktemp("made") / "class", name="Oaks", band="3-5", round_name="Fall 2026",
        students=["Ada; Mama; en", "Bo; Mama; es", "Cleo; Home; ar"], today=date(2026, 11, 22),
        randomness=secrets.token_bytes,
    )  # fmt: skip
    store = folder.store()
    try:
        homes = (Household(household_id="mama", label="Mama"), Household(household_id="papa", label="Papa"))
        store.keep_student(store.student("bo").but(households=homes))
        for student in ("ada", "bo", "cleo"):
            write(store, student, "I count.", expected=0)
    finally:
        store.close()
    return folder.path


PROGRAM = run_state.program
"""The real one; a checkout may be edited while its tests run, so that most tests hold it still."""


@pytest.fixture(autouse=True)
def _one_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_state, "program", lambda: "this program")


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> ClassFolder:
    """Return a fresh copy of it."""
    return open_class(shutil.copytree(made_once, tmp_path / "class"))


def write(store: ClassStore, student: str, words: str, *, expected: int) -> None:
    """Let a child write its strength."""
    (meta,) = store.rounds(student)
    entry = Strength(entry_id="strength-9", proof=Passage(text=words))
    store.keep(meta.portfolio_id, entry, expected=expected, by="student", at=AT)


def run(folder: ClassFolder, wishes: Wishes | None = None) -> Run:
    """Make the files in this process, with small pages."""
    return run_home(folder, replace(wishes or Wishes(), workers=0, make=plain))


def anew(folder: ClassFolder, wishes: Wishes | None = None) -> set[str]:
    """Run again and return which files were made anew, by the names of their homes."""
    return {one.path.stem for one in run(folder, wishes).sent if one.path and not one.unchanged}


ALL = {"ada-mama", "bo-mama", "bo-papa", "cleo-home"}


def in_store(folder: ClassFolder, change: Callable[[ClassStore], None]) -> None:
    """Change something in the class."""
    store = folder.store()
    try:
        change(store)
    finally:
        store.close()


def test_what_is_ready_is_not_made_again(folder: ClassFolder) -> None:
    """The second run makes nothing, says so, and leaves every byte where it was; ``again`` makes everything."""
    assert anew(folder) == ALL
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.home.rglob("*.html")}
    second = run(folder)
    assert all(one.unchanged and one.path and one.size for one in second.sent)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    assert anew(folder, Wishes(again=True)) == ALL


def test_one_word_makes_the_homes_of_that_child_anew(folder: ClassFolder) -> None:
    """A word of Bo's: both homes of Bo, nobody else's."""
    run(folder)
    in_store(folder, lambda store: write(store, "bo", "I count to ten.", expected=1))
    assert anew(folder) == {"bo-mama", "bo-papa"}
    assert anew(folder) == set()


def test_a_new_label_makes_that_childs_homes_anew_and_takes_the_old_file_away(folder: ClassFolder) -> None:
    """The page names its home, and so does its file: nothing is left under the name of before."""
    run(folder)

    def rename(store: ClassStore) -> None:
        ada = store.student("ada")
        store.keep_student(ada.but(households=(ada.households[0].but(label="Mama and Sam"),)))

    in_store(folder, rename)
    again = run(folder)
    assert {one.path.stem for one in again.sent if one.path and not one.unchanged} == {"ada-mama-and-sam"}
    assert again.tidied.removed == ("ada-mama/ada-mama.html",)
    assert not (folder.home / "ada-mama").exists()


@pytest.mark.parametrize("name", ["class.yaml", "student.ipynb", "glossary.yaml", "school-glossary.yaml"])
def test_what_all_pages_are_made_with_makes_all_anew(folder: ClassFolder, name: str) -> None:
    """Questions, outline, school words: one more letter in the file, and nothing of before is kept."""
    run(folder)
    path = folder.path / name
    if path.suffix == ".ipynb":
        told = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({**told, "metadata": {**told["metadata"], "x": 1}}), "utf-8")
    else:
        path.write_text((path.read_text("utf-8") if path.exists() else "") + "\n# more\n", "utf-8")
    assert anew(folder) == ALL


def test_the_class_and_its_round_make_all_anew(folder: ClassFolder) -> None:
    """The name of the class stands on every page."""
    run(folder)
    in_store(folder, lambda store: store.keep_class(store.school_class().but(name="Elms")))
    assert anew(folder) == ALL


def test_another_program_makes_all_anew(folder: ClassFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version, or a changed file of the program, writes other pages."""
    before = PROGRAM()
    monkeypatch.setattr(portfolio, "__version__", "99.0")
    assert PROGRAM() != before
    run(folder)
    monkeypatch.setattr(run_state, "program", lambda: "a file of ours has changed")
    assert anew(folder) == ALL


@pytest.mark.parametrize("wishes", [Wishes(limit=4_000_000), Wishes(doors=Doors(text="short"))])
def test_another_wish_makes_all_anew(folder: ClassFolder, wishes: Wishes) -> None:
    """What was wished for differently was not made; the same wish again is."""
    run(folder)
    assert anew(folder, wishes) == ALL
    assert anew(folder, wishes) == set()


def test_what_was_made_beside_a_page_goes_when_it_is_not_wished_for_any_more(folder: ClassFolder) -> None:
    """A message of last week beside a page of today would tell two stories."""
    run(folder, Wishes(doors=Doors(text="short")))
    assert (folder.home / "ada-mama" / "ada-mama.txt").is_file()
    again = run(folder)
    assert "ada-mama/ada-mama.txt" in again.tidied.removed
    assert not list(folder.home.rglob("*.txt"))


@pytest.mark.parametrize("harm", ["gone", "cut", "other", "link", "folder"])
def test_a_file_that_is_not_as_it_was_made_is_made_anew(
    folder: ClassFolder, tmp_path: Path, harm: str
) -> None:
    """Gone, cut off, changed by a hand, a link to elsewhere: that home's file is made again."""
    run(folder)
    path = folder.home / "ada-mama" / "ada-mama.html"
    data = path.read_bytes()
    if harm == "folder":
        shutil.rmtree(path.parent)
    else:
        path.unlink()
    if harm == "cut":
        path.write_bytes(data[:-1])
    elif harm == "other":
        path.write_bytes(data[:-1] + b"!")
    elif harm == "link":
        (tmp_path / "elsewhere.html").write_bytes(data)
        path.symlink_to(tmp_path / "elsewhere.html")
    assert anew(folder) == {"ada-mama"}
    assert path.read_bytes() == data and not path.is_symlink()


HARMS: dict[str, Callable[[bytes], bytes]] = {
    "one letter": lambda data: data.replace(b'"ada"', b'"adb"', 1),
    "all": lambda _: b"\x00\xff{]",
    "empty": lambda _: b"",
    "another seal": lambda data: b"0" * 32 + data[32:],
}
"""Ways to harm a list: each makes at least what it names anew."""


@pytest.mark.parametrize("what", HARMS)
def test_a_list_somebody_changed_counts_for_nothing(folder: ClassFolder, what: str) -> None:
    """No line is believed whose seal does not fit; nothing breaks."""
    run(folder)
    path = Manifest(folder, folder.home).path
    path.write_bytes(HARMS[what](path.read_bytes()))
    found = anew(folder)
    assert "ada-mama" in found if what in ("one letter", "another seal") else found == ALL
    assert anew(folder) == set()


def test_a_list_of_another_class_counts_for_nothing(
    folder: ClassFolder, made_once: Path, tmp_path: Path
) -> None:
    """A list is sealed with the secret of its class."""
    run(folder)
    folder.secret.write_bytes(secrets.token_bytes(32))
    assert anew(folder) == ALL


def test_without_a_secret_everything_is_made_anew_each_time(folder: ClassFolder) -> None:
    """A damaged class still sends home; it only remembers nothing."""
    folder.secret.unlink()
    assert anew(folder) == ALL and anew(folder) == ALL


def test_a_damaged_picture_is_looked_for_again_each_time(folder: ClassFolder) -> None:
    """A page with a hole is made again as soon as it may be whole."""
    from portfolio.views.room import Missing

    def with_hole(book: Book, household_id: str, kit: Kit) -> HomeFile:
        return replace(plain(book, household_id, kit), missing=(Missing("a bridge", "damaged"),))

    holed = run_home(folder, Wishes(workers=0, make=with_hole))
    assert all(one.missing for one in holed.sent)
    assert anew(folder) == ALL


def test_what_did_not_fit_is_still_told_when_a_file_is_ready(folder: ClassFolder) -> None:
    """The second report names what is not in the file, without a word of the child's in the list."""
    from portfolio.views.room import Missing

    def with_less(book: Book, household_id: str, kit: Kit) -> HomeFile:
        return replace(
            plain(book, household_id, kit), missing=(Missing("our secret dance", "no_room", "film"),)
        )

    run_home(folder, Wishes(workers=0, make=with_less))
    second = run_home(folder, Wishes(workers=0, make=with_less))
    assert all(
        one.unchanged and [(m.why, m.kind) for m in one.missing] == [("no_room", "film")]
        for one in second.sent
    )
    assert b"dance" not in Manifest(folder, folder.home).path.read_bytes()


def test_a_password_is_not_in_the_list(folder: ClassFolder) -> None:
    """Neither it nor anything that lets somebody try passwords without the secret of the class."""
    run(folder, Wishes(doors=Doors(text="short", password="open sesame")))
    told = Manifest(folder, folder.home).path.read_bytes()
    assert b"sesame" not in told and b"lock" not in told


def test_each_place_has_a_list_of_its_own(folder: ClassFolder, tmp_path: Path) -> None:
    """Files on a stick say nothing about the files in the class."""
    run(folder)
    assert anew(folder, Wishes(out=tmp_path / "stick")) == ALL
    assert anew(folder) == set() and anew(folder, Wishes(out=tmp_path / "stick")) == set()


def test_one_child_is_made_without_touching_what_is_known_of_others(folder: ClassFolder) -> None:
    """A run for Ada alone leaves the list of all others as it is; all together are then ready."""
    run(folder)
    assert anew(folder, Wishes(students=("ada", "ada"), again=True)) == {"ada-mama"}
    assert anew(folder) == set()


def test_erasing_takes_a_child_out_of_every_list(folder: ClassFolder, tmp_path: Path) -> None:
    """Its files are found whatever they are called; the others stay known."""
    run(folder)
    run(folder, Wishes(out=tmp_path / "stick"))
    assert {path.name for path in files_of(folder, "bo")} == {"bo-mama.html", "bo-papa.html"}
    forget_runs(folder, "bo")
    assert b'"bo"' not in b"".join(path.read_bytes() for path in (folder.hidden / RUNS).iterdir())
    assert anew(folder) == {"bo-mama", "bo-papa"}


def test_one_run_at_a_time_makes_files_in_a_place(folder: ClassFolder, tmp_path: Path) -> None:
    """A second one is told so and changes nothing; another place is free, and so is this one afterwards."""
    told: list[str] = []

    def page(book: Book, household_id: str, kit: Kit) -> HomeFile:
        with pytest.raises(StorageTrouble) as trouble:
            run_home(folder, Wishes(doors=Doors(names="first", text="short"), workers=0, make=plain))
        told.append(str(trouble.value))
        run_home(folder, Wishes(students=("bo",), out=tmp_path / "stick", workers=0, make=plain))
        return plain(book, household_id, kit)

    done = run_home(folder, Wishes(workers=0, make=page))
    assert len(told) == len(done.sent) and all("Nothing was made by this run" in one for one in told)
    assert {path.stem for path in folder.home.rglob("*.*")} == {
        one.path.stem for one in done.sent if one.path
    }
    other = run(folder, Wishes(doors=Doors(names="first", text="short")))
    assert set(folder.home.rglob("*.*")) == {file for one in other.sent for file in one.files}


KILLED = """
import os, signal, sys, time
from portfolio.moments.run_manifest import one_run
from portfolio.store.class_folder import open_class
folder = open_class(sys.argv[1])
with one_run(folder, folder.home):
    worker = os.fork()
    if not worker:
        os.close(1)
        time.sleep(60)
        os._exit(0)
    print(worker, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_worker_that_outlives_a_killed_run_keeps_nobody_out(
    folder: ClassFolder, only_on: Callable[..., None]
) -> None:
    """A copy of the process holds no lock: only who made it does, and nobody once that is gone."""
    only_on("Linux")
    command = [sys.executable, "-c", KILLED, str(folder.path)]
    worker = int(subprocess.run(command, stdout=subprocess.PIPE, check=False, timeout=60).stdout)
    try:
        os.kill(worker, 0)  # it is still there
        with one_run(folder, folder.home), pytest.raises(StorageTrouble), one_run(folder, folder.home):
            pass
    finally:
        os.kill(worker, signal.SIGKILL)


@pytest.mark.parametrize("there", ["link", "pipe", "folder", "none"])
def test_where_there_can_be_no_lock_files_are_made_all_the_same(
    folder: ClassFolder, tmp_path: Path, there: str
) -> None:
    """Something else stands in its place, or the system has no such locks: nobody is kept waiting."""
    runs = folder.hidden / RUNS
    if there == "none":
        went_on = False

        def lacking(handle: int, *, take: bool) -> None:
            raise OSError(errno.ENOLCK, f"no locks for {handle} {take}")

        with only_one(runs / "a.lock", lambda _: StorageTrouble("taken"), lacking):
            went_on = True
        assert went_on
        return
    runs.mkdir(parents=True, exist_ok=True)
    lock = runs / "home.lock"
    ways: dict[str, Callable[[], None]] = {
        "link": lambda: lock.symlink_to(tmp_path / "far"),
        "pipe": lambda: os.mkfifo(lock),
        "folder": lock.mkdir,
    }
    ways[there]()
    assert all(one.path for one in run(folder).sent)
    assert not (tmp_path / "far").exists()


ids = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
lines = st.builds(
    Made,
    home=st.tuples(ids, ids),
    state=st.text("0123456789abcdef", max_size=64),
    files=st.lists(st.builds(FileMade, name=ids, sha256=ids, size=st.integers(0, 10**9)), max_size=3).map(
        tuple
    ),
    missing=st.lists(st.tuples(st.sampled_from(["film", "picture"]), st.just("no_room")), max_size=2).map(
        tuple
    ),
    seconds=st.floats(0, 1000, allow_nan=False),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(lines, min_size=1, max_size=6), st.data())
def test_a_list_says_the_last_of_each_home_or_nothing(
    tmp_path: Path, made: list[Made], data: st.DataObject
) -> None:
    """However lines come, and wherever the file is cut off: what is read was written so, and is the newest whole one."""
    folder = ClassFolder(tmp_path / "class")
    folder.hidden.mkdir(parents=True, exist_ok=True)
    folder.secret.write_bytes(b"s" * 32)
    manifest = Manifest(folder, folder.home)
    manifest.path.unlink(missing_ok=True)
    manifest = Manifest(folder, folder.home)
    for one in made:
        manifest.put(one)
    assert Manifest(folder, folder.home).made() == {one.home: one for one in made}
    whole = manifest.path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    manifest.path.write_bytes(whole[:cut])
    read = Manifest(folder, folder.home)
    assert all(one in made for one in read.made().values())
    read.put(made[-1])  # a line behind half a line is whole
    assert Manifest(folder, folder.home).of(made[-1].home) == made[-1]
