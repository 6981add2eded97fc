"""Where a child is and what comes next: case by case, in order, in words that weigh on nobody."""

# long: all cases of the rule stand in one table, beside the tests that ask whether the table is whole

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import catalogs
from portfolio.model import (
    Agreement,
    Approval,
    Book,
    Comment,
    HomeWords,
    Household,
    Passage,
    SectionCell,
    Strength,
    TeacherNote,
    Work,
)
from portfolio.moments.nudges import TO_THE_TEACHER
from portfolio.moments.teacher.class_words import books_title, listed, number, sentence, short
from portfolio.rules.class_facts import (
    Facts,
    OpenWords,
    Promise,
    facts_of,
    facts_unreadable,
    facts_without_book,
    titles,
)
from portfolio.rules.next_action import (
    FOR_THE_TEACHER,
    KINDS,
    PLACES,
    NextAction,
    all_actions,
    next_action,
    place_of,
)
from portfolio.rules.nudge import Kind as NudgeKind
from portfolio.rules.nudge import Nudge
from portfolio.rules.today import OfToday, few_things
from portfolio.testing import small_book
from portfolio.words import speak
from tests.nudged import template

TODAY = date(2026, 11, 20)
SAY = speak("en")
AT_WORK = Facts(
    status="draft", begun=True, pages=10, pieces=2, wanted=2, strengths=3, note_asked=True, noted_by=("r",)
)
"""A book its child works on, in which nothing is left to say."""
LONGEST: Final = 46
"""Letters that fit one line of the list on a laptop."""


def nudge(kind: Any) -> Nudge:
    """Return a nudge of a kind."""
    return Nudge(kind=kind, section_id="goals")


def promise(days: int | None, said: str = "bring the list of books") -> Promise:
    """Return a promise for so many days from today."""
    return Promise(None if days is None else TODAY + timedelta(days=days), said)


CASES: Final[list[tuple[dict[str, Any], str, str, str]]] = [
    ({"begun": False}, "not_begun", "not_begun", "Has not begun the book yet"),
    ({"begun": False, "status": "practising"}, "practising", "not_begun", "Has not begun the book yet"),
    ({"pieces": 0}, "writing", "first_piece", "Could choose a first piece of work"),
    ({"pieces": 1}, "writing", "another_piece", "One piece of work, could choose another"),
    ({"pieces": 2, "wanted": 3}, "writing", "another_piece", "Two pieces of work, could choose another"),
    ({"wanted": 0, "pieces": 0}, "writing", "could_practise", "All is there: could practise now"),
    ({"pieces": 0, "open_pages": ("Welcome",) * 6}, "beginning", "first_piece", "Could choose a first piece of work"),
    ({"open_pages": ("Welcome",) * 6}, "beginning", "next_page", "Next page to begin: Welcome"),
    ({"open_pages": ("Welcome",) * 5}, "writing", "pages_left", "To begin: Welcome and four more"),
    ({"open_pages": ("Welcome", "Goals")}, "writing", "pages_left", "To begin: Welcome and one more"),
    ({"open_pages": ("Welcome",)}, "writing", "pages_left", "Last page to begin: Welcome"),
    (
        {"strengths": 2, "unshown": 1},
        "writing",
        "strength_unshown",
        "Two strengths; one needs a photo or a proof",
    ),
    (
        {"strengths": 3, "unshown": 2},
        "writing",
        "strength_unshown",
        "Three strengths; two need a photo or a proof",
    ),
    (
        {"strengths": 3, "unshown": 3},
        "writing",
        "strength_unshown",
        "Three strengths; each needs a photo or proof",
    ),
    (
        {"strengths": 1, "unshown": 1},
        "writing",
        "strength_unshown",
        "One strength; it needs a photo or a proof",
    ),
    (
        {"strengths": 1, "unshown": 1, "pictured": False},
        "writing",
        "strength_unshown",
        "One strength; it needs a proof",
    ),
    ({"words": OpenWords(("rubric",))}, "writing", "words", "One school word to look at together"),
    ({"words": OpenWords(("a", "b"), ("c",))}, "writing", "words", "Two school words to look at together"),
    ({"words": OpenWords((), ("c",))}, "writing", "words_in_note", "One school word in your note"),
    ({"nudges": (nudge("goal_without_step"),)}, "writing", "way_forward", "The goal has no step yet"),
    ({"nudges": (nudge("no_question"),)}, "writing", "whole_book", "No question for the family yet"),
    ({"noted_by": ()}, "writing", "note_left", "Your plain note is the last page to write"),
    ({"noted_by": (), "note_asked": False}, "writing", "could_practise", "All is there: could practise now"),
    ({"interpreter": True}, "writing", "interpreter", "An interpreter to tell about the meeting"),
    ({"unread": True}, "writing", "not_read", "Has not read your words in the book yet"),
    ({"talks": ("home-1",)}, "writing", "talk_alone", "A family would like to talk with you alone"),
    (
        {"given_back": True, "unread": True},
        "writing",
        "not_read_back",
        "Has not read yet what you gave back",
    ),
    ({"given_back": True}, "writing", "given_back", "At work on what you gave back"),
    ({"status": "practising"}, "practising", "practises", "Practises: nothing needed"),
    ({"status": "ready"}, "ready", "says_ready", "Says the book is ready: look at it"),
    ({"status": "ready", "looked_at": True}, "ready", "nothing", "Nothing needed"),
    (
        {"status": "ready", "looked_at": True, "changed_since": True},
        "ready",
        "says_ready",
        "Says the book is ready: look at it",
    ),
    ({"status": "checked", "looked_at": True}, "looked_at", "nothing", "Nothing needed"),
    (
        {"status": "checked", "looked_at": True, "changed_since": True},
        "looked_at",
        "changed_since",
        "Has changed since it was looked at",
    ),
    ({"status": "presented"}, "presented", "may_go_home", "The meeting is over: the book may go home"),
    ({"status": "home"}, "home", "nothing", "Nothing needed"),
    (
        {"status": "home", "promises": (promise(0),)},
        "home",
        "promise_due",
        "Your promise is due: “bring the list of…”",
    ),
    ({"status": "home", "promises": (promise(1), promise(None))}, "home", "nothing", "Nothing needed"),
    (
        {"status": "home", "promises": (promise(-3), promise(-1))},
        "home",
        "promise_due",
        "Two promises of yours are due",
    ),
    ({"calls": ("home-1",)}, "writing", "call_home", "A family asks you to call first"),
    ({"calls": ("home-1", "home-2")}, "writing", "call_home", "Two homes ask you to call first"),
    ({"damaged": 1}, "writing", "part_unreadable", "A part cannot be opened: see what helps"),
    (
        {"readable": False, "begun": False},
        "not_begun",
        "unreadable",
        "The book cannot be opened: see what helps",
    ),
    ({"status": "checked", "words": OpenWords(("a",))}, "looked_at", "words", "One school word to look at together"),
    ({"status": "home", "words": OpenWords(("a",)), "interpreter": False}, "home", "nothing", "Nothing needed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "place", "kind", "words"), CASES, ids=[f"{c[2]}-{n}" for n, c in enumerate(CASES)]
)
def test_each_case_has_its_place_its_next_thing_and_its_words(
    known: dict[str, Any], place: str, kind: str, words: str
) -> None:
    """What is known of a book gives one place, one next thing, and one sentence."""
    facts = replace(AT_WORK, **known)
    action = next_action(facts, TODAY)
    assert (place_of(facts), action.kind, sentence(action, SAY)) == (place, kind, words)


def test_every_next_thing_there_is_has_a_case() -> None:
    """No kind of next thing and no place is left without a case above."""
    assert {kind for _, _, kind, _ in CASES} == set(KINDS)
    assert {place for _, place, _, _ in CASES} == set(PLACES)
    assert set(KINDS) >= FOR_THE_TEACHER


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "status": st.sampled_from(["draft", "practising", "ready", "checked", "presented", "home"]),
            "begun": st.booleans(),
            "open_pages": st.lists(st.text(max_size=80), max_size=10).map(tuple),
            "pieces": st.integers(0, 3),
            "unshown": st.integers(0, 3),
            "pictured": st.booleans(),
            "nudges": st.lists(st.sampled_from(["goal_without_step", "no_question"]).map(nudge), max_size=2),
            "noted_by": st.sampled_from([(), ("rivera",)]),
            "promises": st.lists(st.integers(-40, 40).map(promise), max_size=3).map(tuple),
            "calls": st.sampled_from([(), ("home-1",), ("home-1", "home-2")]),
            "talks": st.sampled_from([(), ("home-1",)]),
            "given_back": st.booleans(),
            "unread": st.booleans(),
            "interpreter": st.booleans(),
            "looked_at": st.booleans(),
            "changed_since": st.booleans(),
            "words": st.sampled_from([OpenWords(), OpenWords(("a",)), OpenWords(("a",), ("b",))]),
            "damaged": st.integers(0, 2),
        },
    )
)
def test_the_next_thing_is_the_most_important_one(known: dict[str, Any]) -> None:
    """Whatever is known, all that could be done stands in the order of importance, each once, and ends."""
    facts = replace(AT_WORK, **known)
    found = [action.kind for action in all_actions(facts, TODAY)]
    assert found == sorted(set(found), key=KINDS.index)
    assert found[-1] == "nothing"
    assert all(sentence(action, SAY) for action in all_actions(facts, TODAY))


# ------------------------------------------------------------------------------------------- from a real book


def book(**shelves: Any) -> Book:
    """Return a book of grades 3 to 5 with these entries and nothing else."""
    whole, asked = small_book(), template("3-5")
    meta = whole.portfolio.meta.but(status=shelves.pop("status", "draft"), **shelves.pop("meta", {}))
    empty = {name: () for name in type(whole.portfolio).model_fields if name != "meta"}
    outline = tuple(SectionCell(section=s.section_id) for s in asked.sections)
    return whole.but(
        template=asked,
        outline=outline,
        portfolio=type(whole.portfolio).model_validate({**empty, **shelves, "meta": meta}),
        earlier=(),
    )


def said(text: str) -> Passage:
    """Return words somebody wrote."""
    return Passage(text=text)


def test_an_empty_book_is_not_begun() -> None:
    """A book with empty records, or only words of others, was not begun by its child."""
    note = TeacherNote(entry_id="n", teacher_id="rivera", strength=said("Asks well"))
    facts = facts_of(book(work=(Work(entry_id="work-1"),), teacher_page=(note,)))
    assert (facts.begun, facts.pieces, facts.noted_by) == (False, 0, ("rivera",))


def test_pieces_and_strengths_are_told_by_what_they_say() -> None:
    """Empty cards do not count; a strength with a proof is shown, one without is not."""
    facts = facts_of(
        book(
            work=(Work(entry_id="work-1", title=said("My map")), Work(entry_id="work-2")),
            strengths=(
                Strength(entry_id="strength-1", what=said("maps"), proof=said("my map")),
                Strength(entry_id="strength-2", what=said("counting")),
                Strength(entry_id="strength-3"),
            ),
        )
    )
    assert (facts.pieces, facts.wanted, facts.strengths, facts.unshown) == (1, 2, 2, 1)
    assert "My goals" in facts.open_pages
    assert "My strengths" not in facts.open_pages
    assert "Friends and feelings" not in facts.open_pages  # a page one may leave out


def test_what_others_put_into_a_book_is_known() -> None:
    """Promises of the teacher that are not kept yet, what homes ask for, a book given back, who helped last."""
    on = date(2026, 11, 3)
    facts = facts_of(
        book(
            agreements=(
                Agreement(entry_id="a1", who="teacher", what=said("Bring a list"), by_when=on),
                Agreement(entry_id="a2", who="teacher", what=said("Call"), by_when=on, how_far="done"),
                Agreement(entry_id="a3", who="family", what=said("Read"), by_when=on),
                Agreement(entry_id="a4", who="teacher", by_when=on),
            ),
            comments=(
                Comment(entry_id="c1", teacher_id="r", words=said("Good.\n\nTry."), on=on, sends_back=True),
            ),
            home_words=(
                HomeWords(entry_id="h1", household_id="home-1", call_before=True, private_talk=True),
            ),
        )
    )
    assert facts.promises == (Promise(on, "Bring a list"),)
    assert (facts.calls, facts.talks) == (("home-1",), ("home-1",))
    assert (facts.given_back, facts.unread, facts.helped_on) == (True, True, on)


def test_a_read_comment_and_a_shown_book_ask_for_nothing() -> None:
    """What a child has read is not unread; a book that was shown was not given back any more."""
    seen = Comment(entry_id="c1", teacher_id="r", words=said("Good."), sends_back=True, seen=True)
    facts = facts_of(book(comments=(seen,), status="presented"))
    assert (facts.unread, facts.given_back) == (False, False)


def test_an_interpreter_is_told_once() -> None:
    """A home that wishes for an interpreter is told of until the teacher ticks that one knows."""
    home = Household(household_id="home-1", label="Home", interpreter=True)
    plain = book()
    student = plain.student.but(households=(home,))
    assert facts_of(plain.but(student=student)).interpreter
    assert facts_without_book(student).interpreter
    assert not facts_of(book(meta={"prepared": ("interpreter",)}).but(student=student)).interpreter
    assert not facts_of(book(status="home").but(student=student)).interpreter


def test_a_book_that_cannot_be_read_is_no_book_that_was_not_begun() -> None:
    """What is damaged says so, and says where one sees what helps."""
    action = next_action(facts_unreadable(small_book().student), TODAY)
    assert (action.kind, action.where) == ("unreadable", "damaged")


def test_a_page_is_called_as_the_notebook_heads_it() -> None:
    """The teacher's heading wins over the template's title."""
    headed = book()
    cells = (SectionCell(section="goals", heading="Where I go"), *headed.outline)
    assert titles(headed.but(outline=cells))["goals"] == "Where I go"


def test_an_approval_is_known() -> None:
    """A book a teacher has looked at says so, and on which day."""
    facts = facts_of(book(meta={"approved": Approval(teacher_id="r", on=TODAY, revision=3)}))
    assert (facts.looked_at, facts.helped_on) == (True, TODAY)


# ---------------------------------------------------------------------------------------------- for today


def child(student_id: str, **known: Any) -> OfToday:
    """Return a child as the things of today look at it."""
    facts = replace(AT_WORK, **known)
    return OfToday(student_id, facts, next_action(facts, TODAY))


def test_who_waits_comes_first_and_who_had_no_help_for_longest_before_the_others() -> None:
    """Children who say they are ready are the first thing; among them whoever nobody has written to for longest."""
    things = few_things(
        [
            child("amal", status="ready", helped_on=TODAY),
            child("linh", status="ready"),
            child("noa", interpreter=True),
            child("omar", promises=(promise(-2),), status="home"),
            child("rosa", calls=("home-1",)),
        ],
        TODAY,
    )
    assert [(one.kind, one.who) for one in things] == [
        ("ready", ("linh", "amal")),
        ("promises", ("omar",)),
        ("calls", ("rosa",)),
    ]
    assert things[1].day == TODAY - timedelta(days=2)


def test_if_nothing_presses_the_child_without_help_for_longest_is_named() -> None:
    """The one no teacher has written to for longest; of those who never had a word, another one each day."""
    three = [child("amal", helped_on=TODAY), child("linh"), child("noa")]
    named = [few_things(three, TODAY + timedelta(days=n))[0].who for n in range(2)]
    assert sorted(named) == [("linh",), ("noa",)]
    later = [child("amal", helped_on=TODAY), child("linh", helped_on=TODAY - timedelta(days=9))]
    assert few_things(later, TODAY)[0].who == ("linh",)


def test_a_quiet_day_has_nothing_small() -> None:
    """When every book has gone home there is nothing for today."""
    assert few_things([child("amal", status="home")], TODAY) == ()
    assert few_things([], TODAY) == ()


# ---------------------------------------------------------------------------------------------- the words

WEIGHS: Final = re.compile(
    r"\b(behind|missing|miss(es|ed)?|late|overdue|incomplete|unfinished|fail\w*|poor\w*|weak\w*|bad|worst|best|"
    r"better than|worse|lack\w*|slow\w*|struggl\w*|problem\w*|should|must|score[sd]?|rank\w*|grade[sd]?|rate[sd]?|"
    r"percent\w*|complete\w*|done|out of|average|low\w*|deficit\w*|well done|great|awesome|super|only)\b|%|\d/\d",
    re.IGNORECASE,
)
"""Words that shame, rank, measure, press or cheer. None of them stands in a sentence about a child."""


def test_no_sentence_of_the_class_weighs_on_anybody() -> None:
    """No sentence of the class screen ranks, measures, shames, presses or cheers; nothing is counted out of."""
    ours = (
        "portfolio/moments/teacher/class_",
        "portfolio/views/teacher/class_page",
        "templates/pages/teacher/class.",
    )
    told = {
        text
        for message in catalogs.gather()
        if any(place.startswith(ours) for place, _ in message.locations)
        for text in (message.id if isinstance(message.id, tuple | list) else (message.id,))
    }
    told |= {
        text for kind, text in TO_THE_TEACHER.items() if kind != "tests_take_over"
    }  # that one is about scores
    assert len(told) > 80
    assert {text: WEIGHS.search(text) for text in told if WEIGHS.search(text)} == {}
    assert {words: None for *_, words in CASES if WEIGHS.search(words)} == {}


def test_a_word_that_weighs_would_be_found() -> None:
    """The test above bites."""
    for text in ("Is behind", "2/3 pages", "80 %", "Missing: goals", "Must write", "Work is incomplete"):
        assert WEIGHS.search(text)


def test_every_sentence_fits_its_line() -> None:
    """Nothing said beside a name is longer than the line has room for, whatever a child or teacher wrote."""
    long = "Something with a very long title that nobody could ever shorten well"
    many = [
        replace(AT_WORK, **known) for known in (
            {"open_pages": (long,) * 5}, {"open_pages": (long,)}, {"open_pages": (long,) * 9},
            {"promises": (promise(0, long),)}, {"promises": (promise(0, "word" * 30),)},
            {"unshown": 2, "strengths": 12}, {"pieces": 12, "wanted": 13}, {"words": OpenWords(tuple("abcdefghijkl"))},
        )
    ]  # fmt: skip
    sentences = [words for *_, words in CASES] + [sentence(next_action(f, TODAY), SAY) for f in many]
    nudged = [
        sentence(NextAction("whole_book", nudge=kind), SAY) for kind in NudgeKind.__args__  # type: ignore[attr-defined]  # typing knows the members of a Literal, mypy does not
    ]  # fmt: skip
    assert {one: len(one) for one in sentences + nudged if len(one) > LONGEST} == {}


def test_small_numbers_are_words() -> None:
    """Two to twelve are told in words, more in digits."""
    assert [number(n, SAY) for n in (2, 12, 13, 200)] == ["two", "twelve", "13", "200"]


def test_names_stand_in_a_row() -> None:
    """One, two, three names are told; of more the last ones are a number."""
    names = ["Amal", "Linh", "Noa", "Omar", "Rosa"]
    assert [listed(names[:n], SAY) for n in (0, 1, 2, 3, 5)] == [
        "",
        "Amal",
        "Amal and Linh",
        "Amal, Linh and Noa",
        "Amal, Linh and three more",
    ]


def test_texts_are_cut_at_a_word() -> None:
    """A text that is too long ends at a word, one long word anywhere, and nothing is longer than asked."""
    assert short("bring the list of books", 16) == "bring the list…"
    assert short("x" * 90, 10) == "x" * 9 + "…"
    assert short("  short\n text ", 16) == "short text"


def test_the_heading_says_how_far_off_the_meetings_are() -> None:
    """Days to go, while they last, and nothing once they were or while nobody knows."""
    on, until = date(2026, 11, 25), date(2026, 11, 27)
    days = (TODAY, date(2026, 11, 24), on, until, date(2026, 11, 28))
    assert [books_title(35, on, until, day, SAY) for day in days] == [
        "35 books, five days to go",
        "35 books, one day to go",
        "35 books: the meetings are on",
        "35 books: the meetings are on",
        "35 books",
    ]
    assert books_title(1, None, None, TODAY, SAY) == "1 book"
