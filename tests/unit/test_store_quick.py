"""A class read without SQLAlchemy: whatever is asked, the quick way and the store say the same."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from operator import methodcaller
from pathlib import Path
from typing import Any, cast

import pytest

from portfolio.errors import PortfolioError, StorageTrouble
from portfolio.model import Picture
from portfolio.rules.family_view import records_in
from portfolio.store import ClassStore
from portfolio.store.class_folder import ClassFolder
from portfolio.store.quick import READS, reading
from portfolio.store.sql import SqlStore
from portfolio.store.tables import STORE_VERSION
from tests.teachers import sample_folder

IDS = ("", "nobody", "../amal", "Amal", "amal\n", "am\0al", "\ud800", "a" * 65, "amal'--", "{x}", "%")
DAMAGE = (
    "UPDATE students SET body = 'x' WHERE place = 0",
    "UPDATE students SET body = replace(body, '\"amal\"', '\"amir\"')",
    "UPDATE students SET body = CAST(X'7BFF' AS TEXT) WHERE place = 1",
    "UPDATE portfolios SET body = replace(body, 'started_on', 'started')",
    "UPDATE portfolios SET revision = 'yy', changed_at = 'zz', changed_revision = 2",
    "UPDATE portfolios SET changed_revision = NULL",
    "UPDATE entries SET body = '{' WHERE rowid % 3 = 0",
    "UPDATE entries SET body = NULL WHERE rowid % 4 = 0",
    "UPDATE entries SET kind = 'poem', version = 'v' WHERE rowid % 5 = 0",
    "UPDATE entries SET changed_at = 'once' WHERE rowid % 2 = 0",
    "UPDATE classes SET body = 'x'",
    "DELETE FROM classes",
    "DROP TABLE students",
    "DROP TABLE entries",
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """Return the sample class; nobody changes it."""
    return sample_folder(tmp_path_factory.mktemp("quick"))


@pytest.fixture
def copied(sample: ClassFolder, tmp_path: Path) -> Path:
    """Return a copy of its database, to be damaged."""
    return Path(shutil.copy(sample.database, tmp_path / "class.sqlite"))


def never() -> ClassStore:
    """Be the store of somebody who must not need it."""
    pytest.fail("the store itself was opened")


def both(place: Path, media: Path) -> Iterator[tuple[ClassStore, ClassStore]]:
    """Yield the quick way and the store."""
    with (
        closing(SqlStore(place, media)) as store,
        closing(reading(place, media, lambda: SqlStore(place, media))) as quick,
    ):
        yield quick, store


def answer(ask: Callable[[ClassStore], Any], store: ClassStore) -> Any:
    """Return what a store says, or the sentence it has instead."""
    try:
        return ask(store)
    except (PortfolioError, ValueError) as error:
        return type(error), str(error)


def questions(store: ClassStore) -> Iterator[Callable[[ClassStore], Any]]:
    """Yield everything that is asked when files are made, about what is there and what is not."""
    yield methodcaller("school_class")
    yield methodcaller("students")
    yield methodcaller("student_names")
    yield lambda s: dict(s.all_rounds())
    yield methodcaller("latest")
    students = [
        student
        for student in (*answer(lambda s: s.students(), store),)
        if not isinstance(student, type | str)
    ]
    for student_id in (*(one.student_id for one in students), *IDS):
        yield methodcaller("student", student_id)
        yield methodcaller("rounds", student_id)
    books = [one.portfolio_id for one in store.latest()]
    for portfolio_id in (*books, *IDS):
        yield methodcaller("revision", portfolio_id)
        yield methodcaller("last_change", portfolio_id)
        yield methodcaller("wholes", [portfolio_id, portfolio_id])
    yield methodcaller("wholes", [*books, *IDS, *(f"none-{n}" for n in range(1200))])


def test_both_ways_answer_everything_alike(sample: ClassFolder) -> None:
    """Class, children, rounds and whole books are the same, and so is the sentence for what is not there."""
    for quick, store in both(sample.database, sample.media):
        for ask in questions(store):
            assert answer(ask, quick) == answer(ask, store)
        assert not cast("Any", quick).is_whole  # else the store was asked twice, and nothing was compared
        for portfolio_id in ("amal.fall", *IDS):
            ask = methodcaller("portfolio", portfolio_id)
            assert answer(ask, quick) == answer(ask, store)
        assert quick.damaged_students() == store.damaged_students()


@pytest.mark.parametrize("damage", DAMAGE)
def test_both_ways_say_the_same_of_what_is_damaged(sample: ClassFolder, copied: Path, damage: str) -> None:
    """What cannot be read is left out or told in the same words, also where a whole table is gone."""
    with closing(sqlite3.connect(copied)) as connection:
        connection.execute(damage)
        connection.commit()
    lost = "DROP" in damage
    few = (methodcaller("students"), methodcaller("wholes", ["amal.fall"]))
    for quick, store in both(copied, sample.media):
        for ask in few if lost else questions(store):
            assert answer(ask, quick) == answer(ask, store)
        assert cast("Any", quick).is_whole == lost


def test_files_are_made_without_the_store_itself(sample: ClassFolder) -> None:
    """What making files asks for is all answered quickly, pictures too."""
    with closing(reading(sample.database, sample.media, never)) as quick:
        amal = quick.student("amal")
        ids = [meta.portfolio_id for meta in quick.rounds(amal.student_id)]
        found = quick.wholes(ids)
        assert quick.school_class().name and quick.students() and quick.student_names() and quick.latest()
        assert quick.all_rounds()["amal"] == quick.rounds("amal") and quick.revision(ids[0]) > 0
        pictures = [one for book in found.values() for one in records_in(book.portfolio, Picture)]
        assert pictures and all(quick.picture("amal", one.sha256) for one in pictures)


def test_the_statements_are_for_the_tables_of_today() -> None:
    """A new version of the store asks for a look at the statements of the quick way."""
    assert READS == STORE_VERSION


@pytest.mark.parametrize(
    "unusual", ["UPDATE store_version SET version = 1", "DROP TABLE store_version", "PRAGMA journal_mode=wal"]
)
def test_what_is_not_as_usual_is_left_to_the_store(sample: ClassFolder, copied: Path, unusual: str) -> None:
    """An older store, another program's, or a log that is not safe here: the store opens it, mends it or refuses."""
    with closing(sqlite3.connect(copied)) as connection:
        connection.execute(unusual)
        connection.commit()
    asked: list[str] = []

    def store() -> ClassStore:
        asked.append("store")
        raise StorageTrouble("Asked.")

    with pytest.raises(StorageTrouble, match="Asked"):
        reading(copied, sample.media, store)
    assert asked


def test_a_file_that_is_no_database_and_none_at_all_are_left_to_the_store(
    tmp_path: Path, sample: ClassFolder
) -> None:
    """The sentence of the store is what one reads, and no empty file is made."""
    (tmp_path / "text.sqlite").write_text("not a database, though it is long enough to be one" * 40)
    for name in ("text.sqlite", "none.sqlite"):
        folder = ClassFolder(tmp_path)
        with pytest.raises(StorageTrouble):
            reading(tmp_path / name, sample.media, folder.store)
    assert not (tmp_path / "none.sqlite").exists()


def test_who_writes_reads_what_was_written(sample: ClassFolder, copied: Path) -> None:
    """What the quick way has not is done by the store, also inside one block of changes."""
    with closing(reading(copied, sample.media, lambda: SqlStore(copied, sample.media))) as quick:
        amal = quick.student("amal")
        with quick.together():
            quick.keep_student(amal.but(name="Amal Renamed"))
            assert quick.student("amal").name == "Amal Renamed"
        assert "Amal Renamed" in quick.student_names()


def test_another_program_that_writes_is_seen(sample: ClassFolder, copied: Path) -> None:
    """Nothing is remembered: each question is asked anew."""
    with (
        closing(reading(copied, sample.media, never)) as quick,
        closing(SqlStore(copied, sample.media)) as store,
    ):
        before = quick.student("amal")
        store.keep_student(before.but(name="Amal Renamed"))
        assert quick.student("amal").name == "Amal Renamed"
