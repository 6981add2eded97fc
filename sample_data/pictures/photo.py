"""Turns a drawn sheet into a photo of it: tables, slant, waves in the paper, uneven light, sensor noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from .ink import Array, Dice, blur, color, moved, noise, step

Corner = tuple[float, float]


@dataclass(frozen=True)
class Shot:
    """How a photo was taken. Corners (upper left, then clockwise) are shares of the photo's size.

    ``waves`` is how far the paper bulges (px), ``sun`` where the light comes from (x, y as shares),
    ``fall`` how much darker the far corner is, ``tint`` the color of the light, ``soft`` the blur (px).
    """

    size: tuple[int, int]
    corners: tuple[Corner, Corner, Corner, Corner]
    waves: float = 5
    sun: Corner = (0.1, 0.0)
    fall: float = 0.3
    tint: str = "#fff6e9"
    soft: float = 0.55
    grain: float = 0.012
    lift: float = 12


def wood(
    shape: tuple[int, int], d: Dice, light: str = "#c99a66", dark: str = "#9a6b3d", plank: int = 420
) -> Array:
    """Return a table of planks running across, shape (height, width, 3)."""
    h, w = shape
    out = np.zeros((h, w, 3), dtype=np.float32)
    y = -int(d.integers(0, plank))
    while y < h:
        top, end = max(y, 0), min(y + plank, h)
        if end > top:
            bend = 40 * noise((end - top, w), (plank, w / 2), d, 2)
            rows = np.arange(end - top, dtype=np.float32)[:, None] + bend
            rings = 0.5 + 0.5 * np.sin(rows / d.uniform(9, 15) + 5 * noise((end - top, w), (30, 500), d, 2))
            pores = noise((end - top, w), (1.8, 46), d, 2)
            mixed = np.clip(0.45 * rings + 0.9 * (pores - 0.35), 0, 1)[..., None]
            out[top:end] = (color(light) * (1 - mixed) + color(dark) * mixed) * d.uniform(0.94, 1.05)
            out[max(end - 3, top) : end] *= 0.62
        y += plank
    return out


def laminate(shape: tuple[int, int], d: Dice, tone: str = "#b9bdb8") -> Array:
    """Return a speckled school desk, shape (height, width, 3)."""
    speck = noise(shape, 2.2, d)
    cloud = noise(shape, 240, d, 3)
    tone_map = 1 + 0.1 * (cloud - 0.5) + 0.1 * (step(0.72, 0.9, speck) - step(0.72, 0.9, 1 - speck))
    return np.asarray(color(tone) * tone_map[..., None], dtype=np.float32)


def _inverse(corners: Array, size: tuple[int, int]) -> Array:
    """Return the 3 x 3 matrix that leads from photo px to sheet px for a sheet of (width, height)."""
    w, h = size
    goal = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float64)
    rows = []
    for (x, y), (u, v) in zip(corners, goal, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    solved = np.linalg.solve(np.array(rows, dtype=np.float64), goal.reshape(-1))
    return np.asarray(np.append(solved, 1).reshape(3, 3), dtype=np.float32)


def _pick(image: Array, x: Array, y: Array) -> Array:
    """Return the colors of ``image`` at fractional places, straight between its pixels."""
    h, w = image.shape[:2]
    x, y = np.clip(x, 0, w - 1.001), np.clip(y, 0, h - 1.001)
    i, j = y.astype(np.int32), x.astype(np.int32)
    u, v = (y - i)[..., None].astype(np.float32), (x - j)[..., None].astype(np.float32)
    top = image[i, j] * (1 - v) + image[i, j + 1] * v
    low = image[i + 1, j] * (1 - v) + image[i + 1, j + 1] * v
    return np.asarray(top * (1 - u) + low * u, dtype=np.float32)


def photograph(sheet: Array, table: Array, shot: Shot, d: Dice) -> Image.Image:
    """Return the photo of a sheet (h, w, 3) that lies on a table (photo height, photo width, 3)."""
    w, h = shot.size
    bulge = noise(sheet.shape[:2], max(sheet.shape) / 5, d, 2) - 0.5
    back = _inverse(np.array(shot.corners, dtype=np.float32) * (w, h), (sheet.shape[1], sheet.shape[0]))
    seen, alpha = np.zeros((h, w, 3), np.float32), np.zeros((h, w), np.float32)
    for dx, dy in ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)):
        y, x = np.mgrid[0:h, 0:w].astype(np.float32) + np.array([dy, dx], dtype=np.float32)[:, None, None]
        depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
        u = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth
        v = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
        hill = _pick(bulge[..., None], u, v)[..., 0] * shot.waves
        u, v = u + 0.5 * hill, v + hill
        on = ((u > 0) & (u < sheet.shape[1]) & (v > 0) & (v < sheet.shape[0])).astype(np.float32)
        seen += _pick(sheet, u, v) * on[..., None] / 4
        alpha += on / 4
    return _expose(_settle(seen, alpha, bulge, back, table, shot), shot, d)


def _settle(seen: Array, alpha: Array, bulge: Array, back: Array, table: Array, shot: Shot) -> Array:
    """Return the sheet on the table: light on its waves, its shadow, its edge."""
    h, w = alpha.shape
    gy, gx = np.gradient(blur(bulge, 6))
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    u = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth
    v = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
    lean = np.sign(shot.sun[0] - 0.5) * gx + np.sign(shot.sun[1] - 0.5) * gy
    lit = 1 + np.clip(_pick(lean[..., None], u, v) * shot.waves * 2.2, -0.13, 0.07)
    away = (shot.lift * np.sign(0.5 - shot.sun[0]), shot.lift * np.sign(0.5 - shot.sun[1]))
    near = moved(alpha, int(away[1] / 3), int(away[0] / 3))
    far = moved(alpha, int(away[1]), int(away[0]))
    dark = 1 - 0.42 * blur(near, 3) * (1 - alpha) - 0.3 * blur(far, shot.lift) * (1 - alpha)
    return np.asarray(table * dark[..., None] * (1 - alpha[..., None]) + seen * lit, dtype=np.float32)


def _expose(scene: Array, shot: Shot, d: Dice) -> Image.Image:
    """Return the picture a tablet takes of a scene: light from one side, soft lens, noise."""
    h, w = scene.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    far = np.hypot(x / w - shot.sun[0], (y / h - shot.sun[1]) * h / w)
    light = 1.11 - shot.fall * step(0.0, 1.5, far) - 0.05 * noise((h, w), w / 3, d)
    rim = np.hypot(x / w - 0.5, (y / h - 0.5) * h / w) / 0.62
    scene = scene * (light * (1 - 0.1 * rim**4))[..., None] * color(shot.tint)
    return develop(scene, d, shot.soft, shot.grain)


def develop(scene: Array, d: Dice, soft: float = 0.55, grain: float = 0.012) -> Image.Image:
    """Return sRGB values 0..1 of shape (h, w, 3) as a picture, softened and with sensor noise."""
    h, w = scene.shape[:2]
    core = scene.copy()
    if soft:
        # A light cross-shaped blur: three taps each way.
        side = soft / 2
        for down, right in ((0, 1), (1, 0)):
            beside = moved(core, down, right) + moved(core, -down, -right)
            core = (core + side * beside) / (1 + 2 * side)
    luma = d.standard_normal((h, w, 1), dtype=np.float32) * grain
    spots = np.stack([noise((h, w), 5, d) - 0.5 for _ in range(3)], axis=2) * grain * 1.2
    # Shadows are noisier than light places, as in every small camera.
    # Bright paper must not burn out: above 0.86 the values crowd together below 1.
    core = np.where(core > 0.86, 1 - 0.14 * np.exp(-(np.maximum(core, 0.86) - 0.86) / 0.14), core)
    core = core + (luma + spots) * (1.35 - core.mean(axis=2, keepdims=True))
    return Image.fromarray((np.clip(core, 0, 1) * 255 + 0.5).astype(np.uint8))
