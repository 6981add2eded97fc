"""Two ways to the same page, opened in turn in one headless Chromium: what the browser benchmarks share."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import environment

ROOT = Path(__file__).resolve().parent.parent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def asked_for(arguments: Sequence[str], doc: str | None) -> argparse.Namespace:
    """Return what the command line asks: ``rounds``, and ``write`` for the figures in ``docs/benchmarks.md``."""
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    return parser.parse_args(arguments)


@contextmanager
def one_browser() -> Iterator[tuple[Path, dict[str, str], Browser]]:
    """Give an empty folder, the environment for what is started, and a browser; all gone afterwards."""
    from playwright.sync_api import sync_playwright

    from chromium import find_chromium

    with tempfile.TemporaryDirectory(prefix="portfolio-bench-") as name, sync_playwright() as playwright:
        place = Path(name)
        env = environment(place / "home", PYTHONPATH=str(ROOT), JUPYTER_PATH=str(ROOT / "templates"))
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        try:
            yield place, env, browser
        finally:
            browser.close()


def ratios(
    rows: Sequence[tuple[str, str, int]], taken: dict[str, list[Any]], heads: tuple[str, str]
) -> list[str]:
    """Return lines of a Markdown table: medians of "peer" and "ours", and the median of their ratios, round by round.

    A row is its words, the field of a round, and how many digits are told.
    """
    lines = [f"| | {heads[0]} | {heads[1]} | ratio |", "|--|--:|--:|--:|"]
    for words, name, digits in rows:
        theirs, own = ([getattr(one, name) for one in taken[way]] for way in ("peer", "ours"))
        each = statistics.median(a / b for a, b in zip(own, theirs, strict=True))
        told = (f"{statistics.median(values):.{digits}f}" for values in (theirs, own))
        lines.append(f"| {words} | {' | '.join(told)} | {each:.2f} |")
    return lines


def bytes_of(page: Page) -> Callable[[], int]:
    """Count what comes over the line: responses as sent, and frames of the websocket."""
    total = 0

    def add(event: dict[str, Any]) -> None:
        nonlocal total
        total += int(event.get("encodedDataLength") or len(event.get("response", {}).get("payloadData", "")))

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", add)
    session.on("Network.webSocketFrameReceived", add)
    return lambda: total


def kernel_of(page: Page) -> tuple[float, float]:
    """Return CPU seconds and MB (RSS) of the kernel behind a page."""
    from tests.kernels import kernel_id, kernel_process

    process = kernel_process(kernel_id(page))
    if process is None:
        return float("nan"), float("nan")
    times = process.cpu_times()
    return times.user + times.system, process.memory_full_info().uss / 1e6
