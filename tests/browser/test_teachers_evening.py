# long: one evening, from its beginning to its end
"""A teacher's first evening: from a folder that is not there to a class with cards; then a book is read and answered.

One real program, one real browser, nothing leaves the machine. Most of it by keys alone. At the end every word a
child wrote is in the store as it was, with the teacher's words beside it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from playwright.sync_api import expect

from benchmarks.invented import invented
from portfolio.model import Comment, TeacherNote
from portfolio.store.class_folder import ClassFolder, open_class
from tests.browser.served import serving
from tests.browser.teacher_hands import WAIT, Hands
from tests.rosters import CASES

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from portfolio.model import AnyEntry

CHILD = "Zoë Müller"
ASK, AGAIN = (
    "What do you want them to know about your week?",
    "What was good in your week, and what was hard?",
)
OWN_PAGE, OWN_ASK = "Weather in me", "Which weather are you today, and why?"
BY_HAND = {"letter": "LETTER-1 I ride to school on the green tram.", "own": "OWN-2 Fog with a bit of sun."}
COMMENT, GOOD, TRY = "I can hear the tram.", "You tell what the tram sounds like.", "Add where it was hard."
NOTE = {
    "One strength I see": "Zoë asks until she knows.",
    "One honest next step": "On Mondays, read one page aloud.",
}


def broken_list() -> bytes:
    """Return a list as a school's program makes it, in an old encoding; one heading says nothing, one is wrong."""
    text = (CASES / "school-program.csv").read_text("utf-8")
    text = text.replace("Parent/Guardian 1", "Zzz").replace("Student (Last, First)", "Kid")
    return text.encode("cp1252")


def children_there() -> list[str]:
    """Return whom the list names, in its order."""
    lines = (CASES / "expected.txt").read_text("utf-8").splitlines()
    return [line.split(" | ")[0] for line in lines if line.strip() and not line.startswith("#")][:30]


def test_the_first_evening(
    page: Page, browser: Browser, watch: Any, tmp_path: Path, offline_guard: list[str]
) -> None:
    """Class, list, template, cards, a child's book, a comment, a kind send-back, a note, the template once more."""
    path = tmp_path / "Class 4B"
    hands = Hands(page)
    with serving(ClassFolder(path), links=True, more=("--no-browser",), teacher=True) as served:
        hands.come_in(served.teacher)
        folder = open_class(path)
        set_up(hands)
        bring_the_list(hands, folder)
        own = change_the_template(hands)
        link = make_cards(hands, folder)
        write_as_the_child(browser, watch, link, own)
        half_fill(folder)
        before = whole_book(folder)
        read_and_answer(hands)
        write_the_note(hands)
        push_again(hands, own)
        store_tells_all(folder, before)
        child_finds_it(browser, watch, link)
    assert offline_guard == []


# --------------------------------------------------------------------------------------------- the class


def set_up(hands: Hands) -> None:
    """By keys alone: from the empty class to its name, its day and who the teacher is."""
    page = hands.page
    hands.at("setup")
    expect(page.get_by_text("Five steps, in any order you like.")).to_be_visible()
    expect(page.get_by_text("Nobody is in yet.")).to_be_visible()
    hands.tab_to("Take along", "a")  # the ways at the top, then the steps
    hands.press("The class", "a")
    hands.at("setup/class")
    hands.write("What the class is called", "Class 4B")
    hands.tab_to("First day")
    page.get_by_label("First day").fill("2026-12-01")  # as from the calendar that opens there
    hands.write("Your name, as children say it", "Ms. Rivera")
    page.keyboard.press("Tab")
    hands.saved(page.locator("form[data-keep=facts]"))
    hands.saved(page.locator("form[data-keep=teacher]"))


def bring_the_list(hands: Hands, folder: ClassFolder) -> None:
    """The list is looked at, a column put right, and only then taken in."""
    page = hands.page
    hands.go("setup/list")
    with page.expect_file_chooser() as chosen:
        hands.tab_to("The list, saved as CSV")
        page.keyboard.press("Enter")
    chosen.value.set_files({"name": "4b list.csv", "mimeType": "text/csv", "buffer": broken_list()})
    hands.press("Look at the file", "button")
    expect(page.locator("h1")).to_have_text("Look at the list", timeout=WAIT)
    for heading, what in (("Kid", "name"), ("Zzz", "guardian1")):
        row = page.locator("tr", has=page.locator("th", has_text=heading)).last
        row.locator("xpath=ancestor::details").evaluate_all(
            "all => all.forEach((one) => { one.open = true })"
        )
        row.locator("select").select_option(what)
    assert roster(folder) == []
    hands.press("Look again", "button")
    hands.told("This is what would happen now.")
    expect(page.get_by_role("heading", name="30 new children")).to_be_visible()
    assert roster(folder) == []
    hands.press("Take 30 children in", "button")
    hands.at("setup/children")
    expect(page.locator(".setup-roster > li")).to_have_count(30, timeout=WAIT)
    assert [name for name, _ in roster(folder)] == children_there()
    assert dict(roster(folder))[CHILD] == ("Anja Müller",)


def change_the_template(hands: Hands) -> str:
    """A question in other words, a page of one's own: seen, then pushed. Return the name of the own page."""
    page = hands.page
    hands.go("template/page/letter")
    hands.write("Question 1", ASK)
    hands.saved(page.locator("form[data-keep=question]").first)
    hands.go("template")
    hands.write("What the page is called", OWN_PAGE)
    hands.press("Make the page", "button")
    hands.told("The page is in the draft.")
    own = page.url.rpartition("/")[2]
    hands.write("Question 1", OWN_ASK)
    hands.saved(page.locator("form[data-keep=question]").first)
    push(hands, ASK, OWN_PAGE)
    return own


def push(hands: Hands, *told: str) -> None:
    """Look at what would change, and push it."""
    hands.go("template/push")
    for words in told:
        expect(hands.page.locator(".told-changes")).to_contain_text(words)
    hands.press("Give it to the books", "button")
    hands.told("The books ask it now.")
    hands.at("template")


def make_cards(hands: Hands, folder: ClassFolder) -> str:
    """Make the links; a card stands there for each child. Return what stands on one of them, as a child types it."""
    page = hands.page
    hands.go("cards")
    hands.press("Make links for them", "summary")
    hands.press("Make the links now", "button")
    hands.told("The links are made.")
    names = page.locator(".pcard-name").all_inner_texts()
    assert names == [name for name, _ in roster(folder)]
    cards = page.locator(".pcard")
    links = ["".join(one.split()) for one in cards.locator(".pcard-link").all_text_contents()]
    assert len(set(links)) == 30
    assert cards.locator("svg").count() >= 30
    return links[names.index(CHILD)]


# --------------------------------------------------------------------------------------------- the child


def write_as_the_child(browser: Browser, watch: Any, link: str, own: str) -> None:
    """With its card, at another device: the child finds the new questions and answers them."""
    context = browser.new_context(locale="en-US", timezone_id="UTC", service_workers="block")
    watching = watch(context)
    child = context.new_page()
    child.goto(link, wait_until="commit")
    child.wait_for_selector("html[data-ready=true]", state="attached", timeout=WAIT)
    for section, ask, words in (("letter", ASK, BY_HAND["letter"]), (own, OWN_ASK, BY_HAND["own"])):
        child.evaluate("section => { location.hash = section }", section)
        box = child.get_by_label(ask).locator("visible=true").first
        box.focus(timeout=WAIT)
        child.keyboard.type(words)
        child.locator(".save[data-state=saved]").wait_for(timeout=WAIT)
        child.wait_for_timeout(1500)
        child.locator(".save[data-state=saved]").wait_for(timeout=WAIT)
    watching.check()
    context.close()


def half_fill(folder: ClassFolder) -> None:
    """More of the book, as the child's desk keeps it; then the child says it is ready."""
    store = folder.store()
    try:
        told = next(invented(1, folder.template(), seed=7))
        there = {one.entry.entry_id for one in store.entries(book_id(folder))}
        mine = [one for one in told.portfolio.entries() if not isinstance(one, TeacherNote | Comment)]
        for one in mine[: len(mine) // 2]:
            if one.entry_id not in there:
                store.keep(
                    book_id(folder), cast("AnyEntry", one), expected=0, by="student", at=datetime.now(UTC)
                )
        meta, version = store.meta(book_id(folder))
        store.keep_meta(meta.but(status="ready"), expected=version)
    finally:
        store.close()


# --------------------------------------------------------------------------------------------- the answer


def read_and_answer(hands: Hands) -> None:
    """From the class to the book: read, say something about a page, give it back kindly."""
    page = hands.page
    hands.go("class")
    hands.press(CHILD, "a")
    page.locator("h1", has_text=f"{CHILD}’s book").wait_for(timeout=WAIT)
    place = page.url.rpartition("#")[2].split("/page/")[0]
    hands.go(f"{place}/book")
    for words in BY_HAND.values():
        expect(page.locator("main")).to_contain_text(words)
    hands.go(f"{place}/page/letter")
    hands.press("Say something about this page", "summary")
    hands.write("What you want to say to", COMMENT)
    hands.press("Give it to", "button")
    hands.told("sees your words at the desk.")
    hands.go(place)
    hands.press("Give the book back", "summary")
    hands.write("One thing that is good", GOOD)
    hands.write("One thing to try", TRY)
    hands.press("Give it back", "button")
    hands.told("The book is with Zoë")


def write_the_note(hands: Hands) -> None:
    """The plain note saves itself while one writes, and stands there when the page is loaded again."""
    page = hands.page
    hands.press("Your note", "a")
    page.locator("h1", has_text="Your note for Zoë").wait_for(timeout=WAIT)
    for label, words in NOTE.items():
        hands.write(label, words)
        hands.saved(page.locator("form[data-keep=note]", has=page.get_by_label(label)))
    page.reload(wait_until="commit")
    page.locator("h1", has_text="Your note for Zoë").wait_for(timeout=WAIT)
    for label, words in NOTE.items():
        expect(page.get_by_label(label)).to_have_value(words)


def push_again(hands: Hands, own: str) -> None:
    """When children have begun: the question changes once more, and the own page leaves the books."""
    page = hands.page
    hands.go("template/page/letter")
    expect(page.get_by_label("Question 1")).to_have_value(ASK)
    hands.write("Question 1", AGAIN)
    hands.saved(page.locator("form[data-keep=question]").first)
    hands.go(f"template/page/{own}")
    hands.press("Leave it out", "button")
    expect(page.get_by_text("No book shows this page.")).to_be_visible(timeout=WAIT)
    push(hands, AGAIN, OWN_PAGE)


# --------------------------------------------------------------------------------------------- what is kept


def roster(folder: ClassFolder) -> list[tuple[str, tuple[str, ...]]]:
    """Return the children of the store, each with the grown-ups of its first home."""
    store = folder.store()
    try:
        return [(one.name, one.households[0].adults if one.households else ()) for one in store.students()]
    finally:
        store.close()


def book_id(folder: ClassFolder) -> str:
    """Return the id of the child's book."""
    store = folder.store()
    try:
        child = next(one for one in store.students() if one.name == CHILD)
        return store.rounds(child.student_id)[-1].portfolio_id
    finally:
        store.close()


def whole_book(folder: ClassFolder) -> dict[str, Any]:
    """Return every entry of the child's book with its version."""
    store = folder.store()
    try:
        return {one.entry.entry_id: (one.entry, one.version) for one in store.entries(book_id(folder))}
    finally:
        store.close()


def store_tells_all(folder: ClassFolder, before: dict[str, Any]) -> None:
    """Assert that the child's entries are as they were, each of them, and what the teacher wrote is beside them."""
    after = whole_book(folder)
    assert len(before) >= 5
    assert all(words in str(before) for words in BY_HAND.values())
    assert {name: after.get(name) for name in before} == before
    fresh = [entry for name, (entry, _) in after.items() if name not in before]
    comments = [one for one in fresh if isinstance(one, Comment)]
    notes = [one for one in fresh if isinstance(one, TeacherNote)]
    assert len(fresh) == len(comments) + len(notes) == 3
    said = next(one for one in comments if not one.sends_back)
    back = next(one for one in comments if one.sends_back)
    assert (said.words.text, said.section) == (COMMENT, "letter")
    assert GOOD in back.words.text and TRY in back.words.text
    assert [notes[0].strength.text, notes[0].next_step.text] == list(NOTE.values())
    store = folder.store()
    try:
        assert store.meta(book_id(folder))[0].status == "draft"
    finally:
        store.close()


def child_finds_it(browser: Browser, watch: Any, link: str) -> None:
    """The same card: the new question with the old words, the teacher's words, and what no page asks for any more."""
    context = browser.new_context(locale="en-US", timezone_id="UTC", service_workers="block")
    watching = watch(context)
    child = context.new_page()
    child.goto(link, wait_until="commit")
    child.wait_for_selector("html[data-ready=true]", state="attached", timeout=WAIT)
    child.evaluate("location.hash = 'letter'")
    expect(child.get_by_label(AGAIN).locator("visible=true").first).to_have_value(
        BY_HAND["letter"], timeout=WAIT
    )
    expect(child.locator(".part:visible .notes")).to_contain_text(COMMENT)
    child.evaluate("location.hash = 'welcome'")
    expect(child.locator(".part:visible .notes")).to_contain_text(TRY, timeout=WAIT)
    child.evaluate("location.hash = 'thank_you'")
    gone = child.get_by_role("region", name="You wrote this before.")
    expect(gone).to_contain_text(BY_HAND["own"], timeout=WAIT)
    watching.check()
    context.close()
