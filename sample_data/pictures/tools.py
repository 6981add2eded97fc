"""What a hand holds: pencil, crayon, colored pencil, pen, brush. Each lays one line on a sheet.

``tooth`` is the grain of the paper, shape (height, width), 0..1: high spots take the pigment first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .ink import Array, Box, Dice, Points, curve, even, inside, noise, shaky, step, trail, wave


@dataclass
class Sheet:
    """A piece of paper being drawn on: its colors, its grain and how thick the paint lies."""

    rgb: Array
    tooth: Array
    thick: Array
    d: Dice

    @property
    def shape(self) -> tuple[int, int]:
        """Return (height, width) in px."""
        return self.rgb.shape[0], self.rgb.shape[1]


def paper(width: int, height: int, tint: Array, d: Dice, grain: float = 2.2) -> Sheet:
    """Return an empty sheet of tinted paper with fibers; ``grain`` is the px size of its tooth."""
    shape = (height, width)
    tooth = 0.65 * noise(shape, grain, d) + 0.35 * noise(shape, grain * 4, d)
    tooth = (tooth - tooth.min()) / (tooth.max() - tooth.min())
    tone = 1 + 0.012 * (noise(shape, 90, d, 3) - 0.5) + 0.02 * (tooth - 0.5)
    return Sheet(
        (tint * tone[..., None]).clip(0, 1).astype(np.float32), tooth, np.zeros(shape, np.float32), d
    )


@dataclass(frozen=True)
class Tool:
    """How a drawing tool behaves: ``hard`` 0 follows the grain, 1 covers it; ``glaze`` lets colors mix."""

    width: float
    strength: float
    hard: float
    glaze: float = 0.6
    shake: float = 0.8
    press: float = 0.22


PENCIL = Tool(width=3.4, strength=0.86, hard=0.52, glaze=0.25)
PEN = Tool(width=3.4, strength=0.93, hard=0.93, glaze=0.4, press=0.12)
CRAYON = Tool(width=15, strength=0.9, hard=0.3, glaze=0.45, shake=3, press=0.3)
COLORED = Tool(width=6, strength=0.78, hard=0.34, glaze=0.7, press=0.3)
MARKER = Tool(width=11, strength=0.85, hard=0.95, glaze=0.8, press=0.08)


def draw(sheet: Sheet, line: Array, tool: Tool, ink: Array, width: float = 1.0, force: float = 1.0) -> None:
    """Draw one line. ``width`` and ``force`` are multiples of the tool's own."""
    d = sheet.d
    path = shaky(even(line, 3.5), tool.shake, d)
    n = len(path)
    press = 1 + tool.press * (0.7 * wave(n, 26, d) + 0.3 * wave(n, 5, d))
    press *= np.interp(np.arange(n), [0, 2, n - 4, n - 1], [0.75, 1, 1, 0.55]) if n > 7 else 1
    t = trail(path, (tool.width * width / 2 * (0.75 + 0.25 * press)).astype(np.float32), sheet.shape)
    if t is None:
        return
    at = np.interp(t.along, np.linspace(0, t.along.max() or 1, n), press * force).astype(np.float32)
    cover = np.clip(t.half - t.dist + 0.6, 0, 1)
    need = (1 - tool.hard) * (1.25 - at) + (1 - tool.hard) * 0.55
    soft = 0.12 + 0.5 * tool.hard
    bite = step(-soft, soft, sheet.tooth[t.box] - need + tool.hard * 0.75)
    _mix(sheet, t.box, cover * bite * np.clip(tool.strength * (0.6 + 0.4 * at), 0, 1), ink, tool.glaze)


def _mix(sheet: Sheet, box: Box, alpha: Array, ink: Array, glaze: float) -> None:
    """Lay ``ink`` over what is there; glaze 1 is like clear ink (darkens), 0 like body color (covers)."""
    under = sheet.rgb[box]
    over = glaze * under * ink + (1 - glaze) * ink
    sheet.rgb[box] = under + alpha[..., None] * (over - under)


def rows(polygon: Points, angle: float, gap: float, d: Dice, loose: float = 0.3) -> Iterator[Array]:
    """Yield the strokes a child fills a shape with: to and fro at ``angle`` (degrees), over the edge at times."""
    p = np.asarray(polygon, dtype=np.float32)
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn = np.array([[c, -s], [s, c]], dtype=np.float32)
    q = p @ turn
    y = float(q[:, 1].min()) + gap * 0.4
    while y < q[:, 1].max():
        x = _crossings(q, y)
        for a, b in zip(x[::2], x[1::2], strict=False):
            ends = np.array([[a, y], [b, y]]) + d.uniform(-gap, gap, (2, 2)) * loose
            yield np.asarray(ends @ turn.T, dtype=np.float32)
        y += gap * d.uniform(0.7, 1.3)


def _crossings(q: Array, y: float) -> list[float]:
    a, b = q, np.roll(q, -1, axis=0)
    hit = (a[:, 1] > y) != (b[:, 1] > y)
    x = a[hit, 0] + (y - a[hit, 1]) / (b[hit, 1] - a[hit, 1]) * (b[hit, 0] - a[hit, 0])
    return sorted(float(v) for v in x)


def zigzag(polygon: Points, angle: float, gap: float, d: Dice, loose: float = 0.6) -> Array:
    """Return one long scribble that fills the shape without lifting the hand."""
    ends: list[Array] = []
    for k, row in enumerate(rows(polygon, angle, gap, d, loose)):
        ends.extend(row if k % 2 == 0 else row[::-1])
    return curve(np.array(ends), 6)


def brush(
    sheet: Sheet, line: Points, width: float, paint: Array, load: float = 1.0, dry: float = 0.45
) -> None:
    """Lay one stroke of tempera: bristle streaks, a ridge at the edge, thinner toward the end.

    ``load`` is how much paint the brush holds at the start, ``dry`` how much of it is gone at the end.
    """
    d = sheet.d
    path = shaky(even(line, max(4, width / 8)), width * 0.05, d, 9)
    n = len(path)
    half = width / 2 * (1 + 0.1 * wave(n, 8, d)) * np.interp(np.arange(n), [0, 3, n - 1], [0.8, 1, 0.9])
    t = trail(path, half.astype(np.float32), sheet.shape)
    if t is None:
        return
    length = float(t.along.max()) or 1.0
    streak = _bristles(t.side / np.maximum(t.half, 1), t.along, width, d)
    left = load * (1 - dry * (t.along / length) ** 1.6)
    edge = np.clip((t.half * (0.9 + 0.2 * streak) - t.dist) / 1.8 + 0.5, 0, 1)
    bite = step(-0.1, 0.3, left - 0.75 * (1 - streak) - 0.25 * (1 - sheet.tooth[t.box]) + 0.12)
    alpha = edge * bite * np.clip(0.84 + 0.16 * streak, 0, 0.97)
    own = paint * (1 + d.uniform(-0.05, 0.05)) + d.uniform(-0.012, 0.012, 3)
    tone = (own * (1 + 0.2 * (streak[..., None] - 0.5))).astype(np.float32)
    under = sheet.rgb[t.box]
    # Wet paint picks up a little of what lies below it.
    sheet.rgb[t.box] = under + alpha[..., None] * (0.9 * tone + 0.1 * under * tone - under)
    ridge = step(0.72, 0.98, t.dist / np.maximum(t.half, 1))
    body = alpha * (0.3 + 0.7 * streak + 0.45 * ridge)
    sheet.thick[t.box] = sheet.thick[t.box] * (1 - 0.6 * alpha) + body


def _bristles(side: Array, along: Array, width: float, d: Dice) -> Array:
    """Return the streaks of a brush, 0..1, for places ``side`` (-1..1 across) and ``along`` (px)."""
    table = noise((max(8, int(width / 1.6)), max(8, int(along.max() / 8))), (1.6, 9), d, 2)
    table = (table - table.min()) / (table.max() - table.min())
    r = np.clip((side + 1) / 2, 0, 1) * (table.shape[0] - 1.001)
    c = np.clip(along / max(float(along.max()), 1), 0, 1) * (table.shape[1] - 1.001)
    i, j = r.astype(int), c.astype(int)
    u, v = r - i, c - j
    top = table[i, j] * (1 - v) + table[i, j + 1] * v
    low = table[i + 1, j] * (1 - v) + table[i + 1, j + 1] * v
    return np.asarray(top * (1 - u) + low * u, dtype=np.float32)


def relief(sheet: Sheet, strength: float = 0.16) -> None:
    """Let light from the upper left fall on the thickness of the paint."""
    gy, gx = np.gradient(sheet.thick)
    slope = np.asarray(np.clip(-(gx + gy), -0.6, 0.6))
    gloss = 0.03 * np.maximum(slope - 0.3, 0)
    sheet.rgb = np.clip(sheet.rgb * (1 + strength * slope[..., None]) + gloss[..., None], 0, 1)


def wash(sheet: Sheet, polygon: Points, tint: Array, strength: float) -> None:
    """Tint an area softly, as a smudge or an eraser does."""
    from .ink import blur

    mask = blur(inside(polygon, sheet.shape).astype(np.float32), 9) * strength
    sheet.rgb += mask[..., None] * (tint - sheet.rgb)
