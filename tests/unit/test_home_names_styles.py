"""Names of files as the teacher chooses them: the usual word, by first name, by initials; unique, safe, never the full name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import Household, Student
from portfolio.moments import home_names
from portfolio.moments.home_doors import Doors
from portfolio.moments.home_names import STYLES, NameStyle, child_word, file_names, file_owners, names_in
from portfolio.moments.send_home import Wishes, run_home, send_home
from portfolio.moments.sent_list import list_of
from portfolio.words import speak
from tests.hostile import TEXTS
from tests.quick_class import quick_desk

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


@pytest.mark.parametrize("style", STYLES)
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


def roster_of(*names: str) -> list[Student]:
    """Return children whose ids say their whole names, as an old list made them."""
    homes = (Household(household_id="h", label="Mama"), Household(household_id="i", label="Haddad"))
    return [Student(student_id=name.lower().replace(" ", "-"), name=name, households=homes) for name in names]


def test_the_usual_name_of_a_file_does_not_tell_the_family_and_hangs_on_nobody_else() -> None:
    """An id with the family's name is no file name; who joins, leaves or moves changes nobody's file, two Amals neither."""
    amal, noor, twin = roster_of("Amal Haddad", "Noor Haddad", "Amal Nasser")
    alone = file_names([amal])
    assert all("haddad" not in name for name in file_names([amal, noor]).values())
    assert [name.split("-")[0] for name in alone.values()] == ["amal", "amal"]
    for several in ([amal, twin], [twin, noor, amal], [noor, amal]):
        found = file_names(several)
        assert {ids: found[ids] for ids in alone} == alone
        assert len(set(found.values())) == len(found)
    assert len({"-".join(name.split("-")[:2]) for name in file_names([amal, twin]).values()}) == 2


def test_an_id_that_says_a_first_name_or_nothing_at_all_stays_as_it_is() -> None:
    """Files of classes whose ids are first names, numbered or random keep their names."""
    for student_id, name in (
        ("amal", "Amal"),
        ("amal-2", "Amal Haddad"),
        ("k7q2", "Amal Haddad"),
        ("noor", "نور"),
    ):
        assert child_word(Student(student_id=student_id, name=name)) == student_id


def test_the_file_of_an_old_name_is_replaced_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder whose files say the family's name gets new ones, the old are taken away, and a third run makes nothing."""
    desk = quick_desk(tmp_path, ("Amal Haddad; Mama; en",))
    desk.store.close()
    folder = desk.folder
    with monkeypatch.context() as before:
        before.setattr(home_names, "child_word", lambda student: student.student_id)
        (old,) = send_home(folder)
    assert old.path is not None and "haddad" in old.path.name
    first = run_home(folder, Wishes())
    (new,) = first.sent
    assert new.path is not None and "haddad" not in new.path.name and not old.path.exists()
    assert first.tidied.removed == (f"{old.path.stem}/{old.path.name}",)
    (again,) = run_home(folder, Wishes()).sent
    assert again.unchanged and again.path == new.path
    assert new.path.stem in list_of([again], Doors(), folder.store().school_class(), speak("en"))
