"""HEIC photos: opened where the extra is installed, refused with help where it is not."""

from __future__ import annotations

import contextlib
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import PictureRefused
from portfolio.media import apart, clean_picture, heic
from portfolio.media.apart import Stopped
from tests import bombs, sounds
from tests.camera_notes import SECRET, gps_bytes
from tests.specimens import CORNERS, dot, near


@pytest.fixture(scope="module")
def photo() -> bytes:
    """Return a HEIC photo with EXIF, GPS, XMP and a second picture."""
    return sounds.told_heic()


def test_the_main_picture_is_shown_and_everything_else_stays_behind(photo: bytes) -> None:
    """The corners are seen; EXIF, GPS and XMP are in the file and not in the result."""
    clean = clean_picture(photo)
    assert (clean.width, clean.height) == (96, 64)
    for (across, down), color in zip(((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8)), CORNERS, strict=True):
        assert near(dot(clean.data, across, down), color, 30)
    for words in (SECRET, gps_bytes(), b"Exif", b"xmp"):
        assert words in photo
        assert words not in clean.data + clean.thumb


@pytest.mark.parametrize("brands", [(b"heic", b"mif1"), (b"mif1", b"miaf", b"heix")])
def test_without_the_extra_the_sentence_shows_a_way_out(
    brands: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no reader is installed, the child is told to take a screenshot."""
    monkeypatch.setattr(heic, "find_spec", lambda _: None)
    with pytest.raises(PictureRefused, match="a form called HEIC"):
        clean_picture(bombs.box_file(*brands))


@pytest.mark.parametrize(
    ("reason", "words"),
    [("memory", "Wait a minute"), ("missing", "form called HEIC"), ("slow", "damaged"), ("died", "damaged")],
)
def test_whatever_stops_the_decoder_becomes_a_sentence(
    photo: bytes, reason: apart.Reason, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decoder that dies, hangs or runs out of memory ends in a sentence."""

    def stop(*args: object, **named: object) -> None:
        raise Stopped(reason)

    monkeypatch.setattr(apart, "draw_apart", stop)
    with pytest.raises(PictureRefused, match=words):
        clean_picture(photo)


def resized(photo: bytes, width: int, height: int) -> bytes:
    """Return the photo with another size announced for all its pictures."""
    at = -1
    while (at := photo.find(b"ispe", at + 1)) >= 0:
        photo = photo[: at + 8] + struct.pack(">II", width, height) + photo[at + 16 :]
    return photo


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((60_000, 60_000), "too long: one side has 60000"),
        ((9_000, 9_000), "9000 by 9000 dots"),
        ((0, 9), "damaged"),
    ],
)
def test_the_size_is_looked_at_before_anything_is_decoded(
    photo: bytes, size: tuple[int, int], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A header that asks for too much is refused without starting the decoder."""
    monkeypatch.setattr(apart, "draw_apart", None)
    with pytest.raises(PictureRefused) as refused:
        clean_picture(resized(photo, *size))
    assert words in str(refused.value)


def test_a_size_that_lies_does_no_harm(photo: bytes) -> None:
    """A photo that announces another size than it has is shown or refused, never more."""
    with contextlib.suppress(PictureRefused):
        clean_picture(resized(photo, 16, 16))


def test_boxes_that_lie_about_their_size_are_refused(photo: bytes) -> None:
    """A box that reaches over the end, or is smaller than its own header, is damage."""
    at = photo.index(b"meta") - 4
    for size in (0xFFFFFFF0, 4):
        with pytest.raises(PictureRefused):
            clean_picture(photo[:at] + struct.pack(">I", size) + photo[at + 4 :])


def survives(photo: bytes, seed: int) -> None:
    """Damage a photo and clean it, letting nothing but a refusal pass."""
    chance = random.Random(seed)
    raw = bytearray(photo)
    for _ in range(chance.choice((1, 2, 8))):
        if len(raw) < 10:
            break
        at = chance.randrange(len(raw))
        if chance.random() < 0.3:
            del raw[at : at + chance.randrange(1, 400)]
        else:
            raw[at] = chance.randrange(256)
    with contextlib.suppress(PictureRefused):
        clean_picture(raw)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1_000_000))
def test_damaged_photos_never_raise_anything_else(seed: int) -> None:
    """Flipped and lost bytes end in a picture or in a sentence."""
    survives(WHOLE, seed)


@pytest.mark.drill
@pytest.mark.timeout(900)
@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9))
def test_hundreds_of_damaged_photos_never_raise_anything_else(seed: int) -> None:
    """The same with four hundred damaged photos."""
    survives(WHOLE, seed)


WHOLE = sounds.told_heic()
