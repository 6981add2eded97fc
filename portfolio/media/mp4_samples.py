"""Where the pieces of a track lie in an MP4 file, how long each lasts, and where a player may jump to.

The tables of the file (ISO/IEC 14496-12, 8.6 and 8.7) become one row per piece, and rows become tables
again. Each table is held against its box and against ``MAX_SAMPLES`` before a row is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, pairwise

from portfolio.media import video_refusals as refusals
from portfolio.media.mp4_boxes import Box, Fields, inside, needed, packed_full, packed_table
from portfolio.media.streams import MAX_SAMPLES


@dataclass
class Samples:
    """The pieces of one track, column by column."""

    offsets: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    lasting: list[int] = field(default_factory=list)
    """Ticks until the next."""
    shifts: list[int] = field(default_factory=list)
    """Ticks from its turn to its showing, as the 32 bits that stand in the file."""
    jumps: list[bool] = field(default_factory=list)
    """Whether a player may begin here."""
    entries: list[int] = field(default_factory=list)
    """Which sample entry, from 1."""
    chunks: list[int] = field(default_factory=list)
    """The numbers, from 0, of the pieces with which a new run begins."""
    shift_version: int = 0

    def check_inside(self, length: int) -> None:
        """Refuse pieces that lie beyond the ``length`` of the file."""
        if any(offset + size > length for offset, size in zip(self.offsets, self.sizes, strict=True)):
            raise refusals.cut_off()


def read_samples(raw: bytes, table: Box) -> Samples:
    """Return the rows of the sample table ``table``; none if it is that of a file in fragments."""
    parts = inside(raw, table)
    samples = Samples(sizes=_sizes(raw, parts))
    count = len(samples.sizes)
    if not count:
        return samples
    samples.lasting = _lasting(Fields.of(raw, needed(parts, b"stts")), count)
    if b"ctts" in parts:
        fields = Fields.of(raw, parts[b"ctts"])
        samples.shift_version = min(fields.head()[0], 1)
        samples.shifts = _spread(fields.table(fields.number(4), 2), count, 0)
    else:
        samples.shifts = [0] * count
    samples.jumps = _jumps(raw, parts.get(b"stss"), count)
    _place(raw, parts, samples)
    return samples


def _sizes(raw: bytes, parts: dict[bytes, Box]) -> list[int]:
    """Read how many bytes each piece has."""
    fields = Fields.of(raw, needed(parts, b"stsz"))
    fields.head()
    alike, count = fields.number(4), fields.number(4)
    if count > MAX_SAMPLES:
        raise refusals.damaged()
    return [alike] * count if alike else list(fields.table(count))


def _lasting(fields: Fields, count: int) -> list[int]:
    """Read how long each piece lasts; the last length holds for pieces that were forgotten."""
    fields.head()
    rows = fields.table(fields.number(4), 2)
    if not rows:
        raise refusals.damaged()
    return _spread(rows, count, rows[-1])


def _spread(rows: tuple[int, ...], count: int, rest: int) -> list[int]:
    """Turn rows of "so many times, this value" into ``count`` values, the missing ones ``rest``."""
    values = list[int]()
    for times, value in zip(rows[::2], rows[1::2], strict=True):
        values += [value] * min(times, count - len(values))
    return values + [rest] * (count - len(values))


def _jumps(raw: bytes, box: Box | None, count: int) -> list[bool]:
    """Read where a player may begin: everywhere, if the file does not say."""
    if box is None:
        return [True] * count
    fields = Fields.of(raw, box)
    fields.head()
    jumps = [False] * count
    for number in fields.table(fields.number(4)):
        if not 1 <= number <= count:
            raise refusals.damaged()
        jumps[number - 1] = True
    return jumps


def _place(raw: bytes, parts: dict[bytes, Box], samples: Samples) -> None:
    """Read where each piece lies: where each run begins, and how many pieces stand in it."""
    starts, count = _starts(raw, parts), len(samples.sizes)
    fields = Fields.of(raw, needed(parts, b"stsc"))
    fields.head()
    rows = fields.table(fields.number(4), 3)
    firsts, lengths, entries = rows[::3], rows[1::3], rows[2::3]
    if not firsts or firsts[0] != 1 or any(b <= a for a, b in pairwise(firsts)):
        raise refusals.damaged()
    row = number = 0
    for chunk, start in enumerate(starts, 1):
        if number == count:
            return
        if row + 1 < len(firsts) and firsts[row + 1] == chunk:
            row += 1
        last = min(number + lengths[row], count)
        if last > number:
            samples.chunks.append(number)
        at = start
        for size in samples.sizes[number:last]:
            samples.offsets.append(at)
            at += size
        samples.entries += [entries[row]] * (last - number)
        number = last
    if number < count:
        raise refusals.damaged()


def _starts(raw: bytes, parts: dict[bytes, Box]) -> tuple[int, ...]:
    """Read where the runs begin, from the table of short or of long numbers."""
    if b"stco" in parts:
        fields = Fields.of(raw, parts[b"stco"])
        fields.head()
        return fields.table(fields.number(4))
    fields = Fields.of(raw, needed(parts, b"co64"))
    fields.head()
    halves = fields.table(fields.number(4), 2)
    return tuple(high << 32 | low for high, low in zip(halves[::2], halves[1::2], strict=True))


def write_tables(samples: Samples, sizes: list[int], starts: list[int]) -> bytes:
    """Return the boxes of a sample table: ``sizes`` of the pieces and ``starts`` of the runs, as written."""
    jumps = [number for number, jump in enumerate(samples.jumps, 1) if jump]
    return b"".join(
        [
            packed_table(b"stts", _runs(samples.lasting), 2),
            packed_table(b"ctts", _runs(samples.shifts), 2, version=samples.shift_version)
            if any(samples.shifts)
            else b"",
            b"" if len(jumps) == len(sizes) else packed_table(b"stss", jumps),
            packed_table(b"stsc", _chunk_rows(samples), 3),
            packed_full(b"stsz", bytes(4), len(sizes).to_bytes(4, "big"), _numbers(sizes)),
            packed_table(b"stco", starts),
        ]
    )


def _numbers(values: list[int]) -> bytes:
    return b"".join(value.to_bytes(4, "big") for value in values)


def _runs(values: list[int]) -> list[int]:
    """Turn values into rows of "so many times, this value"."""
    return [number for value, alike in groupby(values) for number in (sum(1 for _ in alike), value)]


def _chunk_rows(samples: Samples) -> list[int]:
    """Return the rows "from this run on, so many pieces, packed like this"."""
    rows, before = list[int](), (0, 0)
    ends = [*samples.chunks[1:], len(samples.sizes)]
    for number, (first, end) in enumerate(zip(samples.chunks, ends, strict=True), 1):
        now = (end - first, samples.entries[first])
        if now != before:
            rows += (number, *now)
            before = now
    return rows
