"""Meetings as they are written down: planned, begun, visited, over; each once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused, NotFound
from portfolio.model import AgendaChoice, Meeting, Portfolio
from portfolio.moments.meetings import Meetings
from portfolio.moments.teacher.meetings_books import Books
from portfolio.rules.at_table import homes_now, meeting_now, over_for
from portfolio.rules.meetings import minutes_of, not_reached, stage, with_minutes
from tests.teachers import NOW, sample_desk


@pytest.fixture
def books(tmp_path: Path) -> Books:
    """The books of class 4B at the teacher's desk."""
    return Books(sample_desk(tmp_path))


def of(books: Books, student_id: str) -> Meetings:
    """Return what writes down the meetings of a child."""
    return books.meetings(books.desk.store.student(student_id))


def test_who_begins_twice_has_one_meeting(books: Books) -> None:
    """Pressed twice, on two tablets, it is one meeting that has begun, and it stays at its first minute."""
    first = of(books, "amal").begin("", "station")
    second = of(books, "amal").begin("", "call")
    assert first == second
    assert [one.way for one in of(books, "amal").all()] == ["station"]
    assert first.began == NOW


def test_a_meeting_begins_with_what_was_planned(books: Books) -> None:
    """Who listens and the grown-ups' minutes were planned before: they are there when it begins, in one entry."""
    meetings = of(books, "mateo")
    planned, _ = meetings.plan("dad", lambda there, _: there.but(listener="Mr. Okafor", adults_only=True))
    begun = meetings.begin("dad", "listener")
    assert begun.entry_id == planned.entry_id
    assert (begun.listener, begun.adults_only) == ("Mr. Okafor", True)
    assert len(meetings.all()) == 1


def test_two_homes_have_a_meeting_each_and_never_at_once(books: Books) -> None:
    """While a child meets one home the other waits; afterwards it has a meeting of its own, on the same day."""
    meetings = of(books, "mateo")
    first = meetings.begin("dad", "table")
    with pytest.raises(InputRefused, match="in a meeting already"):
        meetings.begin("mama-y-abuelo", "table")
    meetings.end(first.entry_id)
    second = meetings.begin("mama-y-abuelo", "call")
    assert first.entry_id != second.entry_id
    assert [stage(one) for one in meetings.all()] == ["over", "now"]


def test_over_is_over_once_and_the_book_counts_as_shown(books: Books) -> None:
    """Ended twice it has its first end; the book is presented, and where the deck stood is forgotten."""
    meetings = of(books, "amal")
    meetings.live.turn("work", "work", NOW)
    entry_id = meetings.begin("", "table").entry_id
    ended = meetings.end(entry_id)
    assert meetings.end(entry_id) == ended
    assert books.desk.store.meta(meetings.portfolio_id)[0].status == "presented"
    assert meetings.live.standing().scene == ""


def test_a_second_meeting_of_one_day_is_another_entry(books: Books) -> None:
    """A home that meets again in the evening has two meetings, the first one whole."""
    meetings = of(books, "amal")
    meetings.end(meetings.begin("", "table").entry_id)
    meetings.end(meetings.begin("", "call").entry_id)
    assert [one.way for one in meetings.all()] == ["table", "call"]


def test_what_was_pressed_by_mistake_is_taken_back(books: Books) -> None:
    """Not over after all goes on; not begun after all is only planned; a meeting that never was is told."""
    meetings = of(books, "amal")
    entry_id = meetings.begin("", "table").entry_id
    meetings.visit(entry_id, been=True)
    meetings.end(entry_id)
    with pytest.raises(InputRefused):
        meetings.not_begun(entry_id)
    assert stage(meetings.not_over(entry_id)) == "now"
    back = meetings.not_begun(entry_id)
    assert (stage(back), back.visited, back.on) == ("planned", False, None)
    with pytest.raises(InputRefused, match="has not begun"):
        meetings.end(entry_id)
    with pytest.raises(NotFound):
        meetings.visit("nothing", been=True)


def test_a_goal_is_no_meeting(books: Books) -> None:
    """An id of another entry of the book ends nothing."""
    meetings = of(books, "amal")
    other = books.desk.store.portfolio(meetings.portfolio_id).goals[0].entry_id
    with pytest.raises(NotFound):
        meetings.end(other)


def test_a_plan_for_one_home_opens_nothing_at_the_table(books: Books) -> None:
    """Both homes are planned: nobody meets yet, all homes count, and neither is over."""
    meetings, student = of(books, "mateo"), books.desk.store.student("mateo")
    for home in ("mama-y-abuelo", "dad"):
        meetings.plan(home, lambda there, _: there.but(way="call"))
    book = books.desk.store.portfolio(meetings.portfolio_id)
    assert meeting_now(book.meetings) is None
    assert homes_now(student, book) == student.households
    assert not over_for(book, "dad")
    meetings.begin("mama-y-abuelo", "call")
    book = books.desk.store.portfolio(meetings.portfolio_id)
    assert [home.household_id for home in homes_now(student, book)] == ["mama-y-abuelo"]


def test_a_home_is_reached_when_its_meeting_is_over(books: Books) -> None:
    """A plan and a meeting that is held reach nobody; one for all homes together reaches each of them."""
    student, meetings = books.desk.store.student("mateo"), of(books, "mateo")

    def left() -> list[str]:
        return [home.household_id for home in not_reached(student, meetings.all())]

    both = [home.household_id for home in student.households]
    entry_id = meetings.begin("dad", "own_time").entry_id
    assert left() == both
    meetings.end(entry_id)
    assert left() == ["mama-y-abuelo"]
    meetings.end(meetings.begin("", "table").entry_id)
    assert left() == []


AT = st.none() | st.integers(0, 90).map(lambda n: NOW + timedelta(minutes=n))
MEETINGS = st.lists(
    st.builds(
        lambda n, home, began, ended: Meeting(entry_id=f"m{n}", household_id=home, began=began, ended=ended),
        st.integers(0, 9),
        st.sampled_from([None, "mum", "dad"]),
        AT,
        AT,
    ),
    max_size=5,
).map(tuple)


@given(MEETINGS)
def test_every_meeting_stands_at_one_stage(meetings: tuple[Meeting, ...]) -> None:
    """Whatever was written, the table's meeting is the newest that is held, and none that is planned or over."""
    held = [one for one in meetings if stage(one) == "now"]
    assert meeting_now(meetings) == (held[-1] if held else None)


def test_minutes_of_a_teacher_are_kept_where_they_differ(books: Books) -> None:
    """Usual minutes are not written down, those of another agenda stay; sums follow, with an interpreter half as much again."""
    template = books.desk.folder.template()
    choice = with_minutes(template, AgendaChoice(preset="full"), {"work": 10, "welcome": 1})
    assert [(one.step, one.minutes) for one in choice.minutes] == [("work", 10)]
    assert minutes_of(template, choice).child == 25
    assert minutes_of(template, choice).with_interpreter == 38
    short = minutes_of(template, AgendaChoice(preset="short"))
    assert short.child == 15
    assert "Then and now" in short.left_out
    assert (
        not minutes_of(template, AgendaChoice(preset="full")).left_out
        or "Then and now" not in minutes_of(template, AgendaChoice(preset="full")).left_out
    )
    assert minutes_of(template, AgendaChoice(preset="nonsense")).preset == template.agendas[0]


def test_a_class_of_unread_books_shows_what_can_be_read(books: Books) -> None:
    """Children are read once and again only if something changed; what somebody else writes is there at once."""
    before = books.all()
    assert books.all()[0] is before[0]
    of(books, before[0].student.student_id).begin("", "table")
    after = books.all()
    assert after[0].held is not None
    assert after[1] is before[1]
    assert isinstance(after[0].book, Portfolio)
