"""Reading the labelled sentences: ``kind | trap | text with {marks} and {?optional marks}`` (see guide.md).

``read(file)`` gives sentences whose text is what a person would have typed: marks gone, escapes undone. An error
names the file and the line, never what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Kind = Literal["clean", "school"]
Span = tuple[int, int]
"""Start and end in code points, as Python slices."""

FOLDER: Final = Path(__file__).parent / "sentences"
OPEN: Final = tuple(FOLDER / f"{name}.txt" for name in ("one", "two", "three"))
"""What may be looked at while the finder is made."""

HELD_BACK: Final = FOLDER / "held_back.txt"
"""What is looked at once, at the very end."""

TRAPS: Final = (
    "plain", "everyday", "inflected", "case", "shouted", "break", "dash", "hidden", "beside", "list", "quote",
    "spanish", "long form", "dotted", "numbered", "name", "code", "child", "explained", "many",
)  # fmt: skip

_PIECE = re.compile(
    r"\\u(?P<sign>[0-9A-Fa-f]{4})|\\(?P<escaped>[n{}|\\])|(?P<opens>\{\??)|(?P<closes>\})|(?P<other>[^\\{}|]+)"
)
_ESCAPED: Final = {"n": "\n"}


class LabelError(ValueError):
    """A line that does not follow guide.md."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled text. ``marked`` are the school words in it, ``optional`` what counts neither way."""

    file: str
    line: int
    kind: Kind
    trap: str
    text: str
    marked: tuple[Span, ...] = ()
    optional: tuple[Span, ...] = ()


def read(file: Path) -> list[Sentence]:
    """Return the sentences of one file, in its order. Raises ``LabelError`` at the first line it cannot read."""
    lines = file.read_text(encoding="utf-8").split("\n")
    return [
        parse(line, file.name, number)
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    ]


def parse(line: str, file: str = "", number: int = 0) -> Sentence:
    """Return the sentence that one line holds. Raises ``LabelError``."""
    try:
        return _parse(line, file, number)
    except LabelError as wrong:
        raise LabelError(f"{file}, line {number}: {wrong}") from None


def _parse(line: str, file: str, number: int) -> Sentence:
    parts = [part.strip() for part in line.split("|", 2)]
    if len(parts) != 3:
        raise LabelError("not of the form kind | trap | text")
    kind, trap, labelled = parts
    if trap not in TRAPS:
        raise LabelError(f"no such trap: {trap}")
    text, marked, optional = _unmarked(labelled)
    if not text:
        raise LabelError("no text")
    if kind == "clean" and not marked:
        return Sentence(file, number, "clean", trap, text, marked, optional)
    if kind == "school" and marked:
        return Sentence(file, number, "school", trap, text, marked, optional)
    raise LabelError("clean has no marks, school has at least one, and there is no other kind")


def _unmarked(labelled: str) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """Return the text without its marks, and where the marks and the optional marks were."""
    text, opened = "", ""
    begun = 0
    spans: dict[str, list[Span]] = {"{": [], "{?": []}
    for piece, what in _pieces(labelled):
        if what == "text":
            text += piece
        elif what == "opens":
            if opened:
                raise LabelError("a mark inside a mark")
            opened, begun = piece, len(text)
        elif not opened or begun == len(text):
            raise LabelError("a mark that ends before it begins, or holds nothing")
        else:
            spans[opened].append((begun, len(text)))
            opened = ""
    if opened:
        raise LabelError("a mark that does not end")
    return text, tuple(spans["{"]), tuple(spans["{?"])


def _pieces(labelled: str) -> Iterator[tuple[str, str]]:
    """Yield (piece, "text" | "opens" | "closes"), with escapes undone."""
    at = 0
    while at < len(labelled):
        found = _PIECE.match(labelled, at)
        if found is None:
            raise LabelError(f"a sign that must be escaped, or an unknown escape, at {at}")
        at = found.end()
        if found["sign"]:
            yield chr(int(found["sign"], 16)), "text"
        elif found["escaped"]:
            yield _ESCAPED.get(found["escaped"], found["escaped"]), "text"
        elif found["other"]:
            yield found["other"], "text"
        else:
            yield found[0], "opens" if found["opens"] else "closes"
