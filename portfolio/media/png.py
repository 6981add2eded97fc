"""PNG files: keep header, palette, transparency and picture data; drop texts, times, films and all else.

Chunk layout: W3C, Portable Network Graphics (third edition), sections 5 and 11.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.media import refusals
from portfolio.media.parts import MAX_EXIF_BYTES, MAX_PARTS, MAX_PROFILE_BYTES, Parts, check_shape

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
"""And ``tRNS`` up to 8 bits: one see-through colour out of 16 bits cannot be found again in 8."""


_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""By colour type: numbers a dot, and how many bits each may have."""

_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Interlaced pictures come in seven passes: first column, first row, steps across, steps down."""

_MOST_UNPACKED = 250_000_000
"""Bytes of rows we are ready to unpack: 80 million opaque dots, or some seconds of work."""

_READ, _UNPACKED = 65_536, 1_000_000
"""Bytes taken and given at one go when picture data is unpacked."""


@dataclass(frozen=True)
class _Header:
    width: int
    height: int
    depth: int
    colours: int
    interlaced: bool

    def unpacked_bytes(self) -> int:
        """Return how many bytes of rows the picture data must hold."""
        total = 0
        for left, top, across, down in _PASSES if self.interlaced else ((0, 0, 1, 1),):
            columns, rows = -((left - self.width) // across), -((top - self.height) // down)
            if columns > 0 and rows > 0:
                total += rows * (1 + (columns * self.depth * _CHANNELS[self.colours] + 7) // 8)
        return total

    def decoded_bytes(self) -> int:
        """Return what the decoded picture takes in Pillow, with the shrunk copy made beside it."""
        a_dot = 4 if self.colours in (2, 4, 6) else 2 if self.depth == 16 else 1
        return self.width * self.height * a_dot * 5 // 4


def read_png(raw: bytes) -> Parts:
    """Return the picture in a PNG file without anything that is not picture.

    Raises ``PictureRefused`` for files that are cut off, damaged or too large (the chunks' check sums are
    left to Pillow, those of the picture data to zlib). Of a moving PNG the still picture is kept that every old program shows.
    """
    kept: list[bytes | memoryview] = [_SIGNATURE]
    rows: list[memoryview] = []
    exif = profile = b""
    header: _Header | None = None
    for name, body, whole in _chunks(raw):
        if (header is None) != (name == b"IHDR"):
            raise refusals.damaged()
        if name == b"IHDR":
            header = _header(bytes(body), len(raw))
        if name in _KEPT or (name == b"tRNS" and header and header.depth <= 8):
            kept.append(whole)
        if name == b"IDAT":
            rows.append(body)
        elif name == b"eXIf" and not exif:
            exif = bytes(body[:MAX_EXIF_BYTES]).removeprefix(b"Exif\0\0")
        elif name == b"iCCP" and not profile:
            profile = _profile(body)
    if header is None:
        raise refusals.damaged()
    _check_rows(rows, header.unpacked_bytes())
    return Parts("PNG", header.width, header.height, b"".join(kept), exif, profile)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, memoryview, memoryview]]:
    """Yield name, body and whole of each chunk up to the end chunk."""
    view = memoryview(raw)
    at = len(_SIGNATURE)
    for _ in range(MAX_PARTS):
        length = int.from_bytes(raw[at : at + 4], "big")
        end = at + 12 + length
        if end > len(raw):
            raise refusals.cut_off()
        name = raw[at + 4 : at + 8]
        yield name, view[at + 8 : end - 4], view[at:end]
        if name == b"IEND":
            return
        at = end
    raise refusals.damaged()


def _header(body: bytes, file_bytes: int) -> _Header:
    """Read the header; refuse one that is impossible, or asks for too many dots."""
    if len(body) != 13:
        raise refusals.damaged()
    width, height = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big")
    depth, colours, packing, filtering, interlaced = body[8:]
    if depth not in _DEPTHS.get(colours, ()) or packing or filtering or interlaced > 1:
        raise refusals.damaged()
    header = _Header(width, height, depth, colours, bool(interlaced))
    check_shape(width, height, 2 * file_bytes + header.decoded_bytes())
    if header.unpacked_bytes() > _MOST_UNPACKED:
        raise refusals.too_many_dots(width, height)
    return header


def _check_rows(rows: list[memoryview], expected: int) -> None:
    """Refuse picture data that ends before the last row: Pillow would show the rest in black."""
    unpacker = zlib.decompressobj()
    found = 0
    try:
        for piece in rows:
            for start in range(0, len(piece), _READ):
                waiting: bytes | memoryview = piece[start : start + _READ]
                # After the end of the data more input would only be piled up, slower and slower.
                while waiting and found < expected and not unpacker.eof:
                    found += len(unpacker.decompress(waiting, _UNPACKED))
                    waiting = unpacker.unconsumed_tail
        while found < expected and (more := unpacker.decompress(b"", _UNPACKED)):
            found += len(more)
    except zlib.error as cause:
        raise refusals.damaged() from cause
    if found < expected:
        raise refusals.damaged()


def _profile(body: memoryview) -> bytes:
    """Unpack a colour profile, never further than its limit; a broken one is left out."""
    name, separator, packed = bytes(body[:80]).partition(b"\0")
    if not separator or packed[:1] != b"\0":
        return b""
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(body[len(name) + 2 :], MAX_PROFILE_BYTES + 1)
    except zlib.error:
        return b""
    return profile if unpacker.eof and len(profile) <= MAX_PROFILE_BYTES else b""
