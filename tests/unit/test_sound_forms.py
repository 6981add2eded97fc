"""The three readers of sound, each by what is peculiar to its form."""

from __future__ import annotations

import struct
import sys
from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import MediaRefused
from portfolio.media import ogg
from portfolio.media.mp3 import read_mp3
from portfolio.media.ogg import read_ogg
from portfolio.media.sound import SoundLimits, clean_sound
from portfolio.media.wav import Wave, plainer, read_wav, write_wav
from tests import sounds
from tests.camera_notes import SECRET

AS_A_WAV = SoundLimits(packs=False)
"""What is there without LAME, and when an archive comes back: a WAV that stays one."""

# -------------------------------------------------------------------------------------------------------- MP3


def test_junk_between_frames_is_dropped() -> None:
    """Bytes that stand between two frames are no sound and stay behind."""
    plain = sounds.plain_mp3()
    frame = 209  # the second frame of this one ends here, at 64 kbit/s and 44,100 samples a second
    at = next(place for place in range(4 * frame, 6 * frame) if plain[place : place + 2] == b"\xff\xfb")
    mended = read_mp3(plain[:at] + SECRET * 5 + plain[at:])
    assert SECRET not in mended.data
    assert mended.data == read_mp3(plain).data


def test_the_information_frame_keeps_the_silence_to_cut_and_loses_the_encoder() -> None:
    """How much to cut at both ends stays; settings and the encoder's version go."""
    plain, clean = sounds.plain_mp3(), read_mp3(sounds.plain_mp3()).data
    was, now = plain.index(b"Lavf"), clean.index(b"LAME3.100")
    assert plain[was + 21 : was + 24] == clean[now + 21 : now + 24] != bytes(3)
    assert not any(clean[now + 9 : now + 21]) and not any(clean[now + 24 : now + 36])
    assert b"Lavf" not in clean


def test_a_recording_without_information_frame_gets_none() -> None:
    """The frames of a plain stream are kept byte for byte."""
    plain = sounds.plain_mp3()
    bare = plain[208:]
    assert bare[:2] == b"\xff\xfb"
    assert read_mp3(bare).data == bare


def test_many_false_starts_are_given_up() -> None:
    """A file of nothing but headers that lead nowhere is refused, not searched for ever."""
    with pytest.raises(MediaRefused, match="damaged"):
        read_mp3(b"\xff\xfb\x90\x64" * 500_000)


def test_sound_that_is_mostly_something_else_is_refused() -> None:
    """A few frames in a large file of other things are no recording."""
    with pytest.raises(MediaRefused, match="damaged"):
        read_mp3(sounds.plain_mp3() + bytes(range(256)) * 200)


@pytest.mark.parametrize("size", [b"\x00\x00\x00\x00", b"\xff\xff\xff\xff"])
def test_a_tag_that_lies_about_its_size_is_junk(size: bytes) -> None:
    """A tag that is too short, or none by the rules, is passed over like any junk."""
    raw = b"ID3\x04\0\0" + size + b"\0" * 20 + sounds.plain_mp3()
    assert read_mp3(raw).data == read_mp3(sounds.plain_mp3()).data


def test_a_tag_longer_than_the_file_leaves_no_sound() -> None:
    """A tag that claims the whole file is believed: what is in it is no sound."""
    with pytest.raises(MediaRefused, match="damaged"):
        read_mp3(b"ID3\x04\0\0" + b"\x7f" * 4 + sounds.plain_mp3())


# -------------------------------------------------------------------------------------------------------- WAV


def test_a_wav_has_two_chunks_and_nothing_else() -> None:
    """Of everything a recorder writes, the form and the samples stay."""
    samples = sounds.tune().tobytes()
    assert clean_sound(sounds.told_wav(), limits=AS_A_WAV).data == sounds.wav(samples)


@pytest.mark.parametrize(("tag", "bits"), [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32)])
def test_all_usual_sample_sizes_are_kept_as_they_are(tag: int, bits: int) -> None:
    """Eight to thirty-two bits and floating point come through byte for byte."""
    data = bytes(range(240)) * 50
    raw = sounds.wav(data, tag=tag, bits=bits)
    assert clean_sound(raw, limits=AS_A_WAV).data == raw


def test_the_long_header_becomes_the_plain_one() -> None:
    """A WAV with the extensible header is written with the plain header."""
    assert clean_sound(sounds.wide_wav(), limits=AS_A_WAV).data == sounds.wav(sounds.tune().tobytes())
    with pytest.raises(MediaRefused, match="rare way"):
        clean_sound(sounds.wide_wav(sub_format=0x55))


@pytest.mark.parametrize(
    "wrong", [{"channels": 0}, {"channels": 9}, {"rate": 100}, {"rate": 4_000_000}, {"bits": 20}]
)
def test_odd_numbers_in_the_header_are_refused(wrong: dict[str, int]) -> None:
    """No channels, a thousand, or an impossible rate: refused before a sample is touched."""
    with pytest.raises(MediaRefused):
        clean_sound(sounds.wav(bytes(480), **wrong))  # type: ignore[arg-type]  # numbers only


def test_half_a_sample_at_the_end_is_left_out() -> None:
    """Only whole samples of all channels are kept."""
    assert len(read_wav(sounds.wav(bytes(403), channels=2)).data) == 400


@pytest.mark.parametrize(("tag", "bits"), [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32)])
def test_a_wav_without_room_becomes_plainer_and_sounds_the_same(tag: int, bits: int) -> None:
    """Two channels at 48,000 a second become one at 16,000, and the tone keeps its height and loudness."""
    wave = [at // 24 % 2 for at in range(48_000)]  # a square tone of 1,000 a second
    loud = {
        (1, 8): (64, 192),
        (1, 16): (-16_384, 16_384),
        (1, 24): (-(2**22), 2**22),
        (1, 32): (-(2**30), 2**30),
    }
    low, high = loud.get((tag, bits), (-0.5, 0.5))
    pack = {(1, 8): "<B", (1, 16): "<h", (1, 32): "<i", (3, 32): "<f"}.get((tag, bits))
    one = [
        struct.pack(pack, value) if pack else int(value).to_bytes(3, "little", signed=True)
        for value in (low, high)
    ]
    raw = sounds.wav(b"".join(one[value] * 2 for value in wave), tag=tag, bits=bits, channels=2, rate=48_000)
    clean = clean_sound(raw, limits=SoundLimits(bytes_kept=40_000, packs=False))
    assert clean.data[20:36] == struct.pack("<HHIIHH", 1, 1, 16_000, 32_000, 2, 16)
    assert clean.seconds == pytest.approx(1.0, abs=0.001)
    samples = little_endian(clean.data[44:])
    crossings = sum(a < 0 <= b for a, b in pairwise(samples))
    assert crossings == pytest.approx(1_000, abs=3)
    assert max(samples) == pytest.approx(16_384, rel=0.1)


def little_endian(data: bytes) -> array[int]:
    """Return 16-bit samples as numbers."""
    samples = array("h", data)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def test_what_is_no_number_is_silence() -> None:
    """Floating samples beyond all bounds are cut, those that are no number are silent."""
    data = struct.pack("<4f", float("nan"), float("inf"), float("-inf"), 0.0)
    assert list(little_endian(bytes(plainer(Wave(True, 32, 1, 8_000, data)).data))) == [0, 32_767, -32_767, 0]


def test_hissing_does_not_fold_back_as_a_whistle() -> None:
    """A tone too high for the plainer form becomes much softer instead of another tone."""
    import math

    high = array("h", [int(20_000 * math.sin(2 * math.pi * 15_500 * at / 48_000)) for at in range(48_000)])
    made = little_endian(bytes(plainer(Wave(False, 16, 1, 48_000, high.tobytes())).data))
    assert max(map(abs, made)) < 1_500


@given(
    st.binary(min_size=8, max_size=2_000),
    st.sampled_from([(False, 8), (False, 16), (False, 24), (False, 32), (True, 32)]),
    st.integers(1, 8),
    st.integers(4_000, 192_000),
)
def test_any_samples_can_be_made_plainer(
    data: bytes, form: tuple[bool, int], channels: int, rate: int
) -> None:
    """Whatever the samples are, the plainer form has the same length in time and opens again."""
    wave = Wave(*form, channels, rate, data)
    wave = Wave(*form, channels, rate, data[: len(data) - len(data) % wave.step])
    if wave.data:
        plain = plainer(wave)
        assert plain.seconds == pytest.approx(wave.seconds, abs=1.1 / plain.rate)
        assert read_wav(write_wav(plain).data).seconds == plain.seconds


# -------------------------------------------------------------------------------------------------------- Ogg


@given(st.binary(max_size=600))
def test_the_fast_check_sum_is_the_slow_one(page: bytes) -> None:
    """Turning bits around zlib's check sum gives the one RFC 3533 describes."""
    assert ogg._check_sum(page) == sounds.ogg_check_sum(page)


@pytest.mark.parametrize("codec", ["libopus", "vorbis"])
def test_an_ogg_has_one_stream_numbered_anew_with_true_check_sums(codec: str) -> None:
    """Only one stream is left, its pages count from nought, begin and end are marked, check sums fit."""
    pages = sounds.ogg_pages(read_ogg(sounds.told_ogg(codec)).data)
    assert [struct.unpack_from("<II", page, 14) for page in pages] == [
        (1, number) for number in range(len(pages))
    ]
    assert [page[5] & 6 for page in pages] == [2, *[0] * (len(pages) - 2), 4]
    for page in pages:
        assert struct.unpack_from("<I", page, 22)[0] == sounds.ogg_check_sum(page[:22] + bytes(4) + page[26:])


def test_a_wrong_check_sum_is_damage() -> None:
    """A page that does not fit its check sum is not passed on."""
    raw = bytearray(sounds.told_ogg())
    raw[60] ^= 1
    with pytest.raises(MediaRefused, match="damaged"):
        read_ogg(bytes(raw))


def test_bytes_after_the_opus_header_do_not_come_along() -> None:
    """A longer header packet is cut to what the standard describes."""
    pages = sounds.ogg_pages(sounds.encoded("libopus", "ogg", rate=48_000))
    serial = struct.unpack_from("<I", pages[0], 14)[0]
    first = sounds.ogg_page(2, 0, serial, 0, [pages[0][28:] + SECRET])
    assert SECRET not in read_ogg(b"".join((first, *pages[1:]))).data


def test_a_packet_that_goes_on_nowhere_is_a_missing_end() -> None:
    """An Ogg whose last packet is only begun has lost its end."""
    pages = sounds.ogg_pages(sounds.encoded("libopus", "ogg", rate=48_000))
    serial = struct.unpack_from("<I", pages[0], 14)[0]
    body = bytes(255)
    start = b"OggS\0\0" + struct.pack("<QII", 960, serial, 2)
    rest = b"\1\xff" + body
    broken = start + struct.pack("<I", sounds.ogg_check_sum(start + bytes(4) + rest)) + rest
    with pytest.raises(MediaRefused, match="the end of it is missing"):
        read_ogg(pages[0] + pages[1] + broken)


def test_large_code_books_are_split_over_pages() -> None:
    """Headers of more than 255 pieces go onto several pages and come back whole."""
    pages = sounds.ogg_pages(sounds.encoded("vorbis", "ogg", channels=2))
    first = pages[0][28:]
    setup = b"\5vorbis" + bytes(70_000)
    headers = ogg._headers([first, b"\3vorbis" + bytes(9), setup])[0]
    raw = b"".join(ogg._written(headers, [ogg._Page(0, 10, 1, b"\1", b"x")]))
    assert read_ogg(raw).data == raw
