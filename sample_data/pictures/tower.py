"""A photo of a tower of wooden building blocks with a paper flag on top."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PIL import Image

from .ink import Array, Dice, color, curve, dice, noise
from .photo import develop, wood
from .solids import Flag, Plain, Plane, Wood, arch, box, grain_table, roller, roof
from .tools import CRAYON, draw, paper
from .trace import Lamp, Thing, View, render

PAINTS = {"red": "#c23a2e", "blue": "#2f6fb0", "yellow": "#e9b72c", "green": "#4a9150", "bare": ""}


def _flag_paper() -> Array:
    """Draw the flag: a yellow star and a red stripe in wax crayon."""
    s = paper(700, 460, color("#fbf8f0"), dice("flag"), 3)
    a = np.radians(-92) + np.arange(6) * np.pi * 0.8
    star = np.stack([330 + 150 * np.cos(a), 225 + 150 * np.sin(a)], axis=1)
    for p, q in pairwise(star):
        draw(s, curve([p, (p + q) / 2 + s.d.uniform(-6, 6, 2), q]), CRAYON, color("#e2a21c"), 1.6, 1.2)
    for k in range(3):
        y = 404 + k * 14
        draw(s, curve([(20, y), (350, y + s.d.uniform(-8, 8)), (680, y)]), CRAYON, color("#c8342c"), 1.3, 1.1)
    return np.asarray(s.rgb**2.2, dtype=np.float32)


def _stack(d: Dice) -> list[Thing]:
    """Put block on block; nothing stands quite straight."""
    grain = grain_table(d)

    def skin(paint: str, along: int = 0) -> Wood:
        return Wood(grain, float(d.uniform(0, 300)), PAINTS[paint], along)

    return [
        box((4, 8, 4), (-6.2, 0, 0), 4, skin("bare", 1)),
        box((4, 8, 4), (5.8, 0, 0.4), -7, skin("bare", 1)),
        box((4, 4, 4), (-0.4, 0, 0.2), 9, skin("blue")),
        roof(4, 2.6, 4, (-0.4, 4, 0.2), 12, skin("red", 2)),
        box((18, 2, 5), (-0.5, 8, 0.2), -4, skin("bare")),
        arch((9, 5, 4), 2.7, (-0.8, 10, 0), 6, skin("red")),
        roller(1.9, 5, (-7.6, 10, 0.5), skin("yellow", 1)),
        roller(1.9, 5, (6.6, 10, 0.1), skin("green", 1)),
        box((17, 2, 5), (0.9, 15, 0.2), 5, skin("bare")),
        box((4, 4, 4), (-4.0, 17, 0.3), 16, skin("green")),
        box((4, 4, 4), (5.4, 17, -0.1), -5, skin("bare", 2)),
        box((13, 2, 4), (1.0, 21, 0.1), -9, skin("yellow")),
        box((4, 4, 4), (1.5, 23, 0.2), 21, skin("red")),
        box((3.4, 6, 3.4), (1.0, 27, 0.2), -13, skin("bare", 1)),
        roof(6.4, 3.8, 3.8, (1.1, 33, 0.2), 10, skin("blue", 2)),
        box((4, 4, 4), (15.2, 0, 6.5), 28, skin("yellow")),
        roof(6, 3.4, 4, (-15.5, 0, 7), -24, skin("green", 2)),
        box((8, 2, 4), (13.5, 0, -5), -50, skin("blue")),
        roller(0.13, 10.5, (1.1, 35.2, 0.2), Plain("#d8b98a", grain), 8),
        Flag((1.22, 40.7, 0.33), (7.2, 4.7), -12, _flag_paper(), -4),
    ]


def blocks(scale: float = 1.0, samples: int = 6) -> Image.Image:
    """Return the photo, 1200 x 1600 at scale 1."""
    d = dice("tower of blocks")
    floor = wood((1400, 1400), d, "#b98e63", "#8d6540", 170) ** 2.2
    wall_tone = 0.97 + 0.03 * noise((700, 700), 3, d) + 0.02 * noise((700, 700), 120, d, 2)
    wall = (color("#e7e3d8") ** 2.2 * wall_tone[..., None]).astype(np.float32)
    things = [*_stack(d), Plane((0, 1, 0), 0, floor.astype(np.float32), 90), Plane((0, 0, 1), -17, wall, 70)]
    view = View((7, 25, 82), (0.4, 21.6, 0), 36, (round(1200 * scale), round(1600 * scale)), roll=0.8)
    lamp = Lamp((-58, 78, 92), 20, (0.98, 0.94, 0.86), (0.56, 0.58, 0.62))
    picture = render(things, view, lamp, samples, d)
    return develop(np.clip(picture, 0, 1.4) ** (1 / 2.2), d, 0.5, 0.012)
