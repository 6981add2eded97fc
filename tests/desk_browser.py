"""Fixtures and helpers for tests of the desk in a browser: a served desk, and what lies on its disk.

``tests/browser/controls/conftest.py`` hands the fixtures out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.desk_kernel import forms
from tests.voila_server import notebook, voila

OPEN = "from tests.desk_kernel import DemoHost\nfrom portfolio.widgets import Desk\ndesk = Desk(DemoHost())\ndesk"
Server = tuple[str, Path]
OpenDesk = Callable[..., Page]
WHAT = "One thing I do well is"
PROOF = "You can see it in"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the demo desk, once for all tests; give its address and the folder its words are kept in."""
    folder = tmp_path_factory.mktemp("desk")
    cells = [("py", OPEN)]
    for section, form in forms().items():
        cells += [("md", f"## {form['title']}"), ("py", f"desk.section({section!r})")]
    path = folder / "student.ipynb"
    path.write_text(notebook(*cells, ("py", "desk.done()")), "utf-8")
    with voila(path, env={"DESK_FOLDER": str(folder)}) as address:
        yield address, folder


@pytest.fixture
def desk(
    server: Server, context: BrowserContext, watch: Callable[..., Any], request: pytest.FixtureRequest
) -> Iterator[OpenDesk]:
    """Return ``desk("strengths")``: this test's own desk, open at a page; nothing may leave the machine."""
    name = re.sub(r"\W+", "-", request.node.name)[:60].strip("-")
    contexts: list[Any] = [watch(context)]

    def open_desk(section: str = "", within: BrowserContext | None = None, **asked: str) -> Page:
        if within is not None:
            contexts.append(watch(within))
        page = (within or context).new_page()
        query = "&".join(f"{key}={value}" for key, value in {"desk": name, **asked}.items())
        page.goto(f"{server[0]}?{query}#{section}", wait_until="commit")
        ready(page)
        return page

    yield open_desk
    for watched in contexts:
        watched.check()


def ready(page: Page) -> None:
    """Wait until every control stands."""
    page.locator("html[data-ready=true]").wait_for(state="attached", timeout=60_000)


def kept(server: Server, page: Page, section: str) -> Any:
    """Return what the keeper has on disk for a section."""
    name = re.search(r"desk=([^&#]*)", page.url)
    path = server[1] / f"{name[1] if name else ''}.json"
    return json.loads(path.read_text("utf-8")).get(section, {}) if path.is_file() else {}


def value(server: Server, page: Page, section: str, entry: str, field: str) -> Any:
    """Return one answer as it is on disk."""
    return kept(server, page, section).get(entry, {}).get("fields", {}).get(field, {}).get("value")


def status(page: Page) -> Locator:
    """Return the line about saving."""
    return page.locator("header .save")


def saved(page: Page) -> None:
    """Wait until everything is said to be saved."""
    expect(status(page)).to_contain_text("You can close this page", timeout=30_000)


def first(page: Page, label: str) -> Locator:
    """Return the first box with this label on the open page."""
    return page.get_by_label(label, exact=True).and_(page.locator(":visible")).first


def drafts_in(page: Page) -> list[str]:
    """Return the names of this browser's draft databases that hold something."""
    found: list[str] = page.evaluate(
        """async () => {
          const names = (await indexedDB.databases()).map((d) => d.name);
          const size = (name) => new Promise((done) => {
            const asked = indexedDB.open(name);
            asked.onsuccess = () => {
              const count = asked.result.transaction("drafts").objectStore("drafts").count();
              count.onsuccess = () => { asked.result.close(); done(count.result); };
            };
          });
          const found = [];
          for (const name of names) if (await size(name)) found.push(name);
          return found;
        }"""
    )
    return found


def reload(page: Page) -> None:
    """Load the page again and wait until every control stands."""
    page.reload(wait_until="commit")
    ready(page)
