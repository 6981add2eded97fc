"""Rows that do not belong: totals, footers, page headings; and names a comma has split in two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from portfolio.errors import N_
from portfolio.rules.roster import Remark, Row, remark
from portfolio.rules.roster_headings import CHILD, FILLER, words

_TOTALS: Final = frozenset(
    word
    for text in (
        "total totals sum count subtotal summe gesamt suma totales somme مجموع عدد printed page generated "
        "students pupils children learners alumnos alumnas estudiantes names all enrolled report number impreso página pagina confidential end"
    ).split()
    for word in words(text)
)


def mend_split_names(rows: Sequence[Row], width: int, name: int) -> tuple[list[Row], list[Remark]]:
    """Return the rows with “Haddad, Amal,4” under “Name,Grade” put together again.

    Done where most rows have one cell more than there are headings: the comma in the name was not quoted.
    A row that is wider still keeps its cells.
    """
    wider = [row for row in rows if len(row.cells) == width + 1]
    if name < 0 or not width or 2 * len(wider) <= len(rows) or not all(r.cell(name + 1) for r in wider):
        return list(rows), []
    mended = [
        Row(r.number, (*r.cells[:name], f"{r.cell(name)}, {r.cell(name + 1)}", *r.cells[name + 2 :]))
        if len(r.cells) == width + 1
        else r
        for r in rows
    ]
    return mended, [
        remark(
            N_("Names were split by their comma (“{name}”). They were put together again."),
            name=mended[rows.index(wider[0])].cell(name)[:60],
        )
    ]


def drop_leftovers(rows: Sequence[Row]) -> tuple[list[Row], list[Remark]]:
    """Return the rows without empty ones, totals and footers; a remark names each that was left out."""
    full = [row for row in rows if any(row.cells)]
    most = max((sum(map(bool, row.cells)) for row in full), default=0)
    kept: list[Row] = []
    said: list[Remark] = []
    for row in full:
        if _is_leftover(row, most):
            text = next(cell for cell in row.cells if cell)
            said.append(
                remark(
                    N_("Row {row} (“{text}”) is no child and was left out."), row=row.number, text=text[:40]
                )
            )
        else:
            kept.append(row)
    return kept, said


def _is_leftover(row: Row, most: int) -> bool:
    """Return whether a row counts or signs off: a word for it and a number, or one lone cell that is no name."""
    cells = [cell for cell in row.cells if cell]
    said = {word for word in words(cells[0]) if not word.isdigit()}
    counts = bool(said & _TOTALS) and said <= _TOTALS | CHILD | FILLER
    digits = any(c.isdigit() for cell in cells for c in cell)
    if counts and (digits or len(cells) == 1 or cells[0].endswith(":")):
        return len(cells) <= 3
    return (
        len(cells) == 1
        and most >= 3
        and (digits or cells[0].endswith((":", ".")) or cells[0].startswith("*"))
    )
