"""The tools that watch our pages see what they are there to see."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

Axe = Callable[..., list[Any]]

GOOD = """<!doctype html><html lang="en"><title>A page</title>
<main><h1>Hello</h1><p>Some words.</p><button>Say hello</button></main></html>"""

# What is wrong, and the rule of axe that must find it.
SEEDED = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "label": "<input>",
    "button-name": "<p>.</p><p><button></button></p>",
    "color-contrast": '<p class="pale">Hard to read</p><style>.pale{color:#aaa;background:#fff}</style>',
    "heading-order": "<h4>Too deep</h4>",
    "target-size": "<style>b{display:flex} b button{all:unset;display:block;width:9px;height:9px}</style>"
    "<b><button aria-label='a'></button><button aria-label='b'></button></b>",
}


@pytest.mark.parametrize("rule", SEEDED)
def test_axe_finds_a_seeded_violation(page: Page, axe: Axe, rule: str) -> None:
    """Each mistake put into a good page is found, and nothing else: rules of WCAG 2.2 included."""
    page.set_content(GOOD.replace("</main>", SEEDED[rule] + "</main>"))
    assert [found.rule for found in axe(page)] == [rule]


def test_axe_is_content_with_a_good_page(page: Page, axe: Axe) -> None:
    """A page without mistakes has no violations."""
    page.set_content(GOOD)
    assert axe(page) == []


def test_axe_looks_into_frames(page: Page, axe: Axe) -> None:
    """A mistake inside a frame is found, and its place names the frame."""
    page.set_content(
        GOOD.replace(
            "</main>", '<iframe title="inside" srcdoc="<main><h1>A</h1><img src=x></main>"></iframe></main>'
        )
    )
    page.frame_locator("iframe").get_by_role("heading").wait_for()
    found = next(found for found in axe(page) if found.rule == "image-alt")
    assert found.where == ("iframe img",)
    assert found.impact == "critical"


def test_axe_works_under_the_policy_of_our_home_file(page: Page, axe: Axe, tmp_path: Path) -> None:
    """A page that lets no script run can still be checked."""
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'\">"
    file = tmp_path / "home.html"
    file.write_text(GOOD.replace("<title>", policy + "<title>").replace("</main>", "<input></main>"), "utf-8")
    page.goto(file.as_uri())
    assert [found.rule for found in axe(page)] == ["label"]


OUTSIDE = {
    "a picture": "<img alt='' src='http://pictures.example/a.png'>",
    "a stylesheet": "<link rel='stylesheet' href='https://cdn.example/a.css'>",
    "a script's request": "<script>fetch('https://counter.example/hit')</script>",
    "a look-alike of this machine": "<img alt='' src='http://127.0.0.1.example/a.png'>",
    "a live connection": "<script>new WebSocket('ws://live.example/')</script>",
    "an address on the local net": "<img alt='' src='http://192.168.7.7/a.png'>",
}


@pytest.mark.parametrize("what", OUTSIDE)
def test_a_request_that_would_leave_the_machine_is_seen(
    browser: Browser, watch: Callable[..., Any], what: str
) -> None:
    """The watch names the address, stops the request, and its check fails the test."""
    context = browser.new_context()
    guard = watch(context)
    page = context.new_page()
    page.set_content(GOOD + OUTSIDE[what])
    page.wait_for_timeout(200)  # a script's request has no element to wait for
    context.close()
    assert len(guard.outside) == 1
    with pytest.raises(AssertionError, match="reached for the network"):
        guard.check()


def test_a_page_that_stays_here_is_left_alone(page: Page, offline_guard: list[str], tmp_path: Path) -> None:
    """Files, data and blobs are no network, and the browser finds no other machine by name."""
    file = tmp_path / "page.html"
    seed = SEEDED["image-alt"].replace("<img", "<img alt='dot'")
    file.write_text(GOOD.replace("</main>", seed + "</main>"), "utf-8")
    page.goto(file.as_uri())
    page.evaluate("fetch(URL.createObjectURL(new Blob(['x']))).then(answer => answer.text())")
    assert page.get_by_alt_text("dot").evaluate("image => image.complete")
    assert offline_guard == []


def test_even_an_unwatched_page_cannot_leave(page: Page) -> None:
    """Without any watch the browser still resolves no name but this machine's."""
    page.set_content(GOOD)
    answer = page.evaluate("fetch('http://somewhere.example/').then(() => 'left', error => error.name)")
    assert answer == "TypeError"
