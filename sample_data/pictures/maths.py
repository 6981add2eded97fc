"""A fourth grader multiplies with a box on squared paper and checks by adding."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from .desk import arrow, rubbed_out, ruled, shade, squared
from .ink import color, curve, dice
from .letters import Hand, write
from .photo import Shot, photograph, wood
from .tools import PENCIL, Sheet, draw, paper

HAND = Hand("the one who checks", 40, 0.1, 0.5, 0.7, tool=replace(PENCIL, width=3.8))


G = 48


def _cells(s: Sheet, text: str, col: float, row: float, size: float = 40) -> None:
    """Write one sign in each square; the bottom of ``row`` is the baseline."""
    for k, sign in enumerate(text):
        if sign != " ":
            write(
                s,
                sign,
                (col + k + 0.12) * G + s.d.uniform(-2, 4),
                (row + 0.34) * G + s.d.uniform(-3, 3),
                replace(HAND, size=size),
            )


def _box(s: Sheet, x: float, y: float, g: int) -> None:
    """Draw the box: 20 and 3 across, 10 and 4 down, not to scale, as one does."""
    xs, ys = (x, x + 11 * g, x + 16 * g), (y, y + 7 * g, y + 12 * g)
    tints = (("#e9c64a", 35, 0, 0), ("#7fb6d8", -40, 1, 0), ("#e79a8a", -35, 0, 1), ("#93c489", 40, 1, 1))
    for tint, angle, i, j in tints:
        area = [
            (xs[i] + 14, ys[j] + 12),
            (xs[i + 1] - 14, ys[j] + 12),
            (xs[i + 1] - 14, ys[j + 1] - 12),
            (xs[i] + 14, ys[j + 1] - 12),
        ]
        shade(s, area, tint, angle, 11, force=0.62)
    for x0 in xs:
        ruled(s, (x0, ys[0]), (x0, ys[2]), width=1.25)
    for y0 in ys:
        ruled(s, (xs[0], y0), (xs[2], y0), width=1.25)
    write(s, "20", x + 4.8 * g, y - 0.5 * g, HAND)
    write(s, "3", x + 13.2 * g, y - 0.5 * g, HAND)
    write(s, "10", x - 2.3 * g, y + 4.2 * g, HAND)
    write(s, "4", x - 1.5 * g, y + 10.2 * g, HAND)
    for text, across, down in (("200", 4.0, 4.4), ("30", 12.4, 4.4), ("80", 4.6, 10.4), ("12", 12.6, 10.4)):
        write(s, text, x + across * g, y + down * g, replace(HAND, size=46))


def _check(s: Sheet) -> None:
    """The way he made sure: ten times and four times, added up."""
    note = replace(HAND, size=36, gap=7)
    write(s, "I checked it", 26.4 * G, 4.8 * G, note, -0.02)
    write(s, "by adding", 26.9 * G, 6.7 * G, note, -0.02)
    arrow(s, [(30.4 * G, 7.5 * G), (31.6 * G, 8.6 * G), (31.8 * G, 10.2 * G)], HAND)
    _cells(s, "10*23 = 230", 23, 12)
    _cells(s, " 4*23 =  92", 23, 14)
    _cells(s, "+", 34.6, 14)
    ruled(s, (29.6 * G, 14.75 * G), (35.6 * G, 14.75 * G))
    _cells(s, "322", 31, 16, 42)
    tick = [(34.6 * G, 15.6 * G), (35.2 * G, 16.3 * G), (35.2 * G, 16.3 * G), (36.8 * G, 14.7 * G)]
    draw(s, curve(tick), HAND.tool, color("#3a7d44"), 1.7)


def strategy() -> Image.Image:
    """Return the photo of the page, 1600 x 1200."""
    d = dice("23 x 14")
    s = paper(1900, 1430, color("#fcfbf6"), d, 2.0)
    squared(s, G)
    write(s, "23 * 14 = ?", 3 * G, 3.1 * G, replace(HAND, size=54))
    _box(s, 5.0 * G, 6.8 * G, G)
    _check(s)
    rubbed_out(s, "302", 18.2 * G, 22.4 * G, replace(HAND, size=46))
    _cells(s, "200+80+30+12 = 322", 3, 22, 42)
    for bend in (0, 7):
        end = s.d.uniform(-8, 8)
        draw(
            s,
            curve(
                [(18 * G, 22.9 * G + bend), (19.6 * G, 23.0 * G + bend), (21.3 * G + end, 22.8 * G + bend)]
            ),
            HAND.tool,
            color(HAND.ink),
        )
    arrow(s, [(22.0 * G, 21.9 * G), (26.4 * G, 22.0 * G), (30.6 * G, 20.4 * G), (32.2 * G, 17.4 * G)], HAND)
    write(s, "the same!", 27.2 * G, 23.4 * G, replace(HAND, size=34, gap=7), -0.02)
    shot = Shot(
        (1600, 1200),
        ((0.025, 0.05), (0.97, 0.03), (0.995, 1.06), (-0.01, 1.07)),
        waves=4,
        sun=(0.1, 0.0),
        fall=0.2,
        tint="#fffaf2",
    )
    return photograph(s.rgb, wood((1200, 1600), d, "#d8b98c", "#b58f5f"), shot, d)
