"""Taking back and bringing back never undo what somebody else wrote, or what people agreed to."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.errors import ChangedMeanwhile
from portfolio.model import Beside, Document, Goal, Passage, Picture, Rating, Sound, Work
from portfolio.model.plans import ProgressNote
from portfolio.moments import desk_past
from portfolio.moments.classes import begin
from portfolio.moments.desk import StudentDesk
from portfolio.rules.others_say import brought_back
from portfolio.store import ClassStore, FakeStore
from portfolio.testing import NOON, dots, small_book, small_store

AGREED = dots(0).but(others=True, others_agreed=True)
REFUSED = AGREED.but(others_agreed=False)
VOICE = Sound(sha256="b" * 64, suffix="mp3", seconds=2, size=9, others=True, others_agreed=True)


@pytest.fixture
def desk() -> StudentDesk:
    """The child's desk, without any work."""
    book = small_book(strengths=(), goals=(), work=())
    return StudentDesk(small_store(book), book, now=lambda: NOON, new_id=lambda: "new1")


def keep(store: ClassStore, entry: Any, expected: int, by: str = "student") -> None:
    """Keep an entry of Inés."""
    store.keep("ines.fall-2026", entry, expected=expected, by=by, at=NOON)


def test_a_teacher_who_is_quicker_by_a_hair_keeps_her_words(
    desk: StudentDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She saves between our looking and our taking back: that is told, and her words stand."""
    desk.save("work", "work-1", "title", "My map", 0)
    recent = type(desk.store).recent

    def then_she_saves(store: Any, *args: Any, **named: Any) -> Any:
        found = recent(store, *args, **named)
        monkeypatch.undo()
        there = store.entry("ines.fall-2026", "work-1")
        keep(store, there.entry.but(teacher_note=Passage(text="HERS")), there.version, "teacher:t1")
        return found

    monkeypatch.setattr(type(desk.store), "recent", then_she_saves)
    with pytest.raises(ChangedMeanwhile):
        desk_past.take_back(desk, "work")
    kept: Any = desk.store.entry("ines.fall-2026", "work-1").entry
    assert (kept.title.text, kept.teacher_note.text) == ("My map", "HERS")


def test_words_written_before_a_backup_was_brought_back_are_kept(desk: StudentDesk) -> None:
    """The page names a version the store never had: where nothing stands there is nothing to lay it over."""
    assert desk.save("welcome", "welcome.today", "words", "My map.", 9).version == 1
    assert desk.save("habits", "habits.keep_trying", "example", "I tried again.", 9).version == 1
    assert desk.save("work", "work-1", "why.pictures", [], 9).version == 1
    with pytest.raises(ChangedMeanwhile, match="choose what should stay"):
        desk.save("habits", "habits.keep_trying", "example", "Something else.", 9)


def test_two_windows_that_begin_a_round_at_once_open_one_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other window begins between our looking and our beginning: both have the book, nobody reads of trouble."""
    book = small_book()
    store = FakeStore()
    store.keep_class(book.school_class)
    store.keep_student(book.student)
    rounds = FakeStore.rounds

    def then_the_other(there: FakeStore, student_id: str) -> Any:
        found = rounds(there, student_id)
        monkeypatch.undo()
        begin(there, book.template, student_id, NOON.date())
        return found

    monkeypatch.setattr(FakeStore, "rounds", then_the_other)
    meta = begin(store, book.template, "ines", NOON.date())
    assert store.rounds("ines") == (meta,)


def test_an_agreement_that_was_taken_back_does_not_come_back_with_an_earlier_day(desk: StudentDesk) -> None:
    """The words of that day come back; the picture still waits for a tick, and the teacher's note stays."""
    keep(desk.store, Work(entry_id="work-1", title=Passage(text="old"), pictures=(AGREED,)), 0)
    new = Work(entry_id="work-1", title=Passage(text="new"), pictures=(REFUSED,))
    keep(desk.store, new.but(teacher_note=Passage(text="HERS")), 1, "teacher:t1")
    desk_past.bring_back(desk, "work", "work-1", 1, 2)
    kept: Any = desk.store.entry("ines.fall-2026", "work-1").entry
    assert (kept.title.text, kept.pictures, kept.teacher_note.text) == ("old", (REFUSED,), "HERS")


def test_what_was_agreed_last_counts_wherever_a_picture_stands() -> None:
    """On a page of a document, as a still, beside words, and also when the newest state does not show it any more."""
    section = small_book().template.section("work")
    assert section is not None
    pages: Any = (Document(pages=(AGREED,), page_count=1, others=True, others_agreed=True),)
    then = Work(entry_id="w", media=pages, besides=(Beside(field="why", pictures=(AGREED,), media=(VOICE,)),))
    quiet = VOICE.but(others_agreed=False)
    less = Work(entry_id="w", pictures=(REFUSED,), media=(pages[0].but(others_agreed=False), quiet))
    back = brought_back(section, (then, less, Work(entry_id="w")), then)
    assert back.model_dump_json().count('"others_agreed":false') == 4
    assert '"others_agreed":true' not in back.model_dump_json()
    assert brought_back(section, (then,), then) == then


def test_only_what_a_page_asks_for_is_brought_back() -> None:
    """Progress noted at the table and what stands beside a teacher's words stay as they are now."""
    template = small_book().template
    goals, habits, work = (template.section(name) for name in ("goals", "habits", "work"))
    assert goals and habits and work
    note = ProgressNote(on=NOON.date(), word="nearly")
    then = Goal(entry_id="g", goal=Passage(text="old"))
    now = then.but(goal=Passage(text="new"), progress=(note,), set_by="together")
    back = brought_back(goals, (then, now), then)
    assert (back.goal.text, back.progress, back.set_by) == ("old", (note,), "together")
    rated = Rating(entry_id="r", section="habits", question="keep_trying", answer="always")
    assert brought_back(habits, (rated, rated.but(answer="not_yet")), rated) == rated
    hers = Beside(field="teacher_note", media=(VOICE,))
    mine = Beside(field="title", pictures=(Picture(sha256="c" * 64, width=1, height=1),))
    piece = Work(entry_id="w", besides=(mine,))
    assert brought_back(work, (piece, Work(entry_id="w", besides=(hers,))), piece).besides == (mine, hers)
