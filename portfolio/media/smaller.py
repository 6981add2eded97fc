"""Smaller variants of kept pictures, for files with many: step by step, the same step for all.

Measured: photos of a classroom need 0.35 to 0.65 bit a dot to look like photos; every step but the last ones stays there.
"""

from __future__ import annotations

from typing import Final

STEPS: Final = ((1440, 60), (1280, 60), (1280, 50), (1080, 45), (900, 40), (720, 35), (560, 30), (400, 25))
"""Longest side and WebP quality of step 1, 2, …; step 0 is the picture as it is kept."""

_LEAST: Final = (0.65, 0.5, 0.43, 0.31, 0.22, 0.14, 0.08, 0.04)
"""What of its bytes a picture keeps at step 1, 2, …, at the very least: measured 0.59 and more at step 2, and so on."""

ENOUGH: Final = 6
"""How far pictures become smaller only to make a file handy: what is smaller than this is hard to look at."""

LEGIBLE: Final = 4
"""How far pages of documents become smaller: print below this cannot be read any more."""


def at_least(size: int, step: int) -> int:
    """Return how many bytes a picture of ``size`` bytes will have at a step, at the very least: nothing is made for it."""
    return int(size * _LEAST[step - 1]) if step else size


def shrunk(webp: bytes, step: int) -> bytes:
    """Return a kept picture made smaller by so many steps, or as it is where that would save nothing.

    The same bytes and step give the same result. Raises ``PictureRefused`` if ``webp`` does not open.
    """
    from portfolio.media.pictures import remade  # Pillow comes only with the first picture

    longest, quality = STEPS[step - 1]
    made = remade(webp, longest, quality)
    return made if len(made) < len(webp) else webp
