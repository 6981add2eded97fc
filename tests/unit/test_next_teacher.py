# long: what may go and what may not is read in one place
"""What goes to a child's next teacher: the pages the child picked and the teachers' notes, and nothing else."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.errors import InputRefused, StorageTrouble
from portfolio.model import (
    Agreement,
    Answer,
    Book,
    Comment,
    Concern,
    Cue,
    Goal,
    HomeWords,
    OwnCell,
    Passage,
    Picture,
    Reply,
    ReplyLine,
    Section,
    SectionCell,
    SectionChoice,
    Strength,
    TeacherNote,
    Work,
)
from portfolio.moments.next_teacher import for_next, write_each, write_zip
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.next_teacher import MAY_BE_PICKED, for_next_teacher, may_be_picked
from portfolio.testing import small_book
from portfolio.views.next_teacher import next_teacher_page
from portfolio.views.pages import render
from tests.quick_class import book_id, quick_desk
from tests.teachers import NOW

SHA = "a" * 64


def said(marker: str) -> Passage:
    """Return words that can be looked for."""
    return Passage(text=f"MARKER-{marker}")


def answer(section: Section, marker: str) -> Answer:
    """Return an answer to the first question of a page."""
    name = section.prompts[0].field
    return Answer(
        entry_id=f"{section.section_id}.{name}", section=section.section_id, prompt=name, words=said(marker)
    )


def page(book: Book, section_id: str) -> Section:
    """Return a section of the book's template."""
    found = book.template.section(section_id)
    assert found is not None
    return found


def picking(book: Book, *sections: str) -> Book:
    """Return the book of a child that has picked these pages."""
    return book.but(portfolio=book.portfolio.but(meta=book.portfolio.meta.but(next_teacher=sections)))


def full_book(*picked: str) -> Book:
    """Return a book in which everybody has written something that can be looked for."""
    plain = small_book()
    book = small_book(
        answers=(answer(page(plain, "welcome"), "WELCOME"), answer(page(plain, "friends"), "FRIENDS")),
        strengths=(Strength(entry_id="strength-1", what=said("STRENGTH"), piece="work-1"),),
        work=(Work(entry_id="work-1", title=said("WORK"), teacher_note=said("WORKNOTE")),),
        goals=(Goal(entry_id="goal-1", goal=said("GOAL")),),
        agreements=(
            Agreement(entry_id="a-1", who="family", name="Mama", what=said("FAMILY-PROMISE")),
            Agreement(entry_id="a-2", who="student", what=said("OWN-PROMISE")),
            Agreement(entry_id="a-3", who="teacher", what=said("TEACHER-PROMISE")),
        ),
        cues=(Cue(entry_id="cue-1", step="welcome", words=said("CUE")),),
        teacher_page=(
            TeacherNote(entry_id="note-1", teacher_id="t1", strength=said("NOTE"), drives=said("DRIVES")),
        ),
        comments=(Comment(entry_id="comment-1", teacher_id="t1", words=said("COMMENT")),),
        home_words=(
            HomeWords(entry_id="home-1", household_id="mama", hopes=said("HOPES"), talk_about=said("TALK")),
        ),
        replies=(Reply(entry_id="reply-1", household_id="mama", lines=(ReplyLine(words=said("REPLY")),)),),
        concerns=(Concern(entry_id="concern-1", household_id="mama", words=said("CONCERN")),),
    )
    return picking(book, *picked)


NEVER = ("CUE", "DRIVES", "COMMENT", "HOPES", "TALK", "REPLY", "CONCERN", "FAMILY-PROMISE")


def markers(text: str) -> set[str]:
    """Return which of our words stand in a text."""
    return set(re.findall(r"MARKER-([A-Z-]+[A-Z])", text))


def html(book: Book) -> str:
    """Return the file as it would leave."""
    return str(render(next_teacher_page(for_next_teacher(book), lambda _: b"RIFF")))


def every_page(book: Book) -> tuple[str, ...]:
    """Return the ids of all pages of a template, those that are not the child's to give too."""
    return tuple(section.section_id for section in book.template.sections)


def test_only_what_was_picked_goes() -> None:
    """A page the child has not picked says nothing, neither in what may be shown nor in the file."""
    book = full_book("welcome", "goals")
    for text in (for_next_teacher(book).model_dump_json(), html(book)):
        assert markers(text) == {"WELCOME", "GOAL", "NOTE"}


def test_what_was_said_in_confidence_never_goes() -> None:
    """Also of a child that picks every page there is: no cue, comment, letter, worry or promise of a family leaves."""
    book = full_book()
    book = picking(book, *every_page(book), "your-letter", "you-said-we-did", "nonsense")
    book = book.but(outline=tuple(SectionCell(section=name) for name in every_page(book)))
    for text in (for_next_teacher(book).model_dump_json(), html(book)):
        assert not markers(text) & set(NEVER)
        assert markers(text) >= {
            "WELCOME",
            "FRIENDS",
            "STRENGTH",
            "WORK",
            "GOAL",
            "OWN-PROMISE",
            "TEACHER-PROMISE",
        }


def test_nothing_tells_of_the_homes() -> None:
    """Neither labels nor names nor ways to reach a home are in what goes."""
    book = full_book()
    text = for_next_teacher(picking(book, *every_page(book))).model_dump_json()
    for home in book.student.households:
        for line in (home.label, home.reach_by, home.reach_when, home.other_children, home.access_needs):
            assert not line or line not in text


def test_a_page_that_points_to_another_shows_it_only_if_that_was_picked() -> None:
    """A strength names its piece of work only where the page of work goes along."""
    assert "WORK" not in markers(for_next_teacher(full_book("strengths")).model_dump_json())
    assert "WORK" in markers(for_next_teacher(full_book("strengths", "work")).model_dump_json())


def test_the_childs_pick_counts_and_not_what_families_see() -> None:
    """A page kept from the family may go to a teacher, and one the family sees need not."""
    book = full_book("welcome")
    hidden = book.portfolio.meta.but(sections=(SectionChoice(section="welcome", shown_to_family=False),))
    closed = book.but(portfolio=book.portfolio.but(meta=hidden))
    assert "WELCOME" in markers(for_next_teacher(closed).model_dump_json())
    assert "GOAL" not in markers(for_next_teacher(closed).model_dump_json())


def test_pictures_of_others_stay() -> None:
    """A picture with other people in it goes only once somebody agreed."""
    picture = Picture(sha256=SHA, width=10, height=10, others=True)
    for agreed in (False, True):
        piece = Work(entry_id="work-1", title=said("WORK"), pictures=(picture.but(others_agreed=agreed),))
        book = picking(small_book(work=(piece,)), "work")
        assert (SHA in for_next_teacher(book).model_dump_json()) is agreed


def test_what_a_child_kept_back_in_an_earlier_round_stays_back() -> None:
    """Goals of last time that nobody was to see then are not handed on by picking the look back on them now."""
    book = full_book("last_time")
    before = book.portfolio.but(
        meta=book.portfolio.meta.but(
            portfolio_id="before",
            round="Spring",
            sections=(SectionChoice(section="goals", shown_to_family=False),),
        ),
        goals=(Goal(entry_id="goal-0", goal=said("OLD-GOAL")),),
    )
    looks = next(s.section_id for s in book.template.sections if s.holds == "look_backs")
    closed = picking(book.but(earlier=(before,)), looks)
    assert "OLD-GOAL" not in markers(for_next_teacher(closed).model_dump_json())
    opened = closed.but(earlier=(before.but(meta=before.meta.but(sections=())),))
    assert "OLD-GOAL" in markers(for_next_teacher(opened).model_dump_json())


def test_the_teachers_own_cells_stay() -> None:
    """What a teacher put into the notebook for this class is not part of a child's pages."""
    book = full_book("welcome")
    book = book.but(outline=(OwnCell(markdown="MARKER-OWNCELL"), *book.outline))
    assert "OWNCELL" not in markers(for_next_teacher(book).model_dump_json() + html(book))


def test_names_of_classmates_stay_here() -> None:
    """Another child of the class is "a classmate" in it, as in a file for a home, until somebody ticks the name."""
    what = Passage(text="I like reading to Theodora.")
    book = small_book(strengths=(Strength(entry_id="s-1", what=what),))
    meta = book.portfolio.meta.but(next_teacher=("strengths",))
    book = book.but(portfolio=book.portfolio.but(meta=meta))
    assert "Theodora" in str(for_next_teacher(book))
    named = book.but(class_names=("Inés", "Theodora"))
    told = for_next_teacher(named)
    assert "Theodora" not in str(told) and "I like reading to a classmate." in str(told)


def test_a_kind_of_page_that_is_new_stays_here() -> None:
    """What may be picked is a list: letters and notes are not on it, and neither is what nobody has thought of yet."""
    kinds = {section.holds: section for section in small_book().template.sections}
    assert {holds for holds, section in kinds.items() if may_be_picked(section)} <= set(MAY_BE_PICKED)
    assert "replies" not in MAY_BE_PICKED and "teacher_page" not in MAY_BE_PICKED


def test_the_file_runs_nothing_and_loads_nothing() -> None:
    """No script, no address, no style attribute, hostile words as words; a policy that allows only the file itself."""
    book = full_book("welcome")
    hostile = book.portfolio.answers[0].but(words=Passage(text="<script>alert(1)</script> {{ 7*7 }}"))
    text = html(book.but(portfolio=book.portfolio.but(answers=(hostile,))))
    assert "<script" not in text and "&lt;script&gt;" in text and "{{ 7*7 }}" in text
    assert not re.search(r"\s(?:src|href)=\"(?!data:|#)", text)
    assert " style=" not in text
    assert "default-src 'none'" in text


# ---------------------------------------------------------------------------------------------- files of a class


@pytest.fixture
def desk(tmp_path: Path) -> TeacherDesk:
    """Return the desk of a class: Amal has picked and written, Mateo has picked, Linh has not."""
    made = quick_desk(tmp_path)
    for name, picked in (("amal", ("welcome", "goals")), ("mateo", ("welcome",))):
        meta = made.store.meta(book_id(made, name))[0]
        made.store.keep_meta(meta.but(next_teacher=picked))
    section = next(s for s in made.folder.template().sections if s.section_id == "welcome")
    made.store.keep(book_id(made, "amal"), answer(section, "AMAL"), expected=0, by="student", at=NOW)
    return made


def test_each_child_gets_a_file_or_a_kind_reason(desk: TeacherDesk, tmp_path: Path) -> None:
    """Who picked nothing, or wrote nothing on what it picked, has no file and is named."""
    written = write_each(desk.folder, tmp_path / "out")
    assert [(one.student.student_id, bool(one.path)) for one in written] == [
        ("amal", True),
        ("mateo", False),
        ("linh", False),
    ]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["amal.html"]
    assert "MARKER-AMAL" in (tmp_path / "out" / "amal.html").read_text("utf-8")
    reasons = [str(one.why) for one in written if one.why]
    assert "Mateo has picked pages and not written" in reasons[0]
    assert "Linh has not picked pages yet" in reasons[1]


def test_no_file_is_ever_replaced(desk: TeacherDesk, tmp_path: Path) -> None:
    """A second run leaves the first files as they are and says so, child by child."""
    write_each(desk.folder, tmp_path / "out")
    (tmp_path / "out" / "amal.html").write_text("mine")
    again = write_each(desk.folder, tmp_path / "out", students=["amal"])
    assert isinstance(again[0].why, InputRefused)
    assert (tmp_path / "out" / "amal.html").read_text() == "mine"


def test_one_childs_trouble_stops_nobody(desk: TeacherDesk, tmp_path: Path) -> None:
    """A picture that is gone leaves a sentence in its place, not a child without a file, and costs the others nothing."""
    picture = Picture(sha256=SHA, width=10, height=10)
    piece = Work(entry_id="work-1", title=said("WORK"), pictures=(picture,))
    desk.store.keep(book_id(desk, "mateo"), piece, expected=0, by="student", at=NOW)
    desk.store.keep_meta(desk.store.meta(book_id(desk, "mateo"))[0].but(next_teacher=("work",)))
    written = {one.student.student_id: one for one in write_each(desk.folder, tmp_path / "out")}
    assert [(one.kind, one.why, one.name) for one in written["mateo"].missing] == [
        ("picture", "damaged", SHA)
    ]
    assert written["amal"].missing == ()
    told = CliRunner().invoke(app, ["next-teacher", str(desk.folder.path), str(tmp_path / "again")])
    assert "A picture is not in the file: it is damaged or gone." in told.output
    assert written["amal"].path is not None
    assert written["mateo"].path is not None
    page = written["mateo"].path.read_text("utf-8")
    assert "WORK" in page and "This picture cannot be shown here just now." in page


def test_a_folder_that_cannot_be_made_is_a_sentence(desk: TeacherDesk, tmp_path: Path) -> None:
    """Where a file stands in the way, nothing is written and the place is named."""
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageTrouble, match="cannot be made"):
        write_each(desk.folder, tmp_path / "taken")


def test_the_zip_of_a_class_holds_those_files_and_no_more(desk: TeacherDesk, tmp_path: Path) -> None:
    """One zip, a page for each child that has one; nothing at all where nobody has."""
    path = tmp_path / "class.zip"
    found = write_zip(desk.folder, desk.store, path, made_at=NOW)
    assert [one.why for one in found] == ["", "not written", "not picked"]
    with zipfile.ZipFile(path) as packed:
        assert packed.namelist() == ["amal.html"]
        assert b"MARKER-AMAL" in packed.read("amal.html")
    desk.store.keep_meta(desk.store.meta(book_id(desk, "amal"))[0].but(next_teacher=()))
    assert all(one.why for one in write_zip(desk.folder, desk.store, tmp_path / "none.zip", made_at=NOW))
    assert not (tmp_path / "none.zip").exists()
    desk.store.keep_meta(desk.store.meta(book_id(desk, "amal"))[0].but(next_teacher=("welcome",)))
    with pytest.raises(InputRefused):
        write_zip(desk.folder, desk.store, path, made_at=NOW)


def test_the_file_says_whose_it_is_and_who_wrote(desk: TeacherDesk) -> None:
    """Name, class and day of deletion stand in it; the note carries its teacher's name."""
    school = desk.school_class
    desk.store.keep_class(school.but(delete_by=date(2027, 8, 31)))
    note = TeacherNote(entry_id="note-1", teacher_id=school.teachers[0].teacher_id, strength=said("NOTE"))
    desk.store.keep(book_id(desk, "amal"), note, expected=0, by=desk.by, at=NOW)
    made = next(iter(for_next(desk.folder, desk.store, desk.store.students())))
    for text in ("Amal’s book", "Class 4B", "August 31, 2027", "MARKER-NOTE", "Ms. Rivera"):
        assert text in str(made.page)
