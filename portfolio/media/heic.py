"""HEIC photos, an iPhone's own kind: opened where the extra ``heic`` is installed, else refused with help.

Only the size is read here (ISO/IEC 23008-12, 6.5.3 ``ispe``), before anything is decoded. The picture itself
is decoded in a process of its own (``apart``): the decoder is a large C++ library. What comes back are bare
dots, so nothing else that stood in the file can.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from portfolio.media import refusals
from portfolio.media.parts import MAX_SIDE, Parts, check_shape

_READERS = ("pi_heif", "pillow_heif")
_WAY = (b"meta", b"iprp", b"ipco", b"ispe")
_MOST_BOXES = 10_000
_BYTES_A_DOT = 6
"""Measured at 12 MP: the decoder's planes, its tiles, and three bytes a dot."""

_SECONDS = 20.0


def read_heic(raw: bytes) -> Parts:
    """Return the main picture of a HEIC file as bare dots, upright, with its color profile.

    Further pictures, depth maps, thumbnails, EXIF and XMP stay behind. Raises ``PictureRefused`` for files
    that are damaged or too large, and for all of them where no reader is installed.
    """
    if not any(find_spec(name) for name in _READERS):
        raise refusals.heic()
    width, height = _largest_size(raw)
    check_shape(width, height, 2 * len(raw) + _BYTES_A_DOT * width * height)
    from portfolio.media.apart import Stopped, draw_apart

    try:
        (drawing,) = draw_apart("heic", raw, longest=MAX_SIDE, most=1, seconds_each=_SECONDS)
    except Stopped as stopped:
        reasons = {"memory": refusals.no_memory, "missing": refusals.heic}
        refusal = reasons.get(stopped.reason, refusals.damaged)
        raise refusal() from stopped
    return drawing.parts


def _largest_size(raw: bytes) -> tuple[int, int]:
    """Return width and height in dots of the largest picture that the file announces."""
    places = [(0, len(raw))]
    for name in _WAY:
        places = [place for start, end in places for place in _boxes(raw, start, end, name)]
        if name == b"meta":
            places = [(start + 4, end) for start, end in places]  # version and flags
    sizes = [
        (
            int.from_bytes(raw[start + 4 : start + 8], "big"),
            int.from_bytes(raw[start + 8 : start + 12], "big"),
        )
        for start, end in places
        if end - start >= 12
    ]
    if not sizes:
        raise refusals.damaged()
    return max(sizes, key=lambda size: size[0] * size[1])


def _boxes(raw: bytes, at: int, end: int, wanted: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the bodies of the boxes called ``wanted`` start and end, between two places."""
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        size, name, start = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8], at + 8
        if size == 1:
            size, start = int.from_bytes(raw[start : start + 8], "big"), start + 8
        stop = end if size == 0 else at + size
        if stop > end:
            raise refusals.cut_off()
        if stop < start:
            raise refusals.damaged()
        if name == wanted:
            yield start, stop
        at = stop
    raise refusals.damaged()
