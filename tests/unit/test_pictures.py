"""Pictures on their way in: what is kept of them, what is dropped, and what they look like afterwards."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFile, ImageStat

import portfolio
from portfolio.errors import InputRefused, PictureRefused
from portfolio.media import Budget, CleanPicture, as_jpeg, clean_picture, reopen_picture
from tests.camera_notes import SECRET, ByteOrder, gps_bytes, wide_profile
from tests.specimens import (
    CORNERS,
    RED,
    camera_jpeg,
    camera_png,
    camera_webp,
    corners,
    dot,
    foliage,
    hidden_second_picture,
    large_palette_png,
    moving_png,
    moving_webp,
    near,
    noise,
    opened,
    packed_rows,
    page_in_a_picture,
    plain_jpeg,
    png,
    see_through_webp,
)


def riff_chunks(data: bytes) -> list[bytes]:
    """Return the names of a WebP file's chunks, and prove that they fill the file to its last byte."""
    names, at = [], 12
    while at < len(data):
        names.append(data[at : at + 4])
        size = int(struct.unpack_from("<I", data, at + 4)[0])
        at += 8 + size + size % 2
    assert (data[:4], data[8:12], at) == (b"RIFF", b"WEBP", len(data))
    assert struct.unpack_from("<I", data, 4)[0] == len(data) - 8
    return names


# ----------------------------------------------------------------------------------------------- right way up


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("order", ["<", ">"])
def test_photos_are_upright_whichever_way_the_camera_was_held(orientation: int, order: ByteOrder) -> None:
    """All eight orientations of a JPEG, in both byte orders, show the same corners."""
    assert_shows_corners(clean_picture(camera_jpeg(orientation=orientation, order=order)))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("make", [camera_png, camera_webp])
def test_png_and_webp_are_upright_too(orientation: int, make: Callable[[int], bytes]) -> None:
    """PNG and WebP carry the same note about orientation, and it is followed."""
    assert_shows_corners(clean_picture(make(orientation)))


def assert_shows_corners(clean: CleanPicture) -> None:
    """Hold picture and thumbnail against the four corners."""
    assert (clean.width, clean.height) == (96, 64)
    places = ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8))
    for (across, down), colour in zip(places, CORNERS, strict=True):
        # Wide enough for the wide profile of some, far too narrow for a neighbouring corner.
        assert near(dot(clean.data, across, down), colour, 45)
        assert near(dot(clean.thumb, across, down), colour, 45)


def test_large_drawings_are_put_together_from_strips_without_seams() -> None:
    """A palette picture of 19 million dots has its quarters exactly where they were."""
    clean = clean_picture(large_palette_png())
    assert (clean.width, clean.height) == (1600, 1108)
    picture = opened(clean.data)
    for across in (4, 400, 790, 809, 1200, 1595):
        for down in (4, 200, 400, 544, 563, 700, 900, 1103):
            found = picture.getpixel((across, down))
            assert isinstance(found, tuple)
            assert near(found, CORNERS[(across > 800) + 2 * (down > 554)], 45)


@pytest.mark.parametrize("raw", [moving_png(), moving_webp()], ids=["png", "webp"])
def test_of_moving_pictures_the_first_is_kept(raw: bytes) -> None:
    """An animation becomes its first picture."""
    assert_shows_corners(clean_picture(raw))


# ----------------------------------------------------------------------------------------- nothing left behind

TALKATIVE = {
    "photo": camera_jpeg(orientation=6, profile=wide_profile()),
    "photo, other byte order": camera_jpeg(orientation=3, order="<"),
    "screenshot": camera_png(),
    "web picture": camera_webp(),
    "lossless web picture": camera_webp(lossless=True),
    "photo with a second one behind it": hidden_second_picture(),
    "photo that is a web page too": page_in_a_picture(),
}


@pytest.mark.parametrize("raw", TALKATIVE.values(), ids=TALKATIVE.keys())
def test_nothing_but_the_picture_is_left(raw: bytes) -> None:
    """Place, texts, profiles, comments and tails of a file are in none of the files made from it."""
    assert SECRET in raw
    clean = clean_picture(raw)
    assert riff_chunks(clean.data) == riff_chunks(clean.thumb) == [b"VP8 "]
    for result in (clean.data, clean.thumb, as_jpeg(clean.data)):
        for trace in (SECRET, gps_bytes(">"), gps_bytes("<"), b"Exif", b"ICC_PROFILE", b"adobe", b"<script"):
            assert trace not in result
        info = Image.open(BytesIO(result)).info
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & info.keys()


@pytest.mark.parametrize("raw", TALKATIVE.values(), ids=TALKATIVE.keys())
def test_the_decoder_sees_the_picture_only(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file says about itself never reaches Pillow, so it can do no harm there."""
    seen: list[bytes] = []
    whole_open = Image.open

    def watched(file: BytesIO, formats: list[str]) -> Image.Image:
        seen.append(file.getvalue())
        return whole_open(file, formats=formats)

    monkeypatch.setattr(Image, "open", watched)
    clean_picture(raw)
    assert len(seen) == 1
    assert not [trace for trace in (SECRET, gps_bytes(">"), gps_bytes("<"), b"Exif") if trace in seen[0]]


def test_the_name_is_the_hash_of_what_is_kept() -> None:
    """The file name comes from the kept bytes, and size and type are told with them."""
    clean = clean_picture(camera_jpeg(corners(800, 600)))
    assert len(clean.sha256) == 64
    assert clean.media_type == "image/webp"
    assert opened(clean.data).size == (clean.width, clean.height) == (800, 600)
    assert opened(clean.thumb).size == (clean.thumb_width, clean.thumb_height) == (320, 240)


# -------------------------------------------------------------------------------------------- small enough


@pytest.mark.parametrize(
    ("size", "expected"),
    [((1, 1), (1, 1)), ((20_000, 1), (1600, 1)), ((1, 20_000), (1, 1600)), ((1601, 1600), (1600, 1599))],
)
def test_odd_sizes_are_shrunk_never_enlarged(size: tuple[int, int], expected: tuple[int, int]) -> None:
    """One dot stays one dot, and a line of 20,000 dots stays a line."""
    row = bytes(RED) * size[0]
    clean = clean_picture(png((*size, 8, 2), packed_rows([row] * size[1])))
    assert (clean.width, clean.height) == expected
    assert near(dot(clean.data, 0.5, 0.5), RED)


NOISY: dict[str, Callable[[], Image.Image]] = {
    "small noise": lambda: noise(400, 300),
    "large noise": lambda: noise(1000, 800),
    "leaves": lambda: foliage(1300, 1000),
    "a stamp of leaves": lambda: foliage(320, 320),
}


@pytest.mark.parametrize("make", NOISY.values(), ids=NOISY.keys())
def test_the_budget_holds_whatever_the_picture_shows(make: Callable[[], Image.Image]) -> None:
    """Even pure noise fits the usual budget, and the smallest one a teacher may set."""
    raw = plain_jpeg(make(), 95)
    for budget in (Budget(), Budget(picture=20_000, thumb=10_000)):
        clean = clean_picture(raw, budget=budget)
        assert len(clean.data) <= budget.picture
        assert len(clean.thumb) <= budget.thumb


def test_a_budget_too_small_for_anything_is_refused() -> None:
    """A budget of a few bytes is a mistake that is named, with the figures."""
    with pytest.raises(InputRefused, match=r"20,000 bytes.*5 and 20000 are too few"):
        Budget(picture=5)


def test_a_usual_photo_keeps_its_full_size_and_looks_the_same() -> None:
    """A calm photo comes out 1600 dots long and hardly different from a careful shrinking of the original."""
    scene = Image.merge("RGB", [Image.radial_gradient("L").rotate(angle) for angle in (0, 90, 180)])
    scene = scene.resize((3200, 2400), Image.Resampling.BICUBIC)
    clean = clean_picture(camera_jpeg(scene, 6))
    assert (clean.width, clean.height) == (1600, 1200)
    careful = scene.resize((1600, 1200), Image.Resampling.LANCZOS)
    difference = ImageStat.Stat(ImageChops.difference(careful, opened(clean.data)))
    assert max(difference.mean) < 2.5


def test_the_same_file_gives_the_same_bytes_also_in_several_threads() -> None:
    """Cleaning is repeatable, alone and beside others."""
    raws = [camera_jpeg(foliage(700, 500, seed), seed, profile=wide_profile()) for seed in (1, 2, 3, 4)]
    alone = [clean_picture(raw) for raw in raws]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(clean_picture, raws * 3)) == alone * 3
    assert clean_picture(bytearray(raws[0])) == clean_picture(memoryview(raws[0])) == alone[0]


# ------------------------------------------------------------------------------------- beside and afterwards


def test_pillow_is_not_loaded_before_the_first_picture() -> None:
    """A desk that only shows text does not pay for Pillow."""
    code = "import sys, portfolio.media; print(any(name.split('.')[0] == 'PIL' for name in sys.modules))"
    home = Path(portfolio.__file__).parents[1]
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=home, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


def test_settings_of_pillow_neither_change_nor_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's leniency does not let cut files in, and we leave their settings alone."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    for raw in (plain_jpeg(noise(60, 60)), camera_png(), see_through_webp(lossless=True)):
        with pytest.raises(PictureRefused):
            clean_picture(raw[: len(raw) // 2])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True
    assert Image.MAX_IMAGE_PIXELS is None


def test_a_kept_picture_comes_back_from_an_archive_unchanged() -> None:
    """What was cleaned once is taken back byte for byte; anything else is not."""
    clean = clean_picture(camera_jpeg(foliage(500, 400)))
    again = reopen_picture(clean.data)
    assert (again.data, again.sha256, again.width) == (clean.data, clean.sha256, clean.width)
    too_long = BytesIO()
    Image.new("RGB", (1601, 10)).save(too_long, "WEBP")
    for other in (camera_webp(), camera_jpeg(), clean.data + b"?", clean.data[:-9], too_long.getvalue(), b""):
        with pytest.raises(PictureRefused):
            reopen_picture(other)


def test_the_jpeg_twin_is_small_and_bare() -> None:
    """For paper and old phones the picture is made again as JPEG, as small as asked."""
    twin = as_jpeg(clean_picture(camera_jpeg(corners(1200, 900))).data, longest=600)
    picture = Image.open(BytesIO(twin))
    assert (picture.format, picture.size) == ("JPEG", (600, 450))
    assert near(dot(twin, 0.2, 0.2), RED, 30)
    with pytest.raises(PictureRefused):
        as_jpeg(b"nothing of ours")
