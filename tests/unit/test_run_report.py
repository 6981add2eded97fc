"""What a run says: on the command line, as JSON, and as a page that prints."""

from __future__ import annotations

import dataclasses
import json
import re
import secrets
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import meta
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.errors import InputRefused, StorageTrouble
from portfolio.model import Household, Student
from portfolio.moments import run_state
from portfolio.moments.classes import new_class
from portfolio.moments.home_tidy import Tidied
from portfolio.moments.run_report import missing_lines, report_html, summary, write_report
from portfolio.moments.sent import Run, Sent
from portfolio.store.class_folder import ClassFolder
from portfolio.views.environment import environment
from portfolio.views.room import Missing
from portfolio.views.run_list import RunListPage
from portfolio.views.safe import SafePage
from portfolio.words import speak

SAY = speak("en")
DAY = date(2026, 11, 22)
HOSTILE = '<script>alert(1)</script>\u202e"é'


class Rows(HTMLParser):
    """Reads a page: its words, and those of each row of its table, with the classes used in it."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.words, self._style = "", False
        self.rows: list[tuple[str, set[str]]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row of the body, note a class."""
        self._style = tag == "style"
        self._inside = self._inside or tag == "tbody"
        if tag == "tr" and self._inside:
            self.rows.append(("", set()))
        elif self.rows and self._inside:
            self.rows[-1][1].update((dict(attrs).get("class") or "").split())

    def handle_endtag(self, tag: str) -> None:
        """End the table."""
        self._style = False
        self._inside = self._inside and tag != "tbody"

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if self._style or not data.strip():
            return
        words = " ".join(data.split())
        self.words += f" {words}"
        if self._inside and self.rows:
            text, classes = self.rows[-1]
            self.rows[-1] = (f"{text} {words}".strip(), classes)


def sent(name: str, path: Path | None = None, **more: Any) -> Sent:
    """Return what became of the one home of a child."""
    home = Household(household_id="home", label=f"Home of {name}")
    student = Student(student_id=name.lower(), name=name, households=(home,))
    return dataclasses.replace(
        Sent(student, home, path, 700_000 if path else 0, files=(path,) if path else ()), **more
    )


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a run in which everything there is has happened."""
    page = tmp_path / "page.html"
    page.write_bytes(b"x" * 700_000)
    holes = (Missing("our bridge", "damaged"), Missing("the dance", "no_room", "film"))
    return Run(
        (
            sent("Ada", page, looked="looked_at"),
            sent("Bo", page, unchanged=True),
            sent("Cleo", trouble=StorageTrouble("It broke, and nobody knows why."), earlier=True),
            sent("Dov", looked="changed_since"),
            sent("Eva", stopped=True),
            sent("Finn", page, missing=holes, beside=StorageTrouble("No browser was found.")),
        ),
        Tidied(("old/old.html",), ("mine/mine.html",)),
    )


def test_the_page_says_of_each_home_what_became_of_it(run: Run) -> None:
    """A row for each home in the order of the class, what to do next above, files of before below."""
    page = Rows(str(report_html(run, SAY, class_name="Oaks", on=DAY)))
    rows = [text for text, _ in page.rows]
    names = [row.partition(" Home of ")[0].split()[-1] for row in rows]
    assert names == ["Ada", "Bo", "Cleo", "Dov", "Eva", "Finn"]
    assert "made page.html 700 kB" in rows[0] and "ready, as it was" in rows[1]
    assert "It broke, and nobody knows why." in rows[2] and "an earlier time is still there" in rows[2]
    assert "left out" in rows[3] and "you stopped before" in rows[4]
    assert "No browser was found." in rows[5] and "1 film is too large" in rows[5]
    text = page.words
    assert "Cleo, Home of Cleo" in text and "Finn, Home of Finn" in text
    assert "old/old.html" in text and "mine/mine.html" in text
    assert "No teacher has looked at the book yet: Bo, Eva, Finn" in text
    assert "Changed since a teacher looked at the book: Dov" in text


def test_who_has_no_file_has_no_square_to_tick(run: Run) -> None:
    """Nobody ticks what is not there."""
    page = Rows(str(report_html(run, SAY, class_name="Oaks", on=DAY)))
    assert ["run-square" in classes for _, classes in page.rows] == [True, True, False, False, False, True]


def test_page_and_template_promise_the_same() -> None:
    """The fields of RunListPage are exactly the variables of its template."""
    source = Path(environment().get_template(RunListPage.template).filename or "").read_text("utf-8")
    used = meta.find_undeclared_variables(environment().parse(source))
    assert used == {field.name for field in dataclasses.fields(RunListPage)}


def test_no_word_of_anybody_becomes_more_than_a_word(tmp_path: Path) -> None:
    """Names, labels and names of files are escaped; nothing is fetched, nothing runs."""
    one = sent("X", trouble=StorageTrouble("{why}", why=HOSTILE))
    student = one.student.but(name="A <img src=x> B")
    page = str(
        report_html(Run((dataclasses.replace(one, student=student),)), SAY, class_name=HOSTILE, on=DAY)
    )
    assert "<script" not in page and "<img" not in page and " style=" not in page
    assert not re.search(r"https?://(?!www\.w3\.org/)", page)


def test_a_run_without_anything_is_said_too() -> None:
    """A class without children is no trouble for the page."""
    page = str(report_html(Run(()), SAY, class_name="Oaks", on=DAY))
    assert "0 homes have a new file." in page and "<table" not in page


def test_all_went_as_before_is_said_first() -> None:
    """When nothing was made, nobody has to count."""
    lines = list(summary(Run((sent("Ada", Path("a.html"), unchanged=True),)), SAY))
    assert lines[0] == "1 file was ready and would be the same again."


def test_every_reason_and_kind_has_words() -> None:
    """Whatever is not in a file is told with how many, never with a word of the child's."""
    for why in ("no_room", "damaged", "refused"):
        for kind in ("picture", "sound", "film", "page", "output"):
            (line,) = missing_lines([Missing("our secret", why, kind)] * 2, SAY)
            assert line.startswith("2 ") and "secret" not in line


def test_a_report_replaces_a_report_and_nothing_else(run: Run, tmp_path: Path) -> None:
    """A teacher who names the wrong file loses nothing."""
    page = report_html(run, SAY, class_name="Oaks", on=DAY)
    write_report(page, tmp_path / "report.html")
    write_report(page, tmp_path / "report.html")
    (tmp_path / "mine.html").write_text("mine", "utf-8")
    for path in (tmp_path / "mine.html", tmp_path, tmp_path / "no" / "such.html"):
        with pytest.raises(InputRefused):
            write_report(SafePage("x"), path)
    assert (tmp_path / "mine.html").read_text("utf-8") == "mine"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClassFolder:
    """Return a class of two; the program stays as it is meanwhile."""
    monkeypatch.setattr(run_state, "program", lambda: "this program")
    return new_class(
        tmp_path / "class", name="Oaks", band="3-5", round_name="Fall 2026",
        students=["Ada; Mama; en", "Bo; Home; es"], today=DAY, randomness=secrets.token_bytes,
    )  # fmt: skip


def test_the_command_says_what_was_ready_and_makes_it_again_when_asked(
    folder: ClassFolder, tmp_path: Path
) -> None:
    """Twice the same: the second time nothing is made; ``--again`` makes all; ``--report`` writes the page."""
    place, report = str(folder.path), tmp_path / "report.html"
    assert "2 homes have a new file." in CliRunner().invoke(app, ["send-home", place]).output
    second = CliRunner().invoke(app, ["send-home", place, "--report", str(report)])
    assert "2 files were ready and would be the same again." in second.output and second.exit_code == 0
    assert "Files for the homes" in report.read_text("utf-8")
    told = json.loads(CliRunner().invoke(app, ["send-home", place, "--json"]).output)
    assert all(one["unchanged"] and Path(one["file"]).is_file() for one in told)
    assert "2 homes have a new file." in CliRunner().invoke(app, ["send-home", place, "--again"]).output


def test_what_is_missing_is_counted_in_the_language_of_the_teacher() -> None:
    """One and several have words of their own in Spanish, for every kind and reason: none is left in English."""
    other = speak("es")
    for why in ("no_room", "damaged", "refused"):
        for kind in ("picture", "sound", "film", "page", "output"):
            for n in (1, 2):
                missing = [Missing("our secret", why, kind)] * n
                (ours,), (theirs,) = missing_lines(missing, SAY), missing_lines(missing, other)
                assert theirs.startswith(f"{n} ") and theirs != ours
