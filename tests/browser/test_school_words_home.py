"""School words in the file that goes home: a note opens without scripts, by finger and by keyboard, and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from portfolio.model import Passage, Work
from portfolio.model.plans import Goal
from portfolio.moments.home import home_html
from portfolio.testing import small_book, small_store
from portfolio.views.charts import draw_over_time
from portfolio.words.glossary import from_data

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PLAIN = "A list that says what good work has."
GLOSSARY = from_data(
    {
        "tr": {"es": {"status": "draft"}},
        "entries": [
            {
                "id": "rubric",
                "term": "rubric",
                "plain": PLAIN,
                "tr": {"es": {"term": "rúbrica", "plain": "Una lista de lo que tiene un buen trabajo."}},
            },
            {"id": "exit-ticket", "term": "exit ticket", "plain": "A question at the end of a lesson."},
        ],
    }
)
PHONE, LAPTOP = 360, 1280


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return home files by household: English for papa, Spanish for mama."""
    why = Passage(text="I kept the rubric beside me.\nOn my exit ticket I drew it.")
    book = small_book(
        work=(Work(entry_id="work-1", title=Passage(text="A rubric of my own"), why=why),),
        goals=(Goal(entry_id="goal-1", goal=Passage(text="write a rubric for our garden"), why=why),),
    )
    folder, made = tmp_path_factory.mktemp("home"), {}
    for home in ("papa", "mama"):
        made[home] = folder / f"{home}.html"
        page = home_html(book, home, small_store(book), draw_over_time, glossary=GLOSSARY)
        made[home].write_text(page, encoding="utf-8")
    return made


@pytest.fixture
def phone(browser: Browser, files: dict[str, Path]) -> Iterator[Page]:
    """Hand out papa's file on a phone that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": PHONE, "height": 640})
    page = context.new_page()
    page.goto(files["papa"].as_uri())
    yield page
    context.close()


def test_a_tap_opens_the_note_and_the_word_stays_in_sight(phone: Page) -> None:
    """Pressed, a word shows its note below; word and note are on the screen together, and the way back closes it."""
    word = phone.locator("#work .sw").first
    note = phone.locator("#work .sw-note").first
    assert not note.is_visible()
    word.click()
    assert note.is_visible()
    assert PLAIN in note.inner_text()
    for part in (word, note):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 640
    note.get_by_role("link").click()
    assert not note.is_visible()
    box = word.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 600


def test_the_note_opens_by_keyboard(phone: Page) -> None:
    """Tab comes to the word, Enter opens the note, the next Tab is the way back, and Enter there is at the word again."""
    word = phone.locator("#goals .sw").first
    word.focus()
    phone.keyboard.press("Enter")
    note = phone.locator("#goals .sw-note").first
    assert note.is_visible()
    phone.keyboard.press("Tab")
    assert note.get_by_role("link").evaluate("e => e === document.activeElement")
    phone.keyboard.press("Enter")
    assert not note.is_visible()
    assert word.evaluate("e => e === document.activeElement")


def test_only_one_note_is_open(phone: Page) -> None:
    """Opening a second note closes the first: there is never more than one to read."""
    phone.locator("#work .sw").first.click()
    phone.locator("#goals .sw").last.click()
    assert [note.is_visible() for note in phone.locator(".sw-note").all()].count(True) == 1


def test_the_list_leads_to_the_word(phone: Page) -> None:
    """A word in the list at the end brings one to where it stands first."""
    phone.locator("#Words").get_by_role("link", name="exit ticket").click()
    box = phone.locator("#work .sw").last.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 600


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.drill)])
@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_an_open_note_keeps_every_rule_of_axe(
    browser: Browser, files: dict[str, Path], axe: Callable[..., list[Any]], width: int, scheme: Any
) -> None:
    """With a note open in a heading, on a wash, or in a text, no rule is broken and nothing runs out of the page."""
    context = browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    for home, path in files.items():
        page.goto(path.as_uri())
        for part in ("#two", "#work", "#goals"):
            page.locator(f"{part} .sw").first.click()
            assert page.locator(f"{part} .sw-note:target").is_visible()
            assert axe(page) == [], (home, part)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_word_is_marked_by_more_than_colour(phone: Page) -> None:
    """A word that is explained has a dotted line below it and a sign behind it."""
    word = phone.locator("#work .sw").first
    style = word.evaluate(
        "e => [getComputedStyle(e).textDecorationStyle, getComputedStyle(e, '::after').content]"
    )
    assert style[0] == "dotted"
    assert "?" in style[1]


def test_paper_explains_the_first_use_in_brackets(browser: Browser, files: dict[str, Path]) -> None:
    """Printed, each word has its explanation in brackets once, the list is there, notes and signs are not."""
    page = browser.new_page()
    page.goto(files["papa"].as_uri() + "#W1n")
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = " ".join("\n".join(sheet.get_textpage().get_text_bounded() for sheet in pdf).split())
    assert text.count(f"rubric ({PLAIN})") == 1
    assert text.count(PLAIN) == 2  # the brackets, and the list
    assert "School words in this book" in text
    assert "Back to the word" not in text
    page.close()


def test_the_short_print_explains_its_own_first_use(browser: Browser, files: dict[str, Path]) -> None:
    """On the short version and the two pages of the answer each word they show is explained in brackets once, and the long list is not there."""
    page = browser.new_page()
    page.goto(files["papa"].as_uri() + "#print-two")
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = " ".join("\n".join(sheet.get_textpage().get_text_bounded() for sheet in pdf).split())
    assert len(pdf) == 3
    assert text.count(PLAIN) == 1
    page.close()
