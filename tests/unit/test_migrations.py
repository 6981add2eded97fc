"""Older stores: opened, copied, brought up; newer ones left alone."""

# long: one story, from the first kept sample to the program that is killed on the way
from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from portfolio.errors import StorageTrouble
from portfolio.model import SCHEMA_VERSION, Entry, Portfolio, Record
from portfolio.model.upgrade import upgraded
from portfolio.store import upgrade
from portfolio.store.sql import SqlStore
from portfolio.store.tables import STORE_VERSION, metadata, revision_of
from versions import HOSTILE, a_portfolio

SAMPLES = Path(__file__).resolve().parents[1] / "cases" / "versions"
REPO = SAMPLES.parents[2]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of version 1, as a class has it."""
    path = tmp_path / "class.sqlite"
    shutil.copy(SAMPLES / "store-1.sqlite", path)
    return path


def ask(file: Path, statement: str) -> list[tuple[Any, ...]]:
    """Ask a file something behind the store's back."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.execute(statement))


def shape(file: Path) -> dict[str, Any]:
    """Return tables, columns, indexes and references of a file, without the words they were made with."""
    tables = sorted(name for (name,) in ask(file, "SELECT name FROM sqlite_master WHERE type = 'table'"))
    found: dict[str, Any] = {}
    for table in tables:
        indexes = ask(file, f"PRAGMA index_list('{table}')")
        found[table] = {
            "columns": ask(file, f"PRAGMA table_info('{table}')"),
            "indexes": sorted(
                (origin, unique, [row[2] for row in ask(file, f"PRAGMA index_info('{name}')")])
                for _, name, unique, origin, _ in indexes
            ),
            "named": sorted(name for _, name, _, origin, _ in indexes if origin == "c"),
            "references": sorted(row[2:] for row in ask(file, f"PRAGMA foreign_key_list('{table}')")),
        }
    return found


def says_the_same(found: Entry | None, made: Entry) -> bool:
    """Return whether an entry of an older version says what it said, and nothing in newer fields."""
    return found is not None and found == as_old(found, made)


def as_old(found: Any, made: Any) -> Any:
    """Return a record without what an older one could not say yet, also in the records that stand in it."""
    if isinstance(found, tuple) and isinstance(made, tuple) and len(found) == len(made):
        return tuple(as_old(*pair) for pair in zip(found, made, strict=True))
    if not isinstance(found, Record) or type(found) is not type(made):
        return made
    old, fields = found.model_fields_set, type(made).model_fields
    said = {name: as_old(getattr(found, name), getattr(made, name)) for name in fields if name in old}
    return type(made).model_validate(said)


# ------------------------------------------------------------------------------------------ kept samples

OF_THE_MEETING = ("statement", "practice", "to_teacher", "parked", "meeting")
YOUNGER = {"concern-1": (2, 2), "comment-1": (5, 99), "home_words-1": (5, 99), "naming-1": (7, 99)} | {
    f"{kind}-1": (6, 99) for kind in OF_THE_MEETING
}
"""Entries of kinds that came later: since which document, and in which kept store (99: in no kept one)."""


@pytest.mark.parametrize("version", range(1, STORE_VERSION + 1))
def test_every_kept_store_opens_with_its_texts(version: int, tmp_path: Path) -> None:
    """A store of any version opens and says what it said: people, every kind of entry, history."""
    path = tmp_path / "class.sqlite"
    shutil.copy(SAMPLES / f"store-{version}.sqlite", path)
    with closing(SqlStore(path, tmp_path / "media")) as store:
        assert store.school_class().name == " ".join(HOSTILE[0].split())
        assert [s.student_id for s in store.students()] == ["maya", "ben"]
        assert store.student_for_key("c" * 64) == "maya"
        assert store.rounds("maya")[0].schema_version == SCHEMA_VERSION
        book = store.portfolio("maya.fall-2026")
        assert store.damaged("maya.fall-2026") == ()
        expected = [e for e in a_portfolio().entries() if version >= YOUNGER.get(e.entry_id, (1, 1))[1]]
        now = {e.entry_id: e for e in book.entries()}
        for entry in expected:
            (first, *later) = store.history("maya.fall-2026", entry.entry_id)
            assert says_the_same(first.entry, entry)
            if not later:
                assert now[entry.entry_id] == first.entry
        assert "cue-1" not in now
        goal = store.history("maya.fall-2026", "goal-1")
        assert [c.restores for c in goal] == ([None, None] if version == 1 else [None, None, 1])
        assert (store.upgraded is None) == (version == STORE_VERSION)


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_every_kept_document_can_be_read(version: int) -> None:
    """A portfolio as JSON of any version is brought up and holds the texts it held."""
    document = json.loads((SAMPLES / f"portfolio-{version}.json").read_text(encoding="utf-8"))
    book = Portfolio.model_validate(upgraded(document))
    known = {entry.entry_id: entry for entry in book.entries()}
    made = [e for e in a_portfolio().entries() if version >= YOUNGER.get(e.entry_id, (1, 1))[0]]
    assert book.meta == a_portfolio().meta
    assert len(known) == len(made)
    assert all(says_the_same(known[entry.entry_id], entry) for entry in made)


def test_samples_are_small() -> None:
    """Each kept sample is below 100 kB: they stay for ever."""
    found = {path.name: path.stat().st_size for path in SAMPLES.iterdir()}
    assert len(found) == STORE_VERSION + SCHEMA_VERSION
    assert max(found.values()) < 100_000


# ------------------------------------------------------------------------------------- bringing a store up


def test_an_older_store_is_copied_first(old: Path) -> None:
    """The copy beside it is the old store with every byte of its content, and stays."""
    before = ask(old, "SELECT * FROM history ORDER BY 1, 2, 3")
    with closing(SqlStore(old, old.parent / "media")) as store:
        assert store.upgraded == upgrade.Upgrade(1, STORE_VERSION, old.with_name("class.sqlite.before-2"))
    copy = old.with_name("class.sqlite.before-2")
    assert ask(copy, "SELECT version FROM store_version") == [(1,)]
    assert ask(copy, "SELECT * FROM history ORDER BY 1, 2, 3") == before
    assert copy.stat().st_mode == old.stat().st_mode
    assert sorted(p.name for p in old.parent.iterdir()) == ["class.sqlite", "class.sqlite.before-2"]


def test_an_earlier_copy_is_never_replaced(old: Path) -> None:
    """A store put back from a backup is copied under another name."""
    for _ in range(2):
        shutil.copy(SAMPLES / "store-1.sqlite", old)
        SqlStore(old, old.parent / "media").close()
    names = sorted(p.name for p in old.parent.iterdir())
    assert names == ["class.sqlite", "class.sqlite.before-2", "class.sqlite.before-2.2"]


def test_a_store_of_this_version_is_not_touched(tmp_path: Path) -> None:
    """Opening the newest version copies nothing and does not even load Alembic."""
    shutil.copy(SAMPLES / f"store-{STORE_VERSION}.sqlite", tmp_path / "class.sqlite")
    say = (
        "import sys; from pathlib import Path; from portfolio.store.sql import SqlStore;"
        "SqlStore(Path(sys.argv[1]), Path('media')).close(); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", say, str(tmp_path / "class.sqlite")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPO)
    assert done.stdout.strip() == "False"
    assert [p.name for p in tmp_path.iterdir()] == ["class.sqlite"]


def test_new_and_upgraded_stores_have_the_same_tables(old: Path, tmp_path: Path) -> None:
    """What create_all makes is what the scripts lead to: columns, indexes, references, Alembic's stamp."""
    SqlStore(old, tmp_path / "media").close()
    SqlStore(tmp_path / "new.sqlite", tmp_path / "media", create=True).close()
    assert shape(tmp_path / "new.sqlite") == shape(old)
    for file in (old, tmp_path / "new.sqlite"):
        assert ask(file, "SELECT version_num FROM alembic_version") == [(revision_of(STORE_VERSION),)]
        assert ask(file, "SELECT version FROM store_version") == [(STORE_VERSION,)]


def test_the_first_script_makes_what_the_first_store_had(tmp_path: Path) -> None:
    """From nothing, the scripts alone make every version's tables."""
    from alembic import command
    from alembic.config import Config

    engine = create_engine(f"sqlite:///{tmp_path / 'made.sqlite'}")
    config = Config()
    config.set_main_option("script_location", str(upgrade.SCRIPTS))
    for version in range(1, STORE_VERSION + 1):
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision_of(version))
        made = shape(tmp_path / "made.sqlite")
        sample = shape(SAMPLES / f"store-{version}.sqlite")
        made.pop("alembic_version")
        sample.pop("alembic_version", None)
        assert made == sample
    engine.dispose()


def test_alembic_finds_nothing_to_do(tmp_path: Path) -> None:
    """The newest script is this store version, and Alembic sees no difference to the tables we declare."""
    from alembic.autogenerate import compare_metadata

    head = ScriptDirectory(str(upgrade.SCRIPTS)).get_current_head()
    assert head == revision_of(STORE_VERSION)
    SqlStore(tmp_path / "new.sqlite", tmp_path / "media", create=True).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == head
        left = compare_metadata(context, metadata)
    engine.dispose()
    assert [difference for difference in left if "alembic_version" not in str(difference)] == []


def test_a_damaged_cover_does_not_stop_the_others(old: Path) -> None:
    """A meta that cannot be read stays as it is, and the store is brought up."""
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE portfolios SET body = '{'")
    with closing(SqlStore(old, old.parent / "media")) as store:
        assert len(store.entries("maya.fall-2026")) > 5
        with pytest.raises(StorageTrouble, match="first page"):
            store.meta("maya.fall-2026")


def test_many_programs_open_one_old_store_at_once(old: Path) -> None:
    """One of them brings it up, all of them can work, and there is one copy."""
    stores: list[SqlStore] = []
    threads = [
        threading.Thread(target=lambda: stores.append(SqlStore(old, old.parent / "media"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores) == 4
    assert sum(store.upgraded is not None for store in stores) == 1
    for store in stores:
        assert store.student("ben").name == "Ben"
        store.close()
    assert len(list(old.parent.glob("class.sqlite.before-*"))) == 1


# ------------------------------------------------------------------------------------ what stops in between

KILLED = """
import os, signal, sys
from pathlib import Path
from portfolio.store import upgrade
from portfolio.store.sql import SqlStore
moment, file = sys.argv[1], Path(sys.argv[2])
die = lambda: os.kill(os.getpid(), signal.SIGKILL)
if moment == "while copying":
    upgrade.make_durable = lambda folder: die()
elif moment == "after the copy":
    upgrade.run_scripts = lambda *rest: die()
else:
    real = upgrade.run_scripts
    def scripts(*rest):
        real(*rest)
        rest[0].exec_driver_sql("PRAGMA cache_spill=1")
        rest[0].exec_driver_sql("PRAGMA cache_size=1")
        rest[0].exec_driver_sql("UPDATE history SET changed_by = changed_by || 'x'")
        die()
    upgrade.run_scripts = scripts
SqlStore(file, file.parent / "media")
"""


@pytest.mark.parametrize("moment", ["while copying", "after the copy", "after the scripts"])
def test_killed_in_the_middle_the_old_store_is_whole(old: Path, moment: str) -> None:
    """Whenever the program is killed, the store is what it was, and the next opening brings it up."""
    before = ask(old, "SELECT * FROM history ORDER BY 1, 2, 3")
    tables = shape(old)
    command = [sys.executable, "-c", KILLED, moment, str(old)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPO)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert shape(old) == tables
    assert ask(old, "SELECT * FROM history ORDER BY 1, 2, 3") == before
    assert ask(old, "PRAGMA integrity_check") == [("ok",)]
    with closing(SqlStore(old, old.parent / "media")) as store:
        assert store.upgraded is not None
        assert len(store.history("maya.fall-2026", "goal-1")) == 2


def test_what_fails_leaves_the_old_store_and_no_copy(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a step fails, all of it is undone and the copy that nobody needs is taken away."""
    before = shape(old)

    def fails(connection: Any, found: int) -> None:
        connection.exec_driver_sql("ALTER TABLE history ADD COLUMN revision INTEGER")
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr(upgrade, "run_scripts", fails)
    with pytest.raises(StorageTrouble, match=r"class\.sqlite"):
        SqlStore(old, old.parent / "media")
    assert shape(old) == before
    assert [p.name for p in old.parent.iterdir()] == ["class.sqlite"]


def test_no_room_for_the_copy_is_told(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a copy nothing is changed, and the sentence says what to do."""

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    before = old.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageTrouble, match=r"could not be copied .*No space left.*Make room"):
        SqlStore(old, old.parent / "media")
    assert old.read_bytes() == before
    assert [p.name for p in old.parent.iterdir()] == ["class.sqlite"]


def test_a_newer_store_is_refused_and_not_changed(tmp_path: Path) -> None:
    """Version 3 is left alone to the last byte."""
    path = tmp_path / "class.sqlite"
    shutil.copy(SAMPLES / f"store-{STORE_VERSION}.sqlite", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE store_version SET version = ?", (STORE_VERSION + 1,))
    before = path.read_bytes()
    with pytest.raises(StorageTrouble, match="newer version of this program"):
        SqlStore(path, tmp_path / "media")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["class.sqlite"]
