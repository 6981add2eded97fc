"""A linocut by a seventh grader: a bird on a window sill, dark blue; what is cut away stays paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from .ink import Array, Points, color, curve, dice, inside, noise, ring, step
from .letters import Hand, write
from .photo import Shot, photograph, wood
from .tools import PEN, PENCIL, Sheet, draw, paper

GOUGE = replace(PEN, width=9, strength=1.0, hard=0.99, glaze=0.0, shake=1.4, press=0.35)
"""A cut: it covers all and swells where the hand presses."""

BLOCK = (190, 170, 1510, 1230)
PAPER = "#f3eee0"


def _cut(s: Sheet, points: Points, width: float = 1.0) -> None:
    draw(s, curve(points), GOUGE, color(PAPER), width)


def _print(s: Sheet, ink: Array) -> None:
    """Press the inked block on the paper: uneven, with specks where the ink did not take."""
    x0, y0, x1, y1 = BLOCK
    edge = [(x0, y0 + 6), (x1 - 8, y0), (x1, y1 - 4), (x0 + 5, y1)]
    on = inside(edge, s.shape).astype(np.float32)
    took = step(0.16, 0.34, noise(s.shape, 3, s.d, 2)) * (0.86 + 0.14 * noise(s.shape, 240, s.d, 2))
    s.rgb += (on * took)[..., None] * (ink - s.rgb)


def _clear(s: Sheet, shape: Points, angle: float, gap: float) -> None:
    """Cut an area away, leaving the small ridges a gouge leaves."""
    p = np.asarray(shape, dtype=np.float32)
    m = inside(p, s.shape)
    y, x = np.mgrid[0 : s.shape[0], 0 : s.shape[1]].astype(np.float32)
    a = np.radians(angle)
    across = x * np.sin(a) + y * np.cos(a) + 14 * noise(s.shape, 90, s.d, 2)
    ridge = step(0.93, 0.99, np.abs(np.sin(across / gap))) * step(0.55, 0.75, noise(s.shape, 26, s.d, 2))
    clear = m & (ridge < 0.5)
    s.rgb[clear] = color(PAPER) * (0.985 + 0.015 * s.tooth[clear][:, None])


def _window(s: Sheet) -> None:
    """Cut the frame, the sill and the morning outside."""
    sky = [(250, 230), (1450, 226), (1452, 930), (250, 940)]
    _clear(s, sky, 12, 17)
    ink = color("#20365c")
    for x in (820, 848):
        draw(s, np.array([(x, 228.0), (x + 4, 935.0)]), replace(GOUGE, width=16), ink)
    hill = curve([(250, 800), (480, 700), (700, 780), (980, 690), (1250, 770), (1452, 720)])
    s.rgb[inside([*map(tuple, hill), (1452, 936), (250, 940)], s.shape)] = ink
    for k in range(24):
        x = 270 + k * 49
        _cut(s, [(x, 860 + s.d.uniform(-40, 20)), (x + 16, 890), (x + 12, 926)], 0.7)
    for k in range(4):
        _cut(
            s,
            [(240, 990 + k * 58), (700, 984 + k * 58 + s.d.uniform(-6, 6)), (1464, 992 + k * 58)],
            1.3 - 0.2 * k,
        )
    draw(s, ring(1210, 400, 96, 94, s.d, 0.03, 1.03), replace(GOUGE, width=12), ink)
    for k in range(12):
        a = k * 0.5236
        ray = [
            (1210 + 118 * np.cos(a), 400 + 118 * np.sin(a)),
            (1210 + 160 * np.cos(a), 400 + 160 * np.sin(a)),
        ]
        draw(s, curve(ray), replace(GOUGE, width=11), ink)


def _bird(s: Sheet) -> None:
    """Print the bird dark before the bright sky and cut its feathers out of it."""
    ink = color("#20365c")
    body = curve([(470, 560), (510, 470), (600, 440), (680, 480), (760, 590), (860, 720), (1010, 850),
                  (880, 820), (760, 850), (640, 850), (540, 780), (480, 680), (470, 560)])  # fmt: skip
    s.rgb[inside(body, s.shape)] = ink
    s.rgb[inside([(474, 540), (400, 566), (476, 590)], s.shape)] = ink
    for x in (620, 690):
        draw(s, curve([(x, 840), (x - 4, 900), (x - 6, 950)]), replace(GOUGE, width=13), ink)
        draw(s, curve([(x - 46, 962), (x - 6, 948), (x + 36, 964)]), replace(GOUGE, width=12), ink)
    draw(s, ring(545, 530, 17, 17, s.d, 0.06, 1.2), GOUGE, color(PAPER), 1.0)
    for k in range(6):
        x, y = 560 + k * 34, 640 + k * 26
        _cut(s, [(x, y), (x + 60, y + 18), (x + 92, y + 70)], 1.0)
        _cut(s, [(x - 30, y + 40), (x + 10, y + 62), (x + 34, y + 104)], 0.8)
    for k in range(5):
        _cut(s, [(520 + k * 26, 760 + k * 12), (540 + k * 26, 792 + k * 8)], 0.9)
    _cut(s, [(860, 750), (930, 800), (985, 838)], 0.8)
    _cut(s, [(500, 610), (560, 625), (620, 600)], 0.8)


def linocut_bird() -> Image.Image:
    """Return the photo of the print, 1600 x 1280."""
    d = dice("the bird at the window")
    s = paper(1700, 1420, color(PAPER), d, 2.6)
    _print(s, color("#20365c"))
    _window(s)
    _bird(s)
    small = Hand("the one who cuts", 26, 0.2, 0.5, 0.7, tool=PENCIL)
    write(s, "2 of 6", 200, 1310, small)
    write(s, "Pencerem", 1310, 1310, small)
    corners = ((0.05, 0.05), (0.955, 0.045), (0.965, 0.955), (0.035, 0.96))
    shot = Shot((1600, 1280), corners, waves=5, sun=(0.0, 0.0), fall=0.22, tint="#fffaf0")
    return photograph(s.rgb, wood((1280, 1600), d, "#a98763", "#7c5d3f"), shot, d)
