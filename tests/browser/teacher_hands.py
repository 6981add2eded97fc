"""A teacher at the desk, as a test: from place to place, by keys where it matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from tests.teacher_places import PLACES, Place

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["MOST_STEPS", "PLACES", "WAIT", "Hands", "Place"]

WAIT: Final = 60_000
MOST_STEPS: Final = 300
"""Presses of Tab on one screen: more means that the focus is caught, or that what is wanted cannot be reached."""

# What has the focus, and what it is called: by its label, or by its own words.
FOCUSED: Final = """() => {
  const el = document.activeElement;
  const name = el.getAttribute("aria-label")
    || (el.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim()
    || [...(el.labels ?? [])].map((one) => one.textContent).join(" ") || el.textContent || "";
  return [el.tagName.toLowerCase(), name.replace(/\\s+/g, " ").trim()];
}"""


@dataclass(frozen=True)
class Hands:
    """A teacher's hands on one page of the browser."""

    page: Page

    def come_in(self, link: str) -> None:
        """Open the teacher's link and wait until the desk is ready."""
        self.page.goto(link, wait_until="commit")
        self.page.wait_for_url("**/teacher*", timeout=WAIT)
        self.page.locator("html[data-ready=true]").wait_for(state="attached", timeout=WAIT)

    def at(self, place: str) -> None:
        """Wait until the screen of a place stands and can be used."""
        self.page.locator("html[data-ready=true]").wait_for(state="attached", timeout=WAIT)
        self.page.locator(f'main[data-place="{place}"]:not([aria-busy])').wait_for(timeout=WAIT)

    def go(self, place: str) -> None:
        """Go to a place by its address, without loading the page anew."""
        self.page.evaluate("place => { location.hash = place }", place)
        self.at(place)

    def stand(self, place: Place) -> None:
        """Go to a place and assert that its heading and its words are seen there."""
        self.go(place.at)
        expect(self.page.locator("h1")).to_contain_text(place.title)
        expect(
            self.page.locator("main").get_by_text(place.says).locator("visible=true").first
        ).to_be_attached(timeout=WAIT)

    # ---------------------------------------------------------------------------------- keys

    def tab_to(self, words: str, tag: str = "") -> None:
        """Go on with Tab until something with these words in its name has the focus."""
        seen: list[str] = []
        for _ in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            found, name = self.page.evaluate(FOCUSED)
            seen.append(f"{found} {name[:40]}")
            if words in name and tag in ("", found):
                return
        raise AssertionError(f"no way to “{words}” by Tab: {seen[-20:]}")

    def press(self, words: str, tag: str = "") -> None:
        """Go on with Tab until something with these words has the focus, and press Enter."""
        self.tab_to(words, tag)
        self.page.keyboard.press("Enter")

    def write(self, label: str, words: str) -> None:
        """Go on with Tab until the field of this label has the focus, and type in place of what stands there."""
        self.tab_to(label)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    # ---------------------------------------------------------------------------------- what is said

    def told(self, words: str) -> None:
        """Assert that the desk has said so."""
        expect(self.page.locator(".told")).to_contain_text(words, timeout=WAIT)

    def saved(self, form: Locator) -> None:
        """Assert that a form that keeps itself says it is saved."""
        expect(form.locator("[data-kept]")).to_contain_text("Saved at", timeout=WAIT)
