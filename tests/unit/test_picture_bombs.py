"""Files made to fill the memory or to keep a computer busy: each within five seconds and 500 megabytes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import portfolio
from tests import bombs
from tests.specimens import (
    big_noisy_photo,
    chunk,
    corners,
    foliage,
    packed_rows,
    plain_jpeg,
    png,
    segment,
    with_segments,
)

CHILD = """
import json, resource, sys, time
from pathlib import Path
from portfolio.errors import PictureRefused
from portfolio.media import clean_picture

resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))

def peak():
    # The process's own high mark; the other counter also knows what its parent used.
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if "VmHWM" in line) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000

for name in sys.argv[1:]:
    raw, started = Path(name).read_bytes(), time.process_time()
    try:
        verdict = len(clean_picture(raw).data)
    except PictureRefused as refused:
        verdict = str(refused)
    print(json.dumps([verdict, time.process_time() - started, peak()]))
"""


class Outcome(NamedTuple):
    """What a child process says about one file; seconds are CPU time, which other work does not blur."""

    verdict: int | str
    seconds: float
    megabytes: float


def clean_elsewhere(folder: Path, *raws: bytes) -> list[Outcome]:
    """Clean files one after the other in a process of their own, and return time and peak memory."""
    files = [folder / str(number) for number in range(len(raws))]
    for file, raw in zip(files, raws, strict=True):
        file.write_bytes(raw)
    home = Path(portfolio.__file__).parents[1]
    command = [sys.executable, "-c", CHILD, *map(str, files)]
    answer = subprocess.run(command, cwd=home, capture_output=True, text=True, check=True)
    return [Outcome(*json.loads(line)) for line in answer.stdout.splitlines()]


def test_small_files_made_to_fill_the_memory_do_not(tmp_path: Path) -> None:
    """Bombs of a few kilobytes stay under 5 seconds each and 500 MB together."""
    text = png((4, 4, 8, 2), packed_rows([bytes(12)] * 4), chunk(b"eXIf", bombs.exif_bomb(20_000, 400_000)))
    outcomes = clean_elsewhere(
        tmp_path,
        bombs.bomb_png(9_000, 9_000),
        bombs.bomb_webp(),
        bombs.bomb_webp(5000, 4800),
        bombs.text_bomb_png(50),
        text,
        bombs.exif_heap(40),
        bombs.scan_bomb(6000, 6000, 80),
        bombs.scan_bomb(8000, 8000, 5000),
        bombs.resized_header(plain_jpeg(corners()), 8000, 8000),
    )
    assert len(outcomes) == 9
    assert max(outcome.seconds for outcome in outcomes) < 5
    assert outcomes[-1].megabytes < 500


def test_a_large_photo_never_stands_whole_in_memory(tmp_path: Path) -> None:
    """The decoder shrinks JPEG on the way: 79 million dots, which would take 316 MB, need under 150."""
    (outcome,) = clean_elsewhere(tmp_path, bombs.resized_header(plain_jpeg(corners()), 8900, 8900))
    assert isinstance(outcome.verdict, int)
    assert outcome.megabytes < 150


SIDE = 8944  # just under 80 million dots, the most that may come in
WIDE, DEEP = 7900, 5580  # the most dots with four bytes, and with eight bytes each

HEAVY: dict[str, Callable[[], bytes]] = {
    "the noisy photo": big_noisy_photo,
    "see-through": lambda: png((WIDE, WIDE, 8, 6), bombs.zeros(WIDE * (WIDE * 4 + 1))),
    "see-through, deep": lambda: png((DEEP, DEEP, 16, 6), bombs.zeros(DEEP * (DEEP * 8 + 1))),
    "see-through, woven": lambda: png(
        (WIDE, WIDE, 8, 6), bombs.zeros(WIDE * WIDE * 4 + 3 * WIDE), interlaced=True
    ),
    "opaque": lambda: png((SIDE, SIDE, 8, 2), bombs.zeros(SIDE * (SIDE * 3 + 1))),
    "a palette": lambda: png(
        (SIDE, SIDE, 8, 3),
        bombs.zeros(SIDE * (SIDE + 1)),
        chunk(b"PLTE", bytes(6)),
        chunk(b"tRNS", b"\x80\x10"),
    ),
    "a ribbon": lambda: png((30_000, 2000, 8, 6), bombs.zeros(2000 * (30_000 * 4 + 1))),
    "empty blocks": lambda: png((4000, 4000, 8, 2), b"\x78\x01" + b"\0\0\0\xff\xff" * 12_000_000),
    "a million pieces": lambda: png(
        (4, 4, 8, 2), packed_rows([bytes(12)] * 4), chunk(b"abCd", b"") * 5_000_000
    ),
    "900 notes": lambda: bombs.exif_heap(900),
    "nothing but marks": lambda: b"\xff\xd8\xff" + b"\xff" * 60_000_000,
    "15 million notes": lambda: with_segments(plain_jpeg(corners()), segment(0xFE, b"") * 15_000_000),
    "every pass it may": lambda: bombs.scan_bomb(SIDE, SIDE, 37),
    "fine passes": lambda: plain_jpeg(foliage(4000, 6000), 97, progressive=True, fine=True),
    "much behind the end": lambda: png(
        (4000, 4000, 8, 2), packed_rows([bytes(12)] * 4), after=chunk(b"IDAT", bytes(8000)) * 7000
    ),
    "texts of 300 MB": lambda: bombs.text_bomb_png(300),
}


@pytest.mark.drill
@pytest.mark.parametrize("make", HEAVY.values(), ids=HEAVY.keys())
def test_the_heaviest_files_stay_within_five_seconds_and_500_megabytes(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    """Each of the heaviest files we know, taken or refused, in a process of its own."""
    (outcome,) = clean_elsewhere(tmp_path, make())
    assert outcome.seconds < 5
    assert outcome.megabytes < 500
