"""What earlier runs have left among the files for homes: taken away where it is surely ours, told, never guessed at."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portfolio.model import Household
from portfolio.moments import erasing, run_state
from portfolio.moments.classes import new_class
from portfolio.moments.home_doors import Doors
from portfolio.moments.run_manifest import Manifest
from portfolio.moments.run_report import swept_lines
from portfolio.moments.send_home import Run, Wishes, run_home
from portfolio.store.class_folder import ClassFolder
from portfolio.store.integrity import examine
from portfolio.words import speak
from tests.breaking import breaking, plain

OURS = '<!doctype html><html class="pf" lang="en" data-band="35" data-cloth="sea"><!-- default-src \'none\' -->of before'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClassFolder:
    """Return a class of two children whose ids begin alike; the program stays as it is meanwhile."""
    monkeypatch.setattr(run_state, "program", lambda: "this program")
    return new_class(
        tmp_path / "class", name="Oaks", band="3-5", round_name="Fall 2026",
        students=["Ana; Mama; en", "Ana-Maria; Papa; en"], today=date(2026, 11, 22), randomness=secrets.token_bytes,
    )  # fmt: skip


def run(folder: ClassFolder, wishes: Wishes | None = None) -> Run:
    """Make small pages in this process."""
    return run_home(folder, replace(wishes or Wishes(), workers=0, make=plain))


def homes(folder: ClassFolder, student: str, *labels: str) -> None:
    """Give a child homes of these labels, and no others; a home keeps its id where its place stays."""
    store = folder.store()
    try:
        now = tuple(Household(household_id=f"home-{n}", label=label) for n, label in enumerate(labels))
        store.keep_student(store.student(student).but(households=now))
    finally:
        store.close()


def there(folder: ClassFolder) -> set[str]:
    """Return the names of all files below ``home/``."""
    return {path.relative_to(folder.home).as_posix() for path in folder.home.rglob("*") if path.is_file()}


NOW = {"ana-mama/ana-mama.html", "ana-maria-papa/ana-maria-papa.html"}


def test_pages_of_the_time_when_all_lay_in_one_folder_are_replaced(folder: ClassFolder) -> None:
    """Each has a folder of its own now; the page of before goes, and so does one of a home that is not there any more."""
    for name in ("ana-mama", "ana-maria-papa", "ana-grandma"):
        (folder.home / f"{name}.html").write_text(OURS, "utf-8")
    done = run(folder)
    assert there(folder) == NOW
    assert set(done.tidied.removed) == {"ana-mama.html", "ana-maria-papa.html", "ana-grandma.html"}


def test_what_is_not_surely_ours_stays(folder: ClassFolder, tmp_path: Path) -> None:
    """A letter of the teacher's, a page of nobody in this class, a link, something in a folder of ours: all stay."""
    (folder.home / "ana-mama.html").write_text("<html>a letter of mine</html>", "utf-8")
    (folder.home / "zoe-home.html").write_text(OURS, "utf-8")
    (folder.home / "notes.txt").write_text("mine", "utf-8")
    (tmp_path / "mine.html").write_text(OURS, "utf-8")
    (folder.home / "ana-link.html").symlink_to(tmp_path / "mine.html")
    (folder.home / "ana-old").mkdir()
    (folder.home / "ana-old" / "drawing.txt").write_text("mine", "utf-8")
    assert run(folder).tidied.removed == ()
    assert there(folder) - NOW == {
        "ana-mama.html", "zoe-home.html", "notes.txt", "ana-link.html", "ana-old/drawing.txt",
    }  # fmt: skip


def test_a_page_somebody_has_changed_is_told_and_stays(folder: ClassFolder) -> None:
    """What a hand has written is not thrown away, even if the home is called otherwise now."""
    homes(folder, "ana", "Mama")
    run(folder)
    (folder.home / "ana-mama" / "ana-mama.html").write_text("with a word of mine", "utf-8")
    homes(folder, "ana", "Mum")
    done = run(folder)
    assert (done.tidied.removed, done.tidied.left) == ((), ("ana-mama/ana-mama.html",))
    assert (folder.home / "ana-mama" / "ana-mama.html").read_text("utf-8") == "with a word of mine"


def test_two_homes_that_change_names_never_keep_each_others_page(folder: ClassFolder) -> None:
    """Mama's becomes Papa's and Papa's Mama's: each file tells of the home it is named after."""
    homes(folder, "ana", "Mama", "Papa")
    run(folder)
    homes(folder, "ana", "Papa", "Mama")
    run(folder)
    assert "home-1" in (folder.home / "ana-mama" / "ana-mama.html").read_text("utf-8").partition("{")[0]
    assert "home-0" in (folder.home / "ana-papa" / "ana-papa.html").read_text("utf-8").partition("{")[0]


def test_a_home_that_is_gone_leaves_no_page(folder: ClassFolder) -> None:
    """Nobody can send what is not there; the pages of the others are not touched."""
    homes(folder, "ana", "Mama", "Papa")
    run(folder)
    homes(folder, "ana", "Mama")
    assert run(folder).tidied.removed == ("ana-papa/ana-papa.html",)
    assert there(folder) == NOW


def test_a_child_that_has_left_leaves_no_page_and_one_alone_sweeps_for_itself_only(
    folder: ClassFolder,
) -> None:
    """A run for one child touches nothing of another's; the run for all takes away what nobody has any more."""
    run(folder)
    store = folder.store()
    try:
        store.forget_student("ana-maria")
    finally:
        store.close()
    assert run(folder, Wishes(students=("ana",), again=True)).tidied.removed == ()
    assert run(folder).tidied.removed == ("ana-maria-papa/ana-maria-papa.html",)


def test_where_no_new_page_could_be_made_the_one_of_before_stays_and_is_told(folder: ClassFolder) -> None:
    """An older book is better than none, but nobody shall take it for today's."""
    store = folder.store()
    try:
        store.keep_student(
            store.student("ana").but(
                student_id="odd", name="Odd", households=(Household(household_id="h", label="H"),)
            )
        )
    finally:
        store.close()
    (folder.home / "odd-h").mkdir()
    (folder.home / "odd-h" / "odd-h.html").write_text(OURS, "utf-8")
    done = run_home(folder, Wishes(workers=0, make=breaking))
    (odd,) = (one for one in done.sent if one.student.student_id == "odd")
    assert odd.trouble and odd.earlier and (folder.home / "odd-h" / "odd-h.html").is_file()


def test_what_a_killed_run_left_beside_a_page_is_told_and_stays(folder: ClassFolder) -> None:
    """A mail no list knows would go home with a folder: nobody knows whose it is, so it is named, not taken away."""
    run(folder)
    mail = folder.home / "ana-mama" / "ana-mama.eml"
    mail.write_text("of before", "utf-8")
    (folder.home / "ana-mama" / "drawing.txt").write_text("mine", "utf-8")
    done = run(folder)
    assert done.tidied.strange == ("ana-mama/ana-mama.eml",) and mail.is_file()
    assert "before you send them: ana-mama/ana-mama.eml" in " ".join(swept_lines(done, speak("en")))
    assert run(folder, Wishes(students=("ana-maria",))).tidied.strange == ()
    assert run(folder, Wishes(doors=Doors(text="short"))).tidied.strange == ()
    assert not mail.exists()  # what goes beside a page is made anew as a whole
    assert run(folder).tidied.removed == ("ana-mama/ana-mama.txt", "ana-maria-papa/ana-maria-papa.txt")


def test_nothing_is_swept_in_a_folder_of_the_teachers_own(folder: ClassFolder, tmp_path: Path) -> None:
    """Where files go besides the class's own folder only what was made there by a run is ever taken away."""
    place = tmp_path / "stick"
    place.mkdir()
    (place / "ana-mama.html").write_text(OURS, "utf-8")
    assert run(folder, Wishes(out=place)).tidied.removed == ()
    homes(folder, "ana", "Mum")
    assert run(folder, Wishes(out=place)).tidied.removed == ("ana-mama/ana-mama.html",)
    homes(folder, "ana-maria", "Papa", "Opa")
    run(folder, Wishes(out=place))
    homes(folder, "ana-maria", "Papa")
    assert run(folder, Wishes(out=place)).tidied.removed == ("ana-maria-opa/ana-maria-opa.html",)
    assert (place / "ana-mama.html").is_file()


def test_erasing_finds_folders_files_of_before_and_whatever_they_are_called(folder: ClassFolder) -> None:
    """A child's files go whether they are named by its id or its name, with what a killed program left; others stay."""
    run(folder, Wishes(doors=Doors(text="short", names="first")))
    (folder.home / "ana-mama.html").write_text(OURS, "utf-8")
    half = next(folder.home.glob("*/")) / ".saving-1-1.tmp"
    half.write_text("half a page", "utf-8")
    mine = {path for path in there(folder) if not path.startswith(("ana-maria", "Ana-Maria", "ana_maria"))}
    listed = {
        file.name
        for home, made in Manifest(folder, folder.home).made().items()
        if home[0] == "ana"
        for file in made.files
    }
    assert listed and listed <= mine
    erased = erasing.erase(folder, "ana")
    assert not any((folder.home / name).exists() for name in (*listed, "ana-mama.html")) and not half.exists()
    assert not any(trace.file == "ana" for trace in erased.traces)
    assert {home[0] for home in Manifest(folder, folder.home).made()} == {"ana-maria"}
    assert not [path for path in folder.home.iterdir() if path.is_dir() and not list(path.iterdir())]


def test_a_link_in_a_homes_folder_is_found_when_the_class_is_examined(
    folder: ClassFolder, tmp_path: Path
) -> None:
    """A class never reaches out of its folder, also one level further down."""
    run(folder)
    (folder.home / "ana-mama" / "more.html").symlink_to(tmp_path / "elsewhere.html")
    assert [finding.where for finding in examine(folder)] == ["home/ana-mama/more.html"]


def test_no_file_is_written_through_a_link_to_another_folder(folder: ClassFolder, tmp_path: Path) -> None:
    """Where a home's folder is a link, its file is refused with a sentence, and the others are made."""
    (tmp_path / "elsewhere").mkdir()
    (folder.home / "ana-mama").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    done = run(folder)
    assert [bool(one.trouble) for one in done.sent] == [True, False]
    assert not list((tmp_path / "elsewhere").iterdir())
