"""A map in colored pencil: my way to school, over the bridge, past the bakery and the library."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from .desk import hatch, outline, shade
from .ink import Array, color, curve, dice, inside, ring
from .letters import Hand, write
from .photo import Shot, laminate, photograph
from .tools import COLORED, MARKER, PEN, Sheet, draw, paper

FELT = replace(PEN, width=5.2, strength=0.95, hard=0.97, shake=1.0)
RED = replace(MARKER, width=10, glaze=0.1, strength=0.93)
HAND = Hand("the one who knows the way", 34, 0.02, 0.6, 0.9, spread=2.9, gap=7, tool=FELT, ink="#2a2830")


def _walls(s: Sheet, x: float, y: float, w: float, h: float, wall: str, roof: str, angle: float = 80) -> None:
    """Draw a house seen from the front, (x, y) its lower left corner: walls, roof, door, two windows."""
    front = [(x, y), (x + w, y + s.d.uniform(-4, 4)), (x + w - 3, y - h), (x + 2, y - h)]
    shade(s, front, wall, angle, 8)
    top = [(x - w * 0.12, y - h), (x + w * 0.5, y - h - w * 0.5), (x + w * 1.13, y - h + 3)]
    shade(s, top, roof, 20, 7)
    outline(s, front, "#3a3338", FELT, 0.8)
    outline(s, top, "#3a3338", FELT, 0.8)
    door = [(x + w * 0.4, y), (x + w * 0.4, y - h * 0.5), (x + w * 0.62, y - h * 0.5), (x + w * 0.62, y)]
    shade(s, door, "#8a5a35", 85, 7)
    outline(s, door, "#3a3338", FELT, 0.7)
    for share in (0.1, 0.72):
        a, b = x + w * share, y - h * 0.82
        pane = [(a, b), (a + w * 0.18, b), (a + w * 0.18, b + h * 0.26), (a, b + h * 0.26)]
        shade(s, pane, "#f2d75c", 10, 6)
        outline(s, pane, "#3a3338", FELT, 0.6)


def _river(s: Sheet) -> None:
    """Draw the river from the top to the bottom, wide, with little waves and two fish."""
    left = np.array([(1030, -20), (960, 200), (900, 420), (955, 700), (890, 960), (760, 1180), (720, 1440)])
    right = left + (175, 0)
    bank = np.concatenate([curve(left), curve(right)[::-1]])
    hatch(s, bank, "#4f9bd0", 12, 10, COLORED, 0.8)
    hatch(s, bank, "#3b7fc0", -18, 30, COLORED, 0.7)
    for side in (left, right):
        draw(s, curve(side), COLORED, color("#2a62a6"), 1.3, 1.1)
    for x, y in ((1030, 150), (955, 350), (1000, 560), (880, 1050), (800, 1270), (1010, 880)):
        ripple = [(x, y), (x + 18, y - 12), (x + 36, y), (x + 54, y - 12), (x + 72, y)]
        draw(s, curve(ripple), COLORED, color("#f7fbff"), 1.1, 1.2)
        draw(s, curve(np.array(ripple) + (4, 12)), COLORED, color("#225090"), 0.8, 1.1)
    for x, y in ((930, 480), (810, 1130)):
        body = [
            (x, y),
            (x + 34, y - 20),
            (x + 72, y),
            (x + 34, y + 18),
            (x, y),
            (x - 24, y - 16),
            (x - 24, y + 15),
            (x, y),
        ]
        shade(s, body, "#ee8a3a", 20, 6, force=1.1)
        draw(s, curve(body), FELT, color("#3a3338"), 0.6)


def _bridge(s: Sheet) -> None:
    deck = [(850, 752), (1000, 700), (1165, 740), (1170, 808), (1000, 770), (852, 822)]
    s.rgb[inside(deck, s.shape)] = color("#d9b48a")
    hatch(s, deck, "#a06a3c", 88, 13, COLORED, 0.95)
    for low in (0, 60):
        rail = [(846, 742 + low), (1000, 690 + low), (1170, 728 + low)]
        draw(s, curve(rail), FELT, color("#3a3338"), 1.0)
    for k in range(8):
        x = 864 + k * 42
        y = 742 - 46 * np.sin((x - 846) / 324 * np.pi)
        draw(s, np.array([(x, y), (x + 2, y + 62)]), FELT, color("#3a3338"), 0.7)


def _path(s: Sheet) -> None:
    """Dash the way in red, from the door at home to the door of the school."""
    way = curve(
        [
            (306, 1112),
            (420, 1150),
            (560, 1090),
            (600, 960),
            (700, 850),
            (850, 780),
            (1000, 730),
            (1180, 770),
            (1320, 800),
            (1400, 700),
            (1440, 540),
            (1545, 462),
        ]
    )
    for k in range(0, len(way) - 6, 11):
        draw(s, way[k : k + 7], RED, color("#d8322c"))


def _tree(s: Sheet, x: float, y: float, r: float) -> None:
    for dx in (-6, 0, 6):
        draw(s, curve([(x + dx, y), (x + dx + 2, y - r * 0.8)]), COLORED, color("#7d5230"), 1.2, 1.1)
    crown = ring(x, y - r * 1.5, r * 0.85, r, s.d, 0.12)
    shade(s, crown[::6], "#57a24a", s.d.uniform(10, 60), 8)
    draw(s, crown, COLORED, color("#2f7436"), 1.0, 1.1)


def _bakery(s: Sheet) -> None:
    _walls(s, 520, 700, 230, 150, "#f0c489", "#c9573c")
    sign = [(770, 590), (850, 590), (850, 640), (770, 640)]
    outline(s, sign, "#3a3338", FELT, 0.7)
    draw(
        s,
        curve(
            [(790, 622), (796, 600), (812, 606), (810, 624), (822, 604), (834, 606), (832, 624), (790, 622)]
        ),
        COLORED,
        color("#9a5d28"),
        0.9,
        1.2,
    )
    write(s, "bakery", 530, 768, HAND)
    write(s, "smells good!", 380, 424, replace(HAND, size=26, slant=0.15), -0.06)
    for k in range(3):
        curl = [(690 + k * 26, 430), (678 + k * 26, 404), (700 + k * 26, 384), (686 + k * 26, 356)]
        draw(s, curve(curl), COLORED, color("#9a8f88"), 0.9)


def _library(s: Sheet) -> None:
    _walls(s, 1210, 1120, 300, 190, "#b99bd0", "#6d4f95", 12)
    book = [(1545, 1010), (1590, 996), (1634, 1012), (1634, 1076), (1590, 1062), (1546, 1076)]
    shade(s, book, "#e8dfc8", 4, 9)
    outline(s, book, "#3a3338", FELT, 0.8)
    draw(s, np.array([(1590, 996), (1590, 1062)]), FELT, color("#3a3338"), 0.8)
    write(s, "library", 1250, 1190, HAND)


def _school(s: Sheet) -> None:
    _walls(s, 1400, 440, 330, 170, "#e7c65a", "#b8453a")
    draw(s, np.array([(1565, 106), (1567, 190)]), FELT, color("#3a3338"))
    flag = [(1567, 106), (1650, 118), (1566, 148)]
    shade(s, flag, "#3f79c4", 10, 6)
    outline(s, flag, "#3a3338", FELT, 0.8)
    write(s, "school", 1600, 520, HAND)


def _crossing(s: Sheet) -> None:
    """Stripes where one has to look both ways."""
    for k in range(5):
        x, y = 1352 + k * 37, 566 - k * 5
        bar = [(x, y), (x + 17, y - 2), (x + 22, y + 72), (x + 5, y + 74)]
        shade(s, bar, "#5c5a60", 84, 6, force=1.1)
        outline(s, bar, "#3a3338", FELT, 0.6)
    write(s, "look both ways!", 1556, 640, replace(HAND, size=23, slant=0.1, spread=2.4), -0.03)


def _big_dog(s: Sheet, x: float, y: float) -> None:
    """The neighbor's dog, who barks."""
    black = color("#3a3338")
    body = ring(x, y, 62, 32, s.d, 0.06)
    shade(s, body[::4], "#8a5a35", 10, 7)
    draw(s, body, FELT, black, 0.8)
    draw(s, ring(x + 72, y - 40, 30, 26, s.d, 0.06, 1.04), FELT, black, 0.8)
    for dx in (-44, -22, 22, 44):
        draw(s, curve([(x + dx, y + 26), (x + dx + 2, y + 50), (x + dx + 12, y + 68)]), FELT, black, 0.8)
    draw(s, curve([(x - 60, y - 8), (x - 92, y - 26), (x - 88, y - 52)]), FELT, black, 0.8)
    draw(s, curve([(x + 54, y - 60), (x + 44, y - 40), (x + 54, y - 24)]), FELT, black, 1.2)
    draw(s, curve([(x + 80, y - 46), (x + 82, y - 43)], 2), FELT, black, 1.5)
    draw(s, curve([(x + 84, y - 26), (x + 96, y - 30), (x + 102, y - 40)]), FELT, black, 0.7)
    write(s, "woof!", x - 30, y - 76, replace(HAND, size=24, slant=0.2), -0.1)


def _compass(s: Sheet, x: float, y: float) -> None:
    draw(s, ring(x, y, 62, 62, s.d, 0.03, 1.06), FELT, color("#3a3338"), 0.8)
    for ends in (((x, y + 52), (x, y - 56)), ((x - 52, y), (x + 54, y))):
        draw(s, np.array(ends), FELT, color("#3a3338"), 0.8)
    tip: Array = np.array([(x - 13, y - 8), (x, y - 54), (x + 13, y - 8)], dtype=np.float32)
    shade(s, tip, "#d23b34", 80, 5, force=1.1)
    outline(s, tip, "#3a3338", FELT, 0.6)
    write(s, "N", x - 16, y - 76, replace(HAND, size=26))


def way_to_school() -> Image.Image:
    """Return the photo of the map, 1600 x 1200."""
    d = dice("my way to school")
    s = paper(1900, 1420, color("#faf7ee"), d, 2.8)
    _river(s)
    _bridge(s)
    _path(s)
    _walls(s, 150, 1100, 240, 170, "#8fbfe0", "#c75b42")
    write(s, "my home", 130, 1196, HAND)
    _bakery(s)
    _library(s)
    _school(s)
    write(s, "bridge", 1196, 706, HAND, -0.04)
    write(s, "river", 950, 1262, replace(HAND, ink="#1f4f90"), -0.1)
    for x, y, r in (
        (110, 780, 60),
        (220, 700, 54),
        (300, 816, 48),
        (1320, 300, 56),
        (1230, 380, 44),
        (1700, 850, 58),
        (1790, 930, 50),
        (390, 1340, 54),
    ):
        _tree(s, x, y, r)
    write(s, "park", 84, 566, replace(HAND, size=30))
    write(s, "My way to school", 110, 160, replace(HAND, size=50))
    for k, tint in enumerate(("#d23b34", "#e7a52e", "#57a24a", "#3f79c4")):
        wavy = [(112 + j * 72, 214 + k * 9 + 6 * (-1) ** j) for j in range(12)]
        draw(s, curve(wavy), COLORED, color(tint), 0.8, 1.0)
    _crossing(s)
    _big_dog(s, 560, 1260)
    _compass(s, 1760, 1290)
    shot = Shot(
        (1600, 1200),
        ((0.04, 0.04), (0.96, 0.055), (0.98, 0.965), (0.025, 0.955)),
        waves=7,
        sun=(0.0, 0.0),
        fall=0.2,
        tint="#fffaf2",
    )
    return photograph(s.rgb, laminate((1200, 1600), d, "#77909c"), shot, d)
