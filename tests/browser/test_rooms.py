# long: the frame of the teacher's desk, on one served set of rooms
"""The teacher's desk in a browser: ways, forms, words that are never lost, two who write at once, hands and eyes.

The rooms are those of ``tests/rooms_kernel.py``; what they were asked lies in one JSON file for each test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portfolio.carry import phrases as room_phrases
from portfolio.carry import source
from tests.desk_browser import drafts_in
from tests.kernels import kill_kernel
from tests.voila_server import notebook, voila

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

WAIT = 60_000
Open = Callable[..., "Page"]
STRENGTH, STEP, WORDS = "One strength I see", "One next step", "Words for Maya"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve the rooms once; give their address and the folder their files lie in."""
    folder = tmp_path_factory.mktemp("rooms")
    path = folder / "teacher.ipynb"
    cell = "from tests.rooms_kernel import open_rooms\nopen_rooms()"
    path.write_text(notebook(("py", cell), page="teacher"), "utf-8")
    with voila(path, env={"ROOMS_FOLDER": str(folder)}) as address:
        yield address, folder


@pytest.fixture
def rooms(
    served: tuple[str, Path],
    context: BrowserContext,
    watch: Callable[..., Any],
    request: pytest.FixtureRequest,
) -> Iterator[Open]:
    """Return ``rooms("child/maya")``: this test's own desk, open at a place; nothing may leave the machine."""
    name = re.sub(r"\W+", "-", request.node.name)[:60].strip("-")
    watched = [watch(context)]

    def go(place: str = "", within: BrowserContext | None = None, **asked: str) -> Page:
        if within is not None:
            watched.append(watch(within))
        page = (within or context).new_page()
        query = "&".join(f"{key}={value}" for key, value in {"desk": name, **asked}.items())
        page.goto(f"{served[0]}?{query}{f'#{place}' if place else ''}", wait_until="commit")
        at(page, place or "class")
        return page

    yield go
    for one in watched:
        one.check()


def at(page: Page, place: str) -> None:
    """Wait until the screen of a place stands."""
    page.locator("html[data-ready=true]").wait_for(state="attached", timeout=WAIT)
    page.locator(f'main[data-place="{place}"]:not([aria-busy])').wait_for(timeout=WAIT)


def told(page: Page) -> Locator:
    """Return what was said last."""
    return page.locator(".told")


def state(served: tuple[str, Path], page: Page) -> dict[str, Any]:
    """Return what the rooms have on disk."""
    name = re.search(r"desk=([^&#]*)", page.url)
    path = served[1] / f"{name[1] if name else ''}.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {"names": [], "kept": {}, "done": []}


def focused(page: Page) -> str:
    """Return what has the focus: its element, and its words or its name."""
    return str(
        page.evaluate(
            "(one => `${one.tagName} ${one.getAttribute('name') || one.textContent.trim()}`)(document.activeElement)"
        )
    )


def said(page: Page, label: str) -> Locator:
    """Return a field by its label."""
    return page.get_by_label(label, exact=True)


def kept(page: Page) -> Locator:
    """Return the line of the form that keeps itself."""
    return page.locator("[data-kept]")


# ------------------------------------------------------------------------------------------------ ways


def test_links_addresses_and_the_browsers_back_all_lead_to_places(rooms: Open) -> None:
    """A link, the address, Back and Forward show the same screens; the heading has the focus and names the page."""
    page = rooms()
    assert page.title() == "The class · Class 4B"
    page.get_by_role("link", name="Maya").click()
    at(page, "child/maya")
    assert page.url.endswith("#child/maya")
    assert (focused(page), page.title()) == ("H1 Maya", "Maya · Class 4B")
    expect(page.get_by_role("navigation").get_by_role("link", name="The class")).to_have_attribute(
        "aria-current", "true"
    )
    page.go_back()
    at(page, "class")
    page.go_forward()
    at(page, "child/maya")
    page.locator(".tback a").click()
    at(page, "class")
    assert rooms("child/amal").locator("h1").inner_text() == "Amal"


@pytest.mark.drill
def test_a_child_who_has_left_is_a_sentence_with_a_way_back(rooms: Open) -> None:
    """An address from yesterday says what is not there, and the class is one link away."""
    page = rooms()
    page.get_by_role("link", name="A child who has left").click()
    expect(page.get_by_role("alert").filter(has_text="not in the class any more")).to_be_visible()
    page.locator(".tback a").click()
    at(page, "class")
    expect(told(page)).to_be_hidden()


@pytest.mark.drill
def test_a_link_on_the_same_screen_stays_there(rooms: Open) -> None:
    """A link to a heading below scrolls to it; nobody is asked for a place of that name."""
    page = rooms()
    page.get_by_role("link", name="What stands below").click()
    assert focused(page) == "H2 A list"
    assert "#" not in page.url


@pytest.mark.drill
def test_going_back_finds_the_place_where_one_stood(rooms: Open) -> None:
    """The list is scrolled as it was; a new place begins at its top."""
    page = rooms()
    page.set_viewport_size({"width": 900, "height": 400})
    page.evaluate("window.scrollTo(0, 180)")
    page.get_by_role("link", name="Maya").click()
    at(page, "child/maya")
    assert page.evaluate("scrollY") == 0
    page.go_back()
    at(page, "class")
    page.wait_for_function("scrollY === 180")


# ------------------------------------------------------------------------------------------------ forms


def test_a_form_acts_once_and_says_what_it_did(rooms: Open, served: tuple[str, Path]) -> None:
    """The list shows the new child, the sentence is read out, the form is empty, the focus where it was."""
    page = rooms()
    said(page, "Name").fill("Noa")
    said(page, "A few words").fill("New here")
    said(page, "Name").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Noa is in the class now.")).to_be_visible()
    expect(page.get_by_role("link", name="Noa")).to_be_visible()
    expect(said(page, "Name")).to_have_value("")
    expect(said(page, "A few words")).to_have_value("")
    assert focused(page) == "INPUT name"
    done = state(served, page)["done"]
    assert done == [["add", {"name": ["Noa"], "why": ["New here"]}]]


@pytest.mark.drill
def test_two_presses_do_it_once(rooms: Open, served: tuple[str, Path]) -> None:
    """Whoever presses twice because nothing seems to happen has done it once."""
    page = rooms()
    said(page, "Name").fill("Noa")
    page.get_by_role("button", name="Add").evaluate("one => { one.click(); one.click(); }")
    expect(page.get_by_role("link", name="Noa")).to_be_visible()
    said(page, "Name").fill("Sami")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("link", name="Sami")).to_be_visible()
    assert state(served, page)["names"] == ["amal", "maya", "noa", "sami"]


@pytest.mark.drill
def test_what_is_wrong_stands_at_its_field(rooms: Open, served: tuple[str, Path]) -> None:
    """The sentence is tied to the field, which has the focus; nothing somebody wrote is gone."""
    page = rooms()
    said(page, "A few words").fill("No name yet")
    page.get_by_role("button", name="Add").click()
    name = said(page, "Name")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_accessible_description("As it is called. Nobody has a name without letters.")
    expect(said(page, "A few words")).to_have_value("No name yet")
    name.fill("Noa")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".wrong")).to_have_count(0)
    assert state(served, page)["names"][-1] == "noa"


@pytest.mark.drill
def test_a_screen_shown_anew_keeps_what_was_begun_elsewhere_on_it(rooms: Open) -> None:
    """One form acts; words, a file and an open fold of the others stay."""
    page = rooms()
    said(page, "A few words").fill("Begun")
    said(page, "Your list").set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": b"a\nb\n"})
    page.get_by_role("button", name="Take long").evaluate("one => one.form.dataset.do = 'count-not'")
    page.get_by_role("button", name="Take long").click()
    expect(told(page)).to_contain_text("It is done.")
    expect(said(page, "A few words")).to_have_value("Begun")
    page.get_by_role("button", name="Count the lines").click()
    expect(told(page)).to_contain_text("x.csv: 2 lines.")


@pytest.mark.drill
def test_a_thing_that_cannot_be_taken_back_takes_two_steps(rooms: Open, served: tuple[str, Path]) -> None:
    """Its button is folded away; afterwards one stands elsewhere, and Back says that the page is gone."""
    page = rooms("child/maya")
    out = page.get_by_role("button", name="Take out")
    expect(out).to_be_hidden()
    page.get_by_text("Take maya out of the class").click()
    out.click()
    at(page, "class")
    expect(told(page)).to_contain_text("Taken out.")
    assert page.url.endswith("#class")
    assert state(served, page)["names"] == ["amal"]
    page.go_back()
    expect(page.get_by_role("alert").filter(has_text="not in the class any more")).to_be_visible()


@pytest.mark.drill
def test_files_come_to_the_teachers_computer(rooms: Open) -> None:
    """A download has its name and its bytes, and the screen says so."""
    page = rooms("child/maya")
    said(page, WORDS).fill("Ein Gruß")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Bring it out").click()
    assert caught.value.suggested_filename == "words.txt"
    assert Path(caught.value.path()).read_text("utf-8") == "Ein Gruß"
    expect(told(page)).to_contain_text("The file is on your computer.")


@pytest.mark.drill
def test_a_file_that_is_too_large_is_refused_before_it_is_sent(rooms: Open, tmp_path: Path) -> None:
    """5 MB is the most; the sentence names the file, at its field."""
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * 5_000_001)
    page = rooms()
    said(page, "Your list").set_input_files(large)
    page.get_by_role("button", name="Count the lines").click()
    expect(page.locator(".wrong")).to_have_text(
        "“large.csv” is too large. 5 MB is the most. Choose a smaller file."
    )


@pytest.mark.drill
def test_a_thing_that_takes_long_is_no_trouble(rooms: Open, served: tuple[str, Path]) -> None:
    """Nine seconds of work: a moment is asked for, and nobody speaks of a lost class."""
    page = rooms()
    page.get_by_role("button", name="Take long").click()
    expect(page.locator(".save")).to_contain_text("One moment")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # it asks whether the kernel lives
    page.wait_for_timeout(7500)
    assert not page.locator(".away").is_visible()
    expect(told(page)).to_contain_text("It is done.", timeout=15_000)
    assert [what for what, _ in state(served, page)["done"]] == ["slow"]


@pytest.mark.drill
def test_a_kernel_at_work_is_waited_for_and_not_asked_again(rooms: Open, served: tuple[str, Path]) -> None:
    """Work that takes longer than we wait for an answer (30 s, here one): a moment is asked for until it is done."""
    page = rooms()
    page.evaluate(
        "const real = window.setTimeout; window.setTimeout = (f, ms, ...more) => real(f, ms === 30000 ? 1000 : ms, ...more)"
    )
    page.get_by_role("button", name="Take long").click()
    page.wait_for_timeout(8500)  # unanswered, a question whether the kernel lives would be given up after 6 s
    expect(page.locator(".save")).to_contain_text("One moment")
    assert not page.locator(".away").is_visible()
    expect(told(page)).to_contain_text("It is done.", timeout=15_000)
    assert [what for what, _ in state(served, page)["done"]] == ["slow"]


@pytest.mark.drill
def test_trouble_nobody_foresaw_leaves_the_screen_as_it_is(rooms: Open) -> None:
    """The page says one sentence, and works on."""
    page = rooms()
    page.get_by_role("button", name="Break").click()
    expect(page.get_by_role("alert").filter(has_text="Something here did not work")).to_be_visible()
    page.get_by_role("link", name="Amal").click()
    at(page, "child/amal")


# ------------------------------------------------------------------------------- forms that keep themselves


def test_words_are_kept_while_one_writes(rooms: Open, served: tuple[str, Path]) -> None:
    """A pause saves; "saved" is said when it is on disk; a part of the screen answers; Enter loads nothing."""
    page = rooms("child/maya")
    said(page, STRENGTH).press_sequentially("She asks.", delay=20)
    expect(kept(page)).to_contain_text("Saved at")
    assert state(served, page)["kept"]["maya"]["strength"] == "She asks."
    expect(page.locator("#count")).to_have_text("9 letters.")
    said(page, STEP).fill("One more")
    said(page, STEP).press("Enter")
    said(page, "We have spoken").check()
    said(page, "The long one").check()
    expect(kept(page)).to_contain_text("Saved at")
    page.wait_for_function("!document.querySelector('.save[data-state=waiting]')")
    one = state(served, page)["kept"]["maya"]
    assert (one["step"], one["spoken"], one["form"]) == ("One more", "1", "long")
    expect(said(page, STRENGTH)).to_have_value("She asks.")
    assert drafts_in(page) == []


def test_words_of_the_last_moment_are_sent_before_one_goes(rooms: Open, served: tuple[str, Path]) -> None:
    """Typing and the browser's Back at once: the words are on disk before the next screen is there."""
    page = rooms("child/maya")
    said(page, STRENGTH).focus()
    page.evaluate(
        "() => { const one = document.activeElement; one.value = 'Just now';"
        " one.dispatchEvent(new Event('input', { bubbles: true })); location.hash = 'class'; }"
    )
    at(page, "class")
    assert state(served, page)["kept"]["maya"]["strength"] == "Just now"


def test_a_dead_kernel_and_a_closed_page_lose_nothing(rooms: Open, served: tuple[str, Path]) -> None:
    """Words typed while nobody answers are said to be unsaved, come back after a reload, and are saved then."""
    page = rooms("child/maya")
    said(page, STRENGTH).fill("Kept before")
    expect(kept(page)).to_contain_text("Saved at")
    kill_kernel(page)
    said(page, STRENGTH).fill("Typed into the void")
    said(page, WORDS).fill("Begun and not sent")
    expect(kept(page)).to_contain_text("Not saved yet. Keep this page open.", timeout=15_000)
    expect(page.locator(".save")).to_contain_text("Not saved yet")
    page.wait_for_timeout(500)
    page.reload()
    at(page, "child/maya")
    expect(said(page, STRENGTH)).to_have_value("Typed into the void", timeout=WAIT)
    expect(said(page, WORDS)).to_have_value("Begun and not sent")
    expect(page.get_by_text("You began to write this and have not sent it.")).to_be_visible()
    expect(kept(page)).to_contain_text("Saved at", timeout=WAIT)
    assert state(served, page)["kept"]["maya"]["strength"] == "Typed into the void"
    page.get_by_role("button", name="Take it away").click()
    expect(said(page, WORDS)).to_have_value("")
    page.wait_for_function("!document.querySelector('.save[data-state=waiting]')")
    assert drafts_in(page) == []


@pytest.mark.drill
def test_words_that_wait_elsewhere_are_named(rooms: Open) -> None:
    """After a reload at another place, the desk says where words of one's own are not saved yet."""
    page = rooms("child/maya")
    said(page, WORDS).fill("Begun and not sent")
    page.wait_for_timeout(300)
    page.evaluate("history.replaceState(null, '', '#class')")
    page.reload()
    at(page, "class")
    page.get_by_role("main").get_by_text("Words of yours are not saved yet").wait_for()
    page.locator(".note").get_by_role("link", name="Maya").click()
    at(page, "child/maya")
    expect(said(page, WORDS)).to_have_value("Begun and not sent")


@pytest.mark.drill
def test_a_step_that_cannot_be_kept_is_said_and_stays(rooms: Open) -> None:
    """The field says why; the words stand there until they can be kept."""
    page = rooms("child/maya")
    said(page, STEP).fill("refuse this")
    expect(page.locator(".wrong")).to_have_text("This step cannot be kept.")
    expect(page.locator(".save")).to_contain_text("One text is not saved yet")
    said(page, STEP).fill("keep this")
    expect(page.locator(".wrong")).to_have_count(0)
    expect(kept(page)).to_contain_text("Saved at")


@pytest.mark.parametrize("mine", [True, False])
def test_two_windows_at_one_form_see_both_texts(rooms: Open, served: tuple[str, Path], mine: bool) -> None:
    """Nothing is overwritten silently: both texts are shown, one chooses, and the other window finds the choice."""
    one, two = rooms("child/maya"), rooms("child/maya")
    said(one, STRENGTH).fill("From the first")
    expect(kept(one)).to_contain_text("Saved at")
    said(two, STRENGTH).fill("From the second")
    both = two.get_by_role("group", name="Somebody else wrote here too.")
    expect(both).to_contain_text("From the first")
    assert state(served, two)["kept"]["maya"]["strength"] == "From the first"
    both.get_by_role("button", name="Keep mine" if mine else "Take theirs").click()
    expect(both).to_have_count(0)
    wanted = "From the second" if mine else "From the first"
    expect(said(two, STRENGTH)).to_have_value(wanted)
    expect(kept(two)).to_contain_text(re.compile("Saved|saves itself"))
    assert state(served, two)["kept"]["maya"]["strength"] == wanted
    said(two, STEP).fill("And on")
    expect(kept(two)).to_contain_text("Saved at")
    assert state(served, two)["kept"]["maya"]["step"] == "And on"


@pytest.mark.drill
def test_im_done_asks_once_about_words_that_were_not_sent(rooms: Open) -> None:
    """What was begun would be gone from this computer: one sentence first, then the way out is open."""
    page = rooms("child/maya", out="/done")
    page.route("**/done", lambda route: route.fulfill(content_type="text/html", body="See you"))
    said(page, WORDS).fill("Begun")
    page.get_by_role("button", name="I’m done").click()
    expect(told(page)).to_contain_text("You began to write something and have not sent it.")
    assert page.url.endswith("#child/maya")
    with page.expect_navigation(url="**/done"):
        page.get_by_role("button", name="I’m done").click()


IN_LAB = """async ({ script, words, screens }) => {
  const { show } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const heard = { kit: [], model: [] };
  const sent = (window.sent = []);
  const kit = { get: (name) => ({ words, look: screens[0].look, alias: "", css: "", drawings: {} })[name],
    on: (_, f) => heard.kit.push(f), send: ({ type }) => type === "styles" && setTimeout(() => heard.kit.forEach((f) => f({ css: ".tdesk{color:rgb(1,2,3)}" }))) };
  const answer = (message) => heard.model.forEach((f) => f(message, []));
  const model = { get: (name) => ({ first: screens[0], leave: "", links: [], who: [], asks: false, mark: "m", drawings: {} })[name], on: (_, f) => heard.model.push(f),
    send(message) {
      sent.push(message);
      if (message.type === "go") setTimeout(() => answer({ ...screens.find((one) => one.place === message.to), rev: message.rev }));
    } };
  window.leaked = 0;
  document.addEventListener("keydown", () => (window.leaked += 1));
  await show("rooms", { model, el: document.body.appendChild(document.createElement("div")), kit });
}"""


@pytest.mark.drill
def test_in_jupyterlab_the_desk_keeps_to_itself(page: Page) -> None:
    """Elsewhere than on our own page: the address and the title stay, no key leaks, the styles come from the kernel."""
    page.route(
        "http://localhost/**",
        lambda route: route.fulfill(content_type="text/html", body="<!doctype html><title>Lab</title><body>"),
    )
    page.goto("http://localhost/lab")
    look = {"lang": "en", "dir": "ltr", "band": "68", "cloth": "sea"}
    frame = {"type": "screen", "way": "class", "ways": [["class", "The class", "book"]], "names": ["4B", "R"]}
    more: dict[str, Any] = {
        "look": look,
        "drawings": {},
        "back": None,
        "say": "",
        "trouble": "",
        "focus": "",
        "downloads": [],
    }
    screens = [
        {**frame, **more, "place": "class", "title": "The class", "html": '<a href="#child/maya">Maya</a>'},
        {
            **frame,
            **more,
            "place": "child/maya",
            "title": "Maya",
            "html": "<form data-do='x'><input name='a'></form>",
        },
    ]
    page.evaluate(IN_LAB, {"script": source.rooms(), "words": room_phrases.words(), "screens": screens})
    page.get_by_role("link", name="Maya").click()
    page.get_by_role("heading", name="Maya").wait_for()
    page.locator("input").press("x")
    assert (page.url, page.title(), page.evaluate("leaked")) == ("http://localhost/lab", "Lab", 0)
    assert page.locator(".tdesk").evaluate("one => getComputedStyle(one).color") == "rgb(1, 2, 3)"


# ------------------------------------------------------------------------------------------ trying out


@pytest.mark.drill
def test_a_childs_page_is_tried_out_and_keeps_nothing(rooms: Open, served: tuple[str, Path]) -> None:
    """The child's own controls stand there; what is typed is never said to be unsaved, and asks the kernel nothing."""
    page = rooms("try")
    box = page.locator("[data-sheet] textarea").first
    box.wait_for(timeout=WAIT)
    page.evaluate(
        "() => { window.spoken = 0; new MutationObserver(() => (window.spoken += 1)).observe("
        "document.querySelector('.save'), { attributes: true, childList: true, subtree: true }); }"
    )
    box.fill("Only to see")
    page.wait_for_timeout(7000)
    assert page.evaluate("spoken") == 0
    expect(page.locator(".save")).to_have_attribute("data-state", "saved")
    page.locator("[data-sheet] [data-act=remove]").first.click()
    page.get_by_role("button", name="Yes, take it away").click()
    expect(page.get_by_text("This is only for trying out.").first).to_be_visible()
    assert state(served, page)["done"] == []
    assert drafts_in(page) == []


# ------------------------------------------------------------------------------------------ hands and eyes


def test_the_keyboard_alone_is_enough(rooms: Open, served: tuple[str, Path]) -> None:
    """Skip link, ways, a child, a note, back: with Tab, Enter and letters only."""
    page = rooms()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page).startswith("MAIN")
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused(page) == "A Maya":
            break
    page.keyboard.press("Enter")
    at(page, "child/maya")
    page.keyboard.press("Tab")
    page.keyboard.type("By keys")
    expect(kept(page)).to_contain_text("Saved at")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "A The class"
    page.keyboard.press("Enter")
    at(page, "class")
    assert state(served, page)["kept"]["maya"]["strength"] == "By keys"


LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 800}},
    "rtl": {"lang": "ar"},
}


@pytest.mark.parametrize(
    "way", [way if way == "light" else pytest.param(way, marks=pytest.mark.drill) for way in LOOKS]
)
def test_every_screen_is_accessible(
    rooms: Open, browser: Browser, axe: Callable[..., list[Any]], way: str
) -> None:
    """No violation of WCAG 2.2 AA or good practice; nothing wider than the window; targets of 44 pixels."""
    given = dict(LOOKS[way])
    lang = given.pop("lang", "en")
    context = browser.new_context(locale="en-US", timezone_id="UTC", **given)
    page = rooms("child/maya", within=context, lang=lang)
    page.get_by_text("Take maya out of the class").click()
    page.get_by_role("button", name="Send").click()
    expect(told(page)).to_contain_text("It is done.")
    assert axe(page) == []
    small = page.evaluate(
        """() => [...document.querySelectorAll('.pf a, .pf button, .pf summary, .pf input, .pf select')]
          .filter((one) => one.checkVisibility() && !one.closest('p:not(.row,.tback)') && !one.matches('[type=checkbox], [type=radio]'))
          .map((one) => [one.textContent, Math.round(one.getBoundingClientRect().height)]).filter(([, high]) => high < 44)"""
    )
    assert small == []
    page.evaluate("location.hash = 'class'")
    at(page, "class")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_seeded_violation_is_found(rooms: Open, axe: Callable[..., list[Any]]) -> None:
    """The look above is no blind one: a field without a label and pale words are told."""
    page = rooms("child/maya")
    page.evaluate(
        "document.querySelector('.tbody').insertAdjacentHTML('beforeend', '<input><p style=\"color:#bbb\">pale words on paper</p>')"
    )
    assert {"label", "color-contrast"} <= {found.rule for found in axe(page)}


@pytest.mark.drill
def test_paper_shows_the_screen_without_its_frame(rooms: Open) -> None:
    """Printed, the ways and the line about saving stay away; what is only for paper is there."""
    page = rooms()
    page.evaluate("window.print = () => (window.printed = true)")
    page.get_by_role("button", name="Print this list").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.get_by_text("On paper")).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
