"""The tracks of an MP4 file: which there are, which two are kept, and what is kept of them.

Tracks of notes (the places an iPhone passed, chapters, time codes, subtitles) are not even looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from portfolio.media import video_refusals as refusals
from portfolio.media.mp4_boxes import Box, Fields, boxes, inside, needed
from portfolio.media.mp4_entries import Entry, read_entry
from portfolio.media.mp4_samples import Samples, read_samples
from portfolio.media.streams import MAX_TRACKS, Keep, Kind, SoundFacts, VideoFacts, check_sides, playable

UNSAID = 0x55C4
"""The language code "und" (ISO 639-2), as five bits a letter."""

_HANDLERS: dict[bytes, Kind] = {b"vide": "video", b"soun": "sound"}

_MAX_ENTRIES = 8
_MAX_EDITS = 200


@dataclass(frozen=True)
class Edit:
    """One stretch of a track's timeline: how long (ticks of the film), from where (ticks of the track)."""

    lasting: int
    start: int
    """-1: nothing is shown or heard."""
    rate: int


@dataclass
class Track:
    """One kept track."""

    kind: Kind
    number: int
    """Its number in the file it comes from."""
    scale: int
    """Ticks a second."""
    language: int
    matrix: bytes
    shape: tuple[int, int]
    """Width and height as the header of the track has them, in 65,536ths of a dot."""
    entries: tuple[Entry, ...]
    edits: list[Edit] = field(default_factory=list)
    samples: Samples = field(default_factory=Samples)

    def seconds(self, film_scale: int) -> float:
        """Return how long it plays."""
        if self.edits:
            return sum(edit.lasting for edit in self.edits) / film_scale
        return sum(self.samples.lasting) / self.scale


def choose(raw: bytes, moov: Box, keep: Keep) -> list[Track]:
    """Return the first video and the first sound of a file that browsers can play.

    Raises ``MediaRefused`` if there are some, but none that they can play, or if they are encrypted.
    """
    found: dict[Kind, Track | None] = {}
    for kind, parts in _tracks(raw, moov):
        if found.get(kind) is None and (kind == "sound" or keep == "both"):
            found[kind] = _read_track(raw, kind, parts)
    return playable(found, keep)


def _tracks(raw: bytes, moov: Box) -> Iterator[tuple[Kind, dict[bytes, Box]]]:
    """Go through the tracks that can be seen or heard, with the boxes of each and of its ``mdia``."""
    count = 0
    for box in boxes(raw, moov.body, moov.end):
        if box.kind != b"trak":
            continue
        count += 1
        if count > MAX_TRACKS:
            raise refusals.damaged()
        parts = inside(raw, box)
        parts |= inside(raw, needed(parts, b"mdia"))
        handler = needed(parts, b"hdlr")
        kind = _HANDLERS.get(raw[handler.body : handler.end][8:12])
        if kind is not None:
            yield kind, parts


def _read_track(raw: bytes, kind: Kind, parts: dict[bytes, Box]) -> Track | None:
    """Return the track, or None if browsers cannot play how it is packed."""
    media = inside(raw, needed(parts, b"minf"))
    table = needed(media, b"stbl")
    entries = _entries(raw, needed(inside(raw, table), b"stsd"), kind)
    if entries is None:
        return None
    _check_it_is_all_here(raw, media)
    number, matrix, shape = _header(Fields.of(raw, needed(parts, b"tkhd")))
    scale, language = _clock(Fields.of(raw, needed(parts, b"mdhd")))
    track = Track(kind, number, scale, language, matrix, shape, entries)
    if b"edts" in parts:
        track.edits = _edits(raw, inside(raw, parts[b"edts"]).get(b"elst"))
    track.samples = read_samples(raw, table)
    if not set(track.samples.entries) <= set(range(1, len(entries) + 1)):
        raise refusals.damaged()
    return track


def _entries(raw: bytes, box: Box, kind: Kind) -> tuple[Entry, ...] | None:
    """Return the sample entries, or None if there is one that browsers cannot play."""
    found = [read_entry(raw, entry, kind) for entry in boxes(raw, box.body + 8, box.end)]
    entries = tuple(entry for entry in found if entry is not None)
    if not found or len(found) > _MAX_ENTRIES:
        raise refusals.damaged()
    return entries if len(entries) == len(found) else None


def _check_it_is_all_here(raw: bytes, media: dict[bytes, Box]) -> None:
    """Refuse a file whose pictures or sounds lie in another file (``dref`` without its flag 1)."""
    if b"dinf" not in media:
        return
    reference = inside(raw, media[b"dinf"]).get(b"dref")
    if reference is None:
        return
    for box in boxes(raw, reference.body + 8, reference.end):
        if not Fields.of(raw, box).head()[1] & 1:
            raise refusals.cut_off()


def _header(fields: Fields) -> tuple[int, bytes, tuple[int, int]]:
    """Return number, matrix and shape from a ``tkhd`` (ISO/IEC 14496-12, 8.3.2)."""
    version, _ = fields.head()
    fields.take(16 if version == 1 else 8)
    number = fields.number(4)
    fields.take(28 if version == 1 else 24)
    return number, fields.take(36), (fields.number(4), fields.number(4))


def _clock(fields: Fields) -> tuple[int, int]:
    """Return ticks a second and language from an ``mdhd`` (8.4.2); QuickTime's own codes are unsaid."""
    version, _ = fields.head()
    fields.take(16 if version == 1 else 8)
    scale = fields.number(4)
    fields.take(8 if version == 1 else 4)
    language = fields.number(2)
    if not scale:
        raise refusals.damaged()
    letters = all(1 <= language >> shift & 31 <= 26 for shift in (0, 5, 10))
    return scale, language if letters and language < 0x8000 else UNSAID


def _edits(raw: bytes, box: Box | None) -> list[Edit]:
    """Read an edit list (8.6.6)."""
    if box is None:
        return []
    fields = Fields.of(raw, box)
    wide = 8 if fields.head()[0] == 1 else 4
    count = fields.number(4)
    if count > _MAX_EDITS:
        raise refusals.damaged()
    return [Edit(fields.number(wide), fields.signed(wide), fields.number(4)) for _ in range(count)]


def video_facts(track: Track, film_matrix: bytes) -> VideoFacts:
    """Return what there is to see. Raises ``MediaRefused`` if it is far too large."""
    entry = track.entries[0]
    width, height = entry.width, entry.height
    for each in track.entries:
        check_sides(each.width, each.height)
    if _lies(track.matrix) != _lies(film_matrix):
        width, height = height, width
    plays = "everywhere" if all(each.plays == "everywhere" for each in track.entries) else "some"
    return VideoFacts(entry.codec, width, height, "everywhere" if plays == "everywhere" else "some")


def sound_facts(track: Track) -> SoundFacts:
    """Return what there is to hear."""
    entry = track.entries[0]
    return SoundFacts(entry.codec, entry.rate, entry.channels, entry.plays)


def _lies(matrix: bytes) -> bool:
    """Return whether a matrix turns by a quarter: what goes across then comes from what went down."""
    across, down = (int(number) for number in struct.unpack_from(">ii", matrix))
    return abs(down) > abs(across)
