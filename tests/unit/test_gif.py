"""GIFs on their way in: the first picture stays, what moves and what is told beside it goes."""

from __future__ import annotations

import contextlib
import random
import struct
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from portfolio.errors import PictureRefused
from portfolio.media import clean_picture
from portfolio.media.gif import read_gif
from portfolio.media.webp import bare_size
from tests import sounds
from tests.camera_notes import SECRET, gps_bytes
from tests.specimens import CORNERS, RED, corners, dot, near

PLACES = ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8))


def test_a_moving_gif_becomes_its_first_picture() -> None:
    """Of three pictures the first is shown, as WebP, and nothing moves."""
    clean = clean_picture(sounds.told_gif())
    assert (clean.width, clean.height, clean.media_type) == (96, 64, "image/webp")
    assert all(near(dot(clean.data, *place), color, 30) for place, color in zip(PLACES, CORNERS, strict=True))


def test_comments_and_notes_are_gone() -> None:
    """Comments, XMP, programs' notes and the tail are in the file and not in the result."""
    raw = sounds.told_gif()
    clean, stream = clean_picture(raw), read_gif(raw).stream
    for words in (SECRET, gps_bytes(), b"+47.37", b"XMP"):
        assert words in raw
        assert words not in clean.data + clean.thumb + stream


def test_see_through_parts_are_white() -> None:
    """What is see-through lies on white paper, as everywhere."""
    clean = clean_picture(sounds.see_through_gif())
    assert near(dot(clean.data, 0.2, 0.5), RED)
    assert near(dot(clean.data, 0.8, 0.5), (255, 255, 255))


def test_an_interlaced_gif_shows_the_same() -> None:
    """Rows that come in another order are put right."""
    buffer = BytesIO()
    corners().save(buffer, "GIF", interlace=1)
    clean = clean_picture(buffer.getvalue())
    assert all(near(dot(clean.data, *place), color, 30) for place, color in zip(PLACES, CORNERS, strict=True))


def tiny(width: int, height: int, dots: bytes = b"\x02\x4c\x01\0") -> bytes:
    """Return a GIF whose first picture claims a size and holds next to nothing."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02" + dots
    return b"GIF89a" + struct.pack("<HH", 1, 1) + b"\x80\0\0" + bytes(6) + frame + b"\x3b"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (tiny(60_000, 60_000), "too long: one side has 60000"),
        (tiny(20_000, 20_000), "20000 by 20000 dots"),
        (tiny(0, 5), "damaged"),
        (tiny(500, 500), "damaged"),
        (sounds.told_gif()[:300], "the end of it is missing"),
        (b"GIF89a\1\0\1\0\0\0\0\x3b", "damaged"),
        (b"GIF89a\1\0\1\0\0\0\0\x2c" + bytes(20), "damaged"),
    ],
)
def test_each_wrong_gif_gets_the_sentence_that_helps(raw: bytes, words: str) -> None:
    """Size is looked at before anything is decoded; damage and a missing end have their sentences."""
    with pytest.raises(PictureRefused) as refused:
        clean_picture(raw)
    assert words in str(refused.value)


def test_a_gif_of_nothing_but_comments_ends() -> None:
    """Endless notes before a picture are given up."""
    with pytest.raises(PictureRefused):
        clean_picture(b"GIF89a\1\0\1\0\0\0\0" + b"\x21\xfe\x01x\0" * 500_000)


WHOLE = {"moving": sounds.told_gif(), "see-through": sounds.see_through_gif()}


def survives(name: str, seed: int) -> None:
    """Damage a GIF and clean it, letting nothing but a refusal pass."""
    chance = random.Random(seed)
    raw = bytearray(WHOLE[name])
    for _ in range(chance.choice((1, 2, 8))):
        if len(raw) < 10:
            break
        at = chance.randrange(min(len(raw), chance.choice((60, 100_000))))
        if chance.random() < 0.3:
            del raw[at : at + chance.randrange(1, 9)]
        elif chance.random() < 0.2:
            raw[at : at + 2] = b"\xff\xff"
        else:
            raw[at] = chance.randrange(256)
    with contextlib.suppress(PictureRefused):
        clean = clean_picture(raw)
        assert bare_size(clean.data) == (clean.width, clean.height)


@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 1_000_000))
def test_damaged_gifs_never_raise_anything_else(name: str, seed: int) -> None:
    """Flipped, lost and added bytes end in a picture or in a sentence."""
    survives(name, seed)


@pytest.mark.drill
@settings(max_examples=5_000)
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 10**9))
def test_thousands_of_damaged_gifs_never_raise_anything_else(name: str, seed: int) -> None:
    """The same with five thousand damaged GIFs."""
    survives(name, seed)


def test_colors_of_the_picture_itself_win() -> None:
    """A picture with colors of its own is shown in those, not in the file's."""
    first, second = Image.new("P", (8, 8), 0), Image.new("P", (8, 8), 0)
    first.putpalette([220, 30, 30])
    second.putpalette([0, 0, 255])
    buffer = BytesIO()
    first.save(buffer, "GIF")
    raw = buffer.getvalue()
    at = 13 + (3 << ((raw[10] & 7) + 1))
    own = b"\x2c" + struct.pack("<HHHHB", 0, 0, 8, 8, 0x80) + bytes([0, 0, 255, 0, 0, 0])
    picture = raw[raw.index(b"\x2c", at) + 10 :]
    clean = clean_picture(raw[:at] + own + picture)
    assert near(dot(clean.data, 0.5, 0.5), (0, 0, 255), 30)
