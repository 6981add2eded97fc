"""What lies on a school desk and helps to draw: ruler, squared paper, arrows, coloring in, an eraser."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from .ink import Array, Points, color, curve, even, inside
from .letters import Hand, write
from .tools import COLORED, PENCIL, Sheet, Tool, draw, rows, wash, zigzag

RULED = replace(PENCIL, shake=0.35, width=3.0)
PRINT = Tool(width=5, strength=0.96, hard=0.99, glaze=0.2, shake=0.0, press=0.0)


def squared(sheet: Sheet, gap: int, tint: str = "#a9c4d6", strength: float = 0.6) -> None:
    """Print squares of ``gap`` px on a sheet."""
    for k in range(gap // 2, max(sheet.shape), gap):
        for axis in (0, 1):
            band = (slice(k, k + 2), slice(None)) if axis == 0 else (slice(None), slice(k, k + 2))
            sheet.rgb[band] += strength * (color(tint) - sheet.rgb[band])


def ruled(
    sheet: Sheet, a: tuple[float, float], b: tuple[float, float], ink: str = "#45454a", width: float = 1.0
) -> None:
    """Draw along a ruler from a to b; the ends run over a little."""
    p, q = np.array(a, dtype=np.float32), np.array(b, dtype=np.float32)
    way = (q - p) / np.hypot(*(q - p))
    slip = sheet.d.uniform(-1.5, 1.5, 2)
    start, stop = p - way * sheet.d.uniform(0, 9) + slip, q + way * sheet.d.uniform(0, 11) + slip
    draw(sheet, even(np.stack([start, stop])), RULED, color(ink), width)


def arrow(sheet: Sheet, points: Points, hand: Hand, head: float = 26) -> None:
    """Draw a bent arrow through the points; ``head`` is the length of its barbs in px."""
    line = curve(points)
    draw(sheet, line, hand.tool, color(hand.ink), hand.width)
    tip, back = line[-1], line[-1] - line[max(0, len(line) - 8)]
    way = np.arctan2(back[1], back[0])
    for side in (2.55, -2.6):
        turn = way + side + sheet.d.uniform(-0.12, 0.12)
        barb = tip + head * np.array([np.cos(turn), np.sin(turn)]) * sheet.d.uniform(0.85, 1.15)
        draw(
            sheet,
            curve([tip, (tip + barb) / 2 + sheet.d.uniform(-1, 1, 2), barb]),
            hand.tool,
            color(hand.ink),
            hand.width,
        )


def shade(
    sheet: Sheet,
    shape: Points,
    ink: str,
    angle: float,
    gap: float = 7,
    tool: Tool = COLORED,
    force: float = 0.85,
) -> None:
    """Color a shape in with one to-and-fro of the pencil."""
    path = zigzag(shape, angle, gap, sheet.d, 0.5)
    draw(sheet, path, tool, color(ink), 1.0, force)


def outline(
    sheet: Sheet, shape: Points, ink: str, tool: Tool = COLORED, width: float = 0.8, bent: bool = False
) -> None:
    """Draw round a shape, closing it."""
    p = np.asarray(shape, dtype=np.float32)
    loop = np.concatenate([p, p[:1]])
    if bent:
        draw(sheet, curve(loop), tool, color(ink), width, 1.05)
        return
    for a, b in pairwise(loop):
        draw(sheet, np.stack([a, b]), tool, color(ink), width, 1.05)


def rubbed_out(sheet: Sheet, text: str, x: float, y: float, hand: Hand) -> None:
    """Write something and rub it out again: a ghost of it stays, and a gray smear."""
    faint = replace(hand, tool=replace(hand.tool, strength=hand.tool.strength * 0.2))
    end = write(sheet, text, x, y, faint)
    u = hand.size
    wash(
        sheet,
        [(x - u * 0.4, y + u * 0.3), (end + u * 0.3, y), (end + u * 0.5, y - u * 1.6), (x, y - u * 1.7)],
        color("#b4b2b0"),
        0.16,
    )


def mask_color(sheet: Sheet, shape: Points, tint: Array, strength: float = 1.0) -> None:
    """Print a flat color into a shape."""
    m = inside(shape, sheet.shape)
    sheet.rgb[m] += strength * (tint - sheet.rgb[m])


def hatch(
    sheet: Sheet, shape: Points, ink: str, angle: float, gap: float, tool: Tool = COLORED, force: float = 0.8
) -> None:
    """Fill a shape with single strokes side by side."""
    for row in rows(shape, angle, gap, sheet.d, 0.3):
        bow = row.mean(axis=0) + sheet.d.uniform(-2, 2, 2)
        draw(sheet, curve([row[0], bow, row[1]]), tool, color(ink), 1.0, force * sheet.d.uniform(0.85, 1.1))
