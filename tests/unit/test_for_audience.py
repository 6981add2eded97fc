"""The only door from a book to something a family may see."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import NotFound
from portfolio.model import (
    Agreement,
    Answer,
    Cue,
    Growing,
    LookHere,
    OwnCell,
    Passage,
    Picture,
    Record,
    Reply,
    ReplyLine,
    SectionCell,
    SectionChoice,
    Strength,
    Work,
)
from portfolio.rules import FamilyView, for_audience
from portfolio.rules.family_view import GoalsPart, StrengthsPart, WorkPart
from portfolio.testing import small_book, small_portfolio

SHA = "a" * 64


def part(view: FamilyView, section: str) -> Any:
    """Return what one section shows."""
    return next(p.content for p in view.parts if p.section == section)


def test_cue_lines_never_reach_anyone_else() -> None:
    """A cue line is in no view, neither at the table nor at home."""
    book = small_book(cues=(Cue(entry_id="cue-1", step="welcome", words=Passage(text="MARKER-CUE")),))
    for view in (for_audience(book, "conference"), for_audience(book, "home", "mama")):
        assert view.parts
        assert "MARKER-CUE" not in view.model_dump_json()


def test_a_home_sees_its_own_letter_and_nobody_elses() -> None:
    """Replies of one household are not in the other household's copy."""
    letters = tuple(
        Reply(entry_id=f"reply-{h}", household_id=h, lines=(ReplyLine(words=Passage(text=f"FROM-{h}")),))
        for h in ("mama", "papa")
    )
    book = small_book(replies=letters).but(
        outline=(SectionCell(section="welcome"), SectionCell(section="answer-back"))
    )
    text = for_audience(book, "home", "mama").model_dump_json()
    assert "FROM-mama" in text
    assert "FROM-papa" not in text


def test_what_the_child_keeps_from_the_family_stays() -> None:
    """A section the child has not opened for the family shows nothing of what was said there."""
    prompt = small_book().template.section("friends").prompts[0].field  # type: ignore[union-attr]  # it is there
    secret = Answer(
        entry_id=f"friends.{prompt}", section="friends", prompt=prompt, words=Passage(text="MARKER")
    )
    book = small_book(answers=(secret,))
    assert "MARKER" not in for_audience(book, "home", "papa").model_dump_json()
    meta = book.portfolio.meta.but(sections=(SectionChoice(section="friends", shown_to_family=True),))
    opened = book.but(portfolio=book.portfolio.but(meta=meta))
    assert "MARKER" in for_audience(opened, "home", "papa").model_dump_json()


def test_pictures_of_others_wait_for_a_tick() -> None:
    """A picture with other people in it stays out of a home file until somebody agreed."""
    picture = Picture(sha256=SHA, width=10, height=10, others=True)
    book = small_book(work=(Work(entry_id="work-1", title=Passage(text="Us"), pictures=(picture,)),))
    assert SHA not in for_audience(book, "home", "papa").model_dump_json()
    assert SHA in for_audience(book, "conference").model_dump_json()
    agreed = (Work(entry_id="work-1", title=Passage(text="Us"), pictures=(picture.but(others_agreed=True),)),)
    assert SHA in for_audience(small_book(work=agreed), "home", "papa").model_dump_json()


def test_the_notebook_decides_order_and_presence() -> None:
    """Moving or deleting a cell moves or deletes the page; an unknown section is simply not there."""
    cells = tuple(SectionCell(section=s) for s in ("work", "strengths", "no_such_section"))
    view = for_audience(small_book().but(outline=(*cells, OwnCell(markdown="Our class song"))), "conference")
    assert [p.section for p in view.parts] == ["work", "strengths", ""]


def test_an_unknown_household_is_answered_with_the_known_ones() -> None:
    """Asking for a home that is not there names the homes that are."""
    with pytest.raises(NotFound, match="mama, papa"):
        for_audience(small_book(), "home", "uncle")


def test_a_strength_points_to_the_work_that_shows_it() -> None:
    """The title of the piece a strength points to comes along."""
    content = part(for_audience(small_book(), "conference"), "strengths")
    assert isinstance(content, StrengthsPart)
    assert content.strengths[0].piece_title == Passage(text="My way to school")


def test_one_goal_stays_open_for_the_table() -> None:
    """With one goal of the child's own, the place for the common goal is shown as open."""
    content = part(for_audience(small_book(), "conference"), "goals")
    assert isinstance(content, GoalsPart)
    assert (len(content.goals), content.open_slots) == (1, 1)


def test_empty_cards_are_not_shown() -> None:
    """Cards nobody has written in are left out, and the page says not yet."""
    view = for_audience(small_book(strengths=(Strength(entry_id="strength-1"),)), "conference")
    shown = next(p for p in view.parts if p.section == "strengths")
    assert (shown.filled, part(view, "strengths").strengths) == (False, ())


def test_the_short_version_takes_only_what_may_be_seen() -> None:
    """What is hidden from the family is not in the short version either."""
    growing = (Growing(entry_id="growing-1", what=Passage(text="MARKER")),)
    meta = small_portfolio().meta.but(sections=(SectionChoice(section="growing", shown_to_family=False),))
    book = small_book(growing=growing)
    hidden = book.but(portfolio=book.portfolio.but(meta=meta))
    assert "MARKER" in for_audience(book, "home", "papa").model_dump_json()
    assert "MARKER" not in for_audience(hidden, "home", "papa").model_dump_json()


def _fields(kind: object, seen: set[type]) -> set[str]:
    """Return the names of all fields that can stand anywhere below a type."""
    if isinstance(kind, type) and issubclass(kind, Record):
        if kind in seen:
            return set()
        seen.add(kind)
        inner = [_fields(f.annotation, seen) for f in kind.model_fields.values()]
        return set(kind.model_fields).union(*inner)
    return set().union(*(_fields(a, seen) for a in get_args(kind)))


def test_the_view_has_no_place_for_what_must_not_leave() -> None:
    """No field anywhere in the view could hold a cue, a household id, a status or a store's version."""
    names = _fields(FamilyView, set())
    assert {"student_name", "parts", "words", "pictures"} <= names
    assert not names & {
        "cue", "cues", "household_id", "student_id", "portfolio_id", "status", "version", "share_with_child",
        "replies_of_others", "teacher_only", "schema_version",
    }  # fmt: skip


@given(text=st.text(min_size=1, max_size=40).filter(lambda t: t.strip()))
def test_any_words_arrive_as_they_were_kept(text: str) -> None:
    """Whatever a child writes is in the view exactly as the record keeps it."""
    words = Passage(text=text)
    book = small_book(work=(Work(entry_id="work-1", title=Passage(text="T"), why=words),))
    content = part(for_audience(book, "conference"), "work")
    assert isinstance(content, WorkPart)
    assert (words in [s.words for s in content.pieces[0].said]) == bool(words)


def test_agreements_without_a_name_of_the_child_get_one() -> None:
    """A promise of the child's carries its name even if nobody typed it."""
    book = small_book(agreements=(Agreement(entry_id="agreement-1", what=Passage(text="read to Papa")),))
    assert part(for_audience(book, "conference"), "together").agreements[0].name == "Inés"


def test_marks_on_pictures_come_along() -> None:
    """Look-here marks stay with their picture."""
    picture = Picture(sha256=SHA, width=4, height=3, looks=(LookHere(x=0.5, y=0.5),))
    view = for_audience(small_book(work=(Work(entry_id="work-1", pictures=(picture,)),)), "conference")
    assert view.pictures()[0].looks == (LookHere(x=0.5, y=0.5),)


def test_a_home_without_our_texts_still_reads_translations_into_its_language() -> None:
    """A page for Turkish readers is in English where we have no Turkish texts; words translated for them come first."""
    words = Passage(
        text="Ich übe.", lang="de", translations=(  # type: ignore[arg-type]  # read by the record
            {"lang": "en", "text": "I practice."}, {"lang": "tr", "text": "Çalışıyorum."},
        ),
    )  # fmt: skip
    home = small_book().student.households[0].but(reads=("tr", "es"))
    book = small_book().but(student=small_book().student.but(households=(home,)))
    view = for_audience(book, "home", home.household_id)
    chosen = view.translation(words, "en")
    assert chosen is not None
    assert chosen.text == "Çalışıyorum."
    assert (
        view.translation(Passage(text="Çalışıyorum.", lang="tr", translations=words.translations), "en")
        is None
    )
    only_english = view.translation(words.but(translations=words.translations[:1]), "en")
    assert only_english is not None
    assert only_english.text == "I practice."


def test_a_letter_back_stands_in_its_own_homes_file_without_a_cell_for_it() -> None:
    """What a home wrote is in its copy; a letter that only the teacher may read is not, for the child reads along."""
    letter = Reply(entry_id="r", household_id="mama", lines=(ReplyLine(words=Passage(text="LETTER-MARK")),))
    assert "LETTER-MARK" in for_audience(small_book(replies=(letter,)), "home", "mama").model_dump_json()
    private = letter.but(share_with_child=False)
    assert "LETTER-MARK" not in for_audience(small_book(replies=(private,)), "home", "mama").model_dump_json()


def test_why_a_promise_was_not_kept_is_shown_when_one_looks_back() -> None:
    """The note on a promise of last time stands beside it this time, for the child's promises and the others'."""
    book = small_book()
    promise = Agreement(
        entry_id="a", who="teacher", name="Ms. Rivera", what=Passage(text="a new desk"),
        how_far="changed_my_mind", note=Passage(text="NOTE-MARK: the old one is fine."),
    )  # fmt: skip
    last = small_portfolio(agreements=(promise,))
    last = last.but(meta=last.meta.but(portfolio_id="ines.spring", round="Spring 2026"))
    view = for_audience(book.but(earlier=(last,)), "home", "papa")
    (seen,) = part(view, "last_time").promises
    assert seen.because is not None
    assert seen.because.words.text.startswith("NOTE-MARK")
