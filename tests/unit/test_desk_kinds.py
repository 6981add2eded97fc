"""A child's desk writes what its pages ask for, and nothing of what others write: whatever a browser sends."""

from __future__ import annotations

import contextlib
import itertools

import pytest

from portfolio.errors import InputRefused, NotFound, PortfolioError
from portfolio.model import (
    AnyEntry,
    Comment,
    Concern,
    Cue,
    HomeWords,
    Passage,
    Reply,
    Section,
    TeacherNote,
)
from portfolio.model.entries import ReplyLine
from portfolio.moments import desk_past
from portfolio.moments.desk import StudentDesk
from portfolio.testing import NOON, small_book, small_store

SAID = Passage(text="Theirs.")
THEIRS: tuple[AnyEntry, ...] = (
    TeacherNote(entry_id="note", teacher_id="t1", strength=SAID, next_step=SAID),
    Comment(entry_id="comment", teacher_id="t1", words=SAID),
    HomeWords(entry_id="home-words", household_id="mama", loves=SAID),
    Concern(entry_id="worry", household_id="mama", words=SAID),
    Reply(entry_id="answer", household_id="mama", lines=(ReplyLine(words=SAID),)),
    Cue(entry_id="cue", step="welcome", words=SAID),
)
"""What stands in a book and is on no page a child fills in."""

BOOK = "ines.fall-2026"


def desk_with(*entries: AnyEntry, by: str = "teacher:t1") -> StudentDesk:
    """Return the desk of the small book, in which somebody else has kept these."""
    book, numbers = small_book(), itertools.count(1)
    store = small_store(book)
    for entry in entries:
        store.keep(BOOK, entry, expected=0, by=by, at=NOON)
    return StudentDesk(store, book, now=lambda: NOON, new_id=lambda: f"new{next(numbers)}")


def sections_of(desk: StudentDesk) -> tuple[Section, ...]:
    """Return every section of its template."""
    return desk.book.template.sections


@pytest.mark.parametrize("theirs", THEIRS, ids=lambda entry: entry.entry_id)
def test_no_page_writes_into_what_others_wrote(theirs: AnyEntry) -> None:
    """Named from any page, with any question: a note, comment, worry or reply stays as it was."""
    desk = desk_with(theirs)
    tried = 0
    for section in sections_of(desk):
        for field in {"words", "loves", "lines", *(prompt.field for prompt in section.prompts)}:
            with pytest.raises(PortfolioError):
                desk.save(section.section_id, theirs.entry_id, field, "mine", 1)
            tried += 1
    assert tried > 40
    assert desk.store.entry(BOOK, theirs.entry_id).entry == theirs


@pytest.mark.parametrize("theirs", THEIRS, ids=lambda entry: entry.entry_id)
def test_no_page_takes_away_what_others_wrote(theirs: AnyEntry) -> None:
    """Named from any page, nothing of it can be removed, put in order, or taken back."""
    desk = desk_with(theirs)
    for section in sections_of(desk):
        with pytest.raises(InputRefused):
            desk.remove(section.section_id, theirs.entry_id, 1)
        with contextlib.suppress(PortfolioError):
            desk.arrange(section.section_id, [theirs.entry_id])
    assert desk.store.entry(BOOK, theirs.entry_id).version == 1


def test_a_card_of_another_page_is_not_this_ones(ines: StudentDesk) -> None:
    """A goal cannot be written or taken away from the page of strengths; from its own it can."""
    with pytest.raises(NotFound):
        ines.save("strengths", "goal-1", "proof", "mine", 1)
    with pytest.raises(InputRefused):
        ines.remove("strengths", "goal-1", 1)
    ines.remove("goals", "goal-1", 1)
    assert ines.fresh().portfolio.goals == ()


def test_an_answer_to_a_question_is_emptied_not_removed(ines: StudentDesk) -> None:
    """What is one for each question has no button to go, and goes for no message either."""
    with pytest.raises(InputRefused):
        ines.remove("welcome", "welcome.today", 1)
    assert ines.save("welcome", "welcome.today", "words", "", 1).version == 2


def test_a_desk_adds_no_card_that_others_fill_in(ines: StudentDesk) -> None:
    """One more teacher's note, family reply or answer is refused with a sentence, and nothing is kept."""
    before = len(ines.store.entries(BOOK))
    for section in sections_of(ines):
        if section.holds in ("teacher_page", "replies", "answers", "ratings", "look_backs"):
            with pytest.raises(InputRefused):
                ines.add(section.section_id)
    assert len(ines.store.entries(BOOK)) == before


def test_a_teachers_earlier_words_cannot_be_brought_back() -> None:
    """What a note said before is its teacher's: the desk neither shows it nor lays it over what stands there."""
    note = THEIRS[0]
    desk = desk_with(note)
    desk.store.keep(BOOK, note.but(strength=Passage(text="Better.")), expected=1, by="teacher:t1", at=NOON)
    page = next(s.section_id for s in sections_of(desk) if s.holds == "teacher_page")
    assert not desk.history_of(page).changes()
    with pytest.raises(NotFound):
        desk_past.bring_back(desk, page, "note", 1, 2)
    assert desk.store.entry(BOOK, "note").version == 2


@pytest.fixture
def ines() -> StudentDesk:
    """Return her desk."""
    return desk_with()
