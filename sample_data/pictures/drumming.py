"""A first grader's crayon drawing of a drum in the rain: two hands, many drops, and the sound going round."""

from __future__ import annotations

import numpy as np
from PIL import Image

from .ink import color, curve, dice, ring
from .letters import Hand, write
from .photo import Shot, laminate, photograph
from .tools import CRAYON, Sheet, draw, paper, zigzag

W, H = 1900, 1400
HAND = Hand("the one who drums", 56, 0.0, 1.0, 1.3, spread=3.4, tool=CRAYON, ink="#3b2a22", width=0.7)


def _fill(s: Sheet, shape: list[tuple[float, float]], wax: str, angle: float, gap: float) -> None:
    draw(s, zigzag(shape, angle, gap, s.d, 0.9), CRAYON, color(wax), 1.0, 0.95)


def _drum(s: Sheet) -> None:
    """Draw the drum: a body that leans a little, red and yellow, and a skin seen from above."""
    body = [(620, 720), (1300, 700), (1230, 1190), (700, 1210)]
    _fill(s, [(640, 850), (1284, 836), *body[2:]], "#c8402f", 70, 30)
    for k in range(5):
        x = 668 + k * 128
        up = [(x, 770), (x + 60, 1150), (x + 118, 764)]
        draw(s, curve([up[0], up[1], up[1], up[2]]), CRAYON, color("#efbf22"), 1.0, 1.15)
    for turn in (1.1, 1.04):
        draw(s, ring(960, 706, 352, 112, s.d, 0.06, turn), CRAYON, color("#8a5228"), 1.1, 1.15)
    draw(s, curve([(622, 730), (660, 960), (704, 1200)]), CRAYON, color("#8a5228"), 1.1, 1.1)
    draw(s, curve([(1300, 720), (1276, 960), (1228, 1190)]), CRAYON, color("#8a5228"), 1.1, 1.1)
    draw(s, curve([(704, 1200), (960, 1262), (1232, 1186)]), CRAYON, color("#8a5228"), 1.1, 1.1)


def _hand(s: Sheet, x: float, y: float, side: int) -> None:
    """Draw a hand from above: a round palm, four fingers and a thumb, and an arm that leaves the sheet."""
    d, skin = s.d, color("#5a3522")
    palm = ring(x, y, 84, 66, d, 0.1, 1.1)
    _fill(s, [(float(a), float(b)) for a, b in palm[::4]], "#b9764a", 35, 22)
    draw(s, palm, CRAYON, skin, 1, 1.2)
    for k in range(4):
        lean = (k - 1.5) * 30
        tip = (x - side * (140 + d.uniform(-12, 16)), y + 20 + lean * 1.7)
        draw(s, curve([(x - side * 55, y + lean), tip]), CRAYON, skin, 1.2, 1.15)
    draw(s, curve([(x - side * 10, y + 50), (x - side * 50, y + 112)]), CRAYON, skin, 1.2, 1.15)
    arm = [(x + side * 60, y - 20), (x + side * 260, y - 120), (x + side * 520, y - 170)]
    for shift in (0, 46):
        draw(s, curve([(a, b + shift) for a, b in arm]), CRAYON, color("#3f6fa8"), 1.3, 1.1)
    sleeve = [
        (x + side * 90, y - 30),
        (x + side * 500, y - 160),
        (x + side * 500, y - 110),
        (x + side * 90, y + 20),
    ]
    _fill(s, sleeve, "#4c86c6", 20, 26)


def _rain(s: Sheet) -> None:
    """Draw a gray cloud and drops, denser on one side."""
    for cx, r in ((420, 130), (590, 160), (760, 120)):
        draw(s, ring(cx, 210, r, 90, s.d, 0.12, 1.9), CRAYON, color("#8d8f95"), 1.1, 1.0)
    for k in range(34):
        x, y = 300 + s.d.uniform(0, 1350), 330 + s.d.uniform(0, 230)
        long = s.d.uniform(30, 60)
        draw(s, curve([(x, y), (x - 8, y + long)]), CRAYON, color("#3f78b8"), 0.8, 1.0 + 0.004 * k)


def _sound(s: Sheet) -> None:
    """Draw the sound: rings that go out from the skin, and the word for it."""
    for k, wax in enumerate(("#e98a2f", "#7a4f9e", "#4e9a45")):
        for side in (-1, 1):
            a = np.linspace(-0.9, 0.5, 8)
            x = 960 + side * (410 + k * 90) * np.cos(a)
            draw(
                s, curve(np.stack([x, 980 + (260 + k * 50) * np.sin(a)], axis=1)), CRAYON, color(wax), 1, 1.1
            )
    write(s, "boom", 150, 1310, HAND, -0.05)
    write(s, "tika tika", 1330, 1310, HAND, 0.03)


def rain_drum() -> Image.Image:
    """Return the photo of the drum in the rain, 1600 x 1200."""
    d = dice("the drum in the rain")
    s = paper(W, H, color("#f9f5ea"), d, 3.0)
    _rain(s)
    _drum(s)
    _sound(s)
    _hand(s, 1180, 640, 1)
    _hand(s, 740, 650, -1)
    corners = ((0.04, 0.05), (0.965, 0.06), (0.955, 0.955), (0.025, 0.94))
    shot = Shot((1600, 1200), corners, waves=8, sun=(0.0, 0.0), fall=0.24, tint="#fff9ee")
    return photograph(s.rgb, laminate((1200, 1600), d, "#b8b39c"), shot, d)
