"""MP4 files in fragments, as the recorders of browsers write them: gathered into the rows of whole files.

A fragment (``moof``) names pieces by rules with many defaults (ISO/IEC 14496-12, 8.8). They come out as
the same rows that the tables of a whole file give, so there is one way of writing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from portfolio.media import video_refusals as refusals
from portfolio.media.mp4_boxes import Box, Fields, boxes, inside
from portfolio.media.mp4_tracks import Edit, Track
from portfolio.media.streams import MAX_SAMPLES

_NOT_A_START = 0x10000
"""The flag of a piece that needs others before it (8.8.3.1)."""


MAX_PARTS = 200_000
"""Boxes in all fragments together; a recording of ten minutes has some 20,000."""


@dataclass
class _Usual:
    """What holds for pieces that say nothing else."""

    entry: int
    lasting: int
    size: int
    flags: int


@dataclass
class _Gathered:
    """One track, its defaults, and how far its time has come."""

    track: Track
    usual: _Usual
    first: int = 0
    now: int = 0


def gather(raw: bytes, moov: Box, moofs: list[Box], tracks: list[Track], film_scale: int) -> None:
    """Add the pieces in ``moofs`` to ``tracks``. Raises ``MediaRefused``."""
    all_usual = _usual(raw, moov)
    gathered = {
        track.number: _Gathered(track, all_usual.get(track.number, _Usual(1, 0, 0, 0))) for track in tracks
    }
    for each in gathered.values():
        each.now = sum(each.track.samples.lasting)
    room = MAX_PARTS
    for moof in moofs:
        end = moof.start
        for box in boxes(raw, moof.body, moof.end):
            parts = list(boxes(raw, box.body, box.end)) if box.kind == b"traf" else []
            room -= 1 + len(parts)
            if room < 0:
                raise refusals.damaged()
            if parts:
                end = _fragment(raw, moof, parts, end, gathered)
    _set_beginnings(list(gathered.values()), film_scale)


def _usual(raw: bytes, moov: Box) -> dict[int, _Usual]:
    """Read the defaults of each track."""
    found: dict[int, _Usual] = {}
    mvex = inside(raw, moov).get(b"mvex")
    if mvex is None:
        return found
    for box in boxes(raw, mvex.body, mvex.end):
        if box.kind == b"trex":
            fields = Fields.of(raw, box)
            fields.head()
            number = fields.number(4)
            found[number] = _Usual(*(fields.number(4) for _ in range(4)))
    return found


def _fragment(raw: bytes, moof: Box, parts: list[Box], before: int, gathered: dict[int, _Gathered]) -> int:
    """Add what the ``parts`` of one ``traf`` name, and return where its data end: the next may go on there."""
    head = next((box for box in parts if box.kind == b"tfhd"), None)
    if head is None:
        raise refusals.damaged()
    fields = Fields.of(raw, head)
    _, flags = fields.head()
    number = fields.number(4)
    # Tracks we do not keep are counted too: the place of the next may depend on their length.
    target = gathered.get(number) or _Gathered(Track("sound", 0, 1, 0, b"", (0, 0), ()), _Usual(1, 0, 0, 0))
    base = fields.number(8) if flags & 1 else moof.start if flags & 0x20000 else before
    usual = _own_usual(fields, flags, target.usual)
    at = base
    for box in parts:
        if box.kind == b"tfdt":
            clock = Fields.of(raw, box)
            _set_clock(target, clock.number(8 if clock.head()[0] == 1 else 4))
        elif box.kind == b"trun":
            at = _run(Fields.of(raw, box), base, at, usual, target)
    return at


def _own_usual(fields: Fields, flags: int, usual: _Usual) -> _Usual:
    """Return the defaults of one fragment (8.8.7)."""
    return _Usual(
        entry=fields.number(4) if flags & 2 else usual.entry,
        lasting=fields.number(4) if flags & 8 else usual.lasting,
        size=fields.number(4) if flags & 0x10 else usual.size,
        flags=fields.number(4) if flags & 0x20 else usual.flags,
    )


def _set_clock(target: _Gathered, time: int) -> None:
    """Note at what time the next piece begins: the piece before it lasts until then."""
    lasting = target.track.samples.lasting
    if not lasting:
        target.first = target.now = time
        return
    longer = lasting[-1] + time - target.now
    if longer >= 1 << 32:
        raise refusals.damaged()
    lasting[-1] = max(0, longer)
    target.now = max(time, target.now - lasting[-1])


def _run(fields: Fields, base: int, at: int, usual: _Usual, target: _Gathered) -> int:
    """Add the pieces of one ``trun`` (8.8.8), and return where they end."""
    version, flags = fields.head()
    count = fields.number(4)
    if flags & 1:
        at = base + fields.signed(4)
    first_flags = fields.number(4) if flags & 4 else None
    columns = [bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800)]
    samples = target.track.samples
    if at < 0 or len(samples.sizes) + count > MAX_SAMPLES or count * 4 * sum(columns) > fields.left:
        raise refusals.damaged()
    if not target.track.number and not columns[1]:
        return at + usual.size * count
    if count:
        samples.chunks.append(len(samples.sizes))
    samples.shift_version = max(samples.shift_version, min(version, 1))
    for number in range(count):
        lasting = fields.number(4) if columns[0] else usual.lasting
        size = fields.number(4) if columns[1] else usual.size
        own = fields.number(4) if columns[2] else usual.flags
        shift = fields.number(4) if columns[3] else 0
        if number == 0 and first_flags is not None:
            own = first_flags
        samples.offsets.append(at)
        samples.sizes.append(size)
        samples.lasting.append(lasting)
        samples.shifts.append(shift)
        samples.jumps.append(not own & _NOT_A_START)
        samples.entries.append(usual.entry)
        target.now += lasting
        at += size
    return at


def _set_beginnings(gathered: list[_Gathered], film_scale: int) -> None:
    """Keep sound and picture together: a track that began later waits; endless edits get their length."""
    beginnings = [each.first / each.track.scale for each in gathered]
    for each, beginning in zip(gathered, beginnings, strict=True):
        track = each.track
        if not set(track.samples.entries) <= set(range(1, len(track.entries) + 1)):
            raise refusals.damaged()
        total = sum(track.samples.lasting)
        waits = round((beginning - min(beginnings)) * film_scale)
        edits = [edit if edit.lasting else _whole(edit, track, total, film_scale) for edit in track.edits]
        if waits:
            edits = [
                Edit(waits, -1, 1 << 16),
                *(edits or [Edit(total * film_scale // track.scale, 0, 1 << 16)]),
            ]
        track.edits = [edit for edit in edits if edit.lasting]


def _whole(edit: Edit, track: Track, total: int, film_scale: int) -> Edit:
    """Return an edit without an end as one to the end of its track; an endless silence is none."""
    ticks = max(0, total - edit.start) if edit.start >= 0 else 0
    return replace(edit, lasting=ticks * film_scale // track.scale)
