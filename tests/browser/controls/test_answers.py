# long: one question from every side: said, drawn, heard, earlier, who sees it
"""A question on the page: answered in words or in another way, read aloud, seen by whom the child says."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

from tests.desk_browser import OpenDesk, Server, kept, ready, reload, saved, value
from tests.kernels import kill_kernel

Axe = Callable[..., list[Any]]

LOCAL = [{"name": "here", "lang": "en-US", "localService": True}]
REMOTE = [{"name": "far away", "lang": "en-US", "localService": False}]
FAKE_SPEECH = """(() => {
  const voices = %s;
  const fake = new EventTarget();
  window.heard = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  fake.getVoices = () => voices;
  fake.speak = (one) => { window.heard.push(one.text); };
  fake.cancel = () => { window.heard.push("(stopped)"); };
  Object.defineProperty(window, "speechSynthesis", { value: fake });
})()"""


def voices(context: BrowserContext, given: list[dict[str, Any]]) -> None:
    """Let pages find these voices and no other."""
    context.add_init_script(FAKE_SPEECH % json.dumps(given))


def question(page: Page, field: str) -> Locator:
    """Return a question of the open page by its field."""
    return page.locator(f"[data-field='{field}']:visible").first


def picture() -> FilePayload:
    """Return a file a child chooses."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (640, 480), "#8899aa").save(out, "PNG")
    return {"name": "wall.png", "mimeType": "image/png", "buffer": out.getvalue()}


def put_in(page: Page, name: str = "Choose a picture") -> None:
    """Choose a picture with the button beside the question "because"."""
    with page.expect_file_chooser() as chooser:
        question(page, "example").get_by_role("button", name=name).click()
    chooser.value.set_files(picture())


def silence(seconds: float) -> bytes:
    """Return a WAV of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * int(8000 * seconds))
    return out.getvalue()


# --------------------------------------------------------------------------------------- other ways to answer


def test_one_quiet_button_unfolds_the_other_ways(desk: OpenDesk) -> None:
    """From grade 3 on one button stands under the words; it unfolds a row, Escape folds it, the focus goes along."""
    page = desk("feels", band="68")
    because = question(page, "example")
    opener = because.get_by_role("button", name="Say, draw or show it: because")
    say = because.get_by_role("button", name="Say it: because")
    expect(say).to_have_count(0)
    opener.press("Enter")
    expect(say).to_be_focused()
    expect(opener).to_have_count(0)
    expect(because.get_by_role("group", name="because").get_by_role("button").first).to_have_text("Say it")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_the_youngest_say_it_before_they_write_it(desk: OpenDesk) -> None:
    """From kindergarten to grade 2 the row stands open and comes before the line to write on."""
    page = desk("feels", band="k2")
    because = question(page, "example")
    say = because.get_by_role("button", name="Say it: because")
    expect(say).to_be_visible()
    assert because.evaluate(
        "(e) => Boolean(e.querySelector('.other-ways').compareDocumentPosition(e.querySelector('textarea')) & 4)"
    )
    box = say.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 64


def test_a_picture_beside_words_is_an_answer_of_its_own(desk: OpenDesk, server: Server) -> None:
    """A picture goes under the words, is saved by itself, and stands there after a reload beside the words."""
    page = desk("feels", band="68")
    question(page, "example").get_by_role("textbox", name="because").fill("we sing")
    question(page, "example").get_by_role("button", name="Say, draw or show it").click()
    put_in(page)
    alt = page.get_by_label("What would you tell a friend who can’t see it?")
    expect(alt).to_be_visible(timeout=30_000)
    alt.fill("all of us")
    saved(page)
    assert value(server, page, "feels", "feels.mornings", "example") == "we sing"
    (photo,) = value(server, page, "feels", "feels.mornings", "example.pictures")
    assert photo["alt"] == "all of us"
    reload(page)
    expect(question(page, "example").get_by_role("img", name="all of us")).to_be_visible()
    expect(question(page, "example").get_by_role("textbox", name="because")).to_have_value("we sing")


@pytest.mark.drill
def test_words_at_a_picture_beside_words_are_never_lost(desk: OpenDesk, server: Server) -> None:
    """What is written at such a picture while no kernel lives comes back with the page and is saved."""
    page = desk("feels", band="68")
    question(page, "example").get_by_role("button", name="Say, draw or show it").click()
    put_in(page)
    alt = page.get_by_label("What would you tell a friend who can’t see it?")
    expect(alt).to_be_visible(timeout=30_000)
    saved(page)
    kill_kernel(page)
    alt.fill("written to nobody")
    page.wait_for_timeout(300)
    reload(page)
    expect(alt).to_have_value("written to nobody")
    saved(page)
    (photo,) = value(server, page, "feels", "feels.mornings", "example.pictures")
    assert photo["alt"] == "written to nobody"


# ------------------------------------------------------------------------------------------------- beginnings


@pytest.mark.drill
def test_beginnings_become_sentences(desk: OpenDesk) -> None:
    """An open beginning gets a space and is exchanged for another; a whole sentence keeps its one full stop."""
    page = desk("feels", band="35")
    box = question(page, "example").get_by_role("textbox", name="because")
    question(page, "example").get_by_role("button", name="I am", exact=True).click()
    expect(box).to_have_value("I am ")
    expect(box).to_be_focused()
    question(page, "example").get_by_role("button", name="We sing.", exact=True).click()
    expect(box).to_have_value("We sing.")
    question(page, "example").get_by_role("button", name="We sing.", exact=True).click()
    expect(box).to_have_value("We sing.")
    question(page, "example").get_by_role("button", name="I am", exact=True).click()
    page.keyboard.type("glad.")
    expect(box).to_have_value("We sing. I am glad.")


# ------------------------------------------------------------------------------------------------- read aloud


def test_a_voice_far_away_reads_nothing(desk: OpenDesk, context: BrowserContext) -> None:
    """Where only a remote voice is offered there is no button, except at a question somebody has recorded."""
    voices(context, REMOTE)
    page = desk("me", band="k2")
    expect(page.get_by_role("button", name="Read aloud: What do you like most?")).to_be_visible()
    expect(page.get_by_role("button", name="Read aloud")).to_have_count(1)


@pytest.mark.drill
def test_a_voice_of_this_computer_reads_question_and_choices(desk: OpenDesk, context: BrowserContext) -> None:
    """One press reads the question and all there is to choose; the next stops it."""
    voices(context, LOCAL)
    page = desk("me", band="k2")
    page.get_by_role("button", name="Read aloud: What do you like? Pick two.").click()
    stop = page.get_by_role("button", name="Stop: What do you like? Pick two.")
    expect(stop).to_be_focused()
    (heard,) = page.evaluate("heard")
    assert heard.startswith("What do you like? Pick two. painting. building. reading.")
    stop.click()
    expect(page.get_by_role("button", name="Read aloud: What do you like? Pick two.")).to_be_focused()
    assert page.evaluate("heard")[-1] == "(stopped)"


def test_the_teachers_own_voice_comes_first(desk: OpenDesk, context: BrowserContext) -> None:
    """A recorded question is played, stops when pressed again, ends by itself, and no voice reads it."""
    voices(context, LOCAL)
    context.route(
        "**/spoken/best.mp3", lambda route: route.fulfill(body=silence(4), content_type="audio/wav")
    )
    page = desk("me", band="35")
    read = page.get_by_role("button", name="Read aloud: What do you like most?")
    with page.expect_request("**/spoken/best.mp3"):
        read.click()
    page.get_by_role("button", name="Stop: What do you like most?").click()
    read.click()
    expect(page.get_by_role("button", name="Stop: What do you like most?")).to_be_visible()
    expect(read).to_be_visible(timeout=10_000)
    assert page.evaluate("heard") == []


@pytest.mark.drill
def test_a_recording_that_is_gone_is_said(desk: OpenDesk, context: BrowserContext) -> None:
    """Where the recording cannot be played a voice of this computer reads; without one a sentence says so."""
    voices(context, [])
    context.route("**/spoken/best.mp3", lambda route: route.abort())
    page = desk("me", band="k2")
    read = page.get_by_role("button", name="Read aloud: What do you like most?")
    read.click()
    expect(page.locator(".ask-head").get_by_text("It cannot be heard just now.")).to_be_visible()
    expect(read).to_be_focused()


# ---------------------------------------------------------------------------------- last time, and who sees it


def test_last_time_stands_under_the_faces(desk: OpenDesk) -> None:
    """Each earlier round is one calm line with its drawing, and belongs to the question for who cannot see it."""
    page = desk("feels")
    lines = question(page, "answer").locator(".earlier li")
    expect(lines).to_have_text(["Earlier (Fall 2025): hard", "Last time (Spring 2026): so-so"])
    expect(lines.locator("svg use")).to_have_count(2)
    faces = page.get_by_role("radiogroup", name="In the mornings")
    expect(faces).to_have_accessible_description("Earlier (Fall 2025): hard Last time (Spring 2026): so-so")


def test_the_child_says_who_sees_a_page(desk: OpenDesk, server: Server) -> None:
    """The state is in sight; by keyboard it is changed and kept, and stands after a reload."""
    page = desk("me")
    state = page.locator(".seen-by:visible > summary")
    expect(state).to_have_text("Your family sees this page.")
    state.press("Enter")
    chosen = page.get_by_role("group", name="Who can see this page?")
    expect(chosen.get_by_role("radio")).to_have_count(3)
    chosen.get_by_role("radio", name="My family, at the table and at home").focus()
    page.keyboard.press("ArrowDown")
    expect(state).to_have_text("Your family sees this page at the table. It does not go home.")
    page.keyboard.press("ArrowDown")
    expect(state).to_have_text("Only your teacher and you see this page.")
    assert kept(server, page, "me")["who_sees"] == "teacher"
    reload(page)
    expect(state).to_have_text("Only your teacher and you see this page.")


@pytest.mark.drill
def test_a_page_that_cannot_be_hidden_says_so(desk: OpenDesk) -> None:
    """If the choice is not taken, the sentence stands there and the old choice comes back."""
    page = desk("work")
    page.locator(".seen-by:visible > summary").click()
    page.get_by_role("radio", name="Only my teacher and me").click()
    expect(
        page.get_by_text("This page stays as it is, Noa.").and_(page.locator(".field-say"))
    ).to_be_visible()
    expect(page.locator(".seen-by:visible > summary")).to_have_text("Your family sees this page.")
    expect(page.get_by_role("radio", name="My family, at the table and at home")).to_be_checked()


@pytest.mark.drill
def test_the_youngest_choose_between_two(desk: OpenDesk) -> None:
    """From kindergarten to grade 2 there are two drawn choices."""
    page = desk("me", band="k2")
    page.locator(".seen-by:visible > summary").click()
    choices = page.get_by_role("group", name="Who can see this page?").get_by_role("radio")
    expect(choices).to_have_count(2)
    expect(
        page.locator(
            ".seen-by:visible label svg use[href='#i-home'], .seen-by:visible label svg use[href='#i-lock']"
        )
    ).to_have_count(2)


# -------------------------------------------------------------------------------------- hands, eyes and screens


WALK = """() => {
  const e = document.activeElement;
  const by = (e.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
  const said = by.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const own = e.getAttribute("aria-label") || said || [...(e.labels ?? [])].map((l) => l.textContent).join(" ");
  const style = getComputedStyle(e.matches(".pick input") ? e.nextElementSibling : e);
  return [e.closest(".pf [data-section]") ? "" : "out", (own || e.textContent).replace(/\\s+/g, " ").trim(),
          style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
}"""

ORDERS = {
    "k2": [
        "great",
        "Say it: because",
        "Draw it: because",
        "Take a photo: because",
        "because",
        "I am",
        "We sing.",
        "always",
    ],
    "912": ["great", "because", "I am", "We sing.", "Say, draw or show it: because", "always"],
}


@pytest.mark.parametrize("band", ["k2", "912"])
def test_tab_goes_through_the_page_in_reading_order(desk: OpenDesk, band: str) -> None:
    """Tab visits every control in the order it is read, shows where it is, and is caught nowhere."""
    page = desk("feels", band=band)
    page.locator("main h1:visible").first.evaluate("(e) => { e.tabIndex = -1; e.focus(); }")
    names: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        _, name, ring = page.evaluate(WALK)
        names.append(name)
        assert ring, f"no focus to be seen on {name!r}"
        if "My goal" in name:
            break
    wanted = ORDERS[band]
    assert names[: len(wanted)] == wanted
    assert "My goal" in names[-1], names
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(WALK)[1] == names[-2]


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""


@pytest.mark.drill
@pytest.mark.parametrize("band", ["k2", "912"])
def test_nothing_is_cut_on_a_narrow_screen_with_wide_letters(desk: OpenDesk, band: str) -> None:
    """At 320 px with the text spacing of WCAG 1.4.12 no page scrolls sideways and no word is cut off."""
    page = desk("me", band=band)
    page.set_viewport_size({"width": 320, "height": 640})
    page.add_style_tag(content=SPACED)
    page.evaluate("document.querySelectorAll('.besides > .btn').forEach((one) => one.click())")
    page.evaluate("document.querySelectorAll('.seen-by').forEach((one) => (one.open = true))")
    for section in ("me", "strengths", "work", "feels", "goals"):
        page.evaluate("(to) => (location.hash = to)", section)
        expect(page.locator(f"[data-section={section}]:visible").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, section
        cut = page.evaluate(
            """() => [...document.querySelectorAll("main :is(.btn, .pick-in > span:not(.on), label:not(.pick), .hint, summary, h1, h2, p)")]
              .filter((e) => e.checkVisibility() && !e.closest(".vh") && !e.querySelector(".vh"))
              .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline")
              .map((e) => e.textContent.trim().slice(0, 40))"""
        )
        assert cut == [], section


@pytest.mark.drill
def test_the_chosen_shows_where_the_computer_sets_the_colors(desk: OpenDesk) -> None:
    """With forced colors or more contrast a choice and the focus differ by more than their color."""
    page = desk("me")
    page.emulate_media(forced_colors="active")
    likes = page.get_by_role("group", name="What do you like? Pick two.")
    likes.get_by_role("checkbox", name="painting").focus()
    page.keyboard.press("Space")
    look = """(e) => { const s = getComputedStyle(e.nextElementSibling);
      return [s.borderTopWidth, getComputedStyle(e.nextElementSibling.querySelector('.on')).display, s.outlineStyle]; }"""
    chosen = likes.get_by_role("checkbox", name="painting").evaluate(look)
    other = likes.get_by_role("checkbox", name="building").evaluate(look)
    assert chosen[0] != other[0]
    assert (chosen[1], other[1]) == ("grid", "none")
    assert (chosen[2], other[2]) == ("solid", "none")


@pytest.mark.drill
@pytest.mark.parametrize("band", ["k2", "35"])
def test_nothing_stands_in_the_way_of_other_ways_to_use_it(
    desk: OpenDesk, axe: Axe, context: BrowserContext, band: str
) -> None:
    """With everything unfolded axe finds nothing."""
    voices(context, LOCAL)
    page = desk("feels", band=band)
    ready(page)
    page.locator(".seen-by > summary").first.evaluate("(e) => (e.parentElement.open = true)")
    if band == "35":
        question(page, "example").get_by_role("button", name="Say, draw or show it").click()
    expect(page.get_by_role("button", name="Read aloud").first).to_be_visible()
    assert axe(page) == []
