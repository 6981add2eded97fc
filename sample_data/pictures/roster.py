"""Ten friendly objects for the picture roster, as SVG for the pages and as PNG: one ink line, one flat wash.

The grid is 48 x 48, y down. ``!`` marks a corner. The wash is the first shape, moved down and right.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from .ink import Array, color, curve, dice, trail

INK, PAGE, MOVED, LINE = "#25211c", "#fffcf6", 2.0, 2.4
# name: (color of the wash in the PNG, shape of the wash, strokes of the ink)
OBJECTS: dict[str, tuple[str, str, str]] = {
    "boat": (
        "sea",
        "26,6! 33,15 39.5,27! 26,27! 26,6!",
        (
            "26,6! 33,15 39.5,27! 26,27.2! 25.8,5 / 20.5,12! 15,19.5 10,27! 20.5,27! 20.5,12! / 5,31.5! 24,32 43,31.3! 37.5,39.7! 24,40.2 11,39.8! 4.6,31"
            " / 3,44 8,42.6 13,44 18,42.6 23,44 28,42.6 33,44 38,42.6 44.5,44"
        ),
    ),
    "leaf": (
        "moss",
        "9.5,38.5! 6.5,25 13,12 27,6.5 42,6! 42.5,21 36,33.5 23,39 9.5,38.5!",
        "9.5,38.5! 6.5,25 13,12 27,6.5 42,6! 42.5,21 36,33.5 23,39 9.3,38.3! / 4.5,43.8 14,33.8 24,23.8 34,14 / 17,30.6 16.6,22.8 / 24.6,23.2 24.8,15.6 / 20.6,27.6 28.5,28.6 / 28,20 35,20.4",
    ),
    "kite": (
        "brick",
        "27,4! 42,16! 27,34! 12.5,16.5! 27,4!",
        "27,3.6! 42,16! 27,34! 12.5,16.5! 27.4,3.8! / 27,4 27.3,20 27,33.6 / 12.8,16.5 27,16 41.6,16 / 27,34.2 25.6,38.4 20.6,39 15.4,37.8 10,40 5,43.4 / 19,36 20,42 / 11.4,36.2 13.4,41.8",
    ),
    "key": (
        "ochre",
        "15.5,5 22.5,8 25.5,15.5 22.6,22.6 15.4,25.6 8.2,22.4 5.2,15.4 8.4,8 15.5,5",
        (
            "15.3,5 22.5,8 25.5,15.5 22.6,22.6 15.4,25.6 8.2,22.4 5.2,15.4 8.4,8 16.2,4.8 / 13.4,10 15.7,11 16.7,13.4 15.7,15.8 13.4,16.8 11,15.8 10,13.4 11,11 13.7,9.9"
            " / 20,24.2! 37,41.4! 43,42! 42.6,36.4! 39.3,33.2! 36.4,35.6! 33,32.3! 35.4,29.2! 24.4,19.4"
        ),
    ),
    "shell": (
        "berry",
        "24,41! 10,29 5,18 10,9.5 17,10! 24,4.5 31,10! 38,9.5 43,18 38,29 24,41!",
        (
            "24.2,41! 10,29 5,18 10,9.5 17,10.2! 24,4.6 31,10.2! 38,9.5 43,18 38,29 23.8,41.2! / 23,38.4 17.4,27 13.4,14.6 / 24,38 24.2,24 24,10.4 / 25,38.4 30.6,27 34.6,14.6"
            " / 17,36.4! 16.4,43.6 24,44.6 31.8,43.4 31,36.2!"
        ),
    ),
    "drum": (
        "sea",
        "7,16! 7,37! 14,41.6 24,43.4 34,41.6 41,37! 41,16! 34,20.4 24,22 14,20.4 7,16!",
        "24,9.4 36,11.2 41,15.6 36,20 24,21.8 12,20 7,15.6 12,11.2 24.6,9.3 / 7,15.6! 7,37! 14,41.6 24,43.4 34,41.6 41,37! 41,15.4! / 7.2,20! 14,40.6! 24,22.4! 34,40.6! 40.8,20 / 8,3.4 22,14.4 / 40,3.2 27,14.6",
    ),
    "moon": (
        "night",
        "29,4.6 16,7 7.6,18 9,31.4 19,41.4 32,42 40.6,34.6! 29,33.6 21.6,25 22.4,13.4 29,4.6!",
        "29.4,4.4! 16,7 7.6,18 9,31.4 19,41.4 32,42 40.8,34.4! 29,33.6 21.6,25 22.4,13.4 29,4.5! / 37,9.4 37.2,16.8 / 33.4,13.2 40.8,13 / 42.4,21.4 42.5,25.4 / 40.4,23.4 44.5,23.3",
    ),
    "pear": (
        "moss",
        "24,11 29,13.4 31,20 36.4,27.4 37.6,35.6 32.4,42 24,43.6 15.6,42 10.4,35.6 11.6,27.4 17,20 19,13.4 24,11",
        "24,11 29,13.4 31,20 36.4,27.4 37.6,35.6 32.4,42 24,43.6 15.6,42 10.4,35.6 11.6,27.4 17,20 19,13.4 24.6,10.9 / 24.2,13.6 24.4,8 27,3.4 / 25.4,8.4! 30,4.2 38,5! 33.6,10.4 25.6,8.6! / 15.6,31 15.4,34.4 17,37.6",
    ),
    "umbrella": (
        "brick",
        "4.4,25! 6.4,14.6 14,7.4 24,5.4 34,7.4 41.6,14.6 43.6,25! 40.4,22.4 34.4,22.4 30.8,25! 27.4,22.2 20.6,22.2 17.2,25! 13.6,22.4 7.6,22.4 4.4,25!",
        (
            "4.2,25.4! 6.4,14.6 14,7.4 24,5.4 34,7.4 41.6,14.6 43.8,25.4! 40.4,22.4 34.4,22.4 30.8,25! 27.4,22.2 20.6,22.2 17.2,25! 13.6,22.4 7.6,22.4 4,25.2!"
            " / 24,22.4 24.1,38 26.4,42.8 30.4,42.6 32,38.4 / 24,5.2 24,2.2 / 24,5.4 18.4,13 17.2,24.6 / 24,5.4 29.6,13 30.8,24.6"
        ),
    ),
    "snail": (
        "ochre",
        "32,37 33.4,28 30,19.4 22,15 13,16.6 7,24 7.4,33 13,39.6 22,41.4 32,37!",
        (
            "33,40.4! 34,30 30.6,19.8 22,14.8 13,16.4 7,24 7.2,33 13,38.4 20.6,39 26.6,34.6 27.4,27.8 23,22.6 16.8,23 13.6,28 16,33 20.6,32.6 21.4,28.6 19,28"
            " / 9,37! 3,43.4! 18,43.8 33,43.6 40.4,41 42.6,34 44,28.6 41.4,24.6 37.4,26.4 34.4,32.4 / 42.4,25 44,18.4 / 38.4,26 36.4,19.2"
        ),
    ),
}
WASHES = {
    "moss": "#cde4d2",
    "sea": "#c9e3ec",
    "brick": "#f6d7c6",
    "berry": "#f5d3dc",
    "ochre": "#f7e0a0",
    "night": "#d5dcf0",
}


def _strokes(text: str) -> list[list[tuple[float, float]]]:
    """Read strokes: ``x,y`` points, ``!`` for a corner (the point comes twice), ``/`` between strokes."""
    found = []
    for part in text.split("/"):
        points: list[tuple[float, float]] = []
        for word in part.split():
            x, y = word.rstrip("!").split(",")
            points += [(float(x), float(y))] * (2 if word.endswith("!") else 1)
        found.append(points)
    return found


def _unsure(points: list[tuple[float, float]], name: str, k: int) -> Array:
    """Move the points a little, the same way each time; both halves of a corner stay together."""
    p = np.array(points, dtype=np.float32)
    move = dice(f"{name} {k}").normal(0, 0.16, p.shape).astype(np.float32)
    same = np.flatnonzero(np.r_[False, (p[1:] == p[:-1]).all(axis=1)])
    move[same] = move[same - 1]
    return p + move


def path_of(points: Array) -> str:
    """Return the smooth line through the points as SVG path data: the same line that ``curve`` draws."""
    q = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    out = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for a, b, c, e in zip(q, q[1:], q[2:], q[3:], strict=False):
        if np.allclose(b, c):
            continue
        m = np.zeros(2) if np.allclose(a, b) else (c - a) / 2
        n = np.zeros(2) if np.allclose(c, e) else (e - b) / 2
        numbers = [*(b + m / 3), *(c - n / 3), *c]
        out += "C" + " ".join(f"{v:.1f}".removesuffix(".0") for v in numbers)
    return out


def svg(name: str) -> str:
    """Return one object as an SVG file whose two paths take their colors from the page's classes ``w`` and ``l``."""
    tint, wash, ink = OBJECTS[name]
    flat = path_of(_unsure(_strokes(wash)[0], name, 0) + MOVED) + "z"
    line = "".join(path_of(_unsure(p, name, k)) for k, p in enumerate(_strokes(ink)))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
        f'<path class="w" fill="{WASHES[tint]}" d="{flat}"/>'
        f'<path class="l" fill="none" stroke="{INK}" stroke-width="{LINE}" stroke-linecap="round"'
        f' stroke-linejoin="round" d="{line}"/></svg>\n'
    )


def picture(name: str, side: int = 320) -> Image.Image:
    """Return one object as a square picture of ``side`` px on page-colored ground."""
    tint, wash, ink = OBJECTS[name]
    k = side * 3 / 48
    canvas = Image.new("RGB", (side * 3, side * 3), PAGE)
    shape = curve(_unsure(_strokes(wash)[0], name, 0) + MOVED, 0.3) * k
    ImageDraw.Draw(canvas).polygon([(float(x), float(y)) for x, y in shape], fill=WASHES[tint])
    rgb = np.asarray(canvas, dtype=np.float32) / 255
    for number, points in enumerate(_strokes(ink)):
        line = curve(_unsure(points, name, number), 0.4) * k
        t = trail(line.astype(np.float32), LINE * k / 2, rgb.shape)
        if t is not None:
            cover = np.clip(t.half - t.dist + 0.5, 0, 1)[..., None]
            rgb[t.box] += cover * (color(INK) - rgb[t.box])
    full = Image.fromarray((np.clip(rgb, 0, 1) * 255 + 0.5).astype(np.uint8))
    return full.resize((side, side), Image.Resampling.LANCZOS)


def save_all(pictures: Path, vectors: Path) -> None:
    """Write the ten PNG files into one folder and the ten SVG files into another."""
    vectors.mkdir(parents=True, exist_ok=True)
    for name in OBJECTS:
        small = picture(name).quantize(64, dither=Image.Dither.NONE)
        small.save(pictures / f"roster_{name}.png", optimize=True)
        (vectors / f"{name}.svg").write_text(svg(name), encoding="utf-8")
