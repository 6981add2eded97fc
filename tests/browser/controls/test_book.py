"""The notebook as a book: pages, contents, address, paper, and what a teacher puts between."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk_browser import WHAT, OpenDesk, Server, first, ready, reload, saved
from tests.voila_server import notebook, voila

pytestmark = pytest.mark.drill  # the whole book in a browser: minutes, not seconds

SLIDES = """
<div class="deck" id="deck" tabindex="-1">
{leaves}
</div>"""
LEAF = """<section class="slide" id="part{n}" aria-labelledby="h{n}"><div class="book"><h2 id="h{n}">Leaf {n}</h2>
<details><summary>More about {n}</summary><p>Inside {n}</p></details></div></section>"""


def shown_heading(page: Page) -> str:
    """Return the one heading of a page of the book that can be seen."""
    found = page.locator("main h1:visible").all_inner_texts()
    assert len(found) == 1
    return found[0]


def test_one_page_at_a_time(desk: OpenDesk) -> None:
    """Buttons, contents, address and the browser's Back turn the pages; the heading gets the focus."""
    page = desk()
    assert shown_heading(page) == "Me"
    expect(page.locator(".folio")).to_have_text("page 1 of 5")
    page.get_by_role("link", name="Turn the page: My strengths").click()
    assert shown_heading(page) == "My strengths"
    expect(page.get_by_role("heading", name="My strengths")).to_be_focused()
    expect(page).to_have_title("My strengths · Noa’s book")
    page.get_by_role("navigation", name="The pages of my book").get_by_role("link", name="My goal").click()
    assert shown_heading(page) == "My goal"
    expect(page.locator("[aria-current=step]")).to_have_text("My goalyou are here5")
    page.go_back()
    assert shown_heading(page) == "My strengths"
    page.evaluate("location.hash = 'work'")
    assert shown_heading(page) == "My work"
    page.get_by_role("link", name="Turn back: My strengths").click()
    assert shown_heading(page) == "My strengths"


def test_the_book_opens_where_one_left_it(desk: OpenDesk, server: Server) -> None:
    """Without a page in the address the last one is open; with one, that one."""
    page = desk("feels")
    assert shown_heading(page) == "How school feels"
    page.goto(page.url.split("#")[0], wait_until="commit")
    reload(page)
    assert shown_heading(page) == "How school feels"


def test_the_youngest_see_three_pages_at_a_time(desk: OpenDesk) -> None:
    """K–2 shows the page before, this one and the next; one button shows all."""
    page = desk("work", band="k2")
    lines = page.get_by_role("navigation", name="The pages of my book").get_by_role("listitem")
    expect(lines).to_have_count(3)
    page.get_by_role("button", name="All pages").click()
    expect(lines).to_have_count(5)
    expect(page.get_by_role("button", name="All pages")).to_have_attribute("aria-expanded", "true")


def test_the_contents_follow_the_words(desk: OpenDesk) -> None:
    """A page's state in the contents changes when its words are saved."""
    page = desk("strengths")
    line = page.locator(".path li", has_text="My strengths")
    first(page, WHAT).fill("maps")
    saved(page)
    page.get_by_role("link", name="Turn the page").click()
    expect(line).to_contain_text("started")


def test_paper_has_every_page_and_every_word(desk: OpenDesk) -> None:
    """Printing shows all pages with what was written, not only the open one."""
    page = desk("strengths")
    first(page, WHAT).fill("drawing maps of rivers")
    saved(page)
    page.get_by_role("link", name="Turn the page").click()
    document = pypdfium2.PdfDocument(page.pdf())
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    for wanted in ("drawing maps of rivers", "What do you like", "How school feels", "My steps"):
        assert wanted in " ".join(text.split())
    assert len(document) >= 5


def test_without_scripts_the_headings_stand_and_a_sentence_says_why(server: Server, browser: Browser) -> None:
    """Scripts off: nothing is hidden, and a line tells what is missing."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server[0]}?desk=plain")
        assert page.locator("main h1:visible").all_inner_texts() == [
            "Me", "My strengths", "My work", "How school feels", "My goal",
        ]  # fmt: skip
        expect(page.get_by_text("This page needs JavaScript.")).to_be_visible()
        expect(page.get_by_text("Opening your book")).to_be_hidden()


@pytest.mark.parametrize(("remote", "button"), [(True, False), (False, True)])
def test_only_a_voice_of_this_computer_reads_aloud(
    desk: OpenDesk, page: Page, remote: bool, button: bool
) -> None:
    """A voice that would send the words away does not count: its button is hidden."""
    page.context.add_init_script(
        f"""const spoken = globalThis.spoken = [];
        Object.defineProperty(window, "speechSynthesis", {{ value: {{
          getVoices: () => [{{ lang: "en-US", localService: {str(not remote).lower()}, name: "V" }}],
          addEventListener: () => {{}}, speak: (u) => spoken.push(u.text), cancel: () => {{}}, speaking: false }} }});
        globalThis.SpeechSynthesisUtterance = class {{ constructor(text) {{ this.text = text; }} }};"""
    )
    opened = desk("me", band="k2")
    aloud = opened.get_by_role("button", name=re.compile(r"Read aloud ?: What do you like\? Pick two."))
    expect(aloud).to_have_count(1 if button else 0)
    if button:
        aloud.click()
        assert opened.evaluate("spoken") == ["What do you like? Pick two."]


# ----------------------------------------------------------------------------- other notebooks


def opened(page: Page, address: str) -> Page:
    """Open a notebook and wait until it is ready."""
    page.goto(address, wait_until="commit")
    ready(page)
    return page


def test_what_a_teacher_adds_stands_in_the_book(
    page: Page, tmp_path: Path, watch: Callable[..., Any]
) -> None:
    """Own texts, printed lines, pictures and ordinary widgets are pages like all others."""
    watched = watch(page.context)
    own = "from IPython.display import Image, display\nimport base64, ipywidgets\nprint('Bring your *best* pen.')\n"
    dot = "display(Image(base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='), alt='A dot'))\n"
    cells = [
        ("py", "from tests.desk_kernel import DemoHost\nfrom portfolio.widgets import Desk\ndesk = Desk(DemoHost('desk=own'))\ndesk"),
        ("md", "## Before we *begin*\n\nThree **words** from Mr. L."),
        ("py", own + dot + "ipywidgets.IntSlider(description='How loud?')"),
        ("md", "## My strengths"),
        ("py", "desk.section('strengths')"),
        ("md", "## Typing slips"),
        ("py", "desk.section('strenghts')"),
    ]  # fmt: skip
    path = tmp_path / "own.ipynb"
    path.write_text(notebook(*cells), "utf-8")
    with voila(path, env={"DESK_FOLDER": str(tmp_path)}) as address:
        opened(page, address)
        assert shown_heading(page) == "Before we begin"
        expect(page.locator("main strong")).to_have_text("words")
        expect(page.get_by_text("Bring your *best* pen.")).to_be_visible()
        expect(page.locator("main img")).to_be_attached()
        expect(page.get_by_text("How loud?")).to_be_visible()
        lines = page.locator(".path .pt bdi")
        assert lines.all_inner_texts() == ["Before we begin", "My strengths", "Typing slips"]
        page.get_by_role("link", name="Typing slips").first.click()
        expect(page.get_by_text("no section called “strenghts”")).to_be_visible()
    watched.check()


def test_a_broken_cell_is_one_kind_sentence(page: Page, tmp_path: Path) -> None:
    """A cell that fails shows no code and no error's name; what stands before it works."""
    cells = [
        ("py", "from tests.desk_kernel import DemoHost\nfrom portfolio.widgets import Desk\ndesk = Desk(DemoHost('desk=x'))\ndesk"),
        ("md", "## My strengths"),
        ("py", "desk.section('strengths')"),
        ("md", "## Broken"),
        ("py", "secret_name = 1 / 0"),
        ("md", "## Never reached"),
    ]  # fmt: skip
    path = tmp_path / "broken.ipynb"
    path.write_text(notebook(*cells), "utf-8")
    with voila(path, env={"DESK_FOLDER": str(tmp_path)}) as address:
        opened(page, address)
        first(page, WHAT).fill("maps")
        saved(page)
        page.get_by_role("link", name="Turn the page: Broken").click()
        expect(page.locator(".trouble:visible")).to_have_text(
            "Something on this page did not work. What you wrote is safe. Please tell your teacher."
        )
        for hidden in ("ZeroDivisionError", "secret_name", "Traceback", "show_tracebacks"):
            assert hidden not in page.content()


def test_a_calm_line_while_the_book_opens(page: Page, tmp_path: Path) -> None:
    """While cells are still running the page says that the book is opening, and shows nothing half-made."""
    path = tmp_path / "slow.ipynb"
    cells = [("md", "## One"), ("py", "import time; time.sleep(6); print('done')"), ("md", "## Two")]
    path.write_text(notebook(*cells, words={"opening": "Dein Buch geht auf …"}, lang="de"), "utf-8")
    with voila(path) as address:
        page.goto(address, wait_until="commit")
        expect(page.get_by_text("Dein Buch geht auf …")).to_be_visible(timeout=15_000)
        expect(page.get_by_text("One", exact=True)).to_be_hidden()
        ready(page)
        expect(page.get_by_text("Dein Buch geht auf …")).to_be_hidden()
        assert shown_heading(page) == "One"


@pytest.fixture
def talk(page: Page, tmp_path: Path) -> Any:
    """Open a conference of four leaves; ``talk("rtl")`` in a right-to-left language."""
    import contextlib

    with contextlib.ExitStack() as stack:

        def open_talk(direction: str = "ltr", hash_: str = "") -> Page:
            html = SLIDES.format(leaves="\n".join(LEAF.format(n=n) for n in range(1, 5)))
            look = {
                "lang": "ar" if direction == "rtl" else "en",
                "dir": direction,
                "band": "35",
                "cloth": "sea",
            }
            code = (
                "from portfolio.widgets import Talk\nfrom tests.deck_kernel import StillDeck\n"
                f"Talk(StillDeck.of({html!r}, {look!r}))"
            )
            path = tmp_path / "talk.ipynb"
            path.write_text(notebook(("py", code), page="conference", dir=direction), "utf-8")
            address = stack.enter_context(voila(path))
            return opened(page, address + hash_)

        yield open_talk


def leaf(page: Page) -> str:
    """Return which leaf is shown."""
    return str(page.evaluate("document.querySelector('.slide:target')?.id ?? location.hash"))


def test_keys_turn_the_leaves_of_a_conference(talk: Callable[..., Page]) -> None:
    """Arrows, PageDown, Home, End and Space turn leaves; Space on a control of the leaf does its own job."""
    page = talk(hash_="#part2")
    assert leaf(page) == "part2"
    for key, wanted in (
        ("ArrowRight", "part3"), ("ArrowLeft", "part2"), ("PageDown", "part3"), ("Space", "part4"), ("End", "part4"),
        ("ArrowRight", "part4"), ("Shift+Space", "part3"), ("Home", "part1"), ("ArrowLeft", "part1"), ("PageUp", "part1"),
    ):  # fmt: skip
        page.keyboard.press(key)
        page.wait_for_timeout(80)
        assert leaf(page) == wanted, key
    page.locator("#part1 summary").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("Inside 1")).to_be_visible()
    assert leaf(page) == "part1"
    page.go_back()
    assert leaf(page) != "part1"
    assert page.locator("main:visible").count() == 1


def test_in_right_to_left_pages_the_arrows_turn_round(talk: Callable[..., Page]) -> None:
    """In Arabic the left arrow leads on."""
    page = talk("rtl")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(80)
    assert leaf(page) == "part2"
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(80)
    assert leaf(page) == "part1"
