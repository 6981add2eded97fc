"""Science pages: a bean that was measured for six weeks, and the first plan of a volcano."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from PIL import Image

from .desk import arrow, hatch, outline, rubbed_out, ruled, shade, squared
from .ink import color, curve, dice, ring
from .letters import Hand, strike, write
from .photo import Shot, laminate, photograph, wood
from .tools import COLORED, PENCIL, Sheet, draw, paper

HEIGHTS = (0, 2, 7, 15, 24, 31)
G = 46
BEAN_HAND = Hand(
    "the one with the ruler", 35, 0.0, 0.55, 0.8, spread=2.4, gap=7.5, tool=replace(PENCIL, width=3.7)
)
PLAN_HAND = Hand("the planner", 33, 0.12, 0.42, 0.8, gap=7, tool=replace(PENCIL, width=3.6))


def _at(week: float, cm: float) -> tuple[float, float]:
    """Return where a week (1..6) and a height in cm stand on the graph, in px."""
    return (3.8 + week * 3.1) * G, (37.5 - cm * 0.47) * G


def _table(s: Sheet) -> None:
    """Rule the table by hand and fill it in; the fourth number was measured again."""
    left, top, wide = 2.5 * G, 5.5 * G, 3.8 * G
    xs = [left, left + 4 * G, *(left + 4 * G + wide * k for k in range(1, 7))]
    for y in (top, top + 3 * G, top + 6 * G):
        ruled(s, (xs[0], y), (xs[-1], y), width=1.15)
    for x in xs:
        ruled(s, (x, top), (x, top + 6 * G), width=1.15)
    write(s, "week", left + 0.5 * G, top + 1.95 * G, BEAN_HAND)
    write(s, "cm", left + 1.0 * G, top + 4.95 * G, BEAN_HAND)
    for k, cm in enumerate(HEIGHTS):
        x = left + 4 * G + wide * k
        write(s, str(k + 1), x + 1.5 * G, top + 2.0 * G, BEAN_HAND)
        if k == 3:
            end = write(s, "12", x + 0.3 * G, top + 4.9 * G, replace(BEAN_HAND, size=30))
            strike(s, x + 0.3 * G, end, top + 4.9 * G, BEAN_HAND)
            x += 0.7 * G
        write(s, str(cm), x + (1.1 if cm > 9 else 1.5) * G, top + 5.0 * G, replace(BEAN_HAND, size=38))


def _graph(s: Sheet) -> None:
    """Draw the axes, a cross for each week and the line that joins them, without a ruler."""
    ruled(s, _at(0, 0), _at(0, 36), width=1.2)
    ruled(s, _at(0, 0), _at(6.7, 0), width=1.2)
    for cm in (10, 20, 30):
        x, y = _at(0, cm)
        ruled(s, (x - 12, y), (x + 6, y))
        write(s, str(cm), x - 2.1 * G, y + 12, replace(BEAN_HAND, size=30))
    write(s, "cm", _at(0, 0)[0] - 2.0 * G, _at(0, 33.8)[1], BEAN_HAND)
    for k in range(1, 7):
        x, y = _at(k, 0)
        ruled(s, (x, y - 6), (x, y + 12))
        write(s, str(k), x - 10, y + 1.4 * G, replace(BEAN_HAND, size=30))
    write(s, "weeks", _at(6, 0)[0] + 1.1 * G, _at(0, 0)[1] + 1.45 * G, replace(BEAN_HAND, size=31))
    dots = np.array([_at(k + 1, cm) for k, cm in enumerate(HEIGHTS)])
    for a, b in pairwise(dots):
        draw(s, curve([a, (a + b) / 2 + s.d.uniform(-5, 5, 2), b]), PENCIL, color("#3c3b40"), 1.15)
    for x, y in dots:
        for way in (1, -1):
            draw(
                s,
                np.array([(x - 11, y - 11 * way), (x + 11, y + 11 * way)]),
                PENCIL,
                color("#b0382f"),
                1.5,
                1.1,
            )


def _sprout(s: Sheet, x: float, y: float, tall: float) -> None:
    """Draw the bean plant in its pot, in colored pencil."""
    pot = [(x - 72, y - 92), (x + 72, y - 96), (x + 52, y), (x - 50, y + 2)]
    shade(s, pot, "#b8633a", 80, 8)
    outline(s, pot, "#7d3f22")
    stem = curve(
        [(x, y - 92), (x + 16, y - 92 - tall * 0.4), (x - 10, y - 92 - tall * 0.75), (x + 6, y - 92 - tall)]
    )
    for _ in range(2):
        draw(s, stem, COLORED, color("#3f8a3c"), 1.3, 1.1)
    for share, side in ((0.35, 1), (0.55, -1), (0.78, 1), (0.98, -1)):
        cx, cy = stem[int(share * (len(stem) - 1))]
        size = 76 - 22 * share
        leaf = curve(
            [
                (cx, cy),
                (cx + side * size * 0.5, cy - size * 0.62),
                (cx + side * size * 1.3, cy - size * 0.5),
                (cx + side * size * 0.8, cy + size * 0.1),
                (cx, cy),
            ]
        )
        shade(s, leaf, "#5fae4e", 30 * side, 7)
        draw(s, leaf, COLORED, color("#2f7233"), 0.8, 1.1)


def bean() -> Image.Image:
    """Return the photo of the bean page, 1240 x 1600."""
    d = dice("our bean")
    s = paper(1500, 1950, color("#fcfbf7"), d, 2.0)
    squared(s, G)
    write(s, "Our bean: height each week", 2.4 * G, 3.6 * G, replace(BEAN_HAND, size=45))
    draw(s, curve([(2.4 * G, 4.1 * G), (13 * G, 4.3 * G), (27 * G, 4.05 * G)]), PENCIL, color("#3c3b40"))
    _table(s)
    _graph(s)
    note = replace(BEAN_HAND, size=31, gap=6.5)
    write(s, "It grew most", 7.6 * G, 16.6 * G, note, -0.02)
    write(s, "in week 5: 9 cm!", 7.6 * G, 18.3 * G, note, -0.02)
    arrow(s, [(12.6 * G, 19.2 * G), (13.8 * G, 22.4 * G), (16.8 * G, 27.4 * G)], note, 24)
    _sprout(s, 28.4 * G, 36.6 * G, 400)
    shot = Shot(
        (1240, 1600),
        ((0.055, 0.03), (0.955, 0.05), (0.985, 0.99), (0.02, 0.975)),
        waves=4,
        sun=(1.0, 0.0),
        fall=0.2,
        tint="#fffaf2",
    )
    return photograph(s.rgb, laminate((1600, 1240), d, "#9fb0a6"), shot, d)


def _mountain(s: Sheet) -> None:
    """Draw the cone cut open, on its board, with a mouth that is much too wide."""
    ink = color(PLAN_HAND.ink)
    left = [(330, 1130), (470, 900), (610, 660), (720, 430)]
    right = [(1120, 440), (1220, 650), (1370, 890), (1530, 1125)]
    for side in (left, right):
        for _ in range(2):
            draw(s, curve(np.array(side) + s.d.uniform(-7, 7, (4, 2))), PENCIL, ink, 1.2)
    inner = [(350, 1110), (620, 660), (735, 450), (770, 450), (680, 700), (440, 1110)]
    hatch(s, inner, PLAN_HAND.ink, 20, 26, PENCIL, 0.7)
    outer = [(1500, 1110), (1220, 660), (1105, 450), (1070, 450), (1180, 720), (1400, 1110)]
    hatch(s, outer, PLAN_HAND.ink, -20, 26, PENCIL, 0.7)
    for _ in range(2):
        board = [(240, 1140), (700, 1132 + s.d.uniform(-4, 4)), (1200, 1140), (1660, 1128)]
        draw(s, curve(board), PENCIL, ink, 1.2)
    ruled(s, (244, 1180), (1656, 1172))
    draw(s, np.array([(240, 1138), (244, 1182)]), PENCIL, ink)
    draw(s, np.array([(1660, 1128), (1656, 1174)]), PENCIL, ink)


def _bottle(s: Sheet) -> None:
    """Draw the bottle that stands inside, half full."""
    half = [(786, 1120), (788, 800), (858, 690), (864, 590)]
    for a, b in pairwise([*half, *((1840 - x, y + 2) for x, y in reversed(half))]):
        middle = ((a[0] + b[0]) / 2 + s.d.uniform(-4, 4), (a[1] + b[1]) / 2 + s.d.uniform(-4, 4))
        draw(s, curve([a, middle, b]), PENCIL, color(PLAN_HAND.ink), 1.1)
    shade(s, [(796, 1112), (794, 930), (1044, 926), (1046, 1112)], "#6aa9cf", 8, 12, force=0.8)
    level = [(792, 930), (850, 918), (920, 936), (1046, 926)]
    draw(s, curve(level), PENCIL, color(PLAN_HAND.ink))


def _eruption(s: Sheet) -> None:
    """Draw the foam that was meant to come: arrows and red scribbles."""
    for x, y, to in ((790, 400, (620, 250)), (900, 380, (880, 180)), (1040, 396, (1190, 240))):
        bend = ((x + to[0]) / 2 + s.d.uniform(-30, 30), (y + to[1]) / 2 - 20)
        for _ in range(2):
            draw(s, curve([(x, y), bend, to]) + s.d.uniform(-8, 8, 2), COLORED, color("#c8432d"), 1.2, 1.0)
    for x, y, r in (
        (600, 246, 36),
        (880, 150, 52),
        (1204, 216, 44),
        (744, 262, 24),
        (1040, 230, 30),
        (990, 310, 20),
    ):
        draw(s, ring(x, y, r, r * 0.8, s.d, 0.16, 1.5), COLORED, color("#e0813a"), 1.0, 0.95)
    shade(s, [(720, 440), (1118, 446), (1060, 480), (770, 476)], "#d2503a", 4, 9)


def volcano_plan() -> Image.Image:
    """Return the photo of the first plan, 1600 x 1200."""
    d = dice("the first plan of the volcano")
    s = paper(1900, 1420, color("#f7f3e8"), d, 2.6)
    write(s, "My volcano plan", 110, 150, replace(PLAN_HAND, size=48))
    draw(s, curve([(110, 176), (400, 186), (800, 172)]), PENCIL, color(PLAN_HAND.ink), 1.2)
    rubbed_out(s, "lid?", 1000, 560, PLAN_HAND)
    _mountain(s)
    _bottle(s)
    _eruption(s)
    h = PLAN_HAND
    write(s, "BIG hole", 1360, 330, replace(h, size=38))
    write(s, "20 cm", 1400, 400, h)
    arrow(s, [(1345, 330), (1250, 360), (1135, 424)], h)
    write(s, "bottle", 120, 560, h)
    arrow(s, [(316, 550), (500, 600), (640, 700), (780, 860)], h)
    write(s, "soda", 852, 1020, replace(h, size=31))
    write(s, "+ vinegar", 806, 1086, replace(h, size=26, gap=5, loose=0.3))
    write(s, "newspaper", 1500, 660, h)
    write(s, "and glue", 1530, 726, h)
    arrow(s, [(1490, 690), (1420, 720), (1320, 796)], h)
    write(s, "board 60 cm", 790, 1300, h)
    arrow(s, [(760, 1276), (500, 1290), (270, 1210)], h, 22)
    arrow(s, [(1190, 1280), (1400, 1284), (1640, 1206)], h, 22)
    write(s, "fast!", 1270, 150, replace(h, slant=0.3), -0.08)
    shot = Shot(
        (1600, 1200),
        ((0.04, 0.05), (0.955, 0.065), (0.975, 0.955), (0.02, 0.97)),
        waves=11,
        sun=(0.0, 0.1),
        fall=0.22,
        tint="#fff9ee",
    )
    return photograph(s.rgb, wood((1200, 1600), d, "#b5835a", "#855a38"), shot, d)
