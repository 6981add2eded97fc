"""A child at its desk: saving, merging, adding, removing, nothing lost."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, NotFound, TextRefused
from portfolio.model import Goal, Passage
from portfolio.moments.desk import StudentDesk
from portfolio.rules.filling import filled, value_of
from portfolio.testing import NOON, small_book, small_store


def desk(**shelves: object) -> StudentDesk:
    """Return the desk of the small book, on a store in memory."""
    book = small_book(**shelves)
    numbers = itertools.count(1)
    return StudentDesk(small_store(book), book, now=lambda: NOON, new_id=lambda: f"new{next(numbers)}")


def field(form: dict[str, Any], entry: str, name: str) -> dict[str, Any]:
    """Return one question of a form."""
    card = next(c for c in form["cards"] if c["entry_id"] == entry)
    return next(f for f in card["fields"] if f["field"] == name)


def test_what_is_saved_is_in_the_form_and_in_the_store() -> None:
    """A saved answer is kept with its language and shown when the desk opens again."""
    opened = desk()
    saved = opened.save("goals", "goal-1", "why", "because I want to", 1)
    assert (saved.version, saved.merged) == (2, False)
    assert field(opened.form("goals"), "goal-1", "why")["value"] == "because I want to"
    assert opened.fresh().portfolio.goals[0].why == Passage(text="because I want to", lang="en")


def test_a_card_nobody_kept_yet_is_made_by_its_first_word() -> None:
    """Writing into an empty card keeps it; a second window filling it elsewhere is merged."""
    opened = desk(strengths=())
    assert opened.save("strengths", "strength-2", "what", "climbing", 0).version == 1
    assert opened.save("strengths", "strength-2", "proof", "the wall", 0) == replace(
        opened.save("strengths", "strength-2", "proof", "the wall", 2), merged=True
    )


def test_two_hands_on_two_questions_both_stay() -> None:
    """Changes to different questions of one card, made from the same version, are merged."""
    opened = desk()
    opened.save("goals", "goal-1", "why", "mine", 1)
    assert opened.save("goals", "goal-1", "obstacle", "noise", 1).merged
    kept = opened.fresh().portfolio.goals[0]
    assert (kept.why.text, kept.obstacle.text) == ("mine", "noise")


def test_two_hands_on_the_same_words_are_shown_both() -> None:
    """The second hand is told what the first wrote; nothing is overwritten."""
    opened = desk()
    opened.save("goals", "goal-1", "why", "mine", 1)
    with pytest.raises(ChangedMeanwhile) as told:
        opened.save("goals", "goal-1", "why", "theirs", 1)
    assert told.value.values == {"theirs": "mine", "version": 2}
    assert opened.fresh().portfolio.goals[0].why.text == "mine"


def test_saving_the_same_again_changes_nothing() -> None:
    """A draft that is sent twice (a lost answer) makes no new version."""
    opened = desk()
    first = opened.save("goals", "goal-1", "why", "same", 1)
    again = opened.save("goals", "goal-1", "why", "same", 1)
    assert (first.version, again.version, again.value) == (2, 2, "same")


def test_cards_are_added_up_to_the_limit_and_removed() -> None:
    """One more card can be added while there is room; a removed one is gone from the form."""
    opened = desk()
    card = opened.add("goals")
    assert card["entry_id"] == "goal-new1"
    assert len(opened.form("goals")["cards"]) == 2
    with pytest.raises(NotFound, match="room for 2"):
        opened.add("goals")
    assert [c["entry_id"] for c in opened.remove("goals", "goal-new1", 1)] == ["goal-1"]


def test_a_card_somebody_just_wrote_in_is_not_removed() -> None:
    """Removing from an old version is answered with a sentence; the words stay."""
    opened = desk()
    opened.save("goals", "goal-1", "why", "new words", 1)
    with pytest.raises(ChangedMeanwhile):
        opened.remove("goals", "goal-1", 1)
    assert opened.fresh().portfolio.goals[0].why.text == "new words"


def test_cards_can_be_moved_even_before_they_are_kept() -> None:
    """An order that names cards nobody has written in yet is kept too."""
    opened = desk(strengths=())
    order = ["strength-3", "strength-1", "strength-2"]
    assert [c["entry_id"] for c in opened.arrange("strengths", order)] == order
    assert [c["entry_id"] for c in opened.form("strengths")["cards"]] == order


def test_writing_into_a_removed_card_brings_it_back() -> None:
    """A window that still shows a removed card does not lose the words typed there."""
    opened = desk(strengths=())
    opened.save("strengths", "strength-1", "what", "a", 0)
    opened.remove("strengths", "strength-1", 1)
    opened.save("strengths", "strength-1", "what", "b", 0)
    assert opened.fresh().portfolio.strengths[0].what.text == "b"


@pytest.mark.parametrize(
    ("section", "entry", "name", "value"),
    [
        ("goals", "goal-1", "area", "no-such-area"),
        ("goals", "goal-1", "steps", "not a list"),
        ("goals", "goal-1", "look_again", ["soon"]),
        ("goals", "goal-1", "why", 7),
        ("goals", "goal-1", "why", "x" * 300_000),
        ("work", "work-1", "pictures", [{"sha256": "../../etc", "width": 1, "height": 1}]),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(
    section: str, entry: str, name: str, value: object
) -> None:
    """A value no control could send is refused; what was kept stays."""
    opened = desk()
    before = opened.fresh()
    with pytest.raises(TextRefused):
        opened.save(section, entry, name, value, 1)
    assert opened.fresh() == before


def test_unknown_places_are_answered_with_sentences() -> None:
    """A section, card or question that is not there is not found, and nothing is kept."""
    opened = desk()
    with pytest.raises(NotFound, match="welcome, letter"):
        opened.form("nope")
    with pytest.raises(NotFound):
        opened.save("goals", "goal-77", "why", "x", 0)
    with pytest.raises(NotFound):
        opened.save("goals", "goal-1", "entry_id", "x", 1)


def test_the_path_says_in_words_how_far_each_page_is() -> None:
    """Every page a child fills in has one of three words, and no number."""
    words = {part["word"] for part in desk().path()}
    assert words <= {"not yet", "started", "filled in"}
    assert len(words) > 1


TEXTS = st.text(max_size=30)
DAYS = st.dates().map(str)
ROWS = st.lists(st.fixed_dictionaries({"what": TEXTS, "when": TEXTS, "where": TEXTS}), max_size=3)


@example(why="", steps=[{"what": "", "when": "", "where": "\x1b"}], days=[])
@given(why=TEXTS, steps=ROWS, days=st.lists(DAYS, max_size=2))
def test_what_goes_in_comes_out(why: str, steps: list[dict[str, str]], days: list[str]) -> None:
    """Filling and showing are each other's way back: showing, filling and showing again changes nothing."""
    section = small_book().template.section("goals")
    assert section is not None
    entry: object = Goal(entry_id="g")
    for name, value in (("why", why), ("steps", steps), ("look_again", days)):
        prompt = section.prompt(name)
        assert prompt is not None
        once = filled(entry, name, prompt, value, "en")  # type: ignore[arg-type]  # an entry
        shown = value_of(once, name, prompt)
        assert value_of(filled(once, name, prompt, shown, "en"), name, prompt) == shown
        entry = once
