"""Letters as a hand makes them: single strokes on a small grid, never the same twice.

Grid: the baseline is 0, small letters reach 10, tall ones 17 to 18, tails -8. A stroke is a row of
``x,y``; ``!`` marks a sharp corner; ``/`` lifts the pen.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from .ink import Array, color, curve
from .tools import PENCIL, Sheet, Tool, draw

_SMALL = """
a 8,8.8 5.5,10 2.2,9 .5,5 2,.8 4.6,.3 7.2,3 8.2,9.5! 8.2,3 9.4,0
b 1,18 1,9 1,0! 1,6 4,10 7.5,8.5 8.3,4.5 6,.5 3,0 1,2
c 7.5,8.3 5,10 2,8.8 .5,5 1.8,1.2 4.6,0 7.8,1.6
d 8,8.5 5,10 1.8,8.3 .5,4.5 2.2,.6 5,.3 8,4 8.2,18! 8.1,6 8.6,0
e 1,5.2 7.8,5.8! 7.2,9 4.6,10 1.7,8.4 .5,4.8 2,1 4.8,0 8,1.6
f 6.8,16.8 5,18 3.2,16 3,10 3,0 / 0,10 6,10.2
g 8,8.8 5.2,10 1.8,8.4 .6,5 2.2,1 5,.8 7.8,4 8.2,9.8! 8.1,2 7.6,-5 5,-8 1.5,-6.6
h 1,18 1,8 .9,0! 1.2,6 4,9.8 7,9 7.6,5 7.8,0
i 1,10 1,4 1.3,0 / 1.1,13.6 1.3,14.2
j 4,10 4,2 3.6,-5 1.6,-8 -1,-6.4 / 4,13.6 4.2,14.2
k 1,18 1,8 1,0 / 7,10 1.4,4.6! 7.5,0
l 1,18 1,6 1.4,0
m 1,10 1,5 1,0! 1.2,6.5 3.6,10 5.8,8.6 6,4 6,0! 6.2,6.5 8.6,10 11,8.6 11.2,4 11.4,0
n 1,10 1,5 1,0! 1.2,6.4 4,10 7,8.8 7.5,5 7.8,0
o 4.8,10 1.8,8.6 .5,5 1.8,1 4.5,0 7.4,1.6 8.4,5.4 7,9 4.4,10.2
p 1,10 1,2 .9,-8! 1,5 3.4,9.6 6.6,9.6 8.4,5.4 6.6,.8 3.6,0 1,2
q 8,8.8 5.2,10 1.8,8.4 .6,5 2.2,.8 5,.6 7.8,4 8.2,9.8! 8.1,2 8.1,-8! 10,-6
r 1,10 1,5 1,0! 1.2,6 3.4,9.4 6,9.8
s 6.6,8.6 4.2,10 1.4,8.6 2,6.2 5.6,4.4 6.6,2 4.2,0 .6,1.4
t 3,15 3,6 3.4,1.4 5.4,0 7.2,1 / 0,10.2 6.2,10.4
u 1,10 1,4 2.4,.4 5,.4 7.4,4 7.8,10! 7.7,4 8.4,0
v .5,10 4,0! 7.8,10
w .5,10 3.2,0! 5.8,8! 8.4,0! 11.2,10
x .8,10 7.2,0 / 7.2,10 .6,0
y .8,10 4.4,1 / 8,10 4.6,1 2.6,-5 .4,-8
z 1,10 7.2,10! .8,0! 7.6,.2
"""
_TALL = """
A .5,0 5.4,17! 10,0 / 2.2,6.2 8.6,6.4
B 1,17 1,0 / 1,17! 6,16.6 7.6,13 5.6,9.4 1.4,9! 6.6,8.6 8.8,4.6 6.6,.6 1,0
C 10,14 7,17 3,15.6 .8,9 2.6,2 6.4,0 10.2,2.6
D 1,17 1,0 / 1,17! 6.6,15.6 9.8,9 7.4,2 1,0
E 1,17 1,0! 8.4,.2 / 1,17 8.2,17 / 1,9 7,9
F 1,17 1,0 / 1,17 8.2,17 / 1,9 6.6,9
G 10,14 7,17 3,15.6 .8,9 2.6,2 6.4,0 9.8,3 9.8,7.6! 6,7.6
H 1,17 1,0 / 9,17 9,0 / 1,8.8 9,8.8
I 3,17 3,0 / .6,17 5.4,17 / .6,0 5.4,0
J 6,17 6,5 4.6,.6 2,0 .2,3
K 1,17 1,0 / 9,17 1.2,8! 9.4,0
L 1,17 1,0! 8,.2
M 1,0 1.2,17! 6,5! 10.8,17! 11.2,0
N 1,0 1,17! 9,0! 9,17
O 5.8,17 2.2,14.6 .8,8.4 2.6,1.8 6,0 9.4,2.4 10.6,9 9,15 5.4,17.2
P 1,17 1,0 / 1,17! 6.4,16.4 8.4,12.6 6.2,8.8 1,8.4
Q 5.8,17 2.2,14.6 .8,8.4 2.6,1.8 6,0 9.4,2.4 10.6,9 9,15 5.4,17 / 7,4 11,-1
R 1,17 1,0 / 1,17! 6.4,16.4 8.4,12.6 6.2,8.8 1,8.4! 9,0
S 8.6,14.6 5.4,17 1.8,15 2,10.8 6.4,8 8.6,4.4 6,.4 2.6,.2 .6,2.8
T 5,17 5,0 / .4,17 9.8,17
U 1,17 1,5 3.4,.4 6.6,.4 9,5 9,17
V .5,17 5,0! 9.6,17
W .4,17 3.4,0! 6.6,13! 9.8,0! 13,17
X .8,17 9,0 / 9,17 .6,0
Y .6,17 4.8,8.6! 4.8,0 / 9.2,17 4.8,8.6
Z .8,17 9,17! .6,0! 9.4,.2
"""
_SIGNS = """
0 4.6,16 1.4,13 .8,7 2.2,1.4 4.8,0 7.6,2.6 8.4,8.6 7,14.2 4.2,16.2
1 .6,12.6 3.4,16! 3.4,0
2 .8,12.6 3,15.8 6.6,15.4 7.8,12 5.4,7 .6,0! 8.4,.2
3 .8,14 3.6,16 6.8,14.6 6.8,11 3,8.6! 7,7.4 8,3.6 5,0 .6,1.6
4 5.2,16 .6,5.4! 9,5.6 / 6.6,9.6 6.4,0
5 1.6,16! 1.2,9! 4.6,10 7.8,7.4 7.4,2.4 4,0 .6,1.4 / 1.6,16 7.6,16
6 6.6,15.8 3,12.4 1,6.4 2,1.2 5,0 7.8,2.6 7,6.8 4,8 1.4,5
7 .6,16 8,16! 3,0
8 4.4,8.4 1.6,11 1.8,14.6 4.6,16 7.4,14 6.6,10.6 3,7.6 .8,4 2.4,.6 5,0 7.8,2.4 6.8,6.4 4.2,8.6
9 7.4,13 4.8,16 1.6,14.4 1,10.8 3.6,8.4 6.6,10 7.6,14! 7.2,6 6.4,0
. .6,0 1.2,.5
, 1.2,.6 .4,-3
' 1,17 .6,13.6
" 1,17 .7,13.8 / 3.6,17 3.3,13.8
! 1,17 1,4.4 / 1,.2 1.3,.8
? .8,13 3.4,17 7,15 6.4,11 4,8 3.8,4.4 / 3.8,.2 4.1,.8
- .6,6 6,6.2
+ 4,10.4 4,2 / 0,6 8.2,6.2
= .4,8 7.8,8.2 / .4,4 7.8,4.2
* 1,10 7.4,2.4 / 7.2,10 .8,2.4
: .6,8 1.1,8.6 / .6,.4 1.1,1
( 3.4,18 1,12 .8,5 3.2,-2
) .8,18 3.2,12 3.4,5 1,-2
"""


def _parse(table: str) -> dict[str, list[list[tuple[float, float]]]]:
    glyphs: dict[str, list[list[tuple[float, float]]]] = {}
    for row in table.strip().splitlines():
        letter, _, strokes = row.partition(" ")
        glyphs[letter] = []
        for stroke in strokes.split("/"):
            points: list[tuple[float, float]] = []
            for word in stroke.split():
                x, y = word.rstrip("!").split(",")
                points += [(float(x), float(y))] * (2 if word.endswith("!") else 1)
            glyphs[letter].append(points)
    return glyphs


GLYPHS = _parse(_SMALL + _TALL.lstrip() + _SIGNS.lstrip())


@dataclass(frozen=True)
class Hand:
    """One child's handwriting. ``size`` is px per 10 grid units; the loose ones are in grid units."""

    who: str
    size: float
    slant: float = 0.06
    loose: float = 0.45
    drift: float = 0.5
    spread: float = 2.7
    gap: float = 8.5
    tool: Tool = PENCIL
    ink: str = "#3c3b40"
    width: float = 1.0


def _habit(hand: Hand, letter: str, k: int, n: int) -> Array:
    """Return how this child always bends this stroke: the same each time the letter comes."""
    own = np.random.Generator(np.random.PCG64(zlib.crc32(f"{hand.who} {letter} {k}".encode())))
    return own.normal(0, hand.loose * 0.9, (n, 2)).astype(np.float32)


def write(sheet: Sheet, text: str, x: float, y: float, hand: Hand, tilt: float = 0.0) -> float:
    """Write ``text`` from (x, y) on the baseline, in px; ``tilt`` is px down per px across. Return the end x."""
    d, unit = sheet.d, hand.size / 10
    start, rise = x, 0.0
    for letter in text:
        if letter == " ":
            x += unit * hand.gap * d.uniform(0.85, 1.2)
            continue
        rise = 0.6 * rise + d.normal(0, hand.drift * 0.55)
        sx, sy, lean = d.normal(1, 0.045), d.normal(1, 0.05), hand.slant + d.normal(0, 0.035)
        wide = 0.0
        for k, points in enumerate(GLYPHS[letter]):
            p: Array = np.array(points, dtype=np.float32)
            move = _habit(hand, letter, k, len(p)) + d.normal(0, hand.loose * 0.5, p.shape)
            same = np.r_[False, (p[1:] == p[:-1]).all(axis=1)]
            move[same] = move[np.flatnonzero(same) - 1]
            small = 0.35 if len(p) < 3 and np.abs(np.ptp(p, axis=0)).max() < 2 else 1.0
            p = p + move * small
            wide = max(wide, float(np.array(points)[:, 0].max()))
            gx, gy = p[:, 0] * sx + p[:, 1] * lean, p[:, 1] * sy + rise
            line = np.stack([x + gx * unit, y + tilt * (x - start) - gy * unit], axis=1)
            draw(sheet, curve(line, 3), hand.tool, color(hand.ink), hand.width, d.uniform(0.9, 1.1))
        x += unit * (wide * sx + hand.spread * d.uniform(0.8, 1.2))
    return x


def width_of(text: str, hand: Hand) -> float:
    """Return about how wide ``text`` becomes, in px."""
    wide = {c: max(x for stroke in strokes for x, _ in stroke) + hand.spread for c, strokes in GLYPHS.items()}
    return sum(hand.gap * 1.02 if c == " " else wide[c] for c in text) * hand.size / 10


def strike(sheet: Sheet, x0: float, x1: float, y: float, hand: Hand, times: int = 2) -> None:
    """Cross out what stands between x0 and x1 (px) on the baseline ``y``."""
    for _ in range(times):
        middle = y - hand.size * sheet.d.uniform(0.3, 0.6)
        bend = sheet.d.uniform(-6, 6, 3)
        points = [(x0 - 4, middle + bend[0]), ((x0 + x1) / 2, middle + bend[1]), (x1 + 3, middle + bend[2])]
        draw(sheet, curve(points), hand.tool, color(hand.ink), hand.width * 1.05)


def caret(sheet: Sheet, x: float, y: float, hand: Hand) -> None:
    """Draw the little roof under the line that says: a word belongs in here."""
    u = hand.size / 10
    roof = [(x - 4 * u, y + 4 * u), (x, y - 3 * u), (x, y - 3 * u), (x + 4.4 * u, y + 4.4 * u)]
    draw(sheet, curve(roof, 3), hand.tool, color(hand.ink), hand.width)
