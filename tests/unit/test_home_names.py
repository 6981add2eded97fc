"""What the files for the homes are called, and whom sending one child home reads."""

from __future__ import annotations

import re
import secrets
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import NotFound
from portfolio.model import Household, Student
from portfolio.moments import erasing
from portfolio.moments.classes import new_class
from portfolio.moments.home_names import file_name, file_names, home_words
from portfolio.moments.paper_files import FOLDER, write_papers
from portfolio.moments.send_home import send_home
from portfolio.store.class_folder import ClassFolder


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """Return a class in which two homes would have a file of one name."""
    made = new_class(
        tmp_path / "class", name="Oaks", band="3-5", round_name="Fall 2026",
        students=["Ana; Maria papa; en", "Ana-Maria; Papa; en", "Noor; Home; en"],
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


# --------------------------------------------------------------------------- what a home is called now


def told(*homes: tuple[str, str], student_id: str = "maya") -> Student:
    """Return a child with homes of these ids and labels."""
    return Student(
        student_id=student_id,
        name="Maya",
        households=tuple(Household(household_id=i, label=label) for i, label in homes),
    )


def test_a_file_is_called_what_its_home_is_called_now() -> None:
    """Two who lived in one home live in two: the name of neither file tells of the other, whatever the ids are."""
    maya = told(("mama-and-papa", "Mama"), ("home", "Papa"))
    assert [file_name(maya, home) for home in maya.households] == ["maya-mama.html", "maya-papa.html"]


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (("Mamá y Abuelo", "Mẹ và Bà"), ["mama-y-abuelo", "me-va-ba"]),
        (("妈妈和爸爸", "أبي", ""), ["home", "home-2", "home-3"]),
        (("Papa", "papa!", "Papa 2"), ["papa", "papa-2", "papa-2-2"]),
        (("../../etc", "a/b\\c:d", "x" * 300), ["etc", "a-b-c-d", "x" * 40]),
    ],
)
def test_words_for_homes_are_safe_and_each_is_another(labels: tuple[str, ...], words: list[str]) -> None:
    """Accents go, other alphabets become “home”, twins get a number in the order of the homes."""
    child = told(*((f"h{n}", label) for n, label in enumerate(labels)))
    assert list(home_words(child).values()) == words


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_two_homes_share_a_file_whatever_they_are_called(classes: list[list[str]]) -> None:
    """Every home has a file of its own with a name every computer can keep, the same each time."""
    roster = [
        told(
            *((f"h{n}", " ".join(label.split())) for n, label in enumerate(labels)),
            student_id="-".join("a" * at),
        )
        for at, labels in enumerate(classes, 1)
    ]
    found = file_names(roster)
    assert len(set(found.values())) == len(found) and found == file_names(roster)
    assert all(re.fullmatch(r"[a-z0-9+-]+\.html", name) for name in found.values())


def test_erasing_finds_files_by_the_name_of_now_and_of_before(folder: ClassFolder) -> None:
    """A file made while files were called by the ids of homes goes with its child, and no other child's does."""
    store = folder.store()
    try:
        home = Household(household_id="maria-papa", label="Baba")
        store.keep_student(store.student("ana").but(households=(home,)))
    finally:
        store.close()
    send_home(folder)
    write_papers(folder, ("letter",))
    for old in (folder.home / "ana-maria-papa.html", folder.path / FOLDER / "ana-maria-papa-letter.html"):
        old.write_text("made for Ana under the id of her home", "utf-8")
    (folder.home / "ana-maria-old.html").write_text("of a home Ana Maria no longer has", "utf-8")
    gone = {path.name for path in erasing.look(folder, "ana").home}
    assert gone == {
        "ana-baba",
        "ana-baba-letter.html",
        "ana-maria-papa.html",
        "ana-maria-papa-letter.html",
    }
    left = {path.name for path in erasing.look(folder, "noor").home}
    assert left == {"noor-home", "noor-home-letter.html"}
