"""What prepares the decoders of MP4 files (the boxes avcC, hvcC, av1C, vpcC, esds, dOps), written anew.

They hold parameters. Encoders add notes of their own there too (H.265 has a place for them), so each is
taken apart and put together again from the parts we know.
"""

from __future__ import annotations

from portfolio.media import video_refusals as refusals
from portfolio.media.mp4_boxes import Fields
from portfolio.media.mp4_units import HEVC_SETS, UnitFilter

_PLAIN_AVC = frozenset({66, 77, 100})
"""H.264 profiles with 8 bits and half the colours: Baseline, Main, High. All browsers play them."""

_HIGH_AVC = frozenset({100, 110, 122, 144})
"""Profiles whose setup goes on after the parameter sets (ISO/IEC 14496-15, 5.3.3.1.2)."""

_PLAYED_SOUND = frozenset({0x40, 0x66, 0x67, 0x68, 0x69, 0x6B})
"""Kinds of sound in an esds box that browsers play (MP4 registration authority): AAC and MP3."""

_MAX_SETUP = 64
"""Bytes that set up a sound decoder; usual are 2 to 5."""


def avc_setup(content: bytes) -> tuple[bytes, int, bool]:
    """Return an avcC anew, how many bytes a length takes, and whether all browsers play it."""
    fields = Fields(content, 0, len(content))
    head = fields.take(5)
    profile = head[1]
    if head[0] != 1:
        raise refusals.damaged()
    first, count = _sets(fields, fields.number(1) & 31, {7})
    second, pictures = _sets(fields, fields.number(1), {8})
    tidy = head + bytes([0xE0 | count]) + first + bytes([pictures]) + second
    if profile in _HIGH_AVC and fields.left >= 4:
        more = fields.take(3)
        third, extra = _sets(fields, fields.number(1), {13})
        tidy += more + bytes([extra]) + third
    return tidy, (head[4] & 3) + 1, profile in _PLAIN_AVC


def _sets(fields: Fields, count: int, kinds: set[int]) -> tuple[bytes, int]:
    """Return parameter sets with their lengths, and how many of ``count`` are of the right kind."""
    kept = list[bytes]()
    for _ in range(count):
        unit = fields.take(fields.number(2))
        if unit and unit[0] & 31 in kinds:
            kept.append(len(unit).to_bytes(2, "big") + unit)
    return b"".join(kept), len(kept)


def hevc_setup(content: bytes) -> tuple[bytes, int]:
    """Return an hvcC anew, with parameter sets alone, and how many bytes a length takes."""
    fields = Fields(content, 0, len(content))
    head = fields.take(22)
    arrays = list[bytes]()
    for _ in range(fields.number(1)):
        kind, count = fields.number(1), fields.number(2)
        units = [fields.take(fields.number(2)) for _ in range(count)]
        if kind & 63 not in HEVC_SETS:
            continue
        kept = [unit for unit in units if unit and unit[0] >> 1 & 63 == kind & 63]
        body = b"".join(len(unit).to_bytes(2, "big") + unit for unit in kept)
        arrays.append(bytes([kind]) + len(kept).to_bytes(2, "big") + body)
    return head + bytes([len(arrays)]) + b"".join(arrays), (head[21] & 3) + 1


def tidy_av1(content: bytes) -> bytes:
    """Return an av1C anew; its sequence header goes the way of all pictures."""
    if len(content) < 4:
        raise refusals.damaged()
    return content[:4] + bytes(UnitFilter("av1", 0)(memoryview(content)[4:]))


def tidy_vp9(content: bytes) -> bytes:
    """Return a vpcC anew: ten bytes of numbers, and no setup, as its binding demands for VP9."""
    if len(content) < 10:
        raise refusals.damaged()
    return content[:10] + b"\0\0"


def opus_setup(content: bytes) -> bytes:
    """Return a dOps anew: its numbers, and which channel goes where (Opus in ISO base media, 4.3.2)."""
    if len(content) < 11 or (content[10] and len(content) < 13 + content[1]):
        raise refusals.damaged()
    return content[: 13 + content[1] if content[10] else 11]


def sound_setup(content: bytes) -> bytes | None:
    """Return an esds anew (ISO/IEC 14496-1, 7.2.6), or None if it is no sound that browsers play."""
    stream = _descriptor(Fields(content, 4, len(content)) if len(content) >= 4 else None, 3)
    stream.take(2)
    flags = stream.number(1)
    stream.take(2 if flags & 0x80 else 0)
    stream.take(stream.number(1) if flags & 0x40 else 0)
    stream.take(2 if flags & 0x20 else 0)
    decoder = _descriptor(stream, 4)
    head = decoder.take(13)
    setup = b""
    if decoder.left:
        inner = _descriptor(decoder, 5)
        setup = inner.take(inner.left)
    if head[0] not in _PLAYED_SOUND or len(setup) > _MAX_SETUP:
        return None
    inside = head + (_described(5, setup) if setup else b"")
    return bytes(4) + _described(3, b"\0\0\0" + _described(4, inside) + _described(6, b"\2"))


def _descriptor(fields: Fields | None, tag: int) -> Fields:
    """Return the content of the descriptor that begins here and must be ``tag``."""
    if fields is None or fields.number(1) != tag:
        raise refusals.damaged()
    size = 0
    for _ in range(4):
        part = fields.number(1)
        size = size << 7 | part & 127
        if not part & 128:
            break
    if size > fields.left:
        raise refusals.damaged()
    inner = Fields(fields.raw, fields.at, fields.at + size)
    fields.at += size
    return inner


def _described(tag: int, content: bytes) -> bytes:
    """Return a new descriptor; ours are shorter than 128 bytes, so their length takes one."""
    return bytes([tag, len(content)]) + content
