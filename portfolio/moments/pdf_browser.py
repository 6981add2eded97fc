"""The browser that makes PDFs: where it is on this computer, and how it is started so that nothing leaves.

Chromium, Chrome and Edge are one browser inside. It runs without a window, with a profile of its own that is
thrown away, resolves no name, and asks a proxy that is not there for everything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from portfolio.errors import SetupTrouble

ASKED: Final = "PORTFOLIO_CHROMIUM"
"""The environment variable that says where the browser is."""

TIME_LIMIT: Final = 60.0
"""Seconds one page may take; a usual one takes less than two."""

_NAMES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "brave-browser",
)
_PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{HOME}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Chromium/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
    "{ProgramFiles}/Microsoft/Edge/Application/msedge.exe",
)

_FLAGS: Final = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--mute-audio",
    "--use-mock-keychain",
    "--password-store=basic",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-pings",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
"""No window, no network, nothing kept, nothing told to anybody."""


def find_browser(surroundings: Mapping[str, str] | None = None) -> str | None:
    """Return the path of a browser that can make PDFs, or ``None``.

    Looked at in this order: the variable ``PORTFOLIO_CHROMIUM``, the names on PATH, the usual places on macOS and
    Windows. ``surroundings`` is what the environment says. Raises ``SetupTrouble`` if the variable names nothing that can be started.
    """
    env = os.environ if surroundings is None else surroundings
    given = env.get(ASKED, "")
    if given:
        found = shutil.which(given, path=env.get("PATH", ""))
        if found is None:
            raise SetupTrouble(
                "{variable} says “{place}”, but there is no program. Mend it or take it away, then try again.",
                variable=ASKED,
                place=given,
            )
        return found
    on_path = (shutil.which(name, path=env.get("PATH", "")) for name in _NAMES)
    usual = (place for place in (_filled(one, env) for one in _PLACES) if place and Path(place).is_file())
    return next((one for one in (*on_path, *usual) if one), None)


def _filled(place: str, env: Mapping[str, str]) -> str:
    try:
        return place.format_map(env)
    except KeyError:  # a place of another system
        return ""


def flags(profile: Path) -> tuple[str, ...]:
    """Return how the browser is started, with its profile in a folder that is thrown away.

    Its sandbox stays on; only for root, for whom it does not start otherwise, it is off.
    """
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return (*_FLAGS, f"--user-data-dir={profile}", *(("--no-sandbox",) if root else ()))


def printed_once(browser: str, page: str, *, time_limit: float = TIME_LIMIT) -> bytes:
    """Return a page as PDF from a browser that is started for it alone: where it cannot be talked to through pipes.

    Raises ``SetupTrouble`` if it does not answer in time or makes nothing.
    """
    with tempfile.TemporaryDirectory(prefix="portfolio-pdf-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        command = [
            browser,
            *flags(Path(folder) / "profile"),
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            "--virtual-time-budget=5000",
            f"--print-to-pdf={made}",
            source.as_uri(),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=time_limit, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise silent(browser) from error
        if not made.is_file() or not made.stat().st_size:
            raise silent(browser)
        return made.read_bytes()


def silent(browser: str) -> SetupTrouble:
    """Return what is said about a browser that makes no PDF."""
    return SetupTrouble(
        "The browser {browser} made no PDF. Try again; if it goes on, open the file for home in any browser and "
        "choose “Print”, then “Save as PDF”.",
        browser=Path(browser).name,
    )


def missing() -> SetupTrouble:
    """Return what is said where no browser is found."""
    return SetupTrouble(
        "For PDFs this computer needs Chromium, Chrome or Edge, and none was found. Install one, or say where it is "
        "in {variable}. By hand: open the file for home in any browser and choose “Print”, then “Save as PDF”.",
        variable=ASKED,
    )
