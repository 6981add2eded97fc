"""Places that help: a library, homework help, food, somebody who interprets. The school's own list and nothing else.

Which column of the list is what, in the languages teachers write it in; one row is one place. What the school did not
write down is not on a card: no number, no hour and no address is ever made up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from portfolio.errors import InputRefused, PortfolioError
from portfolio.model import Passage, Record, Translation
from portfolio.model.record import Line, clean_text

Field = Literal["name", "what", "when", "phone", "address", "languages", "cost"]

HEADINGS: Final[dict[Field, tuple[str, ...]]] = {
    "name": ("name", "nombre", "الاسم"),
    "what": ("what", "what it is", "qué es", "qué", "ما هو"),
    "when": ("when", "hours", "cuándo", "horario", "متى"),
    "phone": ("phone", "telephone", "teléfono", "الهاتف"),
    "address": ("address", "where", "dirección", "dónde", "العنوان"),
    "languages": ("languages", "idiomas", "lenguas", "اللغات"),
    "cost": ("cost", "price", "costo", "coste", "precio", "التكلفة"),
}
"""What each column may be called; the first is what we write ourselves."""

TRANSLATED: Final[tuple[Field, ...]] = ("what", "when", "cost")
"""Columns that may stand in other languages too: “what (es)” beside “what”."""

MOST_PLACES: Final = 60
LONGEST: Final = 300
"""Letters in one cell: a card has to be read in the street."""

_TAGGED: Final = re.compile(r"^(?P<name>.+?)\s*[_:\[(]\s*(?P<tag>[a-z]{2,3}(-[a-z0-9]{2,8})*)\s*[\])]?$")


class HelpPlace(Record):
    """One place: its name, what it is, when, how one gets there, in which languages, what it costs."""

    name: Line
    what: Passage = Passage()
    when: Passage = Passage()
    phone: Line = ""
    address: Line = ""
    languages: Line = ""
    cost: Passage = Passage()


@dataclass(frozen=True)
class PlacesRead:
    """What a list says: its places; rows and columns that could not be used are told in ``trouble``."""

    places: tuple[HelpPlace, ...] = ()
    trouble: tuple[PortfolioError, ...] = ()


Column = tuple[Field, str]
"""What a column holds, and in which language; "" is that of the class."""


def column_of(heading: str) -> Column | None:
    """Return what a column is by its heading, ``None`` for one we do not know."""
    plain = " ".join(heading.casefold().split()).strip(" .:*")
    for field, names in HEADINGS.items():
        if plain in names:
            return field, ""
    tagged = _TAGGED.match(plain)
    known = column_of(tagged["name"]) if tagged else None
    if tagged and known and known[1] == "" and known[0] in TRANSLATED:
        return known[0], tagged["tag"]
    return None


def place_of(cells: dict[Column, str], lang: str) -> HelpPlace:
    """Return the place a row tells of; its words are in ``lang`` unless a column says another language."""

    def told(field: Field) -> Passage:
        others = tuple(
            Translation(lang=tag, text=text, made_by="human")
            for (name, tag), text in cells.items()
            if name == field and tag and text
        )
        return Passage(text=cells.get((field, ""), ""), lang=lang, translations=others)

    def plain(field: Field) -> str:
        return cells.get((field, ""), "")

    return HelpPlace(
        name=plain("name"),
        what=told("what"),
        when=told("when"),
        phone=plain("phone"),
        address=plain("address"),
        languages=plain("languages"),
        cost=told("cost"),
    )


def places_of(rows: list[tuple[int, tuple[str, ...]]], name: str, lang: str) -> PlacesRead:
    """Return the places in the rows of a list (number as a spreadsheet shows it, cells); the first row is headings.

    A row that cannot be used is left out and told; so is a column with a heading we do not know.
    Raises ``InputRefused`` where no column is called “name”.
    """
    (_, first), *rest = rows or [(1, ())]
    columns = {at: known for at, heading in enumerate(first) if (known := column_of(heading))}
    if ("name", "") not in columns.values():
        raise InputRefused(
            "{file}: no column is called “name”. The first row holds the headings: {known}.",
            file=name,
            known=", ".join(HEADINGS),
        )
    trouble: list[PortfolioError] = [
        InputRefused(
            "{file}: the column “{heading}” is not used. We know: {known}.",
            file=name,
            heading=heading.strip()[:60],
            known=", ".join(HEADINGS),
        )
        for at, heading in enumerate(first)
        if heading.strip() and at not in columns
    ]
    found: list[HelpPlace] = []
    for number, cells in rest:
        told = {column: _cell(cells, at) for at, column in reversed(columns.items())}
        wrong = _wrong(told, name, number, len(found))
        if wrong is not None:
            trouble.append(wrong)
        else:
            found.append(place_of(told, lang))
    return PlacesRead(places=tuple(found), trouble=tuple(trouble))


def _cell(cells: tuple[str, ...], at: int) -> str:
    return " ".join(str(clean_text(cells[at])).split()) if at < len(cells) else ""


def _wrong(told: dict[Column, str], name: str, number: int, have: int) -> InputRefused | None:
    where = {"file": name, "row": number}
    if not told["name", ""]:
        return InputRefused(
            "{file}, row {row}: the name of the place is missing. Write it, or take the row away.", **where
        )
    if have >= MOST_PLACES:
        return InputRefused(
            "{file}, row {row}: a list holds at most {most} places. Keep those families need most.",
            **where,
            most=MOST_PLACES,
        )
    long = next((column for column, text in told.items() if len(text) > LONGEST), None)
    if long is not None:
        return InputRefused(
            "{file}, row {row}: “{name}” has more than {most} letters. A card is short: say it in fewer.",
            **where,
            name=" ".join(long).strip(),
            most=LONGEST,
        )
    if not any(text for (field, _), text in told.items() if field != "name"):
        return InputRefused(
            "{file}, row {row}: “{name}” stands alone. Say at least what it is, or how one gets there.",
            **where,
            name=told["name", ""][:60],
        )
    return None
