"""Which row holds the headings, and which column is what: suggested, with how sure, open to correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, get_args

from portfolio.errors import N_, InputRefused
from portfolio.rules.roster import HOME_ROLES, Column, Remark, Role, Row, Table, TagsOf, remark
from portfolio.rules.roster_contents import guess_columns
from portfolio.rules.roster_headings import Heading, read_heading, words
from portfolio.rules.roster_names import clean_cell
from portfolio.rules.roster_shape import drop_leftovers, mend_split_names

NAMES: Final = frozenset[Role]({"name", "first", "last", "preferred"})
LOOK_FOR_HEADINGS = 25
"""Rows from the top among which the headings are looked for: school programs put titles above them."""


def read_table(
    rows: Sequence[Row],
    *,
    tags_of: TagsOf,
    known_ids: frozenset[str] = frozenset(),
    asked: Mapping[str, str] | None = None,
    roles: Mapping[int, str] | None = None,
    headings_in: int | None = None,
) -> Table:
    """Return the rows of children, and what each column is taken for.

    As :func:`look_at`; besides, raises ``InputRefused`` if no column has names.
    """
    table = look_at(
        rows, tags_of=tags_of, known_ids=known_ids, asked=asked, roles=roles, headings_in=headings_in
    )
    if not any(column.role in NAMES for column in table.columns):
        raise _no_names(table.columns)
    return table


def look_at(
    rows: Sequence[Row],
    *,
    tags_of: TagsOf,
    known_ids: frozenset[str] = frozenset(),
    asked: Mapping[str, str] | None = None,
    roles: Mapping[int, str] | None = None,
    headings_in: int | None = None,
) -> Table:
    """Return the rows of children, and what each column is taken for; perhaps none is a name.

    ``asked`` says it for some columns: a heading, a letter or a number of a column → a role, with a number
    for its home (``guardian2``), or ``skip``; ``roles`` says the same by the column's index, from 0;
    ``headings_in`` is the number of the row with the headings, 0 for none. Raises ``InputRefused`` for a role
    or column that is not there.
    """
    cleaned = [Row(row.number, tuple(clean_cell(cell) for cell in row.cells)) for row in rows]
    if headings_in is None:
        at = _heading_row(cleaned, set(asked or {}))
    else:
        at = next((i for i, row in enumerate(cleaned) if row.number == headings_in), -1)
    headings = cleaned[at].cells if at >= 0 else ()
    body = [row for row in cleaned[at + 1 :] if row.cells != headings]
    said = [read_heading(text) for text in headings]
    body, remarks = mend_split_names(body, len(headings), _place_of_name(said))
    body, left = drop_leftovers(body)
    columns = _columns(headings, said, body)
    columns = _numbered(_from_one(_name_beside_last(columns, body)))
    columns = _known_ids_only(columns, body, known_ids)
    columns = _as_asked(columns, [(_find(columns, where), what) for where, what in (asked or {}).items()])
    columns = _as_asked(columns, [(_at(columns, index), what) for index, what in (roles or {}).items()])
    columns = guess_columns(columns, body, tags_of, headed=at >= 0)
    found = cleaned[at].number if at >= 0 else 0
    return Table(tuple(columns), tuple(body), (*_above(cleaned, at), *remarks, *left), found)


def _heading_row(rows: Sequence[Row], asked: set[str]) -> int:
    """Return which of the rows holds the headings, or -1: the first with most words we know."""
    best, most = -1, 0
    wanted = {words(text) for text in asked if words(text)}
    for i, row in enumerate(rows[:LOOK_FOR_HEADINGS]):
        said = [read_heading(cell) for cell in row.cells]
        known = [h for h in said if h and (h.sure == "sure" or len(row.cells) > 1)]
        named = any(h.role in NAMES for h in known) or any(words(cell) in wanted for cell in row.cells)
        score = len(known) + 2 * named
        enough = named or (len(known) >= 2 and 2 * len(known) >= len([c for c in row.cells if c]))
        if enough and score > most:
            best, most = i, score
    return best


def _place_of_name(said: Sequence[Heading | None]) -> int:
    return next((i for i, heading in enumerate(said) if heading and heading.role == "name"), -1)


def _above(rows: Sequence[Row], at: int) -> list[Remark]:
    if at <= 0:
        return []
    return [
        remark(
            N_("Rows above the headings were left out: {n}, the first is “{first}”."),
            n=at,
            first=next((cell for cell in rows[0].cells if cell), "")[:40],
        )
    ]


def _columns(headings: Sequence[str], said: Sequence[Heading | None], body: Sequence[Row]) -> list[Column]:
    """Return a column for each that has a heading or anything in it."""
    width = max([len(headings), *(len(row.cells) for row in body)], default=0)
    made: list[Column] = []
    for i in range(width):
        heading = headings[i] if i < len(headings) else ""
        full = dict.fromkeys(cell for row in body if (cell := row.cell(i)))
        if not (heading or full):
            continue
        samples = tuple(list(full)[:3])
        told = said[i] if i < len(said) else None
        if told is None:
            made.append(Column(i, heading, "", sure="guess", left_out="not understood", samples=samples))
        else:
            made.append(Column(i, heading, told.role, told.home, told.sure, told.left_out, samples))
    return made


def _name_beside_last(columns: list[Column], body: Sequence[Row]) -> list[Column]:
    """Return the columns with “Nombre, Apellidos” and “Name, Vorname” read as first and last name.

    “Name” beside a first name is the whole name where it holds that first name, else the last name.
    """
    there = {column.role: column for column in columns}
    name = there.get("name")
    if name is None or ("first" in there) == ("last" in there):
        return columns
    role: Role = "first" if "last" in there else "last"
    other = there["last" if role == "first" else "first"]
    held = sum(row.cell(other.index).casefold() in row.cell(name.index).casefold() for row in body)
    if 2 * held > len(body):
        return columns
    return [replace(c, role=role, sure="likely") if c is name else c for c in columns]


def _from_one(columns: list[Column]) -> list[Column]:
    """Return the columns with the homes counted from one: a list with a father alone has a first home, too."""
    homes = {column.home for column in columns if column.role in HOME_ROLES}
    if homes and min(homes) == 2:
        return [replace(c, home=c.home - 1) if c.role in HOME_ROLES else c for c in columns]
    return columns


def _numbered(columns: list[Column]) -> list[Column]:
    """Return the columns with homes counted, and a second column for one thing left out.

    Without numbers, a second “Guardian” or “Language” belongs to the second home.
    """
    taken: set[tuple[Role, int]] = {(c.role, c.home) for c in columns if c.home}
    made: list[Column] = []
    for column in columns:
        found = column
        if column.role in HOME_ROLES and not column.home:
            home = next(n for n in range(1, len(columns) + 2) if (column.role, n) not in taken)
            taken.add((column.role, home))
            counted = column.sure == "sure" and home > 1  # the heading names no number
            found = replace(column, home=home, sure="likely" if counted else column.sure)
        elif any((c.role, c.home) == (column.role, column.home) for c in made if c.role):
            found = replace(column, role="", home=0, left_out="twice")
        made.append(found)
    return made


def _known_ids_only(columns: list[Column], body: Sequence[Row], known: frozenset[str]) -> list[Column]:
    """Return the columns with an “ID” only where it is ours: a number of the school is not needed."""
    return [
        replace(c, role="", left_out="not needed")
        if c.role == "id" and not any(row.cell(c.index) in known for row in body)
        else c
        for c in columns
    ]


def _as_asked(columns: list[Column], asked: Sequence[tuple[int, str]]) -> list[Column]:
    """Return the columns with what somebody says of some, each by its place in the list of columns."""
    for at, what in asked:
        role, home = _asked_role(what)
        kept = [
            replace(c, role="", home=0, left_out="not wanted")
            if role and (c.role, c.home) == (role, home)
            else c
            for c in columns
        ]
        told = Column(
            columns[at].index, columns[at].heading, role, home, "asked", samples=columns[at].samples
        )
        columns = [*kept[:at], told if role else replace(told, left_out="not wanted"), *kept[at + 1 :]]
    return columns


def _asked_role(what: str) -> tuple[Role, int]:
    plain = what.strip().lower().replace("-", "_").replace(" ", "_")
    base, number = plain.rstrip("0123456789").rstrip("_"), plain[len(plain.rstrip("0123456789")) :]
    if base in {"skip", "none"}:
        return "", 0
    role: Role | None = next((role for role in get_args(Role) if role and role == base), None)
    if role is None or (number and (role not in HOME_ROLES or not 1 <= int(number[:2]) <= 9)):
        raise InputRefused(
            "“{what}” is nothing a column can be. First comes what it is, then the column: language=D. It can be: {known}.",
            what=what[:60],
            known=", ".join([*(r for r in get_args(Role) if r), "guardian2", "language2", "skip"]),
        )
    return role, (int(number[:2] or 1) if role in HOME_ROLES else 0)


def _find(columns: Sequence[Column], where: str) -> int:
    """Return which column is meant: by its heading, else by its letter (A, B, …) or number (1, 2, …)."""
    by_heading = [i for i, c in enumerate(columns) if c.heading and words(c.heading) == words(where)]
    by_place = [
        i for i, c in enumerate(columns) if where.strip().upper() in {letter(c.index), str(c.index + 1)}
    ]
    for found in (by_heading, by_place):
        if found:
            return found[0]
    raise InputRefused(
        "There is no column “{where}” in the file. There are: {known}.",
        where=where[:60],
        known=", ".join(f"{letter(c.index)} {c.heading}".strip()[:40] for c in columns[:30]) or "–",
    )


def _at(columns: Sequence[Column], index: int) -> int:
    """Return the place in the list of the column with this index."""
    found = next((i for i, column in enumerate(columns) if column.index == index), None)
    return _find(columns, str(index + 1)) if found is None else found


def letter(index: int) -> str:
    """Return a column's letter as spreadsheet programs show it: A to Z, then AA."""
    first, last = divmod(index, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def _no_names(columns: Sequence[Column]) -> InputRefused:
    return InputRefused(
        "No column of the file looks like names. There are: {known}. Say which it is, for example: "
        "--column name=A",
        known=", ".join(f"{letter(c.index)} {c.heading}".strip()[:40] for c in columns[:30]) or "–",
    )
