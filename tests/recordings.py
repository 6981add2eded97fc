"""Small videos and recordings made by code, with everything in them that must not stay in them.

PyAV packs the pictures and sounds; boxes and elements that no library writes are put in by hand. Nothing
here was ever filmed.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import av
import numpy as np

MARKER = b"+52.5163+013.3777/SECRET-PLACE"
"""A place, as iPhones write it (ISO 6709), and a word to search for."""

RATE = 48_000

ROTATIONS = {
    0: (1, 0, 0, 1),
    90: (0, 1, -1, 0),
    180: (-1, 0, 0, -1),
    270: (0, -1, 1, 0),
}
"""The matrix of each rotation, without its shift."""


class Packet(NamedTuple):
    """One packet as PyAV hands it out."""

    kind: str
    pts: int | None
    dts: int | None
    jump: bool
    data: bytes


def picture(number: int, width: int, height: int) -> av.VideoFrame:
    """Return a picture with a bright bar that wanders from left to right."""
    dots = np.zeros((height, width, 3), dtype=np.uint8)
    dots[..., 0] = np.linspace(0, 200, width, dtype=np.uint8)
    dots[..., 1] = np.linspace(0, 200, height, dtype=np.uint8)[:, None]
    left = number * 5 % (width - 8)
    dots[:, left : left + 8] = 255
    return av.VideoFrame.from_ndarray(dots, format="rgb24")


def tone(number: int, length: int = 960, channels: int = 1) -> av.AudioFrame:
    """Return a piece of a tone of 440 hertz."""
    times = (np.arange(length) + number * length) / RATE
    wave = (np.sin(2 * np.pi * 440 * times) * 8000).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(
        np.tile(wave, (channels, 1)).T.reshape(1, -1).copy(),
        format="s16",
        layout="mono" if channels == 1 else "stereo",
    )
    frame.sample_rate = RATE
    frame.pts = number * length
    return frame


@cache
def recording(
    form: str = "mp4",
    video: str | None = "libx264",
    sound: str | None = "aac",
    *,
    seconds: float = 1.0,
    size: tuple[int, int] = (96, 64),
    options: tuple[tuple[str, str], ...] = (),
    packing: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """Return a recording; ``options`` go to the file's writer, ``packing`` to the encoder of pictures."""
    buffer = BytesIO()
    _as_any_other_program()
    if video == "libx265":
        packing = (*packing, ("x265-params", "log-level=none"))
    os.environ.setdefault("SVT_LOG", "0")  # it speaks on the screen otherwise
    with av.open(buffer, "w", format=form, options=dict(options)) as file:
        file.metadata["title"] = MARKER.decode()
        file.metadata["location"] = MARKER.decode()
        file.metadata["creation_time"] = "2026-05-04T10:11:12Z"
        seen: Any = file.add_stream(video, rate=25, options=dict(packing)) if video else None
        heard: Any = file.add_stream(sound, rate=RATE, options={"strict": "-2"}) if sound else None
        if seen:
            seen.width, seen.height, seen.pix_fmt = *size, "yuv420p"
            seen.codec_context.gop_size = 10
        if heard:
            heard.layout = "stereo" if sound == "vorbis" else "mono"
        for number in range(round(seconds * 25)):
            if seen:
                file.mux(seen.encode(picture(number, *size)))
            for part in range(2 if heard else 0):
                file.mux(heard.encode(tone(number * 2 + part, channels=2 if sound == "vorbis" else 1)))
        for stream in (seen, heard):
            if stream:
                file.mux(stream.encode(None))
    _as_any_other_program()
    return buffer.getvalue()


def _as_any_other_program() -> None:
    """Take back the real-time priority that the AV1 encoder gives this thread where it is allowed to.

    Encoders that wait in a loop for threads of lower priority would then wait for ever, and so would the machine.
    """
    if hasattr(os, "sched_setscheduler"):
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def packets(raw: bytes) -> list[Packet]:
    """Return the packets of a file, as PyAV reads them, video first."""
    with av.open(BytesIO(raw), "r") as file:
        found = [
            Packet(packet.stream.type, packet.pts, packet.dts, packet.is_keyframe, bytes(packet))
            for packet in file.demux()
            if packet.size and packet.stream.type in {"video", "audio"}
        ]
    return sorted(found, key=lambda packet: packet.kind == "audio")


def decoded(raw: bytes) -> list[tuple[int | None, bytes]]:
    """Return every picture and every piece of sound of a file, with its time."""
    found: list[tuple[int | None, bytes]] = []
    for kind in ("video", "audio"):
        with av.open(BytesIO(raw), "r") as file:
            streams = [stream for stream in file.streams if stream.type == kind]
            for frame in file.decode(streams[0]) if streams else ():
                assert isinstance(frame, av.VideoFrame | av.AudioFrame)
                found.append((frame.pts, frame.to_ndarray().tobytes()))
    return found


# --------------------------------------------------------------------------------------------------- boxes


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box."""
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind + content


def full(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    """Return a box with version 0 and flags."""
    return box(kind, struct.pack(">I", flags), *parts)


def top(raw: bytes) -> list[tuple[bytes, bytes]]:
    """Return the outermost boxes of a file, with their letters."""
    found, at = [], 0
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        found.append((raw[at + 4 : at + 8], raw[at : at + size]))
        at += size
    return found


def with_index(raw: bytes, change: Callable[[bytes], bytes], data: bytes = b"") -> bytes:
    """Return a file whose ``moov`` (which must be its last box) is changed, and whose ``mdat`` has more data."""
    whole = top(raw)
    assert whole[-1][0] == b"moov"
    mdat = next(content for kind, content in whole if kind == b"mdat")
    front = b"".join(content for kind, content in whole if kind not in {b"mdat", b"moov"})
    assert raw.startswith(front)
    return front + box(b"mdat", mdat[8:], data) + box(b"moov", change(whole[-1][1][8:]))


def turned(raw: bytes, degrees: int) -> bytes:
    """Return a file whose video is to be shown turned."""
    a, b, c, d = (number << 16 for number in ROTATIONS[degrees])
    upright = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    at = raw.index(upright, raw.index(b"tkhd"))
    return raw[:at] + struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30) + raw[at + 36 :]


def notes_of_a_phone() -> bytes:
    """Return what an iPhone and a Windows laptop write into ``moov``, with the marker in all of it."""
    name = b"com.apple.quicktime.location.ISO6709"
    keys = full(b"keys", struct.pack(">I", 1), box(b"mdta", name))
    value = box(b"data", struct.pack(">II", 1, 0), MARKER)
    item = box(struct.pack(">I", 1), value)
    meta = box(b"meta", full(b"hdlr", bytes(4), b"mdta", bytes(13)), keys, box(b"ilst", item))
    place = box(b"\xa9xyz", struct.pack(">HH", len(MARKER), 0x15C7), MARKER)
    xtra = box(b"Xtra", struct.pack(">I", 40), b"WM/SharedUserRating", MARKER)
    return (
        box(b"udta", place, meta, xtra) + meta + box(b"uuid", b"\xbez\xcf\xcb" * 4, b"<x:xmpmeta>" + MARKER)
    )


def track_of_places(moov: bytes, at: int) -> bytes:
    """Return a track of timed notes whose one piece lies at ``at``."""
    length = len(MARKER)
    table = box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 1), box(b"mebx", bytes(6), b"\0\1", box(b"keys", MARKER))),
        full(b"stts", struct.pack(">III", 1, 1, 600)),
        full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        full(b"stsz", struct.pack(">II", length, 1)),
        full(b"stco", struct.pack(">II", 1, at)),
    )
    here = box(b"dinf", full(b"dref", struct.pack(">I", 1), full(b"url ", flags=1)))
    media = box(
        b"mdia",
        full(b"mdhd", struct.pack(">IIIIHH", 1, 1, 600, 600, 0x55C4, 0)),
        full(b"hdlr", b"mhlrmeta", bytes(12), MARKER),
        box(b"minf", box(b"gmhd"), here, table),
    )
    head = full(b"tkhd", struct.pack(">IIIII", 1, 1, 9, 0, 600), bytes(60), flags=15)
    return moov + box(b"trak", head, media)


@cache
def mp4_with_gps(form: str = "mp4", video: str = "libx264", sound: str = "aac") -> bytes:
    """Return a film with the marker in every corner that phones are known to use, and some others."""
    plain = recording(form, video, sound)
    whole = top(plain)
    before_mdat = sum(len(content) for kind, content in whole[: [kind for kind, _ in whole].index(b"mdat")])
    mdat = next(content for kind, content in whole if kind == b"mdat")
    at = before_mdat + len(mdat)
    film = with_index(
        plain, lambda moov: track_of_places(moov, at) + notes_of_a_phone(), data=MARKER + b"gap" + MARKER
    )
    around = box(b"free", MARKER) + box(b"uuid", bytes(16), MARKER) + box(b"skip", MARKER)
    return film + around + box(b"meta", bytes(4), MARKER) + box(b"mdat", MARKER)


# ------------------------------------------------------------------------------------------------ elements


def element(kind: int, *parts: bytes) -> bytes:
    """Return an element of WebM, its length in eight bytes."""
    content = b"".join(parts)
    number = kind.to_bytes((kind.bit_length() + 7) // 8, "big")
    return number + b"\x01" + len(content).to_bytes(7, "big") + content


def tags_and_more() -> bytes:
    """Return tags, an attached file, chapters, filling: each with the marker."""
    tag = element(0x67C8, element(0x45A3, b"LOCATION"), element(0x4487, MARKER))
    tags = element(0x1254C367, element(0x7373, tag))
    file = element(
        0x61A7, element(0x466E, b"me.txt"), element(0x4660, b"text/plain"), element(0x465C, MARKER)
    )
    display = element(0x80, element(0x85, MARKER))
    chapter = element(0xB6, element(0x73C4, b"\1"), element(0x91, b"\0"), display)
    chapters = element(0x1043A770, element(0x45B9, chapter))
    return tags + element(0x1941A469, file) + chapters + element(0xEC, MARKER)


@cache
def webm_with_gps(video: str | None = "libvpx", sound: str | None = "libopus", *, live: bool = True) -> bytes:
    """Return a WebM film with the marker in tags, attachments, chapters, filling, titles and names.

    ``live``: with segment and clusters of unknown length and no duration, as browsers record.
    """
    plain = recording(
        "webm", video, sound, options=(("live", "1" if live else "0"), ("cluster_time_limit", "400"))
    )
    if not live:
        return plain
    at = plain.index(b"\x1f\x43\xb6\x75")
    second = plain.index(b"\x1f\x43\xb6\x75", at + 4)
    return (
        plain[:at] + tags_and_more() + plain[at:second] + tags_and_more() + plain[second:] + tags_and_more()
    )
