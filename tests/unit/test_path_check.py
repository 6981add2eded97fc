"""The path check: every kind of nudge over the real class templates, and whatever a book holds."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import (
    Beside,
    Book,
    Goal,
    Growing,
    Helper,
    Passage,
    SectionCell,
    Step,
    Strength,
    TeacherNote,
    Work,
)
from portfolio.model.people import AgeBand
from portfolio.model.plans import ProgressNote
from portfolio.moments.sample import sample_classes
from portfolio.rules.nudge import KINDS, LONGEST_SAID
from portfolio.rules.path_check import path_check
from portfolio.rules.progress import section_state
from portfolio.store.class_folder import book_of
from portfolio.testing import NOON, dots, small_media
from tests.nudged import (
    BANDS,
    BARE,
    CASES,
    DAY,
    GROWING,
    NOTHING,
    answers,
    book,
    count_tests,
    full,
    kinds,
    nudge,
    template,
    words,
)
from tests.samples import make_sample


def test_every_kind_has_its_two_books() -> None:
    """No kind is without a test."""
    assert set(CASES) == set(KINDS)


@pytest.mark.parametrize("kind", CASES)
def test_a_kind_is_said_of_the_book_that_has_it(kind: str) -> None:
    """It is said where it holds, about a page the class has, and not where it does not hold."""
    has, has_not = CASES[kind]
    assert kind in kinds(has, test_words=count_tests)
    assert kind not in kinds(has_not, test_words=count_tests)
    assert template("3-5").section(nudge(has, kind).section_id)


@pytest.mark.parametrize("band", BANDS)
def test_an_empty_book_and_a_whole_one_have_nothing_to_nudge(band: AgeBand) -> None:
    """An empty page is told elsewhere; a book with a plan for all it names needs no word."""
    assert path_check(book(band), test_words=count_tests) == ()
    assert path_check(full(band), test_words=count_tests) == ()


@pytest.mark.parametrize("band", BANDS)
def test_only_what_the_page_asks_for_is_missed(band: AgeBand) -> None:
    """Bare plans are nudged for exactly the parts that their page in this class template asks for."""
    bare = book(
        band,
        growing=(Growing(entry_id="growing-1", what=words("long texts")),),
        goals=(Goal(entry_id="goal-1", goal=words("read aloud")),),
    )
    growing = {"growing_without_step", "growing_without_help", "growing_without_look_again"}
    goals = {"goal_without_step", "goal_without_helper", "goal_without_look_again"}
    by_when = set() if band == "k-2" else {"goal_without_when"}
    assert set(kinds(bare)) == goals | by_when | (set() if band == "k-2" else growing)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("first_step", "growing_without_step"),
        ("help", "growing_without_help"),
        ("steps", "goal_without_step"),
        ("helpers", "goal_without_helper"),
        ("look_again", "goal_without_look_again"),
        ("look_again", "growing_without_look_again"),
        ("strength", "note_without_strength"),
    ],
)
def test_a_question_the_teacher_took_out_is_never_missed(field: str, kind: str) -> None:
    """Without the question in the class template there is no nudge about its answer."""
    has = CASES[kind][0]
    sections = tuple(
        s.but(prompts=tuple(p for p in s.prompts if p.field != field)) for s in has.template.sections
    )
    assert kind not in kinds(has.but(template=has.template.but(sections=sections)))


@pytest.mark.parametrize("kind", CASES)
def test_a_page_the_notebook_leaves_out_is_not_spoken_of(kind: str) -> None:
    """What stands on a page that this class does not use is no matter of the path."""
    has = CASES[kind][0]
    about = nudge(has, kind).section_id
    outline = tuple(c for c in has.outline if isinstance(c, SectionCell) and c.section != about)
    assert about not in {
        one.section_id for one in path_check(has.but(outline=outline), test_words=count_tests)
    }


@pytest.mark.parametrize("medium", small_media())
def test_what_is_said_or_drawn_counts_as_answered(medium: Any) -> None:
    """A step, a help and a proof given as a recording or a picture are there; so is a thing growing."""
    told = tuple(Beside(field=field, media=(medium,)) for field in ("first_step", "help"))
    shown = Beside(field="proof", pictures=(dots(0),))
    spoken = book(
        strengths=(BARE.but(besides=(shown,)),),
        growing=(GROWING.but(first_step=NOTHING, help=NOTHING, besides=told),),
    )
    assert kinds(spoken) == []
    only_said = Growing(entry_id="growing-1", besides=(Beside(field="what", media=(medium,)),))
    assert "growing_without_step" in kinds(book(growing=(only_said,)))


@pytest.mark.parametrize("word", ["done", "changed_my_mind"])
def test_a_goal_that_is_over_needs_no_plan(word: Any) -> None:
    """Reached, or given up with a reason: nobody is asked for steps any more; before that one is."""
    bare = Goal(entry_id="goal-1", goal=words("read aloud"))
    notes = (ProgressNote(on=DAY, word=word), ProgressNote(on=date(2026, 11, 1), word="just_starting"))
    assert kinds(book(goals=(bare.but(progress=notes),))) == []
    assert "goal_without_step" in kinds(book(goals=(bare.but(progress=notes[1:]),)))


def test_a_started_card_without_its_name_is_left_alone() -> None:
    """A subject without a goal, a help without a thing that is growing: that is a beginning, not a gap."""
    begun = book(
        goals=(Goal(entry_id="goal-1", area="own"),),
        growing=(Growing(entry_id="growing-1", help=words("listen")),),
    )
    assert kinds(begun) == []


def test_what_a_page_does_not_ask_names_nothing() -> None:
    """Picks kept from another template are seen nowhere on a page that asks for words, so nothing hangs on them."""
    picked = book(
        strengths=(Strength(entry_id="strength-1", picks=("reading",)),),
        growing=(Growing(entry_id="growing-1", picks=("reading",)),),
        goals=(Goal(entry_id="goal-1", picks=("reading",)),),
    )
    assert kinds(picked) == []


def test_days_are_a_grown_ups_matter_with_the_youngest() -> None:
    """In K–2 a goal without a day is told to the teacher alone, a goal without a step to both."""
    bare = book("k-2", goals=(Goal(entry_id="goal-1", picks=("reading",)),))
    assert {one.kind: one.for_whom for one in path_check(bare)} == {
        "goal_without_step": "both",
        "goal_without_helper": "both",
        "goal_without_look_again": "teacher",
    }


def test_the_words_of_a_card_are_told_by_their_beginning() -> None:
    """Short words stand whole, long ones are cut at a word, words without spaces anywhere; a drawing has none."""

    def said(text: str) -> dict[str, str]:
        drawn = Beside(field="goal", pictures=(dots(0),))
        goal = Goal(entry_id="goal-1", goal=words(text), besides=(drawn,))
        return dict(path_check(book(goals=(goal,)))[0].values)

    assert said("read\n aloud") == {"said": "read aloud"}
    assert said("word " * 40)["said"] == " ".join(["word"] * 11) + "…"
    assert len(said("字" * 200)["said"]) == LONGEST_SAID
    assert said(" ") == {}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    """Return the book of every sample child, by id."""
    return dict(_samples(tmp_path_factory.mktemp("samples")))


def _samples(root: Path) -> Iterator[tuple[str, Book]]:
    for name in sample_classes():
        folder = make_sample(name, root / name, at=NOON, randomness=secrets.token_bytes)
        store, known, outline = folder.store(), folder.template(), folder.outline()
        for student in store.students():
            yield student.student_id, book_of(store, known, outline, student.student_id)
        store.close()


@pytest.mark.more
def test_sample_children_hear_what_their_books_still_lack(samples: dict[str, Book]) -> None:
    """Whole books hear nothing; Mateo, who stopped half way, hears of what he began; Tariq of what shows his strength."""
    for student in ("amal", "elif", "jonah", "caio"):
        assert kinds(samples[student], test_words=count_tests) == [], student
    assert kinds(samples["mateo"]) == [*KINDS[:8], "no_feelings", "no_question"]
    assert kinds(samples["tariq"]) == ["strength_without_proof"]
    assert not any("tests_take_over" in kinds(one, test_words=count_tests) for one in samples.values())


TEXTS = st.sampled_from(["", " ", "a test", "maps. My score! 字。", "x" * 500, "{name}\n\n“so”"])
PASSAGES = st.builds(Passage, text=TEXTS, lang=st.sampled_from(["en", "ar"]))
PICKS = st.sampled_from([(), ("reading",), ("home", "me")])
DAYS = st.none() | st.just(DAY)
BESIDES = st.lists(
    st.builds(
        Beside,
        field=st.sampled_from(["what", "proof", "first_step", "goal", "strength"]),
        pictures=st.sampled_from([(), (dots(0),)]),
        media=st.sampled_from([(), *((one,) for one in small_media())]),
    ),
    max_size=2,
).map(tuple)
IDS = st.integers(1, 3)
STEPS = st.lists(st.builds(Step, what=PASSAGES, when=TEXTS), max_size=2).map(tuple)
HELPERS = st.lists(st.builds(Helper, who=TEXTS, what=PASSAGES), max_size=2).map(tuple)
NOTES = st.lists(
    st.builds(ProgressNote, on=st.just(DAY), word=st.sampled_from(["nearly", "done"])), max_size=2
).map(tuple)


def entries(kind: Any, **fields: Any) -> Any:
    """Return a strategy for up to three entries of a kind with these fields."""
    made = st.fixed_dictionaries(fields | {"besides": BESIDES})
    return st.lists(made, max_size=3).map(
        lambda all_: tuple(kind(entry_id=f"one-{n}", **one) for n, one in enumerate(all_))
    )


BOOKS = st.fixed_dictionaries(
    {
        "strengths": entries(
            Strength,
            what=PASSAGES,
            picks=PICKS,
            proof=PASSAGES,
            piece=st.sampled_from([None, "one-0", "gone"]),
        ),
        "work": entries(Work, title=PASSAGES, why=PASSAGES),
        "growing": entries(
            Growing, what=PASSAGES, picks=PICKS, first_step=PASSAGES, help=PASSAGES, look_again=DAYS
        ),
        "goals": entries(
            Goal, goal=PASSAGES, picks=PICKS, by_when=DAYS, steps=STEPS, helpers=HELPERS, progress=NOTES
        ),
        "teacher_page": entries(TeacherNote, teacher_id=st.just("t1"), strength=PASSAGES, next_step=PASSAGES),
    }
)


@given(
    st.sampled_from(BANDS),
    BOOKS,
    st.booleans(),
    st.lists(st.integers(0, 30), min_size=1, max_size=20),
)
def test_whatever_a_book_holds_there_is_one_nudge_of_a_kind(
    band: AgeBand, shelves: dict[str, Any], begun: bool, order: list[int]
) -> None:
    """Never an error, never a kind twice, always about a page of the notebook, to the child never an empty one."""
    known = template(band)
    made = book(band, **shelves, **(answers(known) if begun else {}))
    names = [s.section_id for s in known.sections] + ["unknown"]
    outline = tuple(SectionCell(section=names[n % len(names)]) for n in order)
    for one in (made, made.but(outline=outline)):
        found = path_check(one, test_words=count_tests)
        assert [n.kind for n in found] == [kind for kind in KINDS if kind in {n.kind for n in found}]
        shown = {s.section_id: s for s in one.sections()}
        for nudged in found:
            assert nudged.section_id in shown
            if nudged.for_whom != "teacher":
                assert section_state(one, shown[nudged.section_id]).state != "empty"
