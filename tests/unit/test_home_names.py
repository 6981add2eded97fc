"""What the files for the homes are called, and whom sending one child home reads."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path

import pytest

from portfolio.errors import NotFound
from portfolio.model import Household, Student
from portfolio.moments.classes import new_class
from portfolio.moments.home import send_home
from portfolio.store.class_folder import ClassFolder


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """Return a class in which two homes would have a file of one name."""
    made = new_class(
        tmp_path / "class", name="Oaks", band="3-5", round_name="Fall 2026",
        students=["Ana; Maria papa; en", "Ana Maria; Papa; en", "Noor; Home; en"],
        today=date(2026, 11, 22), randomness=secrets.token_bytes,
    )  # fmt: skip
    store = made.store()
    try:
        assert [s.student_id for s in store.students()] == ["ana", "ana-maria", "noor"]
    finally:
        store.close()
    return made


def names(folder: ClassFolder, out: Path, *students: str) -> list[str]:
    """Return the names of the files that are written."""
    return sorted(str(sent.path.name) for sent in send_home(folder, students=students, out=out) if sent.path)


def test_a_file_has_one_name_whether_one_child_is_sent_or_all(folder: ClassFolder, tmp_path: Path) -> None:
    """Two homes never share a file, and sending one child gives it the name it has in the whole class."""
    together = names(folder, tmp_path / "all")
    assert together == ["ana+maria-papa.html", "ana-maria+papa.html", "noor-home.html"]
    assert names(folder, tmp_path / "one", "ana-maria") == ["ana-maria+papa.html"]
    assert names(folder, tmp_path / "other", "noor") == ["noor-home.html"]


def test_one_child_is_sent_without_reading_the_class(
    folder: ClassFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a class of a hundred thousand nobody waits for the roster when one file is wanted."""
    store = folder.store()
    monkeypatch.setattr(type(store), "students", lambda _: pytest.fail("the whole roster was read"))
    store.close()
    assert names(folder, tmp_path / "one", "noor") == ["noor-home.html"]


def test_an_unknown_child_is_answered_with_some_of_the_known(folder: ClassFolder, tmp_path: Path) -> None:
    """The sentence names children, but not a thousand of them."""
    store = folder.store()
    try:
        with store.together():
            for n in range(100):
                homes = (Household(household_id="home", label="Home"),)
                store.keep_student(Student(student_id=f"more-{n}", name="More", households=homes))
    finally:
        store.close()
    with pytest.raises(NotFound) as told:
        send_home(folder, students=["nobody"], out=tmp_path / "out")
    assert "ana, ana-maria, noor" in str(told.value)
    assert str(told.value).count("more-") == 57
