"""Groups of a class as a drawing: bars side by side, each with its words, none that tells who.

Made like the drawings of ratings (:mod:`portfolio.views.charts`): matplotlib's SVG, rewritten for strict pages.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any, Final

from portfolio.rules.class_hopes import Group
from portfolio.views.charts import FIRST, INK, WASH, Chart, rewritten, svg_of
from portfolio.words import Speech

_WIDE: Final = 4.8
_EACH: Final = 0.46
"""Inches: a drawing's width, and the height of one bar with its words."""

_PAPER: Final = {"currentColor": "#25211c", "var(--cloth-ink)": "#17506b", "var(--wash)": "#c9e3ec"}
"""What the colours of a page are in a drawing that stands alone, on white."""


def in_words(groups: Sequence[Group], say: Speech) -> tuple[tuple[str, str], ...]:
    """Return each group with how many children are in it, both in words."""
    return tuple((say(g.label), say.many("{n} child", "{n} children", g.children)) for g in groups)


def draw_groups(groups: Sequence[Group], title: str, say: Speech) -> Chart:
    """Return the drawing of some groups (imports matplotlib: 0.7 s the first time)."""
    told = in_words(groups, say)
    text = " ".join(f"{label}: {many}." for label, many in told)
    key = hashlib.sha256(f"groups 1|{say.lang}|{title}|{text}".encode()).hexdigest()[:8]

    def draw(figure: Any) -> None:
        _bars(figure, groups, told, rtl=say.direction == "rtl")

    return Chart(
        svg=rewritten(svg_of(draw, (_WIDE, _EACH * len(groups) + 0.2)), f"g{key}", title, text),
        title=title,
        summary=text,
    )


def standing_alone(chart: Chart) -> bytes:
    """Return a drawing as an SVG file: colours of its own, on white, its letters those of any computer."""
    svg = chart.svg
    for name, colour in _PAPER.items():
        svg = svg.replace(name, colour)
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    paper = f'<rect width="{box[1]}" height="{box[2]}" fill="#ffffff"/>' if box else ""
    head, _, rest = svg.partition(">")
    return f'{head} font-family="sans-serif" direction="ltr">{paper}{rest}'.encode()


def _bars(figure: Any, groups: Sequence[Group], told: Sequence[tuple[str, str]], *, rtl: bool) -> None:
    """Draw a bar for each group, its name before it and its number of children behind it."""
    axes = figure.add_axes((0.02 if rtl else 0.4, 0.02, 0.58, 0.96))
    most = max(group.children for group in groups)
    places = [len(groups) - 1 - n for n in range(len(groups))]
    axes.barh(places, [g.children for g in groups], height=0.56, color=WASH, edgecolor=FIRST, linewidth=1.6)
    for place, group, (_, many) in zip(places, groups, told, strict=True):
        axes.annotate(many, (group.children, place), xytext=(-8 if rtl else 8, 0), textcoords="offset points",
                      va="center", ha="right" if rtl else "left", color=INK)  # fmt: skip
    axes.set_yticks(places, [_short(label) for label, _ in told], color=INK)
    axes.set_xticks([])
    axes.set_xlim(0, most * 1.75)
    axes.set_ylim(-0.5, len(groups) - 0.5)
    if rtl:
        axes.invert_xaxis()
        axes.yaxis.tick_right()
    axes.tick_params(length=0, pad=8)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _short(label: str) -> str:
    """Return a name that fits before its bar; the table beside the drawing has it whole."""
    return label if len(label) <= 20 else label[:19].rstrip() + "…"
