"""Videos on their way in: opened by content, and written anew with what is seen and heard, and nothing else.

``clean_video`` takes MP4, the films of phones (QuickTime) and WebM. Nothing is decoded or packed again, so a
video keeps its quality, and an old laptop needs a second for it. See ``mp4`` and ``webm`` for what that
leaves out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from portfolio.errors import MediaRefused
from portfolio.media import video_refusals as refusals
from portfolio.media.mp4 import is_still, looks_like_mp4, read_mp4
from portfolio.media.streams import Plays, StreamLimits, Streams
from portfolio.media.webm import looks_like_webm, read_webm


@dataclass(frozen=True)
class VideoLimits:
    """How large a file may be, how long a video may play, and how much may be kept of it."""

    bytes_in: int = 64_000_000
    """Half a minute of a phone's camera as it comes, two minutes of a small size."""
    seconds: float = 180.0
    bytes_kept: int = 64_000_000
    """As much as comes in: nothing is packed again, and what a home file has room for is decided there."""


@dataclass(frozen=True)
class CleanVideo:
    """A video that may be kept and shown: one picture track, one sound track or none, and nothing else."""

    data: bytes
    sha256: str
    """Of ``data``, in hexadecimal: the name it is kept under."""
    media_type: Literal["video/mp4", "video/webm"]
    seconds: float
    width: int
    """Dots across, as shown: after the rotation that the file asks for."""
    height: int
    has_sound: bool
    plays: Plays
    """``everywhere``: H.264 with 8 bits and AAC in MP4. ``some``: H.265, AV1 and all WebM, which some
    phones and laptops do not play."""

    @property
    def suffix(self) -> str:
        """Return how its file name ends."""
        return ".mp4" if self.media_type == "video/mp4" else ".webm"


def clean_video(raw: bytes | bytearray | memoryview, *, limits: VideoLimits = VideoLimits()) -> CleanVideo:
    """Return the video in the file ``raw``, fit to be kept and shown.

    The kind is decided by content alone. The same bytes and limits give the same result. Raises
    ``MediaRefused`` with a sentence for a child, whatever is wrong.
    """
    if len(raw) > limits.bytes_in:
        raise refusals.too_heavy(-(-len(raw) // 1_000_000), limits.bytes_in // 1_000_000)
    try:
        return _checked(_read(bytes(raw), limits))
    except MemoryError as cause:
        raise refusals.no_memory() from cause


def _read(raw: bytes, limits: VideoLimits) -> Streams:
    """Return the streams of a file, by what it begins with."""
    within = StreamLimits(seconds=limits.seconds, bytes_kept=limits.bytes_kept)
    if looks_like_mp4(raw):
        return read_mp4(raw, limits=within)
    if looks_like_webm(raw):
        return read_webm(raw, limits=within)
    raise _refusal_of(raw)


def _refusal_of(raw: bytes) -> MediaRefused:
    """Return the most helpful sentence for a file that is neither."""
    if not raw:
        return refusals.empty()
    if is_still(raw) or raw.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8")) or raw[8:12] == b"WEBP":
        return refusals.a_picture()
    if raw.startswith((b"\0\0\1\xba", b"\0\0\1\xb3", b"FLV\1", b"0&\xb2u")) or raw[8:12] == b"AVI ":
        return refusals.rare_picture()
    if raw.startswith((b"ID3", b"OggS", b"fLaC")) or raw[8:12] == b"WAVE":
        return refusals.sound_only()
    return refusals.not_a_video()


def _checked(streams: Streams) -> CleanVideo:
    """Put the result together; there must be something to see."""
    video, audio = streams.video, streams.audio
    if video is None or streams.media_type in {"audio/mp4", "audio/webm"}:
        raise refusals.sound_only()
    everywhere = video.plays == "everywhere" and (audio is None or audio.plays == "everywhere")
    return CleanVideo(
        data=streams.data,
        sha256=hashlib.sha256(streams.data).hexdigest(),
        media_type="video/mp4" if streams.media_type == "video/mp4" else "video/webm",
        seconds=streams.seconds,
        width=video.width,
        height=video.height,
        has_sound=audio is not None,
        plays="everywhere" if everywhere else "some",
    )
