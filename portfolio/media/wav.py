"""WAV: a new file of two chunks, ``fmt `` and ``data``; smaller and plainer if it must be.

Chunk layout: Multimedia Programming Interface and Data Specifications 1.0 (RIFF); WAVE_FORMAT_EXTENSIBLE as in
Microsoft's mmreg.h. Kept: whole-number samples of 8, 16, 24, 32 bits, and floating point of 32 bits.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from operator import add, sub

from portfolio.media import declined
from portfolio.media.sound_parts import CleanStream

_WHOLE, _FLOATING, _EXTENSIBLE = 1, 3, 0xFFFE
_SAME_TAIL = bytes.fromhex("000000001000800000aa00389b71")
"""The last 14 bytes that all sample formats in extensible headers share; the first two are the format."""

_MOST_CHUNKS = 1000
_MOST_CHANNELS = 8
_SLOWEST, _FASTEST = 4_000, 192_000

PLAIN_RATE = 16_000
"""Samples a second of the plain form: speech loses nothing that matters up to 8 kHz."""


@dataclass(frozen=True)
class Wave:
    """The samples of a WAV file and how to read them."""

    floating: bool
    bits: int
    channels: int
    rate: int
    """Samples a second."""
    data: memoryview | bytes

    @property
    def step(self) -> int:
        """Return the bytes of one sample in all channels."""
        return self.channels * self.bits // 8

    @property
    def seconds(self) -> float:
        """Return how long it plays."""
        return len(self.data) / self.step / self.rate


def read_wav(raw: bytes) -> Wave:
    """Return the samples in a WAV file; everything else in it (LIST, bext, iXML, id3, cue …) stays behind.

    Raises ``MediaRefused`` for files that are cut off or damaged, and for packed samples (ADPCM, MP3 in WAV).
    """
    form: Wave | None = None
    view = memoryview(raw)
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(raw):
            break
        name, start = raw[at : at + 4], at + 8
        stop = start + int.from_bytes(raw[at + 4 : start], "little")
        if stop > len(raw):
            raise declined.sound_cut_off()
        if name == b"fmt ":
            form = _form(raw[start : min(stop, start + 64)])
        elif name == b"data":
            if form is None or stop - start < form.step:
                raise declined.sound_damaged()
            return replace(form, data=view[start : stop - (stop - start) % form.step])
        at = stop + (stop - start) % 2
    raise declined.sound_damaged()


def _form(body: bytes) -> Wave:
    """Read the ``fmt `` chunk."""
    if len(body) < 16:
        raise declined.sound_damaged()
    tag, channels, rate, _, step, bits = struct.unpack_from("<HHIIHH", body)
    if tag == _EXTENSIBLE and len(body) >= 40 and body[26:40] == _SAME_TAIL:
        tag = int.from_bytes(body[24:26], "little")
    if (tag, bits) not in {*((_WHOLE, size) for size in (8, 16, 24, 32)), (_FLOATING, 32)}:
        raise declined.sound_in_a_rare_way()
    if not (1 <= channels <= _MOST_CHANNELS and _SLOWEST <= rate <= _FASTEST):
        raise declined.sound_in_a_rare_way()
    if step != channels * bits // 8:
        raise declined.sound_damaged()
    return Wave(tag == _FLOATING, bits, channels, rate, b"")


def write_wav(wave: Wave) -> CleanStream:
    """Return a WAV file with these samples and nothing else."""
    tag = _FLOATING if wave.floating else _WHOLE
    form = struct.pack("<HHIIHH", tag, wave.channels, wave.rate, wave.rate * wave.step, wave.step, wave.bits)
    filling = b"\0" * (len(wave.data) % 2)
    size = 4 + 8 + len(form) + 8 + len(wave.data) + len(filling)
    head = struct.pack("<4sI4s4sI", b"RIFF", size, b"WAVE", b"fmt ", len(form)) + form
    whole = b"".join((head, b"data", len(wave.data).to_bytes(4, "little"), wave.data, filling))
    return CleanStream(whole, wave.seconds)


def plain_size(wave: Wave) -> int:
    """Return about how many bytes the plain form takes, before any work is done."""
    return 44 + round(2 * wave.seconds * min(PLAIN_RATE, wave.rate))


def plainer(wave: Wave) -> Wave:
    """Return the same sound with one channel, 16 bits, and at most 16,000 samples a second.

    Each new sample is the mean of the old ones in its place, taken twice over so that hissing sounds do not
    fold back as whistles. One second at a time, so that memory stays small.
    """
    rate = min(PLAIN_RATE, wave.rate)
    made = array("h")
    for mono in seconds_of(wave):
        if rate == wave.rate:
            made.extend(mono)
        else:
            made.extend(_slower(mono, wave.rate, rate))
    if sys.byteorder == "big":
        made.byteswap()
    return Wave(False, 16, 1, rate, made.tobytes())


def seconds_of(wave: Wave) -> Iterator[array[int]]:
    """Yield one second after the other, all channels averaged, in 16 bits."""
    block = wave.rate * wave.step
    for at in range(0, len(wave.data), block):
        samples = _sixteen(wave, bytes(wave.data[at : at + block]))
        if wave.channels == 1:
            yield samples
            continue
        total: list[int] = list(samples[:: wave.channels])
        for channel in range(1, wave.channels):
            total = list(map(add, total, samples[channel :: wave.channels]))
        yield array("h", [value // wave.channels for value in total])


def _sixteen(wave: Wave, data: bytes) -> array[int]:
    """Return samples of any size as 16 bits; of larger ones the lower bits are left out."""
    if wave.floating:
        numbers = array("f", data)
        if sys.byteorder == "big":
            numbers.byteswap()
        # What is no number at all (not equal to itself) is silence.
        return array("h", [int(max(-1.0, min(1.0, x)) * 32_767) if x == x else 0 for x in numbers])  # noqa: PLR0124 - only NaN differs from itself
    if wave.bits == 8:
        return array("h", [(value - 128) << 8 for value in data])
    size = wave.bits // 8
    upper = bytearray(2 * (len(data) // size))
    upper[0::2], upper[1::2] = data[size - 2 :: size], data[size - 1 :: size]
    samples = array("h", bytes(upper))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _slower(samples: array[int], rate: int, wanted: int) -> list[int]:
    """Return samples at another, lower rate: smoothed over one new sample's time, then averaged."""
    wide = max(1, round(rate / wanted))
    sums = [0, *accumulate(samples)]
    smooth = sums
    if wide > 1 and len(samples) > wide:
        running = map(sub, sums[wide:], sums)
        smooth = [0, *accumulate(value // wide for value in running)]
    last = len(smooth) - 1
    count = max(1, len(samples) * wanted // rate)
    edges = [at * last // count for at in range(count + 1)]
    return [
        (smooth[stop] - smooth[start]) // (stop - start) if stop > start else 0
        for start, stop in pairwise(edges)
    ]
