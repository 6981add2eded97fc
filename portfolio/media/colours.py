"""From whatever colours a picture came in to plain sRGB on white paper, at the size we need.

The order saves nine tenths of the work: shrink first, in the picture's own colours, then convert.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PAPER_WHITE = (255, 255, 255)
"""What shows through where a picture is transparent: printed pages are white too."""

_STRIP_DOTS = 2_000_000
_GAP, _STRIP_GAP = 2.0, 1.5
"""How many times larger than needed a picture stays for the last, fine step of shrinking."""

_PROFILE_SPACES = {"L": b"GRAY", "RGB": b"RGB ", "CMYK": b"CMYK"}


def shrink(picture: Image, size: tuple[int, int], box: tuple[float, float, float, float] | None) -> Image:
    """Return the picture at ``size`` (width, height in dots) on white paper, in mode L, RGB or CMYK.

    ``box`` is the part of the picture that counts (left, top, right, bottom in dots), or all of it.
    Palettes, 16 bits a dot and see-through pictures are widened strip by strip, so that never a second
    whole picture stands in memory.
    """
    from PIL.Image import Resampling

    if picture.mode in ("L", "RGB", "CMYK") and "transparency" not in picture.info:
        return picture.resize(size, Resampling.LANCZOS, box=box, reducing_gap=_GAP)
    across = max(1, int(picture.width / size[0] / _STRIP_GAP))
    down = max(1, int(picture.height / size[1] / _STRIP_GAP))
    exact = (0, 0, picture.width / across, picture.height / down)
    return _reduced_on_paper(picture, across, down).resize(size, Resampling.LANCZOS, box=exact)


def _reduced_on_paper(picture: Image, across: int, down: int) -> Image:
    """Return the picture on white paper, each ``across`` by ``down`` dots averaged into one."""
    from PIL import Image

    width, height = picture.size
    rows = max(1, _STRIP_DOTS // (width * down)) * down
    reduced = Image.new("RGB", (-(-width // across), -(-height // down)))
    for top in range(0, height, rows):
        strip = picture.crop((0, top, width, min(top + rows, height)))
        reduced.paste(_on_paper(_widened(strip).reduce((across, down))), (0, top // down))
    return reduced


def _widened(strip: Image) -> Image:
    """Return a strip of any mode in mode L, or RGBA if parts of it may be see-through."""
    if strip.mode.startswith("I"):
        return strip.point(lambda value: value / 257).convert("L")
    if strip.mode == "1":
        strip = strip.convert("L")
    return strip if strip.mode == "RGBA" else strip.convert("RGBA")


def _on_paper(strip: Image) -> Image:
    """Return a strip in mode L as it is, one in RGBA laid on white paper (mode RGB)."""
    from PIL import Image

    if strip.mode != "RGBA":
        return strip
    paper = Image.new("RGB", strip.size, PAPER_WHITE)
    paper.paste(strip, mask=strip.getchannel("A"))
    return paper


def to_srgb(picture: Image, profile: bytes) -> Image:
    """Return the picture (mode L, RGB or CMYK) in sRGB, as mode RGB.

    ``profile`` is an ICC profile or nothing. One that is broken or belongs to other colours is left
    out: the picture then shows as most programs would show it without a profile.
    """
    if profile[16:20] == b"RGB " and picture.mode == "L":
        picture = picture.convert("RGB")
    if profile[16:20] != _PROFILE_SPACES.get(picture.mode):
        return picture.convert("RGB")
    return _converted(picture, profile) or picture.convert("RGB")


def _converted(picture: Image, profile: bytes) -> Image | None:
    """Convert with LittleCMS; nothing if the profile is broken."""
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return converted
