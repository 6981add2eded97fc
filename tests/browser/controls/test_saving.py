"""Nothing a child writes is lost: reloads, dead kernels, busy kernels, refusals."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.desk_browser import PROOF, WHAT, OpenDesk, Server, first, reload, saved, status, value
from tests.kernels import kill_kernel


def test_words_are_saved_while_one_writes(desk: OpenDesk, server: Server) -> None:
    """The word "Saved" appears once the words are on disk, and a reload shows them."""
    page = desk("strengths")
    first(page, WHAT).fill("drawing maps")
    saved(page)
    assert value(server, page, "strengths", "strength-1", "what") == "drawing maps"
    reload(page)
    expect(first(page, WHAT)).to_have_value("drawing maps")


@pytest.mark.parametrize("round_", [0, *(pytest.param(n, marks=pytest.mark.drill) for n in (1, 2))])
def test_the_last_words_survive_a_reload_at_once(desk: OpenDesk, server: Server, round_: int) -> None:
    """Whoever types and reloads in the same breath loses nothing."""
    page = desk("strengths")
    box = first(page, PROOF)
    box.focus()
    page.keyboard.type("the page about rivers LASTWORDS")
    reload(page)
    expect(first(page, PROOF)).to_have_value("the page about rivers LASTWORDS")
    saved(page)
    assert value(server, page, "strengths", "strength-1", "proof") == "the page about rivers LASTWORDS"


def test_a_dead_kernel_is_noticed_and_the_words_come_back(desk: OpenDesk, server: Server) -> None:
    """Without a kernel the page says "Not saved yet"; after a reload the words stand there and are saved."""
    page = desk("strengths")
    kill_kernel(page)
    first(page, WHAT).fill("climbing")
    expect(status(page)).to_contain_text("Not saved yet.", timeout=20_000)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(status(page)).to_be_in_viewport()
    assert value(server, page, "strengths", "strength-1", "what") is None
    reload(page)
    expect(first(page, WHAT)).to_have_value("climbing")
    saved(page)
    assert value(server, page, "strengths", "strength-1", "what") == "climbing"


@pytest.mark.drill
def test_a_dead_kernel_is_noticed_though_nobody_writes(desk: OpenDesk) -> None:
    """The heartbeat tells a child before the first word is typed in vain."""
    page = desk("strengths")
    kill_kernel(page)
    expect(status(page)).to_contain_text("cannot reach your book", timeout=40_000)


@pytest.mark.drill
def test_a_kernel_that_was_busy_says_saved_late(desk: OpenDesk) -> None:
    """While the kernel is stuck the page says so; when it comes back, so does "Saved"."""
    page = desk("strengths")
    first(page, WHAT).fill("FREEZE 9")
    expect(status(page)).to_contain_text("Not saved yet", timeout=20_000)
    saved(page)
    expect(page.locator(".offer:visible")).to_have_count(0)


@pytest.mark.drill
def test_typing_on_while_a_save_is_under_way_never_fights_itself(desk: OpenDesk, server: Server) -> None:
    """Words sent before the first answer is back are no conflict, and the last ones win."""
    page = desk("strengths")
    box = first(page, WHAT)
    box.fill("FREEZE 1")
    page.wait_for_timeout(700)
    for text in ("draw", "drawing", "drawing maps"):
        box.fill(text)
        page.evaluate("document.dispatchEvent(new CustomEvent('portfolio:flush'))")
    saved(page)
    assert value(server, page, "strengths", "strength-1", "what") == "drawing maps"
    expect(page.locator(".offer:visible")).to_have_count(0)


def test_what_cannot_be_kept_is_said_beside_the_words(desk: OpenDesk) -> None:
    """A refusal and a mistake of ours are one kind sentence each; the words stay; better words are saved."""
    page = desk("strengths")
    box = first(page, WHAT)
    box.fill("REFUSE")
    note = page.locator(".part .field-say:visible")
    expect(note).to_have_text("These words did not fit, Noa. Please change them.")
    expect(status(page)).to_contain_text("One answer is not saved yet")
    box.fill("CRASH")
    expect(note).to_have_text("That did not work. Your words are still here. Please tell your teacher.")
    expect(page.locator("body")).not_to_contain_text("ZeroDivisionError")
    box.fill("climbing")
    saved(page)
    expect(note).to_have_count(0)
