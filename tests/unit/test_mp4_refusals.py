"""MP4 files that are refused: with which words, and before how much work."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from portfolio.errors import MediaRefused
from portfolio.media.mp4 import looks_like_mp4, read_mp4
from portfolio.media.streams import StreamLimits
from tests.recordings import box, full, recording, top, with_index


def changed(old: bytes, new: bytes, count: int = -1) -> Callable[[], bytes]:
    """Return a maker of a film with some bytes changed."""
    return lambda: recording().replace(old, new, count)


def codes_of_video(code: bytes) -> bytes:
    """Return a film whose pictures are said to be packed in ``code``."""
    raw = recording()
    at = raw.index(b"avc1", raw.index(b"stsd"))
    return raw[:at] + code + raw[at + 4 :]


def kind_of_sound(number: int) -> bytes:
    """Return a film whose sound is said to be of another kind, in the descriptor that sets up the decoder."""
    raw = recording()
    at = raw.index(b"\x40\x15", raw.index(b"esds"))
    return raw[:at] + bytes([number]) + raw[at + 1 :]


def shorter() -> bytes:
    """Return a film with its index in front and the end of its data missing, in boxes that say nothing of it."""
    whole = top(read_mp4(recording(sound=None)).data)
    assert whole[-1][0] == b"mdat"
    return b"".join(content for _, content in whole[:-1]) + box(b"mdat", whole[-1][1][8:-100])


REFUSED = {
    "the end of the data missing": (shorter, "not all there"),
    "locked pictures": (lambda: codes_of_video(b"encv"), "locked by its maker"),
    "locked sound": (changed(b"mp4a", b"enca"), "locked by its maker"),
    "pictures of a cutting room": (lambda: codes_of_video(b"apcn"), "saved in a rare way"),
    "sound of an old phone": (changed(b"mp4a", b"samr"), "sound in this file was saved in a rare way"),
    "sound of a film disc": (lambda: kind_of_sound(0xA5), "sound in this file was saved in a rare way"),
    "data in another file": (changed(b"url \0\0\0\1", b"url \0\0\0\0"), "not all there"),
    "no index": (lambda: recording()[:-3000], "not all there"),
    "no pieces": (lambda: box(b"ftyp", b"isom") + box(b"mdat", b"abc"), "not all there"),
    "no track": (
        lambda: with_index(recording(), lambda moov: moov[: moov.index(b"trak") - 4]),
        "not a video",
    ),
    "no clock": (
        lambda: (
            recording()[: recording().index(b"mvhd") + 16]
            + bytes(4)
            + recording()[recording().index(b"mvhd") + 20 :]
        ),
        "damaged",
    ),
    "not MP4": (lambda: b"RIFF" + bytes(90), "not a video"),
}


@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_taken_is_refused_with_a_sentence(make: Callable[[], bytes], words: str) -> None:
    """Locked, rare, broken and foreign files are refused, each with its own words."""
    raw = make()
    assert raw != recording()
    with pytest.raises(MediaRefused, match=words):
        read_mp4(raw)


def test_a_film_that_is_too_long_or_too_heavy_is_refused() -> None:
    """Seconds and bytes are counted before anything is written."""
    with pytest.raises(MediaRefused, match=r"too long: 1 seconds, and 0 seconds"):
        read_mp4(recording(), limits=StreamLimits(seconds=0.9))
    with pytest.raises(MediaRefused, match=r"takes 1 MB, and 0 MB"):
        read_mp4(recording(), limits=StreamLimits(bytes_kept=9000))


def test_a_film_that_repeats_itself_counts_each_time() -> None:
    """An edit list that plays a second five hundred times is too long."""
    raw = recording()
    rows = struct.pack(">I", 150) + struct.pack(">IiI", 1_000_000, 0, 1 << 16) * 150

    def change(moov: bytes) -> bytes:
        at = moov.index(b"edts") - 4
        size = int.from_bytes(moov[at : at + 4], "big")
        edits = box(b"edts", full(b"elst", rows))
        trak = moov.index(b"trak") - 4
        length = int.from_bytes(moov[trak : trak + 4], "big") - size + len(edits)
        return moov[:trak] + struct.pack(">I", length) + moov[trak + 4 : at] + edits + moov[at + size :]

    with pytest.raises(MediaRefused, match="too long: 150000 seconds"):
        read_mp4(with_index(raw, change))


def test_still_pictures_do_not_look_like_films() -> None:
    """HEIC and AVIF begin like MP4 and are told apart by their brand."""
    assert looks_like_mp4(recording())
    assert looks_like_mp4(recording("mov"))
    assert not looks_like_mp4(box(b"ftyp", b"heic\0\0\0\0mif1"))
    assert not looks_like_mp4(b"")


def test_a_sound_made_of_the_pictures_is_refused() -> None:
    """Two tracks that name the same bytes twice would give a file larger than the one that came in."""
    raw = recording(size=(640, 480), packing=(("crf", "10"),))
    at = raw.index(b"stsz", raw.index(b"smhd"))
    count = int.from_bytes(raw[at + 12 : at + 16], "big")
    start = raw.index(b"mdat") + 4
    places = raw.index(b"stco", at)
    runs = int.from_bytes(raw[places + 8 : places + 12], "big")
    changed = bytearray(raw)
    size = (len(raw) - start) // count
    changed[at + 16 : at + 16 + 4 * count] = struct.pack(">I", size) * count
    changed[places + 12 : places + 12 + 4 * runs] = struct.pack(">I", start) * runs
    with pytest.raises(MediaRefused, match="damaged"):
        read_mp4(bytes(changed))
