"""What an import would do: rows, homes, what a list takes away (nothing), what it does a second time (nothing)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused
from portfolio.model import Student
from portfolio.moments.roster import plan_sheet
from portfolio.rules.roster import RosterPlan
from portfolio.store.roster_file import parse_sheet
from tests.rosters import (
    home,
    names,
    plan,
    warned,
)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",4", "Row 3 has no name"),
        ("???,4", "“???” in row 3 is no name"),
        ("x" * 101 + ",4", "row 3 is too long"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_others_are_read(row: str, says: str) -> None:
    """Each trouble names its row, and the children around it come in."""
    found = plan(f"Name,Grade\nAmal,4\n{row}\nTeo,5\n")
    assert names(found) == ["Amal", "Teo"]
    assert [said.row for said in found.troubles] == [3]
    assert says in str(found.troubles[0])


def test_too_many_children_are_refused() -> None:
    """The list of a whole school is no class."""
    with pytest.raises(InputRefused, match="201 names are too many"):
        plan("Name\n" + "Amal Haddad\n" * 201)


def test_two_grown_ups_with_their_own_languages_are_two_homes() -> None:
    """Each guardian with a language column is a home; without one they share it."""
    own = plan(
        "Name,Guardian 1,Language 1,Interpreter 1,Guardian 2,Language 2\nAmal,Mama,Arabic,yes,Dad,English\n"
    )
    assert own.new[0].households == (
        home("mama", "Mama", "ar", adults=("Mama",)).but(interpreter=True),
        home("dad", "Dad", "en", adults=("Dad",)),
    )
    shared = plan("Name,Guardian 1,Language,Guardian 2\nAmal,Mama,Arabic,Dad\n")
    assert shared.new[0].households == (home("mama-dad", "Mama, Dad", "ar", adults=("Mama", "Dad")),)


def test_grown_ups_of_one_household_are_one_home() -> None:
    """Where both have the same household, its label and all their languages count."""
    text = "Name,Guardian 1,Language 1,Household 1,Guardian 2,Language 2,Household 2\nAmal,Mama,ar,Elm,Dad,en,Elm\n"
    assert plan(text).new[0].households == (home("elm", "Elm", "ar", "en", adults=("Mama", "Dad")),)


def test_a_child_without_any_home_gets_one_in_the_language_of_the_class() -> None:
    """There is always somebody to take a book home to."""
    sheet = parse_sheet(b"Name,Guardian\nAmal,\nTeo,Oma\n", "x")
    amal, teo = plan_sheet(sheet, reads=("es",)).new
    assert amal.households == (home("home", "", "es"),)
    assert teo.households == (home("oma", "Oma", "es", adults=("Oma",)),)


def test_words_that_are_no_language_and_no_yes_are_told() -> None:
    """An unknown language and a strange answer under interpreter are told with row and child."""
    found = plan("Name,Guardian,Language,Interpreter\nAmal,Mama,Blorpish,perhaps\n")
    assert "Row 2: nobody here knows the language “Blorpish” (Amal)" in warned(found)
    assert "Row 2: “perhaps” under interpreter" in warned(found)


WORD = st.sampled_from(["Amal", "Inés", "Ines", "Teo", "Noor", "AMAL", "Аmal", "أمل", "Jon", "John"])
CELL = st.sampled_from(["", "Mama", "Dad", "Oma", "Rana Haddad", "Rana"])
TAG = st.sampled_from(["", "ar", "Spanish", "en es", "Blorpish"])
ROW = st.tuples(WORD, WORD | st.just(""), st.sampled_from(["", "4", "5"]), CELL, TAG, CELL, TAG)


def written(rows: list[tuple[str, ...]]) -> str:
    """Return rows as a CSV text."""
    heads = ("First", "Last", "Grade", "Guardian 1", "Language 1", "Guardian 2", "Language 2")
    return "\n".join(",".join(row) for row in (heads, *rows)) + "\n"


def done(found: RosterPlan, students: tuple[Student, ...]) -> tuple[Student, ...]:
    """Return a class after an import, as the store keeps it."""
    changed = {one.after.student_id: one.after for one in found.changed}
    return (*(changed.get(s.student_id, s) for s in students), *found.new)


@given(st.lists(ROW, min_size=1, max_size=8))
def test_importing_twice_changes_nothing(rows: list[tuple[str, ...]]) -> None:
    """What a list made of a class, the same list finds as it is."""
    first = plan(written(rows))
    again = plan(written(rows), first.new)
    assert (again.new, again.changed, again.missing) == ((), (), ())


@given(st.lists(ROW, min_size=1, max_size=6), st.lists(ROW, min_size=1, max_size=6))
def test_another_list_takes_nothing_away(old: list[tuple[str, ...]], new: list[tuple[str, ...]]) -> None:
    """Ids of children and of their homes, pictures and order stay, whatever comes in; a third time is quiet."""
    before = plan(written(old)).new
    found = plan(written(new), before)
    now = done(found, before)
    assert [s.student_id for s in now[: len(before)]] == [s.student_id for s in before]
    assert len({s.student_id for s in now}) == len(now)
    for was, student in zip(before, now, strict=False):
        ids = [h.household_id for h in student.households]
        assert ids[: len(was.households)] == [h.household_id for h in was.households]
        assert len(set(ids)) == len(ids) and student.picture == was.picture
    third = plan(written(new), now)
    assert not third.new or found.troubles
