"""A height map on a board, for the ray tracer: the land the volcano stands in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .ink import Array
from .solids import peek
from .trace import FAR, unit

WIDE, DEEP, CELLS = 62.0, 46.0, 20  # the board in cm, and map cells per cm


@dataclass
class Ground:
    """A height map over the board: ``height`` and ``tint`` have CELLS cells per cm."""

    height: Array
    tint: Array

    def __post_init__(self) -> None:
        """Keep the slopes, for normals."""
        self._down, self._across = (np.asarray(g * CELLS, dtype=np.float32) for g in np.gradient(self.height))
        self._high = float(self.height.max()) + 0.1

    def at(self, x: Array, z: Array) -> Array:
        """Return the height at places in cm."""
        return peek(self.height, (x + WIDE / 2) * CELLS, (z + DEEP / 2) * CELLS)

    def meet(self, o: Array, d: Array) -> Array:
        """Return the distance along each ray, FAR where it misses."""
        out = np.full(len(o), FAR, np.float32)
        low = np.array([-WIDE / 2 + 0.1, 0, -DEEP / 2 + 0.1], dtype=np.float32)
        high = np.array([WIDE / 2 - 0.1, self._high, DEEP / 2 - 0.1], dtype=np.float32)
        safe = np.where(np.abs(d) < 1e-7, 1e-7, d)
        a, b = (low - o) / safe, (high - o) / safe
        t = np.maximum(np.minimum(a, b).max(axis=1), 0)
        end = np.maximum(a, b).min(axis=1)
        live = np.flatnonzero(t < end)
        for _ in range(110):
            if not len(live):
                break
            p = o[live] + d[live] * t[live][:, None]
            gap = p[:, 1] - self.at(p[:, 0], p[:, 2])
            hit = gap < 0.015
            out[live[hit]] = t[live[hit]]
            t[live] += np.maximum(gap * 0.36, 0.03)
            live = live[~hit & (t[live] < end[live])]
        return out

    def look(self, p: Array) -> tuple[Array, Array]:
        """Return normals and colors."""
        u, v = (p[:, 0] + WIDE / 2) * CELLS, (p[:, 2] + DEEP / 2) * CELLS
        slope = np.stack(
            [-peek(self._across, u, v), np.ones(len(p), np.float32), -peek(self._down, u, v)], axis=1
        )
        return unit(slope), peek(self.tint, u, v)
