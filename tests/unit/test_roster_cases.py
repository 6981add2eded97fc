"""Broken spreadsheets, each of thirty invented children: all of them give the same class."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portfolio.moments.roster import confirm_roster, plan_roster, plan_sheet
from portfolio.store.class_folder import ClassFolder
from portfolio.store.roster_file import read_sheet
from tests.rosters import (
    CASES,
    expected,
    line,
    make_class,
)


@pytest.fixture
def folder(tmp_path: Path, today: date) -> ClassFolder:
    """Return a class with one child."""
    return make_class(tmp_path / "class-4b", today, "Wren; Mama; ar")


@pytest.mark.parametrize("name", sorted(p.name for p in CASES.glob("*.csv") if p.name != "no-headings.csv"))
def test_every_broken_spreadsheet_gives_the_same_thirty_children(name: str) -> None:
    """Names, grades, homes, languages and interpreters are the same, however the list was saved."""
    plan = plan_sheet(read_sheet(CASES / name))
    assert [line(student) for student in plan.new] == expected()
    assert not plan.troubles


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_so_do_lists_in_wide_letters(tmp_path: Path, encoding: str, mark: str) -> None:
    """“Unicode text” of Excel (UTF-16 with tabs), with and without its mark."""
    text = (CASES / "old-mac-tabs.csv").read_bytes().decode("mac-roman")
    own_mark = encoding in {"utf-16", "utf-32"}
    (tmp_path / "wide.txt").write_bytes((("" if own_mark else mark) + text).encode(encoding))
    assert [line(student) for student in plan_sheet(read_sheet(tmp_path / "wide.txt")).new] == expected()


def test_a_list_without_headings_gives_the_same_names() -> None:
    """Names and grades are guessed from what is in the columns; each guess is marked."""
    plan = plan_sheet(read_sheet(CASES / "no-headings.csv"))
    assert [line(s, all_homes=False) for s in plan.new] == [
        " | ".join(text.split(" | ")[:2]) for text in expected()
    ]
    assert {c.sure for c in plan.columns} == {"guess"}


def test_there_are_at_least_eight_of_thirty() -> None:
    """The table above has enough in it, and nobody is in it twice by mistake."""
    assert len(list(CASES.glob("*.csv"))) >= 8
    assert len(expected()) == 30 and len(set(expected())) == 30


def test_each_list_fits_the_class_another_list_made(folder: ClassFolder, today: date) -> None:
    """Whatever list comes first, the others change nothing about the thirty children."""
    confirm_roster(folder, plan_roster(folder, CASES / "school-program.csv"), today)
    for name in (
        "plain.csv",
        "excel-semicolons.csv",
        "unseen-letters.csv",
        "arabic-headings.csv",
        "read-twice.csv",
    ):
        plan = plan_roster(folder, CASES / name)
        assert (len(plan.same), plan.new, plan.changed, plan.troubles) == (30, (), (), ()), name
