"""What the readers of MP4 and WebM files hand on, and the limits that hold for both.

The readers never decode: they take pictures and sounds out of a file as they are packed, and write a new
file around them. What nobody sees or hears stays behind because nothing carries it over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from portfolio.media import video_refusals as refusals

Kind = Literal["video", "sound"]
"""What a track is: to be seen, or to be heard."""

Keep = Literal["both", "sound"]
"""What is taken out of a file: its first video and its first sound, or the sound alone."""

Plays = Literal["everywhere", "some"]

MAX_SAMPLES = 200_000
"""Pieces (one picture, or some 20 ms of sound) in one file; three minutes at 240 a second are 43,200."""

MAX_TRACKS = 32
"""An iPhone writes up to nine: video, two sounds, and timed notes."""

MAX_SIDE = 4096
"""4K video; more is nothing an old laptop can show."""


@dataclass(frozen=True)
class StreamLimits:
    """How long a recording may be (seconds), and how many bytes may be kept of it."""

    seconds: float = 600.0
    bytes_kept: int = 60_000_000

    def check_seconds(self, seconds: float) -> None:
        """Refuse a recording that is too long."""
        if not seconds <= self.seconds:
            shown = math.ceil(seconds) if math.isfinite(seconds) else 0
            raise refusals.too_long(shown, math.floor(self.seconds))

    def check_bytes(self, count: int) -> None:
        """Refuse a recording of which too much would be kept."""
        if count > self.bytes_kept:
            raise refusals.too_much_to_keep(-(-count // 1_000_000), self.bytes_kept // 1_000_000)


USUAL_LIMITS = StreamLimits()


@dataclass(frozen=True)
class VideoFacts:
    """What there is to see."""

    codec: str
    """``avc1``, ``hvc1``, ``vp09`` … in MP4, ``V_VP8``, ``V_VP9`` … in WebM."""
    width: int
    """Dots across, as shown: after the rotation, with the shape of the dots taken into account."""
    height: int
    plays: Plays
    """Whether the browsers of phones and laptops play it without anything extra."""


@dataclass(frozen=True)
class SoundFacts:
    """What there is to hear."""

    codec: str
    """``mp4a`` or ``Opus`` in MP4, ``A_OPUS`` or ``A_VORBIS`` in WebM."""
    rate: int
    """Samples a second; 0 if the file does not say."""
    channels: int
    plays: Plays


@dataclass(frozen=True)
class Streams:
    """A new file that holds one video, one sound, or both, and nothing else."""

    data: bytes
    media_type: Literal["video/mp4", "audio/mp4", "video/webm", "audio/webm"]
    seconds: float
    video: VideoFacts | None
    audio: SoundFacts | None


T = TypeVar("T")


def playable(found: Mapping[Kind, T | None], keep: Keep) -> list[T]:
    """Return the tracks to keep, the picture first; ``None`` stands for one in a form nobody can play.

    Raises ``MediaRefused`` if there is none, or if a part of the recording would silently be lost.
    """
    if not found:
        raise refusals.silent() if keep == "sound" else refusals.not_a_video()
    if "video" in found and found["video"] is None:
        raise refusals.rare_picture()
    if "sound" in found and found["sound"] is None:
        raise refusals.rare_sound()
    return [track for kind in ("video", "sound") if (track := found.get(kind)) is not None]


def check_sides(width: int, height: int) -> None:
    """Refuse a video of no dots or of far too many. Raises ``MediaRefused``."""
    if width < 1 or height < 1:
        raise refusals.damaged()
    if max(width, height) > MAX_SIDE:
        raise refusals.too_wide(max(width, height), MAX_SIDE)
