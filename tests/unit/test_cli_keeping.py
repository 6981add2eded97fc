"""The commands that keep, hand on and end: sentences, exit codes, and nothing erased by mistake."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from portfolio import files
from portfolio.cli import app
from portfolio.cli import keeping as commands
from portfolio.moments.erasing import look
from portfolio.store.class_folder import ClassFolder, create_class
from portfolio.testing import NOON, small_class
from tests.unit.test_erase import child, keep

MARK = "XYZZYMARK"


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """A class with one child."""
    template = files.class_templates() / "3-5.yaml"
    made = create_class(tmp_path / "class", template, small_class(), randomness=lambda n: b"s" * n)
    keep(made, child("anouk", f"Anouk {MARK}"), MARK)
    return made


def run(*args: object, typed: str | None = None) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, [str(arg) for arg in args], input=typed)


def test_a_class_goes_out_and_in(folder: ClassFolder, tmp_path: Path) -> None:
    """Backup and restore say where things are, and what they made is a class."""
    made = run("backup", folder.path, "--to", tmp_path / "b.zip", "--json")
    assert made.exit_code == 0 and json.loads(made.output)["missing"] == []
    back = run("restore", tmp_path / "b.zip", tmp_path / "again")
    assert back.exit_code == 0 and "portfolio check" in back.output
    assert look(ClassFolder(tmp_path / "again"), "anouk").entries == 2


def test_a_backup_goes_into_a_folder_that_is_named(folder: ClassFolder, tmp_path: Path) -> None:
    """With a folder after --to, the backup lies in it under its own name."""
    (tmp_path / "stick").mkdir()
    assert run("backup", folder.path, "--to", tmp_path / "stick").exit_code == 0
    (saved,) = (tmp_path / "stick").iterdir()
    assert saved.name.startswith("class.20") and saved.name.endswith(".backup.zip")


def test_restore_never_goes_over_a_class(folder: ClassFolder, tmp_path: Path) -> None:
    """Restoring over a class, or from something else, ends with 3 and a sentence."""
    run("backup", folder.path, "--to", tmp_path / "b.zip")
    assert run("restore", tmp_path / "b.zip", folder.path).exit_code == 3
    assert run("restore", folder.template_file, tmp_path / "x").exit_code == 3
    assert run("restore", tmp_path / "nothing.zip", tmp_path / "x").exit_code == 4


def test_a_folder_that_is_not_there_does_not_become_a_file(folder: ClassFolder, tmp_path: Path) -> None:
    """--to with the folder of a stick that is not plugged in ends with 3, and no file of that name appears."""
    for command in ("backup", "archive"):
        assert run(command, folder.path, "--to", tmp_path / "stick").exit_code == 3
    assert not (tmp_path / "stick").exists()


def test_an_archive_goes_out_and_in(folder: ClassFolder, tmp_path: Path) -> None:
    """Archive says what it left out and ends with 10 for it; archive-in refuses what is no picture."""
    made = run("archive", folder.path, "--to", tmp_path / "a.zip", "--no-pages", "--json")
    assert made.exit_code == 0 and json.loads(made.output)["portfolios"] == 1
    refused = run("archive-in", tmp_path / "a.zip", folder.path, "--student", "anouk", "--as", "anouk-2")
    assert refused.exit_code == 3  # the picture of this test is only the wrapping of one
    here = run("archive-in", tmp_path / "a.zip", folder.path)
    assert here.exit_code == 0 and "here already: anouk.fall" in here.output
    (folder.media / "anouk").rename(folder.media / "gone")
    left = run("archive", folder.path, "--to", tmp_path / "c.zip", "--no-pages")
    assert left.exit_code == 10 and "missing or damaged" in left.output


def test_nothing_is_erased_where_nobody_can_answer(folder: ClassFolder) -> None:
    """Without a terminal and without --yes, erase shows what would go, ends with 3, and nothing is gone."""
    asked = run("erase", folder.path, "anouk")
    assert asked.exit_code == 3 and "add --yes" in asked.output and "1 portfolio" in asked.output
    assert look(folder, "anouk").portfolios == 1


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there and can type."""
    monkeypatch.setattr(commands, "somebody_can_answer", lambda: True)


@pytest.mark.parametrize("typed", ["", "yes", "anou", "Anouk"])
def test_only_the_id_itself_erases(folder: ClassFolder, at_a_terminal: None, typed: str) -> None:
    """Typing anything but the child's id stops, and nothing is gone."""
    assert run("erase", folder.path, "anouk", typed=f"{typed}\n").exit_code == 3
    assert look(folder, "anouk").portfolios == 1


def test_typing_the_id_erases(folder: ClassFolder, at_a_terminal: None) -> None:
    """Typing the id erases the child and says what was searched."""
    done = run("erase", folder.path, "anouk", typed="anouk\n")
    assert done.exit_code == 0 and "none tells of the child" in done.output
    assert run("erase", folder.path, "anouk", "--yes").exit_code == 4


def test_erase_tells_programs(folder: ClassFolder) -> None:
    """With --yes --json the whole answer is JSON."""
    done = run("erase", folder.path, "anouk", "--yes", "--json")
    assert json.loads(done.stdout)["left"] == []


def test_due_and_sweep_delete_nothing(folder: ClassFolder) -> None:
    """--due lists, --sweep writes anew; without a child erase says what to write."""
    assert "No day to be deleted is set" in run("erase", folder.path, "--due").output
    store = folder.store()
    store.keep_class(store.school_class().but(delete_by=date(2999, 7, 31)))
    store.close()
    assert "Nobody" in run("erase", folder.path, "--due").output
    assert json.loads(run("erase", folder.path, "--due", "--json").output) == []
    assert run("erase", folder.path, "--sweep").exit_code == 0
    assert run("erase", folder.path).exit_code == 3
    assert look(folder, "anouk").portfolios == 1


def test_examine_says_what_is_damaged_and_mends(folder: ClassFolder) -> None:
    """A damaged entry ends with 7; --mend brings back its last good state; then all is well."""
    for path in (folder.media / "anouk").iterdir():
        path.unlink()
    store = folder.store()
    store.remove("anouk.fall", "w", expected=1, by="student", at=NOON)
    store.close()
    connection = sqlite3.connect(folder.database)
    connection.execute("UPDATE entries SET body = 'garbage' WHERE entry_id = 'g'")
    connection.commit()
    connection.close()
    assert run("examine", folder.path).exit_code == 7
    assert any(f["what"] == "entry" for f in json.loads(run("examine", folder.path, "--json").stdout))
    mended = run("examine", folder.path, "--mend")
    assert "mended: “anouk.fall/g” was damaged, and has its last good state" in mended.output
    store = folder.store()
    assert store.damaged("anouk.fall") == ()
    store.close()


def test_examine_needs_a_class(folder: ClassFolder, tmp_path: Path) -> None:
    """A class with parts missing is examined; a folder without a class is not found."""
    assert run("examine", tmp_path).exit_code == 4
    folder.database.unlink()
    assert run("examine", folder.path).exit_code == 7
