"""Short spoken answers, made of numbers: nobody was recorded, and no voice of anybody was copied.

A voice is a train of pulses and some breath, sent through three resonators that move from sound to sound, as
throat and mouth do (the source and filter model; the numbers of the vowels are about those of Peterson and
Barney, 1952, raised for a child's shorter throat). It sounds like a toy that talks; the transcript beside it says what it says.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sample_data.pictures.ink import Array, dice, wave

from .sounds import RATE

FRAME = 110
"""Samples between two looks at where the mouth is: 5 thousandths of a second."""

CHILD = 1.24
"""How much higher a child's resonances lie than a man's."""

BANDS = (80.0, 110.0, 180.0)
"""How wide the three resonances are, in hertz."""


class Speech(NamedTuple):
    """One sound: how long (ms), three resonances (Hz), how much voice, how much hiss and where (Hz)."""

    ms: float
    mouth: tuple[float, float, float]
    voice: float = 1.0
    hiss: float = 0.0
    at: float = 0.0


REST = (500.0, 1450.0, 2450.0)

SOUNDS: dict[str, Speech] = {
    "i": Speech(130, (290, 2250, 2900)),
    "I": Speech(85, (400, 1950, 2550)),
    "e": Speech(120, (470, 1900, 2500)),
    "E": Speech(110, (560, 1800, 2480)),
    "a": Speech(135, (720, 1250, 2450)),
    "V": Speech(100, (620, 1200, 2550)),
    "@": Speech(70, (500, 1450, 2450)),
    "o": Speech(125, (470, 880, 2450)),
    "O": Speech(140, (590, 900, 2500)),
    "u": Speech(125, (320, 900, 2250)),
    "U": Speech(90, (440, 1020, 2240)),
    "w": Speech(70, (300, 650, 2200), 0.8),
    "j": Speech(65, (290, 2250, 2950), 0.8),
    "l": Speech(75, (360, 1250, 2600), 0.6),
    "r": Speech(75, (420, 1250, 1600), 0.7),
    "R": Speech(35, (420, 1450, 2300), 0.25),  # the tongue taps once, as in Spanish
    "m": Speech(85, (270, 950, 2200), 0.35),
    "n": Speech(75, (270, 1600, 2500), 0.35),
    "N": Speech(80, (270, 2000, 2600), 0.3),
    "v": Speech(65, (300, 1100, 2300), 0.4, 0.05, 4500),
    "D": Speech(60, (300, 1350, 2500), 0.4, 0.05, 5000),
    "z": Speech(85, (300, 1600, 2500), 0.35, 0.25, 5600),
    "s": Speech(105, (300, 1600, 2500), 0.0, 0.55, 5800),
    "f": Speech(95, (300, 1200, 2400), 0.0, 0.2, 4200),
    "h": Speech(75, REST, 0.0, 0.2, 1500),
    "b": Speech(60, (220, 800, 2200), 0.15),
    "d": Speech(55, (220, 1700, 2600), 0.15),
    "g": Speech(60, (220, 1900, 2300), 0.15),
    "p": Speech(75, (300, 800, 2200), 0.0),
    "t": Speech(70, (300, 1750, 2600), 0.0),
    "k": Speech(75, (300, 1900, 2300), 0.0),
    " ": Speech(60, REST, 0.0),
    ".": Speech(380, REST, 0.0),
}
BURSTS = {"p": 900.0, "t": 4800.0, "k": 2300.0, "b": 800.0, "d": 4200.0, "g": 2200.0}
"""Where the small bang of a stop lies, in hertz."""


def spoken(who: str, sounds: str, pitch: float, slow: float = 1.0) -> Array:
    """Return a child's voice saying ``sounds`` (keys of :data:`SOUNDS`), about ``pitch`` hertz high."""
    d = dice(who)
    rows: list[tuple[float, ...]] = [(*REST, 0, 0, 1500)] * 20
    for sign in f"{sounds}.":
        one = SOUNDS[sign]
        long = max(4, round(one.ms * slow * d.uniform(0.92, 1.08) * RATE / 1000 / FRAME))
        rows += [(*one.mouth, one.voice, one.hiss, one.at or 1500)] * long
        if sign in BURSTS:
            rows += [(*one.mouth, 0, 0.5, BURSTS[sign])] * (4 if sign in "ptk" else 2)
    frames = np.array(rows, dtype=np.float64)
    track = np.stack([_eased(frames[:, k], 9 if k < 3 else 3) for k in range(6)], axis=1)
    track[:, :3] *= CHILD
    fine = np.stack([np.repeat(track[:, k], FRAME) for k in range(6)], axis=1)
    out = _voiced(fine, pitch, who) + _hissed(fine, who)
    quiet = dice("a quiet room").normal(0, 0.0012, len(out))
    return np.asarray(0.8 * out / np.abs(out).max() + quiet, dtype=np.float32)


def _eased(line: Array, reach: int) -> Array:
    """Return a line without sudden steps: the mouth needs ``reach`` frames to get anywhere."""
    window = np.hanning(reach + 2)[1:-1]
    padded = np.pad(line, reach // 2, mode="edge")
    return np.asarray(np.convolve(padded, window / window.sum(), mode="valid")[: len(line)])


def _voiced(fine: Array, pitch: float, who: str) -> Array:
    """Return the pulses of the throat after the mouth has shaped them; the voice falls toward the end."""
    d, n = dice(f"the throat of {who}"), len(fine)
    tune = pitch * (1.08 - 0.2 * np.linspace(0, 1, n)) * (1 + 0.06 * wave(n, RATE * 0.3, d))
    phase = np.cumsum(tune / RATE) % 1
    # the throat opens slowly and closes at once (Rosenberg, 1971): the sharp end is what rings in the mouth
    closing = np.cos(np.pi / 2 * np.clip((phase - 0.4) / 0.16, 0, 1))
    pulse = np.where(phase < 0.4, 0.5 - 0.5 * np.cos(np.pi * phase / 0.4), closing)
    flow = np.diff(pulse, prepend=pulse[0])
    out: Array = (flow - 0.9 * np.roll(flow, 1) + d.normal(0, 0.004, n)) * fine[:, 3]
    for k, band in enumerate(BANDS):
        out = _resonance(out, fine[:, k], band)
    return np.asarray(out / (np.abs(out).max() or 1))


def _hissed(fine: Array, who: str) -> Array:
    """Return the breath of s, f, h and of the stops, each round its own pitch."""
    noise = dice(f"the breath of {who}").normal(0, 1, len(fine)) * fine[:, 4]
    out = _resonance(noise, np.minimum(fine[:, 5], RATE * 0.45), 900)
    return np.asarray(0.3 * out / (np.abs(out).max() or 1))


def _resonance(signal: Array, at: Array, band: float) -> Array:
    """Return the signal through a resonator round ``at`` hertz, ``band`` wide, that moves from sample to sample."""
    r = float(np.exp(-np.pi * band / RATE))
    turn = (2 * r * np.cos(2 * np.pi * at / RATE)).tolist()
    out, one, two = [], 0.0, 0.0
    for value, b in zip(signal.tolist(), turn, strict=True):
        now = (1 - b + r * r) * value + b * one - r * r * two
        out.append(now)
        one, two = now, one
    return np.asarray(out)


def noa_bigger() -> Array:
    """Return: When I'm bigger, I will be a dog doctor. And have two dogs."""
    said = "wEn aIm bIg@r. aI wIl bi @ dOg dOkt@r. Vnd hEv tu dOgz"
    return spoken("Noa", said, 285)


def wren_hello() -> Array:
    """Return: Hi Auntie Bea. You can sit here."""
    return spoken("Wren", "haI anti bi. ju kVn sIt hir", 265, 1.1)


def wren_did() -> Array:
    """Return: First boom. Then tika tika with my fingers."""
    return spoken("Wren", "f@rst bum. DEn tika tika. wID maI fING@rz".replace("G", "g"), 265, 1.1)


def wren_bigger() -> Array:
    """Return: I will have a drum that is mine."""
    return spoken("Wren", "aI wIl hEv @ drVm. DVt Iz maIn", 265, 1.1)


def mateo_try() -> Array:
    """Return, in Spanish: Quiero intentar cuando hay un mapa."""
    return spoken("Mateo", "kjeRo intentaR. kwando aI un mapa", 235)
