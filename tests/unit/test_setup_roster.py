# long: the whole way of a list, through the screen
"""A list of children through the screen: any broken spreadsheet, what its columns are, who is who, and forgetting it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused, NotFound, PortfolioError
from portfolio.model import Goal, Household, Passage
from portfolio.model.own_language import LONGEST_WORD, nobody_looked, own_tag, own_word
from portfolio.model.record import clean_text
from portfolio.moments.room import Asked, Brought, Outcome
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_room import SetupRoom
from portfolio.moments.teacher.setup_steps import steps_of
from portfolio.rules.roster_languages import OWN, word_id
from portfolio.rules.roster_list import lines_of_one
from portfolio.words.language_names import name_of
from portfolio.words.languages import language
from tests.rosters import AMAL, CASES, DAD, MAMA, bytes_of, child, home, make_class
from tests.teachers import form, teacher_desk

PLACE = ("list",)


@pytest.fixture
def desk(tmp_path: Path, today: date) -> Iterator[TeacherDesk]:
    """Return the desk of a new class without children."""
    found = teacher_desk(make_class(tmp_path / "class", today))
    yield found
    found.store.close()


@pytest.fixture
def room(desk: TeacherDesk) -> SetupRoom:
    """Return its room for setting up."""
    return SetupRoom(desk)


def bring(room: SetupRoom, data: bytes | str, name: str = "list.csv") -> Outcome:
    """Bring a file."""
    told = data.encode() if isinstance(data, str) else data
    return room.do(PLACE, form("bring", Brought("list", name, told)))


def sent(what: str, values: Mapping[str, str]) -> Asked:
    """Return a form with fields of any names."""
    return Asked(what=what, values={name: (value,) for name, value in values.items()})


def page(room: SetupRoom) -> BeautifulSoup:
    """Return the screen of the list."""
    return BeautifulSoup(room.show(PLACE).body, "html.parser")


def text_of(found: BeautifulSoup, selector: str) -> str:
    """Return the text of the element a selector finds."""
    (element,) = found.select(selector)
    return element.get_text()


def filled_in(room: SetupRoom, how: str, **changed: str) -> Outcome:
    """Send the form of the screen as it stands, but for what is changed, with one of its buttons."""
    found = page(room).select_one('form[data-do="look"]')
    assert isinstance(found, Tag)
    values: dict[str, str] = {}
    for select in found.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        assert isinstance(chosen, Tag)
        values[str(select["name"])] = str(chosen["value"])
    for box in found.select("input[type=checkbox][checked], input[type=radio][checked]"):
        values[str(box["name"])] = str(box["value"])
    unknown = set(changed) - set(values) - {"first-names"}
    assert not unknown, f"the screen has no field {unknown}"
    return room.do(PLACE, sent("look", {"how": how, **values, **changed}))


def names(desk: TeacherDesk) -> list[str]:
    """Return the names of the class in order."""
    return [student.name for student in desk.store.students()]


def expected() -> list[str]:
    """Return the names the specimens should give."""
    lines = (CASES / "expected.txt").read_text("utf-8").splitlines()
    return [line.split(" | ")[0].split(";")[0].strip() for line in lines if line and not line.startswith("#")]


# ------------------------------------------------------------------------------------------ from file to class


@pytest.mark.parametrize("name", sorted(p.name for p in CASES.glob("*.csv") if p.name != "no-headings.csv"))
def test_every_broken_spreadsheet_comes_in_by_two_buttons(
    desk: TeacherDesk, room: SetupRoom, name: str
) -> None:
    """A file is chosen, looked at, and taken in: thirty children with homes, each with a book, nothing to correct."""
    assert bring(room, (CASES / name).read_bytes(), name).go == "setup/list"
    done = filled_in(room, "take")
    assert done.go == "setup/children" and "30 children are in" in done.say
    assert len(names(desk)) == 30
    assert all(student.households and student.households[0].reads for student in desk.store.students())
    assert all(len(desk.store.rounds(student.student_id)) == 1 for student in desk.store.students())
    bring(room, (CASES / name).read_bytes(), name)
    assert "There is nothing to take in" in page(room).get_text()


def test_no_sentence_of_the_screen_speaks_of_a_command(desk: TeacherDesk, room: SetupRoom) -> None:
    """Whatever there is to remark, a teacher at a screen is not told of options or commands."""
    for path in sorted(CASES.glob("*.csv")):
        bring(room, path.read_bytes(), path.name)
        assert not re.search(r"--\w|portfolio roster", page(room).get_text()), path.name
        if path.name == "plain.csv":
            filled_in(room, "take")
    keep_class(desk)
    bring(room, "Name,Grade,Student ID\nAmal Haddad,4,ines\nInés Peña,5,amal\nNoor Aziz,4,\nNew One,4,\n")
    text = page(room).get_text()
    assert not re.search(r"--\w|portfolio roster", text)
    assert "Did a column slip? Say below who it is." in text


def keep_class(desk: TeacherDesk) -> None:
    """Put Amal, Inés and two children called Noor Aziz into the class."""
    for student in (
        AMAL,
        child("ines", "Inés Peña", home("home", "")),
        child("noor-aziz", "Noor Aziz", home("h", "Hina", "ur"), grade="4"),
        child("noor-aziz-2", "Noor Aziz", home("b", "Bilal", "ur"), grade="5"),
    ):
        desk.store.keep_student(student)


def test_looking_writes_nothing(desk: TeacherDesk, room: SetupRoom) -> None:
    """Bringing a list, looking, looking again and putting it away leave every file of the class as it was."""
    before = bytes_of(desk.folder)
    bring(room, (CASES / "plain.csv").read_bytes())
    page(room)
    filled_in(room, "look", **{"first-names": "1"})
    room.do(PLACE, form("put-away"))
    assert bytes_of(desk.folder) == before
    assert "Amal" not in room.show(PLACE).body


@pytest.mark.parametrize(("text", "told"), [
    ("Ana\nBen\n\nChi\n", ["Ana", "Ben", "Chi"]), ("Ana, Ben, Chi", ["Ana", "Ben", "Chi"]),
    ("Ana; Ben; Chi; Dee", ["Ana", "Ben", "Chi", "Dee"]), ("أمل، نور، سامي", ["أمل", "نور", "سامي"]),
    ("Name\tGrade\nAna Diaz\t4\nBen Fox\t5\n", ["Ana Diaz", "Ben Fox"]), ("Ana", ["Ana"]),
])  # fmt: skip
def test_typed_or_pasted_names_come_in_too(
    desk: TeacherDesk, room: SetupRoom, text: str, told: list[str]
) -> None:
    """A name in each line, all in one line, or cells copied from a spreadsheet."""
    room.do(PLACE, form("bring-typed", names=text))
    filled_in(room, "take")
    assert names(desk) == told


@given(st.lists(st.from_regex(r"[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8})?", fullmatch=True), min_size=3, max_size=8))
def test_names_in_one_line_are_the_names(told: list[str]) -> None:
    """Three or more names with commas between them become lines; lines stay lines."""
    assert lines_of_one(", ".join(told)).splitlines() == told
    assert lines_of_one("\n".join(told)).splitlines() == told


def test_a_family_name_and_a_first_name_stay_one_child(desk: TeacherDesk, room: SetupRoom) -> None:
    """“Haddad, Amal” alone in a line is no list of two children."""
    room.do(PLACE, form("bring-typed", names="Haddad, Amal"))
    filled_in(room, "take")
    assert names(desk) == ["Amal Haddad"]


# --------------------------------------------------------------------------------------------------- columns


def test_a_column_is_said_to_be_something_else(desk: TeacherDesk, room: SetupRoom) -> None:
    """What a teacher chooses counts, the other guesses stay, and nothing comes in before it was looked at."""
    bring(room, "Kid,Zzz,Gr,Mother tongue\nAna,Rosa Diaz,4,Spanish\nBen,Kim Fox,5,English\n")
    first = filled_in(room, "take", **{"column-1": "guardian1"})
    assert first.go == "" and "Nothing is in yet" in first.say and names(desk) == []
    assert text_of(page(room), "#f-column-1 option[selected]") == "grown-up"
    assert "as you said" in page(room).get_text()
    filled_in(room, "take")
    assert names(desk) == ["Ana", "Ben"]
    assert [s.households[0].adults for s in desk.store.students()] == [("Rosa Diaz",), ("Kim Fox",)]
    assert [s.households[0].reads for s in desk.store.students()] == [("es",), ("en",)]


def test_a_list_without_headings_can_be_put_right(desk: TeacherDesk, room: SetupRoom) -> None:
    """Where we guess the wrong column for the name, exchanging two columns loses neither."""
    bring(room, "Rosa Diaz,Ana Diaz,4\nKim Fox,Ben Fox,5\n")
    filled_in(room, "look", **{"column-0": "guardian1", "column-1": "name"})
    filled_in(room, "take")
    assert [(s.name, s.grade, s.households[0].adults) for s in desk.store.students()] == [
        ("Ana Diaz", "4", ("Rosa Diaz",)),
        ("Ben Fox", "5", ("Kim Fox",)),
    ]


def test_columns_with_the_same_heading_are_told_apart(desk: TeacherDesk, room: SetupRoom) -> None:
    """Two columns called alike are two columns: each select means its own."""
    bring(room, "Name,Info,Info\nAna,4,she/her\n")
    filled_in(room, "look", **{"column-1": "grade", "column-2": "pronouns"})
    filled_in(room, "take")
    assert [(s.grade, s.pronouns) for s in desk.store.students()] == [("4", "she/her")]


def test_one_thing_in_two_columns_is_asked_about(desk: TeacherDesk, room: SetupRoom) -> None:
    """Two columns for one thing are refused at the second, rather than one of them lost in silence."""
    bring(room, "Name,Grade,Year\nAna,4,2\n")
    with pytest.raises(InputRefused) as refused:
        filled_in(room, "take", **{"column-2": "name"})
    assert refused.value.values["field"] == "column-2"
    assert names(desk) == []


def test_a_list_where_no_column_is_a_name_is_shown_all_the_same(desk: TeacherDesk, room: SetupRoom) -> None:
    """One chooses the column; until then nothing can be taken in."""
    bring(room, "Ref,Colour\n7,blue4\n8,red5\n")
    assert page(room).select_one('button[value="take"]') is None
    filled_in(room, "look", **{"column-1": "name", "headings": "1"})
    filled_in(room, "take")
    assert names(desk) == ["blue4", "red5"]


def test_what_we_do_not_need_is_not_shown(desk: TeacherDesk, room: SetupRoom) -> None:
    """Birth dates and addresses stand on no screen: somebody may look over the shoulder."""
    bring(room, (CASES / "school-program.csv").read_bytes())
    text = room.show(PLACE).body
    assert "Haddad" in text
    assert "1/1/2016" not in text and "Elm Street$" not in text and "family0@example.org" not in text


def test_first_names_alone_can_be_kept(desk: TeacherDesk, room: SetupRoom) -> None:
    """With the box ticked, no family name is in the class, on any row."""
    bring(room, (CASES / "plain.csv").read_bytes())
    filled_in(room, "look", **{"first-names": "1"})
    shown = re.sub("Rana Haddad|Sami Haddad", "", text_of(page(room), ".setup-new"))
    assert "Amal" in shown and "Haddad" not in shown
    filled_in(room, "take", **{"first-names": "1"})
    assert "Amal" in names(desk) and "Amal Haddad" not in names(desk)


def test_other_letters_can_be_chosen_where_the_file_does_not_say(desk: TeacherDesk, room: SetupRoom) -> None:
    """A file of an older program is read with the letters a teacher picks; nonsense letters change nothing."""
    data = "Name,Grade\nИнна,4\n".encode("cp1251")
    bring(room, data)
    assert page(room).select_one("#f-letters")
    filled_in(room, "look", letters="cp1252")
    assert "Инна" not in page(room).get_text()
    filled_in(room, "look", letters="cp1251")
    filled_in(room, "take")
    assert names(desk) == ["Инна"]


# ------------------------------------------------------------------------------------------------ who is who


def test_a_new_name_can_be_said_to_be_a_child_of_the_class(desk: TeacherDesk, room: SetupRoom) -> None:
    """A renamed child keeps id and homes, and is not new."""
    keep_class(desk)
    bring(room, "Name,Grade\nAmalia Haddad-Cruz,4\n")
    assert page(room).select_one("#f-child-amal")
    filled_in(room, "look", **{"child-amal": "2"})
    assert "Amal Haddad" in page(room).get_text()
    filled_in(room, "take")
    kept = desk.store.student("amal")
    assert kept.name == "Amalia Haddad-Cruz" and kept.households == (MAMA, DAD)
    assert len(names(desk)) == 4


def test_twins_are_told_apart_by_the_teacher(desk: TeacherDesk, room: SetupRoom) -> None:
    """Rows of one name are left alone until somebody says who they are; then each goes to the child it is."""
    keep_class(desk)
    bring(room, "Name,Pronouns\nNoor Aziz,he/him\nNoor Aziz,she/her\n")
    text = page(room)
    assert {str(s["name"]) for s in text.select("select[name^=who-]")} == {"who-2", "who-3"}
    assert "Hina" in text_of(text, "#f-who-2")
    filled_in(room, "look", **{"who-2": "noor-aziz-2", "who-3": "noor-aziz"})
    filled_in(room, "take")
    assert desk.store.student("noor-aziz").pronouns == "she/her"
    assert desk.store.student("noor-aziz-2").pronouns == "he/him"


def test_one_row_is_never_two_children(desk: TeacherDesk, room: SetupRoom) -> None:
    """Answers that contradict each other are refused; nothing is taken in."""
    keep_class(desk)
    bring(room, "Name,Pronouns\nNoor Aziz,he/him\nNoor Aziz,she/her\n")
    before = desk.store.students()
    with pytest.raises(InputRefused):
        filled_in(room, "take", **{"who-2": "noor-aziz", "who-3": "noor-aziz"})
    bring(room, "Name\nAmalia Cruz\n")
    with pytest.raises(InputRefused) as refused:
        filled_in(room, "take", **{"child-amal": "2", "child-ines": "2"})
    assert str(refused.value.values["field"]).startswith("child-")
    assert desk.store.students() == before


def test_changes_are_told_by_name_before_they_happen(desk: TeacherDesk, room: SetupRoom) -> None:
    """The screen says what changes from what to what, languages by name, and who is not in the list."""
    keep_class(desk)
    bring(room, 'Name,Grade,Guardian,Language\nAmal Haddad,5,Mama,"Arabic, French"\n')
    text = " ".join(page(room).get_text(" ").split())
    assert "grade : 4 → becomes 5" in text.replace("grade:", "grade :")
    assert "Arabic (العربية), English → becomes Arabic (العربية), French (Français)" in text
    assert "They stay. Nobody is taken out by a list." in text
    filled_in(room, "take")
    assert desk.store.student("amal").grade == "5" and len(names(desk)) == 4


# -------------------------------------------------------------------------------------- meanwhile, forgetting


def test_a_class_that_changed_meanwhile_is_looked_at_once_more(desk: TeacherDesk, room: SetupRoom) -> None:
    """If somebody else adds a child between the look and the button, nothing comes in unseen."""
    bring(room, "Name\nAna\nBen\n")
    told = {"column-0": "name", "how": "take"}
    room.show(PLACE)
    other = teacher_desk(desk.folder)
    SetupRoom(other).do(("children",), form("add", name="Ana"))
    other.store.close()
    done = room.do(PLACE, sent("look", told))
    assert done.go == "" and names(desk) == ["Ana"]
    filled_in(room, "take")
    assert names(desk) == ["Ana", "Ben"]


def test_a_child_that_goes_while_a_list_is_looked_at_leaves_no_trouble(
    desk: TeacherDesk, room: SetupRoom
) -> None:
    """What was said of a child that is gone is forgotten; the list can still be looked at."""
    keep_class(desk)
    bring(room, "Name,Grade\nAmalia Cruz,4\n")
    filled_in(room, "look", **{"child-amal": "2"})
    desk.store.forget_student("amal")
    assert "Amalia Cruz" in page(room).get_text()


def test_after_it_came_in_the_list_is_forgotten(desk: TeacherDesk, room: SetupRoom) -> None:
    """Its rows are in no memory of the room and in no file; the button of an old page says so."""
    bring(room, "Name,Secret\nAna,sentinel-words\n")
    filled_in(room, "take")
    assert "sentinel-words" not in room.show(PLACE).body
    assert not any(b"sentinel-words" in data for data in bytes_of(desk.folder).values())
    with pytest.raises(NotFound):
        room.do(PLACE, form("look", how="take"))


def test_a_list_that_is_no_list_is_refused_in_words(desk: TeacherDesk, room: SetupRoom) -> None:
    """Pictures, spreadsheets in their own form, nothing at all, far too much: a sentence that names the field."""
    junk = (
        b"",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n",
        b"%PDF-1.7",
        b"<html>",
        b"\0" * 50,
        b'a,"b\n' + b"c,d\n" * 30,
        b"x" * 1_000_001,
        b"\n\n",
    )
    for data in junk:
        with pytest.raises(InputRefused) as refused:
            bring(room, data)
        assert refused.value.values["field"] == "list"
        assert not re.search(r"--\w", str(refused.value))
    with pytest.raises(InputRefused):
        room.do(PLACE, form("bring"))
    with pytest.raises(InputRefused):
        room.do(PLACE, form("bring-typed", names=" \n "))
    too_many = "Name\n" + "\n".join(f"Child {chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(201))
    with pytest.raises(InputRefused):
        bring(room, too_many)
    assert names(desk) == []


@given(data=st.binary(max_size=300), values=st.dictionaries(
    st.sampled_from(["column-0", "column-1", "who-1", "child-x", "letters", "how", "first-names"]),
    st.text(max_size=8) | st.sampled_from(["take", "name", "skip", "1", "cp1252"]), max_size=5))  # fmt: skip
def test_any_bytes_and_any_answers_end_in_a_sentence_or_a_screen(
    junk_desk: TeacherDesk, data: bytes, values: dict[str, str]
) -> None:
    """No file and no form, however odd, ends in anything but a screen or a sentence."""
    room = SetupRoom(junk_desk)
    steps: tuple[Callable[[], object], ...] = (
        lambda: bring(room, data),
        lambda: room.show(PLACE),
        lambda: room.do(PLACE, sent("look", values)),
        lambda: room.show(PLACE),
    )
    for step in steps:
        with contextlib.suppress(PortfolioError):  # anything else is a traceback for the teacher
            step()


@pytest.fixture(scope="module")
def junk_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeacherDesk]:
    """Return one desk for all odd files."""
    found = teacher_desk(make_class(tmp_path_factory.mktemp("junk") / "class", date(2026, 11, 21)))
    yield found
    found.store.close()


def test_the_wrong_list_is_taken_back(desk: TeacherDesk, room: SetupRoom) -> None:
    """New children go, changed ones are as before; who has begun a book or was changed since stays."""
    keep_class(desk)
    before = desk.store.students()
    bring(room, "Name,Grade\nAmal Haddad,7\nDora Elm,4\nEli Fox,4\nGus Hill,4\n")
    filled_in(room, "take")
    eli = desk.store.rounds("eli-fox")[0].portfolio_id
    goal = Goal(entry_id="g1", goal=Passage(text="Read"))
    desk.store.keep(eli, goal, expected=0, by="student", at=desk.now())
    desk.store.keep_student(desk.store.student("gus-hill").but(say_it="goos"))
    assert "Take it back" in room.show(("children",)).body
    told = room.do(("children",), form("take-back")).say
    assert "1 child is out again" in told and "Eli Fox, Gus Hill" in told
    assert desk.store.students() == (*before, desk.store.student("eli-fox"), desk.store.student("gus-hill"))
    assert desk.store.entries(eli)
    with pytest.raises(NotFound):
        room.do(("children",), form("take-back"))
    assert "Take it back" not in room.show(("children",)).body


# ------------------------------------------------------------------------------- languages nobody here knows

STRANGE = "Name,Mother,Language\nIxchel,Rosa,Kanjobalo\nOmar,Rana,Arabic\nMateo,Ana,Kanjobalo\n"
WORD = f"language-{word_id('Kanjobalo')}"


def home_of(desk: TeacherDesk, name: str) -> Household:
    """Return the first home of a child."""
    return next(one for one in desk.store.students() if one.name == name).households[0]


def test_a_language_nobody_knows_is_asked_about_above_the_button(desk: TeacherDesk, room: SetupRoom) -> None:
    """One question for each word, with whose it is; what is chosen is taken in, and nothing is left to remind of."""
    bring(room, STRANGE)
    body = room.show(PLACE).body
    assert body.index(WORD) < body.index('value="take"')
    found = page(room)
    assert "Ixchel, Mateo" in text_of(found, f'[id="f-{WORD}-h"]')
    assert len(found.select('select[name^="language-"]')) == 1
    filled_in(room, "look", **{WORD: "es"})
    assert "selected" in str(page(room).select_one(f'select[name="{WORD}"] option[value="es"]'))
    filled_in(room, "take")
    assert home_of(desk, "Ixchel").reads == home_of(desk, "Mateo").reads == ("es",)
    assert home_of(desk, "Omar").reads == ("ar",)
    assert steps_of(desk)[2].done


def test_a_language_nobody_said_anything_of_becomes_no_other_in_silence(
    desk: TeacherDesk, room: SetupRoom
) -> None:
    """The word stays, the home is named until somebody looked, and the step waits with that reason."""
    bring(room, STRANGE)
    filled_in(room, "take")
    home = home_of(desk, "Ixchel")
    assert [own_word(tag) for tag in home.reads] == ["Kanjobalo"] and nobody_looked(home.reads[0])
    step = steps_of(desk)[2]
    assert step.done is False and "language we do not know" in step.state.replace("languages", "language")
    everybody = room.show(("homes",)).body
    assert (
        "Kanjobalo" in everybody and "#setup/homes/ixchel" in everybody and "A word in the list" in everybody
    )
    for who, what, reads in (("ixchel", OWN, "Kanjobalo"), ("mateo", "es", "")):
        at = ("homes", who)
        tag = next(one for one in desk.store.students() if one.student_id == who).households[0].reads[0]
        assert tag in room.show(at).body
        home_id = desk.store.student(who).households[0].household_id
        with pytest.raises(InputRefused):
            room.do(at, sent("home-language", {"home": home_id, "tag": tag, "is": "nonsense"}))
        room.do(at, sent("home-language", {"home": home_id, "tag": tag, "is": what}))
        now = desk.store.student(who).households[0]
        assert own_word(now.reads[0]) == reads and not nobody_looked(now.reads[0]) and now.speaks == now.reads
        with pytest.raises(NotFound):
            room.do(at, sent("home-language", {"home": home_id, "tag": tag, "is": what}))
    assert steps_of(desk)[2].done and "A word in the list" not in room.show(("homes",)).body


def test_the_same_list_again_overwrites_nothing_somebody_said(desk: TeacherDesk, room: SetupRoom) -> None:
    """Once a person has said which language it is, the word in the list changes nothing any more."""
    bring(room, STRANGE)
    filled_in(room, "look", **{WORD: "es"})
    filled_in(room, "take")
    before = desk.store.students()
    bring(room, STRANGE)
    assert "the class knows all of this" in room.show(PLACE).body
    filled_in(room, "look")
    assert desk.store.students() == before


# ------------------------------------------------------------------------------------- grown-ups of one home


@pytest.mark.parametrize(
    "headings", ["Name,Mother,Father", "Nombre,Madre,Padre", "Name,Mutter,Vater", "Name,Parent 1,Parent 2"]
)
def test_two_grown_ups_are_one_home_and_the_screen_says_so(
    desk: TeacherDesk, room: SetupRoom, headings: str
) -> None:
    """Mother and father live in one home unless the list tells two addresses; what is guessed is called a guess."""
    bring(room, f"{headings}\nAna,Rosa Diaz,Juan Diaz\n")
    chosen = [one.get_text() for one in page(room).select("select[name^=column] option[selected]")]
    assert chosen == ["name", "grown-up", "grown-up 2, same home"]
    if "1" not in headings:
        assert "please look" in text_of(page(room), "#f-column-2-h")
    assert not page(room).select("input[name=homes]")
    filled_in(room, "take")
    (home,) = desk.store.students()[0].households
    assert home.adults == ("Rosa Diaz", "Juan Diaz")


def test_one_column_for_both_is_no_second_home(desk: TeacherDesk, room: SetupRoom) -> None:
    """“Mother/Father” is one column: two names in it are two grown-ups of one home."""
    bring(room, "Name,Mother/Father,Language\nAna,Rosa Diaz / Juan Diaz,es\nBen,Kim Fox,en\n")
    chosen = [one.get_text() for one in page(room).select("select[name^=column] option[selected]")]
    assert chosen == ["name", "grown-up", "language they read"]
    filled_in(room, "take")
    assert [h.adults for s in desk.store.students() for h in s.households] == [
        ("Rosa Diaz", "Juan Diaz"), ("Kim Fox",)
    ]  # fmt: skip


@pytest.mark.parametrize(("said", "homes"), [("one", 1), ("two", 2)])
def test_two_addresses_are_asked_about(desk: TeacherDesk, room: SetupRoom, said: str, homes: int) -> None:
    """Where addresses differ a person says whether it is one home; where they are the same nobody is asked."""
    same = "Name,Mother,Father,Mother address,Father address\nAna,Rosa,Juan,Elm 1,Elm 1\n"
    bring(room, same)
    assert not page(room).select("input[name=homes]")
    bring(room, f"{same}Ben,Kim,Lee,Oak 2,Ash 3\n")
    assert str(page(room).select("input[name=homes][checked]")[0]["value"]) == "one"
    filled_in(room, "look", homes=said)
    assert str(page(room).select("input[name=homes][checked]")[0]["value"]) == said
    filled_in(room, "take")
    assert [len(one.households) for one in desk.store.students()] == [homes, homes]
    assert all("Elm" not in one.model_dump_json() for one in desk.store.students())


# --------------------------------------------------------------------------------- words that are kept as they are


@given(st.text(max_size=60), st.booleans())
def test_a_word_for_a_language_is_kept_as_it_was_written(word: str, looked_at: bool) -> None:
    """Whatever somebody wrote comes back from its tag, which any home may have; no other tag passes for one."""
    tag = own_tag(word, looked_at=looked_at)
    kept = own_word(tag)
    assert kept == own_word(own_tag(kept, looked_at=looked_at)) and nobody_looked(tag) is bool(
        kept and not looked_at
    )
    if kept:
        assert " ".join(str(clean_text(word)).split()).startswith(kept) and len(kept) <= LONGEST_WORD
        assert Household(household_id="h", label="", reads=(tag,)).reads == (tag,)
        assert name_of(tag, "en") == language(tag).own_name == kept


def test_tags_of_others_keep_no_word() -> None:
    """Real languages, also those whose code begins alike, are what they were."""
    for tag in (
        "qu",
        "quc",
        "en",
        "qaa",
        "qaa-listed",
        "qaa-listed-99999999",
        "zh-Hans",
        "qaa-listed-77777777",
    ):
        assert own_word(tag) == "" and not nobody_looked(tag)
    assert language(own_tag("لغتنا", looked_at=True)).direction == "rtl"
