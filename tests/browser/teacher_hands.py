"""A teacher at the desk, as a test: from place to place, by keys where it matters; and the places there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

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
class Place:
    """A place of the desk in the sample class 4B: words of its heading, and words that are seen below it."""

    at: str
    title: str
    says: str


PLACES: Final = (
    Place("class", "3 books", "Waits for you"),
    Place("class/waiting", "Waits for you", "Amal"),
    Place("class/words", "School words", "Mateo"),
    Place("child/amal", "Amal’s book", "Where the book is"),
    Place("child/amal/book", "Amal’s book", "Print the book"),
    Place("child/amal/page/goals", "Amal’s book", "What is your goal about?"),
    Place("child/mateo/changed", "Mateo’s book", "What changed"),
    Place("child/mateo/words", "Mateo’s book", "call a word fine"),
    Place("child/mateo/prepare", "Mateo’s book", "Tick what is done."),
    Place("child/mateo/interview", "A talk with Mateo", "What helps you when you are stuck?"),
    Place("note", "Your notes", "not written yet"),
    Place("note/mateo", "Your note for Mateo", "How home can help"),
    Place("before", "Before the meeting", "Write once"),
    Place("before/words", "Written once, for all families", "What we are learning this term"),
    Place("before/words/es", "The same in Spanish", "There is nothing to translate yet."),
    Place("before/papers", "Papers for families", "Home by home"),
    Place("before/papers/invitation.letter/mateo/dad/es", "Papers to print", "for Mateo: Dad"),
    Place("before/home/mateo/dad", "What this home says: Mateo, Dad", "Written by"),
    Place("before/drives/amal", "What makes Amal want to try", "What do you love doing?"),
    Place("before/drives/mateo/dad", "What makes Mateo want to try", "I love maps and goalkeeping"),
    Place("before/starters", "To begin a talk with", "The teacher begins"),
    Place("promised", "What was promised", "Worries of homes"),
    Place("promised/child/amal", "What was promised: Amal", "For homes"),
    Place("promised/worry/linh/concern-1", "A worry: Linh", "We answer"),
    Place("template", "What the books ask", "Pages in the books, in this order"),
    Place("template/page/goals", "The page “My goals”", "As the child sees it"),
    Place("template/agenda/full", "The agenda “Full, 21 minutes”", "The child’s part takes 21 minutes."),
    Place("template/push", "What would change", "There is no draft"),
    Place("template/file", "The pages and questions as a file", "Get the file"),
    Place("setup", "Setting up the class", "Five steps"),
    Place("setup/class", "The class", "What the class is called"),
    Place("setup/children", "The children", "Add one child"),
    Place("setup/children/mateo", "Mateo", "Change the homes"),
    Place("setup/list", "Bring a list of the children", "Look at the file"),
    Place("setup/homes", "Their homes", "Each home gets a copy of its own"),
    Place("setup/homes/mateo", "The homes of Mateo", "Languages they read"),
    Place("setup/sections", "The pages of the books", "In the books, in this order"),
    Place("cards", "Cards for the children", "Cut along the lines."),
    Place("cards/pictures", "Cards for the children", "An empty page follows each sheet."),
    Place("cards/secret", "Cards for the children", "A card is a key"),
    Place("cards/one/mateo", "The card of Mateo", "The card is lost"),
    Place("out", "Take along", "Books for the homes"),
    Place("out/home", "Books for the homes", "Each file is for one home only"),
    Place("out/table", "Where everybody is, as a table", "What comes next"),
    Place("out/hopes", "What the class hopes for", "Nobody can tell who"),
    Place("out/next", "For the next teacher", "One file for each child"),
    Place("out/archive", "The whole class as one file", "It opens without this program"),
)
"""Every kind of screen there is, in the order of the ways."""


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
