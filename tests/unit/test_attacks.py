"""What an outsider tried: each test is an attack that once went through."""

# long: one list of attacks, each a few lines, that share one class

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import Household, Student
from portfolio.moments import erasing
from portfolio.moments.classes import begin
from portfolio.moments.erasing_traces import Markers, holds
from portfolio.moments.roster import confirm_roster, plan_roster
from portfolio.moments.send_home import send_home
from portfolio.store import archive_guard as guard
from portfolio.store.class_folder import ClassFolder
from portfolio.store.media import MediaFolder
from portfolio.store.sql import SqlStore
from portfolio.store.sqlite_file import prepare
from portfolio.store.upgrade import bring_up
from tests.rosters import CLASS, child, home, make_class, plan, students

TODAY = date(2026, 11, 22)
SAMPLES = Path(__file__).resolve().parents[1] / "cases" / "versions"


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """A class with two children whose ids begin alike."""
    return make_class(tmp_path / "class", TODAY, "Ana", "Ana Maria")


@contextlib.contextmanager
def opened(folder: ClassFolder) -> Iterator[Any]:
    """Yield the store of a class."""
    store = folder.store()
    try:
        yield store
    finally:
        store.close()


# ---------------------------------------------------------------------------------------- packages


def packed(method: int) -> bytes:
    """Return a zip of ours with one file, packed in a way."""
    buffer, data = io.BytesIO(), b"hello" * 200
    note = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    told = {"format": "kind", "version": 1, "made_at": "2026-11-22T10:15:00Z", "files": {"a.txt": note}}
    with zipfile.ZipFile(buffer, "w", method) as made:
        made.writestr("a.txt", data)
        made.writestr("manifest.json", json.dumps(told), zipfile.ZIP_STORED)
    return buffer.getvalue()


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_rare_way_of_packing_is_refused(tmp_path: Path, method: int, broken: bool) -> None:
    """LZMA may ask for 4 GB before the first byte, and its errors are of a kind of their own."""
    data = bytearray(packed(method))
    if broken:
        data[50:54] = b"\xff\xff\xff\xff"
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with (
        pytest.raises(InputRefused),
        guard.opened_package(path, "kind", 1, lambda name: name == "a.txt") as package,
    ):
        package.prove("a.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"[" + b'"a\xf0\x9f\x98\x80bcdefgh",' * 1_100_000 + b'""]',
        b"[" + b'{"a":1},' * 600_000 + b"1]",
    ],
    ids=["texts", "maps"],
)
def test_json_of_very_many_parts_is_refused(tmp_path: Path, data: bytes) -> None:
    """Three million small texts in 64 MB took 717 MB of memory, two million keys 13 seconds."""
    with pytest.raises(InputRefused, match="far more than a class"):
        guard.strict_json(data, tmp_path / "a.zip", "a.json")
    assert guard.MOST_JSON <= 32_000_000


# ------------------------------------------------------------------------------------ sending home


def test_two_homes_never_share_one_file(folder: ClassFolder) -> None:
    """The home “maria-papa” of “ana” and the home “papa” of “ana-maria” were both ana-maria-papa.html."""
    with opened(folder) as store:
        for student_id, home_id in (("ana", "maria-papa"), ("ana-maria", "papa")):
            papa = Household(household_id=home_id, label=home_id)
            store.keep_student(store.student(student_id).but(households=(papa,)))
    sent = send_home(folder)
    assert [s.trouble for s in sent] == [None, None]
    assert len({s.path for s in sent}) == 2
    for one in sent:
        assert one.path is not None
        assert f"{one.student.name}’s" in one.path.read_text("utf-8")


def test_erasing_finds_a_file_whose_name_fits_two_children(folder: ClassFolder) -> None:
    """“ana-maria-papa.html” is Ana's where Ana has that home, and goes with Ana, not with Ana Maria."""
    with opened(folder) as store:
        one = Household(household_id="maria-papa", label="Maria papa")
        store.keep_student(store.student("ana").but(households=(one,)))
    send_home(folder)
    assert (folder.home / "ana-maria-papa" / "ana-maria-papa.html").is_file()
    (hers,) = erasing.look(folder, "ana-maria").home  # named by a mark: her id says more than a first name
    assert re.fullmatch(r"ana-[a-z0-9]{5}-home", hers.name)
    assert "Ana Maria’s" in (hers / f"{hers.name}.html").read_text("utf-8")
    assert [p.name for p in erasing.look(folder, "ana").home] == ["ana-maria-papa"]


# ----------------------------------------------------------------------------------------- erasing


def test_a_trace_in_a_page_is_found_with_its_apostrophe(tmp_path: Path) -> None:
    """Our own pages write an apostrophe as &#39;, Python's ``html`` as &#x27;."""
    path = tmp_path / "page.html"
    for name, written in (("Zoë O'Hara", "Zoë O&#39;Hara"), ('I said "no way"', "I said &#34;no way&#34;")):
        path.write_text(f"<p>{written}</p>", "utf-8")
        assert holds(path, Markers(words=(name,), texts=()))


def test_a_link_in_the_place_of_uploads_leads_nowhere(folder: ClassFolder, tmp_path: Path) -> None:
    """What lies outside of the class is never deleted, also through a link one level up."""
    outside = tmp_path / "outside"
    (outside / "ana").mkdir(parents=True)
    (outside / "ana" / "keep.txt").write_text("mine")
    (folder.hidden / "uploads").symlink_to(outside)
    erasing.erase(folder, "ana")
    assert (outside / "ana" / "keep.txt").read_text() == "mine"


# ------------------------------------------------------------------------------------------ roster


def test_a_long_name_and_a_long_round_make_a_book(folder: ClassFolder) -> None:
    """Ids have 64 signs; a long name and a long round made more, and the import stopped halfway."""
    with opened(folder) as store:
        template = folder.template()
        long = "maria-fernanda-guadalupe-hernandez-de-la"
        store.keep_student(Student(student_id=long, name="Maria Fernanda"))
        made = []
        for year in (2026, 2027):
            name = f"Spring student led conferences {year}"
            store.keep_class(store.school_class().but(round=name))
            made.append(begin(store, template, long, TODAY).portfolio_id)
            assert begin(store, template, long, TODAY).portfolio_id == made[-1]
    assert len(set(made)) == 2 and all(pid.startswith("maria-fernanda") for pid in made)


def test_an_import_is_done_whole_or_not_at_all(
    folder: ClassFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trouble at the third child leaves the first two out, too."""
    (tmp_path / "list.csv").write_text("Name\nTeo\nWren\nZoe\n")
    found = plan_roster(folder, tmp_path / "list.csv")
    keep = SqlStore.keep_meta

    def full(self: SqlStore, meta: Any, **more: Any) -> int:
        if meta.student_id == "zoe":
            raise InputRefused("no")
        return keep(self, meta, **more)

    monkeypatch.setattr(SqlStore, "keep_meta", full)
    with pytest.raises(InputRefused):
        confirm_roster(folder, found, TODAY)
    assert [s.student_id for s in students(folder)] == ["ana", "ana-maria"]


@pytest.mark.more
def test_a_child_erased_during_an_import_does_not_come_back(
    folder: ClassFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list was looked at with the child in it; who erases it meanwhile is not undone by the list."""
    (tmp_path / "list.csv").write_text("Name,Grade\nAna,4\n")
    found = plan_roster(folder, tmp_path / "list.csv")
    reading = ClassFolder.template
    done = []

    def meanwhile(self: ClassFolder) -> Any:
        with opened(folder) as other, contextlib.suppress(Exception):
            other.forget_student("ana")
            done.append("ana")
        return reading(self)

    monkeypatch.setattr(ClassFolder, "template", meanwhile)
    with contextlib.suppress(ChangedMeanwhile):
        confirm_roster(folder, found, TODAY)
    assert ("ana" in {s.student_id for s in students(folder)}) == (not done)


def test_ids_that_slipped_do_not_carry_a_book_to_another_child() -> None:
    """Whoever sorts the column of names alone gives every id another child's name and homes."""
    found = plan("ID,Name,Guardian,Language\nines,Amal Haddad,Mama,ar\namal,Inés Peña,Lucía,es\n", CLASS)
    assert not found.changed and not found.new and not found.missing
    assert [said.row for said in found.troubles] == [2, 3]
    assert '--same ines="row 2"' in str(found.troubles[0])
    told = plan("ID,Name\nines,Amal Haddad\n", CLASS, {"ines": "row 2"})
    assert [c.after.name for c in told.changed] == ["Amal Haddad"]


def test_an_id_still_renames_a_child() -> None:
    """A name that nobody in the class has is a new name of the child with that id."""
    found = plan("ID,Name\nines,Agnes Peña\namal,Amal Haddad\n", CLASS)
    assert [c.after.name for c in found.changed] == ["Agnes Peña"] and not found.troubles


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("Maria Diaz", "Mario Diaz"),
        ("Abuela", "Abuelo"),
        ("Daniel Diaz", "Daniela Diaz"),
        ("Diaz Maria", "Diaz Mario"),
    ],
)
def test_another_grown_up_with_nearly_the_same_name_is_another_home(known: str, told: str) -> None:
    """Letters and replies of the mother's home must not become the father's by one letter."""
    cleo = child("cleo", "Cleo Diaz", home("first", known, "es", adults=(known,)))
    found = plan(f"Name,Guardian,Language\nCleo Diaz,{told},es\n", (cleo,))
    assert [h.label for h in found.changed[0].after.households] == [known, told]


# ------------------------------------------------------------------------------------------- store


def test_a_recording_kept_while_its_child_is_forgotten_does_not_stay(
    folder: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that looked whether the child is there, and saved after it was gone, left the file for ever."""
    data = b"ID3 and so on"
    keep = MediaFolder.keep_file

    def after_forgetting(self: MediaFolder, *parts: Any) -> None:
        monkeypatch.setattr(MediaFolder, "keep_file", keep)
        with opened(folder) as other:
            other.forget_student("ana")
        keep(self, *parts)

    monkeypatch.setattr(MediaFolder, "keep_file", after_forgetting)
    with opened(folder) as store, pytest.raises(NotFound):
        store.keep_media("ana", hashlib.sha256(data).hexdigest(), "mp3", data)
    assert not (folder.media / "ana").exists()


def test_what_an_old_program_saves_after_an_upgrade_can_be_read(folder: ClassFolder) -> None:
    """A desk of the version before may be open still: its cover of document version 1 is no damage."""
    with opened(folder) as store:
        meta = store.rounds("ana")[0]
        old = {**json.loads(meta.model_dump_json()), "schema_version": 1}
        with contextlib.closing(sqlite3.connect(folder.database)) as raw:
            raw.execute("UPDATE portfolios SET body = ? WHERE student_id = 'ana'", (json.dumps(old),))
            raw.commit()
        assert store.rounds("ana") == (meta,)
        assert store.portfolio(meta.portfolio_id).meta == meta


@pytest.mark.parametrize("quicker", [False, True])
def test_the_copy_before_an_upgrade_is_of_the_try_that_went_through(tmp_path: Path, quicker: bool) -> None:
    """Between two tries others may save, or bring the store up themselves: no copy of then may stay."""
    file = tmp_path / "class.sqlite"
    shutil.copy(SAMPLES / "store-1.sqlite", file)
    engine = create_engine(f"sqlite:///{file}")
    prepare(engine)

    def twice(work: Any) -> Any:
        with engine.connect() as connection:
            work(connection)  # and undone: this try never reaches the disk
        with contextlib.closing(sqlite3.connect(file)) as other:
            other.execute("UPDATE classes SET body = 'saved in between'")
            other.commit()
        with engine.begin() as connection:
            return None if quicker else work(connection)

    done = bring_up(twice, lambda _: 1, file.name)
    engine.dispose()
    copies = sorted(tmp_path.glob("*.before-*"))
    if quicker:
        assert done is None and copies == []
    else:
        with contextlib.closing(sqlite3.connect(copies[0])) as copy:
            assert copy.execute("SELECT body FROM classes").fetchone() == ("saved in between",)
        assert done is not None and copies == [done.copy]
