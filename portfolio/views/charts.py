"""Ratings over the rounds as a drawing: matplotlib's SVG, rewritten so that a strict page can show it.

Under our content policy no ``style`` attribute counts: a raw matplotlib SVG shows as one black block.
So styles become presentation attributes, ids get a prefix, metadata and prolog go, colours become the
page's own (CSS variables: dark pages and print follow). Words are real text. The same numbers stand
beside the drawing as a table of words.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from portfolio.rules.family_view import RatingsPart
from portfolio.words import Speech

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
INK, FIRST, GRID, WASH = "#010203", "#040506", "#070809", "#0a0b0c"
"""Stand for colours of the page while matplotlib draws: ink, cloth, fine lines, the flat colour under ink."""
_COLOURS = {INK: "currentColor", FIRST: "var(--cloth-ink)", GRID: "var(--line)", WASH: "var(--wash)"}
_ONE_AT_A_TIME = threading.Lock()
"""matplotlib's settings belong to the whole process: of two drawings made at once, one would get the other's."""
_MARKS = ("o", "s", "^", "D", "v", "P")
_DASHES: tuple[str | tuple[int, tuple[int, ...]], ...] = ("-", (0, (6, 2)), (0, (2, 2)), (0, (8, 2, 2, 2)))


@dataclass(frozen=True)
class Chart:
    """A drawing and the same in words: ``svg`` is markup of ours, ``title`` and ``summary`` are texts."""

    svg: str
    title: str
    summary: str


def chart_key(part: RatingsPart, title: str, say: Speech) -> str:
    """Return the name a drawing is kept under: the same content and language give the same name."""
    return hashlib.sha256(f"2|{say.lang}|{title}|{part.model_dump_json()}".encode()).hexdigest()[:32]


def worth_drawing(part: RatingsPart) -> bool:
    """Return whether there is a line to draw: at least two rounds, an answer in two of them."""
    return len(part.rounds) > 1 and any(sum(a is not None for a in r.answers) > 1 for r in part.ratings)


def summary(part: RatingsPart, say: Speech) -> str:
    """Return the drawing in words: for each question the answers, oldest first."""
    lines = []
    for rating in part.ratings:
        answers = (say(a.label) if a else say("not asked") for a in rating.answers)
        lines.append(f"{say(rating.question)}: {', '.join(answers)}.")
    return " ".join(lines)


def draw_ratings(part: RatingsPart, title: str, say: Speech) -> Chart:
    """Return the drawing of a ratings page (imports matplotlib: 0.7 s the first time)."""
    raw = svg_of(lambda figure: _draw(figure, part, say), (5.4, 3.4))
    text = summary(part, say)
    key = "c" + chart_key(part, title, say)[:8]
    return Chart(svg=rewritten(raw, key, title, text), title=title, summary=text)


def svg_of(draw: Callable[[Any], None], size: tuple[float, float]) -> str:
    """Return what ``draw`` puts into a figure of ``size`` inches, as matplotlib's SVG; :func:`rewritten` goes on."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    settings: Any = {
        "svg.fonttype": "none", "svg.hashsalt": "portfolio", "text.parse_math": False, "font.size": 13,
        "axes.unicode_minus": False, "path.simplify": True, "svg.id": None,
    }  # fmt: skip
    with _ONE_AT_A_TIME, rc_context(settings):
        figure = Figure(figsize=size, layout=None)
        draw(figure)
        sink = io.BytesIO()
        figure.savefig(sink, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return sink.getvalue().decode("utf-8")


def _draw(figure: Any, part: RatingsPart, say: Speech) -> None:
    """Draw one line for each question; marks and dashes differ, so that no line needs a colour."""
    axes = figure.add_axes((0.2, 0.14, 0.62, 0.8))
    words = [say(choice.label) for choice in part.scale]
    place = {choice.id: len(words) - 1 - n for n, choice in enumerate(part.scale)}
    taken: dict[tuple[int, int], int] = {}
    for n, rating in enumerate(part.ratings):
        known = [(i, place[a.id]) for i, a in enumerate(rating.answers) if a is not None and a.id in place]
        shifted = [(x, y + _aside(taken, x, y)) for x, y in known]
        colour = FIRST if n == 0 else INK
        axes.plot(*zip(*shifted, strict=True) if shifted else ([], []), color=colour, linewidth=2.2,
                  marker=_MARKS[n % len(_MARKS)], markersize=8, linestyle=_DASHES[n % len(_DASHES)])  # fmt: skip
        if shifted:
            axes.annotate(str(n + 1), shifted[-1], xytext=(12, 0), textcoords="offset points",
                          va="center", fontweight="bold", color=INK)  # fmt: skip
    _frame(axes, words, part.rounds)


def _aside(taken: dict[tuple[int, int], int], x: int, y: int) -> float:
    """Return a small shift so that marks in the same place stay side by side."""
    seen = taken.get((x, y), 0)
    taken[(x, y)] = seen + 1
    return 0.11 * ((seen + 1) // 2) * (1 if seen % 2 else -1)


def _frame(axes: Any, words: Sequence[str], rounds: Sequence[str]) -> None:
    axes.set_yticks(range(len(words)), list(reversed(words)), color=INK)
    axes.set_xticks(range(len(rounds)), list(rounds), color=INK)
    axes.set_ylim(-0.5, len(words) - 0.5)
    axes.set_xlim(-0.25, len(rounds) - 0.6)
    axes.grid(axis="y", color=GRID, linewidth=0.9)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


_KEEP = {
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray",
    "stroke-dashoffset", "font-size", "font-weight", "text-anchor", "opacity", "stroke-opacity",
}  # fmt: skip


def rewritten(svg: str, prefix: str, title: str, description: str) -> str:
    """Return matplotlib's SVG as an inline drawing for our pages.

    ``style`` attributes become presentation attributes; ids get ``prefix``; ``<style>``, metadata and
    prolog are dropped; the drawing gets ``role="img"``, a title and a description.
    """
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    root = ET.fromstring(svg)  # noqa: S314 - matplotlib's own output, no foreign XML
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}metadata", f"{_SVG}style"):
                parent.remove(child)
    for element in root.iter():
        _plain(element, prefix)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib |= {"role": "img", "aria-labelledby": f"{prefix}-t {prefix}-d", "class": "chart"}
    for tag, mark, text in (("desc", "d", description), ("title", "t", title)):
        note = ET.Element(f"{_SVG}{tag}", {"id": f"{prefix}-{mark}"})
        note.text = text
        root.insert(0, note)
    return re.sub(r"\s*\n\s*", "", ET.tostring(root, encoding="unicode"))


def _plain(element: ET.Element, prefix: str) -> None:
    """Turn one element's styles, ids and links into what a strict page can use."""
    for part in element.attrib.pop("style", "").split(";"):
        name, _, value = part.strip().partition(":")
        if name == "font":
            size = re.search(r"([\d.]+)px", value)
            element.attrib |= {"font-size": size.group(1) if size else "13"}
            if "bold" in value or "700" in value:
                element.attrib["font-weight"] = "700"
        elif name in _KEEP:
            element.attrib[name] = value.strip()
    for name, value in list(element.attrib.items()):
        if name == "id":
            element.attrib[name] = f"{prefix}-{value}"
        elif name == _LINK:
            del element.attrib[name]
            element.attrib["href"] = f"#{prefix}-{value[1:]}"
        else:
            element.attrib[name] = _COLOURS.get(value, value.replace("url(#", f"url(#{prefix}-"))
