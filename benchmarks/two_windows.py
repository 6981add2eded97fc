"""Measure how long one window of a meeting waits for another: ``python benchmarks/two_windows.py [--rounds 8] [--write]``.

One meeting of the sample class in one headless Chromium: the deck (a kernel under Voilà), the child's cue lines and a
home's own page (both without a kernel). Told are: a press on the cue page until the deck has turned, a turn of the deck
until the home's page names the new screen. Windows look once a second (design,
17), so half a second of waiting and the way there are the least one can expect. Needs Chromium and the extra ``test``.
"""

from __future__ import annotations

import argparse
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]

from benchmarks.report import put_into  # noqa: E402 - found only once the root is on the path

if TYPE_CHECKING:
    from playwright.sync_api import Page

BEGIN, END = (
    "<!-- two windows: written by benchmarks/two_windows.py --write -->",
    "<!-- end of two windows -->",
)
CHILD, HOME = "mateo", "mama-y-abuelo"
LONG: Final = 60_000
FAR_APART: Final = ("part12", "part1")


def waited(act: Callable[[], object], seen: Callable[[], object]) -> float:
    """Return the seconds from an act in one window until another shows it."""
    act()
    begun = time.perf_counter()
    seen()
    return time.perf_counter() - begun


def rounds_of(deck: Page, cues: Page, phone: Page, rounds: int) -> dict[str, list[float]]:
    """Return the seconds of every round of each way."""
    found: dict[str, list[float]] = {"cue": [], "turn": []}
    on = cues.get_by_role("button", name="On", exact=True)
    for n in range(rounds):
        to = FAR_APART[n % 2]  # the phone names the screen, and screens beside each other may have one name
        time.sleep(0.13 * n)  # never at the same moment between two looks
        at = deck.evaluate("document.querySelector('.slide:target')?.id ?? 'part1'")
        turned = f"() => document.querySelector('.slide:target')?.id !== '{at}'"
        found["cue"].append(waited(on.click, lambda t=turned: deck.wait_for_function(t, timeout=LONG)))
        time.sleep(2.5)  # the phone has caught up
        told = phone.locator("#now, main").first.inner_text()
        changed = f"() => document.querySelector('main').innerText !== {told!r}"
        found["turn"].append(
            waited(
                lambda to=to: deck.evaluate("to => { location.hash = to }", to),
                lambda c=changed: phone.wait_for_function(c, timeout=LONG),
            )
        )
    return found


def told_of(found: dict[str, list[float]], rounds: int, load: float) -> str:
    """Return the figures as a Markdown table."""
    words = {
        "cue": "a press on the cue page → the deck has turned",
        "turn": "the deck turns → a home's phone names the screen",
    }
    lines = ["| | median, s | longest, s |", "|--|--:|--:|"]
    for key, text in words.items():
        lines.append(f"| {text} | {statistics.median(found[key]):.2f} | {max(found[key]):.2f} |")
    return "\n".join(lines) + (
        f"\n\n{rounds} rounds, three browser windows and a kernel on one computer, load {load:.0f} before the run."
        " `python benchmarks/two_windows.py`"
    )


def main(arguments: list[str]) -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    asked, load = parser.parse_args(arguments), os.getloadavg()[0]
    from playwright.sync_api import sync_playwright

    from chromium import find_chromium
    from portfolio.moments.sample import make_sample
    from tests.browser.served import serving
    from tests.browser.test_conference import on_a_phone, ready

    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as name, sync_playwright() as playwright:
        folder = make_sample(
            "class-4b", Path(name) / "class-4b", at=datetime.now(UTC), randomness=secrets.token_bytes
        )
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        with serving(folder, links=True) as served:
            child = browser.new_context(viewport={"width": 1280, "height": 800})
            deck = child.new_page()
            deck.goto(served.links["Mateo"] + "?to=talk", wait_until="commit")
            ready(deck)
            cues = browser.new_context(storage_state=child.storage_state()).new_page()
            cues.goto(served.url + "cues")
            phone = on_a_phone(browser, served, HOME, "Mamá")
            deck.keyboard.press("PageDown")
            time.sleep(3)
            found = rounds_of(deck, cues, phone, asked.rounds)
        browser.close()
    told = told_of(found, asked.rounds, load)
    print(told)
    if asked.write:
        put_into(ROOT / "docs" / "benchmarks.md", told, BEGIN, END)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
