"""A line in another writing than the words around it is said to be in its readers' language, where one is written so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.views.explained import SchoolWords
from portfolio.words.writing import written_in


@pytest.mark.parametrize(
    ("line", "lang", "readers", "found"),
    [
        ("妈妈, 爸爸,", "en", ("zh-Hans", "en"), "zh-Hans"),
        ("ماما، بابا!", "en", ("en", "ar"), "ar"),
        ("おばあちゃんへ", "en", ("zh", "ja"), "ja"),
        ("Бабусю! 🎉", "en", ("uk",), "uk"),
        ("妈妈, hello", "en", ("zh-Hans",), "en"),
        ("妈妈", "en", ("es", "en"), "en"),
        ("妈妈", "ja", ("zh",), "ja"),
        ("Dear Mama,", "en", ("zh-Hans",), "en"),
        ("Teta, Mama", "ar", ("ar", "en"), "ar"),
        ("2026 🎉 …", "en", ("zh",), "en"),
        ("", "en", ("zh",), "en"),
        ("ሰላም", "x-unheard-of", ("am",), "am"),
    ],
)
def test_a_line_says_its_language(line: str, lang: str, readers: tuple[str, ...], found: str) -> None:
    """A line all in another writing is in the first language of its readers written so; else it is as its passage says."""
    assert written_in(line, lang, readers) == found


@given(st.text(), st.text(max_size=8), st.lists(st.text(max_size=8), max_size=3))
def test_only_languages_somebody_named_are_said(line: str, lang: str, readers: list[str]) -> None:
    """Whatever is written and whatever tags are: the answer is the passage's language or one its readers read."""
    assert written_in(line, lang, readers) in (lang, *readers)


def test_a_page_asks_for_its_own_readers() -> None:
    """On a page, the readers are those of the page; a line in pieces counts as a whole."""
    school = SchoolWords(None, ("zh-Hans", "en"))
    first, second = school.lines("妈妈, 爸爸,\nRight now I am tired.")
    assert (school.tongue(first, "en"), school.tongue(second, "en")) == ("zh-Hans", "en")
    assert SchoolWords(None, ("es",)).tongue(first, "en") == "en"
