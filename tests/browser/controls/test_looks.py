"""Every state of the desk, small and wide, light and dark: no axe violation, nothing too small, nothing cut."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.desk_browser import PROOF, WHAT, OpenDesk, first, saved
from tests.desk_kernel import forms

pytestmark = pytest.mark.drill  # the whole book in a browser: minutes, not seconds

SIZES = {"phone": (360, 780), "laptop": (1280, 800)}
SMALLEST = 44  # px a finger needs at least; our buttons are 48 and more
Axe = Callable[..., list[Any]]


def views(page: Page) -> Iterator[str]:
    """Show the page in each size and colour scheme and yield what it is now."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            yield f"{size}, {scheme}"


def too_small(page: Page) -> list[str]:
    """Return what can be touched and is smaller than a finger; the native parts inside a label do not count."""
    found: list[str] = page.evaluate(
        """(smallest) => [...document.querySelectorAll(".desk :is(a, button, textarea, input, summary, label.pick, label.cl)")]
          .filter((e) => e.checkVisibility() && !e.closest("label.pick, label.cl, label.file, label.check") || e.matches("label"))
          .map((e) => [e, e.getBoundingClientRect()])
          .filter(([e, box]) => box.width > 0 && (box.height < smallest || box.width < smallest))
          .map(([e, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${e.outerHTML.slice(0, 120)}`)""",
        SMALLEST,
    )
    return found


def look_at(page: Page, axe: Axe, what: str) -> None:
    """Check the open page in every view."""
    for view in views(page):
        found = axe(page)
        assert found == [], f"{what}, {view}"
        assert too_small(page) == [], f"{what}, {view}"
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{what}, {view}: {overflow} px wider than the screen"


def picture() -> FilePayload:
    """Return a file a child chooses."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (800, 600), "#8899aa").save(out, "PNG")
    return {"name": "wall.png", "mimeType": "image/png", "buffer": out.getvalue()}


def fill_me(page: Page) -> None:
    """Pick pictures, one too many."""
    for name in ("painting", "reading", "singing"):
        page.get_by_role("checkbox", name=name).click()
    page.get_by_role("radio", name="building").click()
    expect(page.locator(".part .field-say:visible")).to_contain_text("Take one away first")


def fill_strengths(page: Page) -> None:
    """Write too much in one card, something that is refused in the next, and be asked about taking it away."""
    first(page, WHAT).fill("counting to a hundred and back again, very fast, every day")
    page.get_by_label(PROOF).nth(1).fill("REFUSE")
    expect(page.locator(".field-say[data-state=unsaved]:visible")).to_have_count(1)
    page.get_by_role("button", name="Take away “Strength 2”").click()


def fill_work(page: Page) -> None:
    """Show a picture with a mark on it."""
    page.get_by_label("Choose a picture").set_input_files(picture())
    page.get_by_role("button", name="Look here!").click(timeout=20_000)


def fill_feels(page: Page) -> None:
    """Pick a face and a word."""
    page.get_by_role("radio", name="so-so").click()
    page.get_by_role("radio", name="mostly").click()


def fill_goals(page: Page) -> None:
    """Write two steps."""
    page.get_by_role("button", name="Add a line").click()


FILL = {
    "me": fill_me,
    "strengths": fill_strengths,
    "work": fill_work,
    "feels": fill_feels,
    "goals": fill_goals,
}


@pytest.mark.parametrize("band", ["k2", "35"])
def test_every_page_empty_and_filled(desk: OpenDesk, axe: Axe, band: str) -> None:
    """All pages of the desk, empty and with everything that can stand in them, in four views."""
    page = desk(band=band)
    assert list(forms()) == list(FILL)
    for section, fill in FILL.items():
        page.evaluate("hash => { location.hash = hash; }", section)
        expect(page.locator(f"#{section} h1")).to_be_focused()
        expect(
            page.locator(f"#{section}")
            .get_by_role("group")
            .or_(page.locator(f"#{section} :is(input, textarea)"))
            .first
        ).to_be_attached()
        look_at(page, axe, f"{section}, empty, {band}")
        page.set_viewport_size({"width": 1280, "height": 800})
        fill(page)
        look_at(page, axe, f"{section}, filled, {band}")


def test_two_versions_and_not_saved(desk: OpenDesk, axe: Axe) -> None:
    """The panel that shows two people's words, and the page that could not save, in four views."""
    page, other = desk("strengths"), desk("strengths")
    first(other, WHAT).fill("theirs")
    saved(other)
    first(page, WHAT).fill("mine")
    expect(page.locator(".offer:visible")).to_contain_text("theirs", timeout=15_000)
    look_at(page, axe, "two versions")
    first(other, WHAT).fill("FREEZE 60")
    expect(other.locator("header .save")).to_contain_text("Not saved yet", timeout=20_000)
    look_at(other, axe, "not saved")


def test_axe_would_see_a_fault(desk: OpenDesk, axe: Axe) -> None:
    """A button whose name is taken away is found: the checks above can fail."""
    page = desk("strengths")
    page.evaluate("document.querySelector('#strengths .item-acts button').removeAttribute('aria-label')")
    assert "button-name" in {violation.rule for violation in axe(page)}
