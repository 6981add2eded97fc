"""The balance lamp: what shows a strength, how tests are weighed, what a book ends on."""

from __future__ import annotations

from portfolio.model import Agreement, Book, SectionCell, Work
from portfolio.testing import dots, small_media
from tests.nudged import BARE, CASES, STRENGTH, book, count_tests, kinds, nudge, words


def test_a_strength_is_seen_in_any_of_the_ways_a_page_offers() -> None:
    """Words, a piece of work that is there, a picture, a recording, somebody's words; a piece that is gone shows nothing."""
    work = (Work(entry_id="work-1", title=words("My way")),)
    for shown in (
        {"proof": words("my map")},
        {"piece": "work-1"},
        {"pictures": (dots(0),)},
        {"media": small_media()[:1]},
        {"quote": words("Her maps are exact.")},
    ):
        assert kinds(book("6-8", strengths=(BARE.but(**shown),), work=work)) == []
    gone = book(strengths=(BARE.but(piece="work-9"),), work=work)
    assert kinds(gone) == ["strength_without_proof"]


def test_what_the_whole_book_lacks_waits_until_it_is_well_begun() -> None:
    """Of a book with one strength nothing is said about friends, questions or what is growing."""
    assert kinds(book(strengths=(STRENGTH,))) == []


def test_a_good_end_is_missed_by_the_child_only_where_it_can_write_one() -> None:
    """If the notebook itself ends on what is hard, that is the teacher's to change."""
    has = CASES["no_good_end"][0]
    assert nudge(has, "no_good_end").for_whom == "both"
    cells = [c for c in has.outline if isinstance(c, SectionCell)]
    last = [c for c in cells if c.section == "growing"]
    moved = has.but(outline=tuple([c for c in cells if c.section != "growing"] + last))
    assert nudge(moved, "no_good_end").for_whom == "teacher"


def test_promises_at_the_table_are_a_good_end() -> None:
    """A plan made together after what is hard is a plan."""
    has = CASES["no_good_end"][0]
    agreed = (Agreement(entry_id="promise-1", what=words("read together")),)
    promised = has.but(portfolio=has.portfolio.but(agreements=agreed))
    assert "no_good_end" in kinds(has) and "no_good_end" not in kinds(promised)


def test_tests_are_weighed_by_the_sentence() -> None:
    """One sentence in a short book never counts, a third of all is not too much, more is; off without a counter."""

    def told(named: int, others: int) -> Book:
        text = " ".join(["My test went well."] * named + ["I drew a map!"] * others)
        return book(work=(Work(entry_id="work-1", why=words(text), teacher_note=words("test. test. test.")),))

    assert "tests_take_over" not in kinds(told(1, 0), test_words=count_tests)
    assert "tests_take_over" not in kinds(told(2, 4), test_words=count_tests)
    assert "tests_take_over" in kinds(told(2, 3), test_words=count_tests)
    assert "tests_take_over" not in kinds(told(9, 0))
    young = told(2, 3)
    young = young.but(portfolio=young.portfolio.but(meta=young.portfolio.meta.but(age_band="k-2")))
    assert nudge(young, "tests_take_over").for_whom == "teacher"
