"""MP4, M4A and the films of iPhones (ISO/IEC 14496-12, QuickTime): taken apart and written anew.

A phone writes where and when a film was made into many corners of the file: boxes of notes, tracks of notes
whose data lie among the pictures, text inside the packed pictures. Nothing is searched for and deleted;
a new file is made of the parts that are needed to see and hear. What may still be in it: what the encoder
put into the packed pictures and sounds themselves (AAC has room for filling, and FFmpeg writes its name
there), and, where a film was cut on the phone, the fraction of a second that a decoder needs before the cut.
"""

from __future__ import annotations

from portfolio.media import video_refusals as refusals
from portfolio.media.mp4_boxes import Box, Fields, boxes, inside, needed
from portfolio.media.mp4_fragments import gather
from portfolio.media.mp4_tracks import Track, choose, sound_facts, video_facts
from portfolio.media.mp4_trim import trim
from portfolio.media.mp4_write import write_mp4
from portfolio.media.streams import USUAL_LIMITS, Keep, StreamLimits, Streams

_FIRST_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"pnot", b"free", b"skip"})
"""With which a file may begin; QuickTime's older files have no ``ftyp``."""

_STILL_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif"})


def looks_like_mp4(raw: bytes) -> bool:
    """Return whether a file begins like MP4 or QuickTime; HEIC and AVIF pictures do too, and are not meant."""
    return raw[4:8] in _FIRST_BOXES and not is_still(raw)


def is_still(raw: bytes) -> bool:
    """Return whether a file of boxes is a still picture (HEIC, AVIF)."""
    return raw[4:8] == b"ftyp" and raw[8:12] in _STILL_BRANDS


def read_mp4(raw: bytes, *, keep: Keep = "both", limits: StreamLimits = USUAL_LIMITS) -> Streams:
    """Return the first video and the first sound of ``raw`` in a new file, or the sound alone.

    Raises ``MediaRefused`` if it is no such file, is damaged or encrypted, goes beyond the limits, or is
    packed in a way that browsers do not play.
    """
    moov, moofs = _outline(raw)
    scale, matrix = _film(raw, moov)
    tracks = choose(raw, moov, keep)
    if moofs:
        gather(raw, moov, moofs, tracks, scale)
    tracks = [track for track in tracks if track.samples.sizes]
    if not tracks:
        raise refusals.cut_off()
    for track in tracks:
        trim(track, scale)
    _check(tracks, len(raw))
    seconds = max(track.seconds(scale) for track in tracks)
    limits.check_seconds(seconds)
    video = next((video_facts(track, matrix) for track in tracks if track.kind == "video"), None)
    audio = next((sound_facts(track) for track in tracks if track.kind == "sound"), None)
    return Streams(
        data=write_mp4(raw, tracks, scale, matrix, limits),
        media_type="video/mp4" if video else "audio/mp4",
        seconds=seconds,
        video=video,
        audio=audio,
    )


def _outline(raw: bytes) -> tuple[Box, list[Box]]:
    """Return the index of the file and its fragments. A file without an index has lost its end."""
    if not looks_like_mp4(raw):
        raise refusals.not_a_video()
    moov, moofs = None, list[Box]()
    for box in boxes(raw, 0, len(raw), whole_file=True):
        if box.kind == b"moov" and moov is None:
            moov = box
        elif box.kind == b"moof":
            moofs.append(box)
    if moov is None:
        raise refusals.cut_off()
    return moov, moofs


def _film(raw: bytes, moov: Box) -> tuple[int, bytes]:
    """Return ticks a second and the matrix of the whole film from ``mvhd`` (ISO/IEC 14496-12, 8.2.2)."""
    fields = Fields.of(raw, needed(inside(raw, moov), b"mvhd"))
    version, _ = fields.head()
    fields.take(16 if version == 1 else 8)
    scale = fields.number(4)
    fields.take(8 if version == 1 else 4)
    fields.take(16)
    if not scale:
        raise refusals.damaged()
    return scale, fields.take(36)


def _check(tracks: list[Track], length: int) -> None:
    """Refuse pieces beyond the end, and pieces named so often that the new file would grow."""
    for track in tracks:
        track.samples.check_inside(length)
    if sum(sum(track.samples.sizes) for track in tracks) > length:
        raise refusals.damaged()
