"""Saved outputs of a teacher's code cell as own cells of the book: in their order, harmless, and bounded.

===============================================  ============================================================
an output                                        becomes
===============================================  ============================================================
a picture (SVG, PNG, JPEG)                       that picture, made anew
``text/markdown``                                that Markdown
``text/html``                                    its tables and words, as Markdown
a printed text, ``text/plain``                   the text, letter for letter
an error; widgets, scripts, players; formulas    a note that something is left out (:mod:`portfolio.rules.left_out`)
warnings (stderr), names of objects in memory    nothing: they say nothing to a family
===============================================  ============================================================

Cells and outputs nobody should see carry a tag, as in Jupyter Book: ``remove-cell``, ``remove-output``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from portfolio.model import OwnCell, OwnPicture
from portfolio.model.record import clean_text
from portfolio.rules.left_out import BREAK, LeftOut, gap_note, picture_note
from portfolio.store.notebook_pictures import Unshown, best_picture, descriptions

MOST_TEXT: Final = 12_000
MOST_LINES: Final = 250
MOST_OUTPUTS: Final = 60
MOST_IN_ALL: Final = 40_000
"""Characters and lines of one text, outputs of one cell, and characters of all of them: more is no page to read."""

HIDING_TAGS: Final = frozenset(
    f"{verb}{sign}{what}"
    for verb in ("remove", "hide")
    for sign in "-_"
    for what in ("cell", "output", "outputs")
)
"""Tags of a cell whose outputs stay in the notebook."""

_MACHINERY = re.compile(r"\bopen_(?:desk|conference|rehearsal|teacher_desk)\b|^\s*desk\b", re.MULTILINE)
_OUR_CELLS = ("set-up", "closing", "show", "desk")
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-_]")
_OBJECT = re.compile(r"<[\w. ]+ (?:object|at 0x[0-9a-fA-F]+|with \d+ Axes|size )[^<>]*>|<Figure size [^<>]*>")
_CALL = re.compile(r"\w+\(.*\)", re.DOTALL)
_TICKS = re.compile(r"`+")

Piece = str | OwnPicture
"""Markdown, or a picture."""


def hidden(metadata: Any) -> bool:
    """Return whether the teacher's tags say that what the cell shows stays in the notebook."""
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return isinstance(tags, list) and any(isinstance(tag, str) and tag in HIDING_TAGS for tag in tags)


def is_machinery(source: str, cell_id: Any) -> bool:
    """Return whether a code cell opens, shows or closes something of ours: what it leaves behind is no page."""
    return cell_id in _OUR_CELLS or _MACHINERY.search(source) is not None


def own_outputs(outputs: Any, alt: str, where: str) -> Iterator[OwnCell]:
    """Yield what the outputs of a cell show, in order, as one own cell; nothing, if they show nothing.

    ``alt`` says what pictures show that do not say it themselves; ``where`` names the cell in notes.
    """
    found = _joined(outputs) if isinstance(outputs, list) else []
    with_picture = any(isinstance(best_picture(o.get("data"), ""), OwnPicture) for o in found)
    pieces: list[Piece] = []
    room = MOST_IN_ALL
    for output in found[:MOST_OUTPUTS]:
        made = list(_pieces(output, alt, where, with_picture))
        room -= sum(len(piece) for piece in made if isinstance(piece, str))
        if room < 0:
            break
        pieces += made
    if room < 0 or len(found) > MOST_OUTPUTS:
        pieces.append(gap_note("long", where))
    pictures = tuple(piece for piece in pieces if isinstance(piece, OwnPicture))
    if any(pieces):
        yield OwnCell(markdown=_written(pieces), pictures=pictures)


def _written(pieces: list[Piece]) -> str:
    """Return pieces as one Markdown text in which a note stands for each picture."""
    numbers = count()
    parts = (picture_note(next(numbers)) if isinstance(p, OwnPicture) else p for p in pieces)
    return f"\n\n{BREAK}\n\n".join(filter(None, parts))


def as_text(text: str, where: str) -> str:
    """Return a printed text as Markdown that shows it letter for letter; "" if nothing is printed."""
    seen = _ESCAPES.sub("", text.replace("\r\n", "\n").replace("\b", ""))
    lines = [line.rstrip("\r").rpartition("\r")[2].rstrip() for line in str(clean_lines(seen)).split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    shown, cut = bounded("\n".join(lines))
    if not shown:
        return ""
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(shown)), default=0))
    return f"{fence}\n{shown}\n{fence}" + (f"\n\n{gap_note('long', where)}" if cut else "")


def clean_lines(text: str) -> str:
    """Return a text without control characters, its carriage returns still there."""
    return "\r".join(str(clean_text(part)) for part in text.split("\r"))


def bounded(text: str) -> tuple[str, bool]:
    """Return the beginning of a text there is room for, and whether there was more."""
    lines = text.split("\n")
    shown = "\n".join(lines[:MOST_LINES])
    if len(shown) > MOST_TEXT:
        shown = shown[:MOST_TEXT].rpartition("\n")[0] or shown[:MOST_TEXT]
    return shown, len(shown) < len(text)


def _joined(outputs: list[Any]) -> list[dict[str, Any]]:
    """Return the outputs that are any, those printed one after the other as one."""
    found: list[dict[str, Any]] = []
    for output in outputs:
        if not isinstance(output, dict):
            continue
        if output.get("output_type") != "stream":
            found.append(output)
            continue
        name, text = output.get("name"), _text(output.get("text"))
        if found and found[-1].get("output_type") == "stream" and found[-1]["name"] == name:
            found[-1]["text"] += text
        else:
            found.append({"output_type": "stream", "name": name, "text": text})
    return found


def _text(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return value if isinstance(value, str) else ""


def _pieces(output: dict[str, Any], alt: str, where: str, with_picture: bool) -> Iterator[Piece]:
    match output.get("output_type"):
        case "stream" if output["name"] != "stderr":
            yield as_text(output["text"], where)
        case "error":
            yield gap_note("error", where)
        case "display_data" | "execute_result" if isinstance(output.get("data"), dict):
            said = next(descriptions(output.get("metadata")), alt)
            yield from _shown(output["data"], said, where, with_picture)


def _shown(data: dict[str, Any], alt: str, where: str, with_picture: bool) -> Iterator[Piece]:
    """Yield the best of the ways one output is saved in."""
    picture = best_picture(data, alt)
    if isinstance(picture, OwnPicture):
        yield picture
        return
    plain = _plain(_text(data.get("text/plain")), where, with_picture)
    if any("widget-view" in kind or kind.endswith("javascript") for kind in data):
        yield gap_note("live", where)
    elif picture is not None:
        yield _why_no_picture(picture, where)
    elif markdown := _text(data.get("text/markdown")).strip():
        shown, cut = bounded(str(clean_text(markdown)))
        yield shown
        if cut:
            yield gap_note("long", where)
    elif html := _text(data.get("text/html")).strip():
        yield from _html(html, where)
    elif "text/latex" in data:
        yield plain or gap_note("formula", where)
    elif "text/plain" in data:
        yield plain
    elif data:
        yield gap_note("live", where)


def _why_no_picture(picture: Unshown, where: str) -> str:
    why: LeftOut = "long" if picture == "too_big" else "damaged"
    return gap_note(why, where)


def _html(html: str, where: str) -> Iterator[str]:
    from portfolio.store.notebook_tables import as_markdown

    made = as_markdown(html[: MOST_TEXT * 20])
    if made.live:
        yield gap_note("live", where)
        return
    yield made.markdown
    if made.cut or len(html) > MOST_TEXT * 20:
        yield gap_note("long", where)


def _plain(text: str, where: str, with_picture: bool) -> str:
    """Return a value as it was written out; "" for what only names an object (``<Axes at 0x7f…>``)."""
    if _OBJECT.search(text) or (with_picture and _CALL.fullmatch(text.strip())):
        return ""
    return as_text(text, where)
