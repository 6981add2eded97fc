"""What a child keeps from its family stays away, also where another page points at it, and in later rounds."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.model import Agreement, Book, Goal, Passage, Picture, Portfolio, Rating, Strength, Work
from portfolio.rules import for_audience
from portfolio.rules.shown import WHO_SEES, WhoSees, shown_to
from portfolio.testing import dots, small_book, small_portfolio

SEEN: dict[WhoSees, tuple[bool, bool]] = {
    "home": (True, True),
    "table": (True, False),
    "teacher": (False, False),
}
"""Whether it is seen at the table, and in the file that goes home."""


def only_for(book: Book, portfolio: Portfolio, section_id: str, who: WhoSees) -> Portfolio:
    """Return a portfolio that shows a section to these people."""
    section = book.template.section(section_id)
    assert section is not None
    return portfolio.but(meta=shown_to(portfolio.meta, section, who))


def says(book: Book, mark: str) -> tuple[bool, bool]:
    """Return whether a mark is seen at the table, and in the file that goes home."""
    table, home = for_audience(book, "conference"), for_audience(book, "home", "papa")
    return mark in table.model_dump_json(), mark in home.model_dump_json()


def last_round(**shelves: Any) -> Portfolio:
    """Return a portfolio of the round before this one."""
    last = small_portfolio(**shelves)
    return last.but(meta=last.meta.but(portfolio_id="ines.spring", round="Spring 2026"))


@pytest.mark.parametrize("who", WHO_SEES)
def test_a_strength_does_not_show_a_piece_of_work_that_is_kept_back(who: WhoSees) -> None:
    """Title and picture of the piece it points to are seen only by those who see the work; its own words by all."""
    picture: Picture = dots(0, "PICTURE-MARK")
    work = Work(entry_id="w", title=Passage(text="TITLE-MARK"), pictures=(picture,))
    strength = Strength(entry_id="s", what=Passage(text="STRENGTH-MARK"), piece="w")
    book = small_book(work=(work,), strengths=(strength,))
    book = book.but(portfolio=only_for(book, book.portfolio, "work", who))
    assert says(book, "STRENGTH-MARK") == (True, True)
    assert says(book, "TITLE-MARK") == SEEN[who]
    assert says(book, picture.sha256) == SEEN[who]


@pytest.mark.parametrize("who", WHO_SEES)
def test_answers_kept_back_in_an_earlier_round_stay_back_in_the_row_of_rounds(who: WhoSees) -> None:
    """A page that is shown today draws no round in which its child had kept it from its family."""
    book = small_book()
    section = book.template.section("habits")
    assert section is not None
    question = section.prompts[0]
    then, now = (choice.id for choice in question.choices[:2])

    def rated(answer: str) -> Rating:
        return Rating(entry_id="r", section="habits", question=question.field, answer=answer)

    last = only_for(book, last_round(ratings=(rated(then),)), "habits", who)
    book = book.but(portfolio=book.portfolio.but(ratings=(rated(now),)), earlier=(last,))
    for view, seen in zip(
        (for_audience(book, "conference"), for_audience(book, "home", "papa")), SEEN[who], strict=True
    ):
        part: Any = next((p.content for p in view.parts if p.section == "habits"), None)
        if part is None:
            continue  # the agenda of the table does not come to it
        given = next(r for r in part.ratings if r.question == question.ask).answers
        assert [a.id if a else None for a in given] == ([then, now] if seen else [now])
        assert len(part.rounds) == len(given)


@pytest.mark.parametrize("who", WHO_SEES)
def test_a_goal_kept_back_last_time_is_not_told_when_one_looks_back(who: WhoSees) -> None:
    """Goals the family never saw are not shown as last time's goals; promises made at the table are."""
    book = small_book()
    goal = Goal(entry_id="g", goal=Passage(text="GOAL-MARK"))
    promise = Agreement(entry_id="a", what=Passage(text="PROMISE-MARK"))
    last = only_for(book, last_round(goals=(goal,), agreements=(promise,)), "goals", who)
    book = book.but(earlier=(last,))
    assert says(book, "GOAL-MARK") == SEEN[who]
    assert says(book, "PROMISE-MARK") == (True, True)
