"""The public evaluation of the plain-words finder: its sentences stay frozen, and its counting counts.

No assertion here shows a sentence: figures only, so that whoever writes the glossary can run it.
"""
# long: the sentences, the reader, the counting, the peers and the report are one evaluation; 27 lines are data

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.plain_words import peers, run, tables, timings
from benchmarks.plain_words.labels import FOLDER, HELD_BACK, OPEN, LabelError, Sentence, Span, parse, read
from benchmarks.plain_words.ours import NotThere, Ours
from benchmarks.plain_words.score import Finder, bootstrap_f1, judge, judge_all, meets, tally, wilson
from portfolio.words.terms import Finding, Match, Term

SAMPLE_FORMS = """
    do now · do-now · DoNow · IEP · Individualized Education Program · Individualized Education Plan ·
    Individual Education Plan · growth mindset · growth mind-set · growth mind set · SEL · social and
    emotional learning · social-emotional learning · social emotional learning · formative assessment ·
    formative test · formative quiz · formatives · summative assessment · summative test · summative
    exam · summatives · rubric · scaffold · scaffolding · scaffolder · differentiated instruction ·
    differentiation · differentiated lesson · differentiated lessons · differentiated learning · MTSS ·
    Multi-Tiered System of Supports · Multi-Tiered Systems of Support · multi-tiered support · RTI ·
    Response to Intervention · tier 2 · tier 1 · tier 3 · tier one · tier two · tier three · tier I ·
    tier II · tier III · 504 plan · 504 · Section 504 · 504 meeting · 504 accommodations · accommodation
    · ELL · English Language Learner · English Learner · multilingual learner · EL student · EL students
    · ELs · MLL · MLLs · WIDA · ACCESS test · ACCESS for ELLs · PLC · Professional Learning Community ·
    PBIS · Positive Behavioral Interventions and Supports · Positive Behavior Interventions and Supports
    · executive function · executive functioning · executive-functioning · self-regulation ·
    self-regulate · self-regulates · self-regulated · self-regulating · self regulate · metacognition ·
    metacognitive · meta-cognition · metacognitively · benchmark · benchmark assessment · benchmark test
    · benchmarking · progress monitoring · progress-monitor · progress monitor · progress monitored ·
    exit ticket · exit slip · exit card · anchor chart · learning target · learning objective · learning
    objectives · learning intention · learning intentions · standards-based grading · standards-based
    grades · standards-based report card · standards-based report cards · SBG · Common Core · Common
    Core State Standards · CCSS · Lexile · Lexile level · Lexile score · Lexile measure · phonemic
    awareness · phonological awareness · decode · manipulatives · math manipulative · project-based
    learning · PBL · problem-based learning · intervention · interventionist · interventionists ·
    proficient · proficiency · proficiently · peer review · peer feedback · peer edit · peer edits ·
    peer editing · peer-edited · peer-reviewed · peer assessment · peer conference · LRE · Least
    Restrictive Environment · paraprofessional · para-professional · paraeducator · paraeducators ·
    instructional aide · instructional aides · think-pair-share · think pair share · turn and talk ·
    turn-and-talk · SMART goal
"""
"""Every form of the forty entries of the sample glossary, which the writers of the real one start from."""

RUBRIC = Term("rubric", "rubric", "word", "noun", "A chart that says how work is scored.")
IEP = Term("iep", "IEP", "acronym", "noun", "A plan.", expand=("Individual Plan",), match=Match(case="upper"))
EXIT = Term("exit", "exit ticket", "phrase", "noun", "A question.", match=Match(variants=("exit slip",)))


def normal(form: str) -> str:
    """Return a form without what only changes its looks: case, dashes, dots, unseen signs, a plural's s."""
    plain = re.sub(r"[\u00ad\u200b.]", "", form.lower())
    plain = re.sub(r"[\s\u2010\u2011\u2013-]+", " ", plain)
    return re.sub(r"(?:'s|’s|s)$", "", plain)


def open_sentences() -> list[Sentence]:
    """Return the sentences that may be looked at."""
    return [sentence for file in OPEN for sentence in read(file)]


# ------------------------------------------------------------------------------------------ the sentences


def test_sentences_and_guide_are_those_that_were_frozen() -> None:
    """Sentences, labels and the guide to them have not changed since the finder was begun."""
    frozen = json.loads((FOLDER.parent / "frozen.json").read_text("utf-8"))
    assert set(frozen) == {"guide.md", *(file.name for file in (*OPEN, HELD_BACK))}
    assert {file.name for file in FOLDER.iterdir()} == set(frozen) - {"guide.md"}
    for name, digest in frozen.items():
        file = FOLDER.parent / name if name == "guide.md" else FOLDER / name
        assert hashlib.sha256(file.read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("file", [*OPEN, HELD_BACK], ids=lambda file: file.stem)
def test_every_line_follows_the_guide(file: Path) -> None:
    """Each file can be read, no text comes twice, and no mark begins or ends with a space."""
    sentences = read(file)
    different = len({one.text for one in sentences})
    assert different == len(sentences) >= 120
    marks = [one.text[start:end] for one in sentences for start, end in (*one.marked, *one.optional)]
    assert sum(mark != mark.strip() for mark in marks) == 0


def test_there_are_enough_sentences_and_enough_of_them_are_clean() -> None:
    """At least 300 may be looked at, at least 40% of them hold no school word; the same share is held back."""
    shown, held = (
        tally(judge_all(open_sentences(), lambda _: [])),
        tally(judge_all(read(HELD_BACK), lambda _: [])),
    )
    assert shown.sentences >= 300
    assert shown.clean >= 0.4 * shown.sentences
    assert held.clean >= 0.4 * held.sentences


def test_sentences_were_not_written_from_the_sample() -> None:
    """At least sixty different school words are marked that are no form of the sample glossary."""
    sample = {normal(form.strip()) for form in SAMPLE_FORMS.split("·")}
    marked = {normal(one.text[start:end]) for one in open_sentences() for start, end in one.marked}
    new = len(marked - sample)
    assert new >= 60


def test_the_finder_meets_its_bars() -> None:
    """What the finder is sure of: precision at least .95, recall at least .92, at most 5% of clean texts flagged."""
    sums = tally(judge_all(open_sentences(), Ours().finder(maybe=False)))
    assert sums.precision is not None and sums.precision >= 0.95
    assert sums.recall is not None and sums.recall >= 0.92
    assert sums.clean_flagged is not None and sums.clean_flagged <= 0.05


# ------------------------------------------------------------------------------------------------ the reader


def test_marks_are_taken_out_and_remembered() -> None:
    """Braces vanish, and what stood in them is known by its place, optional marks apart."""
    read_one = parse("school | many | The {IEP} and the {?strategy} for {504 plans}.", "a.txt", 7)
    assert read_one.text == "The IEP and the strategy for 504 plans."
    assert [read_one.text[a:b] for a, b in read_one.marked] == ["IEP", "504 plans"]
    assert [read_one.text[a:b] for a, b in read_one.optional] == ["strategy"]
    assert (read_one.file, read_one.line, read_one.kind, read_one.trap) == ("a.txt", 7, "school", "many")


def test_escapes_are_undone() -> None:
    """Line breaks, unseen signs, braces, bars and backslashes are written with a backslash."""
    one = parse(r"school | hidden | {exit\nticket} \{a\} \| I\u00adEP \\n")
    assert one.text == "exit\nticket {a} | I\u00adEP \\n"
    assert one.marked == ((0, 11),)


@pytest.mark.parametrize(
    "line",
    [
        "school | plain",
        "clean | plain | A secret {IEP}.",
        "school | plain | A secret.",
        "school | plain | A secret {?strategy}.",
        "maybe | plain | A secret {IEP}.",
        "school | tricky | A secret {IEP}.",
        "school | plain | A secret {IEP.",
        "school | plain | A secret IEP}.",
        "school | plain | A {secret {IEP}}.",
        "school | plain | A {secret {IEP}.",
        "school | plain | A secret {}.",
        "school | plain | A secret | {IEP}.",
        r"school | plain | A secret\t{IEP}.",
        r"school | plain | A secret \u00a {IEP}.",
        "clean | plain | ",
    ],
)
def test_a_line_that_breaks_the_rules_is_refused_without_being_shown(line: str) -> None:
    """The error names the file and the line, and nothing of the text."""
    with pytest.raises(LabelError, match=r"^one\.txt, line 3: ") as refused:
        parse(line, "one.txt", 3)
    assert "secret" not in str(refused.value)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "{", "{?"]), st.text("aé {}|\\n\n\u00ad学", min_size=1)), min_size=1
    )
)
def test_what_is_written_comes_back(pieces: list[tuple[str, str]]) -> None:
    """Any text, escaped as the guide says, comes back with its marks in place."""
    signs = {
        "{": r"\{",
        "}": r"\}",
        "|": r"\|",
        "\\": r"\\",
        "\n": r"\n",
        " ": r"\u0020",
        "\u00ad": r"\u00ad",
    }
    told = [(opened, "".join(signs.get(sign, sign) for sign in text)) for opened, text in pieces]
    line = "".join(f"{opened}{text}}}" if opened else text for opened, text in told)
    kind = "school" if any(opened == "{" for opened, _ in pieces) else "clean"
    one = parse(f"{kind} | plain | {line}")
    assert one.text == "".join(text for _, text in pieces)
    assert [one.text[a:b] for a, b in one.marked] == [text for opened, text in pieces if opened == "{"]
    assert [one.text[a:b] for a, b in one.optional] == [text for opened, text in pieces if opened == "{?"]


# ---------------------------------------------------------------------------------------------- the counting


@pytest.mark.parametrize(
    ("finding", "mark", "met"),
    [
        ((4, 8), (4, 8), True),
        ((4, 16), (4, 8), True),  # the mark lies inside
        ((6, 8), (0, 20), True),  # the finding lies inside
        ((2, 6), (4, 8), True),  # half of both
        ((0, 12), (8, 20), False),  # a third of both
        ((0, 4), (4, 8), False),  # side by side
        ((4, 4), (4, 8), False),  # nothing
    ],
)
def test_a_finding_meets_a_mark_if_half_of_either_overlaps(finding: Span, mark: Span, met: bool) -> None:
    """Half of the mark's characters or half of the finding's must be shared; either way round."""
    assert meets(finding, mark) is met
    assert meets(mark, finding) is met


def test_each_finding_is_worth_what_it_meets() -> None:
    """Right, counted once, optional or wrong: each finding has one worth, each mark is met or missed."""
    one = parse("school | many | {exit ticket} then {?strategy} then {IEP} and so on")
    optional = one.optional[0]
    verdict = judge(one, [(0, 4), (5, 11), optional, (17, 21), (37, 43)])
    assert verdict.right == ((0, 4),)  # (5, 11) meets the same mark again and counts neither way
    assert verdict.wrong == ((37, 43),)
    assert verdict.missed == (one.marked[1],)
    assert verdict.exact == 0
    long = judge(one, [(0, len(one.text))])
    assert (long.met, long.right, long.wrong) == (one.marked, ((0, len(one.text)),), ())
    assert (tally([long]).met, tally([long]).right) == (2, 1)
    assert judge(one, [(37, 43), (0, 4), (37, 43)]).wrong == ((37, 43),)


def test_sums_and_shares() -> None:
    """Shares are of what they say; a clean sentence in which only an optional word is found is not flagged."""
    sentences = [
        parse("school | plain | {IEP} and {rubric}"),
        parse("clean | plain | nothing here"),
        parse("clean | plain | a {?strategy} here"),
    ]
    findings: dict[str, Sequence[Span]] = {
        "IEP and rubric": [(0, 3)],
        "nothing here": [(0, 7), (8, 12)],
        "a strategy here": [(2, 10)],
    }
    sums = tally(judge_all(sentences, findings.__getitem__))
    assert (sums.precision, sums.recall, sums.clean_flagged, sums.exactness) == (1 / 3, 0.5, 0.5, 0.5)
    assert sums.f1 == pytest.approx(0.4)


def test_a_share_of_nothing_is_no_figure() -> None:
    """Without findings there is no precision, without marks no recall and no F1; no bar is met by that."""
    sums = tally([judge(parse("school | plain | {IEP}"), [])])
    assert (sums.precision, sums.recall, sums.f1, sums.clean_flagged) == (None, 0, 0, None)
    assert tally([]).f1 is None
    assert not any(tables.bars_kept(sums).values())


def test_a_perfect_finder_meets_every_bar() -> None:
    """All marks and nothing else: precision and recall of 1, no clean sentence flagged, all bars met."""
    sentences = [parse("school | plain | {IEP} and {rubric}"), parse("clean | plain | no")]
    sums = tally([judge(one, one.marked) for one in sentences])
    assert (sums.precision, sums.recall, sums.clean_flagged, sums.exactness) == (1, 1, 0, 1)
    assert all(tables.bars_kept(sums).values())


def test_wilsons_interval_is_that_of_the_books() -> None:
    """Eight of ten lies between 49% and 94%; none of ten reaches up to 28%; of nothing, anything may be true."""
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)
    assert wilson(0, 0) == (0, 1)


def test_the_bootstrap_is_the_same_each_time_and_holds_the_value() -> None:
    """The same seed gives the same bounds, round F1; a perfect finder's are 1 and 1; without marks there are none."""
    line = parse("school | plain | {IEP} and {rubric}")
    some = [judge(line, [(0, 3)]), judge(line, [(0, 3), (8, 14)]), judge(line, [(4, 7)])] * 5
    bounds, value = bootstrap_f1(some), tally(some).f1
    assert bounds is not None and value is not None
    assert bounds == bootstrap_f1(some)
    assert bounds[0] < value < bounds[1]
    assert bootstrap_f1([judge(line, line.marked)] * 3) == (1, 1)
    assert bootstrap_f1([judge(parse("clean | plain | no"), [])]) is None


# ------------------------------------------------------------------------------------------------- the peers


def found(finder: Finder, text: str) -> list[str]:
    """Return the words a finder finds."""
    return [text[start:end] for start, end in finder(text)]


def test_peers_get_every_dictionary_form() -> None:
    """Terms, long forms and variants, each once, in order."""
    assert peers.forms_of([IEP, EXIT, IEP]) == ["IEP", "Individual Plan", "exit ticket", "exit slip"]


def test_the_plain_peer_takes_any_case_and_whole_words_only() -> None:
    """It knows neither plurals nor line breaks, and the longest form wins."""
    finder = peers.plain_re(["IEP", "exit", "exit ticket"])
    assert found(finder, "iep IEPs miniexit Exit Ticket, exit\nticket") == ["iep", "Exit Ticket", "exit"]


def test_the_careful_peer_knows_capitals_plurals_and_spaces() -> None:
    """Acronyms keep their case, -s is allowed, a hyphen or line break may stand for a space."""
    finder = peers.careful_re(["IEP", "exit ticket", "504"])
    assert found(finder, "iep IEPs Exit\nTickets exit-ticket 504s") == [
        "IEPs",
        "Exit\nTickets",
        "exit-ticket",
        "504s",
    ]


def test_the_stemming_peer_matches_stems_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words with the same stems match if only spaces and hyphens stand between them; the longest form wins."""
    fake = ModuleType("snowballstemmer")
    fake.stemmer = lambda _: SimpleNamespace(stemWord=lambda word: word.rstrip("s"))  # type: ignore[attr-defined] # the one function we call
    monkeypatch.setitem(sys.modules, "snowballstemmer", fake)
    finder = peers.stems(["exit", "exit ticket", "rubric"])
    assert found(finder, "Exits tickets, exit. Tickets rubrics") == ["Exits tickets", "exit", "rubrics"]


# ------------------------------------------------------------------------------------------------ the report


class FakeOurs(Ours):
    """A finder that finds "rubric", and may be "goal"."""

    def __init__(self) -> None:
        self._glossary = SimpleNamespace(terms=(RUBRIC, IEP))

    def findings(self, text: str) -> list[Finding]:
        return [
            Finding(hit.start(), hit.end(), hit[0], "sure" if hit[0] == "rubric" else "maybe")
            for hit in re.finditer("rubric|goal", text)
        ]


def test_a_peer_that_is_not_installed_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its row says how to install it, and the others are measured all the same."""
    for package in ("snowballstemmer", "spacy", "spacy_lookups_data"):
        monkeypatch.setitem(sys.modules, package, None)
    sentences = [parse("school | plain | A {rubric} for my {IEP}"), parse("clean | everyday | My goal")]
    result = run.measured(FakeOurs(), sentences, "two", timed=False)
    report = run.told(result)
    assert "not installed: `pip install snowballstemmer`" in report
    assert "| ours, what it is sure of | 1.000 (0.21–1.00) | 0.500 (0.09–0.91) |" in report
    assert "| ours, sure and maybe (teachers) | 0.500" in report
    assert "| plain | 1 | 2 | 1 | 1 | 2 | 2 |" in report
    assert "| everyday | 1 | 0 | 0 | −1 | 0 | 0 |" in report


def test_figures_as_data_hold_no_text() -> None:
    """What goes into a file for machines has figures by way and by trap, and no sentence."""
    sentences = [parse("school | plain | A {rubric} for my {IEP} in the barn")]
    data = run.as_data(run.measured(FakeOurs(), sentences, "one", timed=False))
    assert data["ways"]["sure"]["recall"][0] == 0.5
    assert data["ways"]["re"]["traps"]["plain"]["met"] == 2
    assert "barn" not in json.dumps(data)


def test_failing_sentences_are_told_in_full() -> None:
    """Where, what kind, the whole text on one line, what was missed and what was wrong; the rest stays unsaid."""
    bad = parse("school | break | My {exit\\nticket} is a go\\u00adal", "one.txt", 9)
    told = tables.failures([judge(bad, [(21, 26)]), judge(parse("clean | plain | fine"), [])])
    assert told.splitlines() == [
        r"- one.txt:9 (school, break): My exit\nticket is a go\u00adal",
        r"  - missed: “exit\nticket”",
        r"  - wrong: “o\u00adal”",
    ]


def test_the_end_says_whether_the_bars_are_met(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A missed bar ends with 1, no finder with 2 and a sentence; figures go where they are asked to go."""
    monkeypatch.setattr(run, "PEERS", ())
    monkeypatch.setattr(run, "Ours", FakeOurs)
    out = tmp_path / "figures.json"
    assert run.main(["--no-timings", "--json", str(out)]) == 1
    assert json.loads(out.read_text("utf-8"))["bars"]["recall"] is False
    assert "| recall ≥ 0.92 |" in capsys.readouterr().out

    def missing() -> Ours:
        raise NotThere("no finder")

    monkeypatch.setattr(run, "Ours", missing)
    assert run.main([]) == 2
    assert capsys.readouterr().out == "There is nothing to measure: no finder.\n"


def test_growth_is_time_per_character() -> None:
    """Twice the time for twice the text is 1; all fields have the length they claim."""
    assert timings.growth({0.5: 10, 1.0: 20, 2.0: 80}) == {0.5: 1, 1.0: 1, 2.0: 2}
    assert {len(text) for text in timings.fields()} == {timings.FIELD}
