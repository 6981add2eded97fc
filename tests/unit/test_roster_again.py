"""A list comes in once more: who is who, what changes, and homes that stay what they are."""

from __future__ import annotations

import pytest

from portfolio.errors import InputRefused
from portfolio.model import Household, Student
from portfolio.moments.roster import plan_sheet
from portfolio.rules.roster import Homes, fingerprint
from portfolio.store.roster_file import parse_sheet
from tests.rosters import (
    AMAL,
    CLASS,
    DAD,
    INES,
    MAMA,
    after,
    child,
    home,
    names,
    plan,
    warned,
)

# ------------------------------------------------------------------------------------------ who is who


def test_the_same_name_is_the_same_child() -> None:
    """Case, width and white space do not matter; who is not in the file stays; order does not matter."""
    found = plan("Name\nAMAL  HADDAD\n", CLASS)
    assert (found.same, found.missing, found.new, found.changed) == ((AMAL,), (INES,), (), ())
    assert found.fingerprint == fingerprint(CLASS)


def test_what_changes_is_told_from_and_to() -> None:
    """Grade and pronouns are taken anew, ids and picture stay."""
    found = plan("Name,Grade,Pronouns\nAmal Haddad,5,she/her\n", CLASS)
    assert [(d.what, d.before, d.after) for d in found.changed[0].differences] == [
        ("pronouns", "", "she/her"),
        ("grade", "4", "5"),
    ]
    assert after(found, "amal") == AMAL.but(grade="5", pronouns="she/her")


def test_an_empty_cell_changes_nothing() -> None:
    """A list that knows less than the class takes nothing away."""
    found = plan("Name,Grade,Guardian,Language,Interpreter\nAmal Haddad,,,,\n", CLASS)
    assert found.same == (AMAL,) and not found.warnings


def test_accents_alone_do_not_make_a_new_child() -> None:
    """“Ines Pena” is read as “Inés Peña”, with a warning, and the accents stay."""
    found = plan("Name\nInes Pena\n", CLASS)
    assert found.same == (INES,)
    assert "Row 2: “Ines Pena” was read as “Inés Peña” of the class" in warned(found)


def test_a_first_name_alone_is_found_where_only_one_has_it() -> None:
    """A class of first names and a list with family names fit together; the class's names stay."""
    there = (child("amal", "Amal"), child("teo", "Teo"))
    found = plan('Name,Grade\n"Haddad, Amal",4\n"Brandt, Teo",4\n"Lind, Teo",4\n', there)
    assert after(found, "amal").name == "Amal"
    assert names(found) == ["Teo Brandt", "Teo Lind"] and found.missing == (there[1],)


def test_a_new_preferred_name_renames_the_child() -> None:
    """The whole name still says who it is; the class calls it by the new name from now on."""
    found = plan("First,Last,Preferred\nAmal,Haddad,Mimi\n", CLASS)
    assert after(found, "amal").name == "Mimi Haddad"


def test_an_id_of_the_class_says_who_it_is() -> None:
    """With our ids in the file a child may be renamed, and change places."""
    found = plan("ID,Name\nines,Agnes Peña\namal,Amal Haddad\n", CLASS)
    assert after(found, "ines").name == "Agnes Peña"
    assert found.same == (AMAL,) and not found.new


@pytest.mark.parametrize("said", ["Agnes Brown", "row 2", "Row:2"])
def test_a_renamed_child_can_be_pointed_out(said: str) -> None:
    """Without help it is a new child and a missing one, with a hint; with ``--same`` it is one, renamed."""
    found = plan("Name\nAgnes Brown\n", CLASS)
    assert names(found) == ["Agnes Brown"]
    found = plan("Name\nAgnes Brown\n", CLASS, same={"ines": said})
    assert after(found, "ines") == INES.but(name="Agnes Brown") and not found.new


def test_a_child_that_may_have_a_new_name_is_hinted_at() -> None:
    """New and missing with a name in common: the sentence says what to add."""
    assert '--same amal="Amal Smith"' in warned(plan("Name\nAmal Smith\nInés Peña\n", CLASS))


@pytest.mark.parametrize(
    "same", [{"nobody": "Amal Haddad"}, {"ines": "Nobody"}, {"ines": "Bo Li"}, {"ines": "row 99"}]
)
def test_who_is_pointed_out_must_be_there_once(same: dict[str, str]) -> None:
    """An unknown id, a name that is not in the file or twice in it, a row beyond the end."""
    with pytest.raises(InputRefused):
        plan("Name\nAmal Haddad\nBo Li\nBo Li\n", CLASS, same=same)


TWINS = (
    child("noor", "Noor Aziz", home("hina", "Hina", "ur", adults=("Hina",)), grade="4"),
    child("noor-2", "Noor Aziz", home("bilal", "Bilal", "ur", adults=("Bilal",)), grade="5"),
)


@pytest.mark.parametrize("rows", ["4,Hina\nNoor Aziz,5,Bilal", "5,Bilal\nNoor Aziz,4,Hina"])
def test_children_of_one_name_are_told_apart_by_what_is_known(rows: str) -> None:
    """In any order, each of two keeps its own home and grade."""
    assert plan(f"Name,Grade,Guardian\nNoor Aziz,{rows}\n", TWINS).same == TWINS


@pytest.mark.parametrize("rows", ["4,Hina\nNoor Aziz,6,Bilal", "6,Bilal\nNoor Aziz,4,Hina"])
def test_the_last_of_two_is_known_if_the_other_is(rows: str) -> None:
    """Where one row fits one child in everything, the other row is the other child."""
    found = plan(f"Name,Grade,Guardian\nNoor Aziz,{rows}\n", TWINS)
    assert after(found, "noor-2").grade == "6" and found.same == (TWINS[0],)


@pytest.mark.parametrize("rows", ["6,Zia\nNoor Aziz,7,Omar", ",\nNoor Aziz,6,Bilal"])
def test_children_of_one_name_never_change_places_by_guessing(rows: str) -> None:
    """Where rows fit none or several, they are left alone and told, and nobody is new or changed."""
    found = plan(f"Name,Grade,Guardian\nNoor Aziz,{rows}\n", TWINS)
    assert not found.new and not found.changed and not found.missing
    assert "--same noor" in str(found.troubles[0])


def test_twins_can_be_pointed_out_by_row() -> None:
    """``--same`` with rows settles who is who."""
    text = "Name,Grade,Guardian\nNoor Aziz,6,\nNoor Aziz,7,\n"
    found = plan(text, TWINS, same={"noor": "row 3", "noor-2": "row 2"})
    assert (after(found, "noor").grade, after(found, "noor-2").grade) == ("7", "6")


def test_a_second_child_of_a_name_is_new() -> None:
    """One of the name is in the class and fits; the other in the file is somebody else."""
    found = plan("Name,Grade,Guardian\nNoor Aziz,4,Hina\nNoor Aziz,5,Bilal\n", TWINS[:1])
    assert found.same == TWINS[:1] and [s.student_id for s in found.new] == ["noor-aziz"]


# ------------------------------------------------------------------------------------------ homes


def homes_after(text: str, student: Student = AMAL) -> tuple[Household, ...]:
    """Return the homes of one child after an import."""
    found = plan(text, (student,))
    return found.changed[0].after.households if found.changed else found.same[0].households


def test_a_home_keeps_its_id_and_what_the_class_knows_besides() -> None:
    """A new language is taken; the id, the copy, and languages set by the teacher stay."""
    printed = AMAL.but(households=(MAMA.but(copy_as="print"), DAD))
    text = "Name,Guardian 1,Language 1,Guardian 2,Language 2\nAmal Haddad,Dad,Spanish,Mama,Arabic\n"
    assert homes_after(text, printed) == (
        MAMA.but(copy_as="print"),
        DAD.but(reads=("es",), speaks=("es",)),
    )


def test_the_empty_home_of_a_new_class_is_filled() -> None:
    """A class made from names alone has a home without a label: the first told home becomes it."""
    assert homes_after("Name,Guardian,Language\nInés Peña,Lucía,Spanish\n", INES) == (
        home("home", "Lucía", "es", adults=("Lucía",)),
    )


def test_a_home_the_file_does_not_name_is_kept_and_told() -> None:
    """Replies may belong to it."""
    found = plan("Name,Guardian,Language\nAmal Haddad,Mama,ar\n", (AMAL,))
    assert found.same == (AMAL,)
    assert "Row 2: the home “Dad” of Amal Haddad is not in the file" in warned(found)


def test_somebody_else_with_the_same_language_is_another_home() -> None:
    """A letter for one home must never reach another: a language in common does not make one of two."""
    homes = homes_after("Name,Guardian,Language\nAmal Haddad,Uncle Sami,English\n")
    assert [h.household_id for h in homes] == ["mama", "dad", "uncle-sami"]
    assert homes[:2] == (MAMA, DAD)


def test_a_slip_in_a_label_does_not_make_a_new_home() -> None:
    """“Rana Hadad” is “Rana Haddad”, and so is “Haddad Rana”."""
    rana = child("amal", "Amal Haddad", home("rana", "Rana Haddad", "ar", adults=("Rana Haddad",)))
    for label in ("Rana Hadad", "Haddad Rana"):
        found = homes_after(f"Name,Guardian,Language\nAmal Haddad,{label},ar\n", rana)
        assert [h.household_id for h in found] == ["rana"]


def test_a_label_a_teacher_gave_stays() -> None:
    """Found by a grown-up in it, a home keeps its own label."""
    own = child("amal", "Amal Haddad", home("mama", "Mama’s home", "ar", adults=("Rana",)))
    assert homes_after("Name,Guardian,Language\nAmal Haddad,Rana,ar\n", own) == own.households


def test_a_row_with_little_in_it_does_not_take_the_place_of_a_twin() -> None:
    """A bare name fits every child of the name: whoever tells most is looked at first."""
    found = plan("Name,Grade,Guardian\nNoor Aziz,,\nNoor Aziz,4,Hina\n", TWINS)
    assert found.same == TWINS and not found.troubles


# ----------------------------------------------------------------------------- parents who live apart

APART = child(
    "amal",
    "Amal Haddad",
    home("mum", "Mum", "en", adults=("Lena Berg",)),
    home("dad", "Dad", "es", adults=("Tom Fox",)),
)


@pytest.mark.parametrize(
    "row", ["Parent 1,Parent 2\nAmal Haddad,Lena Berg,Tom Fox\n", "Parent\nAmal Haddad,Lena Berg / Tom Fox\n"]
)
def test_a_row_with_both_parents_does_not_move_one_in_with_the_other(row: str) -> None:
    """A list that names two parents who have homes of their own changes neither, and leaves out neither home."""
    found = plan(f"Name,{row}", (APART,))
    assert found.same == (APART,) and found.changed == ()
    assert "is not in the file" not in warned(found)


def test_who_is_new_comes_into_the_home_the_row_finds() -> None:
    """A grandmother named beside both parents joins the home of the first; the other home stays as it is."""
    found = plan("Name,Parent\nAmal Haddad,Lena Berg / Tom Fox / Oma Berg\n", (APART,))
    mum, dad = after(found, "amal").households
    assert mum.adults == ("Lena Berg", "Oma Berg") and dad == APART.households[1]


@pytest.mark.parametrize(
    ("said", "reads"), [("one", [("de", "fr")]), ("two", [("de",), ("fr",)]), ("", [("de",), ("fr",)])]
)
@pytest.mark.parametrize("second", ["Tom", ""])
def test_one_home_reads_the_languages_of_both(said: Homes, reads: list[tuple[str, ...]], second: str) -> None:
    """Said to be one home, it reads what either column tells, also where nobody is named; else each reads its own."""
    text = f"Name,Parent,Home language,Parent 2,Home 2 language\nAmal,Lena,German,{second},French\n"
    (made,) = plan_sheet(parse_sheet(text.encode(), "x"), homes=said).new
    expected = reads if second or said == "one" else reads[:1]
    assert [one.reads for one in made.households] == expected
    assert [name for one in made.households for name in one.adults] == ["Lena", *filter(None, [second])]
