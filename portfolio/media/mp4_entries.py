"""How a track of an MP4 file is packed (its sample entry): read, and written anew with what players need.

The entries of QuickTime differ a little for sound; both kinds come out as ISO/IEC 14496-12 has them.
Names of cameras and programs, colour profiles and boxes we do not know stay behind.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from portfolio.media import video_refusals as refusals
from portfolio.media.mp4_boxes import Box, Fields, boxes, inside, needed, packed
from portfolio.media.mp4_codecs import avc_setup, hevc_setup, opus_setup, sound_setup, tidy_av1, tidy_vp9
from portfolio.media.streams import Kind, Plays

LOCKED = frozenset({b"encv", b"enca", b"drmi", b"drms"})

_FAMILIES = {
    b"avc1": "avc",
    b"avc3": "avc",
    b"hvc1": "hevc",
    b"hev1": "hevc",
    b"vp09": "vp9",
    b"av01": "av1",
}
_SETUP_BOXES = {"avc": b"avcC", "hevc": b"hvcC", "vp9": b"vpcC", "av1": b"av1C"}

_PLAIN_BOXES = {b"pasp": (8,), b"btrt": (12,), b"clap": (32,), b"clli": (4,), b"mdcv": (24,)}
"""Boxes of numbers that go on as they are, with the lengths they may have: the shape of dots, the rate of
bytes, what is cut off at the edges, the brightness of HDR."""


@dataclass(frozen=True)
class Entry:
    """One sample entry, as it will be written."""

    codec: str
    box: bytes
    family: str
    """``avc``, ``hevc``, ``av1`` have notes inside their pictures; all others are left as they are."""
    plays: Plays
    length_bytes: int = 4
    """How many bytes the length of a unit takes, in ``avc`` and ``hevc``."""
    width: int = 0
    height: int = 0
    """Dots as shown, before the rotation."""
    rate: int = 0
    channels: int = 0


def read_entry(raw: bytes, box: Box, kind: Kind) -> Entry | None:
    """Return the entry in ``box``, or None if browsers cannot play it. Raises ``MediaRefused``."""
    if box.kind in LOCKED:
        raise refusals.locked()
    if kind == "video":
        return _video_entry(raw, box) if box.kind in _FAMILIES else None
    return _sound_entry(raw, box) if box.kind in {b"mp4a", b"Opus"} else None


def _video_entry(raw: bytes, box: Box) -> Entry:
    """Read what ISO/IEC 14496-12, 12.1.3 calls a VisualSampleEntry."""
    fields = Fields.of(raw, box)
    fields.take(24)
    width, height = fields.number(2), fields.number(2)
    fields.take(50)
    parts = inside(raw, Box(box.kind, box.start, fields.at, box.end))
    family = _FAMILIES[box.kind]
    setup, length_bytes, everywhere = _video_setup(raw, needed(parts, _SETUP_BOXES[family]), family)
    plain = b"".join(
        raw[part.start : part.end]
        for name, part in parts.items()
        if part.end - part.body in _PLAIN_BOXES.get(name, ()) and part.body - part.start == 8
    )
    head = struct.pack(">6xH16xHHIIIH32xHh", 1, width, height, 72 << 16, 72 << 16, 0, 1, 24, -1)
    return Entry(
        codec=box.kind.decode("ascii"),
        box=packed(box.kind, head, setup, _colours(raw, parts), plain),
        family=family,
        plays="everywhere" if everywhere else "some",
        length_bytes=length_bytes,
        width=_shown_width(raw, parts, width),
        height=height,
    )


def _video_setup(raw: bytes, box: Box, family: str) -> tuple[bytes, int, bool]:
    """Return the box that prepares a decoder, the width of unit lengths, and if it plays everywhere."""
    content = raw[box.body : box.end]
    if family == "avc":
        tidy, length_bytes, everywhere = avc_setup(content)
        return packed(box.kind, tidy), length_bytes, everywhere
    if family == "hevc":
        tidy, length_bytes = hevc_setup(content)
        return packed(box.kind, tidy), length_bytes, False
    return packed(box.kind, tidy_vp9(content) if family == "vp9" else tidy_av1(content)), 4, False


def _colours(raw: bytes, parts: dict[bytes, Box]) -> bytes:
    """Return the box about colours if it holds numbers; profiles, which may hold text, stay behind."""
    box = parts.get(b"colr")
    content = raw[box.body : box.end] if box else b""
    if (content[:4], len(content)) in {(b"nclx", 11), (b"nclc", 10)}:
        return packed(b"colr", content)
    return b""


def _shown_width(raw: bytes, parts: dict[bytes, Box], width: int) -> int:
    """Return the width that is shown: some cameras write dots that are not square."""
    box = parts.get(b"pasp")
    if box is None or box.end - box.body != 8:
        return width
    across, down = struct.unpack(">II", raw[box.body : box.end])
    return round(width * across / down) if across and down else width


def _sound_entry(raw: bytes, box: Box) -> Entry | None:
    """Read an AudioSampleEntry (12.2.3), or the versions 1 and 2 of QuickTime, which come out as 0."""
    fields = Fields.of(raw, box)
    fields.take(8)
    version = fields.number(2)
    fields.take(6)
    channels, _bits = fields.number(2), fields.number(2)
    fields.take(4)
    rate = fields.number(4) >> 16
    if version == 1:
        fields.take(16)
    elif version == 2:
        fields.take(4)
        rate, channels = _whole(fields.take(8)), fields.number(4)
        fields.take(20)
    if not 1 <= channels <= 24:
        raise refusals.damaged()
    parts = _parts_of_sound(raw, Box(box.kind, box.start, fields.at, box.end))
    setup = _sound_setup(raw, box.kind, parts)
    if setup is None:
        return None
    head = struct.pack(">6xH8xHH4xI", 1, channels, 16, (rate if rate < 65_536 else 0) << 16)
    return Entry(
        codec=box.kind.decode("ascii"),
        box=packed(box.kind, head, setup),
        family="",
        plays="everywhere" if box.kind == b"mp4a" else "some",
        rate=rate,
        channels=channels,
    )


def _whole(eight: bytes) -> int:
    """Return a rate that QuickTime wrote as a number with a point."""
    (rate,) = struct.unpack(">d", eight)
    return int(rate) if 0 < rate < 1_000_000 else 0


def _parts_of_sound(raw: bytes, box: Box) -> dict[bytes, Box]:
    """Return the boxes of a sound entry; QuickTime packs them into one called wave."""
    parts = inside(raw, box)
    if b"wave" not in parts:
        return parts
    wave: dict[bytes, Box] = {}
    for part in boxes(raw, parts[b"wave"].body, parts[b"wave"].end):
        wave.setdefault(part.kind, part)
    return wave | parts


def _sound_setup(raw: bytes, codec: bytes, parts: dict[bytes, Box]) -> bytes | None:
    """Return the box that prepares a decoder, or None if it is a kind of sound browsers do not play."""
    box = needed(parts, b"esds" if codec == b"mp4a" else b"dOps")
    content = raw[box.body : box.end]
    tidy = sound_setup(content) if codec == b"mp4a" else opus_setup(content)
    return None if tidy is None else packed(box.kind, tidy)
