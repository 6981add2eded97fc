"""Shapes for joining dots: corners on a field of 100 by 100, upwards, and what is drawn already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from portfolio.errors import N_

Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """A closed shape: its corners in the order they are joined, lines that are there from the start, its name."""

    name: str
    corners: tuple[Point, ...]
    lines: tuple[tuple[Point, ...], ...] = ()


def _eye(x: float, y: float, r: float = 1.6) -> tuple[Point, ...]:
    """Return a small circle, as a line of short strokes."""
    return tuple((x + r * cos(n * pi / 9), y + r * sin(n * pi / 9)) for n in range(19))


SHAPES: Final[Mapping[str, Shape]] = {
    "star": Shape(
        N_("a star"),
        ((50, 95), (61, 62), (95, 61), (68, 40), (78, 7), (50, 26), (22, 7), (32, 40), (5, 61), (39, 62)),
        (_eye(43, 50), _eye(57, 50), ((42, 41), (46, 38), (54, 38), (58, 41))),
    ),
    "boat": Shape(
        N_("a boat"),
        ((44, 94), (82, 44), (58, 44), (58, 30), (94, 30), (80, 10), (22, 10), (6, 30), (44, 30)),
        (((0, 5), (12, 8), (24, 5), (36, 8), (48, 5), (60, 8), (72, 5), (84, 8), (98, 5)),),
    ),
    "house": Shape(
        N_("a house"),
        ((18, 8), (18, 48), (2, 48), (46, 94), (62, 78), (62, 92), (76, 92), (76, 66), (98, 48), (82, 48), (82, 8)),
        (((42, 8), (42, 34), (58, 34), (58, 8)), ((24, 44), (37, 44), (37, 28), (24, 28), (24, 44)),
         ((63, 44), (76, 44), (76, 28), (63, 28), (63, 44))),
    ),
    "fish": Shape(
        N_("a fish"),
        ((4, 48), (16, 64), (34, 74), (44, 88), (54, 74), (70, 62), (80, 52), (96, 72), (92, 46), (96, 22), (80, 42),
         (66, 30), (48, 22), (30, 24), (14, 34)),
        (_eye(22, 54, 2.2), ((36, 64), (41, 50), (37, 34)), ((10, 44), (18, 44))),
    ),
    "tree": Shape(
        N_("a tree"),
        ((50, 96), (66, 70), (58, 70), (78, 46), (68, 46), (90, 20), (58, 20), (58, 6), (42, 6), (42, 20), (10, 20),
         (32, 46), (22, 46), (42, 70), (34, 70)),
        (_eye(52, 56, 2), _eye(40, 32, 2), _eye(66, 31, 2)),
    ),
    "rocket": Shape(
        N_("a rocket"),
        ((50, 97), (62, 82), (66, 62), (66, 42), (84, 26), (84, 10), (64, 22), (50, 22), (36, 22), (16, 10), (16, 26),
         (34, 42), (34, 62), (38, 82)),
        (_eye(50, 60, 7), ((42, 18), (44, 8), (47, 14), (50, 3), (53, 14), (56, 8), (58, 18))),
    ),
    "book": Shape(
        N_("an open book"),
        ((50, 76), (36, 84), (20, 86), (5, 80), (5, 22), (20, 28), (36, 26), (50, 18), (64, 26), (80, 28), (95, 22),
         (95, 80), (80, 86), (64, 84)),
        (((50, 76), (50, 18)), ((14, 68), (26, 71), (40, 67)), ((14, 54), (26, 57), (40, 53)),
         ((60, 67), (74, 71), (86, 68)), ((60, 53), (74, 57), (86, 54))),
    ),
    "butterfly": Shape(
        N_("a butterfly"),
        ((50, 72), (58, 88), (76, 94), (92, 84), (92, 64), (74, 50), (84, 34), (80, 16), (64, 10), (54, 30), (46, 30),
         (36, 10), (20, 16), (16, 34), (26, 50), (8, 64), (8, 84), (24, 94), (42, 88)),
        (((50, 72), (50, 30)), ((50, 72), (44, 82)), ((50, 72), (56, 82)), _eye(74, 74, 5), _eye(26, 74, 5)),
    ),
}  # fmt: skip

SHAPE_FOR: Final[Mapping[str, str]] = {
    "growing": "tree", "lamp": "rocket", "building": "rocket", "counting": "star", "puzzles": "star", "ahead": "boat",
    "reading": "book", "writing": "book", "language": "book", "animals": "fish", "painting": "butterfly",
    "drawing": "butterfly", "friends": "house", "playing-outside": "tree", "dancing": "butterfly", "singing": "star",
}  # fmt: skip
"""Which shape goes with what is in a book."""
