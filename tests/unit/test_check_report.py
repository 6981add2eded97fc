"""The teacher's report on a class as a page: what stands in it, and what never does."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from jinja2 import meta
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.model import Goal, Household, Passage, Student, TeacherNote, WordChoice, Work
from portfolio.moments.check import check_class
from portfolio.moments.check_report import report_html
from portfolio.store.class_folder import open_class
from portfolio.testing import NOON
from portfolio.views.check_page import CheckPage
from portfolio.views.environment import environment
from portfolio.words import speak

HOSTILE = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}</style>&lt; \ue000styles>"
)
"""Signs that would run, close a tag, or be taken for a template's or a place we fill."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class where Bo has a goal with a school word, Anouk nothing, and Cy no book."""
    (tmp_path / "names.txt").write_text("Anouk\nBo\n", "utf-8")
    done = CliRunner().invoke(
        app, ["new", str(tmp_path / "class"), "--band", "3-5", "--students", str(tmp_path / "names.txt")]
    )
    assert done.exit_code == 0, done.output
    store = open_class(tmp_path / "class").store()
    book = store.rounds("bo")[-1].portfolio_id
    goal = Goal(entry_id="goal-1", goal=Passage(text="Read my rubric twice"))
    note = TeacherNote(entry_id="note-1", teacher_id="t1", strength=Passage(text="His IEP is met."))
    store.keep(book, goal, expected=0, by="student", at=NOON)
    store.keep(book, note, expected=0, by="teacher:t1", at=NOON)
    store.keep_student(Student(student_id="cy", name="Cy"))
    store.close()
    return tmp_path / "class"


def text_of(folder: Path, lang: str = "en", shown: str = "class 4b") -> str:
    """Return the report's HTML."""
    opened = open_class(folder)
    return str(report_html(opened, check_class(opened), speak(lang), on=date(2026, 11, 22), shown=shown))


def page_of(folder: Path) -> BeautifulSoup:
    """Return the report, parsed."""
    return BeautifulSoup(text_of(folder), "html.parser")


def part_of(page: BeautifulSoup, student: str) -> Tag:
    """Return the part of the page about a child."""
    (found,) = page.select(f"#c-{student}")
    return found


def said(element: Tag, selector: str) -> list[str]:
    """Return the texts of what a selector finds, white space gathered."""
    return [" ".join(one.get_text().split()) for one in element.select(selector)]


def test_the_page_uses_what_it_promises_and_no_more() -> None:
    """The fields of CheckPage are exactly the variables of its template."""
    source = Path(environment().get_template(CheckPage.template).filename or "").read_text("utf-8")
    used = meta.find_undeclared_variables(environment().parse(source)) - set(environment().globals)
    assert used == {field.name for field in dataclasses.fields(CheckPage)}


def test_every_child_has_a_part_in_the_order_of_the_roster(folder: Path) -> None:
    """A heading for each child, an address to it at the top, and a sentence for a child without a book."""
    page = page_of(folder)
    assert said(page, "main > section[id^=c-] > h2") == ["Anouk", "Bo", "Cy"]
    assert [one["href"] for one in page.select("nav a")] == ["#c-anouk", "#c-bo", "#c-cy"]
    assert "has no portfolio" in said(page, "#c-cy")[0]


def test_open_parts_steps_and_reading_are_told_in_words(folder: Path) -> None:
    """Parts not filled in with their questions, next steps with their page, and how it reads."""
    page = page_of(folder)
    bo = part_of(page, "bo")
    assert "My goals · started" in said(bo, "li > p:has(> b)")
    assert any(one.startswith("My goals: The goal has no step yet.") for one in said(bo, "li > p:has(> b)"))
    assert "What Bo wrote: too short to tell." in said(bo, "p")[-1]


def test_a_school_word_comes_with_three_ways(folder: Path) -> None:
    """Its explanation, where it stands, plain words for it, that the file explains it, and the command that lets it be."""
    bo = part_of(page_of(folder), "bo")
    rubric, iep = bo.select("li:has(details)")
    assert "rubric My goals" in said(rubric, "p")[0] and len(said(rubric, "p")[1]) > 20
    ways = said(rubric, "details li")
    assert ways[0].startswith("Say it plainly: “Read my ") and "rubric" not in ways[0]
    assert ways[1] == "Keep it: the file that goes home explains it in English."
    assert ways[2] == "It is fine in this class: portfolio glossary add 'class 4b' rubric --off"
    assert said(bo, "h3")[-3:] == [
        "School words Bo wrote",
        "School words the teacher wrote",
        "How it reads",
    ]
    assert said(iep, "b")[0] == "IEP"


def test_keep_it_says_what_each_home_language_gets(folder: Path) -> None:
    """A draft is called a draft, checked words are called so, and a language without words gets English only."""
    store = open_class(folder).store()
    home = Household(household_id="home", label="Home", reads=("es", "vi", "ar", "en"))
    store.keep_student(store.student("bo").but(households=(home,)))
    store.close()
    tr = "{es: {plain: Una lista., status: draft}, ar: {plain: قائمة, status: human}}"
    (folder / "glossary.yaml").write_text(f"entries:\n- {{id: rubric, plain: A list., tr: {tr}}}\n", "utf-8")
    rubric = part_of(page_of(folder), "bo").select("li:has(details)")[0]
    assert said(rubric, "details li")[1] == (
        "Keep it: the file that goes home explains it by itself. In Arabic (العربية): checked by a person. "
        "In Spanish (Español): a draft, checked by nobody. For families who read Vietnamese (Tiếng Việt): in English only."
    )


def test_keep_it_is_true_of_a_word_called_fine(folder: Path) -> None:
    """What was called fine is not explained at home, and is not in the list of the class."""
    store = open_class(folder).store()
    book = store.rounds("bo")[-1].portfolio_id
    goal = Goal(entry_id="goal-1", goal=Passage(text="Read my rubric twice"))
    fine = goal.with_choice(WordChoice(term="rubric", how="fine"))
    store.keep(book, fine, expected=1, by="student", at=NOON)
    store.close()
    page = page_of(folder)
    assert "does not explain it" in said(part_of(page, "bo").select("li:has(details)")[0], "details li")[1]
    assert "rubric" not in said(page, "#words b")


def test_the_class_sees_its_words_in_one_list(folder: Path) -> None:
    """Behind About this page: each open word once, in whose book, who wrote it, and the way there."""
    store = open_class(folder).store()
    book = store.rounds("anouk")[-1].portfolio_id
    work = Work(entry_id="work-1", title=Passage(text="My rubric"), teacher_note=Passage(text="A rubric."))
    store.keep(book, work, expected=0, by="student", at=NOON)
    store.close()
    page = page_of(folder)
    assert said(page, "main > section:nth-of-type(2)#words li") == [
        "IEP: Bo (teacher)",
        "rubric: Anouk (child, teacher), Bo (child)",
    ]
    assert [str(one["href"]) for one in page.select("#words a")] == ["#c-bo", "#c-anouk", "#c-bo"]
    assert "“My rubric”" in said(part_of(page, "anouk"), "li:has(details) .by")[0]


def test_no_part_of_a_command_breaks(folder: Path) -> None:
    """The option stays on one line."""
    assert "--off" in said(part_of(page_of(folder), "bo"), "code nobr")


def test_the_command_on_the_page_works(folder: Path) -> None:
    """What the page says to type takes the word away, so that the next report has it no more."""
    done = CliRunner().invoke(app, ["glossary", "add", str(folder), "rubric", "--off"])
    assert done.exit_code == 0
    assert "rubric" not in said(part_of(page_of(folder), "bo"), "b")


def test_nothing_is_counted_or_ranked(folder: Path) -> None:
    """No percent and no sum stands in the words of the page."""
    words = " ".join(said(page_of(folder), "body"))
    assert "%" not in words and not re.search(r"\d+ (of|/) \d+", words)


def test_the_page_is_one_file_where_nothing_runs(folder: Path) -> None:
    """A strict policy, no script, no address but inside the page, no style attribute."""
    page = page_of(folder)
    policy = str(page.select("meta[http-equiv=Content-Security-Policy]")[0]["content"])
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy and "script-src" not in policy
    assert not page.select("script, img, iframe, form, link, object, [style], [src]")
    names = {name for one in page.find_all() for name in one.attrs}
    assert not any(name.startswith("on") for name in names)
    assert all(str(one["href"]).startswith("#") for one in page.select("[href]"))


@pytest.mark.parametrize("where", ["name", "goal", "note", "glossary", "class", "folder"])
def test_hostile_words_stay_words(folder: Path, where: str) -> None:
    """In a name, a goal, a note, an explanation, the class's name or the folder's: the page has the same elements."""
    store = open_class(folder).store()
    book = store.rounds("bo")[-1].portfolio_id
    if where == "name":
        store.keep_student(store.student("bo").but(name=HOSTILE))
    if where == "goal":
        goal = Goal(entry_id="goal-2", goal=Passage(text=HOSTILE + " my rubric"))
        store.keep(book, goal, expected=0, by="student", at=NOON)
    if where == "note":
        note = TeacherNote(entry_id="note-2", teacher_id="t2", strength=Passage(text="my IEP " + HOSTILE))
        store.keep(book, note, expected=0, by="teacher:t1", at=NOON)
    if where == "class":
        store.keep_class(store.school_class().but(name=HOSTILE))
    store.close()
    if where == "glossary":
        said_so = HOSTILE.replace("'", "''").replace("\ue000", "")
        (folder / "glossary.yaml").write_text(f"entries:\n- {{id: rubric, plain: '{said_so}'}}\n", "utf-8")
        assert open_class(folder).glossary_troubles() == ()
    text = text_of(folder, shown=HOSTILE if where == "folder" else "class")
    page = BeautifulSoup(text, "html.parser")
    assert not page.select("script, img") and len(page.select("style")) == 1
    assert any(sign in page.get_text() for sign in ("alert(1)", "{% raw"))
    assert "49" not in " ".join(said(page, "main"))


def test_the_page_speaks_the_teachers_language(folder: Path) -> None:
    """In Spanish the page says so in its lang; explanations in English keep theirs."""
    page = BeautifulSoup(text_of(folder, "es"), "html.parser")
    assert page.select("html")[0]["lang"] == "es"
    assert {str(one["lang"]) for one in page.select("#c-bo li:has(details) b[dir]")} == {"en"}


def test_the_command_writes_the_page_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    """--report FILE writes the file, whole, and says where it is; with --json the answer stays JSON."""
    path = tmp_path / "report.html"
    done = CliRunner().invoke(app, ["check", str(folder), "--report", str(path)])
    assert done.exit_code == 0 and done.stdout == f"The report is in {path}.\n"
    assert path.read_text("utf-8").startswith("<!doctype html>") and path.read_text("utf-8").endswith(
        "</html>"
    )
    done = CliRunner().invoke(app, ["check", str(folder), "--report", str(path), "--json"])
    assert done.stdout.startswith("[") and "The report is in" in done.stderr


def test_a_place_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    """A folder that is not there ends in a sentence."""
    done = CliRunner().invoke(app, ["check", str(folder), "--report", str(tmp_path / "no" / "report.html")])
    assert done.exit_code == 7 and "report.html" in done.stderr
