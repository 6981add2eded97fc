"""A child at its desk, as a test: every question of the book is answered by keys alone, or by finger alone.

What stands where is never looked up by name. :class:`Keys` goes on with Tab and answers whatever has the focus;
:class:`Finger` taps what can be seen, from the top of a page to its end. Every word either writes is a marker
of its own, so that afterwards the store can be asked for each of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

READY = "html[data-ready=true]"
WAIT = 60_000
MOST_STEPS = 400
"""Presses of Tab on one page: more means that the focus is caught."""

# What has the focus: enough to know what to do with it, and whether it has been done.
FOCUSED = """() => {
  const el = document.activeElement, part = el.closest(".part");
  const question = el.closest("[data-field]")?.dataset.field ?? "";
  const list = el.closest("li.item"), place = list ? [...list.parentElement.children].indexOf(list) : 0;
  const style = getComputedStyle(el), box = el.getBoundingClientRect();
  const seen = el.matches("input") ? getComputedStyle(el.parentElement.querySelector(".pick-in, span") ?? el) : style;
  return {
    tag: el.tagName.toLowerCase(), type: el.type ?? "", group: el.name ?? "", id: el.id, value: el.value ?? "",
    checked: !!el.checked, text: (el.getAttribute("aria-label") || el.textContent || "").trim().slice(0, 80),
    in_part: !!part, in_turn: !!el.closest(".turn"), in_ways: !!el.closest(".ways"), on: el.matches(".turn a.main"),
    picks: !!el.closest(".picks, .faces, .thumbs, .four"), question, place, beside: !!el.closest("[data-beside]"),
    ring: style.outlineStyle !== "none" || style.boxShadow !== "none" || seen.outlineStyle !== "none" || seen.boxShadow !== "none",
    high: box.height, wide: box.width,
  };
}"""


@dataclass
class Day:
    """One child's day: what was written where, and what had the focus on each page."""

    page: Page
    mark: str
    picture: Path
    """A picture to choose wherever a file is asked for."""
    written: dict[str, str] = field(default_factory=dict)
    """Every marker written, with the question it answers."""
    walked: dict[str, list[str]] = field(default_factory=dict)
    """For each page of the book, what had the focus, in order."""
    unseen: list[str] = field(default_factory=list)
    """What had the focus without showing it."""

    def __post_init__(self) -> None:
        """Choose the picture wherever a file is asked for: one listener for the whole day, so that none comes late."""
        self.page.on("filechooser", lambda chooser: chooser.set_files(self.picture))

    def word(self, question: str) -> str:
        """Return a new marker."""
        marker = f"{self.mark}{len(self.written):03d}"
        self.written[marker] = question
        return marker

    def part(self) -> str:
        """Return the id of the open page."""
        return str(self.page.locator("main > .part:not([hidden])").get_attribute("id"))

    def saved(self) -> None:
        """Wait until everything is said to be saved."""
        self.page.locator(".save[data-state=saved]").wait_for(timeout=WAIT)


class Keys(Day):
    """By keyboard alone: no mouse, no finger, no script of ours that sets the focus."""

    def fill_the_book(self, most_pages: int = 40) -> None:
        """Answer every question on every page, then stand at the end of the last one."""
        for _ in range(most_pages):
            if not self.fill_page():
                return
        raise AssertionError("the book has no last page")

    def fill_page(self) -> bool:
        """Answer the questions of the open page and turn it; return False on the last page."""
        here = self.part()
        done: set[Any] = set()
        names = self.walked.setdefault(here, [])
        moved = False
        for _ in range(MOST_STEPS):
            if not moved:  # else the page itself has led the focus on: to the words for a new picture
                self.page.keyboard.press("Tab")
            moved = False
            at = self.page.evaluate(FOCUSED)
            if not at["in_part"] and not at["in_turn"]:
                if names:
                    return False
                continue  # still above the page: contents, skip link
            names.append(f"{at['tag']} {at['type']} {at['text'] or at['id']}".strip())
            if not at["ring"]:
                self.unseen.append(f"{here}: {names[-1]}")
            if at["on"]:
                self.saved()
                self.page.keyboard.press("Enter")
                self.page.locator(f'main > .part[id="{here}"]').wait_for(state="hidden")
                return True
            if at["in_part"]:
                moved = self._answer(at, done)
        raise AssertionError(f"the focus is caught on the page “{here}”: {names[-12:]}")

    def _answer(self, at: dict[str, Any], done: set[Any]) -> bool:
        """Do what a child would with what has the focus now; return whether the page moves the focus then."""
        key = self.page.keyboard
        once = (at["id"] or at["group"], at["question"], at["place"], at["type"])
        if at["tag"] == "textarea" and not at["value"]:
            key.type(self.word(at["question"]))
        elif at["type"] in ("radio", "checkbox") and at["picks"] and at["group"] not in done:
            done.add(at["group"])
            key.press("Space")
        elif at["type"] == "date" and once not in done and not at["value"]:
            done.add(once)
            key.type("12012026")
        elif at["tag"] == "select" and once not in done:
            done.add(once)
            key.press("ArrowDown")
        elif at["type"] == "file" and at["question"] not in done and not at["beside"]:
            done.add(at["question"])
            key.press("Space")
            self.page.get_by_text("Your picture is here", exact=False).or_(
                self.page.locator(f'[data-field="{at["question"]}"] .item img')
            ).first.wait_for(state="attached", timeout=WAIT)
            self.page.locator(f'[data-field="{at["question"]}"] .item :focus').wait_for(
                state="attached", timeout=WAIT
            )
            return True
        return False

    def press(self, word: str) -> None:
        """Go on with Tab until something with this word has the focus, and press Enter."""
        for _ in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            if word in self.page.evaluate(FOCUSED)["text"]:
                self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"no way to “{word}” by Tab")


class Finger(Day):
    """By finger alone, on a page opened for touch."""

    def fill_the_book(self, most_pages: int = 40) -> None:
        """Answer every question on every page, from the top of each to its end."""
        for _ in range(most_pages):
            self.fill_page()
            on = self.page.locator(".turn a.main")
            if not on.count():
                return
            here = self.part()
            self.saved()
            on.tap()
            self.page.locator(f'main > .part[id="{here}"]').wait_for(state="hidden")
        raise AssertionError("the book has no last page")

    def fill_page(self) -> None:
        """Answer what can be seen on the open page."""
        part = self.page.locator("main > .part:not([hidden])")
        for chooser in part.locator(
            "[data-field]:not([data-beside] *) .photo-acts label:has(input[type=file]:not([capture]))"
        ).all():
            if chooser.is_visible():
                question = chooser.locator("xpath=ancestor::*[@data-field][1]")
                pictures = question.locator(".item img").count()
                chooser.tap()
                question.locator(".item img").nth(pictures).wait_for(timeout=WAIT)
        for group in part.locator(".picks, .faces, .thumbs, .four").all():
            first = group.locator("label").first
            if first.is_visible() and not group.locator("input:checked").count():
                first.tap()
        for day in part.locator("input[type=date]:visible").all():
            day.fill("2026-12-01")  # a phone shows its own calendar, which no test can tap
        for choice in part.locator("select:visible").all():
            choice.select_option(index=1)
        for box in part.locator("textarea:visible").all():
            self._write(box)

    def _write(self, box: Locator) -> None:
        if box.input_value():
            return
        box.tap()
        self.page.keyboard.insert_text(self.word(box.get_attribute("id") or ""))
