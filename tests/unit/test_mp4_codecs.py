"""What prepares decoders of MP4 files: taken apart, with nothing hidden in it, and put together again."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from portfolio.errors import MediaRefused
from portfolio.media.mp4_boxes import Box
from portfolio.media.mp4_codecs import avc_setup, hevc_setup, opus_setup, sound_setup, tidy_av1, tidy_vp9
from portfolio.media.mp4_entries import Entry, read_entry
from portfolio.media.streams import Kind
from tests.recordings import MARKER, box, full


def unit(content: bytes) -> bytes:
    """Return a unit with its length before it."""
    return len(content).to_bytes(2, "big") + content


SPS, PPS, NOTE = unit(b"\x67sps"), unit(b"\x68pps"), unit(b"\x06" + MARKER)


def test_h264_keeps_its_parameter_sets_and_nothing_else() -> None:
    """Units of other kinds among the sets, and bytes behind them, stay behind; the counts are right."""
    head, high = b"\1\x64\0\x1f\xff", b"\xfd\xf8\xf8"
    tidy, length_bytes, everywhere = avc_setup(
        head + b"\xe2" + NOTE + SPS + b"\2" + PPS + NOTE + high + b"\0" + MARKER
    )
    assert (tidy, length_bytes, everywhere) == (head + b"\xe1" + SPS + b"\1" + PPS + high + b"\0", 4, True)
    plain = b"\1\x42\xc0\x1e\xfd"
    assert avc_setup(plain + b"\xe1" + SPS + b"\1" + PPS + MARKER)[:2] == (
        plain + b"\xe1" + SPS + b"\1" + PPS,
        2,
    )


def test_h265_keeps_its_parameter_sets_and_nothing_else() -> None:
    """Notes have a place of their own in H.265, and could stand among the sets: both stay behind."""
    head = b"\1" + bytes(20) + b"\xf3"
    good, note = unit(b"\x42\1sps"), unit(b"\x4e\1" + MARKER)
    tidy, length_bytes = hevc_setup(head + b"\2" + b"\xa1\0\2" + good + note + b"\x27\0\1" + note + MARKER)
    assert (tidy, length_bytes) == (head + b"\1\xa1\0\1" + good, 4)


def test_sounds_keep_numbers_and_nothing_else() -> None:
    """AAC loses links and unknown descriptors, Opus what stands behind its table."""
    decoder = b"\x04\x11\x40\x15" + bytes(11) + b"\x05\x02\x11\x90"
    decoder = decoder.replace(b"\x04\x11", b"\x04" + bytes([len(decoder) - 2]))
    link = bytes([len(MARKER)]) + MARKER
    stream = b"\0\1\x40" + link + decoder + b"\6\1\2" + b"\x13" + link
    tidy = sound_setup(bytes(4) + b"\x03\x80\x80" + bytes([0, len(stream)])[1:] + stream)
    assert tidy == bytes(4) + b"\x03" + bytes([3 + len(decoder) + 3]) + b"\0\0\0" + decoder + b"\6\1\2"
    opus = b"\0\2\1\x38\0\0\xbb\x80\0\0\0"
    assert opus_setup(opus + MARKER) == opus
    table = opus[:10] + b"\1\1\1\0\1"
    assert opus_setup(table + MARKER) == table


def test_av1_and_vp9_keep_numbers_and_the_sequence() -> None:
    """Metadata of AV1 and the room for a setup of VP9 are emptied."""
    note = b"\x2a" + bytes([1 + len(MARKER)]) + b"\4" + MARKER
    assert tidy_av1(b"\x81\0\x0c\0" + b"\x0a\2ab" + note) == b"\x81\0\x0c\0" + b"\x0a\2ab"
    vp9 = b"\1\0\0\0\0\x0a\x82\2\2\2"
    assert tidy_vp9(vp9 + b"\0\x1e" + MARKER) == vp9 + b"\0\0"


BROKEN: dict[str, Callable[[], object]] = {
    "H.264 of another version": lambda: avc_setup(b"\2\x64\0\x1f\xff\xe0\0"),
    "H.264 cut off": lambda: avc_setup(b"\1\x64\0\x1f\xff\xe1\0\x20ab"),
    "H.265 cut off": lambda: hevc_setup(b"\1" + bytes(21) + b"\1\xa1\xff\xff"),
    "AV1 cut off": lambda: tidy_av1(b"\x81"),
    "VP9 cut off": lambda: tidy_vp9(bytes(9)),
    "Opus cut off": lambda: opus_setup(bytes(10)),
    "Opus without its table": lambda: opus_setup(bytes(1) + b"\x08" + bytes(8) + b"\1\1"),
    "AAC without its stream": lambda: sound_setup(bytes(4) + b"\x04\0"),
    "AAC longer than it is": lambda: sound_setup(bytes(4) + b"\x03\x7fabc"),
    "nothing": lambda: sound_setup(b""),
}


@pytest.mark.parametrize("read", BROKEN.values(), ids=list(BROKEN))
def test_broken_setups_are_refused(read: Callable[[], object]) -> None:
    """A setup that is cut off or of an unknown version is damage."""
    with pytest.raises(MediaRefused, match="damaged"):
        read()


def read(raw: bytes, kind: Kind) -> Entry | None:
    """Read one sample entry."""
    return read_entry(raw, Box(raw[4:8], 0, 8, len(raw)), kind)


AAC = full(b"esds", b"\x03\x16\0\0\0\x04\x11\x40\x15" + bytes(11) + b"\x05\x02\x11\x90")


def test_all_three_forms_of_sound_come_out_alike() -> None:
    """QuickTime's versions 1 and 2, with their boxes packed once more, become the plain form."""
    start, wave = bytes(6) + b"\0\1", box(b"wave", box(b"frma", b"mp4a"), AAC, box(b"mark", MARKER))
    rate = struct.pack(">I", 44_100 << 16)
    plain = box(b"mp4a", start, bytes(8), b"\0\2\0\x10", bytes(4), rate, AAC)
    first = box(b"mp4a", start, b"\0\1", bytes(6), b"\0\2\0\x10", bytes(4), rate, bytes(16), wave)
    numbers = struct.pack(">IdI", 72, 44_100.0, 2) + bytes(20)
    second = box(
        b"mp4a", start, b"\0\2", bytes(6), b"\0\3\0\x10", bytes(4), struct.pack(">I", 1 << 16), numbers, wave
    )
    found = [read(raw, "sound") for raw in (plain, first, second)]
    assert found[0] is not None and (found[0].rate, found[0].channels) == (44_100, 2)
    assert found[0] == found[1] == found[2]
    assert b"SECRET" not in found[0].box


def test_a_video_entry_keeps_shape_and_colours_and_loses_its_names() -> None:
    """The name of the encoder, profiles and boxes of cameras go; dots that are not square are reckoned with."""
    setup = box(b"avcC", b"\1\x42\xc0\x1e\xff\xe1" + SPS + b"\1" + PPS)
    shape, colours = box(b"pasp", struct.pack(">II", 4, 3)), box(b"colr", b"nclx" + bytes(7))
    name = bytes([len(MARKER)]) + MARKER.ljust(31, b"\0")
    front = bytes(6) + b"\0\1" + bytes(16) + b"\0\x60\0\x40" + bytes(14) + name + bytes(4)
    found = read(
        box(b"avc1", front, setup, shape, colours, box(b"uuid", MARKER), box(b"fiel", b"\1\0")), "video"
    )
    assert found is not None and (found.width, found.height) == (128, 64)
    assert b"SECRET" not in found.box and b"fiel" not in found.box
    assert shape in found.box and colours in found.box
    profile = read(box(b"avc1", front, setup, box(b"colr", b"prof" + MARKER)), "video")
    assert profile is not None and b"colr" not in profile.box
