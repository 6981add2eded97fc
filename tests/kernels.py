"""Finding the process behind a page: a kernel started by itself names its id, a forked one carries its beginning."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from playwright.sync_api import Page


def kernel_id(page: Page) -> str:
    """Return the id of the kernel behind a page."""
    return str(json.loads(page.locator("#jupyter-config-data").text_content() or "")["kernelId"])


def kernel_process(wanted: str) -> psutil.Process | None:
    """Return the living process of a kernel, or ``None``."""
    for process in psutil.process_iter(["name", "cmdline", "status"]):
        told = process.info
        named = told["name"] == f"kernel-{wanted[:8]}" or any(
            wanted in part for part in told["cmdline"] or ()
        )
        if named and told["status"] != psutil.STATUS_ZOMBIE:
            return process
    return None


def kill_kernel(page: Page) -> None:
    """Kill the kernel behind a page, as a full machine does."""
    process = kernel_process(kernel_id(page))
    assert process is not None, "this page has no kernel"
    process.kill()
