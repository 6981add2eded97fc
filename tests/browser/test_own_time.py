"""Families that are not in the room, in a real browser: the page to listen to, the sheet for a call, the listener's card."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from portfolio.moments.own_time import listen_html
from portfolio.rules import for_audience
from portfolio.testing import small_store
from portfolio.views.calls import call_sheet, listener_sheet, render_alone
from portfolio.views.charts import draw_over_time
from tests.half_filled import empty, filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from portfolio.model import Book

LANGUAGES = ("en", "es", "ar")
LONG = "because it did not work the first time and then I tried again " * 60
SIDES = {"call": 2, "listener": 1}
"""How many sides a sheet may take: a call has what is said in front and what is noted behind."""


def read_in(book: Book, lang: str) -> Book:
    """Return a book whose homes read a language."""
    homes = tuple(home.but(reads=(lang,)) for home in book.student.households)
    return book.but(student=book.student.but(households=homes))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], Path]:
    """Return every page by language, what it is, and how full the book is."""
    folder = tmp_path_factory.mktemp("own-time")
    made = {}
    for state, book in {
        "full": filled(),
        "long": filled(LONG, name="Wilhelmina " * 20),
        "empty": empty(),
    }.items():
        for lang in LANGUAGES:
            here = read_in(book, lang)
            table, home = for_audience(here, "conference"), for_audience(here, "own_time", "mama")
            found = {
                "listen": listen_html(here, "mama", small_store(here), draw_over_time, by=date(2026, 12, 4)),
                "call": render_alone(call_sheet(home, "en", interpreter=True)),
                "listener": render_alone(listener_sheet(table, lang, ("en",))),
            }
            for what, page in found.items():
                made[lang, what, state] = folder / f"{what}-{state}.{lang}.html"
                made[lang, what, state].write_text(page, encoding="utf-8")
    return made


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("light", 390), ("dark", 390)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser,
    pages: dict[tuple[str, str, str], Path],
    axe: Callable[..., object],
    scheme: str,
    width: int,
) -> None:
    """Each page in each language: no violation; nothing is wider than the screen, also with long words."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]  # two known words
    for (lang, what, state), path in pages.items():
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (lang, what, state)
        if state != "long":
            assert page.locator("h1").count() == 1
            assert axe(page) == [], (lang, what, state)
    page.close()


def test_sheets_take_one_sheet_of_paper(browser: Browser, pages: dict[tuple[str, str, str], Path]) -> None:
    """A card is one side, a call both sides of one sheet; its notes stand behind, the note for home on the card."""
    page = browser.new_page()
    for (lang, what, state), path in pages.items():
        if what not in SIDES:
            continue
        page.goto(path.as_uri())
        for size in ("A4", "Letter"):
            printed = pypdfium2.PdfDocument(page.pdf(format=size))
            assert len(printed) == SIDES[what], (lang, what, state, size)
            if what == "call":
                front, back = (side.get_textpage().get_text_bounded() for side in printed)
                assert "Your turn" not in front and "Your turn" in back
    page.close()


def test_a_family_can_press_and_write_without_the_network(
    browser: Browser, pages: dict[tuple[str, str, str], Path]
) -> None:
    """Every field and link on the phone is large enough to press; the answer sheets print on sheets of their own."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(pages["en", "listen", "full"].as_uri())
    small = page.evaluate(
        "[...document.querySelectorAll('.jump a, textarea, .check, .fc label, audio')]"
        ".map(e => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 60)]).filter(([h]) => h < 43.5)"
    )
    assert small == []
    page.get_by_label("I notice", exact=True).fill("You waited.")
    assert page.get_by_label("I notice", exact=True).input_value() == "You waited."
    texts = [side.get_textpage().get_text_bounded() for side in pypdfium2.PdfDocument(page.pdf(format="A4"))]
    (mine,) = [text for text in texts if "Our answer to Inés" in text]
    (theirs,) = [text for text in texts if "Our answer to the school" in text]
    assert mine is not theirs and "Something to try" not in mine
    page.close()
