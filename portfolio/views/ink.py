"""Our drawings for matplotlib: the lines of an icon as a path of its own, upwards as matplotlib draws.

Only what our icons use of SVG's path language is read (moves, lines and curves, absolute and relative).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from portfolio.views import icons

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

GRID: Final = 48.0
"""Our icons stand on a field of 48 by 48."""

_PIECE = re.compile(r"([a-zA-Z])|(-?(?:\d+\.?\d*|\.\d+))")
_NUMBERS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}
_MOVE, _LINE, _QUAD, _CUBIC = 1, 2, 3, 4


@lru_cache(maxsize=256)
def outline(name: str) -> Outline:
    """Return the ink lines of an icon on a field of 1 by 1, its foot at 0 (imports matplotlib)."""
    from matplotlib.path import Path

    points, codes = [], []
    for code, x, y in drawn(icons.find(name).line):
        points.append((x / GRID, 1 - y / GRID))
        codes.append(code)
    return Path(points, codes)


def drawn(data: str) -> Iterator[tuple[int, float, float]]:
    """Yield the points of SVG path data, each with what matplotlib calls its code."""
    x = y = first_x = first_y = 0.0
    behind: tuple[float, float] | None = None
    for letter, numbers in _commands(data):
        kind, dx, dy = letter.upper(), *((x, y) if letter.islower() else (0.0, 0.0))
        if kind == "Z":
            yield _LINE, first_x, first_y
            x, y, behind = first_x, first_y, None
            continue
        if kind in {"H", "V"}:
            places = [(numbers[0] + dx, y) if kind == "H" else (x, numbers[0] + dy)]
        else:
            places = [(a + dx, b + dy) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
        if kind == "S":  # the first handle mirrors the one behind
            places.insert(0, (2 * x - behind[0], 2 * y - behind[1]) if behind else (x, y))
        code = {"M": _MOVE, "Q": _QUAD, "C": _CUBIC, "S": _CUBIC}.get(kind, _LINE)
        yield from ((code, *place) for place in places)
        behind = places[1] if code == _CUBIC else None
        x, y = places[-1]
        if kind == "M":
            first_x, first_y = x, y


def _commands(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield each command with its numbers; one that goes on without its letter gets it again."""
    letter = ""
    numbers: list[float] = []
    for sign, number in _PIECE.findall(data):
        if sign:
            letter, numbers = sign, []
            if sign in "zZ":
                yield sign, ()
            continue
        numbers.append(float(number))
        if len(numbers) == _NUMBERS[letter.upper()]:
            yield letter, tuple(numbers)
            numbers = []
            letter = {"M": "L", "m": "l"}.get(letter, letter)
