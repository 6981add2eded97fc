from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.words import find, swapped
from portfolio.words.finder.forms import forms_of, keys_of
from portfolio.words.finder.masks import masked
from portfolio.words.finder.normal import normal
from tests.plain_words import ENTRIES, small_glossary

SMALL = small_glossary()
FORMS = {term.term_id: set(forms_of(term)) for term in SMALL.terms}

words = st.sampled_from(
    [
        *(str(one["term"]) for one in ENTRIES),
        *"IEPs I.E.P. Rubrics rubric's interventions reading the a an army 504s DoNow exit ticket growth mindset i".split(),
        "Individualized Education Program",
        "which means",
    ]
)
signs = st.sampled_from(
    [
        " ",
        " ",
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "-",
        "‑",
        "—",
        ", ",
        ". ",
        "\u00ad",
        "\u200b",
        "\u00a0",
        "\u202e",
        "\ufeff",
    ]
    + [
        "(",
        ")",
        "“",
        "”",
        "我的",
        "🎉",
        "\ud800",
        "\x00",
        "e\u0301",
        "\u0301",
        "ﬁ",
        "ＩＥＰ",
        "`",
        "$",
        "<",
        ">",
        "@",
        "/",
        "\u2029",
    ]
)
mixed = st.lists(st.one_of(words, signs, st.text(max_size=3)), max_size=14).map("".join)
anything = st.one_of(mixed, st.text(st.characters(), max_size=60))


@given(anything)
def test_findings_lie_in_order_inside_the_text_and_never_over_one_another(text: str) -> None:
    """For any string findings are sorted, not empty, apart, and inside it."""
    end = 0
    for one in find(text, SMALL):
        assert end <= one.start < one.end <= len(text)
        end = one.end


@given(mixed)
def test_the_place_of_a_finding_holds_a_form_of_its_term(text: str) -> None:
    """What stands at a finding's place in the original text, made plain, is a form of its term, or two slips from one."""
    for one in find(text, SMALL):
        found = " ".join(keys_of(text[one.start : one.end]))
        assert found in FORMS[one.term] or min(slips(found, form) for form in FORMS[one.term]) <= 2


def slips(one: str, other: str) -> int:
    """Return how many letters must be put in, left out or changed to make one text the other."""
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        before, row[0] = row[0], n
        for at, wanted in enumerate(other, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (letter != wanted))
    return row[-1]


@given(st.text(st.characters(), max_size=80))
def test_a_plain_text_knows_the_way_back(text: str) -> None:
    """Every sign of the plain text comes from a range of the original; ranges never run backwards."""
    plain = normal(text)
    ranges = [plain.original(place, place + 1) for place in range(len(plain.text))]
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert ranges == sorted(ranges)
    assert len(masked(plain.text)) == len(plain.text)


@given(mixed, mixed)
def test_invisible_signs_change_nothing(first: str, second: str) -> None:
    """Soft hyphens between all letters of a word: it is found as before, with the signs inside it."""
    text = f"{first} The rubric helps. {second}"
    sown = f"{first} The r\u00adu\u200bb\u00adr\u00adi\u00adc helps. {second}"
    assert [one.term for one in find(text, SMALL)] == [one.term for one in find(sown, SMALL)]


@given(mixed)
def test_a_swap_leaves_the_rest_of_the_text_alone(text: str) -> None:
    """Before and behind the changed range the text is what it was, and the range covers the finding."""
    for one in find(text, SMALL):
        made = swapped(text, one, SMALL)
        if made:
            assert made.start <= one.start < one.end <= made.end
            assert made.text == text[: made.start] + made.words + text[made.end :]


@given(mixed)
def test_where_a_word_was_swapped_none_is_found(text: str) -> None:
    """The plain words hold no school word themselves."""
    for one in find(text, SMALL):
        made = swapped(text, one, SMALL)
        if made:
            end = made.start + len(made.words)
            assert not [new for new in find(made.text, SMALL) if made.start <= new.start and new.end <= end]


def _calls(text: str) -> int:
    """Return how many functions are called while a text is read."""
    find(text, SMALL)  # whatever is read once is read now
    calls = 0

    def count(_frame: object, _event: str, _arg: object) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find(text, SMALL)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize(
    "piece",
    [
        "We use tier 2 and an intervention with my IEP in class. ",
        "tier intervention exit growth formative ",
        "individualized education ",
        "do now ",
        "a-b.c@d ",
        "\n1. rubric, ",
        "\u00adé\u0301 ",
    ],
)
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    """The number of steps grows with the length of a text and no faster, also without an end of a sentence."""
    once, twice = _calls(piece * 200), _calls(piece * 400)
    assert twice < 2.2 * once


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        "$a",
        "`a ",
        "](",
        "a@",
        "@",
        "a_",
        "/a",
        "\\a",
        "a.",
        "a'",
        ">",
        "\n ",
        "[",
        "{{",
        "www.",
        "1,",
        "\u0301",
    ],
)
def test_no_pattern_runs_wild(piece: str) -> None:
    """40,000 times the beginning of something that never ends is read through, and nothing is found in it."""
    assert not find(piece * 40_000, SMALL)
