"""Two short recordings, made of numbers: a drum under two hands, and a tune on a ukulele.

A *sound* is an array of shape (n,) with values -1..1, ``RATE`` of them a second.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from sample_data.pictures.ink import Array, Dice, dice

RATE = 22_050
"""Samples a second: enough for a drum and four strings, half the bytes of a music disc."""

BEAT = 0.46
"""Seconds from one beat of the drum to the next."""

HANDS = "B.bbB.b.B.bbBb.."
"""Two bars of eighths: a firm beat, a light one, a rest."""

A4 = 440.0
TUNE: tuple[tuple[int, float], ...] = (
    *((n, 0.5) for n in (-9, -5, -2, 3, -2, -5)),
    *((n, 0.5) for n in (-7, -4, 0, 3, 0, -4)),
    *((n, 0.5) for n in (-4, 0, 3, 5, 3, 0)),
    *((n, 0.5) for n in (-2, 2, 5, 7)),
    (5, 0.25),
    (3, 0.75),
    (-2, 0.5),
    (-5, 0.5),
    (-9, 2.0),
)
"""Our own tune: half tones above the A of 440 Hz, and how many seconds until the next one."""


def _stroke(loud: float, seconds: float, d: Dice) -> Array:
    """Return one hand on a skin: a falling tone, and the slap of the palm."""
    t = np.arange(int(RATE * seconds)) / RATE
    pitch = d.uniform(84, 92) * (1 + 0.7 * np.exp(-t / 0.03))
    skin = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.exp(-t / (0.16 + 0.08 * loud))
    slap = d.normal(0, 0.5, len(t)) * np.exp(-t / 0.012)
    slap = np.convolve(slap, np.ones(5) / 5, mode="same")  # a palm is softer than a stick
    return np.asarray(loud * (0.9 * skin + 0.5 * slap), dtype=np.float32)


def drum_rhythm() -> Array:
    """Return about eight seconds of a child drumming: it hurries a little in the second half."""
    d = dice("two hands on a drum")
    sound = np.zeros(int(RATE * 8.0), dtype=np.float32)
    at = 0.15
    for bar in range(2):
        for sign in HANDS:
            if sign != ".":
                _add(sound, _stroke(1.0 if sign == "B" else 0.55, 0.6, d), at + d.uniform(-0.012, 0.012))
            at += BEAT / 2 * (1 - 0.11 * bar)
    _add(sound, _stroke(1.0, 0.8, d), at)
    return _level(sound)


def _plucked(pitch: float, seconds: float, d: Dice) -> Array:
    """Return a plucked string: noise that runs round in a loop and loses its edges (Karplus and Strong, 1983)."""
    period = round(RATE / pitch)
    loop = d.uniform(-1, 1, period)
    loop = np.convolve(np.concatenate([loop, loop]), np.ones(4) / 4, mode="same")[:period]  # a thumb, no nail
    out = np.empty(int(RATE * seconds) // period * period + period)
    for k in range(0, len(out), period):
        out[k : k + period] = loop
        loop = 0.994 * (0.5 * loop + 0.5 * np.roll(loop, 1))
    fade = np.minimum(1, np.arange(len(out))[::-1] / (RATE * 0.05))
    return np.asarray(out * fade, dtype=np.float32)


def ukulele_tune() -> Array:
    """Return about fifteen seconds of picked strings; the player stops once and looks for the next fret."""
    d = dice("four strings and a tune")
    sound = np.zeros(int(RATE * 15.4), dtype=np.float32)
    at = 0.1
    for k, (half_tones, length) in enumerate(TUNE):
        at += 0.35 if k == 18 else 0.0  # the change of chord that is hard
        _add(sound, _plucked(A4 * 2 ** (half_tones / 12), 1.4, d), at)
        at += length * d.uniform(0.97, 1.03)
    return _level(sound)


def _add(sound: Array, one: Array, at: float) -> None:
    start = int(at * RATE)
    end = min(len(sound), start + len(one))
    sound[start:end] += one[: end - start]


def _level(sound: Array) -> Array:
    """Return the sound as loud as it may be, with the soft hiss of a tablet's microphone."""
    hiss = dice("a quiet room").normal(0, 0.0015, len(sound))
    return np.asarray(0.85 * sound / np.abs(sound).max() + hiss, dtype=np.float32)


def mp3(sound: Array, bits: int) -> bytes:
    """Return the sound as an MP3 of one channel with ``bits`` a second."""
    import av

    held = io.BytesIO()
    with av.open(held, "w", format="mp3", options={"id3v2_version": "0"}) as container:
        stream: Any = container.add_stream("libmp3lame", rate=RATE)
        stream.layout, stream.bit_rate = "mono", bits
        data = (np.clip(sound, -1, 1) * 32_767).astype(np.int16)
        frame: Any = av.AudioFrame.from_ndarray(data[None, :], format="s16", layout="mono")
        frame.sample_rate = RATE
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return held.getvalue()
