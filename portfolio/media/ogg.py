# long: one format from its first byte to its last
"""Ogg with Opus or Vorbis: the same packets in pages of our own, with an empty comment.

Pages: RFC 3533, section 6. Opus in Ogg: RFC 7845. Vorbis: Vorbis I specification, sections 4, 5 and A.2.

What goes: all comments (titles, places, pictures), other streams (Skeleton, video), anything after the end, the
name of the encoder. What cannot be cleaned cheaply: padding inside Opus packets (RFC 6716, 3.2.5), and bytes
after the end of Vorbis' code books; players skip both.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from portfolio.media import declined
from portfolio.media.sound_parts import CleanStream

_CONTINUED, _FIRST, _LAST = 1, 2, 4
_VENDOR = b"portfolio"
_SERIAL = 1
_NO_TIME = 2**64 - 1
_MOST_PAGES = 400_000
_MOST_HEADER_BYTES = 16_000_000
_OPUS_RATE = 48_000
"""Opus counts time in 48,000ths of a second whatever the microphone did (RFC 7845, section 4)."""

_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""Each byte with its bits in the opposite order."""


@dataclass(frozen=True)
class _Page:
    flags: int
    time: int
    """The granule position: how many samples are complete at the end of this page."""
    serial: int
    lacing: bytes
    body: bytes


@dataclass
class _Stream:
    """The one stream we keep, as far as it has been read."""

    serial: int
    headers_wanted: int
    """Packets before the sound: 2 in Opus, 3 in Vorbis."""
    packets: list[bytes] = field(default_factory=list)
    open_packet: list[bytes] = field(default_factory=list)
    sound: list[_Page] = field(default_factory=list)
    ended: bool = False

    def take(self, page: _Page) -> None:
        """Take the next page: packets of the headers are put together, pages of sound kept as they are."""
        if len(self.packets) >= self.headers_wanted:
            self.sound.append(page)
            self.ended = bool(page.flags & _LAST)
            return
        at = 0
        for length in page.lacing:
            self.open_packet.append(page.body[at : at + length])
            at += length
            if length < 255:
                self.packets.append(b"".join(self.open_packet))
                self.open_packet.clear()
        # Sound begins on a page of its own (RFC 7845, section 3; Vorbis I, A.2).
        if len(self.packets) > self.headers_wanted or (
            len(self.packets) == self.headers_wanted and self.open_packet
        ):
            raise declined.sound_in_a_rare_way()
        if len(self.open_packet) > _MOST_HEADER_BYTES // 255:
            raise declined.sound_damaged()


def read_ogg(raw: bytes) -> CleanStream:
    """Return the first stream of sound in an Ogg file without anything that is not sound.

    Raises ``MediaRefused`` for files that are cut off or damaged, for films, and for sound that is neither
    Opus nor Vorbis.
    """
    stream: _Stream | None = None
    for page in _pages(raw):
        if page.flags & _FIRST and stream is None:
            stream = _stream_of(page)
        if stream is None or page.serial != stream.serial:
            continue
        stream.take(page)
        if stream.ended:
            break
    if stream is None:
        raise declined.sound_in_a_rare_way()
    if not stream.sound or not any(page.body for page in stream.sound):
        raise declined.sound_cut_off()
    if stream.sound[-1].lacing[-1:] == b"\xff":  # the last packet goes on, on a page that is not there
        raise declined.sound_cut_off()
    headers, rate, skipped = _headers(stream.packets)
    seconds = max(0, _end_time(stream.sound) - skipped) / rate
    return CleanStream(b"".join(_written(headers, stream.sound)), seconds)


def _stream_of(page: _Page) -> _Stream | None:
    """Return the stream that a first page opens, or nothing if it is not one of ours."""
    if page.body.startswith(b"OpusHead"):
        return _Stream(page.serial, 2)
    if page.body.startswith(b"\1vorbis"):
        return _Stream(page.serial, 3)
    if page.body.startswith(b"\x80theora"):
        raise declined.film_not_sound()
    for start, form in ((b"\x7fFLAC", "FLAC"), (b"Speex   ", "Speex")):
        if page.body.startswith(start):
            raise declined.other_sound(form)
    return None


def _pages(raw: bytes) -> Iterator[_Page]:
    """Yield the pages of a file, each with its check sum proved."""
    at = 0
    for _ in range(_MOST_PAGES):
        if at == len(raw):
            return
        head = raw[at : at + 27]
        if not head.startswith(b"OggS"[: len(head)]) or head[4:5] not in (b"", b"\0"):
            raise declined.sound_damaged()
        lacing = raw[at + 27 : at + 27 + head[26]] if len(head) == 27 else b""
        start = at + 27 + len(lacing)
        stop = start + sum(lacing)
        if len(head) < 27 or len(lacing) < head[26] or stop > len(raw):
            raise declined.sound_cut_off()
        whole = b"".join((head[:22], bytes(4), head[26:], raw[at + 27 : stop]))
        if _check_sum(whole) != int.from_bytes(head[22:26], "little"):
            raise declined.sound_damaged()
        time, serial = int.from_bytes(head[6:14], "little"), int.from_bytes(head[14:18], "little")
        yield _Page(head[5], time, serial, lacing, raw[start:stop])
        at = stop
    raise declined.sound_damaged()


def _check_sum(page: bytes) -> int:
    """Return the check sum of RFC 3533: polynomial 0x04c11db7, highest bit first, nothing inverted.

    zlib has the same polynomial lowest bit first, with both ends inverted: turning the bits of every byte and
    of the result gives ours at zlib's speed.
    """
    turned = zlib.crc32(page.translate(_TURNED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(turned.to_bytes(4, "little").translate(_TURNED), "big")


def _headers(packets: list[bytes]) -> tuple[list[bytes], int, int]:
    """Return the header packets we write, the samples a second, and the samples to skip at the start."""
    first = packets[0]
    comment = len(_VENDOR).to_bytes(4, "little") + _VENDOR + bytes(4)
    if first.startswith(b"OpusHead"):
        length = 19 if first[18:19] == b"\0" else 21 + first[9]
        if len(first) < length or first[8] >> 4 or not first[9] or not packets[1].startswith(b"OpusTags"):
            raise declined.sound_damaged()
        return [first[:length], b"OpusTags" + comment], _OPUS_RATE, int.from_bytes(first[10:12], "little")
    rate = int.from_bytes(first[12:16], "little")
    names_fit = packets[1].startswith(b"\3vorbis") and packets[2].startswith(b"\5vorbis")
    if len(first) < 30 or not rate or not first[11] or not names_fit:
        raise declined.sound_damaged()
    return [first[:30], b"\3vorbis" + comment + b"\1", packets[2]], rate, 0


def _end_time(sound: list[_Page]) -> int:
    """Return the last time that any page tells."""
    return max((page.time for page in sound if page.time != _NO_TIME), default=0)


def _written(headers: list[bytes], sound: list[_Page]) -> Iterator[bytes]:
    """Yield the pages of the new file."""
    first, *others = headers
    pages = [_Page(_FIRST, 0, _SERIAL, *_laced([first])), *_split(*_laced(others))]
    number = 0
    for page in pages:
        yield _packed(page, page.flags, number)
        number += 1
    for page in sound[:-1]:
        yield _packed(page, page.flags & _CONTINUED, number)
        number += 1
    yield _packed(sound[-1], sound[-1].flags & _CONTINUED | _LAST, number)


def _laced(packets: list[bytes]) -> tuple[bytes, bytes]:
    """Return the lengths of packets as pages write them, and the packets one behind the other."""
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    return lacing, b"".join(packets)


def _split(lacing: bytes, body: bytes) -> Iterator[_Page]:
    """Yield pages of at most 255 pieces."""
    at = 0
    for start in range(0, len(lacing), 255):
        part = lacing[start : start + 255]
        continued = _CONTINUED if start and lacing[start - 1] == 255 else 0
        ends_one = any(length < 255 for length in part)
        yield _Page(continued, 0 if ends_one else _NO_TIME, _SERIAL, part, body[at : at + sum(part)])
        at += sum(part)


def _packed(page: _Page, flags: int, number: int) -> bytes:
    """Return the bytes of one page, with its check sum."""
    start = b"OggS\0" + bytes([flags]) + page.time.to_bytes(8, "little") + _SERIAL.to_bytes(4, "little")
    start += number.to_bytes(4, "little")
    rest = bytes([len(page.lacing)]) + page.lacing + page.body
    return start + _check_sum(start + bytes(4) + rest).to_bytes(4, "little") + rest
