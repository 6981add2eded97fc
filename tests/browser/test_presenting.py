"""The deck in a child's hands: keys, the pause, the picture that grows, a second window that turns it, small screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    page.goto(class_4b.links[child] + "?to=talk")
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
  const slide = {OPEN}, foot = slide.querySelector(".foot"), bar = document.querySelector(".deckbar");
  const images = [...slide.querySelectorAll("img")].every((one) => one.complete);
  const low = foot.previousElementSibling.getBoundingClientRect().bottom - foot.getBoundingClientRect().top;
  const lines = [...foot.querySelectorAll(":scope > .btn > span")].map((one) => one.getClientRects().length);
  const rows = new Set([...bar.querySelectorAll(".btn")].map((one) => Math.round(one.getBoundingClientRect().top))).size;
  return {{ ready: images && document.fonts.status === "loaded", low: Math.round(low), told: !slide.querySelector(".further")?.hidden,
    wide: document.documentElement.scrollWidth - innerWidth, lines: Math.max(...lines), rows,
    spare: document.documentElement.scrollHeight - innerHeight }};
}}"""


def measured(page: Page, scene: str) -> dict[str, int]:
    """Open a screen and return how far it reaches below the line at its foot, once it has settled."""
    show(page, scene)
    told = f"() => {{ const now = ({MEASURED})(); return now.ready && now.told === now.low > -8 + 1e-9 }}"
    page.wait_for_function(told.replace("now.low > -8 + 1e-9", "(now.low >= -7)") + "", timeout=WAIT)
    found: dict[str, int] = page.evaluate(MEASURED)
    return found


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
