"""The dog that the painter of the house drew a year before, in wax crayon."""

from __future__ import annotations

import numpy as np
from PIL import Image

from .ink import color, curve, dice, ring
from .photo import Shot, photograph, wood
from .tools import CRAYON, Sheet, draw, paper

W, H = 1900, 1400
BROWN, DARK = "#8a5228", "#3b2a22"


def _scrawl(
    s: Sheet, cx: float, cy: float, rx: float, ry: float, turns: int, wax: str, width: float = 1
) -> None:
    """Scribble round and round, as a small child fills a shape."""
    n = turns * 9
    angle = np.linspace(0, 6.283 * turns, n) + s.d.uniform(0, 6)
    reach = s.d.uniform(0.25, 1.08, n)
    x = cx + rx * reach * np.cos(angle) + s.d.uniform(-8, 8, n)
    draw(
        s,
        curve(np.stack([x, cy + ry * reach * np.sin(angle)], axis=1)),
        CRAYON,
        color(wax),
        width,
        s.d.uniform(0.95, 1.1),
    )


def _sun_and_grass(s: Sheet) -> None:
    """A yellow scribble with rays, a blue one for a cloud, and one long zigzag of grass."""
    yellow, d = "#efbf22", s.d
    _scrawl(s, 330, 250, 130, 110, 7, yellow)
    for k in range(7):
        t, b = k * 0.9 + 0.2, d.uniform(190, 290)
        near = (330 + 150 * np.cos(t), 250 + 150 * np.sin(t))
        far = (330 + b * np.cos(t + 0.1), 250 + b * np.sin(t + 0.1))
        draw(s, curve([near, far]), CRAYON, color(yellow))
    grass = [(40 + k * 46 + d.uniform(-14, 14), 1345 - (k % 2) * d.uniform(50, 130)) for k in range(39)]
    for part in (grass[:17], grass[15:]):
        draw(s, curve(part), CRAYON, color("#4e9a45"), 1.0, 1.0)
    _scrawl(s, 1640, 330, 110, 60, 4, "#4c86c6", 0.9)


def _body(s: Sheet) -> None:
    """Round and round for the body, five legs, and a tail that curls."""
    d, wax = s.d, color(BROWN)
    for turn in (1.12, 1.05):
        draw(s, ring(840, 800, 330, 205, d, 0.1, turn), CRAYON, wax, 1, 1.1)
        draw(s, ring(1310, 560, 190, 170, d, 0.12, turn), CRAYON, wax, 1, 1.1)
    _scrawl(s, 850, 790, 330, 215, 12, BROWN)
    _scrawl(s, 740, 830, 230, 150, 6, "#d9822b")
    for x in (590, 700, 812, 980, 1085):
        foot = (x + d.uniform(-60, 50), 1180 + d.uniform(-30, 60))
        draw(s, curve([(x, 930), (x + d.uniform(-25, 25), 1060), foot]), CRAYON, wax, 1.15, 1.1)
        draw(s, ring(*foot, 26, 18, d, 0.2, 1.3), CRAYON, color(DARK), 0.8)
    tail = [(520, 760), (420, 690), (380, 560), (440, 480), (470, 560), (400, 600)]
    draw(s, curve(tail), CRAYON, wax, 1, 1.1)


def _face(s: Sheet) -> None:
    """Two round eyes that look at us, and two ears that stand up."""
    _scrawl(s, 1310, 446, 110, 40, 3, BROWN)
    for x, y in ((1250, 530), (1372, 515)):
        draw(s, ring(x, y, 26, 28, s.d, 0.2, 1.6), CRAYON, color(DARK), 0.9, 1.2)
    _scrawl(s, 1322, 606, 26, 20, 3, DARK)
    draw(s, curve([(1220, 640), (1300, 690), (1400, 640)]), CRAYON, color("#c2342c"), 1, 1.1)
    for x, lean in ((1190, -36), (1430, 44)):
        ear = [(x, 450), (x + lean, 330), (x + lean * 2, 400), (x + lean * 0.8, 480)]
        draw(s, curve(ear), CRAYON, color(BROWN))


def early_dog() -> Image.Image:
    """Return the photo of the crayon dog from the year before, 1600 x 1200."""
    d = dice("the dog from the year before")
    s = paper(W, H, color("#faf7f0"), d, 3.0)
    _sun_and_grass(s)
    _body(s)
    _face(s)
    _crease(s)
    corners = ((0.045, 0.065), (0.95, 0.035), (0.975, 0.965), (0.03, 0.945))
    shot = Shot((1600, 1200), corners, waves=9, sun=(1.0, 0.0), fall=0.26, tint="#fff8ec")
    return photograph(s.rgb, wood((1200, 1600), d), shot, d)


def _crease(s: Sheet) -> None:
    """Fold the sheet once across the middle, as it came home in a bag."""
    x = np.arange(W, dtype=np.float32)[None, :]
    bend = 966 + 0.01 * np.arange(H, dtype=np.float32)[:, None]
    s.rgb *= (
        1
        + 0.035 * np.clip((x - bend) / 260, -1, 1) * np.exp(-np.abs(x - bend) / 260)
        - 0.12 * np.exp(-(((x - bend) / 2.2) ** 2))
    )[..., None]
