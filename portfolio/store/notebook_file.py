"""Notebooks as outlines: which sections a book has, in which order, and what the teacher added.

The cells of ``student.ipynb`` decide what desk, conference and home file show. They are read here
without a kernel and without nbformat (its import alone takes seconds); nothing in them is run.

==========================================================  ==============================================
a cell                                                      becomes
==========================================================  ==============================================
code that calls ``….section("strengths")``                  that section (a second time: left out)
Markdown, one heading line, directly above such a cell      the heading of that section
other Markdown                                              the teacher's own text, with pasted pictures
other code with saved outputs                               the teacher's own pictures, tables and texts
code that opens or closes a desk, raw cells, empty cells    nothing
cells tagged ``remove-cell`` or ``remove-output``           nothing (:mod:`portfolio.store.notebook_outputs`)
==========================================================  ==============================================

Our own headings carry in their metadata what we wrote (``portfolio.section`` and ``portfolio.title``):
as long as the text is still that, the title of the class template counts; a heading of ours that stands
above another section now (cells were moved one by one) says nothing.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from portfolio.errors import NotebookMistake, NotFound
from portfolio.model import Outline, OwnCell, SectionCell
from portfolio.store.notebook_outputs import hidden, is_machinery, own_outputs
from portfolio.store.notebook_pictures import pasted_pictures
from portfolio.store.trouble import no_special

__all__ = [
    "LARGEST",
    "Part",
    "heading_text",
    "outline_of",
    "parse_outline",
    "parts_of",
    "read_text",
]

LARGEST = 50_000_000
"""Bytes a notebook may have, saved pictures and all."""

_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?")
_MARKS = re.compile(r"[*`]+|\\(?=[^\w\s])")
_LAST_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as it stands in the file, with its number as people count (from 1)."""

    number: int
    kind: str
    source: str
    raw: dict[str, Any] = field(repr=False)

    @property
    def ours(self) -> dict[str, Any]:
        """What our own generator wrote about the cell."""
        return _mapping(_mapping(self.raw.get("metadata")).get("portfolio"))

    @property
    def alt(self) -> str:
        """What the teacher says the cell's pictures show; empty if nothing."""
        alt = _mapping(self.raw.get("metadata")).get("alt")
        return alt.strip() if isinstance(alt, str) else ""


def outline_of(path: Path) -> Outline:
    """Return what a notebook file shows, in order; raises as :func:`read_text` and :func:`parse_outline`."""
    return parse_outline(read_text(path), path.name)


def read_text(path: Path) -> str:
    """Return the text of a notebook file.

    Raises ``NotFound`` if there is no such file and ``NotebookMistake`` if it is a pipe or cannot be read.
    """
    no_special(path, NotebookMistake)
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except FileNotFoundError:
        raise NotFound("There is no notebook at {place}.", place=str(path)) from None
    except OSError:
        raise NotebookMistake("{file} cannot be opened. Is it a file you may read?", file=path.name) from None
    if data is None:
        raise NotebookMistake(
            "{file} is too big to be read. Clear the outputs of its large cells and save it.", file=path.name
        )
    return data.decode("utf-8-sig", "replace")


def parse_outline(text: str, name: str) -> Outline:
    """Return what a notebook (its JSON text) shows, in order; ``name`` is the file's name in sentences.

    Raises ``NotebookMistake`` for anything that is not a notebook of format 4, and for a section name
    or a picture that cannot be used (with the number of the cell).
    """
    cells = _cells(text, name)
    calls = [_sections_called(cell, name) for cell in cells]
    outline: list[SectionCell | OwnCell] = []
    seen: set[str] = set()
    heading = ""  # the last heading of the teacher's own text since the last section
    for place, cell in enumerate(cells):
        if calls[place]:
            above = cells[place - 1] if place else None
            fresh = [section for section in dict.fromkeys(calls[place]) if section not in seen]
            outline.extend(_section_cells(fresh, above, calls[place]))
            seen.update(fresh)
            heading = ""
        elif not _belongs_to_section(cell, calls[place + 1] if place + 1 < len(cells) else ()):
            outline.extend(_own(cell, heading, name))
            heading = _last_heading(cell) or heading
    return tuple(outline)


@dataclass(frozen=True, slots=True)
class Part:
    """A cell as whoever rearranges a notebook sees it: the cell itself, its text, what it is to the book.

    ``calls``: the sections it shows. ``heads``: it is nothing but the heading of the cell below. ``ours``: the
    section our own generator wrote it for, as long as the teacher left its words alone, else "".
    """

    raw: dict[str, Any] = field(repr=False)
    kind: str
    source: str
    calls: tuple[str, ...] = ()
    heads: bool = False
    ours: str = ""


def parts_of(text: str, name: str) -> tuple[Part, ...]:
    """Return the cells of a notebook with what each is to the book, in order; raises as :func:`parse_outline`."""
    cells = _cells(text, name)
    calls = [*(_sections_called(cell, name) for cell in cells), ()]
    return tuple(
        Part(
            raw=cell.raw,
            kind=cell.kind,
            source=cell.source,
            calls=called,
            heads=not called and bool(below) and _only_heading(cell) is not None,
            ours=str(cell.ours["section"]) if _is_still_ours(cell, _only_heading(cell)) else "",
        )
        for cell, called, below in zip(cells, calls, calls[1:], strict=False)
    )


def heading_text(source: str) -> str | None:
    """Return the words of a Markdown cell that is one heading line, marks and all; ``None`` for any other."""
    found = _HEADING.fullmatch(source.strip())
    text = " ".join(found[1].split()) if found else ""
    return text if text and len(text) <= 200 else None  # longer ones are texts by mistake, and no title


def _cells(text: str, name: str) -> list[_Cell]:
    try:
        page = json.loads(text)
    except (ValueError, RecursionError):
        raise NotebookMistake(
            "{file} cannot be read as a notebook. If it was changed outside of JupyterLab, take an older copy.",
            file=name,
        ) from None
    if not isinstance(page, dict) or not isinstance(page.get("nbformat"), int):
        raise NotebookMistake("{file} is not a notebook. Is it the right file?", file=name)
    if page["nbformat"] < 4:
        raise NotebookMistake(
            "{file} is written the way notebooks were written long ago (format {found}). "
            "Open it in JupyterLab and save it once.",
            file=name,
            found=page["nbformat"],
        )
    if page["nbformat"] > 4 or not isinstance(page.get("cells"), list):
        raise NotebookMistake(
            "{file} is not a notebook of format 4. Open it in JupyterLab and save it once.", file=name
        )
    return [_cell(number, raw, name) for number, raw in enumerate(page["cells"], 1)]


def _cell(number: int, raw: Any, name: str) -> _Cell:
    source = raw.get("source", "") if isinstance(raw, dict) else None
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise NotebookMistake(
            "{file}, cell {number}: this cell cannot be read. Delete it in JupyterLab and write it anew.",
            file=name,
            number=number,
        )
    return _Cell(number, str(raw.get("cell_type", "")), source, raw)


def _sections_called(cell: _Cell, name: str) -> tuple[str, ...]:
    """Return the sections a code cell shows, in the order written; empty if it calls none."""
    if cell.kind != "code" or "section" not in cell.source:
        return ()
    # lines for the shell and for magics are no Python; a blank line keeps the others where they are
    lines = ("" if line.lstrip()[:1] in ("%", "!") else line for line in cell.source.splitlines())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the teacher's own code: "\d" in a text and the like
            tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    calls = sorted(_section_calls(tree))
    for *_, section in calls:
        try:
            SectionCell(section=section)
        except ValidationError:
            raise NotebookMistake(
                "{file}, cell {number}: “{section}” cannot be the name of a section. Names are written in small "
                "letters, as in desk.section({example}).",
                file=name,
                number=cell.number,
                section=section[:60],
                example='"strengths"',
            ) from None
    return tuple(section for *_, section in calls)


def _section_calls(tree: ast.Module) -> Iterator[tuple[int, int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="section"), args=[ast.Constant(value=str(section)), *_]):
                yield node.lineno, node.col_offset, section


def _section_cells(fresh: list[str], above: _Cell | None, called: tuple[str, ...]) -> Iterator[SectionCell]:
    """Yield the sections one cell shows; a heading above the cell is the heading of its first section."""
    for section in fresh:
        first = section == called[0]
        yield SectionCell(section=section, heading=_heading_in(above) if first and above else "")


def _heading_in(cell: _Cell) -> str:
    """Return what the teacher wrote as a heading, without Markdown's stars; empty if it is ours, or none."""
    text = _only_heading(cell)
    return "" if text is None or _is_still_ours(cell, text) else _MARKS.sub("", text).strip()


def _belongs_to_section(cell: _Cell, next_calls: tuple[str, ...]) -> bool:
    """Return whether a cell is no text of the teacher's: a heading of a section, or our opening words."""
    if "part" in cell.ours:
        return True
    text = _only_heading(cell)
    return text is not None and (bool(next_calls) or _is_still_ours(cell, text))


def _is_still_ours(cell: _Cell, text: str | None) -> bool:
    return text is not None and "section" in cell.ours and cell.ours.get("title") == text


def _only_heading(cell: _Cell) -> str | None:
    return heading_text(cell.source) if cell.kind == "markdown" else None


def _last_heading(cell: _Cell) -> str:
    found = _LAST_HEADING.findall(cell.source) if cell.kind == "markdown" else []
    return found[-1][:200] if found else ""


def _own(cell: _Cell, heading: str, name: str) -> Iterator[OwnCell]:
    """Yield the teacher's own text, or what its code has shown, if the cell has any."""
    where = f"{name}, cell {cell.number}"
    if hidden(cell.raw.get("metadata")):
        return
    try:
        if cell.kind == "markdown":
            text, found = pasted_pictures(cell.source, cell.raw.get("attachments"), where)
            if text.strip() or found:
                yield OwnCell(markdown=text.strip(), pictures=tuple(found))
        elif cell.kind == "code" and not is_machinery(cell.source, cell.raw.get("id")):
            yield from own_outputs(cell.raw.get("outputs"), cell.alt or heading, where)
    except ValidationError:
        raise NotebookMistake(
            "{file}, cell {number}: this is too much for the book. Make the picture smaller or the text shorter.",
            file=name,
            number=cell.number,
        ) from None


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
