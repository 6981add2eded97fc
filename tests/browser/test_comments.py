"""A teacher's notes on a child's desk in a real browser: read by keys and by touch, for the youngest too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from playwright.sync_api import expect

from portfolio.model import Comment, PortfolioMeta
from portfolio.moments.comments import TeacherComments
from tests.browser.desk_states import WAIT
from tests.browser.served import Served, sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from portfolio.store.port import ClassStore

T = TypeVar("T")

BEAT = 40_000  # ms: the desk's heartbeat comes every fifteen seconds


@pytest.fixture(scope="module")
def class_4b(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The fourth grade, served with personal links."""
    with serving(sample("class-4b", tmp_path_factory.mktemp("notes") / "class-4b"), links=True) as served:
        yield served


@pytest.fixture(scope="module")
def ladybirds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The youngest, served with personal links."""
    with serving(sample("ladybirds", tmp_path_factory.mktemp("notes") / "ladybirds"), links=True) as served:
        yield served


def in_store(served: Served, student: str, do: Callable[[ClassStore, str], T]) -> T:
    """Do something with the store and the id of a child's newest book."""
    store = served.folder.store()
    try:
        return do(store, store.rounds(student)[-1].portfolio_id)
    finally:
        store.close()


def teacher(served: Served, student: str, do: Callable[[TeacherComments], object]) -> None:
    """Let the teacher say something in a child's book."""
    first = in_store(served, student, lambda store, _: store.school_class().teachers[0].teacher_id)
    in_store(served, student, lambda store, book: do(TeacherComments(store, book, first, "en")))


def comment(served: Served, student: str, entry: str) -> Comment:
    """Return a comment as it is kept now."""
    kept = in_store(served, student, lambda store, book: store.entry(book, entry).entry)
    assert isinstance(kept, Comment)
    return kept


def about(served: Served, student: str) -> PortfolioMeta:
    """Return what is known of a child's book now."""
    return in_store(served, student, lambda store, book: store.meta(book)[0])


def opened(page: Page, served: Served, child: str, section: str = "") -> None:
    """Open a child's desk, and a page of it."""
    page.goto(served.links[child], wait_until="commit")
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=WAIT)
    if section:
        page.evaluate("name => (location.hash = name)", section)


def note(page: Page) -> Locator:
    """Return the notes on the open page that are not read yet."""
    return page.locator(".part:visible .notes > .note-said")


def test_a_note_is_read_by_keys_alone(page: Page, class_4b: Served) -> None:
    """The contents lead to it, a press keeps that it was read, nothing jumps, and a reload shows it as read."""
    now = datetime.now(UTC)
    teacher(
        class_4b, "mateo", lambda t: t.say("comment-1", "I enjoyed your map.", at=now, section="strengths")
    )
    opened(page, class_4b, "Mateo")
    way = page.get_by_role("link", name="A note for you:")
    expect(way).to_be_visible(timeout=WAIT)
    way.focus()
    page.keyboard.press("Enter")
    expect(note(page)).to_contain_text("I enjoyed your map.")
    expect(note(page)).to_contain_text("Ms. Rivera")
    expect(page.get_by_role("link", name="A note for you:")).to_have_count(0)
    press = note(page).get_by_role("button", name="I have read it")
    press.focus()
    page.keyboard.press("Enter")
    expect(note(page)).to_have_count(0, timeout=WAIT)
    assert comment(class_4b, "mateo", "comment-1").seen
    page.reload(wait_until="commit")
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=WAIT)
    expect(page.locator(".part:visible .notes details")).to_have_count(1, timeout=WAIT)
    expect(page.locator(".path .st", has_text="a note for you")).to_have_count(0)


@pytest.mark.drill
def test_a_book_that_came_back_says_so_at_its_beginning(page: Page, class_4b: Served) -> None:
    """What is good, one thing to try, and the way to the page: at the start of the desk, while one is at it."""
    opened(page, class_4b, "Amal")
    teacher(
        class_4b, "amal",
        lambda t: t.send_back("back-1", "You tell it with sounds.", "Add a photo.", at=datetime.now(UTC), section="work"),
    )  # fmt: skip
    expect(note(page)).to_contain_text("You tell it with sounds.", timeout=BEAT)
    expect(note(page)).to_contain_text("Add a photo.")
    box = note(page).bounding_box()
    first = page.locator(".part:visible textarea").first.bounding_box()
    assert box and first and box["y"] < first["y"]
    note(page).get_by_role("link").click()
    expect(page.locator(".part:visible [data-section=work]")).to_be_visible()


def test_the_youngest_read_a_note_with_a_finger(
    new_context: Callable[..., Any], ladybirds: Served, axe: Callable[[Page], list[Any]]
) -> None:
    """On a phone: the note with the teacher's chair, a large button; axe finds nothing, light or dark."""
    teacher(
        ladybirds,
        "noa",
        lambda t: t.say("comment-1", "Your tower is tall!", at=datetime.now(UTC), section="strengths"),
    )
    for scheme in ("light", "dark"):
        context = new_context(viewport={"width": 390, "height": 800}, has_touch=True, color_scheme=scheme)
        page = context.new_page()
        opened(page, ladybirds, "Noa", "strengths")
        expect(note(page)).to_contain_text("Your tower is tall!", timeout=WAIT)
        press = note(page).get_by_role("button", name="I have read it")
        box = press.bounding_box()
        assert box and box["height"] >= 60 and box["width"] >= 60
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert axe(page) == []
    press.tap()
    expect(note(page)).to_have_count(0, timeout=WAIT)
    assert comment(ladybirds, "noa", "comment-1").seen


@pytest.mark.drill
def test_pages_for_the_next_teacher_are_picked_by_keys_and_by_touch(page: Page, class_4b: Served) -> None:
    """A tick is kept when the page says so; it is there after a reload, and can be taken away again."""
    opened(page, class_4b, "Linh", "thank_you")
    last = page.get_by_role("group", name="What should my next teacher know?")
    expect(last).to_be_visible(timeout=WAIT)
    tick = last.get_by_role("checkbox", name="My strengths")
    tick.focus()
    page.keyboard.press("Space")
    expect(last.get_by_role("status")).to_have_text("Saved.", timeout=WAIT)
    assert about(class_4b, "linh").next_teacher == ("strengths",)
    last.locator("label", has_text="My work").click()
    expect(last.get_by_role("status")).to_have_text("Saved.", timeout=WAIT)
    page.reload(wait_until="commit")
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=WAIT)
    expect(last.get_by_role("checkbox", name="My strengths")).to_be_checked(timeout=WAIT)
    last.get_by_role("checkbox", name="My strengths").focus()
    page.keyboard.press("Space")
    expect(last.get_by_role("status")).to_have_text("Saved.", timeout=WAIT)
    assert about(class_4b, "linh").next_teacher == ("work",)


def test_words_whose_question_is_gone_stand_at_the_end_of_the_desk(page: Page, class_4b: Served) -> None:
    """The teacher takes a page out of the notebook: the child still finds what it wrote there."""
    notebook = class_4b.folder.student_notebook
    before = notebook.read_text("utf-8")
    words = in_store(
        class_4b, "mateo",
        lambda store, book: next(a.words.text for a in store.portfolio(book).answers if a.section == "welcome" and a.words),
    )  # fmt: skip
    try:
        notebook.write_text(before.replace('desk.section(\\"welcome\\")', "None"), "utf-8")
        opened(page, class_4b, "Mateo", "thank_you")
        gone = page.get_by_role("region", name="You wrote this before.")
        expect(gone).to_be_visible(timeout=WAIT)
        expect(gone).to_contain_text(words.split("\n")[0][:30])
        assert gone.locator("textarea, input").count() == 0
    finally:
        notebook.write_text(before, "utf-8")
