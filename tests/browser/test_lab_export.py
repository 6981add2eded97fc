"""JupyterLab's menu “Save and Export Notebook As”: the file of the home the notebook names, or a sentence."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Download, Page, expect

from portfolio.moments.home import home_file, kit_of
from portfolio.store.class_folder import ClassFolder, book_of, open_class
from tests.browser.served import sample

ITEM = "Portfolio"
"""JupyterLab writes the exporter's name, whatever it calls itself (``export_from_notebook``)."""
WAIT = 60_000


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that is open in a class's folder."""

    folder: ClassFolder
    url: str
    token: str


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A real JupyterLab with a token, in the folder of a sample class, with settings of its own."""
    place = tmp_path_factory.mktemp("lab")
    folder = sample("ladybirds", place / "ladybirds")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    own = {
        name: str(place / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    options = {
        "ServerApp.ip": "127.0.0.1", "ServerApp.port": port, "ServerApp.port_retries": 0, "ServerApp.open_browser": False,
        "ServerApp.root_dir": str(folder.path), "IdentityProvider.token": token, "ServerApp.allow_root": True,
        "LabApp.news_url": "None", "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
    }  # fmt: skip
    words = [f"--{name}={value}" for name, value in options.items()]
    with (place / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *words], stdout=log, stderr=log, env={**os.environ, **own}
        )
        try:
            _wait(f"http://127.0.0.1:{port}/api?token={token}", process, place / "log")
            yield Lab(folder, f"http://127.0.0.1:{port}", token)
        finally:
            process.terminate()
            process.wait(30)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.5)
    pytest.fail(log.read_text())


def _notebook(lab: Lab, name: str, ids: dict[str, str]) -> None:
    notebook = json.loads(lab.folder.student_notebook.read_text("utf-8"))
    notebook["metadata"]["portfolio"] |= ids
    (lab.folder.path / name).write_text(json.dumps(notebook, indent=1), "utf-8")


def _menu(page: Page, lab: Lab, name: str) -> None:
    """Open a notebook without a kernel and go to the item of the menu."""
    page.goto(f"{lab.url}/lab/tree/{name}?token={lab.token}&reset")
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=WAIT)
    dialog = page.locator(".jp-Dialog")
    if dialog.count():
        dialog.get_by_role("button", name="No Kernel").click()
    item = page.get_by_role("menuitem", name=ITEM, exact=True)
    for _ in range(12):  # the submenu is filled once the server has told its exporters
        page.get_by_role("menuitem", name="File", exact=True).click()
        page.get_by_text("Save and Export Notebook As").click()
        page.wait_for_timeout(2_000)
        if item.is_visible():
            break
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    expect(item).to_be_visible()


def _plain(folder: ClassFolder, student: str, household: str) -> bytes:
    again = open_class(folder.path)
    store = again.store()
    try:
        book = book_of(store, again.template(), again.outline(), student)
        return home_file(book, household, kit_of(again, store)).page.encode()
    finally:
        store.close()


def test_the_menu_downloads_the_file_of_the_named_child(
    page: Page, lab: Lab, offline_guard: list[str]
) -> None:
    """Clicked in the menu, the item downloads the file of the child the notebook names, byte for byte."""
    _notebook(lab, "noa.ipynb", {"student": "noa", "household": "casa-de-abuela"})
    _menu(page, lab, "noa.ipynb")
    downloads: list[Download] = []

    def keep(one: Download) -> None:  # Playwright cannot be handed a method of a list
        downloads.append(one)

    page.context.on("page", lambda tab: tab.on("download", keep))
    page.on("download", keep)
    page.get_by_role("menuitem", name=ITEM, exact=True).click()
    for _ in range(WAIT // 250):
        if downloads:
            break
        page.wait_for_timeout(250)
    (download,) = downloads
    assert download.suggested_filename.startswith("noa-noa-")
    assert Path(download.path()).read_bytes() == _plain(lab.folder, "noa", "casa-de-abuela")


@pytest.mark.parametrize(
    ("name", "ids", "says"),
    [
        ("stranger", {"student": "somebody"}, "There is no student “somebody” in this class. Known are:"),
        pytest.param("nobody", {}, "Which student?", marks=pytest.mark.drill),
        pytest.param("twohomes", {"student": "noa"}, "For which home of Noa?", marks=pytest.mark.drill),
    ],
)
def test_the_menu_refuses_in_a_sentence(
    context: BrowserContext, lab: Lab, name: str, ids: dict[str, str], says: str
) -> None:
    """A notebook that names nobody of this class, or not which home, gives a page with our sentence and no file."""
    _notebook(lab, f"{name}.ipynb", ids)
    page = context.new_page()
    _menu(page, lab, f"{name}.ipynb")
    with context.expect_page(timeout=WAIT) as opened:
        page.get_by_role("menuitem", name=ITEM, exact=True).click()
    told = opened.value
    expect(told.locator("body")).to_contain_text(says, timeout=WAIT)
    expect(told.locator("body")).not_to_contain_text("Traceback")
