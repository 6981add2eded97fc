"""Videos on their way in: kinds, limits, sentences, and what hostile and broken files do."""

from __future__ import annotations

import contextlib
import hashlib
import random
from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import MediaRefused
from portfolio.media import video, video_refusals
from portfolio.media.video import CleanVideo, VideoLimits, clean_video
from tests.containers import holds_nothing_else
from tests.recordings import box, mp4_with_gps, recording, webm_with_gps

IN_PIECES = (("movflags", "frag_keyframe+empty_moov+default_base_moof"),)

FILMS: dict[str, Callable[[], bytes]] = {
    "MP4": mp4_with_gps,
    "an iPhone's film": lambda: mp4_with_gps("mov"),
    "H.265": lambda: mp4_with_gps(video="libx265"),
    "AV1": lambda: mp4_with_gps(video="libsvtav1", sound="libopus"),
    "MP4 in pieces": lambda: recording(options=IN_PIECES),
    "WebM": webm_with_gps,
    "WebM of VP9, finished": lambda: webm_with_gps("libvpx-vp9", live=False),
    "WebM of AV1 and Vorbis": lambda: webm_with_gps("libsvtav1", "vorbis"),
}


def test_a_clean_video_says_what_it_is() -> None:
    """Kind, length, size, sound, name and whether it plays everywhere are told."""
    clean = clean_video(mp4_with_gps())
    assert (clean.media_type, clean.suffix, clean.plays, clean.has_sound) == (
        "video/mp4",
        ".mp4",
        "everywhere",
        True,
    )
    assert (clean.width, clean.height, round(clean.seconds, 1)) == (96, 64, 1.0)
    assert clean.sha256 == hashlib.sha256(clean.data).hexdigest()
    webm = clean_video(webm_with_gps(sound=None))
    assert (webm.media_type, webm.suffix, webm.plays, webm.has_sound) == (
        "video/webm",
        ".webm",
        "some",
        False,
    )


def test_sound_that_not_all_can_play_is_told_as_well() -> None:
    """H.264 with Opus plays in some browsers only."""
    assert clean_video(recording(sound="libopus")).plays == "some"
    assert clean_video(recording(sound=None)).plays == "everywhere"


@pytest.mark.parametrize("make", FILMS.values(), ids=list(FILMS))
def test_the_same_bytes_give_the_same_video(make: Callable[[], bytes]) -> None:
    """Bytes, bytearray and memoryview are taken alike, and nothing depends on the day or on chance."""
    raw = make()
    assert clean_video(raw) == clean_video(bytearray(raw)) == clean_video(memoryview(raw))


OTHERS = {
    "nothing": (b"", "nothing in this file"),
    "a word": (b"hello", "not a video"),
    "a photo": (b"\xff\xd8\xff\xe0" + bytes(40), "a picture, not a video"),
    "a moving picture": (b"GIF89a" + bytes(40), "a picture, not a video"),
    "HEIC": (box(b"ftyp", b"heic\0\0\0\0mif1"), "a picture, not a video"),
    "a web picture": (b"RIFF\x20\0\0\0WEBPVP8 " + bytes(40), "a picture, not a video"),
    "AVI": (b"RIFF\x20\0\0\0AVI LIST" + bytes(40), "rare way"),
    "WAV": (b"RIFF\x20\0\0\0WAVEfmt " + bytes(40), "only to hear"),
    "MP3": (b"ID3\4" + bytes(40), "only to hear"),
    "a film's first bytes": (b"\0\0\0\x20ftypisom", "not all there"),
    "WebM's first bytes": (b"\x1aE\xdf\xa3", "not all there"),
}


@pytest.mark.parametrize(("raw", "words"), OTHERS.values(), ids=list(OTHERS))
def test_other_files_are_refused_with_helpful_words(raw: bytes, words: str) -> None:
    """A file that is no video is told apart by content, and the sentence says what to do."""
    with pytest.raises(MediaRefused, match=words):
        clean_video(raw)


def test_recordings_of_sound_are_not_videos() -> None:
    """M4A and WebM without pictures are sent to the place for sounds."""
    for raw in (recording("ipod", None), recording("webm", None, "libopus")):
        with pytest.raises(MediaRefused, match="only to hear"):
            clean_video(raw)


def test_limits_hold_before_anything_is_read() -> None:
    """Too many bytes are refused unread; too long and too much to keep before anything is written."""
    with (
        patch.object(video, "_read", side_effect=AssertionError),
        pytest.raises(MediaRefused, match="65 MB, and 64"),
    ):
        clean_video(bytes(64_000_001))
    for raw in (mp4_with_gps(), webm_with_gps()):
        with pytest.raises(MediaRefused, match="1 MB, and 0 MB is the most we can take"):
            clean_video(raw, limits=VideoLimits(bytes_in=5000))
        with pytest.raises(MediaRefused, match=r"too long: [12] seconds, and 0 seconds"):
            clean_video(raw, limits=VideoLimits(seconds=0.5))
        with pytest.raises(MediaRefused, match="1 MB, and 0 MB is the most we can keep"):
            clean_video(raw, limits=VideoLimits(bytes_kept=9000))


def test_no_memory_is_no_traceback() -> None:
    """When memory runs out inside, a child still reads a sentence."""
    with (
        patch.object(video, "_read", side_effect=MemoryError),
        pytest.raises(MediaRefused, match="Wait a minute"),
    ):
        clean_video(b"x")


def test_every_refusal_is_a_sentence_with_a_way_out() -> None:
    """Each says at least two things, ends with a full stop, and fills all its values."""
    made = [
        video_refusals.too_heavy(61, 60),
        video_refusals.too_much_to_keep(21, 20),
        video_refusals.too_long(200, 180),
        video_refusals.too_wide(9000, 4096),
        *(
            getattr(video_refusals, name)()
            for name in (
                *("empty", "not_a_video", "a_picture", "sound_only", "silent", "rare_picture", "rare_sound"),
                *("locked", "cut_off", "damaged", "no_memory"),
            )
        ),
    ]
    for refusal in made:
        words = str(refusal)
        assert words.endswith(".") and ". " in words and "{" not in words


# ------------------------------------------------------------------------------------------- broken files


def verdict(raw: bytes) -> CleanVideo | None:
    """Return the clean video, or None for a refusal; any other exception is the test's failure."""
    with contextlib.suppress(MediaRefused):
        clean = clean_video(raw)
        assert len(clean.data) <= len(raw) + 4000
        assert holds_nothing_else(clean.data)
        return clean
    return None


def damaged_in_places(raw: bytes, seed: int) -> bytes:
    """Return a file with some bytes changed, mostly where its index is, or a part cut out or doubled."""
    chance = random.Random(seed)
    changed = bytearray(raw)
    spots = [at for name in (b"moov", b"moof", b"\x16\x54\xae\x6b") if (at := raw.find(name)) >= 0] or [0]
    for _ in range(chance.randint(1, 6)):
        start = chance.choice([0, *spots])
        at = min(len(changed) - 1, start + chance.randrange(max(1, min(4000, len(changed) - start))))
        match chance.randrange(5):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                changed[at] ^= 1 << chance.randrange(8)
            case 2:
                changed[at : at + 4] = chance.choice(
                    [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1"]
                )
            case 3:
                del changed[at : at + chance.randrange(1, 40)]
            case _:
                changed[at:at] = changed[at : at + chance.randrange(1, 200)]
    return bytes(changed)


@pytest.mark.parametrize("make", FILMS.values(), ids=list(FILMS))
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 1 << 32))
def test_damage_gives_a_video_or_a_refusal(make: Callable[[], bytes], seed: int) -> None:
    """Whatever is broken in a file, out comes a sentence, or a video of allowed parts, to its last byte."""
    verdict(damaged_in_places(make(), seed))


@pytest.mark.parametrize("make", FILMS.values(), ids=list(FILMS))
@settings(max_examples=40, deadline=None)
@given(part=st.floats(0, 1))
def test_a_cut_file_gives_a_video_or_a_refusal(make: Callable[[], bytes], part: float) -> None:
    """A file that ends early is refused, or gives what was whole of it."""
    raw = make()
    verdict(raw[: int(len(raw) * part)])


@settings(max_examples=200, deadline=None)
@given(
    raw=st.binary(max_size=300), start=st.sampled_from([b"\0\0\0\x10ftypisom\0\0\0\0", b"\x1aE\xdf\xa3", b""])
)
def test_any_bytes_give_a_refusal(raw: bytes, start: bytes) -> None:
    """Noise behind the first bytes of a film is refused."""
    assert verdict(start + raw) is None


@pytest.mark.drill
@pytest.mark.timeout(900)
@pytest.mark.parametrize("make", FILMS.values(), ids=list(FILMS))
def test_thousands_of_damaged_files_give_a_video_or_a_refusal(make: Callable[[], bytes]) -> None:
    """Three thousand kinds of damage each, and a cut at every twentieth byte."""
    raw = make()
    taken = [verdict(damaged_in_places(raw, seed)) is not None for seed in range(3000)]
    assert 30 < sum(taken) < 2970
    for length in range(0, len(raw), 20):
        verdict(raw[:length])
