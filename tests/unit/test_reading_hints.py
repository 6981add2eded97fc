"""Hints for writers: long sentences with a place to cut, hard words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.words import Hint, hints
from portfolio.words.reading.sentences import Sentence

ZOO = "Last weekend I went to the zoo with my cousin and my aunt and we saw a giraffe that was very tall."


def only(text: str, lang: str = "en", band: str = "3-5") -> Hint:
    """Return the one hint there is."""
    (found,) = hints(text, lang=lang, band=band)
    return found


@pytest.mark.parametrize(("band", "most"), [("K-2", 15), ("k-2", 15), ("3-5", 15), ("6-8", 20), ("9-12", 20)])
def test_what_is_long_depends_on_the_age(band: str, most: int) -> None:
    """Fifteen words are fine for the young and twenty for older writers; one more is long."""
    assert hints("dog " * most, band=band) == ()
    assert only("dog " * (most + 1), band=band) == Hint(0, 4 * most + 3, "long", None, most + 1)


@pytest.mark.parametrize(
    ("lang", "text", "rest"),
    [
        ("en-US", ZOO, "and we saw"),
        (
            "en",
            "When we came home my mom made hot soup, and then we sat down and saw a movie.",
            "and then we sat",
        ),
        (
            "es",
            "El sábado fui al parque con mi primo y mi tía, y después comimos pan porque había hambre.",
            "y después",
        ),
        (
            "fr",
            "Samedi nous avons mangé chez ma tante avec mes cousins, puis nous avons joué dans le grand jardin.",
            "puis",
        ),
    ],
)
def test_a_long_sentence_is_cut_where_a_new_one_could_begin(lang: str, text: str, rest: str) -> None:
    """The place is before a joining word or after a comma near the middle, not inside a pair of things."""
    found = only(text, lang)
    assert (found.kind, text[found.start : found.end]) == ("long", text)
    assert found.at is not None and text[found.at :].startswith(rest)


def test_without_a_good_place_none_is_named() -> None:
    """A long sentence with no joining word and no comma near its middle has no place."""
    assert only("My big old red dog ran down the long wet road to the far green hill today").at is None


def test_a_hard_word_is_named_once_where_it_stands_first() -> None:
    """An unfamiliar word of three syllables is named for the young; older writers may use it."""
    text = "It is photogenic. Very photogenic! My banana is yellow."
    found = only(text)
    assert (found.kind, found.word, found.words, found.at) == ("hard_word", "photogenic", 3, None)
    assert text[found.start : found.end] == "photogenic"
    assert only("It is an inquiry.").word == "inquiry" and hints("It is an inquiry.", band="6-8") == ()


@pytest.mark.parametrize(
    "text", ["I met Oluwaseun.", "My IEPABC is new.", "I remembered everything.", "", " \n", "!?"]
)
def test_names_capitals_and_familiar_words_are_left_alone(text: str) -> None:
    """No hint for a name, letters in capitals, a familiar long word or nothing."""
    assert hints(text) == ()


def test_hard_words_are_named_in_english_only() -> None:
    """There is no familiar list in other languages."""
    assert hints("Es fotogénico y responsabilizador.", lang="es") == ()


@pytest.mark.parametrize("many", [5, 500])
def test_the_words_of_a_sentence_are_counted_a_few_times_only(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """However many words a sentence has, its length is worked out as often as in a short one."""
    counted: list[int] = []

    def count(part: Sentence) -> int:
        counted.append(1)
        return len(part.words)

    monkeypatch.setattr(Sentence, "count", property(count))
    hints("a@" * many + " photogenic")
    assert 0 < len(counted) <= 4


@given(
    st.one_of(st.text(), st.text(alphabet=st.sampled_from("ab é中ก\u0301.!\n,;-() and so"), max_size=400)),
    st.sampled_from(["en", "es", "ar", "zh", ""]),
    st.sampled_from(["k-2", "9-12"]),
)
def test_every_hint_stands_in_the_text(text: str, lang: str, band: str) -> None:
    """Offsets slice the text, places to cut lie inside the sentence, hints come in order."""
    found = hints(text, lang=lang, band=band)
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert 0 <= one.start < one.end <= len(text) and one.words > 0
        assert one.kind != "hard_word" or text[one.start : one.end] == one.word
        assert one.at is None or (one.start < one.at < one.end and not text[one.at].isspace())
