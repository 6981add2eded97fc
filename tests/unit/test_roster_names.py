"""Names in a list: cleaned, turned round, preferred, alike, doubled; and the ids made of them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.rules.roster_names import clean_cell, look_alike, turned
from tests.rosters import (
    child,
    names,
    plan,
    warned,
)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Haddad, Amal", "Amal Haddad"), ("King, Martin, Jr.", "Martin King Jr."), ("حداد، أمل", "أمل حداد"),
        ("Amal", "Amal"), ("Haddad,", "Haddad"), ("Nguyen , Thao Vy", "Thao Vy Nguyen"),
    ],
)  # fmt: skip
def test_last_first_is_turned_round(given: str, name: str) -> None:
    """“Last, First” becomes “First Last”, with any comma and what stands behind the name."""
    assert turned(given) == name


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("  Amal\u00a0 Haddad ", "Amal Haddad"), ("Ine\u0301s", "Inés"), ("\u200fأمل\u200e", "أمل"), ("A\u200bmal\ufeff", "Amal"),
        ('="004"', "004"), ("Amal\nHaddad", "Amal Haddad"), ("می\u200cنا", "می\u200cنا"), ("Amal\u200d", "Amal"), ("\u202bأمل\u202c", "أمل"),
        ("=1+1", "=1+1"), ("+Mo", "+Mo"), ("-Bo", "-Bo"), ("@Al", "@Al"), ("Zoë 🦊", "Zoë 🦊"), ("A\0B", "AB"),
    ],
)  # fmt: skip
def test_cells_are_cleaned_and_nothing_seen_is_lost(given: str, clean: str) -> None:
    """Unseen letters go, accents and the joiners of Persian stay, signs at the beginning are just letters."""
    assert clean_cell(given) == clean


@given(st.text(max_size=40) | st.text('="a \u200b\u200d\u0301é', max_size=12))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """A cleaned cell is clean, on one line and in NFC."""
    clean = clean_cell(text)
    assert clean_cell(clean) == clean
    assert unicodedata.is_normalized("NFC", clean) and "\n" not in clean


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Amal,Haddad,", "Amal Haddad"), ("Amal,Haddad,Mimi", "Mimi Haddad"), ("Amal,,", "Amal"), (",Haddad,", "Haddad"),
        ("Amal,Haddad,Mimi Haddad", "Mimi Haddad"),
    ],
)  # fmt: skip
def test_a_preferred_name_is_what_a_child_is_called(row: str, name: str) -> None:
    """The preferred name stands for the first; the family name stays."""
    assert names(plan(f"First,Last,Preferred\n{row}\n")) == [name]


def test_first_names_alone_if_wanted() -> None:
    """Family names can be left out: then a child is called by its preferred or first name."""
    text = 'Name,Preferred\n"Haddad, Amal",Mimi\nInés Peña Ruiz,\n'
    assert names(plan(text, first_names=True)) == ["Mimi", "Inés"]


def test_capitals_stay_and_are_told() -> None:
    """Nobody knows how McDonald is written: capitals are kept, and pointed out once."""
    found = plan("Name\nAMAL HADDAD\nTEO\nBo\n")
    assert names(found) == ["AMAL HADDAD", "TEO", "Bo"]
    assert warned(found).count("in capitals") == 1


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Jon Smith", "John Smith", True), ("Inés Ruiz", "Ines Ruiz", True), ("Аmal Haddad", "Amal Haddad", True),
        ("Mira Khan", "Mria Khan", True), ("Maya Li", "Maya Lo", True), ("Amal", "Amal", True), ("Anna Li", "Anna Lim", True),
        ("Amal Haddad", "Teo Brandt", False), ("Ana 1 x", "Ana 2 x", False), ("Bo", "Jo", False), ("Maya Lee", "Mia Lee", False),
        ("O'Brien Tom", "OBrien Tom", True),
    ],
)  # fmt: skip
def test_names_that_look_alike_are_found(one: str, other: str, alike: bool) -> None:
    """One slip of the pen, an accent, a letter of another alphabet; digits and short names tell apart."""
    assert look_alike(one, other) is look_alike(other, one) is alike


def test_doubles_are_both_kept_with_ids_of_their_own() -> None:
    """Two children of one name are two children, also if their letters are composed differently."""
    found = plan("Name\nInés Peña\nIne\u0301s Peña\nJon Smith\nJohn Smith\n")
    assert [s.student_id for s in found.new] == ["ines-pena", "ines-pena-2", "jon-smith", "john-smith"]
    assert "Two children are called “Inés Peña”" in warned(found)
    assert "“Jon Smith” (jon-smith) and “John Smith”" in warned(found)


def test_letters_of_two_alphabets_are_told() -> None:
    """A Cyrillic letter in a Latin name is kept, told with its row, and told beside its twin."""
    found = plan("Name\nАmal Haddad\nAmal Haddad\n")
    assert "Row 2: “Аmal Haddad” mixes letters" in warned(found)
    assert "look the same, but their letters differ" in warned(found)


def test_hundreds_of_alike_names_are_cut_short() -> None:
    """A list of made-up names does not fill the screen with pairs."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    found = plan("Name\n" + "".join(f"Student {x}{y}\n" for x in letters for y in letters[:4]))
    assert "more pairs of names look alike" in warned(found)
    assert len(found.warnings) < 30


def test_ids_are_safe_for_every_computer() -> None:
    """A child called Con, names in other letters, two of one name: each gets an id that can be a folder."""
    found = plan("Name\nCon\nأمل\nأمل\n=cmd\n../etc\nNUL\n")
    assert [s.student_id for s in found.new] == [
        "child-con",
        "student",
        "student-2",
        "cmd",
        "etc",
        "child-nul",
    ]


def test_new_children_get_the_pictures_fewest_have() -> None:
    """Pictures go round, beginning with those nobody has."""
    there = tuple(child(f"c{n}", f"Child {name}") for n, name in enumerate(("A", "B")))
    found = plan("Name\nTeo Brandt\nZoe Lind\n", there)
    assert [s.picture for s in found.new] == ["leaf", "kite"]
