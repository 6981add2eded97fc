from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import glossary as compiler
from portfolio.errors import InputRefused, NotFound
from portfolio.words import find
from portfolio.words.glossary.load import from_data, layered, starter
from portfolio.words.terms import Finding
from tests.plain_words import ENTRIES, Specimen, small_glossary, specimens

SMALL = small_glossary()


def said(text: str, confidence: str = "sure") -> list[str]:
    """Return the words found in a text with the small glossary."""
    return [text[one.start : one.end] for one in find(text, SMALL) if one.confidence == confidence]


@pytest.mark.parametrize("specimen", specimens(), ids=lambda one: one.where)
def test_specimens_are_found_where_they_are_marked(specimen: Specimen) -> None:
    """In each sentence of tests/cases/plain_words exactly the marked words are found for sure."""
    found = [(one.start, one.end) for one in find(specimen.text) if one.confidence == "sure"]
    assert [specimen.text[a:b] for a, b in found] == [specimen.text[a:b] for a, b in specimen.marked]
    assert tuple(found) == specimen.marked


def test_there_are_enough_specimens() -> None:
    """A teacher's list of specimens is read: at least 120, a third of them without any school word."""
    all_of_them = specimens()
    assert len(all_of_them) >= 120
    assert sum(not one.marked for one in all_of_them) * 4 > len(all_of_them)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("two rubrics, one rubric", ["rubrics", "rubric"]),
        ("the rubric's lines", ["rubric"]),
        ("both IEPs and an iep", ["IEPs", "iep"]),
        ("my I.E.P. and our I.E.P.s", ["I.E.P.", "I.E.P.s"]),
        ("he decodes, decoded, is decoding", ["decodes", "decoded", "decoding"]),
        ("proficiently, with proficiency", ["proficiently", "proficiency"]),
        ("504s and a 504 plan", ["504s", "504 plan"]),
        ("individualized education programs", ["individualized education programs"]),
    ],
)
def test_forms_are_made_from_the_dictionary_form(text: str, words: list[str]) -> None:
    """Plurals, dotted letters, verb forms and relatives are found; an owner's 's is not part of the word."""
    assert said(text) == words


@pytest.mark.parametrize("tier", ["Tier 2", "tier two", "Tier II", "tier-2", "Tier2", "tiers 2", "Tier Ⅱ"])
def test_numbers_are_found_however_they_are_written(tier: str) -> None:
    """A number in a term may be a figure, a word or Roman."""
    assert said(f"She gets {tier} support.") == [tier]


@pytest.mark.parametrize(
    "text",
    ["exit, ticket", "exit. Ticket", "exit\n\nticket", "exit - ticket", "exit (ticket)", "exit 票 ticket"],
)
def test_no_phrase_runs_over_a_stop(text: str) -> None:
    """A comma, a full stop, an empty line, a spaced dash, a bracket or another script parts two words."""
    assert not find(text, SMALL)


@pytest.mark.parametrize(
    "text",
    [
        "exit ticket",
        "exit\nticket",
        "> exit\n> ticket",
        "- exit\n  ticket",
        "exit‑ticket",
        "exit\u00a0ticket",
    ],
)
def test_a_phrase_runs_over_spaces_hyphens_and_one_line_break(text: str) -> None:
    """Spaces, hyphens of all kinds, one line break and the quote sign of the next line do not part two words."""
    assert [one.term for one in find(text, SMALL)] == ["exit-ticket"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SEL is new. sel Sel", ["SEL"]),
        ("Common Core is not the common core of an apple", ["Common Core"]),
        ("a SMART goal, a smart goal", ["SMART goal"]),
        ("Do Now, whatever I do now", ["Do Now"]),
        ("Social and Emotional Learning", ["Social and Emotional Learning"]),
    ],
)
def test_capitals_decide_where_small_letters_mean_something_else(text: str, words: list[str]) -> None:
    """Each rule of ``case`` takes what is written as it asks and leaves the rest."""
    assert said(text) == words


def test_shouted_letters_prove_nothing() -> None:
    """In a shouted sentence an acronym that is also a word is a perhaps; one that is no word is sure."""
    assert said("OUR SEL LESSON AND THE IEP") == ["IEP"]
    assert said("OUR SEL LESSON AND THE IEP", "maybe") == ["SEL"]
    assert said("IEP, SEL, IEP") == ["IEP", "SEL", "IEP"]


def test_a_cue_makes_sure_and_a_skip_forbids() -> None:
    """A word with an everyday meaning is a perhaps, sure beside its cue, and nothing beside its skip."""
    assert said("The intervention was hard.", "maybe") == ["intervention"]
    assert said("The reading intervention was hard.") == ["intervention"]
    assert said("It was a small group. Small group interventions help.") == ["interventions"]
    assert not find("The army's intervention in reading", SMALL)
    assert said("The intervention was hard. We like reading.") == []


def test_a_word_is_no_cue_for_itself() -> None:
    """The term's own word counts as a cue only if it stands there again; what a variant adds to it counts."""
    assert said("The benchmark was hard.", "maybe") == ["benchmark"]
    assert said("The benchmark test was hard.") == ["benchmark test"]
    assert said("The fall benchmark was hard.") == ["benchmark"]


def test_an_endless_sentence_is_not_one_thought() -> None:
    """In a sentence of hundreds of words only those near by are cues."""
    endless = "and then we went on and on " * 60
    assert said(f"I like reading {endless} the intervention", "maybe") == ["intervention"]
    assert said(f"{endless} my reading class had an intervention {endless}") == ["intervention"]


def test_a_perhaps_does_not_hide_a_sure_word_behind_it() -> None:
    """Of two terms that share a word, a sure one is kept and a perhaps gives way."""
    assert said("The quick exit ticket is here.") == ["exit ticket"]


def test_an_owner_in_a_term_belongs_to_it() -> None:
    """Where the dictionary form itself has an 's, it is part of the word."""
    assert said("She has a bachelor’s now, two bachelors.") == ["bachelor’s", "bachelors"]


def test_a_sign_that_is_printed_in_a_term_may_stand_in_it() -> None:
    """A dot inside a term as the glossary prints it does not part its words."""
    assert said("We read Lau v. Nichols, or Lau v Nichols.") == ["Lau v. Nichols", "Lau v Nichols"]


def test_accents_written_apart_are_one_letter() -> None:
    """A letter and its accent as two signs are found as one letter, both inside the finding."""
    assert said("My re\u0301sume\u0301 is new.") == ["re\u0301sume\u0301"]


def test_a_roman_one_is_a_capital() -> None:
    """Tier with a capital I has a number, "the tier i saw" has none."""
    assert said("Tier I support at school") == ["Tier I"]
    assert not find("The tier i saw at school", SMALL)


def test_school_words_are_cues_for_one_another() -> None:
    """A sure finding in the sentence, or another perhaps in the same list, makes a perhaps sure."""
    assert said("My IEP and the intervention") == ["IEP", "intervention"]
    assert said("interventions, tier 2") == ["interventions", "tier 2"]
    assert said("The intervention of my uncle who stood on tier 2") == []


def test_a_hyphen_or_a_determiner_may_be_needed() -> None:
    """``hyphen: needed`` leaves the words apart alone, ``det: needed`` asks for "the", "my" or the like before it."""
    assert said("push-in help; push in your chair") == ["push-in"]
    assert said("a special today, very special indeed") == ["special"]


def test_names_of_people_and_streets_are_no_school_words() -> None:
    """A title before, a street behind, or an everyday word with a capital behind another name makes it a name."""
    assert said("Mr. Rubric of Rubric Street read the rubric.") == ["rubric"]
    assert said("Then Anna Intervention came to our class.") == []
    assert said("Then the Intervention came to our class.") == ["Intervention"]


def test_a_word_the_text_explains_is_marked_from_there_on() -> None:
    """Once a text says what a word means, this and later findings of it are explained; other words are not."""
    text = "A rubric helps. The rubric, which means a chart, is here. My rubric and my IEP."
    assert [(one.term, one.explained) for one in find(text, SMALL)] == [
        ("rubric", False),
        ("rubric", True),
        ("rubric", True),
        ("iep", False),
    ]


def test_long_form_and_short_form_are_both_found_and_explained() -> None:
    """A long form with its letters in brackets gives two findings, both explained, in either order."""
    for text in ("Individualized Education Program (IEP)", "IEP (Individualized Education Program)"):
        assert [one.explained for one in find(text, SMALL)] == [True, True]
    assert [one.explained for one in find("rubric (page 3)", SMALL)] == [False]


def test_code_addresses_and_files_are_not_read() -> None:
    """What is no prose holds no school words; the text of a link does."""
    assert not find(
        "`rubric` https://a.org/rubric rubric@b.org rubric.pdf <rubric> $rubric$ my_rubric", SMALL
    )
    assert said("[the rubric](https://a.org/rubric)") == ["rubric"]


def test_layers_override_and_remove() -> None:
    """A later layer's entry with the same id wins, ``off`` removes, new entries join."""
    school = from_data(
        [{"id": "rubric", "term": "grading grid", "plain": "A chart."}, {"id": "iep", "off": True}]
    )
    both = layered(SMALL, school)
    assert [one.term for one in find("rubric, IEP, grading grids, exit ticket", both)] == [
        "rubric",
        "exit-ticket",
    ]
    assert both.term("rubric").term == "grading grid"
    assert "iep" not in both and len(both.terms) == len(ENTRIES) - 1 == len(both)
    back = layered(both, from_data([one for one in ENTRIES if one["id"] == "iep"]))
    assert [one.term for one in find("IEP", back)] == ["iep"]


def test_a_glossary_says_what_is_missing() -> None:
    """An entry without id, term or plain is refused in a sentence; an unknown id is not found."""
    with pytest.raises(InputRefused, match="Entry 2"):
        from_data([ENTRIES[0], {"term": "x"}])
    with pytest.raises(InputRefused, match="“x” has no “plain”"):
        from_data([{"id": "x", "term": "x"}])
    with pytest.raises(NotFound):
        SMALL.term("nowhere")


def test_the_starter_glossary_is_read_as_the_entries_say() -> None:
    """The compiled file gives the same findings as its entries made into a glossary on the spot."""
    entries = json.loads((compiler.GLOSSARY / "en.json").read_text(encoding="utf-8"))["entries"]
    fresh = from_data(entries)
    text = " ".join(f"The student's {term.term} in school." for term in fresh.terms[::7])
    assert find(text, fresh) == find(text)
    assert find(text)
    assert [term.term_id for term in starter().terms] == [one["id"] for one in entries]


def test_compiling_is_deterministic_and_an_id_stands_once(tmp_path: Path) -> None:
    """The same files give the same bytes, in order of the ids; an id that comes twice is named, the first stays."""
    file = "tr: {es: {status: draft, by: us}}\nentries:\n- {id: %s, term: one, plain: A., tr: {es: {plain: B.}}}\n"
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "c.yaml"]
    for path, name in zip(paths, ("same", "before", "same"), strict=True):
        path.write_text(file % name, encoding="utf-8")
    entries, header, twice = compiler.read(paths)
    assert [one["id"] for one in entries] == ["before", "same"]
    assert len(twice) == 1 and "c.yaml" in twice[0] and "a.yaml" in twice[0]
    assert compiler.compiled(entries, header) == compiler.compiled(*compiler.read(paths)[:2])
    assert json.loads(compiler.compiled(entries, header))["ids"] == ["before", "same"]
    assert from_data({"tr": header, "entries": entries}).term("same").translations[0].by == "us"


def test_nothing_calls_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """With sockets blocked words are found as ever."""

    def blocked(*_: object, **__: object) -> None:
        raise AssertionError("the network was called")

    monkeypatch.setattr(socket, "socket", blocked)
    monkeypatch.setattr(socket, "getaddrinfo", blocked)
    starter.cache_clear()
    assert [one.term for one in find("My IEP")] == ["iep"]


def test_words_imports_the_finder_only_when_asked() -> None:
    """``import portfolio.words`` loads neither the finder nor the glossary."""
    code = "import sys, portfolio.words; print([m for m in sys.modules if 'finder' in m or 'glossary' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_findings_of_an_empty_text() -> None:
    """Nothing is found in nothing."""
    assert find("", SMALL) == [] == find(" \n", SMALL)
    assert find("IEP", SMALL) == [Finding(0, 3, "iep")]
