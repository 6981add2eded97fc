"""Boxes of MP4 and QuickTime files (ISO/IEC 14496-12): read without trust, written anew.

A reader goes into a box only where its caller knows what to find, so nesting costs nothing however deep it
is. No size is believed before it is held against what is really there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from portfolio.media import video_refusals as refusals
from portfolio.media.streams import MAX_SAMPLES

MAX_BOXES = 20_000
"""Boxes side by side in a whole file; ten minutes in pieces of a tenth of a second are 12,000."""

MAX_BOXES_INSIDE = 2_000
"""Boxes side by side in another; usual are ten."""


_OURS = frozenset({b"moov", b"moof", b"mdat"})


class Box(NamedTuple):
    """One box: its four letters, and where it begins, where its content begins, where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


class Fields:
    """Numbers one after the other in ``raw``, from ``at`` up to ``end``; reading beyond is a refusal."""

    def __init__(self, raw: bytes, at: int, end: int) -> None:
        """Begin at ``at``."""
        self.raw = raw
        self.at = at
        self.end = end

    @classmethod
    def of(cls, raw: bytes, box: Box) -> Fields:
        """Begin at the content of ``box``."""
        return cls(raw, box.body, box.end)

    @property
    def left(self) -> int:
        """Bytes that are still to come."""
        return self.end - self.at

    def take(self, count: int) -> bytes:
        """Return the next ``count`` bytes."""
        if count < 0 or count > self.left:
            raise refusals.damaged()
        self.at += count
        return self.raw[self.at - count : self.at]

    def number(self, width: int) -> int:
        """Return the next ``width`` bytes as a number."""
        return int.from_bytes(self.take(width), "big")

    def signed(self, width: int) -> int:
        """Return the next ``width`` bytes as a number that may be below zero."""
        return int.from_bytes(self.take(width), "big", signed=True)

    def head(self) -> tuple[int, int]:
        """Return version and flags, with which many boxes begin."""
        both = self.number(4)
        return both >> 24, both & 0xFFFFFF

    def table(self, count: int, columns: int = 1) -> tuple[int, ...]:
        """Return ``count`` rows of ``columns`` 32-bit numbers, after a look whether there are so many."""
        if count > MAX_SAMPLES or count * columns * 4 > self.left:
            raise refusals.damaged()
        return struct.unpack(f">{count * columns}I", self.take(count * columns * 4))


def boxes(raw: bytes, start: int, end: int, *, whole_file: bool = False) -> Iterator[Box]:
    """Go through the boxes that stand side by side between ``start`` and ``end``.

    In a ``whole_file`` the last box may be open, one of ours that reaches beyond the end is cut off, and
    anything else that is no box is what some cameras hang behind a film: it is not looked at. Inside other
    boxes all that is damage. Fewer than eight bytes at the end are padding.
    """
    at = start
    for _ in range(MAX_BOXES if whole_file else MAX_BOXES_INSIDE):
        if end - at < 8:
            return
        size, kind, body = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8], at + 8
        if size == 1 and end - at >= 16:
            size, body = int.from_bytes(raw[at + 8 : at + 16], "big"), at + 16
        elif size == 0 and whole_file:
            size = end - at
        elif size == 0:
            return  # QuickTime ends some lists with a zero
        if at + size < body or at + size > end:
            if whole_file and kind in _OURS:
                raise refusals.cut_off()
            if whole_file:
                return
            raise refusals.damaged()
        yield Box(kind, at, body, at + size)
        at += size
    raise refusals.damaged()


def inside(raw: bytes, parent: Box) -> dict[bytes, Box]:
    """Return the boxes in ``parent`` by their letters; of several alike, the first."""
    found: dict[bytes, Box] = {}
    for box in boxes(raw, parent.body, parent.end):
        found.setdefault(box.kind, box)
    return found


def needed(found: dict[bytes, Box], kind: bytes) -> Box:
    """Return the box ``kind``, without which the file cannot be read."""
    if kind not in found:
        raise refusals.damaged()
    return found[kind]


def packed(kind: bytes, *parts: bytes) -> bytes:
    """Return a new box."""
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind + content


def packed_full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a new box that begins with version and flags."""
    return packed(kind, struct.pack(">I", version << 24 | flags), *parts)


def packed_table(kind: bytes, numbers: list[int], columns: int = 1, *, version: int = 0) -> bytes:
    """Return a new box with a table of 32-bit numbers, ``columns`` to a row, and its length before it."""
    rows = struct.pack(f">I{len(numbers)}I", len(numbers) // columns, *numbers)
    return packed_full(kind, rows, version=version)
