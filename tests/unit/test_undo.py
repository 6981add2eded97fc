"""Taking back and doing again, in both stores, against the simplest model there is: two piles of states."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from portfolio.errors import ChangedMeanwhile, NotFound
from portfolio.model import Goal, Passage, PortfolioMeta, Student
from portfolio.moments.history import can_redo, can_undo, redo, undo, version_before, what_changed
from portfolio.store import ClassStore, FakeStore
from portfolio.store.sql import SqlStore

NOON = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)


def goal(text: str) -> Goal:
    """Return the goal that all of it is about."""
    return Goal(entry_id="g1", goal=Passage(text=text))


def ready(store: ClassStore) -> ClassStore:
    """Return the store with a student and an empty portfolio."""
    store.keep_student(Student(student_id="maya", name="Maya"))
    store.keep_meta(
        PortfolioMeta(
            portfolio_id="p1",
            student_id="maya",
            round="Fall",
            started_on=date(2026, 9, 1),
            age_band="3-5",
            template_id="t",
        )
    )
    return store


@pytest.fixture(params=["in memory", "on disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ClassStore]:
    """Both stores, with an empty portfolio."""
    on_disk = request.param == "on disk"
    made: ClassStore = SqlStore(tmp_path / "c", tmp_path / "media", create=True) if on_disk else FakeStore()
    yield ready(made)
    made.close()


def now(store: ClassStore) -> tuple[str | None, int]:
    """Return what the goal says, and its version."""
    last = store.history("p1", "g1")[-1]
    return (last.entry.goal.text if isinstance(last.entry, Goal) else None), last.version


def write(store: ClassStore, *texts: str) -> None:
    """Write the goal again and again."""
    for text in texts:
        version = now(store)[1] if text != "one" else 0
        store.keep("p1", goal(text), expected=version, by="student", at=NOON + timedelta(days=version))


def step(store: ClassStore, moment: str) -> str | None:
    """Take back or do again what is seen, and return what the goal says then."""
    (undo if moment == "undo" else redo)(
        store, "p1", "g1", expected=now(store)[1], by="student", at=NOON + timedelta(days=99)
    )
    return now(store)[0]


def test_taking_back_steps_further_each_time_and_forth_again(store: ClassStore) -> None:
    """Three changes are taken back one by one, to before the first, and done again one by one."""
    write(store, "one", "two", "three")
    assert [step(store, "undo") for _ in range(3)] == ["two", "one", None]
    assert not can_undo(store, "p1", "g1")
    with pytest.raises(NotFound, match="nothing more to take back"):
        step(store, "undo")
    assert [step(store, "redo") for _ in range(3)] == ["one", "two", "three"]
    assert not can_redo(store, "p1", "g1")
    with pytest.raises(NotFound, match="nothing to do again"):
        step(store, "redo")
    assert len(store.history("p1", "g1")) == 9


def test_a_removal_is_taken_back_like_any_change(store: ClassStore) -> None:
    """What was removed comes back as it was, and is removed again by doing it again."""
    write(store, "one")
    store.remove("p1", "g1", expected=1, by="student", at=NOON)
    assert step(store, "undo") == "one"
    assert step(store, "redo") is None


def test_a_new_change_ends_what_could_be_done_again(store: ClassStore) -> None:
    """After something new there is nothing to do again; what was taken back is still in the history."""
    write(store, "one", "two")
    step(store, "undo")
    write(store, "new")
    assert not can_redo(store, "p1", "g1")
    assert [step(store, "undo"), step(store, "undo")] == ["one", None]
    said = [c.entry.goal.text for c in store.history("p1", "g1") if isinstance(c.entry, Goal)]
    assert "two" in said


def test_an_old_version_brought_back_from_a_list_can_be_taken_back(store: ClassStore) -> None:
    """Whoever chose yesterday's version by mistake takes that back in one step."""
    write(store, "one", "two", "three")
    store.restore("p1", "g1", 1, expected=3, by="teacher:t", at=NOON)
    assert now(store)[0] == "one"
    assert step(store, "undo") == "three"


@pytest.mark.parametrize("moment", [undo, redo])
def test_nothing_is_taken_back_over_somebody_elses_change(store: ClassStore, moment: object) -> None:
    """Whoever saw an older version is told, and nothing is written."""
    write(store, "one", "two")
    for stale in (1, 3):
        with pytest.raises(ChangedMeanwhile):
            moment(store, "p1", "g1", expected=stale, by="student", at=NOON)  # type: ignore[operator]  # undo or redo
    assert len(store.history("p1", "g1")) == 2


def test_what_was_there_yesterday_is_known(store: ClassStore) -> None:
    """The state at a time is the newest from before it; before the first there was nothing."""
    write(store, "one", "two", "three")
    found = version_before(store, "p1", "g1", NOON + timedelta(days=1, hours=2))
    assert found is not None
    assert (found.version, found.entry) == (2, goal("two"))
    assert version_before(store, "p1", "g1", NOON - timedelta(seconds=1)) is None
    (touched,) = what_changed(store, "p1", NOON)
    assert (touched.before, touched.now) == (goal("one"), goal("three"))


class Undoing(RuleBasedStateMachine):
    """Do the same in both stores and in two piles: states behind, states ahead."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        real = SqlStore("sqlite://", Path(self.folder.name), create=True)
        self.stores = [ready(FakeStore()), ready(real)]
        self.behind: list[str | None] = []
        self.here: str | None = None
        self.ahead: list[str | None] = []
        self.version = 0

    def teardown(self) -> None:
        if hasattr(self, "stores"):
            self.stores[1].close()
            self.folder.cleanup()

    def new(self, state: str | None) -> None:
        self.behind.append(self.here)
        self.here, self.ahead, self.version = state, [], self.version + 1

    @rule(text=st.text(max_size=5))
    def keep(self, text: str) -> None:
        for store in self.stores:
            kept = store.keep("p1", goal(text), expected=self.version, by="student", at=NOON)
        assert isinstance(kept.entry, Goal)
        self.new(kept.entry.goal.text)

    @precondition(lambda self: self.here is not None)
    @rule()
    def remove(self) -> None:
        for store in self.stores:
            store.remove("p1", "g1", expected=self.version, by="student", at=NOON)
        self.new(None)

    @precondition(lambda self: self.behind)
    @rule()
    def take_back(self) -> None:
        self.ahead.append(self.here)
        self.here = self.behind.pop()
        self.go("undo")

    @precondition(lambda self: self.ahead)
    @rule()
    def do_again(self) -> None:
        self.behind.append(self.here)
        self.here = self.ahead.pop()
        self.go("redo")

    def go(self, moment: str) -> None:
        self.version += 1
        for store in self.stores:
            assert step(store, moment) == self.here

    @invariant()
    def both_say_what_the_piles_say(self) -> None:
        for store in getattr(self, "stores", []):
            if self.version:
                assert now(store) == (self.here, self.version)
                assert can_undo(store, "p1", "g1") == bool(self.behind)
                assert can_redo(store, "p1", "g1") == bool(self.ahead)
                assert [c.version for c in store.history("p1", "g1")] == list(range(1, self.version + 1))


Undoing.TestCase.settings = settings(max_examples=settings().max_examples, stateful_step_count=25)
TestUndoing = pytest.mark.more(Undoing.TestCase)
