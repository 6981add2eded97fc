"""The pieces of a WebM file: which cluster they stand in, when they are shown, and where their bytes are."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.media import video_refusals as refusals
from portfolio.media.mp4_units import Packed, UnitFilter
from portfolio.media.webm_elements import Element, Reader, number_at
from portfolio.media.webm_tracks import Track

_TIME, _SIMPLE, _GROUP, _BLOCK = 0xE7, 0xA3, 0xA0, 0xA1
_LASTING, _REFERENCE, _CUT = 0x9B, 0xFB, 0x75A2

_LACED = 0x06
_JUMP = 0x80

MAX_TICKS = 1 << 50


@dataclass(frozen=True)
class Block:
    """One piece (or a few pieces of sound tied together)."""

    track: Track
    time: int
    """Ticks from the start of the file."""
    base: int
    """The time of its cluster: in the file stands the difference, in 16 bits."""
    flags: int
    data: Packed
    simple: bool
    lasting: int = 0
    """Ticks; 0 if it does not say."""
    references: tuple[bytes, ...] = ()
    """Differences to the times of pieces it needs, as they stand in the file."""
    cut: bytes = b""
    """How much of the sound at its end is not played, as it stands in the file."""

    @property
    def jump(self) -> bool:
        """Whether a player may begin here."""
        return bool(self.flags & _JUMP) if self.simple else not self.references


def blocks_of(reader: Reader, cluster: Element, tracks: list[Track]) -> list[Block]:
    """Return the pieces in ``cluster`` that belong to ``tracks``. Raises ``MediaRefused``.

    There are at most as many as the reader counts elements.
    """
    kept = {track.number: track for track in tracks}
    filters = {track.number: UnitFilter("av1", 0) for track in tracks if track.codec == "V_AV1"}
    base, blocks = None, list[Block]()
    for element in reader.inside(cluster):
        if element.kind == _TIME and base is None:
            base = reader.number(element)
            if base > MAX_TICKS:
                raise refusals.damaged()
        if element.kind not in {_SIMPLE, _GROUP}:
            continue
        parts = _parts(reader, element)
        block = _block(reader, parts, base, kept, filters) if parts else None
        if block is not None:
            blocks.append(block)
    return blocks


def _parts(reader: Reader, element: Element) -> list[Element]:
    """Return the block and what stands beside it that we know; nothing, if there is no block."""
    if element.kind == _SIMPLE:
        return [element]
    parts = [part for part in reader.inside(element) if part.kind in {_BLOCK, _LASTING, _REFERENCE, _CUT}]
    found = [part for part in parts if part.kind == _BLOCK]
    return found[:1] + [part for part in parts if part.kind != _BLOCK] if found else []


def _block(
    reader: Reader,
    parts: list[Element],
    base: int | None,
    kept: dict[int, Track],
    filters: dict[int, UnitFilter],
) -> Block | None:
    """Return the piece in ``parts``, or None if it belongs to a track that stays behind."""
    element, raw = parts[0], reader.raw
    number, at = number_at(raw, element.body, element.end)
    if number not in kept:
        return None
    if base is None or at + 3 > element.end:
        raise refusals.damaged()
    time = base + int.from_bytes(raw[at : at + 2], "big", signed=True)
    flags = raw[at + 2]
    data: Packed = memoryview(raw)[at + 3 : element.end]
    if number in filters:
        if flags & _LACED:
            raise refusals.damaged()
        data = filters[number](memoryview(data))
    lasting = [reader.number(part) for part in parts if part.kind == _LASTING]
    if lasting and lasting[0] > MAX_TICKS:
        raise refusals.damaged()
    cut = [_short(reader, part) for part in parts if part.kind == _CUT]
    return Block(
        track=kept[number],
        time=time,
        base=base,
        flags=flags & (0x8F if element.kind == _SIMPLE else 0x0E),
        data=data,
        simple=element.kind == _SIMPLE,
        lasting=lasting[0] if lasting else 0,
        references=tuple(_short(reader, part) for part in parts if part.kind == _REFERENCE)[:8],
        cut=cut[0] if cut else b"",
    )


def _short(reader: Reader, element: Element) -> bytes:
    """Return a number that may be below zero as its bytes."""
    content = reader.raw[element.body : element.end]
    if not 1 <= len(content) <= 8:
        raise refusals.damaged()
    return content
