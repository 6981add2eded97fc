"""Colours of pictures: profiles, printers' inks, deep and see-through pictures, every kind of PNG."""

from __future__ import annotations

import pytest
from PIL import Image

from portfolio.media import clean_picture
from tests.camera_notes import wide_profile
from tests.specimens import (
    RED,
    Dot,
    camera_jpeg,
    chunk,
    cmyk_jpeg,
    deep_png,
    dot,
    near,
    packed_rows,
    plain_jpeg,
    png,
    rgb_jpeg,
    see_through_palette_png,
    see_through_png,
    see_through_webp,
    segment,
    with_segments,
)


def test_colours_of_a_wide_profile_are_converted() -> None:
    """A wide red becomes the sRGB red that looks the same; without the profile it stays as written."""
    dull = Image.new("RGB", (64, 64), (180, 100, 80))
    assert near(dot(clean_picture(camera_jpeg(dull)).data, 0.5, 0.5), (180, 100, 80), 4)
    # Computed from the two sets of primaries (D65, the same curve on both sides).
    wide = clean_picture(camera_jpeg(dull, profile=wide_profile()))
    assert near(dot(wide.data, 0.5, 0.5), (193, 95, 74), 4)


@pytest.mark.parametrize("cut", [0, 40, 130, 300])
def test_a_broken_profile_is_left_out(cut: int) -> None:
    """A picture whose profile is cut off shows as if it had none."""
    raw = camera_jpeg(Image.new("RGB", (64, 64), (180, 100, 80)), profile=wide_profile()[:cut] + b"?")
    assert near(dot(clean_picture(raw).data, 0.5, 0.5), (180, 100, 80), 4)


def test_a_profile_in_pieces_is_put_together_only_if_all_are_there() -> None:
    """Profiles may be split over segments in any order; with a piece missing they are left out."""
    plain, profile = plain_jpeg(Image.new("RGB", (64, 64), (180, 100, 80))), wide_profile()
    first = segment(0xE2, b"ICC_PROFILE\0\1\2" + profile[:200])
    second = segment(0xE2, b"ICC_PROFILE\0\2\2" + profile[200:])
    whole = clean_picture(with_segments(plain, second, first))
    assert near(dot(whole.data, 0.5, 0.5), (193, 95, 74), 4)
    half = clean_picture(with_segments(plain, second))
    assert near(dot(half.data, 0.5, 0.5), (180, 100, 80), 4)


def test_printers_colours_become_screen_colours() -> None:
    """A CMYK photo of red ink is red."""
    red, green, blue = dot(clean_picture(cmyk_jpeg()).data, 0.5, 0.5)
    assert red > 200
    assert max(green, blue) < 60


def test_the_note_about_how_colours_are_kept_is_followed() -> None:
    """A JPEG of plain red, green and blue is not taken for brightness and two differences."""
    assert near(dot(clean_picture(rgb_jpeg()).data, 0.5, 0.5), RED)


def test_sixteen_bits_a_dot_keep_their_brightness() -> None:
    """A deep grey picture runs from black to white and is not cut at 255."""
    clean = clean_picture(deep_png())
    left, middle, right = (dot(clean.data, across, 0.5)[0] for across in (0.02, 0.5, 0.98))
    assert (left < 20, 115 < middle < 145, right > 235) == (True, True, True)


SEE_THROUGH = {
    "palette": see_through_palette_png(),
    "web picture": see_through_webp(lossless=False),
    "lossless web picture": see_through_webp(lossless=True),
}


@pytest.mark.parametrize("raw", SEE_THROUGH.values(), ids=SEE_THROUGH.keys())
def test_see_through_parts_lie_on_white_paper(raw: bytes) -> None:
    """What is see-through shows white; what is not keeps its colour."""
    clean = clean_picture(raw)
    assert near(dot(clean.data, 0.2, 0.5), RED, 30)
    assert near(dot(clean.data, 0.85, 0.5), (255, 255, 255), 6)


BLACK, GREY, WHITE = (0, 0, 0), (128, 128, 128), (255, 255, 255)
EVERY_PNG = {
    "grey 8": (see_through_png(0, 8, b"\x80"), GREY),
    "grey 8, see-through": (see_through_png(0, 8, b"\0", b"\0\0"), WHITE),
    "grey 16": (see_through_png(0, 16, b"\x80\x80"), GREY),
    "grey 16, see-through counts as opaque": (see_through_png(0, 16, b"\0\0", b"\0\0"), BLACK),
    "grey and alpha 8": (see_through_png(4, 8, b"\x80\xff"), GREY),
    "grey and alpha 8, half": (see_through_png(4, 8, b"\0\x7f"), GREY),
    "grey and alpha 16": (see_through_png(4, 16, b"\0\0\0\0"), WHITE),
    "colour 8, see-through": (see_through_png(2, 8, bytes(3), bytes(6)), WHITE),
    "colour 16": (see_through_png(2, 16, b"\x80\0" * 3), GREY),
    "colour 16, see-through counts as opaque": (see_through_png(2, 16, b"\x80\0" * 3, b"\0\x80" * 3), GREY),
    "colour and alpha 16": (see_through_png(6, 16, b"\0\0\0\0\0\0\x80\0"), GREY),
    "one bit": (png((16, 8, 1, 0), packed_rows([b"\xff\xff"] * 8)), WHITE),
    "one bit, see-through": (png((16, 8, 1, 0), packed_rows([bytes(2)] * 8), chunk(b"tRNS", b"\0\0")), WHITE),
    "two bits": (png((16, 8, 2, 0), packed_rows([b"\xaa" * 4] * 8)), (170, 170, 170)),
}


@pytest.mark.parametrize(("raw", "colour"), EVERY_PNG.values(), ids=EVERY_PNG.keys())
def test_every_kind_of_png_shows_its_colour(raw: bytes, colour: Dot) -> None:
    """All colour types and depths come out right, with and without see-through parts."""
    assert near(dot(clean_picture(raw).data, 0.5, 0.5), colour, 4)
