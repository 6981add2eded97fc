"""A small ray tracer for the two photos of things that stand on a table.

Lengths are centimeters; x runs right, y up, z toward the camera. Light is linear until the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .ink import Array, Dice

FAR = np.float32(1e6)


class Thing(Protocol):
    """Something a ray can meet."""

    def meet(self, o: Array, d: Array) -> Array:
        """Return the distance along each ray (origins and directions, shape (n, 3)), FAR where it misses."""
        ...

    def look(self, p: Array) -> tuple[Array, Array]:
        """Return normals and linear colors, both (n, 3), at points on its surface."""
        ...


@dataclass(frozen=True)
class View:
    """Where the camera stands and looks; ``fov`` is the upright angle in degrees, ``lens`` its radius in cm."""

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    fov: float
    size: tuple[int, int]
    roll: float = 0.0
    lens: float = 0.25


@dataclass(frozen=True)
class Lamp:
    """A window: its middle, half its width and height, and its linear color."""

    at: tuple[float, float, float]
    half: float
    tint: tuple[float, float, float]
    sky: tuple[float, float, float]
    ground: tuple[float, float, float] = (0.2, 0.17, 0.14)


def unit(v: Array) -> Array:
    """Return the vectors with length 1."""
    return np.asarray(v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9), dtype=np.float32)


def dot(a: Array, b: Array) -> Array:
    """Return the row-wise product."""
    return np.asarray(np.einsum("...i,...i->...", a, b), dtype=np.float32)


def _rays(view: View, d: Dice) -> tuple[Array, Array]:
    w, h = view.size
    eye, target = np.array(view.eye, dtype=np.float32), np.array(view.target, dtype=np.float32)
    ahead = unit(target - eye)
    up = np.array([np.sin(np.radians(view.roll)), np.cos(np.radians(view.roll)), 0], dtype=np.float32)
    right = unit(np.cross(ahead, up))
    up = np.cross(right, ahead)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    x = (x + d.random((h, w), dtype=np.float32) - w / 2).ravel()
    y = (h / 2 - y - d.random((h, w), dtype=np.float32)).ravel()
    k = 2 * np.tan(np.radians(view.fov / 2)) / h
    way = ahead + (x * k)[:, None] * right + (y * k)[:, None] * up
    sharp = eye + way * np.linalg.norm(target - eye)
    lens = d.uniform(-1, 1, (len(x), 2)).astype(np.float32) * view.lens
    o = eye + lens[:, :1] * right + lens[:, 1:] * up
    return np.asarray(o, dtype=np.float32), unit(sharp - o)


def nearest(things: list[Thing], o: Array, d: Array) -> tuple[Array, NDArray[np.int16]]:
    """Return for each ray the distance to the first thing and its number (-1: none)."""
    best, which = np.full(len(o), FAR, np.float32), np.full(len(o), -1, np.int16)
    for k, thing in enumerate(things):
        t = thing.meet(o, d)
        closer = t < best
        best = np.where(closer, t, best)
        which[closer] = k
    return best, which


def _blocked(things: list[Thing], o: Array, d: Array, limit: Array) -> Array:
    free = np.ones(len(o), dtype=np.float32)
    for thing in things:
        left = np.flatnonzero(free)
        free[left[thing.meet(o[left], d[left]) < limit[left]]] = 0
    return 1 - free


def _surface(things: list[Thing], p: Array, which: NDArray[np.int16]) -> tuple[Array, Array]:
    n, c = np.zeros_like(p), np.zeros_like(p)
    n[:, 1] = 1
    for k, thing in enumerate(things):
        here = np.flatnonzero(which == k)
        if len(here):
            n[here], c[here] = thing.look(p[here])
    return n, c


def _around(n: Array, d: Dice) -> Array:
    """Return a chance direction for each normal, more often straight out than flat."""
    v = unit(d.standard_normal(n.shape, dtype=np.float32))
    return unit(n + v * 0.999)


def render(things: list[Thing], view: View, lamp: Lamp, samples: int, d: Dice) -> Array:
    """Return the picture, linear, of shape (height, width, 3)."""
    w, h = view.size
    color_of, light, gloss, normal, place = (np.zeros((w * h, 3), dtype=np.float32) for _ in range(5))
    for _ in range(samples):
        o, way = _rays(view, d)
        t, which = nearest(things, o, way)
        p = o + way * np.minimum(t, 1e4)[:, None]
        n, c = _surface(things, p, which)
        n = np.where(dot(n, way)[:, None] > 0, -n, n)
        lit, shine = _lit(things, p + n * 0.02, n, way, lamp, d)
        for total, part in ((color_of, c), (light, lit), (gloss, shine), (normal, n), (place, p)):
            np.add(total, part / samples, out=total)
    shape = (h, w, 3)
    calm = _calm(light.reshape(shape), normal.reshape(shape), place.reshape(shape))
    return np.asarray(color_of.reshape(shape) * calm + gloss.reshape(shape), dtype=np.float32)


def _calm(light: Array, normal: Array, place: Array, rounds: int = 4) -> Array:
    """Smooth the light, but never over an edge: neighbors count if they lie on the same face."""
    for k in range(rounds):
        total, weight = light.copy(), np.ones(light.shape[:2], dtype=np.float32)
        for dy, dx in (
            (-1, -1),
            (-1, 0),
            (-1, 1),
            (0, -1),
            (0, 1),
            (1, -1),
            (1, 0),
            (1, 1),
            (0, 2),
            (2, 0),
            (0, -2),
            (-2, 0),
        ):
            by = (dy * 2**k, dx * 2**k)
            same = np.clip(dot(normal, np.roll(normal, by, (0, 1))), 0, 1) ** 48
            off = dot(np.roll(place, by, (0, 1)) - place, normal)
            wide = np.linalg.norm(np.roll(place, by, (0, 1)) - place, axis=2)
            near = same * np.exp(-((off / 0.12) ** 2)) * (wide < 0.25 * 2 ** (k + 1))
            total += np.roll(light, by, (0, 1)) * near[..., None]
            weight += near
        light = total / weight[..., None]
    return light


def _lit(things: list[Thing], p: Array, n: Array, way: Array, lamp: Lamp, d: Dice) -> tuple[Array, Array]:
    """Return the light that reaches each point and the shine it throws back, both (n, 3)."""
    spot = np.array(lamp.at, dtype=np.float32) + lamp.half * d.uniform(-1, 1, p.shape).astype(np.float32) * (
        0.2,
        1,
        1,
    )
    to = (spot - p).astype(np.float32)
    gap = np.linalg.norm(to, axis=1)
    to = unit(to)
    lean = np.maximum(dot(n, to), 0)
    shade = 1 - _blocked(things, p, to, gap)
    direct = (lean * shade)[:, None] * np.array(lamp.tint, dtype=np.float32)
    shine = np.maximum(dot(n, unit(to - way)), 0) ** 40 * shade * 0.06
    out = _around(n, d)
    t, which = nearest(things, p, out)
    _, met = _surface(things, p + out * np.minimum(t, 1e4)[:, None], which)
    up = (0.5 + 0.5 * out[:, 1])[:, None]
    sky = np.array(lamp.sky, dtype=np.float32) * up + np.array(lamp.ground, dtype=np.float32) * (1 - up)
    # What the second ray meets is lit about half as much as open places.
    reach = np.clip(t / 45, 0.12, 1)[:, None]
    fill = np.where((which >= 0)[:, None], met * 0.62 * np.array(lamp.sky, dtype=np.float32) * reach, sky)
    return np.asarray(direct + fill, dtype=np.float32), np.repeat(shine[:, None], 3, axis=1).astype(
        np.float32
    )


@dataclass
class Solid:
    """A convex body given by planes ``normals · x <= offsets`` in its own frame, turned about y and moved.

    ``bore`` (x, y, radius) takes a round hole along its z axis out of it: an arch.
    """

    normals: Array
    offsets: Array
    at: tuple[float, float, float]
    turn: float
    skin: Skin
    faces: int
    round_y: bool = False
    bore: tuple[float, float, float] | None = None
    reach: float = field(init=False)
    middle: Array = field(init=False)

    def __post_init__(self) -> None:
        """Find a sphere around the body, so that most rays need no closer look."""
        c, s = np.cos(np.radians(self.turn)), np.sin(np.radians(self.turn))
        self._spin = np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]], dtype=np.float32)
        high = [
            float(self.offsets[np.argmax(self.normals @ np.array(a))])
            for a in np.vstack([np.eye(3), -np.eye(3)])
        ]
        self.reach = float(np.sqrt(sum(max(high[k], high[k + 3]) ** 2 for k in range(3)))) + 0.1
        self.middle = np.array(self.at, dtype=np.float32)

    def _home(self, p: Array) -> Array:
        return (p - self.middle) @ self._spin.T

    def meet(self, o: Array, d: Array) -> Array:
        """Return the distance along each ray, FAR where it misses."""
        out = np.full(len(o), FAR, np.float32)
        to = self.middle - o
        mid = dot(to, d)
        near = np.flatnonzero((dot(to, to) - mid * mid < self.reach**2) & (mid > -self.reach))
        if not len(near):
            return out
        a, b = self._home(o[near]), d[near] @ self._spin.T
        enter, leave = np.full(len(near), -FAR, np.float32), np.full(len(near), FAR, np.float32)
        for n, h in zip(self.normals, self.offsets, strict=True):
            slope = b @ n
            t = (h - a @ n) / np.where(np.abs(slope) < 1e-7, 1e-7, slope)
            enter = np.where(slope < 0, np.maximum(enter, t), enter)
            leave = np.where(slope > 0, np.minimum(leave, t), leave)
        if self.bore:
            enter = self._bored(a, b, enter)
        hit = (enter < leave) & (enter > 1e-3)
        out[near[hit]] = enter[hit]
        return out

    def _bored(self, a: Array, b: Array, enter: Array) -> Array:
        x, y, r = self.bore or (0, 0, 0)
        p, q = a[:, :2] - np.array([x, y], dtype=np.float32), b[:, :2]
        k = np.maximum(dot(q, q), 1e-9)
        m = dot(p, q) / k
        root = m * m - (dot(p, p) - r * r) / k
        span = np.sqrt(np.maximum(root, 0))
        inside = (root > 0) & (enter > -m - span) & (enter < -m + span)
        return np.where(inside, -m + span, enter)

    def look(self, p: Array) -> tuple[Array, Array]:
        """Return normals and colors at points on the surface."""
        q = self._home(p)
        far = q @ self.normals.T - self.offsets
        face = far.argmax(axis=1)
        n = self.normals[face].copy()
        if self.round_y:
            side = np.abs(n[:, 1]) < 0.3
            n[side] = unit(np.stack([q[side, 0], 0 * q[side, 0], q[side, 2]], axis=1))
        if self.bore:
            hole = np.hypot(q[:, 0] - self.bore[0], q[:, 1] - self.bore[1]) < self.bore[2] + 0.02
            inner = hole & (far.max(axis=1) < -0.01)
            n[inner] = unit(
                np.stack([self.bore[0] - q[inner, 0], self.bore[1] - q[inner, 1], 0 * q[inner, 0]], axis=1)
            )
        return n @ self._spin, self.skin(q, n, face >= self.faces)


class Skin(Protocol):
    """Says how a body is colored."""

    def __call__(self, p: Array, n: Array, worn: NDArray[np.bool_], /) -> Array:
        """Return linear colors (n, 3) for points and normals in the body's own frame; ``worn`` marks edges."""
        ...
