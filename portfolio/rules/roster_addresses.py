"""Whether a list tells two addresses for the grown-ups of a child: then a person is asked whether they are two homes."""

from __future__ import annotations

from typing import Final

from portfolio.rules.roster import GROWN_UPS, Table
from portfolio.rules.roster_headings import words
from portfolio.rules.roster_names import bare

_ADDRESS: Final = frozenset(
    "address addresses addr street direccion domicilio calle adresse strasse straße anschrift wohnort endereco rua "
    "العنوان عنوان".split()
)
_A_LINE: Final = frozenset("line linea zeile ligne apt apartment unit mail email".split())


def may_be_two_homes(table: Table) -> bool:
    """Return whether the list has grown-ups in two columns, and two addresses that differ in some row."""
    numbers = {column.home for column in table.columns if column.role in GROWN_UPS}
    if len(numbers) < 2:
        return False
    told = [column.index for column in table.columns if not column.role and _is_address(column.heading)]
    return any(len({bare(row.cell(at)) for at in told if row.cell(at)}) > 1 for row in table.rows)


def _is_address(heading: str) -> bool:
    said = set(words(heading))
    return bool(said & _ADDRESS) and not said & _A_LINE
