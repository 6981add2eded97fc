# long: what is asked of one list, on one served class
"""School words at the desk in a real browser: shown calmly, answered by keys alone, and no typed word is ever lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portfolio.moments.school_words import WordChoices
from tests.browser.desk_states import WAIT
from tests.browser.served import Served, sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from portfolio.store.port import ClassStore

TEXT = "Dear family, 😀 I have an IEP and we made a rubric. "
PLAIN = TEXT.replace("an IEP", "a learning help plan")

MISPLACED = """() => [...document.querySelectorAll(".part:not([hidden]) .mirror")].flatMap((mirror) => {
  const box = mirror.querySelector("textarea"), ghost = mirror.querySelector(".ghost");
  const [a, b] = [box.getBoundingClientRect(), ghost.getBoundingClientRect()];
  const [s, g] = [getComputedStyle(box), getComputedStyle(ghost)];
  const same = ["fontFamily", "fontSize", "lineHeight", "letterSpacing", "wordSpacing", "paddingLeft", "paddingTop", "paddingRight",
    "borderLeftWidth", "borderTopWidth", "direction", "textAlign"].filter((name) => s[name] !== g[name]);
  const off = ["left", "top", "right", "bottom"].filter((side) => Math.abs(a[side] - b[side]) > 0.5);
  const text = ghost.textContent.replace("\\u200b", "") === box.value ? [] : ["text"];
  const high = Math.abs(box.scrollHeight - ghost.scrollHeight) > 2 ? [`height ${box.scrollHeight} ${ghost.scrollHeight}`] : [];
  return [...same, ...off, ...text, ...high];
})"""
"""Where the layer under a box is not just like the box: font, space, edges, text, height of the wrapped lines."""


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, served with personal links."""
    with serving(sample("class-4b", tmp_path_factory.mktemp("words") / "class-4b"), links=True) as served:
        yield served


def open_letter(page: Page, served: Served, child: str = "Mateo") -> Locator:
    """Open a child's letter and return the box for its words."""
    page.goto(served.links[child], wait_until="commit")
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=WAIT)
    page.evaluate("location.hash = 'letter'")
    box = page.locator(".part:visible [data-field=words] textarea").first
    box.wait_for(timeout=WAIT)
    return box


def begin(page: Page, served: Served, text: str = TEXT) -> Locator:
    """Open the letter with nothing chosen, write a text by keys and wait for the list of its school words."""
    nothing_chosen(served)
    box = open_letter(page, served)
    box.fill("")
    saved(page)
    box.focus()
    page.keyboard.type(text)
    expect(words(page)).to_be_visible(timeout=WAIT)
    saved(page)
    return box


def words(page: Page) -> Locator:
    """Return the list of school words on the open page."""
    return page.get_by_role("group", name="School words").locator("visible=true")


def marked(page: Page) -> list[str]:
    """Return the words that are underlined on the open page."""
    return page.locator(".part:visible .mark").all_text_contents()


def saved(page: Page) -> None:
    """Wait until all is said to be saved, and no save follows."""
    page.wait_for_timeout(700)
    page.locator(".save[data-state=saved]").wait_for(timeout=WAIT)


def letter(served: Served, child: str = "Mateo") -> Any:
    """Return the child's letter as it is in the store now."""
    store = served.folder.store()
    try:
        book = store.portfolio(portfolio_of(store, child))
    finally:
        store.close()
    return next(answer for answer in book.answers if answer.section == "letter")


def nothing_chosen(served: Served) -> None:
    """Forget what an earlier test chose for the words of Mateo's letter."""
    store = served.folder.store()
    try:
        portfolio_id = portfolio_of(store, "Mateo")
        choices = WordChoices(store, portfolio_id, "student")
        for entry in store.portfolio(portfolio_id).answers:
            for word in entry.school_words:
                choices.choose(entry.entry_id, word.term, "", 0, datetime.now(UTC))
    finally:
        store.close()


def portfolio_of(store: ClassStore, child: str) -> str:
    """Return the id of a child's newest portfolio."""
    student = next(s for s in store.students() if s.name.startswith(child))
    return store.all_rounds()[student.student_id][-1].portfolio_id


def by_keys(page: Page, name: str) -> None:
    """Go on with Tab until a button with this name has the focus, and press Enter."""
    for _ in range(30):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")
        if here == name:
            return page.keyboard.press("Enter")
    raise AssertionError(f"Tab does not lead to “{name}”")


def focused(page: Page) -> str:
    """Return the name of what has the focus."""
    return str(
        page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.tagName")
    )


def test_words_are_shown_after_a_pause_and_the_box_stays_where_it_is(class_4b: Served, page: Page) -> None:
    """Two words get a dotted line and a line each in the list, told politely; the box has not moved nor lost the focus."""
    box = open_letter(page, class_4b)
    box.fill("")
    saved(page)
    before = box.bounding_box()
    box.focus()
    page.keyboard.type(TEXT)
    expect(words(page)).to_be_visible(timeout=WAIT)
    after = box.bounding_box()
    assert before is not None and after is not None
    assert (before["x"], before["y"], before["width"]) == (after["x"], after["y"], after["width"])
    assert focused(page) == "TEXTAREA"
    assert marked(page) == ["IEP", "rubric"]
    assert page.evaluate(MISPLACED) == []
    expect(words(page)).to_contain_text("IEP: My plan that says what help I get so I can learn.")
    expect(words(page).get_by_role("button")).to_have_count(6)
    status = page.locator(".part:visible .vh[role=status]")
    expect(status).to_have_text("School words: 2. You can leave them as they are.")
    assert page.locator(".part:visible .field-say:visible").count() == 0


def test_while_a_child_types_on_no_other_letters_are_underlined(class_4b: Served, page: Page) -> None:
    """Before each answer of the kernel the line moves along with its word, or goes with it."""
    box = begin(page, class_4b)
    page.keyboard.press("Control+Home")
    for key in "So, ":
        page.keyboard.press(key)
        assert marked(page) == ["IEP", "rubric"]
        assert page.evaluate(MISPLACED) == []
    box.evaluate("box => { const at = box.value.indexOf('IEP') + 3; box.setSelectionRange(at, at) }")
    page.keyboard.press("x")
    assert marked(page) == ["rubric"]
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    assert marked(page) == ["rubric"]
    page.keyboard.press("P")
    expect(page.locator(".part:visible .mark")).to_have_text(["IEP", "rubric"], timeout=WAIT)
    assert page.evaluate(MISPLACED) == []


def test_a_word_is_said_plainly_by_keys_and_taken_back(class_4b: Served, page: Page) -> None:
    """Exactly the word changes, with its article; “Undo” has the focus, and so has Ctrl+Z the words back."""
    box = begin(page, class_4b)
    by_keys(page, "Say it plainly: a learning help plan: IEP")
    expect(box).to_have_value(PLAIN)
    assert focused(page) == "Undo: an IEP"
    expect(words(page)).to_contain_text("“an IEP” is now “a learning help plan”.")
    saved(page)
    assert letter(class_4b).words.text == PLAIN
    page.keyboard.press("Enter")
    expect(box).to_have_value(TEXT)
    saved(page)
    assert letter(class_4b).words.text == TEXT
    assert marked(page) == ["IEP", "rubric"]
    by_keys(page, "Say it plainly: a learning help plan: IEP")
    expect(box).to_have_value(PLAIN)
    page.keyboard.press("Control+z")
    expect(box).to_have_value(TEXT)
    expect(page.locator(".part:visible .mark")).to_have_text(["IEP", "rubric"], timeout=WAIT)


def test_a_word_is_kept_by_keys_and_a_reload_remembers(class_4b: Served, page: Page) -> None:
    """Explained or fine: both are kept in the store, can be changed back, and stand there after a reload."""
    box = begin(page, class_4b)
    by_keys(page, "Keep it and explain it: IEP")
    expect(words(page)).to_contain_text("“IEP” will be explained to your family.")
    expect(page.get_by_role("button", name="Undo: IEP")).to_be_focused()
    by_keys(page, "It is fine here: rubric")
    expect(page.get_by_role("button", name="Undo: rubric")).to_be_focused()
    expect(words(page)).to_contain_text("“rubric” is fine here.")
    assert marked(page) == []
    saved(page)
    assert (letter(class_4b).chose("iep"), letter(class_4b).chose("rubric")) == ("explain", "fine")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Say it plainly: scoring chart: rubric")).to_be_focused()
    assert letter(class_4b).chose("rubric") == ""
    by_keys(page, "It is fine here: rubric")
    expect(words(page)).to_contain_text("“rubric” is fine here.")
    saved(page)
    box = open_letter(page, class_4b)
    expect(box).to_have_value(TEXT)
    expect(words(page).get_by_role("listitem")).to_have_text(
        ["“IEP” will be explained to your family.Undo"], timeout=WAIT
    )
    assert marked(page) == []
    page.get_by_role("button", name="Undo: IEP").click()
    expect(page.locator(".part:visible .mark")).to_have_text(["IEP"])
    page.get_by_role("button", name="Take back").locator("visible=true").click()
    expect(words(page)).to_contain_text("“IEP” will be explained to your family.")


def test_who_types_between_choices_loses_nothing(class_4b: Served, page: Page) -> None:
    """Words written before, while and after a choice is on its way all stand in the store; no “somebody else wrote”."""
    box = begin(page, class_4b)
    page.get_by_role("button", name="It is fine here: rubric").click()
    box.press("Control+End")
    page.keyboard.type("ONE ")
    page.get_by_role("button", name="Keep it and explain it: IEP").click()
    box.press("Control+End")
    page.keyboard.type("TWO ")
    saved(page)
    assert letter(class_4b).words.text.strip() == (TEXT + "ONE TWO").strip()
    assert (letter(class_4b).chose("iep"), letter(class_4b).chose("rubric")) == ("explain", "fine")
    assert not page.get_by_text("Somebody else wrote here too").locator("visible=true").count()


def test_another_window_hears_of_a_choice_and_loses_nothing(class_4b: Served, page: Page) -> None:
    """A choice in one window and words in another both stand; the first window shows the words when one comes back."""
    begin(page, class_4b)
    other = page.context.new_page()
    there = open_letter(other, class_4b)
    page.get_by_role("button", name="Keep it and explain it: IEP").click()
    expect(words(page)).to_contain_text("will be explained")
    there.press("Control+End")
    other.keyboard.type("THERE")
    saved(other)
    expect(words(other)).to_contain_text("“IEP” will be explained to your family.", timeout=WAIT)
    assert letter(class_4b).words.text == TEXT + "THERE"
    assert letter(class_4b).chose("iep") == "explain"
    other.close()


def test_long_words_wrap_under_their_line_as_in_the_box(class_4b: Served, page: Page) -> None:
    """Many lines, long words, other scripts, a narrow window, large letters: the layer lies just under the box."""
    text = (
        f"{TEXT}\n\nمرحبا بكم في IEP.\n{'Donaudampfschiff' * 9} an exit ticket\n\t{'la ' * 90}the rubric.\n"
    )
    box = begin(page, class_4b, "My IEP.")
    box.fill(text)
    saved(page)
    for size in (
        {"width": 320, "height": 640},
        {"width": 768, "height": 800},
        {"width": 1280, "height": 800},
    ):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict will do
        assert page.evaluate(MISPLACED) == []
    box.evaluate(
        "box => { Object.assign(box.style, { fieldSizing: 'fixed', height: '120px' }); box.scrollTop = 90; }"
    )
    page.wait_for_timeout(200)
    scrolled = box.evaluate("box => [box.scrollTop, box.previousElementSibling.scrollTop]")
    assert scrolled[0] == scrolled[1] > 0


WAYS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 800}},
    "tablet": {"viewport": {"width": 768, "height": 1024}},
    "laptop": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 360, "height": 800}, "color_scheme": "dark"},
    "forced": {"viewport": {"width": 768, "height": 800}, "forced_colors": "active"},
    "large": {"viewport": {"width": 360, "height": 800}},
    "rtl": {"viewport": {"width": 768, "height": 1024}},
}
LARGE = {"letters": "plain", "size": "larger", "spacing": "wide", "contrast": "high"}
DRESS = """([reading, rtl]) => {
  for (const node of [document.documentElement, ...document.querySelectorAll(".pf")]) {
    Object.assign(node.dataset, reading);
    if (rtl) node.dir = "rtl";
  }
}"""


OFTEN = ("phone",)
"""What is asked every time; the drills ask in all ways."""


@pytest.mark.parametrize(
    "way", [way if way in OFTEN else pytest.param(way, marks=pytest.mark.drill) for way in WAYS]
)
def test_an_open_list_breaks_no_rule_of_axe(
    way: str,
    class_4b: Served,
    browser: Browser,
    watch: Callable[..., Any],
    axe: Callable[..., list[Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """On every screen and in every way to read, axe finds nothing, nothing is cut off, the layer lies under the box."""
    context = browser.new_context(locale="en-US", timezone_id="UTC", service_workers="block", **WAYS[way])
    watching = watch(context)
    page = context.new_page()
    begin(page, class_4b)
    page.get_by_role("button", name="Keep it and explain it: IEP").click()
    expect(words(page)).to_contain_text("will be explained")
    page.locator(".part:visible [data-field=words] textarea").first.press("Control+End")
    page.keyboard.type("We have an exit ticket and I practice text evidence.")
    expect(page.locator(".part:visible .mark")).to_have_text(
        ["rubric", "exit ticket", "text evidence"], timeout=WAIT
    )
    saved(page)
    page.evaluate(DRESS, [LARGE if way == "large" else {}, way == "rtl"])
    page.wait_for_timeout(300)
    page.screenshot(path=tmp_path_factory.getbasetemp() / f"school-words-{way}.png", full_page=True)
    assert page.evaluate(MISPLACED) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = (
        words(page).get_by_role("button").evaluate_all("all => all.filter((b) => b.offsetHeight < 44).length")
    )
    assert small == 0
    if way != "forced":  # colours the computer forces are none of ours: axe measures what it cannot see
        assert axe(page) == []
    watching.check()
    context.close()


def test_the_youngest_see_nothing(tmp_path_factory: pytest.TempPathFactory, page: Page) -> None:
    """In grades K to 2 no line, no list and no layer appears, whatever is written."""
    folder = sample("ladybirds", tmp_path_factory.mktemp("young") / "ladybirds")
    with serving(folder, links=True) as served:
        page.goto(next(iter(served.links.values())), wait_until="commit")
        page.wait_for_selector("html[data-ready=true]", state="attached", timeout=WAIT)
        page.evaluate("location.hash = 'goals'")
        box = page.locator(".part:visible textarea").first
        box.wait_for(timeout=WAIT)
        box.fill("My IEP has a rubric and text evidence.")
        saved(page)
        page.wait_for_timeout(1_000)
        assert page.locator(".ghost, .mark").count() == 0
        assert page.get_by_text(re.compile("School words")).count() == 0
        store = served.folder.store()
        book = store.portfolio(portfolio_of(store, next(iter(served.links))))
        store.close()
    assert "My IEP has a rubric" in book.model_dump_json()  # it was written and kept
