"""From the rows of a table to the children they tell; a row that cannot be read is told by its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from portfolio.errors import N_
from portfolio.rules.roster import HOME_ROLES, Listed, Remark, Row, Table, TagsOf, ToldHome, remark
from portfolio.rules.roster_contents import NO, YES
from portfolio.rules.roster_names import (
    LONGEST_NAME,
    bare,
    first_of,
    has_letters,
    is_shouted,
    mixes_alphabets,
    turned,
)

LONGEST_WORD: Final = 200
"""Characters kept of anything that is not a name, such as pronouns or a grade."""

MOST_HOMES = 9

_BETWEEN_ADULTS: Final = re.compile(r"\s*[/;&\n]\s*")
"""What stands between two grown-ups in one cell; a comma may stand within a name."""

UNKNOWN_LANGUAGE: Final = N_(
    "Row {row}: nobody here knows the language “{language}” ({name}). The word is kept, but no text of ours is in "
    "it. Write it like Spanish or es."
)
"""What is said of a word for a language that nobody knows: it becomes no other language in silence."""


def read_children(
    table: Table, *, tags_of: TagsOf, first_names: bool = False
) -> tuple[tuple[Listed, ...], tuple[Remark, ...], tuple[Remark, ...]]:
    """Return the children, warnings, and troubles (rows that were not read, and why).

    ``first_names`` calls each child by its preferred or first name alone.
    """
    listed: list[Listed] = []
    warnings: list[Remark] = []
    troubles: list[Remark] = []
    for row in table.rows:
        name, forms, short = names_of(table, row, first_names=first_names)
        trouble = _unfit(name, row)
        if trouble:
            troubles.append(trouble)
            continue
        homes, said = _homes(table, row, name, tags_of)
        warnings += said
        word = {role: row.cell(table.index(role))[:LONGEST_WORD] for role in _WORDS}
        listed.append(
            Listed(
                row=row.number,
                name=name,
                forms=forms,
                short=short,
                student_id=word["id"],
                say_it=word["say"],
                pronouns=word["pronouns"],
                grade=word["grade"],
                class_name=word["homeroom"],
                homes=homes,
            )
        )
    return tuple(listed), (*warnings, *_odd_names(listed)), tuple(troubles)


_WORDS: Final = ("id", "say", "pronouns", "grade", "homeroom")


def names_of(table: Table, row: Row, *, first_names: bool) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return what the class would call the child of a row, other whole names, and first names alone."""
    whole = row.cell(table.index("name"))
    first = row.cell(table.index("first")) or first_of(whole)
    last = row.cell(table.index("last"))
    full = turned(whole) if whole else " ".join(part for part in (first, last) if part)
    preferred = row.cell(table.index("preferred"))
    if preferred:
        family = full.removeprefix(first).strip() if full.startswith(first) else last
        called = preferred if not family or bare(family) in bare(preferred) else f"{preferred} {family}"
    else:
        called = full
    short = tuple(dict.fromkeys(part for part in (preferred, first) if part))
    if first_names and short:
        called = short[0]
    return called, tuple(f for f in dict.fromkeys((full,)) if f and f != called), short


def _unfit(name: str, row: Row) -> Remark | None:
    if not name:
        return remark(N_("Row {row} has no name. Write one, or delete the row."), row=row.number)
    if len(name) > LONGEST_NAME:
        return remark(
            N_("The name in row {row} is too long (“{name}…”). Did several cells slip into one?"),
            row=row.number,
            name=name[:30],
        )
    if not has_letters(name):
        return remark(
            N_("“{name}” in row {row} is no name. Write one, or delete the row."),
            row=row.number,
            name=name[:40],
        )
    return None


def _odd_names(listed: Sequence[Listed]) -> list[Remark]:
    """Return what a person should look at: letters of two alphabets in a word, names in capitals."""
    said = [
        remark(
            N_(
                "Row {row}: “{name}” mixes letters of two alphabets. Type the name again, so that it can be found."
            ),
            row=child.row,
            name=child.name,
        )
        for child in listed
        if mixes_alphabets(child.name)
    ]
    shouted = [child for child in listed if is_shouted(child.name)]
    if shouted:
        said.append(
            remark(
                N_("Names in capitals: {n}, for example “{name}”. They are kept as they are written."),
                n=len(shouted),
                name=shouted[0].name,
            )
        )
    return said


def _homes(table: Table, row: Row, name: str, tags_of: TagsOf) -> tuple[tuple[ToldHome, ...], list[Remark]]:
    """Return the homes a row tells. A second grown-up without language or home of their own joins the first."""
    numbers = sorted({c.home for c in table.columns if c.role in HOME_ROLES})
    said: list[Remark] = []
    made: list[ToldHome] = []
    for number in numbers[:MOST_HOMES]:
        home, remarks = _home(table, row, number, name, tags_of)
        said += remarks
        joins = made and (
            (table.joins(number) and (home.adults or table.homes == "one"))
            or (home.label and home.label == made[0].label)
        )
        if joins:
            made[0] = _joined(made[0], home)
        elif home.adults or home.label or (not made and (home.reads or home.speaks or home.interpreter)):
            made.append(home)
    return tuple(made), said


def _home(table: Table, row: Row, number: int, name: str, tags_of: TagsOf) -> tuple[ToldHome, list[Remark]]:
    def cell(role: str) -> str:
        return next((row.cell(c.index) for c in table.columns if (c.role, c.home) == (role, number)), "")

    said: list[Remark] = []
    tags: dict[str, tuple[str, ...]] = {}
    for role in ("language", "spoken"):
        found, unknown = tags_of(cell(role)) if cell(role) else ((), ())
        tags[role] = found
        said += [
            remark(
                UNKNOWN_LANGUAGE,
                row=row.number,
                language=word[:40],
                name=name,
            )
            for word in unknown
        ]
    both = " ".join(part for part in (cell("guardian_first"), cell("guardian_last")) if part)
    adult = (cell("guardian") or both)[:LONGEST_WORD]
    wants = cell("interpreter").casefold()
    wanted = True if wants in YES else False if wants in NO else None
    if wants and wanted is None:
        said.append(
            remark(
                N_("Row {row}: “{word}” under interpreter is neither yes nor no ({name})."),
                row=row.number,
                word=wants[:40],
                name=name,
            )
        )
    return ToldHome(
        label=cell("household")[:LONGEST_WORD],
        adults=tuple(dict.fromkeys(part for part in _BETWEEN_ADULTS.split(adult) if part)),
        reads=tags["language"],
        speaks=tags["spoken"],
        interpreter=wanted,
    ), said


def _joined(one: ToldHome, other: ToldHome) -> ToldHome:
    return ToldHome(
        label=one.label,
        adults=tuple(dict.fromkeys((*one.adults, *other.adults))),
        reads=tuple(dict.fromkeys((*one.reads, *other.reads))),
        speaks=tuple(dict.fromkeys((*one.speaks, *other.speaks))),
        interpreter=one.interpreter
        if other.interpreter is None
        else other.interpreter or bool(one.interpreter),
    )
