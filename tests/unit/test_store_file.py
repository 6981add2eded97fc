"""What only the store on disk can meet: damage, newer files, full disks, other processes."""

# long: what can befall one file belongs together, so that nobody tests half of it
from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portfolio.errors import ChangedMeanwhile, StorageTrouble
from portfolio.model import Cue, Goal, Passage, PortfolioMeta, SchoolClass, Student
from portfolio.store import sqlite_file, what_is_there
from portfolio.store.sql import SqlStore

NOON = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)


def goal(entry_id: str, text: str = "Read every day") -> Goal:
    """Return a goal."""
    return Goal(entry_id=entry_id, goal=Passage(text=text))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A class with two goals and a cue in one portfolio, closed."""
    path = tmp_path / "class.sqlite"
    store = SqlStore(path, tmp_path / "media", create=True)
    store.keep_class(SchoolClass(class_id="4b", name="4b", age_band="3-5", round="Fall"))
    store.keep_student(Student(student_id="maya", name="Maya"))
    store.keep_student(Student(student_id="ben", name="Ben"))
    meta = PortfolioMeta(
        portfolio_id="p1",
        student_id="maya",
        round="Fall",
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="t",
    )
    store.keep_meta(meta, expected=0)
    for entry in (goal("g1"), goal("g2"), Cue(entry_id="c1", step="hello")):
        store.keep("p1", entry, expected=0, by="student", at=NOON)
    store.close()
    return path


@pytest.fixture
def store(file: Path) -> Iterator[SqlStore]:
    """That class, open."""
    opened = SqlStore(file, file.parent / "media")
    yield opened
    opened.close()


def tamper(file: Path, statement: str) -> None:
    """Change the file behind the store's back."""
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()


# ------------------------------------------------------------------------------------------------- damage


@pytest.mark.parametrize(
    "damage",
    [
        "body = substr(body, 1, 40)",
        "body = ''",
        "body = 'null'",
        "body = 7",
        "body = CAST(x'7b22ff7d' AS TEXT)",
        "body = x'00'",
        "body = replace(body, 'Read', CAST(x'ff' AS TEXT))",
        "body = replace(body, 'g2', 'g7')",
        "kind = 'riddle'",
        "kind = 'cue'",
        "changed_at = 'yesterday'",
        "changed_at = '2026-10-01T12:00:00'",
    ],
)
def test_one_damaged_entry_is_named_and_the_others_stay_readable(
    file: Path, store: SqlStore, damage: str
) -> None:
    """Entries and portfolio come without the damaged one; asking for it says which it is."""
    tamper(file, f"UPDATE entries SET {damage} WHERE entry_id = 'g2'")  # noqa: S608 - our own words
    assert store.damaged("p1") == ("g2",)
    assert [k.entry.entry_id for k in store.entries("p1")] == ["g1", "c1"]
    assert [e.entry_id for e in store.portfolio("p1").entries()] == ["g1", "c1"]
    (whole,) = store.wholes(["p1"]).values()
    assert (whole.portfolio, whole.damaged) == (store.portfolio("p1"), ("g2",))
    with pytest.raises(StorageTrouble, match="“g2” in the portfolio “p1” is damaged") as caught:
        store.entry("p1", "g2")
    assert caught.value.values["version"] == 1


def test_a_damaged_entry_can_be_mended_from_its_history(file: Path, store: SqlStore) -> None:
    """History leaves out what cannot be read; the rest can be kept over the damage."""
    store.keep("p1", goal("g2", "second"), expected=1, by="student", at=NOON)
    tamper(file, "UPDATE entries SET body = '{' WHERE entry_id = 'g2'")
    tamper(file, "UPDATE history SET body = '{' WHERE entry_id = 'g2' AND version = 2")
    with pytest.raises(ChangedMeanwhile) as late:
        store.keep("p1", goal("g2", "late"), expected=1, by="student", at=NOON)
    assert what_is_there(late.value) == (2, None)
    (good,) = store.history("p1", "g2")
    assert good.entry is not None
    store.keep("p1", good.entry, expected=2, by="teacher:ms-b", at=NOON)
    assert store.entry("p1", "g2").entry == goal("g2")
    assert store.damaged("p1") == ()


def test_damaged_people_and_covers_are_named(file: Path, store: SqlStore) -> None:
    """One damaged student does not hide the class; class and meta say what is damaged."""
    tamper(file, "UPDATE students SET body = replace(body, 'maya', 'max') WHERE student_id = 'maya'")
    tamper(file, "UPDATE portfolios SET body = replace(body, 'started_on', 'started')")
    tamper(file, "UPDATE classes SET body = 'x'")
    assert [s.student_id for s in store.students()] == ["ben"]
    assert store.damaged_students() == ("maya",)
    with pytest.raises(StorageTrouble, match="student “maya” is damaged"):
        store.student("maya")
    for ask in (store.portfolio, store.meta):
        with pytest.raises(StorageTrouble, match="first page of the portfolio “p1” is damaged"):
            ask("p1")
    with pytest.raises(StorageTrouble, match="record of this class is damaged"):
        store.school_class()
    assert len(store.entries("p1")) == 3
    assert store.wholes(["p1"]) == {}
    assert [(one.portfolio_id, one.student_id) for one in store.latest()] == [("p1", "maya")]
    tamper(file, "UPDATE portfolios SET revision = 'yy', changed_at = 'zz', changed_revision = 2")
    assert [(one.revision, one.last) for one in store.latest()] == [(0, None)]


def test_a_file_that_is_no_class_is_refused(tmp_path: Path) -> None:
    """Empty, foreign, cut-off and missing files are refused with a sentence, and no file is made."""
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "text").write_bytes(b"This is not a database, but it is long enough to look at." * 99)
    tamper(tmp_path / "other", "CREATE TABLE recipes (name TEXT)")
    for name in ("empty", "text", "other"):
        with pytest.raises(StorageTrouble, match=f"“{name}” is damaged, or it is not the file of a class"):
            SqlStore(tmp_path / name, tmp_path / "media")
    with pytest.raises(StorageTrouble, match="“gone”, which holds everything"):
        SqlStore(tmp_path / "gone", tmp_path / "media")
    assert not (tmp_path / "gone").exists()


def test_a_file_overwritten_in_the_middle_is_told_as_damaged(file: Path) -> None:
    """Rubbish inside the file gives a sentence, never a traceback from the database."""
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with (
        pytest.raises(StorageTrouble, match="Restore a backup"),
        closing(SqlStore(file, file.parent / "media")) as store,
    ):
        store.entries("p1")


@pytest.mark.parametrize("create", [True, False])
def test_a_newer_file_is_left_exactly_as_it_was(file: Path, create: bool) -> None:
    """A file of a newer version is refused, and not one byte of it changes."""
    tamper(file, "UPDATE store_version SET version = 3")
    before = file.read_bytes(), file.stat().st_mtime_ns, sorted(file.parent.iterdir())
    with pytest.raises(StorageTrouble, match="newer version of this program"):
        SqlStore(file, file.parent / "media", create=create, journal="wal")
    assert (file.read_bytes(), file.stat().st_mtime_ns, sorted(file.parent.iterdir())) == before


# ----------------------------------------------------------------------------------- others, and full disks


def test_two_stores_on_one_file_see_each_other(file: Path, store: SqlStore) -> None:
    """What one saves the other sees at once, and a stale save is refused."""
    other = SqlStore(file, file.parent / "media")
    store.keep("p1", goal("g1", "first"), expected=1, by="student", at=NOON)
    with pytest.raises(ChangedMeanwhile) as caught:
        other.keep("p1", goal("g1", "second"), expected=1, by="teacher:ms-b", at=NOON)
    assert other.revision("p1") == store.revision("p1")
    _, change = what_is_there(caught.value)
    assert change is not None
    assert change.entry == goal("g1", "first") == other.entry("p1", "g1").entry
    other.close()


def test_a_save_waits_for_another_writer(
    file: Path, store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the file is held the store rests and tries again; the save then goes through."""
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 1)
    holder = sqlite3.connect(file, isolation_level=None)
    rests: list[float] = []

    def pause(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 2:
            holder.execute("ROLLBACK")

    patient = SqlStore(file, file.parent / "media", pause=pause)
    holder.execute("BEGIN EXCLUSIVE")
    patient.keep("p1", goal("g1", "held"), expected=1, by="student", at=NOON)
    assert len(rests) == 2
    assert store.entry("p1", "g1").entry == goal("g1", "held")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StorageTrouble, match=r"“class.sqlite” is busy.*save again"):
        patient.keep("p1", goal("g1", "never"), expected=2, by="student", at=NOON)
    holder.close()
    assert len(patient.history("p1", "g1")) == 2
    patient.close()


def test_a_full_disk_is_told_and_what_was_saved_stays(store: SqlStore) -> None:
    """With no room left a save says so, and entry, history and revision are as before."""
    with store._database._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    before = store.entries("p1"), store.history("p1", "g1"), store.revision("p1")
    with pytest.raises(StorageTrouble, match="no room left"):
        store.keep("p1", goal("g1", "long " * 9000), expected=1, by="student", at=NOON)
    assert (store.entries("p1"), store.history("p1", "g1"), store.revision("p1")) == before


def test_a_full_disk_breaks_a_block_even_when_that_was_caught(store: SqlStore) -> None:
    """SQLite may undo everything before it, so nothing of the block is kept and nothing more goes in."""
    with store._database._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    before = store.entries("p1"), store.revision("p1")

    def block() -> None:
        with store.together():
            store.keep("p1", goal("g1", "small"), expected=1, by="student", at=NOON)
            with pytest.raises(StorageTrouble, match="no room left"):
                store.keep("p1", goal("g2", "long " * 9000), expected=1, by="student", at=NOON)
            with pytest.raises(StorageTrouble, match="no room left"):
                store.keep("p1", goal("g9"), expected=0, by="student", at=NOON)

    with pytest.raises(StorageTrouble, match="no room left"):
        block()
    assert (store.entries("p1"), store.revision("p1")) == before
    store.keep("p1", goal("g1", "small"), expected=1, by="student", at=NOON)


def test_a_block_waits_for_others_at_its_beginning_and_end(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who writes holds up its beginning, somebody who reads its end; then it goes through."""
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 1)
    holder = sqlite3.connect(file, isolation_level=None)
    rests: list[float] = []

    def pause(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 2:
            holder.execute("ROLLBACK")

    patient = SqlStore(file, file.parent / "media", pause=pause, journal="delete")
    holder.execute("BEGIN EXCLUSIVE")
    with patient.together():
        patient.keep("p1", goal("g1", "held"), expected=1, by="student", at=NOON)
        assert len(rests) == 2
        rests.clear()
        holder.execute("BEGIN")
        holder.execute("SELECT * FROM entries").fetchone()
    assert len(rests) == 2
    assert patient.entry("p1", "g1").version == 2
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StorageTrouble, match="busy"), patient.together():
        pass
    holder.close()
    patient.close()


def test_a_file_that_may_not_be_written_is_told(file: Path) -> None:
    """Reading works where writing is forbidden; a save says so."""
    store = SqlStore(f"sqlite:///file:{file}?mode=ro&uri=true", file.parent / "media")
    assert len(store.entries("p1")) == 3
    with pytest.raises(StorageTrouble, match="may not be opened or written"):
        store.keep("p1", goal("g9"), expected=0, by="student", at=NOON)
    store.close()


def test_a_file_taken_away_is_told_and_no_empty_one_is_made(file: Path, store: SqlStore) -> None:
    """Work must never go on in an empty file where the class's one was."""
    store._database.close()
    file.rename(file.with_name("elsewhere"))
    with pytest.raises(StorageTrouble, match="may not be opened"):
        store.keep("p1", goal("g9"), expected=0, by="student", at=NOON)
    assert not file.exists()


def test_a_damaged_index_of_rows_is_told_with_its_reason(file: Path, store: SqlStore) -> None:
    """Trouble nobody foresaw is still a sentence that names the file and the reason."""
    tamper(file, "DROP TABLE history")
    with pytest.raises(StorageTrouble, match=r"“class.sqlite” does not work .*history"):
        store.history("p1", "g1")


def test_several_programs_may_make_one_store_at_once(tmp_path: Path) -> None:
    """Eight openings with an empty folder give one set of tables and no error."""
    stores: list[SqlStore] = []

    def make() -> None:
        stores.append(SqlStore(tmp_path / "class.sqlite", tmp_path / "media", create=True))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores) == 8
    stores[0].keep_student(Student(student_id="maya", name="Maya"))
    assert all(store.student("maya").name == "Maya" for store in stores)
    for store in stores:
        store.close()


def test_every_connection_is_set_up(store: SqlStore) -> None:
    """References hold, commits wait for disk and folder, deleted bytes are overwritten."""
    with store._database._engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "synchronous", "secure_delete", "busy_timeout")
        ]
    assert found == [1, 3, 1, sqlite_file.BUSY_MS]


def test_the_journal_changes_when_nobody_else_is_there(file: Path) -> None:
    """Opening with another journal changes the file, or leaves it while somebody uses it."""

    def journal() -> str:
        with sqlite3.connect(file) as connection:
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        connection.close()
        return str(mode)

    log = SqlStore(file, file.parent / "media", journal="wal")
    assert journal() == "wal"
    with sqlite3.connect(file) as user:
        user.execute("BEGIN")
        user.execute("SELECT * FROM entries").fetchone()
        other = SqlStore(file, file.parent / "media", journal="delete")
        assert journal() == "wal"
        assert len(other.entries("p1")) == 3
    for part in (user, other, log):
        part.close()
    SqlStore(file, file.parent / "media", journal="delete").close()
    assert journal() == "delete"


def test_a_name_that_was_changed_leaves_no_bytes_in_the_file(file: Path, store: SqlStore) -> None:
    """What a record said before is overwritten, not only unlinked."""
    store.keep_student(Student(student_id="maya", name="Quillfeather" * 40))
    assert b"Quillfeather" in file.read_bytes()
    store.keep_student(Student(student_id="maya", name="Maya"))
    assert b"Quillfeather" not in file.read_bytes()
