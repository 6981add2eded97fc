"""A child gets ready for its meeting in a real browser: by keys alone, loaded anew at once, its kernel killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portfolio.model import Portfolio, Practice
from portfolio.rules.rehearsal import PAGES
from tests.browser.hands import READY
from tests.browser.served import AT, WAIT, Served, sample, serving
from tests.kernels import kill_kernel

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, served with personal links; Mateo has practised once."""
    folder = sample("class-4b", tmp_path_factory.mktemp("rehearsal") / "class-4b")
    store = folder.store()
    book = store.rounds("mateo")[-1].portfolio_id
    store.keep(book, Practice(entry_id="practice-1", partner="Baba"), expected=0, by="student", at=AT)
    store.close()
    with serving(folder, links=True) as served:
        yield served


def book_of(served: Served, student: str) -> Portfolio:
    """Return a child's newest book as it is kept now."""
    store = served.folder.store()
    try:
        return store.portfolio(store.rounds(student)[-1].portfolio_id)
    finally:
        store.close()


def come_in(page: Page, served: Served, name: str) -> Page:
    """Come in by a child's own link and go from its desk to its rehearsal, by the link that stands there."""
    page.goto(served.links[name])
    page.wait_for_selector(READY, state="attached", timeout=WAIT)
    page.get_by_role("link", name="Get ready for my meeting").first.press("Enter")
    page.wait_for_url("**/lines")
    page.wait_for_selector(READY, state="attached", timeout=WAIT)
    return page


def turn(page: Page, name: str) -> Locator:
    """Open a page of the rehearsal and return it."""
    page.evaluate("name => { location.hash = name }", name)
    part = page.locator(f"main > #{name}")
    part.wait_for(state="visible", timeout=WAIT)
    return part


def saved(page: Page) -> None:
    """Wait until everything is said to be saved."""
    page.locator(".save[data-state=saved]").wait_for(timeout=WAIT)


def reload(page: Page) -> None:
    """Load the page again and wait until it stands."""
    page.reload(wait_until="commit")
    page.wait_for_selector(READY, state="attached", timeout=WAIT)


def tab_to(page: Page, what: str) -> None:
    """Go on with Tab until what has the focus matches a selector, and shows it."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            assert page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
            )
            return
    raise AssertionError(f"Tab never comes to {what}")


def test_a_line_is_there_after_the_page_was_loaded_at_once(
    class_4b: Served, page: Page, offline_guard: list[str]
) -> None:
    """Written by keys alone and loaded anew in the same moment: the words stand on the page, and then in the store."""
    come_in(page, class_4b, "Mateo")
    turn(page, "say")
    tab_to(page, "#say .fold[open] textarea")
    page.keyboard.type("Welcome, everybody, said Mateo.")
    reload(page)
    first = turn(page, "say").locator(".fold").first
    first.evaluate("node => { node.open = true }")
    expect(first.locator("textarea").first).to_have_value("Welcome, everybody, said Mateo.", timeout=WAIT)
    saved(page)
    assert "Welcome, everybody, said Mateo." in [cue.words.text for cue in book_of(class_4b, "mateo").cues]
    assert offline_guard == []


def test_a_step_opens_by_keys_and_tells_shut_what_stands_in_it(class_4b: Served, page: Page) -> None:
    """Space opens a step and shuts it; shut, its title says how long it is and what one wrote."""
    come_in(page, class_4b, "Linh")
    fold = turn(page, "say").locator(".fold").nth(1)
    title = fold.locator("summary")
    title.focus()
    title.press("Space")
    expect(fold).to_have_attribute("open", "")
    expect(fold.locator(".card-told")).to_contain_text("On the screen:")
    page.keyboard.press("Tab")
    tab_to(page, "#say .fold[open] textarea")
    page.keyboard.type("We promised to read.")
    saved(page)
    title.focus()
    title.press("Space")
    expect(fold.locator(".glimpse")).to_contain_text("We promised to read.")


def test_words_outlive_a_dead_kernel(class_4b: Served, page: Page) -> None:
    """The kernel is killed while a child writes: nothing says saved, and after loading anew the words are kept."""
    come_in(page, class_4b, "Amal")
    part = turn(page, "say")
    box = part.locator(".fold[open] textarea").first
    box.fill("before")
    saved(page)
    kill_kernel(page)
    box.fill("before and after, said Amal")
    expect(page.locator(".save")).not_to_have_attribute("data-state", "saved", timeout=WAIT)
    reload(page)
    turn(page, "say")
    saved(page)
    expect(part.locator("textarea").first).to_have_value("before and after, said Amal", timeout=WAIT)
    assert "before and after, said Amal" in book_of(class_4b, "amal").model_dump_json()


def test_what_was_recorded_is_shown_once_it_is_chosen(class_4b: Served, page: Page) -> None:
    """A child that freezes records its words and ticks that they are shown: until then they are not chosen."""
    come_in(page, class_4b, "Linh")
    fold = turn(page, "instead").locator(".fold[open]").first
    place = fold.locator("[data-field=media]")
    place.get_by_role("button", name="Record", exact=True).press("Enter")
    place.get_by_role("button", name="Start", exact=True).press("Enter")
    stop = place.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_focused(timeout=WAIT)
    page.wait_for_timeout(1_200)  # what is recorded takes its time
    stop.press("Enter")
    place.get_by_role("button", name="Keep", exact=False).first.press("Enter")
    place.locator("audio").first.wait_for(state="attached", timeout=WAIT)
    saved(page)
    (statement,) = book_of(class_4b, "linh").statements
    assert statement.media and not statement.in_place
    fold.get_by_role("checkbox", name="Show this").press("Space")
    saved(page)
    assert book_of(class_4b, "linh").statements[0].in_place


def test_how_much_one_sees_and_a_rehearsal_taken_away(class_4b: Served, page: Page) -> None:
    """Arrow keys choose what is in front of one; a rehearsal goes only after a question."""
    come_in(page, class_4b, "Mateo")
    part = turn(page, "how-much")
    part.get_by_role("radio", name="My two or three words").press("Space")
    saved(page)
    assert book_of(class_4b, "mateo").meta.cue_lines == "words"
    part = turn(page, "practise")
    expect(part.get_by_text("Baba listened.")).to_be_visible()
    expect(part.get_by_role("link", name="Practise now")).to_have_attribute("href", "practise")
    part.locator("[data-act=remove]").press("Enter")
    part.get_by_role("button", name="Yes", exact=False).press("Enter")
    expect(part.get_by_text("Baba listened.")).to_have_count(0)
    assert book_of(class_4b, "mateo").practices == ()
    expect(part.get_by_role("button", name="One more")).to_have_count(0)
    part.get_by_role("button", name="Take back").press("Enter")
    expect(part.get_by_text("Baba listened.")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
def test_every_page_is_for_everybody(
    class_4b: Served, browser: Browser, axe: Callable[..., Any], size: Any
) -> None:
    """Axe finds nothing on any page, steps shut and open; nothing is wider than the screen, targets are large."""
    context = browser.new_context(viewport=size)
    page = come_in(context.new_page(), class_4b, "Mateo")
    for name, title, _ in PAGES:
        part = turn(page, name)
        expect(part.locator("h1")).to_have_text(title)
        assert axe(page) == [], f"{name}, as it opens"
        part.locator(".fold").evaluate_all("nodes => nodes.forEach((node) => { node.open = true })")
        assert axe(page) == [], f"{name}, all open"
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        heights = part.locator("summary:visible, button:visible, a.btn:visible, .pick:visible").evaluate_all(
            "nodes => nodes.map((node) => node.getBoundingClientRect().height)"
        )
        assert heights and min(heights) >= 44, name
    context.close()
