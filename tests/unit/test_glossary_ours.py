"""The glossary we ship: enough words, each found as it is written, and every explanation in plain words."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import pytest

import glossary as compiler
from portfolio.words import find, reading_level
from portfolio.words.finder.forms import forms_of
from portfolio.words.glossary import Glossary, starter
from portfolio.words.terms import Term

AREAS = set(
    "behavior|career|classroom|college|courses|curriculum|family|feelings|gifted|grading|graduation|language|law"
    "|learning-habits|math|money|organisation|portfolio|reading|schedule|science|secondary|special-education|sports"
    "|staff|support|teaching|technology|testing|tests by name|well-being|writing".split("|")
)
FIRST_FIVE = {"do-now", "iep", "growth-mindset", "sel", "formative-assessment"}
"""The words that families' complaints about school language began with."""

TWO_MEANINGS = {frozenset({"sai", "student-aid-index"})}
"""SAI is special teaching in California, and a number on the form for college money: each has cues of its own."""

KNOWN = """
FBA|BIP|bip|SST|UDL|udl|LCAP|ELAC|site council|threat assessment|elopement|antecedent|token board|alternate assessment|DLM
|LEA representative|AYP|parent liaison|family engagement liaison|inter-district permit|push-in|pull-out|co-teach|BCBA|RBT
|self-advocacy|manifestation determination|LMS|SIS|pacing guide|looping|makerspace|digital citizenship|school climate
|data-driven|think-aloud|mini-lesson|KWL|graphic organizer|concept map|confer|cloze|sentence stem|mastery|exemplar|reteach
|capstone|Cornell notes|portrait of a graduate|design thinking|notice and wonder|data chat|data wall|TEKS|achievement gap
|whole child|literacy block|NGSS|DBQ|text evidence|weighted grade|Regents exam|blended learning|21st-century skills
|SMART goal|smart goal|504 plan|504 accommodations|homebound instruction|orthopedic impairment
""".replace("\n", "").split("|")

SENTENCES = (
    "We talked about {}.",
    "We talked about the {}.",
    "In math and reading class at college, the students and their teacher talked about the {} for tests.",
    "The {} was on the transcript, in the grade book and in the feedback with a glow.",
)


def ours() -> tuple[Term, ...]:
    """Return the words we ship."""
    return starter().terms


@lru_cache(maxsize=1)
def files() -> tuple[list[dict[str, object]], dict[str, object], list[str]]:
    """Return what the YAML files say: entries, header, ids that come twice."""
    return compiler.read(sorted((compiler.GLOSSARY / "en").glob("*.yaml")))


def sure_words(text: str, but: str = "", glossary: Glossary | None = None) -> list[str]:
    """Return the school words a text certainly holds, but for one."""
    return [one.term for one in find(text, glossary) if one.confidence == "sure" and one.term != but]


def is_found(written: str, ids: set[str]) -> bool:
    """Return whether one of some words is seen, at least as a perhaps, in one of a few sentences."""
    return any(one.term in ids for said in SENTENCES for one in find(said.format(written)))


def test_there_are_enough_words_of_every_area() -> None:
    """At least 250 words, the first five complaints among them, and something from every area."""
    assert len(ours()) >= 250
    assert {term.term_id for term in ours()} >= FIRST_FIVE
    assert {tag for term in ours() for tag in term.tags} == AREAS


def test_every_word_says_its_area_and_where_it_is_said() -> None:
    """Each has a tag and a kind of list it stands on."""
    assert [term.term_id for term in ours() if not (term.tags and term.source and term.kid)] == []


@pytest.mark.more
def test_ids_stand_once_and_the_compiled_file_is_current() -> None:
    """No id stands in two files, and the file the program reads is made of what the files for people say."""
    entries, header, twice = files()
    assert twice == []
    assert (compiler.GLOSSARY / "en.json").read_text("utf-8") == compiler.compiled(entries, header)


def test_what_is_written_belongs_to_one_word() -> None:
    """No form leads to two explanations, but for letters that truly stand for two things; those have cues."""
    owners: dict[str, set[str]] = defaultdict(set)
    for term in ours():
        for form in forms_of(term):
            owners[form].add(term.term_id)
    shared = {form: ids for form, ids in owners.items() if len(ids) > 1}
    assert {form: ids for form, ids in shared.items() if frozenset(ids) not in TWO_MEANINGS} == {}
    assert all(starter().term(one).match.cue for ids in shared.values() for one in ids)


def test_letters_with_two_meanings_are_told_apart() -> None:
    """Beside college money SAI is the number, beside an IEP it is the teaching."""
    assert sure_words("Our SAI on the FAFSA is low.") == ["student-aid-index", "fafsa"]
    assert sure_words("His IEP gives him 60 minutes of SAI.") == ["iep", "sai"]


def test_explanations_are_short() -> None:
    """At most 25 words for a caregiver, 15 for a child, 8 in place of the word."""
    long = [term.term_id for term in ours() if len(term.plain.split()) > 25 or len(term.kid.split()) > 15]
    long += [term.term_id for term in ours() for said in swaps(term) if len(said.split()) > 8]
    assert long == []


def swaps(term: Term) -> list[str]:
    """Return every plain wording that can stand in a word's place."""
    swap = term.swap
    return [said for said in (swap.sg, swap.pl, swap.base, swap.s, swap.ed, swap.ing) if said] if swap else []


def test_no_explanation_needs_another() -> None:
    """No school word stands in what explains one, and none, not even the word itself, in what takes its place."""
    told = [
        (term.term_id, word)
        for term in ours()
        for said in (term.plain, term.kid, term.say)
        for word in sure_words(said, but=term.term_id)
    ]
    told += [(term.term_id, word) for term in ours() for said in swaps(term) for word in sure_words(said)]
    assert told == []


def test_explanations_together_are_easy_to_read() -> None:
    """Read in one go, neither those for caregivers nor those for children are hard."""
    assert reading_level(" ".join(term.plain for term in ours())) in {"easy", "ok"}
    assert reading_level(" ".join(term.kid for term in ours())) == "easy"


def test_every_word_is_found_as_the_glossary_prints_it() -> None:
    """In some school sentence each is seen, at least as a perhaps."""
    assert [term.term_id for term in ours() if not is_found(term.term, alike(term))] == []


def alike(term: Term) -> set[str]:
    """Return the ids a written term may mean."""
    return next((set(ids) for ids in TWO_MEANINGS if term.term_id in ids), {term.term_id})


def test_every_noun_is_found_in_its_plural() -> None:
    """Wherever a word has a plural, that is seen too."""
    missed = []
    for term in ours():
        several = [form for form, code in forms_of(term).items() if code == "0p"]
        if several and term.match.case in {"fold", "upper"}:
            written = term.term + "s" if term.kind == "acronym" else several[0]
            written = written.replace(" ", "-") if term.match.hyphen else written
            missed += [] if is_found(written, alike(term)) else [(term.term_id, written)]
    assert missed == []


@pytest.mark.parametrize("written", KNOWN)
def test_a_word_that_schools_use_is_known(written: str) -> None:
    """It is found, at least as a perhaps."""
    assert find(f"We talked about {written}.") or find(f"Our teacher talked about the {written}.")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("my smart goal is to read 20 minutes", ["smart-goal"]),
        ("He scored a smart goal in soccer.", []),
        ("The 504 students need a quiet room for the test.", ["student-504"]),
        ("Our school has 504 students.", []),
        ("Save it as MP3, and choose the MP3.", []),
        ("In math we work on MP3 and explain our reasoning.", ["math-practice-number"]),
        ("My grandma is homebound since her fall.", []),
        ("She gets homebound instruction.", ["homebound"]),
    ],
)
def test_a_word_with_an_everyday_twin_is_told_from_it(text: str, wanted: list[str]) -> None:
    """What stands round it tells which of the two it is."""
    assert sure_words(text) == wanted


def test_every_translation_says_what_it_is() -> None:
    """Each word has a Spanish explanation that is called a draft until a person has checked it, and names its makers."""
    for term in ours():
        spanish = term.translated("es-MX")
        assert spanish and spanish.plain and spanish.term and spanish.by, term.term_id
        assert spanish.status in {"draft", "human"}, term.term_id
        assert spanish.status == "draft" or "nobody" not in spanish.by, term.term_id
