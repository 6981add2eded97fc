"""The commands ``template check``, ``take``, ``give`` and ``back``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from portfolio.cli import app
from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, TemplateMistake
from portfolio.files import class_templates
from portfolio.store.class_folder import ClassFolder, open_class
from portfolio.store.template_file import load_template
from portfolio.store.template_pair import read_pair
from tests.teachers import sample_desk


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """A class whose books are begun."""
    desk = sample_desk(tmp_path)
    desk.store.close()
    return open_class(desk.folder.path)


def told(*words: object, code: int = 0) -> str:
    """Return what a command says; it must end with this code, and never with a traceback."""
    done: Result = CliRunner().invoke(app, ["template", *(str(word) for word in words)])
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done.output


def other(folder: ClassFolder, to: Path, **texts: str) -> Path:
    """Write the template of a class to a file, with some texts put in the place of others."""
    text = folder.template_file.read_text("utf-8")
    for old, new in texts.items():
        assert old.replace("_", " ") in text
        text = text.replace(old.replace("_", " "), new)
    to.write_text(text, "utf-8")
    return to


def test_every_shipped_template_is_well() -> None:
    """What we ship passes the check, with how many pages and questions it has."""
    for path in sorted(class_templates().glob("*.yaml")):
        sections = load_template(path).sections
        questions = sum(len(section.prompts) for section in sections)
        assert len(sections) == 19, path.name
        assert f"{path.name} is well: 19 pages, {questions} questions." in told("check", path)


def test_given_and_taken_it_is_the_same(folder: ClassFolder, tmp_path: Path) -> None:
    """What one class gives another takes: the questions, and the titles and the order its notebook has."""
    path = folder.student_notebook
    path.write_text(path.read_text("utf-8").replace("## Me as a learner", "## About you"), "utf-8")
    assert "19 pages" in told("give", folder.path, tmp_path / "ours.yaml")
    given = load_template(tmp_path / "ours.yaml")
    me = given.section("me")
    assert me is not None and me.title == "About you"
    assert "This is what the class has already." in told("take", folder.path, tmp_path / "ours.yaml")
    assert told("give", folder.path, tmp_path / "ours.yaml", code=InputRefused.exit_code)
    assert told("give", folder.path, tmp_path / "no" / "ours.yaml", code=NotFound.exit_code)


def test_nothing_is_taken_in_unasked(folder: ClassFolder, tmp_path: Path) -> None:
    """Without --yes, where nobody can answer, it says what would change and whose words, and changes nothing."""
    pair = read_pair(folder)
    file = other(folder, tmp_path / "new.yaml", What_do_you_love_doing="What is fun")
    said = told("take", folder.path, file)
    assert "Me as a learner: The question “What do you love doing?” becomes “What is fun?”" in said
    assert "Amal, Mateo, Linh wrote there stays and is shown." in said and "add --yes" in said
    assert read_pair(folder) == pair


def test_taken_in_and_brought_back(folder: ClassFolder, tmp_path: Path) -> None:
    """With --yes it is done; the earlier version is listed, and brought back by its name."""
    before = folder.template()
    file = other(folder, tmp_path / "new.yaml", What_do_you_love_doing="What is fun")
    assert "There are no earlier versions yet." in told("back", folder.path)
    assert "Done." in told("take", folder.path, file, "--yes")
    assert folder.template() == load_template(file).but(version=before.version + 1)
    (line,) = told("back", folder.path).splitlines()
    assert "version 3" in line and "Grades 3 to 5" in line
    assert "Done." in told("back", folder.path, line.split()[0], "--yes")
    assert folder.template().but(version=before.version) == before
    told("back", folder.path, "../..", code=NotFound.exit_code)


def test_for_programs_it_answers_in_json(folder: ClassFolder, tmp_path: Path) -> None:
    """--json says what would change, field by field, and whether it was done; it never asks."""
    file = other(folder, tmp_path / "new.yaml", What_do_you_love_doing="What is fun")
    looked = json.loads(told("take", folder.path, file, "--json"))
    (change,) = looked["changes"]
    assert (looked["done"], change["what"], change["where"], change["field"]) == (
        False,
        "question_reworded",
        "me",
        "love",
    )
    assert change["students"] == ["amal", "mateo", "linh"]
    assert json.loads(told("take", folder.path, file, "--json", "--yes"))["done"]


def test_one_for_other_school_years_is_not_taken(folder: ClassFolder) -> None:
    """A template for other grades is refused with what to do; the class stays as it is."""
    pair = read_pair(folder)
    said = told("take", folder.path, class_templates() / "k-2.yaml", "--yes", code=InputRefused.exit_code)
    assert "for grades k-2, your class is 3-5" in said and read_pair(folder) == pair


def test_files_that_belong_to_it_are_named(folder: ClassFolder, tmp_path: Path) -> None:
    """Recordings and pictures a question names are files of their own: whoever gives or takes is told which."""
    file = tmp_path / "new.yaml"
    text = folder.template_file.read_text("utf-8")
    ask = "        ask: What do you love doing?\n"
    file.write_text(text.replace(ask, f"{ask}        spoken: love.mp3\n        picture: love.png\n"), "utf-8")
    assert "pictures/love.png, spoken/love.mp3" in told("take", folder.path, file, "--yes")
    assert "pictures/love.png, spoken/love.mp3" in told("give", folder.path, tmp_path / "given.yaml")


def test_a_file_that_is_none_is_a_sentence(folder: ClassFolder, tmp_path: Path) -> None:
    """No file, a folder, a broken one: each a sentence and an exit code, and the class stays as it is."""
    pair = read_pair(folder)
    told("take", folder.path, tmp_path / "none.yaml", "--yes", code=NotFound.exit_code)
    told("take", folder.path, tmp_path, "--yes", code=TemplateMistake.exit_code)
    (tmp_path / "broken.yaml").write_text("a: [", "utf-8")
    told("take", folder.path, tmp_path / "broken.yaml", "--yes", code=TemplateMistake.exit_code)
    assert read_pair(folder) == pair and ChangedMeanwhile.exit_code not in (3, 4)
