"""A child practises by keyboard: the deck with its lines, a reload on the way, somebody who listens, kept once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portfolio.model import Cue, Passage, Practice
from tests.browser.served import AT, WAIT, Served, sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LINE = "Look at the foam. Then laugh."
BOOK = "amal.fall-2026"
OPEN = "(document.querySelector('.slide:target') ?? document.querySelector('.slide'))"


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve class 4B; Amal has lines for its strengths."""
    folder = sample("class-4b", tmp_path_factory.mktemp("practise") / "class-4b")
    store = folder.store()
    cue = Cue(entry_id="cue-s", step="strengths", words=Passage(text=LINE), short=Passage(text="foam"))
    first = Cue(entry_id="cue-w", step="welcome", words=Passage(text="Hello. I show you my book. " * 9))
    for one in (cue, first):
        store.keep(BOOK, one, expected=0, by="student", at=AT)
    store.close()
    with serving(folder, links=True) as served:
        yield served


@pytest.fixture
def page(class_4b: Served, browser: Browser) -> Iterator[Page]:
    """Return Amal's page to practise on."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(class_4b.links["Amal"] + "?to=lines")
    page.goto(class_4b.url + "practise")
    page.wait_for_selector(".deck.practice .slide", timeout=WAIT, state="attached")
    yield page
    context.close()


def turn_to(page: Page, scene: str, key: str = "ArrowRight") -> None:
    """Press a key until a screen is open."""
    for _ in range(80):
        if page.evaluate(f"{OPEN}.dataset.scene") == scene:
            return
        before = page.url
        page.keyboard.press(key)
        expect(page).not_to_have_url(before)
    raise AssertionError(f"{scene} never came")


def practices(served: Served) -> tuple[Practice, ...]:
    """Return the rehearsals that are kept."""
    store = served.folder.store()
    try:
        return store.portfolio(BOOK).practices
    finally:
        store.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(60):
        if page.evaluate("one => document.activeElement?.matches(one)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")


def test_a_rehearsal_with_somebody_who_listens(page: Page, class_4b: Served) -> None:
    """By keys alone: turn, load the page again, come to the end, a friend ticks, keep: the times of both halves are there."""
    page.wait_for_timeout(3200)  # time that is to be counted
    turn_to(page, "strengths")
    expect(page.locator(".slide:target .below")).to_contain_text(LINE)
    page.wait_for_timeout(3200)
    page.reload()
    page.wait_for_selector(".deck.practice .slide", timeout=WAIT, state="attached")
    turn_to(page, ":practised")
    end = page.locator("#live-practised")
    expect(end.get_by_role("button", name="Keep this time")).to_be_visible(timeout=WAIT)
    tab_to(page, "form[data-do=practised] input[name=name]")
    page.keyboard.type("Noa 1 2")  # arrows and digits of a field turn nothing
    page.keyboard.press("ArrowLeft")
    tab_to(page, "input[value=heard]")
    page.keyboard.press("Space")
    tab_to(page, "textarea[name=kind]")
    page.keyboard.type("You looked at me.")
    tab_to(page, "form[data-do=practised] button[type=submit]")
    page.keyboard.press("Space")
    expect(end).to_contain_text("This time is kept.", timeout=WAIT)
    (kept,) = practices(class_4b)
    took = {one.step: one.seconds for one in kept.steps}
    assert took["welcome"] >= 1
    assert took["strengths"] >= 1
    assert (kept.partner, kept.seen, kept.kind_words.text) == ("Noa 1 2", ("heard",), "You looked at me.")
    page.reload()
    page.wait_for_selector(".deck.practice .slide", timeout=WAIT, state="attached")
    assert len(practices(class_4b)) == 1
    assert not [*(class_4b.folder.hidden / "live").glob("*")]


def test_less_and_more_of_ones_lines(page: Page) -> None:
    """Pressing "Show me less" leaves some words, and the page stays where it is."""
    turn_to(page, "strengths")
    below = page.locator(".slide:target .below")
    expect(below).to_contain_text(LINE)
    tab_to(page, ".slide:target .below button[value=less]")
    page.keyboard.press("Space")
    expect(below).not_to_contain_text(LINE)
    expect(below).to_contain_text("foam")
    assert page.evaluate(f"{OPEN}.dataset.scene") == "strengths"
    below.get_by_role("button", name="Show me more").click()
    expect(below).to_contain_text(LINE)


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1280, 768)])
def test_lines_lie_beside_a_slide_and_not_over_it(page: Page, width: int, height: int) -> None:
    """On a tablet and a laptop lines share no place with what the slide shows, also after "Show me less"."""
    page.set_viewport_size({"width": width, "height": height})
    overlaps = f"""() => {{
      const slide = {OPEN}, box = slide.querySelector(".below").getBoundingClientRect();
      return [...slide.querySelectorAll(".spread :is(h1, p, li, img, svg)")].map((one) => one.getBoundingClientRect())
        .filter((one) => one.width && one.left < box.right && one.right > box.left && one.top < box.bottom && one.bottom > box.top).length;
    }}"""
    for scene in ("welcome", "strengths"):
        turn_to(page, scene)
        assert page.evaluate(overlaps) == 0
    below = page.locator(".slide:target .below")
    expect(below).to_contain_text(LINE)
    below.locator("button[value=less]").click()
    expect(below).to_contain_text("foam")
    assert page.evaluate(overlaps) == 0
    below.locator("button[value=more]").click()
    expect(below).to_contain_text(LINE)


@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_practise(page: Page, axe: Callable[..., list[Any]], width: int) -> None:
    """Nothing sticks out to the side, and axe has nothing to say, at the first screen, beside lines, and at the end."""
    page.set_viewport_size({"width": width, "height": 800})
    for scene in ("welcome", "strengths", ":practised"):
        turn_to(page, scene)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert axe(page) == []
