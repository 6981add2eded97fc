"""WebM on its way in: what is dropped, what stays the same, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from unittest.mock import patch

import av
import pytest

from portfolio.errors import MediaRefused
from portfolio.media import webm
from portfolio.media.streams import StreamLimits
from portfolio.media.webm import looks_like_webm, read_webm
from tests.containers import ALLOWED_ELEMENTS, elements
from tests.recordings import MARKER, decoded, element, packets, recording, webm_with_gps

KINDS = {
    "VP8 and Opus": ("libvpx", "libopus"),
    "VP9 and Opus": ("libvpx-vp9", "libopus"),
    "AV1 and Opus": ("libsvtav1", "libopus"),
    "VP8 and Vorbis": ("libvpx", "vorbis"),
    "VP8": ("libvpx", None),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize("live", [True, False], ids=["live", "finished"])
def test_nothing_but_allowed_elements_is_in_the_new_file(kind: tuple[str, str | None], live: bool) -> None:
    """Tags, attachments, chapters, filling, titles, names and dates are gone, and so is the marker."""
    raw = webm_with_gps(*kind, live=live)
    assert MARKER in raw
    clean = read_webm(raw).data
    assert b"SECRET" not in clean
    assert b"Lavf" not in clean and b"Lavc" not in clean
    assert {name for name, _ in elements(clean)} <= ALLOWED_ELEMENTS


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize("live", [True, False], ids=["live", "finished"])
def test_what_is_seen_and_heard_is_the_same(kind: tuple[str, str | None], live: bool) -> None:
    """Packets, their times, and every decoded picture and sound are those of the file that came in."""
    raw = webm_with_gps(*kind, live=live)
    clean = read_webm(raw).data
    assert packets(clean) == packets(raw)
    assert len(packets(clean)) >= 25
    assert decoded(clean) == decoded(raw)


def test_a_recording_gets_its_length_and_an_index() -> None:
    """A live recording knows neither; afterwards it has both, and one can jump in it."""
    raw = webm_with_gps()
    with av.open(BytesIO(raw), "r") as file:
        assert file.duration is None or file.duration <= 0
    clean = read_webm(raw)
    with av.open(BytesIO(clean.data), "r") as file:
        assert (file.duration or 0) / 1_000_000 == pytest.approx(1.0, abs=0.05)
    assert clean.seconds == pytest.approx(1.0, abs=0.05)
    found = elements(clean.data)
    segment = next(content for name, content in found if name == 0x18538067)
    places = [int.from_bytes(content, "big") for name, content in found if name == 0xF1]
    assert places and all(segment[place : place + 4] == b"\x1f\x43\xb6\x75" for place in places)
    for kind, place in zip(
        [content for name, content in found if name == 0x53AB],
        [int.from_bytes(content, "big") for name, content in found if name == 0x53AC],
        strict=True,
    ):
        assert segment[place : place + 4] == kind


def test_a_clean_recording_stays_as_it_is() -> None:
    """Cleaning twice gives the same bytes as cleaning once."""
    for kind in KINDS.values():
        once = read_webm(webm_with_gps(*kind)).data
        assert read_webm(once).data == once


def test_sound_alone_can_be_taken_out() -> None:
    """From a film or a recording of sound, the sound comes out alone, with the packets it had."""
    only = recording("webm", None, "libopus", options=(("live", "1"),))
    for raw in (only, webm_with_gps(), webm_with_gps(sound="vorbis")):
        heard = read_webm(raw, keep="sound")
        assert (heard.media_type, heard.video) == ("audio/webm", None)
        assert heard.audio is not None and heard.audio.rate == 48_000
        assert [packet.data for packet in packets(heard.data)] == [
            packet.data for packet in packets(raw) if packet.kind == "audio"
        ]
        assert b"SECRET" not in heard.data
    assert read_webm(only).video is None


def film(*parts: bytes) -> bytes:
    """Return a WebM file with ``parts`` in its segment."""
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(0x18538067, *parts)


def track(kind: bytes, codec: bytes, *more: bytes) -> bytes:
    """Return a list of one track."""
    entry = (element(0xD7, b"\1"), element(0x83, kind), element(0x86, codec), *more)
    return element(0x1654AE6B, element(0xAE, *entry))


SHAPE = element(0xE0, element(0xB0, b"\x60"), element(0xBA, b"\x40"))
PIECE = element(0x1F43B675, element(0xE7, b"\0"), element(0xA3, b"\x81\0\0\x80abc"))


def test_a_name_hidden_in_the_setup_of_a_decoder_is_gone() -> None:
    """Opus heads lose what stands behind them, VP8 and VP9 all that is said to prepare them."""
    head = b"OpusHead\1\1\x38\1\x80\xbb\0\0\0\0\0"
    opus = read_webm(film(track(b"\2", b"A_OPUS", element(0x63A2, head + MARKER)), PIECE)).data
    assert (0x63A2, head) in elements(opus)
    assert b"SECRET" not in opus
    vp8 = read_webm(film(track(b"\1", b"V_VP8", SHAPE, element(0x63A2, MARKER)), PIECE)).data
    assert b"SECRET" not in vp8


def test_the_comments_of_vorbis_are_gone() -> None:
    """The second of three heads names the program and whatever a tagger adds; an empty one goes on."""
    first, setup = b"\1vorbis" + bytes(22) + b"\1", b"\5vorbis" + bytes(40)
    place = b"LOCATION=" + MARKER
    comments = b"\3vorbis" + len(MARKER).to_bytes(4, "little") + MARKER + b"\1\0\0\0"
    comments += len(place).to_bytes(4, "little") + place + bytes(200) + b"\1"
    private = b"\2" + bytes([30, 255, len(comments) - 255]) + first + comments + setup
    clean = read_webm(film(track(b"\2", b"A_VORBIS", element(0x63A2, private)), PIECE)).data
    empty = b"\3vorbis\x09\0\0\0portfolio\0\0\0\0\1"
    assert (0x63A2, bytes([2, 30, len(empty)]) + first + empty + setup) in elements(clean)
    with pytest.raises(MediaRefused, match="damaged"):
        read_webm(film(track(b"\2", b"A_VORBIS", element(0x63A2, private[:60])), PIECE))


def test_a_turned_recording_is_as_high_as_it_was_wide() -> None:
    """The roll of the camera is kept, and width and height are those that are shown."""
    roll = element(0x7670, element(0x7671, b"\0"), element(0x7675, b"\x42\xb4\0\0"), element(0x7672, MARKER))
    shape = element(0xE0, element(0xB0, b"\x60"), element(0xBA, b"\x40"), roll)
    clean = read_webm(film(track(b"\1", b"V_VP8", shape), PIECE))
    assert clean.video is not None and (clean.video.width, clean.video.height) == (64, 96)
    assert b"SECRET" not in clean.data
    assert (0x7675, b"\x40\x56\x80\0\0\0\0\0") in elements(clean.data)


def test_what_stands_beside_a_piece_is_kept_or_dropped_by_name() -> None:
    """How long a piece lasts and which it needs go on; added data and what has no name stay behind."""
    beside = element(0x75A1, element(0xA6, element(0xEE, b"\1"), element(0xA5, MARKER)))
    piece = element(0xA1, b"\x81\0\5\0abc")
    group = element(
        0xA0, beside, piece, element(0x9B, b"\x14"), element(0xFB, b"\xfb"), element(0xEC, MARKER)
    )
    cluster = element(0x1F43B675, element(0xE7, b"\0"), element(0xA3, b"\x81\0\0\x80abc"), group)
    clean = read_webm(film(track(b"\1", b"V_VP8", SHAPE), cluster))
    assert b"SECRET" not in clean.data
    found = elements(clean.data)
    assert [name for name, _ in found[-5:]] == [0xA3, 0xA0, 0xA1, 0x9B, 0xFB]
    assert clean.seconds == 0.025


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "another program's film": (lambda: film(track(b"\1", b"V_MPEG4/ISO/AVC", SHAPE), PIECE), "rare way"),
    "another sound": (lambda: film(track(b"\2", b"A_AAC"), PIECE), "sound in this file was saved"),
    "a packed track": (lambda: film(track(b"\1", b"V_VP8", SHAPE, element(0x6D80)), PIECE), "rare way"),
    "no track": (lambda: film(PIECE), "not all there"),
    "subtitles alone": (lambda: film(track(b"\x11", b"S_TEXT/UTF8"), PIECE), "not a video"),
    "no pieces": (lambda: film(track(b"\1", b"V_VP8", SHAPE)), "not all there"),
    "no shape": (lambda: film(track(b"\1", b"V_VP8"), PIECE), "damaged"),
    "far too wide": (
        lambda: film(
            track(b"\1", b"V_VP8", element(0xE0, element(0xB0, b"\x40\0"), element(0xBA, b"\x40"))), PIECE
        ),
        "One side has 16384 dots, and 4096",
    ),
    "another kind of file": (lambda: element(0x1A45DFA3, element(0x4282, b"other")), "not a video"),
    "the end missing": (lambda: recording("webm", "libvpx", "libopus")[:-9], "not all there"),
    "a piece of no length": (
        lambda: film(
            track(b"\1", b"V_VP8", SHAPE), element(0x1F43B675, element(0xE7, b"\0"), b"\xa3\x81\x81")
        ),
        "damaged",
    ),
}


@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_taken_is_refused_with_a_sentence(make: Callable[[], bytes], words: str) -> None:
    """Rare, broken and foreign files are refused, each with its own words."""
    with pytest.raises(MediaRefused, match=words):
        read_webm(make())


def test_a_recording_that_is_too_long_or_too_heavy_is_refused() -> None:
    """Seconds and bytes are counted before anything is written."""
    late = element(0x1F43B675, element(0xE7, b"\x02\xc0\0"), element(0xA3, b"\x81\0\0\x80abc"))
    with pytest.raises(MediaRefused, match="too long: 361 seconds, and 180 seconds"):
        read_webm(film(track(b"\1", b"V_VP8", SHAPE), PIECE, late), limits=StreamLimits(seconds=180))
    with pytest.raises(MediaRefused, match="takes 1 MB, and 0 MB"):
        read_webm(webm_with_gps(), limits=StreamLimits(bytes_kept=9000))


def test_far_too_many_pieces_or_clusters_are_refused() -> None:
    """Pieces are counted over all clusters, and clusters are counted too."""
    raw = webm_with_gps()
    assert 50 < len(packets(raw)) < 100
    for name, most in (("MAX_SAMPLES", 50), ("MAX_CLUSTERS", 1)):
        with patch.object(webm, name, most), pytest.raises(MediaRefused, match="damaged"):
            read_webm(raw)
    with patch.object(webm, "MAX_SAMPLES", 100):
        assert read_webm(raw).data


def test_webm_is_known_by_its_first_bytes() -> None:
    """Matroska and WebM begin alike; nothing else does."""
    assert looks_like_webm(recording("webm", "libvpx", "libopus"))
    assert not looks_like_webm(b"")
    assert not looks_like_webm(recording())
