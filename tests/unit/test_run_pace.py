"""How long it still takes: said only when it can be known, and never a promise that jumps about."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from portfolio.moments.run_pace import FIRST, Pace, left_in_words, took_in_words
from portfolio.words import speak

SAY = speak("en")


def paced(total: int, gaps: list[float]) -> Pace:
    """Return the pace after these times between two files."""
    pace, now = Pace(total, 0.0), 0.0
    for gap in gaps:
        now += gap
        pace.step(now)
    return pace


def test_nothing_is_said_before_anybody_can_know() -> None:
    """Two files tell nothing: the first one always takes longer."""
    assert paced(30, [4.0, 0.5]).left is None and left_in_words(None, SAY) == ""


def test_a_steady_run_is_told_rightly() -> None:
    """Two seconds each, twenty to go: some forty seconds."""
    pace = paced(30, [2.0] * 10)
    assert pace.left is not None and 36 <= pace.left <= 44
    assert left_in_words(pace.left, SAY) == "about 40 seconds left"


def test_a_slow_first_file_does_not_frighten() -> None:
    """Everything is new for the first file; the others take a tenth of it."""
    pace = paced(103, [10.0, *([1.0] * 40)])
    assert pace.left is not None and pace.left < 1.3 * 62


def test_one_that_takes_long_makes_the_rest_no_shorter() -> None:
    """While a large book is made the estimate waits, it does not run down to nothing."""
    pace = paced(20, [1.0] * 10)
    for now in range(11, 70):
        pace.look(float(now))
    assert pace.left is not None and pace.left >= 8


def test_words_are_those_people_use() -> None:
    """No more precise than anybody can know."""
    told = [left_in_words(seconds, SAY) for seconds in (0.0, 12.0, 44.0, 70.0, 118.0, 4000.0)]
    assert told == [
        "a few seconds left", "about 10 seconds left", "about 40 seconds left", "about a minute left",
        "about 2 minutes left", "more than an hour left",
    ]  # fmt: skip
    assert [took_in_words(seconds, SAY) for seconds in (3.0, 31.0, 60.0, 130.0)] == [
        "a few seconds", "about 30 seconds", "about a minute", "about 2 minutes",
    ]  # fmt: skip


@given(st.lists(st.floats(0.0, 100.0, allow_nan=False), min_size=FIRST, max_size=60), st.integers(0, 500))
def test_an_estimate_is_never_below_nothing_and_ends_with_the_last(gaps: list[float], more: int) -> None:
    """Whatever the times are: a number that is none to laugh at, and none left at the end."""
    pace = paced(len(gaps) + more, gaps)
    assert pace.left is not None and pace.left >= 0
    assert more or pace.left == 0


@given(st.lists(st.floats(0.9, 1.1), min_size=20, max_size=60))
def test_with_even_files_what_is_said_hardly_moves(gaps: list[float]) -> None:
    """The end that was announced stays where it was, give or take a quarter of what is left (or two seconds)."""
    total, now = len(gaps) + 20, 0.0
    pace, ends = Pace(total, 0.0), []
    for gap in gaps:
        now += gap
        pace.step(now)
        if pace.left is not None:
            ends.append(now + pace.left)
    assert all(abs(a - b) <= max(0.3 * total, 3.0) for a, b in pairwise(ends))
