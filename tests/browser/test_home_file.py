# long: one set of files is looked at on a phone, a laptop and on paper
"""The file that goes home in a browser: two minutes on a phone, two languages, pictures that grow, large letters, paper."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from portfolio.model import Passage, Strength, Work
from portfolio.model.plans import Goal
from portfolio.moments.home import home_file, home_html, kit_of
from portfolio.moments.sample import make_sample
from portfolio.store.class_folder import book_of
from portfolio.testing import NOON, small_book, small_store
from portfolio.views.charts import draw_over_time

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CLASSES = ("ladybirds", "class-4b", "grade-7", "grade-11")
SCREENS = ((360, 740), (390, 844))
WIDE_LETTERS = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    " p { margin-block-end: 2em !important }"
)
SIDES = 8
"""Sides of paper that a book of grades 3 to 5 has at most in one language, the two for the answer included."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the files of every home of the sample classes, and of some in English, by class, child and home."""
    folder, made = tmp_path_factory.mktemp("home"), {}
    for name in CLASSES:
        sample = make_sample(name, folder / name, at=NOON, randomness=secrets.token_bytes)
        store = sample.store()
        for student in store.students():
            book = book_of(store, sample.template(), sample.outline(), student.student_id)
            more = (("x", "en"), ("ar", "ar")) if student.student_id == "mateo" else (("x", "en"),)
            homes = (student.households[0].but(household_id=home, reads=(lang,)) for home, lang in more)
            book = book.but(student=student.but(households=(*student.households, *homes)))
            for home in book.student.households:
                key = f"{name}.{student.student_id}.{home.household_id}"
                made[key] = folder / f"{key}.html"
                page = home_file(book, home.household_id, kit_of(sample, store)).page
                made[key].write_text(page, encoding="utf-8")
        store.close()
    return made


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Hand out a phone that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def short_ends_at(page: Page) -> float:
    """Return how far below the top of the page the short version ends, in pixels."""
    box = page.locator("#two").bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_short_version_takes_one_and_a_half_screens_of_a_phone(
    browser: Browser, files: dict[str, Path], screen: tuple[int, int]
) -> None:
    """Cover and short version of every sample end within 1.5 screens, in all their languages."""
    page = browser.new_page(viewport={"width": screen[0], "height": screen[1]})
    for name, path in files.items():
        page.goto(path.as_uri())
        assert page.locator("#two .short > li").count() >= 1
        assert short_ends_at(page) <= 1.5 * screen[1], name
    page.close()


@pytest.mark.parametrize("letters", [40, 90, 4_000])
@pytest.mark.parametrize("reads", ["en", "es", "ar"])
def test_long_words_do_not_make_the_short_version_long(
    phone: Page, tmp_path: Path, letters: int, reads: str
) -> None:
    """However much a child writes, nothing is cut and the short version stays short."""
    words = Passage(text=("I explain how it works and why " * 200)[:letters].strip())
    book = small_book(
        strengths=tuple(Strength(entry_id=f"s-{n}", what=words) for n in range(4)),
        goals=(Goal(entry_id="goal-1", goal=words),),
        work=(Work(entry_id="work-1", title=words),),
    )
    home = book.student.households[0].but(reads=(reads,))
    book = book.but(student=book.student.but(households=(home,)))
    path = tmp_path / "long.html"
    path.write_text(home_html(book, home.household_id, small_store(book), draw_over_time), encoding="utf-8")
    for width, height in SCREENS:
        phone.set_viewport_size({"width": width, "height": height})
        phone.goto(path.as_uri())
        assert short_ends_at(phone) <= 1.5 * height
    assert " ".join(words.text.split()) in " ".join(phone.locator("#strengths").inner_text().split())


def test_no_page_has_to_be_pushed_sideways(browser: Browser, files: dict[str, Path]) -> None:
    """At 320 px (a laptop at 400 %), with wide letters, or with letters twice as large, nothing runs out of the page."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    for name, path in files.items():
        for style in ("", WIDE_LETTERS, "html { font-size: 200% !important }"):
            page.goto(path.as_uri())
            page.add_style_tag(content=style or "html {}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (name, style)
    context.close()


def test_a_picture_grows_to_the_window_and_leads_back_with_the_keys(
    phone: Page, files: dict[str, Path]
) -> None:
    """Without scripts: Enter makes it as large as the window, Tab finds the way back, Enter there is where one was."""
    phone.goto(files["class-4b.amal.x"].as_uri())
    mount = phone.locator(".mount:has(.look)").first
    larger, back = mount.locator(".zoom"), mount.locator(".unzoom")
    small = mount.bounding_box()
    larger.focus()
    phone.keyboard.press("Enter")
    window = mount.bounding_box()
    assert window is not None and small is not None
    assert (window["x"], window["y"], window["width"], window["height"]) == (0, 0, 390, 844)
    picture, marks = mount.locator("img").bounding_box(), mount.locator(".look").bounding_box()
    assert picture == marks  # both keep their shape in the same box: the marks stay where they point
    fits = "e => [getComputedStyle(e).objectFit, e.preserveAspectRatio?.baseVal.align]"
    assert mount.locator("img").evaluate(fits)[0] == "contain"
    assert mount.locator(".look").evaluate(fits)[1] == 6  # xMidYMid, as object-fit centres
    phone.keyboard.press("Tab")
    assert back.evaluate("e => e === document.activeElement")
    size = back.bounding_box()
    assert size is not None and size["height"] >= 44
    phone.keyboard.press("Enter")
    assert larger.evaluate("e => e === document.activeElement")
    again = mount.bounding_box()
    assert again is not None
    assert (again["width"], again["height"]) == (small["width"], small["height"])
    assert 0 <= again["y"] <= 600


@pytest.mark.parametrize("wide", [390, 1280])
def test_a_picture_that_was_large_is_where_it_was(
    browser: Browser, files: dict[str, Path], wide: int
) -> None:
    """Without scripts: Back leads to the very place one came from, the way back in the picture to the picture."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": wide, "height": 800})
    page = context.new_page()
    page.goto(files["class-4b.amal.x"].as_uri())
    mounts = page.locator(".mount:has(.zoom)")
    high = "document.documentElement.scrollHeight"
    for n in range(mounts.count()):
        mount = mounts.nth(n)
        mount.locator(".zoom").focus()
        before, length = page.evaluate("scrollY"), page.evaluate(high)
        page.keyboard.press("Enter")
        assert mount.evaluate("e => getComputedStyle(e).position") == "fixed"
        assert page.evaluate(high) == length, n
        page.go_back()
        assert mount.evaluate("e => getComputedStyle(e).position") == "relative"
        assert abs(page.evaluate("scrollY") - before) <= 1, n
        mount.locator(".zoom").focus()
        page.keyboard.press("Enter")
        mount.locator(".unzoom").click()
        box = mount.bounding_box()
        assert box is not None and 0 <= box["y"] <= 400, n
    context.close()


def test_small_pictures_fill_their_frames(browser: Browser, files: dict[str, Path]) -> None:
    """The corners lie on the picture: no empty paper between it and its frame, on a phone and on a laptop."""
    for wide in (390, 1280):
        page = browser.new_page(viewport={"width": wide, "height": 800})
        for child in ("amal", "mateo"):
            page.goto(files[f"class-4b.{child}.x"].as_uri())
            sizes = page.locator(".tip.small .mount").evaluate_all(
                "all => all.map(m => [m, m.querySelector('img')].map(e => [e.offsetWidth, e.offsetHeight]))"
            )
            assert sizes and all(frame == picture for frame, picture in sizes), (wide, child)
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_languages_and_a_large_picture_keep_every_rule_of_axe(
    browser: Browser, files: dict[str, Path], axe: Callable[..., list[Any]], scheme: Any
) -> None:
    """A page from right to left with a second part from left to right, and a picture over it, break no rule."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(files["class-4b.amal.teta-mama-baba"].as_uri())
    assert page.locator("#again > div").get_attribute("dir") == "ltr"
    assert page.locator("#again img, #again audio, #again video").count() == 0
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert axe(page) == []
    page.locator(".zoom").first.click()
    assert page.locator(".mount:target").count() == 1
    assert axe(page) == []
    context.close()


def test_the_second_telling_leads_to_the_pictures_of_the_first(phone: Page, files: dict[str, Path]) -> None:
    """The switch at the top leads to the English part; there a link leads to the picture in the first part."""
    phone.goto(files["class-4b.amal.teta-mama-baba"].as_uri())
    phone.get_by_role("link", name="English", exact=True).click()
    box = phone.locator("#again h2").bounding_box()
    assert box is not None and 0 <= box["y"] <= 400
    phone.locator("#again .see a").first.click()
    shown = phone.locator("figure:target")
    box = shown.bounding_box()
    assert box is not None and -1 <= box["y"] <= 700


def test_a_section_leads_to_the_same_in_the_other_language(phone: Page, files: dict[str, Path]) -> None:
    """The quiet link of a section leads to that section in the child's own words, and from there back."""
    phone.goto(files["class-4b.amal.teta-mama-baba"].as_uri())
    link = phone.locator("#goals .swap").first
    size = link.bounding_box()
    assert size is not None and min(size["width"], size["height"]) >= 44
    link.click()
    box = phone.locator("#again-goals h3").first.bounding_box()
    assert box is not None and 0 <= box["y"] <= 400
    phone.locator("#again-goals .swap").click()
    box = phone.locator("#goals h2").bounding_box()
    assert box is not None and 0 <= box["y"] <= 400


def test_words_in_another_direction_stand_on_lines_of_their_own(phone: Page, files: dict[str, Path]) -> None:
    """On an Arabic page English words nobody translated do not share a line with our beginning, and run from left to right."""
    phone.goto(files["class-4b.mateo.ar"].as_uri())
    words = phone.locator("#two .apart")
    assert words.count() >= 3
    for n in range(words.count()):
        shown = words.nth(n).evaluate(
            "e => [getComputedStyle(e).display, getComputedStyle(e).direction, e.lang, e.nextElementSibling.textContent]"
        )
        assert shown[:3] == ["block", "ltr", "en"]
        assert "الإنجليزية" in shown[3]


def printed(page: Page, path: Path, size: str, where: str = "") -> list[str]:
    """Return the text of each side of paper."""
    page.goto("about:blank")
    page.goto(path.as_uri() + where)
    document = pypdfium2.PdfDocument(page.pdf(format=size, prefer_css_page_size=False))
    return [side.get_textpage().get_text_bounded() for side in document]


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_a_book_takes_eight_sides_of_paper_at_most(phone: Page, files: dict[str, Path], size: str) -> None:
    """The books of the fourth grade in one language, answer sheet included; the sheet stands alone at the end.

    Every side says whose book it is and its number, and none is empty.
    """
    for child in ("amal", "linh", "mateo"):
        sides = printed(phone, files[f"class-4b.{child}.x"], size)
        assert len(sides) <= SIDES, child
        (letter,) = [n for n, side in enumerate(sides) if "Our answer to" in side]
        assert letter >= len(sides) - 2
        assert not any("The short version" in side or "My work" in side for side in sides[letter:])
        for n, side in enumerate(sides, start=1):
            assert re.search(rf"{child.title()}’s book · page {n}\b", side), (child, n)
            assert len(side) > 150, (child, n, side)
        assert "The same in words" in "".join(sides)
        assert "not yet" in "".join(sides)


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_second_language_begins_on_a_new_sheet_and_can_stay_away(
    phone: Page, files: dict[str, Path], size: str
) -> None:
    """Printed whole the English part begins on a side of its own; one link prints without it, one two sheets."""
    path = files["ladybirds.noa.casa-de-abuela"]
    whole = printed(phone, path, size)
    first = printed(phone, path, size, "#print-first")
    (start,) = [n for n, side in enumerate(whole) if "The same in English, as Noa wrote it" in side]
    (answer,) = [n for n, side in enumerate(first) if "Nuestra respuesta para" in side]
    assert start == answer  # all before it, then the answer
    assert whole[:start] == first[:start]
    assert not any("as Noa wrote it" in side for side in first)
    assert len(printed(phone, path, size, "#print-two")) <= 4
    assert not any(re.search("Back to the page|Volver a la página", side) for side in whole)


def test_nothing_that_is_told_is_missing_on_paper(phone: Page, files: dict[str, Path]) -> None:
    """Every word a child or teacher wrote into a book, folded or not, is on the printed sheets."""
    path = files["class-4b.linh.x"]
    paper = re.sub(r"\W", "", "".join(printed(phone, path, "A4")))
    phone.goto(path.as_uri())
    told = phone.locator(
        ".story :is(p, li, td, th, dd, dt, span)[lang]:not(.sw-note, .sw-note *)"
    ).evaluate_all(
        "all => all.map(e => { const own = e.cloneNode(true);"
        " own.querySelectorAll('.sw-note').forEach(n => n.remove()); return own.textContent })"
    )
    assert len(told) > 30
    for text in told:
        for word in re.findall(r"\w{4,}", text):
            assert word in paper, (word, text)
