"""A home file with every medium, opened without a network: it plays, it is accessible, it prints its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from portfolio.model import Passage, Work
from portfolio.moments.home import home_html
from portfolio.testing import dots, small_book, small_store
from portfolio.views.charts import draw_over_time

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home file of the small book, which has one medium of each kind."""
    book = small_book()
    path = tmp_path_factory.mktemp("home") / "home.html"
    path.write_text(home_html(book, "papa", small_store(book), draw_over_time), encoding="utf-8")
    return path


def opened(context: BrowserContext, file: Path, width: int) -> Page:
    """Return a tab with the file, its letters loaded."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


def test_a_recording_plays_without_a_network(
    context: BrowserContext, file: Path, watch: Callable[[BrowserContext], Any]
) -> None:
    """Play starts the sound from the file itself: its length is known, nothing is asked for, nothing complains."""
    guard = watch(context)
    context.set_offline(True)
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text))
    page = opened(context, file, 390)
    audio = page.locator("audio")
    assert audio.get_attribute("preload") == "none"
    assert audio.evaluate("e => Number.isNaN(e.duration)")
    lasts = audio.evaluate(
        "e => new Promise((done, no) => {"
        " e.addEventListener('loadedmetadata', () => done(e.duration)); e.addEventListener('error', no);"
        " e.muted = true; e.play(); })"
    )
    assert lasts == pytest.approx(0.25, abs=0.05)
    assert complaints == []
    guard.check()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_with_every_medium_is_accessible(
    context: BrowserContext, file: Path, axe: Callable[..., list[Any]], width: int, scheme: Any
) -> None:
    """No rule of WCAG 2.2 is broken with all media open, on a phone and a desk, and nothing runs out of the page."""
    page = opened(context, file, width)
    page.emulate_media(color_scheme=scheme)
    page.locator("summary").first.click()
    for part in ("audio", "video", "pre", ".paper", ".link a", ".document details img"):
        assert page.locator(part).first.is_visible(), part
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_what_is_written_in_a_picture_opens_and_is_whole_on_paper(
    context: BrowserContext, tmp_path: Path, axe: Callable[..., list[Any]]
) -> None:
    """A long text below a picture opens without a script, is linked to the picture, and prints though it is folded."""
    story = Passage(text="\n".join(f"Line {n} of my story." for n in range(1, 13)))
    book = small_book(
        work=(Work(entry_id="w", title=Passage(text="P"), pictures=(dots(0, "A page").but(written=story),)),)
    )
    file = tmp_path / "written.html"
    file.write_text(home_html(book, "papa", small_store(book), draw_over_time), encoding="utf-8")
    page = opened(context, file, 390)
    last = page.get_by_text("Line 12 of my story.")
    assert not last.is_visible()
    paper = pypdfium2.PdfDocument(page.pdf())
    assert any("Line 12 of my story." in one.get_textpage().get_text_range() for one in paper)
    page.get_by_text("What is written in the picture").click()
    assert last.is_visible()
    told = page.get_by_role("img", name="A page").get_attribute("aria-details")
    assert page.locator(f"details[id='{told}']").get_by_text("Line 12 of my story.").count() == 1
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_players_have_names_for_those_who_listen(context: BrowserContext, file: Path) -> None:
    """The names of sound and film in the accessibility tree are words of the child."""
    page = opened(context, file, 1280)
    assert page.get_by_label("I read my poem").evaluate("e => e.tagName") == "AUDIO"
    assert page.get_by_label("A paper boat floats in the sink.").evaluate("e => e.tagName") == "VIDEO"


def test_paper_has_the_words_the_still_and_the_address(context: BrowserContext, file: Path) -> None:
    """Printed, players are gone; the transcript, the still, all pages and the whole address of the link are there."""
    page = opened(context, file, 1280)
    page.emulate_media(media="print")
    for gone in ("audio", "video"):
        assert not page.locator(gone).is_visible()
    assert page.locator(".film .onlyprint img").is_visible()
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in pdf)
    for words in ("The rain is a drum.", "https://maps.example/river?a=1&b=2", "print(n)", "2 of 3 pages"):
        assert words in text, words
