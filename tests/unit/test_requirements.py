"""What the articles asked for: the table says which test shows it, and the tests that belong nowhere else."""

from __future__ import annotations

import ast
import re
import secrets
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import catalogs
from portfolio import files
from portfolio.model import (
    ClassTemplate,
    Concern,
    Household,
    Passage,
    SchoolClass,
    Student,
    Teacher,
    TeacherNote,
)
from portfolio.moments.classes import new_class
from portfolio.moments.send_home import send_home
from portfolio.rules import FamilyView, for_audience
from portfolio.store.template_file import load_template
from portfolio.testing import small_book, small_student

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "requirements.md"
TEMPLATES = sorted(files.class_templates().glob("*.yaml"))


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the table."""
    for line in text.splitlines():
        if line.startswith("|") and not line.startswith(("|--", "| Article")):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return the names of the tests a file defines."""
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def trouble(cells: list[str]) -> str:
    """Return what is wrong with a row, or nothing."""
    if len(cells) != 4:
        return f"{cells[0]}: four cells are wanted"
    shown = cells[3]
    named = re.findall(r"`([^`]+)`", shown)
    if not named and not shown.startswith(("open: ", "left out, because ")):
        return f"{cells[0]}: says neither a test nor why there is none"
    for name in named:
        path, _, test = name.partition("::")
        file = ROOT / "tests" / path
        if not file.is_file() or not test.startswith("test_") or test not in names_in(file):
            return f"{cells[0]}: there is no test {name}"
    return ""


def test_every_row_names_a_test_that_exists_or_says_why_not() -> None:
    """Each line of the articles has its test, or the word “open” with a place, or a reason."""
    found = list(rows(TABLE.read_text("utf-8")))
    assert len(found) > 65
    assert [t for t in map(trouble, found) if t] == []


@pytest.mark.parametrize(
    "shown",
    ["", "`unit/test_requirements.py::test_no_such_test`", "`unit/no_file.py::test_x`", "later", "left out"],
)
def test_a_row_without_its_test_is_found(shown: str) -> None:
    """An empty cell, a test that does not exist, a word without a reason: each is a fault of the table."""
    assert trouble(["0 L1", "does", "check", shown]) != ""


@pytest.fixture(params=TEMPLATES, ids=lambda path: path.stem)
def template(request: pytest.FixtureRequest) -> ClassTemplate:
    """Return each class template we ship."""
    return load_template(request.param)


def test_strengths_come_before_what_is_hard(template: ClassTemplate) -> None:
    """In every band a child says what it does well before what is not easy yet, in the book and at the table."""
    ids = [section.section_id for section in template.sections]
    assert ids.index("strengths") < ids.index("growing")
    for agenda in template.agendas:
        shown = [name for step in agenda.steps for name in step.sections]
        assert shown.index("strengths") < shown.index("growing")


def test_every_child_says_how_others_can_help(template: ClassTemplate) -> None:
    """“How you can help me” is in every band, asks something, and is not a page one may leave out."""
    section = template.section("help")
    assert section is not None
    assert section.prompts
    assert not section.optional


def test_every_way_forward_has_a_step_help_and_a_day(template: ClassTemplate) -> None:
    """What is still growing or a goal comes with a first step, with who helps, and with a day to look again."""
    growing, goals = template.section("growing"), template.section("goals")
    assert growing is not None
    assert goals is not None
    asked = {p.field for p in growing.prompts} | {p.field for p in goals.prompts}
    assert asked & {"first_step", "steps"}
    assert asked & {"help", "helpers", "helper_picks"}
    assert "look_again" in asked


def test_goals_may_be_about_learning_working_and_feeling(template: ClassTemplate) -> None:
    """A goal can be about school work, about how I work or take care, and about friends; or be my own idea."""
    goals = template.section("goals")
    area = goals.prompt("area") if goals else None
    assert area is not None
    ids = {choice.id for choice in area.choices}
    assert ids & {"subject", "reading", "numbers"}
    assert ids & {"habits", "care", "taking_care"}
    assert ids & {"feelings", "friends"}
    assert "own" in ids


def test_then_and_now_stands_in_every_book(template: ClassTemplate) -> None:
    """Growth is shown by two pieces of one's own work, never against other children."""
    section = template.section("then_now")
    assert section is not None
    assert {"before", "now"} <= {p.field for p in section.prompts}


@pytest.mark.parametrize("band", ["k-2", "3-5", "6-8", "9-12"])
def test_a_home_file_can_be_made_at_any_time(band: Any, tmp_path: Path) -> None:
    """A file for the family is there from the first day on, also while the book is empty."""
    folder = new_class(
        tmp_path / "class", name="Oaks", band=band, round_name="Fall 2026", students=["Noa; Home; en"],
        today=date(2026, 11, 22), randomness=secrets.token_bytes,
    )  # fmt: skip
    (sent,) = send_home(folder)
    assert sent.trouble is None
    assert sent.path is not None
    assert "Noa" in sent.path.read_text("utf-8")


def _seen(concern: Concern, audience: Any, household: str | None) -> FamilyView:
    return for_audience(small_book(concerns=(concern,)), audience, household)


def test_a_concern_is_closed_only_with_the_familys_words() -> None:
    """The school can answer a concern; only the family's own words close it."""
    concern = Concern(
        entry_id="concern-1",
        household_id="mama",
        words=Passage(text="He comes home hungry."),
        status="answered",
    )
    with pytest.raises(ValidationError, match="family's own words"):
        concern.but(status="closed")
    closed = concern.but(status="closed", closed_with=Passage(text="It is well now."))
    assert closed.status == "closed"


def test_a_concern_reaches_only_its_own_home() -> None:
    """What one home worries about is in that home's copy, in its words, and nowhere else."""
    concern = Concern(
        entry_id="concern-1",
        household_id="mama",
        words=Passage(text="CONCERN-MARK"),
        answer=Passage(text="ANSWER-MARK"),
    )
    own = _seen(concern, "home", "mama").model_dump_json()
    assert "CONCERN-MARK" in own
    assert "ANSWER-MARK" in own
    for audience, household in (("home", "papa"), ("conference", None)):
        other = _seen(concern, audience, household).model_dump_json()
        assert "CONCERN-MARK" not in other
        assert "ANSWER-MARK" not in other


def _with_home(**details: Any) -> Student:
    home = Household(household_id="mama", label="Mama", **details)
    return small_student().but(households=(home,))


def _all_views(student: Student) -> str:
    book = small_book().but(student=student)
    return "".join(
        for_audience(book, audience, household).model_dump_json()  # type: ignore[arg-type]  # two known words
        for audience, household in (("home", "mama"), ("conference", None))
    )


def test_how_to_reach_a_home_is_kept_and_stays_with_the_teacher() -> None:
    """The best way and time to reach a home are kept in its own words and stand in no family page."""
    student = _with_home(reach_by="REACH-BY call", reach_when="REACH-WHEN evenings")
    assert Student.model_validate_json(student.model_dump_json()) == student
    assert "REACH" not in _all_views(student)


def test_other_children_are_known_of_and_stay_with_the_teacher() -> None:
    """Who brings other children, and what the room must have, is known to the teacher and printed nowhere."""
    student = _with_home(other_children="OTHERS two, 3 and 5", access_needs="ACCESS ramp")
    assert Student.model_validate_json(student.model_dump_json()) == student
    seen = _all_views(student)
    assert "OTHERS" not in seen
    assert "ACCESS" not in seen


def test_an_interpreter_is_known_of_wherever_the_meeting_is_planned() -> None:
    """One home that wants an interpreter makes it a meeting with one."""
    view = for_audience(small_book().but(student=_with_home(interpreter=True)), "conference")
    assert view.interpreter
    assert not for_audience(small_book(), "conference").interpreter


def test_how_a_child_likes_to_show_what_it_can_is_kept_and_shown() -> None:
    """“I show best what I can by telling it” is part of the child, in its own language, for everybody."""
    student = small_student().but(shows_learning=Passage(text="SHOWS contándolo", lang="es"))
    view = for_audience(small_book().but(student=student), "conference")
    assert "SHOWS contándolo" in view.model_dump_json()


def test_each_teacher_has_a_note_with_name_and_role() -> None:
    """A class teacher and a specialist stand side by side, each with name and role."""
    teachers = (
        Teacher(teacher_id="t1", name="Ms. Rivera", role="class teacher"),
        Teacher(teacher_id="t2", name="Mr. Oduya", role="music"),
    )
    notes = tuple(
        TeacherNote(entry_id=f"note-{t.teacher_id}", teacher_id=t.teacher_id, strength=Passage(text="kind"))
        for t in teachers
    )
    book = small_book(teacher_page=notes)
    book = book.but(school_class=book.school_class.but(teachers=teachers))
    (part,) = [p for p in for_audience(book, "home", "mama").parts if p.section == "teacher_note"]
    seen = part.model_dump()["content"]["notes"]
    assert [(n["name"], n["role"]) for n in seen] == [("Ms. Rivera", "class teacher"), ("Mr. Oduya", "music")]


def test_nobody_counts_who_came() -> None:
    """No record has a place for attendance, marks, points, ranks, a birth date or a school number."""
    banned = re.compile(r"attend|absen|grade_point|gpa|score|points|rank|percent|birth|school_number|no_show")
    records = [Student, Household, SchoolClass, *catalog_of_entries()]
    names = [f"{record.__name__}.{name}" for record in records for name in record.model_fields]
    assert len(names) > 80
    assert [name for name in names if banned.search(name)] == []


def catalog_of_entries() -> list[Any]:
    """Return every entry a portfolio can hold, and the portfolio's own record."""
    from portfolio.model import KIND, PortfolioMeta

    return [*KIND.values(), PortfolioMeta]


def test_no_text_of_ours_takes_a_mother_and_a_father_for_granted() -> None:
    """Our own texts say family, home, grown-ups; nobody reads “your mom and dad” who lives with neither."""
    texts = [str(message.id) for message in catalogs.gather() if message.id]
    assert len(texts) > 500
    family = re.compile(r"\b(mom|mum|mommy|mother|dad|daddy|father|parents?)\b", re.IGNORECASE)
    assert [text for text in texts if family.search(text)] == []
    assert family.search("Tell your Mom and Dad")
