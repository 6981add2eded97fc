"""Forgetting a child on disk: no byte of what was said may be left in the store's files."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from portfolio.errors import StorageTrouble
from portfolio.model import KIND, Household, Passage, PortfolioMeta, Student
from portfolio.store import sqlite_file
from portfolio.store.sql import SqlStore

NOON = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
NEEDED: dict[str, dict[str, Any]] = {
    "answer": {"section": "s", "prompt": "p"},
    "rating": {"section": "s", "question": "q"},
    "look_back": {"goal_id": "g"},
    "cue": {"step": "s"},
    "teacher_note": {"teacher_id": "t"},
    "comment": {"teacher_id": "t"},
    "home_words": {"household_id": "h1"},
    "statement": {"step": "welcome"},
    "to_teacher": {"household_id": "h1"},
    "reply": {"household_id": "h1"},
    "concern": {"household_id": "h1"},
    "naming": {"name": "Lina", "teacher_id": "t"},
}


def marker(*parts: object) -> str:
    """Return words that stand nowhere else, long enough for pages of their own."""
    return f"{'-'.join(map(str, parts))}-ÆØÅ " * 40


def fill(store: SqlStore, student_id: str, mark: str) -> None:
    """Keep a student with every kind of entry, all texts marked, changed once and some removed."""
    home = Household(household_id="h1", label=mark, adults=(mark,), reach_by=mark)
    store.keep_student(Student(student_id=student_id, name=f"{mark} {student_id}", households=(home,)))
    meta = PortfolioMeta(
        portfolio_id=f"{student_id}.fall",
        student_id=student_id,
        round=f"{mark} fall",
        school_year=mark,
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="t",
    )
    store.keep_meta(meta)
    for kind, record in KIND.items():
        names = [name for name, field in record.model_fields.items() if field.annotation is Passage]
        for version in range(3):
            texts = {name: {"text": marker(mark, kind, name, version)} for name in names}
            entry: Any = record.model_validate({"entry_id": f"{kind}-1", **texts, **NEEDED.get(kind, {})})
            store.keep(meta.portfolio_id, entry, expected=version, by=f"family:{mark}", at=NOON)
        if kind in ("cue", "goal"):
            store.remove(meta.portfolio_id, entry.entry_id, expected=3, by=mark, at=NOON)
    data = mark.encode()
    store.keep_media(student_id, hashlib.sha256(data).hexdigest(), "mp3", data)
    store.add_key(student_id, hashlib.sha256(student_id.encode()).hexdigest())


def left_of(folder: Path, mark: str) -> list[str]:
    """Return the files below a folder that hold the words, in UTF-8 or UTF-16."""
    wanted = [mark.encode("utf-8"), mark.encode("utf-16-le"), mark.encode("utf-16-be")]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(w in path.read_bytes() for w in wanted)
    ]


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_no_byte_of_a_forgotten_child_is_left(tmp_path: Path, journal: Any) -> None:
    """After forgetting no file of the store holds a word of the child; the other child has all of its own."""
    with closing(
        SqlStore(tmp_path / "class.sqlite", tmp_path / "media", create=True, journal=journal)
    ) as store:
        fill(store, "maya", "Quillfeather")
        fill(store, "ben", "Thistledown")
        for folder in (tmp_path, tmp_path / "media"):
            (folder / ".saving-77-1.tmp").write_bytes(b"half of Quillfeather")
        assert {name[:12] for name in left_of(tmp_path, "Quillfeather")} >= {"class.sqlite", ".saving-77-1"}
        before = store.entries("ben.fall"), store.student("ben")
        fingerprint = hashlib.sha256(b"maya").hexdigest()
        gone = store.forget_student("maya")
        assert (gone.portfolios, gone.entries, gone.keys, gone.files, gone.swept) == (
            1,
            len(KIND),
            1,
            1,
            True,
        )
        assert gone.history == 3 * len(KIND) + 2
        for word in ("Quillfeather", "maya", fingerprint):
            assert left_of(tmp_path, word) == []
        assert (store.entries("ben.fall"), store.student("ben")) == before
    assert left_of(tmp_path, "Quillfeather") == []
    assert not (tmp_path / "media" / "maya").exists()


def test_what_is_deleted_is_overwritten_even_while_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody reads, the file cannot be written anew: this is said, and sweeping later does it."""
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 1)
    file = tmp_path / "class.sqlite"
    with closing(SqlStore(file, tmp_path / "media", create=True, journal="wal")) as store:
        fill(store, "maya", "Quillfeather")
        with closing(sqlite3.connect(file, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entries").fetchone()
            assert not store.forget_student("maya").swept
            assert not store.sweep()
        assert store.students() == ()
        assert store.sweep()
        assert left_of(tmp_path, "Quillfeather") == []


def test_a_held_file_leaves_the_child_on_the_roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the rows cannot be deleted just now, the sentence says so and forgetting can be asked again."""
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 1)
    file = tmp_path / "class.sqlite"
    rest = {"create": True, "pause": lambda _: None}
    with closing(SqlStore(file, tmp_path / "media", **rest)) as store:  # type: ignore[arg-type]  # two sorts of options
        fill(store, "maya", "Quillfeather")
        with closing(sqlite3.connect(file, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageTrouble, match="busy"):
                store.forget_student("maya")
        assert store.student("maya").student_id == "maya"
        assert store.forget_student("maya").portfolios == 1
        assert left_of(tmp_path, "Quillfeather") == []


KILLED = """
import os, signal, sys
from pathlib import Path
from portfolio.store import sql
moment, place = sys.argv[1], Path(sys.argv[2])
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
store = sql.SqlStore(place / "class.sqlite", place / "media")
if moment == "after the files":
    sql.forget_rows = die
else:
    store.sweep = die
store.forget_student("maya")
"""


@pytest.mark.parametrize("moment", ["after the files", "before the sweeping"])
def test_killed_while_forgetting_it_can_be_finished(tmp_path: Path, moment: str) -> None:
    """A program killed in between leaves a store that opens, and nothing that cannot be cleared."""
    with closing(SqlStore(tmp_path / "class.sqlite", tmp_path / "media", create=True)) as store:
        fill(store, "maya", "Quillfeather")
    command = [sys.executable, "-c", KILLED, moment, str(tmp_path)]
    repo = Path(__file__).resolve().parents[2]
    environment = os.environ | {"PYTHONPATH": str(repo)}
    assert subprocess.run(command, check=False, cwd=repo, env=environment).returncode == -9
    with closing(SqlStore(tmp_path / "class.sqlite", tmp_path / "media")) as store:
        if store.students():
            store.forget_student("maya")
        assert store.sweep()
        assert left_of(tmp_path, "Quillfeather") == []
