"""Hostile files: small to send, made to fill the memory, to keep a computer busy, or to pass as a picture.

Made in memory and always the same; see ``specimens`` for pictures that are only difficult.
"""

from __future__ import annotations

import struct
import zlib

from PIL import Image

from tests.camera_notes import SECRET, exif_block
from tests.specimens import chunk, corners, packed_rows, plain_jpeg, png, segment, with_segments


def resized_header(jpeg: bytes, width: int, height: int) -> bytes:
    """Return a JPEG whose header claims another size."""
    at = next(place for place in range(len(jpeg)) if jpeg[place : place + 2] in (b"\xff\xc0", b"\xff\xc2"))
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def scan_bomb(width: int, height: int, scans: int) -> bytes:
    """Return a progressive JPEG that asks for the same empty pass over all dots again and again."""
    jpeg = resized_header(plain_jpeg(Image.new("L", (8, 8), 128), progressive=True), width, height)
    last = jpeg.rindex(b"\xff\xda")
    again = jpeg[last:-2]
    return jpeg[:-2] + again * scans + jpeg[-2:]


def exif_heap(segments: int) -> bytes:
    """Return a JPEG with very many full EXIF segments, which simple readers add up again and again."""
    body = b"Exif\0\0" + exif_block() + b"\0" * 65_000
    return with_segments(plain_jpeg(corners()), *[segment(0xE1, body)] * segments)


def exif_bomb(entries: int, length: int) -> bytes:
    """Return an EXIF block whose entries all point to the same long text: read eagerly, it fills the memory."""
    table = b"".join(struct.pack(">HHII", 0x0200 + at, 7, length, 8) for at in range(entries))
    return (b"MM\0*" + struct.pack(">IH", 8, entries) + table).ljust(length + 16, b"\0")


def zeros(count: int, level: int = 9) -> bytes:
    """Return ``count`` zero bytes packed, without ever holding them."""
    packer = zlib.compressobj(level)
    block = bytes(1_000_000)
    packed = [packer.compress(block) for _ in range(count // len(block))]
    return b"".join([*packed, packer.compress(bytes(count % len(block))), packer.flush()])


def bomb_png(width: int, height: int, data: bytes = b"") -> bytes:
    """Return a small PNG whose header claims ``width`` by ``height`` dots."""
    return png((width, height, 8, 6), data or zlib.compress(b"\0" * 100))


def text_bomb_png(megabytes: int) -> bytes:
    """Return a small PNG whose texts and profile unpack to very much."""
    packed = zeros(megabytes * 1_000_000)
    return png(
        (4, 4, 8, 2),
        packed_rows([bytes(12)] * 4),
        chunk(b"iCCP", b"wide\0\0" + packed),
        *[chunk(b"zTXt", b"t%d\0\0" % number + packed) for number in range(20)],
        chunk(b"iTXt", b"u\0\1\0\0\0" + packed),
    )


def bomb_webp(width: int = 16383, height: int = 16383) -> bytes:
    """Return a few bytes that claim to be a lossless WebP of ``width`` by ``height`` dots."""
    size = (width - 1) | (height - 1) << 14
    body = b"\x2f" + struct.pack("<I", size) + bytes(5)
    content = b"WEBPVP8L" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(content)) + content


def box_file(*brands: bytes) -> bytes:
    """Return the beginning of a file of boxes (HEIC, AVIF, MP4): the first brand is the main one."""
    body = brands[0] + b"\0\0\0\0" + b"".join(brands[1:])
    return struct.pack(">I", len(body) + 8) + b"ftyp" + body + b"\0" * 200


def script() -> bytes:
    """Return a shell script that somebody named holiday.png."""
    return b"#!/bin/sh\nrm -rf ~\n" + SECRET


def drawing_with_script() -> bytes:
    """Return an SVG that carries a script."""
    return (
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'>"
        b"<script>alert(1)</script></svg>"
    )
