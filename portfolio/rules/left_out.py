"""What stands in the Markdown of a teacher's own cell beside its words: its pictures, and what is left out of it.

A note is a fenced block that no other program writes; a text is taken apart at its notes before anything else is done
with it, so that nothing left open in a piece reaches into the next::

    ```portfolio-left-out              ```portfolio-picture       ```portfolio-break
    live                               0                          ```
    student.ipynb, cell 7              ```
    ```

Pages say a gap as a sentence in the reader's language and show a picture of the cell by its number; a break only
parts two pieces. Reports name the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, cast, get_args

LeftOut = Literal["error", "live", "formula", "damaged", "long"]
"""Why: its code failed; it needs the school's program; a formula; bytes that do not open; more than there is room for."""

BREAK = "```portfolio-break\n```"

_NOTE = re.compile(
    rf"^```portfolio-(?:left-out\n(?P<why>{'|'.join(get_args(LeftOut))})\n(?P<where>[^\n]*)"
    r"|picture\n(?P<number>[0-9]{1,3})|break)\n```[ ]*$",
    re.MULTILINE,
)


class Gap(NamedTuple):
    """Something that is not shown: why, and where it stands in the notebook."""

    why: LeftOut
    where: str


def gap_note(why: LeftOut, where: str) -> str:
    """Return the Markdown that tells of a gap; ``where`` is one line."""
    return f"```portfolio-left-out\n{why}\n{' '.join(where.replace('`', ' ').split())}\n```"


def picture_note(number: int) -> str:
    """Return the Markdown for a picture of the cell, counted from 0."""
    return f"```portfolio-picture\n{number}\n```"


def pieces_of(markdown: str) -> Iterator[str | int | Gap]:
    """Yield the pieces of a cell's Markdown, in order: words, numbers of pictures, gaps; no empty words."""
    at = 0
    for note in _NOTE.finditer(markdown):
        yield from filter(str.strip, (markdown[at : note.start()],))
        at = note.end()
        if note["why"]:
            yield Gap(cast("LeftOut", note["why"]), note["where"])
        elif note["number"]:
            yield int(note["number"])
    yield from filter(str.strip, (markdown[at:],))


def gaps_in(markdown: str) -> tuple[Gap, ...]:
    """Return what a Markdown text tells is left out, in order."""
    return tuple(piece for piece in pieces_of(markdown) if isinstance(piece, Gap))
