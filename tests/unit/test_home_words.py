"""What homes say before the meeting: what they ask for, whose page it is, two hands on it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import TextRefused
from portfolio.model import HomeWords, Passage, Translation
from portfolio.model.record import LONGEST_TEXT
from portfolio.rules.home_words import ASKED, TICKS, HomeAsks, asks_of_homes, laid_over, typed, typed_id
from portfolio.testing import small_portfolio

PAGE = HomeWords(entry_id="typed.mama", household_id="mama", lang="es")


def test_what_homes_ask_for_is_told_home_by_home() -> None:
    """A talk alone and a call first are told for each home once; who asks for nothing is not there."""
    book = small_portfolio(
        home_words=(
            PAGE.but(private_talk=True),
            PAGE.but(entry_id="b", call_before=True),
            PAGE.but(entry_id="c", household_id="papa", loves=Passage(text="all of it")),
        )
    )
    assert asks_of_homes(book) == (HomeAsks("mama", private_talk=True, call_before=True),)


def test_a_call_is_asked_for_until_it_was_made_and_nothing_after_the_meeting() -> None:
    """With the tick “called” only the talk alone is left; after the meeting nothing is."""
    book = small_portfolio(home_words=(PAGE.but(private_talk=True, call_before=True),))
    called = book.but(meta=book.meta.but(prepared=("called",)))
    assert asks_of_homes(called) == (HomeAsks("mama", private_talk=True, call_before=False),)
    only_call = book.but(home_words=(PAGE.but(call_before=True),), meta=called.meta)
    assert asks_of_homes(only_call) == ()
    for status in ("presented", "home"):
        assert asks_of_homes(book.but(meta=book.meta.but(status=status))) == ()


@given(st.from_regex(r"[a-z0-9][a-z0-9_.-]{0,63}", fullmatch=True))
def test_the_typed_page_of_any_home_has_an_id(household: str) -> None:
    """Whatever id a home has, its page has one that can be kept."""
    assert HomeWords(entry_id=typed_id(household), household_id=household).entry_id == typed_id(household)


@given(st.lists(st.from_regex(r"a{40,60}[ab]{0,4}", fullmatch=True), min_size=2, max_size=5, unique=True))
def test_no_two_homes_share_a_typed_page(homes: list[str]) -> None:
    """Two homes never have the same id for their page, also where it must be cut."""
    assert len({typed_id(home) for home in homes}) == len(homes)


def test_a_form_fills_what_it_tells_and_nothing_else() -> None:
    """Fields that are not told stay; words get the language of the page; a translation stays with unchanged words."""
    seen = Passage(text="Su risa", lang="es", translations=(Translation(lang="en", text="her laugh"),))
    before = PAGE.but(loves=seen, hopes=Passage(text="amigos", lang="es"))
    after = typed(
        before,
        {"enjoys": " mapas\r\n", "loves": "Su risa", "on": "2026-11-19", "who": "Abuela"},
        {"call_before": True},
    )
    assert after.loves == seen
    assert after.hopes.text == "amigos"
    assert after.enjoys == Passage(text="mapas", lang="es")
    assert (after.on, after.who, after.call_before, after.share_with_child) == (
        date(2026, 11, 19),
        "Abuela",
        True,
        True,
    )
    assert typed(after, {"lang": "en"}, {}).enjoys.lang == "en"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"loves": "x" * (LONGEST_TEXT + 1)}, "loves"), ({"who": "x" * 2_001}, "who"), ({"on": "tomorrow"}, "on"),
        ({"lang": "no tag!"}, "lang"), ({"lang": ""}, "lang"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_names_its_field(told: dict[str, str], field: str) -> None:
    """A text that is too long, a day or a language that is none: a sentence that points to the field."""
    with pytest.raises(TextRefused) as caught:
        typed(PAGE, told, {})
    assert caught.value.values["field"] == field


words = st.sampled_from(["", "a", "b"])
pages = st.builds(
    lambda texts, ticks, who: PAGE.but(
        who=who,
        **{name: Passage(text=text, lang="es") for name, text in zip(ASKED, texts, strict=True)},
        **dict(zip(TICKS, ticks, strict=True)),
    ),
    st.tuples(*[words] * len(ASKED)),
    st.tuples(*[st.booleans()] * len(TICKS)),
    words,
)


@given(pages, pages, pages)
def test_two_hands_on_one_page_lose_nothing(base: HomeWords, mine: HomeWords, theirs: HomeWords) -> None:
    """What one hand changed is there, what the other changed is there; where both changed the same, it is told."""
    laid, clash = laid_over(base, mine, theirs)
    for name in ("who", *ASKED, *TICKS):
        was, own, other, now = (getattr(page, name) for page in (base, mine, theirs, laid))
        if name in clash:
            assert len({str(own), str(other), str(was)}) == 3
            assert now == other
        elif own != was:
            assert now == own
        else:
            assert now == other


@given(pages, pages)
def test_without_a_base_nothing_written_is_overwritten(mine: HomeWords, theirs: HomeWords) -> None:
    """A form that knows no version fills only what is still empty."""
    laid, clash = laid_over(None, mine, theirs)
    for name in ASKED:
        own, other, now = (getattr(page, name) for page in (mine, theirs, laid))
        assert now == (own if not other.text else other)
        assert (name in clash) == (bool(own.text) and bool(other.text) and own != other)
