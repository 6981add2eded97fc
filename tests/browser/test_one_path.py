# long: one path from desk to phone, in the order people live it
"""The main job, as people live it: words typed at a desk, shown at the table, opened at home on a phone."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from playwright.sync_api import ViewportSize

from portfolio.moments.send_home import send_home
from tests.browser.served import Served, sample, serving
from tests.camera_notes import SECRET
from tests.specimens import big_noisy_photo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

READY = "html[data-ready=true]"
WAIT = 60_000
PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}


SCHEMES = ["light", pytest.param("dark", marks=pytest.mark.drill)]
"""Each page alternates between phone and laptop; the other half of the pairs is looked at in the drill."""


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, served with personal links."""
    folder = sample("class-4b", tmp_path_factory.mktemp("one") / "class-4b")
    with serving(folder, links=True) as served:
        yield served


@pytest.fixture(scope="module")
def ladybirds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The first grade, served with the picture roster."""
    folder = sample("ladybirds", tmp_path_factory.mktemp("two") / "ladybirds")
    with serving(folder, links=False) as served:
        yield served


def open_desk(page: Page, address: str, section: str = "") -> None:
    """Open a child's own link and wait until the desk is there."""
    page.goto(address)
    page.wait_for_selector(READY, timeout=WAIT)
    if section:
        turn_to(page, section)


def turn_to(page: Page, section: str) -> None:
    """Open a page of the book from its contents."""
    page.evaluate("section => { location.hash = section }", section)
    page.locator(f"[data-section={section}]").first.wait_for(state="visible", timeout=WAIT)


def box(page: Page, section: str, label: str) -> Locator:
    """Return the first box of a section that asks this."""
    return page.locator(f"[data-section={section}]").get_by_label(label, exact=False).first


def saved(page: Page) -> None:
    """Wait until the line about saving says that all is saved."""
    page.locator(".save[data-state=saved]").wait_for(timeout=WAIT)


def home_file(served: Served, student: str, household: str) -> Path:
    """Send home and return the file of one household."""
    sent = send_home(served.folder, students=(student,))
    found = next(s for s in sent if s.household is not None and s.household.household_id == household)
    assert found.path is not None
    return found.path


def test_the_last_words_are_there_after_a_reload_at_once(
    class_4b: Served, page: Page, offline_guard: list[str], browser: Browser
) -> None:
    """Words typed and reloaded at once are at the desk, in the presentation and in the file at home."""
    words = "I count the planks out loud. LASTWORDS"
    open_desk(page, class_4b.links["Mateo"], "letter")
    box(page, "letter", "What do you want to tell your family?").fill(words)
    page.reload()
    page.wait_for_selector(READY, timeout=WAIT)
    turn_to(page, "letter")
    again = box(page, "letter", "What do you want to tell your family?")
    assert again.input_value() == words
    saved(page)
    page.goto(class_4b.url + "talk")
    page.locator(".deck").wait_for(timeout=WAIT)
    assert words in (page.locator(".deck").text_content() or "")
    assert offline_guard == []
    path = home_file(class_4b, "mateo", "dad")
    context = browser.new_context(java_script_enabled=False, offline=True, viewport=PHONE)
    plain = context.new_page()
    plain.goto(path.as_uri())
    assert words in plain.locator("#letter").inner_text()
    context.close()


@pytest.mark.more
def test_a_photo_from_a_phone_goes_the_same_way(
    class_4b: Served, page: Page, browser: Browser, tmp_path: Path
) -> None:
    """A photo of 25 MB, turned, with its place inside, arrives upright, small and without its place."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(big_noisy_photo())
    assert photo.stat().st_size > 20_000_000
    open_desk(page, class_4b.links["Mateo"], "then_now")
    section = page.locator("[data-section=then_now]")
    section.locator("input[type=file]").first.set_input_files(photo)
    section.locator("img").first.wait_for(timeout=WAIT)
    alt = section.get_by_label("What would you tell a friend", exact=False).first
    alt.fill("A wall with four colors.")
    alt.blur()
    saved(page)
    path = home_file(class_4b, "mateo", "dad")
    context = browser.new_context(java_script_enabled=False, offline=True, viewport=PHONE)
    plain = context.new_page()
    plain.goto(path.as_uri())
    address = plain.locator("#then_now img").first.get_attribute("src") or ""
    context.close()
    raw = base64.b64decode(address.split(",", 1)[1])
    assert len(raw) < 200_000
    assert SECRET not in raw
    assert b"EXIF" not in raw
    image = Image.open(BytesIO(raw))
    assert image.height > image.width  # orientation 6 was applied
    assert path.stat().st_size < 1_200_000


def test_two_children_never_see_each_other(class_4b: Served, browser: Browser) -> None:
    """Two browsers, two links: each finds its own book; neither page nor kernel of the other answers."""
    pages = {}
    for name in ("Amal", "Mateo"):
        context = browser.new_context()
        pages[name] = context.new_page()
        open_desk(pages[name], class_4b.links[name])
        assert f"{name}’s book" in pages[name].locator("body").inner_text()
        assert "/k/" not in pages[name].url
    other = pages["Amal"].evaluate("document.querySelector('#jupyter-config-data').textContent")
    kernel = re.search(r'"kernelId": ?"([0-9a-f-]+)"', other)
    assert kernel is not None
    answer = pages["Mateo"].request.get(f"{class_4b.url}api/kernels/{kernel[1]}")
    assert answer.status in (403, 404)
    for page in pages.values():
        page.context.close()


def test_a_six_year_old_finds_its_book_by_its_picture(ladybirds: Served, page: Page) -> None:
    """On one computer a child presses its picture and its own book opens; done leads back to the pictures."""
    page.goto(ladybirds.url)
    page.get_by_role("button", name="Noa").click()
    page.get_by_role("button", name="Yes, that’s me").click()
    page.wait_for_selector(READY, timeout=WAIT)
    assert "Noa’s book" in page.locator("body").inner_text()


def states(served: Served) -> list[tuple[str, str]]:
    """Return the pages of the desk that are looked at, by section."""
    template = served.folder.template()
    return [
        (s.section_id, s.title) for s in template.sections if s.holds not in ("teacher_page", "look_backs")
    ]


@pytest.mark.drill  # the states of the desk are asked one by one with every change: test_desk_states.py
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_desk_keeps_every_rule_of_axe(
    class_4b: Served, browser: Browser, axe: Callable[..., list[Any]], scheme: Any
) -> None:
    """Every page of the desk, on phone and laptop, light and dark, breaks no rule; controls are there."""
    context = browser.new_context(viewport=LAPTOP, color_scheme=scheme)
    page = context.new_page()
    open_desk(page, class_4b.links["Amal"])
    for n, (section, title) in enumerate(states(class_4b)):
        page.set_viewport_size(LAPTOP if (n % 2 == 0) == (scheme == "light") else PHONE)
        turn_to(page, section)
        assert page.get_by_role("heading", name=title).first.is_visible()
        controls = page.locator(f"[data-section={section}]").locator("input, textarea, select")
        assert controls.count() > 0, section
        assert axe(page) == [], section
    context.close()


@pytest.mark.more
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_presentation_keeps_every_rule_of_axe(
    class_4b: Served, browser: Browser, axe: Callable[..., list[Any]], scheme: Any
) -> None:
    """Every leaf, on phone or laptop, light and dark, breaks no rule and shows where it leads."""
    context = browser.new_context(viewport=LAPTOP, color_scheme=scheme)
    page = context.new_page()
    page.goto(class_4b.links["Amal"] + "?to=talk")
    page.locator(".deck").wait_for(timeout=WAIT)
    leaves = page.locator(".slide").count()
    assert leaves > 10
    for n in range(1, leaves + 1):
        page.set_viewport_size(LAPTOP if (n % 2 == 0) == (scheme == "light") else PHONE)
        page.evaluate("n => { location.hash = 'part' + n }", n)
        assert page.locator(f"#part{n} h1").is_visible()
        others = f".slide:not(#part{n})" if n > 1 else ""  # the first time the whole page, then leaf by leaf
        assert axe(page, but=others) == [], f"leaf {n}"
    context.close()


def test_the_arrow_keys_turn_the_leaves(class_4b: Served, page: Page) -> None:
    """By keyboard alone one comes to the last leaf and back; a key pressed on a button does the button's job."""
    page.goto(class_4b.links["Amal"] + "?to=talk")
    page.wait_for_selector(READY, timeout=WAIT)
    leaves = page.locator(".slide").count()
    page.keyboard.press("Home")  # a deck that is opened again goes on where the meeting stood
    page.locator("#part1").wait_for()
    page.keyboard.press("ArrowRight")
    assert page.locator("#part2").is_visible()
    page.keyboard.press("End")
    assert page.locator(f"#part{leaves}").is_visible()
    page.keyboard.press("ArrowLeft")
    assert page.locator(f"#part{leaves - 1}").is_visible()
    page.keyboard.press("Home")
    assert page.locator("#part1").is_visible()


@pytest.mark.parametrize("home", ["teta-mama-baba"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_home_file_keeps_every_rule_of_axe(
    class_4b: Served, browser: Browser, axe: Callable[..., list[Any]], home: str, scheme: Any, size: Any
) -> None:
    """The file breaks no rule, asks the network for nothing, scrolls nowhere sideways."""
    path = home_file(class_4b, "amal", home)
    context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda r: requests.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    page.goto(path.as_uri())
    assert page.locator("h1").inner_text().strip()
    assert page.locator("section.leaf").count() > 10
    assert axe(page) == []
    assert requests == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_axe_catches_a_seeded_mistake_on_each_kind_of_page(
    class_4b: Served, page: Page, browser: Browser, axe: Callable[..., list[Any]]
) -> None:
    """A picture without words is caught at the desk, in the presentation and in the home file."""
    seed = "() => document.querySelector('main, .deck').insertAdjacentHTML('afterbegin', '<img src=\"data:,x\">')"
    open_desk(page, class_4b.links["Amal"], "letter")
    page.evaluate(seed)
    assert "image-alt" in {v.rule for v in axe(page)}
    page.goto(class_4b.url + "talk")
    page.locator(".deck").wait_for(timeout=WAIT)
    page.evaluate(
        "() => [...document.querySelectorAll('.slide')].find((one) => one.offsetParent)"
        ".insertAdjacentHTML('afterbegin', '<img src=\"data:,x\">')"
    )
    assert "image-alt" in {v.rule for v in axe(page)}
    context = browser.new_context(bypass_csp=True)
    plain = context.new_page()
    plain.goto(home_file(class_4b, "amal", "teta-mama-baba").as_uri())
    plain.evaluate(seed)
    assert "image-alt" in {v.rule for v in axe(plain)}
    context.close()


def test_the_chart_is_seen_under_the_strict_policy(class_4b: Served, page: Page) -> None:
    """In the file itself, with its policy, the chart is lines on paper and not one dark block."""
    page.set_viewport_size(LAPTOP)
    page.goto(home_file(class_4b, "amal", "teta-mama-baba").as_uri())
    chart = page.locator("#habits svg.chart").first
    image = Image.open(BytesIO(chart.screenshot())).convert("L")
    dark = sum(image.histogram()[:110]) / (image.width * image.height)
    paper = sum(image.histogram()[235:]) / (image.width * image.height)
    assert 0.005 < dark < 0.25
    assert paper > 0.6


def test_words_without_scripts_are_all_the_words(class_4b: Served, browser: Browser) -> None:
    """The file shows the same words with scripts switched off; only the ways to send an answer differ, and say so."""
    path = home_file(class_4b, "amal", "teta-mama-baba")
    texts, ways = [], []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, offline=True)
        page = context.new_page()
        page.goto(path.as_uri())
        ways.append(
            (
                page.locator(".sends :is(a, button):visible").count(),
                page.locator(".sends-without:visible").count(),
            )
        )
        page.evaluate(
            "document.querySelectorAll('.sends, .sends-with, .sends-without').forEach(each => each.remove())"
        )
        texts.append(page.locator("body").inner_text())
        context.close()
    assert texts[0] == texts[1]
    assert "volcano" in texts[0]
    assert ways == [(3, 0), (0, 2)]


def test_the_home_file_prints_whole(class_4b: Served, page: Page, tmp_path: Path) -> None:
    """On paper the words of folded tables are there too, and nothing is cut off."""
    import pypdfium2

    page.goto(home_file(class_4b, "amal", "teta-mama-baba").as_uri())
    printed = tmp_path / "home.pdf"
    page.pdf(path=str(printed), format="A4")
    document = pypdfium2.PdfDocument(printed)
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert 4 <= len(document) <= 24
    for word in ("volcano", "Ms. Rivera", "322", "Theo"):
        assert word in text
