"""Photograph the desk: ``python .ci/desk_pictures.py [OUT] [--band k-2,9-12] [--states first,work] [--sizes phone]``.

Every state of ``tests/browser/desk_states.py``, in every band, on a phone, a tablet and a laptop, as one long
picture each: ``OUT/k-2/work.phone.png``. ``--ways`` adds dark, forced colors, right-to-left and the largest
letters. Nothing of it is kept in the repository: it is there to be looked at.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chromium import ensure_chromium
from environment import ROOT, say

sys.path.insert(0, str(ROOT))  # the helpers of the browser tests

from playwright.sync_api import Error, sync_playwright

from portfolio.model import Reading
from tests.browser.desk_states import CLASSES, STATES, Scene
from tests.browser.served import Served, sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, FloatRect, Page

    from portfolio.store.class_folder import ClassFolder

SETTLED = 700
"""Milliseconds until photos from the kernel have come."""
HIGHEST = 6000
"""Pixels of a page that one looks at; more is cut off below."""

ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
)


@dataclass(frozen=True)
class Way:
    """How a page is looked at: the window, what the computer is set to, how the child reads, its language."""

    context: dict[str, Any]
    reading: dict[str, str] = field(default_factory=dict)
    language: str = "en"


def _window(width: int, height: int, **more: Any) -> dict[str, Any]:
    return {
        "viewport": {"width": width, "height": height},
        "color_scheme": "light",
        "locale": "en-US",
        **more,
    }


PHONE = {"has_touch": True, "is_mobile": True}
SIZES = {"phone": (390, 800), "tablet": (768, 1024), "laptop": (1280, 800)}
PLAIN = Way(_window(1280, 800, has_touch=True))
LARGE = {"letters": "plain", "size": "larger", "spacing": "wide", "contrast": "high"}
WAYS = {
    "dark": Way(_window(390, 800, **{**PHONE, "color_scheme": "dark"})),
    "forced": Way(_window(1280, 800, forced_colors="active")),
    "rtl": Way(_window(390, 800, **PHONE), language="ar"),
    "large": Way(_window(320, 640, **PHONE), reading=LARGE),
}
"""What a few states are looked at in besides."""
FEW = (
    *("first", "say-it", "recorder", "pad", "work", "goals"),
    *("away", "ready", "goes-home", "roster", "are-you"),
)


def _size(way: Way) -> tuple[int, int]:
    return way.context["viewport"]["width"], way.context["viewport"]["height"]


def _worn(folder: ClassFolder, way: Way) -> None:
    """Let the first child of a class read in this way, and write in its language."""
    store = folder.store()
    try:
        meta = store.rounds(store.students()[0].student_id)[-1]
        worn = {"reading": Reading.model_validate(way.reading), "language": way.language}
        store.keep_meta(meta.model_copy(update=worn))
    finally:
        store.close()


@dataclass
class Camera:
    """A browser that looks in one way; its page goes on from state to state while these leave nothing behind."""

    browser: Browser
    way: Way
    contexts: list[BrowserContext] = field(default_factory=list)
    page: Page | None = None

    def fresh(self) -> BrowserContext:
        """Return a browser of its own."""
        self.contexts.append(self.browser.new_context(**self.way.context, timezone_id="UTC"))
        return self.contexts[-1]

    def photograph(
        self, served: Served, band: str, name: str, targets: dict[str, tuple[int, int]], out: Path
    ) -> None:
        """Bring about a state and photograph it in every size; what went wrong is told, and photographed too."""
        page = self.page = self.page or self.fresh().new_page()
        page.set_viewport_size(self.way.context["viewport"])
        trouble = ""
        try:
            STATES[name].make(Scene(page, served, band, self.fresh))
        except (Error, AssertionError) as error:
            trouble = f"{band}/{name}: {str(error).splitlines()[0]}"
            say(trouble)
        for called, size in targets.items():
            _shoot(page, size, out / f"{name}.{called}{'.trouble' * bool(trouble)}.png")
        if trouble or STATES[name].leaves or STATES[name].roster:
            self.close()

    def close(self) -> None:
        """Close all pages."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        self.page = None


def _shoot(page: Page, size: tuple[int, int], target: Path) -> None:
    """Photograph the window as it stands, and the whole page."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("() => document.fonts.ready")
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=target.with_suffix(".window.png"), animations="disabled")
    wide, high = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    if wide > size[0]:
        say(f"{target}: {wide} px wide, the window has {size[0]}")
    page.evaluate("() => scrollTo(0, 0)")
    whole: FloatRect = {"x": 0, "y": 0, "width": size[0], "height": min(high, HIGHEST)}
    page.screenshot(path=target, animations="disabled", full_page=True, clip=whole)


@contextmanager
def _served(band: str, states: list[str]) -> Iterator[dict[bool, Served]]:
    """Serve the sample class of a band: by links, and by the picture roster if a state wants it."""
    wanted = sorted({STATES[name].roster for name in states})
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        made = {}
        for roster in wanted:
            folder = sample(CLASSES[band], Path(place) / f"{CLASSES[band]}-{roster}")
            made[roster] = stack.enter_context(serving(folder, links=not roster))
        yield made


def _all_of(band: str, states: list[str], ways: list[str], browser: Browser, out: Path) -> None:
    (out / band).mkdir(parents=True, exist_ok=True)
    sizes = {name: SIZES[name] for name in ways if name in SIZES}
    runs = [(PLAIN, sizes)] if sizes else []
    runs += [(WAYS[name], {name: _size(WAYS[name])}) for name in ways if name in WAYS]
    with _served(band, states) as served:
        for way, targets in runs:
            if False in served:
                _worn(served[False].folder, way)
            camera = Camera(browser, way)
            for name in states:
                if band in STATES[name].bands and (way is PLAIN or name in FEW):
                    camera.photograph(served[STATES[name].roster], band, name, targets, out / band)
            camera.close()


def _asked() -> argparse.Namespace:
    known = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    known.add_argument(
        "out", nargs="?", type=Path, help="the folder for the pictures (default: a new temporary one)"
    )
    known.add_argument("--band", default=",".join(CLASSES), help="k-2,3-5,6-8,9-12")
    known.add_argument("--states", default=",".join(STATES), help=", ".join(STATES))
    known.add_argument("--sizes", default=",".join(SIZES), help=", ".join([*SIZES, *WAYS]))
    known.add_argument("--ways", action="store_true", help=f"also {', '.join(WAYS)} of {', '.join(FEW)}")
    return known.parse_args()


def main() -> None:
    """Take the pictures that are asked for."""
    asked = _asked()
    out = asked.out or Path(tempfile.mkdtemp(prefix="desk-"))
    names = [*asked.sizes.split(","), *(WAYS if asked.ways else ())]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=list(ARGUMENTS))
        for band in asked.band.split(","):
            _all_of(band, asked.states.split(","), names, browser, out)
        browser.close()
    say(f"the pictures are in {out}")


if __name__ == "__main__":
    main()
