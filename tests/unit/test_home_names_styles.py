"""Names of files as the teacher chooses them: by id, by first name, by initials; unique, safe, never the full name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import Household, Student
from portfolio.moments.home_names import STYLES, NameStyle, file_names, file_owners, names_in
from tests.hostile import TEXTS

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def child(number: int, name: str, *labels: str) -> Student:
    """Return a child with homes of these labels."""
    homes = tuple(Household(household_id=f"h{n}", label=label) for n, label in enumerate(labels))
    return Student(student_id=f"c{number}", name=name, households=homes)


def test_the_teacher_chooses_how_children_are_named() -> None:
    """By first name or by initials, twins with a number, and the id where a name has no Latin letters."""
    roster = [child(1, "Amal Haddad", "Mama"), child(2, "Amal Nasser", "Dad"), child(3, "نور", "Home")]
    first = list(file_names(roster, "first").values())
    assert first == ["amal-mama.html", "amal-2-dad.html", "c3-home.html"]
    assert list(file_names(roster, "initials").values()) == ["ah-mama.html", "an-dad.html", "c3-home.html"]
    assert list(file_names(roster).values()) == ["c1-mama.html", "c2-dad.html", "c3-home.html"]


def test_a_number_in_a_label_never_makes_two_files_one() -> None:
    """The home “2 Dad” of one Amal and the home “Dad” of the second do not share a file."""
    roster = [child(1, "Amal", "2 Dad"), child(2, "Amal", "Dad")]
    assert sorted(file_names(roster, "first").values()) == ["amal+2-dad.html", "amal-2+dad.html"]


@pytest.mark.parametrize("style", STYLES)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=60), st.text(max_size=2_000)), min_size=1, max_size=8))
def test_every_name_is_unique_and_safe_everywhere(style: NameStyle, people: list[tuple[str, str]]) -> None:
    """Whatever people are called, no two files share a name on any disk, none is reserved, long, or somewhere else."""
    names = [name.replace("\x00", "") or "x" for name, _ in people]
    roster = [
        child(n, name, label, "CON", "../../x")
        for n, (name, (_, label)) in enumerate(zip(names, people, strict=True))
    ]
    found = list(file_names(roster, style).values())
    assert len({name.casefold() for name in found}) == 3 * len(roster)
    for name in found:
        assert re.fullmatch(r"[a-z0-9][a-z0-9.+_-]*\.html", name) and len(name) <= 120
        assert name.partition(".")[0] not in RESERVED and ".." not in name


@pytest.mark.parametrize("style", ["first", "initials"])
def test_the_full_name_of_a_child_is_in_no_name(style: NameStyle) -> None:
    """A file on a phone that somebody else looks at does not say the family's name."""
    for name in ("Amal Haddad", "Jean-Luc de la Cruz", "Ngọc Anh Nguyễn"):
        (made,) = file_names([child(1, name, "Home")], style).values()
        family = name.split()[-1].lower()
        assert family not in made and name.lower().replace(" ", "-") not in made


def test_hostile_names_and_labels_can_be_written_to_a_disk(tmp_path: Path) -> None:
    """Every name of every style makes a file where it should lie, and nowhere else."""
    texts = [text.replace("\x00", " ").strip() or "x" for text in TEXTS][:40]
    roster = [
        child(n, text.splitlines()[0][:500], text.splitlines()[0][:500]) for n, text in enumerate(texts)
    ]
    for style in STYLES:
        place = tmp_path / style
        place.mkdir()
        for name in file_names(roster, style).values():
            (place / name).write_bytes(b"x")
        assert len(list(place.iterdir())) == len(roster)


def test_whoever_is_erased_loses_files_of_every_style() -> None:
    """The owner of a file is known, however the teacher had files named."""
    roster = [child(1, "Amal Haddad", "Mama"), child(2, "Bo", "Dad")]
    owners = file_owners(roster)
    for style in STYLES:
        for (owner, _), name in file_names(roster, style).items():
            assert owner in owners[name]


def test_one_child_alone_has_the_name_it_has_in_the_class() -> None:
    """Sending one of two Amals reads the whole class where names are not ids."""

    class Store:
        """A class with two children."""

        def students(self) -> tuple[Student, ...]:
            """Return them."""
            return (child(1, "Amal", "Mama"), child(2, "Amal", "Dad"))

    store = Store()
    second = store.students()[1]
    alone = names_in(store, [second], "first")  # type: ignore[arg-type]  # all that is asked of a store here
    assert alone["c2", "h0"] == "amal-2-dad.html"
