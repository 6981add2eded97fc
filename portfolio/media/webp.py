"""WebP files: keep the picture (of a moving one: the first) and its transparency, drop the rest.

The same walk proves that what we hand out is a picture and nothing else. Container layout: RFC 9649.
"""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.media import refusals
from portfolio.media.parts import MAX_EXIF_BYTES, MAX_PARTS, MAX_PROFILE_BYTES, Parts, check_shape

_ALPHA_FLAG = 0x10
_FRAME_HEADER = 16


def read_webp(raw: bytes) -> Parts:
    """Return the picture in a WebP file without anything that is not picture.

    Raises ``PictureRefused`` for files that are cut off, damaged or too large. The size is read from
    the picture itself, not from what the container around it promises.
    """
    chunks = list(_chunks(raw, 12, _end_of(raw)))
    first: dict[bytes, bytes] = {}
    for name, start, end in chunks:
        if name == b"ANMF" and not ({b"VP8 ", b"VP8L"} & first.keys()):
            for part, part_start, part_end in _chunks(raw, start + _FRAME_HEADER, end):
                first.setdefault(part, raw[part_start:part_end])
        elif name in (b"VP8 ", b"VP8L", b"ALPH", b"EXIF", b"ICCP"):
            first.setdefault(name, raw[start:end])
    name = b"VP8 " if b"VP8 " in first else b"VP8L"
    if name not in first:
        raise refusals.damaged()
    width, height = _size(name, first[name])
    # Pillow keeps four whole copies of a WebP picture, four bytes a dot.
    check_shape(width, height, 3 * len(raw) + 16 * width * height)
    alpha = first.get(b"ALPH", b"") if name == b"VP8 " else b""
    profile = first.get(b"ICCP", b"")
    return Parts(
        kind="WEBP",
        width=width,
        height=height,
        stream=_still(name, first[name], alpha, width, height),
        exif=first.get(b"EXIF", b"")[:MAX_EXIF_BYTES].removeprefix(b"Exif\0\0"),
        profile=profile if len(profile) <= MAX_PROFILE_BYTES else b"",
    )


def bare_size(webp: bytes) -> tuple[int, int]:
    """Return width and height in dots of a WebP file that holds one opaque picture and nothing else.

    This is the last look at what we hand out: one ``VP8`` chunk from the first byte to the last, so no
    EXIF, XMP, colour profile, unknown chunk or trailing byte. Raises ``PictureRefused`` otherwise.
    """
    if webp[:4] != b"RIFF" or webp[8:16] != b"WEBPVP8 ":
        raise refusals.not_clean()
    end = _end_of(webp)
    chunks = list(_chunks(webp, 12, end))
    if end != len(webp) or [name for name, _, _ in chunks] != [b"VP8 "]:
        raise refusals.not_clean()
    _, start, stop = chunks[0]
    return _size(b"VP8 ", webp[start:stop])


def _end_of(raw: bytes) -> int:
    """Return where the file ends by its own account; less than that is a cut-off file."""
    end = 8 + int.from_bytes(raw[4:8], "little")
    if end > len(raw):
        raise refusals.cut_off()
    return end


def _chunks(raw: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of the body of each chunk between two places."""
    for _ in range(MAX_PARTS):
        if at + 8 > end:
            return
        start = at + 8
        stop = start + int.from_bytes(raw[at + 4 : start], "little")
        if stop > end:
            raise refusals.damaged()
        yield raw[at : at + 4], start, stop
        at = stop + (stop - start) % 2
    raise refusals.damaged()


def _size(name: bytes, body: bytes) -> tuple[int, int]:
    """Read width and height in dots from the picture's own first bytes."""
    if name == b"VP8 ":
        if len(body) < 10 or body[0] & 1 or body[3:6] != b"\x9d\x01\x2a":
            raise refusals.damaged()
        both = int.from_bytes(body[6:10], "little")
        return both & 0x3FFF, both >> 16 & 0x3FFF
    if len(body) < 5 or body[0] != 0x2F:
        raise refusals.damaged()
    both = int.from_bytes(body[1:5], "little")
    return (both & 0x3FFF) + 1, (both >> 14 & 0x3FFF) + 1


def _chunk(name: bytes, body: bytes) -> bytes:
    """Pack one chunk, filled up to an even length."""
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def _still(name: bytes, body: bytes, alpha: bytes, width: int, height: int) -> bytes:
    """Build the smallest WebP file that shows the picture."""
    content = _chunk(name, body)
    if alpha:
        canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        content = _chunk(b"VP8X", bytes([_ALPHA_FLAG, 0, 0, 0]) + canvas) + _chunk(b"ALPH", alpha) + content
    return b"RIFF" + (4 + len(content)).to_bytes(4, "little") + b"WEBP" + content
