"""Measure a meeting's deck in a browser: ``python benchmarks/talk_page.py [--rounds 5] [--write]``.

One invented child of the sample class, opened in turn in the same headless Chromium: ours through ``portfolio serve``
at its own link, the peer as what a good teacher writes with ipywidgets alone under plain Voilà: the same screens with
the same words and pictures, each an HTML widget in a Stack, with two buttons that turn it. Told are the first
paint, when the first screen stands and can be turned, from one screen to the next (median of all turns), the kernel's
processor time, and what came over the line. Needs Chromium and the extra ``test``.
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]

from benchmarks.report import put_into  # noqa: E402 - found only once the root is on the path
from benchmarks.two_ways import asked_for, bytes_of, kernel_of, one_browser, ratios  # noqa: E402 - the same

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BEGIN, END = (
    "<!-- talk page: written by benchmarks/talk_page.py --write -->",
    "<!-- end of the talk page -->",
)
SAMPLE, CHILD = "class-4b", "Amal"
TURNS: Final = 12
LONG: Final = 90_000
_SLIDE = re.compile(r'<section class="slide".*?</section>', re.DOTALL)

PEER = """import json
from pathlib import Path
import ipywidgets as w
slides = json.loads(Path({file!r}).read_text("utf-8"))
stack = w.Stack([w.HTML(one) for one in slides], selected_index=0)
back, on = w.Button(description="Back"), w.Button(description="Next")
where = w.Label(f"part 1 of {{len(slides)}}")
def turn(step):
    stack.selected_index = min(max(stack.selected_index + step, 0), len(slides) - 1)
    where.value = f"part {{stack.selected_index + 1}} of {{len(slides)}}"
back.on_click(lambda _: turn(-1))
on.on_click(lambda _: turn(1))
w.VBox([stack, w.HBox([back, where, on])])"""


@dataclass(frozen=True)
class Way:
    """One of the two: its address, when the first screen stands, and how one turns to the next."""

    name: str
    address: str
    first_screen: Callable[[Page], object]
    turn: Callable[[Page, int], object]


@dataclass(frozen=True)
class Round:
    """One visit: seconds to the first paint, to the first screen, of one turn, of CPU; kB over the line."""

    paint: float
    first_screen: float
    turn: float
    kernel_cpu: float
    sent: float


ROWS: Final = (
    ("page asked for → first paint, s", "paint", 2),
    ("page asked for → the first screen stands, s", "first_screen", 2),
    ("a press → the next screen stands, s (median of 12)", "turn", 3),
    ("CPU of the kernel for all of it, s", "kernel_cpu", 2),
    ("over the line, kB", "sent", 0),
)


def visit(browser: Browser, way: Way) -> Round:
    """Open the page in a fresh browser profile and turn some screens."""
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.route("**/*", lambda r: r.continue_() if "127.0.0.1" in r.request.url else r.abort())
    sent = bytes_of(page)
    begun = time.perf_counter()
    page.goto(way.address, wait_until="commit")
    way.first_screen(page)
    first = time.perf_counter() - begun
    paints = "() => performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"
    page.wait_for_function(f"({paints})().length > 0", timeout=LONG)
    paint = page.evaluate(paints)[0] / 1000
    turns = []
    for n in range(1, TURNS + 1):
        page.wait_for_timeout(200)
        at = time.perf_counter()
        way.turn(page, n)
        turns.append(time.perf_counter() - at)
    cpu, _ = kernel_of(page)
    done = Round(paint, first, statistics.median(turns), cpu, sent() / 1000)
    context.close()
    return done


@contextmanager
def ours(folder: Path, env: dict[str, str]) -> Iterator[Way]:
    """Serve the sample class and give its child's own link."""
    command = [sys.executable, "-m", "portfolio", "serve", str(folder), "--links", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=env) as server:
        link = ""
        for line in server.stdout or ():
            found = re.search(rf"{CHILD}: (http\S+/k/\S+)", line)
            link = found[1] if found else link
            if "Ctrl+C" in line and link:
                break

        def first_screen(page: Page) -> None:
            page.wait_for_selector(".deck .slide h1:visible", timeout=LONG)

        def turn(page: Page, n: int) -> None:
            if n == 1:  # a deck goes on where the meeting stood
                page.keyboard.press("Home")
            page.keyboard.press("PageDown")
            page.wait_for_function(f"() => document.querySelector('.slide:target')?.id === 'part{n + 1}'")

        try:
            yield Way("ours", f"{link}?to=talk", first_screen, turn)
        finally:
            server.send_signal(signal.SIGINT)


@contextmanager
def peer(place: Path, slides: list[str], env: dict[str, str]) -> Iterator[Way]:
    """Serve the same screens under plain Voilà."""
    import json

    from tests.voila_server import notebook, voila

    place.mkdir()
    (place / "slides.json").write_text(json.dumps(slides), "utf-8")
    path = place / "talk.ipynb"
    path.write_text(notebook(("py", PEER.format(file=str(place / "slides.json")))), "utf-8")

    def first_screen(page: Page) -> None:
        page.wait_for_selector("h1:visible", timeout=LONG)
        page.get_by_role("button", name="Next").wait_for(timeout=LONG)

    def turn(page: Page, n: int) -> None:
        page.get_by_role("button", name="Next").click()
        page.get_by_text(f"part {n + 1} of ").wait_for()

    with voila(path, "--template=lab", env=env) as address:
        yield Way("peer", address, first_screen, turn)


def sample(place: Path) -> tuple[Path, list[str]]:
    """Make the sample class; return its folder and the screens of its child as HTML."""
    from portfolio.moments.home import kept_charts
    from portfolio.moments.sample import make_sample
    from portfolio.moments.talk import talk_html
    from portfolio.store.class_folder import book_of

    folder = make_sample(SAMPLE, place, at=datetime.now(UTC), randomness=secrets.token_bytes)
    store = folder.store()
    student = next(one for one in store.students() if one.name == CHILD)
    book = book_of(store, folder.template(), folder.outline(), student.student_id)
    deck = talk_html(book, store, kept_charts(folder.charts))
    store.close()
    return folder.path, _SLIDE.findall(deck)


def main(arguments: list[str]) -> int:
    """Measure and tell."""
    asked, load = asked_for(arguments, __doc__), os.getloadavg()[0]
    with one_browser() as (place, env, browser):
        folder, slides = sample(place / "class")
        with ours(folder, env) as own, peer(place / "peer", slides, env) as other:
            for way in (own, other):
                visit(browser, way)
            taken: dict[str, list[Round]] = {"ours": [], "peer": []}
            for _ in range(asked.rounds):
                for way in (own, other):
                    taken[way.name].append(visit(browser, way))
    heads = ("the same screens with ipywidgets, plain Voilà", "the deck")
    told = (
        "\n".join(ratios(ROWS, taken, heads))
        + f"\n\nMedians of {asked.rounds} rounds in turn, {len(slides)} screens, one browser at 1280 × 800,"
        f" load {load:.0f} before the run. `python benchmarks/talk_page.py`"
    )
    print(told)
    if asked.write:
        put_into(ROOT / "docs" / "benchmarks.md", told, BEGIN, END)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
