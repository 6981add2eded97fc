"""Words that rank, label or blame: each rule with its specimens, and sentences that must stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.rules.kind_words import LONGEST, remarks

CASES = Path(__file__).parent.parent / "cases" / "kind_words.txt"


def specimens() -> list[tuple[str, str, str]]:
    """Return the specimens: what is to be found, the language, the sentence."""
    lines = (line.strip() for line in CASES.read_text(encoding="utf-8").splitlines())
    rows = [tuple(part.strip() for part in line.split("|", 2)) for line in lines if line and line[0] != "#"]
    return [(row[0], row[1], row[2]) for row in rows]


@pytest.mark.parametrize(("wanted", "lang", "sentence"), specimens())
def test_each_specimen_is_found_or_left_alone(wanted: str, lang: str, sentence: str) -> None:
    """What ranks, labels or blames is found as that; a plain sentence about the work stays silent."""
    found = [one.kind for one in remarks(sentence, lang)]
    assert found == ([] if wanted == "fine" else [wanted])


@given(st.text())
def test_a_remark_names_the_words_that_stand_there(text: str) -> None:
    """Places and words of a remark fit the text, and no two remarks overlap."""
    end = 0
    for one in remarks(f"{text} You are lazy. {text} You never\n listen.", "en"):
        assert one.start >= end and one.words
        end = one.end


def test_of_a_very_long_text_only_the_beginning_is_looked_at() -> None:
    """A runaway paste costs no more than a long note: what stands behind is left alone."""
    found = remarks("You are lazy. " + "you are " * 200_000 + "You never listen.", "en")
    assert [one.words for one in found] == ["You are lazy"] and found[0].end < LONGEST
