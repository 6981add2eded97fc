"""Two windows on one desk, and several children at one browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.desk_browser import (
    PROOF,
    WHAT,
    OpenDesk,
    Server,
    drafts_in,
    first,
    kept,
    reload,
    saved,
    status,
    value,
)
from tests.kernels import kill_kernel

TURN = "id => document.dispatchEvent(new CustomEvent('portfolio:turn', { detail: { id, again: true } }))"
"""What turning to a page does, without taking the focus away."""


def test_two_hands_on_the_same_words_see_both(desk: OpenDesk, server: Server, browser: Browser) -> None:
    """The second hand is shown what the first wrote; "Keep mine" and "Take theirs" do what they say."""
    there = browser.new_context()
    mine, theirs = desk("strengths"), desk("strengths", within=there)
    for label, take in ((WHAT, "Keep mine"), (PROOF, "Take theirs")):
        first(theirs, label).fill("their words")
        saved(theirs)
        first(mine, label).fill("my words")
        expect(mine.get_by_text("their words")).to_be_visible(timeout=10_000)
        mine.get_by_role("button", name=take).click()
        expect(mine.locator(".offer:visible")).to_have_count(0)
        saved(mine)
    assert value(server, mine, "strengths", "strength-1", "what") == "my words"
    assert value(server, mine, "strengths", "strength-1", "proof") == "their words"
    expect(first(mine, PROOF)).to_have_value("their words")
    there.close()


def test_words_begun_before_a_page_was_renewed_bury_nobodys(desk: OpenDesk, browser: Browser) -> None:
    """A box with hands in it hears of newer words, leaves itself alone, and does not overwrite them unseen."""
    there = browser.new_context()
    mine, theirs = desk("strengths"), desk("strengths", within=there)
    box = first(mine, WHAT)
    box.focus()
    first(theirs, WHAT).fill("their words")
    first(theirs, PROOF).fill("their proof")
    saved(theirs)
    mine.evaluate(TURN, "strengths")
    expect(first(mine, PROOF)).to_have_value("their proof")
    expect(box).to_have_value("")
    box.press_sequentially("my words")
    expect(mine.get_by_text("their words")).to_be_visible(timeout=10_000)
    mine.get_by_role("button", name="Take theirs").click()
    expect(box).to_have_value("their words")
    there.close()


@pytest.mark.drill
def test_two_hands_on_two_questions_both_stay(desk: OpenDesk, server: Server, browser: Browser) -> None:
    """Changes to different questions of one card stand side by side."""
    there = browser.new_context()
    mine, theirs = desk("strengths"), desk("strengths", within=there)
    first(theirs, WHAT).fill("theirs")
    saved(theirs)
    first(mine, PROOF).fill("mine")
    saved(mine)
    fields = kept(server, mine, "strengths")["strength-1"]["fields"]
    assert {name: field["value"] for name, field in fields.items()} == {"what": "theirs", "proof": "mine"}
    there.close()


@pytest.mark.drill
def test_old_unsaved_words_never_bury_newer_ones(desk: OpenDesk, server: Server, browser: Browser) -> None:
    """Words that could not be saved, opened again after somebody else wrote there: both are shown."""
    page = desk("strengths")
    kill_kernel(page)
    first(page, WHAT).fill("from before")
    expect(status(page)).to_contain_text("Not saved yet", timeout=20_000)
    there = browser.new_context()
    other = desk("strengths", within=there)
    first(other, WHAT).fill("newer")
    saved(other)
    reload(page)
    expect(first(page, WHAT)).to_have_value("from before")
    expect(page.locator("blockquote:visible")).to_have_text("newer")
    assert value(server, page, "strengths", "strength-1", "what") == "newer"
    page.get_by_role("button", name="Take theirs").click()
    expect(first(page, WHAT)).to_have_value("newer")
    there.close()


@pytest.mark.drill
def test_coming_back_to_a_page_shows_what_is_new(desk: OpenDesk, browser: Browser) -> None:
    """What was added on another page, or in another window, is there when one turns back to a page."""
    there = browser.new_context()
    page, other = desk("goals"), desk("strengths", within=there)
    expect(page.get_by_role("radio", name="juggling")).to_have_count(0)
    first(other, WHAT).fill("juggling")
    saved(other)
    page.get_by_role("link", name="Turn back").click()
    page.get_by_role("link", name="Turn the page").click()
    expect(page.get_by_role("radio", name="juggling")).to_be_visible(timeout=10_000)
    page.get_by_role("navigation").get_by_role("link", name="My strengths").click()
    expect(first(page, WHAT)).to_have_value("juggling")
    there.close()


def test_im_done_leaves_no_words_behind(desk: OpenDesk) -> None:
    """The button "I'm done" saves what is open, forgets every draft, and says that one may go."""
    page = desk("strengths")
    first(page, WHAT).fill("secret plan")
    assert drafts_in(page) == ["portfolio-noa"]
    page.get_by_role("button", name="I’m done").click()
    expect(page.locator(".ways .field-say")).to_have_text("You can close this page.", timeout=10_000)
    assert page.evaluate("indexedDB.databases()") == []


def test_im_done_never_throws_unsaved_words_away(desk: OpenDesk) -> None:
    """With a dead kernel "I'm done" stays, says why, and keeps the draft."""
    page = desk("strengths")
    kill_kernel(page)
    first(page, WHAT).fill("climbing")
    page.get_by_role("button", name="I’m done").click()
    expect(page.locator(".ways .field-say")).to_contain_text("Not saved yet.", timeout=15_000)
    assert drafts_in(page) == ["portfolio-noa"]


@pytest.mark.drill
def test_another_childs_desk_forgets_the_first_childs_words(desk: OpenDesk) -> None:
    """Opening another child's desk in the same browser removes what the first one left there."""
    page = desk("strengths")
    kill_kernel(page)
    first(page, WHAT).fill("Noa’s secret")
    assert drafts_in(page) == ["portfolio-noa"]
    page.close()
    other = desk("strengths", child="amal", desk="amals")
    expect(first(other, WHAT)).to_have_value("")
    other.wait_for_function(
        "async () => (await indexedDB.databases()).every((d) => d.name !== 'portfolio-noa')"
    )
