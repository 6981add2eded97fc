"""A quick look: one sensible page from any state of a book, and nothing on it that is nobody else's."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import meta

from portfolio.errors import NotFound
from portfolio.model import Agreement, Book, Passage, Progress, Work
from portfolio.moments.erasing import look
from portfolio.moments.quick_look import quick_look_html, quick_look_of, write_quick_look
from portfolio.rules import for_audience
from portfolio.rules.brief import brief
from portfolio.rules.quick_look import LEAST_STARTERS, STARTERS, quick_look
from portfolio.testing import dots, small_book, small_store
from portfolio.views.charts import draw_over_time
from portfolio.views.environment import environment
from portfolio.views.quick_look import QuickLookPage
from tests.half_filled import SECRET, empty, filled, without
from tests.handouts import Seen
from tests.samples import make_sample

SHELVES = (
    "answers",
    "strengths",
    "work",
    "growth_pairs",
    "growing",
    "goals",
    "agreements",
    "teacher_page",
    "ratings",
)
BOOK = filled()


def page_of(book: Book, home: str = "", lang: str = "en") -> str:
    """Return the page of a book."""
    return quick_look_html(book, small_store(book), draw_over_time, home, lang)


@given(st.sets(st.sampled_from(SHELVES)), st.booleans())
def test_any_half_filled_book_gives_one_page(missing: set[str], first_round: bool) -> None:
    """Whatever is not there yet is left out, and asked for in a question; nothing else of the page goes with it."""
    book = without(BOOK, missing)
    book = book.but(earlier=()) if first_round else book
    seen = quick_look(for_audience(book, "home", "papa"), "en")
    assert (seen.strength is None) == ("strengths" in missing)
    assert (seen.proud is None) == ({"work", "growth_pairs"} <= missing)
    assert (not seen.goals) == ("goals" in missing)
    assert (seen.note is None) == ("teacher_page" in missing)
    assert (seen.help is None) == ({"answers", "growing"} <= missing)
    assert (not seen.promises) == ("agreements" in missing and first_round)
    assert (STARTERS["strength"] in seen.starters) == ("strengths" in missing)
    assert len(seen.starters) >= LEAST_STARTERS
    page = Seen(page_of(book, "papa"))
    assert sum(tag == "h1" for tag, _ in page.tags) == 1
    shown = [
        found
        for found in (seen.proud, seen.strength, seen.goals, seen.promises, seen.help, seen.note)
        if found
    ]
    assert len(page.of_class("quick-box")) == len(shown) + 1 + len(page.of_class("quick-chart"))


def test_an_empty_book_says_so_kindly_and_begins_a_talk() -> None:
    """Nothing is there, and the page still has five questions to begin with."""
    text = Seen(page_of(empty())).text
    assert "This book has just begun." in text
    assert all(one in text for one in STARTERS.values())
    assert "missing" not in text and "not yet" not in text.lower()


def test_nothing_private_is_on_it() -> None:
    """Cue lines, rehearsals, words for the teacher, comments and other homes' words are on no quick seen."""
    for home in ("", "mama"):
        for lang in ("en", "es", "ar"):
            page = page_of(BOOK, home, lang)
            assert "I drew a map." in page
            assert SECRET not in page


def test_the_piece_the_child_is_proud_of_comes_first() -> None:
    """Said to be proud of beats standing first; else a picture beats none."""
    plain = Work(entry_id="a", title=Passage(text="First"))
    pictured = Work(entry_id="b", title=Passage(text="Pictured"), pictures=(dots(0),))
    proud = Work(entry_id="c", title=Passage(text="Proud"), sort="proud")
    for work, first in (
        ((plain, pictured, proud), "Proud"),
        ((plain, pictured), "Pictured"),
        ((plain,), "First"),
    ):
        seen = quick_look(for_audience(small_book(work=work), "home", "papa"), "en")
        assert seen.proud and seen.proud.title.text == first


def test_a_promise_that_is_kept_is_not_open() -> None:
    """Kept promises and those somebody changed their mind about are left out; the day stands beside the others."""
    words: tuple[Progress | None, ...] = ("done", "changed_my_mind", "nearly", None)
    found = [
        Agreement(entry_id=f"a{n}", who="family", name="Papa", what=Passage(text=f"promise {n}"), how_far=how)
        for n, how in enumerate(words)
    ]
    seen = quick_look(for_audience(small_book(agreements=tuple(found)), "home", "papa"), "en")
    assert [one.what.text for one in seen.promises] == ["promise 2", "promise 3"]


@given(st.text(max_size=400), st.integers(min_value=3, max_value=120))
def test_a_text_is_cut_between_words_and_never_longer(text: str, most: int) -> None:
    """What is kept is a beginning of the text on one line; what fits is not cut."""
    short, line = brief(text, most), " ".join(text.split())
    assert len(short) <= most + 1
    assert line.startswith(short.removesuffix("…").rstrip()) or short == line
    if len(line) * 2 <= most:
        assert short == line


def test_a_family_of_signs_stays_together() -> None:
    """An emoji made of several is kept whole or left out."""
    family = "👩‍👧‍👦"
    short = brief(family * 20, 21).removesuffix("…")
    assert short and short == family * (len(short) // len(family))


def test_every_variable_is_promised_and_used() -> None:
    """The page's fields are what its templates read, both ways."""
    env = environment()
    assert env.loader is not None
    read: set[str] = set()
    for name in (
        QuickLookPage.template,
        "_sections.html.j2",
        "_said.html.j2",
        "_media.html.j2",
        "_school.html.j2",
    ):
        source = env.loader.get_source(env, name)[0]
        read |= meta.find_undeclared_variables(env.parse(source)) - {"icons", "caller", "choice"}
    whose_turn = {"who"}  # every page that shows a book has it; here nobody takes turns
    assert read | whose_turn == {field.name for field in dataclasses.fields(QuickLookPage)}


def test_it_is_written_beside_the_papers_and_goes_with_the_child(tmp_path: Path) -> None:
    """The file has a name nobody else's has, is found when a child is erased, and unknown ids are a sentence."""
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    folder = make_sample("class-4b", tmp_path / "class", at=at, randomness=lambda n: b"7" * n)
    home = folder.store().student("amal").households[0].household_id
    paths = [write_quick_look(folder, "amal"), write_quick_look(folder, "amal", home)]
    assert len(set(paths)) == 2
    assert set(paths) <= set(look(folder, "amal").home)
    assert not set(paths) & set(look(folder, "mateo").home)
    for student, household in (("nobody", ""), ("../amal", ""), ("amal", "elsewhere")):
        with pytest.raises(NotFound):
            quick_look_of(folder, student, household)
