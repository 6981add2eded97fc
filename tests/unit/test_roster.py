"""The roster comes in: nothing is written before a yes, nothing is lost by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, StorageTrouble
from portfolio.model import Goal, Household, Passage
from portfolio.moments.roster import confirm_roster, plan_roster
from portfolio.store.class_folder import ClassFolder
from tests.rosters import (
    CASES,
    KEY,
    NOON,
    bytes_of,
    make_class,
    students,
)


@pytest.fixture
def folder(tmp_path: Path, today: date) -> ClassFolder:
    """Return a class with one child."""
    return make_class(tmp_path / "class-4b", today, "Wren; Mama; ar")


@pytest.fixture
def listed(tmp_path: Path) -> Callable[[str], Path]:
    """Return what writes a list."""

    def write(text: str) -> Path:
        path = tmp_path / "list.csv"
        path.write_text(text, "utf-8")
        return path

    return write


def test_looking_writes_nothing(folder: ClassFolder) -> None:
    """Before a yes every byte of the class is as it was."""
    before = bytes_of(folder)
    assert len(plan_roster(folder, CASES / "plain.csv").new) == 30
    assert bytes_of(folder) == before


def test_new_children_can_begin(folder: ClassFolder, today: date, listed: Callable[[str], Path]) -> None:
    """They stand behind those there were, each with a picture of its own, a home and an empty book."""
    plan = plan_roster(folder, listed("Name,Guardian,Language\nTeo Brandt,Jule,German\n"))
    done = confirm_roster(folder, plan, today)
    store = folder.store()
    wren, teo = store.students()
    meta = store.rounds(teo.student_id)[0]
    store.close()
    assert done == (teo,) and teo.picture != wren.picture
    assert teo.households == (
        Household(household_id="jule", label="Jule", adults=("Jule",), reads=("de",), speaks=("de",)),
    )
    assert (meta.round, meta.started_on) == ("Fall 2026", today)


def test_importing_again_writes_nothing(folder: ClassFolder, today: date) -> None:
    """The same list a second time leaves every byte as it is."""
    confirm_roster(folder, plan_roster(folder, CASES / "plain.csv"), today)
    before = bytes_of(folder)
    plan = plan_roster(folder, CASES / "plain.csv")
    assert not plan.does_something
    assert confirm_roster(folder, plan, today) == () and bytes_of(folder) == before


def test_work_replies_and_keys_survive_a_new_list(
    folder: ClassFolder, today: date, listed: Callable[[str], Path]
) -> None:
    """A renamed child with a new grade and a second home keeps its id, book, history, key and first home."""
    store = folder.store()
    book = store.rounds("wren")[0].portfolio_id
    kept = store.keep(book, Goal(entry_id="g1", goal=Passage(text="Read")), expected=0, by="student", at=NOON)
    store.add_key("wren", KEY)
    store.close()
    text = "Name,Grade,Guardian 1,Language 1,Guardian 2,Language 2\nAmal Haddad,5,Mama,ar,Dad,en\n"
    plan = plan_roster(folder, listed(text), same={"wren": "Amal Haddad"})
    confirm_roster(folder, plan, today)
    store = folder.store()
    wren = store.student("wren")
    assert (wren.name, wren.grade) == ("Amal Haddad", "5")
    assert [h.household_id for h in wren.households] == ["mama", "dad"]
    assert store.entries(book) == (kept,) and store.student_for_key(KEY) == "wren"
    assert len(store.history(book, "g1")) == 1
    store.close()


def test_a_plan_for_another_state_of_the_class_is_refused(
    folder: ClassFolder, today: date, listed: Callable[[str], Path]
) -> None:
    """If somebody changed the roster since, nothing is written and the sentence says what to do."""
    plan = plan_roster(folder, listed("Name\nTeo Brandt\n"))
    store = folder.store()
    store.keep_student(store.student("wren").but(grade="5"))
    store.close()
    before = bytes_of(folder)
    with pytest.raises(ChangedMeanwhile, match="import it again"):
        confirm_roster(folder, plan, today)
    assert bytes_of(folder) == before


def test_an_import_that_was_cut_off_is_finished_by_the_next(
    folder: ClassFolder, today: date, listed: Callable[[str], Path]
) -> None:
    """A child that was kept but has no book yet gets it when the list comes in once more."""
    path = listed("Name\nTeo Brandt\n")
    store = folder.store()
    store.keep_student(plan_roster(folder, path).new[0])
    assert store.rounds("teo-brandt") == ()
    confirm_roster(folder, plan_roster(folder, path), today)
    assert len(store.rounds("teo-brandt")) == 1
    store.close()


def test_a_class_with_a_damaged_record_is_left_alone(
    folder: ClassFolder, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child whose record cannot be read would look new: nothing is compared then."""
    from portfolio.store.sql import SqlStore

    plan = plan_roster(folder, CASES / "plain.csv")
    monkeypatch.setattr(SqlStore, "damaged_students", lambda _: ("teo",))
    with pytest.raises(StorageTrouble, match="teo"):
        plan_roster(folder, CASES / "plain.csv")
    with pytest.raises(StorageTrouble, match="teo"):
        confirm_roster(folder, plan, today)
    assert len(students(folder)) == 1


NAMES = st.lists(st.sampled_from(["Amal", "Amal Haddad", "Inés", "Noor", "Teo", "أمل"]), max_size=6)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, NAMES)
def test_whatever_lists_come_in_what_a_child_wrote_stays(
    tmp_path_factory: pytest.TempPathFactory, today: date, first: list[str], second: list[str]
) -> None:
    """After any two imports every child is still there with all its entries."""
    place = tmp_path_factory.mktemp("any")
    folder = make_class(place / "class", today, "Amal", "Noor")
    written = {}
    for n, names in enumerate((first, second)):
        path = place / "list.csv"
        path.write_text("Name,Grade\n" + "".join(f"{name},{n}\n" for name in ("Zoe", *names)), "utf-8")
        store = folder.store()
        for student in store.students():
            book = store.rounds(student.student_id)[0].portfolio_id
            goal = Goal(entry_id=f"g{n}", goal=Passage(text=f"{student.student_id} {n}"))
            store.keep(book, goal, expected=0, by="student", at=NOON)
            written[book] = store.entries(book)
        store.close()
        confirm_roster(folder, plan_roster(folder, path), today)
    store = folder.store()
    assert {book: store.entries(book) for book in written} == written
    store.close()
