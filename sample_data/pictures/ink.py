"""Lines and noise: everything a hand does before we know whether it holds a pencil or a brush.

A *line* is an array of shape (n, 2), x and y in pixels. A *sheet* is an array of shape (height, width, 3)
of sRGB values 0..1. Chance comes from a generator seeded by a word, so that every redraw is the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[np.floating[Any]]
Dice = np.random.Generator
Points = Sequence[tuple[float, float] | Array] | Array
Box = tuple[slice, slice]


class Trail(NamedTuple):
    """What one stroke covers: a window of the sheet and, per pixel in it, where on the stroke it lies."""

    box: Box
    dist: Array  # px from the middle of the stroke
    along: Array  # px from its start
    side: Array  # px to the left (-) or right (+) of the middle
    half: Array  # half the width of the stroke there, px


def dice(word: str) -> Dice:
    """Return the chance generator that belongs to a word."""
    return np.random.Generator(np.random.PCG64(zlib.crc32(word.encode())))


def color(code: str) -> Array:
    """Return ``#rrggbb`` as three values 0..1."""
    return np.array([int(code[k : k + 2], 16) / 255 for k in (1, 3, 5)], dtype=np.float32)


def noise(shape: tuple[int, int], cell: float | tuple[float, float], d: Dice, octaves: int = 1) -> Array:
    """Return smooth noise, 0..1, of shape (height, width); ``cell`` px (or px down, px across) per hill."""
    down, across = cell if isinstance(cell, tuple) else (cell, cell)
    total, weight = np.zeros(shape, dtype=np.float32), 0.0
    for k in range(octaves):
        rows = max(2, int(shape[0] * 2**k / down) + 2)
        cols = max(2, int(shape[1] * 2**k / across) + 2)
        grid = Image.fromarray(d.random((rows, cols), dtype=np.float32))
        hill = np.asarray(grid.resize((shape[1], shape[0]), Image.Resampling.BICUBIC), dtype=np.float32)
        total += hill * 0.5**k
        weight += 0.5**k
    return np.asarray(np.clip(total / weight, 0, 1), dtype=np.float32)


def wave(n: int, cell: float, d: Dice) -> Array:
    """Return ``n`` values of smooth noise along a line, -1..1, one hill per ``cell`` values."""
    knots = d.uniform(-1, 1, int(n / cell) + 3).astype(np.float32)
    x = np.arange(n, dtype=np.float32) / cell
    k = x.astype(int)
    t = x - k
    t = t * t * (3 - 2 * t)
    return np.asarray(knots[k] * (1 - t) + knots[k + 1] * t, dtype=np.float32)


def blur(a: Array, radius: float) -> Array:
    """Return ``a`` (h, w) or (h, w, 3) blurred; ``radius`` is about the standard deviation in px."""
    r = max(1, round(radius))
    out = a
    for _ in range(3):
        for axis in (0, 1):
            pad = [(0, 0)] * a.ndim
            pad[axis] = (r + 1, r)
            total = np.cumsum(np.pad(out, pad, mode="edge"), axis=axis, dtype=np.float64)
            n = out.shape[axis]
            upper = np.take(total, range(2 * r + 1, 2 * r + 1 + n), axis=axis)
            lower = np.take(total, range(n), axis=axis)
            out = ((upper - lower) / (2 * r + 1)).astype(np.float32)
    return out


def moved(a: Array, down: int, right: int) -> Array:
    """Return ``a`` (h, w[, 3]) moved by whole px; what comes in at the border repeats the border."""
    rows = np.clip(np.arange(a.shape[0]) - down, 0, a.shape[0] - 1)
    cols = np.clip(np.arange(a.shape[1]) - right, 0, a.shape[1] - 1)
    return a[rows][:, cols]


def step(low: float, high: float, x: Array) -> Array:
    """Return 0 below ``low``, 1 above ``high``, a soft S between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def even(points: Points, gap: float = 5) -> Array:
    """Return the same line with points about every ``gap`` px, straight between the given ones."""
    p = np.asarray(points, dtype=np.float32)
    lengths = np.hypot(*np.diff(p, axis=0).T)
    keep = np.concatenate([[True], lengths > 1e-3])
    p, lengths = p[keep], lengths[keep[1:]]
    at = np.concatenate([[0], np.cumsum(lengths)])
    want = np.linspace(0, at[-1], max(2, int(at[-1] / gap) + 1))
    return np.stack([np.interp(want, at, p[:, k]) for k in (0, 1)], axis=1).astype(np.float32)


def curve(points: Points, gap: float = 5) -> Array:
    """Return a smooth line through the points (a point given twice stays a corner)."""
    p = np.asarray(points, dtype=np.float32)
    q = np.concatenate([[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]])
    t = np.linspace(0, 1, 13, dtype=np.float32)[:-1, None]
    parts = []
    for a, b, c, e in zip(q, q[1:], q[2:], q[3:], strict=False):
        # Bent through b and c with the tangents (c - a) / 2 and (e - b) / 2; a doubled point has none.
        if np.allclose(b, c):
            continue
        m = (c - a) / 2 * (not np.allclose(a, b))
        n = (e - b) / 2 * (not np.allclose(c, e))
        t2, t3 = t * t, t * t * t
        parts.append(
            (2 * t3 - 3 * t2 + 1) * b + (t3 - 2 * t2 + t) * m + (3 * t2 - 2 * t3) * c + (t3 - t2) * n
        )
    return even(np.concatenate([*parts, p[-1:]]), gap)


def ring(
    cx: float, cy: float, rx: float, ry: float, d: Dice, rough: float = 0.06, turn: float = 1.0
) -> Array:
    """Return a child's circle: not round, and its end misses its start. ``turn`` is how far it goes round."""
    n = 9
    start = d.uniform(0, 6.28)
    angle = start + np.linspace(0, 6.2832 * turn, n)
    reach = 1 + d.uniform(-rough, rough, n) + np.linspace(-rough / 2, rough / 2, n)
    return curve(np.stack([cx + rx * reach * np.cos(angle), cy + ry * reach * np.sin(angle)], axis=1))


def shaky(line: Array, by: float, d: Dice, cell: float = 14) -> Array:
    """Return the line as an unsure hand draws it: moved smoothly by up to ``by`` px."""
    move = np.stack([wave(len(line), cell, d), wave(len(line), cell, d)], axis=1)
    fine = np.stack([wave(len(line), cell / 4, d), wave(len(line), cell / 4, d)], axis=1)
    return np.asarray(line + by * (move + 0.3 * fine), dtype=np.float32)


def trail(line: Array, halves: Array | float, shape: tuple[int, ...]) -> Trail | None:
    """Return what a stroke along ``line`` covers on a sheet of ``shape``; None if it lies outside."""
    half = np.broadcast_to(np.asarray(halves, dtype=np.float32), (len(line),))
    reach = float(half.max()) + 2
    x0, y0 = np.floor(line.min(axis=0) - reach).astype(int).clip(0)
    x1, y1 = np.ceil(line.max(axis=0) + reach).astype(int) + 1
    x1, y1 = min(int(x1), shape[1]), min(int(y1), shape[0])
    if x1 <= x0 or y1 <= y0:
        return None
    size = (y1 - y0, x1 - x0)
    out = Trail(
        (slice(int(y0), y1), slice(int(x0), x1)),
        np.full(size, 1e6, np.float32),
        *(np.zeros(size, np.float32) for _ in range(3)),
    )
    at = 0.0
    for k in range(len(line) - 1):
        length = float(np.hypot(*(line[k + 1] - line[k])))
        if length > 0:
            _lay(out, line[k] - (x0, y0), line[k + 1] - (x0, y0), at, length, (half[k], half[k + 1]))
        at += length
    return out


def _lay(t: Trail, a: Array, b: Array, at: float, length: float, half: tuple[float, float]) -> None:
    reach = max(half) + 2
    low = np.floor(np.minimum(a, b) - reach).astype(int).clip(0)
    high = np.ceil(np.maximum(a, b) + reach).astype(int) + 1
    win = (slice(int(low[1]), int(high[1])), slice(int(low[0]), int(high[0])))
    h, w = t.dist[win].shape
    if not h or not w:
        return
    y, x = np.ogrid[low[1] : low[1] + h, low[0] : low[0] + w]
    dx, dy = (b - a) / length
    px, py = (x - a[0]).astype(np.float32), (y - a[1]).astype(np.float32)
    s = np.clip(px * dx + py * dy, 0, length)
    side = px * -dy + py * dx
    dist = np.hypot(px - s * dx, py - s * dy)
    local = half[0] + (half[1] - half[0]) * s / length
    nearer = dist - local < t.dist[win] - t.half[win]
    for field, value in ((t.dist, dist), (t.along, at + s), (t.side, side), (t.half, local)):
        field[win] = np.where(nearer, value, field[win])


def inside(polygon: Points, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return which pixels of a sheet lie in a polygon."""
    from PIL import ImageDraw

    flat = Image.new("1", (shape[1], shape[0]))
    ImageDraw.Draw(flat).polygon([(float(x), float(y)) for x, y in polygon], fill=1)
    return np.asarray(flat)
