"""What is promised at the table, and what is kept for later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, PortfolioError, TextRefused
from portfolio.model import Agreement, Household, Meeting, Parked, Passage
from portfolio.moments.conference.parked_piece import ParkedPiece
from portfolio.moments.conference.promise_piece import PromisePiece
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.talk_room import TalkRoom
from portfolio.moments.room import Asked, Outcome
from portfolio.rules import for_audience
from tests.quick_class import quick_desk
from tests.tables import table_of
from tests.teachers import form

HOMES = (
    Household(household_id="one", label="Mama", adults=("Mama", "Teta")),
    Household(household_id="two", label="Dad"),
)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """Return the table of a child with two homes, in a new class."""
    desk = quick_desk(tmp_path)
    amal = desk.store.students()[0]
    desk.store.keep_student(amal.but(households=HOMES))
    made = table_of(desk.folder, amal.student_id)
    yield made
    made.store.close()
    desk.store.close()


def promise(table: Table, which: str, at: int | None = None, /, **told: str) -> Outcome:
    """Do what a form of the promises asks."""
    values = {name: (text,) for name, text in told.items()}
    outcome = PromisePiece().do(table, Asked(which, values, version=at))
    assert outcome is not None
    return outcome


def begin(table: Table, seat: str) -> str:
    """Begin a line for somebody; return its id."""
    return promise(table, "promise-more", seat=seat).focus.removeprefix("p-")


def agreements(table: Table) -> tuple[Agreement, ...]:
    """Return the promises as they are kept."""
    return table.book.portfolio.agreements


def test_each_seat_has_a_line_of_its_own(table: Table) -> None:
    """Child, adult, somebody else at home and teacher begin a line each, in the order they were begun."""
    for seat in ("student:Amal", "family:Teta", "family:", "teacher:Ms. Rivera"):
        entry = begin(table, seat)
        promise(table, "promise", 1, promise=entry, what=f"I do it {seat}", by_when="2026-12-01")
    made = [(one.who, one.name, one.what.text) for one in agreements(table)]
    assert made == [
        ("student", "", "I do it student:Amal"),
        ("family", "Teta", "I do it family:Teta"),
        ("family", "", "I do it family:"),
        ("teacher", "Ms. Rivera", "I do it teacher:Ms. Rivera"),
    ]
    html = PromisePiece().parts(table, table.book)["live-promises"]
    assert [html.index(text) for _, _, text in made] == sorted(html.index(text) for _, _, text in made)


def test_an_empty_line_is_begun_once(table: Table) -> None:
    """Pressed twice, or asked again because an answer was lost, a seat has one empty line; after words come more."""
    first = begin(table, "family:Mama")
    assert begin(table, "family:Mama") == first
    promise(table, "promise", 1, promise=first, what="I listen")
    assert begin(table, "family:Mama") != first
    assert len(agreements(table)) == 2


def test_nobody_is_put_down_who_is_not_here(table: Table) -> None:
    """Only who sits at this table may promise: nobody unknown, and no adult of a home whose meeting it is not."""
    for seat in ("family:The King", "principal:X", "", "student:Mateo"):
        with pytest.raises(InputRefused):
            begin(table, seat)
    held = Meeting(entry_id="m", household_id="two", began=table.now())
    table.store.keep(table.portfolio_id, held, expected=0, by="teacher:t", at=table.now())
    more = PromisePiece().parts(table, table.book)["live-more"]
    assert "Dad" in more
    assert "Teta" not in more
    with pytest.raises(InputRefused):
        begin(table, "family:Teta")
    assert agreements(table) == ()


def test_an_empty_line_is_on_no_family_page(table: Table) -> None:
    """A line nobody has written in is nothing that was promised."""
    begin(table, "student:Amal")
    view = for_audience(table.book, "home", "one")
    assert not [
        a for part in view.parts if part.content.holds == "agreements" for a in part.content.agreements
    ]


def test_two_hands_on_one_promise(table: Table) -> None:
    """Words and day of two hands both stay; the same field twice is shown to the second, and its words wait."""
    entry = begin(table, "family:Mama")
    promise(table, "promise", 1, promise=entry, what="I read with Amal")
    promise(table, "promise", 1, promise=entry, by_when="2026-12-24")
    (made,) = agreements(table)
    assert (made.what.text, str(made.by_when)) == ("I read with Amal", "2026-12-24")
    with pytest.raises(ChangedMeanwhile) as caught:
        promise(table, "promise", 1, promise=entry, what="I sing")
    assert caught.value.values["theirs"] == {"what": ["I read with Amal"]}


def test_a_promise_is_taken_back_only_as_it_was_read(table: Table) -> None:
    """Taking back asks twice; a promise that got other words meanwhile stays; done twice it is gone once, its history stays."""
    entry = begin(table, "student:Amal")
    promise(table, "promise", 1, promise=entry, what="I read")
    html = PromisePiece().parts(table, table.book)["live-promises"]
    assert re.search(r'<details class="sure">.*data-do="promise-back"', html, re.DOTALL)
    promise(table, "promise", 2, promise=entry, what="I read every day")
    with pytest.raises(ChangedMeanwhile):
        promise(table, "promise-back", 2, promise=entry)
    assert len(agreements(table)) == 1
    for _ in range(2):
        promise(table, "promise-back", 3, promise=entry)
    assert agreements(table) == ()
    assert len(table.store.history(table.portfolio_id, entry)) == 4


def test_words_typed_into_a_promise_that_was_taken_back_are_not_lost(table: Table) -> None:
    """Whoever was writing is told that nothing stands there now, and may put the words back in their place."""
    entry = begin(table, "student:Amal")
    promise(table, "promise", 1, promise=entry, what="I read")
    promise(table, "promise-back", 2, promise=entry)
    with pytest.raises(ChangedMeanwhile) as caught:
        promise(table, "promise", 2, promise=entry, what="I read every day")
    again = caught.value.values["version"]
    assert isinstance(again, int)
    promise(table, "promise", again, promise=entry, what="I read every day")
    assert [one.what.text for one in agreements(table)] == ["I read every day"]


def test_forms_reach_no_other_entry(table: Table) -> None:
    """Names of other entries, of nothing, or nonsense are refused with a sentence; the book stays as it was."""
    parked = Parked(entry_id="p", household_id="two", words=Passage(text="secret of two"))
    table.store.keep(table.portfolio_id, parked, expected=0, by="family:two", at=table.now())
    before = table.store.revision(table.portfolio_id)
    for entry in ("p", "", "none", "../../x", "é" * 500):
        for what in ("promise", "promise-back"):
            with pytest.raises(NotFound):
                promise(table, what, 1, promise=entry, what="mine now")
        for what in ("parked-done", "parked-back"):
            with pytest.raises(NotFound):
                ParkedPiece().do(table, form(what, version=1, parked=entry, done="yes"))
    assert table.store.revision(table.portfolio_id) == before
    assert "secret of two" not in TalkRoom(table).show(()).body


def test_long_and_strange_promises(table: Table) -> None:
    """Right-to-left, emoji and tags are words like others; 100 kB are refused by the field and the old words stay."""
    entry = begin(table, "family:")
    version = 1
    for text in ("أقرأ كل يوم", "🦊" * 40, "<b>x</b>\x00", "\u202eabc"):
        version = promise(table, "promise", version, promise=entry, what=text, name=text).version or 0
        assert "<b>x</b>" not in TalkRoom(table).show(()).body
    for field in ("what", "name"):
        with pytest.raises(TextRefused) as caught:
            promise(table, "promise", version, promise=entry, **{field: "x" * 100_000})
        assert caught.value.values["field"] == field
    assert agreements(table)[0].what.text == "\u202eabc"


def test_there_is_an_end_to_promises(table: Table) -> None:
    """Twelve lines are enough for one meeting; the next one is refused with a sentence."""
    for n in range(12):
        entry = begin(table, "student:Amal")
        promise(table, "promise", 1, promise=entry, what=f"thing {n}")
    with pytest.raises(InputRefused, match="12"):
        begin(table, "student:Amal")


def test_a_promise_of_a_phone_is_on_the_deck_with_the_next_look(table: Table) -> None:
    """The deck is told of it without anybody pressing anything."""
    room = TalkRoom(table)
    seen = room.show(()).seen
    made = Agreement(entry_id="of-phone", who="family", name="Teta", what=Passage(text="اقرأ", lang="ar"))
    table.store.keep(table.portfolio_id, made, expected=0, by="family:one", at=table.now())
    html = room.look((), seen, "").asides["live-promises"]
    assert "اقرأ" in html
    assert 'lang="ar"' in html


def park(table: Table, words: str, seat: str = "family:Teta", until: str = "") -> Outcome:
    """Keep something for later."""
    outcome = ParkedPiece().do(table, form("park", words=words, seat=seat, until=until))
    assert outcome is not None
    return outcome


def test_what_is_parked_is_listed_once_and_ticked_off(table: Table) -> None:
    """One line, who brought it up and until when; sent twice it is one; talked about it stays on the list and says so."""
    for _ in range(2):
        park(table, "Which club?", until="2026-12-11")
    (one,) = table.book.portfolio.parked
    assert (one.who, one.name, one.household_id, one.done) == ("family", "Teta", None, False)
    html = ParkedPiece().parts(table, table.book)["live-parked"]
    assert "Which club?" in html
    assert "December 11" in html
    for done in ("yes", "yes", "no", "yes"):
        ParkedPiece().do(table, form("parked-done", parked=one.entry_id, done=done))
        assert table.book.portfolio.parked[0].done == (done == "yes")
    assert "talked about" in ParkedPiece().parts(table, table.book)["live-parked"]
    ParkedPiece().do(table, form("parked-back", version=4, parked=one.entry_id))
    assert table.book.portfolio.parked == ()


def test_parked_things_are_checked(table: Table) -> None:
    """Without words, with a day that is over, or from nobody who is here, nothing is kept."""
    for words, seat, until in (
        ("  ", "family:Teta", ""),
        ("x", "family:Teta", "2020-01-01"),
        ("x", "nobody", ""),
    ):
        with pytest.raises(PortfolioError):
            park(table, words, seat, until)
    assert table.book.portfolio.parked == ()


def test_what_one_home_parks_is_not_the_others(table: Table) -> None:
    """At a meeting with one home what is kept for later is that home's; the other home's copy and table do not have it."""
    held = Meeting(entry_id="m", household_id="one", began=table.now())
    table.store.keep(table.portfolio_id, held, expected=0, by="teacher:t", at=table.now())
    park(table, "The thing about the bus", "family:Mama")
    assert table.book.portfolio.parked[0].household_id == "one"
    assert [p.words.text for p in for_audience(table.book, "home", "one").parked] == [
        "The thing about the bus"
    ]
    assert for_audience(table.book, "home", "two").parked == ()
    table.store.keep(
        table.portfolio_id, held.but(household_id="two"), expected=1, by="teacher:t", at=table.now()
    )
    assert "bus" not in TalkRoom(table).show(()).body
