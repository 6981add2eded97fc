"""A sample class served for browser tests: started once, by the command a teacher uses."""

from __future__ import annotations

import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.store.class_folder import ClassFolder
from tests.samples import make_sample

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WAIT = 60_000
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Served:
    """A class that is being served: its folder, the door's address, each child's own link, and the teacher's."""

    folder: ClassFolder
    url: str
    links: dict[str, str]
    teacher: str = ""
    """The teacher's link, where one was asked for. It is over when a child comes in at a browser that opened it."""


def sample(name: str, path: Path) -> ClassFolder:
    """Return a fresh sample class in a folder."""
    return make_sample(name, path, at=AT, randomness=secrets.token_bytes)


@contextmanager
def serving(
    folder: ClassFolder, *, links: bool, more: Sequence[str] = (), teacher: bool = False
) -> Iterator[Served]:
    """Serve a class while the block runs, with the teacher's desk if asked; ``more`` are further words of the command."""
    moment = "teacher" if teacher else "serve"
    command = [sys.executable, "-m", "portfolio", moment, str(folder.path), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--links" if links else "--roster", *more],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:
        try:
            yield _told(folder, process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _told(folder: ClassFolder, process: subprocess.Popen[str]) -> Served:
    url, links, teacher = "", {}, ""
    assert process.stdout is not None
    for line in process.stdout:
        if match := re.search(r"is open at (\S+)", line):
            url = match[1]
        elif match := re.match(r"\s+(\S.*): (http\S+)", line):
            links[match[1]] = match[2]
        elif match := re.search(r"desk: (http\S+/t/\S+)", line):
            teacher = match[1]
        if "Ctrl+C" in line:
            return Served(folder, url, links, teacher)
    raise AssertionError(f"the server ended before it was open: {process.wait()}")


def open_work(page: Page, address: str) -> Locator:
    """Open a child's desk and return the place for recordings of its first piece of work."""
    page.goto(address)
    page.wait_for_selector("html[data-ready=true]", timeout=WAIT, state="attached")
    page.evaluate("location.hash = 'work'")
    place = page.locator("[data-section=work] [data-field=media]").first
    place.wait_for(state="visible", timeout=WAIT)
    return place
