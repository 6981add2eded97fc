"""A list saved by any program: its letters, the sign between its cells, its rows; what is no list is refused."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused, NotFound, PortfolioError
from portfolio.moments.roster import plan_sheet
from portfolio.store.roster_file import LARGEST, MOST_ROWS, parse_sheet, read_sheet

NAMES = "Name;Grade\nInés Peña;4\nZoë Müller;5\nChloé Lefèvre;4\nSiobhán O’Neil;4\n"
ROWS = [
    ("Name", "Grade"),
    ("Inés Peña", "4"),
    ("Zoë Müller", "5"),
    ("Chloé Lefèvre", "4"),
    ("Siobhán O’Neil", "4"),
]


def cells(data: bytes, encoding: str = "") -> list[tuple[str, ...]]:
    """Return the cells of the rows in the bytes of a file."""
    return [row.cells for row in parse_sheet(data, "list.csv", encoding).rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac-roman"]
)
def test_the_letters_are_found_out(encoding: str) -> None:
    """Names with accents come out the same, with or without a mark, from new and old programs."""
    assert cells(NAMES.encode(encoding)) == ROWS


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1256", "محمد الحداد"), ("cp1251", "Мария Иванова"), ("utf-16-le", "أمل حدّاد")]
)
def test_other_alphabets_are_found_out(encoding: str, name: str) -> None:
    """Arabic and Russian lists of old Windows programs are read in their own letters."""
    text = f"Name,Grade\n{name},4\n{name} {name},5\n"
    assert cells(text.encode(encoding))[1] == (name, "4")


def test_a_guess_is_told_as_one() -> None:
    """Old encodings cannot be known for sure; UTF-8 can."""
    assert parse_sheet(NAMES.encode("cp1252"), "x").guessed
    assert not parse_sheet(NAMES.encode(), "x").guessed


def test_letters_read_wrongly_once_are_mended() -> None:
    """UTF-8 that somebody opened as Western Windows and saved (“InÃ©s”) comes out as it was."""
    sheet = parse_sheet(NAMES.encode("utf-8").decode("cp1252").encode("utf-8"), "x")
    assert sheet.mended and sheet.rows[1].cells == ("Inés Peña", "4")
    assert not parse_sheet(NAMES.encode(), "x").mended


def test_somebody_may_say_how_letters_are_kept() -> None:
    """A told encoding is used; one that does not fit or is none is refused in a sentence."""
    assert cells("Name,G\nŽofie,4\n".encode("cp1250"), "cp1250")[1] == ("Žofie", "4")
    for wrong in ("utf-8", "hex", "punycode", "nonsense"):
        with pytest.raises(InputRefused, match=wrong):
            parse_sheet(NAMES.encode("cp1252"), "x", wrong)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_sign_between_cells_is_found_out(sign: str, end: str) -> None:
    """Commas, semicolons, tabs and bars, with the line ends of any system; commas in a name do not mislead."""
    text = end.join(
        sign.join(row) for row in [("Name", "Grade", "L"), ('"Haddad, Amal"', "4", "ar"), ("B", "5", "en")]
    )
    assert cells(text.encode()) == [("Name", "Grade", "L"), ("Haddad, Amal", "4", "ar"), ("B", "5", "en")]


def test_excels_first_line_is_followed_and_hidden() -> None:
    """``sep=;`` tells the sign; the row below it is row 1, as Excel shows it."""
    sheet = parse_sheet(b"sep=;\r\nName;Grade\r\nA, B, C;4\r\n", "x")
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ("Name", "Grade")), (2, ("A, B, C", "4"))]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    """Empty rows count and are left out; a cell of several lines is one row."""
    sheet = parse_sheet(b'Name,Home\n\n,,,\n"Amal","3 Elm St\nSpringfield"\nTeo,x\n', "x")
    assert [row.number for row in sheet.rows] == [1, 4, 5]
    assert sheet.rows[1].cells == ("Amal", "3 Elm St\nSpringfield")


@pytest.mark.parametrize(
    "text",
    [
        'Name,Grade\n"Amal,4\nTeo,5\nInes,4\n',
        'Name,Grade,L\n"Amal,4,ar\nTeo,5,en\n"Ines",4,es\n',
        'Name,Grade\nAmal,4\n"Teo,5',
    ],
)
def test_an_open_quotation_mark_swallows_nobody(text: str) -> None:
    """A quotation mark that is never closed is told with its row, instead of losing the rows below."""
    with pytest.raises(InputRefused, match=r"row [23]: a quotation mark"):
        parse_sheet(text.encode(), "x")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04" + b"x" * 99, "save it as CSV"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "save it as CSV"),
        (b"%PDF-1.7", "save it as CSV"),
        (b"\xef\xbb\xbf <html><table>", "save it as CSV"),
        (b"Name\0\0\0\xff\xfe\x01", "not a text"),
        (b"\xff\xfeN", "not a text"),
        (b"", "is empty"),
        (b" \n,,,\n", "is empty"),
        (b"a" * (LARGEST + 1), "larger than"),
        (b"Name,Grade\n" + b"a,b\n" * (MOST_ROWS + 1), "more than"),
        (b"a," * 300 + b"a", "more than"),
        (b"Name\n" + b"a" * 200_000, "far too much"),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, says: str) -> None:
    """Workbooks, pages, binaries and endless files are refused with what to do."""
    with pytest.raises(InputRefused, match=says):
        parse_sheet(data, "list.csv")


def test_a_place_without_a_file_is_told(tmp_path: Path) -> None:
    """A missing file, a folder, a name no system can have, and a pipe that would wait for ever."""
    with pytest.raises(NotFound, match=r"no\.csv"):
        read_sheet(tmp_path / "no.csv")
    with pytest.raises(InputRefused, match="is no file"):
        read_sheet(tmp_path)
    with pytest.raises(PortfolioError):
        read_sheet(tmp_path / "a\0b")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(InputRefused, match="is no file"):
            read_sheet(tmp_path / "pipe")


PIECES = st.sampled_from(
    [
        b",",
        b";",
        b"\t",
        b'"',
        b"\n",
        b"\r",
        b"\0",
        b"Name",
        b"Last",
        b"Language 2",
        b"Total 3",
        b"\xe9",
        b"\xff\xfe",
        b"{x}",
        b"ID",
    ]
)


@given(st.lists(PIECES | st.binary(max_size=6), max_size=40).map(b"".join))
def test_any_bytes_become_rows_or_a_sentence(data: bytes) -> None:
    """Whatever is in a file, it is read or refused; nothing else ever comes out."""
    with contextlib.suppress(PortfolioError):
        plan_sheet(parse_sheet(data, "list.csv"))
