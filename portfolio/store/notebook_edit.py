"""A notebook with other sections, or the same in another order, and all of the teacher's own cells kept.

A notebook is read as blocks: the beginning, one block for each section, the end. A block is the cell that shows
the section, the heading above it, and the teacher's own cells that belong to it. Between two sections, what comes
from a heading on belongs to the section below, what comes before it to the section above. When a section goes,
its own cells stay where they were, after the section above.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from portfolio.errors import NotFound
from portfolio.model import ClassTemplate, Section
from portfolio.store.notebook_file import Part, heading_text, parts_of
from portfolio.store.notebook_new import section_cells

Cell = dict[str, Any]

_HEADED: Final = re.compile(r"\s*#{1,6}[ \t]+\S")
_CLOSES: Final = re.compile(r"\.done\s*\(")
_WITH_IDS: Final = 5
"""From this minor version of format 4 on, every cell has an id, before it none may."""


@dataclass
class _Block:
    """What stands together: own cells, the heading, the cell that shows ``sections``, own cells after it."""

    sections: tuple[str, ...] = ()
    call: Part | None = None
    heading: Part | None = None
    bare: bool = False
    """Its own heading was moved somewhere else: it needs a new one."""
    before: list[Part] = field(default_factory=list)
    after: list[Part] = field(default_factory=list)


def arranged(
    notebook_text: str,
    template: ClassTemplate,
    section_ids: Sequence[str],
    *,
    retitled: Collection[str] = (),
    name: str = "student.ipynb",
) -> str:
    """Return a notebook (JSON text) that shows exactly these sections, in this order.

    The teacher's own cells stay, with the section they stood at; so do headings the teacher changed, but for the
    sections ``retitled``, whose title in the template counts from now on. A new section gets a heading and a call,
    one that goes loses only these. Doing it twice is doing it once. Raises ``NotFound`` for a section the template
    does not have, ``NotebookMistake`` for what is no notebook.
    """
    wanted = list(dict.fromkeys(section_ids))
    sections = {section_id: _section(template, section_id) for section_id in wanted}
    start, blocks, end = _blocks(parts_of(notebook_text, name))
    _keep_orphans(start, blocks, wanted)
    page = json.loads(notebook_text)
    cells: list[Cell] = [part.raw for part in start.after]
    for block in _in_order(blocks, wanted):
        cells += _cells(block, sections, retitled)
    cells += [part.raw for part in end]
    page["cells"] = _with_ids(cells, with_ids=page.get("nbformat_minor", 0) >= _WITH_IDS)
    # as nbformat writes it, so that a first save in JupyterLab changes nothing
    return json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _section(template: ClassTemplate, section_id: str) -> Section:
    found = template.section(section_id)
    if found is None:
        raise NotFound(
            "There is no section called “{section}”. This class has: {known}.",
            section=section_id[:64],
            known=", ".join(s.section_id for s in template.sections),
        )
    return found


def _blocks(parts: Iterable[Part]) -> tuple[_Block, list[_Block], list[Part]]:
    """Return the beginning (its cells in ``after``), a block for each cell that shows something new, the end."""
    start, seen = _Block(), set[str]()
    blocks: list[_Block] = []
    lost: set[str] = set()  # sections whose heading stands somewhere else
    gap: list[Part] = []
    for part in parts:
        if part.calls:
            heading = gap.pop() if gap and gap[-1].heads else None
            fresh = tuple(one for one in dict.fromkeys(part.calls) if one not in seen)
            if not fresh:
                continue
            seen.update(fresh)
            block = _Block(fresh, part, heading)
            if heading is not None and (heading.ours not in ("", fresh[0]) or part.calls[0] != fresh[0]):
                lost.add(heading.ours)
                block.heading, block.bare = None, True
            previous = blocks[-1] if blocks else start
            split = _split(gap, first=not blocks)
            previous.after += gap[:split]
            block.before += gap[split:]
            blocks.append(block)
            gap = []
        elif part.ours and not part.heads:
            lost.add(part.ours)
        else:
            gap.append(part)
    for block in blocks:
        block.bare = block.heading is None and (block.bare or block.sections[0] in lost)
    closing = next(
        (n for n, part in enumerate(gap) if part.kind == "code" and _CLOSES.search(part.source)), None
    )
    split = min(_split(gap, first=not blocks), len(gap) if closing is None else closing)
    (blocks[-1] if blocks else start).after += gap[:split]
    return start, blocks, gap[split:]


def _split(gap: Sequence[Part], *, first: bool) -> int:
    """Return where in a gap the cells begin that belong to what is below.

    What opens the book comes first whatever follows: our opening words, and every code cell above the sections.
    """
    begin = 0
    if first:
        opens = [n for n, part in enumerate(gap) if part.kind == "code" or _is_opening(part)]
        if not opens:
            return len(gap)
        begin = opens[-1] + 1
    headed = (n for n in range(begin, len(gap)) if gap[n].kind == "markdown" and _HEADED.match(gap[n].source))
    return next(headed, len(gap))


def _is_opening(part: Part) -> bool:
    metadata = part.raw.get("metadata")
    ours = metadata.get("portfolio") if isinstance(metadata, dict) else None
    return isinstance(ours, dict) and "part" in ours


def _keep_orphans(start: _Block, blocks: Sequence[_Block], wanted: Sequence[str]) -> None:
    """Give the own cells of sections that go to what stands above them."""
    above = start
    for block in blocks:
        if not set(block.sections).intersection(wanted):
            above.after += [*block.before, *block.after]
        else:
            above = block


def _in_order(blocks: Sequence[_Block], wanted: Sequence[str]) -> list[_Block]:
    """Return a block for each wanted section; several shown by one cell stay together if they still follow."""
    found = {section: block for block in blocks for section in block.sections}
    ordered: list[_Block] = []
    place = 0
    while place < len(wanted):
        section = wanted[place]
        block = found.get(section, _Block((section,), bare=True))
        size = len(block.sections)
        called = tuple(dict.fromkeys(block.call.calls)) if block.call else ()
        if tuple(wanted[place : place + size]) == block.sections and called in ((), block.sections):
            ordered.append(block)
            place += size
        else:
            ordered.append(_part_of(block, section, wanted))
            place += 1
    return ordered


def _part_of(block: _Block, section: str, wanted: Sequence[str]) -> _Block:
    """Return one section of a cell that showed several; the first keeps the heading, own cells stay at the ends."""
    left = [one for one in block.sections if one in wanted]
    first, last = section == left[0], section == left[-1]
    heading = block.heading if section == block.sections[0] else None
    return _Block(
        (section,),
        heading=heading,
        bare=heading is None,
        before=block.before if first else [],
        after=block.after if last else [],
    )


def _cells(block: _Block, sections: dict[str, Section], retitled: Collection[str]) -> list[Cell]:
    section = sections[block.sections[0]]
    heading, call = section_cells(section)
    if block.call is not None:
        call = block.call.raw
    own: Cell | None = heading if block.bare else None
    if block.heading is not None:
        own = _headed(block.heading, heading, section, afresh=section.section_id in retitled)
    fits = own is not heading or heading_text(f"## {section.title}") == section.title
    return [
        *(part.raw for part in block.before),
        *([own] if own is not None and fits else []),
        call,
        *(part.raw for part in block.after),
    ]


def _headed(there: Part, fresh: Cell, section: Section, *, afresh: bool) -> Cell:
    """Return the heading of a section: the teacher's own as it is, ours with the title there is now."""
    same = heading_text(there.source) == section.title
    if there.ours and same:
        return there.raw
    if there.ours or same or afresh:
        return fresh
    return there.raw


def _with_ids(cells: Sequence[Cell], *, with_ids: bool) -> list[Cell]:
    """Return cells of which no two have one id, or none has any."""
    taken: set[str] = set()
    found = []
    for cell in cells:
        kept = {name: value for name, value in cell.items() if name != "id" or with_ids}
        wanted = kept.get("id")
        if isinstance(wanted, str):
            numbered = (wanted if n == 1 else f"{wanted[:60]}-{n}" for n in range(1, len(cells) + 2))
            kept["id"] = next(one for one in numbered if one not in taken)
            taken.add(kept["id"])
        found.append(kept)
    return found
