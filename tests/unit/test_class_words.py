"""What a teacher writes once for all families: forms and back, two windows, other languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import TextRefused
from portfolio.model import ClassWords, Passage, Translation
from portfolio.model.people import Contact, Learning
from portfolio.model.record import LONGEST_TEXT
from portfolio.rules.class_words import (
    BLOCKS,
    MOST_ROWS,
    Block,
    filled,
    in_language,
    language_version,
    passages,
    put_into,
    rows_of,
    told,
    values_of,
    version_of,
)
from tests.handouts import WORDS

text = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
line = text.map(lambda one: " ".join(one.split()))


@pytest.mark.parametrize("block", BLOCKS)
def test_a_form_that_changes_nothing_changes_nothing(block: Block) -> None:
    """What stands in a form, sent back as it is, leaves the words as they were, translations and all."""
    assert told(WORDS, block, values_of(WORDS, block), "en") == WORDS
    assert filled(WORDS, block) and not filled(ClassWords(), block)


@given(st.lists(st.tuples(line, text), max_size=5))
def test_subjects_come_back_as_they_were_written(rows: list[tuple[str, str]]) -> None:
    """Rows with anything in them stay in their order; empty ones are left out."""
    values = {k: v for n, (s, w) in enumerate(rows) for k, v in ((f"subject-{n}", s), (f"words-{n}", w))}
    made = told(ClassWords(), "learning", values, "en").learning
    wanted = [(s.strip(), w.strip()) for s, w in rows if s.strip() or w.strip()]
    assert [(one.subject, one.words.text.strip()) for one in made] == [
        (Learning(subject=s).subject, Passage(text=w).text.strip()) for s, w in wanted
    ]


def test_people_come_back_and_empty_rows_go() -> None:
    """A person is kept with name, what for and how; a row that was emptied is gone, the others move up."""
    values = {"name-0": "", "about-0": "", "reach-0": "", "name-1": " Ms. Li ", "reach-1": "ring twice"}
    assert told(WORDS, "contacts", values, "en").contacts == (Contact(name="Ms. Li", reach="ring twice"),)


def test_a_version_is_another_one_when_anything_in_the_block_changes() -> None:
    """The version of a block follows its fields, and no other block's."""
    for block in BLOCKS:
        field = next(iter(values_of(WORDS, block)))
        changed = told(WORDS, block, {field: "something else"}, "en")
        assert version_of(changed, block) != version_of(WORDS, block)
        for other in BLOCKS:
            assert other == block or version_of(changed, other) == version_of(WORDS, other)


def test_there_is_room_for_more_until_there_is_enough() -> None:
    """A form has empty rows below those that are filled, up to a limit."""
    assert rows_of(ClassWords(), "learning") == 3
    assert rows_of(WORDS, "contacts") == 4
    many = ClassWords(learning=tuple(Learning(subject=str(n)) for n in range(MOST_ROWS)))
    assert rows_of(many, "learning") == MOST_ROWS


@pytest.mark.parametrize(
    ("block", "values", "field"),
    [
        ("letter", {"text": "x" * (LONGEST_TEXT + 1)}, "text"), ("learning", {"subject-3": "x" * 2_001}, "subject-3"),
        ("contacts", {"reach-0": "x" * 2_001}, "reach-0"), ("invitation", {"place": "x" * 2_001}, "place"),
    ],
)  # fmt: skip
def test_what_is_too_long_is_refused_and_names_its_field(
    block: Block, values: dict[str, str], field: str
) -> None:
    """A sentence points to the field that is too long; nothing is cut."""
    with pytest.raises(TextRefused) as caught:
        told(WORDS, block, values, "en")
    assert caught.value.values["field"] == field


def test_a_changed_text_keeps_its_translations_as_drafts() -> None:
    """No translation is lost, and none is called read by a person once the words beside it changed."""
    changed = told(WORDS, "invitation", {"text": "There will be coffee."}, "en").invitation
    assert changed.text == "There will be coffee."
    assert [(t.text, t.made_by) for t in changed.translations] == [("Habrá té.", "draft")]
    again = told(WORDS.but(invitation=changed), "invitation", {"text": ""}, "en").invitation
    assert [t.text for t in again.translations] == ["Habrá té."]


def test_a_subject_that_is_moved_or_renamed_keeps_its_translation() -> None:
    """Rows are known by their words or their subject, not by their place."""
    halves = Passage(text="Halves.", translations=(Translation(lang="es", text="Mitades.", made_by="human"),))
    words = ClassWords(
        learning=(
            Learning(subject="Reading", words=Passage(text="Stories.")),
            Learning(subject="Math", words=halves),
        )
    )
    moved = told(
        words,
        "learning",
        {"subject-0": "Mathematics", "words-0": "Halves.", "subject-1": "", "words-1": ""},
        "en",
    )
    assert moved.learning == (Learning(subject="Mathematics", words=halves),)


def test_words_in_another_language_are_read_by_somebody_or_a_draft() -> None:
    """With a name all of them are a person's; without, what changed is a draft and what stayed stays as it was."""
    read = put_into(WORDS, "es", {"invitation": "Habrá té.", "letter": "Mapas."}, read_by="Ana")
    assert {t.made_by for t in in_language(read, "es").values()} == {"human"}
    later = put_into(read, "es", {"invitation": "Habrá té.", "letter": "Mapas y más."})
    assert {name: t.made_by for name, t in in_language(later, "es").items()} == {
        "invitation": "human",
        "letter": "draft",
    }
    assert in_language(put_into(read, "es", {"letter": " "}), "es").keys() == {"invitation"}


@given(
    st.dictionaries(st.sampled_from([name for name, _, _ in passages(WORDS)]), text, max_size=4),
    st.sampled_from(["ar", "vi"]),
)
def test_one_language_never_touches_another(values: dict[str, str], lang: str) -> None:
    """Writing Arabic or Vietnamese leaves the words and their Spanish exactly as they were."""
    after = put_into(WORDS, lang, values)
    assert in_language(after, "es") == in_language(WORDS, "es")
    assert [p.text for _, _, p in passages(after)] == [p.text for _, _, p in passages(WORDS)]
    assert {k: t.text for k, t in in_language(after, lang).items()} == {
        k: Passage(text=v.strip()).text for k, v in values.items() if v.strip()
    }


def test_a_version_of_a_language_follows_both_sides() -> None:
    """It is another one when the original changes, and when the translation does."""
    first = language_version(WORDS, "es")
    assert language_version(put_into(WORDS, "es", {"letter": "Otro."}), "es") != first
    assert language_version(told(WORDS, "letter", {"text": "New."}, "en"), "es") != first
    assert language_version(put_into(WORDS, "ar", {"letter": "خرائط"}), "es") == first
