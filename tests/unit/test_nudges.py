"""Nudges in words, and the few a child is offered beside "my book is ready"."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from portfolio.errors import N_
from portfolio.model import Book, Goal, Growing, Passage
from portfolio.moments.desk import StudentDesk
from portfolio.moments.nudges import TO_THE_CHILD, TO_THE_TEACHER, nudges_for_child, nudges_for_teacher
from portfolio.moments.standing import MOST_NUDGES, standing
from portfolio.rules.nudge import Kind
from portfolio.rules.path_check import path_check
from portfolio.rules.progress import book_state
from portfolio.testing import NOON, small_store
from portfolio.words import speak
from tests.nudged import BARE, CASES, GOAL, GROWING, STRENGTH, book, count_tests, full

SAY = speak("en")
EVERY_CHILDS = sorted({text for sizes in TO_THE_CHILD.values() for text in vars(sizes).values()})


def opened(of: Book) -> StudentDesk:
    """Return the desk of a book's child, over a store in memory."""
    return StudentDesk(small_store(of), of, now=lambda: NOON, new_id=lambda: "x")


@pytest.mark.parametrize("kind", CASES)
def test_every_nudge_has_its_sentence(kind: Any) -> None:
    """The teacher reads each kind, the child all that are not the teacher's alone, both with their page."""
    has = CASES[kind][0]
    found = {one.kind: one for one in path_check(has, test_words=count_tests)}
    teacher = {one.kind: one for one in nudges_for_teacher(has, SAY, test_words=count_tests)}
    child = {one.kind: one for one in nudges_for_child(has, SAY, test_words=count_tests)}
    assert teacher.keys() == found.keys()
    assert child.keys() == {name for name, one in found.items() if one.for_whom == "both"}
    for told in (teacher, child):
        for name, line in told.items():
            assert (line.section_id, line.entry_id) == (found[name].section_id, found[name].entry_id)
            assert line.sentence


def test_the_words_of_a_card_stand_behind_the_teachers_sentence() -> None:
    """With two things growing one knows which is meant; words with braces are only words."""
    growing = GROWING.but(what=Passage(text="long {texts}"), help=Passage())
    (line,) = nudges_for_teacher(book(growing=(growing,)), SAY)
    assert line.sentence.endswith("think of one thing together. (“long {texts}”)")


def test_sentences_are_kind_and_plain() -> None:
    """Nobody must, nobody is cheered at, nothing is counted; the youngest hear eight words at most."""
    for text in [*EVERY_CHILDS, *TO_THE_TEACHER.values()]:
        assert not re.search(
            r"\b(must|should|need|wrong|missing|fail\w*|great job|well done)\b", text, re.IGNORECASE
        )
        assert not re.search(r"[!%\d]", text)
    assert set(TO_THE_TEACHER) == set(get_args(Kind))
    for kind, sizes in TO_THE_CHILD.items():
        if sizes.youngest != sizes.young:
            assert len(sizes.youngest.split()) <= 8, kind


@pytest.mark.parametrize(
    ("band", "starts"), [("k-2", "What is one"), ("3-5", "You have"), ("9-12", "Your goal")]
)
def test_a_child_is_spoken_to_as_it_is_old(band: Any, starts: str) -> None:
    """The same nudge comes in three sizes."""
    first = nudges_for_child(book(band, goals=(Goal(entry_id="goal-1", goal=Passage(text="read")),)), SAY)[0]
    assert (first.kind, first.sentence.split(" ")[0:2]) == ("goal_without_step", starts.split(" ")[0:2])


def test_beside_ready_stand_a_few_next_steps_one_for_a_page() -> None:
    """At most three, one for each page, the first to think of; taken one, the next one of that page comes."""
    bare = Growing(entry_id="growing-1", what=Passage(text="long texts"))
    goal = Goal(entry_id="goal-1", goal=Passage(text="read aloud"))
    more = (bare, bare.but(entry_id="growing-2"))
    desk = opened(full(strengths=(STRENGTH,), growing=more, goals=(goal,)))
    titles = [(title, sentence) for _, title, sentence in standing(desk).nudges]
    assert [title for title, _ in titles] == ["What I'm growing", "My goals", "My strengths"]
    assert len(titles) == MOST_NUDGES and "One small step" in titles[0][1]
    for entry in ("growing-1", "growing-2"):
        desk.save("growing", entry, "first_step", "a plan", 1)
    then = {title: sentence for _, title, sentence in standing(desk).nudges}
    assert then.keys() == dict(titles).keys() and "at home help" in then["What I'm growing"]


def test_a_page_is_spoken_of_once() -> None:
    """What is listed as empty or as not to be seen has no nudge as well; a book without gaps has none at all."""
    desk = opened(book(strengths=(BARE,), goals=(GOAL,)))
    there = standing(desk)
    assert [name for name, _ in there.unshown] == ["strengths"] and there.nudges == ()
    assert standing(opened(full())).nudges == ()


def test_the_glossary_knows_what_is_about_tests() -> None:
    """A school's words for tests light the lamp without more ado; trying out a bridge, or one such word, does not."""
    said = "My MAP score went up. My benchmark assessment went well. I like maps."
    tried = "We tested the bridge. The test took an hour. My MAP score went up."
    lit = book(strengths=(STRENGTH.but(what=Passage(text=said), proof=Passage()),))
    dark = book(strengths=(STRENGTH.but(what=Passage(text=tried), proof=Passage()),))
    assert "tests_take_over" in {line.kind for line in nudges_for_child(lit, SAY)}
    assert "tests_take_over" not in {line.kind for line in nudges_for_teacher(dark, SAY)}


def test_ready_is_always_possible() -> None:
    """With every nudge there is the child says ready, and it is kept."""
    for has, _ in CASES.values():
        desk = opened(has)
        desk.cover.set_ready(True)
        assert standing(desk).ready


def test_a_page_renamed_in_the_notebook_is_called_so() -> None:
    """The link bears the heading the teacher gave the page."""
    has = CASES["goal_without_step"][0]
    headed = tuple(
        cell.but(heading="Where I want to go") if getattr(cell, "section", "") == "goals" else cell
        for cell in has.outline
    )
    (step,) = standing(opened(has.but(outline=headed))).nudges
    assert step[:2] == ("goals", "Where I want to go")
    assert "goals" in {s.section.section_id for s in book_state(has)} and N_(step[2]) in EVERY_CHILDS
