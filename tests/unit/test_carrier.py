"""Carrying rooms to a page that stays: what is done there, and what is new."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

import pytest

from portfolio.carry.answers import Carrier
from portfolio.errors import NotFound
from portfolio.moments.room import Asked, Download, Looked, Outcome, Screen
from portfolio.views.safe import SafePage
from tests.deck_kernel import StillDeck

PAGE = SafePage("<p>Hello</p>")


@dataclass
class Watchful(StillDeck):
    """A deck on which something happens; it writes down what it was asked."""

    outcome: Outcome = field(default_factory=Outcome)
    new: Looked | None = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    done: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Show one screen that is watched."""
        super().__init__(PAGE)
        self._screen = Screen("A meeting", PAGE, seen="1")

    def do(self, place: str, asked: Asked) -> Outcome:
        """Write down what is asked."""
        del place
        self.done.append(asked)
        return self.outcome

    def watch(self, place: str, seen: str, here: str) -> Looked | None:
        """Write down what is asked."""
        self.asked.append((place, seen, here))
        return self.new


def look(rev: int = 1, **more: object) -> dict[str, object]:
    """Return a look as a page sends it."""
    return {"type": "look", "rev": rev, "place": "talk", "seen": "1", "here": "work", **more}


def act(rev: int = 1) -> dict[str, object]:
    """Return a form that acts as a page sends it."""
    return {"type": "do", "rev": rev, "place": "talk", "what": "say", "values": [["words", "Hello"]]}


def test_a_page_learns_that_a_screen_is_watched() -> None:
    """The first screen says from where on one looks."""
    assert Carrier(Watchful()).first["seen"] == "1"
    assert Carrier(StillDeck(PAGE)).first["seen"] == ""


def test_a_look_is_answered_with_the_parts_that_are_new() -> None:
    """Parts come by id with their drawings, and where the next look goes on from."""
    part = SafePage('<svg><use href="#i-lamp"/></svg>')
    host = Watchful(new=Looked("2", {"live-said": part}, at="3 work-2"))
    answer, files = Carrier(host).hear(look(rev=9), [])
    assert host.asked == [("talk", "1", "work")]
    assert (answer["type"], answer["rev"], answer["seen"], answer["at"], files) == (
        "looked",
        9,
        "2",
        "3 work-2",
        [],
    )
    assert answer["asides"] == {"live-said": part}
    assert set(answer["drawings"]) == {"lamp"}


def test_where_nothing_is_watched_a_look_finds_nothing() -> None:
    """A page that asks all the same gets an answer without parts."""
    answer, _ = Carrier(Watchful()).hear(look(), [])
    assert (answer["type"], answer["seen"], answer["asides"]) == ("looked", "", {})


def test_a_part_that_is_no_page_of_ours_stays_away(caplog: pytest.LogCaptureFixture) -> None:
    """Plain text never becomes HTML, also not in a part."""
    host = Watchful(new=Looked("2", {"live-said": "<script>"}))  # type: ignore[dict-item] # that is the point
    answer, _ = Carrier(host).hear(look(), [])
    assert answer["asides"] == {"live-said": ""}
    assert "SafePage" in caplog.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"seen": 5},
        {"here": None},
        {"place": ["talk"]},
        {"seen": "x" * 201},
        {"here": "x" * 301},
        {"rev": 0},
        {"rev": -1},
        {"rev": True},
    ],
)
def test_a_look_that_cannot_be_understood_asks_nobody(wrong: dict[str, object]) -> None:
    """Values of another kind are refused with a sentence."""
    host = Watchful()
    answer, _ = Carrier(host).hear(look() | wrong, [])
    assert answer["type"] == "refused"
    assert answer["sentence"]
    assert host.asked == []


def test_an_outcome_that_stays_leaves_the_screen() -> None:
    """The page gets a sentence and the parts that changed, and no screen."""
    host = Watchful(outcome=Outcome(say="Written.", stay=True, focus="next", asides={"live-said": PAGE}))
    answer, _ = Carrier(host).hear(act(), [])
    assert (answer["type"], answer["say"], answer["focus"]) == ("done", "Written.", "next")
    assert answer["asides"] == {"live-said": PAGE}
    assert "html" not in answer


def test_a_file_comes_with_a_screen_that_stays() -> None:
    """A calendar file reaches the page though nothing is drawn anew."""
    file = Download("dates.ics", "text/calendar", b"BEGIN")
    answer, files = Carrier(Watchful(outcome=Outcome(stay=True, downloads=(file,)))).hear(act(), [])
    assert answer["downloads"] == [{"name": "dates.ics", "media_type": "text/calendar"}]
    assert files == [b"BEGIN"]


def test_what_is_done_is_done_once_though_its_answer_was_lost() -> None:
    """The same question gets the same answer."""
    host = Watchful(outcome=Outcome(stay=True, say="Written."))
    carrier = Carrier(host)
    first = carrier.hear(act(rev=5), [])
    host.outcome = replace(host.outcome, say="Again.")
    assert carrier.hear(act(rev=5), []) == first
    assert len(host.done) == 1


def test_messages_that_come_at_once_are_done_one_after_the_other() -> None:
    """Two threads never act in a room together: the second waits."""
    inside, most = [0], [0]

    class Slow(Watchful):
        def do(self, place: str, asked: Asked) -> Outcome:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            threading.Event().wait(0.02)
            inside[0] -= 1
            return super().do(place, asked)

    carrier = Carrier(Slow(outcome=Outcome(stay=True)))
    threads = [threading.Thread(target=carrier.hear, args=(act(rev=n), [])) for n in range(1, 9)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == [1]


def test_trouble_is_a_sentence_and_no_screen_is_lost() -> None:
    """A look at something that has gone says so."""

    class Gone(Watchful):
        def watch(self, place: str, seen: str, here: str) -> Looked | None:
            raise NotFound("This meeting is over.")

    answer, _ = Carrier(Gone()).hear(look(), [])
    assert (answer["type"], answer["sentence"]) == ("refused", "This meeting is over.")
