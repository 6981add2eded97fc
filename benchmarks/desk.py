"""Measure the desk against a plain ipywidgets form of the same questions: ``python benchmarks/desk.py``.

Both are opened in the same headless Chromium, in turn, several rounds in one run: ours through ``portfolio
serve``, the peer under plain Voilà with its stock template. ``--rounds N`` (default 5), ``--write`` puts the
figures into ``docs/benchmarks.md``. Needs Chromium and the extra ``test``.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]

from benchmarks.plain_form import questions  # noqa: E402 - found only once the root is on the path
from benchmarks.report import put_into  # noqa: E402 - the same
from benchmarks.two_ways import asked_for, bytes_of, kernel_of, one_browser, ratios  # noqa: E402 - the same

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BEGIN, END = "<!-- desk: written by benchmarks/desk.py --write -->", "<!-- end of the desk -->"
ASK = "What do you want to tell your family?"
HEAVY = ("matplotlib", "nbformat", "nbconvert")
PEER = """import sys; sys.path[:0] = [{root!r}]
from pathlib import Path
from benchmarks.plain_form import form
form(Path({folder!r}))"""


@dataclass(frozen=True)
class Way:
    """One of the two: its address, how to know that it can be used, and how to read what is on disk."""

    name: str
    address: str
    page: str
    usable: Callable[[Page], None]
    kept: Callable[[str], bool]


@dataclass(frozen=True)
class Round:
    """One visit: seconds until usable and until words are kept, seconds of CPU and MB (USS) of the kernel, kB sent."""

    usable: float
    kept_after_typing: float
    kept_after_leaving: float
    tail_kept: bool
    kernel_cpu: float
    kernel_mb: float
    sent: float


def visit(browser: Browser, way: Way, mark: str) -> Round:
    """Open the page in a fresh browser profile, write, leave the box, write and reload at once."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.route("**/*", lambda r: r.continue_() if "127.0.0.1" in r.request.url else r.abort())
    sent = bytes_of(page)
    begun = time.perf_counter()
    page.goto(way.address, wait_until="commit")
    way.usable(page)
    usable = time.perf_counter() - begun
    cpu, memory = kernel_of(page)
    if way.page:
        page.evaluate("to => { location.hash = to }", way.page)
    typed = _write(page, f"{mark}a", way, leave=False)
    left = _write(page, f"{mark}b", way, leave=True)
    _box(page).press_sequentially(f" {mark}c")
    page.reload(wait_until="commit")
    way.usable(page)
    time.sleep(1.5)
    done = Round(usable, typed, left, way.kept(f"{mark}c"), cpu, memory, sent() / 1000)
    context.close()
    return done


def _box(page: Page) -> Any:
    by_label = page.get_by_label(ASK, exact=False)
    return (
        by_label.first
        if by_label.count()
        else page.locator("textarea:visible, input[type=text]:visible").first
    )


def _write(page: Page, word: str, way: Way, *, leave: bool) -> float:
    """Type a word and return the seconds from its last key (or from leaving the box) until it is on disk."""
    _box(page).click()
    page.keyboard.press("End")
    page.keyboard.type(f" {word}", delay=30)
    begun = time.perf_counter()
    if leave:
        page.keyboard.press("Tab")
    while not way.kept(word):
        if time.perf_counter() - begun > 20:
            return float("inf")
        page.wait_for_timeout(5)
    return time.perf_counter() - begun


# ------------------------------------------------------------------------------------------------ the two


@contextmanager
def ours(place: Path, env: dict[str, str]) -> Iterator[Way]:
    """Serve a new class of grades 3 to 5 with one empty child."""
    from portfolio.moments.sample import make_sample

    folder = make_sample(
        "class-4b", place / "class", at=datetime(2026, 11, 20, 12, tzinfo=UTC), randomness=os.urandom
    )
    command = [sys.executable, "-m", "portfolio", "serve", str(folder.path), "--port", "0", "--links"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as server:
        link = ""
        for line in server.stdout or ():
            found = re.match(r"\s+Mateo: (http\S+)", line)
            link = found[1] if found else link
            if "Ctrl+C" in line:
                break

        def kept(word: str) -> bool:
            with closing(sqlite3.connect(f"file:{folder.database}?mode=ro", uri=True, timeout=5)) as base:
                return bool(
                    base.execute("SELECT count(*) FROM entries WHERE body LIKE ?", (f"%{word}%",)).fetchone()[
                        0
                    ]
                    > 0
                )

        yield Way(
            "ours",
            link,
            "letter",
            lambda p: p.wait_for_selector("html[data-ready=true]", state="attached", timeout=90_000),
            kept,
        )
        server.send_signal(signal.SIGINT)


@contextmanager
def peer(place: Path, env: dict[str, str]) -> Iterator[Way]:
    """Serve the plain form under plain Voilà."""
    from portfolio.files import class_templates
    from portfolio.store.template_file import load_template
    from tests.voila_server import notebook, voila

    place.mkdir()
    asked = questions(load_template(class_templates() / "3-5.yaml"))
    (place / "questions.json").write_text(json.dumps(asked), "utf-8")
    path = place / "form.ipynb"
    path.write_text(notebook(("py", PEER.format(root=str(ROOT), folder=str(place)))), "utf-8")
    answers = place / "answers.json"
    boxes = sum(q["control"] in ("long", "rows") for q in asked)

    def usable(page: Page) -> None:
        page.wait_for_function(
            "n => document.querySelectorAll('textarea').length >= n", arg=boxes, timeout=90_000
        )
        page.locator("textarea:visible").first.wait_for(timeout=90_000)

    def kept(word: str) -> bool:
        return answers.is_file() and word in answers.read_text("utf-8")

    with voila(path, "--template=lab", env=env) as address:
        yield Way("peer", address, "", usable, kept)


def table(taken: dict[str, list[Round]]) -> str:
    """Return the medians as a Markdown table, with the ratio of ours to the peer."""
    rows = [
        ("first usable (page asked for → every question can be answered), s", "usable", 2),
        ("last key → on disk, s", "kept_after_typing", 2),
        ("leaving the box → on disk, s", "kept_after_leaving", 2),
        ("CPU of the kernel until usable, s", "kernel_cpu", 2),
        ("memory of its own that the kernel takes (USS), MB", "kernel_mb", 0),
        ("over the line for two openings, kB", "sent", 0),
    ]
    lines = ratios(rows, taken, ("plain ipywidgets, plain Voilà", "the desk"))
    tails = {way: f"{sum(r.tail_kept for r in rounds)} of {len(rounds)}" for way, rounds in taken.items()}
    lines.append(
        f"| last words kept when the page is loaded again at once | {tails['peer']} | {tails['ours']} | |"
    )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Measure and tell; ends with 1 if ours lost last words."""
    asked, load = asked_for(arguments, __doc__), os.getloadavg()[0]
    with (
        one_browser() as (place, env, browser),
        ours(place / "ours", env) as own,
        peer(place / "peer", env) as other,
    ):
        for way in (own, other):
            visit(browser, way, f"warm{way.name}")
        taken: dict[str, list[Round]] = {"ours": [], "peer": []}
        for n in range(asked.rounds):
            for way in (own, other):
                taken[way.name].append(visit(browser, way, f"r{n}{way.name}"))
    told = f"{table(taken)}\n\nMedians of {asked.rounds} rounds in turn, one browser, load {load:.0f} before the run."
    print(told)
    if asked.write:
        put_into(ROOT / "docs" / "benchmarks.md", told, BEGIN, END)
    return 0 if all(r.tail_kept for r in taken["ours"]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
