"""School words on the wire: what a sheet answers, what it believes, and that nobody's typing becomes a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.moments import desk_past
from portfolio.moments.desk import StudentDesk
from portfolio.testing import NOON, small_book, small_store
from portfolio.widgets import Sheet
from portfolio.widgets.host import OpenDesk
from portfolio.widgets.wire import SavedAnswer, WordChosen
from portfolio.words.glossary import from_data
from tests.wires import ask, wires

WORDS = from_data(
    [
        {"id": "iep", "term": "IEP", "kind": "acronym", "plain": "A plan.", "swap": {"sg": "help plan"}},
        {"id": "rubric", "term": "rubric", "plain": "A chart.", "swap": {"sg": "chart"}},
    ]
)
WHY = "My IEP and the rubric."


@pytest.fixture(autouse=True)
def on_wires() -> Iterator[None]:
    """Let every widget speak through a wire."""
    with wires():
        yield


class Page:
    """A page open at the goals of the small book; ``again`` is another page on the same book."""

    def __init__(self, band: Any = "3-5", before: Page | None = None) -> None:
        book = small_book()
        meta = book.portfolio.meta.but(age_band=band)
        book = book.but(portfolio=book.portfolio.but(meta=meta))
        store = before.desk.store if before else small_store(book)
        self.desk: StudentDesk = StudentDesk(
            store, book, now=lambda: NOON, new_id=lambda: "new", glossary=lambda: WORDS
        )
        host = OpenDesk(self.desk, served=True)
        self.sheet = Sheet(
            host.form("goals"), host.keeper("goals"), say=host.say, fresh=lambda: host.form("goals")
        )
        self.revs = count(1)

    def again(self) -> Page:
        """Return another window."""
        return Page(before=self)

    def say(self, kind: str, **more: Any) -> dict[str, Any]:
        """Send a message about why the first goal is one."""
        about = {"entry": "goal-1", "field": "why", "base": 1, "rev": next(self.revs)}
        return ask(self.sheet, {"type": kind, **about, **more})

    def write(self, text: str = WHY, **more: Any) -> dict[str, Any]:
        """Save the answer."""
        return self.say("save", value=text, **more)

    def choose(self, how: str = "explain", term: str = "iep", **more: Any) -> dict[str, Any]:
        """Choose for a word."""
        return self.say("word_choice", term=term, how=how, **more)

    def words(self, field: str = "why") -> dict[str, str]:
        """Return the words the form holds now for an answer, and what is chosen."""
        card = self.sheet.form["cards"][0]
        found = next(f for f in card["fields"] if f["field"] == field)["school_words"]
        return {word["term"]: word["chosen"] for word in found}


def test_a_saved_answer_brings_its_school_words() -> None:
    """The answer names them, and so does the form a second view would get."""
    page = Page()
    answer = page.write()
    assert [(word["term"], word["word"]) for word in answer["school_words"]] == [
        ("iep", "IEP"),
        ("rubric", "rubric"),
    ]
    assert set(answer) <= set(SavedAnswer.__annotations__)
    assert page.words() == {"iep": "", "rubric": ""}


def test_words_that_are_gone_are_gone_from_the_page() -> None:
    """An answer without any says so: the page takes its list away."""
    page = Page()
    page.write()
    assert page.write("My plan.", base=2)["school_words"] == []
    assert page.words() == {}


def test_the_youngest_hear_of_nothing() -> None:
    """In grades K to 2 no answer has the key, and a choice is refused."""
    page = Page("k-2")
    assert "school_words" not in page.write()
    assert page.choose(base=2)["type"] == "refused"


def test_a_choice_is_answered_with_the_version_there_is_now() -> None:
    """Entry, field, word and choice come back with version and time; the form holds the choice; it is on disk."""
    page = Page()
    page.write()
    answer = page.choose(base=2)
    assert answer == {
        "type": "word_chosen",
        "entry": "goal-1",
        "field": "why",
        "term": "iep",
        "how": "explain",
        "rev": 2,
        "version": 3,
        "at": answer["at"],
    }
    assert set(answer) <= set(WordChosen.__annotations__)
    assert page.words() == {"iep": "explain", "rubric": ""}
    assert page.again().words() == page.words()
    assert page.sheet.form["steps"]["back"]


def test_a_choice_holds_for_every_answer_of_the_card() -> None:
    """The same word in another answer of the card is chosen for too."""
    page = Page()
    page.write()
    page.write("The IEP is long.", field="obstacle", base=2)
    page.choose("fine", base=3)
    assert page.words("obstacle") == {"iep": "fine"}
    assert page.again().words("obstacle") == {"iep": "fine"}


def test_a_choice_can_be_changed_back() -> None:
    """An empty choice takes it back, and the word is offered once more."""
    page = Page()
    page.write()
    page.choose("fine", base=2)
    assert page.choose("", base=3)["how"] == ""
    assert page.words() == {"iep": "", "rubric": ""}


def test_the_same_choice_asked_twice_is_answered_twice_and_done_once() -> None:
    """A page that never heard our answer asks again and is told the same."""
    page = Page()
    page.write()
    first = page.choose(base=2, rev=77)
    assert page.choose(base=2, rev=77) == first
    assert page.desk.store.entry(page.desk.portfolio_id, "goal-1").version == 3


def test_a_page_can_only_choose_for_a_word_that_stands_there() -> None:
    """Other words, other choices, other answers and broken messages are refused with a sentence; nothing is kept."""
    page = Page()
    page.write()
    before = page.desk.fresh()
    for strange in (
        {"term": "mtss"},
        {"how": "loud"},
        {"field": "obstacle"},
        {"field": "nowhere"},
        {"entry": "goal-7"},
        {"term": 3},
        {"how": None},
        {"base": -1},
    ):
        answer = page.say("word_choice", **{"term": "iep", "how": "fine", "base": 2, **strange})
        assert (answer["type"], bool(answer["sentence"])) == ("refused", True), strange
    assert page.desk.fresh() == before


def test_who_types_while_a_choice_is_on_its_way_is_nobody_else() -> None:
    """Saves that carry the version from before the choice are our own: no “two people wrote”, nothing merged."""
    page = Page()
    page.write()
    sent = [page.write(WHY + " It", base=2), page.choose(base=2), page.write(WHY + " It is", base=2)]
    sent.append(page.write("noise", field="obstacle", base=2))
    assert [answer["type"] for answer in sent] == ["saved", "word_chosen", "saved", "saved"]
    assert not any(answer.get("merged") for answer in sent)
    goal = page.desk.fresh().portfolio.goals[0]
    assert (goal.why.text, goal.obstacle.text, goal.chose("iep")) == (WHY + " It is", "noise", "explain")


def test_another_windows_words_are_never_written_over_behind_a_choice() -> None:
    """A choice that went over another window's words does not make them ours: the same words are shown both."""
    page = Page()
    page.write()
    other = page.again()
    other.write("Theirs with an IEP.", base=2)
    assert page.choose("fine", base=2)["merged"] is True
    answer = page.write("Mine.", base=2)
    assert (answer["type"], answer["theirs"]) == ("both", "Theirs with an IEP.")
    assert page.desk.fresh().portfolio.goals[0].why.text == "Theirs with an IEP."


def test_a_page_that_comes_back_hears_of_another_windows_choice() -> None:
    """What was chosen in another window is there after the page is opened again; else nothing is sent."""
    page = Page()
    page.write()
    other = page.again()
    assert page.say("renew") == {"type": "pong"}
    other.choose("fine", base=2)
    cards = page.say("renew")["cards"]
    assert [f["school_words"][0]["chosen"] for f in cards[0]["fields"] if f["field"] == "why"] == ["fine"]
    assert page.say("renew") == {"type": "pong"}


def test_after_a_step_back_the_choice_is_open_again() -> None:
    """“Take back” brings cards in which the word is offered once more, and typing goes on without a conflict."""
    page = Page()
    page.write()
    page.choose(base=2)
    moved = page.say("take_back")
    assert page.words() == {"iep": "", "rubric": ""}
    version = moved["cards"][0]["version"]
    assert page.write(WHY + " More.", base=version)["type"] == "saved"
    assert page.desk.fresh().portfolio.goals[0].why.text == WHY + " More."
    assert desk_past.past(page.desk, "goals", None) == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["why", "obstacle", "fine", "explain", ""]), st.integers(0, 4)), max_size=14
    )
)
def test_however_late_its_answers_are_a_page_is_never_its_own_conflict(steps: list[tuple[str, int]]) -> None:
    """A page that knows only old versions may save and choose in any order: all is kept, nothing is merged."""
    with wires():
        page = Page()
        versions = [page.write()["version"]]
        last: dict[str, str] = {}
        for n, (step, late) in enumerate(steps):
            base = versions[max(0, len(versions) - 1 - late)]
            if step in ("why", "obstacle"):
                last[step] = f"{WHY} {n}"
                answer = page.write(last[step], field=step, base=base)
            else:
                last["how"] = step
                answer = page.choose(step, base=base)
            assert answer["type"] in ("saved", "word_chosen")
            assert "merged" not in answer
            versions.append(answer["version"])
        goal = page.desk.fresh().portfolio.goals[0]
        assert goal.why.text == last.get("why", WHY)
        assert goal.chose("iep") == last.get("how", "")
