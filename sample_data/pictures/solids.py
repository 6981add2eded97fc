"""Bodies for the ray tracer: boxes with worn edges, rollers, roofs, sheets, planes, balls, and their skins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ink import Array, Dice, color, noise
from .trace import FAR, Skin, Solid, dot, unit


def linear(code: str) -> Array:
    """Return ``#rrggbb`` as linear light."""
    return np.asarray(color(code) ** 2.2, dtype=np.float32)


def peek(table: Array, u: Array, v: Array) -> Array:
    """Return values of a table (h, w[, 3]) at wrapped fractional places (u across, v down, in cells)."""
    h, w = table.shape[:2]
    j, i = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    fu, fv = (u - j).astype(np.float32), (v - i).astype(np.float32)
    if table.ndim == 3:
        fu, fv = fu[:, None], fv[:, None]
    j0, j1, i0, i1 = j % w, (j + 1) % w, i % h, (i + 1) % h
    top = table[i0, j0] * (1 - fu) + table[i0, j1] * fu
    low = table[i1, j0] * (1 - fu) + table[i1, j1] * fu
    return np.asarray(top * (1 - fv) + low * fv, dtype=np.float32)


@dataclass
class Wood:
    """Natural or painted wood; paint is worn at the edges."""

    grain: Array
    shift: float
    paint: str = ""
    along: int = 0

    def __call__(self, p: Array, n: Array, worn: NDArray[np.bool_]) -> Array:
        """Return linear colors."""
        main = p[:, self.along]
        side = p[:, (self.along + 1) % 3] + 0.7 * p[:, (self.along + 2) % 3]
        end = np.abs(n[:, self.along]) > 0.8
        streak = peek(self.grain, main * 5 + self.shift, side * 46 + self.shift * 3)
        rings = 0.5 + 0.5 * np.sin(
            np.hypot(p[:, (self.along + 1) % 3] + 3, p[:, (self.along + 2) % 3] + 2) * 9 + streak * 4
        )
        tone = np.where(end, 0.35 + 0.5 * rings, 0.25 + 0.75 * streak)[:, None]
        bare = linear("#ecca97") * (1 - 0.75 * tone) + linear("#b37e44") * 0.75 * tone
        if not self.paint:
            return np.asarray(bare, dtype=np.float32)
        chip = peek(self.grain, main * 21 + 7, side * 9 + self.shift) > np.where(worn, 0.6, 0.95)
        coat = linear(self.paint) * (0.9 + 0.2 * streak[:, None])
        return np.asarray(np.where(chip[:, None], bare * 0.9, coat), dtype=np.float32)


@dataclass
class Plain:
    """One color, a little uneven."""

    tint: str
    grain: Array
    scale: float = 3.0

    def __call__(self, p: Array, _n: Array, _worn: NDArray[np.bool_]) -> Array:
        """Return linear colors."""
        t = peek(self.grain, (p[:, 0] + p[:, 1]) * self.scale, (p[:, 2] - p[:, 1] * 0.6) * self.scale)
        return np.asarray(linear(self.tint) * (0.94 + 0.12 * t[:, None]), dtype=np.float32)


def grain_table(d: Dice) -> Array:
    """Return a table of noise, 512 x 512, that wraps without a seam."""
    a = noise((512, 512), 4, d, 3)
    mix = np.linspace(0, 1, 64, dtype=np.float32)
    for _ in range(2):
        a = a.T.copy()
        a[:64] = a[:64] * mix[:, None] + a[-64:][::-1] * (1 - mix[:, None])
    return np.asarray((a - a.min()) / (a.max() - a.min()), dtype=np.float32)


def _sloped(normals: list[Array], offsets: list[float], worn: float) -> tuple[Array, Array]:
    """Add a small plane along each edge between two faces that meet."""
    n, h = [unit(v) for v in normals], list(offsets)
    for a in range(len(normals)):
        for b in range(a + 1, len(normals)):
            between = n[a] + n[b]
            if float(np.linalg.norm(between)) > 0.35:
                # The edge of both planes lies (h_a + h_b) / |n_a + n_b| away from the middle.
                size = float(np.linalg.norm(between))
                n.append(unit(between))
                h.append((offsets[a] + offsets[b]) / size - worn)
    return np.array(n, dtype=np.float32), np.array(h, dtype=np.float32)


def box(
    size: tuple[float, float, float],
    at: tuple[float, float, float],
    turn: float,
    skin: Skin,
    worn: float = 0.12,
) -> Solid:
    """Return a box; ``at`` is the middle of its underside."""
    w, h, d = (v / 2 for v in size)
    axes = [
        np.array(v, dtype=np.float32)
        for v in ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1))
    ]
    n, off = _sloped(axes, [w, w, h, h, d, d], worn)
    return Solid(n, off, (at[0], at[1] + h, at[2]), turn, skin, 6)


def arch(
    size: tuple[float, float, float], hole: float, at: tuple[float, float, float], turn: float, skin: Skin
) -> Solid:
    """Return a box with a half-round opening of radius ``hole`` below."""
    body = box(size, at, turn, skin)
    body.bore = (0.0, -size[1] / 2, hole)
    return body


def roof(
    wide: float, high: float, deep: float, at: tuple[float, float, float], turn: float, skin: Skin
) -> Solid:
    """Return a three-sided block lying on its long face."""
    slope = np.array([high, wide / 2, 0], dtype=np.float32)
    other = slope * (-1, 1, 1)
    # The origin lies a third up, where the faces are about equally far.
    low = high / 3
    far = float(unit(slope) @ np.array([wide / 2, -low, 0], dtype=np.float32))
    faces = [
        slope,
        other.astype(np.float32),
        np.array([0, -1, 0], np.float32),
        np.array([0, 0, 1], np.float32),
        np.array([0, 0, -1], np.float32),
    ]
    n, off = _sloped(faces, [far, far, low, deep / 2, deep / 2], 0.1)
    return Solid(n, off, (at[0], at[1] + low, at[2]), turn, skin, 5)


def roller(radius: float, high: float, at: tuple[float, float, float], skin: Skin, sides: int = 40) -> Solid:
    """Return an upright cylinder."""
    a = np.arange(sides) * 2 * np.pi / sides
    n = [np.array([np.cos(t), 0, np.sin(t)], dtype=np.float32) for t in a]
    n += [np.array([0, 1, 0], dtype=np.float32), np.array([0, -1, 0], dtype=np.float32)]
    rim = [unit(np.array([np.cos(t), 1, np.sin(t)], dtype=np.float32)) for t in a] if radius > 0.5 else []
    off = [radius] * sides + [high / 2] * 2 + [(radius + high / 2) / 2**0.5 - 0.1] * len(rim)
    return Solid(
        np.array(n + rim, dtype=np.float32),
        np.array(off, dtype=np.float32),
        (at[0], at[1] + high / 2, at[2]),
        0,
        skin,
        sides + 2,
        True,
    )


@dataclass
class Plane:
    """An endless plane: the table (``normal`` 0 1 0) or the wall; ``picture`` repeats every ``span`` cm."""

    normal: tuple[float, float, float]
    offset: float
    picture: Array
    span: float

    def meet(self, o: Array, d: Array) -> Array:
        """Return the distance along each ray, FAR where it misses."""
        n = np.array(self.normal, dtype=np.float32)
        slope = d @ n
        t = (self.offset - o @ n) / np.where(np.abs(slope) < 1e-7, 1e-7, slope)
        return np.asarray(np.where((t > 1e-3) & (t < 2000), t, FAR), dtype=np.float32)

    def look(self, p: Array) -> tuple[Array, Array]:
        """Return normals and colors."""
        k = self.picture.shape[1] / self.span
        flat = p[:, (0, 2)] if self.normal[1] else p[:, (0, 1)]
        n = np.broadcast_to(np.array(self.normal, dtype=np.float32), p.shape)
        return n.copy(), peek(self.picture, flat[:, 0] * k, flat[:, 1] * k)


@dataclass
class Flag:
    """A piece of paper that stands up: a rectangle with a picture, slightly waving.

    ``at`` is its lower left corner, ``turn`` degrees about y; picture rows run from the top, linear.
    """

    at: tuple[float, float, float]
    size: tuple[float, float]
    turn: float
    picture: Array
    tilt: float = 0.0

    def _frame(self) -> tuple[Array, Array, Array]:
        c, s = np.cos(np.radians(self.turn)), np.sin(np.radians(self.turn))
        t = np.radians(self.tilt)
        right = np.array([c * np.cos(t), np.sin(t), -s * np.cos(t)], dtype=np.float32)
        face = np.array([s, 0, c], dtype=np.float32)
        return right, np.cross(face, right).astype(np.float32), face

    def meet(self, o: Array, d: Array) -> Array:
        """Return the distance along each ray, FAR where it misses."""
        right, up, face = self._frame()
        at = np.array(self.at, dtype=np.float32)
        slope = d @ face
        t = ((at - o) @ face) / np.where(np.abs(slope) < 1e-7, 1e-7, slope)
        q = o + d * t[:, None] - at
        u, v = q @ right, q @ up
        on = (u > 0) & (u < self.size[0]) & (v > 0) & (v < self.size[1]) & (t > 1e-3)
        return np.asarray(np.where(on, t, FAR), dtype=np.float32)

    def look(self, p: Array) -> tuple[Array, Array]:
        """Return normals and colors."""
        right, up, face = self._frame()
        q = p - np.array(self.at, dtype=np.float32)
        u, v = q @ right / self.size[0], q @ up / self.size[1]
        bow = -0.22 * np.sin(u * 5.0 + v)[:, None]
        h, w = self.picture.shape[:2]
        shade = peek(self.picture, np.clip(u, 0, 0.999) * (w - 1), np.clip(1 - v, 0, 0.999) * (h - 1))
        return unit(face + bow * right), shade


@dataclass
class Balls:
    """A heap of balls: middles (n, 3), radii (n,), colors (n, 3); ``grain`` and ``rough`` crumple them."""

    middles: Array
    radii: Array
    tints: Array
    grain: Array
    rough: float = 0.4
    fine: float = 40

    def meet(self, o: Array, d: Array) -> Array:
        """Return the distance along each ray, FAR where it misses."""
        out = np.full(len(o), FAR, np.float32)
        center = self.middles.mean(axis=0)
        reach = float((np.linalg.norm(self.middles - center, axis=1) + self.radii).max())
        to = center - o
        mid = dot(to, d)
        near = np.flatnonzero((dot(to, to) - mid * mid < reach**2) & (mid > -reach))
        a, b = o[near], d[near]
        best = np.full(len(near), FAR, np.float32)
        for m, r in zip(self.middles, self.radii, strict=True):
            v = m - a
            along = dot(v, b)
            left = r * r - (dot(v, v) - along * along)
            t = along - np.sqrt(np.maximum(left, 0))
            best = np.where((left > 0) & (t > 1e-3), np.minimum(best, t), best)
        out[near] = best
        return out

    def look(self, p: Array) -> tuple[Array, Array]:
        """Return normals and colors."""
        own = np.zeros(len(p), dtype=np.int32)
        best = np.full(len(p), FAR, np.float32)
        for k, (m, r) in enumerate(zip(self.middles, self.radii, strict=True)):
            off = np.abs(np.linalg.norm(p - m, axis=1) - r)
            own = np.where(off < best, k, own)
            best = np.minimum(best, off)
        f = self.fine
        dent = np.stack(
            [
                peek(self.grain, p[:, a] * f + 60 * a, p[:, (a + 1) % 3] * f + p[:, (a + 2) % 3] * f * 0.7)
                for a in range(3)
            ],
            axis=1,
        )
        tone = 0.86 + 0.28 * dent[:, :1]
        return unit(unit(p - self.middles[own]) + self.rough * (dent - 0.5) * 2), np.asarray(
            self.tints[own] * tone, dtype=np.float32
        )
