"""A template was changed while words were there: nothing a child does afterwards loses what is not asked any more."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import TextRefused
from portfolio.model import Answer, Choice, Column, Goal, Passage, Prompt, Rating, Step
from portfolio.rules.filling import filled, value_of

WALK = Step(what=Passage(text="Walk", lang="es"), when="Monday", where="park")
READ = Step(what=Passage(text="Read"), when="Tuesday", where="home")


def picks(*offered: str, at_most: int | None = None) -> Prompt:
    """Return a question that offers these."""
    return Prompt(field="cards", ask="Which?", control="picks", at_most=at_most, choices=choices(*offered))


def choices(*offered: str) -> tuple[Choice, ...]:
    """Return choices with these ids."""
    return tuple(Choice(id=name, label=name) for name in offered)


def picked(there: tuple[str, ...], prompt: Prompt, value: list[str]) -> tuple[str, ...]:
    """Return what an answer keeps once a control has sent a value."""
    entry = filled(
        Answer(entry_id="a", section="s", prompt="cards", picks=there), "picks", prompt, value, "en"
    )
    assert isinstance(entry, Answer)
    return entry.picks


def steps(
    value: list[dict[str, str]], *columns: str, there: tuple[Step, ...] = (WALK, READ)
) -> tuple[Step, ...]:
    """Return the steps of a goal once a control with these lines has sent a value."""
    asked = tuple(Column(field=name, ask=name) for name in columns)
    prompt = Prompt(field="steps", ask="What?", control="rows", columns=asked)
    entry = filled(Goal(entry_id="g", steps=there), "steps", prompt, value, "en")
    assert isinstance(entry, Goal)
    return entry.steps


def test_a_choice_that_is_offered_no_more_stands_in_nobodys_way() -> None:
    """It stays beside what is picked now, may be given up, and never comes back from a page."""
    assert picked(("gone", "a"), picks("a", "b"), ["gone", "a", "b"]) == ("gone", "a", "b")
    assert picked(("gone", "a"), picks("a", "b"), ["b"]) == ("b",)
    with pytest.raises(TextRefused):
        picked(("a",), picks("a", "b"), ["a", "gone"])


def test_who_has_more_than_is_asked_for_can_take_away_one_by_one() -> None:
    """Five picked, three wanted now: four are taken, a sixth is not; what is offered no more takes nobody's room."""
    prompt = picks(*"abcdef", at_most=3)
    assert picked(tuple("abcde"), prompt, list("abcd")) == tuple("abcd")
    with pytest.raises(TextRefused):
        picked(tuple("abcde"), prompt, list("abcdef"))
    with pytest.raises(TextRefused):
        picked(tuple("abcd"), prompt, list("abcf"))
    assert picked(("gone", "a", "b"), picks("a", "b", "c", at_most=3), ["gone", "a", "b", "c"]) == (
        "gone",
        "a",
        "b",
        "c",
    )


def test_a_face_that_is_gone_may_stay_or_be_changed() -> None:
    """What was chosen once may be sent again as it is, given up or changed for what is offered now; nothing else."""
    prompt = Prompt(field="mornings", ask="How?", control="scale", choices=choices("great", "hard"))
    rating = Rating(entry_id="r", section="feels", question="mornings", answer="so_so")
    for value in ("so_so", "hard", None):
        after = filled(rating, "answer", prompt, value, "en")
        assert isinstance(after, Rating) and after.answer == value
    with pytest.raises(TextRefused):
        filled(rating.but(answer="great"), "answer", prompt, "so_so", "en")


def test_lines_that_are_not_asked_any_more_stay_with_their_row() -> None:
    """A row is changed, moved or taken away: the others keep the lines the page does not show, and their language."""
    same = [{"what": "Walk"}, {"what": "Read"}]
    assert steps(same, "what") == (WALK, READ)
    assert steps(same[::-1], "what") == (READ, WALK)
    assert steps(same[1:], "what") == (READ,)
    assert steps([{"what": "Run"}, {"what": "Read"}], "what") == (WALK.but(what=Passage(text="Run")), READ)
    assert steps([*same, {"what": "Rest"}], "what") == (WALK, READ, Step(what=Passage(text="Rest")))


def test_a_row_never_gets_the_lines_of_two() -> None:
    """Two rows that say the same keep each its own lines, in their order."""
    twins = (WALK, WALK.but(where="forest"))
    assert steps([{"what": "Walk"}, {"what": "Walk"}], "what", there=twins) == twins


def test_what_the_page_shows_always_counts() -> None:
    """A line that is asked and left empty is empty, whatever stood there."""
    emptied = [{"what": "Walk", "when": ""}, {"what": "Read", "when": "Tuesday"}]
    assert steps(emptied, "what", "when") == (WALK.but(when=""), READ)


_CELL = st.sampled_from(["", "Walk", "Read", "Rest"])
_ROW = st.fixed_dictionaries({"what": _CELL, "when": st.sampled_from(["", "Monday"])})


@given(st.lists(_ROW, max_size=4), st.lists(st.builds(Step, what=_CELL, when=_CELL, where=_CELL), max_size=4))
def test_the_page_shows_again_what_it_sent(told: list[dict[str, str]], there: list[Step]) -> None:
    """Whatever stood there before: what was sent stands in the control again, but for rows that say nothing."""
    prompt = Prompt(
        field="steps",
        ask="What?",
        control="rows",
        columns=(Column(field="what", ask=""), Column(field="when", ask="")),
    )
    entry = filled(Goal(entry_id="g", steps=tuple(there)), "steps", prompt, told, "en")
    assert value_of(entry, "steps", prompt) == [row for row in told if any(row.values())]


@given(st.lists(st.sampled_from("abc"), unique=True), st.lists(st.sampled_from("abcd"), unique=True))
def test_no_hidden_line_turns_up_twice(before: list[str], after: list[str]) -> None:
    """Each place that is not asked stands with one row at most, and only where it stood."""
    there = tuple(Step(what=Passage(text=name), where=f"at {name}") for name in before)
    told: list[dict[str, Any]] = [{"what": name} for name in after]
    kept = [step.where for step in steps(told, "what", there=there)]
    hidden = [where for where in kept if where]
    assert len(set(hidden)) == len(hidden) <= len(before)
    for name, where in itertools.product(before, kept):
        if name in after and len(before) != len(after):
            assert where in ("", *(f"at {one}" for one in after))
