"""Before it goes home, in a browser: ticks by keys alone, on a wide screen and on a phone; no rule of axe is broken."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portfolio.moments.consent import Consent
from tests.browser.served import Served, sample, serving
from tests.browser.teacher_hands import WAIT, Hands

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}


@pytest.fixture
def class_4b(tmp_path: Path) -> Iterator[Served]:
    """The fourth grade; in Linh's song and in its comic others can be heard and seen."""
    folder = sample("class-4b", tmp_path / "class-4b")
    store = folder.store()
    try:
        book = next(
            meta.portfolio_id for meta in store.rounds("linh") if meta.round == store.school_class().round
        )
        ticks = Consent(store, book, "teacher-1")
        for one in ticks.things():
            ticks.mark(one.name, others=True, at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    finally:
        store.close()
    with serving(folder, links=True, teacher=True) as served:
        yield served


@pytest.mark.parametrize(
    "look", [one if one == "phone" else pytest.param(one, marks=pytest.mark.drill) for one in LOOKS]
)
def test_ticks_by_keys_alone(
    class_4b: Served, browser: Browser, watch: Callable[..., Any], axe: Callable[..., list[Any]], look: str
) -> None:
    """From the list of the class to a child's book by keys: a recording and a name are ticked in, and taken back."""
    context = browser.new_context(locale="en-US", timezone_id="UTC", service_workers="block", **LOOKS[look])
    watching = watch(context)
    hands = Hands(context.new_page())
    hands.come_in(class_4b.teacher)
    hands.go("leaving")
    assert [f"{one.rule}: {one.where}" for one in axe(hands.page)] == []
    hands.press("Linh", "a")
    hands.at("leaving/linh")
    now = hands.page.locator(".leave-now")
    expect(now.filter(has_text="It stays out.")).to_have_count(2, timeout=WAIT)
    assert [f"{one.rule}: {one.where}" for one in axe(hands.page)] == []
    assert hands.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    hands.press("They agreed", "button")
    expect(now.filter(has_text="It goes home.")).to_have_count(1, timeout=WAIT)
    hands.press("Amal may be named", "button")
    expect(now.filter(has_text="The name goes home.")).to_have_count(1, timeout=WAIT)
    assert [f"{one.rule}: {one.where}" for one in axe(hands.page)] == []
    hands.page.locator("#things").focus()
    hands.press("Take the tick back", "button")
    expect(now.filter(has_text="It stays out.")).to_have_count(2, timeout=WAIT)
    watching.check()
    context.close()


@pytest.mark.more
def test_the_files_are_made_while_the_teacher_looks_on(
    class_4b: Served, browser: Browser, watch: Callable[..., Any], axe: Callable[..., list[Any]]
) -> None:
    """Who still writes stands there; the choices open; the files come, are listed and handed over on a phone too."""
    context = browser.new_context(
        locale="en-US", timezone_id="UTC", service_workers="block", accept_downloads=True, **LOOKS["phone"]
    )
    watching = watch(context)
    hands = Hands(context.new_page())
    hands.come_in(class_4b.teacher)
    hands.go("out/home")
    page = hands.page
    expect(page.locator("main")).to_contain_text("Still being written: Mateo")
    expect(page.get_by_label("Also as mails")).to_be_hidden()
    page.get_by_text("More choices").click()
    page.get_by_label("Also as mails").check()
    assert [f"{one.rule}: {one.where}" for one in axe(page)] == []
    page.get_by_role("button", name="Make the files").click()
    take = page.get_by_role("button", name="Hand them to my browser")
    expect(take).to_be_visible(timeout=WAIT)
    expect(page.locator("#run")).to_contain_text("8 files are in")
    with page.expect_download(timeout=WAIT) as coming:
        take.click()
    with zipfile.ZipFile(coming.value.path()) as packed:
        assert sum(name.endswith(".eml") for name in packed.namelist()) == 4
    assert [f"{one.rule}: {one.where}" for one in axe(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    watching.check()
    context.close()
