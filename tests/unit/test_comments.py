"""What teacher and child say to each other about a book: kind, kept apart from the child's words, seen by nobody else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, InputRefused, NotAllowed, NotFound, TextRefused
from portfolio.model import Book, Comment, Passage
from portfolio.moments import desk_notes
from portfolio.moments.comments import TeacherComments, kind_words, read_by_child
from portfolio.moments.desk import StudentDesk
from portfolio.moments.home import home_html, kept_charts
from portfolio.moments.talk import talk_html
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules import for_audience
from portfolio.rules.comments import good_and_try, on_page, one_part, sent_back_words, several_things
from portfolio.store.class_folder import book_of, open_class
from tests.teachers import NOW, sample_desk, teacher_desk

MARK = "xylophone-in-the-attic"


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


def comments(desk: TeacherDesk, student: str = "amal", teacher: str = "") -> TeacherComments:
    """Return what a teacher may say in a child's book."""
    portfolio_id = book(desk, student).portfolio.meta.portfolio_id
    return TeacherComments(desk.store, portfolio_id, teacher or desk.teacher_id, "en")


def childs_desk(desk: TeacherDesk, student: str = "amal", by: str = "student") -> StudentDesk:
    """Return the child's own desk."""
    ids = iter(range(1000))
    return StudentDesk(desk.store, book(desk, student), desk.now, lambda: f"s{next(ids)}", by=by)


def own_words(found: Book) -> tuple[Any, ...]:
    """Return everything in a book but the comments."""
    return tuple(one for one in found.portfolio.entries() if not isinstance(one, Comment))


def test_a_comment_lies_on_its_page_until_the_child_says_it_has_read_it(desk: TeacherDesk) -> None:
    """Said on a page it is told there, unread; "I have read it" is the child's answer, and stays when said again."""
    comments(desk).say("comment-1", "I enjoyed the volcano.", at=NOW, section="strengths")
    child = childs_desk(desk)
    lies = desk_notes.notes_on(child)
    assert list(lies) == ["strengths"]
    (note,) = lies["strengths"]
    assert (note["words"], note["who"], note["seen"]) == ("I enjoyed the volcano.", "Ms. Rivera", False)
    desk_notes.read_note(child, "comment-1")
    desk_notes.read_note(child, "comment-1")
    kept = desk.store.entry(child.portfolio_id, "comment-1")
    assert isinstance(kept.entry, Comment) and kept.entry.seen and kept.version == 2


def test_only_the_child_can_say_that_it_has_read_it(desk: TeacherDesk) -> None:
    """A teacher who has the child's notebook open does not answer for the child; nothing is written."""
    comments(desk).say("comment-1", "Tell me more.", at=NOW)
    with pytest.raises(NotAllowed):
        desk_notes.read_note(childs_desk(desk, by="teacher"), "comment-1")
    assert desk.store.entry(childs_desk(desk).portfolio_id, "comment-1").version == 1


def test_what_is_no_comment_cannot_be_read_as_one(desk: TeacherDesk) -> None:
    """An id from a page may be anything: the child's own strength is not touched by it, and nonsense is a sentence."""
    child, before = childs_desk(desk), own_words(book(desk))
    for wrong in ("strength-1", "nobody", "../../etc", "x" * 5000, ""):
        with pytest.raises(NotFound):
            read_by_child(desk.store, child.portfolio_id, wrong, by="student", at=NOW)
    assert own_words(book(desk)) == before


def test_a_comment_may_be_changed_until_it_was_read_and_only_by_whoever_wrote_it(desk: TeacherDesk) -> None:
    """Own and unread: other words, or away. Somebody else's or read: a sentence, and the words stay."""
    mine, child = comments(desk), childs_desk(desk)
    first = mine.say("comment-1", "Tell me more.", at=NOW)
    changed = mine.change("comment-1", "Tell me more about Theo.", expected=first.version, at=NOW)
    with pytest.raises(NotAllowed):
        comments(desk, teacher="somebody").change("comment-1", "Mine now.", expected=changed.version, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        mine.change("comment-1", "Late.", expected=first.version, at=NOW)
    desk_notes.read_note(child, "comment-1")
    for late in (mine.take_away, lambda name, **more: mine.change(name, "Late.", **more)):
        with pytest.raises(NotAllowed):
            late("comment-1", expected=3, at=NOW)
    kept = desk.store.entry(child.portfolio_id, "comment-1").entry
    assert isinstance(kept, Comment) and kept.words.text == "Tell me more about Theo."


def test_sending_back_takes_both_parts_and_makes_the_book_a_draft(desk: TeacherDesk) -> None:
    """What is good and one thing to try are one comment; the book is a draft, and the child's words are as before."""
    before = own_words(book(desk))
    comments(desk).send_back(
        "back-1", "You tell it\n\n\nwith sounds.", "Add a photo.", at=NOW, section="work"
    )
    now = book(desk)
    assert (now.portfolio.meta.status, now.portfolio.meta.approved) == ("draft", None)
    assert own_words(now) == before
    (sent,) = now.portfolio.comments
    assert good_and_try(sent) == ("You tell it\nwith sounds.", "Add a photo.")
    first = now.sections()[0].section_id
    (note,) = desk_notes.notes_on(childs_desk(desk))[first]
    assert (note["good"], note["words"], note["back"], note["page"]) == (
        "You tell it\nwith sounds.", "Add a photo.", True, "work",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("good", "to_try", "field"),
    [
        ("", "Add a photo.", "good"),
        ("  \n ", "Add a photo.", "good"),
        ("You explain it well.", "", "to_try"),
        ("You explain it better than the others.", "Add a photo.", "good"),
        ("You explain it well.", "You never listen, so try that.", "to_try"),
        ("You explain it well.", "- add a photo\n- write more", "to_try"),
        ("You explain it well.", "1. photo\n2. words", "to_try"),
        ("x" * 3000, "Add a photo.", "good"),
    ],
)
def test_sending_back_without_a_kind_part_changes_nothing(
    desk: TeacherDesk, good: str, to_try: str, field: str
) -> None:
    """A part that is missing, too long, hurtful or a list is refused with its field; book and status stay."""
    before = book(desk)
    with pytest.raises((TextRefused, InputRefused)) as refused:
        comments(desk).send_back("back-1", good, to_try, at=NOW)
    assert refused.value.values["field"] == field
    assert book(desk) == before


def test_words_that_were_looked_at_and_are_meant_may_stay(desk: TeacherDesk) -> None:
    """A rule can be wrong about a sentence: who ticks "Keep my words" is believed."""
    with pytest.raises(InputRefused):
        kind_words("You wrote “you are lazy” for the cat.", "en", "words")
    assert kind_words("You wrote “you are lazy” for the cat.", "en", "words", as_they_are=True)


def test_a_book_that_was_shown_is_not_sent_back(desk: TeacherDesk) -> None:
    """After the conference there is nothing to mend for it: a sentence, and no comment is kept."""
    with pytest.raises(InputRefused):
        comments(desk, "linh").send_back("back-1", "Good sounds.", "Add a photo.", at=NOW)
    now = book(desk, "linh").portfolio
    assert (now.meta.status, now.comments) == ("presented", ())


def test_sending_back_while_the_child_writes_loses_nothing(desk: TeacherDesk) -> None:
    """The child saves on the version it saw before the book came back: its words are kept as usual."""
    child = childs_desk(desk)
    version = desk.store.entry(child.portfolio_id, "strength-1").version
    comments(desk).send_back("back-1", "Good sounds.", "Add a photo.", at=NOW)
    saved = child.save("strengths", "strength-1", "proof", "my bridge, it holds", version)
    assert saved.version == version + 1
    assert book(desk).portfolio.strengths[0].proof.text == "my bridge, it holds"


def test_a_comment_of_a_page_that_is_gone_lies_on_the_first_page(desk: TeacherDesk) -> None:
    """A teacher takes a page out of the notebook: what was said on it is not out of sight."""
    comments(desk).say("comment-1", "Tell me more.", at=NOW, section="strengths")
    whole = book(desk)
    without = tuple(cell for cell in whole.outline if getattr(cell, "section", "") != "strengths")
    smaller = whole.but(outline=without)
    assert [one.entry_id for one in on_page(smaller, None)] == ["comment-1"]
    assert list(desk_notes.notes_on(childs_desk(desk), smaller)) == [smaller.sections()[0].section_id]


def test_no_family_page_holds_a_word_of_a_comment(desk: TeacherDesk) -> None:
    """A marker in a comment and in what sent the book back is in no family view, talk page or home file."""
    said = comments(desk)
    said.say("comment-1", MARK, at=NOW, section="strengths", about="strength-1")
    said.say("comment-2", MARK, at=NOW)
    said.send_back("back-1", MARK, MARK, at=NOW + timedelta(minutes=1), section="work")
    now = book(desk)
    assert sum(MARK in one.words.text for one in now.portfolio.comments) == 3
    views = [
        for_audience(now, "conference"),
        *(for_audience(now, "home", h.household_id) for h in now.student.households),
    ]
    draw = kept_charts(desk.folder.charts)
    pages = [talk_html(now, desk.store, draw, None, desk.folder.glossary())]
    pages += [home_html(now, home.household_id, desk.store, draw) for home in now.student.households]
    assert len(views) >= 2 and all(MARK not in view.model_dump_json() for view in views)
    assert len(pages) >= 2 and all(MARK not in page for page in pages)


@given(st.text(), st.text())
def test_both_parts_come_back_as_they_were_sent(good: str, to_try: str) -> None:
    """However a teacher breaks the lines, what is good never runs into what to try."""
    assume(one_part(good) and one_part(to_try))
    words = Passage(text=sent_back_words(good, to_try))
    sent = Comment(entry_id="back-1", teacher_id="t", words=words, sends_back=True)
    back = good_and_try(sent)
    assert "\n\n" not in back.good and back.good and back.to_try
    assert sent_back_words(*back) == sent_back_words(*good_and_try(sent))


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("Add a photo.", False),
        ("- a\n- b", True),
        ("* a", False),
        ("1) a\n2) b", True),
        ("3 - 1 is 2", False),
    ],
)
def test_a_list_is_several_things(text: str, several: bool) -> None:
    """Two lines that begin like a list are more than one thing to try."""
    assert several_things(text) is several
