# long: every promise of the style sheets, each on the pages that show it
"""The handmade book in a browser: every page of the specimen, in light and dark, on phone and desk."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pypdfium2
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]


def _specimen() -> ModuleType:
    """Load the script that makes the specimen; it lies among the documents, not in the package."""
    spec = importlib.util.spec_from_file_location(
        "make_specimen", ROOT / "docs" / "looks" / "make_specimen.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_specimen"] = module
    spec.loader.exec_module(module)
    return module


SPECIMEN = _specimen()
FILES = [page.file for page in SPECIMEN.PAGES]
FIRST = ("home-brick-35-ltr.html", "desk-moss-k2-ltr.html", "parts-sea-35-rtl.html")
"""Looked at with every change; the rest in the drill."""
EACH = [file if file in FIRST else pytest.param(file, marks=pytest.mark.drill) for file in FILES]
SLIDES = ["part1", "part2", "part3", "part4", "part5"]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TARGETS = {"k2": 64, "35": 48, "68": 48, "912": 48}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every page of the specimen."""
    where = tmp_path_factory.mktemp("looks")
    SPECIMEN.make(where)
    return Path(where)


def _states(file: str) -> list[str]:
    return [f"{file}#{slide}" for slide in SLIDES] if file.startswith("talk") else [file]


def _ready(page: Page, folder: Path, address: str) -> None:
    """Open a page and wait until its fonts are there."""
    file, _, part = address.partition("#")
    page.goto((folder / file).as_uri() + (f"#{part}" if part else ""))
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.locator("main").is_visible()


STYLE_NOTES = "[...document.querySelectorAll('[style]')].map(e => e.outerHTML.slice(0, 80))"
SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect();
    const hidden = e.closest('.vh, .sprite, .shelf, .path ol, .skip, .ghost') || getComputedStyle(e).position === 'fixed';
    return !hidden && box.width > 0 && !(e instanceof SVGElement) && (box.right > wide + 1 || box.left < -1);
  }).map(e => e.tagName + '.' + e.className).slice(0, 5);
}"""
SMALL = """least => [...document.querySelectorAll('main a, main button, main summary, main select, main textarea, nav a, .pick-in, .cl > span, .check, .fc label')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('p:not(.row,.turn,.item-add,.turn-card)'))
  .map(e => [e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 20), e.getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && (box.height < least - .5 || box.width < Math.min(least, 44) - .5))
  .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
CUT = """() => [...document.querySelectorAll('.btn, .pick-in, .kick, .folio, .said-words > *, .said-who, .check, summary, .prom > li, .goal, .label, .path a')]
  .filter(e => e.checkVisibility() && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 3) && !e.closest('.tablebox'))
  .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 30))"""
SPACING = """() => { const s = document.createElement('style');
  s.textContent = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}';
  document.head.append(s); }"""


@pytest.mark.parametrize("file", EACH)
def test_axe_has_nothing_to_say(
    context: BrowserContext, folder: Path, axe: Callable[[Page], list[Any]], file: str
) -> None:
    """No page breaks a rule of WCAG 2.2 AA or of axe's best practices: phone and desk, light and dark."""
    page = context.new_page()
    for address in _states(file):
        _ready(page, folder, address)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert axe(page) == [], (address, width, scheme)


def test_axe_would_notice(context: BrowserContext, folder: Path, axe: Callable[[Page], list[Any]]) -> None:
    """One fault put in on purpose is found: the check above is not blind."""
    page = context.new_page()
    _ready(page, folder, "desk-moss-k2-ltr.html")
    page.evaluate("document.querySelector('.tip img').removeAttribute('alt')")
    assert [found.rule for found in axe(page)] == ["image-alt"]


@pytest.mark.parametrize("file", EACH)
def test_nothing_reaches_past_the_edge(context: BrowserContext, folder: Path, file: str) -> None:
    """From 320 px (a phone, or 400% zoom) to 1280 px no page scrolls sideways and nothing sticks out."""
    page = context.new_page()
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in _states(file):
            _ready(page, folder, address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            assert page.evaluate(SIDEWAYS) == [], (address, width)


@pytest.mark.parametrize("file", EACH)
def test_targets_are_large_enough_for_small_hands(context: BrowserContext, folder: Path, file: str) -> None:
    """Whatever one can press is 64 px high on K-2 pages, 48 px on desks and talks, 44 px in the home file."""
    page = context.new_page()
    kind, _, band, *_ = file.split("-")
    least = 44 if kind == "home" else TARGETS[band]
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for address in _states(file):
            _ready(page, folder, address)
            assert page.evaluate(SMALL, least) == [], (address, width)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("file", EACH)
def test_wider_spacing_of_text_cuts_nothing_off(
    context: BrowserContext, folder: Path, file: str, width: int
) -> None:
    """With the spacing of WCAG 1.4.12 no label, button or speech area loses words."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for address in _states(file):
        _ready(page, folder, address)
        page.evaluate(SPACING)
        assert page.evaluate(CUT) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("file", EACH)
def test_pages_carry_no_style_attribute_and_ask_the_network_for_nothing(
    context: BrowserContext, folder: Path, offline_guard: list[str], file: str
) -> None:
    """Looks come from the style sheets alone, and these name no address outside."""
    page = context.new_page()
    _ready(page, folder, file)
    assert page.evaluate(STYLE_NOTES) == []
    assert offline_guard == []


def _pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_the_leaves_of_the_talk_print_one_below_the_other(context: BrowserContext, folder: Path) -> None:
    """Every leaf's heading is on paper, in its order, on far fewer sheets than leaves; no sheet carries a button."""
    page = context.new_page()
    _ready(page, folder, "talk-brick-35-ltr.html#part3")
    headings = page.locator(".slide h1").evaluate_all("all => all.map((one) => one.textContent.trim())")
    sheets = _pages(page.pdf(format="A4", prefer_css_page_size=False))
    assert len(headings) == len(SLIDES)
    assert 1 <= len(sheets) <= 2
    told = " ".join(" ".join(sheets).split())
    places = [told.find(" ".join(heading.split())[:20]) for heading in headings]
    assert -1 not in places
    assert places == sorted(places)
    assert "Turn the page" not in told


def test_the_short_print_is_two_sheets_with_lines_to_write_on(context: BrowserContext, folder: Path) -> None:
    """With print-two the home file is two sheets: the short version with promises, then the letter."""
    page = context.new_page()
    _ready(page, folder, "home-brick-35-ltr.html")
    page.evaluate("document.documentElement.classList.add('print-two')")
    first, second = _pages(page.pdf(format="A4"))
    assert "The short version" in first
    assert "Three promises" in first
    assert "A letter back" in second
    assert "Then and now" not in first + second
    page.emulate_media(media="print")
    assert page.locator(".lines > span").first.is_visible()
    assert not page.locator(".reply textarea").first.is_visible()


def test_the_three_seats_keep_three_outlines_in_grey(context: BrowserContext, folder: Path) -> None:
    """In print the speech areas differ by shape alone: corner, top edge, flap and tail."""
    page = context.new_page()
    _ready(page, folder, "parts-sea-35-rtl.html")
    page.emulate_media(media="print")
    outlines = page.evaluate(
        """() => ['student', 'family', 'teacher'].map(who => {
          const words = document.querySelector(`.said-${who} .said-words`), by = document.querySelector(`.said-${who} .said-who`);
          const look = getComputedStyle(words), flap = getComputedStyle(words, '::before'), tail = getComputedStyle(by, '::after');
          return [look.borderTopLeftRadius, look.borderTopWidth, flap.content, flap.height, tail.content].join(' ') })"""
    )
    assert len(set(outlines)) == 3
    assert len(list(filter(None, page.locator(".said-who svg.i + span").all_inner_texts()))) == 3


def test_the_tail_stands_where_the_line_starts(context: BrowserContext, folder: Path) -> None:
    """The child's tail points to the stool: on the left in English, on the right in Arabic."""
    page = context.new_page()
    where = (
        "() => { const box = document.querySelector('.said-student .said-who').getBoundingClientRect();"
        " const seat = document.querySelector('.said-student .i').getBoundingClientRect();"
        " return (seat.left + seat.width / 2 - box.left) / box.width }"
    )
    _ready(page, folder, "parts-brick-68-ltr.html")
    assert page.evaluate(where) < 0.5
    _ready(page, folder, "parts-sea-35-rtl.html")
    assert page.evaluate(where) > 0.5
    tail = "getComputedStyle(document.querySelector('.said-student .said-who'), '::after').scale"
    assert page.evaluate(tail) == "-1 1"


def test_motion_stops_where_people_ask_for_it(browser: Browser, folder: Path) -> None:
    """With reduced motion a button has no transition time left."""
    took = {}
    for wish in ("no-preference", "reduce"):
        context = browser.new_context(reduced_motion=wish)
        page = context.new_page()
        _ready(page, folder, "parts-sea-35-rtl.html")
        took[wish] = page.locator(".btn").first.evaluate(
            "e => parseFloat(getComputedStyle(e).transitionDuration)"
        )
        context.close()
    assert took["reduce"] == 0
    assert took["no-preference"] > 0


def test_outside_of_our_pages_nothing_changes(context: BrowserContext, folder: Path) -> None:
    """A host page that carries our styles looks the same as before, but for what stands below .pf."""
    page = context.new_page()
    links = "".join(
        f'<link rel="stylesheet" href="{(ROOT / "templates" / "pages" / "css" / f"{name}.css").as_uri()}">'
        for name in ("tokens", "book", "desk", "present", "home")
    )
    body = (
        "<h1>Host</h1><p>text <a href='#'>link</a></p><ul><li>one</li></ul><button class='btn main'>b</button>"
        "<table><tr><td>1</td></tr></table><div class='card note goal field in label cover open top side book'>x</div>"
    )
    seen = []
    for head in ("", links):
        (folder / "host.html").write_text(
            f"<!doctype html><title>h</title>{head}<body>{body}</body>", encoding="utf-8"
        )
        page.goto((folder / "host.html").as_uri())
        seen.append(
            page.evaluate(
                """() => [...document.querySelectorAll('html, body, body *')].map(e => { const s = getComputedStyle(e);
                return [...s].filter(k => !k.startsWith('--')).map(k => k + ':' + s[k]).join(';') })"""
            )
        )
    assert seen[0] == seen[1]
    (folder / "host.html").write_text(
        f"<!doctype html><title>h</title>{links}<body><div class='pf'>{body}</div></body>", encoding="utf-8"
    )
    page.goto((folder / "host.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.btn')).minHeight") == "48px"


LAB = """() => [...document.querySelectorAll('.pf :not(.book, .gloss, .sprite, .sprite *)')].map(e => {
  const s = getComputedStyle(e);
  return e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + ['color', 'background-color', 'font-family',
    'font-size', 'font-weight', 'font-style', 'line-height', 'display', 'float', 'text-decoration-line', 'list-style-type',
    'border-top-width', 'border-bottom-width', 'border-left-width', 'padding-top', 'padding-left', 'margin-top',
    'margin-bottom', 'text-align', 'box-sizing', 'cursor', 'overflow-x'].map(k => s[k]).join('|') })"""


def test_jupyterlabs_styles_do_not_reach_into_ours(context: BrowserContext, folder: Path) -> None:
    """In an output of JupyterLab a page of ours looks as it does alone."""
    lab = Path(sys.prefix) / "share/jupyter/nbconvert/templates/lab/static"
    sheets = [(lab / name).as_uri() for name in ("index.css", "theme-light.css")]
    page = context.new_page()
    for file in ("parts-ochre-35-ltr.html", "desk-moss-k2-ltr.html", "home-brick-35-ltr.html"):
        html = (folder / file).read_text(encoding="utf-8")
        head, body = html.split("</head>")
        book = body.partition(">")[2].removesuffix("</html>\n").replace("</body>", "")
        seen = []
        for links in ("", "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in sheets)):
            head_here = re.sub(r'<html class="pf"', "<html", head)
            (folder / "lab.html").write_text(
                f'{head_here}{links}</head><body class="jp-Notebook" data-jp-theme-light="true">'
                f'<div class="jp-Cell"><div class="jp-OutputArea-output jupyter-widgets lm-Widget">'
                f'<div class="pf">{book}</div></div></div></body></html>',
                encoding="utf-8",
            )
            page.goto((folder / "lab.html").as_uri())
            page.evaluate("document.fonts.ready.then(() => true)")
            seen.append(page.evaluate(LAB))
        assert len(seen[0]) > 100
        assert [b for a, b in zip(*seen, strict=True) if a != b] == []
