"""MP4 and films of phones on their way in: what is dropped, what stays the same, and what is refused."""

from __future__ import annotations

import re
import struct
from io import BytesIO

import av
import pytest

from portfolio.media.mp4 import read_mp4
from tests.containers import ALLOWED_BOXES, names_of_boxes
from tests.recordings import (
    MARKER,
    ROTATIONS,
    Packet,
    decoded,
    mp4_with_gps,
    packets,
    recording,
    top,
    turned,
    with_index,
)

IN_PIECES = (("movflags", "frag_keyframe+empty_moov+default_base_moof"),)
IN_OLD_PIECES = (("movflags", "frag_keyframe+empty_moov"), ("frag_duration", "100000"))

KINDS = {
    "H.264 and AAC": ("mp4", "libx264", "aac"),
    "an iPhone's film": ("mov", "libx264", "aac"),
    "an iPhone's film in H.265": ("mov", "libx265", "aac"),
    "H.265": ("mp4", "libx265", "aac"),
    "AV1 and Opus": ("mp4", "libsvtav1", "libopus"),
    "VP9 and Opus": ("mp4", "libvpx-vp9", "libopus"),
}


def without_notes(packet: Packet) -> Packet:
    """Return a packet of H.264 without its notes (units of kind 6), taken apart by other means than ours."""
    at, kept = 0, b""
    while packet.kind == "video" and at < len(packet.data):
        size = int.from_bytes(packet.data[at : at + 4], "big")
        if packet.data[at + 4] & 31 != 6:
            kept += packet.data[at : at + 4 + size]
        at += 4 + size
    return packet._replace(data=kept or packet.data)


# ---------------------------------------------------------------------------------------- what stays behind


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_no_place_stays_in_a_film(kind: tuple[str, str, str]) -> None:
    """Places in udta, meta, keys, uuid, Xtra, a track of notes, gaps and trailing boxes are all gone."""
    raw = mp4_with_gps(*kind)
    assert raw.count(MARKER) > 12
    clean = read_mp4(raw).data
    assert b"SECRET" not in clean
    assert names_of_boxes(clean) <= ALLOWED_BOXES
    assert [name for name, _ in top(clean)] == [b"ftyp", b"moov", b"mdat"]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_is_seen_and_heard_is_the_same(kind: tuple[str, str, str]) -> None:
    """Packets, their times, and every decoded picture and sound are those of the file that came in."""
    raw = mp4_with_gps(*kind)
    clean = read_mp4(raw).data
    before, after = packets(raw), packets(clean)
    if kind[1] == "libx264":
        before = [without_notes(packet) for packet in before]
    assert after == before
    assert len(after) > 50
    assert decoded(clean) == decoded(raw)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_only_the_kept_pieces_are_in_the_data(kind: tuple[str, str, str]) -> None:
    """The data of the new file are as long as its packets together: there is no gap for anything else."""
    clean = read_mp4(mp4_with_gps(*kind)).data
    assert len(top(clean)[-1][1]) - 8 == sum(len(packet.data) for packet in packets(clean))


def test_what_hangs_behind_a_film_is_gone() -> None:
    """Bytes after the last box, whatever they look like, neither stay nor stand in the way."""
    raw = recording()
    clean = read_mp4(raw).data
    for behind in (MARKER, bytes(400), bytes(400) + MARKER, b"\0\0\0\3" + MARKER, b"\xff" * 9 + MARKER):
        assert read_mp4(raw + behind).data == clean


def test_the_text_of_the_encoder_is_gone() -> None:
    """x264 and x265 write their settings into the pictures; nothing of that stays."""
    for video, word in (("libx264", b"x264 - core"), ("libx265", b"x265 (build")):
        raw = recording(video=video)
        assert word in raw
        clean = read_mp4(raw).data
        assert b"x26" not in clean


def test_the_day_of_the_film_is_gone() -> None:
    """All times of day in the headers are zero, and names of handlers and encoders are empty."""
    raw = recording()
    assert av.open(BytesIO(raw)).metadata["creation_time"].startswith("2026-05-04")
    clean = read_mp4(raw).data
    for name in (b"mvhd", b"tkhd", b"mdhd"):
        places = [found.end() for found in re.finditer(name, clean)]
        assert places and all(clean[at + 4 : at + 12] == bytes(8) for at in places)
    assert b"Handler" in raw and b"Handler" not in clean
    with av.open(BytesIO(clean), "r") as file:
        assert set(file.metadata) <= {"major_brand", "minor_version", "compatible_brands"}
        assert all(set(stream.metadata) <= {"language", "vendor_id"} for stream in file.streams)


def test_the_language_of_the_sound_is_kept_and_nothing_that_is_no_language() -> None:
    """Three letters stay; anything else becomes "und"."""
    raw = recording(video=None)
    at = raw.index(b"mdhd") + 4 + 20
    for code, kept in ((0x15C7, 0x15C7), (0x55C4, 0x55C4), (3, 0x55C4), (0xFFFF, 0x55C4), (0, 0x55C4)):
        clean = read_mp4(raw[:at] + struct.pack(">H", code) + raw[at + 2 :]).data
        place = clean.index(b"mdhd") + 4 + 20
        assert struct.unpack_from(">H", clean, place) == (kept,)


def test_a_clean_film_stays_as_it_is() -> None:
    """Cleaning twice gives the same bytes as cleaning once."""
    for kind in KINDS.values():
        once = read_mp4(mp4_with_gps(*kind)).data
        assert read_mp4(once).data == once


# -------------------------------------------------------------------------------------------- right way up


@pytest.mark.parametrize("degrees", ROTATIONS)
@pytest.mark.parametrize("options", [(), IN_PIECES], ids=["whole", "in pieces"])
def test_a_film_stays_upright(degrees: int, options: tuple[tuple[str, str], ...]) -> None:
    """The rotation is kept, and width and height are those that are shown."""
    raw = turned(recording(options=options), degrees)
    clean = read_mp4(raw)

    def rotation(data: bytes) -> int:
        with av.open(BytesIO(data), "r") as file:
            return next(file.decode(video=0)).rotation

    assert rotation(clean.data) == rotation(raw)
    assert abs(rotation(clean.data)) == (90 if degrees == 270 else degrees)
    assert clean.video is not None
    assert (clean.video.width, clean.video.height) == ((64, 96) if degrees in {90, 270} else (96, 64))


# --------------------------------------------------------------------------------------------- kinds of files


@pytest.mark.parametrize("options", [IN_PIECES, IN_OLD_PIECES], ids=["new", "old"])
def test_a_film_in_pieces_becomes_a_whole_one(options: tuple[tuple[str, str], ...]) -> None:
    """Fragments, as recorders of browsers write them, come out as one index and one run of data."""
    raw = recording(options=options)
    assert raw.count(b"moof") >= 3
    clean = read_mp4(raw).data
    assert names_of_boxes(clean) <= ALLOWED_BOXES
    assert packets(clean) == [without_notes(packet) for packet in packets(raw)]
    assert decoded(clean) == decoded(raw)


def test_a_track_that_began_later_still_begins_later() -> None:
    """In fragments, a sound half a second behind the picture stays half a second behind."""
    raw = bytearray(recording(options=IN_PIECES))
    for found in re.finditer(b"tfhd", bytes(raw)):
        track = int.from_bytes(raw[found.end() + 4 : found.end() + 8], "big")
        time = raw.index(b"tfdt", found.end()) + 8
        if track == 2:
            raw[time : time + 8] = (int.from_bytes(raw[time : time + 8], "big") + 24_000).to_bytes(8, "big")
    late = bytes(raw)
    assert late != recording(options=IN_PIECES)
    clean = read_mp4(late)
    with av.open(BytesIO(clean.data), "r") as file:
        starts = {
            stream.type: float((stream.start_time or 0) * (stream.time_base or 0)) for stream in file.streams
        }
    assert starts["audio"] == pytest.approx(0.5, abs=0.03)


def test_sound_alone_can_be_taken_out() -> None:
    """From a film or an M4A the sound comes out alone, with the packets it had."""
    m4a = recording("ipod", None)
    assert read_mp4(m4a).video is None
    for raw in (m4a, mp4_with_gps(), mp4_with_gps("mov")):
        heard = read_mp4(raw, keep="sound")
        assert (heard.media_type, heard.video) == ("audio/mp4", None)
        assert heard.audio is not None and (heard.audio.rate, heard.audio.channels) == (48_000, 1)
        assert packets(heard.data) == [packet for packet in packets(raw) if packet.kind == "audio"]
        assert b"SECRET" not in heard.data
        assert heard.seconds == pytest.approx(1.0, abs=0.1)


def test_only_the_first_track_of_each_kind_is_kept() -> None:
    """A second video or sound in a file does not go on."""
    raw = recording()
    double = with_index(raw, lambda moov: moov + moov[moov.index(b"trak") - 4 :])
    assert read_mp4(double).data == read_mp4(raw).data


def test_a_film_knows_what_plays_everywhere() -> None:
    """H.264 with AAC plays everywhere; H.265, AV1, VP9, Opus and H.264 with ten bits in some browsers."""
    plays = {kind: read_mp4(recording(*kind)) for kind in KINDS.values()}
    assert {kind: found.video.plays for kind, found in plays.items() if found.video} == {
        kind: "everywhere" if kind[1] == "libx264" else "some" for kind in KINDS.values()
    }
    raw = recording()
    ten_bits = raw.replace(b"avcC\1\x64", b"avcC\1\x6e")
    assert ten_bits != raw
    found = read_mp4(ten_bits).video
    assert found is not None and found.plays == "some"


# ------------------------------------------------------------------------------------------ cut on the phone


def cut(raw: bytes, begin: float, seconds: float) -> bytes:
    """Return a film of which only a part is to be shown, as phones cut: the rest stays in the file."""
    changed = bytearray(raw)
    for found in re.finditer(b"elst", raw):
        scale_at = raw.index(b"mdhd", found.end()) + 16
        scale, at = int.from_bytes(raw[scale_at : scale_at + 4], "big"), found.end() + 8
        start = int.from_bytes(raw[at + 4 : at + 8], "big") + round(begin * scale)
        changed[at : at + 8] = struct.pack(">Ii", round(seconds * 1000), start)
    return bytes(changed)


def test_what_was_cut_off_on_the_phone_is_gone() -> None:
    """Pictures and sounds before and after the shown part are dropped; what is shown is the same."""
    raw = recording(seconds=4)
    part = cut(raw, 1.5, 1)
    clean = read_mp4(part)
    assert clean.seconds == 1
    before, after = decoded(part), decoded(clean.data)
    # AAC fills silence with chance, which depends on what was decoded before; its times do not.
    assert [time for time, _ in after] == [time for time, _ in before]
    assert after[:25] == before[:25]
    heard = [packet.data for packet in packets(clean.data) if packet.kind == "audio"]
    all_heard = [packet.data for packet in packets(raw) if packet.kind == "audio"]
    begin = all_heard.index(heard[0])
    assert all_heard[begin : begin + len(heard)] == heard
    assert 24 <= len([packet for packet in packets(clean.data) if packet.kind == "video"]) <= 40
    assert 46 <= len([packet for packet in packets(clean.data) if packet.kind == "audio"]) <= 58
    assert len(clean.data) < 0.45 * len(read_mp4(raw).data)
    assert read_mp4(clean.data).data == clean.data
