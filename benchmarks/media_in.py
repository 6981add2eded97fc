"""Measure what it takes to clean one typical file of each kind: ``python benchmarks/media_in.py``.

Every measurement is a new process that imports nothing but what the kind needs; the figures are the medians of
five rounds, in turn. "Start" is importing the reader for the first time. Peak memory is that of the largest
process: ours, or the one that draws documents and HEIC photos apart.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.report import put_into  # noqa: E402 - found only once the root is on the path

BEGIN, END = "<!-- media: written by benchmarks/media_in.py --write -->", "<!-- end of the media -->"
ROUNDS = 5
NAMES = {
    "photo.jpg": "JPEG, 12 MP",
    "photo.png": "PNG, 12 MP",
    "photo.webp": "WebP, 12 MP",
    "photo.heic": "HEIC, 12 MP",
    "moving.gif": "GIF, 640 by 480, 20 pictures",
    "sound.mp3": "MP3, 60 s",
    "sound.wav": "WAV, 60 s, 44,100 a second",
    "sound.ogg": "Ogg Opus, 60 s",
    "sound.m4a": "M4A, 60 s",
    "report.pdf": "PDF, 5 pages of text",
    "snake.py": "code, 5,000 characters",
    "video.mp4": "MP4 (H.264), 15 s",
    "video.webm": "WebM (VP8), 15 s",
}


def make(place: Path) -> None:
    """Write one file of each kind."""
    from PIL import Image

    from tests import papers, sounds
    from tests.specimens import camera_jpeg, foliage

    photo = foliage(1000, 750).resize((4000, 3000))
    (place / "photo.jpg").write_bytes(camera_jpeg(photo, 6))
    (place / "photo.heic").write_bytes(sounds.told_heic(photo, 50))
    photo.save(place / "photo.webp", quality=80, method=0)
    smooth = photo.resize((400, 300)).resize((4000, 3000), Image.Resampling.BICUBIC)
    smooth.save(place / "photo.png", compress_level=1)
    pictures = [photo.crop((at, at, at + 640, at + 480)) for at in range(20)]
    pictures[0].save(place / "moving.gif", save_all=True, append_images=pictures[1:], duration=80)
    (place / "sound.mp3").write_bytes(sounds.told_mp3(sounds.plain_mp3(60)))
    (place / "sound.wav").write_bytes(sounds.wav(sounds.tune(60).tobytes()))
    (place / "sound.ogg").write_bytes(sounds.encoded("libopus", "ogg", seconds=60, rate=48_000))
    (place / "sound.m4a").write_bytes(sounds.encoded("aac", "ipod", seconds=60))
    lines = b"".join(b"(What I found out about rockets, line %d of many.) Tj T*\n" % at for at in range(50))
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    page = b"BT /F 12 Tf 15 TL 60 790 Td\n" + lines + b"ET\n"
    (place / "report.pdf").write_bytes(papers.pdf(5, content=page, resources=font))
    (place / "snake.py").write_bytes((b"print('a line of a program')\n" * 200)[:5_000])
    (place / "video.mp4").write_bytes(video("mp4", "libx264", photo))
    (place / "video.webm").write_bytes(video("webm", "libvpx", photo))


def video(form: str, codec: str, photo: Any) -> bytes:
    """Return 15 seconds of a camera moving over a photo, 1280 by 720, 24 pictures a second."""
    from io import BytesIO

    import av

    buffer = BytesIO()
    with av.open(buffer, "w", format=form) as container:
        stream: Any = container.add_stream(
            codec, rate=24, options={"preset": "ultrafast", "deadline": "realtime", "cpu-used": "8"}
        )
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 1280, 720, "yuv420p", 4_000_000
        for at in range(15 * 24):
            picture = photo.crop((2 * at, at, 2 * at + 1280, at + 720))
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def reader_of(name: str) -> Callable[[bytes], Any]:
    """Return the function that cleans this kind, imported now."""
    sort = name.partition(".")[0]
    if sort in ("photo", "moving"):
        from portfolio.media.pictures import clean_picture

        return clean_picture
    if sort == "sound":
        from portfolio.media.sound import clean_sound

        return clean_sound
    if sort == "report":
        from portfolio.media.documents import read_document

        return read_document
    if sort == "snake":
        from portfolio.media.writing import read_writing

        return lambda raw: read_writing(raw, name)
    from portfolio.media.video import clean_video

    return clean_video


def one(file: Path) -> dict[str, float]:
    """Clean one file and return what it took: seconds and bytes."""
    import resource

    begun = time.perf_counter()
    reader = reader_of(file.name)
    raw = file.read_bytes()
    ready = time.perf_counter()
    result = reader(raw)
    done = time.perf_counter()
    assert result
    unit = 1 if sys.platform == "darwin" else 1024
    own, apart = (
        resource.getrusage(who).ru_maxrss * unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    pages = getattr(result, "pages", None)
    kept = sum(len(page.data) for page in pages) if pages else len(getattr(result, "data", "") or result.text)
    return {
        "start": ready - begun,
        "seconds": done - ready,
        "peak": max(own, apart),
        "in": len(raw),
        "kept": kept,
    }


def main(arguments: list[str]) -> int:
    """Make the files, measure each five times, print a table."""
    if arguments[:1] == ["one"]:
        print(json.dumps(one(Path(arguments[1]))))
        return 0
    if arguments[:1] == ["make"]:
        make(Path(arguments[1]))
        return 0
    me = [sys.executable, str(Path(__file__).resolve())]
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in NAMES}
    with tempfile.TemporaryDirectory(prefix="portfolio-media-") as place:
        # a process of its own: its memory must not count as that of the ones measured later
        subprocess.run([*me, "make", place], check=True)
        for _ in range(ROUNDS):
            for name, figures in taken.items():
                told = subprocess.run([*me, "one", str(Path(place) / name)], check=False, capture_output=True)
                if told.returncode == 0:
                    figures.append(json.loads(told.stdout))
    lines = ["| kind | in | kept | start | cleaning | peak memory |", "|--|--:|--:|--:|--:|--:|"]
    for name, figures in taken.items():
        if not figures:
            lines.append(f"| {NAMES[name]} | – | – | – | not measured | – |")
            continue
        middle = {key: statistics.median(figure[key] for figure in figures) for key in figures[0]}
        sizes = " | ".join(f"{middle[key] / 1000:,.0f} kB" for key in ("in", "kept"))
        times = " | ".join(f"{middle[key] * 1000:,.0f} ms" for key in ("start", "seconds"))
        lines.append(f"| {NAMES[name]} | {sizes} | {times} | {middle['peak'] / 1e6:,.0f} MB |")
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    lines += ["", f"Medians of {ROUNDS} rounds, each a new process; load at the end {load}."]
    print("\n".join(lines))
    if "--write" in arguments:
        put_into(ROOT / "docs" / "benchmarks.md", "\n".join(lines), BEGIN, END)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
