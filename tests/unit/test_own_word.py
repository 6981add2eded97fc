"""A teacher's word to come back with: what is kept of it, and how it is set, changed and taken away at the desk."""

from __future__ import annotations

import json
import os
import secrets
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.errors import InputRefused, StorageTrouble
from portfolio.moments.room import Asked
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_room import SetupRoom
from portfolio.rules.own_word import good_word
from portfolio.store.backup import make_backup
from portfolio.store.own_word import OwnWord, same_word
from tests.teachers import NOW, form, sample_desk, sample_folder

WORD = "Purple Teapot 7"


# ----------------------------------------------------------------------------------------- what is kept


def test_only_what_scrypt_makes_of_the_word_is_kept(tmp_path: Path) -> None:
    """One small file that only its owner can read; the word itself, in any writing, is in no file of the class."""
    folder = sample_folder(tmp_path, "ladybirds")
    word = OwnWord(folder.hidden, "teacher-1")
    word.keep(WORD, secrets.token_bytes)
    assert os.name == "nt" or word.path.stat().st_mode & 0o777 == 0o600
    told = json.loads(word.path.read_bytes())
    assert set(told) == {"salt", "scrypt"} and len(bytes.fromhex(told["salt"])) == 16
    for path in (path for path in folder.path.rglob("*") if path.is_file()):
        data = path.read_bytes().lower()
        assert WORD.lower().encode() not in data and WORD.encode().hex().encode() not in data
    first = word.path.read_bytes()
    word.keep(WORD, secrets.token_bytes)
    assert word.path.read_bytes() != first  # salted afresh: two alike are not seen to be alike


def test_a_word_is_one_teachers_alone(tmp_path: Path) -> None:
    """Nobody comes in by the word of somebody else; ids from anywhere make no strange file names."""
    mine, other = (OwnWord(tmp_path / "hidden", who) for who in ("teacher-1", "../../x"))
    mine.keep(WORD, secrets.token_bytes)
    assert (mine.fits(WORD), other.fits(WORD), other.there()) == (True, False, False)
    other.keep("Another Teapot", secrets.token_bytes)
    assert {path.parent for path in tmp_path.rglob("word-*")} == {tmp_path / "hidden"}
    mine.drop()
    mine.drop()
    assert (mine.there(), other.fits("Another Teapot")) == (False, True)


@pytest.mark.parametrize(
    "kept",
    [b"", b"{", b"[]", b"null", b'{"salt": "zz", "scrypt": "00"}', b'{"salt": 1, "scrypt": 2}', b"\xff" * 50,
     b'{"salt": "", "scrypt": ""}', b'{"salt": "00", "scrypt": "00"}'],
)  # fmt: skip
def test_a_damaged_file_is_no_word(tmp_path: Path, kept: bytes) -> None:
    """It opens nothing, not even for an empty word, and a new word can be set over it."""
    word = OwnWord(tmp_path, "teacher-1")
    word.path.write_bytes(kept)
    assert not word.there() and not word.fits("") and not word.fits(WORD)
    word.keep(WORD, secrets.token_bytes)
    assert word.fits(WORD)


def test_a_link_in_place_of_the_file_is_no_word(tmp_path: Path, only_on: Callable[..., None]) -> None:
    """A symbolic link to a file somebody else prepared opens nothing and is not written through."""
    only_on("Linux", "Darwin")
    theirs, word = OwnWord(tmp_path / "theirs", "teacher-1"), OwnWord(tmp_path / "mine", "teacher-1")
    theirs.keep("Prepared Word", secrets.token_bytes)
    word.path.parent.mkdir()
    word.path.symlink_to(theirs.path)
    assert not word.there() and not word.fits("Prepared Word")
    with pytest.raises(StorageTrouble):
        word.keep(WORD, secrets.token_bytes)
    assert theirs.fits("Prepared Word")


def test_a_backup_holds_no_word(tmp_path: Path) -> None:
    """Whoever finds a lost backup cannot even try to guess: it is left out, as the secret is."""
    folder = sample_folder(tmp_path, "ladybirds")
    word = OwnWord(folder.hidden, "teacher-1")
    word.keep(WORD, secrets.token_bytes)
    made = make_backup(folder, tmp_path / "b.zip", made_at=NOW).path
    with zipfile.ZipFile(made) as packed:
        assert not [name for name in packed.namelist() if "word-" in name]
        digest = json.loads(word.path.read_bytes())["scrypt"].encode()
        assert not [name for name in packed.namelist() if digest in packed.read(name)]


@given(st.text(min_size=1, max_size=30))
def test_accents_and_white_space_are_the_same_however_they_are_typed(words: str) -> None:
    """A keyboard that writes é in two signs, a space too many: still the word."""
    typed = f"  {words}  x "
    assert same_word(unicodedata.normalize("NFD", typed)) == same_word(unicodedata.normalize("NFC", typed))
    assert same_word(same_word(typed)) == same_word(typed)
    assert same_word(words) != same_word(f"{words} y")


# --------------------------------------------------------------------------------------- at the desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of the teacher of class 4B."""
    found = sample_desk(tmp_path)
    yield found
    found.store.close()


def word_of(desk: TeacherDesk) -> OwnWord:
    """Return the word of who sits at a desk."""
    return OwnWord(desk.folder.hidden, desk.teacher_id)


def told(word: str, again: str) -> Asked:
    """Return what the form of the screen asks."""
    return Asked("own-word", {"word": (word,), "word-again": (again,)})


def test_a_word_is_set_changed_and_taken_away_at_the_desk(desk: TeacherDesk) -> None:
    """Each time the screen says what holds now, and never shows the word."""
    room = SetupRoom(desk)
    assert room.show(("class",)).body.count('type="password"') == 2
    for word in (WORD, "Another Teapot"):
        done = room.do(("class",), told(word, word))
        body = room.show(("class",)).body
        assert word_of(desk).fits(word) and "There is a word to come back with." in body
        assert word not in body and word not in done.say and f'id="{done.focus}"' in body
    assert not word_of(desk).fits(WORD)
    assert room.do(("class",), form("drop-word")).say
    assert not word_of(desk).there() and "There is a word" not in room.show(("class",)).body


@pytest.mark.parametrize(
    ("word", "again", "field"),
    [
        ("", "", "word"),
        ("short", "short", "word"),
        ("Ms. Rivera", "Ms. Rivera", "word"),
        ("CLASS 4b", "CLASS 4b", "word"),
        ("aaaaaaaaab", "aaaaaaaaab", "word"),
        ("12345678", "12345678", "word"),
        ("Password123", "Password123", "word"),
        ("Purple Teapot", "purple teapot", "word-again"),
        ("Purple Teapot", "", "word-again"),
        ("x" * 5_000, "x" * 5_000, "word"),
        ("Purple Teapot", "y" * 5_000, "word-again"),
    ],
)
def test_a_word_that_does_not_do_is_refused_at_its_field(
    desk: TeacherDesk, word: str, again: str, field: str
) -> None:
    """Too short, easily guessed, mistyped, endless: a sentence beside the field, and the word of before stays."""
    word_of(desk).keep(WORD, secrets.token_bytes)
    with pytest.raises(InputRefused) as met:
        SetupRoom(desk).do(("class",), told(word, again))
    assert met.value.values["field"] == field
    assert len(word) < 8 or word not in str(met.value)
    assert word_of(desk).fits(WORD)


@given(st.text(max_size=40), st.text(max_size=40))
@example("Purple Teapot", "Purple Teapot")
@example("Purple Teapot", "Purple teapot")
def test_a_word_passes_as_it_is_or_is_refused(word: str, again: str) -> None:
    """Whatever is typed: the word comes back unchanged, or there is a sentence that names its field."""
    try:
        passed, field = good_word(word, again, ["Ana", "4B"]), ""
    except InputRefused as error:
        passed, field = "", str(error.values["field"])
    assert (passed == word == again and len(word) >= 8) if passed else field in {"word", "word-again"}
    assert passed or (word, again) != ("Purple Teapot", "Purple Teapot")


def test_who_is_taken_out_of_the_class_has_no_word_any_more(desk: TeacherDesk) -> None:
    """A word that nobody knows of would be a door nobody guards."""
    room = SetupRoom(desk)
    room.do(("class",), form("add-teacher", name="Mr. Okoro"))
    other = desk.school_class.teachers[-1].teacher_id
    OwnWord(desk.folder.hidden, other).keep("Another Teapot", secrets.token_bytes)
    room.do(("class",), form("remove-teacher", teacher=other))
    assert not OwnWord(desk.folder.hidden, other).there()
