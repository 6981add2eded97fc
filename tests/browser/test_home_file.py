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
from portfolio.store.class_folder import book_of
from portfolio.testing import NOON, small_book, small_store
from portfolio.views.charts import draw_over_time
from tests.samples import make_sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

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


def moved_by(page: Page, key: str, box: Locator) -> None:
    """Press a key until it has moved what a box shows, as a hand would: a busy computer may miss the first."""
    for _ in range(20):
        page.keyboard.press(key)
        for _ in range(10):
            if box.evaluate("e => e.scrollLeft") > 0:
                return
            page.wait_for_timeout(100)
    raise AssertionError(f"{key} moves nothing")


def test_the_short_version_takes_one_and_a_half_screens_of_a_phone(
    browser: Browser, files: dict[str, Path]
) -> None:
    """Cover and short version of every sample end within 1.5 screens of two phones, in all their languages."""
    page = browser.new_page()
    for name, path in files.items():
        page.goto(path.as_uri())
        assert page.locator("#two .short > li").count() >= 1
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_function("wide => innerWidth === wide", arg=width)
            assert short_ends_at(page) <= 1.5 * height, (name, width)
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
        page.goto(path.as_uri())
        added = page.add_style_tag(content="html {}")
        for style in ("", WIDE_LETTERS, "html { font-size: 200% !important }"):
            added.evaluate("(added, style) => { added.textContent = style }", style)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (name, style)
    context.close()


def test_a_picture_grows_twice_as_wide_on_a_phone_and_leads_back_with_the_keys(
    phone: Page, files: dict[str, Path]
) -> None:
    """Without scripts: Enter makes it larger than the window, arrows move it, Enter on the same button is where one was."""
    phone.goto(files["class-4b.amal.x"].as_uri())
    mount = phone.locator(".mount:has(.look)").first
    button = mount.locator("button.zoom")
    told = "Make this picture larger"
    button.focus()
    small = mount.bounding_box()
    where, known = phone.evaluate("[scrollY, history.length]")
    assert button.inner_text().strip() == told
    phone.keyboard.press("Enter")
    window = mount.bounding_box()
    assert window is not None and small is not None
    assert (window["x"], window["y"], window["width"], window["height"]) == (0, 0, 390, 844)
    picture, marks = mount.locator("img").bounding_box(), mount.locator(".look").bounding_box()
    assert picture is not None and picture["width"] == 780
    assert picture == marks  # the marks stay where they point
    assert button.evaluate("e => e === document.activeElement")
    assert button.inner_text().strip() == "Back to the page"
    moved_by(phone, "ArrowRight", mount)
    size = button.bounding_box()
    assert size is not None and size["height"] >= 44 and 0 <= size["x"] < 60
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.keyboard.press("Enter")
    assert mount.bounding_box() == small
    assert button.evaluate("e => e === document.activeElement")
    assert phone.evaluate("[scrollY, history.length]") == [where, known]


@pytest.mark.parametrize("wide", [390, 1280])
def test_a_picture_that_was_large_is_where_it_was(
    browser: Browser, files: dict[str, Path], wide: int
) -> None:
    """Without scripts: the page keeps its height and its place, Escape goes back, and the way back opens no picture again."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": wide, "height": 800})
    page = context.new_page()
    page.goto(files["class-4b.amal.x"].as_uri() + "#two")
    page.goto(files["class-4b.amal.x"].as_uri() + "#contents")
    mounts = page.locator(".mount:has(button.zoom)")
    high = "document.documentElement.scrollHeight"
    for n in range(mounts.count()):
        mount = mounts.nth(n)
        button = mount.locator("button.zoom")
        button.focus()
        before, length = page.evaluate("scrollY"), page.evaluate(high)
        box = mount.bounding_box()
        for by_key in (True, False):
            button.click()
            assert mount.evaluate("e => getComputedStyle(e).position") == "fixed"
            assert page.evaluate(high) == length, n
            shown = mount.locator("img").bounding_box()
            assert shown is not None and (wide == 390 or shown["height"] <= 800)
            page.keyboard.press("Escape") if by_key else button.click()
            assert mount.evaluate("e => getComputedStyle(e).position") == "relative"
        assert box is not None and mount.bounding_box() is not None
        assert page.evaluate(high) == length and abs(page.evaluate("scrollY") - before) <= 400, n
    page.go_back()
    assert page.url.endswith("#two")
    assert page.locator(".large:popover-open").count() == 0
    context.close()


def test_a_browser_without_popovers_has_links_to_the_large_picture_and_back(
    browser: Browser, files: dict[str, Path], tmp_path: Path, axe: Callable[[Page], list[Any]]
) -> None:
    """Old phones know no popover: there the button is not there, and two plain links do the same."""
    old = tmp_path / "old.html"
    told = files["class-4b.amal.x"].read_text(encoding="utf-8")
    assert "selector(:popover-open)" in told
    told = re.sub(r" popover(?:target=\"\w+\")?(?=[ >])", "", told).replace(":popover-open", ":no-such-thing")
    old.write_text(told, encoding="utf-8")
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(old.as_uri())
    mount = page.locator(".mount:has(.look)").first
    assert mount.locator("button.zoom").is_hidden()
    mount.locator("a.zoom").focus()
    page.keyboard.press("Enter")
    picture = mount.locator("img").bounding_box()
    assert picture is not None and picture["width"] == 780
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert mount.locator("a.zoom").evaluate("e => e === document.activeElement")
    assert mount.evaluate("e => getComputedStyle(e).position") == "relative"
    page.keyboard.press("Enter")
    assert mount.evaluate("e => getComputedStyle(e).position") == "fixed"
    assert axe(page) == []
    context.close()


def test_the_numbers_of_marks_leave_the_picture_free(phone: Page, files: dict[str, Path]) -> None:
    """Numbers stand at a side of the picture and not on each other, the button below it: nothing covers its middle."""
    for name in ("class-4b.amal.x", "class-4b.mateo.x"):
        phone.goto(files[name].as_uri())
        for mount in phone.locator(".mount:has(.look)").all():
            picture = mount.locator("img").bounding_box()
            assert picture is not None
            rings = [one.bounding_box() for one in mount.locator(".ring").all()]
            for n, ring in enumerate(rings):
                assert ring is not None
                middle = ring["x"] + ring["width"] / 2 - picture["x"]
                assert min(middle, picture["width"] - middle) <= 0.06 * max(
                    picture["width"], picture["height"]
                )
                assert picture["y"] - 1 <= ring["y"] <= picture["y"] + picture["height"] - ring["height"] + 1
                for other in rings[:n]:
                    assert other is not None
                    apart = max(abs(ring["x"] - other["x"]), abs(ring["y"] - other["y"]))
                    assert apart >= ring["width"], (name, n)
            sign = mount.locator(".zoom-in .i").bounding_box()
            assert sign is not None and sign["y"] >= picture["y"] + picture["height"]


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
    page.locator("button.zoom").first.click()
    assert page.locator(".large:popover-open").count() == 1
    assert axe(page) == []
    context.close()


def test_the_second_telling_leads_to_the_pictures_of_the_first(phone: Page, files: dict[str, Path]) -> None:
    """The switch at the top leads to the English part; there a link leads to the picture in the first part."""
    phone.goto(files["class-4b.amal.teta-mama-baba"].as_uri())
    phone.get_by_role("link", name="English", exact=True).click()
    box = phone.locator("#again h2").bounding_box()
    assert box is not None and 0 <= box["y"] <= 400
    assert "الإنجليزية" in phone.locator("#again > .kick").inner_text()
    for where, there in (("#answer", "#answer h2"), ("#contents", "#contents nav")):
        way = phone.locator(f'#again .ways a[href="{where}"]')
        size = way.bounding_box()
        assert size is not None and size["height"] >= 44 and size["y"] <= 844
        way.click()
        box = phone.locator(there).bounding_box()
        assert box is not None and -1 <= box["y"] <= 400
        phone.go_back()
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

    Every side says whose book it is, its number and how many there are, and none is empty.
    """
    for child in ("amal", "linh", "mateo"):
        sides = printed(phone, files[f"class-4b.{child}.x"], size)
        assert len(sides) <= SIDES, child
        (letter,) = [n for n, side in enumerate(sides) if "Our answer to" in side]
        assert letter >= len(sides) - 2
        assert not any("The short version" in side or "My work" in side for side in sides[letter:])
        for n, side in enumerate(sides, start=1):
            assert re.search(rf"{child.title()}’s book · page {n} of {len(sides)}\b", side), (child, n)
            assert len(side) > 150, (child, n, side)
        told = "".join(sides)
        assert "from the highest: always, mostly, sometimes, not yet" in " ".join(told.split())
        assert told.count("Fall 2026") >= 4  # below the marks of the drawings; the table is for screens
        assert "The same in words" not in told


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_second_language_begins_on_a_new_sheet_and_can_stay_away(
    phone: Page, files: dict[str, Path], size: str
) -> None:
    """Printed whole the English part begins on a side of its own; one link prints without it, one the short version, one the answer."""
    path = files["ladybirds.noa.casa-de-abuela"]
    whole = printed(phone, path, size)
    first = printed(phone, path, size, "#print-first")
    (start,) = [n for n, side in enumerate(whole) if "The same in English, as Noa wrote it" in side]
    (answer,) = [n for n, side in enumerate(first) if "Nuestra respuesta para" in side]
    assert start == answer  # all before it, then the answer
    counted = re.compile(r"página \d+ de \d+")
    assert [counted.sub("", one) for one in whole[:start]] == [counted.sub("", one) for one in first[:start]]
    assert not any("as Noa wrote it" in side for side in first)
    assert len(printed(phone, path, size, "#print-two")) <= 4
    alone = printed(phone, path, size, "#print-answer")
    assert len(alone) == 2 and "parte 1 de 2" in alone[0] and "parte 2 de 2" in alone[1]
    assert counted.sub("", alone[0]) == counted.sub("", first[-2])
    assert counted.sub("", first[-1]).startswith(counted.sub("", alone[1]).strip())
    assert not any(re.search("Back to the page|Volver a la página", side) for side in whole)


def test_a_shorter_print_says_what_comes_out_and_how_to_undo_it(phone: Page, files: dict[str, Path]) -> None:
    """Without scripts: the link gives way to a sentence that has the focus, so that it is read aloud, and a link back."""
    phone.goto(files["class-4b.amal.teta-mama-baba"].as_uri())
    for one in ("print-answer", "print-two", "print-first"):
        link, told = phone.locator(f"#{one} > a"), phone.locator(f"#{one} .only-now")
        assert told.is_hidden()
        link.click()
        assert told.is_visible() and link.is_hidden()
        assert phone.locator(f"#{one}").evaluate("e => e === document.activeElement")
        box = told.bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 844
        told.locator("a").click()
        assert told.is_hidden() and link.is_visible()


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
