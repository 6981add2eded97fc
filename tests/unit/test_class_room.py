"""The class on one screen: everybody in roster order, the truth of this moment, nothing that stops the others."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.teacher_class import make_class, table
from portfolio.errors import NotFound, StorageTrouble
from portfolio.model import (
    Passage,
    SchoolClass,
    Student,
    TeacherNote,
)
from portfolio.moments.teacher.class_lines import Lines
from portfolio.moments.teacher.class_lists import EVERYONE, LISTS, list_named
from portfolio.moments.teacher.class_reading import ClassReading
from portfolio.moments.teacher.class_room import ClassRoom
from portfolio.moments.teacher.class_today import today_lines
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.class_facts import Facts
from portfolio.rules.next_action import NextAction
from portfolio.rules.nudge import Kind, Nudge
from portfolio.store.class_folder import open_class
from tests.class_screen import page, portfolio_id, tamper, write
from tests.samples import make_sample
from tests.teachers import NOW, form, teacher_desk


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample class 4B, to be copied: making it takes a while."""
    place = tmp_path_factory.mktemp("made") / "class-4b"
    return make_sample("class-4b", place, at=NOW, randomness=lambda n: b"s" * n).path


@pytest.fixture
def desk(tmp_path: Path, class_4b: Path) -> Iterator[TeacherDesk]:
    """The desk of the sample class 4B."""
    made = teacher_desk(open_class(shutil.copytree(class_4b, tmp_path / "class-4b")))
    yield made
    made.store.close()


# ------------------------------------------------------------------------------------------- everybody


def test_everybody_stands_there_in_roster_order(tmp_path: Path) -> None:
    """All thirty-five names come in the order of the roster, whatever their books say, each with two links."""
    desk = teacher_desk(make_class(tmp_path / "class", 35), at=NOW)
    try:
        screen = ClassRoom(desk).show(())
        shown = page(screen)
        assert shown.names == [one.name for one in desk.store.students()]
        books = [f"#child/{one.student_id}" for one in desk.store.students()]
        register = shown.links[shown.links.index(books[0], len(shown.links) - 70) :]
        assert register[::2] == books  # the name leads to the book, the rest of the line to what comes next
        assert all(re.match(r"#(child|note)/|#out/home|#class/damaged", link) for link in register[1::2])
        assert screen.title == "35 books, five days to go"
        assert not re.search(r"\d\s?%|\d/\d|style=|<script", screen.body)
    finally:
        desk.store.close()


def test_every_list_holds_those_its_name_says_and_no_others(tmp_path: Path) -> None:
    """Each list shows its children in roster order, says how many in its heading, and marks itself."""
    desk = teacher_desk(make_class(tmp_path / "class", 35), at=NOW)
    try:
        room, rows = ClassRoom(desk), ClassReading(desk).rows()
        for one in LISTS[1:]:
            screen = room.show((one.slug,))
            named = [row.student.name for row in rows if one.has(row)]
            assert page(screen).names == named
            assert (screen.title.endswith(": nobody"), one.empty in screen.body) == (not named, not named)
            assert screen.body.count('aria-current="true"') == 1
            assert screen.back == ("class", "Everyone")
    finally:
        desk.store.close()


@pytest.mark.parametrize("at", [("nobody",), ("waiting", "more"), ("<script>",), ("\ud800",), ("x" * 9000,)])
def test_a_list_there_is_not_is_said_in_a_sentence(desk: TeacherDesk, at: tuple[str, ...]) -> None:
    """An address may say anything."""
    with pytest.raises(NotFound, match="no such list"):
        ClassRoom(desk).show(at)


def test_a_class_without_children_says_how_to_begin(tmp_path: Path) -> None:
    """Before anybody is in the class the screen leads to where children are brought in."""
    folder = make_class(tmp_path / "class", 0)
    desk = teacher_desk(folder)
    try:
        screen = ClassRoom(desk).show(())
        assert page(screen).links == ["#setup"]
        assert "Nobody is in this class yet." in screen.body
        assert ClassRoom(desk).show(("waiting",)).title == "Waits for you: nobody"
    finally:
        desk.store.close()


def test_what_somebody_is_called_is_never_markup(desk: TeacherDesk) -> None:
    """Names, titles and promises are shown as they are written."""
    amal = desk.store.student("amal")
    desk.store.keep_student(amal.but(name="<b onclick=x>Amal</b> & 'co'"))
    desk.store.keep_student(Student(student_id="new", name="\u202eevil\u202c 🐞 " + "long" * 60))
    screen = ClassRoom(desk).show(())
    assert page(screen).names[0] == "<b onclick=x>Amal</b> & 'co'"
    assert page(screen).tags["b"] == 4


def test_a_child_without_a_book_in_this_round_has_not_begun(desk: TeacherDesk) -> None:
    """A new child, and every child after a new round has begun, stands there as not begun."""
    desk.store.keep_student(Student(student_id="new", name="Noor"))
    room = ClassRoom(desk)
    assert page(room.show(("not-opened",))).names == ["Noor"]
    desk.store.keep_class(desk.store.school_class().but(round="Spring 2027"))
    assert page(room.show(("not-opened",))).names == ["Amal", "Mateo", "Linh", "Noor"]


# ------------------------------------------------------------------------------------------------- damage


def test_a_damaged_part_is_named_and_can_be_brought_back(desk: TeacherDesk) -> None:
    """One damaged entry stops nobody; its last good state comes back with one press, as a new version."""
    book = write(desk, "mateo", "The last good words.")
    tamper(
        desk.folder,
        "UPDATE entries SET body = '{' WHERE portfolio_id = ? AND entry_id = 'welcome.today'",
        book,
    )
    room = ClassRoom(desk)
    assert page(room.show(())).names == ["Amal", "Mateo", "Linh"]
    assert "#class/damaged" in page(room.show(())).links
    shown = room.show(("damaged",))
    assert 'data-do="mend"' in shown.body
    with pytest.raises(NotFound, match="older than the program"):
        room.do((), form("mend", student="mateo", entry="welcome.today"))
    told = room.do(("damaged",), form("mend", student="mateo", entry="welcome.today"))
    assert told.say == "The last good state is back in Mateo’s book."
    assert desk.store.entry(book, "welcome.today").entry.words.text == "The last good words."  # type: ignore[union-attr]  # the welcome page is answered in words
    assert room.show(("damaged",)).title == "Cannot be opened: nobody"
    with pytest.raises(NotFound, match="Nothing was changed"):
        room.do(("damaged",), form("mend", student="mateo", entry="welcome.today"))


def test_a_part_without_a_good_state_says_where_one_may_be(desk: TeacherDesk) -> None:
    """If its history is damaged too, nothing is done, and a sentence says what else there is."""
    book = write(desk, "mateo")
    for name in ("entries", "history"):
        tamper(
            desk.folder,
            f"UPDATE {name} SET body = '{{' WHERE portfolio_id = ? AND entry_id = 'welcome.today'",  # noqa: S608 - our own words
            book,
        )
    with pytest.raises(StorageTrouble, match="backup"):
        ClassRoom(desk).do(("damaged",), form("mend", student="mateo", entry="welcome.today"))


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        ((), form("mend", student="mateo", entry="welcome.today")),
        (("damaged",), form("burn")),
        (("damaged",), form("mend")),
        (("damaged",), form("mend", student="mateo", entry="../x")),
        (("damaged",), form("mend", student="\ud800", entry="e")),
    ],
)
def test_forms_that_ask_for_anything_else_change_nothing(desk: TeacherDesk, at: Any, asked: Any) -> None:
    """Whatever a browser sends: a sentence, and no change."""
    before = desk.store.latest()
    with pytest.raises(NotFound):
        ClassRoom(desk).do(at, asked)
    assert desk.store.latest() == before


def test_a_damaged_book_stops_no_other(desk: TeacherDesk) -> None:
    """A cover that cannot be read is told with its child; the others have their lines."""
    tamper(
        desk.folder, "UPDATE portfolios SET body = '{' WHERE portfolio_id = ?", portfolio_id(desk, "mateo")
    )
    room = ClassRoom(desk)
    shown = page(room.show(()))
    assert shown.names == ["Amal", "Mateo", "Linh"]
    assert "The book cannot be opened: see what helps" in shown.words
    assert page(room.show(("damaged",))).names == ["Mateo"]
    assert "A backup of the class brings the book back" in room.show(("damaged",)).body
    tamper(desk.folder, "UPDATE portfolios SET revision = 'zz' WHERE student_id = 'amal'")
    assert page(ClassRoom(desk).show(())).names == ["Amal", "Mateo", "Linh"]


def test_a_damaged_child_is_named_above_the_list(desk: TeacherDesk) -> None:
    """A record of a child that cannot be read is told with its id and what to do; the others stand below."""
    tamper(desk.folder, "UPDATE students SET body = '{' WHERE student_id = 'mateo'")
    shown = page(ClassRoom(desk).show(()))
    assert shown.names == ["Amal", "Linh"]
    assert any("(mateo)" in words and "backup" in words for words in shown.words)


# ------------------------------------------------------------------------------------------------ for today


def test_a_few_small_things_lead_where_they_say(desk: TeacherDesk) -> None:
    """One child is named with the way to it; several lead to their list."""
    shown = page(ClassRoom(desk).show(()))
    assert "Today, three small things" in shown.words
    assert "Amal says: my book is ready." in shown.words
    assert shown.links[0] == "#child/amal"
    meta, version = desk.store.meta(portfolio_id(desk, "mateo"))
    desk.store.keep_meta(meta.but(status="ready"), expected=version)
    shown = page(ClassRoom(desk).show(()))
    assert "Amal and Mateo say: my book is ready." in shown.words
    assert shown.links[0] == "#class/ready"


def test_where_no_book_has_a_word_of_a_teacher_that_is_said_once_for_all(desk: TeacherDesk) -> None:
    """While nobody had a word yet, no one child is held out; as soon as one has, the next is named."""
    rows = [replace(row, action=NextAction("nothing")) for row in ClassReading(desk).rows()]
    rows = [replace(row, facts=Facts(begun=True)) for row in rows]
    (line,) = today_lines(rows, NOW.date(), desk.say)
    assert re.fullmatch(r"No word of yours in any book yet\. Begin with (Amal|Mateo|Linh)\?", line.words)
    rows[0] = replace(rows[0], facts=Facts(begun=True, helped_on=NOW.date()))
    (line,) = today_lines(rows, NOW.date(), desk.say)
    assert re.fullmatch(r"No word of yours in (Mateo|Linh)’s book yet\. Ten minutes together\?", line.words)


def test_whose_next_thing_is_the_note_is_led_to_the_note(desk: TeacherDesk) -> None:
    """Whatever list one comes from: words about the note lead to where it is written, the name to the book."""
    room, rows = ClassRoom(desk), ClassReading(desk).rows()
    lines = Lines(desk, desk.say)
    row = rows[0]
    for action in (
        NextAction("note_left", where="note"),
        NextAction("words_in_note", where="note", n=1),
        NextAction("whole_book", where="note", nudge="note_without_strength"),
    ):
        for chosen in (EVERYONE, list_named("writing")):
            assert chosen is not None
            assert lines.line(replace(row, action=action), chosen).href == "#note/amal"
    could = list_named("path")
    assert could is not None
    leads: dict[Kind, str] = {"note_without_strength": "#note/amal", "no_good_end": "#child/amal"}
    for kind, place in leads.items():
        facts = replace(row.facts, nudges=(Nudge(kind=kind, section_id="work"),))
        assert lines.line(replace(row, facts=facts), could).href == place
    assert '<a id="c-amal" href="#child/amal"' in room.show(()).body


def test_the_last_word_of_a_teacher_is_remembered(desk: TeacherDesk) -> None:
    """Whoever a teacher wrote to last week heard from a teacher then; what the child wrote since is no help."""
    at = NOW - timedelta(days=7)
    note = TeacherNote(entry_id="note-r", teacher_id="rivera", strength=Passage(text="Asks well."))
    desk.store.keep(portfolio_id(desk, "mateo"), note, expected=0, by="teacher:rivera", at=at)
    write(desk, "mateo")
    row = next(row for row in ClassReading(desk).rows() if row.student.student_id == "mateo")
    assert row.facts.helped_on == at.astimezone().date()


def test_the_class_speaks_the_language_of_the_class(desk: TeacherDesk) -> None:
    """Days are written as the class's language writes them, and the screen is made in every language we have."""
    for lang in ("es", "ar", "vi"):
        school: SchoolClass = desk.store.school_class().but(language=lang)
        desk.store.keep_class(school)
        assert page(ClassRoom(desk).show(())).names == ["Amal", "Mateo", "Linh"]
    desk.store.keep_class(desk.store.school_class().but(language="es"))
    assert "noviembre" in ClassRoom(desk).show(()).body


# ------------------------------------------------------------------------------------------------ measuring


def test_the_table_of_the_benchmark_holds_medians() -> None:
    """Each way to the screen has a line with the middle of its figures for each size."""
    runs = [
        {
            name: {"cpu": cpu, "wall": cpu * 2}
            for name in ("first", "again", "shown", "one", "changed", "words")
        }
        for cpu in (1.0, 9.0, 5.0)
    ]
    lines = table({35: runs, 200: runs}).splitlines()
    assert lines[0].count("children") == 2
    assert all(line.endswith("| 5 | 10 | 5 | 10 |") for line in lines[2:])
    assert len(lines) == 8
