"""A new round begins as the child left the last one: its cloth, how it reads, what it kept to itself."""

from __future__ import annotations

from datetime import date

from portfolio.model import Reading, SectionChoice
from portfolio.moments.classes import begin
from portfolio.testing import small_book, small_store


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
