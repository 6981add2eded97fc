"""The reading level in words: passages nobody set it on, school jargon, short texts, other languages."""

from __future__ import annotations

import time
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.words import Level, reading_level
from portfolio.words.reading import sentences
from portfolio.words.reading.familiar import familiar_words, is_familiar

CASES = Path(__file__).resolve().parents[1] / "cases" / "reading"
PASSAGES = sorted(path.stem for path in CASES.glob("*-*-*-*.txt"))
LANGS = st.sampled_from(["en", "en-US", "es-MX", "ar", "zh-Hans", "th", "hmn", ""])


def passage(name: str) -> str:
    """Return a passage of the collection."""
    return (CASES / f"{name}.txt").read_text("utf-8")


def pieces(text: str) -> list[str]:
    """Return the sentences as they stand in the text."""
    return [text[one.start : one.end] for one in sentences(text)]


def test_the_collection_is_whole() -> None:
    """There are 24 English passages and 9 Spanish ones, each long enough to be judged."""
    assert [sum(name.startswith(lang) for name in PASSAGES) for lang in ("en-", "es-")] == [24, 9]
    assert all(sum(part.count for part in sentences(passage(name))) >= 100 for name in PASSAGES)


@pytest.mark.parametrize("name", PASSAGES)
def test_a_passage_gets_the_level_it_was_written_for(name: str) -> None:
    """Picture-book texts are easy, newspapers for families ok, law and learned prose hard."""
    lang, level, _, _ = name.split("-")
    assert reading_level(passage(name), lang) == level


@pytest.mark.parametrize("name", ["en-jargon-1", "en-jargon-2", "en-jargon-3"])
def test_school_jargon_is_hard_however_short_its_sentences(name: str) -> None:
    """Texts full of school words and letters are hard, in capitals, in title case and in short sentences."""
    assert reading_level(passage(name)) == "hard"


def test_a_short_text_is_too_short() -> None:
    """Under 100 words and under 8 sentences nobody can tell; with either, a level is told."""
    assert reading_level("") == reading_level("I like my dog. He is big.") == "too_short"
    assert reading_level("I like my dog. " * 7) == reading_level("dog " * 99) == "too_short"
    assert reading_level("I like my dog. " * 8) == reading_level("dog " * 100) == "easy"


def test_names_do_not_make_a_text_hard() -> None:
    """Friends and places with names nobody knows leave an easy text easy."""
    text = "Anneliese and I went to see Bartholomew. We met Oluwaseun in Saskatoon. Anneliese’s dog ran to Oluwaseun. "
    assert reading_level(text * 4) == "easy"
    assert reading_level(text.replace("and I", "AND I").lower() * 4) == "hard"


def test_other_languages_are_judged_by_the_length_of_sentences() -> None:
    """Short Arabic or Chinese sentences are easy, endless ones hard."""
    assert reading_level("ذهبت إلى المدرسة مع أخي. " * 8, "ar") == "easy"
    assert reading_level("ذهبت إلى المدرسة مع أخي " * 30, "ar") == "hard"
    assert reading_level("我喜欢我的狗。" * 8, "zh-Hans") == "easy"
    assert reading_level("我喜欢我的狗和我的猫" * 20, "zh") == "hard"


def test_the_familiar_list_is_long_and_grows_by_simple_endings() -> None:
    """At least 2,500 words; endings, contractions, joined words and numbers are known; words of the trade are not."""
    assert len(familiar_words()) >= 2500
    known = "walked baking stopped babies happiest gently they're dog's snowball well-known 3rd 3.5 dreaming"
    strange = "benchmark feedback assessment proficient intervention scaffold rubric framework zzz"
    assert [word for word in known.split() if not is_familiar(word)] == []
    assert [word for word in strange.split() if is_familiar(word)] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Lee met Dr. J. K. Ray at 3.5 St. Paul Ave. on Monday. It rained.", 2),
        ("We left at 5 p.m. Then we ate. So do I. Bye!", 4),
        ('"Stop!" he said. "Why?" asked Mia. (It was late.) We ran.', 4),
        ("Wait... what? I was... lost. Well... We went home.", 4),
        ("I like it.We went to example.com and a.b@c.org today. Fun!We ran.", 4),
        ("My list:\n- one cat\n- two dogs\n1. milk\n2. eggs", 5),
        ("cats are soft\ndogs are loud\nbirds can fly", 3),
        ("My best day was\nwhen we swam. I\nlaughed.", 2),
        ("A long line that a mail program broke somewhere in the\nmiddle goes on here. And ends.", 2),
        ("Title of my story\n\nonce there was a bear", 2),
        ("¿Qué haces? ¡Ven aquí! La Sra. Gil y el Sr. Paz, p. ej., no vienen. ¿Y tú?", 4),
        ("Ella dijo: «¿Quién es?», y rio. «No sé.» Nadie vino.", 3),
        ("我喜欢狗。我有猫！你呢？", 3),
        ("هل تحبني؟ نعم۔ جدا.", 3),
    ],
)
def test_sentences_end_where_people_end_them(text: str, count: int) -> None:
    """Abbreviations, decimals, quotes, dots, lists and lines without full stops, in several scripts."""
    assert len(pieces(text)) == count, pieces(text)


@given(st.text(), LANGS)
def test_any_text_has_a_level(text: str, lang: str) -> None:
    """Whatever the signs and the language, one of the four levels comes out."""
    assert reading_level(text, lang) in get_args(Level)


@given(st.text(alphabet=st.sampled_from("aB1é中ก\u0301.!?…。\n\r \u00a0\"'’-«»¿,@:/")))
def test_sentences_follow_one_another_and_hold_their_words(text: str) -> None:
    """Sentences are in order, never overlap, have no spaces round them, and their words stand inside."""
    end = 0
    for one in sentences(text):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip() and one.words
        assert all(one.start <= word.start < word.end <= one.end for word in one.words)
        assert all(text[word.start : word.end] == word.text for word in one.words)
        end = one.end


@pytest.mark.parametrize(
    "piece", ["word ", ".", "a.", "\n", "a@", "a-", "x", "1,", "qe", "A. ", ".\n- ", "n't", "中", "@"]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Forty thousand repetitions of anything take a moment, not minutes."""
    begun = time.process_time()
    reading_level(piece * 40_000)
    assert time.process_time() - begun < 5
