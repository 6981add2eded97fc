"""Drawings of two books made at the same time, as our server does while children look at what goes home."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from portfolio.model import Rating
from portfolio.rules import for_audience
from portfolio.rules.family_view import RatingsPart
from portfolio.testing import small_book
from portfolio.views import charts
from portfolio.words import speak
from tests.unit.test_hidden_pages import last_round


def two_rounds() -> RatingsPart:
    """Return a page of ratings over two rounds."""
    book = small_book()
    section = book.template.section("habits")
    assert section is not None
    question = section.prompts[0]
    rated = Rating(entry_id="r", section="habits", question=question.field, answer=question.choices[0].id)
    book = book.but(portfolio=book.portfolio.but(ratings=(rated,)), earlier=(last_round(ratings=(rated,)),))
    parts = for_audience(book, "home", "papa").parts
    return next(p.content for p in parts if p.section == "habits" and isinstance(p.content, RatingsPart))


def test_drawings_are_made_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Matplotlib's settings belong to the process: two at once gave outlines in place of words, and kept them."""
    at_work: list[int] = []
    made: list[charts.Charts] = []
    draw, most, part = charts._line, 0, two_rounds()

    def slowly(*given: Any) -> None:
        nonlocal most
        at_work.append(1)
        most = max(most, len(at_work))
        time.sleep(0.2)
        draw(*given)
        at_work.pop()

    monkeypatch.setattr(charts, "_line", slowly)
    say = speak("en")
    threads = [
        threading.Thread(target=lambda n=n: made.append(charts.draw_over_time(part, f"Habits {n}", say)))
        for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert ["<text" in one.panels[0][1] for one in made] == [True] * 3
