"""Whether a list tells two addresses for the grown-ups of a child: then a person is asked whether they are two homes."""

from __future__ import annotations

import re
from typing import Final

from portfolio.rules.roster import GROWN_UPS, Table
from portfolio.rules.roster_headings import words
from portfolio.rules.roster_names import bare

_ADDRESS: Final = frozenset(
    "address addresses addr street residence residencia lives city town zip zipcode postcode direccion domicilio calle "
    "ciudad adresse strasse straße anschrift wohnort wohnung ort plz ville endereco rua cidade "
    "العنوان عنوان".split()
)
_PARTS: Final = {
    "city": frozenset("city town ciudad ort wohnort ville cidade".split()),
    "code": frozenset("zip zipcode postcode plz".split()),
}
_BETWEEN: Final = re.compile(r"\s*(?:[;|\n]|\s/|/\s|\s(?:and|y|und|et|و)\s)\s*")
_WORD: Final = re.compile(r"[^\W\d_]{3}")
_ROOM: Final = frozenset("apt apartment unit suite room number floor wohnung piso depto".split())
_A_LINE: Final = frozenset("line linea zeile ligne apt apartment unit mail email".split())


def may_be_two_homes(table: Table) -> bool:
    """Return whether the list has grown-ups in two columns, and two addresses that differ in some row.

    They may stand in two columns, or both in one. The columns need not be taken in: nothing of them is kept.
    """
    numbers = {column.home for column in table.columns if column.role in GROWN_UPS}
    if len(numbers) < 2:
        return False
    told = [column.index for column in table.columns if not column.role and _is_address(column.heading)]
    alike: dict[str, list[int]] = {}
    for at in told:
        alike.setdefault(_kind(table.columns[at].heading), []).append(at)
    return any(
        len({bare(row.cell(at)) for at in same if row.cell(at)}) > 1
        for row in table.rows
        for same in alike.values()
    ) or any(_two_in(row.cell(at)) for row in table.rows for at in told)


def _kind(heading: str) -> str:
    """Return what part of an address a heading is about: a street and a city of one home are no two addresses."""
    said = set(words(heading))
    return next((part for part, named in _PARTS.items() if said & named), "")


def _two_in(cell: str) -> bool:
    """Return whether one cell tells two addresses that differ: each has words and a number."""
    parts = [
        part
        for part in _BETWEEN.split(cell)
        if _WORD.search(part) and any(c.isdigit() for c in part) and not _is_room(part)
    ]
    return len({bare(part) for part in parts}) > 1


def _is_room(part: str) -> bool:
    """Return whether a part of an address is a door in the house before it."""
    return bool(set(words(part)) & _ROOM)


def _is_address(heading: str) -> bool:
    said = set(words(heading))
    return bool(said & _ADDRESS) and not said & _A_LINE
