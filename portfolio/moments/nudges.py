"""Nudges in words: a kind sentence for the child, one for the teacher, each with a next step.

The child's sentences come in three sizes: for the youngest (at most eight words), for grades 3 to 5, and for
the older ones. Nothing here is ever in the way of "my book is ready".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from portfolio.errors import N_
from portfolio.model import Book
from portfolio.model.people import AgeBand
from portfolio.rules.nudge import Kind, Nudge
from portfolio.rules.path_check import path_check
from portfolio.words import Speech

TestWords = Callable[[str], int] | None
"""Counts the words in a text that name tests or scores; without it nothing is said about tests."""

TESTING: Final = "testing"
"""The tag of the glossary for words about tests and marks."""


@dataclass(frozen=True)
class NudgeLine:
    """A nudge in somebody's words, and where it leads."""

    kind: Kind
    section_id: str
    entry_id: str | None
    sentence: str


@dataclass(frozen=True)
class Sizes:
    """A sentence for the youngest, for grades 3 to 5, and for the older ones."""

    youngest: str
    young: str
    older: str

    def for_band(self, band: AgeBand) -> str:
        """Return the one for an age band."""
        return {"k-2": self.youngest, "3-5": self.young}.get(band, self.older)


def _no_youngest(young: str, older: str) -> Sizes:
    return Sizes(young, young, older)  # the youngest are never asked: see portfolio.rules.path_plans


TO_THE_CHILD: Final[dict[Kind, Sizes]] = {
    "strength_without_proof": Sizes(
        N_("Can you show it in a picture?"),
        N_("You told us what you do well. Where can we see it? A piece of work or a picture would show it."),
        N_("You named a strength. What shows it: a piece of work, a picture, what somebody said?"),
    ),
    "growing_without_step": Sizes(
        N_("What will you try first?"),
        N_("You told us what is not easy yet. One small step would help: what will you do first?"),
        N_("You named something you are working on. One small step would help: what will you try first?"),
    ),
    "goal_without_step": Sizes(
        N_("What is one small step to your goal?"),
        N_("You have a goal. What is the first small thing you will do for it?"),
        N_("Your goal has no steps yet. What is the first small thing you will do?"),
    ),
    "growing_without_help": Sizes(
        N_("Who can help you with it?"),
        N_("You told us what is not easy yet. How can somebody at home help you with it?"),
        N_("You named something you are working on. What help would you like with it?"),
    ),
    "goal_without_helper": Sizes(
        N_("Who can help you with your goal?"),
        N_("Who can help you with your goal, and how? Somebody at home or at school?"),
        N_("Who can help you with your goal, and with what exactly?"),
    ),
    "goal_without_when": _no_youngest(
        N_("Your goal has no day yet. When will you do something for it?"),
        N_("Your goal has no day yet. By when will you get there, or on which days will you work on it?"),
    ),
    "growing_without_look_again": _no_youngest(
        N_("When will you look again at what is not easy yet? After two weeks is a good time."),
        N_("Choose a day to look again at what you are working on. Then you can see what has changed."),
    ),
    "goal_without_look_again": _no_youngest(
        N_("When will you look at your goal again? After two weeks is a good time."),
        N_("Choose a day to look at your goal again. After two weeks is a good time."),
    ),
    "more_growing": Sizes(
        N_("What else are you good at?"),
        N_("You told more about what is hard than about what you do well. What else do you do well?"),
        N_("You named more things to work on than strengths. Which other strength would you like to show?"),
    ),
    "tests_take_over": _no_youngest(
        N_("You told a lot about tests. What else shows what you can do?"),
        N_("Much of this is about tests and scores. What else shows what you can do?"),
    ),
    "no_good_end": Sizes(
        N_("And then? Your goal can come next."),
        N_("Your book stops at what is not easy yet. A goal or a next step would make a good end."),
        N_("Your book stops at what is hard. A goal or a next step after it would make a better end."),
    ),
}
"""What is said to the child, by kind. Kinds that are the teacher's alone are not here."""

TO_THE_TEACHER: Final[dict[Kind, str]] = {
    "strength_without_proof": N_(
        "Nothing shows this strength yet. A piece of work, a picture or what somebody said would do."
    ),
    "growing_without_step": N_("There is no first step yet. You could ask: what will you do first?"),
    "goal_without_step": N_(
        "The goal has no step yet. You could ask: what is the first small thing you will do?"
    ),
    "growing_without_help": N_(
        "Nothing is said yet about how home can help. You could think of one thing together."
    ),
    "goal_without_helper": N_(
        "Nobody is named yet who helps with the goal. You could ask: who can help, and with what?"
    ),
    "goal_without_when": N_("The goal has no day yet. You could ask: by when, or on which days?"),
    "growing_without_look_again": N_(
        "There is no day yet to look at it again. You could choose one together, for example in two weeks."
    ),
    "goal_without_look_again": N_(
        "There is no day yet to look at the goal again. You could choose one together, for example in two weeks."
    ),
    "more_growing": N_(
        "More is told about what is hard than about strengths. You could ask what else goes well."
    ),
    "tests_take_over": N_("Much of what is told names tests or scores. You could ask what else shows it."),
    "no_good_end": N_(
        "The book stops at what is hard. A goal, a first step or a strength after it would be a good end."
    ),
    "note_without_strength": N_(
        "This note names a next step and no strength. One strength you see could stand before it."
    ),
    "nothing_growing": N_(
        "Strengths are told, and nothing yet that is still growing. One honest next step gives the family something to help with."
    ),
    "no_feelings": N_(
        "Nothing is told yet about friends or how school feels. It may stay so; you could ask how things are."
    ),
    "no_question": N_("There is no question for the family to ask yet. You could choose one together."),
}
"""What is said to the teacher, by kind: all of them."""


def about_tests(text: str) -> int:
    """Return how many school words for tests and scores a text names for sure, by the glossary we ship.

    Only words a school has for them ("percentile", "benchmark"): "We tested the bridge" is about a bridge.
    """
    from portfolio.words import find
    from portfolio.words.glossary import starter

    glossary = starter()
    sure = (found.term for found in find(text, glossary) if found.confidence == "sure")
    return sum(TESTING in glossary.term(term).tags for term in sure)


def nudges_for_child(
    book: Book, say: Speech, *, test_words: TestWords = about_tests
) -> tuple[NudgeLine, ...]:
    """Return what the child may think of next, in its language and for its age, the first thing first."""
    band = book.portfolio.meta.age_band
    return tuple(
        NudgeLine(one.kind, one.section_id, one.entry_id, say(TO_THE_CHILD[one.kind].for_band(band)))
        for one in path_check(book, test_words=test_words)
        if one.for_whom != "teacher"
    )


def nudges_for_teacher(
    book: Book, say: Speech, *, test_words: TestWords = about_tests
) -> tuple[NudgeLine, ...]:
    """Return what a teacher may help with, in the teacher's language, the first thing first."""
    return tuple(
        told_to_teacher(one, say)
        for one in path_check(book, test_words=test_words)
        if one.for_whom != "child"
    )


def told_to_teacher(nudge: Nudge, say: Speech) -> NudgeLine:
    """Return one nudge as a teacher reads it; how the child's words begin says which card is meant."""
    sentence, said = say(TO_THE_TEACHER[nudge.kind]), dict(nudge.values).get("said")
    if said:
        sentence = say("{sentence} (“{said}”)", sentence=sentence, said=said)
    return NudgeLine(nudge.kind, nudge.section_id, nudge.entry_id, sentence)
