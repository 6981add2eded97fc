# long: every kind of own cell and output is told in one place
"""Notebooks as outlines: the teacher's own cells and their pictures, and what is no notebook."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from portfolio.errors import NotebookMistake, NotFound
from portfolio.model import OwnCell, SectionCell
from portfolio.rules.left_out import gaps_in, pieces_of
from portfolio.store.notebook_file import outline_of, parse_outline
from tests.notebook_cells import JPEG, PNG, SVG, Cell, code, outline, own, picture, show, shown, text

# ---------------------------------------------------------------------------------------- pictures of their own


def test_a_drawn_picture_is_shown_with_its_description() -> None:
    """A saved picture of a code cell is kept with what its cell says it shows, whatever stands above."""
    drawn = shown({"image/png": PNG, "text/plain": "<Figure size 6x4>"})
    _, found = outline(text("Each day.\n\n## Our weather"), code("plot()", drawn, alt="Rain in May"))
    assert isinstance(found, OwnCell)
    assert [(p.media_type, p.base64, p.alt) for p in found.pictures] == [("image/png", PNG, "Rain in May")]


def test_an_svg_is_kept_as_a_picture() -> None:
    """An SVG goes in as bytes of an image, never as markup, and is taken before a PNG."""
    declared = f'<?xml version="1.0"?>\n{SVG}'.splitlines(True)
    (picture,) = own(code("plot()", shown({"image/png": PNG, "image/svg+xml": declared}))).pictures
    assert picture.media_type == "image/svg+xml"
    assert base64.b64decode(picture.base64).decode() == SVG


def test_a_jpeg_with_line_breaks_is_read() -> None:
    """Base64 in several lines, as older programs save it, is the same picture."""
    (picture,) = own(code("photo", shown({"image/jpeg": [JPEG[:4] + "\n", JPEG[4:] + "\n"]}))).pictures
    assert picture.media_type == "image/jpeg" and base64.b64decode(picture.base64)[:3] == b"\xff\xd8\xff"


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
    assert found.markdown.startswith("Our trip\n") and "mill" not in found.markdown
    assert [(gap.why, gap.where) for gap in gaps_in(found.markdown)] == [("damaged", "student.ipynb, cell 1")]


@pytest.mark.parametrize(
    ("output", "why"),
    [
        (shown({"image/png": "not base64!"}), "damaged"),
        (shown({"image/png": base64.b64encode(b"MZ a program").decode()}), "damaged"),
        (shown({"image/svg+xml": "<script>alert(1)</script>"}), "damaged"),
        ({"output_type": "error", "data": {"image/png": PNG}, "evalue": "private"}, "error"),
        (shown({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Button()"}), "live"),
        (shown({"application/javascript": "private()", "text/plain": "x"}), "live"),
        (shown({"text/html": "<p>private<script>alert(1)</script>"}), "live"),
        (shown({"text/html": "<p onclick='private()'>press"}), "live"),
        (shown({"text/html": "<iframe src='https://a.example/private'></iframe>"}), "live"),
        (shown({"application/pdf": "private"}), "live"),
        (shown({"text/latex": "$private$", "text/plain": "<IPython.core.display.Math object>"}), "formula"),
        (shown({"text/plain": "5\n" * 5_000}), "long"),
    ],
)
def test_what_cannot_be_shown_leaves_a_note(output: Cell, why: str) -> None:
    """Errors, widgets, scripts, players, formulas and broken pictures are told with their cell, and nothing of them stays."""
    found = own(code("x", output))
    assert [(gap.why, gap.where) for gap in gaps_in(found.markdown)] == [(why, "student.ipynb, cell 1")]
    assert "private" not in found.markdown and not found.pictures


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "stream", "name": "stderr", "text": "DeprecationWarning: old"},
        {"output_type": "stream", "name": "stdout", "text": "\x1b[0m \n"},
        shown({"text/plain": "<Figure size 640x480 with 1 Axes>"}),
        shown({"text/plain": "[<matplotlib.lines.Line2D at 0x7f3a2c1b9d50>]"}),
        shown({"text/plain": "<IPython.core.display.HTML object>"}),
        {"output_type": "update", "data": {"text/plain": "3"}},
    ],
)
def test_what_says_nothing_to_a_family_is_left_out(output: Cell) -> None:
    """Warnings, colours alone and names of objects in memory leave nothing in the book."""
    assert outline(code("x", output)) == ()


def test_outputs_keep_their_order() -> None:
    """Text, picture, text, picture stay in that order, in one own cell."""
    said = {"output_type": "stream", "name": "stdout", "text": "one\n"}
    outputs = [said, shown({"image/png": PNG}), shown({"text/plain": "two"}), shown({"image/jpeg": JPEG})]
    found = own(code("x", *outputs))
    pieces = [p if isinstance(p, int) else str(p).strip() for p in pieces_of(found.markdown)]
    assert pieces == ["```\none\n```", 0, "```\ntwo\n```", 1]
    assert [p.media_type for p in found.pictures] == ["image/png", "image/jpeg"]


def test_a_progress_bar_is_shown_as_it_ended() -> None:
    """What a terminal would have overwritten, and its colours, are gone; neighbours in one stream belong together."""
    parts = [
        {"output_type": "stream", "name": "stdout", "text": t}
        for t in ("1%\r50%", "\r\x1b[32mdone\x1b[0m\n", "ok\n")
    ]
    assert own(code("x", *parts)).markdown == "```\ndone\nok\n```"


def test_a_table_of_data_keeps_its_heads() -> None:
    """A DataFrame becomes a table whose index heads the rows; its styles are gone, its words are only words."""
    html = (
        "<style>tr{}</style><table><thead><tr><th></th><th>Rain | mm</th></tr><tr><th>day</th><th></th></tr></thead>"
        "<tbody><tr><th>Mon</th><td>3 *dry* &lt;b&gt;</td></tr></tbody></table><p>1 rows × 1 columns</p>"
    )
    assert own(code("x", shown({"text/html": html, "text/plain": "x"}))).markdown == (
        "| day | Rain \\| mm |\n| --- | --- |\n| **Mon** | 3 \\*dry\\* \\<b\\> |"
    )


@pytest.mark.parametrize("tag", ["remove-cell", "remove_output", "hide-output"])
def test_a_tagged_cell_stays_in_the_notebook(tag: str) -> None:
    """A teacher who tags a cell as Jupyter Book does keeps what it shows to themselves, text and code alike."""
    output = shown({"text/plain": "marks"})
    assert outline(code("x", output, tags=[tag]), text("secret", metadata={"tags": [tag]})) == ()
    assert own(code("x", output, tags=["other", 7])).markdown


def test_what_our_own_cells_leave_behind_is_no_page() -> None:
    """A desk that was opened and saved with its widgets leaves neither a page nor a note in the book."""
    view = shown({"application/vnd.jupyter.widget-view+json": {}})
    opened = code("import portfolio\n\ndesk = portfolio.open_desk()\ndesk", view)
    assert outline(
        opened,
        code("desk.done()", view),
        code(
            "x = 1",
            view,
        ),
    ) == outline(text(""), text(""), code("x", view))


def test_many_outputs_are_bounded() -> None:
    """Sixty outputs and forty thousand letters of one cell are shown; the rest is told, not dropped in silence."""
    many = own(code("x", *[shown({"text/plain": f"{n}"}) for n in range(500)]))
    much = own(code("x", *[shown({"text/plain": f"{n} " + "word " * 1_500}) for n in range(50)]))
    for found in (many, much):
        assert [gap.why for gap in gaps_in(found.markdown)] == ["long"]
        assert len(found.markdown) < 60_000


def test_code_without_pictures_raw_and_empty_cells_are_left_out() -> None:
    """Set-up code, raw cells and empty texts show nothing."""
    assert outline(code("import portfolio"), {"cell_type": "raw", "source": "x"}, text("  \n")) == ()


def test_a_large_picture_is_made_smaller_and_bare() -> None:
    """A photo of a phone becomes small enough, upright and bare: no place, no words of the camera."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "private words"
    exif.get_ifd(0x8825)[1] = "N"
    photo = picture("JPEG", (3000, 2000), exif=exif)
    (made,) = own(code("photo", shown({"image/jpeg": photo}))).pictures
    data = base64.b64decode(made.base64)
    with Image.open(BytesIO(data)) as opened:
        assert opened.size == (1067, 1600) and not opened.getexif() and len(data) <= 300_000
    assert b"private" not in data and b"Exif" not in data


def test_words_hidden_in_a_png_are_gone() -> None:
    """Texts that a program writes into a PNG (its own name, a comment) do not come along."""
    info = PngInfo()
    info.add_text("Comment", "private words")
    (made,) = own(code("plot()", shown({"image/png": picture("PNG", pnginfo=info)}))).pictures
    assert b"private" not in base64.b64decode(made.base64)


def test_a_drawing_that_is_too_big_gives_way_to_its_other_form() -> None:
    """An SVG of a million points is no page; the PNG beside it is taken, and without one a note says so."""
    huge = f'<svg xmlns="http://www.w3.org/2000/svg">{"<circle/>" * 90_000}</svg>'
    (taken,) = own(code("plot()", shown({"image/svg+xml": huge, "image/png": PNG}))).pictures
    assert taken.media_type == "image/png"
    (gap,) = gaps_in(own(code("plot()", shown({"image/svg+xml": huge}))).markdown)
    assert gap.why == "long"


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
                    "data": st.dictionaries(
                        st.sampled_from(
                            ["image/png", "image/svg+xml", "text/html", "text/plain", "text/latex"]
                        ),
                        json_values,
                    )
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
