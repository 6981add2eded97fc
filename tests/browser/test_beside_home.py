"""Ten minutes at home and places that help, in a real browser: folded on a phone, accessible, whole on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from portfolio.moments.home import home_file, kit_of
from portfolio.store.class_folder import book_of
from tests.teachers import sample_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

HOMES = {"ar": ("amal", "teta-mama-baba"), "es": ("mateo", "mama-y-abuelo"), "en": ("mateo", "dad")}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the file of a home in each of three languages."""
    place = tmp_path_factory.mktemp("beside")
    folder, made = sample_folder(place), {}
    store = folder.store()
    for lang, (student, home) in HOMES.items():
        book = book_of(store, folder.template(), folder.outline(), student)
        made[lang] = place / f"{lang}.html"
        made[lang].write_text(home_file(book, home, kit_of(folder, store)).page, encoding="utf-8")
    store.close()
    return made


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (390, "dark"), pytest.param(1280, "light", marks=pytest.mark.drill)]
)
def test_cards_and_places_are_folded_and_open_without_a_script(
    browser: Browser, files: dict[str, Path], axe: Callable[..., object], width: int, scheme: str
) -> None:
    """Folded at first; pressed, they open; large enough to press; nothing is wider than the screen; axe finds nothing."""
    for lang, path in files.items():
        page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]  # two known words
        page.goto(path.as_uri())
        inside = page.locator("#Try .card-how, #Places .help-places")
        assert inside.count() == 4 and not any(one.is_visible() for one in inside.all())
        for one in page.locator("#Try summary, #Places summary").all():
            box = one.bounding_box()
            assert box is not None and box["height"] >= 44, (lang, box)
            one.click()
        assert all(one.is_visible() for one in inside.all())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, lang
        assert axe(page) == [], lang
        page.close()


def test_on_paper_nothing_stays_folded(browser: Browser, files: dict[str, Path]) -> None:
    """What to say and every place with its number are printed, though nobody opened them on the screen."""
    page = browser.new_page()
    for lang, path in files.items():
        page.goto(path.as_uri())
        printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
        text = "".join(sheet.get_textpage().get_text_bounded() for sheet in printed)
        for number in ("555-0111", "555-0124", "555-0138", "555-0152"):
            assert number in text, (lang, number)
        if lang != "ar":  # the order of Arabic letters in a PDF is not that of the text
            assert {"es": "Léeme lo que escribiste.", "en": "Read me what you wrote."}[lang] in text
    page.close()
