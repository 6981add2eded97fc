"""The file that goes home where there is little room: no thought is torn on paper, nothing is crowded on a narrow phone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from portfolio.moments.home import kit_of
from portfolio.moments.home_pdf import close_browser, home_pdf
from portfolio.store.class_folder import book_of
from portfolio.views.safe import SafePage
from tests.browser.test_home_proof import opened
from tests.home_files import AT, Made, make
from tests.pdfs import texts_of
from tests.samples import make_sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOOT = 30
"""Points at the foot of a sheet, where the name of the book and the number of the sheet stand."""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, ...]:
    """Return the files of a home of the youngest and of one of the fourth grade: both in Spanish, in two columns on paper."""
    place, found = tmp_path_factory.mktemp("columns"), []
    for name, child, household in (
        ("ladybirds", "noa", "casa-de-abuela"),
        ("class-4b", "mateo", "mama-y-abuelo"),
    ):
        folder = make_sample(name, place / name, at=AT, randomness=lambda n: b"s" * n)
        store = folder.store()
        try:
            book = book_of(store, folder.template(), folder.outline(), child)
            found.append(make(book, household, kit_of(folder, store), place / f"{child}.html"))
        finally:
            store.close()
    return tuple(found)


@pytest.fixture(scope="module")
def printed(homes: tuple[Made, ...]) -> Iterator[tuple[tuple[Made, bytes], ...]]:
    """Return each of them with its PDF; end the browser that made them."""
    yield tuple((home, home_pdf(SafePage(home.text)).data) for home in homes)
    close_browser()


def columns_of(data: bytes) -> Iterator[list[str]]:
    """Yield the lines of each column of each sheet, from top to foot."""
    with pypdfium2.PdfDocument(BytesIO(data)) as pdf:
        for sheet in pdf:
            words, middle, wide = sheet.get_textpage(), sheet.get_width() / 2, sheet.get_width()
            boxes = [words.get_rect(n) for n in range(words.count_rects())]
            for begin, end in ((0.0, middle), (middle, wide)):
                here = sorted((-b[3], -b[1]) for b in boxes if begin <= b[0] < end and b[1] > FOOT)
                yield [
                    " ".join(words.get_text_bounded(begin, -low, end, -top).split())
                    for top, low in lines_of(here)
                ]


def lines_of(boxes: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the lines that letters make: where each is highest and lowest; ``boxes`` are from top to foot."""
    lines: list[tuple[float, float]] = []
    for top, low in boxes:
        if lines and top < (lines[-1][0] + lines[-1][1]) / 2 + 1:
            lines[-1] = (lines[-1][0], max(low, lines[-1][1]))
        else:
            lines.append((top, low))
    return lines


def begins_a_thought(line: str, page: str) -> bool:
    """Return whether a line is a question of ours or the name of a part: what never stands last in a column."""
    questions = re.findall(r'<p class="by">([^<]+\?)</p>', page)
    names = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    return line in {plain(one) for one in questions} or any(
        line.startswith(plain(one)) and len(line) < len(plain(one)) + 20 for one in names
    )


def plain(text: str) -> str:
    """Return words of a page as they are read."""
    return " ".join(html.unescape(text).split())


def test_no_question_is_alone_at_the_foot_of_a_column(printed: tuple[tuple[Made, bytes], ...]) -> None:
    """On paper a question and the name of a part stand with what comes after them."""
    for home, data in printed:
        columns = [column for column in columns_of(data) if column]
        alone = [column[-1] for column in columns if begins_a_thought(column[-1], home.text)]
        assert not alone, home.name
        assert sum(begins_a_thought(line, home.text) for column in columns for line in column) > 8


def test_what_a_card_or_a_mark_says_stands_on_one_sheet(printed: tuple[tuple[Made, bytes], ...]) -> None:
    """A card for home with its sentence to say, and the words of a mark on a picture, are never torn."""
    for home, data in printed:
        sheets = ["".join(text.split()) for text in texts_of(data)]
        cards = re.findall(r"<details><summary><span>.*?</details>", home.text, re.DOTALL)
        cards = [card for card in cards if "card-how" in card]
        marks = re.findall(r'<ol class="looks">.*?</ol>', home.text, re.DOTALL)
        assert len(cards) == 3 and marks
        for whole in (*cards, *re.findall(r"<li>.*?</li>", "".join(marks), re.DOTALL)):
            said = "".join(html.unescape(re.sub(r"<[^>]+>", "", whole)).split())
            assert any(said in sheet for sheet in sheets), (home.name, said[:60])


def test_a_narrow_phone_has_the_faces_in_one_row_and_air_between_cards(
    browser: Browser, homes: tuple[Made, ...]
) -> None:
    """At 360 points in Spanish, where a face has the longest name, three faces stand side by side; titles of cards do not touch."""
    with opened(browser, homes[0].path, 360) as page:
        faces = page.locator(".reply .fc label")
        tops = {round(box["y"]) for one in faces.all() if (box := one.bounding_box())}
        assert faces.count() == 3 and len(tops) == 1
        gaps = page.locator(".try summary").evaluate_all(
            "all => all.map(one => one.querySelector('span').getBoundingClientRect().top - one.getBoundingClientRect().top)"
        )
        assert len(gaps) == 3 and min(gaps) >= 5
