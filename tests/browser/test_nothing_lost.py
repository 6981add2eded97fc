# long: every way words could be lost, on one served class
"""No word is ever lost: dead kernels, pulled networks, closed tabs, two tabs at once, servers started again.

Every test types words of its own and looks for them in the store at the end, not on the page.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psutil
import pytest
from playwright.sync_api import expect

from portfolio.carry import source
from portfolio.store.class_folder import ClassFolder
from portfolio.widgets import phrases
from tests.browser.served import Served, sample, serving
from tests.desk_kernel import forms
from tests.kernels import kill_kernel
from tests.voila_server import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocketRoute

WAIT = 60_000
LETTER = "What do you want to tell your family?"


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, served with personal links."""
    folder = sample("class-4b", tmp_path_factory.mktemp("lost") / "class-4b")
    with serving(folder, links=True) as served:
        yield served


def ready(page: Page, section: str) -> None:
    """Wait until the desk stands, and open a page of the book."""
    page.locator("html[data-ready=true]").wait_for(state="attached", timeout=WAIT)
    page.evaluate("section => { location.hash = section }", section)
    page.locator(f"[data-section={section}]").first.wait_for(state="visible", timeout=WAIT)


def open_desk(page: Page, address: str, section: str) -> Page:
    """Open a child's own link at a page of the book."""
    page.goto(address, wait_until="commit")
    ready(page, section)
    return page


def box(page: Page, label: str) -> Locator:
    """Return the first box with this label on the open page."""
    return page.locator(".part:visible").get_by_label(label, exact=False).locator("visible=true").first


def saved(page: Page) -> None:
    """Wait until all is said to be saved."""
    expect(page.locator(".save")).to_contain_text("You can close this page", timeout=WAIT)


def kept(folder: ClassFolder, *words: str) -> bool:
    """Return whether all these words stand in the class's store now."""
    store = folder.store()
    try:
        books = [store.portfolio(meta.portfolio_id) for of in store.all_rounds().values() for meta in of]
    finally:
        store.close()
    text = "".join(book.model_dump_json() for book in books)
    return all(word in text for word in words)


def servers(folder: ClassFolder) -> list[psutil.Process]:
    """Return the process that serves a class."""
    found = psutil.process_iter(["cmdline"])
    return [
        p for p in found if str(folder.path) in (p.info["cmdline"] or ()) and "serve" in p.info["cmdline"]
    ]


def kernels(folder: ClassFolder) -> list[psutil.Process]:
    """Return the kernels of a class that live: forked from the nursery, or started by themselves."""
    found: list[psutil.Process] = []
    for child in [child for server in servers(folder) for child in server.children(recursive=True)]:
        try:
            line = " ".join(child.cmdline())
            alive = child.status() != psutil.STATUS_ZOMBIE
            if alive and (child.name().startswith("kernel-") or "ipykernel_launcher" in line):
                found.append(child)
        except psutil.Error:
            continue
    return found


def settle(folder: ClassFolder, most: int) -> int:
    """Wait until there are no more kernels than this, and return how many there are."""
    until = time.monotonic() + 60
    while time.monotonic() < until and len(kernels(folder)) > most:
        time.sleep(0.25)
    return len(kernels(folder))


# ------------------------------------------------------------------------------- what "saved" means

LATE_STATUS = """async ({ script, words, form }) => {
  const { show } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const widget = (traits) => ({ get: (name) => traits[name], on() {}, send() {} });
  const kit = widget({ words, look: { lang: "en", dir: "ltr", band: "35", cloth: "sea" }, alias: "noa", css: "", drawings: {} });
  const place = () => document.body.appendChild(document.createElement("div"));
  await show("sheet", { model: widget({ form, mark: "a", drawings: {} }), el: place(), kit });
  document.querySelector("textarea").value = "LATE words";
  document.querySelector("textarea").dispatchEvent(new Event("input"));
  await show("status", { model: widget({ who: [], mark: "b", drawings: {} }), el: place(), kit });
  return document.querySelector(".save").dataset.state;
}"""


def test_saved_is_not_said_by_a_line_that_came_late(page: Page) -> None:
    """The line about saving may be drawn after words have come back from this browser: it asks first.

    (Under load it was, said "saved" as long as nobody wrote on, and whoever believed it left too early.)
    """
    page.route(
        "http://localhost/**",
        lambda route: route.fulfill(
            content_type="text/html", body="<!doctype html><html data-styles=linked><body>"
        ),
    )
    page.goto("http://localhost/desk")
    given = {"script": source.script(), "words": phrases.words(), "form": forms()["strengths"]}
    assert page.evaluate(LATE_STATUS, given) == "waiting"


# --------------------------------------------------------------------------------- kernels that die


def test_a_kernel_killed_in_mid_sentence(class_4b: Served, page: Page) -> None:
    """The page says so, finds its book again, and brings every word back."""
    open_desk(page, class_4b.links["Mateo"], "letter")
    box(page, LETTER).fill("I count the planks out loud. KILLED0")
    saved(page)
    kill_kernel(page)
    box(page, LETTER).press_sequentially(" KILLED1")
    away = page.locator(".away:visible")
    expect(page.locator(".save")).to_contain_text("Not saved yet", timeout=WAIT)
    expect(away).to_contain_text(
        "Your book is here again. Your words are kept on this computer.", timeout=WAIT
    )
    box(page, LETTER).press_sequentially(" KILLED2")
    page.get_by_role("button", name="Open my book again").click()
    expect(page.locator(".away:visible")).to_have_count(0, timeout=WAIT)
    ready(page, "letter")
    expect(box(page, LETTER)).to_have_value(re.compile("KILLED0 KILLED1 KILLED2"))
    saved(page)
    assert kept(class_4b.folder, "KILLED0 KILLED1 KILLED2")


@pytest.mark.drill
def test_a_page_that_hears_nothing_from_its_book_begins_once_more(class_4b: Served, page: Page) -> None:
    """If what draws the desk is lost on its way, the page opens again by itself, and then the desk stands."""
    tried: list[WebSocketRoute] = []

    def first_is_deaf(socket: WebSocketRoute) -> None:
        tried.append(socket)
        if len(tried) > 1:
            socket.connect_to_server()

    page.route_web_socket("**/channels*", first_is_deaf)
    open_desk(page, class_4b.links["Mateo"], "letter")
    assert len(tried) == 2
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.drill
def test_a_lost_page_where_nobody_writes_opens_by_itself(class_4b: Served, page: Page) -> None:
    """With no hands in a box, the book is opened again without anybody doing anything."""
    open_desk(page, class_4b.links["Mateo"], "letter")
    kill_kernel(page)
    box(page, LETTER).fill("ALONE1")
    box(page, LETTER).blur()
    page.evaluate("document.documentElement.dataset.before = 'true'")
    page.locator("html:not([data-before])").wait_for(state="attached", timeout=WAIT)
    ready(page, "letter")
    saved(page)
    assert kept(class_4b.folder, "ALONE1")


# ----------------------------------------------------------------------------------------- networks


class Cable:
    """The cable between pages and their server. While it is pulled, what is sent either way is gone."""

    def __init__(self, context: BrowserContext) -> None:
        """Put it between the pages of a browser and their kernels, before they are opened."""
        self._context = context
        self._pulled = False
        context.route_web_socket("**/channels*", self._carry)

    def _carry(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda data: None if self._pulled else server.send(data))
        server.on_message(lambda data: None if self._pulled else socket.send(data))

    def pull(self, pulled: bool = True) -> None:
        """Pull it, or plug it in again."""
        self._pulled = pulled
        self._context.set_offline(pulled)  # alone, this leaves sockets that are open as they are


def cut_off(page: Page, cable: Cable, word: str) -> None:
    """Save ``<word>0`` in the letter, pull the cable, and write on until the page says that it is away."""
    box(page, LETTER).fill(f"{word}0")
    saved(page)
    cable.pull()
    box(page, LETTER).press_sequentially(f" {word}1")
    expect(page.locator(".save")).to_contain_text("Not saved yet", timeout=WAIT)


@pytest.mark.drill
def test_the_network_pulled_and_back(class_4b: Served, page: Page, context: BrowserContext) -> None:
    """Words typed without a network are saved when it is back, on the same page."""
    cable = Cable(context)
    open_desk(page, class_4b.links["Amal"], "letter")
    cut_off(page, cable, "OFFLINE")
    assert not kept(class_4b.folder, "OFFLINE1")
    cable.pull(False)
    box(page, LETTER).press_sequentially(" OFFLINE2")
    saved(page)
    assert kept(class_4b.folder, "OFFLINE0 OFFLINE1 OFFLINE2")


@pytest.mark.drill
def test_a_tab_closed_while_the_network_is_away(class_4b: Served, context: BrowserContext) -> None:
    """Words that no server has seen come back from this browser when the book is opened again."""
    cable = Cable(context)
    page = open_desk(context.new_page(), class_4b.links["Amal"], "letter")
    cut_off(page, cable, "ALOFT")
    page.close()
    cable.pull(False)
    assert not kept(class_4b.folder, "ALOFT1")
    again = open_desk(context.new_page(), class_4b.links["Amal"], "letter")
    expect(box(again, LETTER)).to_have_value("ALOFT0 ALOFT1")
    saved(again)
    assert kept(class_4b.folder, "ALOFT0 ALOFT1")


def test_a_tab_closed_on_the_last_word(class_4b: Served, context: BrowserContext) -> None:
    """Whoever closes the tab in the same breath finds the words when the book is opened again."""
    page = open_desk(context.new_page(), class_4b.links["Amal"], "letter")
    box(page, LETTER).fill("CLOSED1 on the last word")
    page.close()
    again = open_desk(context.new_page(), class_4b.links["Amal"], "letter")
    expect(box(again, LETTER)).to_have_value("CLOSED1 on the last word")
    again.locator(".save[data-state=saved]").wait_for(timeout=WAIT)
    assert kept(class_4b.folder, "CLOSED1 on the last word")


# ------------------------------------------------------------------------------------- two tabs


@pytest.mark.drill
def test_two_tabs_in_different_and_in_the_same_answers(class_4b: Served, browser: Browser) -> None:
    """Different answers stand side by side; of the same one both are shown, and both can be kept."""
    tabs = [browser.new_context() for _ in range(2)]
    one, two = (open_desk(tab.new_page(), class_4b.links["Mateo"], "strengths") for tab in tabs)
    box(one, "Where can we see it?").fill("TABONE proof")
    box(two, "What do you do well?").fill("TABTWO what")
    saved(one)
    saved(two)
    assert kept(class_4b.folder, "TABONE proof", "TABTWO what")
    box(one, "What do you do well?").fill("TABONE what")
    expect(one.locator(".offer:visible")).to_contain_text("TABTWO what", timeout=WAIT)
    one.get_by_role("button", name="Keep both").click()
    expect(box(one, "What do you do well?")).to_be_focused()
    expect(box(one, "What do you do well?")).to_have_value("TABTWO what TABONE what")
    expect(one.locator(".offer:visible")).to_have_count(0)
    one.locator(".save[data-state=saved]").wait_for(timeout=WAIT)
    assert kept(class_4b.folder, "TABTWO what TABONE what")
    for tab in tabs:
        tab.close()


# ------------------------------------------------------------------------------ reloads, restarts


def reloads(served: Served, page: Page, times: int, word: str) -> None:
    """Type and reload in the same breath, again and again; no word is lost, no kernel is left."""
    settle(served.folder, 0)
    open_desk(page, served.links["Amal"], "letter")
    for n in range(times):
        box(page, LETTER).fill(f"{word}{n}x")
        page.reload(wait_until="commit")
        ready(page, "letter")
        expect(box(page, LETTER)).to_have_value(f"{word}{n}x")
    page.locator(".save[data-state=saved]").wait_for(timeout=WAIT)
    assert kept(served.folder, f"{word}{times - 1}x")
    assert 1 <= settle(served.folder, 2) <= 2


@pytest.mark.drill
def test_a_few_reloads_on_the_last_word(class_4b: Served, page: Page) -> None:
    """Three reloads, each on the last word: every word is there, and no kernels pile up."""
    reloads(class_4b, page, 3, "FEW")


@pytest.mark.drill
def test_twenty_reloads_on_the_last_word(class_4b: Served, page: Page) -> None:
    """Twenty reloads, each on the last word: every word is there, and no kernels pile up."""
    reloads(class_4b, page, 20, "MANY")


@contextmanager
def on_port(folder: ClassFolder, port: int) -> Iterator[dict[str, str]]:
    """Serve a class on a port of one's choice while the block runs; give the links it has told."""
    command = [sys.executable, "-m", "portfolio", "serve", str(folder.path), "--port", str(port), "--links"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    links: dict[str, str] = {}
    with process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if match := re.match(r"\s+(\S.*): (http\S+)", line):
                    links[match[1]] = match[2]
                if "Ctrl+C" in line:
                    break
            yield links
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


@pytest.mark.drill
def test_a_server_that_was_started_again(page: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The page waits for the server, finds its book, and the words typed meanwhile are saved."""
    folder = sample("class-4b", tmp_path_factory.mktemp("again") / "class-4b")
    port = free_port()
    with on_port(folder, port) as links:
        open_desk(page, links["Mateo"], "letter")
        box(page, LETTER).fill("RESTART0")
        saved(page)
    box(page, LETTER).press_sequentially(" RESTART1")
    expect(page.locator(".away:visible")).to_contain_text("tries again by itself", timeout=WAIT)
    page.get_by_role("button", name="Open my book again").click()
    expect(page.locator(".away:visible")).to_contain_text("Not yet", timeout=WAIT)
    box(page, LETTER).press_sequentially(" RESTART2")
    with on_port(folder, port):
        expect(page.locator(".away:visible")).to_contain_text("here again", timeout=WAIT)
        page.get_by_role("button", name="Open my book again").click()
        expect(page.locator(".away:visible")).to_have_count(0, timeout=WAIT)
        ready(page, "letter")
        expect(box(page, LETTER)).to_have_value("RESTART0 RESTART1 RESTART2")
        saved(page)
        assert kept(folder, "RESTART0 RESTART1 RESTART2")


@pytest.mark.drill
def test_the_words_of_a_card_that_was_taken_away_are_shown(
    class_4b: Served, page: Page, browser: Browser
) -> None:
    """Words that wait in this browser for a card somebody took away meanwhile are not thrown away."""
    open_desk(page, class_4b.links["Wren"] if "Wren" in class_4b.links else class_4b.links["Amal"], "goals")
    text = json.dumps(
        {
            "section": "goals",
            "entry": "goal-gone",
            "field": "why",
            "value": "STRAY words",
            "base": 1,
            "was": "",
            "sent": [],
        }
    )
    page.evaluate(
        """async (draft) => {
          const { name } = (await indexedDB.databases()).find((one) => one.name.startsWith("portfolio-"));
          await new Promise((done) => {
            const asked = indexedDB.open(name);
            asked.onsuccess = () => {
              const change = asked.result.transaction("drafts", "readwrite");
              change.objectStore("drafts").put({ key: "goals|goal-gone|why|", ...JSON.parse(draft) });
              change.oncomplete = () => { asked.result.close(); done(); };
            };
          });
        }""",
        text,
    )
    page.reload(wait_until="commit")
    ready(page, "goals")
    panel = page.locator(".offer:visible").filter(has_text="STRAY words")
    expect(panel).to_contain_text("a card that was taken away")
    panel.get_by_role("button").click()
    expect(panel).to_have_count(0)
