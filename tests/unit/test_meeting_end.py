"""The end of a meeting: read aloud, one entry however often it is ended, and the child's last word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.errors import NotFound
from portfolio.model import Agreement, Meeting, Passage, ToTeacher, Voice
from portfolio.moments.conference.ending import EndingPiece
from portfolio.moments.conference.held import finish
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.talk_room import TalkRoom
from portfolio.moments.room import Outcome
from portfolio.rules import for_audience
from portfolio.rules.running_order import running_order
from tests.quick_class import quick_desk
from tests.tables import Clock, table_of
from tests.teachers import form


@pytest.fixture
def clock() -> Clock:
    """Return a clock to be moved."""
    return Clock()


@pytest.fixture
def table(tmp_path: Path, clock: Clock) -> Iterator[Table]:
    """Return a child's table in a new class."""
    desk = quick_desk(tmp_path)
    made = table_of(desk.folder, desk.store.students()[0].student_id, clock)
    yield made
    made.store.close()
    desk.store.close()


def scenes(table: Table) -> list[str]:
    """Return the names of the screens of the deck."""
    return [scene.name for scene in running_order(for_audience(table.book, "conference"))]


def end(table: Table) -> Outcome:
    """Press "We are done"."""
    outcome = EndingPiece().do(table, form("finish"))
    assert outcome is not None
    return outcome


def test_a_meeting_begins_when_the_first_screen_is_left(table: Table, clock: Clock) -> None:
    """While the first screen stands nothing has begun; turning back to it later does not begin again."""
    room, names = TalkRoom(table), scenes(table)
    room.look((), "", names[0])
    assert table.live.standing().began is None
    clock.pass_(minutes=4)
    room.look((), "", names[1])
    began = clock()
    assert table.live.standing().began == began
    clock.pass_(minutes=4)
    for name in (names[0], names[2], names[1]):
        room.look((), "", name)
    assert table.live.standing().began == began


def test_the_end_is_written_once(table: Table, clock: Clock) -> None:
    """Began and ended are those of the deck; pressed twice, or on two pages, it is one meeting; nothing is forgotten twice."""
    room, names = TalkRoom(table), scenes(table)
    room.look((), "", names[0])
    room.look((), "", names[1])
    began = clock()
    clock.pass_(minutes=21)
    room.look((), "", names[-1])
    assert "We are done" in EndingPiece().parts(table, table.book)["live-finish"]
    outcome = end(table)
    assert "This meeting is over" in outcome.asides["live-finish"]
    assert "We are done" not in outcome.asides["live-finish"]
    clock.pass_(minutes=1)
    end(table)
    room.look((), "", names[-1])
    end(table)
    (one,) = table.book.portfolio.meetings
    assert (one.way, one.on, one.began, one.household_id) == ("table", table.today(), began, None)
    assert one.ended is not None
    assert (one.ended - began).total_seconds() == 21 * 60
    assert table.live.standing().scene == ""


def test_the_deck_that_stands_still_begins_nothing_after_the_end(table: Table) -> None:
    """The last screen may stand open for an hour: no meeting begins, and no page is told where it stands."""
    room, names = TalkRoom(table), scenes(table)
    for name in (names[0], names[1]):
        room.look((), "", name)
    end(table)  # before the deck has told that the last screen is open
    for name in (names[-1], names[-1], names[-2], names[-1]):
        room.look((), "", name)
    assert table.live.standing().began is None
    assert table.live.standing().scene == ""


def test_a_second_meeting_on_one_day_is_another(table: Table, clock: Clock) -> None:
    """The other home comes in the afternoon: the deck begins anew, and its end is a meeting of its own."""
    room, names = TalkRoom(table), scenes(table)
    for _ in range(2):
        for name in (names[0], names[1]):
            room.look((), "", name)
        clock.pass_(minutes=20)
        end(table)
        clock.pass_(hours=2)
    assert len(table.book.portfolio.meetings) == 2


@pytest.mark.parametrize("began", [True, False])
def test_the_open_meeting_is_ended(table: Table, began: bool) -> None:
    """What a teacher began or planned (the way, the home) is ended, and no other one is made."""
    there = Meeting(
        entry_id="m1", way="station", household_id="h2", visited=True, began=table.now() if began else None
    )
    table.store.keep(table.portfolio_id, there, expected=0, by="teacher:t", at=table.now())
    finish(table)
    (one,) = table.book.portfolio.meetings
    assert (one.entry_id, one.way, one.household_id, one.visited) == ("m1", "station", "h2", True)
    assert (one.on, one.ended) == (table.today(), table.now())


def test_a_book_counts_as_presented_and_never_goes_back(table: Table) -> None:
    """The book is presented afterwards; one that has gone home stays home."""
    finish(table)
    meta, version = table.store.meta(table.portfolio_id)
    assert meta.status == "presented"
    table.store.keep_meta(meta.but(status="home"), expected=version)
    finish(table)
    assert table.store.meta(table.portfolio_id)[0].status == "home"


def test_what_was_promised_is_read_aloud_in_order(table: Table) -> None:
    """The child's first, then the family's, then the teacher's, each with its day; an empty line is left out."""
    said: tuple[tuple[Voice, str], ...] = (
        ("teacher", "third"),
        ("family", "second"),
        ("student", "first"),
        ("family", ""),
    )
    for n, (who, text) in enumerate(said):
        made = Agreement(entry_id=f"a{n}", who=who, what=Passage(text=text), by_when=table.today())
        table.store.keep(table.portfolio_id, made, expected=0, by="student", at=table.now())
    html = EndingPiece().parts(table, table.book)["live-promised"]
    assert html.index("first") < html.index("second") < html.index("third")
    assert html.count("Until Friday, November 20, 2026") == 3


def test_the_last_screens(table: Table) -> None:
    """Promises are read aloud just before the last word; the last screen is the child's and ends the meeting."""
    kinds = [scene.kind for scene in running_order(for_audience(table.book, "conference"))]
    assert kinds[-2:] == ["promised", "last"]
    assert kinds.count("goal") == kinds.count("together") == kinds.count("promised") == 1
    body = TalkRoom(table).show(()).body
    for name in ("goal", "yes", "promises", "more", "promised", "finish", "parked"):
        assert body.count(f'id="live-{name}"') == 1, name
    assert body.rindex('id="live-finish"') > body.rindex('class="slide"')


def test_grown_ups_stay_only_where_it_is_wanted(table: Table) -> None:
    """The child hears that the grown-ups talk now if the meeting says so; why is nowhere on the deck."""
    why = ToTeacher(entry_id="w", household_id="h1", words=Passage(text="MARKER-why"), private_talk=True)
    table.store.keep(table.portfolio_id, why, expected=0, by="family:h1", at=table.now())
    assert "grown-ups talk" not in TalkRoom(table).show(()).body
    there = Meeting(entry_id="m1")
    table.store.keep(table.portfolio_id, there, expected=0, by="teacher:t", at=table.now())
    assert "grown-ups talk" not in TalkRoom(table).show(()).body
    there = there.but(adults_only=True)
    table.store.keep(table.portfolio_id, there, expected=1, by="teacher:t", at=table.now())
    for _ in range(2):
        body = TalkRoom(table).show(()).body
        assert "grown-ups talk for a few minutes" in body
        assert "MARKER-why" not in body
        finish(table)


def test_without_a_day_there_is_no_calendar(table: Table) -> None:
    """Where no day was chosen nothing is offered, and a form that asks all the same hears a sentence."""
    assert 'data-do="calendar"' not in EndingPiece().parts(table, table.book)["live-promised"]
    with pytest.raises(NotFound, match="no day yet"):
        EndingPiece().do(table, form("calendar"))


def test_a_teacher_who_has_written_nothing_speaks(table: Table) -> None:
    """The place of the teacher's note is no gap: the teacher tells it."""
    assert "Your teacher tells it in their own words." in TalkRoom(table).show(()).body
