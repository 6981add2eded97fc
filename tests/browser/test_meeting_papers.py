"""The meeting on paper in a real browser: accessible in each language; every sheet as many sides as it says, nothing cut."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pypdfium2
import pytest

from portfolio.model import Book, Cue, Household, Passage, Work
from portfolio.model.portfolio import CueLines
from portfolio.moments.meeting_papers import Table, cards_page, home_page
from portfolio.rules import for_audience
from portfolio.rules.cue_cards import ON_A_SIDE, cue_cards, cue_view
from portfolio.rules.meeting_papers import HOME_SHEETS, TableView, sides, table_view
from portfolio.testing import small_book

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from portfolio.views.safe import SafePage

LANGS = ("en", "es", "ar")
LONG = "Maria Magdalena Wilhelmine Überlängenstein-Gónzalez " * 4
WIDE = "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW " * 12
SCRIPTS = (
    "I say this sentence, and it is of an ordinary length. " * 30,
    WIDE,
    "👩‍👧‍👦" * 200,
    "line\n" * 60,
    "مرحبًا بكم جميعًا، أنا سعيدة لأنكم هنا اليوم. " * 30,
)
CUT = """els => els.filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
    .map(e => e.className + ': ' + e.textContent.trim().slice(0, 60))"""
"""Returns what is larger than the box it stands in."""


def full_book(*, hostile: bool = False, rung: CueLines = "script") -> Book:
    """Return a book with lines for some steps; ``hostile``: with names, titles and lines that have no end."""
    scripts = SCRIPTS if hostile else ("Hello. This is my book.", "I walked it first.")
    steps = ("welcome", "strengths", "work", "growing", "thank_you")
    cues = [
        Cue(entry_id=f"c{n}", step=step, about="work-1" if step == "work" else None, words=Passage(text=text))
        for n, (step, text) in enumerate(zip(steps, scripts, strict=False))
    ]
    title = LONG if hostile else "My way to school"
    book = small_book(
        cues=tuple(cues),
        work=(Work(entry_id="work-1", title=Passage(text=title), subject="geography"),),
    )
    portfolio = book.portfolio
    book = book.but(portfolio=portfolio.but(meta=portfolio.meta.but(cue_lines=rung)))
    if not hostile:
        return book
    agendas = tuple(
        one.but(steps=tuple(step.but(title=f"{step.title} {LONG}") for step in one.steps))
        for one in book.template.agendas
    )
    book = book.but(template=book.template.but(agendas=agendas))
    home = Household(
        household_id="h", label=LONG, adults=(LONG, WIDE, LONG), reads=("vi", "so"), interpreter=True
    )
    return book.but(
        student=book.student.but(name=LONG, households=(home,)),
        school_class=book.school_class.but(name=WIDE, round=LONG),
    )


def view_of(book: Book) -> TableView:
    """Return what the sheets of a book's first home may say."""
    home = book.student.households[0]
    seen = for_audience(book, "conference")
    return table_view(
        book.school_class, book.template, book.student, home, seen=seen, meta=book.portfolio.meta
    )


def cards_of(book: Book) -> Table:
    """Return the cards of a book."""
    own = cue_cards(view_of(book).steps, book.template, book.portfolio)
    view = cue_view(book.student, book.school_class, own, book.portfolio)
    return Table(
        book.student,
        (),
        view,
        ("What are you proudest of here?", "Who helped you?", "Show me where it got hard."),
    )


def written(folder: Path, name: str, page: SafePage) -> Path:
    """Write a page and return where it is."""
    path = folder / f"{name}.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the sheets of a home and a child's cards in each language; ordinary, and with texts without end."""
    folder, made = tmp_path_factory.mktemp("meeting"), {}
    for kind in ("plain", "hostile"):
        book = full_book(hostile=kind == "hostile")
        for lang in LANGS:
            page = home_page([(book.student, view_of(book))], tuple(HOME_SHEETS), lang=lang)
            made[f"homes {kind} {lang}"] = written(folder, f"homes-{kind}-{lang}", page)
            for rung in get_args(CueLines):
                own = cards_page([cards_of(full_book(hostile=kind == "hostile", rung=rung))], lang=lang)
                made[f"cards {kind} {rung} {lang}"] = written(folder, f"cards-{kind}-{rung}-{lang}", own)
    return made


@pytest.mark.parametrize(
    ("scheme", "width"),
    [pytest.param("light", 1280, marks=pytest.mark.drill), ("light", 390), ("dark", 1280)],
    ids=["light", "phone", "dark"],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, files: dict[str, Path], axe: Callable[..., object], scheme: str, width: int
) -> None:
    """All sheets and cards in each language, light and dark, on a laptop and a phone: no violation, no sideways scrolling."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]  # two known words
    for name, path in files.items():
        page.goto(path.as_uri())
        if "plain" in name and ("homes" in name or "script" in name):
            assert axe(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.close()


def test_headings_are_read_in_order(browser: Browser, files: dict[str, Path]) -> None:
    """Each sheet begins with its one first heading; those below are one level down; words come in the order of the page."""
    page = browser.new_page()
    page.goto(files["homes plain en"].as_uri())
    levels = page.locator("article").evaluate_all(
        "all => all.map(a => [...a.querySelectorAll('h1,h2,h3')].map(h => h.tagName).join(' '))"
    )
    assert len(levels) == len(HOME_SHEETS)
    assert all(one.split()[0] == "H1" and set(one.split()[1:]) <= {"H2"} for one in levels), levels
    tops = page.locator("article > *").evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
    assert tops == sorted(tops)
    page.close()


@pytest.mark.parametrize("lang", LANGS)
def test_every_sheet_takes_the_sides_it_says_and_nothing_is_cut(
    browser: Browser, tmp_path: Path, lang: str
) -> None:
    """Each sheet alone, with names without end too: as many sides as planned on A4 and Letter, in large type."""
    page = browser.new_page()
    for hostile in (False, True):
        book = full_book(hostile=hostile)
        view = view_of(book)
        for sheet in HOME_SHEETS:
            made = home_page([(book.student, view)], (sheet,), lang=lang)
            page.goto(written(tmp_path, sheet, made).as_uri())
            for size in ("A4", "Letter"):
                printed = pypdfium2.PdfDocument(page.pdf(format=size, print_background=False))
                assert len(printed) == sides(view, sheet), (sheet, size, hostile)
            _fits(page, f"{sheet} {hostile}")
    page.close()


def _fits(page: Page, where: str) -> None:
    """Fail if a box is too small for its text as it is printed, or the type is small."""
    page.emulate_media(media="print")
    boxes = page.locator(
        ".cutcards > li, .cuecard, .paper-head, .tablesteps > li, .promises td, .agreeticks > li, .foldfront"
    )
    assert boxes.evaluate_all(CUT) == [], where
    small = page.locator("article :is(p,li,b,span,td,th,small)").evaluate_all(
        "els => els.filter(e => parseFloat(getComputedStyle(e).fontSize) * .75 < 10).map(e => e.className)"
    )
    assert small == [], where
    page.emulate_media(media="null")


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_a_whole_meeting_is_ten_sides_and_the_teachers_sheet_shares_its_paper_with_nothing(
    browser: Browser, files: dict[str, Path], size: str
) -> None:
    """Ten sides, five sheets of paper; each that is handed over begins on an odd side, the next one on another paper."""
    page = browser.new_page()
    page.goto(files["homes plain en"].as_uri())
    texts = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(page.pdf(format=size))]
    assert len(texts) == 10
    begins = ("What happens today", "What we decide together", "Question cards", "This side stays empty",
              "Your answer to", "A letter back to", "does not read this", "Fold here", "A quiet page", "Find the way")  # fmt: skip
    for text, begin in zip(texts, begins, strict=True):
        assert begin in text, begin
    page.close()


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_cards_are_four_on_a_side_and_none_is_cut(
    browser: Browser, files: dict[str, Path], size: str
) -> None:
    """Every side says whose cards they are; no card is torn or overflows, whatever is written on it."""
    page = browser.new_page()
    for name in (one for one in files if one.startswith("cards")):
        page.goto(files[name].as_uri())
        cards, articles = page.locator(".cuecard").count(), page.locator("article").count()
        assert articles == -(-cards // ON_A_SIDE)
        printed = pypdfium2.PdfDocument(page.pdf(format=size, print_background=False))
        assert len(printed) == 2 * articles - 1, (name, size)  # an empty side behind each, but for the last
        _fits(page, f"{name} {size}")
    page.goto(files["cards plain script en"].as_uri())
    fronts = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(page.pdf(format=size))][
        ::2
    ]
    assert all("Only for Inés" in one and "do not show them" in one for one in fronts)
    page.close()
