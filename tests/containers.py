"""Takes apart the files we wrote, by means of its own, and knows what may be in them."""

from __future__ import annotations

ALLOWED_BOXES = {
    name.encode("ascii")
    for name in (
        *(
            "ftyp moov mdat mvhd trak tkhd edts elst mdia mdhd hdlr minf vmhd smhd dinf dref stbl stsd"
        ).split(),
        *("avc1 avc3 hvc1 hev1 vp09 av01 mp4a Opus avcC hvcC vpcC av1C esds dOps").split(),
        *("pasp colr btrt clap clli mdcv stts ctts stss stsc stsz stco").split(),
        "url ",
    )
}

CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"edts"}


def names_of_boxes(raw: bytes, inside: bytes = b"") -> set[bytes]:
    """Return the letters of all boxes of a file we wrote, also those in others, and prove they fill it."""
    names: set[bytes] = set()
    at = 0
    while at < len(raw):
        size, kind = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        assert size >= 8 and at + size <= len(raw), (inside, kind)
        names.add(kind)
        if kind in CONTAINERS:
            names |= names_of_boxes(raw[at + 8 : at + size], kind)
        elif kind in {b"stsd", b"dref"}:
            names |= names_of_boxes(raw[at + 16 : at + size], kind)
        elif inside == b"stsd":
            names |= names_of_boxes(raw[at + (36 if kind in {b"mp4a", b"Opus"} else 86) : at + size], kind)
        at += size
    return names


GROUPS = {0x18538067, 0x114D9B74, 0x4DBB, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0xE1, 0x55B0, 0x55D0, 0x7670}
GROUPS |= {0x1C53BB6B, 0xBB, 0xB7, 0x1F43B675, 0xA0, 0x1A45DFA3}

ALLOWED_ELEMENTS = GROUPS | {
    *(0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4282, 0x4287, 0x4285, 0x53AB, 0x53AC),
    *(0x2AD7B1, 0x4489, 0x4D80, 0x5741),
    *(0xD7, 0x73C5, 0x83, 0x22B59C, 0x86, 0x63A2, 0x23E383, 0x56AA, 0x56BB),
    *(0x9A, 0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2, 0x54AA, 0x54BB, 0x54CC, 0x54DD),
    *(0x9F, 0x6264, 0xB5, 0x78B5, 0x7671, 0x7675),
    *range(0x55B1, 0x55BE),
    *range(0x55D1, 0x55DB),
    *(0xE7, 0xA3, 0xA1, 0x9B, 0xFB, 0x75A2, 0xB3, 0xF7, 0xF1),
}


def elements(raw: bytes, at: int = 0) -> list[tuple[int, bytes]]:
    """Return all elements of a file we wrote, and prove that they fill it; taken apart by the test alone."""
    found = []
    while at < len(raw):
        width = 9 - raw[at].bit_length()
        kind = int.from_bytes(raw[at : at + width], "big")
        at += width
        wide = 9 - raw[at].bit_length()
        size = int.from_bytes(raw[at : at + wide], "big") ^ 1 << 7 * wide
        assert size != (1 << 7 * wide) - 1, "of unknown length"
        content = raw[at + wide : at + wide + size]
        at += wide + size
        assert at <= len(raw)
        found += [(kind, content), *(elements(content) if kind in GROUPS else [])]
    return found


def holds_nothing_else(clean: bytes) -> bool:
    """Return whether a file of ours consists of what may be in it, to the last byte."""
    if clean.startswith(b"\x1aE\xdf\xa3"):
        return {name for name, _ in elements(clean)} <= ALLOWED_ELEMENTS
    return names_of_boxes(clean) <= ALLOWED_BOXES
