"""What runs apart: reads a PDF or a HEIC photo from its input and writes bare dots to its output.

Started by ``apart`` as a script of its own (``python -I apart_worker.py pdf 1400 12 25``), so it imports
nothing of ours. Its limits are set before it looks at the file: memory, time on the processor, and no byte
written to any file. Each drawing is a line of JSON, then its dots (three bytes each), then its profile.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

MEMORY = 450_000_000
"""Bytes the work may take beyond what Python and the library take themselves: 500 MB with those."""

_PASSWORD = 4
"""``FPDF_ERR_PASSWORD`` of PDFium's public header fpdfview.h."""

Drawn = tuple[int, int, bytes, bytes, int]
"""Width, height, dots, color profile, number of pages in the file."""


class _CannotError(Exception):
    """The file cannot be drawn; the one argument says why, in a word that ``apart`` knows."""


def _set_limits(seconds: int) -> None:
    """Limit this process where the system can do that; elsewhere the clock in ``apart`` has to do."""
    try:
        import resource
    except ImportError:
        return
    statm = Path("/proc/self/statm")
    limits = [(resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)]
    if statm.exists():
        own = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        limits.append((resource.RLIMIT_AS, own + MEMORY))
    for limit, value in limits:
        resource.setrlimit(limit, (value, value))


def _pages(pdfium: Any, raw: bytes, longest: int, most: int) -> Iterator[Drawn]:
    """Draw the first ``most`` pages of a PDF."""
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as trouble:
        locked = getattr(trouble, "err_code", None) == _PASSWORD or "password" in str(trouble).lower()
        raise _CannotError("locked" if locked else "broken") from trouble
    document.init_forms()  # what a child wrote into the fields of a form is seen as well
    count = len(document)
    if not count:
        raise _CannotError("broken")
    for number in range(min(count, most)):
        page = document[number]
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise _CannotError("broken")
        bitmap = page.render(scale=longest / max(width, height), rev_byteorder=True)
        yield bitmap.width, bitmap.height, _rows(bitmap), b"", count
        bitmap.close()
        page.close()


def _rows(bitmap: Any) -> bytes:
    """Return the dots of a drawn page, three bytes each, without the filling at the ends of the rows."""
    dots, wide, stride = bytes(bitmap.buffer), bitmap.width * bitmap.n_channels, bitmap.stride
    if stride != wide:
        dots = b"".join(dots[at : at + wide] for at in range(0, stride * bitmap.height, stride))
    if bitmap.n_channels == 3:
        return dots
    kept = bytearray(3 * bitmap.width * bitmap.height)
    for color in range(3):
        kept[color::3] = dots[min(color, bitmap.n_channels - 1) :: bitmap.n_channels]
    return bytes(kept)


def _photo(heif: Any, raw: bytes) -> Iterator[Drawn]:
    """Decode the main picture of a HEIC file, upright."""
    heif.options.THUMBNAILS = heif.options.DEPTH_IMAGES = heif.options.AUX_IMAGES = False
    heif.options.DECODE_THREADS = 2  # each takes its own room from the memory allowed
    file = heif.open_heif(BytesIO(raw), convert_hdr_to_8bit=True)
    main = file[file.primary_index]
    profile = main.info.get("icc_profile") or b""
    if main.mode == "RGB":
        dots = main.data
    else:
        from PIL import Image

        picture = main.to_pillow().convert("RGBA")
        paper = Image.new("RGB", picture.size, (255, 255, 255))
        paper.paste(picture, mask=picture.getchannel("A"))
        dots = paper.tobytes()
    yield *main.size, bytes(dots), profile if len(profile) <= 3_000_000 else b"", 1


def _drawings(work: str, longest: int, most: int, seconds: int) -> Iterator[Drawn]:
    """Import the library that is needed, set the limits, then read and draw."""
    if work == "pdf":
        import pypdfium2
        import pypdfium2.raw  # its names are looked up before memory is counted

        _set_limits(seconds)
        return _pages(pypdfium2, sys.stdin.buffer.read(), longest, most)
    heif = import_module("pi_heif" if find_spec("pi_heif") else "pillow_heif")
    import PIL.Image  # noqa: F401 - the same

    _set_limits(seconds)
    return _photo(heif, sys.stdin.buffer.read())


def main(arguments: list[str]) -> None:
    """Draw what is asked for; end with a line that says how it went."""
    out = sys.stdout.buffer
    work, longest, most, seconds = arguments[0], *map(int, arguments[1:4])
    try:
        for width, height, dots, profile, pages in _drawings(work, longest, most, seconds):
            told = {"width": width, "height": height, "profile": len(profile), "pages": pages}
            out.write(json.dumps(told).encode("ascii") + b"\n")
            out.write(dots)
            out.write(profile)
            out.flush()
        last: dict[str, object] = {"end": True}
    except _CannotError as cannot:
        last = {"stopped": str(cannot)}
    except MemoryError:
        last = {"stopped": "memory"}
    except ImportError:
        last = {"stopped": "missing"}
    except BaseException:  # noqa: BLE001 - the libraries raise what they like; it ends here either way
        last = {"stopped": "broken"}
    out.write(json.dumps(last).encode("ascii") + b"\n")
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
