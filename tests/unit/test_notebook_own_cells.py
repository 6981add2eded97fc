"""Notebooks as outlines: the teacher's own cells and their pictures, and what is no notebook."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import NotebookMistake, NotFound
from portfolio.model import OwnCell, SectionCell
from portfolio.store.notebook_file import outline_of, parse_outline
from tests.notebook_cells import JPEG, PNG, SVG, Cell, code, outline, own, show, shown, text

# ---------------------------------------------------------------------------------------- pictures of their own


def test_a_drawn_picture_is_shown_with_its_description() -> None:
    """A saved picture of a code cell is kept with what its cell says it shows, whatever stands above."""
    drawn = shown({"image/png": PNG, "text/plain": "<Figure size 6x4>"})
    _, found = outline(text("Each day.\n\n## Our weather"), code("plot()", drawn, alt="Rain in May"))
    assert isinstance(found, OwnCell)
    assert [(p.media_type, p.base64, p.alt) for p in found.pictures] == [("image/png", PNG, "Rain in May")]


def test_an_svg_is_kept_as_a_picture() -> None:
    """An SVG goes in as bytes of an image, never as markup, and is taken before a PNG."""
    (picture,) = own(
        code("plot()", shown({"image/png": PNG, "image/svg+xml": SVG.splitlines(True)}))
    ).pictures
    assert picture.media_type == "image/svg+xml"
    assert base64.b64decode(picture.base64).decode() == SVG


def test_a_jpeg_with_line_breaks_is_read() -> None:
    """Base64 in several lines, as older programs save it, is the same picture."""
    (picture,) = own(code("photo", shown({"image/jpeg": [JPEG[:4] + "\n", JPEG[4:] + "\n"]}))).pictures
    assert (picture.media_type, picture.base64) == ("image/jpeg", JPEG)


@pytest.mark.parametrize(
    ("said", "alt"),
    [
        ({"image/png": {"alt": "A rainy May"}}, "A rainy May"),
        ({"alt": "A rainy May"}, "A rainy May"),
        ({"image/png": {"alt": " "}}, "Our weather"),
        ({}, "Our weather"),
    ],
)
def test_a_description_is_looked_for_from_near_to_far(said: dict[str, object], alt: str) -> None:
    """The output itself says what it shows, else the heading above; a figure's repr never does."""
    data: dict[str, object] = {"image/png": PNG, "text/plain": "<Figure size 640x480 with 1 Axes>"}
    _, found = outline(text("Look:\n\n## Our weather\n\nEach day."), code("plot()", shown(data, **said)))
    assert isinstance(found, OwnCell) and found.pictures[0].alt == alt


def test_a_heading_before_a_section_describes_no_later_picture() -> None:
    """A picture after a section is not described by what stood above the section."""
    *_, found = outline(text("# Weather"), text("x"), show("me"), code("plot()", shown({"image/png": PNG})))
    assert isinstance(found, OwnCell) and found.pictures[0].alt == ""


def test_a_pasted_picture_is_shown() -> None:
    """A picture pasted into a text is kept beside the text, with its own description."""
    found = own(text("Our trip\n\n![The *old* mill](attachment:a b.png)\n![](attachment:mill.png)".replace("a b", "ab"),
                     attachments={"ab.png": {"image/png": PNG}}))  # fmt: skip
    assert [(p.alt, p.base64) for p in found.pictures] == [("The *old* mill", PNG)]
    assert found.markdown == "Our trip\n\n\n![](attachment:mill.png)"


@pytest.mark.parametrize(
    "output",
    [
        shown({"text/plain": "3"}),
        shown({"image/png": "not base64!"}),
        shown({"image/png": base64.b64encode(b"MZ a program").decode()}),
        shown({"image/svg+xml": "<script>alert(1)</script>"}),
        shown({"image/gif": PNG}),
        {"output_type": "stream", "text": "hello"},
        {"output_type": "error", "data": {"image/png": PNG}},
    ],
)
def test_what_is_no_picture_is_not_shown(output: Cell) -> None:
    """Numbers, texts, errors and bytes that are no picture leave nothing in the book."""
    assert outline(code("x", output)) == ()


def test_code_without_pictures_raw_and_empty_cells_are_left_out() -> None:
    """Set-up code, raw cells and empty texts show nothing."""
    assert outline(code("import portfolio"), {"cell_type": "raw", "source": "x"}, text("  \n")) == ()


def test_a_picture_too_big_is_told_with_its_cell() -> None:
    """A picture the book cannot hold is told, not dropped; a smaller form of it is taken instead."""
    large = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(1_600_000)).decode()
    with pytest.raises(NotebookMistake, match="cell 1: this is too much"):
        outline(code("plot()", shown({"image/png": large})))
    (picture,) = own(code("plot()", shown({"image/png": large, "image/jpeg": JPEG}))).pictures
    assert picture.media_type == "image/jpeg"


# --------------------------------------------------------------------------------------- what is no notebook


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "student.ipynb cannot be read as a notebook."),
        ('{"cells": [', "student.ipynb cannot be read as a notebook."),
        ("[" * 100_000, "student.ipynb cannot be read as a notebook."),
        ("1" * 5_000, "student.ipynb cannot be read as a notebook."),
        ("[]", "student.ipynb is not a notebook."),
        ('{"name": "x"}', "student.ipynb is not a notebook."),
        ('{"nbformat": 3, "worksheets": []}', "student.ipynb is written the way notebooks were written long ago (format 3)."),
        ('{"nbformat": 5, "cells": []}', "student.ipynb is not a notebook of format 4."),
        ('{"nbformat": 4, "cells": {}}', "student.ipynb is not a notebook of format 4."),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x"}, 7]}', "student.ipynb, cell 2: this cell cannot be read."),
        ('{"nbformat": 4, "cells": [{"source": [1]}]}', "student.ipynb, cell 1: this cell cannot be read."),
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_told(written: str, says: str) -> None:
    """Each way of not being a notebook has its sentence, which goes on to say what to do."""
    with pytest.raises(NotebookMistake) as caught:
        parse_outline(written, "student.ipynb")
    assert str(caught.value).startswith(says) and len(str(caught.value)) > len(says) + 10


def test_a_missing_notebook_is_told_with_its_place(tmp_path: Path) -> None:
    """Where no notebook is, the sentence says where it was looked for; a folder is told too."""
    with pytest.raises(NotFound) as caught:
        outline_of(tmp_path / "student.ipynb")
    assert str(tmp_path / "student.ipynb") in str(caught.value)
    with pytest.raises(NotebookMistake, match="cannot be opened"):
        outline_of(tmp_path)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    """A file of another kind under a notebook's name is told in a sentence."""
    path = tmp_path / "student.ipynb"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(NotebookMistake, match=r"student\.ipynb cannot be read as a notebook"):
        outline_of(path)


def test_hostile_code_is_read_and_never_run() -> None:
    """Code too deep to be read shows nothing, code that would do harm does none, half characters are mended."""
    deep = [code('x = "section"' + sign * 50_000 + "1") for sign in "(-"]
    wild = code("raise SystemExit\ndesk.section('me')\nprint('\\d')")
    assert outline(*deep, wild, text("half \ud800")) == (
        SectionCell(section="me"),
        OwnCell(markdown="half \ufffd"),
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
odd_cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | json_values,
        "source": st.sampled_from(['desk.section("me")', "## x", 'a.section("")', "section("]) | json_values,
        "metadata": st.fixed_dictionaries({}, optional={"portfolio": json_values, "alt": json_values})
        | json_values,
        "outputs": st.lists(
            st.fixed_dictionaries(
                {"output_type": st.just("display_data")},
                optional={
                    "data": st.dictionaries(st.sampled_from(["image/png", "image/svg+xml"]), json_values)
                    | json_values,
                    "metadata": json_values,
                },
            )
            | json_values,
            max_size=2,
        )
        | json_values,
        "attachments": json_values,
    },
)


@settings(max_examples=150, deadline=None)
@given(
    json_values
    | st.fixed_dictionaries({"nbformat": st.just(4), "cells": st.lists(odd_cells | json_values, max_size=5)})
)
def test_any_json_is_an_outline_or_a_sentence(page: object) -> None:
    """No JSON brings anything but an outline or a NotebookMistake."""
    try:
        found = parse_outline(json.dumps(page), "student.ipynb")
    except NotebookMistake as mistake:
        found = ()
        told = str(mistake)
    else:
        told = "student.ipynb can be read."
    assert told.startswith("student.ipynb") and all(isinstance(cell, SectionCell | OwnCell) for cell in found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_no_notebook(garbage: str) -> None:
    """No other text brings anything but a NotebookMistake."""
    with pytest.raises(NotebookMistake):
        parse_outline(garbage, "student.ipynb")
