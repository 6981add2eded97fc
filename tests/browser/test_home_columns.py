"""The file that goes home where there is little room: no thought is torn on paper, nothing is crowded on a narrow phone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pytest

from portfolio.moments.home_pdf import close_browser, home_pdf
from portfolio.views.safe import SafePage
from tests.browser.test_home_proof import opened
from tests.home_files import Made, sample_homes
from tests.pdfs import texts_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOOT = 60
"""Points at the foot of a sheet, where the name of the book and the number of the sheet stand."""


class Line(NamedTuple):
    """A line of words on paper: where it stands (points, from the left and from the foot of the sheet), and what it says."""

    left: float
    low: float
    text: str


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, ...]:
    """Return the files of a home of the youngest and of one of the middle grades, in Spanish and in English."""
    return tuple(sample_homes(tmp_path_factory.mktemp("columns"), ("ladybirds", "grade-7")))


@pytest.fixture(scope="module")
def printed(homes: tuple[Made, ...]) -> Iterator[tuple[tuple[Made, bytes], ...]]:
    """Return each of them with its PDF; end the browser that made them."""
    yield tuple((home, home_pdf(SafePage(home.text)).data) for home in homes)
    close_browser()


def columns_of(data: bytes) -> Iterator[list[Line]]:
    """Yield the lines of each column of each sheet, from top to foot."""
    with pypdfium2.PdfDocument(BytesIO(data)) as pdf:
        for sheet in pdf:
            words, wide = sheet.get_textpage(), sheet.get_width()
            boxes = [words.get_rect(n) for n in range(words.count_rects())]
            lines = [Line(box[0], box[1], words.get_text_bounded(*box).strip()) for box in boxes]
            for side in (True, False):
                column = [
                    one for one in lines if one.text and (one.left < wide / 2) == side and one.low > FOOT
                ]
                yield sorted(column, key=lambda one: -one.low)


def asked_in(page: str) -> set[str]:
    """Return the questions of a page, and the names of its parts: what never stands last in a column."""
    questions = re.findall(r'<p class="by">([^<]+\?)</p>', page)
    names = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    return {" ".join(html.unescape(one).split()) for one in (*questions, *names)}


def test_no_question_is_alone_at_the_foot_of_a_column(printed: tuple[tuple[Made, bytes], ...]) -> None:
    """On paper a question and the name of a part stand with what comes after them."""
    for home, data in printed:
        asked, seen = asked_in(home.text), 0
        for column in columns_of(data):
            seen += sum(line.text in asked for line in column)
            assert not column or column[-1].text not in asked, (home.name, column[-1])
        assert seen > 15, home.name


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
