"""Elements of WebM files (RFC 8794, RFC 9559): read without trust, written anew.

The recorders of browsers write segments and clusters of unknown length, since they do not know yet when
the child will press Stop. Those end where something begins that cannot stand in them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from portfolio.media import video_refusals as refusals

EBML = 0x1A45DFA3
SEGMENT = 0x18538067
INFO = 0x1549A966
TRACKS = 0x1654AE6B
CLUSTER = 0x1F43B675
CUES = 0x1C53BB6B
SEEK_HEAD = 0x114D9B74
TAGS = 0x1254C367
ATTACHMENTS = 0x1941A469
CHAPTERS = 0x1043A770

_SIDE_BY_SIDE = frozenset({CLUSTER, INFO, TRACKS, CUES, SEEK_HEAD, TAGS, ATTACHMENTS, CHAPTERS})
"""What stands directly in a segment, and so ends a cluster of unknown length."""

_ABOVE = frozenset({EBML, SEGMENT})

MAX_ELEMENTS = 500_000
"""In one file; three minutes of 60 pictures and 100 pieces of sound a second are 29,000 blocks."""


class Element(NamedTuple):
    """One element: its number, and where its content begins and ends."""

    kind: int
    body: int
    end: int


class Reader:
    """Goes through the elements of one file and counts them, so that a file of nothings ends soon."""

    def __init__(self, raw: bytes) -> None:
        """Read ``raw``, a whole file."""
        self.raw = raw
        self.seen = 0

    def inside(self, parent: Element, *, depth: int = 1) -> Iterator[Element]:
        """Go through the elements directly in ``parent``.

        ``depth`` is 0 in a segment, where clusters may be of unknown length; no others may be.
        """
        at = parent.body
        while at < parent.end:
            element = self.at(at, parent.end, open_ended=depth == 0)
            yield element
            at = element.end

    def at(self, at: int, limit: int, *, open_ended: bool) -> Element:
        """Return the element at ``at``, which must end before ``limit``."""
        self.seen += 1
        if self.seen > MAX_ELEMENTS:
            raise refusals.damaged()
        kind, at = self._kind(at, limit)
        size, at = number_at(self.raw, at, limit)
        if size is not None:
            if at + size > limit:
                raise refusals.cut_off() if limit == len(self.raw) else refusals.damaged()
            return Element(kind, at, at + size)
        if kind == SEGMENT:
            return Element(kind, at, limit)
        if kind == CLUSTER and open_ended:
            return Element(kind, at, self._end_of_cluster(at, limit))
        raise refusals.damaged()

    def _kind(self, at: int, limit: int) -> tuple[int, int]:
        """Return the number of the element at ``at`` and where it ends."""
        if at >= limit:
            raise refusals.damaged()
        width = 9 - self.raw[at].bit_length()
        if width > 4:
            raise refusals.damaged()
        if at + width > limit:
            raise refusals.cut_off()
        return int.from_bytes(self.raw[at : at + width], "big"), at + width

    def _end_of_cluster(self, at: int, limit: int) -> int:
        """Return where a cluster of unknown length ends."""
        while at < limit:
            kind, _ = self._kind(at, limit)
            if kind in _SIDE_BY_SIDE or kind in _ABOVE:
                return at
            at = self.at(at, limit, open_ended=False).end
        return limit

    def number(self, element: Element) -> int:
        """Return the whole number in ``element``."""
        if element.end - element.body > 8:
            raise refusals.damaged()
        return int.from_bytes(self.raw[element.body : element.end], "big")

    def fraction(self, element: Element) -> float:
        """Return the number with a point in ``element``."""
        content = self.raw[element.body : element.end]
        if len(content) not in {0, 4, 8}:
            raise refusals.damaged()
        if not content:
            return 0.0
        (number,) = struct.unpack(">f" if len(content) == 4 else ">d", content)
        return float(number)


def number_at(raw: bytes, at: int, limit: int) -> tuple[int | None, int]:
    """Return the length (or track number) at ``at``, None if it says "unknown", and where it ends."""
    if at >= limit:
        raise refusals.cut_off() if limit == len(raw) else refusals.damaged()
    width = 9 - raw[at].bit_length()
    if width > 8:
        raise refusals.damaged()
    if at + width > limit:
        raise refusals.cut_off() if limit == len(raw) else refusals.damaged()
    number = int.from_bytes(raw[at : at + width], "big") & (1 << 7 * width) - 1
    return (None if number == (1 << 7 * width) - 1 else number), at + width


def packed(kind: int, *parts: bytes) -> bytes:
    """Return a new element."""
    content = b"".join(parts)
    return head(kind, len(content)) + content


def head(kind: int, length: int) -> bytes:
    """Return the head of a new element whose content has ``length`` bytes."""
    width = next(width for width in range(1, 9) if length < (1 << 7 * width) - 1)
    size = (length | 1 << 7 * width).to_bytes(width, "big")
    return kind.to_bytes((kind.bit_length() + 7) // 8, "big") + size


def whole(kind: int, number: int, width: int = 0) -> bytes:
    """Return a new element that holds a whole number, in ``width`` bytes or as few as it takes."""
    return packed(kind, number.to_bytes(width or max(1, (number.bit_length() + 7) // 8), "big"))


def fractional(kind: int, number: float) -> bytes:
    """Return a new element that holds a number with a point."""
    return packed(kind, struct.pack(">d", number))
