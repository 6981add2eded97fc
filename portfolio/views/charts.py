"""How something was each time, as small drawings: one for each question or goal, each compared only with itself.

A drawing is a line from time to time; at each stand its word and the day or round, with the face or sticker where
the word has one. No number, no scale of points, no second line on the same paper. Rows of small drawings fit a
phone, a projector and paper alike, and the question stands above its own line as real text.

matplotlib's SVG is rewritten so that a strict page can show it: under our content policy no ``style`` attribute
counts, a raw one shows as one black block. So styles become presentation attributes, ids get a prefix, metadata and
prolog go, colours become the page's own (CSS variables: dark pages and print follow). Words are real text. The same
stands beside the drawings as a table of words.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import re
import textwrap
import threading
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from xml.etree import ElementTree as ET

from portfolio.model import Choice
from portfolio.rules.answers import in_a_line
from portfolio.rules.family_view import GoalsPart, LookBacksPart, RatingsPart
from portfolio.rules.over_time import Look, Track, tracks
from portfolio.views.icons import load_icons
from portfolio.views.phrases import PROGRESS
from portfolio.views.school_lines import school_line
from portfolio.words import Speech

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
INK, FIRST, GRID, WASH = "#010203", "#040506", "#070809", "#0a0b0c"
"""Stand for colours of the page while matplotlib draws: ink, cloth, fine lines, the flat colour under ink."""
_PAGE: Final = "#0d0e0f"
_COLOURS = {
    INK: "currentColor", FIRST: "var(--cloth-ink)", GRID: "var(--line)", WASH: "var(--wash)", _PAGE: "var(--page)",
}  # fmt: skip
_ONE_AT_A_TIME = threading.Lock()
"""matplotlib's settings belong to the whole process: of two drawings made at once, one would get the other's."""

Followed = RatingsPart | GoalsPart | LookBacksPart
"""Pages that may have something to draw."""

_WIDE: Final = 320
_STEP: Final = 17
_LINE: Final = 19
_MARK: Final = 30
_LETTERS: Final = 15
"""In the drawing's own units, which are dots on a phone: its width, from one word to the next above it, a line of
letters, a face, the letters."""


@dataclass(frozen=True)
class Chart:
    """A drawing and the same in words: ``svg`` is markup of ours, ``title`` and ``summary`` are texts."""

    svg: str
    title: str
    summary: str


@dataclass(frozen=True)
class Charts:
    """The drawings of one page: ``panels`` pairs the number of a question or goal (from 0) with markup of ours.

    ``title`` says what the page is called, ``summary`` says all of it in words.
    """

    panels: tuple[tuple[int, str], ...]
    title: str
    summary: str


@dataclass(frozen=True)
class _Point:
    """A look in words of the reader, with the drawing of its word."""

    word: str
    when: str
    height: int | None
    icon: str
    turned: bool


@dataclass(frozen=True)
class _Row:
    of: int
    name: str
    points: tuple[_Point, ...]
    heights: int

    @property
    def summary(self) -> str:
        """The row in words, the first time first."""
        return f"{self.name}: " + ", ".join(f"{p.word} ({p.when})" for p in self.points) + "."


def chart_key(part: Followed, title: str, say: Speech) -> str:
    """Return the name drawings are kept under: the same content and language give the same name."""
    return hashlib.sha256(f"5|{say.lang}|{title}|{_rows(part, say)}".encode()).hexdigest()[:32]


def summary(part: Followed, say: Speech) -> str:
    """Return the drawings in words: for each question or goal how it was, the first time first."""
    return " ".join(row.summary for row in _rows(part, say))


def draw_over_time(part: Followed, title: str, say: Speech) -> Charts:
    """Return the drawings of a page, none where nothing was looked at twice (imports matplotlib: 0.7 s the first time)."""
    key = "c" + chart_key(part, title, say)[:8]
    rows = _rows(part, say)
    panels = tuple(
        (row.of, _panel(row, f"{key}-{n}", rtl=say.direction == "rtl")) for n, row in enumerate(rows)
    )
    return Charts(panels=panels, title=title, summary=" ".join(row.summary for row in rows))


def _rows(part: Followed, say: Speech) -> tuple[_Row, ...]:
    return tuple(_row(track, _name(part, track.of, say), say) for track in tracks(part))


def _name(part: Followed, n: int, say: Speech) -> str:
    """Return what a row is about, on one line: a question of ours, or a goal in the child's own words."""
    if isinstance(part, RatingsPart):
        return say(part.ratings[n].question)
    if isinstance(part, GoalsPart):
        goal = part.goals[n].goal
        words, picks = in_a_line(goal.words, goal), goal.picks
    else:
        back = part.goals[n]
        words, picks = in_a_line(back.promised, back.promised_beside), back.picks
    return " ".join(words.text.split()) or ", ".join(say(one.label) for one in picks) or say("My goal")


def _row(track: Track, name: str, say: Speech) -> _Row:
    return _Row(track.of, name, tuple(_point(look, say) for look in track.looks), track.heights)


def _point(look: Look, say: Speech) -> _Point:
    word, icon = say("we did not ask"), ""
    if isinstance(look.word, Choice):
        word, icon = say(look.word.label), look.word.icon or ""
    elif look.word is not None:
        word, icon = say(PROGRESS[look.word]), look.word.replace("_", "-")
    return _Point(word, _when(look.when, say), look.height, icon if icon in load_icons() else "", look.turned)


def _when(when: str | date | None, say: Speech) -> str:
    if isinstance(when, date):
        return say.short_day(when)
    return (school_line(when, say) or when) if when is not None else say("now")


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


def _panel(row: _Row, key: str, *, rtl: bool) -> str:
    """Return one row as a drawing: below each mark its word and when it was; later times on the side one reads to."""
    each = _WIDE / len(row.points)
    told = [(_wrapped(p.word, each), _wrapped(p.when, each)) for p in row.points]
    words, whens = (max(len(lines[n]) for lines in told) for n in (0, 1))
    floor = _LINE * (words + whens) + _MARK / 2 + 8
    tall = floor + _STEP * (row.heights - 1) + _MARK / 2 + 4
    across = [each * (n + 0.5) for n in range(len(row.points))]
    across = across[::-1] if rtl else across
    marks = [
        (x, floor + _STEP * p.height) for x, p in zip(across, row.points, strict=True) if p.height is not None
    ]

    def draw(figure: Any) -> None:
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, _WIDE), ylim=(0, tall))
        axes.set_axis_off()
        for height in range(row.heights):
            axes.axhline(floor + _STEP * height, color=GRID, linewidth=0.8, linestyle=(0, (1, 5)))
        _line(axes, marks, [p.turned for p in row.points if p.height is not None])
        for x, (word, when) in zip(across, told, strict=True):
            _letters(axes, x, _LINE * (words + whens), word, "bold")
            _letters(axes, x, _LINE * whens, when, "normal")

    raw = svg_of(draw, (_WIDE / 72, tall / 72))
    if rtl:  # a day begins with a number: its signs do not say which way its words run
        raw = raw.replace("<text ", '<text direction="rtl" ')
    seen = (p for p in row.points if p.height is not None)
    icons = [(x, tall - y, p.icon) for (x, y), p in zip(marks, seen, strict=True)]
    return _with_icons(rewritten(raw, key, row.name, row.summary), icons)


def _line(axes: Any, marks: Sequence[tuple[float, float]], turned: Sequence[bool]) -> None:
    """Draw the line from mark to mark, dotted to where something else was wanted, and a round mark at each."""
    for (one, other), breaks in zip(itertools.pairwise(marks), turned[1:], strict=True):
        axes.plot(
            *zip(one, other, strict=True),
            color=FIRST,
            linewidth=2.4,
            linestyle=(0, (1, 2)) if breaks else "-",
        )
    for mark, open_ in zip(marks, turned, strict=True):
        axes.plot(*mark, marker="o", markersize=11, markeredgewidth=2.4, markeredgecolor=FIRST, clip_on=False,
                  markerfacecolor=_PAGE if open_ else FIRST)  # fmt: skip


def _letters(axes: Any, x: float, top: float, lines: Sequence[str], weight: str) -> None:
    """Write lines below each other, the same distance apart whatever letters are in them."""
    for n, line in enumerate(lines):
        foot = top - _LINE * n - _LETTERS
        axes.text(x, foot, line, ha="center", va="baseline", color=INK, fontsize=_LETTERS, fontweight=weight)


def _with_icons(svg: str, icons: Sequence[tuple[float, float, str]]) -> str:
    """Return a drawing with the page's own faces and stickers on its marks; a page puts in those it points to."""
    spot = '<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="var(--page)"/><use href="#i-{icon}" x="{a:g}" y="{b:g}" width="{m}" height="{m}"/>'
    half = _MARK / 2
    drawn = (
        spot.format(x=x, y=y, r=half + 1, icon=icon, a=x - half, b=y - half, m=_MARK)
        for x, y, icon in icons
        if icon
    )
    return svg.removesuffix("</svg>") + "".join(drawn) + "</svg>"


def _wrapped(text: str, width: float) -> list[str]:
    """Return a text in at most three lines that fit a width; what is cut off stands in the table."""
    # Readers may set room between letters (WCAG 1.4.12): lines have it where that breaks no word and cuts nothing.
    wide = any(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    most, roomy = (max(3, int(width / (_LETTERS * (part + (1.05 if wide else 0.56))))) for part in (0, 0.12))
    longest = 0 if wide else max(map(len, text.split()), default=0)
    lines = textwrap.wrap(text, max(roomy, min(longest, most)))
    return (lines if len(lines) <= 3 else textwrap.wrap(text, most, max_lines=3, placeholder="…")) or [""]


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
