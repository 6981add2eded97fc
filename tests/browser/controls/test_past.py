"""Taking back, doing again and earlier days, on a desk that is really served."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.served import Served, sample, serving

WAIT = 60_000
WHAT = "What do you do well?"


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, served with personal links; what stands in it was written on an earlier day."""
    folder = sample("class-4b", tmp_path_factory.mktemp("past") / "class-4b")
    with serving(folder, links=True) as served:
        yield served


def test_words_are_taken_back_done_again_and_brought_back_by_keyboard(
    class_4b: Served, page: Page, axe: Callable[..., list[Any]]
) -> None:
    """The buttons at the foot of a page work from the keyboard, say what happened, and break no rule of axe."""
    page.goto(class_4b.links["Amal"], wait_until="commit")
    page.locator("html[data-ready=true]").wait_for(state="attached", timeout=WAIT)
    page.evaluate("location.hash = 'strengths'")
    part = page.locator("[data-section=strengths]")
    box = part.get_by_role("textbox", name=WHAT).first
    before = box.input_value()
    back, forth = (part.get_by_role("button", name=name, exact=True) for name in ("Take back", "Do it again"))
    expect(back).to_have_attribute("aria-disabled", "true")
    press(page, back)
    expect(part.locator(".past .small")).to_have_text("There is nothing to take back on this page.")

    box.fill("drawing maps")
    press(page, back)  # before the words were sent
    expect(box).to_have_value(before, timeout=WAIT)
    expect(part.locator(".past .small")).to_have_text("One step back: Strength 1")
    expect(back).to_be_focused()
    expect(back).to_have_attribute("aria-disabled", "true")
    press(page, forth)
    expect(box).to_have_value("drawing maps", timeout=WAIT)

    days = part.get_by_role("button", name="How it was before")
    press(page, days)
    expect(days).to_have_attribute("aria-expanded", "true", timeout=WAIT)
    panel = part.get_by_role("region", name="How it was before")
    expect(panel.get_by_role("heading", name="How it was before")).to_be_focused()
    expect(panel.locator("dd").first).to_have_text(before)
    assert axe(page) == []
    press(page, panel.get_by_role("button", name=re.compile("Bring it back.*Strength 1")))
    expect(box).to_have_value(before, timeout=WAIT)
    expect(panel).to_contain_text("Nothing else stood here on earlier days.")
    press(page, panel.get_by_role("button", name="Close"))
    expect(days).to_be_focused()
    press(page, back)
    expect(box).to_have_value("drawing maps", timeout=WAIT)


def press(page: Page, button: Locator) -> None:
    """Press a button as somebody without a mouse does."""
    button.focus()
    page.keyboard.press("Enter")
