# long: one way in for every picture: look, decode, turn, shrink, keep
"""Pictures on their way in: opened by content, cleaned, turned upright and shrunk, once and for all.

The steps, each with its own small module::

    sniff      which kind, by content; a helpful sentence for all others
    jpeg, png, webp, gif
               keep what is picture, drop the rest; limits before anything is decoded
    heic       (only with the extra of that name) the same, decoded in a process of its own
    (Pillow)   decode the kept bytes, JPEG straight to about the size we need
    colours    lay on white paper, shrink, convert to sRGB
    upright    turn as the camera was held
    (Pillow)   WebP, smaller and plainer until it fits the byte budget
    webp       last look: one picture chunk and nothing else, or it does not leave

Moving pictures (WebP, PNG, GIF) become their first picture, or the one their maker chose for programs that
show only one. Of all that a file says about itself, nothing is kept.

No setting of Pillow is changed, so that pictures can be cleaned in several threads at once and beside
other users of Pillow. Pillow itself is only imported when the first picture comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from portfolio.errors import InputRefused, PictureRefused
from portfolio.media import refusals
from portfolio.media.colours import shrink, to_srgb
from portfolio.media.gif import read_gif
from portfolio.media.heic import read_heic
from portfolio.media.jpeg import read_jpeg
from portfolio.media.parts import Kind, Parts
from portfolio.media.png import read_png
from portfolio.media.sniff import kind_of
from portfolio.media.upright import orientation, turn_upright
from portfolio.media.webp import bare_size, read_webp

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 1600
THUMB_SIDE = 320

_STEPS = (
    (LONGEST_SIDE, 60),
    (1280, 60),
    (1280, 50),
    (1080, 45),
    (900, 40),
    (720, 35),
    (560, 30),
    (400, 25),
    (280, 20),
    (200, 20),
)
"""Longest side and WebP quality, tried in this order. Photos stop in the first four; the rest is for
pure noise, which must not break the promise either."""

_THUMB_STEPS = ((THUMB_SIDE, 60), (THUMB_SIDE, 45), (256, 40), (192, 30), (128, 20))

_WEBP_METHOD = 2
"""Measured: method 4 takes two and a half times as long and saves nothing on noisy photos."""

_READERS: dict[Kind, Callable[[bytes], Parts]] = {
    "JPEG": read_jpeg,
    "PNG": read_png,
    "WEBP": read_webp,
    "GIF": read_gif,
    "HEIC": read_heic,
}

_PAGE_STEPS = ((1400, 75), (1400, 60), (1400, 45), (1200, 45), (1000, 40), *_STEPS[5:])
"""For pages of a document: print stays legible longer when the size is kept and the quality gives way."""


@dataclass(frozen=True)
class Budget:
    """How many bytes a picture may take in the file that goes home, and its thumbnail beside it.

    Raises ``InputRefused`` for budgets that even a tiny picture could not meet.
    """

    picture: int = 150_000
    thumb: int = 20_000

    def __post_init__(self) -> None:
        """Refuse budgets below 20,000 and 10,000 bytes."""
        if self.picture < 20_000 or self.thumb < 10_000:
            raise InputRefused(
                "A picture needs room for at least 20,000 bytes and its thumbnail for 10,000; "
                "{picture} and {thumb} are too few.",
                picture=self.picture,
                thumb=self.thumb,
            )


@dataclass(frozen=True)
class CleanPicture:
    """A picture that may be kept and shown: upright, sRGB, small, and holding nothing but the picture."""

    data: bytes
    """WebP, longest side at most 1600 dots, within the byte budget."""
    width: int
    height: int
    thumb: bytes
    """WebP, longest side at most 320 dots."""
    thumb_width: int
    thumb_height: int
    sha256: str
    """Of ``data``, in hexadecimal: the name it is kept under."""
    media_type: str = "image/webp"


def clean_picture(raw: bytes | bytearray | memoryview, *, budget: Budget = Budget()) -> CleanPicture:
    """Return the picture in the file ``raw``, fit to be kept and shown.

    The kind is decided by content alone; JPEG, PNG, WebP and GIF are opened, and HEIC where the extra of
    that name is installed. A moving picture becomes a still. The same bytes and budget give the same result. Raises ``PictureRefused`` with a sentence for a child, whatever is wrong.
    """
    with _in_a_childs_words():
        parts = _parts_of(raw)
        master = _master(parts)
        data = _within(master, _STEPS, budget.picture)
        return _with_thumb(data, master, budget)


def clean_page(parts: Parts, *, budget: Budget = Budget()) -> CleanPicture:
    """Return a page that was drawn by us from a document, fit to be kept and shown.

    ``parts`` holds bare dots (PPM). The longest side is at most 1400 dots, so that print stays legible.
    Raises ``PictureRefused``.
    """
    with _in_a_childs_words():
        master = _master(parts)
        return _with_thumb(_within(master, _PAGE_STEPS, budget.picture), master, budget)


def reopen_picture(webp: bytes, *, budget: Budget = Budget()) -> CleanPicture:
    """Return a picture that ``clean_picture`` made earlier, byte for byte, with a new thumbnail.

    For archives and backups: cleaning again would give other bytes and another name. Raises
    ``PictureRefused`` if it is not a bare WebP picture of at most 1600 dots that opens.
    """
    with _in_a_childs_words():
        if max(bare_size(webp)) > LONGEST_SIDE:
            raise refusals.not_clean()
        return _with_thumb(bytes(webp), _master(read_webp(webp)), budget)


def as_jpeg(webp: bytes, *, longest: int = LONGEST_SIDE, quality: int = 70) -> bytes:
    """Return a kept picture as JPEG, for PDF and for old phones.

    ``longest`` is the longest side in dots, ``quality`` Pillow's 1 to 95. The result holds no EXIF, XMP,
    colour profile or comment. Raises ``PictureRefused`` if ``webp`` does not open.
    """
    with _in_a_childs_words():
        picture = _at_most(_master(_parts_of(webp)), longest)
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=quality, optimize=True)
        return read_jpeg(buffer.getvalue()).stream


def clean_drawing(raw: bytes, *, most: int) -> tuple[str, bytes]:
    """Return a picture that a program drew, made anew as its media type and bytes; at most ``most`` bytes.

    PNG stays PNG (lines and letters stay sharp) where that fits; all else becomes JPEG. Upright, sRGB, on white, at
    most 1600 dots long, nothing in it but the picture. Raises ``PictureRefused``.
    """
    with _in_a_childs_words():
        parts = _parts_of(raw)
        master = _master(parts)
        buffer = BytesIO()
        if parts.kind == "PNG":
            master.save(buffer, "PNG", compress_level=9, icc_profile=b"")
            if buffer.tell() <= most:
                return "image/png", read_png(buffer.getvalue()).stream
        for longest, quality in ((LONGEST_SIDE, 80), *_PAGE_STEPS):
            buffer = BytesIO()
            _at_most(master, longest).save(buffer, "JPEG", quality=quality, optimize=True)
            if buffer.tell() <= most:
                return "image/jpeg", read_jpeg(buffer.getvalue()).stream
        raise refusals.cannot_shrink()


def remade(webp: bytes, longest: int, quality: int) -> bytes:
    """Return a kept picture as WebP of this longest side (in dots) and quality, holding nothing but the picture.

    Raises ``PictureRefused`` if ``webp`` does not open.
    """
    with _in_a_childs_words():
        made = _within(_master(read_webp(webp)), ((longest, quality),), len(webp) * 100)
        bare_size(made)
        return made


@contextmanager
def _in_a_childs_words() -> Iterator[None]:
    """Turn whatever goes wrong inside into a ``PictureRefused``; the cause stays attached for the log."""
    try:
        yield
    except PictureRefused:
        raise
    except MemoryError as cause:
        raise refusals.no_memory() from cause
    except Exception as cause:
        # Decoders raise nearly every class there is: SyntaxError, struct.error, EOFError, warnings …
        raise refusals.damaged() from cause


def _parts_of(raw: bytes | bytearray | memoryview) -> Parts:
    """Return what is picture in a file."""
    raw = bytes(raw)
    return _READERS[kind_of(raw)](raw)


def _fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return ``size`` made smaller, never larger, so that no side is over ``longest``."""
    ratio = min(1.0, longest / max(size))
    return max(1, round(size[0] * ratio)), max(1, round(size[1] * ratio))


def _master(parts: Parts) -> Image:
    """Return the picture upright, in sRGB (mode RGB), at most 1600 dots long."""
    # Named one by one: asking Pillow for WebP otherwise makes it load all of its forty readers.
    from PIL import (  # noqa: F401 - they register
        GifImagePlugin,
        Image,
        JpegImagePlugin,
        PngImagePlugin,
        PpmImagePlugin,
        WebPImagePlugin,
    )

    stored = (parts.width, parts.height)
    size = _fitted(stored, LONGEST_SIDE)
    with Image.open(BytesIO(parts.stream), formats=[parts.kind]) as opened:
        if opened.size != stored:
            raise refusals.damaged()
        drafted = opened.draft(None, size)
        opened.load()
        small = shrink(opened, size, drafted[1] if drafted else None)
    coloured = to_srgb(small, parts.profile)
    return turn_upright(coloured, orientation(parts.exif))


def _at_most(master: Image, longest: int) -> Image:
    """Return the picture with no side over ``longest`` dots."""
    from PIL.Image import Resampling

    size = _fitted(master.size, longest)
    return master if size == master.size else master.resize(size, Resampling.LANCZOS)


def _within(master: Image, steps: tuple[tuple[int, int], ...], limit: int) -> bytes:
    """Return the picture as WebP of at most ``limit`` bytes, by the first of ``steps`` that fits."""
    for longest, quality in steps:
        buffer = BytesIO()
        _at_most(master, longest).save(
            buffer, "WEBP", quality=quality, method=_WEBP_METHOD, exif=b"", xmp=b"", icc_profile=b""
        )
        if buffer.tell() <= limit:
            return buffer.getvalue()
    raise refusals.cannot_shrink()


def _with_thumb(data: bytes, master: Image, budget: Budget) -> CleanPicture:
    """Put the result together, after a last look at both files."""
    thumb = _within(master, _THUMB_STEPS, budget.thumb)
    width, height = bare_size(data)
    thumb_width, thumb_height = bare_size(thumb)
    return CleanPicture(
        data=data,
        width=width,
        height=height,
        thumb=thumb,
        thumb_width=thumb_width,
        thumb_height=thumb_height,
        sha256=hashlib.sha256(data).hexdigest(),
    )
