"""A notebook with other pages: exactly those asked for, and everything of the teacher's own still there."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import NotebookMistake, NotFound
from portfolio.model import OwnCell, SectionCell
from portfolio.store.notebook_edit import arranged
from portfolio.store.notebook_file import parse_outline
from portfolio.store.notebook_new import student_notebook
from tests.notebook_cells import CELLS, PNG, TEMPLATE, Cell, code, notebook, show, shown, text

jupyter: Any = nbformat
"""Jupyter's own reader, which has no types."""
IDS = [section.section_id for section in TEMPLATE.sections]
OWN = [
    text("Our year together."),
    text("# Part two"),
    text("## Part three\n\nNow it gets hard."),
    code("import math\nmath.pi"),
    code("plot()", shown({"image/png": PNG})),
    {"cell_type": "raw", "metadata": {}, "source": "raw"},
    text(""),
]


def told(notebook_text: str) -> list[str]:
    """Return what a notebook shows: ids of sections, and the words of the teacher's own cells."""
    outline = parse_outline(notebook_text, "student.ipynb")
    return [cell.section if isinstance(cell, SectionCell) else f"“{cell.markdown}”" for cell in outline]


def order(notebook_text: str) -> list[str]:
    """Return the ids of the sections a notebook shows, in order."""
    return [name for name in told(notebook_text) if not name.startswith("“")]


def headings(notebook_text: str) -> dict[str, str]:
    """Return the headings a teacher changed, by section."""
    outline = parse_outline(notebook_text, "student.ipynb")
    return {c.section: c.heading for c in outline if isinstance(c, SectionCell) and c.heading}


def own_sources(cells: list[Cell]) -> list[str]:
    """Return the sources of cells that are the teacher's own, sorted; a lone heading may be that of a page."""
    sources = ("".join(cell["source"]) for cell in cells)
    mine = {"".join(cell["source"]) for cell in OWN} - {"# Part two"}
    return sorted(source for source in sources if source in mine)


def cells_of(notebook_text: str) -> list[Cell]:
    """Return the cells of a notebook."""
    found: list[Cell] = json.loads(notebook_text)["cells"]
    return found


@st.composite
def notebooks(draw: st.DrawFn) -> str:
    """Draw a notebook a teacher worked in: our cells in any order, some gone, own ones between, headings changed."""
    ours = [dict(cell) for cell in draw(st.permutations(CELLS))[: draw(st.integers(0, len(CELLS)))]]
    if draw(st.booleans()):
        ours = [dict(cell) for cell in CELLS if draw(st.integers(0, 5))]
    for cell in ours:
        if cell["cell_type"] == "markdown" and draw(st.integers(0, 5)) == 0:
            cell["source"] = draw(st.sampled_from(["## Mine", "# *My* part", "words only", "##"]))
    for one in draw(st.lists(st.sampled_from(OWN), max_size=5)):
        ours.insert(draw(st.integers(0, len(ours))), dict(one))
    if draw(st.booleans()):
        ours.insert(draw(st.integers(0, len(ours))), code('desk.section("work"); desk.section("me")'))
    for n, cell in enumerate(ours):
        cell["id"] = f"cell-{n}"
        if cell["cell_type"] == "code":
            cell["execution_count"] = None
    return notebook(*ours)


@settings(max_examples=100, deadline=None)
@given(notebooks(), st.lists(st.sampled_from(IDS), unique=True, max_size=len(IDS)))
def test_exactly_what_was_asked_for(before: str, wanted: list[str]) -> None:
    """Whatever a teacher did to the notebook: the pages are those asked for, own cells are all there, twice is once."""
    after = arranged(before, TEMPLATE, wanted)
    assert order(after) == wanted
    assert own_sources(cells_of(after)) == own_sources(cells_of(before))
    assert arranged(after, TEMPLATE, wanted) == after
    jupyter.validate(jupyter.reads(after, as_version=jupyter.NO_CONVERT))


@settings(max_examples=60, deadline=None)
@given(notebooks(), st.data())
def test_the_same_pages_leave_the_notebook_as_it_is(before: str, data: st.DataObject) -> None:
    """Asked for the pages it shows, a notebook shows the same: pages, headings and own texts, in the same order."""
    assert told(arranged(before, TEMPLATE, order(before))) == told(before)
    assert headings(arranged(before, TEMPLATE, order(before))) == {
        name: heading for name, heading in headings(before).items() if heading != title(name)
    }


def title(section_id: str) -> str:
    """Return the title of a section in the template."""
    found = TEMPLATE.section(section_id)
    assert found is not None
    return found.title


def test_a_fresh_notebook_is_what_the_generator_makes() -> None:
    """Put in one by one, the pages make the very notebook a new class gets."""
    whole = student_notebook(TEMPLATE, "Our class")
    few = arranged(whole, TEMPLATE, ["goals", "me"])
    assert order(few) == ["goals", "me"] and arranged(few, TEMPLATE, IDS) == whole


def test_own_cells_go_with_the_page_they_stood_at() -> None:
    """What comes before a heading of the teacher's belongs to the page above, from the heading on to the page below."""
    before = notebook(
        code("desk = portfolio.open_desk()"), text("Welcome, all."), show("me"), text("Well done."), text("# Part two"),
        text("Now it gets hard."), show("work"), text("The end."), code("desk.done()"),
    )  # fmt: skip
    assert told(before) == [
        "“Welcome, all.”",
        "me",
        "“Well done.”",
        "“# Part two”",
        "“Now it gets hard.”",
        "work",
        "“The end.”",
    ]
    after = arranged(before, TEMPLATE, ["work", "me"])
    assert told(after) == [
        "“Welcome, all.”",
        "“# Part two”",
        "“Now it gets hard.”",
        "work",
        "“The end.”",
        "me",
        "“Well done.”",
    ]
    assert (
        cells_of(after)[0]["source"].endswith("open_desk()")
        and cells_of(after)[-1]["source"] == "desk.done()"
    )


def test_own_cells_of_a_page_that_goes_stay_where_they_were() -> None:
    """A page that goes loses its heading and its call, nothing else."""
    before = notebook(
        show("me"),
        text("# Part two"),
        text("## Our work"),
        show("work"),
        text("Look closely."),
        show("goals"),
    )
    assert told(arranged(before, TEMPLATE, ["me", "goals"])) == [
        "me",
        "“# Part two”",
        "“Look closely.”",
        "goals",
    ]


def test_a_changed_heading_stays_and_goes_along() -> None:
    """A heading the teacher wrote moves with its page; asked to, it becomes ours again, with the title there is."""
    before = notebook(text("## Our best"), show("work"), show("me"))
    assert headings(arranged(before, TEMPLATE, ["me", "work"])) == {"work": "Our best"}
    anew = arranged(before, TEMPLATE, ["me", "work"], retitled=["work"])
    assert headings(anew) == {}
    assert "".join(cells_of(anew)[1]["source"]) == f"## {title('work')}"


def test_a_heading_of_ours_says_the_title_of_now() -> None:
    """When the template calls a page otherwise, the heading that was ours says so; it does not count as changed."""
    whole = student_notebook(TEMPLATE, "Our class")
    other = TEMPLATE.but(
        sections=tuple(s.but(title="All about me") if s.section_id == "me" else s for s in TEMPLATE.sections)
    )
    after = arranged(whole, other, IDS)
    assert "## All about me" in after and headings(after) == {}
    assert headings(arranged(after, TEMPLATE, IDS)) == {}


@pytest.mark.parametrize("odd", ["", "A #", "x" * 300, "##"])
def test_a_title_that_is_no_heading_is_not_written_as_one(odd: str) -> None:
    """A title Markdown would read otherwise stands in the template only, and no stray text comes into the book."""
    other = TEMPLATE.but(
        sections=tuple(s.but(title=odd) if s.section_id == "me" else s for s in TEMPLATE.sections)
    )
    after = arranged(notebook(show("work")), other, ["work", "me"])
    assert told(after) == ["work", "me"] and headings(after) == {}
    again = arranged(student_notebook(TEMPLATE, "Our class"), other, ["work", "me"])
    assert told(again) == ["work", "me"] and headings(again) == {}


def test_one_cell_that_shows_two_pages_stays_one_while_they_follow() -> None:
    """Two calls in a cell stay together as long as they follow each other; else each gets a cell of its own."""
    before = notebook(
        text("## Both"), code('desk.section("work"); desk.section("me")  # mine'), text("After.")
    )
    assert "# mine" in arranged(before, TEMPLATE, ["goals", "work", "me"])
    apart = arranged(before, TEMPLATE, ["work", "goals", "me"])
    assert told(apart) == ["work", "goals", "me", "“After.”"] and headings(apart) == {"work": "Both"}
    assert told(arranged(before, TEMPLATE, ["me"])) == ["me", "“After.”"]


def test_headings_moved_away_come_back() -> None:
    """Where only the code cells were moved, every page has its own heading again, and none is there twice."""
    heads = {cell["id"]: cell for cell in CELLS}
    before = notebook(heads["heading-me"], show("work"), heads["heading-work"], show("me"))
    after = arranged(before, TEMPLATE, ["work", "me"])
    sources = ["".join(cell["source"]) for cell in cells_of(after)]
    wanted = [f"## {title('work')}", 'desk.section("work")', f"## {title('me')}", 'desk.section("me")']
    assert sources == wanted
    away = notebook(heads["heading-work"], text("Mine."), show("work"), show("me"), heads["heading-me"])
    sources = ["".join(cell["source"]) for cell in cells_of(arranged(away, TEMPLATE, ["work", "me"]))]
    assert sources == ["Mine.", *wanted]


def test_older_notebooks_stay_what_they_are() -> None:
    """A notebook of format 4.4 has no cell ids afterwards either; one of 4.5 has no id twice."""
    old = {
        "cells": [{**show("me"), "execution_count": 3}],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    after = arranged(json.dumps(old), TEMPLATE, ["me", "work"])
    assert all("id" not in cell for cell in cells_of(after))
    jupyter.validate(jupyter.reads(after, as_version=jupyter.NO_CONVERT))
    taken = notebook({**text("mine"), "id": "heading-work"}, {**show("me"), "id": "section-work"})
    ids = [cell["id"] for cell in cells_of(arranged(taken, TEMPLATE, ["me", "work"]))]
    assert len(set(ids)) == len(ids) == 4


def test_what_cannot_be_done_is_told() -> None:
    """A page the template does not have, and a file that is no notebook, are told in a sentence."""
    with pytest.raises(NotFound, match="“chess_club”"):
        arranged(student_notebook(TEMPLATE, "Our class"), TEMPLATE, ["me", "chess_club"])
    with pytest.raises(NotebookMistake, match="cannot be read as a notebook"):
        arranged("no json", TEMPLATE, ["me"])


def test_an_own_cell_keeps_all_it_has() -> None:
    """Outputs, attachments and metadata of the teacher's own cells are kept as they are."""
    mine = code("draw()", shown({"image/png": PNG}, alt="A tree"), tags=["keep"])
    after = arranged(notebook(show("me"), mine), TEMPLATE, ["work", "me"])
    (kept,) = [cell for cell in cells_of(after) if cell["source"] == "draw()"]
    assert kept == mine
    (own,) = [c for c in parse_outline(after, "n") if isinstance(c, OwnCell)]
    assert own.pictures[0].alt == "A tree"
