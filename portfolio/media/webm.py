"""WebM, as the recorders of browsers write it (RFC 9559): taken apart and written anew.

The new file holds one video and one sound, knows its length (recorders leave it out) and has an index in
front, so that one can jump in it. Tags, attachments, chapters, names, programs and dates stay behind:
nothing carries them over.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.media import video_refusals as refusals
from portfolio.media.streams import (
    MAX_SAMPLES,
    USUAL_LIMITS,
    Keep,
    SoundFacts,
    StreamLimits,
    Streams,
    VideoFacts,
)
from portfolio.media.webm_blocks import Block, blocks_of
from portfolio.media.webm_elements import CLUSTER, EBML, INFO, SEGMENT, TRACKS, Element, Reader
from portfolio.media.webm_tracks import Track, choose
from portfolio.media.webm_write import write_webm

MAX_CLUSTERS = 20_000
"""Ten minutes in clusters of a tenth of a second are 6,000."""

_MAGIC = b"\x1aE\xdf\xa3"
_SCALE = 0x2AD7B1
_USUAL_SCALE = 1_000_000
_DOC_TYPE, _DOC_TYPES = 0x4282, frozenset({b"webm", b"matroska"})


def looks_like_webm(raw: bytes) -> bool:
    """Return whether a file begins like WebM or Matroska."""
    return raw.startswith(_MAGIC)


@dataclass
class _Outline:
    """The parts of a segment that are looked at."""

    info: Element | None = None
    tracks: Element | None = None
    clusters: list[Element] = field(default_factory=list)


def read_webm(raw: bytes, *, keep: Keep = "both", limits: StreamLimits = USUAL_LIMITS) -> Streams:
    """Return the first video and the first sound of ``raw`` in a new file, or the sound alone.

    Raises ``MediaRefused`` if it is no such file, is damaged, goes beyond the limits, or is packed in a
    way that browsers do not play.
    """
    reader = Reader(raw)
    outline = _outline(reader)
    if outline.tracks is None:
        raise refusals.cut_off()
    tracks = choose(reader, outline.tracks, keep)
    scale = _scale(reader, outline.info)
    clusters = _clusters(reader, outline.clusters, tracks)
    heard = {block.track.number for blocks in clusters for block in blocks}
    tracks = [track for track in tracks if track.number in heard]
    if not tracks:
        raise refusals.cut_off()
    seconds = _seconds(clusters, scale)
    limits.check_seconds(seconds)
    facts = [track.facts for track in tracks]
    video = next((fact for fact in facts if isinstance(fact, VideoFacts)), None)
    return Streams(
        data=write_webm(tracks, clusters, scale, seconds, limits),
        media_type="video/webm" if video else "audio/webm",
        seconds=seconds,
        video=video,
        audio=next((fact for fact in facts if isinstance(fact, SoundFacts)), None),
    )


def _outline(reader: Reader) -> _Outline:
    """Find the parts of the first segment; what comes after it is not looked at."""
    if not looks_like_webm(reader.raw):
        raise refusals.not_a_video()
    length = len(reader.raw)
    start = reader.at(0, length, open_ended=False)
    names = {reader.raw[each.body : each.end] for each in reader.inside(start) if each.kind == _DOC_TYPE}
    if start.kind != EBML or not names & _DOC_TYPES:
        raise refusals.not_a_video()
    segment = start
    while segment.kind != SEGMENT:
        if segment.end >= length:
            raise refusals.cut_off()
        segment = reader.at(segment.end, length, open_ended=False)
    outline = _Outline()
    for element in reader.inside(segment, depth=0):
        if element.kind == INFO and outline.info is None:
            outline.info = element
        elif element.kind == TRACKS and outline.tracks is None:
            outline.tracks = element
        elif element.kind == CLUSTER:
            outline.clusters.append(element)
        elif element.kind in {EBML, SEGMENT}:
            break
    return outline


def _clusters(reader: Reader, clusters: list[Element], tracks: list[Track]) -> list[list[Block]]:
    """Return the kept pieces, cluster by cluster. Raises ``MediaRefused`` if there are far too many."""
    kept, room = list[list[Block]](), MAX_SAMPLES
    for cluster in clusters:
        blocks = blocks_of(reader, cluster, tracks)
        room -= len(blocks)
        if room < 0 or len(kept) > MAX_CLUSTERS:
            raise refusals.damaged()
        if blocks:
            kept.append(blocks)
    return kept


def _scale(reader: Reader, info: Element | None) -> int:
    """Return how many nanoseconds a tick lasts; a thousandth of a second, if the file does not say."""
    for element in reader.inside(info) if info else ():
        if element.kind == _SCALE:
            scale = reader.number(element)
            if not 1 <= scale <= 1_000_000_000:
                raise refusals.damaged()
            return scale
    return _USUAL_SCALE


def _seconds(clusters: list[list[Block]], scale: int) -> float:
    """Return when the last piece ends, in seconds from the start."""
    ends = [0.0]
    before: dict[int, int] = {}
    for blocks in clusters:
        for block in blocks:
            number = block.track.number
            step = max(0, block.time - before.get(number, block.time))
            before[number] = block.time
            usual = block.track.usual_lasting / scale
            ends.append(block.time + (block.lasting or usual or step))
    return max(ends) * scale / 1_000_000_000
