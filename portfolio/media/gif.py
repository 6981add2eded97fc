"""GIF files: keep the first picture and its colors, drop comments, notes of programs and all that moves.

Block layout: GIF89a specification, sections 17 to 27.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.media import refusals
from portfolio.media.parts import MAX_PARTS, Parts, check_shape

_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_GRAPHIC_CONTROL = 0xF9
_HAS_COLORS = 0x80
_INTERLACED = 0x40
_SEE_THROUGH = 0x01
_MOST_BLOCKS = MAX_PARTS * 8
"""Pieces hold at most 255 bytes: half a million of them are a first picture of 130 MB."""


def read_gif(raw: bytes) -> Parts:
    """Return the first picture in a GIF file without anything that is not picture.

    A moving GIF becomes a still: its first picture, as it is drawn before anything moves. If that one covers
    only a part of the canvas, the part is shown by itself. Raises ``PictureRefused`` for files that are cut
    off, damaged or too large.
    """
    walk = _Walk(raw, 13)
    colors = walk.take(_color_bytes(raw[10])) if len(raw) > 13 else b""
    control = b""
    for _ in range(MAX_PARTS):
        sort = walk.take(1)[0]
        if sort == _PICTURE:
            return _parts(walk, colors, control)
        if sort != _EXTENSION:
            raise refusals.damaged()
        label = walk.take(1)[0]
        body = walk.pieces()
        if label == _GRAPHIC_CONTROL and len(body) == 6:
            control = body
    raise refusals.damaged()


def _parts(walk: _Walk, colors: bytes, control: bytes) -> Parts:
    """Read the first picture and write a file around it that holds nothing else."""
    header = walk.take(9)
    width, height = int.from_bytes(header[4:6], "little"), int.from_bytes(header[6:8], "little")
    check_shape(width, height, 2 * len(walk.raw) + 5 * width * height)
    own = walk.take(_color_bytes(header[8]))
    colors = own or colors
    code_size = walk.take(1)
    if not colors or not 2 <= code_size[0] <= 8:
        raise refusals.damaged()
    dots = walk.pieces()
    size = header[4:8]
    flags = _HAS_COLORS | ((len(colors) // 3).bit_length() - 2)
    stream = b"".join((b"GIF89a", size, bytes([flags, 0, 0]), colors))
    if control and control[1] & _SEE_THROUGH:
        # Only which color is see-through is kept: no times, no waiting for a key.
        stream += bytes([_EXTENSION, _GRAPHIC_CONTROL, 4, _SEE_THROUGH, 0, 0, control[4], 0])
    stream += bytes([_PICTURE, 0, 0, 0, 0]) + size + bytes([header[8] & _INTERLACED]) + code_size
    return Parts("GIF", width, height, stream + dots + bytes([_END]))


def _color_bytes(flags: int) -> int:
    """Return how many bytes the color table takes that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & _HAS_COLORS else 0


@dataclass
class _Walk:
    """A walk through the bytes of a file that never leaves it."""

    raw: bytes
    at: int

    def take(self, count: int) -> bytes:
        """Return the next ``count`` bytes."""
        start, self.at = self.at, self.at + count
        if self.at > len(self.raw):
            raise refusals.cut_off()
        return self.raw[start : self.at]

    def pieces(self) -> bytes:
        """Return the pieces from here to the empty one that ends them, their lengths included."""
        start = self.at
        for _ in range(_MOST_BLOCKS):
            length = self.take(1)[0]
            if not length:
                return self.raw[start : self.at]
            self.at += length
        raise refusals.damaged()
