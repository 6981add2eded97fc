"""The states a child's desk can be in, each by the presses that lead to it: for pictures, and for axe.

``.ci/desk_pictures.py`` photographs them, ``test_desk_states.py`` asks axe about them. A state names words that
must be seen and how many controls with a name there are, so that neither looks at an empty page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from tests.kernels import kill_kernel

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

    from tests.browser.served import Served

WAIT: Final = 60_000
READY: Final = "html[data-ready=true]"
CLASSES: Final = {"k-2": "ladybirds", "3-5": "class-4b", "6-8": "grade-7", "9-12": "grade-11"}
"""The sample class of each band."""
PICTURE: Final = Path(__file__).parents[2] / "sample_data" / "pictures" / "volcano_model.jpg"


@dataclass(frozen=True)
class Scene:
    """What a state is made on: a page (a fresh one, or one that a state has left as it was), and its class.

    ``again`` gives a second, separate browser (its contexts are closed by whoever made the scene).
    """

    page: Page
    served: Served
    band: str
    again: Callable[[], BrowserContext]
    child: int = 0

    @property
    def link(self) -> str:
        """The child's own address; with a roster there is none."""
        return list(self.served.links.values())[self.child]

    def open(self, section: str = "", page: Page | None = None) -> Locator:
        """Turn to a page of the book and return it, on the desk that is open or on a newly opened one.

        Without a section the desk is opened anew, and the whole body returned.
        """
        page = page or self.page
        if not section or not page.locator(READY).count():
            page.goto(self.link, wait_until="commit")
            page.wait_for_selector(READY, state="attached", timeout=WAIT)
        if not section:
            return page.locator("body")
        page.evaluate("section => { location.hash = section }", section)
        part = page.locator(f".part#{section}, .part:has([data-section={section}])").first
        part.wait_for(state="visible", timeout=WAIT)
        return part


@dataclass(frozen=True)
class State:
    """One state of the desk: the presses that lead to it, words that are seen then, and named controls (at least)."""

    make: Callable[[Scene], object]
    says: tuple[str, ...]
    controls: int = 8
    bands: tuple[str, ...] = field(default=tuple(CLASSES))
    roster: bool = False
    """Whether the class is served with the picture roster instead of personal links."""
    leaves: bool = False
    """Whether something stays open or written afterwards, so that the next state wants a fresh page."""


def press(place: Locator, name: str) -> None:
    """Press the first visible button whose name begins so."""
    place.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).locator("visible=true").first.click(
        timeout=WAIT
    )


def say_it(scene: Scene, way: str = "") -> Locator:
    """Open the other ways to answer on the first page that has them; press one of them."""
    part = scene.open("looking_ahead")
    if scene.band != "k-2":
        press(part, "Say, draw or show it")
    if way:
        press(part, way)
    return part


def recorder(scene: Scene, *, stop: bool = False, start: bool = True) -> None:
    """Open the recorder, record, stop."""
    part = say_it(scene, "Say it")
    part.get_by_role("button", name="Start", exact=True).wait_for(timeout=WAIT)
    if start:
        press(part, "Start")
        expect(part.get_by_role("timer")).to_contain_text("0:02", timeout=WAIT)
    if stop:
        press(part, "Stop")
        part.get_by_role("button", name="Keep it").wait_for(timeout=WAIT)


def pad(scene: Scene) -> None:
    """Draw a zigzag on the drawing pad."""
    say_it(scene, "Draw it")
    paper = scene.page.get_by_role("application", name="Your paper")
    paper.wait_for(timeout=WAIT)
    paper.scroll_into_view_if_needed()
    frame = paper.bounding_box()
    assert frame is not None
    at = [(0.2, 0.7), (0.35, 0.3), (0.5, 0.7), (0.65, 0.3), (0.8, 0.7)]
    spots = [(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in at]
    scene.page.mouse.move(*spots[0])
    scene.page.mouse.down()
    for spot in spots[1:]:
        scene.page.mouse.move(*spot, steps=8)
    scene.page.mouse.up()


def trim(scene: Scene) -> None:
    """Open the first picture of the child's work to cut it."""
    part = work(scene)
    press(part, "Cut or turn")
    scene.page.get_by_role("button", name="Top left corner").wait_for(timeout=WAIT)


def work(scene: Scene) -> Locator:
    """Open the work, where a picture stands, with a mark on it."""
    part = scene.open("work")
    part.locator(".mount img, .photo.empty").first.wait_for(timeout=WAIT)
    if not part.locator("[data-field=pictures] .mount img").count():
        part.locator("[data-field=pictures] input[type=file]:not([capture])").first.set_input_files(PICTURE)
        part.locator("[data-field=pictures] .mount img").first.wait_for(timeout=WAIT)
    if not part.locator(".spot").count():
        press(part, "Look here!")
    part.locator(".spot").first.wait_for(timeout=WAIT)
    return part


def unfolded(scene: Scene, section: str, summary: str) -> None:
    """Open a page, and there a fold."""
    scene.open(section)
    fold = scene.page.locator("summary:visible").filter(has_text=summary).first
    fold.click(timeout=WAIT)
    fold.scroll_into_view_if_needed()


def before(scene: Scene) -> None:
    """Open "How it was before"."""
    part = scene.open("goals")
    more = part.locator(".past summary")
    if more.count():
        more.click()
    press(part, "How it was before")
    part.get_by_role("region", name="How it was before").wait_for(timeout=WAIT)


def away(scene: Scene) -> None:
    """Write while the kernel behind the page has been killed."""
    part = scene.open("letter")
    kill_kernel(scene.page)
    box = part.locator("textarea:visible").first
    box.press_sequentially(" and then")
    expect(scene.page.locator(".away:visible")).to_contain_text("here again", timeout=WAIT)


def conflict(scene: Scene) -> None:
    """Two windows write into the same answer."""
    one = scene.open("strengths").locator("textarea:visible").first
    other = scene.again().new_page()
    two = scene.open("strengths", other).locator("textarea:visible").first
    two.fill("I build bridges that hold.")
    other.locator(".save[data-state=saved]").wait_for(timeout=WAIT)
    other.wait_for_timeout(1_500)
    one.fill("I read maps very well.")
    scene.page.locator(".offer:visible").wait_for(timeout=WAIT)


def refused(scene: Scene) -> None:
    """Choose something that is no picture."""
    part = scene.open("me")
    chooser = part if part.locator("input[type=file]").count() else scene.open("work")
    chooser.locator("input[type=file]").first.set_input_files(
        {"name": "paint.png", "mimeType": "image/png", "buffer": b"#!/bin/sh\necho hello\n" * 40}
    )
    scene.page.locator(".field-say:visible").filter(has_text=re.compile(r"\w")).first.wait_for(timeout=WAIT)


def last_page(scene: Scene) -> None:
    """Open the last page, where the book is said to be ready."""
    scene.open()
    last = scene.page.evaluate("[...document.querySelectorAll('main > .part')].at(-1).id")
    scene.page.evaluate("id => { location.hash = id }", last)
    scene.page.locator(".ready").wait_for(state="visible", timeout=WAIT)


def goes_home(scene: Scene) -> None:
    """Open what goes home."""
    scene.open()
    scene.page.get_by_role("link", name="What goes home").click()
    scene.page.frame_locator("iframe[sandbox='']").locator("h1").wait_for(timeout=WAIT)


def door(scene: Scene, name: str = "") -> None:
    """Stand at the picture roster, or where one is asked whether one is that child."""
    scene.page.goto(scene.served.url)
    if name:
        scene.page.get_by_role("button", name=name).first.click()


def _child(scene: Scene) -> str:
    store = scene.served.folder.store()
    try:
        return store.students()[0].name
    finally:
        store.close()


STATES: Final[dict[str, State]] = {
    "first": State(lambda s: s.open(), ("Started:",), 12),
    "cover": State(lambda s: s.open("welcome"), ("The color of my book",), 12),
    "me": State(lambda s: s.open("me"), (), 14),
    "letter": State(lambda s: s.open("letter"), ("you are here",), 12),
    "say-it": State(say_it, ("Draw it",), 12, leaves=True),
    "recorder": State(lambda s: recorder(s, start=False), ("Press Start",), 10, leaves=True),
    "recording": State(recorder, ("We are recording",), 10, leaves=True),
    "recorded": State(lambda s: recorder(s, stop=True), ("Keep it",), 10, leaves=True),
    "pad": State(pad, ("Keep it",), 20, leaves=True),
    "work": State(work, ("Look here!",), 20),
    "trim": State(trim, ("Pull the corners",), 16, leaves=True),
    "strengths": State(lambda s: s.open("strengths"), ("Take back",), 16),
    "goals": State(lambda s: s.open("goals"), ("Take back",), 16),
    "feels": State(lambda s: s.open("feels"), ("Last time",), 10),
    "last-time": State(lambda s: s.open("last_time"), (), 10),
    "who-sees": State(
        lambda s: unfolded(s, "strengths", "Your family sees"), ("Only my teacher and me",), 14, leaves=True
    ),
    "before": State(before, ("How it was before", "Close"), 14, leaves=True),
    "away": State(away, ("Open my book again",), 10, leaves=True),
    "conflict": State(conflict, ("Somebody else wrote here too", "Keep both"), 14, leaves=True),
    "refused": State(refused, (), 12, leaves=True),
    "ready": State(last_page, ("Is my book ready?",), 10),
    "reading": State(
        lambda s: unfolded(s, "", "How I like to read"), ("How I like to read",), 14, leaves=True
    ),
    "goes-home": State(goes_home, ("This is the file that goes home",), 2, leaves=True),
    "roster": State(door, ("Who are you?",), 3, roster=True),
    "are-you": State(lambda s: door(s, _child(s)), ("Are you",), 2, roster=True),
}
"""All states, by name, in the order a child may meet them."""
