"""A new WebM file around the pieces of one or two tracks, with an index in front of them."""

from __future__ import annotations

from portfolio.media.mp4_units import Packed
from portfolio.media.streams import StreamLimits
from portfolio.media.webm_blocks import Block
from portfolio.media.webm_elements import (
    CLUSTER,
    CUES,
    EBML,
    INFO,
    SEEK_HEAD,
    SEGMENT,
    TRACKS,
    fractional,
    head,
    packed,
    whole,
)
from portfolio.media.webm_tracks import Track

_MAKER = b"portfolio"

_WIDE = 8
"""Bytes for a place in the file: always as many, so that the index has its length before places are known."""


def write_webm(
    tracks: list[Track], clusters: list[list[Block]], scale: int, seconds: float, limits: StreamLimits
) -> bytes:
    """Return the new file. Raises ``MediaRefused`` if more bytes would be kept than the limits allow."""
    parts, places, length = list[Packed](), list[int](), 0
    for blocks in clusters:
        places.append(length)
        cluster = _cluster(blocks)
        parts += cluster
        length += sum(len(part) for part in cluster)
        limits.check_bytes(length)
    info = packed(
        INFO,
        whole(0x2AD7B1, scale),
        fractional(0x4489, seconds * 1_000_000_000 / scale),
        packed(0x4D80, _MAKER),
        packed(0x5741, _MAKER),
    )
    described = packed(TRACKS, *(track.entry for track in tracks))
    jumps = _jumps(tracks, clusters, places)
    before = len(_seek_head(0, 0, 0)) + len(info) + len(described)
    first_cluster = before + len(_cues(jumps, 0))
    front = [
        _seek_head(before - len(info) - len(described), before - len(described), before),
        info,
        described,
        _cues(jumps, first_cluster),
    ]
    start = _start() + head(SEGMENT, first_cluster + length)
    limits.check_bytes(len(start) + first_cluster + length)
    return b"".join([start, *front, *parts])


def _start() -> bytes:
    """Return the EBML head: what kind of file, and from which version of its rules on it can be read."""
    numbers = (0x4286, 1), (0x42F7, 1), (0x42F2, 4), (0x42F3, 8)
    kind = packed(0x4282, b"webm")
    versions = (0x4287, 4), (0x4285, 2)
    return packed(EBML, *(whole(*each) for each in numbers), kind, *(whole(*each) for each in versions))


def _cluster(blocks: list[Block]) -> list[Packed]:
    """Return one cluster, in parts that need not be copied."""
    parts = list[Packed]([whole(0xE7, blocks[0].base)])
    for block in blocks:
        parts += _block(block)
    return [head(CLUSTER, sum(len(part) for part in parts)), *parts]


def _block(block: Block) -> list[Packed]:
    """Return one piece with what stands beside it."""
    difference = (block.time - block.base).to_bytes(2, "big", signed=True)
    start = bytes([0x80 | block.track.new_number]) + difference + bytes([block.flags])
    length = len(start) + len(block.data)
    if block.simple:
        return [head(0xA3, length) + start, block.data]
    beside = b"".join(
        [
            whole(0x9B, block.lasting) if block.lasting else b"",
            *(packed(0xFB, reference) for reference in block.references),
            packed(0x75A2, block.cut) if block.cut else b"",
        ]
    )
    inner = head(0xA1, length) + start
    return [head(0xA0, len(inner) + len(block.data) + len(beside)) + inner, block.data, beside]


def _jumps(tracks: list[Track], clusters: list[list[Block]], places: list[int]) -> list[tuple[int, int, int]]:
    """Return time, track and place of the first piece in each cluster at which a player may begin."""
    track, jumps = tracks[0], list[tuple[int, int, int]]()
    for blocks, place in zip(clusters, places, strict=True):
        first = next((block for block in blocks if block.jump and block.track is track), None)
        if first is not None:
            jumps.append((max(0, first.time), track.new_number, place))
    return jumps


def _cues(jumps: list[tuple[int, int, int]], first_cluster: int) -> bytes:
    """Return the index, or nothing if there is nowhere to jump to."""
    points = (
        packed(
            0xBB,
            whole(0xB3, time, _WIDE),
            packed(0xB7, whole(0xF7, track), whole(0xF1, first_cluster + place, _WIDE)),
        )
        for time, track, place in jumps
    )
    return packed(CUES, *points) if jumps else b""


def _seek_head(info: int, tracks: int, cues: int) -> bytes:
    """Return the table of contents: where the three parts in front of the pieces begin."""
    places = (INFO, info), (TRACKS, tracks), (CUES, cues)
    return packed(
        SEEK_HEAD,
        *(
            packed(0x4DBB, packed(0x53AB, kind.to_bytes(4, "big")), whole(0x53AC, place, _WIDE))
            for kind, place in places
        ),
    )
