"""Written at the table: words outlive a reload and a dead kernel, a phone's promise appears, keys do their own job."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portfolio.model import Agreement, Passage, Portfolio
from tests.browser.served import Served, sample, serving
from tests.kernels import kill_kernel
from tests.unit.test_calendar import read

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

WAIT = 60_000
CHILD = "Mateo"
KEPT = re.compile(r"^Saved")


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, served with personal links."""
    folder = sample("class-4b", tmp_path_factory.mktemp("together") / "class-4b")
    with serving(folder, links=True) as served:
        yield served


@pytest.fixture(scope="module")
def deck(class_4b: Served, browser: Browser) -> Iterator[Page]:
    """Hand out Mateo's deck, opened once."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = context.new_page()
    page.goto(class_4b.links[CHILD] + "?to=talk", wait_until="commit")
    page.wait_for_selector("html[data-ready=true]", timeout=WAIT, state="attached")
    yield page
    context.close()


def turn_to(page: Page, part: str) -> Locator:
    """Turn to the slide where a part stands, and return the part."""
    slide = page.evaluate("part => document.getElementById(part).closest('.slide').id", part)
    page.evaluate("slide => { location.hash = slide }", slide)
    found = page.locator(f"#{part}")
    found.wait_for()
    return found


def book(served: Served) -> Portfolio:
    """Return the book as it is kept on disk."""
    store = served.folder.store()
    try:
        return store.portfolio(store.rounds("mateo")[-1].portfolio_id)
    finally:
        store.close()


def saved(form: Locator) -> None:
    """Wait until a form says that it is kept."""
    expect(form.locator("[data-kept]").first).to_have_text(KEPT, timeout=WAIT)


def test_goal_and_promise_are_there_after_a_reload(class_4b: Served, deck: Page) -> None:
    """Typed, left in the middle, loaded anew: both stand in their forms and on disk, once; who said yes too."""
    goal = turn_to(deck, "live-goal")
    goal.locator("#g-goal").fill("RELOAD read with my grandmother")
    goal.locator("#g-step").fill("choose a book")
    goal.locator("input[name=again]").nth(1).check()
    saved(goal)
    deck.locator("#yes-family").click()
    expect(deck.locator("#yes-family")).to_have_attribute("aria-pressed", "true", timeout=WAIT)
    turn_to(deck, "live-more").get_by_role("button", name=CHILD).click()
    line = deck.locator("#live-promises .prom-form").last.locator("textarea")
    expect(line).to_be_focused(timeout=WAIT)
    deck.keyboard.type("RELOAD I read every day")
    saved(deck.locator("#live-promises .prom-form").last)
    deck.reload()
    deck.wait_for_selector("html[data-ready=true]", timeout=WAIT, state="attached")
    expect(turn_to(deck, "live-goal").locator("#g-goal")).to_have_value("RELOAD read with my grandmother")
    expect(deck.locator("#yes-family")).to_have_attribute("aria-pressed", "true")
    expect(turn_to(deck, "live-promises").locator("textarea").last).to_have_value("RELOAD I read every day")
    kept = book(class_4b)
    (made,) = [one for one in kept.goals if one.set_by == "together"]
    assert (made.goal.text, made.agreed, len(made.look_again)) == (
        "RELOAD read with my grandmother",
        ("family",),
        1,
    )
    assert [one.what.text for one in kept.agreements].count("RELOAD I read every day") == 1


def test_a_promise_made_elsewhere_appears_by_itself(class_4b: Served, deck: Page) -> None:
    """Somebody promises on another page: it stands on the deck though nobody pressed anything there."""
    part = turn_to(deck, "live-promises")
    store = class_4b.folder.store()
    made = Agreement(entry_id="phone", who="family", name="Lola", what=Passage(text="ELSEWHERE I listen"))
    portfolio_id = store.rounds("mateo")[-1].portfolio_id
    store.keep(portfolio_id, made, expected=0, by="family:x", at=datetime.now(UTC))
    store.close()
    expect(part.locator("textarea").last).to_have_value("ELSEWHERE I listen", timeout=WAIT)


def test_keys_do_the_job_of_what_they_are_pressed_on(deck: Page) -> None:
    """Arrows and Space in a field, on a choice and on a button turn no page; Tab comes by every control in order."""
    goal = turn_to(deck, "live-goal")
    here = deck.evaluate("location.hash")
    goal.locator("#g-goal").focus()
    reached = []
    for _ in range(5):
        reached.append(deck.evaluate("document.activeElement.name"))
        deck.keyboard.press("Tab")
    assert reached == ["goal", "step_what", "step_when", "helper_who", "helper_what"]
    for key in ("ArrowRight", "ArrowLeft", "Space", "End", "PageDown"):
        goal.locator("#g-when").focus()
        deck.keyboard.press(key)
        goal.locator("input[name=again]").first.focus()
        deck.keyboard.press(key)
        assert deck.evaluate("location.hash") == here
    button = deck.locator("#yes-student")
    before = button.get_attribute("aria-pressed")
    button.focus()
    deck.keyboard.press("Space")
    expect(button).not_to_have_attribute("aria-pressed", before or "", timeout=WAIT)
    expect(button).to_be_focused()
    assert deck.evaluate("location.hash") == here


def test_what_is_kept_for_later_opens_over_any_screen(class_4b: Served, deck: Page) -> None:
    """The card opens by a key, keeps a line, and Esc closes it on the screen one was at."""
    turn_to(deck, "live-goal")
    here = deck.evaluate("location.hash")
    deck.locator(".slide:target .later").focus()
    deck.keyboard.press("Enter")
    card = deck.locator("#later")
    expect(card).to_be_visible()
    card.locator("#park-words").fill("LATER the club")
    card.get_by_role("button", name="Keep it for later").click()
    expect(card.locator("li").filter(has_text="LATER the club")).to_be_visible(timeout=WAIT)
    deck.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert deck.evaluate("location.hash") == here
    assert [one.words.text for one in book(class_4b).parked].count("LATER the club") == 1


def test_the_days_come_as_a_calendar(deck: Page) -> None:
    """The file comes down and is read by the strict reader of the unit tests."""
    part = turn_to(deck, "live-promised")
    with deck.expect_download(timeout=WAIT) as coming:
        part.get_by_role("button", name="For your calendar").click()
    assert coming.value.suggested_filename == "look-again.ics"
    assert read(coming.value.path().read_bytes())


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_has_nothing_to_say(deck: Page, axe: Callable[..., list[Any]], width: int) -> None:
    """All screens written on at the table, at a phone's and a laptop's width; nothing is cut off at the side."""
    deck.set_viewport_size({"width": width, "height": 800})
    back = deck.locator("[id^=live-back]").first.get_attribute("id") or ""
    for part in (back, "live-goal", "live-promises", "live-promised", "live-finish"):
        turn_to(deck, part)
        assert axe(deck) == [], part
        assert deck.evaluate("document.documentElement.scrollWidth") <= width
    deck.locator(".slide:target .later").click()
    assert axe(deck) == []
    deck.keyboard.press("Escape")
    deck.set_viewport_size({"width": 1280, "height": 800})


def test_axe_would_speak_up(deck: Page, axe: Callable[..., list[Any]]) -> None:
    """A field without its label is found: axe looks at these forms."""
    turn_to(deck, "live-goal")
    deck.evaluate("document.querySelector('label[for=g-when]').remove()")
    assert "label" in [found.rule for found in axe(deck)]


def test_a_dead_kernel_loses_no_word_and_the_end_is_once(class_4b: Served, deck: Page) -> None:
    """Words typed while the kernel is dead wait in the browser and come back; "We are done" is pressed twice and written once."""
    deck.reload()
    deck.wait_for_selector("html[data-ready=true]", timeout=WAIT, state="attached")
    goal = turn_to(deck, "live-goal")
    goal.locator("#g-goal").fill("BEFORE the kernel died")
    saved(goal)
    kill_kernel(deck)
    goal.locator("#g-how").fill("AFTER it had died")
    expect(goal.locator("[data-kept]").first).to_contain_text("Not saved yet", timeout=WAIT)
    deck.reload()
    deck.wait_for_selector("html[data-ready=true]", timeout=WAIT, state="attached")
    goal = turn_to(deck, "live-goal")
    expect(goal.locator("#g-how")).to_have_value("AFTER it had died", timeout=WAIT)
    saved(goal)
    made = next(one for one in book(class_4b).goals if one.set_by == "together")
    assert (made.goal.text, made.helpers[0].what.text) == ("BEFORE the kernel died", "AFTER it had died")
    end = turn_to(deck, "live-finish").get_by_role("button", name="We are done")
    end.dblclick()
    expect(deck.locator("#live-finish")).to_contain_text("This meeting is over", timeout=WAIT)
    assert len([one for one in book(class_4b).meetings if one.ended]) == 1
    assert not list((class_4b.folder.hidden / "live").glob("*.json"))


def test_the_three_yeses_are_whole_on_a_small_screen(deck: Page) -> None:
    """On a tablet and a small laptop nobody scrolls to say yes: each button is whole, above the line at the foot."""
    goal = turn_to(deck, "live-goal")
    goal.locator("#g-goal").fill(
        "We read together every evening, and then we tell each other what it was about. " * 9
    )
    goal.locator("#g-step").fill("We choose a book that all of us like, and put it beside the bed. " * 2)
    expect(deck.locator("#yes-teacher")).to_be_visible(timeout=WAIT)
    whole = """() => [...document.querySelectorAll(".slide:target .yes")].map((one) => {
      const {left, top, right, bottom} = one.getBoundingClientRect();
      const spots = [[left + 9, top + 9], [right - 9, top + 9], [left + 9, bottom - 9], [right - 9, bottom - 9]];
      return bottom <= innerHeight && spots.every(([x, y]) => one.contains(document.elementFromPoint(x, y)));
    })"""
    for width, height in ((1024, 768), (1280, 768), (1280, 800)):
        deck.set_viewport_size({"width": width, "height": height})
        deck.evaluate("scrollTo(0, 0)")
        assert deck.evaluate(whole) == [True] * 3
    assert "not yet" not in deck.locator("#live-yes").inner_text()
