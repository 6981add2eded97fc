"""Sound on its way in: recognized by content, taken out of its file, put into a new one that holds only sound.

Each form has its reader: ``mp3``, ``wav``, ``ogg``, and for M4A and WebM the ones that read videos. What is packed
already is not decoded, so it sounds the same to the last sample. A WAV (our own recorder makes one, and so do
many phones) becomes MP3; without LAME it stays a WAV, plainer if it is too large.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from portfolio.errors import InputRefused, MediaRefused
from portfolio.media import declined, video_refusals
from portfolio.media.mp3 import read_mp3
from portfolio.media.ogg import read_ogg
from portfolio.media.sniff import form_of
from portfolio.media.sound_parts import CleanStream
from portfolio.media.streams import StreamLimits
from portfolio.media.wav import plain_size, plainer, read_wav, write_wav

_MILLION = 1_000_000


@dataclass(frozen=True)
class SoundLimits:
    """How large and long a recording may be. Raises ``InputRefused`` for limits that nothing could meet."""

    bytes_in: int = 40 * _MILLION
    """Room for three minutes of a WAV as music programs make it (44,100 samples a second, two channels: 32 MB)."""
    seconds: float = 600.0
    bytes_kept: int = 4 * _MILLION
    packs: bool = True
    """Whether a WAV becomes MP3. Not when an archive comes back: what was kept once keeps its bytes and name."""

    def __post_init__(self) -> None:
        """Refuse limits below a second and 10,000 bytes."""
        if self.bytes_in < 10_000 or self.bytes_kept < 10_000 or not self.seconds >= 1:
            raise InputRefused("A recording needs room for at least 10,000 bytes and one second.")


@dataclass(frozen=True)
class CleanSound:
    """A recording that may be kept and played: it holds what is heard and nothing else."""

    data: bytes
    sha256: str
    """Of ``data``, in hexadecimal: the name it is kept under."""
    media_type: str
    suffix: str
    """The end of its file name, with the dot."""
    seconds: float


def clean_sound(raw: bytes | bytearray | memoryview, *, limits: SoundLimits = SoundLimits()) -> CleanSound:
    """Return the sound in the file ``raw``, fit to be kept and played.

    The form is decided by content alone: MP3, WAV, Ogg (Opus, Vorbis), M4A (AAC), WebM. Of a video only the
    sound is taken. Raises ``MediaRefused`` with a sentence for a child, whatever is wrong.
    """
    raw = bytes(raw)
    if not raw:
        raise video_refusals.empty()
    if len(raw) > limits.bytes_in:
        # Rounded up, so that the sentence never says "40 MB, and 40 MB is the most".
        raise video_refusals.too_heavy(-(-len(raw) // _MILLION), limits.bytes_in // _MILLION)
    with _in_a_childs_words():
        return _READERS.get(form_of(raw), _refuse)(raw, limits)


@contextmanager
def _in_a_childs_words() -> Iterator[None]:
    """Turn whatever goes wrong inside into a ``MediaRefused``; the cause stays attached for the log."""
    try:
        yield
    except MediaRefused:
        raise
    except MemoryError as cause:
        raise declined.busy() from cause
    except Exception as cause:
        raise declined.sound_damaged() from cause


def _from_mp3(raw: bytes, limits: SoundLimits) -> CleanSound:
    return _kept(read_mp3(raw), "audio/mpeg", ".mp3", limits)


def _from_ogg(raw: bytes, limits: SoundLimits) -> CleanSound:
    return _kept(read_ogg(raw), "audio/ogg", ".ogg", limits)


def _from_wav(raw: bytes, limits: SoundLimits) -> CleanSound:
    """Make a WAV an MP3; without LAME clean it: as it is if there is room, else in its plain form."""
    from portfolio.media.mp3_encode import SHORTEST, can_encode, encode_mp3

    wave = read_wav(raw)
    _check_seconds(wave.seconds, limits)
    if limits.packs and wave.seconds >= SHORTEST and can_encode():
        return _kept(encode_mp3(wave), "audio/mpeg", ".mp3", limits)
    if len(wave.data) + 44 > limits.bytes_kept or wave.channels > 2:
        if plain_size(wave) > limits.bytes_kept:
            raise _too_large(plain_size(wave), limits)
        wave = plainer(wave)
    return _kept(write_wav(wave), "audio/wav", ".wav", limits)


def _from_mp4(raw: bytes, limits: SoundLimits) -> CleanSound:
    from portfolio.media.mp4 import read_mp4

    found = read_mp4(raw, keep="sound", limits=_stream_limits(limits))
    return _kept(CleanStream(found.data, found.seconds), "audio/mp4", ".m4a", limits)


def _from_webm(raw: bytes, limits: SoundLimits) -> CleanSound:
    from portfolio.media.webm import read_webm

    found = read_webm(raw, keep="sound", limits=_stream_limits(limits))
    return _kept(CleanStream(found.data, found.seconds), "audio/webm", ".webm", limits)


def _stream_limits(limits: SoundLimits) -> StreamLimits:
    """Return the limits as the readers of videos know them; how much may be kept is asked here, in our words."""
    return StreamLimits(seconds=limits.seconds, bytes_kept=limits.bytes_in)


def _refuse(raw: bytes, limits: SoundLimits) -> CleanSound:  # noqa: ARG001 - one shape for all readers
    """Raise the most helpful sentence for a file that is none of the forms we open."""
    form = form_of(raw)
    if form in ("FLAC", "AMR", "AAC", "AIFF", "WMA", "MIDI", "CAF", "AU"):
        raise declined.other_sound(form)
    if form in ("AVI", "MPEG", "FLV"):
        raise declined.film_not_sound()
    raise declined.not_a_sound()


_READERS: dict[str, Callable[[bytes, SoundLimits], CleanSound]] = {
    "MP3": _from_mp3,
    "WAV": _from_wav,
    "OGG": _from_ogg,
    "MP4": _from_mp4,
    "M4A": _from_mp4,
    "WebM": _from_webm,
}


def _check_seconds(seconds: float, limits: SoundLimits) -> None:
    if seconds > limits.seconds:
        raise video_refusals.too_long(math.ceil(seconds), math.floor(limits.seconds))


def _too_large(size: int, limits: SoundLimits) -> MediaRefused:
    """Return the refusal of a recording that takes ``size`` bytes, in MB with one decimal, rounded up."""
    tenths = -(-size * 10 // _MILLION)
    return declined.sound_too_large(f"{tenths / 10:.1f}", f"{limits.bytes_kept / _MILLION:g}")


def _kept(stream: CleanStream, media_type: str, suffix: str, limits: SoundLimits) -> CleanSound:
    """Hold the result against the limits and put it together."""
    _check_seconds(stream.seconds, limits)
    if len(stream.data) > limits.bytes_kept:
        raise _too_large(len(stream.data), limits)
    digest = hashlib.sha256(stream.data).hexdigest()
    return CleanSound(stream.data, digest, media_type, suffix, stream.seconds)
