# long: every form and every screen of one room, on one class
"""A teacher with one child's book: reading all of it, and never a hand on the child's words."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jinja2 import meta

from portfolio.errors import PortfolioError
from portfolio.files import shipped
from portfolio.model import Book, Comment, Passage, Teacher, TeacherNote
from portfolio.moments.comments import TeacherComments
from portfolio.moments.room import Asked
from portfolio.moments.teacher.child_interview import LINES, QUESTIONS
from portfolio.moments.teacher.child_prepare import TICKS, as_version, of_version
from portfolio.moments.teacher.child_room import ChildRoom
from portfolio.moments.teacher.class_reading import ClassReading
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.shown import shown_to
from portfolio.store.class_folder import book_of, open_class
from portfolio.views.environment import environment
from portfolio.views.teacher import child_page
from tests.quick_class import quick_desk
from tests.teachers import NOW, form, sample_desk, teacher_desk, with_teachers

PLACES = (
    "",
    "book",
    "page/work",
    "page/strengths",
    "changed",
    "changed/look",
    "words",
    "prepare",
    "interview",
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fourth grade on disk, made once."""
    made = sample_desk(tmp_path_factory.mktemp("sample"))
    made.store.close()
    return made.folder.path


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Iterator[TeacherDesk]:
    """The teacher's desk of a fresh copy of it."""
    made = teacher_desk(open_class(shutil.copytree(sample, tmp_path / "class-4b")))
    yield made
    made.store.close()


def book(desk: TeacherDesk, student: str = "amal") -> Book:
    """Return a child's book as it is kept now."""
    return book_of(desk.store, desk.folder.template(), desk.folder.outline(), student)


def childs(desk: TeacherDesk, student: str = "amal") -> Mapping[str, tuple[Any, int]]:
    """Return every entry of a child's book but comments, with the version it has."""
    kept = desk.store.entries(book(desk, student).portfolio.meta.portfolio_id)
    return {
        one.entry.entry_id: (one.entry, one.version) for one in kept if not isinstance(one.entry, Comment)
    }


def show(desk: TeacherDesk, place: str, student: str = "amal") -> str:
    """Return a screen of a child as HTML."""
    return ChildRoom(desk).show((student, *filter(None, place.split("/")))).body


def parse(text: str) -> BeautifulSoup:
    """Return a screen taken apart."""
    return BeautifulSoup(text, "html.parser")


def every_form(desk: TeacherDesk) -> list[Asked]:
    """Return one of each form this room has, filled in well; ids are those of Amal's book."""
    return [
        form(
            "comment", section="strengths", about="strength-1", start="enjoyed", words="how you explain it."
        ),
        form("comment", section="", words="A lovely book.", start=""),
        form("change-comment", version=1, entry="comment-0", words="A lovely, lovely book."),
        form("remove-comment", version=2, entry="comment-0"),
        form("look", version=desk.store.revision(book(desk).portfolio.meta.portfolio_id)),
        form("unlook"),
        form("prepared", version=0, met="1", words="1"),
        form("word-explain", term="rubric", plain="A chart that says what good work looks like."),
        form("word-fine", term="rubric"),
        form("word-back", term="rubric"),
        form("send-back", good="You tell it with sounds.", section="work", to_try="Add a photo."),
    ]


def test_no_form_changes_a_word_of_the_child(desk: TeacherDesk) -> None:
    """Each form of the room but that for what is written in a picture, well filled: every entry of the child and its version are as before, to the last sign."""
    room, before = ChildRoom(desk), childs(desk)
    TeacherComments(desk.store, book(desk).portfolio.meta.portfolio_id, desk.teacher_id, "en").say(
        "comment-0", "A book.", at=NOW
    )
    for asked in every_form(desk):
        room.do(("amal",), asked)
        assert childs(desk) == before, asked.what


def test_a_teacher_writes_down_what_is_written_in_a_picture(desk: TeacherDesk) -> None:
    """The form below a picture keeps its words there and nothing else, and the screen shows them; history says who."""
    before, told = childs(desk), parse(show(desk, "page/work")).select("form[data-do=written]")
    keys = [str(one["data-key"]) for one in told]
    assert len(set(keys)) == len(keys) == 3
    (asked,) = (one for one in told if 'value="work-volcano"' in str(one))
    sent = {str(one["name"]): str(one.get("value", "")) for one in asked.select("input")}
    assert int(str(asked["data-version"])) == before["work-volcano"][1]
    ChildRoom(desk).do(
        ("amal",),
        form("written", version=before["work-volcano"][1], written="Volcano\n<b>by Amal</b>", **sent),
    )
    after = childs(desk)
    assert {name for name, one in after.items() if one != before[name]} == {"work-volcano"}
    piece = after["work-volcano"][0]
    (picture,) = piece.pictures
    assert picture.written == Passage(text="Volcano\n<b>by Amal</b>")
    bare = piece.but(pictures=(picture.but(written=Passage()),))
    assert bare == before["work-volcano"][0]
    meta = book(desk).portfolio.meta
    assert desk.store.history(meta.portfolio_id, "work-volcano")[-1].changed_by == desk.by
    page = parse(show(desk, "page/work"))
    assert not page.select("b:-soup-contains('by Amal')")
    assert "Volcano <b>by Amal</b>" in " ".join(page.get_text(" ").split())
    assert "<b>by Amal</b>" in parse(show(desk, "changed")).get_text()


@pytest.mark.parametrize(
    ("entry", "picture"),
    [("work-volcano", "0" * 64), ("cue-1", "0" * 64), ("no-such-entry", "0" * 64), ("", "")],
)
def test_words_for_a_picture_that_is_not_there_are_a_sentence(
    desk: TeacherDesk, entry: str, picture: str
) -> None:
    """A form of another page or day, or one that somebody made up: a sentence, and nothing is touched."""
    before = childs(desk)
    with pytest.raises(PortfolioError, match="not in the book any more"):
        ChildRoom(desk).do(("amal",), form("written", version=1, entry=entry, picture=picture, written="x"))
    assert childs(desk) == before


@pytest.mark.parametrize("entry", ["strength-1", "work-volcano", "../x", "comment-none", ""])
@pytest.mark.parametrize("what", ["change-comment", "remove-comment"])
def test_forms_for_comments_do_not_reach_the_childs_entries(desk: TeacherDesk, what: str, entry: str) -> None:
    """A page that was tampered with names an entry of the child: a sentence, and nothing is touched."""
    before = childs(desk)
    with pytest.raises(PortfolioError):
        ChildRoom(desk).do(("amal",), form(what, version=1, entry=entry, words="Mine."))
    assert childs(desk) == before


@pytest.mark.parametrize(
    "asked",
    [
        form("comment", words=""),
        form("comment", words="Hello.", section="no-such-page"),
        form("comment", words="Hello.", section="strengths", about="work-volcano"),
        form("comment", words="Hello.", about="strength-1"),
        form("comment", words="x" * 100_000),
        form("comment", words="You are lazy."),
        form("send-back", good="Good."),
        form("send-back", good="Good.", section="nowhere", to_try="Add a photo."),
        form("look"),
        form("look", version=10**12),
        form("prepared", version=-1),
        form("prepared", version=4096),
        form("change-comment", entry="comment-1", words="Hello."),
        form("word-explain", term="rubric"),
        form("word-explain", term="", plain="Something."),
        form("word-fine"),
        form("word-fine", term="\x00../" * 50),
        form("nonsense"),
    ],
)
def test_what_does_not_fit_is_a_sentence_and_nothing_is_done(desk: TeacherDesk, asked: Asked) -> None:
    """Values from a browser may be anything: a sentence, and book, comments and status stay as they were."""
    before = book(desk)
    with pytest.raises(PortfolioError) as refused:
        ChildRoom(desk).do(("amal",), asked)
    assert len(str(refused.value)) > 20
    assert book(desk) == before


@pytest.mark.parametrize(
    "at", [(), ("nobody",), ("../amal",), ("amal", "nowhere"), ("amal", "page", "nowhere"), ("amal", "page")]
)
def test_a_place_that_is_not_there_is_a_sentence(desk: TeacherDesk, at: tuple[str, ...]) -> None:
    """No place in the room is trusted."""
    with pytest.raises(PortfolioError):
        ChildRoom(desk).show(at)


def test_everything_the_child_wrote_stands_in_the_whole_book(desk: TeacherDesk) -> None:
    """Every answer in words, every picture with its words: the teacher reads what the child wrote, all of it."""
    found = book(desk)
    text = " ".join(parse(show(desk, "book")).get_text(" ").split())
    portfolio = found.portfolio
    wrote = [one.words.text for one in portfolio.answers] + [one.what.text for one in portfolio.strengths]
    wrote += [
        getattr(w, name).text
        for w in portfolio.work
        for name in ("title", "why", "did", "learned", "hard", "next")
    ]
    assert sum(map(bool, wrote)) > 20
    assert [words for words in wrote if words and " ".join(words.split()) not in text] == []
    pictures = [p for w in portfolio.work for p in w.pictures]
    shown = parse(show(desk, "book")).select(".child-photo img")
    assert len(shown) >= len(pictures) > 0
    assert {p.alt.text for p in pictures if p.alt} <= {one.get("alt") for one in shown}


def test_words_of_a_child_are_never_html(desk: TeacherDesk) -> None:
    """A script in an answer, a comment, a name of a picture stays text on every screen."""
    bad = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    about = book(desk).portfolio.meta
    kept = desk.store.entry(about.portfolio_id, "strength-1")
    changed = kept.entry.but(what=Passage(text=bad), proof=Passage(text=bad))
    desk.store.keep(about.portfolio_id, changed, expected=kept.version, by="student", at=NOW)
    ChildRoom(desk).do(("amal",), form("comment", words=bad, section="strengths"))
    for place in PLACES:
        page = parse(show(desk, place))
        assert not page.select("script, img[onerror]"), place


def test_a_page_the_child_keeps_back_says_so_and_is_read(desk: TeacherDesk) -> None:
    """The teacher may read a page the family does not see; the page says whose wish that is."""
    found = book(desk)
    section = next(one for one in found.sections() if one.section_id == "strengths")
    meta, before = desk.store.meta(found.portfolio.meta.portfolio_id)
    others = tuple(one for one in meta.sections if one.section != "friends")
    desk.store.keep_meta(meta.but(sections=others), expected=before)
    begins = "Not shown at home unless Amal says so."
    assert begins in show(desk, "page/friends") and "keeps this page" not in show(desk, "page/friends")
    known, version = desk.store.meta(found.portfolio.meta.portfolio_id)
    desk.store.keep_meta(shown_to(known, section, "teacher"), expected=version)
    assert "Amal keeps this page from the family. You may read it." in show(desk, "page/strengths")
    assert begins not in show(desk, "page/strengths")
    assert found.portfolio.strengths[0].what.text in show(desk, "page/strengths")


def test_nothing_fits_together_in_an_empty_book_and_an_interpreter_has_a_way(tmp_path: Path) -> None:
    """Getting ready says nothing of balance before there is any, and leads to the home that wants an interpreter."""
    one = quick_desk(tmp_path, ("Amal; Teta; ar", "Linh"))
    student = one.store.student("amal")
    wants = tuple(home.but(interpreter=True) for home in student.households)
    one.store.keep_student(student.but(households=wants))
    try:
        for name, way in (("amal", True), ("linh", False)):
            text = str(ChildRoom(one).show((name, "prepare")).body)
            assert "fit together" not in text
            assert (f"#setup/homes/{name}" in text) == way
    finally:
        one.store.close()


def test_a_note_about_words_can_be_passed_by_where_it_stands(desk: TeacherDesk) -> None:
    """The tick is in no fold of its own; the styles show it once a note about the words came."""
    tick = parse(show(desk, "")).select_one("form[data-do=comment] .kind-note input[name=as-they-are]")
    assert tick is not None
    folds = tick.find_parents("details")
    assert [fold["class"][0] for fold in folds] == ["write"]
    css = (shipped("templates", "pages") / "css" / "teacher-child.css").read_text("utf-8")
    assert ".kind-note{display:none}" in css and ":has([aria-invalid]" in css


def test_what_changed_is_told_card_by_card(desk: TeacherDesk) -> None:
    """How it was and how it is stand side by side; what nobody touched is not told."""
    about = book(desk).portfolio.meta
    kept = desk.store.entry(about.portfolio_id, "strength-1")
    ChildRoom(desk).do(("amal",), form("look", version=desk.store.revision(about.portfolio_id)))
    was = book(desk).portfolio.strengths[0].proof.text
    changed = kept.entry.but(proof=Passage(text="a bridge that holds"))
    desk.store.keep(about.portfolio_id, changed, expected=kept.version, by="student", at=NOW)
    page = parse(show(desk, "changed/look"))
    assert [one.get_text() for one in page.select(".child-change h2")] == ["My strengths: Strength 1"]
    told = [" ".join(one.get_text().split()) for one in page.select(".child-was dd")]
    assert told == [" ".join(was.split()), "a bridge that holds"]
    assert "My strengths" in show(desk, "") and "before the last changes" in show(desk, "")


def test_the_tick_beside_a_remark_lets_the_words_through(desk: TeacherDesk) -> None:
    """The form's own tick is what the room asks for: with it the words stand as they were written."""
    values = {"words": ("You wrote: “you are lazy”, said the cat.",), "as-they-are": ("1",)}
    ChildRoom(desk).do(("amal",), Asked(what="comment", values=values))
    assert [one.words.text for one in book(desk).portfolio.comments] == list(values["words"])
    assert parse(show(desk, "")).select("form[data-do=comment] input[name=as-they-are]")


def test_ticks_of_two_teachers_at_once_are_both_kept(desk: TeacherDesk) -> None:
    """Each page sends what it shows; only what somebody changed on it is laid over what is there now."""
    room = ChildRoom(desk)
    room.do(("amal",), form("prepared", version=0, met="1"))
    done = room.do(("amal",), form("prepared", version=0, path="1"))
    assert book(desk).portfolio.meta.prepared == ("met", "path")
    room.do(("amal",), form("prepared", version=done.version))
    assert book(desk).portfolio.meta.prepared == ("met",)


def test_each_set_of_ticks_has_a_number_of_its_own() -> None:
    """The number a page carries leads back to the ticks it showed."""
    assert [of_version(n) for n in range(1 << len(TICKS))] != []
    assert len({of_version(n) for n in range(1 << len(TICKS))}) == 1 << len(TICKS)
    assert as_version(("words", "met")) == as_version(("met", "words"))
    assert of_version(as_version(("met", "path"))) == {"met", "path"}


def test_another_teachers_comment_is_read_and_not_changed(desk: TeacherDesk) -> None:
    """Teachers of one class read each other's comments with the name; only one's own has a form."""
    with_teachers(
        desk.folder, Teacher(teacher_id="t1", name="Ms. Rivera"), Teacher(teacher_id="t2", name="Mr. Okoye")
    )
    portfolio = book(desk).portfolio.meta.portfolio_id
    TeacherComments(desk.store, portfolio, "t2", "en").say("comment-1", "I like the bridge.", at=NOW)
    page = parse(ChildRoom(teacher_desk(desk.folder, "t1")).show(("amal",)).body)
    (there,) = page.select(".child-comment")
    assert "Mr. Okoye" in there.get_text() and not there.select("form")
    mine = parse(ChildRoom(teacher_desk(desk.folder, "t2")).show(("amal",)).body)
    assert len(mine.select(".child-comment form")) == 2


def test_a_child_who_has_not_begun_is_told_kindly(desk: TeacherDesk) -> None:
    """No book yet is no error: a screen that says what would help, on every place but the sheet to print."""
    student = desk.store.student("mateo").but(student_id="nadia", name="Nadia")
    desk.store.keep_student(student)
    for place in ("", "book", "words", "prepare", "changed"):
        assert "Nadia has not opened the book" in show(desk, place, "nadia")
    assert "child-sheet" in show(desk, "interview", "nadia")
    with pytest.raises(PortfolioError):
        ChildRoom(desk).do(("nadia",), form("comment", words="Hello."))


def test_the_sheet_for_a_talk_has_questions_for_every_age(desk: TeacherDesk) -> None:
    """The child is asked about itself first; the youngest get short questions, eight words at most."""
    assert set(QUESTIONS) == set(LINES) == {"k-2", "3-5", "6-8", "9-12"}
    for groups in QUESTIONS.values():
        assert [title for title, _ in groups] == ["You", "Your book", "The meeting"]
    assert all(len(ask.split()) <= 8 for _, asks in QUESTIONS["k-2"] for ask in asks)
    asks = sum(len(asks) for _, asks in QUESTIONS["3-5"])
    assert len(parse(show(desk, "interview")).select(".sheet-ask .ruled")) == asks * LINES["3-5"]


def test_a_school_word_is_explained_or_fine_for_the_class_and_the_text_stays(desk: TeacherDesk) -> None:
    """The glossary of the class learns it; the note and the child's words keep the word as it was written."""
    portfolio = book(desk).portfolio.meta.portfolio_id
    kept = desk.store.entry(portfolio, "strength-1")
    said = kept.entry.but(proof=Passage(text="We made a rubric for it."))
    desk.store.keep(portfolio, said, expected=kept.version, by="student", at=NOW)
    assert "rubric" in show(desk, "words") and "not explained yet" in show(desk, "")
    room = ChildRoom(desk)
    room.do(("amal",), form("word-explain", term="rubric", plain="Our list of what good work has."))
    assert "Our list of what good work has." in show(desk, "words")
    room.do(("amal",), form("word-fine", term="rubric"))
    assert "not explained yet" not in show(desk, "")
    assert desk.store.entry(portfolio, "strength-1").entry == said
    room.do(("amal",), form("word-back", term="rubric"))
    assert "not explained yet" in show(desk, "")


def test_every_screen_speaks_without_blame_or_numbers_out_of_a_hundred(desk: TeacherDesk) -> None:
    """Calm words on every screen: no percent, no "missing", no "late", no "behind"."""
    for place in PLACES:
        page = parse(show(desk, place))
        for said in page.select(".child-words, .begins, .child-rows, dd, .paper, figcaption, .child-swords"):
            said.decompose()  # what the child wrote is the child's
        text = page.get_text().lower()
        assert not [
            word
            for word in ("%", "percent", "missing", "incomplete", "failed", " late ", "behind")
            if word in text
        ], place


def test_notes_of_teachers_stand_in_the_book_without_what_drives(desk: TeacherDesk) -> None:
    """The teacher's own page is told as families read it."""
    portfolio = book(desk).portfolio.meta.portfolio_id
    note = TeacherNote(
        entry_id="note-9",
        teacher_id=desk.teacher_id,
        strength=Passage(text="She tries again."),
        drives=Passage(text="hush-hush"),
    )
    desk.store.keep(portfolio, note, expected=0, by=desk.by, at=NOW)
    assert "She tries again." in show(desk, "book") and "hush-hush" not in show(desk, "book")


@pytest.mark.parametrize("screen", [one for one in vars(child_page).values() if hasattr(one, "template")])
def test_a_template_uses_what_its_screen_promises(screen: Any) -> None:
    """Each screen's template asks for nothing its dataclass does not have, and every field is used."""
    loader = environment().loader
    assert loader is not None
    texts = [
        loader.get_source(environment(), f"teacher/{name}")[0] for name in (screen.template, "_child.html.j2")
    ]
    fields = {one.name for one in dataclasses.fields(screen)}
    asked, shared = (meta.find_undeclared_variables(environment().parse(text)) for text in texts)
    known = {"icons", "choice"}
    assert asked - known <= fields
    assert fields <= asked | shared


def test_a_book_nobody_has_written_in_is_never_said_to_be_fit_to_go_home(tmp_path: Path) -> None:
    """There is no button for it, and no word of it; a book that says something has the button."""
    empty = quick_desk(tmp_path)
    with closing(empty.store):
        body = ChildRoom(empty).show(("amal",)).body
    assert "Amal has not begun to write yet." in body
    assert "Nothing stands in it yet." in body
    assert "can go home" not in body and 'data-do="look"' not in body and 'data-do="step"' not in body
    full = sample_desk(tmp_path / "full")
    with closing(full.store):
        names = [s.student_id for s in full.store.students()]
        bodies = [ChildRoom(full).show((name,)).body for name in names]
    assert not any("Nothing stands in it yet" in body or "not begun" in body for body in bodies)
    assert any("it can go home" in body for body in bodies)


def test_a_teacher_says_that_the_meeting_was_and_that_the_book_has_gone_home(desk: TeacherDesk) -> None:
    """Each step is kept, seen in the list of the class, and can be taken back; no entry of the book changes."""
    room, lines, before = ChildRoom(desk), ClassReading(desk), book(desk, "mateo").portfolio

    def place() -> str:
        return next(row.place for row in lines.rows() if row.student.student_id == "mateo")

    places = []
    for how in ("shown", "home", "home", "not-home", "not-shown"):
        said = room.do(("mateo",), form("step", how=how))
        assert said.say and said.focus == "where"
        places.append(place())
        assert f'value="{how}"' not in room.show(("mateo",)).body
    assert places == ["presented", "home", "home", "presented", "writing"]
    after = book(desk, "mateo").portfolio
    assert after.but(meta=before.meta) == before


def test_a_step_that_does_not_follow_is_refused_and_changes_nothing(desk: TeacherDesk) -> None:
    """A book that was not shown has not gone home; a page that is older than the book cannot move it."""
    room, before = ChildRoom(desk), book(desk, "mateo").portfolio.meta
    assert before.status == "draft"
    for how in ("home", "not-home", "elsewhere", ""):
        with pytest.raises(PortfolioError):
            room.do(("mateo",), form("step", how=how))
    assert book(desk, "mateo").portfolio.meta == before
    room.do(("mateo",), form("step", how="shown"))
    room.do(("mateo",), form("step", how="home"))
    for how in ("shown", "not-shown"):
        with pytest.raises(PortfolioError):
            room.do(("mateo",), form("step", how=how))
    assert book(desk, "mateo").portfolio.meta.status == "home"
