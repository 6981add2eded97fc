"""A photo of a papier-mache volcano on a board: two paper flags, lava, foam, a patch of new paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from .ink import Array, Dice, blur, color, curve, dice, noise, step
from .land import CELLS, DEEP, WIDE, Ground
from .letters import Hand, width_of, write
from .photo import develop, wood
from .solids import Balls, Flag, Plain, Plane, Wood, box, grain_table, linear, roller
from .tools import MARKER, PEN, Sheet, brush, draw, paper
from .trace import Lamp, Thing, View, render

MOUTH, FOOT, TOP = 2.7, 21.0, 27.0  # radius of the crater and of the foot, height, in cm
Way = list[tuple[float, float]]
# The runs of lava as (angle in degrees, distance from the middle in cm); 90 looks at the camera.
RUNS: list[Way] = [
    [(84, 1), (84, 3), (90, 6), (82, 9), (90, 13), (86, 17.5)],
    [(120, 1), (122, 3), (132, 6), (126, 9.5), (134, 13)],
    [(50, 1), (48, 3), (40, 6.5), (48, 10)],
]
PATCH = (52.0, 13.6)  # where the hole was closed, as angle and distance


def _spot(angle: float, far: float) -> tuple[float, float]:
    """Return the map cell of a place given by its angle (degrees) and distance (cm) from the middle."""
    a = np.radians(angle)
    return (far * np.cos(a) + WIDE / 2) * CELLS, (far * np.sin(a) + DEEP / 2 - 1.5) * CELLS


def _strip(
    s: Sheet, angle: float, far: float, size: tuple[float, float], turn: float
) -> tuple[slice, slice, Array]:
    """Return the window and the mask of one strip of paper; ``turn`` is its slant against the slope."""
    cx, cy = _spot(angle, far)
    reach = int(max(size) * CELLS * 0.8)
    y0, x0 = max(int(cy) - reach, 0), max(int(cx) - reach, 0)
    win = (slice(y0, int(cy) + reach), slice(x0, int(cx) + reach))
    h, w = s.thick[win].shape
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    a = np.radians(angle + turn)
    u = ((xx + x0 - cx) * np.cos(a) + (yy + y0 - cy) * np.sin(a)) / CELLS
    v = ((yy + y0 - cy) * np.cos(a) - (xx + x0 - cx) * np.sin(a)) / CELLS
    torn = 0.25 * (noise((h, w), 14, s.d) - 0.5)
    mask = step(0, 0.1, size[0] / 2 - np.abs(u) + torn) * step(0, 0.1, size[1] / 2 - np.abs(v) + torn)
    return win[0], win[1], mask


def _shape(s: Sheet) -> Array:
    """Build the mountain: a cone with a bent foot, dents, a small mouth, strips of paper all over."""
    h, w = s.shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / CELLS
    x, y = x - WIDE / 2, y - DEEP / 2 + 1.5
    far, angle = np.hypot(x, y), np.arctan2(y, x)
    bend = 1 + 0.06 * np.sin(3 * angle + 1) + 0.045 * np.sin(5 * angle)
    share = np.clip(1 - far / (FOOT * bend), 0, 1)
    cone = TOP * share**1.12 * (1 + 0.1 * (1 - share))
    rough = (noise((h, w), 120, s.d) - 0.5) * 2.4 + (noise((h, w), 44, s.d) - 0.5) * 0.9
    cone = cone + rough * step(0.0, 0.25, share)
    lip = TOP * (1 - MOUTH / FOOT) ** 1.12
    cone = np.where(far < MOUTH, np.minimum(cone, lip - 3.5 * (1 - (far / MOUTH) ** 2)), cone)
    strips = np.zeros((h, w), dtype=np.float32)
    for _ in range(170):
        rows, cols, mask = _strip(
            s,
            s.d.uniform(-180, 180),
            s.d.uniform(3.4, 19.5),
            (s.d.uniform(4, 8), s.d.uniform(1.8, 3)),
            s.d.normal(0, 38),
        )
        fold = 0.22 * (noise(mask.shape, (s.d.uniform(9, 30), s.d.uniform(9, 30)), s.d, 2) - 0.5)
        strips[rows, cols] += mask * (0.17 + fold)
    return np.asarray(cone + strips * step(0.02, 0.1, share), dtype=np.float32)


def _paint(s: Sheet) -> None:
    """Paint grass on the board, then browns down the slope, darker toward the mouth."""
    greens, browns = (
        ("#5d8f3f", "#4b7f38", "#74a24c"),
        ("#7c5739", "#8d6745", "#6a4831", "#9a7752", "#7f6048"),
    )
    for y in range(30, s.shape[0] - 10, 26):
        for x in range(20, s.shape[1], 120):
            a = (x + s.d.uniform(-20, 20), y + s.d.uniform(-8, 8))
            brush(
                s,
                [a, (a[0] + 130, y + s.d.uniform(-12, 12))],
                40,
                color(greens[int(s.d.integers(3))]),
                1.05,
                0.45,
            )
    h, w = s.shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / CELLS
    under = 1 - step(18.6, 19.4, np.hypot(x - WIDE / 2, y - DEEP / 2 + 1.5))
    s.rgb += under[..., None] * (color("#63462f") - s.rgb)
    for k in range(620):
        far = 19.6 * (1 - k / 620) ** 0.7 + s.d.uniform(-0.6, 0.6)
        angle = s.d.uniform(0, 360)
        long = s.d.uniform(2, 4.4)
        a, b = (
            _spot(angle, max(far + long / 2, 0.2)),
            _spot(angle + s.d.uniform(-8, 8), max(far - long / 2, 0.1)),
        )
        tint = color(browns[int(s.d.integers(5))]) * (0.72 if far < 5 else 1)
        brush(s, [a, b], s.d.uniform(24, 40), tint, 1.05, 0.4)


def _lava(s: Sheet, land: Array) -> None:
    """Paint the runs of lava, thick with glue: red, then orange, then a little yellow."""
    for k, run in enumerate(RUNS):
        line = curve(np.array([_spot(*p) for p in run]), 6)
        for paint, width, move in (("#b8281c", 58, 0), ("#d6471f", 40, 5), ("#ee8a22", 18, -3)):
            brush(s, line + move * s.d.uniform(0.4, 1, 2), width * (1 - 0.12 * k), color(paint), 1.3, 0.15)
    red = (s.rgb[..., 0] > 0.62) & (s.rgb[..., 1] < 0.6) & (s.rgb[..., 2] < 0.3)
    land += 0.28 * blur(red.astype(np.float32), 4)


def _patch(s: Sheet, land: Array) -> None:
    """Close the hole in the side with new paper: it is not painted yet, one can see the print."""
    for turn, move, size in ((8, 0.0, (6.4, 2.6)), (86, 0.4, (5.2, 2.6)), (-32, -0.5, (6.0, 2.3))):
        rows, cols, mask = _strip(s, PATCH[0] + move * 4, PATCH[1] + move, size, turn)
        h, w = mask.shape
        yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
        a = np.radians(PATCH[0] + turn)
        v = yy * np.cos(a) - xx * np.sin(a)
        print_rows = step(0.35, 0.6, np.sin(v * 0.9)) * step(0.35, 0.5, noise((h, w), 5, s.d))
        sheet = color("#d9d5c8") * (1 - 0.42 * print_rows[..., None])
        s.rgb[rows, cols] += mask[..., None] * (sheet - s.rgb[rows, cols])
        land[rows, cols] += 0.14 * mask


def _label(text: str, size: tuple[float, float], d: Dice) -> Array:
    """Write a paper flag with a felt pen; size in cm, 90 px per cm, linear colors."""
    s = paper(round(size[0] * 90), round(size[1] * 90), color("#fcfaf2"), d, 2.5)
    hand = Hand(
        "group 3", 128, 0.05, 0.4, 0.6, spread=2.8, tool=replace(PEN, width=26, shake=2), ink="#26262c"
    )
    room = min(1.0, (s.shape[1] - 130) / width_of(text, hand))
    write(s, text, 60, s.shape[0] * 0.66, replace(hand, size=hand.size * room))
    if text == "crater":
        draw(
            s,
            curve([(60, s.shape[0] * 0.84), (300, s.shape[0] * 0.87), (620, s.shape[0] * 0.83)]),
            MARKER,
            color("#d2452a"),
            1.6,
        )
    return np.asarray(s.rgb**2.2, dtype=np.float32)


def _froth(s: Sheet, land: Array) -> None:
    """Let foam run down two of the lava runs: many small bubbles pressed into the map."""
    tints = [color(c) for c in ("#fdf4e9", "#fae3d0", "#f6cfb6", "#fffaf3")]
    spots = [(84 + s.d.normal(0, 60 / (3 + far * 2)), far, 1.0) for far in s.d.uniform(2, 13, 900)]
    spots += [(124 + s.d.normal(0, 50 / (3 + far * 2)), far, 0.8) for far in s.d.uniform(2, 8, 420)]
    for angle, far, size in spots:
        cx, cy = _spot(angle, far)
        r = size * s.d.uniform(3.5, 10) * (1.25 - far / 18)
        y0, x0, n = int(cy - r), int(cx - r), int(2 * r) + 2
        yy, xx = np.mgrid[y0 : y0 + n, x0 : x0 + n].astype(np.float32)
        dome = np.sqrt(np.clip(r * r - (xx - cx) ** 2 - (yy - cy) ** 2, 0, None)) / CELLS
        win = (slice(y0, y0 + n), slice(x0, x0 + n))
        on = dome > 0.06
        land[win] = np.where(
            on, land[win] * 1.0 + 0.55 * dome * (1 - np.clip(s.thick[win] / 8, 0, 0.9)), land[win]
        )
        s.thick[win] += on * 1.0
        s.rgb[win] = np.where(on[..., None], tints[int(s.d.integers(4))], s.rgb[win])


def _crown(d: Dice, grain: Array) -> Balls:
    """Heap foam on the mouth, so that it looks as if it shot up: large lumps with small bubbles all over."""
    lip = TOP * (1 - MOUTH / FOOT) ** 1.12 + 1.5
    heap: list[tuple[float, float, float, float]] = []
    lumps = [
        (0, 0, 2.2),
        (1.6, 0.9, 1.9),
        (-1.7, 0.8, 1.9),
        (0.2, 2.4, 2.0),
        (1.9, 2.9, 1.5),
        (-1.6, 3.0, 1.6),
    ]
    lumps += [(0.4, 4.4, 1.7), (-0.9, 5.4, 1.2), (1.0, 6.0, 1.1), (0.2, 7.2, 0.9), (0.5, 8.3, 0.5)]
    for x, up, reach in lumps:
        z = -1.4 + float(d.uniform(-0.5, 0.7))
        heap.append((x, lip + up, z, reach))
        for _ in range(int(36 * reach)):
            a, b = d.uniform(0, 6.28), np.arcsin(d.uniform(-0.7, 1))
            out = (np.cos(a) * np.cos(b), np.sin(b), np.sin(a) * np.cos(b))
            far = reach * d.uniform(0.9, 1.0)
            heap.append((x + far * out[0], lip + up + far * out[1], z + far * out[2], d.uniform(0.16, 0.44)))
    # Foam lets light through, so it is a little brighter than white paper.
    tints = 1.16 * np.array([linear(c) for c in ("#fdf4ea", "#fbecdf", "#fae4d4", "#fff9f0")])
    return _balls(heap, tints, grain, d, 0.18)


def _balls(
    places: list[tuple[float, float, float, float]], tints: Array, grain: Array, d: Dice, rough: float
) -> Balls:
    a = np.array(places, dtype=np.float32)
    return Balls(a[:, :3], a[:, 3], tints[d.integers(0, len(tints), len(a))].astype(np.float32), grain, rough)


def _trees(grain: Array, d: Dice) -> list[Thing]:
    """Stand a few trees of crumpled tissue on the grass."""
    things: list[Thing] = []
    greens = np.array([linear(c) for c in ("#3f7a3a", "#578f46", "#2f6a34")])
    for x, z, tall in ((-25.5, 8, 5.2), (-21, 14.5, 4.2), (25, 12, 5.0), (27, 4.5, 4.2), (-27, 0, 4.4)):
        things.append(roller(0.35, tall, (x, 1.4, z), Plain("#6a4a2c", grain), 10))
        spots = [
            (x + d.normal(0, 0.9), 1.4 + tall + d.normal(0, 0.8), z + d.normal(0, 0.9), d.uniform(0.9, 1.5))
            for _ in range(14)
        ]
        things.append(_balls(spots, greens, grain, d, 1.1))
    return things


def _scene(d: Dice) -> list[Thing]:
    s = paper(round(WIDE * CELLS), round(DEEP * CELLS), color("#b59a72"), d, 2.5)
    land = _shape(s)
    _paint(s)
    _lava(s, land)
    _patch(s, land)
    _froth(s, land)
    edge = land + 1.5
    ground = Ground(edge.astype(np.float32), (s.rgb**2.2).astype(np.float32))
    grain = grain_table(d)
    stick = Plain("#d9b987", grain)
    table = (wood((1400, 1400), d, "#c3c0b6", "#aeaaa0", 700) ** 2.2).astype(np.float32)
    wall = (color("#cfd8d3") ** 2.2 * (0.95 + 0.06 * noise((700, 700), 90, d, 3))[..., None]).astype(
        np.float32
    )
    return [
        ground,
        box((WIDE, 1.42, DEEP), (0, 0, 0), 0, Wood(grain, 3.0), 0.05),
        _crown(d, grain),
        *_trees(grain, d),
        roller(0.14, 16, (-4.6, 19, -0.6), stick, 10),
        Flag((-14.6, 30.2, -0.5), (10, 4.4), 6, _label("crater", (10, 4.4), d), 2),
        roller(0.14, 13, (14.2, 8, 9.0), stick, 10),
        Flag((14.2, 16.6, 9.1), (12.4, 4.3), -7, _label("side vent", (12.4, 4.3), d), -2),
        Flag((-27.5, 1.4, 20.2), (12.5, 4.6), 4, _label("group 3", (12.5, 4.6), d), 0),
        Plane((0, 1, 0), 0, table, 150),
        Plane((0, 0, 1), -45, wall, 90),
    ]


def model(scale: float = 1.0, samples: int = 6) -> Image.Image:
    """Return the photo, 1600 x 1200 at scale 1."""
    d = dice("volcano of group 3")
    view = View(
        (5, 36, 92), (0.2, 15.6, 0), 32.5, (round(1600 * scale), round(1200 * scale)), roll=-0.7, lens=0.1
    )
    lamp = Lamp((-75, 85, 70), 22, (1.05, 1.0, 0.92), (0.58, 0.61, 0.65))
    picture = render(_scene(d), view, lamp, samples, d)
    return develop(np.clip(picture, 0, 1.4) ** (1 / 2.2), d, 0.5, 0.012)
