"""What cameras write beside a picture: where it was taken, by whom, in which colours. Built byte by byte."""

from __future__ import annotations

import struct
from typing import Literal

SECRET = b"SECRET-MARKER"
"""Stands in every text, comment, profile name and tail of the specimens: no result may hold it."""

LATITUDE = ((47, 1), (22, 1), (314159, 10000))
LONGITUDE = ((8, 1), (32, 1), (271828, 10000))

ByteOrder = Literal["<", ">"]


def gps_bytes(order: ByteOrder = ">") -> bytes:
    """Return latitude and longitude as they stand in an EXIF block."""
    numbers = [number for pair in LATITUDE + LONGITUDE for number in pair]
    return struct.pack(f"{order}12I", *numbers)


def exif_block(orientation: int = 1, order: ByteOrder = ">") -> bytes:
    """Return an EXIF block (TIFF) with orientation, a description and a place on the map."""
    text = SECRET + b"\0"
    text_at = 8 + 2 + 3 * 12 + 4
    gps_at = text_at + len(text)
    numbers_at = gps_at + 2 + 4 * 12 + 4

    def entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
        return struct.pack(f"{order}HHI", tag, kind, count) + value.ljust(4, b"\0")

    def number(value: int) -> bytes:
        return struct.pack(f"{order}I", value)

    first = (
        entry(0x010E, 2, len(text), number(text_at))
        + entry(0x0112, 3, 1, struct.pack(f"{order}H", orientation))
        + entry(0x8825, 4, 1, number(gps_at))
    )
    gps = (
        entry(1, 2, 2, b"N\0")
        + entry(2, 5, 3, number(numbers_at))
        + entry(3, 2, 2, b"E\0")
        + entry(4, 5, 3, number(numbers_at + 24))
    )
    start = (b"MM\0*" if order == ">" else b"II*\0") + number(8)
    return (
        start
        + struct.pack(f"{order}H", 3)
        + first
        + number(0)
        + text
        + struct.pack(f"{order}H", 4)
        + gps
        + number(0)
        + gps_bytes(order)
    )


def xmp_packet() -> bytes:
    """Return an XMP packet with a marker."""
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><creator>" + SECRET + b"</creator></x:xmpmeta>"


def wide_profile() -> bytes:
    """Return a colour profile like Display P3, which iPhones write (ICC v4, matrix and curves)."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    def text(words: bytes) -> bytes:
        utf16 = words.decode().encode("utf-16-be")
        return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(utf16), 28) + utf16

    def point(x: float, y: float, z: float) -> bytes:
        return b"XYZ \0\0\0\0" + fixed(x, y, z)

    curve = b"para\0\0\0\0\0\3\0\0" + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    tags = {
        b"desc": text(b"Wide " + SECRET),
        b"cprt": text(b"free"),
        b"wtpt": point(0.9642, 1.0, 0.8249),
        b"rXYZ": point(0.51512, 0.24120, -0.00105),
        b"gXYZ": point(0.29198, 0.69225, 0.04189),
        b"bXYZ": point(0.15710, 0.06657, 0.78407),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        padded = value + b"\0" * (-len(value) % 4)
        table += name + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(body), len(value))
        body += padded
    size = 128 + len(table) + len(body)
    header = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x04000000, b"mntr", b"RGB ", b"XYZ ")
    header += b"\0" * 12 + b"acsp" + b"\0" * 28 + fixed(0.9642, 1.0, 0.8249)
    return header.ljust(128, b"\0") + table + body
