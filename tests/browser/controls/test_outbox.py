"""What a sheet sends, without a kernel: the order in which values may arrive, and when "saved" may be said."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from portfolio.carry import source

BLANK = "http://localhost/outbox"
SETUP = """async (text) => {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const { outbox } = await import(address);
  const kept = { keep() {}, drop() {} };
  window.sent = [];
  window.states = [];
  window.gone = new AbortController();
  document.addEventListener("portfolio:save", ({ detail }) => states.push(detail.state));
  const model = { send: (message) => sent.push(message) };
  window.box = outbox({ model, drafts: kept, mark: "here", signal: gone.signal });
  window.cell = Object.assign(box.cell("goal-1", "why", "", 1), { say() {}, show() {} });
  box.complete();
  window.write = (value) => { box.change(cell, value); box.flush(true); };
  window.saved = ({ rev, entry, field }, version) => box.hear({ type: "saved", rev, entry, field, version, at: "" });
}"""


@pytest.fixture
def box(page: Page) -> Page:
    """An empty page with an outbox and one answer in it."""
    page.clock.install()
    page.route(
        "**/*", lambda route: route.fulfill(body="<!doctype html><main></main>", content_type="text/html")
    )
    page.goto(BLANK)
    page.evaluate(SETUP, source.join(("dom", "drafts", "outbox")))
    return page


def values(page: Page) -> list[Any]:
    """Return what was sent so far."""
    found: list[Any] = page.evaluate("sent.map(({ value }) => value)")
    return found


def test_a_lost_value_is_sent_again(box: Page) -> None:
    """What nobody answered goes out once more when the kernel lives."""
    box.evaluate("write('one')")
    box.clock.run_for(7_000)
    box.evaluate("document.dispatchEvent(new CustomEvent('portfolio:alive'))")
    assert values(box) == ["one", "one"]


def test_a_lost_value_never_arrives_after_a_newer_one(box: Page) -> None:
    """The older value is not sent again, neither while the newer one is under way nor once that is saved."""
    box.evaluate("write('one')")
    box.clock.run_for(4_000)
    box.evaluate("write('one two')")
    box.clock.run_for(3_000)  # only the first is late
    box.evaluate("document.dispatchEvent(new CustomEvent('portfolio:alive'))")
    assert values(box) == ["one", "one two"]
    box.evaluate("saved(sent[1], 2)")
    box.evaluate("document.dispatchEvent(new CustomEvent('portfolio:alive'))")
    assert values(box) == ["one", "one two"]
    assert box.evaluate("states.at(-1)") == "saved"


def test_a_newer_value_that_is_saved_ends_the_older_one(box: Page) -> None:
    """What was saved holds the older words as well: nothing is waited for any more."""
    box.evaluate("write('one')")
    box.evaluate("write('one two')")
    box.evaluate("saved(sent[1], 2)")
    assert box.evaluate("states.at(-1)") == "saved"
    box.clock.run_for(7_000)
    assert box.evaluate("states.at(-1)") == "saved"


def test_between_two_parts_of_a_file_nothing_is_called_saved(box: Page) -> None:
    """While a file is on its way "saved" is not said, also when no message of it is open."""
    box.evaluate(
        """async () => {
          states.length = 0;
          const part = async () => {
            const one = box.ask({ type: "media_part" });
            box.hear({ rev: sent.at(-1).rev, type: "media_have" });
            await one;
          };
          await box.during(Promise.resolve().then(part).then(part));
        }"""
    )
    assert box.evaluate("states") == ["waiting", "saved"]


def test_who_waits_for_the_last_words_does_not_wait_for_a_page_that_is_gone(box: Page) -> None:
    """After the view has gone nobody asks every moment whether an answer is there."""
    box.evaluate("() => { write('one'); box.settled().then((all) => (window.all = all)); }")
    box.evaluate("gone.abort()")
    box.clock.run_for(100)
    assert box.evaluate("window.all") is False
