"""The quiet page drawn: matplotlib's black lines on white, rewritten for strict pages as our charts are.

Only figures stand in a drawing; words stand beside it, in any writing. Each drawing says in words what it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Final

from portfolio.errors import N_
from portfolio.rules.quiet_motifs import PICTURES
from portfolio.rules.quiet_page import (
    Activity,
    ColourIn,
    CountDraw,
    FindWay,
    JoinDots,
    SpotPairs,
)
from portfolio.views import ink
from portfolio.views.charts import INK, Chart, rewritten, svg_of
from portfolio.words import Speech

_WIDE: Final = 6.6
"""Inches across a drawing: as wide as the paper's lines."""
_THICK: Final = 1.8
"""Points of an ink line; small hands need lines they can see."""

TASKS: Final[dict[type[Activity], str]] = {
    ColourIn: N_("Color these."),
    JoinDots: N_("Join the dots: 1, 2, 3 and on."),
    FindWay: N_("Find the way through."),
    SpotPairs: N_("Which two are the same? Draw a line."),
    CountDraw: N_("Count. Then draw as many dots."),
}
"""What a small child is asked to do, read out by whoever sits beside it."""


def draw(activity: Activity, say: Speech, unique: str) -> Chart:
    """Return a puzzle as a drawing (imports matplotlib). ``unique`` tells its ids from those of other drawings."""
    title, summary = say(TASKS[type(activity)]), told(activity, say)
    make, size = _drawing(activity)
    key = "q" + hashlib.sha256(f"{unique}|{type(activity).__name__}".encode()).hexdigest()[:10]
    return Chart(svg=rewritten(svg_of(make, size), key, title, summary), title=title, summary=summary)


def told(activity: Activity, say: Speech) -> str:
    """Return what a drawing shows, in words."""
    match activity:
        case ColourIn():
            return say("Pictures to color: {names}.", names=_names(activity.motifs, say))
        case SpotPairs():
            return say("Pictures in two columns: {names}.", names=_names(activity.one_side, say))
        case CountDraw():
            rows = ", ".join(f"{say(PICTURES[name])}: {n}" for name, n in activity.rows)
            return say("Rows of pictures to count: {rows}.", rows=rows)
        case FindWay():
            names = [say(PICTURES[name]) for name in (activity.start, activity.end)]
            return say("A maze. The way leads from “{start}” to “{end}”.", start=names[0], end=names[1])
        case JoinDots():
            what = say(activity.shape.name)
            return say(
                "Dots with the numbers 1 to {n}. Joined, they are {what}.",
                n=len(activity.shape.corners),
                what=what,
            )


def _names(motifs: tuple[str, ...], say: Speech) -> str:
    return ", ".join(say(PICTURES[name]) for name in motifs)


def _drawing(activity: Activity) -> tuple[Callable[[Any], None], tuple[float, float]]:
    """Return how a puzzle is drawn, and its size in inches."""
    match activity:
        case ColourIn():
            return lambda figure: _colour(figure, activity), (_WIDE, 3.4 if len(activity.motifs) > 2 else 1.7)
        case JoinDots():
            return lambda figure: _dots(figure, activity), (_WIDE, 4.1)
        case FindWay():
            return lambda figure: _maze(figure, activity), (_WIDE, 3.9)
        case SpotPairs():
            return lambda figure: _pairs(figure, activity), (_WIDE, 0.82 * len(activity.one_side))
        case CountDraw():
            return lambda figure: _count(figure, activity), (_WIDE, 1.05 * len(activity.rows))


def _sheet(figure: Any, wide: float, high: float) -> Any:
    """Return axes that fill a figure, of so many units, without a frame."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, wide)
    axes.set_ylim(0, high)
    axes.set_aspect("equal")
    return axes


def _picture(axes: Any, name: str, at: tuple[float, float], size: float, thick: float = _THICK) -> None:
    """Draw an icon's lines, its lower left corner at a place."""
    from matplotlib.patches import PathPatch
    from matplotlib.transforms import Affine2D

    path = ink.outline(name).transformed(Affine2D().scale(size).translate(*at))
    axes.add_patch(
        PathPatch(
            path,
            fill=False,
            edgecolor=INK,
            linewidth=thick,
            capstyle="round",
            joinstyle="round",
            clip_on=False,
        )
    )


def _line(axes: Any, points: Any, thick: float = _THICK) -> None:
    axes.plot(*zip(*points, strict=True), color=INK, linewidth=thick, solid_capstyle="round",
              solid_joinstyle="round", clip_on=False)  # fmt: skip


def _colour(figure: Any, one: ColourIn) -> None:
    """Draw large pictures, two in a row."""
    rows = 2 if len(one.motifs) > 2 else 1
    axes = _sheet(figure, _WIDE, 1.7 * rows)
    for n, name in enumerate(one.motifs):
        _picture(axes, name, (0.75 + 3.3 * (n % 2), 1.7 * (rows - 1 - n // 2) + 0.05), 1.6, 2.2)


def _dots(figure: Any, one: JoinDots) -> None:
    """Draw the dots with their numbers beside them, away from the middle."""
    axes = _sheet(figure, 160, 100)
    axes.set_ylim(-3, 103)
    left = 30
    middle = [sum(c[i] for c in one.shape.corners) / len(one.shape.corners) for i in (0, 1)]
    for line in one.shape.lines:
        _line(axes, [(x + left, y) for x, y in line])
    for n, (x, y) in enumerate(one.shape.corners, start=1):
        axes.plot([x + left], [y], marker="o", markersize=6 if n > 1 else 9, color=INK, clip_on=False)
        dx, dy = x - middle[0], y - middle[1]
        far = max((dx * dx + dy * dy) ** 0.5, 1)
        axes.text(x + left + 4.6 * dx / far, y + 4.6 * dy / far, str(n), fontsize=14, fontweight="bold", color=INK,
                  ha="center", va="center", clip_on=False)  # fmt: skip


def _maze(figure: Any, one: FindWay) -> None:
    """Draw the walls; whoever starts stands before the first field, where it leads to behind the last."""
    axes = _sheet(figure, one.across + 2.9, one.down + 0.2)
    for wall in one.walls:
        _line(axes, [(x + 1.45, one.down - y + 0.1) for x, y in wall], 2.6)
    _picture(axes, one.start, (0.1, one.down - 1.1), 1.2)
    _picture(axes, one.end, (one.across + 1.6, 0.05), 1.2)


def _pairs(figure: Any, one: SpotPairs) -> None:
    """Draw two columns of pictures with room for lines between them."""
    high = len(one.one_side)
    axes = _sheet(figure, high * _WIDE / (0.82 * high), high)
    wide = _WIDE / 0.82
    for n, (left, right) in enumerate(zip(one.one_side, one.other_side, strict=True)):
        y = high - n - 0.92
        _picture(axes, left, (1.0, y), 0.82)
        _picture(axes, right, (wide - 1.82, y), 0.82)
        for x in (2.1, wide - 2.1):
            axes.plot([x], [y + 0.4], marker="o", markersize=5, color=INK, clip_on=False)


def _count(figure: Any, one: CountDraw) -> None:
    """Draw each row's pictures and a box behind them."""
    high, wide = len(one.rows), _WIDE / 1.05
    axes = _sheet(figure, wide, high)
    for n, (name, many) in enumerate(one.rows):
        y = high - n - 0.9
        for at in range(many):
            _picture(axes, name, (0.1 + at * 0.66, y + 0.1), 0.58, 1.5)
        _line(
            axes,
            [(wide - 2, y), (wide - 0.1, y), (wide - 0.1, y + 0.8), (wide - 2, y + 0.8), (wide - 2, y)],
            1.6,
        )
