"""The desk as a path: where one goes on, what goes home, whether the book is ready, how one likes to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served, sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

WAIT = 60_000
READY = "html[data-ready=true]"

CONTRASTS = """() => {
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const ground = (el) => {
    for (let at = el; at; at = at.parentElement) {
      const found = parts(getComputedStyle(at).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll(".book *")].filter((el) => el.checkVisibility({ visibilityProperty: true })
    && !el.disabled && [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const ratio = (el) => {
    const [a, b] = [light(parts(getComputedStyle(el).color)), light(ground(el))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  return texts.map((el) => [ratio(el), el.textContent.trim().slice(0, 40)]).filter(([r]) => r < 10);
}"""


@pytest.fixture(scope="module")
def ladybirds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The first grade, served with personal links."""
    folder = sample("ladybirds", tmp_path_factory.mktemp("path") / "ladybirds")
    with serving(folder, links=True) as served:
        yield served


def opened(page: Page, served: Served, child: int = 0) -> str:
    """Open a child's desk and return the child's id."""
    store = served.folder.store()
    student = store.students()[child]
    store.close()
    page.goto(served.links[student.name])
    page.wait_for_selector(READY, timeout=WAIT)
    return student.student_id


def meta(served: Served, student: str) -> Any:
    """Return what is kept of a child's newest book."""
    store = served.folder.store()
    try:
        return store.rounds(student)[-1]
    finally:
        store.close()


def tab_to(page: Page, selector: str) -> None:
    """Go on with Tab until the focus stands on what the selector names."""
    for _ in range(150):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")


def test_one_goes_on_where_one_stopped_by_keyboard_alone(
    page: Page, ladybirds: Served, offline_guard: list[str]
) -> None:
    """The contents say in words what is begun and offer the part written in last, until one turns a page."""
    opened(page, ladybirds)
    assert (page.locator(".begun").text_content() or "").startswith("Started: ")
    assert "%" not in page.locator(".side").inner_text()
    start = page.locator(".start a")
    goal = (start.get_attribute("href") or "").removeprefix("#")
    assert (start.text_content() or "").startswith("Go on where you stopped: ")
    tab_to(page, ".start a")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{goal}")).to_be_visible()
    expect(page.locator(f"#{goal} h1")).to_be_focused()
    expect(page.locator(".start a")).to_have_count(0)
    page.reload()
    page.wait_for_selector(READY, timeout=WAIT)
    expect(page.locator(".start a")).to_have_count(0)


@pytest.mark.drill
def test_how_one_likes_to_read_is_kept_and_goes_along(
    page: Page, ladybirds: Served, axe: Callable[..., list[Any]], offline_guard: list[str]
) -> None:
    """Chosen by keyboard: the page follows, stays readable at 320 px with 10:1, and so do presentation and home."""
    student = opened(page, ladybirds, 1)
    tab_to(page, "details.reading summary")
    page.keyboard.press("Enter")
    wanted = {"letters": "plain", "size": "larger", "spacing": "wide", "contrast": "high"}
    for name in wanted:
        tab_to(page, f'input[name$="-{name}"]')
        page.keyboard.press("ArrowUp")  # round to the last one
        expect(page.locator(".reading [role=status]")).to_have_text("Saved")
    data = "() => { const { letters, size, spacing, contrast } = document.documentElement.dataset;"
    data += " return { letters, size, spacing, contrast } }"
    assert page.evaluate(data) == wanted
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CONTRASTS) == []
    assert axe(page) == []
    assert meta(ladybirds, student).reading.model_dump() == wanted
    page.goto(f"{ladybirds.url}talk")
    page.wait_for_selector(READY, timeout=WAIT)
    assert page.evaluate(data) == wanted
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Back to my desk").click()
    page.wait_for_selector(READY, timeout=WAIT)
    assert page.evaluate(data) == wanted


@pytest.mark.drill
def test_the_last_page_asks_kindly_and_the_way_out_leaves_nothing(
    page: Page, ladybirds: Served, axe: Callable[..., list[Any]], offline_guard: list[str]
) -> None:
    """Ready and not yet again, what goes home one tap away and locked in, and an empty browser after "I'm done"."""
    student = opened(page, ladybirds, 2)
    expect(page.locator(".ready")).to_be_hidden()
    last = page.evaluate("[...document.querySelectorAll('main > .part')].at(-1).id")
    page.evaluate("id => { location.hash = id }", last)
    button = page.locator(".ready button")
    button.wait_for(timeout=WAIT)
    was = meta(ladybirds, student).status
    assert was in ("draft", "practising", "ready")
    words = {True: "Your teacher can see that it is ready. You can go on writing.", False: "All right."}
    for ready in (was != "ready", was == "ready"):
        tab_to(page, ".ready button")
        page.keyboard.press("Enter")
        expect(page.locator(".ready [role=status]")).to_contain_text(words[ready])
        expect(button).to_be_focused()
        assert meta(ladybirds, student).status == ("ready" if ready else "draft")
        assert axe(page) == []
    page.get_by_role("link", name="What goes home").click()
    frame = page.frame_locator("iframe[sandbox='']")
    expect(frame.locator("h1")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("heading", name="This is the file that goes home")).to_be_visible()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Back to my desk").click()
    page.wait_for_selector(READY, timeout=WAIT)
    page.get_by_role("button", name="I’m done").click()
    page.wait_for_url(lambda url: url.rstrip("/") == ladybirds.url.rstrip("/"), timeout=WAIT)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.goto(f"{ladybirds.url}home")
    expect(page.locator("iframe")).to_have_count(0)
