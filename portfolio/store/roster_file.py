"""A spreadsheet saved as CSV: bytes in, rows out, whatever program wrote it.

It finds out the encoding (a byte order mark, NULs at every second place, UTF-8, else the likeliest of the
old ones), undoes UTF-8 that was read in a wrong encoding once before, finds the sign between cells, and
refuses what would lose rows in silence: a quotation mark that is never closed. RFC 4180 describes the form.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from portfolio.errors import InputRefused, NotFound
from portfolio.rules.roster import Row
from portfolio.store.roster_letters import decode

LARGEST: Final = 1_000_000
"""Bytes. A school of a thousand children needs a fifth of it."""

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
DELIMITERS: Final = ",;\t|"

_END: Final = "\x1fend"
"""A row of our own behind the last: if it does not come out alone, a quotation mark is open."""

_OTHER_KINDS: Final = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
)
_PAGES: Final = (b"<html", b"<!doctype", b"<table", b"<?xml")


@dataclass(frozen=True)
class Sheet:
    """What a file holds: its rows, how its letters were kept, the sign between cells.

    ``guessed`` says that the letters could be read in another way too; ``mended`` that they had been read
    wrongly once before.
    """

    rows: tuple[Row, ...]
    encoding: str
    delimiter: str
    guessed: bool = False
    mended: bool = False


def read_sheet(path: Path, encoding: str = "") -> Sheet:
    """Return the rows of a CSV file; ``encoding`` says how its letters are kept, if one knows.

    Raises ``NotFound`` if there is no such file, ``InputRefused`` for one that is no CSV or far too large.
    """
    try:
        if path.exists() and not path.is_file():
            raise InputRefused("{path} is no file. Give the CSV file of the list.", path=path)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound("There is no file {path}. Check its name and folder.", path=path) from None
    except (OSError, ValueError):
        raise InputRefused("{path} cannot be opened. Is it a file you may read?", path=path) from None
    return parse_sheet(data, path.name, encoding)


def parse_sheet(data: bytes, name: str, encoding: str = "") -> Sheet:
    """Return the rows in the bytes of a CSV file; ``name`` is the file's name in sentences.

    Rows are numbered as a spreadsheet program shows them; empty ones are left out. Raises ``InputRefused``.
    """
    _refuse_other_kinds(data, name)
    letters = decode(data, name, encoding)
    text = letters.text.replace("\r\n", "\n").replace("\r", "\n")
    told, text = _told_delimiter(text)
    delimiter = told or _delimiter(text)
    rows = _rows(text, delimiter, name)
    if not rows:
        raise InputRefused("{file} is empty. Save the list again as CSV.", file=name)
    return Sheet(rows, letters.encoding, delimiter, letters.guessed, letters.mended)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    if len(data) > LARGEST:
        raise InputRefused(
            "{file} is larger than {most} kB: far too large for the list of one class. Is it the right file?",
            file=name,
            most=LARGEST // 1000,
        )
    begin = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_OTHER_KINDS) or begin.startswith(_PAGES):
        raise InputRefused(
            "{file} is not a CSV file. Open it in your spreadsheet program and save it as CSV (UTF-8).",
            file=name,
        )


def _told_delimiter(text: str) -> tuple[str, str]:
    """Return the sign a first line ``sep=;`` tells, and the text without that line (Excel hides it too)."""
    first, _, rest = text.partition("\n")
    plain = first.strip('"')
    if (
        plain.lower().startswith("sep=")
        and plain[4:5] in {*DELIMITERS, " ", ":"} - {" "}
        and len(plain.rstrip(",;")) <= 5
    ):
        return plain[4], rest
    return "", text


def _delimiter(text: str) -> str:
    """Return the sign that splits most rows into one and the same number of cells, rather more than fewer."""
    best, most = ",", (0.0, 0)
    for sign in DELIMITERS:
        widths = [len(row) for row in _read(text, sign, 200) if any(cell.strip() for cell in row)]
        usual, times = (
            Counter(w for w in widths if w > 1).most_common(1)[0] if any(w > 1 for w in widths) else (1, 0)
        )
        score = (round(times / max(1, len(widths)), 1), usual)
        if score > most:
            best, most = sign, score
    return best


def _read(text: str, delimiter: str, most: int) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True):
            if row:
                rows.append(row)
            if len(rows) >= most:
                break
    except csv.Error:  # a cell beyond all measure; the real reading says so
        return rows
    return rows


def _rows(text: str, delimiter: str, name: str) -> tuple[Row, ...]:
    source = io.StringIO(f"{text.rstrip(chr(10))}\n{_END}\n", newline="")
    rows: list[Row] = []
    number, last = 0, [""]
    try:
        for number, last in enumerate(csv.reader(source, delimiter=delimiter, skipinitialspace=True), 1):
            if not any(cell.strip() for cell in last):
                continue
            if len(last) > MOST_COLUMNS or len(rows) > MOST_ROWS:
                raise _too_much(name)
            _refuse_open_quote(last, delimiter, number, name)
            rows.append(Row(number, tuple(last)))
    except csv.Error:
        raise InputRefused(
            "{file}, row {row}: one cell holds far too much. Is a quotation mark never closed, or is this no list?",
            file=name,
            row=number + 1,
        ) from None
    if last != [_END]:
        raise _open_quote(name, number)
    return tuple(rows[:-1])


def _refuse_open_quote(cells: list[str], delimiter: str, number: int, name: str) -> None:
    """Refuse a cell that swallowed rows: one of its lines has as many cells as a row."""
    enough = max(2, len(cells) - 1)
    for cell in cells:
        if "\n" in cell and any(line.count(delimiter) >= enough for line in cell.split("\n")):
            raise _open_quote(name, number)


def _open_quote(name: str, number: int) -> InputRefused:
    return InputRefused(
        "{file}, row {row}: a quotation mark is opened and never closed, so the rows below it run together. "
        "Take the mark away and try again.",
        file=name,
        row=number,
    )


def _too_much(name: str) -> InputRefused:
    return InputRefused(
        "{file} has more than {rows} rows or {columns} columns. Save only the list of your class.",
        file=name,
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
    )
