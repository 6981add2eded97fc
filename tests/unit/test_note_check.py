"""The remarks on a teacher's note: found where they should be, silent everywhere else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.rules.note_check import ABOUT_WORDS, LONGEST, NOTE_FIELDS, NoteField, note_remarks

CASES = Path(__file__).parents[1] / "cases" / "note_check.txt"
NAMES = ("Maya", "Amal", "Teo")


def specimens() -> list[tuple[str, str, NoteField, str]]:
    """Return the specimens of the table: what is remarked, language, field, sentence."""
    rows = [line.split(" | ", 3) for line in CASES.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return [(kind.strip(), lang, field, text) for kind, lang, field, text in rows]  # type: ignore[misc] # checked by the first test


def test_the_table_is_one() -> None:
    """Each line names a field there is; more sentences stay silent than are remarked."""
    rows = specimens()
    assert {row[2] for row in rows} <= set(NOTE_FIELDS)
    silent = [row for row in rows if row[0] == "fine"]
    assert len(silent) >= 60
    assert {row[0] for row in rows} == {
        "fine", "ranking", "label", "blame", "scores", "only_praise", "vague", "needs_things",
    }  # fmt: skip


@pytest.mark.parametrize("row", specimens(), ids=lambda row: f"{row[0]}-{row[2]}-{row[3][:30]}")
def test_a_specimen_is_remarked_as_the_table_says(row: tuple[str, str, NoteField, str]) -> None:
    """What the table calls fine stays silent, the rest is remarked as its kind, first of all."""
    kind, lang, field, text = row
    found = note_remarks(field, text, lang, NAMES)
    assert [one.kind for one in found][:1] == ([] if kind == "fine" else [kind]), found


@given(
    field=st.sampled_from(NOTE_FIELDS), text=st.text(max_size=300), lang=st.sampled_from(["en", "es", "ar"])
)
def test_remarks_slice_the_text_and_never_overlap(field: NoteField, text: str, lang: str) -> None:
    """Whatever is written: each remark says what stands at its place, and no two say the same place."""
    last = 0
    for one in note_remarks(field, text, lang):
        if one.kind == "long":
            continue
        assert one.words == " ".join(text[one.start : one.end].split())
        assert last <= one.start < one.end <= len(text)
        last = one.end


def test_a_long_field_is_said_to_be_long_and_nothing_is_cut() -> None:
    """Forty words are fine, forty-one are remarked, in any language."""
    for lang, word in (("en", "stone"), ("ar", "حجر")):
        assert note_remarks("strength", " ".join([word] * ABOUT_WORDS), lang) == ()
        assert [r.kind for r in note_remarks("strength", " ".join([word] * (ABOUT_WORDS + 1)), lang)] == [
            "long"
        ]


def test_praise_beside_something_seen_is_fine() -> None:
    """Praise is only remarked while nothing else is said."""
    assert note_remarks("strength", "Great job!", "en")
    assert not note_remarks("strength", "Great job! You asked why the ice melts.", "en")


def test_a_huge_text_is_looked_at_only_at_its_beginning() -> None:
    """Two hundred thousand letters of almost-matches are looked at as far as the limit goes."""
    chance = random.Random(1)
    text = " ".join(chance.choice(["needs", "to", "score", "1", "get", "a", "try"]) for _ in range(60_000))
    assert all(one.end <= LONGEST for one in note_remarks("next_step", text, "en"))
    for word in ("you ", "You ", "needs to ", "great ", "score ", "1/", "A "):
        assert isinstance(note_remarks("next_step", word * 50_000, "en"), tuple)
