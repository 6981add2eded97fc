"""A seventh grader's plan of a robot car on squared paper: two eyes for the line, two motors, one problem."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PIL import Image

from .desk import arrow, outline, rubbed_out, ruled, shade, squared
from .ink import color, curve, dice, ring
from .letters import Hand, strike, write
from .photo import Shot, laminate, photograph
from .tools import PENCIL, Sheet, draw, paper

G = 46
HAND = Hand("the one with the robot", 27, 0.12, 0.6, 0.9, spread=2.6, gap=7, tool=replace(PENCIL, width=3.8))
INK = "#3c3b40"


def _box(s: Sheet, x: float, y: float, w: float, h: float, tint: str = "") -> None:
    """Draw a part with the ruler; x, y, w, h in squares."""
    p = [(x * G, y * G), ((x + w) * G, y * G), ((x + w) * G, (y + h) * G), (x * G, (y + h) * G)]
    if tint:
        shade(s, p, tint, 40, 10, force=0.6)
    for a, b in zip(p, [*p[1:], p[0]], strict=True):
        ruled(s, a, b, width=1.15)


def _wire(s: Sheet, *points: tuple[float, float], ink: str = INK) -> None:
    """Draw a wire from corner to corner, in squares."""
    for (ax, ay), (bx, by) in pairwise(points):
        ruled(s, (ax * G, ay * G), (bx * G, by * G), ink, 1.1)


def _eye(s: Sheet, x: float, y: float, name: str) -> None:
    """Draw a sensor as a circle with two small arrows that come in."""
    for turn in (1.02, 1.06):
        draw(s, ring(x * G, y * G, G * 0.9, G * 0.9, s.d, 0.04, turn), PENCIL, color(INK))
    for shift in (-0.5, 0.3):
        start, end = ((x + shift - 1.1) * G, (y - 2.2) * G), ((x + shift - 0.3) * G, (y - 1.1) * G)
        arrow(s, [start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), end], HAND, 16)
    write(s, name, (x - 0.4) * G, (y + 0.3) * G, HAND)


def _motor(s: Sheet, x: float, y: float, name: str) -> None:
    for turn in (1.03, 1.05):
        draw(s, ring(x * G, y * G, G * 1.3, G * 1.3, s.d, 0.03, turn), PENCIL, color(INK), 1.1)
    write(s, "M", (x - 0.35) * G, (y + 0.35) * G, replace(HAND, size=34))
    write(s, name, (x - 1.2) * G, (y + 2.6) * G, HAND)


def _corner(s: Sheet) -> None:
    """Sketch what goes wrong: the line turns, the car goes on."""
    line = [
        (26.5 * G, 25 * G),
        (29 * G, 22.4 * G),
        (30 * G, 19.5 * G),
        (30 * G, 19.5 * G),
        (27 * G, 18.6 * G),
        (25 * G, 18.4 * G),
    ]
    draw(s, curve(line), PENCIL, color("#2b2a2d"), 3.6, 1.1)
    outline(
        s,
        [(30.3 * G, 18.6 * G), (31.9 * G, 18.0 * G), (32.4 * G, 16.0 * G), (30.9 * G, 16.3 * G)],
        INK,
        PENCIL,
        1.1,
    )
    arrow(s, [(31.6 * G, 15.6 * G), (32.0 * G, 14.6 * G), (32.2 * G, 13.6 * G)], HAND, 18)
    write(s, "goes straight", 24.2 * G, 13.6 * G, HAND)
    write(s, "on here!", 25.4 * G, 15.0 * G, HAND)


def circuit_sketch() -> Image.Image:
    """Return the photo of the plan, 1600 x 1200."""
    d = dice("the plan of the robot car")
    s = paper(1620, 1260, color("#fbfbf7"), d, 2.0)
    squared(s, G)
    write(s, "line robot  plan 2", 1.6 * G, 2.4 * G, replace(HAND, size=42))
    _eye(s, 6, 8.2, "L")
    _eye(s, 12, 8.2, "R")
    _box(s, 6.5, 12, 5, 3.4, "#8fb9d6")
    write(s, "brain", 7.7 * G, 14.1 * G, HAND)
    _wire(s, (6, 9.1), (6, 10.6), (7.6, 10.6), (7.6, 12))
    _wire(s, (12, 9.1), (12, 10.6), (10.4, 10.6), (10.4, 12))
    _motor(s, 4, 20.4, "left")
    _motor(s, 14, 20.4, "right")
    _wire(s, (7.4, 15.4), (7.4, 17), (4, 17), (4, 19.1), ink="#b0352c")
    _wire(s, (10.6, 15.4), (10.6, 17), (14, 17), (14, 19.1), ink="#b0352c")
    _box(s, 6.6, 22.6, 4.8, 2, "#e9c64a")
    write(s, "4 * AA", 7.2 * G, 23.9 * G, HAND)
    _wire(s, (9, 22.6), (9, 15.5))
    end = write(s, "speed 100", 17.6 * G, 6 * G, HAND)
    strike(s, 17.6 * G, end, 6 * G, HAND)
    write(s, "speed 60 in the turn", 17.6 * G, 7.6 * G, HAND)
    rubbed_out(s, "one eye?", 17.0 * G, 11.8 * G, HAND)
    write(s, "eyes 2 cm apart", 17.0 * G, 10.2 * G, HAND)
    arrow(s, [(16.6 * G, 9.9 * G), (15 * G, 9.4 * G), (13.3 * G, 8.8 * G)], HAND, 20)
    _corner(s)
    corners = ((0.03, 0.04), (0.97, 0.055), (0.985, 0.97), (0.02, 0.96))
    shot = Shot((1600, 1200), corners, waves=4, sun=(0.0, 0.0), fall=0.2, tint="#fdfbf4")
    return photograph(s.rgb, laminate((1200, 1600), d, "#a7adb3"), shot, d)
