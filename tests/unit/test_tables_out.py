"""Tables for spreadsheets: text stays text, names come back as they were, nothing is a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import InputRefused
from portfolio.store.tables_out import MOST_SIGNS, csv_bytes, plain_cell, safe_cell, xlsx_bytes
from tests.hostile import TEXTS

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}

letters = st.characters(codec="utf-8", exclude_characters="\x00")
cells = st.one_of(
    st.text(letters, max_size=40),
    st.text("=+-@\t\r\n;'\" a＝", max_size=12),
    st.sampled_from(
        ["=1+1", "+49 30", "-", "@me", "\t=1", "'=1", "''=1", "a;=1", " =1", '"=1', ";'=x", "O'Neil"]
    ),
)


def from_csv(data: bytes) -> list[list[str]]:
    """Return a table as any program reads it, our guard taken away."""
    assert data.startswith(b"\xef\xbb\xbf")
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [[plain_cell(cell) for cell in row] for row in rows]


def xml(text: str) -> ET.Element:
    """Return XML of our own making as a tree."""
    return ET.fromstring(text)  # noqa: S314 - what xlsxwriter has written just now


def parts(data: bytes) -> dict[str, str]:
    """Return the files of a workbook, each whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


def from_xlsx(data: bytes) -> list[list[str]]:
    """Return the cells of the one sheet, each of them a text."""
    files = parts(data)
    shared = [
        "".join(t.text or "" for t in item.iterfind(".//m:t", NS))
        for item in xml(files["xl/sharedStrings.xml"]).iterfind("m:si", NS)
    ]
    rows = xml(files["xl/worksheets/sheet1.xml"]).iterfind(".//m:row", NS)
    return [[_cell(cell, shared) for cell in row.iterfind("m:c", NS)] for row in rows]


def _cell(cell: ET.Element, shared: list[str]) -> str:
    value = cell.find("m:v", NS)
    if value is None:
        return ""
    assert cell.get("t") == "s", "a cell that is no text"
    return shared[int(value.text or "")]


def table(data: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows of one width."""
    width = max((len(row) for row in data), default=1) or 1
    return [f"h{n}" for n in range(width)], [[*row, *[""] * (width - len(row))] for row in data]


@given(cells)
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    """No cell of a CSV begins with a sign that starts a formula, also behind what another country takes for a border."""
    for part in re.split(r"[;\t\r\n]", safe_cell(text)):
        bare = part.lstrip(' "')
        assert not bare.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@given(cells)
def test_the_guard_comes_off_again(text: str) -> None:
    """What was guarded is the same text again, apostrophes of its own and all."""
    assert plain_cell(safe_cell(text)) == text


def test_a_harmless_cell_stays_as_it_is() -> None:
    """Names, days and sentences are not touched."""
    for text in ("Amal", "2026-12-08, 2027-01-19", "O'Neil", "'Alia", "a - b", "Mary-Ann", "", "عربي"):
        assert safe_cell(text) == text


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=6))
def test_a_csv_comes_back_whole(data: list[list[str]]) -> None:
    """Whatever stands in the cells, quotes, lines and separators, the table is the same when it is read."""
    headings, rows = table(data)
    assert from_csv(csv_bytes(headings, rows)) == [headings, *rows]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.text(letters, max_size=30), min_size=1, max_size=3), max_size=4))
def test_a_workbook_comes_back_whole(data: list[list[str]]) -> None:
    """Every cell of a workbook is the text that was put in, but for controls no workbook may hold."""
    headings, rows = table(data)
    made = xlsx_bytes(headings, rows, name="Class 4B", made_at=AT)
    read = [[unescaped(cell) for cell in row] for row in from_xlsx(made)]
    width = len(headings)
    assert [[*row, *[""] * (width - len(row))] for row in read] == [
        [kept(cell) for cell in row] for row in [headings, *rows]
    ]


def unescaped(text: str) -> str:
    """Return a text as a spreadsheet shows it: it writes some signs as ``_xHHHH_``."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


def kept(text: str) -> str:
    """Return what XML can hold of a text."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def test_a_workbook_holds_nothing_but_text() -> None:
    """No formula, no link, no macro, no address to load from, whatever a child is called."""
    rows = [
        [text[:40_000]] for text in (*TEXTS.values(), "=1+1", "http://x.example", "mailto:a@b.example", "12")
    ]
    made = xlsx_bytes(["Child"], rows, name="Class", made_at=AT)
    files = parts(made)
    sheet = files["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet and "<f " not in sheet
    assert "hyperlink" not in sheet and "xl/worksheets/_rels/sheet1.xml.rels" not in files
    assert not [name for name in files if "vba" in name.lower() or "external" in name.lower()]
    assert len(from_xlsx(made)) == len(rows) + 1


def test_a_cell_too_long_for_a_workbook_is_cut_and_not_lost() -> None:
    """A text beyond what a cell may hold ends with an ellipsis; a half sign never stands at its end."""
    made = xlsx_bytes(["x"], [["🙂" * 40_000]], name="x", made_at=AT)
    cut = from_xlsx(made)[1][0]
    assert cut.endswith("🙂…")
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_SIGNS


@pytest.mark.parametrize(
    "name", ["", "History", "4B/4C: [a]*?", "x" * 60, "'quoted'", "فصل", "\n", "🙂" * 40, "a\\b"]
)
def test_any_class_has_a_sheet_with_a_name(name: str) -> None:
    """Names of classes that Excel does not take for a sheet give another one, and never an error."""
    files = parts(xlsx_bytes(["x"], [], name=name, made_at=AT))
    told = xml(files["xl/workbook.xml"]).find(".//m:sheet", NS)
    assert told is not None
    shown = told.get("name", "")
    assert 0 < len(shown.encode("utf-16-le")) // 2 <= 31
    assert not re.search(r"[\[\]:*?/\\]", shown)


def test_the_same_table_gives_the_same_workbook() -> None:
    """A workbook depends on its table and the hour it is made, on nothing else."""
    one, two = (xlsx_bytes(["x"], [["y"]], name="x", made_at=AT) for _ in range(2))
    assert parts(one) == parts(two)
    assert "2026-11-20T12:00:00Z" in parts(one)["docProps/core.xml"]


def test_a_sheet_reads_from_the_right_where_people_do() -> None:
    """In Arabic the first column is the right one."""
    assert (
        'rightToLeft="1"'
        in parts(xlsx_bytes(["x"], [], name="x", made_at=AT, right_to_left=True))["xl/worksheets/sheet1.xml"]
    )
    assert "rightToLeft" not in parts(xlsx_bytes(["x"], [], name="x", made_at=AT))["xl/worksheets/sheet1.xml"]


def test_a_crooked_table_is_refused() -> None:
    """A row with another number of cells than the head is never written."""
    with pytest.raises(InputRefused):
        csv_bytes(["a", "b"], [["1"]])
