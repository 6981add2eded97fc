"""Tables for other programs: CSV and XLSX that open well in a spreadsheet and can do nothing there.

A cell is text and stays text. A spreadsheet takes a cell of a CSV file for a formula if it begins with ``=``, ``+``,
``-``, ``@``, a tab or a line end (OWASP, *CSV Injection*); ours get an apostrophe before it, also behind a semicolon,
a tab or a line end, where a spreadsheet of another country would begin a new cell. :func:`plain_cell` takes it away again. XLSX says of
every cell that it is text: nothing needs changing there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from portfolio.errors import InputRefused

Row = Sequence[str]
"""The cells of a row, in the order of the headings."""

MOST_SIGNS: Final = 32_767
"""Characters (UTF-16 units) an XLSX cell may have; a longer text is cut, with an ellipsis."""

_DANGER: Final = re.compile(r"(^|[;\t\r\n])(?='*[\"\s]*[=+\-@\t\r\n＝＋－＠])")
_GUARDED: Final = re.compile(r"(^|[;\t\r\n])'(?='*[\"\s]*[=+\-@\t\r\n＝＋－＠])")
_WIDEST: Final = 44
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(text: str) -> str:
    """Return a cell of a CSV file that no spreadsheet takes for a formula."""
    return _DANGER.sub(r"\1'", text)


def plain_cell(text: str) -> str:
    """Return what was put into :func:`safe_cell`."""
    return _GUARDED.sub(r"\1", text)


def csv_bytes(headings: Row, rows: Sequence[Row]) -> bytes:
    """Return a table as CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows the letters."""
    sink = io.StringIO()
    writer = csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[safe_cell(cell) for cell in row] for row in _checked(headings, rows)])
    return b"\xef\xbb\xbf" + sink.getvalue().encode("utf-8", "replace")


def xlsx_bytes(
    headings: Row, rows: Sequence[Row], *, name: str, made_at: datetime, right_to_left: bool = False
) -> bytes:
    """Return a table as an Excel workbook with one sheet called ``name``: text only, no formula, link or macro."""
    from xlsxwriter import Workbook  # only where a table is taken along

    sink = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(sink, {"in_memory": True, **plain}) as book:
        book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet(_sheet_name(name))
        if right_to_left:
            sheet.right_to_left()
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for at, row in enumerate(_checked(headings, rows)):
            for column, text in enumerate(row):
                sheet.write_string(at, column, _fitting(text), heading if at == 0 else cell)
        for column, width in enumerate(_widths(headings, rows)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return sink.getvalue()


def _checked(headings: Row, rows: Sequence[Row]) -> list[Row]:
    """Return all rows. Raises ``InputRefused`` for one that has more or fewer cells than there are headings."""
    if any(len(row) != len(headings) for row in rows):
        raise InputRefused("A row of the table has another number of cells than its head.")
    return [headings, *rows]


def _fitting(text: str) -> str:
    text = _CONTROL.sub("", text)
    if len(text.encode("utf-16-le")) <= MOST_SIGNS * 2:
        return text
    return text.encode("utf-16-le")[: (MOST_SIGNS - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _widths(headings: Row, rows: Sequence[Row]) -> list[int]:
    longest = [max((len(row[n]) for row in (headings, *rows)), default=0) for n in range(len(headings))]
    return [min(_WIDEST, max(8, width + 2)) for width in longest]


def _sheet_name(name: str) -> str:
    """Return a name Excel takes for a sheet: at most 31 characters, without the signs it keeps for itself."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f']", " ", name).split())
    taken = plain.casefold() in ("", "history")
    cut = plain.encode("utf-16-le")[: 31 * 2].decode("utf-16-le", "ignore").strip()
    return "Portfolio" if taken else cut
