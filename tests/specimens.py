"""Difficult and hostile pictures, made in memory: the same bytes every time, from a seed where chance is needed.

Nothing here is taken from a real camera. Container formats are written by hand, so that the specimens
do not share a mistake with the code they test.
"""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.camera_notes import SECRET, ByteOrder, exif_block, gps_bytes, wide_profile, xmp_packet

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 60), (40, 60, 220), (240, 220, 40)
Dot = tuple[int, ...]
"""A colour: red, green, blue, 0 to 255."""

CORNERS = (RED, GREEN, BLUE, YELLOW)
"""Top left, top right, bottom left, bottom right of every picture of ``corners``."""


# ------------------------------------------------------------------------------------ what is in a picture


def corners(width: int = 96, height: int = 64) -> Image.Image:
    """Return a picture with one colour in each quarter, so that turning and mirroring shows."""
    picture = Image.new("RGB", (width, height))
    half_w, half_h = width // 2, height // 2
    places = ((0, 0), (half_w, 0), (0, half_h), (half_w, half_h))
    for colour, place in zip(CORNERS, places, strict=True):
        picture.paste(colour, (*place, place[0] + width - half_w, place[1] + height - half_h))
    return picture


def noise(width: int, height: int, seed: int = 1) -> Image.Image:
    """Return pure colour noise: nothing is harder to make small."""
    return Image.frombytes("RGB", (width, height), random.Random(seed).randbytes(width * height * 3))


def foliage(width: int, height: int, seed: int = 1) -> Image.Image:
    """Return noise on every scale, as leaves and carpets have it: it stays noisy when shrunk."""
    picture = noise(width, height, seed)
    for step in (2, 4, 8, 16):
        coarse = noise(-(-width // step), -(-height // step), seed + step).resize((width, height))
        picture = Image.blend(picture, coarse, 0.5)
    return picture


def _stored_for(upright: Image.Image, orientation: int) -> Image.Image:
    """Return how a camera stores a picture that is upright once ``orientation`` is applied."""
    turn = Image.Transpose
    undo = {
        2: turn.FLIP_LEFT_RIGHT,
        3: turn.ROTATE_180,
        4: turn.FLIP_TOP_BOTTOM,
        5: turn.TRANSPOSE,
        6: turn.ROTATE_90,
        7: turn.TRANSVERSE,
        8: turn.ROTATE_270,
    }.get(orientation)
    return upright if undo is None else upright.transpose(undo)


# ----------------------------------------------------------------------------------------------------- JPEG


def segment(marker: int, body: bytes) -> bytes:
    """Return one JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def plain_jpeg(
    picture: Image.Image, quality: int = 90, *, progressive: bool = False, fine: bool = False
) -> bytes:
    """Return a JPEG as Pillow writes it, with nothing added; ``fine`` keeps every dot's colour."""
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=quality, progressive=progressive, subsampling=0 if fine else 2)
    return buffer.getvalue()


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    """Return a JPEG with segments put in right at its beginning."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def camera_jpeg(
    picture: Image.Image | None = None,
    orientation: int = 1,
    *,
    order: ByteOrder = ">",
    profile: bytes = b"",
    quality: int = 90,
    fine: bool = False,
) -> bytes:
    """Return a photo as a phone writes it: EXIF with GPS, XMP, profile, comment, things after the end.

    ``picture`` is what should be seen once the orientation is applied.
    """
    upright = corners() if picture is None else picture
    told = [
        segment(0xE1, b"Exif\0\0" + exif_block(orientation, order)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp_packet()),
        segment(0xFE, SECRET + gps_bytes(order)),
        segment(0xED, b"Photoshop 3.0\x00" + SECRET),
    ]
    if profile:
        told.append(segment(0xE2, b"ICC_PROFILE\0\1\1" + profile))
    jpeg = with_segments(plain_jpeg(_stored_for(upright, orientation), quality, fine=fine), *told)
    return jpeg + SECRET + gps_bytes(order)


def cmyk_jpeg(colour: tuple[int, int, int, int] = (0, 255, 255, 0)) -> bytes:
    """Return a JPEG in printers' colours (as Pillow counts them: 255 is full ink)."""
    buffer = BytesIO()
    Image.new("CMYK", (80, 60), colour).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def rgb_jpeg(colour: Dot = RED) -> bytes:
    """Return a JPEG that keeps red, green and blue as they are; only a note in the file tells so."""
    buffer = BytesIO()
    Image.new("RGB", (80, 60), colour).save(buffer, "JPEG", quality=95, keep_rgb=True)
    named, numbered = b"R\x11\0G\x11\0B\x11\0", b"\1\x11\0\2\x11\0\3\x11\0"
    return buffer.getvalue().replace(named, numbered).replace(b"\3R\0G\0B\0", b"\3\1\0\2\0\3\0")


def hidden_second_picture() -> bytes:
    """Return a JPEG followed by another one with a place on the map, as phones store depth maps."""
    return camera_jpeg() + camera_jpeg(noise(40, 40))


# ------------------------------------------------------------------------------------------------------ PNG


def chunk(name: bytes, body: bytes) -> bytes:
    """Return one PNG chunk with its check sum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(
    header: tuple[int, int, int, int],
    data: bytes,
    *before: bytes,
    after: bytes = b"",
    interlaced: bool = False,
) -> bytes:
    """Return a PNG: ``header`` is width, height, bit depth and colour type, ``data`` the packed rows."""
    width, height, depth, colours = header
    start = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", start)
        + b"".join(before)
        + chunk(b"IDAT", data)
        + after
        + chunk(b"IEND", b"")
    )


def packed_rows(rows: list[bytes]) -> bytes:
    """Pack rows of dots, unfiltered."""
    return zlib.compress(b"".join(b"\0" + row for row in rows))


def camera_png(orientation: int = 1) -> bytes:
    """Return a PNG with every kind of text, EXIF with GPS, a profile, a time, and a tail."""
    stored = _stored_for(corners(), orientation)
    row = stored.width * 3
    dots = stored.tobytes()
    rows = [dots[start : start + row] for start in range(0, len(dots), row)]
    return (
        png(
            (stored.width, stored.height, 8, 2),
            packed_rows(rows),
            chunk(b"tEXt", b"Comment\0" + SECRET),
            chunk(b"zTXt", b"Author\0\0" + zlib.compress(SECRET)),
            chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp_packet()),
            chunk(b"eXIf", exif_block(orientation)),
            chunk(b"tIME", struct.pack(">HBBBBB", 2026, 5, 4, 3, 2, 1)),
            chunk(b"prVt", SECRET),
            after=chunk(b"tEXt", b"Later\0" + SECRET + gps_bytes()),
        )
        + SECRET
        + gps_bytes()
    )


def deep_png(width: int = 48, height: int = 32) -> bytes:
    """Return a PNG with 16 bits a dot in grey, dark on the left and bright on the right."""
    row = struct.pack(f">{width}H", *(65535 * at // (width - 1) for at in range(width)))
    return png((width, height, 16, 0), packed_rows([row] * height))


def see_through_palette_png() -> bytes:
    """Return a PNG with a palette: left half red, right half fully see-through (over black)."""
    return png(
        (40, 20, 8, 3),
        packed_rows([b"\0" * 20 + b"\1" * 20] * 20),
        chunk(b"PLTE", bytes((*RED, 0, 0, 0))),
        chunk(b"tRNS", b"\xff\x00"),
    )


def large_palette_png(width: int = 5200, height: int = 3601) -> bytes:
    """Return a PNG with a palette, the corners in its four quarters: too large to be widened in one go."""
    left, right = width // 2, width - width // 2
    upper = b"\0" * left + b"\1" * right
    lower = b"\2" * left + b"\3" * right
    rows = [upper] * (height // 2) + [lower] * (height - height // 2)
    return png((width, height, 8, 3), packed_rows(rows), chunk(b"PLTE", bytes(sum(CORNERS, ()))))


def see_through_png(colours: int, depth: int, dot: bytes, key: bytes = b"") -> bytes:
    """Return a PNG of one ``dot`` all over, with a see-through colour ``key`` if given."""
    before = [chunk(b"tRNS", key)] if key else []
    return png((20, 10, depth, colours), packed_rows([dot * 20] * 10), *before)


def moving_png() -> bytes:
    """Return an animated PNG of three pictures; the first shows the corners."""
    buffer = BytesIO()
    corners().save(buffer, "PNG", save_all=True, append_images=[noise(96, 64), noise(96, 64, 2)], duration=90)
    return buffer.getvalue()


# ----------------------------------------------------------------------------------------------------- WebP


def camera_webp(orientation: int = 1, *, lossless: bool = False) -> bytes:
    """Return a WebP with EXIF, GPS, XMP, a profile, an unknown chunk and a tail."""
    buffer = BytesIO()
    _stored_for(corners(), orientation).save(
        buffer,
        "WEBP",
        quality=95,
        lossless=lossless,
        exif=exif_block(orientation),
        xmp=xmp_packet(),
        icc_profile=wide_profile(),
    )
    webp = buffer.getvalue() + b"prVt" + struct.pack("<I", len(SECRET) + 1) + SECRET + b"\0"
    return b"RIFF" + struct.pack("<I", len(webp) - 8) + webp[8:] + SECRET + gps_bytes()


def moving_webp(frames: int = 3) -> bytes:
    """Return an animated WebP; the first picture shows the corners."""
    buffer = BytesIO()
    others = [noise(96, 64, seed) for seed in range(1, frames)]
    corners().save(buffer, "WEBP", save_all=True, append_images=others, duration=90, quality=90)
    return buffer.getvalue()


def see_through_webp(*, lossless: bool) -> bytes:
    """Return a WebP whose left half is red and whose right half is see-through."""
    buffer = BytesIO()
    picture = Image.new("RGBA", (80, 40), (0, 0, 0, 0))
    picture.paste((*RED, 255), (0, 0, 40, 40))
    picture.save(buffer, "WEBP", lossless=lossless, quality=95)
    return buffer.getvalue()


def page_in_a_picture() -> bytes:
    """Return a JPEG that is an HTML page as well: tags in a comment and after the end."""
    page = b"<html><script>alert('" + SECRET + b"')</script></html>"
    return with_segments(plain_jpeg(corners()), segment(0xFE, page)) + page


def big_noisy_photo() -> bytes:
    """Return the hardest photo: 4000 by 6000 dots of noise, over 25 MB, orientation 6, GPS."""
    return camera_jpeg(foliage(4000, 6000), 6, quality=97, fine=True, profile=wide_profile())


# ------------------------------------------------------------------------------------ looking at the result


def opened(data: bytes) -> Image.Image:
    """Return a picture of ours as a browser would show it: mode RGB, no orientation applied."""
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture.convert("RGB")


def dot(data: bytes, across: float, down: float) -> Dot:
    """Return the colour at a place given as parts of width and height."""
    picture = opened(data)
    value = picture.getpixel((int(picture.width * across), int(picture.height * down)))
    assert isinstance(value, tuple)
    return value


def near(one: Dot, other: Dot, distance: int = 14) -> bool:
    """Say whether two colours look the same after lossy packing."""
    return all(abs(a - b) <= distance for a, b in zip(one, other, strict=True))
