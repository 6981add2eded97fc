"""JPEG files: keep the tables and the scans, drop every marker that is not needed to draw the picture.

Segment layout and marker numbers: ITU-T T.81, annex B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portfolio.media import refusals
from portfolio.media.parts import MAX_PARTS, MAX_PROFILE_BYTES, Parts, check_shape

_PROGRESSIVE = 0xC2
_FRAMES = {0xC0, 0xC1, _PROGRESSIVE}
_OTHER_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF, 0xDE}
_SOS, _SOI, _EOI, _TEM, _APP1, _APP2 = 0xDA, 0xD8, 0xD9, 0x01, 0xE1, 0xE2
_TABLES = {0xC4, 0xDB, 0xDD, _SOS}
_COLOUR_HINTS = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}

_NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""The next marker that is neither data (FF 00), nor a restart mark, nor filling; linear in time."""

_MOST_DRAFTED = 64_000_000
"""Bytes of the decoded picture: the decoder itself shrinks it to less than twice the size we need."""

_MAX_SCANS = 100
_MAX_BLOCK_VISITS = 60_000_000
"""A progressive file can ask for the same blocks again and again: this is some seconds of work."""


@dataclass(frozen=True)
class _Segment:
    marker: int
    body: bytes
    """What stands after the length: all of it, except for scans, where it is the scan's header."""
    whole: memoryview
    """From the marker to the last byte, the scan's data included."""


@dataclass(frozen=True)
class _Frame:
    """The frame header: how large the picture is and how its colours are sampled."""

    width: int
    height: int
    colours: int
    blocks: int
    """8 by 8 blocks over all colours."""
    progressive: bool


def read_jpeg(raw: bytes) -> Parts:
    """Return the picture in a JPEG file without anything that is not picture.

    Raises ``PictureRefused`` for files that are cut off, damaged, too large, or of a kind that no phone
    makes. Colours are kept as they are (also CMYK); only the first picture of a file is read, so the
    hidden second ones (depth maps, brighter versions, short films) are gone.
    """
    basket = _Basket(len(raw))
    for segment in _segments(raw):
        basket.take(segment)
    if basket.frame is None or not basket.scans:
        raise refusals.damaged()
    stream = b"".join([b"\xff\xd8", *basket.kept, b"\xff\xd9"])
    profile = _profile(basket.profile_parts)
    return Parts("JPEG", basket.frame.width, basket.frame.height, stream, basket.exif, profile)


@dataclass
class _Basket:
    """What has been collected from the segments so far."""

    file_bytes: int
    kept: list[memoryview] = field(default_factory=list)
    exif: bytes = b""
    profile_parts: list[bytes] = field(default_factory=list)
    frame: _Frame | None = None
    scans: int = 0
    colour_hints: set[int] = field(default_factory=set)

    def take(self, segment: _Segment) -> None:
        """Keep, note or drop one segment; refuse what no phone makes."""
        marker, body = segment.marker, segment.body
        if marker in _OTHER_FRAMES:
            raise refusals.saved_in_a_rare_way()
        if marker in _FRAMES:
            if self.frame is not None:
                raise refusals.damaged()
            self.frame = _frame(marker, body)
        elif marker == _SOS:
            self._check_scan(body)
        elif marker == _APP1 and not self.exif and body.startswith(b"Exif\0"):
            self.exif = body[6:]
        elif marker == _APP2 and body.startswith(b"ICC_PROFILE\0"):
            self.profile_parts.append(body[12:])
        if marker in _FRAMES or marker in _TABLES or self._is_first_colour_hint(marker, body):
            self.kept.append(segment.whole)

    def _is_first_colour_hint(self, marker: int, body: bytes) -> bool:
        """Say whether this is the first of the two notes that decide how colours are read."""
        hint = _COLOUR_HINTS.get(marker)
        if hint is None or marker in self.colour_hints or not body.startswith(hint):
            return False
        self.colour_hints.add(marker)
        return True

    def _check_scan(self, header: bytes) -> None:
        """Refuse what would take too much memory or time, before anything is decoded."""
        frame = self.frame
        if frame is None or not header:
            raise refusals.damaged()
        self.scans += 1
        if self.scans == 1:
            # A picture that comes in several scans is held as numbers, two bytes each, until all are read.
            at_once = not frame.progressive and header[0] == frame.colours
            numbers = 0 if at_once else frame.blocks * 128
            check_shape(frame.width, frame.height, 2 * self.file_bytes + numbers + _MOST_DRAFTED)
        if self.scans > _MAX_SCANS or self.scans * frame.blocks > _MAX_BLOCK_VISITS:
            raise refusals.saved_in_a_rare_way()


def _segments(raw: bytes) -> Iterator[_Segment]:
    """Yield the segments of the first picture in ``raw``, up to its end marker."""
    view = memoryview(raw)
    at = 2
    for _ in range(MAX_PARTS):
        start = _marker_after(raw, at)
        marker = raw[start + 1]
        if marker == _EOI:
            return
        if marker == _TEM:
            at = start + 2
            continue
        length = int.from_bytes(raw[start + 2 : start + 4], "big")
        at = end = start + 2 + length
        if end > len(raw):
            raise refusals.cut_off()
        if length < 2 or marker == _SOI:
            raise refusals.damaged()
        if marker == _SOS:
            at = _marker_after(raw, end)
        yield _Segment(marker, raw[start + 4 : end], view[start:at])
    raise refusals.damaged()


def _marker_after(raw: bytes, at: int) -> int:
    """Return where the next marker starts; a file without one has lost its end."""
    found = _NEXT_MARKER.search(raw, at)
    if found is None:
        raise refusals.cut_off()
    return found.start()


def _frame(marker: int, body: bytes) -> _Frame:
    """Read the frame header; refuse what is not 8 bits deep in 1, 3 or 4 colours."""
    if len(body) < 6 or len(body) < 6 + 3 * body[5]:
        raise refusals.damaged()
    height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    colours = body[5]
    if body[0] != 8 or colours not in (1, 3, 4):
        raise refusals.saved_in_a_rare_way()
    sampling = [(body[7 + 3 * colour] >> 4, body[7 + 3 * colour] & 15) for colour in range(colours)]
    if not all(1 <= across <= 4 and 1 <= down <= 4 for across, down in sampling):
        raise refusals.damaged()
    widest, tallest = max(across for across, _ in sampling), max(down for _, down in sampling)
    units = -(-width // (8 * widest)) * -(-height // (8 * tallest))
    blocks = units * sum(across * down for across, down in sampling)
    return _Frame(width, height, colours, blocks, marker == _PROGRESSIVE)


def _profile(parts: list[bytes]) -> bytes:
    """Put the pieces of a colour profile together by their numbers, or return nothing if some are missing."""
    whole = sorted(part for part in parts if len(part) > 2)
    numbers = [part[0] for part in whole]
    if not whole or numbers != list(range(1, whole[0][1] + 1)):
        return b""
    profile = b"".join(part[2:] for part in whole)
    return profile if len(profile) <= MAX_PROFILE_BYTES else b""
