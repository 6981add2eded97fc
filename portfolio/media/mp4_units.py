"""What stands beside the pictures inside a packed picture: the notes of H.264, H.265 and AV1.

Encoders leave text in them (the name and settings of the program), cameras the time of day and their own
data. The streams are not decoded: a packed picture is a row of units, each with its kind and length, and
only kinds that are needed to show the picture go on.
"""

from __future__ import annotations

import re

from portfolio.media import video_refusals as refusals
from portfolio.media.streams import MAX_SAMPLES

AVC_SEEN = frozenset({1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 14, 15, 19, 20, 21})
"""Units of H.264 (ITU-T H.264 table 7-1) that go on: slices, parameters, ends; no filling, nothing unnamed."""

HEVC_SEEN = frozenset({*range(10), *range(16, 22), *range(32, 38)})
"""The same of H.265 (ITU-T H.265 table 7-1)."""

_AVC_NOTES, _HEVC_NOTES = frozenset({6}), frozenset({39, 40})

HEVC_SETS = frozenset({32, 33, 34})

_NOTES_KEPT = frozenset({6, 45, 47, 137, 144, 147})
"""SEI notes (ITU-T H.264 and H.265, annex D, numbered alike) that change what is seen: where to start after
a jump, two pictures in one, orientation, and the brightness of HDR. Not among them: free text (5), ITU-T
T.35 (4), the time of day in 1 and 136."""

_AV1_SEEN = frozenset({1, 3, 4, 6, 7})
"""OBUs (AV1 specification, 6.2.2) that go on: sequence, frames and their pieces."""
_AV1_NOTE, _AV1_NOTES_KEPT = 5, frozenset({1, 2, 3})
"""… and of its metadata the brightness of HDR and the layers, not T.35 or the time of day."""

MAX_UNITS = 2 * MAX_SAMPLES

MAX_NOTE_BYTES = 1024
"""In one unit of notes; those we keep have 32 at most. Longer ones are dropped unread."""

MAX_ALL_NOTES = 4_000_000
"""Bytes of notes that are read in one track; those of three minutes at 60 pictures a second are 650,000."""

Packed = memoryview | bytes


class UnitFilter:
    """Takes the notes out of the pictures of one track; counts, so that a file of empty units ends soon."""

    def __init__(self, family: str, length_bytes: int) -> None:
        """Take ``family`` ``avc``, ``hevc``, ``av1`` or any other (left as it is)."""
        self.family = family
        self.length_bytes = length_bytes
        self.seen = 0
        self.read = 0

    def __call__(self, picture: memoryview) -> Packed:
        """Return a packed picture without its notes. Raises ``MediaRefused`` if it is no row of units."""
        if self.family == "av1":
            return self._av1(picture)
        if self.family in {"avc", "hevc"}:
            return self._nal(picture)
        return picture

    def _count(self) -> None:
        self.seen += 1
        if self.seen > MAX_UNITS:
            raise refusals.damaged()

    def _nal(self, picture: memoryview) -> Packed:
        at, kept, as_it_was = 0, list[Packed](), True
        while at < len(picture):
            self._count()
            body = at + self.length_bytes
            end = body + int.from_bytes(picture[at:body], "big")
            if end > len(picture):
                raise refusals.damaged()
            unit = self._seen(picture[body:end])
            if unit is None or len(unit) != end - body:
                as_it_was = False
            if unit is not None:
                kept += (len(unit).to_bytes(self.length_bytes, "big"), unit)
            at = end
        return picture if as_it_was else b"".join(kept)

    def _seen(self, unit: memoryview) -> Packed | None:
        if not is_note(unit, self.family):
            return seen_unit(unit, self.family)
        self.read += len(unit)
        return seen_unit(unit, self.family) if self.read <= MAX_ALL_NOTES else None

    def _av1(self, picture: memoryview) -> Packed:
        at, kept, as_it_was = 0, list[Packed](), True
        while at < len(picture):
            self._count()
            body, end = _obu(picture, at)
            kind = picture[at] >> 3 & 15
            if kind in _AV1_SEEN or (kind == _AV1_NOTE and picture[body:end][:1] in _AV1_NOTE_STARTS):
                kept.append(picture[at:end])
            else:
                as_it_was = False
            at = end
        return picture if as_it_was else b"".join(kept)


_AV1_NOTE_STARTS = frozenset(bytes([kind]) for kind in _AV1_NOTES_KEPT)


def _obu(picture: memoryview, at: int) -> tuple[int, int]:
    """Return where the content of the OBU at ``at`` begins and ends (AV1 specification, 5.3)."""
    body = at + (2 if picture[at] & 4 else 1)
    if not picture[at] & 2:
        return body, len(picture)
    size = 0
    for shift in range(0, 56, 7):
        if body >= len(picture):
            raise refusals.damaged()
        size |= (picture[body] & 127) << shift
        body += 1
        if not picture[body - 1] & 128:
            break
    if body + size > len(picture):
        raise refusals.damaged()
    return body, body + size


def is_note(unit: Packed, family: str) -> bool:
    """Return whether a unit of H.264 (``avc``) or H.265 holds notes (SEI)."""
    return _kind(unit, family) in (_AVC_NOTES if family == "avc" else _HEVC_NOTES)


def seen_unit(unit: Packed, family: str) -> Packed | None:
    """Return a unit of H.264 (``avc``) or H.265 as it may go on, or None if it stays behind."""
    if is_note(unit, family):
        return _notes(unit, 1 if family == "avc" else 2)
    return unit if _kind(unit, family) in (AVC_SEEN if family == "avc" else HEVC_SEEN) else None


def _kind(unit: Packed, family: str) -> int:
    """Return the kind of a unit; an empty one has none."""
    if not unit:
        return -1
    return unit[0] & 31 if family == "avc" else unit[0] >> 1 & 63


def _notes(unit: Packed, head: int) -> Packed | None:
    """Return a unit of SEI notes with only those we keep, or None if none is left."""
    if len(unit) > MAX_NOTE_BYTES:
        return None
    plain = bytes(unit[head:]).replace(b"\0\0\3", b"\0\0")
    kept, at, dropped = bytearray(), 0, False
    while at < len(plain) - 1:
        start = at
        kind, at = _long_number(plain, at)
        size, at = _long_number(plain, at)
        at += size
        if at > len(plain):
            dropped = True
        elif kind in _NOTES_KEPT:
            kept += plain[start:at]
        else:
            dropped = True
    if not kept:
        return None
    if not dropped:
        return unit
    # No three bytes of a unit may look like the start of the next: a 3 stands in between.
    return bytes(unit[:head]) + re.sub(rb"\0\0(?=[\0-\3])", b"\0\0\3", bytes(kept) + b"\x80")


def _long_number(plain: bytes, at: int) -> tuple[int, int]:
    """Return a number written as a row of 255 and a rest, and where it ends."""
    total = 0
    while at < len(plain):
        total += plain[at]
        at += 1
        if plain[at - 1] != 255:
            break
    return total, at
