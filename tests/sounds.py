"""Recordings, GIFs and HEIC photos for the tests, with a secret wherever one can be hidden.

The sound is encoded by PyAV, the containers around it are written by hand, so that the specimens do not share a
mistake with the code they test. The same bytes every time.
"""

from __future__ import annotations

import math
import struct
from array import array
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image

from tests.camera_notes import SECRET, exif_block, gps_bytes, xmp_packet
from tests.specimens import camera_jpeg, corners

PLACE = b"+47.3717+008.5423/" + SECRET
"""A place on the map as sound recorders write it."""


# ---------------------------------------------------------------------------------------------- what is heard


def tune(seconds: float = 1.0, rate: int = 44_100, channels: int = 1) -> array[int]:
    """Return a rising tone in 16 bits, channels interleaved; the second channel is half as loud."""
    return array("h", _tune(seconds, rate, channels))


@cache
def _tune(seconds: float, rate: int, channels: int) -> bytes:
    samples = array("h")
    for at in range(int(seconds * rate)):
        value = 12_000 * math.sin(2 * math.pi * at / rate * (300 + 200 * at / rate))
        samples.extend(int(value / (channel + 1)) for channel in range(channels))
    return samples.tobytes()


@cache
def encoded(codec: str, form: str, *, seconds: float = 1.0, rate: int = 44_100, channels: int = 1) -> bytes:
    """Return the tune as PyAV encodes it: ``codec`` and container ``form`` by their names in FFmpeg."""
    import av

    buffer = BytesIO()
    layout = "mono" if channels == 1 else "stereo"
    samples = tune(seconds, rate, channels)
    with av.open(buffer, "w", format=form) as container:
        stream: Any = container.add_stream(codec, rate=rate, options={"strict": "experimental"})
        stream.layout = layout
        stream.bit_rate = 64_000
        frame = av.AudioFrame(format="s16", layout=layout, samples=len(samples) // channels)
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate = rate
        for packet in stream.encode(frame) + stream.encode(None):
            container.mux(packet)
    return buffer.getvalue()


def heard(data: bytes) -> list[bytes]:
    """Return the decoded samples of a recording, frame by frame."""
    import av

    with av.open(BytesIO(data), "r") as container:
        # Silence that the file asks to cut at its ends is already gone here.
        return [frame.to_ndarray().tobytes() for frame in container.decode(audio=0)]


# -------------------------------------------------------------------------------------------------------- MP3


def plain_mp3(seconds: float = 1.0, rate: int = 44_100, channels: int = 1) -> bytes:
    """Return an MP3 as an encoder writes it: an information frame, then sound; no ID3 tag."""
    raw = encoded("libmp3lame", "mp3", seconds=seconds, rate=rate, channels=channels)
    size = raw[6] << 21 | raw[7] << 14 | raw[8] << 7 | raw[9]
    return raw[10 + size :] if raw.startswith(b"ID3") else raw


def id3v2(*frames: tuple[bytes, bytes]) -> bytes:
    """Return an ID3v2.3 tag of these frames (name, body)."""
    body = b"".join(name + struct.pack(">IH", len(content), 0) + content for name, content in frames)
    body += bytes(100)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + body


def ape_tag() -> bytes:
    """Return an APEv2 tag with header and footer."""
    item = struct.pack("<II", len(PLACE), 0) + b"Location\0" + PLACE
    size = len(item) + 32
    header = b"APETAGEX" + struct.pack("<IIII", 2000, size, 1, 0xA0000000) + bytes(8)
    footer = b"APETAGEX" + struct.pack("<IIII", 2000, size, 1, 0x80000000) + bytes(8)
    return header + item + footer


def lyrics_tag() -> bytes:
    """Return a Lyrics3 v2 tag."""
    content = b"LYRICSBEGININD0000200LYR%05d" % len(PLACE) + PLACE
    return content + b"%06dLYRICS200" % len(content)


def told_mp3(sound: bytes = b"") -> bytes:
    """Return an MP3 with a place and a secret in every tag there is, a photo with GPS, and junk at both ends."""
    tag = id3v2(
        (b"TXXX", b"\0location\0" + PLACE),
        (b"GEOB", b"\0application/x-gps\0place\0gps\0" + SECRET + gps_bytes()),
        (b"APIC", b"\0image/jpeg\0\3\0" + camera_jpeg()),
        (b"COMM", b"\0eng\0" + SECRET),
    )
    id3v1 = (b"TAG" + SECRET).ljust(128, b" ")
    return tag + tag + SECRET + (sound or plain_mp3()) + SECRET + lyrics_tag() + ape_tag() + id3v1


# -------------------------------------------------------------------------------------------------------- WAV


def riff_chunk(name: bytes, body: bytes) -> bytes:
    """Return one chunk, filled up to an even length."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def wav(
    data: bytes,
    *,
    tag: int = 1,
    bits: int = 16,
    channels: int = 1,
    rate: int = 44_100,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """Return a WAV of these samples, with other chunks around them if given."""
    step = channels * bits // 8
    form = struct.pack("<HHIIHH", tag, channels, rate, rate * step, step, bits)
    content = b"WAVE" + riff_chunk(b"fmt ", form) + before + riff_chunk(b"data", data) + after
    return b"RIFF" + struct.pack("<I", len(content)) + content


def told_wav() -> bytes:
    """Return a WAV with a place and a secret in every chunk recorders write, and a tail."""
    told = b"".join(
        (
            riff_chunk(b"LIST", b"INFO" + riff_chunk(b"ICMT", PLACE) + riff_chunk(b"IART", SECRET)),
            riff_chunk(b"bext", SECRET.ljust(602, b"\0")),
            riff_chunk(
                b"iXML", b"<BWFXML><LOCATION><LOCATION_GPS>" + PLACE + b"</LOCATION_GPS></LOCATION></BWFXML>"
            ),
            riff_chunk(b"id3 ", id3v2((b"TXXX", b"\0location\0" + PLACE))),
            riff_chunk(b"_PMX", xmp_packet()),
            riff_chunk(b"cue ", SECRET + gps_bytes()),
        )
    )
    return wav(tune().tobytes(), before=told, after=told) + SECRET


def wide_wav(sub_format: int = 1) -> bytes:
    """Return a WAV with the long ("extensible") header that some recorders write."""
    form = struct.pack("<HHIIHH", 0xFFFE, 1, 44_100, 88_200, 2, 16) + struct.pack("<HHI", 22, 16, 4)
    form += struct.pack("<H", sub_format) + bytes.fromhex("000000001000800000aa00389b71")
    content = b"WAVE" + riff_chunk(b"fmt ", form) + riff_chunk(b"data", tune().tobytes())
    return b"RIFF" + struct.pack("<I", len(content)) + content


# -------------------------------------------------------------------------------------------------------- Ogg


def ogg_check_sum(page: bytes) -> int:
    """Return the check sum of a page, bit by bit as RFC 3533 has it."""
    rest = 0
    for byte in page:
        rest ^= byte << 24
        for _ in range(8):
            rest = (rest << 1 ^ 0x04C11DB7 if rest & 0x80000000 else rest << 1) & 0xFFFFFFFF
    return rest


def ogg_page(flags: int, time: int, serial: int, number: int, packets: list[bytes]) -> bytes:
    """Return a page of whole packets."""
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    assert len(lacing) < 256
    start = b"OggS\0" + bytes([flags]) + struct.pack("<QII", time, serial, number)
    rest = bytes([len(lacing)]) + lacing + b"".join(packets)
    return start + struct.pack("<I", ogg_check_sum(start + bytes(4) + rest)) + rest


def ogg_pages(raw: bytes) -> list[bytes]:
    """Return the pages of an Ogg file."""
    pages, at = [], 0
    while at < len(raw):
        stop = at + 27 + raw[at + 26]
        stop += sum(raw[at + 27 : stop])
        pages.append(raw[at:stop])
        at = stop
    return pages


def told_ogg(codec: str = "libopus") -> bytes:
    """Return an Ogg file with a place and a secret among its comments, a stream of notes, and a tail."""
    raw = encoded(codec, "ogg", rate=48_000 if codec == "libopus" else 44_100, channels=2)
    first, second, *others = ogg_pages(raw)
    serial = struct.unpack_from("<I", first, 14)[0]
    notes = [b"LOCATION=" + PLACE, b"ARTIST=" + SECRET, b"METADATA_BLOCK_PICTURE=" + SECRET * 900]
    told = struct.pack("<I", len(SECRET)) + SECRET + struct.pack("<I", len(notes))
    told += b"".join(struct.pack("<I", len(note)) + note for note in notes)
    packets = [(b"OpusTags" + told) if codec == "libopus" else (b"\3vorbis" + told + b"\1")]
    if codec != "libopus":
        body = second[27 + second[26] :]
        packets.append(body[body.index(b"\5vorbis") :])
    fishbone = ogg_page(2, 0, 77, 0, [b"fishead\0" + SECRET])
    bones = ogg_page(0, 0, 77, 1, [b"fisbone\0" + PLACE])
    tail = ogg_page(4, 0, 77, 2, [SECRET])
    return first + fishbone + ogg_page(0, 0, serial, 1, packets) + bones + b"".join(others) + tail


# -------------------------------------------------------------------------------------------------------- GIF


def told_gif() -> bytes:
    """Return a moving GIF with a comment, XMP, a program's note with a place, and a tail; first the corners."""
    buffer = BytesIO()
    other = Image.new("RGB", (96, 64), (0, 0, 0))
    corners().save(buffer, "GIF", save_all=True, append_images=[other, corners()], duration=90, loop=0)
    raw = buffer.getvalue()
    at = 13 + (3 << ((raw[10] & 7) + 1) if raw[10] & 0x80 else 0)
    notes = b"\x21\xfe" + _pieces(PLACE) + b"\x21\xff\x0bXMP DataXMP" + _pieces(xmp_packet())
    notes += b"\x21\xff\x0bGPSPLACE1.0" + _pieces(gps_bytes() + SECRET)
    return raw[:at] + notes + raw[at:-1] + notes + b"\x3b" + SECRET


def _pieces(body: bytes) -> bytes:
    parts = [body[at : at + 255] for at in range(0, len(body), 255)]
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def see_through_gif() -> bytes:
    """Return a GIF whose left half is red and whose right half is see-through."""
    picture = Image.new("P", (80, 40), 1)
    picture.putpalette([220, 30, 30, 0, 0, 0])
    picture.paste(0, (0, 0, 40, 40))
    buffer = BytesIO()
    picture.save(buffer, "GIF", transparency=1)
    return buffer.getvalue()


# ------------------------------------------------------------------------------------------------------- HEIC


def told_heic(picture: Image.Image | None = None, quality: int = 90) -> bytes:
    """Return a HEIC photo with EXIF, GPS, XMP and a second picture; the main one shows the corners."""
    import pillow_heif

    shown = corners() if picture is None else picture
    heif = pillow_heif.from_pillow(shown)
    heif.info["exif"] = b"Exif\0\0" + exif_block()
    heif.info["xmp"] = xmp_packet()
    heif.add_from_pillow(Image.new("RGB", (40, 40), (0, 0, 0)))
    buffer = BytesIO()
    heif.save(buffer, quality=quality, primary_index=0, enc_params={"preset": "ultrafast"})
    return buffer.getvalue()
