"""Plain samples into MP3, the one form every phone and browser plays, at a tenth of the bytes.

LAME does the work (package ``lameenc``, LGPL). Where it is not installed, :func:`can_encode` says so and a WAV
stays a WAV. Rates: ISO/IEC 13818-3, 2.4.2.3 (MPEG-2 layer III: 16, 22.05 and 24 kHz).
"""

from __future__ import annotations

import sys
from typing import Final

from portfolio.media.mp3 import read_mp3
from portfolio.media.sound_parts import CleanStream
from portfolio.media.wav import Wave, seconds_of

KILOBITS: Final = 48
"""Thousands of bits a second, one channel: a child's voice is clear, two minutes take 0.7 MB."""

SHORTEST: Final = 0.25
"""Seconds below which nothing is encoded: MP3 comes in frames, and a click would be mostly filling."""

_QUALITY: Final = 2
"""LAME's own scale, 0 is best and slowest; 2 is what LAME calls near-best."""


def can_encode() -> bool:
    """Say whether LAME is installed and starts on this machine."""
    try:
        import lameenc  # noqa: F401 - only whether it is there
    except ImportError:
        return False
    return True


def rate_for(rate: int) -> int:
    """Return how many samples a second the MP3 has for ``rate`` in the original: never over 24,000."""
    if rate <= 16_000:
        return 16_000
    return 22_050 if rate % 11_025 == 0 else 24_000


def encode_mp3(wave: Wave) -> CleanStream:
    """Return the sound of ``wave`` as MP3 with one channel, cleaned by our own reader.

    One second at a time, so that memory stays small. The result is up to 0.1 s longer than the original, at both
    ends together: MP3 comes in whole frames. Raises ``ImportError`` if LAME is missing.
    """
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()  # it would write its settings to the screen
    encoder.set_channels(1)
    encoder.set_in_sample_rate(wave.rate)
    encoder.set_out_sample_rate(rate_for(wave.rate))
    encoder.set_bit_rate(KILOBITS)
    encoder.set_quality(_QUALITY)
    made = bytearray()
    for samples in seconds_of(wave):
        if sys.byteorder == "big":
            samples.byteswap()
        made += encoder.encode(samples.tobytes())
    made += encoder.flush()
    return read_mp3(bytes(made))
