"""Files that are refused: with which words, how quickly, and that nothing but a refusal ever comes out."""

from __future__ import annotations

import contextlib
import random
import struct
import zlib
from io import BytesIO
from unittest.mock import Mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from portfolio.errors import PictureRefused
from portfolio.media import clean_picture, pictures, refusals
from portfolio.media.webp import bare_size
from tests import bombs
from tests.camera_notes import wide_profile
from tests.specimens import (
    RED,
    camera_jpeg,
    camera_png,
    camera_webp,
    cmyk_jpeg,
    corners,
    deep_png,
    moving_webp,
    packed_rows,
    plain_jpeg,
    png,
    see_through_palette_png,
    see_through_png,
    see_through_webp,
    with_segments,
)

PHOTO = plain_jpeg(corners())

REFUSED = {
    "nothing": (b"", "nothing in this file"),
    "a script called holiday.png": (bombs.script(), "not a picture"),
    "a word": (b"RIFF", "not a picture"),
    "a page": (b"<html><img src=x onerror=alert(1)></html>", "not a picture"),
    "a drawing with a script": (bombs.drawing_with_script(), "form called SVG"),
    "AVIF": (bombs.box_file(b"avif", b"mif1", b"miaf"), "form called AVIF"),
    "a film from a phone": (bombs.box_file(b"qt  "), "a film, not a picture"),
    "a film": (bombs.box_file(b"isom", b"mp42"), "a film, not a picture"),
    "BMP": (b"BM" + bytes(40), "form called BMP"),
    "TIFF": (b"II*\0" + bytes(40), "form called TIFF"),
    "PDF": (b"%PDF-1.7\n", "a document, not a picture"),
    "a packed folder": (b"PK\3\4" + bytes(40), "a document, not a picture"),
    "half a photo": (PHOTO[: len(PHOTO) // 2], "the end of it is missing"),
    "the first two bytes": (PHOTO[:2], "the end of it is missing"),
    "a screenshot copied as text": (camera_png().replace(b"\r\n", b"\n", 1), "damaged"),
    "a photo without dots": (bombs.resized_header(PHOTO, 0, 64), "damaged"),
    "two photos in one frame": (with_segments(PHOTO, PHOTO[PHOTO.index(b"\xff\xc0") :][:19]), "damaged"),
    "a photo of the future": (PHOTO.replace(b"\xff\xc0", b"\xff\xc3", 1), "a rare way"),
    "a photo that is too deep": (
        PHOTO.replace(b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c", 1),
        "a rare way",
    ),
    "a flipped bit": (deep_png().replace(b"\x78\x9c", b"\x78\x9d", 1), "damaged"),
    "a flipped colour": (see_through_palette_png().replace(bytes(RED), b"\xdc\x1e\x1f", 1), "damaged"),
    "a flipped dot": (
        png((9, 1, 8, 0), zlib.compress(b"\0black one", 0)).replace(b"one", b"0ne", 1),
        "damaged",
    ),
    "half a see-through colour": (see_through_png(2, 8, bytes(3), b"\0"), "damaged"),
    "rows missing": (png((40, 40, 8, 2), packed_rows([bytes(120)] * 39)), "damaged"),
    "no picture between the covers": (camera_webp()[:4] + b"\x04\0\0\0WEBP", "damaged"),
    "a header of 65,000 by 65,000": (bombs.bomb_png(65_000, 65_000), "too long: one side has 65000"),
    "a header of 9,000 by 9,000": (bombs.bomb_png(9_000, 9_000), "9000 by 9000 dots"),
    "a photo header of 65,000": (bombs.resized_header(PHOTO, 20_000, 20_000), "20000 by 20000 dots"),
    "a photo in passes, too large to hold": (
        bombs.resized_header(plain_jpeg(corners(), progressive=True, fine=True), 8000, 8000),
        "8000 by 8000 dots",
    ),
    "a web picture of 16,383": (bombs.bomb_webp(), "16383 by 16383 dots"),
    "the same pass 5,000 times": (bombs.scan_bomb(8000, 8000, 5000), "a rare way"),
}


@pytest.mark.parametrize(("raw", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_each_wrong_file_gets_the_sentence_that_helps(raw: bytes, words: str) -> None:
    """The kind of a file is told by its content, and each cause has its own sentence."""
    with pytest.raises(PictureRefused) as refused:
        clean_picture(raw)
    assert words in str(refused.value)


def test_a_file_over_64_megabytes_is_not_even_looked_at() -> None:
    """Too many bytes are refused first, with both figures."""
    with pytest.raises(PictureRefused) as refused:
        clean_picture(PHOTO.ljust(64_000_001, b"\0"))
    assert "65 MB, and 64 MB is the most" in str(refused.value)


@pytest.mark.parametrize(
    "trouble",
    [SyntaxError, struct.error, EOFError, KeyError, zlib.error, Image.DecompressionBombError, UserWarning],
)
def test_whatever_a_decoder_raises_becomes_a_sentence(
    trouble: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decoders fail in many ways; the cause stays attached for the log."""
    monkeypatch.setattr(Image, "open", Mock(side_effect=trouble("inside")))
    with pytest.raises(PictureRefused, match="damaged") as refused:
        clean_picture(PHOTO)
    assert isinstance(refused.value.__cause__, trouble)


def test_a_computer_without_memory_asks_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """When memory runs out it is not the picture's fault, and the sentence says so."""
    monkeypatch.setattr(Image, "open", Mock(side_effect=MemoryError))
    with pytest.raises(PictureRefused, match="Wait a minute"):
        clean_picture(PHOTO)


def test_a_result_that_is_not_bare_is_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the encoder ever added something, nothing would leave."""
    for talkative in (camera_webp(), see_through_webp(lossless=False), bare() + b"tail", PHOTO):
        monkeypatch.setattr(pictures, "_within", Mock(return_value=talkative))
        with pytest.raises(PictureRefused, match="safe to share"):
            clean_picture(PHOTO)


def bare() -> bytes:
    """Return a WebP file with one picture in it and nothing else."""
    buffer = BytesIO()
    corners().save(buffer, "WEBP")
    return buffer.getvalue()


SENTENCES: list[PictureRefused] = [
    refusals.empty(),
    refusals.too_heavy(70, 64),
    refusals.not_a_picture(),
    refusals.heic(),
    refusals.other_form("GIF"),
    refusals.film(),
    refusals.document(),
    refusals.cut_off(),
    refusals.damaged(),
    refusals.saved_in_a_rare_way(),
    refusals.too_many_dots(1, 2),
    refusals.too_long(3, 2),
    refusals.no_memory(),
    refusals.cannot_shrink(),
    refusals.not_clean(),
]


@pytest.mark.parametrize("refusal", SENTENCES, ids=lambda refusal: refusal.msgid[:40])
def test_every_refusal_says_what_to_do_next(refusal: PictureRefused) -> None:
    """A refusal is two short sentences: what happened, and what the child can do now."""
    what, *then = str(refusal).removesuffix(".").split(". ")
    assert len(then) == 1
    assert then[0].split()[0] in {"Take", "Open", "Stop", "Choose", "Wait"}
    assert all(len(sentence.split()) <= 24 for sentence in (what, *then))
    assert "{" not in str(refusal)


WHOLE: dict[str, bytes] = {
    "photo": PHOTO,
    "photo in passes": plain_jpeg(corners(), progressive=True),
    "photo with notes": camera_jpeg(orientation=6, profile=wide_profile()),
    "printers' photo": cmyk_jpeg(),
    "screenshot": camera_png(6),
    "deep": deep_png(),
    "palette": see_through_palette_png(),
    "web": camera_webp(3),
    "see-through web": see_through_webp(lossless=False),
    "lossless web": see_through_webp(lossless=True),
    "moving web": moving_webp(),
}


@given(st.sampled_from(sorted(set(WHOLE) - {"photo with notes"})), st.floats(0, 0.98))
def test_no_beginning_of_a_picture_passes_for_the_whole(name: str, part: float) -> None:
    """Wherever the sending stopped, the picture is refused, never shown half."""
    whole = WHOLE[name]
    # The screenshot and the web picture carry a tail that may be lost without harm.
    end = whole.index(b"IEND") if b"IEND" in whole else len(whole) - 200 * whole.startswith(b"RIFF")
    with pytest.raises(PictureRefused):
        clean_picture(whole[: int(end * part)])


def survives(raw: bytes) -> None:
    """Clean a file, letting nothing but a refusal pass."""
    with contextlib.suppress(PictureRefused):
        clean = clean_picture(raw)
        assert bare_size(clean.data) == (clean.width, clean.height)


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF....WEBP"])
)
@example(b"", b"RIFF\xff\xff\xff\xffWEBP")
def test_random_bytes_are_refused_and_nothing_else(noise: bytes, start: bytes) -> None:
    """Whatever bytes come in, also behind the right first ones, a refusal is the worst that happens."""
    survives(start + noise)


def with_true_check_sums(raw: bytes) -> bytes:
    """Return a damaged PNG with check sums that fit again, so that the damage reaches the decoder."""
    if not raw.startswith(b"\x89PNG"):
        return raw
    mended, at = raw[:8], 8
    while at + 12 <= len(raw):
        end = at + 12 + int.from_bytes(raw[at : at + 4], "big")
        mended += raw[at : end - 4] + zlib.crc32(raw[at + 4 : end - 4]).to_bytes(4, "big")
        at = end
    return mended


def damage(name: str, seed: int) -> bytes:
    """Return a picture with some bytes changed, taken out or put in, mostly near its beginning."""
    chance = random.Random(seed)
    raw = bytearray(WHOLE[name])
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(min(len(raw), chance.choice((200, 1_000_000))))
        length = chance.randrange(1, 9)
        match chance.randrange(4):
            case 0:
                raw[at] ^= 1 << chance.randrange(8)
            case 1:
                del raw[at : at + length]
            case 2:
                raw[at:at] = chance.randbytes(length)
            case _:
                raw[at : at + 4] = chance.choice(
                    (b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", b"\0\0\xff\xff")
                )
    return with_true_check_sums(bytes(raw)) if chance.random() < 0.8 else bytes(raw)


@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 1_000_000))
def test_damaged_pictures_never_raise_anything_else(name: str, seed: int) -> None:
    """Flipped bits, lost and added bytes end in a picture or in a sentence."""
    survives(damage(name, seed))


@pytest.mark.drill
@settings(max_examples=10_000)
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 10**9))
def test_thousands_of_damaged_pictures_never_raise_anything_else(name: str, seed: int) -> None:
    """The same with ten thousand damaged pictures."""
    survives(damage(name, seed))
