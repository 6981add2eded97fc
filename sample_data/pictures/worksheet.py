"""A six-year-old counts apples: pencil dots while counting, one number turned round, one put right."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from PIL import Image

from .desk import PRINT, mask_color, rubbed_out, shade
from .ink import Array, blur, color, curve, dice, even, inside
from .letters import Hand, strike, write
from .photo import Shot, laminate, photograph
from .tools import CRAYON, PENCIL, Sheet, draw, paper

W, H = 1500, 1900
COUNTS = (4, 3, 7, 5, 9)
FAT = replace(PENCIL, width=6.5, strength=0.9, hard=0.56, shake=1.6)
SMALL_HAND = Hand("six years old", 76, 0.02, 1.1, 1.6, tool=FAT, ink="#3a393e")
TYPE = Hand("printed", 50, 0.0, 0.0, 0.0, spread=2.9, gap=7, tool=replace(PRINT, width=8), ink="#26262a")


def printed(s: Sheet, text: str, x: float, y: float, size: float) -> None:
    """Print text in round school letters; nothing shakes."""
    from .letters import GLYPHS

    unit = size / 10
    for letter in text:
        if letter != " ":
            for stroke in GLYPHS[letter]:
                p = np.array(stroke, dtype=np.float32)
                line = np.stack([x + p[:, 0] * unit, y - p[:, 1] * unit], axis=1)
                draw(s, curve(line, 3), replace(PRINT, width=size * 0.17), color("#26262a"))
        x += unit * (6.5 if letter == " " else max(px for st in GLYPHS[letter] for px, _ in st) + 2.9)


def _apple(s: Sheet, x: float, y: float, r: float) -> Array:
    """Print the outline of an apple; return its shape for coloring in."""
    a = np.linspace(0, 2 * np.pi, 40)
    reach = (
        1
        - 0.16 * np.exp(-(((a - np.pi * 1.5) / 0.34) ** 2))
        - 0.07 * np.exp(-(((a - np.pi * 0.5) / 0.3) ** 2))
    )
    shape = np.stack([x + r * reach * np.cos(a), y + r * 0.94 * reach * np.sin(a)], axis=1).astype(np.float32)
    black = color("#26262a")
    draw(s, even(shape, 4), PRINT, black)
    draw(
        s,
        curve([(x, y - r * 0.78), (x + r * 0.04, y - r * 1.02), (x + r * 0.16, y - r * 1.22)], 3),
        PRINT,
        black,
    )
    leaf = [
        (x + 6, y - r * 1.0),
        (x + r * 0.3, y - r * 1.22),
        (x + r * 0.62, y - r * 1.16),
        (x + r * 0.34, y - r * 0.95),
        (x + 6, y - r * 1.0),
    ]
    draw(s, curve(leaf, 3), replace(PRINT, width=4), black)
    return shape


def _row(s: Sheet, k: int, y: float) -> None:
    """Print one row of apples and its box; the child has dotted what was counted and colored some in."""
    n = COUNTS[k]
    cols = n if n <= 5 else (n + 1) // 2
    r = 66 if n <= 5 else 55
    for i in range(n):
        x = 200 + (i % cols) * (2 * r + 44) + (0 if n <= 5 or i < cols else 20)
        yy = y + (0 if n <= 5 else (-58 if i < cols else 74))
        shape = _apple(s, x, yy, r)
        if k == 0 or (k == 1 and i == 0):
            red = "#c8342c" if i != 2 else "#5d9c3f"
            shade(s, shape, red, s.d.uniform(20, 70), 17, CRAYON, s.d.uniform(0.75, 0.95))
        elif k < 4 or i < 7:
            dot = np.array([x, yy]) + s.d.uniform(-16, 16, 2)
            draw(s, curve([dot, dot + (3, 4), dot + (1, 7)], 2), FAT, color("#3a393e"), 1.5, 1.2)
    box = [(1130, y - 84), (1340, y - 84), (1340, y + 84), (1130, y + 84), (1130, y - 84)]
    for a, b in pairwise(box):
        draw(s, np.array([a, b], dtype=np.float32), PRINT, color("#26262a"))
    if k < 4:
        for x in range(130, 1370, 24):
            draw(
                s,
                np.array([(x, y + 148), (x + 10, y + 148)], dtype=np.float32),
                replace(PRINT, width=3),
                color("#8a8a8a"),
            )


def _turned_three(s: Sheet, x: float, y: float) -> None:
    """Write a 3 the wrong way round."""
    points = [
        (7.6, 14),
        (4.6, 16.4),
        (1.6, 14.4),
        (1.8, 11),
        (5.4, 8.8),
        (5.4, 8.8),
        (1.2, 7.2),
        (0.6, 3.4),
        (3.6, -0.2),
        (8, 1.8),
    ]
    p = np.array(points, dtype=np.float32) + s.d.normal(0, 0.25, (10, 2))
    p[5] = p[4]
    unit = SMALL_HAND.size / 10
    draw(s, curve(np.stack([x + p[:, 0] * unit, y - p[:, 1] * unit], axis=1), 3), FAT, color(SMALL_HAND.ink))


def _star(s: Sheet, x: float, y: float, r: float) -> None:
    """Stick a shiny star on the sheet, a little crooked."""
    a = np.radians(-90 + 8) + np.arange(10) * np.pi / 5
    reach = np.where(np.arange(10) % 2 == 0, r, r * 0.46)
    shape = np.stack([x + reach * np.cos(a), y + reach * np.sin(a)], axis=1)
    shadow = blur(inside(shape + (5, 6), s.shape).astype(np.float32), 4)
    s.rgb *= 1 - 0.3 * shadow[..., None]
    mask_color(s, np.array((x, y)) + (shape - (x, y)) * 1.12, color("#fbf3d8"))
    yy, xx = np.mgrid[0:H, 0:W].astype(np.float32)
    m = inside(shape, s.shape)
    fold = np.arctan2(yy[m] - y, xx[m] - x) - np.radians(-82)
    facet = 0.5 + 0.5 * np.sign(np.sin(fold * 5))
    shine = 0.86 + 0.2 * facet + 0.1 * np.clip(-(xx[m] - x + yy[m] - y) / r, -1, 1)
    s.rgb[m] = np.clip(color("#edb51f") * shine[:, None], 0, 1)


def counting() -> Image.Image:
    """Return the photo of the worksheet, 1260 x 1600."""
    d = dice("how many apples")
    s = paper(W, H, color("#fbfaf6"), d, 2.0)
    printed(s, "How many apples?", 130, 262, 52)
    printed(s, "Name", 130, 118, 24)
    draw(s, np.array([(240, 122), (700, 122)], dtype=np.float32), replace(PRINT, width=3), color("#26262a"))
    write(s, "Noa", 300, 112, replace(SMALL_HAND, size=40), -0.03)
    for k in range(5):
        _row(s, k, 440 + k * 296)
    write(s, "4", 1190, 496, SMALL_HAND)
    _turned_three(s, 1200, 792)
    end = write(s, "6", 1150, 1080, replace(SMALL_HAND, size=58))
    strike(s, 1148, end - 10, 1078, SMALL_HAND, 3)
    write(s, "7", 1254, 1098, replace(SMALL_HAND, size=84))
    write(s, "5", 1202, 1384, SMALL_HAND)
    rubbed_out(s, "8", 1186, 1684, SMALL_HAND)
    write(s, "9", 1212, 1690, replace(SMALL_HAND, size=80))
    _star(s, 1296, 190, 104)
    shot = Shot(
        (1260, 1600),
        ((0.06, 0.03), (0.95, 0.045), (0.975, 0.975), (0.03, 0.965)),
        waves=4,
        sun=(0.0, 0.0),
        fall=0.2,
        tint="#fffaf3",
    )
    return photograph(s.rgb, laminate((1600, 1260), d, "#c9a77c"), shot, d)
