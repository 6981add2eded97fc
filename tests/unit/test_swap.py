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


def said_by_ours(text: str) -> set[str | None]:
    """Return what becomes of a text with each of its school words of the shipped glossary said plainly."""
    made = [swapped(text, finding) for finding in find(text)]
    return {None if one is None else one.text for one in made}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("My learning targets are on the board.", "My goals for the lesson are on the board."),
        ("Our learning targets have changed.", "Our goals for the lesson have changed."),
        ("The interventions have changed.", "The extra help has changed."),
        ("The success criteria are on the board.", "The list of what good work needs is on the board."),
        ("The summative assessments were hard.", "The end-of-unit tests were hard."),
        ("Formative assessments help my teacher.", "Quick checks help my teacher."),
        ("We took two benchmark assessments.", "We took two progress tests."),
        ("I use a rubric to check my writing.", "I use a scoring chart to check my writing."),
        ("I filled in a graphic organizer.", "I filled in an idea chart."),
        ("My IEP meeting is on Monday.", "My learning help plan meeting is on Monday."),
        ("SEL is fun.", "Learning about feelings and friendship is fun."),
        ("I practiced self-regulation.", "I practiced staying calm and in control."),
        ("I like project-based learning.", "I like learning through projects."),
        ("I can infer that he was sad.", "I can figure out from clues that he was sad."),
        ("We regroup in subtraction.", "We trade tens and ones in subtraction."),
        ("I annotated my article.", "I marked up my article."),
        ("My writing was scaffolded.", "My writing was supported step by step."),
        ("Scaffolding helps me.", "Step-by-step support helps me."),
        ("Stations are fun.", "Activity tables are fun."),
        ("I need accommodations on tests.", "I need learning supports on tests."),
        ("I got a 504 plan.", "I got a school support plan."),
        ("Mentor texts give me ideas.", "Examples from good books give me ideas."),
        ("I was off-task.", "I was not doing the work."),
        ("Our turn and talk was fun.", "Our quick partner talk was fun."),
        ("I filled out the FAFSA.", "I filled out the college money form."),
        ("My SMART goals are about reading.", "My clear goals with dates are about reading."),
        ("I read informational texts.", "I read texts with facts."),
        ("I asked for a scribe.", "I asked for a writing helper."),
        ("I met my growth target.", "I met my growth goal."),
        ("I did my quick write.", "I did my short writing task."),
        ("I am an early finisher.", "I am a student who is done early."),
        ("I need frequent breaks.", "I need short rests."),
        ("Self-advocacy is hard.", "Speaking up for oneself is hard."),
    ],
)
def test_the_shipped_plain_words_read_well(text: str, plain: str) -> None:
    """Plain words of the shipped glossary agree with what stands round them."""
    assert said_by_ours(text) == {plain}


@pytest.mark.parametrize(
    "text",
    [
        "My benchmark is next week.",
        "We peer reviewed our drafts.",
        "I was progress monitored.",
        "I can self-advocate.",
        "We gamify our reading.",
        "We pre-assess before the unit.",
        "They reclassify students in spring.",
        "I can de-escalate.",
        "We jigsawed the chapter.",
        "He eloped from class.",
        "My teacher redirected me.",
        "She self-monitors when she reads.",
        "I peer edit with Sam.",
        "We turn and talk every day.",
        "My teacher scaffolds my writing.",
        "She differentiates the work.",
        "The teacher differentiates.",
        "I can regroup numbers.",
        "I self-assessed my poster.",
        "My teacher is scaffolding me.",
        "My scaffolded notes helped.",
        "I annotate when I read.",
        "I annotated it.",
        "My decoding skills grew.",
        "I did a retell.",
        "Self-assessments help me.",
        "Do interventions help?",
        "Fluency and comprehension are my goals.",
        "I am an ELL student.",
        "In ELA class I wrote a poem.",
        "My ELA teacher is kind.",
        "I wrote my self-assessment.",
        "My math facts automaticity is better.",
        "My self-advocacy grew.",
        "My dual language class is fun.",
        "I am in ELL.",
        "SAT is hard.",
        "UDL is for everyone.",
        "My passion project is about frogs.",
        "I am in a pull-out group.",
        "I use text-to-speech every day.",
        "We are chunking long words.",
        "I use assistive technology to read.",
        "My AP class is hard.",
        "I am in AP Biology.",
        "I used my background knowledge.",
        "My reading intervention is with Mr. Diaz.",
        "I go to tutoring and interventions.",
        "My stamina and fluency are better.",
        "I have self-efficacy.",
        "I am in dual language.",
        "My math fact fluency is growing.",
    ],
)
def test_no_plain_words_are_better_than_bad_ones(text: str) -> None:
    """A school word used as a verb, joined, owned or before a noun keeps its place where plain words would read badly."""
    assert said_by_ours(text) == {None}


def test_only_the_word_that_fits_is_swapped() -> None:
    """Of two school words side by side the one with fitting plain words is swapped, the verb form is not."""
    assert said_by_ours("My superscored SAT is good.") == {None, "My superscored college test is good."}


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
