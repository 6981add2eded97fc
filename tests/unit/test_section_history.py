# long: one rule with its examples and its property
"""Taking back and doing again on a page of the desk, and how it was on earlier days."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, NotFound
from portfolio.model import Goal, Passage, Strength
from portfolio.moments import desk_past
from portfolio.moments.desk import StudentDesk
from portfolio.moments.history import SectionHistory, days
from portfolio.moments.section_history import LONGEST, PAUSE, lost, walk
from portfolio.store import ClassStore, FakeStore
from portfolio.store.port import Change
from portfolio.store.sql import SqlStore
from portfolio.testing import NOON, small_book, small_store
from tests.unit.test_undo import ready


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        """Begin at noon."""
        self.at = NOON

    def __call__(self) -> datetime:
        """Return what it shows."""
        return self.at

    def on(self, **by: float) -> None:
        """Go on by some seconds, hours or days."""
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    """A clock."""
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> StudentDesk:
    """The child's desk, without any strength yet."""
    book = small_book(strengths=(), goals=())
    numbers = itertools.count(1)
    return StudentDesk(small_store(book), book, now=clock, new_id=lambda: f"new{next(numbers)}")


def write(desk: StudentDesk, entry: str, field: str, words: str, section: str = "strengths") -> None:
    """Write into a card, on the version that stands there."""
    card = next(c for c in desk.form(section)["cards"] if c["entry_id"] == entry)
    desk.save(section, entry, field, words, card["version"])


def cells(desk: StudentDesk, section: str = "strengths") -> dict[tuple[str, str], Any]:
    """Return what stands on a page: every answer that says something."""
    cards = desk.form(section)["cards"]
    found = {(c["entry_id"], f["field"]): f["value"] for c in cards for f in c["fields"]}
    return {place: value for place, value in found.items() if value}


def test_the_last_step_of_any_card_is_taken_back_first(desk: StudentDesk, clock: Clock) -> None:
    """Steps on two cards are taken back in the order they were made, the last first, and done again."""
    write(desk, "strength-1", "what", "maps")
    clock.on(seconds=40)
    write(desk, "strength-2", "what", "climbing")
    assert desk.form("strengths")["steps"] == {"back": True, "forth": False}
    moved = desk_past.take_back(desk, "strengths")
    assert (moved.entry, moved.steps) == ("strength-2", {"back": True, "forth": True})
    assert cells(desk) == {("strength-1", "what"): "maps"}
    assert desk_past.take_back(desk, "strengths").entry == "strength-1"
    assert cells(desk) == {}
    with pytest.raises(NotFound, match="nothing more to take back"):
        desk_past.take_back(desk, "strengths")
    desk_past.do_again(desk, "strengths")
    assert desk_past.do_again(desk, "strengths").steps == {"back": True, "forth": False}
    assert cells(desk) == {("strength-1", "what"): "maps", ("strength-2", "what"): "climbing"}
    with pytest.raises(NotFound, match="nothing to do again"):
        desk_past.do_again(desk, "strengths")


def test_saves_while_one_writes_are_one_step(desk: StudentDesk, clock: Clock) -> None:
    """Saves of the same answer a few seconds apart are taken back together, others by themselves."""
    for words in ("ma", "maps", "maps of rivers"):
        write(desk, "strength-1", "what", words)
        clock.on(seconds=4)
    write(desk, "strength-1", "proof", "page 3")
    clock.on(seconds=4)
    write(desk, "strength-1", "proof", "page 3 and 4")
    clock.on(seconds=PAUSE.total_seconds())
    write(desk, "strength-1", "proof", "page 3, 4 and 5")
    proofs = []
    for _ in range(3):
        desk_past.take_back(desk, "strengths")
        proofs.append(cells(desk).get(("strength-1", "proof")))
        what = cells(desk).get(("strength-1", "what"))
    assert proofs == ["page 3 and 4", None, None]
    assert what is None


def test_words_written_over_at_once_can_still_be_brought_back(desk: StudentDesk, clock: Clock) -> None:
    """Whoever deletes a sentence and writes another within seconds finds the first one again; a typo is no step."""
    for words in (
        "I read maps of rivers.",
        "I read maps of riverz.",
        "I read maps of rivers and seas.",
        "",
        "I swim.",
    ):
        write(desk, "strength-1", "what", words)
        clock.on(seconds=3)
    seen = []
    for _ in range(3):
        seen.append(cells(desk).get(("strength-1", "what")))
        if desk.form("strengths")["steps"]["back"]:
            desk_past.take_back(desk, "strengths")
    assert seen == ["I swim.", "I read maps of rivers and seas.", None]
    desk_past.do_again(desk, "strengths")
    assert cells(desk)[("strength-1", "what")] == "I read maps of rivers and seas."


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_what_is_lost_is_what_is_neither_kept_before_nor_after(
    head: str, old: str, new: str, tail: str
) -> None:
    """Replacing a piece loses at most that piece, adding loses nothing, taking all away loses all."""
    assert lost(head + old + tail, head + new + tail) <= len(old)
    assert lost(head + tail, head + new + tail) == 0
    assert lost(old, "") == len(old)


def test_somebody_who_never_stops_writing_does_not_lose_an_hour_from_sight(
    desk: StudentDesk, clock: Clock
) -> None:
    """A burst ends after two minutes, even if nobody paused."""
    for n in range(60):
        write(desk, "strength-1", "what", "maps " * (n + 1))
        clock.on(seconds=4)
    desk_past.take_back(desk, "strengths")
    left = cells(desk)[("strength-1", "what")]
    assert len(left) >= len("maps ") * int(LONGEST.total_seconds() / 4)


def test_a_card_that_was_added_or_taken_away_comes_and_goes(desk: StudentDesk, clock: Clock) -> None:
    """Adding a card and taking one away are steps; empty rows nobody saw being made are not."""
    (first,) = [card["entry_id"] for card in desk.form("goals")["cards"]]
    new = desk.add("goals")["entry_id"]
    assert desk.store.entry(desk.portfolio_id, first).version == 1
    assert desk_past.take_back(desk, "goals").entry == new
    assert [card["entry_id"] for card in desk.form("goals")["cards"]] == [first]
    assert not desk.form("goals")["steps"]["back"]
    assert desk_past.do_again(desk, "goals").entry == new
    write(desk, first, "goal", "to dive", "goals")
    desk.remove("goals", first, 2)
    assert cells(desk, "goals") == {}
    assert desk_past.take_back(desk, "goals").entry == first
    assert [card["entry_id"] for card in desk.form("goals")["cards"]] == [first, new]
    assert cells(desk, "goals") == {(first, "goal"): "to dive"}


def test_writing_goes_on_after_everything_was_taken_back(desk: StudentDesk, clock: Clock) -> None:
    """A card at its beginning takes words as if it were new; what was ahead is not on the way any more."""
    write(desk, "strength-1", "what", "maps")
    desk_past.take_back(desk, "strengths")
    clock.on(seconds=5)
    write(desk, "strength-1", "what", "rivers")
    assert cells(desk) == {("strength-1", "what"): "rivers"}
    assert desk.form("strengths")["steps"] == {"back": True, "forth": False}
    desk_past.take_back(desk, "strengths")
    assert cells(desk) == {}
    texts = [
        c.entry.what.text
        for c in desk.store.history(desk.portfolio_id, "strength-1")
        if isinstance(c.entry, Strength)
    ]
    assert texts == ["maps", "rivers"]


def test_what_the_teacher_wrote_is_not_the_childs_to_take_back(desk: StudentDesk, clock: Clock) -> None:
    """Another hand's later change to the same card stays and says so; on another card it does not matter."""
    write(desk, "strength-1", "what", "maps")
    teacher = StudentDesk(desk.store, desk.book, now=clock, new_id=lambda: "t", by="teacher:rivera")
    write(teacher, "strength-2", "what", "kindness")
    desk_past.take_back(desk, "strengths")
    desk_past.do_again(desk, "strengths")
    write(teacher, "strength-1", "proof", "the atlas")
    with pytest.raises(ChangedMeanwhile, match="Somebody else wrote here after you"):
        desk_past.take_back(desk, "strengths")
    assert cells(desk)[("strength-1", "proof")] == "the atlas"
    clock.on(minutes=1)
    write(desk, "strength-1", "what", "maps!")
    assert desk_past.take_back(desk, "strengths").entry == "strength-1"  # the child's own newer words go
    assert cells(desk)[("strength-1", "what")] == "maps"


def test_pages_do_not_take_back_each_others_steps(desk: StudentDesk) -> None:
    """A step on one page cannot be taken back from another."""
    write(desk, "strength-1", "what", "maps")
    assert desk.form("goals")["steps"] == {"back": False, "forth": False}
    for section in desk.book.template.sections:
        if section.section_id != "strengths":
            assert not desk.form(section.section_id)["steps"]["back"], section.section_id


WORDS = st.sampled_from(["a", "b", "c", ""])
PLACES = st.sampled_from([("s1", "what"), ("s1", "proof"), ("s2", "what")])
WRITES = st.lists(st.tuples(PLACES, WORDS, st.sampled_from([1, 29, 31, 200])), min_size=1, max_size=8)
STRENGTHS = small_book().template.section("strengths")


@given(WRITES, st.integers(1, 8))
def test_as_often_forth_as_back_is_where_one_was(writes: list[Any], n: int) -> None:
    """Whatever was written: n steps back and n forth lead to the same page, and the history only grows."""
    assert STRENGTHS is not None
    clock, store = Clock(), ready(FakeStore())
    done = SectionHistory(store, "p1", STRENGTHS, "student")
    for (name, field), words, pause in writes:
        known = {kept.entry.entry_id: kept for kept in store.entries("p1")}.get(name)
        entry = known.entry if known else Strength(entry_id=name)
        changed = entry.but(**{field: Passage(text=words)})
        store.keep("p1", changed, expected=known.version if known else 0, by="student", at=clock())
        clock.on(seconds=pause)
    before, revision, back = [kept.entry for kept in store.entries("p1")], store.revision("p1"), 0
    while back < n and done.steps()[0]:
        done.take_back(clock())
        back += 1
    for _ in range(back):
        done.do_again(clock())
    assert [kept.entry for kept in store.entries("p1")] == before
    assert not done.steps()[1]
    assert store.revision("p1") == revision + 2 * back


def change(version: int, text: str | None, at: datetime, **more: Any) -> Change:
    """Return a change of a goal."""
    entry = None if text is None else Goal(entry_id="g", goal=Passage(text=text))
    made = {"changed_by": "student", "revision": version + 1, **more}
    return Change(version=version, entry=entry, changed_at=at, **made)


def test_what_came_with_the_portfolio_is_ground_to_stand_on() -> None:
    """The first revision, and changes from before there were revisions, cannot be taken back."""
    past = [change(1, "one", NOON, revision=1), change(2, "two", NOON + timedelta(minutes=1))]
    walked = walk({"g": past}, "student")
    assert [(step.before, step.after) for step in walked.done] == [(1, 2)]
    assert walk({"g": [change(1, "one", NOON, revision=None)]}, "student").done == ()


def test_a_clock_that_was_set_back_makes_no_endless_step() -> None:
    """Changes whose times run backwards are steps of their own."""
    past = [change(1, "one", NOON), change(2, "two", NOON - timedelta(hours=1))]
    assert len(walk({"g": past}, "student").done) == 2


def test_days_end_at_midnight_where_the_school_is() -> None:
    """The same change belongs to one day or the next, by the zone; today and what is as now are left out."""
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
    past = {"g": [change(1, "one", late), change(2, "two", NOON)]}
    assert [one.day for one in days(past, date(2026, 11, 20), UTC)] == [date(2026, 11, 18)]
    assert [one.day for one in days(past, date(2026, 11, 20), ZoneInfo("Europe/Berlin"))] == [
        date(2026, 11, 19)
    ]
    same = {"g": [change(1, "one", late), change(2, "two", NOON), change(3, "one", NOON)]}
    assert days(same, date(2026, 11, 20), UTC) == ()


def test_a_day_shows_its_end_and_removed_cards_too() -> None:
    """Of several states in a day the last counts; a card that was taken away later is there."""
    monday = datetime(2026, 11, 16, 9, tzinfo=UTC)
    past = {
        "g": [change(1, "one", monday), change(2, "two", monday + timedelta(hours=1)), change(3, None, NOON)]
    }
    (day,) = days(past, date(2026, 11, 20), UTC)
    assert day.states["g"].version == 2


def test_yesterdays_words_are_told_and_brought_back(desk: StudentDesk, clock: Clock) -> None:
    """An earlier day says question and answer; bringing a card back is a new step that can be taken back."""
    write(desk, "strength-1", "what", "maps")
    clock.on(days=1)
    write(desk, "strength-1", "what", "nothing")
    (day,) = desk_past.past(desk, "strengths", UTC)
    (card,) = day["cards"]
    assert day["day"] == "2026-11-20"
    assert card["lines"] == [(desk.form("strengths")["cards"][0]["fields"][0]["ask"], "maps")]
    clock.on(seconds=5)
    desk_past.bring_back(desk, "strengths", "strength-1", card["version"], 2)
    assert cells(desk) == {("strength-1", "what"): "maps"}
    assert desk_past.past(desk, "strengths", UTC) == []
    desk_past.take_back(desk, "strengths")
    assert cells(desk) == {("strength-1", "what"): "nothing"}
    desk_past.do_again(desk, "strengths")
    assert cells(desk) == {("strength-1", "what"): "maps"}


def test_a_card_taken_away_yesterday_is_brought_back(desk: StudentDesk, clock: Clock) -> None:
    """It appears among earlier days though it is not on the page, and comes back with its words."""
    new = desk.add("goals")["entry_id"]
    write(desk, new, "goal", "to climb", "goals")
    clock.on(days=1)
    desk.remove("goals", new, 2)
    (day,) = desk_past.past(desk, "goals", UTC)
    (card,) = day["cards"]
    assert (card["entry"], card["title"]) == (new, "Not on this page now")
    other = desk.add("goals")["entry_id"]
    with pytest.raises(NotFound, match="Take one away first"):
        desk_past.bring_back(desk, "goals", new, card["version"], 0)
    desk.remove("goals", other, 1)
    desk_past.bring_back(desk, "goals", new, card["version"], 0)
    assert cells(desk, "goals")[(new, "goal")] == "to climb"


def test_bringing_back_never_writes_over_somebody_who_was_quicker(desk: StudentDesk, clock: Clock) -> None:
    """An old base, a version that never was, and a full page are refused with a sentence."""
    write(desk, "strength-1", "what", "maps")
    clock.on(days=1)
    write(desk, "strength-1", "what", "rivers")
    with pytest.raises(ChangedMeanwhile, match="Somebody wrote here just now"):
        desk_past.bring_back(desk, "strengths", "strength-1", 1, 1)
    with pytest.raises(NotFound, match="not kept any more"):
        desk_past.bring_back(desk, "strengths", "strength-1", 99, 2)
    assert cells(desk) == {("strength-1", "what"): "rivers"}


@pytest.fixture(params=["in memory", "on disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ClassStore]:
    """Both stores, with an empty portfolio."""
    on_disk = request.param == "on disk"
    made: ClassStore = SqlStore(tmp_path / "c", tmp_path / "media", create=True) if on_disk else FakeStore()
    yield ready(made)
    made.close()


def test_the_newest_changes_of_a_kind_also_of_removed_entries(store: ClassStore) -> None:
    """Both stores give them by entry, oldest first, and no more than was asked for."""
    for n, name in enumerate(("g1", "g2", "g1"), 1):
        text = Goal(entry_id=name, goal=Passage(text=f"text {n}"))
        store.keep("p1", text, expected=1 if n == 3 else 0, by="student", at=NOON)
    store.remove("p1", "g2", expected=1, by="student", at=NOON)
    store.keep("p1", Strength(entry_id="s1"), expected=0, by="student", at=NOON)
    found = store.recent("p1", "goal", at_most=10)
    assert {name: [c.version for c in past] for name, past in found.items()} == {"g1": [1, 2], "g2": [1, 2]}
    assert found["g2"][-1].entry is None
    few = store.recent("p1", "goal", at_most=2)
    assert {name: [c.version for c in past] for name, past in few.items()} == {"g1": [2], "g2": [2]}
    with pytest.raises(NotFound):
        store.recent("nobody", "goal", at_most=2)


def test_opening_a_whole_desk_reads_each_kind_once(
    desk: StudentDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as nothing changes, no history is read twice; what another window writes is seen at once."""
    read: list[str] = []
    whole = desk.store.recent

    def recent(portfolio_id: str, kind: str, *, at_most: int) -> Any:
        read.append(kind)
        return whole(portfolio_id, kind, at_most=at_most)

    monkeypatch.setattr(desk.store, "recent", recent)
    for section in desk.book.template.sections:
        desk.form(section.section_id)
    assert len(read) == len(set(read))
    write(StudentDesk(desk.store, desk.book, now=desk.now, new_id=lambda: "b"), "strength-1", "what", "maps")
    assert desk.form("strengths")["steps"] == {"back": True, "forth": False}


def test_a_long_history_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every state is compared with its neighbor, not with all that were: a term of writing opens a page at once."""
    asked = 0
    equal = Strength.__eq__

    def counted(self: Strength, other: object) -> bool:
        nonlocal asked
        asked += 1
        return equal(self, other)

    monkeypatch.setattr(Strength, "__eq__", counted)
    past = [
        Change(
            version=n,
            entry=Strength(entry_id="s", what=Passage(text=str(n))),
            changed_at=NOON + n * PAUSE,
            changed_by="student",
            revision=n + 1,
            restores=None,
        )
        for n in range(1, 301)
    ]
    assert len(walk({"s": past}, "student").done) == 300
    assert asked < 3 * len(past)
