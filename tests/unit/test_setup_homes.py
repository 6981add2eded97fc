# long: forms, words, hints and warnings of homes are one promise
"""The homes of a class: forms that keep themselves, languages by name, what to look at, who may be of one home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import Goal, Household, Passage, Reply, Student
from portfolio.moments.room import Outcome
from portfolio.moments.send_home import send_home
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_home_form import adults_in
from portfolio.moments.teacher.setup_room import SetupRoom
from portfolio.moments.teacher.setup_words import languages_in
from portfolio.rules.roster_homes import home_remarks, perhaps_one_home, same_picture
from portfolio.words import LANGUAGES, speak
from portfolio.words.language_names import name_of, names_of, tags_in
from tests.rosters import child, home, make_class
from tests.teachers import form, teacher_desk

ALL = ("homes",)
AMAL = ("homes", "amal")


@pytest.fixture
def desk(tmp_path: Path, today: date) -> Iterator[TeacherDesk]:
    """Return the desk of a class with Amal (two homes), Mateo and Nour (no one has said anything of his home)."""
    folder = make_class(
        tmp_path / "class", today, "Amal; Teta and Mama; ar en; Dad; en", "Mateo; Abuela; es", "Nour"
    )
    found = teacher_desk(folder)
    yield found
    found.store.close()


def version_of(room: SetupRoom, at: tuple[str, ...], key: str) -> int:
    """Return the version of a home's form on a screen."""
    found = re.search(rf'data-key="{re.escape(key)}" data-version="(\d+)"', room.show(at).body)
    assert found, key
    return int(found[1])


def keep(room: SetupRoom, at: tuple[str, ...], key: str, **values: str) -> Outcome:
    """Send a home's form as it is shown, with what is changed."""
    *who, which = key.split("/")
    ids = {"home": which, **({"child": who[0]} if who else {})}
    return room.do(at, form("home", version=version_of(room, at, key), **ids, **values))


def home_of(desk: TeacherDesk, student_id: str, n: int = 0) -> Household:
    """Return a home of a child."""
    return desk.store.student(student_id).households[n]


# --------------------------------------------------------------------------------------------------- keeping


def test_a_home_is_told_all_there_is(desk: TeacherDesk) -> None:
    """Every field of a home can be written, and its id and the other home stay."""
    room = SetupRoom(desk)
    keep(
        room, AMAL, "teta-and-mama", adults="Teta, Mama", label="The house by the river", reads="Arabic, French", speaks="Arabic",
        interpreter="1", copy_as="both", reach_by="phone", reach_when="after six", other_children="two, 3 and 5", access_needs="no stairs",
    )  # fmt: skip
    assert home_of(desk, "amal") == Household(
        household_id="teta-and-mama", adults=("Teta", "Mama"), label="The house by the river", reads=("ar", "fr"), speaks=("ar",),
        interpreter=True, copy_as="both", reach_by="phone", reach_when="after six", other_children="two, 3 and 5", access_needs="no stairs",
    )  # fmt: skip
    assert home_of(desk, "amal", 1).label == "Dad"


def test_the_screen_of_the_class_keeps_its_three_fields_only(desk: TeacherDesk) -> None:
    """Who, languages and interpreter can be filled in for everybody; what stands on the other screen stays."""
    room = SetupRoom(desk)
    keep(room, AMAL, "dad", reach_by="text message")
    keep(room, ALL, "amal/dad", adults="Dad, Jo", reads="English, Spanish", interpreter="1")
    found = home_of(desk, "amal", 1)
    assert (found.adults, found.reads, found.interpreter, found.reach_by) == (
        ("Dad", "Jo"),
        ("en", "es"),
        True,
        "text message",
    )
    assert found.label == "Dad, Jo"
    assert found.speaks == ("en", "es")


def test_a_label_the_family_wishes_is_not_overwritten(desk: TeacherDesk) -> None:
    """A label of their own stays when grown-ups change; one that only lists them follows."""
    room = SetupRoom(desk)
    keep(room, AMAL, "dad", label="Home on the hill")
    keep(room, ALL, "amal/dad", adults="Dad, Jo")
    assert home_of(desk, "amal", 1).label == "Home on the hill"


def test_what_is_not_sent_stays_and_an_empty_tick_is_a_no(desk: TeacherDesk) -> None:
    """A field missing in the form is left alone; a box that is not ticked is sent as nothing."""
    room = SetupRoom(desk)
    keep(room, ALL, "amal/dad", interpreter="1")
    before = home_of(desk, "amal", 1)
    keep(room, ALL, "amal/dad")
    assert home_of(desk, "amal", 1) == before.but(interpreter=False)


@pytest.mark.parametrize(("values", "field"), [
    ({"reads": "Klingonish"}, "reads"), ({"speaks": "Arabic, ???"}, "speaks"), ({"copy_as": "pigeon"}, "copy_as"),
    ({"reach_by": "x" * 2001}, "reach_by"), ({"adults": ",".join(f"A{n}" for n in range(20))}, "adults"), ({"label": "y" * 201}, "label"),
])  # fmt: skip
def test_what_cannot_be_kept_names_its_field(desk: TeacherDesk, values: dict[str, str], field: str) -> None:
    """Nothing of a form is kept if one field of it cannot be."""
    before = desk.store.students()
    with pytest.raises(InputRefused) as refused:
        keep(SetupRoom(desk), AMAL, "dad", reach_when="evenings", **values)
    assert refused.value.values["field"] == field
    assert desk.store.students() == before


def test_two_teachers_at_one_home_lose_nothing(desk: TeacherDesk) -> None:
    """Different fields are both kept; one field changed by both is shown to the second."""
    one, other = SetupRoom(desk), SetupRoom(teacher_desk(desk.folder))
    version = version_of(one, AMAL, "dad")
    assert version_of(other, AMAL, "dad") == version
    one.do(AMAL, form("home", version=version, home="dad", reach_by="phone"))
    other.do(AMAL, form("home", version=version, home="dad", reach_when="mornings"))
    assert (home_of(desk, "amal", 1).reach_by, home_of(desk, "amal", 1).reach_when) == ("phone", "mornings")
    with pytest.raises(ChangedMeanwhile) as met:
        other.do(AMAL, form("home", version=version, home="dad", reach_by="letter", reach_when="mornings"))
    assert met.value.values["theirs"] == {"reach_by": "phone"}


def test_typing_on_after_a_save_is_no_conflict_with_oneself(desk: TeacherDesk) -> None:
    """Languages are kept in good order; the form still shows what was typed, and the next save is fine."""
    room = SetupRoom(desk)
    first = keep(room, AMAL, "dad", reads="spanish,   english")
    assert home_of(desk, "amal", 1).reads == ("es", "en")
    second = room.do(
        AMAL, form("home", version=first.version, home="dad", reads="spanish,   english, french")
    )
    assert home_of(desk, "amal", 1).reads == ("es", "en", "fr")
    room.do(
        AMAL,
        form("home", version=second.version, home="dad", reads="spanish,   english, french", reach_by="x"),
    )
    assert home_of(desk, "amal", 1).reads == ("es", "en", "fr")


def test_what_to_look_at_is_said_anew_after_a_save(desk: TeacherDesk) -> None:
    """Filling in a home takes its child out of the list of what is not known yet."""
    room = SetupRoom(desk)
    assert "Nobody has written yet who lives there:" in room.show(ALL).body
    aside = keep(room, ALL, "nour/home", adults="Baba").asides["home-remarks"]
    assert "Nobody has written yet" not in aside


# ------------------------------------------------------------------------------------------- homes come and go


def test_a_home_is_added_beside_the_others_and_in_place_of_an_unsaid_one(desk: TeacherDesk) -> None:
    """The nameless home a class begins with is filled; otherwise one is added, with an id of its own."""
    room = SetupRoom(desk)
    room.do(("homes", "nour"), form("add-home", adults="Baba", reads="Arabic"))
    assert [(h.household_id, h.label, h.reads) for h in desk.store.student("nour").households] == [
        ("home", "Baba", ("ar",))
    ]
    room.do(("homes", "nour"), form("add-home", adults="Baba"))
    assert [h.household_id for h in desk.store.student("nour").households] == ["home", "baba"]


def test_a_home_is_written_down_for_a_sister_too_and_then_lives_by_itself(desk: TeacherDesk) -> None:
    """Two children of one home have the same words there, and changing one changes only that one."""
    room = SetupRoom(desk)
    keep(room, ("homes", "mateo"), "abuela", interpreter="1", reach_by="phone")
    room.do(("homes", "nour"), form("same-home", like="mateo/abuela"))
    assert home_of(desk, "nour") == home_of(desk, "mateo").but(household_id="home")
    keep(room, ("homes", "nour"), "home", interpreter="", reach_by="letter")
    assert home_of(desk, "mateo").reach_by == "phone"
    for like in ("", "nour/home", "mateo/nowhere", "nobody/x"):
        with pytest.raises((InputRefused, NotFound)):
            room.do(("homes", "nour"), form("same-home", like=like))


def test_a_home_that_has_written_stays(desk: TeacherDesk) -> None:
    """A home whose letter is in a book cannot be taken out; one that has not written can."""
    room = SetupRoom(desk)
    book = desk.store.rounds("amal")[0].portfolio_id
    letter = Reply(entry_id="r1", household_id="dad").but(lines=({"words": Passage(text="So proud")},))
    desk.store.keep(book, letter, expected=0, by="family:dad", at=desk.now())
    with pytest.raises(InputRefused):
        room.do(AMAL, form("remove-home", home="dad"))
    assert "Its words belong to it." in room.show(AMAL).body
    room.do(AMAL, form("remove-home", home="teta-and-mama"))
    assert [h.household_id for h in desk.store.student("amal").households] == ["dad"]


def test_a_child_has_room_for_nine_homes(desk: TeacherDesk) -> None:
    """The tenth is refused in words; the screen offers no form for it."""
    room = SetupRoom(desk)
    for n in range(7):
        room.do(AMAL, form("add-home", adults=f"Aunt {n}"))
    with pytest.raises(InputRefused):
        room.do(AMAL, form("add-home", adults="One more"))
    assert "add-home" not in room.show(AMAL).body


def test_a_home_without_a_language_still_gets_its_copy(desk: TeacherDesk) -> None:
    """Nobody has to know the language at once: the copy is in the language of the class then."""
    room = SetupRoom(desk)
    keep(room, ALL, "mateo/abuela", reads="")
    assert home_of(desk, "mateo").reads == ()
    assert "Not said yet: its copy will be in English." in room.show(ALL).body
    book = desk.store.rounds("mateo")[0].portfolio_id
    goal = Goal(entry_id="g1", goal=Passage(text="Read to my brother"))
    desk.store.keep(book, goal, expected=0, by="student", at=desk.now())
    sent = [one for one in send_home(desk.folder, students=["mateo"]) if one.student.student_id == "mateo"]
    assert sent and all(one.path is not None for one in sent)
    room.show(("homes", "mateo"))
    room.show(("children",))


# ------------------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize("reader", ["en", "es", "ar"])
def test_every_language_we_know_is_read_back_from_its_name(reader: str) -> None:
    """What a screen shows for a language is understood when it is sent back."""
    for tag in (*LANGUAGES, "zh-Hans", "zh-Hant", "pt-BR", "yue", "ksw", "my", "ckb"):
        assert tags_in(name_of(tag, reader)) == ((tag,), ()), tag


@given(st.lists(st.sampled_from([*LANGUAGES]), max_size=6, unique=True), st.sampled_from(["en", "es", "ar"]))
def test_a_line_of_languages_is_read_back(tags: list[str], reader: str) -> None:
    """Also several, in their order."""
    assert languages_in(names_of(tags, reader), "reads", speak(reader)) == tuple(tags)


def test_a_tag_a_home_has_already_may_stand_as_it_is() -> None:
    """A rare language without a name we know is not lost when another one is written beside it."""
    assert languages_in("ku-Arab, English", "reads", speak("en"), ("ku-Arab",)) == ("ku-Arab", "en")
    with pytest.raises(InputRefused):
        languages_in("ku-Arab, English", "reads", speak("en"))


@given(st.text(max_size=60))
def test_any_text_gives_grown_ups_or_a_sentence(text: str) -> None:
    """Each grown-up is one line with something in it, none is there twice."""
    try:
        found = adults_in(text)
    except InputRefused:
        assert len(re.split(r"[,;،؛\n]", text)) > 12
        return
    assert all(name and "," not in name and "\n" not in name for name in found)
    assert len(set(found)) == len(found)


# ---------------------------------------------------------------------------------------- what to look at


def test_what_to_look_at_is_said_child_by_child() -> None:
    """No home, no name, no language, no texts of ours: each is told, a home that is well is not."""
    students = (
        child("a", "Ana"),
        child("b", "Ben", home("home", "")),
        child("c", "Chi", Household(household_id="h", label="Ông", reads=())),
        child("d", "Dao", home("h", "Bà", "vi", "en")),
        child("e", "Eli", home("h", "Mum", "en", "vi")),
    )
    found = [
        (one.student.name, one.what, one.language)
        for one in home_remarks(students, lambda tag: tag in {"en", "es"})
    ]
    assert found == [
        ("Ana", "no home", ""),
        ("Ben", "no name", ""),
        ("Ben", "no language", ""),
        ("Chi", "no language", ""),
        ("Dao", "no words", "vi"),
    ]


def kin(student_id: str, name: str, *adults: str, label: str = "") -> Student:
    """Return a child with one home."""
    return child(student_id, name, home("h", label or ", ".join(adults), "en", adults=adults))


@pytest.mark.parametrize(("one", "other", "because"), [
    (kin("a", "Amal Haddad", "Rana Haddad"), kin("b", "Sami Cruz", "rana haddad"), "Rana Haddad"),
    (kin("a", "Amal Haddad", "Mama", "Baba"), kin("b", "Sami Haddad", "Mama", "Baba"), "Mama, Baba"),
    (kin("a", "Amal Haddad", "Mama"), kin("b", "Ben Fox", "Mama"), ""),
    (kin("a", "Amal", "Mama"), kin("b", "Amal", "Mama"), ""),
    (kin("a", "Amal Haddad", "Teta Rana"), kin("b", "Sami Haddad", "Teta Rana"), "Teta Rana"),
    (kin("a", "Amal Haddad", "Teta Rana"), kin("b", "Ben Fox", "Teta Rana"), ""),
    (kin("a", "Ana Diaz", "María Díaz"), kin("b", "Leo Diaz", "Maria Diaz"), "María Díaz"),
    (child("a", "Amal Haddad"), child("b", "Sami Haddad"), ""),
])  # fmt: skip
def test_children_of_one_home_are_only_hinted_at(one: Student, other: Student, because: str) -> None:
    """A grown-up with first and family name, or a home called alike in one family, is a hint; “Mama” alone is none."""
    assert [pair.because for pair in perhaps_one_home((one, other))] == ([because] if because else [])


def test_a_hint_changes_nothing(desk: TeacherDesk) -> None:
    """The screen tells of two children who may be of one home, and both records stay as they are."""
    for student in (kin("x", "Amal Haddad", "Rana Haddad"), kin("y", "Sami Haddad", "Rana Haddad")):
        desk.store.keep_student(student)
    before = desk.store.students()
    assert (
        "Amal Haddad and Sami Haddad may be of one home: “Rana Haddad” stands in both."
        in SetupRoom(desk).show(ALL).body
    )
    assert desk.store.students() == before


def test_one_picture_twice_is_told_with_names() -> None:
    """Each shared picture once, with all who have it; one of one's own is nothing to tell."""
    students = tuple(child(i, i).but(picture=p) for i, p in (("a", "boat"), ("b", "leaf"), ("c", "boat")))
    assert [(picture, [s.name for s in having]) for picture, having in same_picture(students)] == [
        ("boat", ["a", "c"])
    ]
