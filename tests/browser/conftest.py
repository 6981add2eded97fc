"""What browser tests share: the Chromium of this machine, a watch on the network, and axe.

The browser resolves no name but this machine's own, so nothing can leave even where a test forgets to look.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page, Route

# Milliseconds: five seconds, as Playwright has it, are not enough on a busy computer.
expect.set_options(timeout=30_000)

HERE = Path(__file__).resolve().parent
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


FIRST = frozenset({"test_one_path.py", "test_browser_tools.py"})
"""The files of this folder that every ``make test`` runs: the way from desk to phone, and the tools themselves."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test, and what only ``.ci/run`` has the time for."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            if item.path.name not in FIRST:
                item.add_marker("more")


# ------------------------------------------------------------------------------------------- the browser


@pytest.fixture(scope="session")
def require_browser() -> str:
    """Return the path of a Chromium. There being none is a failure, never a reason to leave tests out."""
    from chromium import find_chromium
    from environment import Trouble

    try:
        found = find_chromium()
    except Trouble as trouble:
        pytest.fail(str(trouble), pytrace=False)
    if not found:
        pytest.fail(
            "No Chromium on this computer: `make test` installs one, or set PORTFOLIO_CHROMIUM to where it is.",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], require_browser: str
) -> dict[str, Any]:
    """Start the found Chromium: without sandbox (tests may run as root), without network."""
    return {
        **browser_type_launch_args,
        "executable_path": require_browser,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-dev-shm-usage",
            "--use-fake-device-for-media-stream",  # a microphone that beeps, a camera that shows a clock
            "--use-fake-ui-for-media-stream",  # both may be used, unless a test says otherwise
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Open pages in English, in one time zone; a service worker would hide requests from the watch."""
    return {**browser_context_args, "locale": "en-US", "timezone_id": "UTC", "service_workers": "block"}


# ------------------------------------------------------------------------------------------- the network


class Watch:
    """A watch over a browser context: records and stops every request that would leave this machine."""

    def __init__(self, context: BrowserContext) -> None:
        self.outside: list[str] = []
        context.route("**/*", self._look)
        context.route_web_socket(lambda url: not _stays(url), lambda socket: self.outside.append(socket.url))

    def _look(self, route: Route) -> None:
        if _stays(route.request.url):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def check(self) -> None:
        """Raise AssertionError with the addresses if something wanted to leave."""
        assert not self.outside, f"the page reached for the network: {self.outside}"


def _stays(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob", "file", "about"} or parts.hostname in {
        "127.0.0.1",
        "localhost",
        "::1",
    }


@pytest.fixture
def watch() -> Callable[[BrowserContext], Watch]:
    """Return a way to watch a context of one's own: ``watch(context).outside``, ``.check()``."""
    return Watch


@pytest.fixture
def offline_guard(context: BrowserContext) -> Iterator[list[str]]:
    """Hand out the addresses the test's pages reached for outside this machine; fail at the end if any."""
    guard = Watch(context)
    yield guard.outside
    guard.check()


# --------------------------------------------------------------------------------------------------- axe


class Violation(NamedTuple):
    """One rule of axe that a page breaks: the rule's id, how bad, what it says, the elements' selectors."""

    rule: str
    impact: str
    help: str
    where: tuple[str, ...]


# The book's spine is a drawn ``::before``: as it comes, axe measures the contrast of no word that lies on the book.
# This looks past it; the other options are axe's own (4.12, color-contrast), which a check replaces as a whole.
CONTRAST = """axe.configure({
  allowedOrigins: ["<unsafe_all_origins>"], // files have none
  checks: [{ id: "color-contrast", options: {
    ignoreUnicode: true, ignoreLength: false, ignorePseudo: true, boldValue: 700, boldTextPt: 14, largeTextPt: 18,
    contrastRatio: { normal: { expected: 4.5 }, large: { expected: 3 } },
    pseudoSizeThreshold: 0.25, shadowOutlineEmMax: 0.2, textStrokeEmMin: 0.03 } }],
})"""


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[Violation]]:
    """Return ``axe(page)``: the violations of WCAG 2.2 A and AA and of axe's best practices, in all frames.

    Call it when the page is ready and its controls have been asserted: axe is also content with nothing.
    ``axe(page, tags=[...])`` asks for other rules; ``axe(page, but=".slide:not(#part2)")`` leaves out what was looked
    at before or will be.
    """
    import axe_playwright_python

    source = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")

    def run(page: Page, tags: tuple[str, ...] = AXE_TAGS, but: str = "") -> list[Violation]:
        for frame in page.frames:
            if not frame.evaluate("'axe' in window"):
                frame.evaluate(source)
                frame.evaluate(CONTRAST)
        options = {
            "runOnly": {"type": "tag", "values": list(tags)},
            "rules": {"hidden-content": {"enabled": False}},  # it asks a person to look, and is never broken
            "resultTypes": ["violations"],
        }
        result = page.evaluate(
            "([but, options]) => axe.run(but ? { include: ['html'], exclude: [but] } : document, options)",
            [but, options],
        )
        return [_violation(found) for found in result["violations"]]

    return run


def _violation(found: dict[str, Any]) -> Violation:
    where = tuple(" ".join(map(str, node["target"])) for node in found["nodes"])
    return Violation(found["id"], found["impact"] or "", found["help"], where)
