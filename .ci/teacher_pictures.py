"""Photograph the teacher's desk: ``python .ci/teacher_pictures.py OUT PLACE [PLACE …] [--class class-4b] [--ways]``.

Each place ("class", "child/maya", "setup/children") of a sample class (or of a class folder), on a phone, a tablet and a
laptop: ``OUT/child-maya.laptop.png``, the whole page, and ``….first.png``, what one sees without scrolling. Prints are
``OUT/child-maya.a4.pdf`` (and ``.letter.pdf``). ``{child}`` in a place stands for the first child. ``--ways`` adds dark,
forced colors, right-to-left (the class speaks Arabic) and 320 px (a 400 % zoom).
Nothing of it is kept in the repository: it is there to be looked at.
"""

from __future__ import annotations

import argparse
import re
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chromium import ensure_chromium
from environment import ROOT, say

sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright

from portfolio.moments.sample import make_sample, sample_classes
from portfolio.store.class_folder import ClassFolder, open_class

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"laptop": (1280, 800), "tablet": (768, 1024), "phone": (390, 800)}
WAYS: dict[str, dict[str, Any]] = {
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "forced": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
    "zoom": {"viewport": {"width": 320, "height": 256}},
}
PAPERS = {"a4": "A4", "letter": "Letter"}
HIGHEST = 6000
WAIT = 60_000
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


@contextmanager
def desk(folder: Path) -> Iterator[str]:
    """Serve a class with its teacher's door while the block runs, and give the teacher's link."""
    command = [sys.executable, "-m", "portfolio", "teacher", str(folder), "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT)
    with process:
        try:
            yield _link(process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _link(process: subprocess.Popen[str]) -> str:
    link = ""
    for line in process.stdout or ():
        if found := re.search(r"(http\S+/t/\S+)", line):
            link = found[1]
        if "Ctrl+C" in line and link:
            return link
    raise AssertionError(f"the desk was never open: {process.wait()}")


def _class(name: str, place: Path, language: str = "") -> ClassFolder:
    if name in sample_classes():
        folder = make_sample(name, place / name, at=datetime.now(UTC), randomness=secrets.token_bytes)
    else:
        folder = open_class(Path(name))
    if language:
        store = folder.store()
        store.keep_class(store.school_class().but(language=language))
        store.close()
    return folder


def _first_child(folder: ClassFolder) -> str:
    store = folder.store()
    try:
        return next((one.student_id for one in store.students()), "nobody")
    finally:
        store.close()


def open_at(page: Page, link: str, place: str) -> None:
    """Come in by the link if nobody is in yet, and go to a place."""
    if "/teacher" not in page.url:
        page.goto(link)
        page.wait_for_selector("html[data-ready]", state="attached", timeout=WAIT)
    page.evaluate("place => { location.hash = place }", place)
    page.wait_for_selector(f'main[data-place="{place}"]:not([aria-busy])', timeout=WAIT)
    page.wait_for_timeout(900)


def _file_name(place: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", place.lower())


def _photograph(page: Page, out: Path, name: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_timeout(200)
    page.screenshot(path=f"{out}/{name}.first.png")
    high = min(HIGHEST, int(page.evaluate("document.documentElement.scrollHeight")))
    page.set_viewport_size({"width": size[0], "height": max(high, size[1])})
    page.screenshot(path=f"{out}/{name}.png")
    wide = int(page.evaluate("document.documentElement.scrollWidth"))
    if wide > size[0]:
        say(f"{name}: {wide} px wide, the window has {size[0]}")


def photograph(browser: Browser, link: str, places: list[str], out: Path, sizes: list[str]) -> None:
    """Photograph every place in every size, and print it."""
    page = browser.new_page(locale="en-US", timezone_id="UTC")
    page.on("pageerror", lambda error: say(f"the page's script: {error}"))
    for place in places:
        name = _file_name(place)
        page.set_viewport_size({"width": 1280, "height": 800})
        open_at(page, link, place)
        for size in sizes:
            _photograph(page, out, f"{name}.{size}", SIZES[size])
        for paper, called in PAPERS.items():
            page.pdf(path=f"{out}/{name}.{paper}.pdf", format=called, print_background=False)
        say(f"{place}: {page.locator('h1').first.inner_text()}")
    page.context.close()


def _ways(browser: Browser, link: str, places: list[str], out: Path) -> None:
    for way, given in WAYS.items():
        page = browser.new_context(**given, locale="en-US", timezone_id="UTC").new_page()
        for place in places:
            open_at(page, link, place)
            size = given["viewport"]
            _photograph(page, out, f"{_file_name(place)}.{way}", (size["width"], size["height"]))
        page.context.close()


def main() -> int:
    """Photograph what the words of the command ask for."""
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("out", type=Path)
    words.add_argument("places", nargs="+")
    words.add_argument("--class", dest="school", default="class-4b", help="a sample class, or a class folder")
    words.add_argument("--sizes", default=",".join(SIZES))
    words.add_argument("--ways", action="store_true")
    asked = words.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=[*ARGUMENTS])
        folder = _class(asked.school, Path(scratch))
        places = [place.replace("{child}", _first_child(folder)) for place in asked.places]
        with desk(folder.path) as link:
            photograph(browser, link, places, asked.out, asked.sizes.split(","))
            if asked.ways:
                _ways(browser, link, places, asked.out)
        if asked.ways:
            arabic = _class(asked.school, Path(scratch) / "ar", "ar")
            with desk(arabic.path) as link:
                photograph(browser, link, places, asked.out / "rtl", ["laptop", "phone"])
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
