"""Take the pictures of the guide anew: ``python .ci/pictures.py [NAME …]`` writes ``docs/pictures/NAME.png``.

The sample classes are made in a temporary folder and served by the command a teacher uses; Chromium looks at
them as a child, the table and a family would. Pictures are small on purpose: a palette, at most 120 kB each.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from chromium import ensure_chromium
from environment import ROOT, say

sys.path.insert(0, str(ROOT))  # the helpers of the browser tests

from PIL import Image
from playwright.sync_api import sync_playwright

from portfolio.moments.send_home import send_home
from portfolio.serve.passes import mint, until_from
from portfolio.store.class_folder import ClassFolder
from tests.browser.served import Served, sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 120_000
"""Bytes a picture of the guide may have."""

LAPTOP: ViewportSize = {"width": 1280, "height": 800}
DOOR: ViewportSize = {"width": 1280, "height": 380}
PAGE: ViewportSize = {"width": 1000, "height": 844}  # a laptop's window, as high as a phone
PHONE: ViewportSize = {"width": 390, "height": 844}
READY = "html[data-ready=true]"
WAIT = 120_000
"""Milliseconds: the first desk starts a kernel, also on a slow computer."""


@dataclass(frozen=True)
class Guide:
    """What pictures are taken of: both sample classes as they are served, and a browser."""

    links: Served
    roster: Served
    browser: Browser

    @contextmanager
    def look(self, size: ViewportSize) -> Iterator[Page]:
        """Give a fresh page of this size."""
        context = self.browser.new_context(viewport=size, color_scheme="light", locale="en-US")
        try:
            yield context.new_page()
        finally:
            context.close()


def _still(page: Page) -> Image.Image:
    """Return what a page shows, once its fonts and pictures are there."""
    page.evaluate("() => document.fonts.ready")
    page.wait_for_timeout(600)  # a drawn line or a photo from the kernel arrives after the words
    return Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def _turn_to(page: Page, section: str) -> None:
    page.evaluate("section => { location.hash = section }", section)
    page.locator(f"[data-section={section}]").first.wait_for(state="visible", timeout=WAIT)
    page.evaluate("() => scrollTo(0, 0)")


def desk(guide: Guide) -> Image.Image:
    """Return the desk of a fourth-grader, at one piece of work."""
    with guide.look(LAPTOP) as page:
        page.goto(guide.links.links["Amal"])
        page.wait_for_selector(READY, timeout=WAIT)
        _turn_to(page, "strengths")
        return _still(page)


def desk_k2(guide: Guide) -> Image.Image:
    """Return the desk of a first-grader, who answers with pictures."""
    with guide.look(LAPTOP) as page:
        page.goto(guide.roster.url)
        page.get_by_role("button", name="Noa").click()
        page.get_by_role("button", name="Yes, that’s me").click()
        page.wait_for_selector(READY, timeout=WAIT)
        _turn_to(page, "me")
        return _still(page)


def roster(guide: Guide) -> Image.Image:
    """Return the door of one shared computer, which asks a child who it is."""
    with guide.look(DOOR) as page:
        page.goto(guide.roster.url)
        page.get_by_role("button", name="Noa").wait_for(timeout=WAIT)
        return _still(page)


def talk(guide: Guide) -> Image.Image:
    """Return the presentation at a piece of work."""
    with guide.look(LAPTOP) as page:
        page.goto(guide.links.links["Mateo"] + "?to=talk")
        page.locator(".deck").wait_for(timeout=WAIT)
        with_picture = page.locator(".slide:has(.pic img)").first.get_attribute("id") or "part1"
        page.evaluate("part => { location.hash = part }", with_picture)
        page.locator(f"#{with_picture}").wait_for(state="visible", timeout=WAIT)
        return _still(page)


def turn(guide: Guide) -> Image.Image:
    """Return the family's turn on the presentation."""
    with guide.look(LAPTOP) as page:
        page.goto(guide.links.links["Amal"] + "?to=talk")
        page.locator(".deck").wait_for(timeout=WAIT)
        page.evaluate("() => { location.hash = document.querySelector('.slide:has(#live-turn)').id }")
        page.locator("#live-turn").wait_for(state="visible", timeout=WAIT)
        return _still(page)


def family(guide: Guide) -> Image.Image:
    """Return what a family sees on its own phone during the meeting."""
    folder = guide.links.folder
    store = folder.store()
    class_id, home = store.school_class().class_id, store.student("mateo").households[0].household_id
    until = until_from(datetime.now(UTC))
    with guide.look(PHONE) as page:
        page.goto(f"{guide.links.url}f/{mint(folder.secret.read_bytes(), class_id, 'mateo', home, until)}")
        page.locator("main a").first.click(timeout=WAIT)
        page.locator(".meet-now").first.wait_for(timeout=WAIT)
        return _still(page)


def home(guide: Guide) -> Image.Image:
    """Return a home file on a laptop and on a phone, side by side."""
    address = _home_file(guide.links.folder, "mateo", "dad").as_uri()
    shots = []
    for size, part in ((PAGE, "work"), (PHONE, "two")):
        with guide.look(size) as page:
            page.goto(f"{address}#{part}")
            shots.append(_still(page))
    gap = 40
    width = sum(shot.width for shot in shots) + gap
    together = Image.new("RGB", (width, max(shot.height for shot in shots)), "white")
    together.paste(shots[0], (0, 0))
    together.paste(shots[1], (shots[0].width + gap, 0))
    return together


def home_ar(guide: Guide) -> Image.Image:
    """Return a home file for a family that reads Arabic, on a phone."""
    with guide.look(PHONE) as page:
        page.goto(_home_file(guide.links.folder, "amal", "teta-mama-baba").as_uri())
        page.evaluate("() => document.querySelector('#two').scrollIntoView()")
        return _still(page)


def _home_file(folder: ClassFolder, student: str, household: str) -> Path:
    sent = send_home(folder, students=(student,))
    path = next(one.path for one in sent if one.household and one.household.household_id == household)
    if path is None:
        raise SystemExit(f"the file for {student}, {household} could not be made")
    return path


TAKEN: dict[str, Callable[[Guide], Image.Image]] = {
    "desk": desk,
    "desk-k2": desk_k2,
    "roster": roster,
    "talk": talk,
    "turn": turn,
    "family": family,
    "home": home,
    "home-ar": home_ar,
}
"""How each picture is taken, by its name."""


def packed(picture: Image.Image) -> bytes:
    """Return a picture as a PNG with a palette, at most 1000 pixels wide and ``LARGEST`` bytes."""
    if picture.width > 1000:
        height = round(picture.height * 1000 / picture.width)
        picture = picture.resize((1000, height), Image.Resampling.LANCZOS)
    for colors in (256, 128, 64, 32, 16):
        sink = BytesIO()
        picture.quantize(colors, dither=Image.Dither.NONE).save(sink, "PNG", optimize=True)
        if len(sink.getvalue()) <= LARGEST:
            return sink.getvalue()
    raise SystemExit(f"a picture does not fit into {LARGEST} bytes, not even with 16 colors")


@contextmanager
def _guide() -> Iterator[Guide]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        book = sample("class-4b", Path(place) / "class-4b")
        birds = sample("ladybirds", Path(place) / "ladybirds")
        with serving(book, links=True) as links, serving(birds, links=False) as door:
            browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=arguments)
            try:
                yield Guide(links, door, browser)
            finally:
                browser.close()


def main(names: list[str]) -> None:
    """Take the pictures named, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _guide() as guide:
        for name in names or list(TAKEN):
            data = packed(TAKEN[name](guide))
            (FOLDER / f"{name}.png").write_bytes(data)
            say(f"docs/pictures/{name}.png: {len(data) // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
