"""Notebooks as outlines: what we generate, cells the teacher moves, headings that are changed."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import NotebookMistake
from portfolio.files import class_templates, shipped
from portfolio.model import (
    Book,
    ClassTemplate,
    Outline,
    OwnCell,
    Portfolio,
    PortfolioMeta,
    SchoolClass,
    SectionCell,
    Student,
)
from portfolio.store.notebook_file import outline_of, parse_outline
from portfolio.store.notebook_new import conference_notebook, student_notebook
from portfolio.store.template_file import load_template
from tests.notebook_cells import CELLS, TEMPLATE, Cell, code, outline, sections, show, text

jupyter: Any = nbformat
"""Jupyter's own reader and writer, which have no types."""
SECTION_IDS = st.from_regex(r"[a-z0-9][a-z0-9_.-]{0,63}", fullmatch=True)


# ------------------------------------------------------------------------------------------ what we generate


def test_a_new_notebook_shows_every_section_of_its_template() -> None:
    """The outline of a generated notebook is the template's sections, in its order, and nothing else."""
    found = parse_outline(student_notebook(TEMPLATE, "Our class"), "student.ipynb")
    assert found == tuple(SectionCell(section=s.section_id) for s in TEMPLATE.sections)


def test_a_conference_notebook_has_no_sections_of_its_own() -> None:
    """The conference follows the desks' notebook; its own cells show nothing."""
    assert parse_outline(conference_notebook(TEMPLATE, "Our class"), "conference.ipynb") == ()


@pytest.mark.parametrize("make", [student_notebook, conference_notebook])
@pytest.mark.parametrize("band", ["k-2", "3-5", "6-8", "9-12"])
def test_a_new_notebook_is_what_jupyter_would_write(make: Any, band: str) -> None:
    """Notebooks are valid (nbformat 4.5), run on Python, and are written the way Jupyter writes them."""
    written = make(load_template(class_templates() / f"{band}.yaml"), "Class 4B *stars* <b>&\nnew line")
    read = jupyter.reads(written, as_version=jupyter.NO_CONVERT)
    jupyter.validate(read)
    assert (read.nbformat, read.nbformat_minor, read.metadata.kernelspec.name) == (4, 5, "python3")
    assert jupyter.writes(read) + "\n" == written


@settings(max_examples=40, deadline=None)
@given(st.lists(SECTION_IDS, min_size=1, max_size=6, unique=True))
def test_cells_keep_their_ids(names: list[str]) -> None:
    """Whatever sections are called, cell ids are valid, different, and the same the next time."""
    made = tuple(TEMPLATE.sections[0].but(section_id=name) for name in names)
    template = ClassTemplate.model_construct(**{**dict(TEMPLATE), "sections": made})
    written = student_notebook(template, "Our class")
    jupyter.validate(jupyter.reads(written, as_version=jupyter.NO_CONVERT))
    ids = [cell["id"] for cell in json.loads(written)["cells"]]
    assert len(set(ids)) == len(ids)
    assert written == student_notebook(template, "Our class")
    assert sections(parse_outline(written, "student.ipynb")) == names


@pytest.mark.parametrize(
    ("make", "name"), [(student_notebook, "student"), (conference_notebook, "conference")]
)
def test_the_shipped_notebooks_are_the_generated_ones(make: Any, name: str) -> None:
    """What lies in ``notebooks/`` is what our own code makes for grades 3 to 5."""
    assert shipped("notebooks", f"{name}.ipynb").read_text(encoding="utf-8") == make(TEMPLATE, "Our class")


def test_a_class_name_is_shown_as_it_is_written() -> None:
    """Signs that mean something in Markdown do not in the name of a class."""
    title = json.loads(student_notebook(TEMPLATE, "4B [the *stars*]\n# x"))["cells"][0]["source"][0]
    assert title == "# 4B \\[the \\*stars\\*\\] \\# x\n"


# ------------------------------------------------------------------------------------- the teacher moves cells


@settings(max_examples=60, deadline=None)
@given(st.permutations(CELLS), st.integers(0, len(CELLS)))
def test_cells_moved_and_deleted_give_the_sections_in_that_order(cells: list[Cell], kept: int) -> None:
    """Any order of any of our own cells gives just the sections among them, in that order."""
    left = cells[:kept]
    called = [str(c["source"][0]).split('"')[1] for c in left if "desk.section" in "".join(c["source"])]
    assert outline(*left) == tuple(SectionCell(section=section) for section in called)


def test_a_section_shown_twice_is_shown_once() -> None:
    """The second cell of a section is left out, and its heading with it."""
    assert sections(outline(show("me"), show("work"), text("## Again me"), show("me"))) == ["me", "work"]


def test_the_book_follows_the_outline() -> None:
    """A book shows the sections its outline names, and leaves out what the template does not know."""
    book = Book(
        school_class=SchoolClass(class_id="c-1", name="4B", age_band="3-5", round="Fall 2026"),
        template=TEMPLATE,
        outline=outline(show("work"), show("chess_club"), show("me")),
        student=Student(student_id="s-1", name="Ana"),
        portfolio=Portfolio(
            meta=PortfolioMeta(
                portfolio_id="p-1",
                student_id="s-1",
                round="Fall 2026",
                started_on=date(2026, 9, 1),
                age_band="3-5",
                template_id="3-5",
            )
        ),
    )
    assert [section.section_id for section in book.sections()] == ["work", "me"]


@pytest.mark.parametrize(
    "source",
    [
        'desk.section("me")',
        "desk.section('me');",
        'my_desk . section( "me" , )  # my page',
        '%matplotlib inline\ndesk.section("me")',
        'if True:\n    portfolio.open_desk().section("me")',
        ["desk.section(\n", '  "me"\n', ")"],
    ],
)
def test_a_call_is_recognized_however_it_is_written(source: str | list[str]) -> None:
    """Any call of ``section`` with a name counts, whatever it is called on."""
    assert sections(outline({**code(""), "source": source})) == ["me"]


@pytest.mark.parametrize(
    "source",
    [
        '# desk.section("me")',
        "text = 'desk.section(\"me\")'",
        "desk.section(name)",
        "section = 3",
        "desk.section('me'",
    ],
)
def test_what_is_no_call_is_no_section(source: str) -> None:
    """Comments, texts, names known only when run, and code that is not finished show nothing."""
    assert outline(code(source)) == ()


def test_one_cell_may_show_two_sections() -> None:
    """Two calls in a cell count in the order written; the heading above belongs to the first."""
    found = outline(
        text("## Both"), code('if True:\n    desk.section("work"); desk.section("me")\ndesk.section("goals")')
    )
    assert found == tuple(
        SectionCell(section=name, heading=heading)
        for name, heading in (("work", "Both"), ("me", ""), ("goals", ""))
    )


def test_an_impossible_section_name_is_told() -> None:
    """A name no section can have is told with the cell it stands in."""
    with pytest.raises(NotebookMistake, match=r"student\.ipynb, cell 2: “My Strengths”"):
        outline(text("Hello"), show("My Strengths"))


# -------------------------------------------------------------------------------------------------- headings


def changed(section: str, heading: str) -> Outline:
    """Return the outline after the teacher changed our heading of one section."""
    cells = [cell for cell in CELLS if cell["id"] in (f"heading-{section}", f"section-{section}")]
    return outline({**cells[0], "source": heading}, cells[1])


def test_a_changed_heading_is_the_title_of_its_section() -> None:
    """What the teacher makes of a heading goes with the section, without Markdown's stars."""
    assert changed("me", "### What *I* love ##") == (SectionCell(section="me", heading="What I love"),)


def test_a_heading_of_ours_says_nothing() -> None:
    """A heading that is still ours leaves the title to the class template, even written a little differently."""
    assert changed("me", "# Me as a learner  ") == (SectionCell(section="me"),)


def test_a_heading_typed_above_a_section_is_its_title() -> None:
    """A heading cell the teacher wrote directly above a section counts as that section's."""
    assert outline(text("## About us"), show("me")) == (SectionCell(section="me", heading="About us"),)


def test_our_heading_above_another_section_is_dropped() -> None:
    """When only the code cells were moved, a section is not called by another one's title."""
    heading = next(cell for cell in CELLS if cell["id"] == "heading-me")
    assert outline(heading, show("work")) == (SectionCell(section="work"),)


@pytest.mark.parametrize("source", ["## Part two\n\nNow it gets hard.", "Now it gets hard.", "## a\n## b"])
def test_more_than_a_heading_is_the_teachers_own_text(source: str) -> None:
    """Text above a section is kept as text, with its heading."""
    assert outline(text(source), show("work")) == (OwnCell(markdown=source), SectionCell(section="work"))


def test_a_heading_not_above_a_section_is_the_teachers_own_text() -> None:
    """Of two headings, only the one directly above belongs to the section."""
    found = outline(text("# Part two"), text("## My best"), show("work"), text("# The end"))
    assert found == (
        OwnCell(markdown="# Part two"),
        SectionCell(section="work", heading="My best"),
        OwnCell(markdown="# The end"),
    )


def test_our_opening_words_are_for_teachers_only() -> None:
    """The first cell of a generated notebook is never shown, also when it was changed."""
    assert outline({**CELLS[0], "source": "# Something else\n\nMore."}) == ()


def test_an_outline_is_read_in_an_instant() -> None:
    """Reading the outline of the shipped notebook takes a few milliseconds: every desk does it."""
    path = shipped("notebooks", "student.ipynb")
    outline_of(path)
    times = []
    for _ in range(5):
        start = time.process_time()
        outline_of(path)
        times.append(time.process_time() - start)
    assert min(times) < 0.010
