"""A family answers in its file: opened from disk, with and without scripts, and what it sends comes in at the school."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest

from portfolio.model import Teacher
from portfolio.moments.home import home_file, kit_of
from portfolio.moments.own_time import LISTEN, send_packs
from portfolio.moments.replies_in import Replies
from portfolio.moments.reply_text import read_file
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.views.answer_form import script
from tests.teachers import NOW, sample_folder, with_teachers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.browser.conftest import Violation, Watch

WORDS = 'You count aloud.\n\n> "see [21] and \\[45]" — مرحبا 🙂 <b>\n\nWe are proud.'


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """Return a class whose teacher is reached by mail."""
    made = sample_folder(tmp_path)
    with_teachers(made, Teacher(teacher_id="teacher-1", name="Ms. Rivera", reach="rivera@school.example"))
    return made


def made_for(folder: ClassFolder, student: str, home: str) -> str:
    """Return the file of a home as it would be made now."""
    store = folder.store()
    try:
        book = book_of(store, folder.template(), folder.outline(), student)
        return home_file(book, home, kit_of(folder, store)).page
    finally:
        store.close()


def opened(context: BrowserContext, folder: ClassFolder, student: str = "mateo", home: str = "dad") -> Page:
    """Return the file of a home, opened from disk."""
    path = folder.path.parent / f"{student}-{home}.html"
    path.write_text(made_for(folder, student, home), encoding="utf-8")
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def filled(page: Page) -> None:
    """Fill the form in: a face, two lines, who it is, who reads it, and a wish."""
    page.get_by_label("good", exact=True).check()
    page.locator("#r-notice").fill("You count aloud.")
    page.locator("#r-letter-own").fill(WORDS)
    page.locator("[data-who]").first.check()
    page.locator("[name=read]").first.check()
    page.get_by_label("I would like to talk alone").check()


def taken(folder: ClassFolder, text: str) -> str:
    """Take in what a family sent and return what became of it."""
    store = folder.store()
    try:
        replies = Replies(folder, store, lambda: NOW, NOW.date, lambda: "new")
        (one,) = replies.read(text)
        return replies.keep(one).kind
    finally:
        store.close()


def letters(folder: ClassFolder) -> list[str]:
    """Return the lines of Mateo's letters, as they are kept."""
    store = folder.store()
    try:
        book = store.portfolio(store.rounds("mateo")[-1].portfolio_id)
        return [line.words.text for one in book.replies if one.form == "letter" for line in one.lines]
    finally:
        store.close()


def test_what_is_saved_comes_in_and_stands_in_the_next_file(
    browser: Browser, folder: ClassFolder, watch: Callable[[BrowserContext], Watch], tmp_path: Path
) -> None:
    """Saved as a small file, taken in: word for word in the book and in this home's next file, in no other home's."""
    context = browser.new_context(accept_downloads=True)
    guard, errors = watch(context), []
    page = opened(context, folder)
    page.on("console", lambda told: errors.append(told.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    filled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as a small file").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".txt" and "mateo" not in path.name.casefold()
    page.get_by_role("status").filter(has_text="Send that file").wait_for()
    assert taken(folder, read_file(path)) == "kept"
    assert WORDS in letters(folder)
    assert "We are proud." in made_for(folder, "mateo", "dad")
    assert "We are proud." not in made_for(folder, "mateo", "mama-y-abuelo") + made_for(
        folder, "amal", "teta-mama-baba"
    )
    assert not errors
    guard.check()
    context.close()


def test_what_is_copied_and_what_is_mailed_are_the_same_answer(browser: Browser, folder: ClassFolder) -> None:
    """The clipboard holds what the mail would: to the teacher, with a subject; taken in twice it is one."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = opened(context, folder)
    filled(page)
    page.get_by_role("button", name="Copy my answer").click()
    page.get_by_role("status").filter(has_text="It is copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    link = page.get_by_role("link", name="Send it by mail")
    link.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    link.click()
    address = urlsplit(str(link.get_attribute("href")))
    asked = parse_qs(address.query)
    assert (address.scheme, address.path) == ("mailto", "rivera@school.example")
    assert asked["subject"] == ["Our answer to Mateo"]
    assert asked["body"][0].replace("\r\n", "\n").strip() == copied.replace("\r\n", "\n").strip()
    assert [taken(folder, text) for text in (copied, asked["body"][0])] == ["kept", "already"]
    context.close()


def test_where_copying_is_refused_the_text_is_there_to_be_copied_by_hand(
    browser: Browser, folder: ClassFolder
) -> None:
    """The whole text stands selected in a field of its own, and a sentence says what to do."""
    context = browser.new_context()
    page = opened(context, folder)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy my answer").click()
    page.get_by_role("status").filter(has_text="nothing in it yet").wait_for()
    filled(page)
    page.get_by_role("button", name="Copy my answer").click()
    box = page.locator("textarea.sends-text")
    chosen = box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert chosen == box.input_value() and taken(folder, chosen) == "kept"
    page.get_by_role("status").filter(has_text="copy it by hand").wait_for()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_anybody_can_use_the_form(
    browser: Browser,
    folder: ClassFolder,
    axe: Callable[..., list[Violation]],
    watch: Callable[[BrowserContext], Watch],
    scripts: bool,
    width: int,
) -> None:
    """Nothing dead, nothing too small, nothing sideways; without scripts a sentence says what to do, and no button is there."""
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    guard, page = watch(context), opened(context, folder)
    form = page.locator("#answer")
    assert form.locator("button, a").count() == (3 if scripts else 0)
    assert form.locator(".sends-without").is_visible() is not scripts
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = form.locator("label:has(input), textarea, button, .btn").evaluate_all(
        "all => all.map(one => Math.min(one.getBoundingClientRect().height, one.getBoundingClientRect().width))"
    )
    assert sizes and min(sizes) >= 44
    if scripts:
        assert axe(page) == []
    guard.check()
    context.close()


def test_the_sheet_is_one_side_and_keeps_what_was_typed(browser: Browser, folder: ClassFolder) -> None:
    """On A4 and Letter the empty form is the last side, all its words on it; what was typed is printed, also without scripts."""
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, folder)
    for size in ("A4", "Letter"):
        printed = pypdfium2.PdfDocument(page.pdf(format=size, prefer_css_page_size=False))
        last = printed[len(printed) - 1].get_textpage().get_text_bounded()
        for words in ("Our answer to Mateo", "How was it for you?", "I notice", "A glow", "I will help by", "Who is answering?",
                      "Who may read this?", "I would like to talk alone", "The code of your answer"):  # fmt: skip
            assert words in last, (size, words)
        assert "Copy my answer" not in last and "cannot send anything" not in last
    page.locator("#r-letter-own").fill("WORDS-ONE\nWORDS-TWO")
    printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = "".join(printed[n].get_textpage().get_text_bounded() for n in range(len(printed)))
    assert "WORDS-ONE" in text and "WORDS-TWO" in text
    context.close()


def test_the_sheet_of_a_meeting_at_home_is_one_side_too(browser: Browser, folder: ClassFolder) -> None:
    """On A4 and Letter the answer to the child is one side, from its heading to its code; that to the school is the next."""
    pack = send_packs(
        folder, by=NOW.date(), students=("mateo",), homes=("dad",), out=folder.path.parent / "packs"
    )[0]
    assert pack.folder is not None
    page = browser.new_page()
    page.goto((pack.folder / LISTEN).as_uri())
    for size in ("A4", "Letter"):
        printed = pypdfium2.PdfDocument(page.pdf(format=size, prefer_css_page_size=False))
        child, school = (printed[len(printed) - n].get_textpage().get_text_bounded() for n in (2, 1))
        assert "Our answer to Mateo" in child and "The code of your answer" in child, size
        assert "Our answer to the school" in school and "The code of your answer" in school, size
    page.close()


def test_the_script_is_small() -> None:
    """The comfort costs a family's file less than six kilobytes."""
    assert len(script().encode()) <= 6_000
