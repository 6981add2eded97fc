"""``portfolio roster``: it shows, asks where somebody can answer, and writes only after a yes."""

from __future__ import annotations

import json
import locale
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from portfolio.cli import app
from portfolio.errors import NotFound
from portfolio.moments.roster import plan_sheet
from portfolio.store.class_folder import ClassFolder, open_class
from portfolio.store.roster_file import read_sheet
from tests.rosters import (
    CASES,
    bytes_of,
    make_class,
    students,
)


@pytest.fixture
def folder(tmp_path: Path, today: date) -> ClassFolder:
    """Return a class with one child."""
    return make_class(tmp_path / "class-4b", today, "Wren; Mama; ar")


@pytest.fixture
def listed(tmp_path: Path) -> Callable[[str], Path]:
    """Return what writes a list."""

    def write(text: str) -> Path:
        path = tmp_path / "list.csv"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return the command line in English."""
    monkeypatch.setattr(locale, "getlocale", lambda: ("en_US", "UTF-8"))
    return lambda *words: CliRunner().invoke(app, ["roster", *map(str, words)])


def test_without_a_yes_the_command_only_shows(folder: ClassFolder, run: Callable[..., Result]) -> None:
    """Where nobody can answer, the list is shown, nothing is written, and the sentence says how."""
    before = bytes_of(folder)
    result = run("import", folder.path, CASES / "school-program.csv")
    assert result.exit_code == 0 and bytes_of(folder) == before
    assert result.output.endswith("Nothing was imported. To import it, add --yes.\n")
    assert "30 new, 0 changed, 0 as before, 1 not in the file, 0 not read." in result.output
    assert "B “Student (Last, First)”: name  [Haddad, Amal · Peña Ruiz, Inés · Brandt, Teo]" in result.output


def test_what_is_not_needed_is_not_even_shown(folder: ClassFolder, run: Callable[..., Result]) -> None:
    """Birth dates, addresses and numbers are named as left out; their values appear nowhere, nor in the class."""
    result = run("import", folder.path, CASES / "school-program.csv", "--yes")
    assert "C “DOB”: left out: we do not need it\n" in result.output
    everything = result.output + folder.database.read_bytes().decode("latin-1")
    assert not re.search(r"/2016|Elm St\b|Springfield|example\.org|004100", everything)


def test_yes_imports_and_show_lists(folder: ClassFolder, run: Callable[..., Result]) -> None:
    """``--yes`` writes; ``show`` lists id, name, homes and languages."""
    assert run("import", folder.path, CASES / "plain.csv", "--yes").output.endswith("Imported.\n")
    shown = run("show", folder.path).output.splitlines()
    assert len(shown) == 31
    assert (
        shown[1]
        == "amal-haddad  Amal Haddad: Rana Haddad (Arabic (العربية), interpreter); Sami Haddad (English)"
    )


@pytest.mark.parametrize(("answer", "count"), [("y\n", 31), ("n\n", 1), ("\n", 1)])
def test_in_a_terminal_it_asks(
    folder: ClassFolder, monkeypatch: pytest.MonkeyPatch, answer: str, count: int
) -> None:
    """Only a yes imports; just pressing Enter is a no."""
    monkeypatch.setattr("portfolio.cli.rosters.somebody_is_there", lambda: True)
    words = ["roster", "import", str(folder.path), str(CASES / "plain.csv")]
    result = CliRunner().invoke(app, words, input=answer)
    assert result.exit_code == 0 and len(students(folder)) == count


def test_programs_get_data(
    folder: ClassFolder, run: Callable[..., Result], listed: Callable[[str], Path]
) -> None:
    """``--json`` tells columns, new, changed, missing, warnings and troubles, and whether it was done."""
    path = listed("Name,Grade,DOB\nWren,5,1/1/2016\nTeo,4,\n,4,2/2/2016\n")
    for yes in ((), ("--yes",)):
        told = json.loads(run("import", folder.path, path, "--json", *yes).output)
        assert told["imported"] is bool(yes)
    assert [c["is"] for c in told["columns"]] == ["name", "grade", None]
    assert told["columns"][2]["left_out"] == "not needed"
    assert [s["student"] for s in told["new"]] == ["teo"]
    assert told["changed"] == [
        {"student": "wren", "changes": [{"what": "grade", "of": None, "from": "", "to": "5"}]}
    ]
    assert told["troubles"] == [{"row": 4, "says": "Row 4 has no name. Write one, or delete the row."}]
    assert [s["name"] for s in json.loads(run("show", folder.path, "--json").output)] == ["Wren", "Teo"]


def test_columns_and_children_can_be_pointed_out(
    folder: ClassFolder, run: Callable[..., Result], listed: Callable[[str], Path]
) -> None:
    """``--column`` and ``--same`` are followed; halves of them are refused with a sentence."""
    path = listed("Zxq,Qqq\nMimi,x\n")
    result = run(
        "import",
        folder.path,
        path,
        "--column",
        "name=Zxq",
        "--column",
        "skip=B",
        "--same",
        "wren=Mimi",
        "--yes",
    )
    assert result.exit_code == 0 and "name: Wren → Mimi" in result.output
    assert [s.name for s in students(folder)] == ["Mimi"]
    for wrong in ("name", "name=", "=A"):
        result = run("import", folder.path, path, "--column", wrong)
        assert result.exit_code == 3 and "two sides" in result.output


def test_trouble_is_one_sentence(folder: ClassFolder, run: Callable[..., Result], tmp_path: Path) -> None:
    """A workbook, a missing file, a folder that is no class: a sentence and its exit code, no traceback."""
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04rest")
    for words, code in (
        (("import", folder.path, tmp_path / "list.xlsx"), 3),
        (("import", folder.path, tmp_path / "none.csv"), 4),
        (("show", tmp_path), 4),
    ):
        result = run(*words)
        assert (
            result.exit_code == code and result.output.count("\n") == 1 and "Traceback" not in result.output
        )


def test_a_class_can_be_made_of_a_list(tmp_path: Path, today: date) -> None:
    """A plan without a class gives whole students; a folder that is no class is told when one is asked for."""
    assert len(plan_sheet(read_sheet(CASES / "plain.csv")).new) == 30
    with pytest.raises(NotFound):
        open_class(tmp_path)


def test_a_new_class_takes_no_spreadsheet_unseen(tmp_path: Path) -> None:
    """“new --students list.csv” says how a list comes in, and makes nothing."""
    listed = tmp_path / "list.csv"
    listed.write_text("Name,Grade\nAmal,4\n", "utf-8")
    target = tmp_path / "class"
    result = CliRunner().invoke(app, ["new", str(target), "--band", "3-5", "--students", str(listed)])
    assert result.exit_code == 3
    assert "roster import" in result.output
    assert not target.exists()


def test_a_language_nobody_knows_is_said_and_its_word_is_shown(
    folder: ClassFolder, run: Callable[..., Result], listed: Callable[[str], Path]
) -> None:
    """The command says what it does not know and shows the word itself, before and after; no tag of ours is shown."""
    path = listed("Name,Guardian,Language\nIxchel,Rosa,Kanjobalo\n")
    result = run("import", folder.path, path, "--yes")
    assert result.exit_code == 0 and "nobody here knows the language “Kanjobalo” (Ixchel)" in result.output
    assert "The word is kept" in result.output and "Rosa (Kanjobalo)" in result.output
    listed("Name,Guardian,Language\nIxchel,Rosa,Spanish\n")
    shown = run("show", folder.path).output + run("import", folder.path, path).output
    assert "Rosa (Kanjobalo)" in shown and "Kanjobalo → Spanish (Español)" in shown
    assert "-listed-" not in result.output + shown
