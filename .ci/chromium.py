"""Find the Chromium the browser tests use, or install one.

Standard library only. Chrome and Edge count: they are Chromium inside.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from environment import Trouble, say, venv_python

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Chromium/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
)


def find_chromium() -> str | None:
    """Return the path of a Chromium on this computer, or None.

    Looked at in this order: PORTFOLIO_CHROMIUM, PATH, the usual places on macOS and Windows. Raises
    Trouble if PORTFOLIO_CHROMIUM names something that does not start.
    """
    given = os.environ.get("PORTFOLIO_CHROMIUM")
    if given:
        found = shutil.which(given)
        if not found or not _starts(found):
            raise Trouble(f"PORTFOLIO_CHROMIUM says {given}, but no browser starts there. Mend or unset it.")
        return found
    on_path = [shutil.which(name) for name in _NAMES]
    usual = [place for place in map(_filled, _PLACES) if place and Path(place).is_file()]
    return next((browser for browser in [*on_path, *usual] if browser and _starts(browser)), None)


def _filled(place: str) -> str | None:
    try:
        return place.format_map(os.environ)
    except KeyError:  # a place of another system
        return None


def _starts(browser: str) -> bool:
    """Say whether a browser answers; some systems put a stub on PATH that only tells how to install it."""
    if os.name == "nt":  # there --version opens a window instead
        return Path(browser).is_file()
    try:
        asked = subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def ensure_chromium() -> str:
    """Return the path of a Chromium, installing one if there is none. Raises Trouble if that fails."""
    found = find_chromium() or _playwrights_own()
    if not found and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium with apt-get (for the browser tests)")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *step], env=quiet, stdout=subprocess.DEVNULL, check=False)
        found = find_chromium()
    if not found:
        say("Installing Chromium with Playwright (for the browser tests)")
        subprocess.run([str(venv_python()), "-m", "playwright", "install", "chromium"], check=False)
        found = _playwrights_own()
    if not found:
        raise Trouble(
            "The browser tests need Chromium, and none could be found or installed. Install Chromium, Chrome "
            "or Edge, or set PORTFOLIO_CHROMIUM to where it is; then try again."
        )
    return found


def _playwrights_own() -> str | None:
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    asked = subprocess.run(
        [str(venv_python()), "-c", code], stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    path = asked.stdout.strip()
    return path if path and Path(path).is_file() else None
