# long: every way an answer may be written on screen and paper is read in one place
"""A family answers in its file: opened from disk, with and without scripts, and what it sends comes in at the school."""

from __future__ import annotations

import re
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
from portfolio.rules.sent_back import TEXTS, SentBack, as_text, parse
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.views.answer_form import script
from tests.teachers import NOW, sample_folder, with_teachers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

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
    assert [form.locator(".sends-without").nth(n).is_visible() for n in (0, 1)] == [not scripts] * 2
    said = form.get_by_text("At the end you copy" if scripts else "This page cannot send anything by itself")
    gone = form.get_by_text("It is gone when you close this page")
    first = form.locator(".fc").bounding_box()
    for one in (said, gone):
        box = one.bounding_box()
        assert box and first and box["y"] < first["y"]  # said before anybody has written a word
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = form.locator("label:has(input), textarea, button, .btn").evaluate_all(
        "all => all.map(one => Math.min(one.getBoundingClientRect().height, one.getBoundingClientRect().width))"
    )
    assert sizes and min(sizes) >= 44
    if scripts:
        assert axe(page) == []
    guard.check()
    context.close()


def sides(page: Page, size: str) -> list[str]:
    """Return the text of every printed side."""
    printed = pypdfium2.PdfDocument(page.pdf(format=size, prefer_css_page_size=False))
    return [
        " ".join(printed[n].get_textpage().get_text_bounded().split()).replace("- ", "-")
        for n in range(len(printed))
    ]


@pytest.mark.parametrize(
    ("student", "home"), [("mateo", "dad"), ("mateo", "mama-y-abuelo"), ("amal", "teta-mama-baba")]
)
def test_the_sheet_is_two_sides_that_say_where_they_go(
    browser: Browser, folder: ClassFolder, student: str, home: str
) -> None:
    """On A4 and Letter: no empty side before it, the code on both, the teacher it goes back to, every number a hand types."""
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, folder, student, home)
    code = page.locator(".reply-code b").last.inner_text()
    for size in ("A4", "Letter"):
        *book, one, two = sides(page, size)
        assert len(book[-1]) > 100 and code not in "".join(book), (size, "an empty side")
        assert code in one and code in two and "Rivera" in two
        for side, numbers in (
            (one, (11, 12, 13, 21, 22, 23, 41, 42, 43, 44, 45)),
            (two, (10, 31, 32, 33, 51, 52, 53, 76)),
        ):
            assert not [n for n in numbers if not re.search(rf"(?<!\d){n}(?!\d)", side)], (size, side)
    if student == "amal":
        assert "2026" in two  # when all look again
    page.emulate_media(media="print")
    lines = page.locator("#answer .lines span").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect())"
    )
    assert min(one["height"] for one in lines) >= 9 / 25.4 * 96  # tall enough for a hand
    context.close()


def test_the_sheet_keeps_what_was_typed_also_without_scripts(browser: Browser, folder: ClassFolder) -> None:
    """What was typed is printed in place of the lines; nothing of the screen's ways to send is."""
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, folder)
    page.locator("#r-letter-own").fill("WORDS-ONE\nWORDS-TWO")
    page.locator("#r-teacher-only").fill("WORDS-APART")
    text = " ".join(sides(page, "A4"))
    assert "WORDS-ONE" in text and "WORDS-TWO" in text and "WORDS-APART" in text
    assert "Copy my answer" not in text and "cannot send anything" not in text and "is gone when" not in text
    assert "Fold this part over" in text
    context.close()


def test_what_is_only_for_the_teacher_goes_along_and_reaches_no_child(
    browser: Browser, folder: ClassFolder
) -> None:
    """In one answer a letter for the child and a word apart: each reaches whom it is for."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = opened(context, folder)
    filled(page)
    page.locator("#r-teacher-only").fill("MARKER-apart [51] [46]")
    page.get_by_role("button", name="Copy my answer").click()
    page.get_by_role("status").filter(has_text="It is copied").wait_for()
    assert taken(folder, page.evaluate("navigator.clipboard.readText()")) == "kept"
    made = made_for(folder, "mateo", "dad")
    assert "We are proud." in made and "MARKER-apart" not in made
    store = folder.store()
    book = store.portfolio(store.rounds("mateo")[-1].portfolio_id)
    store.close()
    assert "MARKER-apart [51] [46]" in [one.words.text for one in book.to_teacher]
    context.close()


LABEL = re.compile(r"\[(\d\d) ")
TYPED = (
    "I see [76 x] ［٢١］ \\\\[45]\n【99】 [ 1",
    "> one\n\n(two) [a] 🙂 12/3",
    "MARKER 7 [51] \\[52",
    "[",
)


@pytest.mark.parametrize(
    ("student", "home"), [("mateo", "dad"), ("mateo", "mama-y-abuelo"), ("amal", "teta-mama-baba")]
)
def test_the_script_writes_what_the_teachers_program_writes(
    browser: Browser, folder: ClassFolder, student: str, home: str
) -> None:
    """Letter by letter, with every field filled; the line above what is apart stands in nobody's words."""
    context = browser.new_context()
    page = opened(context, folder, student, home)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    fields = page.locator("textarea[data-l]").all()
    words = {}
    for n, field in enumerate(fields):
        number = int(LABEL.match(str(field.get_attribute("data-l")))[1])  # type: ignore[index]  # each has a number
        words[TEXTS[number]] = TYPED[n % len(TYPED)]
        field.fill(words[TEXTS[number]])
    page.locator("#r-from").fill("N [51] N")
    for tick in page.locator("input[data-l]").all():
        tick.check()
    page.locator("[name=read]").first.check()
    page.locator(".sends button").first.click()
    text = page.locator("textarea.sends-text").input_value()
    told = page.locator(".sends").evaluate("one => ({...one.dataset})")
    found = page.locator("[data-l]").evaluate_all("all => all.map(one => one.dataset.l)")
    end, _, code = told["code"].rpartition("] ")
    labels = {int(whole[1:3]): whole for whole in (*found, told["from"], f"{end}]")}
    labels[76] = labels[76].replace(" ", f" {told['apart']}\n", 1)
    said = SentBack(
        code=code.replace("-", ""), who="N [51] N", face="face-1", shared=True, talk=True, texts=words
    )
    assert text == as_text(told["title"], labels, said)
    (read,) = parse(text)
    assert read == said and set(words) == {TEXTS[n] for n in labels if n in TEXTS} and "teacher-only" in words
    assert told["apart"] not in "".join(
        (*read.texts.values(), read.who, *(below for _, below in read.strange))
    )
    context.close()


def test_nobody_loses_what_was_written_without_being_asked(browser: Browser, folder: ClassFolder) -> None:
    """Closing or loading again asks while words are there that have not left the page; not before, not after."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page, asked = opened(context, folder), []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)

    def left() -> bool:
        """Try to leave and return whether that was possible without a question."""
        before = len(asked)
        page.evaluate("window.still = true; setTimeout(() => location.reload(), 0)")
        if before == len(asked):
            page.wait_for_timeout(700)
        gone = bool(page.evaluate("window.still !== true"))
        assert gone is (before == len(asked))
        return gone

    page.locator("#r-notice").click()
    assert left()  # looked at, nothing written
    page.locator("#r-notice").press_sequentially("Words.")
    assert not left() and page.locator("#r-notice").input_value() == "Words."
    page.get_by_role("button", name="Copy my answer").click()
    page.get_by_role("status").filter(has_text="It is copied").wait_for()
    assert left()
    page.locator("#r-notice").press_sequentially("Words again.")
    page.get_by_role("link", name="Send it by mail").click()
    page.get_by_role("status").filter(has_text="mail program").wait_for()
    assert asked == [
        "beforeunload"
    ]  # the mail program opens without a question, and what is in it is not lost
    assert left()
    context.close()


def test_the_sheets_of_a_meeting_at_home_are_two_sides_and_one(browser: Browser, folder: ClassFolder) -> None:
    """On A4 and Letter the answer to the child is two sides, each with its code; that to the school is the next."""
    pack = send_packs(
        folder, by=NOW.date(), students=("mateo",), homes=("dad",), out=folder.path.parent / "packs"
    )[0]
    assert pack.folder is not None
    page = browser.new_page()
    page.goto((pack.folder / LISTEN).as_uri())
    code = page.locator(".reply-code b").last.inner_text()
    for size in ("A4", "Letter"):
        child, more, school = sides(page, size)[-3:]
        assert "Our answer to Mateo" in child and "All of us" in more and "Our answer to the school" in school
        assert all(code in one for one in (child, more, school)), size
        assert "Please give both parts back to Ms. Rivera" in more and "in an envelope" in school, size
        assert "Best until" in more and "Best until" in school, size
    page.close()


def test_the_script_is_small() -> None:
    """The comfort costs a family's file less than six kilobytes."""
    assert len(script().encode()) <= 6_000
