"""School words in the presentation: a card over the leaf, opened and closed without the page turning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.served import Served, sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

WAIT = 60_000


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, served with personal links."""
    folder = sample("class-4b", tmp_path_factory.mktemp("words") / "class-4b")
    with serving(folder, links=True) as served:
        yield served


@pytest.fixture(scope="module")
def talk(class_4b: Served, browser: Browser) -> Iterator[Page]:
    """Hand out Mateo's presentation, opened once."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(class_4b.links["Mateo"] + "?to=talk")
    page.wait_for_selector("html[data-ready=true]", timeout=WAIT)
    yield page
    context.close()


@pytest.fixture
def word(talk: Page) -> Locator:
    """Return the first school word, its leaf turned to and no card open."""
    leaf = talk.locator(".slide:has(.sw)").first.get_attribute("id")
    talk.evaluate(
        "id => { location.hash = id; document.querySelectorAll(':popover-open').forEach(e => e.hidePopover()) }",
        leaf,
    )
    found = talk.locator(f"#{leaf} .sw").first
    found.wait_for()
    return found


def card_of(word: Locator) -> Locator:
    """Return the card of a word."""
    return word.page.locator(f"#{word.get_attribute('popovertarget')}")


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_a_key_on_a_word_opens_its_card_and_turns_no_page(talk: Page, word: Locator, key: str) -> None:
    """Space and Enter open the card; Esc closes it, the leaf stays, and one is back at the word."""
    here = talk.evaluate("location.hash")
    word.focus()
    talk.keyboard.press(key)
    card = card_of(word)
    assert card.is_visible()
    assert talk.evaluate("location.hash") == here
    assert card.get_by_role("button").evaluate("e => e === document.activeElement")
    talk.keyboard.press("Escape")
    assert not card.is_visible()
    assert word.evaluate("e => e === document.activeElement")
    assert talk.evaluate("location.hash") == here


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_the_button_on_the_card_closes_it(talk: Page, word: Locator, key: str) -> None:
    """On the card the same key closes it again: twice pressed, nothing has changed."""
    here = talk.evaluate("location.hash")
    word.focus()
    talk.keyboard.press(key)
    talk.keyboard.press(key)
    assert not card_of(word).is_visible()
    assert word.evaluate("e => e === document.activeElement")
    assert talk.evaluate("location.hash") == here


def test_arrows_turn_no_page_while_a_card_is_open(talk: Page, word: Locator) -> None:
    """While somebody reads a card the leaf below it stays."""
    here = talk.evaluate("location.hash")
    word.click()
    for key in ("ArrowRight", "PageDown"):
        talk.keyboard.press(key)
    assert card_of(word).is_visible()
    assert talk.evaluate("location.hash") == here


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.drill)])
@pytest.mark.parametrize("width", [360, 1280])
def test_an_open_card_keeps_every_rule_of_axe(
    talk: Page, word: Locator, axe: Callable[..., list[Any]], width: int, scheme: Any
) -> None:
    """A card lies whole on the screen, with the word and what it means, and breaks no rule."""
    talk.set_viewport_size({"width": width, "height": 800})
    talk.emulate_media(color_scheme=scheme)
    word.click()
    card = card_of(word)
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert word.inner_text() in card.inner_text()
    assert axe(talk) == []
