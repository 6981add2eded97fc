"""HTML that a teacher's cell has saved (a table of pandas, some words) as Markdown; nothing of it is ever HTML again.

Only text and the shape of tables are read. What needs a program to be seen (scripts, forms, players, frames,
pictures from elsewhere) is no text: then there is nothing to show, and the caller says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Final

from portfolio.model.record import clean_text

MOST_ROWS: Final = 60
MOST_COLUMNS: Final = 16
MOST_IN_A_CELL: Final = 300
"""What a table in a file for home has room for: rows, columns, characters in one cell."""

_LIVE = frozenset(
    "script iframe frame object embed applet audio video canvas form input button select textarea img picture svg "
    "math map link meta base".split()
)
_UNSEEN = frozenset(("style", "title", "head", "template", "noscript"))
_BLOCKS = frozenset(
    "p div section article ul ol li dl dt dd h1 h2 h3 h4 h5 h6 pre blockquote br hr table figure details summary".split()
)
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$!])")
_COUNTED = re.compile(r"\d+ rows × \d+ columns")
"""What pandas writes below a table: nothing a family needs to know."""
_BEGINS = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")


@dataclass
class Converted:
    """HTML as Markdown. ``live``: it needs a program to be seen; ``cut``: there was more than there is room for."""

    markdown: str = ""
    live: bool = False
    cut: bool = False


@dataclass
class _Row:
    heads: bool
    cells: list[tuple[str, bool]] = field(default_factory=list)
    """Text, and whether it is a heading."""


def as_markdown(html: str) -> Converted:
    """Return what HTML says, as Markdown: paragraphs and tables in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    if reader.live:
        return Converted(live=True)
    return Converted("\n\n".join(reader.blocks), cut=reader.cut)


def escaped(text: str) -> str:
    """Return a line of text that Markdown shows as it is."""
    line = _SPECIAL.sub(r"\\\1", " ".join(str(clean_text(text)).split()))
    return _BEGINS.sub(lambda sign: f"{sign[1]}\\" if sign[1].isdigit() else f"\\{sign[1]}", line)


class _Reader(HTMLParser):
    """Gathers paragraphs and tables; a table in a table is read as its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.live = self.cut = False
        self._words: list[str] = []
        self._rows: list[_Row] | None = None
        self._tables = self._unseen = 0
        self._in_head = False
        self._cell: tuple[bool, int] | None = None  # whether it is a heading, how many columns it takes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open what a tag opens."""
        named = dict(attrs)
        runs = any(name.startswith("on") or "script:" in (value or "").lower() for name, value in attrs)
        self.live = self.live or tag in _LIVE or runs
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS and not self._tables:
            self.end_block()
        elif tag in _BLOCKS:
            self._words.append(" ")
        if tag == "table":
            self._tables += 1
            self._rows = [] if self._tables == 1 else self._rows
        elif self._tables == 1 and tag in ("thead", "tbody", "tfoot"):
            self._in_head = tag == "thead"
        elif self._tables == 1 and tag == "tr" and self._rows is not None:
            self._end_cell()
            self._rows.append(_Row(self._in_head))
        elif self._tables == 1 and tag in ("td", "th"):
            self._end_cell()
            self._cell = (tag == "th", _span(named.get("colspan")))

    def handle_endtag(self, tag: str) -> None:
        """Close what a tag closes."""
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag == "table" and self._tables:
            self._tables -= 1
            if not self._tables:
                self._end_table()
        elif self._tables == 1 and tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag in _BLOCKS and not self._tables:
            self.end_block()

    def handle_data(self, data: str) -> None:
        """Take words, of a table only those that stand in its cells."""
        if not self._unseen and (not self._tables or self._cell):
            self._words.append(data)

    def end_block(self) -> None:
        """End a paragraph, or a table whose end is missing."""
        if self._tables:
            self._tables = 0
            self._end_table()
        text = escaped("".join(self._words))
        if text and not _COUNTED.fullmatch(text):
            self.blocks.append(text)
        self._words.clear()

    def _end_cell(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if self._cell is None:
            return
        heading, columns = self._cell
        self._cell = None
        if self._rows:
            self.cut = self.cut or len(text) > MOST_IN_A_CELL
            shown = text[:MOST_IN_A_CELL] + ("…" if len(text) > MOST_IN_A_CELL else "")
            self._rows[-1].cells += [(shown, heading), *[("", heading)] * (columns - 1)]

    def _end_table(self) -> None:
        self._end_cell()
        rows, self._rows = [row for row in self._rows or () if row.cells], None
        heads = [row for row in rows if row.heads] or [r for r in rows[:1] if all(th for _, th in r.cells)]
        body = [row for row in rows if row not in heads]
        wide = max((len(row.cells) for row in rows), default=0)
        self.cut = self.cut or len(body) > MOST_ROWS or wide > MOST_COLUMNS
        if rows:
            self.blocks.append(_table(heads, body[:MOST_ROWS], min(wide, MOST_COLUMNS)))


def _span(said: str | None) -> int:
    return min(int(said), MOST_COLUMNS) if said and said.isascii() and said.isdigit() and int(said[:4]) else 1


def _table(heads: list[_Row], body: list[_Row], wide: int) -> str:
    """Return a Markdown table; several rows of headings become one."""
    stacked = zip_longest(*([text for text, _ in row.cells[:wide]] for row in heads), fillvalue="")
    head = [escaped(" ".join(filter(None, column))) for column in stacked]
    lines = [[*head, *[""] * (wide - len(head))], ["---"] * wide]
    for row in body:
        cells = [_body_cell(text, heading=heading) for text, heading in row.cells[:wide]]
        lines.append([*cells, *[""] * (wide - len(cells))])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _body_cell(text: str, *, heading: bool) -> str:
    shown = escaped(text)
    return f"**{shown}**" if heading and shown else shown
