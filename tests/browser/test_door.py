"""The door of one shared computer: a child finds its own desk, and never another's by mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portfolio.rules.door_pictures import secret_names
from portfolio.serve.pictures import SECRET_PICTURES
from tests.browser.served import Served, sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

READY = "html[data-ready=true]"
WAIT = 60_000

VOICE = """
window.heard = [];
speechSynthesis.getVoices = () => [{lang: "en_GB", localService: LOCAL, name: "Ada"}];
speechSynthesis.speak = (said) => heard.push(said.text);
SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The first grade, at one computer."""
    with serving(sample("ladybirds", tmp_path_factory.mktemp("door") / "ladybirds"), links=False) as served:
        yield served


@pytest.fixture(scope="module")
def careful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same class with secret pictures."""
    folder = sample("ladybirds", tmp_path_factory.mktemp("careful") / "ladybirds")
    with serving(folder, links=False, more=["--secret-pictures"]) as served:
        yield served


def test_two_presses_lead_from_the_roster_to_the_desk(
    roster: Served, page: Page, axe: Callable[..., list[Any]], offline_guard: list[str]
) -> None:
    """The picture, then “Yes, that’s me”; until then nobody has come in. By keyboard alone; no rule of axe broken."""
    page.goto(roster.url)
    assert axe(page) == []
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Noa")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Are you Noa?")).to_be_visible()
    assert axe(page) == []
    assert not [c for c in page.context.cookies() if c.get("name", "").startswith("portfolio_")]
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Yes, that’s me")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector(READY, timeout=WAIT, state="attached")
    assert "Noa’s book" in page.locator("body").inner_text()


def test_no_leads_back_to_the_pictures_and_opens_nothing(roster: Served, page: Page) -> None:
    """A picture pressed by mistake: “No, go back”, and no visit has begun."""
    page.goto(roster.url)
    page.get_by_role("button", name="Tariq").click()
    page.get_by_role("link", name="No, go back").click()
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()
    assert not [c for c in page.context.cookies() if c.get("name", "").startswith("portfolio_")]
    page.goto(f"{roster.url}desk")
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()


@pytest.mark.drill
@pytest.mark.parametrize("local", [True, False])
def test_names_are_read_aloud_by_a_voice_of_this_computer_only(
    roster: Served, browser: Browser, axe: Callable[..., list[Any]], local: bool
) -> None:
    """A button beside each picture says the name; where only a voice of the network is, there is no button."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    context.add_init_script(VOICE.replace("LOCAL", str(local).lower()))
    page = context.new_page()
    page.goto(roster.url)
    listen = page.get_by_role("button", name="Listen: Noa")
    expect(listen).to_have_count(1 if local else 0)
    if local:
        listen.click()
        assert page.evaluate("heard")[0].startswith("Noa, ")
        box = listen.bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 64
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_secret_pictures_open_ones_own_desk_without_scripts_and_by_keyboard(
    careful: Served, browser: Browser, page: Page, axe: Callable[..., list[Any]]
) -> None:
    """After Yes two pictures are asked for; wrong ones get a kind sentence and no visit, the right ones let in."""
    right = secret_names("noa", careful.folder.secret.read_bytes())
    wrong = next((one, right[1]) for one in SECRET_PICTURES if one not in right)
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(careful.url)
    plain.get_by_role("button", name="Noa").press("Enter")
    plain.get_by_role("button", name="Yes, that’s me").press("Enter")
    for name in wrong:
        plain.get_by_role("button", name=name, exact=True).press("Enter")
    expect(plain.get_by_role("status")).to_contain_text("Try once more, or ask your teacher.")
    assert not [c for c in context.cookies() if c.get("name", "").startswith("portfolio_")]
    plain.get_by_role("button", name=right[0], exact=True).press("Enter")
    expect(plain.get_by_role("heading", name="Now press your second picture.")).to_be_visible()
    plain.get_by_role("button", name=right[1], exact=True).press("Enter")
    expect(plain.get_by_role("heading", name="Hello, Noa!")).to_be_visible()
    context.close()
    page.goto(f"{careful.url}are-you?student=tariq")
    page.get_by_role("button", name="Yes, that’s me").click()
    expect(page.get_by_role("heading", name="Press your first secret picture.")).to_be_visible()
    assert axe(page) == []
