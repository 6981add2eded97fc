"""What an outsider tried on files of a class: damaged rows, full disks, archives from anywhere."""

from __future__ import annotations

import contextlib
import errno
import gc
import hashlib
import shutil
import sqlite3
import sys
import unicodedata
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from portfolio.errors import InputRefused, NotFound, StorageTrouble
from portfolio.media.sound import clean_sound
from portfolio.model import Goal, Passage, Sound, Work
from portfolio.moments import erasing
from portfolio.moments.archive_in import take_in
from portfolio.moments.archiving import archive_class
from portfolio.moments.erasing_traces import Markers, holds
from portfolio.moments.keeping import back_up
from portfolio.moments.mending import mend_all
from portfolio.store.class_folder import ClassFolder, open_class
from portfolio.store.findings import Finding
from portfolio.store.sql import SqlStore
from portfolio.words import speak
from tests.camera_notes import SECRET
from tests.rosters import make_class
from tests.sounds import plain_mp3, told_mp3

SAMPLES = Path(__file__).resolve().parents[1] / "cases" / "versions"
AT = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """A class with two children."""
    return make_class(tmp_path / "class", date(2026, 11, 22), "Ana", "Ben")


def ask(file: Path, *statements: str) -> None:
    """Change a file behind the store's back."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_versions_that_are_no_numbers_are_damage_and_no_traceback(folder: ClassFolder) -> None:
    """A row that says ``zz`` where a number stands gives a sentence."""
    store = folder.store()
    try:
        meta = store.rounds("ana")[0]
        ask(folder.database, "UPDATE portfolios SET version = 'zz', revision = 'yy'")
        with pytest.raises(StorageTrouble, match="damaged"):
            store.revision(meta.portfolio_id)
        with pytest.raises(StorageTrouble, match="damaged"):
            store.keep_meta(meta, expected=1)
    finally:
        store.close()


def test_an_entry_with_an_impossible_version_is_left_alone_by_mending(folder: ClassFolder) -> None:
    """One row that cannot be mended never stops the others."""
    store = folder.store()
    pid = store.rounds("ana")[0].portfolio_id
    store.keep(pid, Goal(entry_id="g", goal=Passage(text="read")), expected=0, by="student", at=AT)
    store.close()
    ask(folder.database, "UPDATE entries SET version = -5")
    found = Finding("entry", f"{pid}/g", "", {}, mendable=True)
    assert mend_all(folder, (found,), by="teacher", at=AT) == ((found, False),)


def test_two_notes_of_the_version_that_disagree_are_told(tmp_path: Path) -> None:
    """A store that says 1 and, for Alembic, something unknown is damaged; nothing of it changes."""
    file = tmp_path / "class.sqlite"
    shutil.copy(SAMPLES / "store-1.sqlite", file)
    ask(
        file,
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)",
        "INSERT INTO alembic_version VALUES ('9999')",
    )
    before = file.read_bytes()
    with pytest.raises(StorageTrouble, match="damaged"):
        SqlStore(file, tmp_path / "media")
    assert file.read_bytes() == before and not list(tmp_path.glob("*.before-*"))


def test_an_archive_that_fails_halfway_complains_once(
    folder: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python ended the half-written zip later, in a closed file, and printed a traceback of its own."""
    heard: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", heard.append)
    ask(folder.database, "DELETE FROM classes")
    with contextlib.suppress(NotFound):
        archive_class(folder, made_at=AT, say=speak("en"))
    gc.collect()
    assert heard == []


def test_a_recording_from_an_archive_is_cleaned_like_one_from_a_desk(
    folder: ClassFolder, tmp_path: Path
) -> None:
    """Whatever program made the archive: no place and no name hidden in a recording comes along."""
    dirty = told_mp3()
    assert SECRET in dirty
    clean = clean_sound(dirty)
    store = folder.store()
    pid = store.rounds("ana")[0].portfolio_id
    for n, data in enumerate((dirty, clean_sound(plain_mp3()).data)):
        sha = hashlib.sha256(data).hexdigest()
        store.keep_media("ana", sha, "mp3", data)
        sound = Sound(sha256=sha, suffix="mp3", seconds=1, size=len(data))
        store.keep(pid, Work(entry_id=f"w{n}", media=(sound,)), expected=0, by="student", at=AT)
    kept = store.portfolio(pid).work
    store.close()
    made = archive_class(folder, made_at=AT, say=speak("en"), students=("ana",))
    other = make_class(tmp_path / "other", date(2026, 11, 22), "Zoe")
    told = take_in(other, made.path, at=AT)
    assert told[0].missing == ()
    assert not any(SECRET in path.read_bytes() for path in other.media.rglob("*.mp3"))
    store = other.store()
    try:
        came = store.portfolio(pid).work
        assert came[1] == kept[1]  # what was clean keeps its name
        assert came[0].media[0].sha256 == clean.sha256  # type: ignore[union-attr]  # it is a sound
        assert store.media("ana", clean.sha256, "mp3") == clean.data
    finally:
        store.close()


def test_somebody_who_came_in_meanwhile_gets_no_book_of_another_child(
    folder: ClassFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the writing another child may get the id: then nothing is taken in."""
    made = archive_class(folder, made_at=AT, say=speak("en"), students=("ana",))
    other = make_class(tmp_path / "other", date(2026, 11, 22), "Zoe")
    together = SqlStore.together

    def later(self: SqlStore) -> Any:
        monkeypatch.setattr(SqlStore, "together", together)
        self.keep_student(self.student("zoe").but(student_id="ana"))
        return together(self)

    monkeypatch.setattr(SqlStore, "together", later)
    with pytest.raises(InputRefused, match="who differs"):
        take_in(other, made.path, at=AT)
    store = other.store()
    try:
        assert store.student("ana").name == "Zoe" and store.rounds("ana") == ()
    finally:
        store.close()


def test_a_full_disk_is_not_blamed_on_a_recording(
    folder: ClassFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup that met a full disk said a child's file could not be read and should be taken away."""
    data = clean_sound(plain_mp3()).data
    store = folder.store()
    store.keep_media("ana", hashlib.sha256(data).hexdigest(), "mp3", data)
    store.close()
    write = zipfile._ZipWriteFile.write  # type: ignore[attr-defined]  # where a full disk shows

    def full(self: Any, piece: bytes) -> Any:
        if piece[:3] == data[:3]:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, piece)

    monkeypatch.setattr(zipfile._ZipWriteFile, "write", full)  # type: ignore[attr-defined]  # a private class of the standard library
    with pytest.raises(StorageTrouble, match="no room left, so “a"):
        back_up(folder, tmp_path / "a.zip", made_at=AT)
    assert not (tmp_path / "a.zip").exists()


def test_a_folder_that_is_not_ours_is_told(folder: ClassFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one may not even look, Python 3.11 raises instead of saying that there is no file."""

    def forbidden(_: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "is_file", forbidden)
    with pytest.raises(StorageTrouble, match="belongs to you"):
        open_class(folder.path)


@pytest.mark.parametrize("name", ["Ana", "Bo", "李明", "علي", "Zoë", "Zoë Müller"])
def test_a_short_name_and_one_with_accents_apart_are_found(tmp_path: Path, name: str) -> None:
    """The report said that no file tells of the child, with its name in a note beside the portfolios."""
    folder = make_class(tmp_path / "class", date(2026, 11, 22), name, "Ben")
    note = folder.path / "notes.txt"
    note.write_text(f"Talk with {unicodedata.normalize('NFD', name)}, soon.", "utf-8")
    store = folder.store()
    student_id = store.students()[0].student_id
    store.close()
    assert [t.file for t in erasing.erase(folder, student_id).traces] == ["notes.txt"]


def test_a_short_name_is_no_trace_in_a_picture(tmp_path: Path) -> None:
    """Three letters stand in every large file by chance."""
    path = tmp_path / "picture.webp"
    path.write_bytes(b"RIFF\0\0\0\0 Ana ")
    assert not holds(path, Markers((), (), ("Ana",)))
