"""A fourth grader's comic in four panels, in felt pen: an umbrella that is afraid of the rain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from .desk import hatch, outline, ruled, shade
from .ink import color, curve, dice, ring
from .letters import Hand, width_of, write
from .photo import Shot, photograph, wood
from .tools import COLORED, PEN, Sheet, draw, paper

FELT = replace(PEN, width=5.0, strength=0.95, hard=0.97, shake=1.0)
HAND = Hand("the one with the umbrella", 30, 0.04, 0.55, 0.8, spread=2.8, gap=7, tool=FELT, ink="#28262c")
INK = "#28262c"
SMALL = replace(HAND, size=27)


def _line(s: Sheet, points: list[tuple[float, float]], width: float = 1.0, ink: str = INK) -> None:
    draw(s, curve(points), FELT, color(ink), width)


def _face(s: Sheet, x: float, y: float, mouth: float) -> None:
    """Draw two dots and a mouth; ``mouth`` px up (glad) or down (afraid) at its ends."""
    for side in (-22, 22):
        draw(s, ring(x + side, y, 5, 7, s.d, 0.1, 1.5), FELT, color(INK), 1.0)
    _line(s, [(x - 26, y + 34 - mouth), (x, y + 34 + mouth * 0.4), (x + 26, y + 34 - mouth)])


def _closed(s: Sheet, x: float, y: float, mouth: float) -> None:
    """Draw the umbrella folded, standing on its tip, (x, y) the middle of it."""
    cloth = [(x, y + 190), (x - 52, y - 90), (x - 46, y - 112), (x + 46, y - 112), (x + 52, y - 90)]
    shade(s, cloth, "#d9483b", 80, 8)
    outline(s, cloth, INK, FELT, 0.9)
    _line(s, [(x - 18, y + 100), (x - 24, y - 108)], 0.7)
    _line(s, [(x + 18, y + 100), (x + 24, y - 108)], 0.7)
    _line(s, [(x, y - 112), (x, y - 190), (x + 22, y - 214), (x + 48, y - 192)], 1.3, "#7d5230")
    _face(s, x, y - 50, mouth)


def _open(s: Sheet, x: float, y: float, mouth: float) -> None:
    """Draw the umbrella open, (x, y) the middle of its edge."""
    a = np.linspace(np.pi, 2 * np.pi, 15)
    dome = [(x + 200 * float(np.cos(t)), y + 165 * float(np.sin(t))) for t in a]
    shade(s, dome, "#d9483b", 15, 9)
    _line(s, dome)
    for k in range(4):
        left = x - 200 + k * 100
        _line(s, [(left, y), (left + 50, y - 26), (left + 100, y)])
    _line(s, [(x, y - 20), (x, y + 150), (x + 24, y + 176), (x + 50, y + 150)], 1.3, "#7d5230")
    _face(s, x, y - 92, mouth)


def _rain(s: Sheet, x0: float, x1: float, y0: float, y1: float, n: int) -> None:
    for _ in range(n):
        x, y = s.d.uniform(x0, x1), s.d.uniform(y0, y1)
        draw(s, curve([(x, y), (x - 9, y + 36)]), COLORED, color("#3b7fc0"), 0.9, 1.1)


def _says(s: Sheet, x: float, y: float, words: tuple[str, ...], to: tuple[float, float]) -> None:
    """Write words with a bubble round them; (x, y) is the start of the first line, ``to`` who says it."""
    wide, tall = max(width_of(w, SMALL) for w in words), 62 * len(words)
    cx, cy = x + wide / 2, y - 50 + tall / 2
    for k, line in enumerate(words):
        write(s, line, x, y + 62 * k, SMALL)
    draw(s, ring(cx, cy, wide * 0.62 + 26, tall * 0.66 + 16, s.d, 0.02, 1.02), FELT, color(INK), 0.8)
    _line(s, [(cx - 16, cy + tall * 0.66 + 15), to], 0.8)
    _line(s, [(cx + 16, cy + tall * 0.66 + 14), to], 0.8)


def _panels(s: Sheet) -> None:
    """Rule the four panels, not quite of one size."""
    for x0, y0, x1, y1 in (
        (80, 190, 780, 900),
        (830, 190, 1520, 900),
        (80, 950, 780, 1680),
        (830, 950, 1520, 1680),
    ):
        for a, b in (((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x1, y1), (x0, y1)), ((x0, y1), (x0, y0))):
            ruled(s, a, b, INK, 1.5)


def _in_the_closet(s: Sheet) -> None:
    hatch(s, [(90, 200), (300, 200), (300, 890), (90, 890)], "#a58a6a", 88, 34)
    _line(s, [(300, 200), (306, 540), (300, 890)])
    draw(s, ring(270, 560, 12, 14, s.d, 0.1, 1.2), FELT, color(INK), 0.9)
    _closed(s, 520, 640, -9)
    _says(s, 420, 290, ("I do not", "like rain."), (520, 436))


def _at_the_door(s: Sheet) -> None:
    _line(s, [(1180, 890), (1182, 330), (1500, 326)])
    hatch(s, [(1190, 336), (1508, 336), (1508, 890), (1190, 890)], "#9fb4c8", 60, 40)
    _rain(s, 1210, 1500, 350, 850, 26)
    _closed(s, 1000, 650, -12)
    write(s, "Oh no. Monday.", 850, 270, HAND)


def comic_page() -> Image.Image:
    """Return the photo of the comic, 1280 x 1600."""
    d = dice("the umbrella that is afraid of the rain")
    s = paper(1600, 1760, color("#fbf8f1"), d, 2.2)
    write(s, "The umbrella that hates rain", 90, 130, replace(HAND, size=46))
    _panels(s)
    _in_the_closet(s)
    _at_the_door(s)
    _rain(s, 100, 760, 1000, 1180, 30)
    _open(s, 420, 1400, -6)
    write(s, "drip drip drip", 250, 1640, replace(HAND, slant=0.2), -0.02)
    _rain(s, 850, 1500, 1270, 1320, 14)
    _open(s, 1170, 1480, 10)
    _says(s, 960, 1050, ("It only tickles.", "Why did you", "not say so?"), (1150, 1320))
    corners = ((0.045, 0.04), (0.96, 0.03), (0.975, 0.965), (0.03, 0.975))
    shot = Shot((1280, 1600), corners, waves=6, sun=(0.1, 0.0), fall=0.22, tint="#fffaf2")
    return photograph(s.rgb, wood((1600, 1280), d, "#c9a675", "#9c7748"), shot, d)
