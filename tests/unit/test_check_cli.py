"""The command ``check``: a line for each child of a class, every question of one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.model import Goal, Passage, Student, TeacherNote
from portfolio.store.class_folder import open_class
from portfolio.testing import NOON


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class with a child who has not begun, one who has, and one who has no book."""
    (tmp_path / "names.txt").write_text("Anouk\nBo\n", "utf-8")
    told("new", tmp_path / "class", "--band", "6-8", "--students", tmp_path / "names.txt")
    store = open_class(tmp_path / "class").store()
    goal = Goal(entry_id="goal-1", goal=Passage(text="Ask when I am stuck"))
    store.keep(store.rounds("bo")[-1].portfolio_id, goal, expected=0, by="student", at=NOON)
    store.keep_student(Student(student_id="cy", name="Cy"))
    store.close()
    return tmp_path / "class"


def told(*words: object) -> list[str]:
    """Return the lines a command tells."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def test_a_class_is_a_line_for_each_child(folder: Path) -> None:
    """Name, id, pages started and not begun, where a next step would help; a child without a book is told so."""
    anouk, bo, step, cy, why, how = told("check", folder)
    assert anouk == "Anouk (anouk): nothing yet"
    assert bo.startswith("Bo (bo): started: My goals; not yet: Welcome, A letter to my family, ")
    assert cy == "Cy (cy): –" and "Cy has no portfolio" in why
    assert how.endswith("--student anouk")
    assert step == "  → a next step would help: My goals"


def test_every_question_comes_for_one_child_and_on_request(folder: Path) -> None:
    """--student tells each open question of one child, --questions of all."""
    one, everybody = told("check", folder, "--student", "anouk"), told("check", folder, "--questions")
    assert one[:2] == ["Anouk", everybody[1]] and "What will you show your family today?" in one[1]
    assert everybody[: len(one)] == one and "Bo" in everybody


def test_a_next_step_is_a_sentence_for_one_child(folder: Path) -> None:
    """--student tells each nudge with its page and how the child's words begin; a child with an empty book has none."""
    steps = [line for line in told("check", folder, "--student", "bo") if line.startswith("  → ")]
    assert len(steps) == 4 and all(line.startswith("  → My goals: ") for line in steps)
    assert "first small thing" in steps[0] and steps[0].endswith("(“Ask when I am stuck”)")
    assert not any("→" in line for line in told("check", folder, "--student", "anouk"))


def test_nudges_come_as_json_too(folder: Path) -> None:
    """--json gives kind, section, entry and sentence of every nudge; nothing of it changes the exit code."""
    found = {one["student"]: one["nudges"] for one in json.loads("\n".join(told("check", folder, "--json")))}
    assert [one["kind"] for one in found["bo"]] == [
        "goal_without_step",
        "goal_without_helper",
        "goal_without_when",
        "goal_without_look_again",
    ]
    assert {(one["section"], one["entry"]) for one in found["bo"]} == {("goals", "goal-1")}
    assert all(one["sentence"] for one in found["bo"]) and found["anouk"] == found["cy"] == []


def test_a_note_is_named_by_its_page(folder: Path) -> None:
    """A nudge about a page the child does not write is told with the title of that page."""
    store = open_class(folder).store()
    note = TeacherNote(entry_id="note-1", teacher_id="t1", next_step=Passage(text="Write longer texts."))
    store.keep(store.rounds("bo")[-1].portfolio_id, note, expected=0, by="teacher:t1", at=NOON)
    store.close()
    assert any(
        line.startswith("  → A note from my teacher: This note names a next step and no strength.")
        for line in told("check", folder, "--student", "bo")
    )


def test_a_new_class_without_a_list_says_how_children_come_in(tmp_path: Path) -> None:
    """After ``new`` without --students the way in is told, with the folder just made."""
    assert any(
        f"roster import {tmp_path / 'b'}" in line for line in told("new", tmp_path / "b", "--band", "k-2")
    )
