"""Papers for households in a real browser: accessible in each language, one sheet each on A4 and on Letter paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pypdfium2
import pytest

from portfolio.rules.papers import Paper
from portfolio.views.papers import paper_sheet, render_page, render_sheet, title_of
from tests.handouts import view

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

EVERY: tuple[Paper, ...] = get_args(Paper)
SIDES = {"at-home": 2, "our-school": 2}
"""Papers that may take both sides of one sheet; all others one."""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Paper], Path]:
    """Return every paper as a file, by language and paper."""
    folder = tmp_path_factory.mktemp("papers")
    made = {}
    for lang in ("en", "es", "ar"):
        for paper in EVERY:
            sheet = paper_sheet(paper, *([view()] * (4 if paper == "good-news" else 1)), lang=lang)
            page = render_page([render_sheet(sheet)], sheet.say, title_of(paper, sheet.say))
            made[lang, paper] = folder / f"{paper}.{lang}.html"
            made[lang, paper].write_text(page, encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("light", 390), ("dark", 1280)], ids=["light", "phone", "dark"]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser,
    papers: dict[tuple[str, Paper], Path],
    axe: Callable[..., object],
    scheme: str,
    width: int,
) -> None:
    """Each paper in each language, light and dark, on a laptop and a phone: no violation, no sideways scrolling."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]  # two known words
    for path in papers.values():
        page.goto(path.as_uri())
        assert axe(page) == [], path.name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
    page.close()


def test_each_paper_prints_on_one_sheet(browser: Browser, papers: dict[tuple[str, Paper], Path]) -> None:
    """On A4 and on Letter paper each is one page, or both sides of one; its last words are on it, in large type."""
    page = browser.new_page()
    for (lang, paper), path in papers.items():
        page.goto(path.as_uri())
        for size in ("A4", "Letter"):
            printed = pypdfium2.PdfDocument(page.pdf(format=size))
            assert len(printed) <= SIDES.get(paper, 1), (lang, paper, size)
            text = "".join(sheet.get_textpage().get_text_bounded() for sheet in printed)
            assert len(text) > 100
        page.emulate_media(media="print")
        points = page.locator(".handout").first.evaluate(
            "e => parseFloat(getComputedStyle(e).fontSize) * 0.75"
        )
        assert points >= 11, (paper, points)
        page.emulate_media(media="null")  # else the next one would be printed as on a screen
    page.close()


def test_both_sides_of_what_we_see_at_home_are_apart(
    browser: Browser, papers: dict[tuple[str, Paper], Path]
) -> None:
    """The box for the teacher only is on the other side than what a child may read."""
    page = browser.new_page()
    page.goto(papers["en", "at-home"].as_uri())
    front, back = pypdfium2.PdfDocument(page.pdf(format="A4"))
    assert "For the teacher only" not in front.get_textpage().get_text_bounded()
    assert "For the teacher only" in back.get_textpage().get_text_bounded()
    page.close()
