"""Every screen of the teacher's desk breaks no rule of axe; 35 children and what comes next stand on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.teacher_class import make_class
from tests.browser.served import Served, sample, serving
from tests.browser.teacher_hands import PLACES, Hands

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

Axe = Callable[..., list[Any]]

OFTEN = (
    "class",
    "child/amal",
    "child/amal/page/goals",
    "note/mateo",
    "before/words",
    "meetings",
    "promised",
    "promised/worry/linh/concern-1",
    "template/page/goals",
    "template/push",
    "setup/children",
    "setup/list",
    "cards",
    "out/home",
)
"""What is looked at every time, light and dark; the drills look at every place, on a phone too."""

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}

UNSEEN = """() => [...document.querySelectorAll(".class-list > li")].flatMap((row) =>
  [row.querySelector("b span"), row.querySelector("a")].filter((el) => {
    const box = el.getBoundingClientRect();
    const inside = box.width > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    const hit = inside && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !hit || !row.contains(hit) || (getComputedStyle(el).overflow !== "visible" && el.scrollWidth > el.clientWidth + 1);
  }).map((el) => `${row.querySelector("b").textContent}: ${el.textContent} (down to ${Math.round(el.getBoundingClientRect().bottom)})`))"""
"""The names and next steps that are not in the window, lie below something, or are cut."""


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade and its teacher's desk, each child with a link of its own."""
    folder = sample("class-4b", tmp_path_factory.mktemp("states") / "class-4b")
    with serving(folder, links=True, teacher=True) as served:
        yield served


@pytest.fixture
def desk(class_4b: Served, browser: Browser, watch: Callable[..., Any]) -> Iterator[Callable[[str], Hands]]:
    """Return a way to open the desk in one of the looks; nothing may leave the machine."""
    opened: list[tuple[Any, Any]] = []

    def come_in(look: str) -> Hands:
        context = browser.new_context(
            locale="en-US", timezone_id="UTC", service_workers="block", **LOOKS[look]
        )
        opened.append((context, watch(context)))
        hands = Hands(context.new_page())
        hands.come_in(class_4b.teacher)
        return hands

    yield come_in
    for context, watching in opened:
        watching.check()
        context.close()


def wrong_there(hands: Hands, axe: Axe) -> list[str]:
    """Return what axe finds on the screen that stands, and whether the screen is wider than the window."""
    found = [f"{one.rule}: {' | '.join(one.where)}" for one in axe(hands.page)]
    wide = hands.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, f"{wide} px too wide"] if wide > 0 else found


def test_the_screens_used_most_break_no_rule_light_and_dark(desk: Callable[[str], Hands], axe: Axe) -> None:
    """On one page, from place to place: each heading and its words stand there, and axe finds nothing in either light."""
    hands, found = desk("light"), {}
    for place in (one for one in PLACES if one.at in OFTEN):
        hands.stand(place)
        for scheme in ("light", "dark"):
            hands.page.emulate_media(color_scheme=scheme)
            if wrong := wrong_there(hands, axe):
                found[place.at, scheme] = wrong
    assert found == {}


@pytest.mark.drill
@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_breaks_no_rule(desk: Callable[[str], Hands], axe: Axe, look: str) -> None:
    """Every kind of screen there is, in this light and at this width: axe finds nothing, nothing is wider than the window."""
    hands, found = desk(look), {}
    for place in PLACES:
        hands.stand(place)
        if wrong := wrong_there(hands, axe):
            found[place.at] = wrong
    assert found == {}


def test_a_seeded_violation_is_caught(desk: Callable[[str], Hands], axe: Axe) -> None:
    """The look is no blind one: a field without a label, pale words and something too wide are told."""
    hands = desk("phone")
    hands.go("note/mateo")
    assert wrong_there(hands, axe) == []
    hands.page.locator("main").evaluate(
        """main => {
          const pale = main.appendChild(document.createElement("p"));
          pale.textContent = "pale words on paper";
          pale.style.color = "#bbb";
          pale.style.width = "600px";
          main.appendChild(document.createElement("textarea"));
        }"""
    )
    told = " ".join(wrong_there(hands, axe))
    assert all(rule in told for rule in ("label", "color-contrast", "px too wide")), told


def test_35_children_and_what_comes_next_stand_on_one_screen(page: Page, tmp_path: Path) -> None:
    """1280 by 800, nothing scrolled: each of 35 names and each next step lies in the window, whole and uncovered."""
    folder = make_class(tmp_path / "class", 35)
    store = folder.store()
    names = [one.name for one in store.students()]
    store.close()
    page.set_viewport_size({"width": 1280, "height": 800})
    with serving(folder, links=False, teacher=True) as served:
        Hands(page).come_in(served.teacher)
        rows = page.locator(".class-list > li")
        assert [row.strip() for row in rows.locator("b").all_inner_texts()] == names
        assert len(names) == 35
        assert rows.locator("b a").count() == 35
        nexts = rows.locator("> a").all_inner_texts()
        assert len(nexts) == 35
        assert all(words.strip() for words in nexts)
        assert page.evaluate("scrollY") == 0
        assert page.evaluate(UNSEEN) == []
        page.set_viewport_size({"width": 1280, "height": 400})
        assert page.evaluate(UNSEEN) != []
