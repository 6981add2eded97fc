"""The list of places that help in a class folder: ``places-that-help.csv``, kept by the school in any spreadsheet."""

from __future__ import annotations

import csv
import io
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from portfolio.errors import NotFound, PortfolioError
from portfolio.rules.help_places import HEADINGS, TRANSLATED, PlacesRead, places_of
from portfolio.store.trouble import regular

if TYPE_CHECKING:
    from portfolio.rules.roster import Row

FILE: Final = "places-that-help.csv"
"""The name of the list in a class folder."""

State = tuple[int, int, int] | None


def read_places(path: Path, lang: str) -> PlacesRead:
    """Return what a list says; ``lang`` is the language its words are in. Raises ``NotFound`` and ``InputRefused``."""
    from portfolio.store.roster_file import read_sheet  # most classes have no list

    return _read(read_sheet(path).rows, path.name, lang)


def parse_places(data: bytes, name: str, lang: str) -> PlacesRead:
    """Return what the bytes of a list say; ``name`` is the file's name in sentences. Raises ``InputRefused``."""
    from portfolio.store.roster_file import parse_sheet

    return _read(parse_sheet(data, name).rows, name, lang)


def _read(rows: tuple[Row, ...], name: str, lang: str) -> PlacesRead:
    return places_of([(row.number, row.cells) for row in rows], name, lang)


@lru_cache(maxsize=8)
def places_in(folder: Path, lang: str, _state: State) -> PlacesRead:
    """Return the places of a class, read again only when the file's state is another.

    A list that cannot be used is as if it were not there: a mistake in it keeps no page from going home. What is wrong
    is in ``trouble``.
    """
    if not os.path.lexists(folder / FILE):
        return PlacesRead()
    try:
        return read_places(regular(folder / FILE), lang)
    except NotFound:
        return PlacesRead()
    except PortfolioError as trouble:
        return PlacesRead(trouble=(trouble,))


def empty_list(languages: tuple[str, ...] = ()) -> bytes:
    """Return a list with nothing but headings, as every spreadsheet program opens it.

    ``languages`` are tags in which it has a column of its own for what families read.
    """
    headings: list[str] = []
    for field in HEADINGS:
        headings.append(field)
        headings += [f"{field} ({tag})" for tag in languages] if field in TRANSLATED else []
    sink = io.StringIO(newline="")
    csv.writer(sink).writerow(headings)
    return sink.getvalue().encode("utf-8-sig")
