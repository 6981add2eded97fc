# long: the allow-list of one format's tracks is read in one place
"""The tracks of a WebM file: which two are kept, and which facts about them.

Names, languages and random numbers of tracks stay behind. What prepares a decoder is taken apart: Vorbis
keeps a list of comments there, of which an empty one must go on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.media import video_refusals as refusals
from portfolio.media.mp4_codecs import tidy_av1
from portfolio.media.streams import MAX_TRACKS, Keep, Kind, SoundFacts, VideoFacts, check_sides, playable
from portfolio.media.webm_elements import Element, Reader, fractional, packed, whole

_KINDS: dict[int, Kind] = {1: "video", 2: "sound"}
_CODECS: dict[Kind, frozenset[str]] = {
    "video": frozenset({"V_VP8", "V_VP9", "V_AV1"}),
    "sound": frozenset({"A_OPUS", "A_VORBIS"}),
}

_ENTRY, _NUMBER, _TYPE, _CODEC, _PRIVATE, _PACKED = 0xAE, 0xD7, 0x83, 0x86, 0x63A2, 0x6D80
_VIDEO, _SOUND, _COLOURS, _BRIGHTNESS, _PROJECTION = 0xE0, 0xE1, 0x55B0, 0x55D0, 0x7670
_WIDTH, _HEIGHT, _SHOWN_WIDTH, _SHOWN_HEIGHT, _ROLL = 0xB0, 0xBA, 0x54B0, 0x54BA, 0x7675
_RATE, _CHANNELS = 0xB5, 0x9F
_USUAL_LASTING = 0x23E383

_WHOLE = {
    _ENTRY: {_USUAL_LASTING, 0x56AA, 0x56BB},  # DefaultDuration, CodecDelay, SeekPreRoll
    _VIDEO: {0x9A, _WIDTH, _HEIGHT, _SHOWN_WIDTH, _SHOWN_HEIGHT, 0x54B2, 0x54AA, 0x54BB, 0x54CC, 0x54DD},
    _SOUND: {_CHANNELS, 0x6264},
    _COLOURS: {*range(0x55B1, 0x55BE)},
    _BRIGHTNESS: set[int](),
    _PROJECTION: {0x7671},
}
"""Elements with whole numbers that go on (RFC 9559, section 5.1.4), by the element they stand in."""

_FRACTIONS = {_SOUND: {_RATE, 0x78B5}, _BRIGHTNESS: {*range(0x55D1, 0x55DB)}, _PROJECTION: {_ROLL}}
_GROUPS = {_ENTRY: {_VIDEO, _SOUND}, _VIDEO: {_COLOURS, _PROJECTION}, _COLOURS: {_BRIGHTNESS}}

_MAX_CODEC_NAME = 32
_MAX_PRIVATE = 200_000


@dataclass(frozen=True)
class Track:
    """One kept track."""

    kind: Kind
    number: int
    """Its number in the file it comes from."""
    new_number: int
    codec: str
    entry: bytes
    """The element that describes it in the new file."""
    usual_lasting: int
    """Nanoseconds a piece lasts if it does not say; 0 if unknown."""
    facts: VideoFacts | SoundFacts


def choose(reader: Reader, tracks: Element, keep: Keep) -> list[Track]:
    """Return the first video and the first sound that browsers can play. Raises ``MediaRefused``."""
    found: dict[Kind, Track | None] = {}
    for entry in _entries(reader, tracks):
        parts: dict[int, Element] = {}
        for part in reader.inside(entry):
            parts.setdefault(part.kind, part)
        kind = _KINDS.get(reader.number(parts[_TYPE]) if _TYPE in parts else 0)
        if kind and found.get(kind) is None and (kind == "sound" or keep == "both"):
            found[kind] = _read(reader, kind, entry, parts)
    return playable(found, keep)


def _entries(reader: Reader, tracks: Element) -> Iterator[Element]:
    """Go through the descriptions of tracks."""
    entries = (element for element in reader.inside(tracks) if element.kind == _ENTRY)
    for count, entry in enumerate(entries):
        if count >= MAX_TRACKS:
            raise refusals.damaged()
        yield entry


def _read(reader: Reader, kind: Kind, entry: Element, parts: dict[int, Element]) -> Track | None:
    """Return the track, or None if browsers cannot play how it is packed."""
    if not {_NUMBER, _CODEC} <= set(parts):
        raise refusals.damaged()
    codec = _codec(reader, parts[_CODEC])
    # Packed once more, or encrypted: no recorder does the one, and the other is not for us.
    if codec not in _CODECS[kind] or _PACKED in parts:
        return None
    private = parts.get(_PRIVATE)
    content = reader.raw[private.body : private.end] if private else b""
    number, new_number = reader.number(parts[_NUMBER]), 1 if kind == "video" else 2
    facts = _video_facts(reader, parts, codec) if kind == "video" else _sound_facts(reader, parts, codec)
    tidy = packed(
        _ENTRY,
        whole(_NUMBER, new_number),
        whole(0x73C5, new_number),  # TrackUID
        whole(_TYPE, 1 if kind == "video" else 2),
        packed(0x22B59C, b"und"),  # Language
        packed(_CODEC, codec.encode("ascii")),
        _setup(codec, content),
        _numbers(reader, entry, _ENTRY),
    )
    usual = reader.number(parts[_USUAL_LASTING]) if _USUAL_LASTING in parts else 0
    return Track(kind, number, new_number, codec, tidy, usual, facts)


def _codec(reader: Reader, element: Element) -> str:
    """Return the name of a codec, without the zeros that may fill it up."""
    if element.end - element.body > _MAX_CODEC_NAME:
        raise refusals.damaged()
    return reader.raw[element.body : element.end].rstrip(b"\0").decode("ascii", "replace")


def _numbers(reader: Reader, parent: Element, kind: int) -> bytes:
    """Return anew the numbers in ``parent`` that go on, and the groups of numbers in it; three deep at most."""
    kept, seen = list[bytes](), set[int]()
    for element in reader.inside(parent):
        if element.kind in seen:
            continue
        if element.kind in _WHOLE[kind]:
            kept.append(whole(element.kind, reader.number(element)))
        elif element.kind in _FRACTIONS.get(kind, ()):
            kept.append(fractional(element.kind, reader.fraction(element)))
        elif element.kind in _GROUPS.get(kind, ()):
            kept.append(packed(element.kind, _numbers(reader, element, element.kind)))
        else:
            continue
        seen.add(element.kind)
    return b"".join(kept)


def _video_facts(reader: Reader, parts: dict[int, Element], codec: str) -> VideoFacts:
    """Return what there is to see. Raises ``MediaRefused`` if it is far too large.

    Safari plays WebM only in part and only since iOS 15 to 17, so no WebM plays everywhere.
    """
    if _VIDEO not in parts:
        raise refusals.damaged()
    sizes: dict[int, int] = {}
    roll = 0.0
    for element in reader.inside(parts[_VIDEO]):
        if element.kind in {_WIDTH, _HEIGHT, _SHOWN_WIDTH, _SHOWN_HEIGHT}:
            sizes.setdefault(element.kind, reader.number(element))
        elif element.kind == _PROJECTION:
            rolls = [part for part in reader.inside(element) if part.kind == _ROLL]
            roll = reader.fraction(rolls[0]) if rolls else 0.0
    width, height = sizes.get(_WIDTH, 0), sizes.get(_HEIGHT, 0)
    check_sides(width, height)
    shown = sizes.get(_SHOWN_WIDTH, 0), sizes.get(_SHOWN_HEIGHT, 0)
    if all(0 < side <= 65_535 for side in shown):
        width = max(1, round(height * shown[0] / shown[1]))
    check_sides(width, height)
    if math.isfinite(roll) and 45 < abs(roll) % 180 < 135:
        width, height = height, width
    return VideoFacts(codec, width, height, "some")


def _sound_facts(reader: Reader, parts: dict[int, Element], codec: str) -> SoundFacts:
    """Return what there is to hear; 8,000 samples a second and one channel, if the file does not say."""
    rate, channels = 8000.0, 1
    for element in reader.inside(parts[_SOUND]) if _SOUND in parts else ():
        if element.kind == _RATE:
            rate = reader.fraction(element)
        elif element.kind == _CHANNELS:
            channels = reader.number(element)
    if not (0 < rate < 1_000_000 and 1 <= channels <= 24):
        raise refusals.damaged()
    return SoundFacts(codec, int(rate), channels, "some")


def _setup(codec: str, content: bytes) -> bytes:
    """Return what prepares the decoder, anew. VP8 and VP9 need nothing."""
    if len(content) > _MAX_PRIVATE:
        raise refusals.damaged()
    if codec == "A_OPUS":
        return packed(_PRIVATE, _opus(content))
    if codec == "A_VORBIS":
        return packed(_PRIVATE, _vorbis(content))
    if codec == "V_AV1":
        return packed(_PRIVATE, tidy_av1(content))
    return b""


def _opus(content: bytes) -> bytes:
    """Return an Opus head of its exact length (RFC 7845, 5.1)."""
    if len(content) < 19 or content[:8] != b"OpusHead":
        raise refusals.damaged()
    length = 21 + content[9] if content[18] else 19
    if len(content) < length:
        raise refusals.damaged()
    return content[:length]


def _vorbis(content: bytes) -> bytes:
    """Return the three heads of Vorbis with an empty list of comments (Vorbis I, section 5)."""
    if content[:1] != b"\2":
        raise refusals.damaged()
    at, lengths = 1, list[int]()
    for _ in range(2):
        length = 0
        while at < len(content):
            length += content[at]
            at += 1
            if content[at - 1] != 255:
                break
        lengths.append(length)
    first, setup = content[at : at + lengths[0]], content[at + sum(lengths) :]
    if len(first) != 30 or first[:7] != b"\1vorbis" or setup[:7] != b"\5vorbis":
        raise refusals.damaged()
    maker = b"portfolio"
    comments = b"\3vorbis" + len(maker).to_bytes(4, "little") + maker + bytes(4) + b"\1"
    return bytes([2, len(first), len(comments)]) + first + comments + setup
