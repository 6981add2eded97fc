"""The deck in a child's hands: keys, the pause, the picture that grows, a second window that turns it, small screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.served import WAIT, Served, sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OPEN = "(document.querySelector('.slide:target') ?? document.querySelector('.slide'))"
IMAGE = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
MARGIN = 42  # points: nearly 15 mm
SCENE = f"{OPEN}.dataset.scene"


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve class 4B, where Linh's book speaks Arabic."""
    folder = sample("class-4b", tmp_path_factory.mktemp("talk") / "class-4b")
    store = folder.store()
    meta, version = store.meta(store.rounds("linh")[-1].portfolio_id)
    store.keep_meta(meta.but(language="ar"), expected=version)
    store.close()
    with serving(folder, links=True) as served:
        yield served


def open_deck(class_4b: Served, browser: Browser, child: str) -> Page:
    """Return a child's deck in a browser of its own."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(class_4b.links[child] + "?to=talk", wait_until="commit")
    page.wait_for_selector(".deck .slide:visible", timeout=WAIT)
    page.wait_for_selector("html[data-ready=true]", timeout=WAIT, state="attached")
    return page


@pytest.fixture
def deck(class_4b: Served, browser: Browser) -> Iterator[Page]:
    """Return Amal's deck."""
    page = open_deck(class_4b, browser, "Amal")
    yield page
    page.context.close()


def show(page: Page, scene: str) -> None:
    """Open a screen."""
    page.evaluate("scene => (location.hash = document.querySelector(`[data-scene='${scene}']`).id)", scene)
    expect(page.locator(".slide:target")).to_have_attribute("data-scene", scene)


def with_marks(page: Page) -> str:
    """Return the screen of a picture with marks on it."""
    found: str = page.evaluate("document.querySelector('.slide:has(.mount .look)').dataset.scene")
    return found


def test_space_on_a_control_does_what_the_control_does(deck: Page) -> None:
    """Space on hide, pause, whole screen, the larger picture and a link never turns the page."""
    show(deck, with_marks(deck))
    here = deck.evaluate(SCENE)
    hide = deck.locator(".deckclock button")
    hide.focus()
    deck.keyboard.press("Space")
    expect(deck.locator(".deckclock .clock")).to_be_hidden()
    deck.keyboard.press("Space")
    expect(deck.locator(".deckclock .clock")).to_be_visible()
    deck.get_by_role("button", name="Pause").focus()
    deck.keyboard.press("Space")
    expect(deck.locator("dialog.pause")).to_be_visible()
    deck.keyboard.press("Space")  # "Go on" has the focus
    expect(deck.locator("dialog.pause")).to_be_hidden()
    deck.locator(".slide:target .zoomer").first.focus()
    deck.keyboard.press("Space")
    expect(deck.locator("dialog.zoom")).to_be_visible()
    deck.keyboard.press("Space")
    expect(deck.locator("dialog.zoom")).to_be_hidden()
    deck.get_by_role("link", name="Back to my desk").focus()
    deck.keyboard.press("Space")
    assert deck.evaluate(SCENE) == here


@pytest.mark.parametrize("dialog", ["pause", "zoom"])
def test_nothing_turns_behind_what_stands_in_front(deck: Page, dialog: str) -> None:
    """While the pause or a large picture is open, no key of a clicker turns the page, wherever the focus is."""
    show(deck, with_marks(deck))
    here = deck.evaluate(SCENE)
    if dialog == "pause":
        deck.keyboard.press("b")
    else:
        deck.locator(".slide:target .zoomer").first.click()
    expect(deck.locator(f"dialog.{dialog}")).to_be_visible()
    deck.evaluate("document.activeElement.blur()")
    for key in ("ArrowRight", "PageDown", "ArrowLeft", "End", " "):
        deck.keyboard.press(key)
    assert deck.evaluate(SCENE) == here


def test_marks_stand_at_the_same_place_in_the_large_picture(deck: Page) -> None:
    """The drawing of marks covers the large picture just as the small one."""
    show(deck, with_marks(deck))
    places = "mount => { const [a, b] = ['img', '.look'].map(one => mount.querySelector(one).getBoundingClientRect()); return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y), Math.abs(a.width - b.width), Math.abs(a.height - b.height)) }"
    assert deck.locator(".slide:target .mount").first.evaluate(places) <= 2
    deck.locator(".slide:target .zoomer").first.click()
    large = deck.locator("dialog.zoom .mount")
    assert large.evaluate(places) <= 2
    assert large.locator("img").bounding_box()["height"] >= 500  # type: ignore[index] # it is to be seen


def test_a_press_on_the_childs_own_page_turns_the_deck(deck: Page, class_4b: Served) -> None:
    """The second window is a clicker: the deck follows, and rests on demand (how many looks it takes: test_cues)."""
    show(deck, "strengths")

    cues = deck.context.new_page()
    cues.goto(class_4b.url + "cues")
    expect(cues.locator("#cue-now")).to_contain_text("My strengths", timeout=WAIT)
    deck.bring_to_front()
    cues.locator("form[data-do=turn] button[value=on]").click()
    expect(deck.locator(".slide:target")).to_have_attribute("data-scene", "strengths-2", timeout=WAIT)
    cues.get_by_role("button", name="I need a moment").click()
    expect(deck.locator("dialog.pause")).to_be_visible(timeout=WAIT)
    cues.locator("form[data-do=pause] button[value=on]").click()
    expect(deck.locator("dialog.pause")).to_be_hidden(timeout=WAIT)


@pytest.mark.parametrize(("width", "height"), [(360, 640), (320, 256), (1920, 1080)])
def test_nothing_is_lost_on_any_screen(deck: Page, width: int, height: int) -> None:
    """On a phone, at 400 % of a laptop, at a projector: no leaf reaches out to the side, the way on is there on each."""
    deck.set_viewport_size({"width": width, "height": height})
    names: list[str] = deck.evaluate("[...document.querySelectorAll('.slide')].map(one => one.dataset.scene)")
    for name in names:
        show(deck, name)
        assert deck.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert deck.locator(".slide:target .foot a, .slide .foot a").count() > 0


MEASURED = f"""() => {{
  const slide = {OPEN}, foot = slide.querySelector(".foot");
  const low = foot.previousElementSibling.getBoundingClientRect().bottom - foot.getBoundingClientRect().top;
  const told = !slide.querySelector(".further")?.hidden;
  const settled = [...slide.querySelectorAll("img")].every((one) => one.complete) && document.fonts.status === "loaded" && told === low >= 8 && scrollY === 0;
  const lines = [...foot.querySelectorAll(":scope > .btn > span")].map((one) => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight));
  return {{ settled, low, lines: Math.max(...lines), wide: document.documentElement.scrollWidth - innerWidth }};
}}"""
"""How far a leaf reaches below the line at its foot; ``settled`` once it says so itself where it does."""


def measured(page: Page, scene: str) -> dict[str, float]:
    """Open a screen and return what it measures."""
    show(page, scene)
    page.evaluate("scrollTo(0, 0)")  # the address may have been there already
    page.wait_for_function(f"() => ({MEASURED})().settled", timeout=WAIT)
    found: dict[str, float] = page.evaluate(MEASURED)
    return found


@pytest.mark.parametrize("child", ["Amal", pytest.param("Linh", id="Linh, in Arabic")])
def test_no_leaf_is_taller_than_a_laptop_or_a_tablet(class_4b: Served, browser: Browser, child: str) -> None:
    """A full book is shown without scrolling, and the ways on are each one line."""
    page = open_deck(class_4b, browser, child)
    names: list[str] = page.evaluate("[...document.querySelectorAll('.slide')].map(one => one.dataset.scene)")
    for width, height in ((1280, 800), (1024, 768), (820, 1180)):
        page.set_viewport_size({"width": width, "height": height})
        for name in names:
            found = measured(page, name)
            assert found["low"] < 8, (width, name)
            assert found["lines"] < 1.5, (width, name)
            assert found["wide"] <= 0, (width, name)
    page.context.close()


@pytest.mark.parametrize("child", ["Amal", pytest.param("Linh", id="Linh, in Arabic")])
def test_a_leaf_that_goes_on_says_so(class_4b: Served, browser: Browser, child: str) -> None:
    """On a phone a long leaf says so until its end is seen; keys and a button go there. A short one fills the screen."""
    page = open_deck(class_4b, browser, child)
    page.set_viewport_size({"width": 390, "height": 844})
    names: list[str] = page.evaluate("[...document.querySelectorAll('.slide')].map(one => one.dataset.scene)")
    found = {name: measured(page, name) for name in names}
    assert [name for name, one in found.items() if one["wide"] > 0] == []
    long = [name for name, one in found.items() if one["low"] >= 8]
    assert 0 < len(long) < len(names)
    measured(page, next(name for name in names if name not in long))
    page.wait_for_function("() => document.documentElement.scrollHeight - innerHeight <= 1", timeout=WAIT)
    measured(page, max(long, key=lambda name: found[name]["low"]))
    further = page.locator(".slide:target .further")
    expect(further).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => scrollY > 0", timeout=WAIT)
    further.click()
    page.wait_for_function("() => scrollY > 100", timeout=WAIT)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(further).to_be_hidden(timeout=WAIT)
    assert page.evaluate(f"({MEASURED})().low") < 8
    page.context.close()


@pytest.mark.more
def test_the_goal_of_those_who_point_needs_no_scrolling(
    tmp_path: Path, browser: Browser, axe: Callable[..., list[Any]]
) -> None:
    """Pictures to choose, five lines, days and three yeses stand on one screen of a laptop and of a tablet."""
    with serving(sample("ladybirds", tmp_path / "ladybirds"), links=True) as served:
        page = open_deck(served, browser, "Noa")
        scene = page.evaluate("document.getElementById('live-goal').closest('.slide').dataset.scene")
        show(page, scene)
        page.locator(".slide:target .pick-one").first.click()
        page.fill("#g-goal", "We read one page every night, and then we talk about it.")
        page.fill("#g-step", "Put the book beside the bed")
        expect(page.locator("#yes-teacher")).to_be_visible(timeout=WAIT)
        for width, height in ((1280, 800), (1024, 768), (820, 1180)):
            page.set_viewport_size({"width": width, "height": height})
            assert measured(page, scene)["low"] < 8, width
            assert (
                page.evaluate(
                    "Math.min(...[...document.querySelectorAll(':target .yes')].map(one => one.offsetHeight))"
                )
                >= 44
            )
        assert axe(page) == []
        page.context.close()


def test_a_projector_shows_larger_letters(deck: Page) -> None:
    """On a large screen letters grow with it; a laptop's stay as they are."""
    show(deck, "strengths")
    size = "parseFloat(getComputedStyle(document.querySelector('.deck')).fontSize)"
    small = deck.evaluate(size)
    deck.set_viewport_size({"width": 1920, "height": 1080})
    assert deck.evaluate(size) > 1.2 * small
    assert measured(deck, "strengths")["low"] < 8


def test_the_deck_prints_on_six_sides_and_nothing_is_cut(deck: Page) -> None:
    """A full portfolio is six sides of A4 at most: each heading is there, no picture reaches over an edge, none twice."""
    headings: list[str] = deck.evaluate(
        "[...document.querySelectorAll('.slide:not(:has(#live-goal, #live-promises)) h1')].map(one => one.textContent)"
    )
    pictures: list[bool] = deck.evaluate(
        "[...document.querySelectorAll('.slide .mount img')].map(one => Boolean(one.closest('.twice')))"
    )
    pdf = pypdfium2.PdfDocument(deck.pdf(format="A4"))
    text = " ".join(" ".join(side.get_textpage().get_text_bounded().split()) for side in pdf)
    images = [
        (image.get_bounds(), side.get_size())
        for side in pdf
        for image in side.get_objects([IMAGE], max_depth=9)
    ]

    assert len(pdf) <= 6
    assert [one for one in headings if " ".join(one.split()) not in text] == []
    assert len(headings) > 20
    assert len(images) == pictures.count(False) > 3
    assert (
        pictures.count(True) > 1
    )  # a strength shows its piece of work on the screen; on paper that stands with the piece
    for (left, bottom, right, top), (width, height) in images:
        assert MARGIN <= left < right <= width - MARGIN
        assert MARGIN <= bottom < top <= height - MARGIN


@pytest.mark.parametrize("width", [360, 1280])
def test_the_childs_own_page_is_for_everybody(
    deck: Page, class_4b: Served, axe: Callable[..., list[Any]], width: int
) -> None:
    """A check of axe finds nothing on the page of lines; and it does say something about a button without a name."""
    show(deck, "work")
    cues = deck.context.new_page()
    cues.set_viewport_size({"width": width, "height": 800})
    cues.goto(class_4b.url + "cues")
    expect(cues.locator("form[data-do=turn]")).to_be_visible(timeout=WAIT)
    assert axe(cues) == []
    assert cues.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cues.evaluate("document.querySelector('#cue-ask').append(document.createElement('button'))")
    assert [found.rule for found in axe(cues)] == ["button-name"]


@pytest.mark.drill
def test_without_styles_the_deck_reads_in_its_order(deck: Page) -> None:
    """Styles off: headings come in the order of the meeting, each screen begins with its own, none is skipped."""
    deck.evaluate("document.querySelectorAll('style, link[rel=stylesheet]').forEach(one => one.remove())")
    heads: list[list[str]] = deck.evaluate(
        "[...document.querySelectorAll('.slide')].map(one => [one.dataset.step, one.getAttribute('aria-labelledby'), one.querySelector('h1, h2')?.closest('.slide')?.id ?? '', String(one.querySelectorAll('h1').length)])"
    )
    steps = list(dict.fromkeys(step for step, *_ in heads))
    assert [step for step, *_ in heads] == sorted((step for step, *_ in heads), key=steps.index)
    assert all(label == f"{slide}-h" and ones == "1" for _, label, slide, ones in heads)
