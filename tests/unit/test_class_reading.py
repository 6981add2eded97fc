"""Reading a whole class: the truth of this moment, with a handful of questions, and school words found once."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.teacher_class import make_class
from portfolio.model import Approval, Household, Passage, TeacherNote, WordChoice
from portfolio.moments.check_words import words_of_book
from portfolio.moments.teacher.class_found import FILE, FoundWords, open_words
from portfolio.moments.teacher.class_reading import ClassReading, beginning_of_yesterday
from portfolio.moments.teacher.class_room import ClassRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.class_folder import book_of, open_class
from portfolio.words.glossary.load import Glossary
from tests.class_screen import page, portfolio_id, tamper, write
from tests.samples import make_sample
from tests.teachers import NOW, sample_desk, teacher_desk


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
    assert "wug" not in room.show(("words",)).body
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
    own = TeacherNote(entry_id="note-r", teacher_id="rivera", strength=Passage(text="Asks well."))
    desk.store.keep(book, own, expected=0, by="teacher:rivera", at=at)
    goal = next(k for k in desk.store.entries(book) if k.entry.kind == "goal")
    desk.store.remove(book, goal.entry.entry_id, expected=goal.version, by="family:me-va-ba", at=at)
    shown = page(room.show(("changed",)))
    assert shown.names == ["Mateo", "Linh"]
    assert "Mateo wrote in Welcome." in shown.words
    assert "Mr. Haddad wrote in Welcome." in shown.words
    assert not any("Rivera" in words or "note" in words for words in shown.words if "wrote in" in words)
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
    digests = json.loads((desk.folder.hidden / FILE).read_text())
    (desk.folder.hidden / FILE).write_text(text)
    assert [row.facts for row in ClassReading(desk).rows()] == wanted
    for spoiled in ([[7], [], True], [["x"], [], "no"], [["x"], []], "x"):
        (desk.folder.hidden / FILE).write_text(json.dumps(dict.fromkeys(digests, spoiled)))
        assert [row.facts for row in ClassReading(desk).rows()] == wanted


def test_a_place_that_cannot_be_written_is_no_trouble(desk: TeacherDesk) -> None:
    """If nothing can be kept, the screen is there all the same."""
    (desk.folder.hidden / FILE).mkdir()
    assert page(ClassRoom(desk).show(())).names == ["Amal", "Mateo", "Linh"]


def test_what_is_known_of_a_child_who_left_goes(desk: TeacherDesk) -> None:
    """After a child was taken out of the class, nothing found in its book is kept."""
    reading = ClassReading(desk)
    reading.rows()
    before = json.loads((desk.folder.hidden / FILE).read_text())
    desk.store.forget_student("mateo")
    write(desk, "amal")
    reading.rows()
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


def test_found_words_of_one_book_are_looked_for_once(desk: TeacherDesk) -> None:
    """Asked twice for the same book, the answer is the same, and nothing is written for nobody."""
    found = FoundWords(desk.folder)
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "amal")
    assert found.words(book) == found.words(book) == open_words(book, desk.folder.glossary())
    found.keep([])
    assert not (desk.folder.hidden / FILE).exists()
