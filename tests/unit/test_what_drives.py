"""What drives me: three voices side by side, and what of it may lie on the table."""

from __future__ import annotations

import pytest

from portfolio import files
from portfolio.model import (
    AgendaPreset,
    Answer,
    Book,
    ClassTemplate,
    HomeWords,
    Passage,
    Prompt,
    Section,
    SectionChoice,
    Teacher,
    TeacherNote,
)
from portfolio.rules import for_audience
from portfolio.rules.what_drives import drive_prompts, for_the_table, what_drives
from portfolio.store.template_file import load_template
from portfolio.testing import small_book

CHILD = Answer(
    entry_id="a1", section="me", prompt="try", words=Passage(text="CHILD nobody knows how it ends")
)
MAMA = HomeWords(
    entry_id="h1", household_id="mama", who="Abuela", drives=Passage(text="MAMA música", lang="es")
)
PAPA = HomeWords(entry_id="h2", household_id="papa", drives=Passage(text="PAPA trains"))
SCHOOL = TeacherNote(entry_id="t", teacher_id="t1", drives=Passage(text="SCHOOL a puzzle"))


def book(*, child: bool = True, homes: tuple[HomeWords, ...] = (MAMA, PAPA), school: bool = True) -> Book:
    """Return a small book in which these voices have spoken."""
    return small_book(
        answers=(CHILD,) if child else (), home_words=homes, teacher_page=(SCHOOL,) if school else ()
    )


@pytest.mark.parametrize(
    ("child", "homes", "school", "voices"),
    [
        (False, (), False, 0), (True, (), False, 1), (False, (MAMA,), False, 1), (False, (), True, 1),
        (True, (PAPA,), False, 2), (True, (), True, 2), (True, (MAMA, PAPA), True, 3),
    ],
)  # fmt: skip
def test_any_of_the_three_may_speak(
    child: bool, homes: tuple[HomeWords, ...], school: bool, voices: int
) -> None:
    """With none to three voices, everybody has a place: those who spoke with words, the others empty."""
    found = what_drives(book(child=child, homes=homes, school=school))
    assert found.voices == voices
    assert [bool(home.words) for home in found.homes] == [MAMA in homes, PAPA in homes]
    assert bool(found.child.said) == child
    assert [bool(one.words) for one in found.teachers] == [school]
    assert found.child.asks[1] == "What makes you want to try?"


def test_the_teacher_sees_all_of_it_word_for_word() -> None:
    """Each voice comes with who speaks and in its own language."""
    found = what_drives(book())
    assert [s.words.text for s in found.child.said] == ["CHILD nobody knows how it ends"]
    assert [(h.label, h.who, h.words.text, h.words.lang) for h in found.homes] == [
        ("Mama", "Abuela", "MAMA música", "es"), ("Papa", "", "PAPA trains", "en"),
    ]  # fmt: skip
    assert [(t.name, t.words.text) for t in found.teachers] == [("Ms. Rivera", "SCHOOL a puzzle")]


@pytest.mark.parametrize(
    ("home", "own", "other"), [("mama", "MAMA", "PAPA"), ("papa", "PAPA", "MAMA"), ("", "", "")]
)
def test_no_home_reads_the_words_of_another_on_the_sheet(home: str, own: str, other: str) -> None:
    """The sheet for the table has the words of one home at most; without one, of none."""
    sheet = for_the_table(what_drives(book()), home).model_dump_json()
    assert "CHILD" in sheet and "SCHOOL" in sheet
    for mark in ("MAMA", "PAPA"):
        assert (mark in sheet) == (mark == own), mark
    assert not other or other not in sheet


def test_what_a_home_does_not_share_with_the_child_is_not_on_the_table() -> None:
    """The child sits there too: unshared words stay with the teacher, and the place for that home stays, empty."""
    found = what_drives(book(homes=(MAMA.but(share_with_child=False),)))
    assert found.homes[0].words and not found.homes[0].shared
    (seen,) = for_the_table(found, "mama").homes
    assert (seen.label, seen.who, bool(seen.words)) == ("Mama", "", False)


def test_a_page_the_child_keeps_from_its_family_is_not_on_the_table() -> None:
    """The teacher may read it at the desk; the sheet has an empty place."""
    there = book()
    kept = there.portfolio.meta.but(sections=(SectionChoice(section="me", shown_to_family=False),))
    found = what_drives(there.but(portfolio=there.portfolio.but(meta=kept)))
    assert found.child.said and not found.child.shown
    assert for_the_table(found, "mama").child.said == ()


def test_two_pages_of_one_home_are_both_there() -> None:
    """What a family wrote and what a teacher typed in for it stand side by side; one that is not shared stays off."""
    second = MAMA.but(entry_id="h3", drives=Passage(text="SECOND"), share_with_child=False)
    found = what_drives(book(homes=(MAMA, second)))
    assert [h.words.text for h in found.homes if h.household_id == "mama"] == ["MAMA música", "SECOND"]
    assert [h.words.text for h in for_the_table(found, "mama").homes] == ["MAMA música"]


def test_a_teacher_who_left_is_still_heard() -> None:
    """What somebody wrote who is no teacher of the class any more stands there without a name."""
    there = book()
    school = there.school_class.but(teachers=(Teacher(teacher_id="t2", name="Mr. New"),))
    found = what_drives(there.but(school_class=school))
    assert [(t.name, t.words.text) for t in found.teachers] == [("Mr. New", ""), ("", "SCHOOL a puzzle")]


def test_in_every_band_a_child_is_asked_what_drives_it() -> None:
    """Each class template of ours has questions for it, all on the page about the child."""
    for path in sorted(files.class_templates().glob("*.yaml")):
        found = drive_prompts(load_template(path))
        assert found is not None
        section, prompts = found
        assert section.section_id == "me"
        assert 2 <= len(prompts) <= 3


def _template(*sections: Section) -> ClassTemplate:
    return small_book().template.but(sections=sections, agendas=(_agenda(),))


def _agenda() -> AgendaPreset:
    """Return an agenda that shows no page."""
    first = small_book().template.agendas[0]
    return first.but(steps=tuple(step.but(sections=()) for step in first.steps))


def test_a_class_with_other_questions_is_helped_by_its_page_about_the_child() -> None:
    """Own prompts on the page “me”, or on the page with that drawing, count; a class that asks nothing has no place for it."""
    ask = Prompt(field="own", ask="What moves you?", control="line")
    own = Section(section_id="me", title="Me", icon="book", holds="answers", prompts=(ask,))
    drawn = Section(section_id="about", title="About", icon="me", holds="answers", prompts=(ask,))
    other = Section(section_id="x", title="X", icon="goal", holds="answers", prompts=(ask,))
    assert drive_prompts(_template(other, own)) == (own, (ask,))
    assert drive_prompts(_template(other, drawn)) == (drawn, (ask,))
    assert drive_prompts(_template(other)) is None
    assert what_drives(book().but(template=_template(other))).child.said == ()


def test_what_a_home_or_a_teacher_says_of_it_is_in_no_family_page() -> None:
    """Words from home and a teacher's own view never come with a book: not at the table, not in either home's file."""
    there = book()
    for view in (
        for_audience(there, "conference"), for_audience(there, "home", "mama"), for_audience(there, "home", "papa")
    ):  # fmt: skip
        told = view.model_dump_json()
        assert "CHILD" in told
        for mark in ("MAMA", "PAPA", "SCHOOL", "Abuela"):
            assert mark not in told
