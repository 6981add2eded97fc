"""A bad picture or recording never stops a file: a sentence stands in its place, and the teacher is told."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from markupsafe import escape

from portfolio.model import Passage, Student
from portfolio.moments.home import HomeFile, home_file, kit_of
from portfolio.rules import for_audience
from portfolio.rules.family_view import passages_in
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.testing import NOON
from portfolio.views.phrases import missing_told
from portfolio.views.room import Missing
from portfolio.words import speak
from tests.samples import make_sample

GONE = (
    "This picture cannot be shown here just now.",
    "This film cannot be played here just now.",
    "This recording cannot be played here just now.",
)


@pytest.fixture(scope="module", params=["grade-7", "ladybirds"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """Return a class with pictures, and recordings or a film."""
    target = tmp_path_factory.mktemp("class") / "class"
    return make_sample(request.param, target, at=NOON, randomness=secrets.token_bytes)


@pytest.fixture
def store(folder: ClassFolder) -> Iterator[ClassStore]:
    """Return its store."""
    opened = folder.store()
    yield opened
    opened.close()


def file_of(folder: ClassFolder, store: ClassStore, student: Student) -> HomeFile:
    """Return the file for a child's first home."""
    book = book_of(store, folder.template(), folder.outline(), student.student_id)
    return home_file(book, student.households[0].household_id, kit_of(folder, store))


def shown(path: Path) -> str:
    """Return a file as it stands in a page."""
    return base64.b64encode(path.read_bytes()).decode()


def cut(path: Path, _: Path) -> None:
    """Take the last byte away."""
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path, _: Path) -> None:
    """Take every byte away."""
    path.write_bytes(b"")


def flip(path: Path, _: Path) -> None:
    """Change one byte."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def lose(path: Path, _: Path) -> None:
    """Take the file away."""
    path.unlink()


def swap(path: Path, other: Path) -> None:
    """Put another child's file in its place."""
    path.write_bytes(other.read_bytes())


@pytest.mark.parametrize("harm", [cut, empty, flip, lose, swap])
def test_every_file_in_turn_may_be_damaged(
    folder: ClassFolder, store: ClassStore, harm: Callable[[Path, Path], None]
) -> None:
    """The file is made all the same; what was lost is said, told by name, and nobody else's picture ever appears."""
    stored = sorted(p for p in folder.media.rglob("*.*") if ".thumb." not in p.name)
    harmed = 0
    for student in store.students():
        if not student.households or not store.rounds(student.student_id):
            continue
        whole = file_of(folder, store, student)
        assert whole.missing == ()
        say = speak(student.households[0].reads[0])
        for path in (p for p in stored if p.parent.name == student.student_id and shown(p) in whole.page):
            other = next(p for p in stored if p.parent != path.parent)
            kept, of_another = path.read_bytes(), shown(other)
            try:
                harm(path, other)
                made = file_of(folder, store, student)
            finally:
                path.write_bytes(kept)
            harmed += 1
            assert {one.why for one in made.missing} == {"damaged"}
            assert {one.name for one in made.missing} == {path.name.removesuffix(".webp")}
            assert of_another not in made.page
            assert base64.b64encode(kept).decode() not in made.page
            assert any(say(sentence) in made.page for sentence in GONE) or path.suffix == ".webp"
            assert made.sizes.whole == len(made.page.encode())
            others = [p for p in stored if p != path and p.parent == path.parent and shown(p) in whole.page]
            assert all(shown(p) in made.page for p in others)
    assert harmed >= 3


def test_the_words_of_a_file_stay_when_all_its_files_are_gone(folder: ClassFolder, store: ClassStore) -> None:
    """Without a single picture or recording the file still says every word it said before."""
    student = next(s for s in store.students() if (folder.media / s.student_id).is_dir() and s.households)
    whole = file_of(folder, store, student)
    away = folder.media.rename(folder.path / "away")
    try:
        made = file_of(folder, store, student)
    finally:
        away.rename(folder.media)
    book = book_of(store, folder.template(), folder.outline(), student.student_id)
    view = for_audience(book, "home", student.households[0].household_id)
    lines = {str(escape(line.strip())) for one in passages_in(view) for line in one.text.splitlines()}
    said = [line for line in lines if line in whole.page]
    assert len(said) > 20
    assert not [line for line in said if line not in made.page]
    assert made.missing and made.sizes.pictures == made.sizes.sound == made.sizes.film == 0


def test_what_is_missing_is_told_in_a_sentence() -> None:
    """The teacher reads what it is, why it is not there and what to do; long words are cut short."""
    say = speak("en")
    assert missing_told(Missing("Our boat", "damaged"), say) == (
        "A picture (“Our boat”) is not in the file: it is damaged or gone. Put it in again, or take it from a backup."
    )
    assert "no room" in missing_told(Missing("", "no_room", "film"), say)
    assert len(missing_told(Missing("word " * 500, "refused", "output"), say)) < 200
    assert "{" not in missing_told(Missing("{name}", "refused", "output"), say).replace("{name}", "")


def test_what_is_missing_is_known_by_its_words() -> None:
    """A caption comes first, then what one sees or hears; line breaks in it become spaces."""
    from portfolio.moments.home_pictures import _words

    assert _words(Passage(), Passage(text="A\n boat"), Passage(text="no")) == "A boat"
    assert _words(Passage(text=" ")) == ""
