"""What every reader of picture files hands on, and the limits that are checked before anything is decoded.

The readers (``jpeg``, ``png``, ``webp``, ``gif``) walk through a file, keep what is picture and drop the rest.
Pillow then sees only the kept bytes: no EXIF, no text, no second picture, nothing after the end. This
closes holes that no setting of Pillow closes, for example EXIF tables that ask for gigabytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portfolio.media import refusals

Kind = Literal["JPEG", "PNG", "WEBP", "GIF", "HEIC", "PPM"]
"""The kinds of picture we open, as Pillow calls them. HEIC arrives as PPM (bare dots) from ``apart``; a PPM
file that somebody sends is refused."""

MAX_FILE_BYTES = 64_000_000
"""No phone writes a larger photo; the largest seen in measurements was 27 MB."""

MAX_DOTS = 80_000_000
MAX_SIDE = 30_000

MAX_MEMORY = 420_000_000
"""Bytes one picture may need while it is decoded, so that a refusal or a success stays under 500 MB."""

MAX_PARTS = 65_536
"""Pieces a file may consist of; a 64 MB PNG in the usual 8 kB pieces has 8,000."""

MAX_EXIF_BYTES = 65_536
"""In JPEG files it cannot be longer; the orientation stands near the beginning anyway."""

MAX_PROFILE_BYTES = 3_000_000
"""Printers' colour profiles reach 2 MB, a phone's has 0.5 kB; larger ones are left out."""


@dataclass(frozen=True)
class Parts:
    """A picture taken out of its file, with the two facts about it that we need to show it right."""

    kind: Kind
    width: int
    """Dots across, as stored: before the picture is turned upright."""
    height: int
    stream: bytes
    """A file of the same kind that holds the picture and nothing else."""
    exif: bytes = b""
    """The EXIF block (a TIFF structure) as it stood in the file: read for the orientation, then dropped."""
    profile: bytes = b""
    """The ICC colour profile, at most ``MAX_PROFILE_BYTES``, or nothing."""


def check_shape(width: int, height: int, memory: int) -> None:
    """Refuse a picture whose header asks for too much, before a single dot is decoded.

    ``width`` and ``height`` are dots; ``memory`` is the estimate of bytes needed to decode it,
    the file itself included. Raises ``PictureRefused``.
    """
    if width < 1 or height < 1:
        raise refusals.damaged()
    if max(width, height) > MAX_SIDE:
        raise refusals.too_long(max(width, height), MAX_SIDE)
    if width * height > MAX_DOTS or memory > MAX_MEMORY:
        raise refusals.too_many_dots(width, height)
