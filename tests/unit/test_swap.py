from __future__ import annotations

import pytest

from portfolio.words import find, swapped
from portfolio.words.finder.swap import sounds_open
from portfolio.words.glossary.load import starter
from tests.plain_words import small_glossary

SMALL = small_glossary()


def plainly(text: str, which: int = 0) -> str | None:
    """Return a text with one of its findings said plainly."""
    made = swapped(text, find(text, SMALL)[which], SMALL)
    return None if made is None else made.text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I have an IEP.", "I have a learning help plan."),
        ("It is a do now.", "It is a warm-up task."),
        ("A exit ticket", "An end-of-class question"),
        ("I made a exit ticket", "I made an end-of-class question"),
        ("Both girls have IEPs.", "Both girls have learning help plans."),
        ("IEPs are new.", "Learning help plans are new."),
        ("An IEP is new.", "A learning help plan is new."),
        ("The IEP's goals", "The learning help plan's goals"),
        ("Our Do Now was fun.", "Our warm-up task was fun."),
        ("Rubrics help me.", "Scoring charts help me."),
        ("- Rubric\n- paper", "- Scoring chart\n- paper"),
        ("he decodes words", "he sounds out words"),
        ("he decoded words", "he sounded out words"),
        ("Decoding is hard", "Sounding out is hard"),
        ("THE RUBRIC IS HERE", "THE SCORING CHART IS HERE"),
        ("In class an intervention helps.", "In class extra help helps."),
        ("In class interventions are new.", "In class extra help is new."),
        ("my exit\nticket here", "my end-of-class question here"),
        ("我的IEP目标", "我的learning help plan目标"),
        ("She said “Rubrics help.”", "She said “Scoring charts help.”"),
        ("I am proficient.", "I am good enough."),
        ("tier II support", "small-group help support"),
    ],
)
def test_plain_words_fit_in(text: str, plain: str) -> None:
    """Number, verb form, capital and article are those the place needs."""
    assert plainly(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "My SEL lesson",  # the glossary has no plain words for it
        "The class interventionist came.",  # a person, not help
        "We did three interventions in class.",  # nobody counts help
        "My growth mindset poster is blue.",  # would be a belief … poster
        "In class interventions in spring were long.",  # the verb is too far away to agree
        "proficiency",  # a noun where the plain words are none
        "the decode",
    ],
)
def test_where_plain_words_do_not_fit_there_is_no_swap(text: str) -> None:
    """Where no plain words exist or none fit, there is nothing to swap."""
    assert find(text, SMALL)
    assert plainly(text) is None


def test_a_swap_says_what_it_changes() -> None:
    """The range and the words of a change are those of the text before it."""
    text = "First a rubric, then an IEP."
    made = swapped(text, find(text, SMALL)[1], SMALL)
    assert made is not None
    assert text[made.start : made.end] == "an IEP"
    assert made.words == "a learning help plan"


def test_a_term_the_glossary_no_longer_has_is_not_swapped() -> None:
    """A finding whose term is not in the glossary gives nothing."""
    text = "My rubric"
    assert swapped(text, find(text, SMALL)[0], starter()) is not None
    one = find("My IEP", SMALL)[0]
    assert swapped("My cat", one, SMALL) is None


@pytest.mark.parametrize(
    ("words", "open_sound"),
    [
        ("end-of-class question", True),
        ("hour of help", True),
        ("unit test", False),
        ("useful list", False),
        ("one-page plan", False),
        ("unclear word", True),
        ("8-week plan", True),
        ("504", False),
        ("European trip", False),
        ("umbrella", True),
        ("hint", False),
    ],
)
def test_an_stands_before_the_sound_of_a_vowel(words: str, open_sound: bool) -> None:
    """Not the letter decides but the sound."""
    assert sounds_open(words) is open_sound
