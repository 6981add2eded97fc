"""What is taken along from the desk: a table, books for homes and next teachers, hopes, the whole class."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from jinja2 import meta

from portfolio import files
from portfolio.errors import InputRefused, NotFound, StorageTrouble
from portfolio.model import Goal, Passage, Strength, TeacherNote
from portfolio.moments.approval import approve
from portfolio.moments.progress_table import HEADINGS, progress_table
from portfolio.moments.room import Outcome
from portfolio.moments.teacher import out_files, out_home
from portfolio.moments.teacher.out_room import WAYS, OutRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.tables_out import plain_cell
from portfolio.views.alone import AlonePage
from portfolio.views.environment import environment
from portfolio.views.teacher.cards_page import CardsFile, CardsPage, OneCardPage
from portfolio.views.teacher.hopes_page import HopesFile, HopesPage
from portfolio.views.teacher.out_home_page import OutHomePage, OutRunPart, OutSaid
from portfolio.views.teacher.out_page import MakePage, OutPage, TablePage
from tests.hostile import TEXTS
from tests.quick_class import asked, book_id, quick_desk
from tests.teachers import NOW

PAGES = (
    AlonePage, CardsFile, CardsPage, HopesFile, HopesPage, MakePage, OneCardPage, OutHomePage, OutPage, OutRunPart, OutSaid,
    TablePage,
)  # fmt: skip


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the files as long as they take, so that no test hangs on how fast a computer is."""
    monkeypatch.setattr(out_home, "PATIENCE", 300.0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Open the desk of a small class: Amal has written, Mateo and Linh have not."""
    made = quick_desk(tmp_path, ("Amal; Mama; ar en; Papa; es", "Mateo", "Linh"))
    strength = Strength(entry_id="strength-1", what=Passage(text="I draw"))
    goal = Goal(
        entry_id="goal-1", goal=Passage(text="read"), look_again=(date(2026, 12, 1), date(2026, 11, 30))
    )
    for entry in (strength, goal):
        made.store.keep(book_id(made, "amal"), entry, expected=0, by="student", at=NOW)
    yield made
    made.store.close()


def body(desk: TeacherDesk, *at: str) -> str:
    """Return the screen of a place."""
    return str(OutRoom(desk).show(at).body)


def do(desk: TeacherDesk, place: str, what: str, **values: str | list[str]) -> Outcome:
    """Press a form on a screen of this room."""
    return OutRoom(desk).do((place,), asked(what, **values))


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_a_screen_uses_exactly_what_it_promises(kind: type[MakePage]) -> None:
    """Every variable of a template is a field of its page, and every field but the voice, which each has, is used."""
    source = (files.page_templates() / "teacher" / kind.template).read_text("utf-8")
    used = meta.find_undeclared_variables(environment().parse(source)) - set(environment().globals)
    assert used | {"say"} == {field.name for field in dataclasses.fields(kind)}


def test_every_thing_has_a_way_and_a_screen(desk: TeacherDesk) -> None:
    """All there is to take along is on the first screen, and each of its links leads somewhere."""
    first = body(desk)
    assert set(re.findall(r'href="#out/([a-z]+)"', first)) == {name for name, *_ in WAYS}
    for name, *_ in WAYS:
        screen = OutRoom(desk).show((name,))
        assert screen.title and screen.back == ("out", "Take along")


@pytest.mark.parametrize("at", [("fly",), ("table/x",), ("../table",), ("", "nothing")])
def test_a_place_that_is_not_there_is_a_sentence(desk: TeacherDesk, at: tuple[str, ...]) -> None:
    """Places come from a browser: anything may stand there."""
    with pytest.raises(NotFound):
        OutRoom(desk).show(at)


@pytest.mark.parametrize("place", ["", *(name for name, *_ in WAYS)])
def test_a_form_that_is_not_there_makes_nothing(desk: TeacherDesk, place: str) -> None:
    """An older page gets a sentence, and no file appears anywhere."""
    with pytest.raises(NotFound):
        OutRoom(desk).do((place,), asked("fly"))
    assert not (desk.folder.path / "out").exists()
    assert not list(desk.folder.home.iterdir())


# ----------------------------------------------------------------------------------------------------- the table


def test_the_table_tells_where_everybody_is_in_words(desk: TeacherDesk) -> None:
    """A row for each child in roster order, its languages, its days; nothing in it is a share, a rank or a mark."""
    table = progress_table(desk)
    assert table.headings == HEADINGS
    assert [row[0] for row in table.rows] == ["Amal", "Mateo", "Linh"]
    amal = dict(zip(HEADINGS, table.rows[0], strict=True))
    assert amal["Languages at home"] == "Mama: Arabic (العربية), English · Papa: Spanish (Español)"
    assert amal["We look again"] == "2026-11-30, 2026-12-01"
    assert "My strengths" in amal["Pages begun"] and "Welcome" not in amal["Pages begun"]
    assert amal["Teacher’s note"] == "not yet" == amal["Looked at before it goes home"]
    assert dict(zip(HEADINGS, table.rows[1], strict=True))["Where the book is"] == "Not begun yet"
    assert not re.search(r"\d\s?%|\d/\d|\d of \d", " ".join(" ".join(row) for row in table.rows))


def test_the_table_knows_what_has_become_of_a_book(desk: TeacherDesk) -> None:
    """A note that is written, a book that was looked at, one that changed since: each in its words."""
    column = HEADINGS.index("Looked at before it goes home")
    note = TeacherNote(entry_id="note-1", teacher_id=desk.teacher_id, strength=Passage(text="kind"))
    desk.store.keep(book_id(desk, "amal"), note, expected=0, by=desk.by, at=NOW)
    revision = desk.store.revision(book_id(desk, "amal"))
    approve(desk.store, book_id(desk, "amal"), desk.teacher_id, on=date(2026, 11, 20), revision=revision)
    row = progress_table(desk).rows[0]
    assert row[HEADINGS.index("Teacher’s note")] == "written"
    assert row[column] == "looked at on 2026-11-20"
    more = Strength(entry_id="strength-2", what=Passage(text="I sing"))
    desk.store.keep(book_id(desk, "amal"), more, expected=0, by="student", at=NOW)
    assert progress_table(desk).rows[0][column] == "looked at on 2026-11-20, changed since"


def test_two_children_of_one_name_are_told_apart(desk: TeacherDesk) -> None:
    """Their pictures stand behind their names."""
    desk.store.keep_student(desk.store.student("linh").but(name="Amal"))
    first, _, last = (row[0] for row in progress_table(desk).rows)
    assert first != last and first.startswith("Amal (")


def test_the_table_comes_as_both_kinds_of_file(desk: TeacherDesk) -> None:
    """CSV and XLSX hold the rows of the screen; hostile names are words in all three."""
    for text in TEXTS.values():
        desk.store.keep_student(desk.store.student("linh").but(name=text[:300]))
        page = body(desk, "table")
        assert "<script" not in page and "<img" not in page
    desk.store.keep_student(desk.store.student("linh").but(name="=HYPERLINK(1)"))
    table = progress_table(desk)
    made = do(desk, "table", "table", as_="csv").downloads[0]
    rows = list(csv.reader(io.StringIO(made.data.decode("utf-8-sig"), newline="")))
    assert rows[3][0] == "'=HYPERLINK(1)"
    assert [[plain_cell(cell) for cell in row] for row in rows] == [
        list(table.headings),
        *map(list, table.rows),
    ]
    assert re.fullmatch(r"class-4b\.2026-11-20T\d{6}\.table\.csv", made.name)
    workbook = do(desk, "table", "table", as_="xlsx").downloads[0]
    with zipfile.ZipFile(io.BytesIO(workbook.data)) as packed:
        assert "=HYPERLINK(1)" in packed.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in packed.read("xl/worksheets/sheet1.xml").decode()


def test_an_empty_class_has_a_table_with_a_kind_sentence(tmp_path: Path) -> None:
    """Without children there is no row and no trouble."""
    desk = quick_desk(tmp_path, ())
    assert "Setting up" in body(desk, "table") and "<table" not in body(desk, "table")
    assert do(desk, "table", "table").downloads[0].data.count(b"\r\n") == 1
    for place, what in (("home", "home"), ("next", "next"), ("hopes", "hopes")):
        with pytest.raises(NotFound):
            do(desk, place, what)
    desk.store.close()


# ------------------------------------------------------------------------------------------------------ the files


def test_the_whole_class_is_written_and_handed_over(desk: TeacherDesk) -> None:
    """The archive lies in the class folder, its place is told, and a small one comes to the browser as well."""
    room = OutRoom(desk)
    outcome = room.do(("archive",), asked("archive"))
    path = next((desk.folder.path / "out").iterdir())
    told = str(room.show(("archive",)).body)
    assert "look in your downloads" in told and path.name in told and "“out”" in told
    assert path.name in outcome.say
    assert str(path) not in outcome.say + told  # nobody has to read where folders are to find it
    assert outcome.downloads[0].name == path.name and outcome.downloads[0].data == path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(InputRefused):
        room.do(("archive",), asked("archive"))
    later = dataclasses.replace(desk, now=lambda: NOW.replace(second=5))
    assert do(later, "archive", "archive", history="1").downloads


def test_a_large_file_stays_in_its_folder(desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large for a browser is not handed over; where it lies is told all the same."""
    monkeypatch.setattr(out_files, "LARGEST", 10)
    outcome = do(desk, "archive", "archive")
    assert outcome.downloads == () and "too large for the browser" in outcome.say
    assert str(desk.folder.path / "out") in outcome.say and "downloads" not in outcome.say
    assert do(desk, "home", "home").downloads == ()


def test_a_folder_that_cannot_be_made_is_a_sentence(desk: TeacherDesk) -> None:
    """Where a file or a link stands in the way, nothing is written."""
    (desk.folder.path / "out").symlink_to(desk.folder.path.parent)
    with pytest.raises(StorageTrouble):
        do(desk, "archive", "archive")
    (desk.folder.path / "out").unlink()
    (desk.folder.path / "out").write_text("a file")
    with pytest.raises(StorageTrouble):
        do(desk, "next", "next")


def test_pages_for_the_next_teacher(desk: TeacherDesk) -> None:
    """Who has picked nothing is named before and after; without anybody's pick nothing is written."""
    assert "Amal, Mateo, Linh" in body(desk, "next")
    with pytest.raises(NotFound):
        do(desk, "next", "next")
    assert not list((desk.folder.path / "out").iterdir())
    desk.store.keep_meta(
        desk.store.meta(book_id(desk, "amal"))[0].but(next_teacher=("strengths", "nonsense"))
    )
    assert "Mateo, Linh" in body(desk, "next") and "Amal, Mateo" not in body(desk, "next")
    room = OutRoom(desk)
    outcome = room.do(("next",), asked("next"))
    with zipfile.ZipFile(io.BytesIO(outcome.downloads[0].data)) as packed:
        assert packed.namelist() == ["amal.html"]
    assert "Mateo has not picked pages yet" in str(room.show(("next",)).body)
