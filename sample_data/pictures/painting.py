"""A six-year-old paints her house and her dog in tempera."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PIL import Image

from .ink import Points, color, curve, dice, even, ring, shaky
from .photo import Shot, laminate, photograph
from .tools import Sheet, brush, paper, relief, rows

W, H = 1900, 1400


def _fill(s: Sheet, shape: Points, angle: float, width: float, paint: str, dry: float = 0.35) -> None:
    """Paint a shape: strokes to and fro, then once around so that the edge looks meant."""
    for line in rows(shape, angle, width * 0.62, s.d, 0.18):
        middle = line.mean(axis=0) + s.d.uniform(-width, width, 2) * 0.08
        brush(s, curve([line[0], middle, line[1]]), width, color(paint), 1.05, dry)
    edge = np.concatenate([np.asarray(shape), np.asarray(shape)[:1]])
    for a, b in pairwise(edge):
        brush(s, np.array([a, b]), width * 0.5, color(paint), 1.15, 0.2)


def _sky(s: Sheet) -> None:
    """Blue across the top; the brush goes round the sun, as children do."""
    blues = ["#3f8fc4", "#4c9acb", "#357fb8", "#5aa6d2"]
    sun = np.array([1560.0, 265.0])
    for k, y in enumerate(range(18, 470, 44)):
        line = even(
            [
                (-20, y + s.d.uniform(-14, 14)),
                (W * 0.5, y + s.d.uniform(-22, 22)),
                (W + 20, y + s.d.uniform(-14, 14)),
            ],
            10,
        )
        away = np.hypot(*(line - sun).T) > 212 + s.d.uniform(-14, 26)
        stop = s.d.uniform(0.55, 1.0) if y > 400 else 1.1
        keep = away & (line[:, 0] < W * stop)
        cuts = np.flatnonzero(np.diff(keep.astype(int))) + 1
        for part, on in zip(np.split(line, cuts), keep[np.r_[0, cuts]], strict=True):
            a = -int(s.d.integers(0, 40)) if on else len(part)
            while a < len(part):
                long = int(s.d.integers(38, 96))
                piece = part[max(a, 0) : a + long + 8][:: -1 if (k + a) % 3 == 0 else 1]
                if len(piece) > 4:
                    brush(s, piece, s.d.uniform(56, 74), color(blues[(k + a) % 4]), 1.0, 0.5)
                a += long


def _sun(s: Sheet) -> None:
    yellow, orange = color("#f6c51f"), color("#f0a21c")
    for r in (118, 88, 56, 24):
        brush(s, ring(1560, 265, r, r * 0.96, s.d, 0.05, 1.08), 52, yellow, 1.1, 0.3)
    for k in range(11):
        t = k * 0.571 + s.d.uniform(-0.1, 0.1)
        a, b = 158 + s.d.uniform(-6, 10), 232 + s.d.uniform(-24, 38)
        ray = [
            (1560 + a * np.cos(t), 265 + a * np.sin(t)),
            (1560 + b * np.cos(t + 0.05), 265 + b * np.sin(t + 0.05)),
        ]
        brush(s, ray, 30, orange if k % 3 else yellow, 1.05, 0.5)


def _ground(s: Sheet) -> None:
    greens = ["#4c9443", "#3d8038", "#66a84c", "#579b3d"]
    for k, y in enumerate(range(1100, 1440, 46)):
        x = -float(s.d.uniform(0, 300))
        while x < W:
            a = (x, y + s.d.uniform(-16, 16))
            x += s.d.uniform(220, 560)
            b = (x + 40, y + s.d.uniform(-18, 18))
            brush(
                s,
                [a, ((a[0] + b[0]) / 2, y + s.d.uniform(-20, 20)), b],
                s.d.uniform(54, 72),
                color(greens[k % 4]),
                1.05,
                0.45,
            )
    for left in range(10, W, 34):
        low = 1108 + s.d.uniform(-14, 22)
        brush(
            s,
            [(left, low), (left + s.d.uniform(-10, 16), low - s.d.uniform(38, 84))],
            20,
            color(greens[int(s.d.integers(4))]),
            1.0,
            0.6,
        )


def _house(s: Sheet) -> None:
    _fill(s, [(238, 662), (742, 640), (760, 1118), (226, 1132)], 88, 60, "#c8352b")
    _fill(s, [(172, 668), (470, 352), (812, 640)], -43, 54, "#5c3626")
    _fill(s, [(640, 380), (704, 376), (706, 520), (644, 472)], 88, 44, "#93392c")
    _fill(s, [(424, 872), (556, 866), (562, 1120), (420, 1124)], 88, 46, "#2c4f93")
    brush(s, ring(534, 1000, 7, 7, s.d), 16, color("#f3c93a"))
    for x, y in ((288, 742), (610, 728)):
        box = [(x, y), (x + 104, y - 6), (x + 108, y + 100), (x - 2, y + 104)]
        _fill(s, box, 2, 38, "#f5dc68")
        dark = color("#33241d")
        for a, b in ((0, 1), (1, 2), (2, 3), (3, 0)):
            brush(s, [box[a], box[b]], 13, dark, 1.1, 0.3)
        brush(s, [(x + 52, y - 6), (x + 54, y + 104)], 12, dark, 1.1, 0.3)
        brush(s, [(x - 4, y + 50), (x + 110, y + 46)], 12, dark, 1.1, 0.3)
    smoke = [
        (672, 352),
        (700, 316),
        (664, 280),
        (640, 300),
        (668, 330),
        (730, 290),
        (716, 232),
        (680, 226),
        (690, 262),
        (756, 240),
        (770, 182),
    ]
    brush(s, curve(smoke), 20, color("#c9c9c4"), 1.0, 0.5)


def _dog(s: Sheet) -> None:
    brown, dark, black = "#8c5527", "#4a2a16", color("#1c1512")
    for x, lean in ((1010, -8), (1086, 4), (1288, -4), (1362, 10)):
        brush(s, [(x, 984), (x + lean, 1188)], 52, color("#7d4a20"), 1.1, 0.25)
        brush(s, [(x + lean, 1184), (x + lean + 32, 1192)], 40, color("#7d4a20"), 1.1, 0.25)
    body = ring(1180, 920, 232, 118, s.d, 0.04, 1)
    _fill(s, body[::9], 3, 62, brown)
    brush(s, curve([(968, 880), (892, 828), (862, 742), (884, 690)]), 44, color(brown), 1.1, 0.35)
    brush(s, [(1352, 880), (1424, 770)], 96, color(brown), 1.1, 0.2)
    head = ring(1452, 700, 122, 108, s.d, 0.04, 1)
    _fill(s, head[::8], 10, 54, brown)
    brush(s, [(1500, 742), (1600, 752)], 84, color(brown), 1.15, 0.2)
    brush(s, curve([(1400, 614), (1372, 690), (1378, 780), (1402, 836)]), 64, color(dark), 1.2, 0.1)
    brush(s, curve([(1412, 640), (1392, 720), (1400, 800)]), 44, color(dark), 1.2, 0.1)
    for tip in ((1490, 606), (1514, 604), (1540, 620)):
        brush(s, [tip, (1530 + s.d.uniform(-4, 4), 536)], 26, color(dark), 1.2, 0.2)
    brush(s, ring(1494, 672, 13, 13, s.d), 28, color("#f4efe4"), 1.2, 0.1)
    brush(s, [(1498, 674), (1502, 677)], 20, black, 1.2, 0.1)
    brush(s, ring(1630, 732, 10, 9, s.d), 30, black, 1.2, 0.1)
    brush(s, curve([(1498, 782), (1540, 806), (1590, 800), (1628, 770)]), 11, black, 1.2, 0.2)
    brush(s, [(1552, 806), (1556, 842)], 30, color("#d9647c"), 1.2, 0.2)
    brush(s, curve([(1338, 836), (1390, 872), (1450, 858)]), 26, color("#2f62a8"), 1.2, 0.2)
    for x, y in ((1100, 880), (1210, 950), (1260, 860)):
        brush(s, ring(x, y, 12, 10, s.d), 34, color("#6b3c18"), 1.0, 0.3)


def _flower(s: Sheet, x: float, y: float, size: float, petal: str, middle: str) -> None:
    top = (x + s.d.uniform(-14, 14), y - 170 * size)
    brush(s, curve([(x, y), (x + s.d.uniform(-16, 16), y - 90 * size), top]), 17, color("#2d6a2f"), 1.1, 0.3)
    for side in (-1, 1):
        brush(
            s,
            curve(
                [
                    (x, y - 50 * size),
                    (x + side * 34 * size, y - 84 * size),
                    (x + side * 56 * size, y - 78 * size),
                ]
            ),
            22,
            color("#2d6a2f"),
            1.1,
            0.5,
        )
    n = int(s.d.integers(5, 7))
    for k in range(n):
        t = k * 6.283 / n + s.d.uniform(-0.2, 0.2)
        a, b = 22 * size, 58 * size
        brush(
            s,
            [
                (top[0] + a * np.cos(t), top[1] + a * np.sin(t)),
                (top[0] + b * np.cos(t), top[1] + b * np.sin(t)),
            ],
            40 * size,
            color(petal),
            1.15,
            0.3,
        )
    brush(s, ring(*top, 9 * size, 9 * size, s.d), 26 * size, color(middle), 1.2, 0.1)


def _accidents(s: Sheet) -> None:
    """Drips and splashes: paint was thin and the paper stood up."""
    for x, y, long, paint in (
        (318, 1132, 46, "#c8352b"),
        (1010, 424, 92, "#4c9acb"),
        (92, 478, 104, "#3f8fc4"),
    ):
        brush(s, [(x, y), (x + 3, y + long)], 11, color(paint), 1.0, 0.1)
        brush(s, ring(x + 3, y + long, 3, 4, s.d), 13, color(paint), 1.1, 0.0)
    for x, y, spread, paint in (
        (940, 560, 70, "#4c9acb"),
        (90, 860, 50, "#c8352b"),
        (1700, 980, 90, "#8c5527"),
    ):
        for _ in range(7):
            at, r = s.d.normal((x, y), spread, 2), float(s.d.uniform(0.8, 3.6))
            end = at + s.d.uniform(-4, 4, 2)
            brush(s, np.array([at, end + 1]), r * 2, color(paint), 1.1, 0.0)


def _name(s: Sheet) -> None:
    """Write her name with the thin brush."""
    black = color("#221a1c")
    strokes = [
        [(1126, 1376), (1134, 1292), (1134, 1292), (1186, 1372), (1186, 1372), (1182, 1280)],
        [(1240, 1330), (1212, 1340), (1214, 1368), (1240, 1374), (1256, 1346), (1232, 1326)],
        [
            (1334, 1318),
            (1296, 1316),
            (1280, 1348),
            (1298, 1374),
            (1330, 1356),
            (1340, 1314),
            (1340, 1314),
            (1352, 1372),
        ],
    ]
    for line in strokes:
        brush(s, shaky(curve(line), 4, s.d), 15, black, 0.95, 0.4)


def house_and_dog() -> Image.Image:
    """Return the photo of the tempera painting, 1600 x 1200."""
    d = dice("painting of the house and the dog")
    s = paper(W, H, color("#f3eee0"), d, 3.2)
    _sun(s)
    _sky(s)
    _ground(s)
    _house(s)
    _dog(s)
    for x, y, size, petal, middle in (
        (96, 1210, 1.1, "#d93f77", "#f5cf3a"),
        (868, 1290, 1.0, "#f2b21e", "#b5402c"),
        (664, 1352, 0.85, "#8b4fa3", "#f5cf3a"),
        (1560, 1300, 1.1, "#d8433a", "#f5cf3a"),
        (1760, 1230, 1.25, "#d66aa8", "#f1efe2"),
    ):
        _flower(s, x, y, size, petal, middle)
    _name(s)
    _accidents(s)
    relief(s)
    shot = Shot(
        (1600, 1200),
        ((0.035, 0.05), (0.965, 0.03), (0.985, 0.955), (0.02, 0.965)),
        waves=17,
        sun=(0.0, 0.0),
        fall=0.22,
        lift=16,
    )
    return photograph(s.rgb, laminate((1200, 1600), d, "#8d949b"), shot, d)
