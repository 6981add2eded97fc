"""A new MP4 file around the pieces of one or two tracks: ftyp, moov, mdat, and nothing else.

The index stands before the pieces, so that a browser begins at once. All times of day are zero, all names
empty.
"""

from __future__ import annotations

import struct

from portfolio.media import video_refusals as refusals
from portfolio.media.mp4_boxes import packed, packed_full
from portfolio.media.mp4_samples import write_tables
from portfolio.media.mp4_tracks import Track
from portfolio.media.mp4_units import Packed, UnitFilter
from portfolio.media.streams import StreamLimits

_MATRIX_OF_NOTHING = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


class _Pieces:
    """The pieces of one track on their way into the new file."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self.sizes = list[int]()
        self.starts = list[int]()
        self.filters = [UnitFilter(entry.family, entry.length_bytes) for entry in track.entries]

    def runs(self) -> list[tuple[int, int, int]]:
        """Return where each run lay in the old file, and its first piece and the one after its last."""
        samples = self.track.samples
        ends = [*samples.chunks[1:], len(samples.sizes)]
        firsts = zip(samples.chunks, ends, strict=True)
        return [(samples.offsets[first], first, end) for first, end in firsts]

    def take(self, raw: memoryview, number: int) -> Packed:
        """Return one piece without its notes."""
        samples = self.track.samples
        offset = samples.offsets[number]
        piece = self.filters[samples.entries[number] - 1](raw[offset : offset + samples.sizes[number]])
        self.sizes.append(len(piece))
        return piece


def write_mp4(
    raw: bytes, tracks: list[Track], film_scale: int, film_matrix: bytes, limits: StreamLimits
) -> bytes:
    """Return the new file. Raises ``MediaRefused`` if more bytes would be kept than the limits allow."""
    pieces = [_Pieces(track) for track in tracks]
    data, length = _gather(raw, pieces, limits)
    only_sound = all(track.kind == "sound" for track in tracks)
    brands = b"M4A \0\0\2\0M4A isomiso2mp41" if only_sound else b"isom\0\0\2\0isomiso2mp41"
    front = packed(b"ftyp", brands)
    index = _index(pieces, film_scale, film_matrix, 0)
    begin = len(front) + len(index) + 8
    limits.check_bytes(begin + length)
    index = _index(pieces, film_scale, film_matrix, begin)
    return b"".join([front, index, struct.pack(">I", 8 + length), b"mdat", *data])


def _gather(raw: bytes, pieces: list[_Pieces], limits: StreamLimits) -> tuple[list[Packed], int]:
    """Return the kept pieces in the order they lay in the old file, and their length together."""
    view, data, length = memoryview(raw), list[Packed](), 0
    order = sorted(
        (offset, which, first, end) for which, each in enumerate(pieces) for offset, first, end in each.runs()
    )
    # Pieces are numbered through in each track, so its own runs must stay in their order.
    upcoming = [iter(each.runs()) for each in pieces]
    for _, which, _, _ in order:
        _, first, end = next(upcoming[which])
        pieces[which].starts.append(length)
        for number in range(first, end):
            piece = pieces[which].take(view, number)
            data.append(piece)
            length += len(piece)
        limits.check_bytes(length)
    return data, length


def _index(pieces: list[_Pieces], film_scale: int, film_matrix: bytes, begin: int) -> bytes:
    """Return ``moov``; ``begin`` is where the pieces begin in the new file."""
    lasting = [_ticks(each.track, film_scale) for each in pieces]
    head = packed_full(
        b"mvhd",
        struct.pack(">IIII", 0, 0, film_scale, max(lasting)),
        struct.pack(">IH10x", 1 << 16, 1 << 8),
        film_matrix,
        bytes(24),
        struct.pack(">I", len(pieces) + 1),
    )
    tracks = [
        _track(each, number, ticks, begin)
        for number, (each, ticks) in enumerate(zip(pieces, lasting, strict=True), 1)
    ]
    return packed(b"moov", head, *tracks)


def _ticks(track: Track, film_scale: int) -> int:
    """Return how long a track plays, in ticks of the film."""
    return _short(round(track.seconds(film_scale) * film_scale))


def _short(number: int) -> int:
    """Return a number that fits 32 bits; what our limits let through does, unless the file is a trap."""
    if not 0 <= number < 1 << 32:
        raise refusals.damaged()
    return number


def _track(pieces: _Pieces, number: int, ticks: int, begin: int) -> bytes:
    """Return one ``trak``."""
    track, sound = pieces.track, pieces.track.kind == "sound"
    head = packed_full(
        b"tkhd",
        struct.pack(">IIIII8xHHHH", 0, 0, number, 0, ticks, 0, 0, 1 << 8 if sound else 0, 0),
        track.matrix if not sound else _MATRIX_OF_NOTHING,
        struct.pack(">II", *((0, 0) if sound else track.shape)),
        flags=3,
    )
    handler = packed_full(b"hdlr", bytes(4), b"soun" if sound else b"vide", bytes(13))
    media_head = packed_full(
        b"mdhd",
        struct.pack(">IIIIHH", 0, 0, track.scale, _short(sum(track.samples.lasting)), track.language, 0),
    )
    return packed(
        b"trak", head, _edit_box(track), packed(b"mdia", media_head, handler, _media(pieces, begin))
    )


def _edit_box(track: Track) -> bytes:
    """Return the edit list, or nothing."""
    if not track.edits:
        return b""
    if any(not -1 <= edit.start < 1 << 31 for edit in track.edits):
        raise refusals.damaged()
    rows = [struct.pack(">IiI", _short(edit.lasting), edit.start, edit.rate) for edit in track.edits]
    return packed(b"edts", packed_full(b"elst", struct.pack(">I", len(rows)), *rows))


def _media(pieces: _Pieces, begin: int) -> bytes:
    """Return ``minf``: how the track is packed, and where its pieces are."""
    track = pieces.track
    sound = track.kind == "sound"
    entries = packed_full(
        b"stsd", struct.pack(">I", len(track.entries)), *(entry.box for entry in track.entries)
    )
    tables = write_tables(track.samples, pieces.sizes, [begin + start for start in pieces.starts])
    here = packed_full(b"dref", struct.pack(">I", 1), packed_full(b"url ", flags=1))
    return packed(
        b"minf",
        packed_full(b"smhd", bytes(4)) if sound else packed_full(b"vmhd", bytes(8), flags=1),
        packed(b"dinf", here),
        packed(b"stbl", entries, tables),
    )
