"""Words whose question is gone: found wherever a template changes, told to child and teacher, never invented."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portfolio.model import Beside, Book, ClassTemplate, Passage, Record
from portfolio.moments import desk_notes
from portfolio.moments.desk import StudentDesk
from portfolio.moments.teacher.child_room import ChildRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.cards import cards
from portfolio.rules.unasked import unasked
from portfolio.store.class_folder import book_of, open_class
from tests.teachers import sample_desk, teacher_desk


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


@pytest.fixture(scope="module")
def amals(sample: Path) -> Book:
    """A full book."""
    folder = open_class(sample)
    store = folder.store()
    try:
        return book_of(store, folder.template(), folder.outline(), "amal")
    finally:
        store.close()


def without_question(template: ClassTemplate, section_id: str, field: str) -> ClassTemplate:
    """Return a template in which a section does not ask for a field any more."""
    return template.but(
        sections=tuple(
            s.but(prompts=tuple(p for p in s.prompts if p.field != field))
            if s.section_id == section_id
            else s
            for s in template.sections
        )
    )


def without_pages(book: Book, *names: str) -> Book:
    """Return a book whose notebook does not show these pages."""
    return book.but(outline=tuple(c for c in book.outline if getattr(c, "section", "") not in names))


def texts(thing: Any) -> set[str]:
    """Return every text somebody wrote anywhere in a record."""
    if isinstance(thing, Passage):
        return {thing.text} if thing else set()
    if isinstance(thing, tuple):
        return {text for one in thing for text in texts(one)}
    return {text for _, inner in thing for text in texts(inner)} if isinstance(thing, Record) else set()


@pytest.mark.parametrize("name", ["class-4b", "ladybirds", "grade-7", "grade-11"])
def test_a_book_whose_questions_are_all_there_has_nothing_without_one(tmp_path: Path, name: str) -> None:
    """In every sample class, for every child: nothing is called gone that is asked."""
    desk = sample_desk(tmp_path, name)
    try:
        for student in desk.store.students():
            book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), student.student_id)
            assert unasked(book) == ()
    finally:
        desk.store.close()


def test_an_answer_whose_question_goes_is_found(amals: Book) -> None:
    """The template asks less: exactly the words of that question are told, with the page they stand on."""
    smaller = amals.but(template=without_question(amals.template, "strengths", "proof"))
    found = unasked(smaller)
    proofs = [one.proof.text for one in amals.portfolio.strengths if one.proof]
    assert [one.words[0].text for one in found] == proofs
    assert {(one.section_id, one.field, one.there) for one in found} == {("strengths", "proof", True)}


def test_an_answer_whose_question_gets_another_name_is_found(amals: Book) -> None:
    """A renamed question is another question: what stood in the first one is not lost from sight."""
    letter = amals.template.section("letter")
    assert letter is not None
    renamed = letter.but(prompts=tuple(p.but(field="anew") for p in letter.prompts))
    template = amals.template.but(
        sections=tuple(renamed if s is letter else s for s in amals.template.sections)
    )
    before = {a.words.text for a in amals.portfolio.answers if a.section == "letter" and a.words}
    assert before and {w.text for one in unasked(amals.but(template=template)) for w in one.words} == before


def test_a_page_that_leaves_the_notebook_leaves_its_words_in_sight(amals: Book) -> None:
    """Words, picks, days and pictures of the page are told, and that the book has no such page."""
    found = unasked(without_pages(amals, "work"))
    assert all(one.section_id == "work" and not one.there for one in found)
    assert {p.sha256 for one in found for p in one.pictures} == {
        p.sha256 for w in amals.portfolio.work for p in w.pictures
    }
    assert any(one.days for one in found) and any(one.picks for one in found)


@pytest.mark.parametrize("seed", range(25))
def test_whatever_a_teacher_takes_out_no_text_of_the_child_is_out_of_sight(seed: int, amals: Book) -> None:
    """Any pages and any questions taken away: each text the child wrote is on a card, or told as gone."""
    chance = random.Random(seed)
    names = [s.section_id for s in amals.template.sections]
    asks = [(s.section_id, p.field) for s in amals.template.sections for p in s.prompts]
    smaller = without_pages(amals, *chance.sample(names, chance.randrange(5)))
    for section_id, field in chance.sample(asks, chance.randrange(6)):
        smaller = smaller.but(template=without_question(smaller.template, section_id, field))
    shown = {
        text
        for section in smaller.sections()
        for card in cards(smaller, section)
        for field, prompt in card.asks
        for text in texts(getattr(card.entry, field, ())) | texts(card.entry.beside(field))
    }
    told = {text for one in unasked(smaller) for text in texts((*one.words, *one.pictures, *one.media))}
    others = (*smaller.portfolio.teacher_page, *smaller.portfolio.replies, *smaller.portfolio.cues)
    wrote = {text for one in smaller.portfolio.entries() if one not in others for text in texts(one)}
    quoted = {
        text for one in smaller.portfolio.strengths for text in texts(one.quote)
    }  # shown without a question
    later = {text for one in smaller.portfolio.goals for text in texts(one.progress)}
    teachers = {text for one in smaller.portfolio.work for text in texts(one.teacher_note)}
    assert wrote - shown - told - quoted - later - teachers == set()


def test_what_was_drawn_beside_words_is_found_with_them(amals: Book) -> None:
    """A drawing in place of words, and the question goes: the drawing is told, also without any words."""
    drawn = next(p for w in amals.portfolio.work for p in w.pictures)
    first, *others = amals.portfolio.strengths
    shown = first.but(proof=Passage(), besides=(Beside(field="proof", pictures=(drawn,)),))
    book = amals.but(portfolio=amals.portfolio.but(strengths=(shown, *others)))
    assert unasked(book) == ()
    smaller = book.but(template=without_question(book.template, "strengths", "proof"))
    found = [one for one in unasked(smaller) if one.entry.entry_id == first.entry_id]
    assert [(one.field, one.pictures, one.words) for one in found] == [("proof.pictures", (drawn,), ())]


def test_child_and_teacher_are_told(desk: TeacherDesk) -> None:
    """A page is gone: the child finds its words at the end of the desk, the teacher on the child's page."""
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "amal")
    words = next(a.words.text for a in book.portfolio.answers if a.section == "letter" and a.words)
    first = words.split("\n")[0][:40]
    smaller = without_pages(book, "letter")
    child = StudentDesk(desk.store, smaller, desk.now, lambda: "n")
    (part,) = [part for part in desk_notes.gone_from(child)[""] if part["lines"]]
    assert first in part["lines"][0] and part["title"]
    assert "Words whose question is gone" not in ChildRoom(desk).show(("amal",)).body
    notebook = desk.folder.student_notebook
    notebook.write_text(notebook.read_text("utf-8").replace('desk.section(\\"letter\\")', "1"), "utf-8")
    screen = ChildRoom(desk).show(("amal",))
    assert "Words whose question is gone" in screen.body and first in screen.body


def test_a_question_that_goes_from_a_page_leaves_its_words_on_that_page(desk: TeacherDesk) -> None:
    """The page is there, its question is not: the words stand below the other questions of the page."""
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "amal")
    smaller = book.but(template=without_question(book.template, "strengths", "proof"))
    child = StudentDesk(desk.store, smaller, desk.now, lambda: "n")
    form = desk_notes.beside_form(child, child.form("strengths"))
    assert [part["lines"] for part in form["gone"]] == [
        [s.proof.text] for s in book.portfolio.strengths if s.proof
    ]
    assert "" not in desk_notes.gone_from(child)
