# long: one format from its first byte to its last
"""MP3: keep the frames of sound, drop everything between, before and behind them.

Headers, tables and lengths: ISO/IEC 11172-3, 2.4.1.3 and 2.4.2.3 (MPEG-1), ISO/IEC 13818-3, 2.4 (MPEG-2, half
the sampling rates), and the common "2.5" extension (a quarter). Only layer III.

What goes: ID3v1, ID3v2 with pictures and positions, APE and Lyrics3 tags, filling, anything that is no
frame. The information frame that encoders put first is written anew: how many frames, how much silence to cut
at both ends, and no word about the encoder's settings.

What cannot be cleaned this way: a few bits in each frame that players ignore (the "private" bit, and
"ancillary" bytes at its end). Finding those would take decoding every frame. No recorder or tag program
writes text there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from portfolio.media import declined
from portfolio.media.sound_parts import CleanStream

_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""Samples a second by the two version bits: 3 is MPEG-1, 2 is MPEG-2, 0 is MPEG 2.5."""

_HEADER = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]")
"""Where a frame may start: sync, layer III, a bit rate that is neither "free" nor forbidden."""

_MOST_FALSE_STARTS = 20_000
_MOST_TAGS = 16
_MONO = 3

_SAME_IN_ALL = 0xFFFE0C00
"""Bits of a header that never change within one recording: sync, version, layer, sampling rate."""

_INFO_WORDS = (b"Xing", b"Info")
_COUNTS_ONLY, _ALL = 3, 15
"""Flags of the information frame: number of frames and bytes; also where each hundredth starts, and a grade."""

_LONG = 8 + 4 + 4 + 100 + 4
"""Bytes from the frame's word to the encoder's, when everything is there."""

_ENCODER = b"LAME3.100"
"""Players believe the silence to cut only behind a word they know; this one stands there whoever encoded."""


@dataclass(frozen=True)
class _Frame:
    """One frame, by its header."""

    bits: int
    length: int
    """Bytes, header included."""
    samples: int
    rate: int
    side: int
    """Bytes of side information between header and data."""


def read_mp3(raw: bytes) -> CleanStream:
    """Return the sound in an MP3 file without anything that is not sound.

    Raises ``MediaRefused`` if less than half of what is left after the tags are whole frames that fit
    together, or fewer than three of them.
    """
    start, end = _after_tags(raw), _before_tags(raw)
    frames, broken_off = _frames(raw, start, end)
    if not frames or (len(frames) < 3 and broken_off):
        raise declined.sound_cut_off() if broken_off else declined.sound_damaged()
    info = _information(raw, *frames[0])
    if info:
        frames = frames[1:]
    kept = sum(frame.length for _, frame in frames)
    if len(frames) < 3 or 2 * kept < end - start:
        raise declined.sound_damaged()
    body = b"".join(raw[at : at + frame.length] for at, frame in frames)
    seconds = sum(frame.samples for _, frame in frames) / frames[0][1].rate
    return CleanStream(_with_counts(info, [frame.length for _, frame in frames]) + body, seconds)


def _frame(raw: bytes, at: int) -> _Frame | None:
    """Return the frame whose header stands at ``at``, or nothing if none does."""
    bits = int.from_bytes(raw[at : at + 4], "big")
    version, code, rate_code = bits >> 19 & 3, bits >> 12 & 15, bits >> 10 & 3
    if bits >> 21 != 0x7FF or version == 1 or bits >> 17 & 3 != 1 or rate_code == 3 or code in (0, 15):
        return None
    rate, first = _RATES[version][rate_code], version == 3
    kbits = (_KBITS_1 if first else _KBITS_2)[code]
    length = (144_000 if first else 72_000) * kbits // rate + (bits >> 9 & 1)
    mono = bits >> 6 & 3 == _MONO
    side = (17 if mono else 32) if first else (9 if mono else 17)
    return _Frame(bits, length, 1152 if first else 576, rate, side)


def _frames(raw: bytes, at: int, end: int) -> tuple[list[tuple[int, _Frame]], bool]:
    """Return all whole frames that fit together, each with its place; and whether the last is broken off."""
    found: list[tuple[int, _Frame]] = []
    false_starts = 0
    while at + 4 <= end:
        frame = _frame(raw, at)
        fits = frame is not None and (not found or _alike(frame, found[0][1]))
        if frame is None or not fits or not _follows(raw, at, end, frame, found):
            if frame is not None and fits and at + frame.length > end and found:
                return found, True
            false_starts += 1
            if false_starts > _MOST_FALSE_STARTS:
                raise declined.sound_damaged()
            next_one = _HEADER.search(raw, at + 1, end)
            if next_one is None:
                break
            at = next_one.start()
            continue
        found.append((at, frame))
        at += frame.length
    return found, False


def _alike(one: _Frame, other: _Frame) -> bool:
    """Say whether two frames can belong to one recording."""
    return one.bits & _SAME_IN_ALL == other.bits & _SAME_IN_ALL


def _follows(raw: bytes, at: int, end: int, frame: _Frame, found: list[tuple[int, _Frame]]) -> bool:
    """Say whether a frame is whole, and either continues the one before or has a second one behind it."""
    behind = at + frame.length
    if behind > end:
        return False
    if found and found[-1][0] + found[-1][1].length == at:
        return True
    second = _frame(raw, behind) if behind + 4 <= end else None
    return second is not None and _alike(frame, second)


def _after_tags(raw: bytes) -> int:
    """Return where the file goes on after the ID3v2 tags at its beginning (ID3v2.4, section 3.1)."""
    at = 0
    for _ in range(_MOST_TAGS):
        head = raw[at : at + 10]
        if len(head) < 10 or not head.startswith(b"ID3") or max(head[6:]) > 0x7F:
            break
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        at += 10 + size + (10 if head[5] & 0x10 else 0)
    return min(at, len(raw))


def _before_tags(raw: bytes) -> int:
    """Return where the sound ends, before the tags at the end: ID3v1, APE, Lyrics3, a second ID3v2."""
    end = len(raw)
    for _ in range(_MOST_TAGS):
        if raw[max(0, end - 128) : end].startswith(b"TAG"):
            end -= 128
        elif raw[max(0, end - 32) : end].startswith(b"APETAGEX"):
            size = int.from_bytes(raw[end - 20 : end - 16], "little")
            has_header = raw[end - 9] & 0x80
            end -= size + (32 if has_header else 0)
        elif raw[max(0, end - 9) : end] == b"LYRICS200" and raw[end - 15 : end - 9].isdigit():
            end -= 15 + int(raw[end - 15 : end - 9])
        elif raw[max(0, end - 10) : end].startswith(b"3DI") and max(raw[end - 4 : end]) <= 0x7F:
            size = raw[end - 4] << 21 | raw[end - 3] << 14 | raw[end - 2] << 7 | raw[end - 1]
            end -= 20 + size
        else:
            break
        end = max(0, end)
    return end


def _information(raw: bytes, at: int, frame: _Frame) -> bytes:
    """Return a neutral frame in place of an information frame, or nothing if the frame is sound.

    Layout: the description of the "Xing" header and of its extension by LAME.
    """
    body = raw[at : at + frame.length]
    place = 4 + frame.side
    if body[36:40] == b"VBRI":
        return body[:4].ljust(place, b"\0") + b"Xing" + bytes(frame.length - place - 4)
    word = body[place : place + 4]
    if word not in _INFO_WORDS:
        return b""
    neutral = bytearray(frame.length)
    neutral[:4], neutral[place : place + 4] = body[:4], word
    flags = int.from_bytes(body[place + 4 : place + 8], "big")
    tail = place + 8 + 4 * (flags & 1) + 4 * (flags >> 1 & 1) + 100 * (flags >> 2 & 1) + 4 * (flags >> 3 & 1)
    ours = place + _LONG
    if body[tail : tail + 4] in (b"LAME", b"Lavf", b"Lavc") and ours + 36 <= frame.length:
        neutral[ours : ours + 9] = _ENCODER
        neutral[ours + 21 : ours + 24] = body[tail + 21 : tail + 24]
    return bytes(neutral)


def _with_counts(info: bytes, lengths: list[int]) -> bytes:
    """Return the neutral frame with the number of frames and bytes in it, and where each hundredth starts."""
    frame = _frame(info, 0)
    if frame is None:
        return b""
    place, whole = 4 + frame.side, sum(lengths) + len(info)
    is_long = place + _LONG <= frame.length
    numbers = (_ALL if is_long else _COUNTS_ONLY, len(lengths), whole)
    counts = b"".join(number.to_bytes(4, "big") for number in numbers)
    if is_long:
        starts = list(accumulate(lengths, initial=len(info)))
        counts += bytes(256 * starts[part * len(lengths) // 100] // whole for part in range(100))
    at = place + 4
    return (info[:at] + counts + info[at + len(counts) :])[: frame.length]
