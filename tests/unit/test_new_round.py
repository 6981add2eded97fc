"""A new round begins as the child left the last one: its cloth, how it reads, what it kept to itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import Reading, SectionChoice
from portfolio.moments.classes import begin
from portfolio.moments.teacher.rooms import Rooms
from portfolio.store.class_folder import book_of
from portfolio.testing import small_book, small_store
from tests.quick_class import asked, quick_desk


def test_a_new_round_keeps_back_what_was_kept_back_and_opens_nothing_by_itself() -> None:
    """Pages a child hid stay hidden; one it had opened starts again as the template says."""
    book = small_book()
    hidden = SectionChoice(section="goals", shown_to_family=False, in_home_copy=False)
    at_the_table = SectionChoice(section="strengths", in_home_copy=False)
    opened = SectionChoice(section="friends")
    reading = Reading(letters="plain", size="larger")
    meta = book.portfolio.meta.but(
        portfolio_id="ines.spring-2020",
        round="Spring 2020",
        cloth="moss",
        reading=reading,
        sections=(hidden, opened, at_the_table),
    )
    store = small_store(book.but(portfolio=book.portfolio.but(meta=meta)))
    new = begin(store, book.template, book.student.student_id, date(2026, 9, 1))
    assert new.portfolio_id != meta.portfolio_id
    assert (new.cloth, new.reading, new.sections) == ("moss", reading, (hidden, at_the_table))


ROUND_NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80)


@given(names=st.lists(ROUND_NAMES, min_size=1, max_size=5, unique=True))
def test_every_round_has_a_book_of_its_own_in_order(names: list[str]) -> None:
    """Whatever rounds are called, in any script, all on one day: each has another book, and the last one is last."""
    book = small_book()
    store = small_store(book)
    today = book.portfolio.meta.started_on
    cleaned = dict.fromkeys(book.school_class.but(round=name).round for name in names)
    for name in cleaned:
        store.keep_class(store.school_class().but(round=name))
        begun = begin(store, book.template, "ines", today)
        assert begun.round == name
        assert begin(store, book.template, "ines", today) == begun, "begun once, begun for good"
    kept = [meta.round for meta in store.rounds("ines")]
    assert kept == list(dict.fromkeys([book.portfolio.meta.round, *cleaned]))


@pytest.mark.parametrize(
    ("first", "second"), [("خريف 2026", "ربيع 2026"), ("秋", "春"), ("Autumn", "Fall 2026")]
)
def test_two_rounds_of_one_id_are_two_books(tmp_path: Path, first: str, second: str) -> None:
    """Names without Latin letters, and the name a renamed round had before, make new books all the same."""
    desk = quick_desk(tmp_path)
    try:
        rooms, before = Rooms(desk), desk.store.rounds("amal")
        if first == "Autumn":
            rooms.do("setup/class", asked("rename-round", round=first))
        else:
            rooms.do("setup/class", asked("new-round", new_round=first))
        rooms.do("setup/class", asked("new-round", new_round=second))
        rounds = desk.store.rounds("amal")
        assert len({meta.portfolio_id for meta in rounds}) == len(rounds) > len(before)
        now = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "amal")
        assert now.portfolio.meta.round == second
        assert [one.meta.round for one in now.earlier][-1] == first
    finally:
        desk.store.close()


def test_a_round_begun_after_a_clock_ran_ahead_is_still_the_last() -> None:
    """A laptop whose clock stood in a later year made the first books; the next round comes after them."""
    book = small_book()
    ahead = book.portfolio.but(meta=book.portfolio.meta.but(started_on=date.max, round="Before"))
    store = small_store(book.but(portfolio=ahead))
    begin(store, book.template, "ines", date(2026, 9, 1))
    assert len(store.rounds("ines")) == 2, "the last day there is has none after it: still a book"
    ahead = ahead.but(meta=ahead.meta.but(started_on=date(2040, 1, 1)))
    store = small_store(book.but(portfolio=ahead))
    begin(store, book.template, "ines", date(2026, 9, 1))
    assert [meta.round for meta in store.rounds("ines")] == ["Before", "Fall 2026"]
