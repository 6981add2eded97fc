"""A quick look in a real browser: exactly one printed side from any book, readable by everybody, in three languages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image

from portfolio.rules import for_audience
from portfolio.views.pages import media_bytes, render
from portfolio.views.quick_look import quick_look_page
from tests.half_filled import empty, filled, without

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from portfolio.model import Book

LONG = {
    "words": "because it did not work the first time and then I tried again with Theo " * 400,
    "one-word": "W" * 9000,
    "chinese": "我画了一张去学校的地图因为我喜欢" * 500,
    "arabic": "رسمت خريطة لأنني أحب الخرائط كثيرًا " * 400,
    "signs": "👩‍👧‍👦🎉" * 3000,
    "lines": "a\n" * 4000,
}
LANGUAGES = ("en", "es", "ar")


def tall_picture() -> bytes:
    """Return a picture as high as a phone takes it."""
    buffer = BytesIO()
    Image.new("RGB", (900, 1600), "#c8d8c0").save(buffer, "WEBP")
    return buffer.getvalue()


def written(book: Book, lang: str, path: Path) -> Path:
    """Write the page of a book in a language as a file."""
    picture = tall_picture()
    view = for_audience(book, "home", "papa").but(reads=(lang,))
    silent = media_bytes(lambda sha, suffix: b"")  # noqa: ARG005 - what gives the bytes of a recording
    path.write_text(render(quick_look_page(view, lambda _: picture, media=silent)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Return the pages of ordinary, empty, half-filled and overfull books by language and what they are."""
    folder = tmp_path_factory.mktemp("quick")
    name = "Wilhelmina Konstantinopolska " * 60
    books = {"full": filled(), "empty": empty(), "half": without(filled(), ("work", "growth_pairs", "goals"))}
    books |= {what: filled(text, name=name) for what, text in LONG.items()}
    return {
        (lang, what): written(book, lang, folder / f"{what}.{lang}.html")
        for what, book in books.items()
        for lang in (LANGUAGES if what not in LONG else ("ar",) if what == "words" else ("en",))
    }


def test_any_book_prints_on_exactly_one_side(browser: Browser, pages: dict[tuple[str, str], Path]) -> None:
    """On A4 and on Letter: one page, its last words on it, nothing wider than the page."""
    page = browser.new_page()
    for (lang, what), path in pages.items():
        page.goto(path.as_uri())
        last = page.locator(".quick-talk li").last.inner_text().strip()
        for size in ("A4", "Letter"):
            printed = pypdfium2.PdfDocument(page.pdf(format=size))
            assert len(printed) == 1, (lang, what, size)
            text = printed[0].get_textpage().get_text_bounded()
            if lang != "ar":  # letters of Arabic come out of a PDF joined and turned round
                assert last.split()[-1] in text, (lang, what, size)
        page.emulate_media(media="print")
        points = page.locator(".quick").evaluate("e => parseFloat(getComputedStyle(e).fontSize) * 0.75")
        assert points >= 10
        page.emulate_media(media="null")
    page.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("light", 390), ("dark", 390)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser,
    pages: dict[tuple[str, str], Path],
    axe: Callable[..., object],
    scheme: str,
    width: int,
) -> None:
    """Full, empty and half-filled books in each language: no violation, no sideways scrolling, drawings on the page."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]  # two known words
    for (lang, what), path in pages.items():
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (lang, what)
        if what in ("full", "empty", "half"):
            assert page.locator("h1").count() == 1
            assert axe(page) == [], (lang, what)
        if what == "full":
            box = page.locator(".over .chart").first.bounding_box()
            assert box and box["height"] > 80
    page.close()
