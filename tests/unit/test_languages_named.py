# long: that every language has a name, wherever one is named, is one promise
"""Every language has a name wherever one is told; what nobody has said or checked of languages is told too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import Household, Student
from portfolio.model.own_language import own_tag
from portfolio.moments.progress_table import progress_table
from portfolio.moments.room import Brought
from portfolio.moments.roster_words import languages_named, student_line
from portfolio.moments.teacher.before_room import BeforeRoom
from portfolio.moments.teacher.draft_words import about_offers, unchecked
from portfolio.moments.teacher.out_room import OutRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_home_words import remarks_of
from portfolio.moments.teacher.setup_room import SetupRoom
from portfolio.moments.teacher.setup_steps import steps_of
from portfolio.moments.teacher.setup_words import homes_line, languages_in
from portfolio.views.papers import paper_sheet, render_sheet
from portfolio.words import language, speak
from portfolio.words.interpreter import LINES, offer_in
from portfolio.words.language_names import _CODES, _names, name_of, named, names_of, own_name_of
from tests.handouts import Seen, sheet, view
from tests.rosters import make_class
from tests.teachers import form, teacher_desk

TAGS = sorted(
    {
        *_names().values(),
        *_CODES.values(),
        "ar-SY",
        "zh-TW",
        "es-MX",
        "ku-Arab",
        own_tag("Zzyzx", looked_at=True),
    }
)
WORD = own_tag("Zzyzx", looked_at=True)
READERS = ("en", "es", "ar", "so")
ALL = ("homes",)


def bare(tag: str, text: str) -> int:
    """Return how often a text tells a tag as if it were a word."""
    return len(re.findall(rf"(?<![\w-]){re.escape(tag)}(?![\w-])", text))


def reading(*tags: str) -> Student:
    """Return a child with one home that reads these languages."""
    home = Household(household_id="home", label="Oma Q.", adults=("Oma Q.",), reads=tags, speaks=tags)
    return Student(student_id="child", name="Wren Q.", households=(home,))


@pytest.fixture
def desk(tmp_path: Path, today: date) -> Iterator[TeacherDesk]:
    """Return the desk of a class without children."""
    found = teacher_desk(make_class(tmp_path / "class", today))
    yield found
    found.store.close()


def with_child(desk: TeacherDesk, *tags: str) -> SetupRoom:
    """Take in a child whose home reads these languages, and return the room for setting up."""
    room = SetupRoom(desk)
    room.do(("children",), form("add", name="Wren Q.", adults="Oma Q."))
    student = desk.store.students()[0]
    home = student.households[0].but(reads=tags, speaks=tags)
    desk.store.keep_student(student.but(households=(home,)))
    return room


# ------------------------------------------------------------------------------------------------- names


@given(st.sampled_from(TAGS), st.sampled_from(READERS))
def test_every_language_that_can_be_read_has_a_name(tag: str, reader: str) -> None:
    """No name is a tag; a form shows it without a comma and understands it when it comes back."""
    names = (name_of(tag, reader), own_name_of(tag), language(tag).own_name, named(tag, reader))
    assert all((name and name != tag and not bare(tag, name)) or name.casefold() == tag for name in names)
    assert not any(name == tag for name in names)
    assert "," not in names[0]
    say = speak(reader)
    assert languages_in(names_of((tag,), say.lang), "reads", say, (tag,)) == (tag,)


def told_of(tag: str, reader: str) -> str:
    """Return what places that name languages tell of a home that reads this one."""
    say, student = speak(reader), reading(tag)
    told = [
        *homes_line(student, say),
        student_line(student, say).removeprefix("child"),
        languages_named(f"Oma ({tag})", whole=False, say=say),
        languages_named(f"{tag}, en / {tag}", whole=True, say=say),
        unchecked((tag,), say),
        *about_offers((offer_in(tag),), say),
        *(" ".join(name for _, name in one.children) for one in remarks_of((student,), say, tag)),
        ""
        if language(tag).catalog
        else Seen(render_sheet(paper_sheet("invitation", view().but(reads=(tag,))))).text,
    ]
    return "\n".join(told)


@pytest.mark.more
@given(st.sampled_from(TAGS), st.sampled_from(("en", "es", "ar")))
def test_no_place_tells_a_bare_tag(tag: str, reader: str) -> None:
    """Screens, papers and lines of the command name a language; none shows its tag, but where it is a word like “is”."""
    others = told_of("so" if tag != "so" else "ti", reader) + told_of(WORD, reader)
    assert bare(tag, told_of(tag, reader)) <= bare(tag, others)


def test_a_language_is_named_in_the_teachers_words_with_its_own_name_behind() -> None:
    """Tigrinya is no “ti”, on no screen; a word of a list stays that word."""
    assert named("ti", "en") == "Tigrinya (ትግርኛ)"
    assert named("ar", "es") == "Árabe (العربية)"
    assert named("en", "en") == "English"
    assert named("ar-SY", "en") == "Arabic (Syria) (العربية)"
    assert named(own_tag("Zzyzx", looked_at=True), "en") == "Zzyzx"


def test_the_table_and_the_papers_name_tigrinya(desk: TeacherDesk) -> None:
    """The table of the class and the papers’ screen tell the language by both names."""
    with_child(desk, "ti")
    assert progress_table(desk).rows[0][4] == "Oma Q.: Tigrinya (ትግርኛ)"
    assert "reads Tigrinya (ትግርኛ)" in BeforeRoom(desk).show(("papers",)).body


# ------------------------------------------------------------------------------------------------ not said yet


def test_a_language_nobody_has_said_is_not_taken_for_said(desk: TeacherDesk) -> None:
    """A list without a language leaves it open, the step is not done, and one press settles all such homes."""
    room = SetupRoom(desk)
    text = "Name,Parent,Language\nAna,Rosa,Spanish\nBen,Kim,\nChi,Lan,\n"
    room.do(("list",), form("bring", Brought("list", "list.csv", text.encode())))
    room.show(("list",))
    room.do(
        ("list",),
        form("look", how="take"),
    )
    assert [one.households[0].reads for one in desk.store.students()] == [("es",), (), ()]
    body = room.show(ALL).body
    assert body.count("Not said yet: its copy will be in English.") == 2
    assert "Not said yet which language they read, so the copy will be in English:" in body
    step = steps_of(desk)[2]
    assert not step.done and step.state == "2 homes have no language yet."
    assert "Not said yet which language they read" in BeforeRoom(desk).show(("papers",)).body
    assert room.do(ALL, form("class-language")).say == "English is written down for 2 homes."
    assert [one.households[0].reads for one in desk.store.students()] == [("es",), ("en",), ("en",)]
    assert steps_of(desk)[2].done and "Not said yet" not in room.show(ALL).body


def test_one_more_child_and_one_more_home_leave_the_language_open(desk: TeacherDesk) -> None:
    """What is left empty on a screen stays not said, and is said anew beside the field."""
    room = with_child(desk, "es")
    room.do(("children",), form("add", name="Ida", adults="Tom"))
    room.do(("homes", "ida"), form("add-home", adults="Lee"))
    assert [home.reads for home in desk.store.student("ida").households] == [(), ()]
    found = re.search(r'data-key="ida/tom" data-version="(\d+)"', room.show(ALL).body)
    assert found
    done = room.do(ALL, form("home", child="ida", home="tom", reads="French", version=int(found[1])))
    assert "Not said yet" not in done.asides["unsaid-ida-tom"] and "Not said" in done.asides["home-remarks"]


# --------------------------------------------------------------------------------------------- drafts


def test_what_nobody_has_checked_is_told_beside_the_button(desk: TeacherDesk) -> None:
    """Papers and files for homes say which of our words are a draft; English ones say nothing."""
    with_child(desk, "es")
    told = "Spanish: our words are a draft, nobody has checked them."
    assert told in BeforeRoom(desk).show(("papers", "invitation")).body
    assert told in OutRoom(desk).show(("home",)).body
    assert (
        unchecked(("es", "ar", "en"), desk.say)
        == "Arabic and Spanish: our words are a draft, nobody has checked them."
    )
    assert unchecked(("en", "so"), desk.say) == ""


# --------------------------------------------------------------------------------------------- interpreter


def test_an_interpreter_is_offered_in_the_language_of_the_home() -> None:
    """A sheet a home cannot read begins with the offer in its language, with a box, marked as a draft."""
    page = render_sheet(paper_sheet("invitation", view().but(reads=("so", "ur"))))
    assert page.index(LINES["so"]) < page.index("This sheet is in English.") < page.index("<h1")
    assert f'<b lang="so" dir="ltr">{LINES["so"]}</b> <small>(draft)</small>' in page
    assert f'<b lang="ur" dir="rtl">{LINES["ur"]}</b>' in page
    assert LINES["so"] not in render_sheet(paper_sheet("invitation", view().but(reads=("so", "en"))))


def test_a_language_without_our_line_has_a_blank_one(desk: TeacherDesk) -> None:
    """Where we have no line, one can be written by hand, and the teacher is told."""
    page = Seen(sheet("reminder", "", view().but(reads=("ksw",))))
    assert "ကညီ" in page.text and len(page.of_class("rule-line")) > 1
    assert "(draft)" not in page.text
    with_child(desk, "ksw")
    assert (
        "We have no line that offers an interpreter in Karen."
        in BeforeRoom(desk).show(("papers", "reminder")).body
    )
    assert not any("offers an interpreter" in one for one in about_offers((), desk.say))


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("yue", "zh-Hant"),
        ("tl", "fil"),
        ("pt-BR", "pt"),
        ("sr-Latn", ""),
    ],
)
def test_a_tag_finds_the_line_its_readers_can_read(tag: str, line: str) -> None:
    """The letters count: nobody gets a line in letters of another script."""
    assert offer_in(tag).words == LINES.get(line, "")
