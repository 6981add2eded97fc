"""A voice comes in as WAV and is kept as MP3: small, at its place in time, on any computer."""

from __future__ import annotations

import math
import random
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import MediaRefused
from portfolio.media import mp3_encode
from portfolio.media.mp3 import read_mp3
from portfolio.media.sound import SoundLimits, clean_sound
from portfolio.media.wav import Wave
from tests import sounds

WHERE = 1.5
"""Second at which the loud tone starts."""


def spoken(rate: int, channels: int = 1, seconds: float = 3.0) -> bytes:
    """Return a WAV of soft noise with a loud tone of 440 a second from 1.5 to 2 seconds."""
    chance = random.Random(7)
    samples = array("h")
    for at in range(int(seconds * rate)):
        tone = 14_000 * math.sin(2 * math.pi * 440 * at / rate) if WHERE <= at / rate < WHERE + 0.5 else 0
        samples.extend([int(tone + chance.uniform(-300, 300))] * channels)
    return sounds.wav(samples.tobytes(), rate=rate, channels=channels)


def heard(data: bytes) -> tuple[float, float, float, int, int]:
    """Return what PyAV hears: seconds, where the loudest part starts, its pitch, samples a second, channels."""
    from io import BytesIO

    import av
    import numpy as np

    with av.open(BytesIO(data), "r") as container:
        frames = list(container.decode(audio=0))
    rate, channels = frames[0].sample_rate, len(frames[0].layout.channels)
    sound = np.concatenate([frame.to_ndarray().reshape(channels, -1)[0] for frame in frames])
    pieces = np.array([np.abs(piece).mean() for piece in np.array_split(sound, len(sound) * 100 // rate)])
    start = int(np.argmax(pieces > pieces.max() / 2)) / 100
    loud = sound[int((start + 0.1) * rate) : int((start + 0.4) * rate)]
    pitch = np.argmax(np.abs(np.fft.rfft(loud))) * rate / len(loud)
    return len(sound) / rate, start, float(pitch), rate, channels


@pytest.mark.parametrize(
    ("rate", "channels", "kept"),
    [(16_000, 1, 16_000), (8_000, 1, 16_000), (44_100, 2, 22_050), (48_000, 2, 24_000), (22_050, 1, 22_050)],
)
def test_a_voice_becomes_an_mp3_that_sounds_at_its_place(rate: int, channels: int, kept: int) -> None:
    """Length within 0.2 s, the tone where it was and as high as it was, one channel, at most 24,000 a second."""
    clean = clean_sound(spoken(rate, channels))
    assert (clean.media_type, clean.suffix) == ("audio/mpeg", ".mp3")
    assert clean.seconds == pytest.approx(3.0, abs=0.2)
    assert read_mp3(clean.data).data == clean.data
    seconds, start, pitch, made, mono = heard(clean.data)
    assert seconds == pytest.approx(3.0, abs=0.2)
    assert start == pytest.approx(WHERE, abs=0.15)
    assert pitch == pytest.approx(440, abs=8)
    assert (made, mono) == (kept, 1)


def test_two_minutes_of_voice_take_three_quarters_of_a_megabyte() -> None:
    """48,000 bits a second and no more; a WAV of the same is 3.8 MB."""
    raw = sounds.wav(bytes(2 * 120 * 16_000), rate=16_000)
    clean = clean_sound(raw)
    assert len(clean.data) < 730_000 < len(raw) / 5
    assert clean.seconds == pytest.approx(120, abs=0.2)


def test_three_minutes_as_a_music_program_saves_them_come_in() -> None:
    """32 MB of two channels are under the limit, and become 1.1 MB."""
    raw = sounds.wav(bytes(180 * 44_100 * 4), rate=44_100, channels=2)
    assert len(raw) > 31_000_000
    assert len(clean_sound(raw).data) < 1_100_000


def test_the_left_and_the_right_child_are_both_heard() -> None:
    """Two channels become one by their mean: somebody who speaks on one side only does not fall silent."""
    rate = 16_000
    tone = [int(14_000 * math.sin(2 * math.pi * 440 * at / rate)) for at in range(rate)]
    samples = array("h", [value for one in tone for value in (0, one)])
    _, _, pitch, _, _ = heard(clean_sound(sounds.wav(samples.tobytes(), rate=rate, channels=2)).data)
    assert pitch == pytest.approx(440, abs=8)


def test_without_lame_a_wav_stays_a_wav(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small ones as they are, large ones with 16,000 samples a second, and over the cap a sentence."""
    monkeypatch.setattr(mp3_encode, "can_encode", lambda: False)
    raw = sounds.wav(bytes(64_000), rate=16_000)
    assert clean_sound(raw).data == raw
    plain = clean_sound(sounds.wav(bytes(30 * 44_100 * 4), rate=44_100, channels=2))
    assert (plain.suffix, len(plain.data)) == (".wav", 44 + 30 * 32_000)
    with pytest.raises(MediaRefused, match=r"9\.7 MB, and 4 MB"):
        clean_sound(sounds.wav(bytes(300 * 32_000), rate=16_000))


def test_a_computer_without_lame_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is missing or does not start is no error, only another way."""
    assert mp3_encode.can_encode()
    monkeypatch.setitem(__import__("sys").modules, "lameenc", None)
    assert not mp3_encode.can_encode()


def test_what_an_archive_brings_back_keeps_its_bytes() -> None:
    """With ``packs=False`` a WAV that was kept once is not packed: its name is made from its bytes."""
    raw = sounds.wav(sounds.tune().tobytes())
    assert clean_sound(raw, limits=SoundLimits(packs=False)).data == raw


def test_a_click_is_too_short_to_be_packed() -> None:
    """Below a quarter of a second the frames of an MP3 would be mostly filling."""
    raw = sounds.wav(bytes(2 * 3_999), rate=16_000)
    assert clean_sound(raw).suffix == ".wav"
    assert clean_sound(sounds.wav(bytes(2 * 4_000), rate=16_000)).suffix == ".mp3"


@settings(max_examples=30)
@given(
    st.sampled_from([(False, 8), (False, 16), (False, 24), (False, 32), (True, 32)]),
    st.integers(1, 8),
    st.integers(4_000, 192_000),
    st.binary(min_size=64, max_size=200),
)
def test_any_samples_can_be_packed(form: tuple[bool, int], channels: int, rate: int, seed: bytes) -> None:
    """Whatever the samples are, the MP3 has their length in time and our own reader takes it whole."""
    floating, bits = form
    step = channels * bits // 8
    data = (seed * (rate * step // len(seed) + 1))[: rate * step // 3 // step * step]
    wave = Wave(floating, bits, channels, rate, data)
    made = mp3_encode.encode_mp3(wave)
    assert made.seconds == pytest.approx(wave.seconds, abs=0.2)
    assert read_mp3(made.data).data == made.data
