"""Files made to fill the memory or to keep a computer busy, by what takes them in; and a program that does.

``heavy.py DOOR FILE`` lets one of our doors look at one file, and prints as JSON what came of it, the seconds
of processor time (also of processes it started and waited for) and the peak of memory in megabytes.
"""

from __future__ import annotations

import csv
import io
import json
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

if __name__ != "__main__":
    from tests import bombs, papers, sounds
    from tests.recordings import box
    from tests.specimens import packed_rows, png
    from tests.unit.test_picture_bombs import HEAVY
    from tests.unit.test_video_bombs import BOMBS

Maker = Callable[[], bytes]
MANIFEST: Final = '{"format": "%s", "version": 1, "made_at": "2026-11-22T10:15:00Z", "files": {%s}}'


def gifs() -> dict[str, Maker]:
    """Return GIFs that claim much or repeat themselves."""
    screen = b"GIF89a" + struct.pack("<HH", 1, 1) + b"\x80\0\0" + bytes(6)

    def frame(width: int, height: int) -> bytes:
        return b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\0"

    return {
        "a GIF of 60,000 by 60,000 dots": lambda: screen + frame(60_000, 60_000) + b"\x3b",
        "a GIF of 65 million dots": lambda: screen + frame(8_000, 8_100) + b"\x3b",
        "a GIF of three million pictures": lambda: screen + frame(1, 1) * 3_000_000 + b"\x3b",
        "a GIF of endless notes": lambda: screen + b"\x21\xfe\x01x\0" * 10_000_000,
        "a GIF that is one long code": lambda: (
            screen + frame(8_000, 8_000)[:11] + (b"\xff" + b"\x92" * 255) * 200_000 + b"\0\x3b"
        ),
    }


def recordings() -> dict[str, Maker]:
    """Return sounds that claim much or hide it."""
    page = b"OggS\0\2" + bytes(8) + b"abcd" + bytes(4) + bytes(4)
    return {
        "a WAV that says four gigabytes": lambda: b"RIFF\xff\xff\xff\xffWAVE" + sounds.wav(bytes(88_200))[12:],
        "a WAV of a million chunks": lambda: b"RIFF" + struct.pack("<I", 28_000_004) + b"WAVE" + b"junk\0\0\0\0" * 3_500_000,
        "an MP3 of false starts": lambda: b"\xff\xfb\x90\x00" * 7_000_000,
        "an MP3 with a tag of 256 MB": lambda: b"ID3\4\0\0\x7f\x7f\x7f\x7f" + bytes(29_000_000),
        "an MP3 of the longest kind": lambda: sounds.plain_mp3(1.0) * 2_000,
        "an Ogg of empty pages": lambda: (page + b"\0") * 1_000_000,
        "an Ogg with packets that never end": lambda: (page + b"\xff" + b"\xff" * 255 + bytes(65_025)) * 400,
    }  # fmt: skip


def documents() -> dict[str, Maker]:
    """Return PDFs that draw very much or unpack to very much."""
    nothing = b"<</Type/Metadata/Subtype/XML/Length 0>>stream\n\nendstream"

    def picture(unpacked: int, side: int) -> bytes:
        packed = bombs.zeros(unpacked)
        bomb = (
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8"
            b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (side, side, len(packed), packed)
        )
        drawn = b"q 595 0 0 842 0 0 cm /P Do Q\n"
        return papers.pdf(objects=(nothing, bomb), resources=b"/XObject<</P 5 0 R>>", content=drawn)

    return {
        "a PDF that draws without end": papers.heavy_pdf,
        "a PDF with a picture of 1.2 GB": lambda: picture(1_200_000_000, 20_000),
        "a PDF of 20,000 pages": lambda: papers.pdf(20_000, content=b"0 0 1 1 re f\n"),
        "a PDF with a page of 200 inches": lambda: papers.pdf(size=(14_400, 14_400)),
        "a PDF in lists in lists": lambda: papers.pdf(trailer=b"/X" + b"[" * 500_000 + b"]" * 500_000),
    }


def zips() -> dict[str, Maker]:
    """Return archives and backups that unpack to very much, or lie about it."""

    def packed(names: dict[str, bytes], kind: str = "portfolio-archive", told: str = "") -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
            new.writestr("manifest.json", told or MANIFEST % (kind, ""))
            for name, data in names.items():
                new.writestr(name, data)
        return buffer.getvalue()

    def lying() -> bytes:
        raw = packed({"class.json": b"{}" + b" " * 90_000_000})
        at = raw.rindex(b"PK\1\2")
        return raw[: at + 24] + struct.pack("<I", 2) + raw[at + 28 :]

    return {
        "a zip that grows a thousandfold": lambda: packed(
            {f"students/a/{n}": bytes(60_000_000) for n in range(5)}
        ),
        "a zip of 120,000 names": lambda: packed(
            {f"students/s{n}/student.json": b"" for n in range(120_000)}
        ),
        "a zip with a list in lists": lambda: packed({}, told="[" * 20_000_000),
        "a zip with a manifest of 63 MB": lambda: packed({}, told="[" + "1," * 31_000_000 + "1]"),
        "a zip that lies about a size": lying,
        "a zip in one piece of nothing": lambda: b"PK\3\4" + bytes(50_000_000) + b"PK\5\6" + bytes(18),
    }


def templates() -> dict[str, Maker]:
    """Return class templates that mean very much or go very deep."""
    knots = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    return {
        "a template of aliases of aliases": f"a0: &a0 [x]\n{knots}".encode,
        "a template of a million brackets": lambda: b"[" * 1_000_000,
        "a template of a million lines": lambda: b"- a\n" * 1_000_000,
        "a template that is one line of 30 MB": lambda: b"title: " + b"x" * 30_000_000,
        "a template merged into itself": lambda: b"a: &a\n  <<: *a\n  b: *a\n" * 10_000,
    }


def rosters() -> dict[str, Maker]:
    """Return spreadsheets that are too wide, too long, or never end a cell."""
    wide = io.StringIO()
    csv.writer(wide).writerow(["x"] * 400_000)
    return {
        "a roster of 400,000 columns": lambda: wide.getvalue().encode(),
        "a roster of 200,000 rows": lambda: b"name,id\n" + b"a,b\n" * 200_000,
        "a roster in quotation marks": lambda: b'"' * 999_999,
        "a roster of separators": lambda: b",;\t|" * 249_999,
        "a roster of 50 MB": lambda: b"name\n" + b"x\n" * 25_000_000,
        "a roster of NULs": lambda: bytes(999_999),
    }


def videos() -> dict[str, Maker]:
    """Return the films of the video tests, and two more that only begin like one."""
    more = {
        "an MP4 of 15 million boxes": lambda: box(b"ftyp", b"isom") + box(b"free") * 7_000_000,
        "a WebM of unknown length": lambda: b"\x1a\x45\xdf\xa3\x01" + b"\xff" * 7 + b"\xec\x80" * 20_000_000,
    }
    return {**BOMBS, **more}


def pictures() -> dict[str, Maker]:
    """Return the heaviest pictures of the picture tests and the smallest bombs."""
    small = {
        "a PNG of 81 million dots": lambda: bombs.bomb_png(9_000, 9_000),
        "a WebP of 268 million dots": bombs.bomb_webp,
        "a PNG of texts": lambda: bombs.text_bomb_png(50),
        "a PNG of one IDAT of 2 GB": lambda: png((100, 100, 8, 6), bombs.zeros(2_000_000_000)),
        "a PNG that is cut off": lambda: png((8_900, 8_900, 8, 2), zlib.compress(packed_rows([bytes(12)]))),
    }
    return {**HEAVY, **small}


def doors() -> dict[str, dict[str, Maker]]:
    """Return for each door the files that are sent to it."""
    return {
        "picture": {**pictures(), **gifs()},
        "sound": recordings(),
        "video": videos(),
        "document": documents(),
        "zip": zips(),
        "template": templates(),
        "roster": rosters(),
    }


def go_in(door: str, path: Path) -> str:
    """Let a door look at a file; return what it says, or nothing if it took it."""
    from portfolio.errors import PortfolioError

    try:
        _taken(door, path)
    except PortfolioError as refused:
        return str(refused)
    return ""


def _taken(door: str, path: Path) -> object:
    if door == "zip":
        from portfolio.store.archive_read import opened_archive

        with opened_archive(path) as archive:
            archive.prove()
        return None
    if door == "template":
        from portfolio.store.template_file import load_template

        return load_template(path)
    if door == "roster":
        from portfolio.store.roster_file import read_sheet

        return read_sheet(path)
    raw = path.read_bytes()
    if door == "picture":
        from portfolio.media import clean_picture

        return clean_picture(raw)
    if door == "sound":
        from portfolio.media.sound import clean_sound

        return clean_sound(raw)
    if door == "video":
        from portfolio.media.video import clean_video

        return clean_video(raw)
    from portfolio.media.documents import read_document

    return read_document(raw)


def usage() -> tuple[float, float]:
    """Return seconds of processor time and the peak in megabytes, of this process and of those it waited for."""
    import resource

    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = sum(r.ru_utime + r.ru_stime for r in (own, others))
    status = Path("/proc/self/status")
    peak = own.ru_maxrss / 1_000_000  # macOS counts bytes
    if status.exists():  # Linux: the other counter also knows what the parent used before this program began
        lines = status.read_text().splitlines()
        peak = next(int(line.split()[1]) for line in lines if "VmHWM" in line) / 1000
    return seconds, max(peak, others.ru_maxrss / (1000 if status.exists() else 1_000_000))


if __name__ == "__main__":
    begun = time.process_time()
    said = go_in(sys.argv[1], Path(sys.argv[2]))
    print(json.dumps([said, *usage()]))  # noqa: T201 - this is how it tells
