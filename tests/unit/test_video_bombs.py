"""Videos made to fill the memory or to keep a computer busy."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import portfolio
from tests.recordings import box, element, full


def film(table: bytes, data: bytes = b"", length_bytes: int = 4) -> bytes:
    """Return an MP4 file of one H.264 track with the sample table ``table``; its data begin at byte 24."""
    setup = box(b"avcC", b"\1\x42\xc0\x1e" + bytes([0xFC | length_bytes - 1]) + b"\xe0\0")
    entry = box(b"avc1", bytes(6), b"\0\1", bytes(16), b"\0\x40\0\x40", bytes(50), setup)
    media = box(
        b"mdia",
        full(b"mdhd", struct.pack(">IIIIHH", 0, 0, 1000, 0, 0, 0)),
        full(b"hdlr", bytes(4), b"vide", bytes(13)),
        box(b"minf", box(b"stbl", full(b"stsd", struct.pack(">I", 1), entry), table)),
    )
    head = full(b"mvhd", struct.pack(">IIII", 0, 0, 1000, 0), bytes(80))
    trak = box(b"trak", full(b"tkhd", struct.pack(">IIIII", 0, 0, 1, 0, 0), bytes(60)), media)
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"mdat", data) + box(b"moov", head, trak)


def tables(
    size: int, count: int, starts: list[int], in_a_run: int, lasting: tuple[int, int] = (1, 1)
) -> bytes:
    """Return a sample table of ``count`` pieces of ``size`` bytes each."""
    return (
        full(b"stts", struct.pack(">III", 1, *lasting))
        + full(b"stsc", struct.pack(">IIII", 1, 1, in_a_run, 1))
        + full(b"stsz", struct.pack(">II", size, count))
        + full(b"stco", struct.pack(f">I{len(starts)}I", len(starts), *starts))
    )


UNIT = b"\0\0\0\2\x65\x88"
MANY = 0xFFFF_FFFF


def in_pieces(run: bytes, pieces: int = 1) -> bytes:
    """Return a file of fragments, each with the ``trun`` box ``run``."""
    usual = full(b"trex", struct.pack(">IIIII", 1, 1, 1, 0, 0))
    whole = film(tables(0, 0, [], 1))
    at = whole.index(b"moov") - 4
    moov = box(b"moov", whole[at + 8 :], box(b"mvex", usual))
    head = full(b"tfhd", struct.pack(">I", 1))
    return whole[:at] + moov + box(b"moof", box(b"traf", head, run)) * pieces


def nested(depth: int) -> bytes:
    """Return boxes in boxes."""
    return b"".join(struct.pack(">I", 8 * (depth - at)) + b"moov" for at in range(depth))


SEGMENT = element(0x1A45DFA3, element(0x4282, b"webm")) + b"\x18\x53\x80\x67\x01" + b"\xff" * 7
SHAPE = element(0xE0, element(0xB0, b"\x60"), element(0xBA, b"\x40"))
ENTRY = element(0xAE, element(0xD7, b"\1"), element(0x83, b"\1"), element(0x86, b"V_AV1"), SHAPE)
LIVE = b"\x1f\x43\xb6\x75\x01" + b"\xff" * 7

BOMBS: dict[str, Callable[[], bytes]] = {
    "four billion pieces of no length": lambda: film(tables(0, MANY, [24], 1)),
    "four billion pieces of one byte": lambda: film(tables(1, MANY, [24], MANY)),
    "four billion runs": lambda: film(tables(6, 1, [24], 1).replace(struct.pack(">II", 1, 24), b"\xff" * 8)),
    "fourteen million runs": lambda: film(tables(6, 1, [1000] * 14_000_000, 1)),
    "one piece a hundred thousand times": lambda: film(
        tables(1_000_000, 100_000, [24] * 100_000, 1), UNIT * 166_667
    ),
    "a piece that lasts for weeks": lambda: film(tables(6, 2, [24], 2, (2, MANY)), UNIT * 2),
    "forty megabytes of empty boxes": lambda: box(b"ftyp", b"isom") + box(b"free") * 5_000_000,
    "forty megabytes of empty boxes in the index": lambda: film(box(b"free") * 5_000_000),
    "a million boxes in boxes": lambda: box(b"ftyp", b"isom") + nested(1_000_000),
    "forty megabytes of empty units": lambda: film(tables(40_000_000, 1, [24], 1), bytes(40_000_000), 1),
    "forty megabytes of notes": lambda: film(
        tables(40_000_004, 1, [24], 1), struct.pack(">I", 40_000_000) + b"\6" + b"\xff" * 39_999_999
    ),
    "millions of tiny notes": lambda: film(
        tables(20_000_004, 1, [24], 1),
        struct.pack(">I", 20_000_000) + b"\6" + bytes([6, 0]) * 9_999_999 + b"\x80",
    ),
    "forty megabytes of small notes": lambda: film(
        tables(1_000_000, 40, [24], 40), (struct.pack(">I", 996) + b"\6" + b"\6\0" * 497 + b"\x80") * 40_000
    ),
    "a fragment of four billion": lambda: in_pieces(full(b"trun", struct.pack(">I", MANY))),
    "fragments of two hundred thousand": lambda: in_pieces(full(b"trun", struct.pack(">I", 190_000)), 10_000),
    "half a million fragments": lambda: in_pieces(full(b"trun", struct.pack(">I", 0)), 500_000),
    "thirty megabytes of nothing": lambda: SEGMENT + b"\xec\x80" * 15_000_000,
    "a million clusters": lambda: SEGMENT + element(0x1654AE6B, ENTRY) + LIVE * 1_000_000,
    "millions of pieces": lambda: (
        SEGMENT + element(0x1654AE6B, ENTRY) + LIVE + b"\xe7\x81\0" + b"\xa3\x84\x81\0\0\0" * 5_000_000
    ),
    "a million tracks": lambda: SEGMENT + element(0x1654AE6B, b"\xae\x80" * 1_000_000),
    "an empty tag in every block": lambda: (
        SEGMENT + element(0x1654AE6B, ENTRY) + LIVE + b"\xe7\x81\0" + element(0xA0, b"\xec\x80" * 10_000_000)
    ),
    "tiny units of AV1": lambda: (
        SEGMENT
        + element(0x1654AE6B, ENTRY.replace(SHAPE, SHAPE))
        + element(0x1F43B675, b"\xe7\x81\0", element(0xA3, b"\x81\0\0\x80", b"\x32\0" * 10_000_000))
    ),
}

CHILD = """
import json, resource, sys
from pathlib import Path
from portfolio.errors import MediaRefused
from portfolio.media.video import clean_video

resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

for name in sys.argv[1:]:
    raw = Path(name).read_bytes()
    try:
        verdict = len(clean_video(raw).data) - len(raw)
    except MediaRefused as refused:
        verdict = str(refused)
    status = Path("/proc/self/status")
    peak = 0.0
    if status.exists():
        peak = next(int(line.split()[1]) for line in status.read_text().splitlines() if "VmHWM" in line) / 1000
    print(json.dumps([verdict, peak]))
"""


@pytest.mark.parametrize("make", BOMBS.values(), ids=list(BOMBS))
def test_files_made_to_fill_the_memory_do_not(make: Callable[[], bytes], tmp_path: Path) -> None:
    """Bombs are refused, within 500 MB and twenty seconds of the processor, or come out no larger."""
    file = tmp_path / "bomb"
    file.write_bytes(make())
    home = Path(portfolio.__file__).parents[1]
    answer = subprocess.run(
        [sys.executable, "-c", CHILD, str(file)], cwd=home, capture_output=True, text=True, check=True
    )
    outcome, megabytes = json.loads(answer.stdout)
    assert outcome if isinstance(outcome, str) else outcome <= 1000
    assert "too much to do" not in str(outcome)
    assert megabytes < 500
