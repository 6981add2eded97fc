"""The class on one screen: everybody in roster order, the truth of this moment, nothing that stops the others."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from benchmarks.teacher_class import make_class, table
from portfolio.errors import NotFound, StorageTrouble
from portfolio.model import (
    Approval,
    Comment,
    Household,
    Passage,
    SchoolClass,
    Student,
    TeacherNote,
    WordChoice,
)
from portfolio.moments.check_words import words_of_book
from portfolio.moments.sample import make_sample
from portfolio.moments.teacher.class_found import FILE, FoundWords, open_words
from portfolio.moments.teacher.class_lists import LISTS
from portfolio.moments.teacher.class_reading import ClassReading, beginning_of_yesterday
from portfolio.moments.teacher.class_room import ClassRoom
from portfolio.moments.teacher.room import Screen, TeacherDesk
from portfolio.store.class_folder import ClassFolder, book_of, open_class
from portfolio.words.glossary.load import Glossary
from tests.teachers import NOW, form, sample_desk, teacher_desk

RUBRIC = "My rubric says it, with text evidence."


class Page(HTMLParser):
    """A screen as one reads it: the lines of the list, the links, all its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.tags: Counter[str] = Counter()
        self._in: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and where it leads."""
        self.tags[tag] += 1
        known = dict(attrs)
        if tag == "a":
            self.links.append(known.get("href") or "")
        self._in.append(f"{tag}#{known.get('id') or ''}")

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        while self._in and not self._in.pop().startswith(tag + "#"):
            pass

    def handle_data(self, data: str) -> None:
        """Note words, and the names of the lines."""
        if data.strip():
            self.words.append(" ".join(data.split()))
            if any(one.startswith("b#c-") for one in self._in):
                self.names.append(data.strip())


def page(screen: Screen) -> Page:
    """Return a screen as one reads it."""
    return Page(screen.body)


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


def portfolio_id(desk: TeacherDesk, student_id: str) -> str:
    """Return the id of a child's book of this round."""
    return desk.store.rounds(student_id)[-1].portfolio_id


def write(
    desk: TeacherDesk, student_id: str, words: str = RUBRIC, *, by: str = "student", at: datetime = NOW
) -> str:
    """Write something into a child's welcome page, and return the id of the book."""
    book = portfolio_id(desk, student_id)
    kept = next(k for k in desk.store.entries(book) if k.entry.entry_id == "welcome.today")
    entry = kept.entry.but(words=Passage(text=words))
    desk.store.keep(book, entry, expected=kept.version, by=by, at=at)
    return book


def tamper(folder: ClassFolder, statement: str, *values: object) -> None:
    """Damage the file behind the store's back."""
    with closing(sqlite3.connect(folder.database)) as base:
        base.execute(statement, values)
        base.commit()


# ------------------------------------------------------------------------------------------- everybody


def test_everybody_stands_there_in_roster_order(tmp_path: Path) -> None:
    """All thirty-five names come in the order of the roster, whatever their books say, each with one link."""
    desk = teacher_desk(make_class(tmp_path / "class", 35), at=NOW)
    try:
        screen = ClassRoom(desk).show(())
        shown = page(screen)
        assert shown.names == [one.name for one in desk.store.students()]
        lines = [link for link in shown.links if re.match(r"#(child|note)/|#out", link)]
        assert len(lines) == 35
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


# --------------------------------------------------------------------------------------- the truth, quickly


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, store: Any) -> None:
        self._store, self.asked = store, Counter[str]()

    def __getattr__(self, name: str) -> Any:
        self.asked[name] += 1
        return getattr(self._store, name)


def test_a_class_is_read_with_a_handful_of_questions_however_large_it_is(tmp_path: Path) -> None:
    """No question is asked once for each child: not at first, and not when somebody has written."""
    asked = []
    for n in (5, 25):
        plain = teacher_desk(make_class(tmp_path / str(n), n), at=NOW)
        counting: Any = Counting(plain.store)
        desk = replace(plain, store=counting)
        room = ClassRoom(desk)
        room.show(())
        first = counting.asked.copy()
        room.show(())
        asked.append((first, counting.asked - first))
        plain.store.close()
    # who looked at a book before its last changes is asked of those books alone
    for cold, _ in asked:
        del cold["last_change"], cold["changes_since"]
    assert asked[0] == asked[1]
    assert asked[1][1]["wholes"] == 0
    assert asked[1][0].total() < 20


def test_only_what_changed_is_read_again(desk: TeacherDesk) -> None:
    """After a child has written, its book alone is read, and its line tells the truth."""
    counting: Any = Counting(desk.store)
    wanted: list[tuple[str, ...]] = []
    wholes: Callable[..., Any] = desk.store.wholes

    def watched(ids: Sequence[str]) -> Any:
        wanted.append(tuple(ids))
        return wholes(ids)

    counting.wholes = watched
    room = ClassRoom(replace(desk, store=counting))
    room.show(())
    book = write(desk, "mateo")
    shown = room.show(("words",))
    assert [book in ids for ids in wanted] == [True, True]
    assert all(one.startswith("mateo") or one in wanted[0] for one in wanted[1])
    assert not any(portfolio_id(desk, other) in wanted[1] for other in ("amal", "linh"))
    assert "rubric" in shown.body


def test_a_line_follows_each_kind_of_change_at_once(desk: TeacherDesk) -> None:
    """A child that says ready, a homes' wish, an approval, another glossary, another template: no line is stale."""
    room = ClassRoom(desk)
    assert "Mateo" not in page(room.show(("waiting",))).names
    book = portfolio_id(desk, "mateo")
    meta, version = desk.store.meta(book)
    desk.store.keep_meta(meta.but(status="ready"), expected=version)
    assert "Mateo" in page(room.show(("waiting",))).names
    approved = Approval(teacher_id="rivera", on=NOW.date(), revision=desk.store.revision(book))
    desk.store.keep_meta(meta.but(status="checked", approved=approved), expected=version + 1)
    assert "Mateo" in page(room.show(("looked-at",))).names
    write(desk, "mateo", "Something new.")
    assert "Mateo" in page(room.show(("waiting",))).names
    assert "Has changed since it was looked at" in room.show(()).body
    mateo = desk.store.student("mateo")
    home = Household(household_id="new", label="Home", interpreter=True)
    desk.store.keep_student(mateo.but(households=(home,)))
    assert "Mateo" in page(room.show(("interpreter",))).names
    write(desk, "mateo", "We met a wug today.")
    (desk.folder.path / "glossary.yaml").write_text(
        "schema: 1\nentries:\n- {id: wug, term: wug, plain: A small invented animal., kid: A small animal.}\n"
    )
    assert desk.folder.glossary_troubles() == ()
    assert "wug" in room.show(("words",)).body


def test_the_teachers_own_changes_are_no_news(desk: TeacherDesk) -> None:
    """Since yesterday counts what others did; who wrote where is said in words."""
    room = ClassRoom(desk)
    assert page(room.show(("changed",))).names == ["Amal", "Mateo", "Linh"]
    later = replace(desk, now=lambda: NOW + timedelta(days=9), today=lambda: NOW.date() + timedelta(days=9))
    room, at = ClassRoom(later), NOW + timedelta(days=8, hours=10)
    assert room.show(("changed",)).title == "New since yesterday: nobody"
    write(desk, "mateo", "A line of the teacher.", by="teacher:rivera", at=at)
    assert room.show(("changed",)).title == "New since yesterday: nobody"
    write(desk, "mateo", "I changed it.", at=at)
    book = write(desk, "linh", "Another teacher's change.", by="teacher:haddad", at=at)
    goal = next(k for k in desk.store.entries(book) if k.entry.kind == "goal")
    desk.store.remove(book, goal.entry.entry_id, expected=goal.version, by="family:me-va-ba", at=at)
    shown = page(room.show(("changed",)))
    assert shown.names == ["Mateo", "Linh"]
    assert "Mateo wrote in Welcome." in shown.words
    assert "Mr. Haddad wrote in Welcome." in shown.words
    assert any(
        re.search(r"^Mẹ.* took something away from Goals\.$|took something away from", w) for w in shown.words
    )


def test_yesterday_begins_at_midnight_of_the_classroom() -> None:
    """The beginning of yesterday is a moment with a zone, at most two days and a bit ago."""
    since = beginning_of_yesterday(date(2026, 11, 20))
    assert since.tzinfo is not None
    assert (since.date(), since.hour, since.minute) == (date(2026, 11, 19), 0, 0)


# ------------------------------------------------------------------------------------------ school words


@pytest.mark.parametrize("name", ["class-4b", "ladybirds", "grade-7", "grade-11"])
def test_open_school_words_are_those_of_the_check(tmp_path: Path, name: str) -> None:
    """What the class counts as open is what ``portfolio check`` lists as open, by child and by teacher."""
    desk = sample_desk(tmp_path, name)
    glossary = desk.folder.glossary()
    try:
        for student in desk.store.students():
            write_words(desk, student.student_id)
            book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), student.student_id)
            found, quick = words_of_book(book, glossary), open_words(book, glossary)
            for by_teacher, mine in ((False, quick.child), (True, quick.note)):
                there = {one.term.term_id for one in found if one.open and one.by_teacher == by_teacher}
                assert set(mine) == there
            assert {"rubric"} <= set(quick.note)
    finally:
        desk.store.close()


def write_words(desk: TeacherDesk, student_id: str) -> None:
    """Put a note with two school words into a book, one of which its teacher calls fine."""
    note = TeacherNote(
        entry_id="note-x",
        teacher_id="rivera",
        strength=Passage(text="Knows the rubric and the exit ticket."),
        school_words=(WordChoice(term="exit-ticket", how="fine"),),
    )
    desk.store.keep(portfolio_id(desk, student_id), note, expected=0, by="teacher:rivera", at=NOW)


def test_found_words_are_kept_and_hold_nobodys_words(desk: TeacherDesk) -> None:
    """Opened again, nothing is looked for anew; the file names no child and holds no word anybody wrote."""
    write(desk, "mateo")
    first = [row.facts for row in ClassReading(desk).rows()]
    kept = desk.folder.hidden / FILE
    text = kept.read_text()
    assert "rubric" in text
    for private in ("mateo", "Mateo", "My rubric says", portfolio_id(desk, "mateo")):
        assert private not in text
    assert all(re.fullmatch(r"[0-9a-f]{64}", name) for name in json.loads(text))
    assert kept.stat().st_mode & 0o077 == 0
    assert [row.facts for row in ClassReading(desk).rows()] == first


def test_kept_words_are_used_and_never_stale(desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a book that changed is looked through again; also one that was changed and has its old revision."""
    looked: list[str] = []

    def watched(book: Any, glossary: Glossary) -> Any:
        looked.append(book.student.student_id)
        return open_words(book, glossary)

    monkeypatch.setattr("portfolio.moments.teacher.class_found.open_words", watched)
    ClassReading(desk).rows()
    ClassReading(desk).rows()
    assert looked == ["amal", "mateo", "linh"]
    book = write(desk, "mateo")
    ClassReading(desk).rows()
    assert looked[3:] == ["mateo"]
    tamper(
        desk.folder, "UPDATE entries SET body = replace(body, 'rubric', 'ruler') WHERE portfolio_id = ?", book
    )
    rows = ClassReading(desk).rows()
    assert looked[4:] == ["mateo"]
    assert "rubric" not in rows[1].facts.words.child


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"a": 1}', '{"a": [["x"], [], "no"]}', '{"a": [[7], [], true]}', "[" * 9000]
)
def test_a_spoiled_file_of_found_words_is_no_trouble(desk: TeacherDesk, text: str) -> None:
    """Whatever stands in the file, the class is read as if it were not there."""
    write(desk, "mateo")
    wanted = [row.facts for row in ClassReading(desk).rows()]
    (desk.folder.hidden / FILE).write_text(text)
    assert [row.facts for row in ClassReading(desk).rows()] == wanted


def test_a_place_that_cannot_be_written_is_no_trouble(desk: TeacherDesk) -> None:
    """If nothing can be kept, the screen is there all the same."""
    (desk.folder.hidden / FILE).mkdir()
    assert page(ClassRoom(desk).show(())).names == ["Amal", "Mateo", "Linh"]


def test_what_is_known_of_a_child_who_left_goes(desk: TeacherDesk) -> None:
    """After a child was taken out of the class, nothing found in its book is kept."""
    ClassReading(desk).rows()
    before = json.loads((desk.folder.hidden / FILE).read_text())
    desk.store.forget_student("mateo")
    write(desk, "amal")
    ClassReading(desk).rows()
    after = json.loads((desk.folder.hidden / FILE).read_text())
    assert (len(before), len(after)) == (3, 2)


def test_the_words_of_the_class_are_explained_once(desk: TeacherDesk) -> None:
    """The list of school words tells each child's, and below each word what it means and in whose books it stands."""
    for student_id in ("mateo", "linh"):
        write(desk, student_id)
    screen = ClassRoom(desk).show(("words",))
    shown = page(screen)
    assert "#child/mateo/words" in shown.links
    plain = desk.folder.glossary().term("rubric").plain
    assert shown.words.count(plain) == 1
    assert "Mateo" in shown.names
    assert any("Mateo" in words for words in shown.words if words.startswith("Stands in:"))


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


def test_the_last_word_of_a_teacher_is_remembered(desk: TeacherDesk) -> None:
    """Who had a comment last week heard from a teacher then."""
    on = NOW.date() - timedelta(days=7)
    comment = Comment(entry_id="c1", teacher_id="rivera", words=Passage(text="I enjoyed it."), on=on)
    at = NOW - timedelta(days=7)
    desk.store.keep(portfolio_id(desk, "mateo"), comment, expected=0, by="teacher:rivera", at=at)
    row = next(row for row in ClassReading(desk).rows() if row.student.student_id == "mateo")
    assert row.facts.helped_on == on


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


def test_found_words_of_one_book_are_looked_for_once(desk: TeacherDesk) -> None:
    """Asked twice for the same book, the answer is the same, and nothing is written for nobody."""
    found = FoundWords(desk.folder)
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "amal")
    assert found.words(book) == found.words(book) == open_words(book, desk.folder.glossary())
    found.keep([])
    assert not (desk.folder.hidden / FILE).exists()
