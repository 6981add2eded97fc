"""Which way up a picture belongs: the one fact we read from EXIF before all of it is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

_ORIENTATION_TAG = 0x0112
_SHORT = 3
_MOST_ENTRIES = 512


def orientation(exif: bytes) -> int:
    """Return the orientation (1 to 8, Exif 2.32, tag 274) in an EXIF block; 1 if none can be read.

    Only the first table is looked at, and only this one entry: Pillow would load every value that the
    table points to, which a hostile file turns into gigabytes.
    """
    order: Literal["little", "big"] = "little" if exif[:2] == b"II" else "big"
    if exif[:4] not in (b"II*\0", b"MM\0*"):
        return 1
    table = int.from_bytes(exif[4:8], order)
    entries = min(int.from_bytes(exif[table : table + 2], order), _MOST_ENTRIES)
    for start in range(table + 2, table + 2 + 12 * entries, 12):
        if int.from_bytes(exif[start : start + 2], order) != _ORIENTATION_TAG:
            continue
        value = int.from_bytes(exif[start + 8 : start + 10], order)
        is_one_short = (
            int.from_bytes(exif[start + 2 : start + 4], order) == _SHORT
            and int.from_bytes(exif[start + 4 : start + 8], order) == 1
        )
        return value if is_one_short and 1 <= value <= 8 else 1
    return 1


def turn_upright(picture: Image, stored: int) -> Image:
    """Return the picture turned and mirrored so that orientation ``stored`` becomes 1."""
    from PIL.Image import Transpose

    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(stored)
    return picture if turn is None else picture.transpose(turn)
