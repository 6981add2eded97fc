"""The measured ways to make one home file, and what stands in a finished file.

Run as a program this is one of the measured processes::

    python -m benchmarks.home_file cold CLASS PHOTOS OUT     clean raw photos, draw charts, write the page
    python -m benchmarks.home_file warm MATERIAL ROUNDS      in one process, again and again; prints JSON
"""

from __future__ import annotations

import base64
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

_GPS = 0x8825
_OUTSIDE = re.compile(r"""(?:["'(]|\bimport\s)\s*((?:https?:)?//[\w-]+(?:\.[\w-]+)+[^\s"'()<>\\]*)""")
_NAMES_ONLY = ("http://www.w3.org/", "https://www.w3.org/")
_LOADING = {"src", "srcset", "poster", "data", "xlink:href", "background"}


# ------------------------------------------------------------------------------------ what stands in a file


@dataclass(frozen=True)
class Found:
    """What a file would ask of the network, and what its pictures tell about where they were taken."""

    outside: tuple[str, ...]
    """Addresses on other computers that tags, styles and scripts load; links to click do not count."""
    positions: int
    """Pictures that carry a place on the map."""
    pictures: int
    decoded: int
    """Bytes its pictures take in a phone's memory: four for each dot."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.outside: set[str] = set()
        self.images: list[str] = []
        self._code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code = tag in ("script", "style")
        for name, value in attrs:
            loads = name in _LOADING or (tag == "link" and name == "href")
            if tag in ("img", "image") and loads and value:
                self.images.append(value)
            if loads and re.match(r"\s*(?:https?:)?//", value or ""):
                self.outside.add(str(value).strip())
            if name == "style":
                self._named(value or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser's name for it
        self._code = False

    def handle_data(self, data: str) -> None:
        if self._code:
            self._named(data)

    def _named(self, code: str) -> None:
        self.outside |= {a for a in _OUTSIDE.findall(code) if not a.startswith(_NAMES_ONLY)}


def look_into(page: str) -> Found:
    """Return what a finished page names and carries."""
    reader = _Reader()
    reader.feed(page)
    inside = [base64.b64decode(a.partition(",")[2]) for a in reader.images if ";base64," in a[:80]]
    looked = [_looked(data) for data in inside]
    return Found(
        outside=tuple(sorted(reader.outside)),
        positions=sum(position for position, _ in looked),
        pictures=len(reader.images),
        decoded=sum(size for _, size in looked),
    )


def _looked(data: bytes) -> tuple[bool, int]:
    """Return whether a picture has a position, and how many bytes it takes once it is decoded."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as picture:
            return bool(picture.getexif().get_ifd(_GPS)), picture.width * picture.height * 4
    except UnidentifiedImageError:  # a drawing (SVG)
        return False, 0


# -------------------------------------------------------------------------------------- measured processes


def cold(class_folder: Path, photos: Path, out: Path) -> None:
    """Do for one child what is done once for each photo and chart, then write the file."""
    from portfolio.media import clean_picture
    from portfolio.moments.send_home import send_home
    from portfolio.store.class_folder import open_class

    folder = open_class(class_folder)
    store = folder.store()
    for path in sorted(photos.glob("*.jpg")):
        made = clean_picture(path.read_bytes())
        store.keep_picture("child-1", made.sha256, made.data, made.thumb)
    store.close()
    (sent,) = send_home(folder, out=out)
    if sent.trouble:
        raise sent.trouble


def warm(material: Path, rounds: int) -> dict[str, Any]:
    """Return for each way what one more file takes once everything is imported.

    ``median`` and ``least`` are milliseconds of processor time, ``bytes`` and ``outside`` describe the file;
    ``same`` says whether both of our ways made the same page.
    """
    ways = {
        "exporter": _our_exporter(material / "class"),
        "home_file": _plain(material / "class"),
        "strongest": _strongest(material / "strongest"),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    pages = {name: way() for name, way in ways.items()}  # the first time fills the caches
    for _ in range(rounds):
        for name, way in ways.items():
            begun = time.process_time()
            way()
            taken[name].append((time.process_time() - begun) * 1000)
    told: dict[str, Any] = {"same": pages["exporter"] == pages["home_file"]}
    for name, values in taken.items():
        told[name] = {
            "median": statistics.median(values),
            "least": min(values),
            "bytes": len(pages[name].encode("utf-8")),
            "outside": len(look_into(pages[name]).outside),
        }
    return told


def _read_notebook(path: Path) -> Any:
    import nbformat

    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call] # the same


def _our_exporter(class_folder: Path) -> Callable[[], str]:
    from portfolio.export.exporter import PortfolioExporter

    make: Any = PortfolioExporter  # nbconvert and nbformat ship no types
    # as its documentation says for many children: the class stays open from one file to the next
    exporter = make(class_folder=str(class_folder)).__enter__()
    read = _read_notebook(class_folder / "student.ipynb")
    return lambda: str(exporter.for_home("child-1").from_notebook_node(read)[0])


def _plain(class_folder: Path) -> Callable[[], str]:
    from portfolio.moments.home import home_file, kit_of
    from portfolio.store.class_folder import book_of, open_class

    folder = open_class(class_folder)
    store = folder.store()
    book = book_of(store, folder.template(), folder.outline(), "child-1")
    kit = kit_of(folder, store)
    return lambda: str(home_file(book, "home", kit).page)


def _strongest(folder: Path) -> Callable[[], str]:
    from nbconvert.exporters import HTMLExporter

    make: Any = HTMLExporter
    exporter = make(template_name="basic", embed_images=True)
    read = _read_notebook(folder / "student.ipynb")
    beside = {"metadata": {"path": str(folder), "name": "student"}}
    return lambda: str(exporter.from_notebook_node(read, resources=beside)[0])


def main(arguments: list[str]) -> None:
    """Be one of the measured processes."""
    match arguments:
        case ["cold", class_folder, photos, out]:
            cold(Path(class_folder), Path(photos), Path(out))
        case ["warm", material, rounds]:
            print(json.dumps(warm(Path(material), int(rounds))))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
