"""What was said, drawn or photographed beside words, on the family's pages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from portfolio.model import Agreement, Beside, Goal, Passage, Strength, Work
from portfolio.testing import dots, small_book
from portfolio.words import speak
from tests.media_books import home, sound, talk


def between(page: str, first: str, then: str) -> str:
    """Return what stands between two texts of a page."""
    start = page.index(first)
    return page[start : page.index(then, start)]


@pytest.mark.parametrize("make", [home, talk])
def test_what_was_said_and_drawn_stands_with_its_words(make: Any) -> None:
    """Under a heading, a promise, a plan: the drawing with its description and the recording with its transcript."""

    def beside(field: str, words: str) -> tuple[Beside, ...]:
        heard, drawn = sound(transcript=Passage(text=f"heard {words}")), dots(0, f"drawn {words}")
        return (Beside(field=field, pictures=(drawn,), media=(heard,)),)

    goal = Goal(
        entry_id="g", goal=Passage(text="read aloud"), if_this=Passage(text="it is loud"), then_that=Passage(text="go"),
        besides=(*beside("goal", "goal"), *beside("why", "reason"), *beside("if_this", "plan")),
    )  # fmt: skip
    book = small_book(
        strengths=(
            Strength(entry_id="s", what=Passage(text="maps"), besides=beside("what", "strength")),
            Strength(entry_id="s2", what=Passage(text="songs")),
        ),
        goals=(goal,),
        work=(Work(entry_id="w", title=Passage(text="My boat"), besides=beside("title", "title")),),
        agreements=(
            Agreement(entry_id="a", what=Passage(text="read to Papa"), besides=beside("what", "promise")),
        ),
    )
    page = make(book)
    for first, then, words in (
        ("maps</span></h", "songs</span></h", "strength"),
        ("read aloud</span></h", 'class="ifthen"', "goal"),
        ("read aloud</span></h", 'class="ifthen"', "reason"),
        ('class="ifthen"', 'class="facts"', "plan"),
        (": read to Papa", "</ul>", "promise"),
    ):
        part = between(page, first, then)
        assert f'alt="drawn {words}"' in part and f"heard {words}" in part, words
    assert 'alt="drawn title"' in page and "heard title" in page


def test_an_answer_that_was_only_said_keeps_its_question_and_its_heading() -> None:
    """No heading is empty, and a recording stands under the question it answers, also where words would carry it."""
    heard = (Beside(field="goal", media=(sound(),)), Beside(field="why", media=(sound(),)))
    section = small_book().template.section("goals")
    assert section is not None
    why = section.prompt("why")
    assert why is not None and why.lead
    page = home(small_book(goals=(Goal(entry_id="g", besides=heard),)))
    assert not re.search(r"<h[1-6][^>]*>\s*</h", page)
    assert speak("en")(why.ask) in page
    assert speak("en")(why.ask) not in home(
        small_book(goals=(Goal(entry_id="g", goal=Passage(text="x"), why=Passage(text="y")),))
    )


def test_room_is_counted_for_what_stands_beside_words_too() -> None:
    """A home file that is full leaves out a drawing and a recording beside words, and says their words instead."""
    drawn, heard = dots(0, "a drawn goal"), sound(transcript=Passage(text="my goal aloud"))
    besides = (Beside(field="goal", pictures=(drawn,), media=(heard,)),)
    book = small_book(goals=(Goal(entry_id="g", goal=Passage(text="x"), besides=besides),), work=())
    whole, full = home(book), home(book, limit=1)
    assert "data:audio/wav" in whole and 'alt="a drawn goal"' in whole
    assert "data:audio/wav" not in full and "<img" not in full
    assert "a drawn goal" in full and "my goal aloud" in full
