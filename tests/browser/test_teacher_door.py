"""The teacher comes in by a link; when a child comes in at the same browser, nothing of the desk is left there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served, sample, serving
from tests.kernels import kernel_id, kernel_process

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WAIT = 60_000
READY = "html[data-ready=true]"


@pytest.fixture
def roster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The first grade and its teacher, taking turns at one computer."""
    folder = sample("ladybirds", tmp_path_factory.mktemp("teacher") / "ladybirds")
    with serving(folder, links=False, teacher=True) as served:
        yield served


@pytest.fixture
def links(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, each child with a link of its own, and the teacher, whose link ends with the test that uses it."""
    folder = sample("class-4b", tmp_path_factory.mktemp("teacher") / "class-4b")
    with serving(folder, links=True, teacher=True) as served:
        yield served


def come_in(page: Page, served: Served) -> str:
    """Open the teacher's link, wait for the class, and return the id of the kernel behind it."""
    page.goto(served.teacher)
    page.wait_for_url("**/teacher*", timeout=WAIT)
    expect(page.get_by_role("link", name="The class", exact=True)).to_be_visible(timeout=WAIT)
    expect(page.locator("main h1, h1").first).to_be_visible(timeout=WAIT)
    assert "/t/" not in page.url
    return kernel_id(page)


def gone(kernel: str) -> bool:
    """Return whether a kernel ends within half a minute."""
    end = time.monotonic() + 30
    while kernel_process(kernel) is not None and time.monotonic() < end:
        time.sleep(0.1)
    return kernel_process(kernel) is None


def test_a_child_at_the_same_browser_closes_the_teachers_desk(
    roster: Served, page: Page, axe: Callable[..., list[Any]], offline_guard: list[str]
) -> None:
    """The teacher sees the class; Noa comes in beside it: the desk goes away kindly, with its kernel, Noa's stays."""
    kernel = come_in(page, roster)
    assert "Noa" in page.locator("main").inner_text()
    child = page.context.new_page()
    child.goto(roster.url)
    child.locator("button[name=student][value=noa]").click()
    child.get_by_role("button", name="Yes, that’s me").click()
    child.wait_for_selector(READY, timeout=WAIT, state="attached")
    page.bring_to_front()
    expect(page.get_by_role("heading", name="The teacher’s desk is closed")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("status")).to_contain_text("45 minutes")
    assert "Noa" not in page.locator("body").inner_text()
    assert axe(page) == []
    assert gone(kernel)
    page.go_back()
    expect(page.get_by_role("link", name="The class", exact=True)).to_have_count(0)
    page.goto(roster.teacher)  # this browser may have remembered it
    expect(page.get_by_role("heading", name="This link is over")).to_be_visible()
    assert axe(page) == []
    assert "Noa’s book" in child.locator("body").inner_text()
    assert kernel_process(kernel_id(child)) is not None


def test_the_teacher_comes_and_goes_while_children_work_elsewhere(
    links: Served, page: Page, browser: Browser
) -> None:
    """A child at its own device goes on while the teacher says “I’m done”; the link that was used opens nothing then."""
    context = browser.new_context()
    child = context.new_page()
    child.goto(links.links["Mateo"])
    child.wait_for_selector(READY, timeout=WAIT, state="attached")
    kernel = come_in(page, links)
    page.get_by_text("I’m done", exact=True).click()
    page.wait_for_url(f"{links.url}teacher?done", timeout=WAIT)
    expect(page.get_by_role("heading", name="Your desk is closed now")).to_be_visible()
    assert gone(kernel)
    page.goto(links.teacher)
    expect(page.get_by_role("heading", name="This link is over")).to_be_visible()
    assert kernel_process(kernel_id(child)) is not None
    context.close()


def test_the_teacher_comes_back_by_a_word_at_the_same_browser(
    roster: Served, page: Page, axe: Callable[..., list[Any]], offline_guard: list[str]
) -> None:
    """She sets a word and says “I’m done”, Noa works, she comes back by the keyboard: Noa's book is closed, her desk open."""
    first = come_in(page, roster)
    page.goto(f"{roster.url}teacher#setup/class")
    for label in ("A word to come back with", "The same once more"):
        page.get_by_label(label).fill("Purple Teapot", timeout=WAIT)
    page.get_by_role("button", name="Keep this word").click()
    expect(page.get_by_text("Your word is kept.")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("There is a word to come back with.")).to_be_visible()
    assert axe(page) == []
    page.get_by_text("I’m done", exact=True).click()
    expect(page.get_by_role("heading", name="Your desk is closed now")).to_be_visible(timeout=WAIT)
    assert axe(page) == [] and gone(first)
    noa = page.context.new_page()
    noa.goto(roster.url)
    noa.locator("button[name=student][value=noa]").click()
    noa.get_by_role("button", name="Yes, that’s me").click()
    noa.wait_for_selector(READY, timeout=WAIT, state="attached")
    child = kernel_id(noa)
    page.get_by_role("link", name="To the children’s start").click()
    page.get_by_role("link", name="For the teacher").press("Enter")
    expect(page.get_by_label("Your word to come back with")).to_be_focused()
    assert axe(page) == []
    page.keyboard.type("purple teapot\n")
    expect(page.get_by_role("alert")).to_contain_text("not the word")
    assert kernel_process(child) is not None
    again = page.get_by_label("Your word to come back with")
    expect(again).to_be_focused()
    again.press_sequentially("Purple Teapot")
    expect(again).to_have_value("Purple Teapot")
    again.press("Enter")
    expect(page.get_by_role("link", name="The class", exact=True)).to_be_visible(timeout=WAIT)
    assert gone(child)
    assert "Purple" not in (roster.folder.hidden / "serve.log").read_text("utf-8")


def test_a_childs_page_reaches_nothing_of_the_teachers(links: Served, page: Page, browser: Browser) -> None:
    """From inside a child's page, with its cookie: not the desk, not the teacher's kernel, no other child's recording."""
    context = browser.new_context()
    teacher = context.new_page()
    kernel = come_in(teacher, links)
    page.goto(links.links["Amal"])
    page.wait_for_selector(READY, timeout=WAIT, state="attached")
    asked = [
        "/teacher",
        "/teacher/here",
        f"/api/kernels/{kernel}",
        "/portfolio/books/mateo/" + "0" * 64 + ".mp3",
    ]
    answers = page.evaluate(
        "paths => Promise.all(paths.map((path) => fetch(path).then((answer) => answer.status)))", asked
    )
    assert answers == [403, 403, 403, 404]
    opened = page.evaluate(
        """path => new Promise((done) => {
             const socket = new WebSocket(location.origin.replace("http", "ws") + path);
             socket.onopen = () => done(true);
             socket.onerror = () => done(false);
           })""",
        f"/api/kernels/{kernel}/channels?session_id=x",
    )
    assert opened is False
    context.close()
