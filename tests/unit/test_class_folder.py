"""A class on disk: made whole or not at all, opened with a sentence, read as books."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portfolio.errors import InputRefused, NotebookMistake, NotFound, StorageTrouble, TemplateMistake
from portfolio.files import class_templates
from portfolio.model import (
    ClassTemplate,
    Goal,
    Outline,
    Passage,
    PortfolioMeta,
    SchoolClass,
    SectionCell,
    Student,
)
from portfolio.store import ClassFolder, ClassStore, FakeStore, book_of, create_class, open_class
from portfolio.store.template_file import load_template

TEMPLATE = class_templates() / "3-5.yaml"
CLASS = SchoolClass(class_id="4b", name="Class 4b 🦊", age_band="3-5", round="Fall 2026")
NOON = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)


def counted(size: int) -> bytes:
    """Return bytes that are anything but random."""
    return bytes(range(size))


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """A new class."""
    return create_class(tmp_path / "4b", TEMPLATE, CLASS, randomness=counted)


# -------------------------------------------------------------------------------------- making and opening


def test_a_new_class_has_all_its_parts(folder: ClassFolder) -> None:
    """A class made from a template can be opened, and every part of it read."""
    assert open_class(folder.path) == folder == open_class(str(folder.path))
    assert folder.template() == load_template(TEMPLATE)
    shown = [c.section for c in folder.outline() if isinstance(c, SectionCell)]
    assert shown == [s.section_id for s in folder.template().sections]
    assert folder.conference_notebook.is_file()
    assert (folder.media.is_dir(), folder.home.is_dir()) == (True, True)
    store = folder.store()
    assert store.school_class() == CLASS
    assert store.students() == ()
    store.close()


def test_the_template_is_copied_with_the_teachers_comments(folder: ClassFolder) -> None:
    """The copy has the very bytes of the template, comments and all."""
    assert folder.template_file.read_bytes() == TEMPLATE.read_bytes()


def test_only_its_owner_can_look_into_a_class(folder: ClassFolder, only_on: Callable[..., None]) -> None:
    """Folder and secret are closed to other people of the computer; the secret is what we were handed."""
    only_on("Linux", "Darwin")
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.secret.stat().st_mode) == 0o600
    assert folder.secret.read_bytes() == bytes(range(32))


@pytest.mark.parametrize("name", ["4b", "klasse ä 🦊", "a'b %20 #?&.sqlite", "عائلة"])
def test_a_class_may_be_called_anything(tmp_path: Path, name: str) -> None:
    """Blanks, signs of addresses and any script may stand in the folder's name."""
    folder = create_class(tmp_path / "deep" / name, TEMPLATE, CLASS, randomness=counted)
    store = open_class(folder.path).store()
    store.keep_student(Student(student_id="maya", name="Maya"))
    store.close()
    again = folder.store()
    assert again.student("maya").name == "Maya"
    again.close()
    assert sorted(p.name for p in (tmp_path / "deep").iterdir()) == [name]


def test_an_empty_folder_may_become_a_class(tmp_path: Path) -> None:
    """A folder somebody made beforehand is taken if it is empty."""
    (tmp_path / "4b").mkdir()
    create_class(tmp_path / "4b", TEMPLATE, CLASS, randomness=counted)
    assert open_class(tmp_path / "4b").path == tmp_path / "4b"


def test_a_folder_with_something_in_it_is_left_alone(folder: ClassFolder, tmp_path: Path) -> None:
    """A class is never made over another one, over other files or in the place of a file."""
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    with pytest.raises(InputRefused, match=r"is not empty\. Choose a new one"):
        create_class(folder.path, TEMPLATE, CLASS, randomness=counted)
    with pytest.raises(InputRefused, match="is a file"):
        create_class(folder.template_file, TEMPLATE, CLASS, randomness=counted)
    with pytest.raises(StorageTrouble, match="cannot be made"):
        create_class(folder.template_file / "below", TEMPLATE, CLASS, randomness=counted)
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def break_template(tmp_path: Path) -> Path:
    """Return a template with a mistake in it."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("template_id: ours\nversion: often\n", encoding="utf-8")
    return broken


@pytest.mark.parametrize("there", [True, False])
def test_a_class_that_cannot_be_finished_leaves_nothing(tmp_path: Path, there: bool) -> None:
    """A mistake in the template, or trouble halfway, leaves the place as it was."""

    def no_dice(size: int) -> bytes:
        raise StorageTrouble("There are no dice.")

    target = tmp_path / "4b"
    if there:
        target.mkdir()
    with pytest.raises(TemplateMistake):
        create_class(target, break_template(tmp_path), CLASS, randomness=counted)
    with pytest.raises(NotFound):
        create_class(target, tmp_path / "none.yaml", CLASS, randomness=counted)
    with pytest.raises(StorageTrouble, match="no dice"):
        create_class(target, TEMPLATE, CLASS, randomness=no_dice)
    assert target.exists() == there
    if there:
        assert list(target.iterdir()) == []


def test_where_there_is_no_class_the_way_to_one_is_said(tmp_path: Path) -> None:
    """Opening nothing, an empty folder or a file says what to do."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_bytes(b"")
    for name in ("nothing", "empty", "file"):
        with pytest.raises(NotFound, match=rf"There is no class in .*{name}.*portfolio new"):
            open_class(tmp_path / name)


@pytest.mark.parametrize("part", ["student.ipynb", "class.sqlite"])
def test_a_missing_part_is_named_and_never_made_anew(folder: ClassFolder, part: str) -> None:
    """Lost records must not turn into an empty class."""
    (folder.path / part).unlink()
    with pytest.raises(StorageTrouble, match=f"{part} is missing .* backup"):
        open_class(folder.path)
    assert not (folder.path / part).exists()


@pytest.mark.parametrize(
    "part", ["class.yaml", "student.ipynb", "class.sqlite", "media", "home", ".portfolio"]
)
def test_a_class_never_reaches_out_of_its_folder(
    folder: ClassFolder, part: str, only_on: Callable[..., None]
) -> None:
    """A link in the place of a part is refused by name."""
    only_on("Linux", "Darwin")
    moved = folder.path.parent / "outside"
    (folder.path / part).rename(moved)
    (folder.path / part).symlink_to(moved)
    with pytest.raises(StorageTrouble, match=f"^{part} in the class .* is a link"):
        open_class(folder.path)


def test_a_class_reached_through_a_link_is_fine(
    folder: ClassFolder, tmp_path: Path, only_on: Callable[..., None]
) -> None:
    """Only what is inside must not lead away; the folder itself may be linked."""
    only_on("Linux", "Darwin")
    (tmp_path / "my class").symlink_to(folder.path)
    assert open_class(tmp_path / "my class").template() == folder.template()


# ----------------------------------------------------------------------------------- template and notebook


def test_template_and_outline_are_read_again_only_after_a_change(folder: ClassFolder) -> None:
    """Asking twice hands out the same value; an edit shows at once."""
    template, outline = folder.template(), folder.outline()
    assert folder.template() is template
    assert folder.outline() is outline
    text = folder.template_file.read_text(encoding="utf-8")
    folder.template_file.write_text(text.replace("template_id: ", "template_id: our-"), encoding="utf-8")
    assert folder.template().template_id == f"our-{template.template_id}"
    folder.student_notebook.write_text("{", encoding="utf-8")
    with pytest.raises(NotebookMistake):
        folder.outline()


# --------------------------------------------------------------------------------------------------- books


def begin(store: ClassStore, round_name: str, day: date, text: str) -> None:
    """Begin a round for Maya with one goal."""
    portfolio_id = f"p-{day:%Y-%m}"
    meta = PortfolioMeta(
        portfolio_id=portfolio_id,
        student_id="maya",
        round=round_name,
        started_on=day,
        age_band="3-5",
        template_id="t",
    )
    store.keep_meta(meta, expected=0)
    entry = Goal(entry_id="g1", goal=Passage(text=text))
    store.keep(portfolio_id, entry, expected=0, by="student", at=NOON)


@pytest.fixture(params=["in memory", "on disk"])
def book(
    request: pytest.FixtureRequest, folder: ClassFolder
) -> Iterator[Callable[..., tuple[str, tuple[str, ...]]]]:
    """Ask for Maya's book: its goal, and the goals of the earlier rounds in it."""
    store: ClassStore = FakeStore(CLASS) if request.param == "in memory" else folder.store()
    store.keep_student(Student(student_id="maya", name="Maya"))
    store.keep_student(Student(student_id="ben", name="Ben"))
    begin(store, "Fall 2026", date(2026, 9, 1), "now")
    begin(store, "Spring 2027", date(2027, 2, 1), "later")
    begin(store, "Fall 2025", date(2025, 9, 1), "long ago")
    begin(store, "Spring 2026", date(2026, 2, 1), "before")
    template: ClassTemplate = folder.template()
    outline: Outline = folder.outline()

    def ask(student_id: str, round_name: str | None = None) -> tuple[str, tuple[str, ...]]:
        found = book_of(store, template, outline, student_id, round_name)
        assert (found.school_class, found.template, found.outline) == (CLASS, template, outline)
        assert found.student.student_id == student_id
        return found.portfolio.goals[0].goal.text, tuple(p.goals[0].goal.text for p in found.earlier)

    yield ask
    store.close()


def test_a_book_holds_this_round_and_those_before(book: Callable[..., object]) -> None:
    """By default the class's round; earlier ones oldest first, later ones never."""
    assert book("maya") == ("now", ("long ago", "before"))
    assert book("maya", "Spring 2027") == ("later", ("long ago", "before", "now"))
    assert book("maya", "Fall 2025") == ("long ago", ())


def test_who_has_no_book_is_said_and_what_there_is(book: Callable[..., object]) -> None:
    """An unknown round names those there are; a child who has not begun gets no old book."""
    known = "Fall 2025, Spring 2026, Fall 2026, Spring 2027"
    with pytest.raises(NotFound, match=rf"Maya has no portfolio for “Fall 2030” yet\. There is: {known}"):
        book("maya", "Fall 2030")
    with pytest.raises(NotFound, match=r"Ben has no portfolio for “Fall 2026” yet\. There is: –"):
        book("ben")
    with pytest.raises(NotFound, match="no student “zoe”"):
        book("zoe")


def test_a_damaged_entry_does_not_take_the_book_with_it(folder: ClassFolder) -> None:
    """The book comes without what is damaged, and the store names it."""
    import sqlite3

    store = folder.store()
    store.keep_student(Student(student_id="maya", name="Maya"))
    begin(store, "Fall 2026", date(2026, 9, 1), "now")
    with sqlite3.connect(folder.database) as connection:
        connection.execute("UPDATE entries SET body = '{}'")
    connection.close()
    book = book_of(store, folder.template(), folder.outline(), "maya")
    assert book.portfolio.goals == ()
    assert store.damaged(book.portfolio.meta.portfolio_id) == ("g1",)
    store.close()


def test_paths_are_kept_when_the_program_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A class opened by a relative path stays open when the working folder changes."""
    monkeypatch.chdir(tmp_path)
    create_class(Path("4b"), TEMPLATE, CLASS, randomness=counted)
    folder = open_class("4b")
    os.chdir("/")
    assert folder.template().template_id == load_template(TEMPLATE).template_id
