"""Notes inside packed pictures (SEI in H.264 and H.265, metadata in AV1): which go on and which stay behind."""

from __future__ import annotations

import re

import pytest

from portfolio.errors import MediaRefused
from portfolio.media.mp4_units import MAX_ALL_NOTES, UnitFilter, seen_unit
from tests.recordings import MARKER


def sei(*notes: tuple[int, bytes], head: bytes = b"\x06") -> bytes:
    """Return a unit of notes, with the threes that keep units apart."""
    body = b"".join(bytes([kind, len(content)]) + content for kind, content in notes) + b"\x80"
    return head + re.sub(rb"\0\0(?=[\0-\3])", b"\0\0\3", body)


def test_notes_of_users_are_dropped_and_others_stay() -> None:
    """Free text, T.35 and the time of day go; the note where to start and those about brightness stay."""
    zeros, kept = bytes(12), (6, b"\x84")
    for head, family in ((b"\x06", "avc"), (b"\x4e\x01", "hevc")):
        for kind in (4, 5, 1, 136, 200):
            assert seen_unit(sei((kind, MARKER), head=head), family) is None
        alone = sei(kept, (137, zeros * 2), head=head)
        assert seen_unit(alone, family) == alone
        mixed = sei((5, zeros + MARKER), kept, (4, MARKER), (137, zeros * 2), head=head)
        assert seen_unit(mixed, family) == alone


def test_a_note_that_reaches_beyond_its_unit_is_dropped() -> None:
    """Notes with a wrong length never go on."""
    assert seen_unit(b"\x06\x06\xff\xff\x10" + MARKER, "avc") is None
    assert seen_unit(b"\x06", "avc") is None


def test_filling_and_unnamed_units_are_dropped() -> None:
    """Units that fill up, and kinds no standard names, stay behind in H.264, H.265 and AV1."""
    assert seen_unit(b"\x0c" + MARKER, "avc") is None
    assert seen_unit(b"\x1e" + MARKER, "avc") is None
    assert seen_unit(bytes([38 << 1, 1]) + MARKER, "hevc") is None
    assert seen_unit(bytes([62 << 1, 1]) + MARKER, "hevc") is None
    note, frame = b"\x2a" + bytes([1 + len(MARKER)]) + b"\4" + MARKER, b"\x32\x03abc"
    light = b"\x2a\x05\1\0\0\0\0"
    filling = b"\x7a" + bytes([len(MARKER)]) + MARKER
    cleaned = UnitFilter("av1", 0)(memoryview(note + light + filling + frame))
    assert bytes(cleaned) == light + frame


def test_units_that_do_not_fill_a_picture_are_damage() -> None:
    """A length that reaches beyond the picture is refused, in H.264 and AV1."""
    for family, data in (
        ("avc", b"\0\0\0\x09abc"),
        ("avc", b"\0\0"),
        ("av1", b"\x32\x09abc"),
        ("av1", b"\x32"),
    ):
        with pytest.raises(MediaRefused, match="damaged"):
            UnitFilter(family, 4)(memoryview(data))


def test_a_film_of_notes_is_not_read_to_its_end() -> None:
    """Long notes are dropped unread, and after four megabytes of short ones all are."""
    light = sei((137, bytes(24)))
    long = light[:-1] + bytes([6, 0]) * 600 + b"\x80"
    picture = len(light).to_bytes(4, "big") + light
    assert seen_unit(long, "avc") is None
    units = UnitFilter("avc", 4)
    assert units(memoryview(picture)) == picture
    for _ in range(0, MAX_ALL_NOTES, 200 * len(light)):
        units(memoryview(picture * 200))
    assert units(memoryview(picture)) == b""
