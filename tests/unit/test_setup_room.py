"""Setting up a class: the steps, the class itself, its pages, its children; what is refused, and that nothing gets lost."""

# long: the screens of one room, held to the same promises
from __future__ import annotations

import contextlib
import dataclasses
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, PortfolioError
from portfolio.model import Goal, Passage, Teacher
from portfolio.moments.links import give_links
from portfolio.moments.room import Asked
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import Rooms
from portfolio.moments.teacher.setup_keep import Shown
from portfolio.moments.teacher.setup_room import SetupRoom
from portfolio.moments.teacher.setup_sections import rearranged
from portfolio.moments.teacher.setup_steps import steps_of
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import open_class
from portfolio.store.sql import SqlStore
from tests.rosters import make_class
from tests.teachers import form, sample_desk, teacher_desk

PLACES = ("", "class", "sections", "children", "list", "homes")
NONSENSE = st.text(max_size=40) | st.sampled_from(
    ["../x", "\ud800", "<script>", "a" * 5000, "-1", "✂️", "مرحبا"]
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sample class 4B: made once, copied for each test."""
    place = tmp_path_factory.mktemp("sample")
    sample_desk(place).store.close()
    return place / "class-4b"


@pytest.fixture
def desk(tmp_path: Path, sample: Path) -> Iterator[TeacherDesk]:
    """Return the desk of a class of its own, like the sample class 4B."""
    found = teacher_desk(open_class(shutil.copytree(sample, tmp_path / "class-4b")))
    yield found
    found.store.close()


@pytest.fixture
def fresh(tmp_path: Path, today: date) -> Iterator[TeacherDesk]:
    """Return the desk of a class nobody has written in: Ana, Ben and Chi."""
    found = teacher_desk(make_class(tmp_path / "fresh", today, "Ana", "Ben", "Chi"))
    yield found
    found.store.close()


def version_in(body: str, keep: str, key: str = "") -> int:
    """Return the version the form of this name carries on a screen."""
    keyed = f' data-key="{re.escape(key)}"' if key else '(?: data-key="[^"]*")?'
    found = re.search(rf'data-keep="{keep}"{keyed} data-version="(\d+)"', body)
    assert found, (keep, key)
    return int(found[1])


def sent(what: str, values: Mapping[str, str], version: int | None = None) -> Asked:
    """Return a form with fields of any names."""
    return Asked(what=what, values={name: (value,) for name, value in values.items()}, version=version)


def names(desk: TeacherDesk) -> list[str]:
    """Return the names of the roster in order."""
    return [student.name for student in desk.store.students()]


def write_something(desk: TeacherDesk, student_id: str) -> None:
    """Let a child write a goal in its book of now."""
    meta = next(m for m in desk.store.rounds(student_id) if m.round == desk.school_class.round)
    goal = Goal(entry_id="g1", goal=Passage(text="Read to my brother"))
    desk.store.keep(meta.portfolio_id, goal, expected=0, by="student", at=desk.now())


# ------------------------------------------------------------------------------------------------- screens


@pytest.mark.parametrize("name", ["class-4b", "ladybirds", "grade-7", "grade-11"])
def test_every_screen_of_every_sample_class_can_be_shown(tmp_path: Path, name: str) -> None:
    """Each step of setting up shows a heading and a body, for every sample class and each of its children."""
    desk = sample_desk(tmp_path, name)
    room = SetupRoom(desk)
    children = [student.student_id for student in desk.store.students()]
    places = [tuple(filter(None, (place,))) for place in PLACES]
    places += [(part, child) for part in ("children", "homes") for child in children]
    for at in places:
        screen = room.show(at)
        assert screen.title and screen.body
        assert " style=" not in screen.body
        assert "--same" not in screen.body and "portfolio roster" not in screen.body
    desk.store.close()


@pytest.mark.parametrize(
    "at", [("nowhere",), ("class", "x"), ("sections", "x"), ("list", "x"), ("children", "nobody"),
           ("children", "ana", "x"), ("homes", "../.."), ("homes", "ana", "y")],
)  # fmt: skip
def test_a_place_that_is_not_there_is_not_found(fresh: TeacherDesk, at: tuple[str, ...]) -> None:
    """Whatever stands in an address, the answer is a sentence."""
    with pytest.raises(NotFound):
        SetupRoom(fresh).show(at)


@given(what=NONSENSE, place=st.sampled_from(PLACES), child=NONSENSE,
       values=st.dictionaries(st.sampled_from(["name", "child", "home", "how", "page", "band", "round", "new-round", "teacher",
                                               "adults", "reads", "typed", "picture", "language", "conference_on", "names",
                                               "column-0", "who-1", "child-x", "like"]), NONSENSE, max_size=6),
       act=st.sampled_from(["", "facts", "teacher", "add-teacher", "remove-teacher", "band", "rename-round", "new-round", "page",
                            "leave-out", "add", "move", "sort", "child", "picture", "erase", "home", "add-home", "same-home",
                            "remove-home", "bring", "bring-typed", "look", "put-away"]))  # fmt: skip
@settings(max_examples=120)
def test_whatever_a_browser_sends_gets_a_sentence_and_removes_nobody(
    nonsense_desk: TeacherDesk, what: str, place: str, child: str, values: dict[str, str], act: str
) -> None:
    """Made-up places, forms and values are answered or refused in words; no child and no entry goes."""
    room = SetupRoom(nonsense_desk)
    before = {s.student_id for s in nonsense_desk.store.students()}
    at = tuple(
        filter(None, (place, child if place in ("children", "homes") and act not in ("", "add") else ""))
    )
    with contextlib.suppress(PortfolioError):  # anything else is a traceback for the teacher
        room.do(at, sent(act or what, values, 3))
    with contextlib.suppress(PortfolioError):
        room.show(at)
    assert before <= {s.student_id for s in nonsense_desk.store.students()}


@pytest.fixture(scope="module")
def nonsense_desk(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[TeacherDesk]:
    """Return one desk for all nonsense: what it refuses leaves no trace, what it takes is harmless."""
    found = teacher_desk(
        open_class(shutil.copytree(sample, tmp_path_factory.mktemp("nonsense") / "class-4b"))
    )
    yield found
    found.store.close()


def test_what_people_wrote_is_only_text_on_a_screen(desk: TeacherDesk) -> None:
    """A name made of tags stands on every screen as the text it is."""
    evil = '<img src=x onerror="1">'
    student = desk.store.students()[0]
    desk.store.keep_student(student.but(name=evil, grade=evil, households=(student.households[0].but(label=evil, adults=(evil,)),)))  # fmt: skip
    desk.store.keep_class(
        desk.school_class.but(name=evil, round=evil, teachers=(Teacher(teacher_id="t", name=evil),))
    )
    room = SetupRoom(desk)
    for at in (
        (),
        ("class",),
        ("children",),
        ("children", student.student_id),
        ("homes",),
        ("homes", student.student_id),
    ):
        body = room.show(at).body
        assert "<img" not in body
        assert str(escape(evil)) in body or at == ()


# --------------------------------------------------------------------------------------------------- steps


def test_the_steps_say_what_is_done_in_words(tmp_path: Path, today: date) -> None:
    """An empty class is told what to begin with; with children, days and homes each step says it is ready."""
    desk = teacher_desk(make_class(tmp_path / "c", today))
    room = SetupRoom(desk)
    assert "Nobody is in yet" in room.show(()).body
    room.do(("list",), form("bring-typed", names="Ana\nBen"))
    room.show(("list",))
    room.do(("list",), form("look", how="take"))
    assert "2 children are in. Each has a book." in room.show(()).body
    assert "who lives at home" in room.show(()).body
    body = room.show(("homes",)).body
    for child in ("ana", "ben"):
        version = version_in(body, "home", f"{child}/home")
        room.do(
            ("homes",), form("home", child=child, home="home", adults="Rana", reads="Arabic", version=version)
        )
    assert "Every child has a home, and every home a language." in room.show(()).body
    assert "%" not in room.show(()).body
    desk.store.close()


def steps(desk: TeacherDesk) -> list[tuple[bool | None, str]]:
    """Return what each of the five steps says: whether it is ready, and why."""
    return [(step.done, step.state) for step in steps_of(desk)]


def test_the_first_step_tells_all_days_and_whose_name_is_missing(fresh: TeacherDesk) -> None:
    """One day is told as one, several as from and to; without the teacher's own name the step is not ready."""
    school = fresh.school_class
    on, until = date(2026, 12, 1), date(2026, 12, 3)
    fresh.store.keep_class(
        school.but(conference_on=on, teachers=(Teacher(teacher_id="t", name="Ms. Rivera"),))
    )
    assert steps(fresh)[0][0] is True and "to" not in steps(fresh)[0][1].split("meetings")[1].split()
    fresh.store.keep_class(fresh.school_class.but(conference_until=until))
    assert all(fresh.say.day(day) in steps(fresh)[0][1] for day in (on, until))
    fresh.store.keep_class(fresh.school_class.but(teachers=(Teacher(teacher_id="t", name=""),)))
    assert steps(fresh)[0][0] is False and "Your name" in steps(fresh)[0][1]


def test_the_cards_are_ready_once_every_child_can_have_one(fresh: TeacherDesk) -> None:
    """With links the last step waits until each child has one; with pictures every child has a card at once."""
    desk = dataclasses.replace(fresh, way_in="links")
    assert steps(desk)[4][0] is False and "no link yet" in steps(desk)[4][1]
    everybody = [student.student_id for student in desk.store.students()]
    give_links(desk.folder, desk.store, everybody[1:], desk.new_key, desk.fingerprint)
    assert "1 child has no link yet" in steps(desk)[4][1]
    give_links(desk.folder, desk.store, everybody[:1], desk.new_key, desk.fingerprint)
    assert steps(desk)[4][0] is True
    assert steps(dataclasses.replace(fresh, way_in="pictures"))[4][0] is True
    (desk.folder.path / "links.txt").unlink()
    assert steps(desk)[4][0] is False
    for student in everybody:
        desk.store.forget_student(student)
    assert steps(dataclasses.replace(fresh, way_in="pictures"))[4][0] is False


def test_the_screen_of_the_class_speaks_to_who_sits_there(fresh: TeacherDesk) -> None:
    """Beside her own name it says “you”; grades that are chosen already are told, not offered."""
    room = SetupRoom(fresh)
    room.do(("class",), form("add-teacher", name="Mr. Osei"))
    body = room.show(("class",)).body
    assert body.count("What you do") == 1 and body.count("How families reach you") == 1
    before_the_fold = body[: body.index('data-do="band"')]
    assert "Now: Grades 3 to 5." in before_the_fold
    assert before_the_fold.rindex("<details") > before_the_fold.rindex("Now: Grades")


# --------------------------------------------------------------------------------------------------- class


def test_the_facts_of_a_class_are_kept_field_by_field(fresh: TeacherDesk) -> None:
    """Name, language, days and place are kept, and nothing else of the class changes."""
    room = SetupRoom(fresh)
    before = fresh.school_class
    told = form("facts", version=version_in(room.show(("class",)).body, "facts"), name="Class 5A", language="es",
                conference_on="2026-11-30", conference_until="2026-12-02", delete_by="2027-08-01", place="Room 12")  # fmt: skip
    room.do(("class",), told)
    after = fresh.school_class
    assert (after.name, after.language, after.words.place) == ("Class 5A", "es", "Room 12")
    assert (after.conference_on, after.conference_until) == (date(2026, 11, 30), date(2026, 12, 2))
    assert after.delete_by == date(2027, 8, 1)
    assert after.but(name=before.name, language=before.language, conference_on=None, conference_until=None,
                     delete_by=None, words=before.words) == before  # fmt: skip
    assert {meta.language for rounds in fresh.store.all_rounds().values() for meta in rounds} == {"es"}


def test_a_book_that_was_begun_keeps_its_language(fresh: TeacherDesk) -> None:
    """A child who has written goes on in its language when the class gets another one."""
    write_something(fresh, "ana")
    room = SetupRoom(fresh)
    version = version_in(room.show(("class",)).body, "facts")
    room.do(("class",), form("facts", version=version, language="ar"))
    spoken = {sid: rounds[-1].language for sid, rounds in fresh.store.all_rounds().items()}
    assert spoken == {"ana": "en", "ben": "ar", "chi": "ar"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"), ({"name": "x" * 5000}, "name"), ({"language": "xx"}, "language"),
        ({"conference_on": "0002-11-16"}, "conference_on"), ({"conference_on": "soon"}, "conference_on"),
        ({"conference_until": "2026-11-30"}, "conference_until"),
        ({"conference_on": "2026-11-30", "conference_until": "2026-11-29"}, "conference_until"),
        ({"delete_by": "2026-02-30"}, "delete_by"), ({"place": "y" * 2001}, "place"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_fact_names_its_field(
    fresh: TeacherDesk, values: dict[str, str], field: str
) -> None:
    """A refused fact says which field it is about, and the class stays as it was."""
    room, before = SetupRoom(fresh), fresh.school_class
    version = version_in(room.show(("class",)).body, "facts")
    with pytest.raises(InputRefused) as refused:
        room.do(("class",), sent("facts", values, version))
    assert refused.value.values["field"] == field
    assert fresh.school_class == before


def test_two_desks_that_change_different_fields_both_win(fresh: TeacherDesk) -> None:
    """The name from one desk and the place from another are both kept, also in the save that follows."""
    one, other = SetupRoom(fresh), SetupRoom(teacher_desk(fresh.folder))
    first, second = (version_in(room.show(("class",)).body, "facts") for room in (one, other))
    one.do(("class",), form("facts", version=first, name="Owls", place=""))
    kept = other.do(("class",), form("facts", version=second, name="Class 4B", place="Room 1")).version
    assert (fresh.school_class.name, fresh.school_class.words.place) == ("Owls", "Room 1")
    # this form still shows the old name; to write on in it takes nothing back
    other.do(("class",), form("facts", version=kept, name="Class 4B", place="Room 12"))
    assert (fresh.school_class.name, fresh.school_class.words.place) == ("Owls", "Room 12")


def test_a_field_that_somebody_else_changed_is_not_overwritten_unseen(fresh: TeacherDesk) -> None:
    """A form whose field is older than what is kept may not write over it, even after it saved other fields."""
    one, other = SetupRoom(fresh), SetupRoom(teacher_desk(fresh.folder))
    first, second = (version_in(room.show(("class",)).body, "facts") for room in (one, other))
    one.do(("class",), form("facts", version=first, name="Owls"))
    kept = other.do(("class",), form("facts", version=second, name="Class 4B", place="Room 1")).version
    with pytest.raises(ChangedMeanwhile) as met:
        other.do(("class",), form("facts", version=kept, name="Foxes", place="Room 1"))
    assert met.value.values["theirs"] == {"name": "Owls"}
    assert fresh.school_class.name == "Owls"


def test_where_two_change_one_field_both_are_shown(fresh: TeacherDesk) -> None:
    """Nothing is overwritten in silence: the error carries what the other wrote, and keeping mine works."""
    one, other = SetupRoom(fresh), SetupRoom(teacher_desk(fresh.folder))
    first, second = (version_in(room.show(("class",)).body, "facts") for room in (one, other))
    one.do(("class",), form("facts", version=first, name="Owls"))
    with pytest.raises(ChangedMeanwhile) as met:
        other.do(("class",), form("facts", version=second, name="Foxes"))
    assert met.value.values["theirs"] == {"name": "Owls"}
    assert fresh.school_class.name == "Owls"
    other.do(("class",), form("facts", version=met.value.values["version"], name="Foxes"))  # type: ignore[arg-type]  # a version is a number
    assert fresh.school_class.name == "Foxes"


def test_a_form_from_before_the_desk_was_opened_anew_is_still_understood(fresh: TeacherDesk) -> None:
    """After a new start of the kernel the words of an open page are kept if nobody changed anything meanwhile."""
    version = version_in(SetupRoom(fresh).show(("class",)).body, "facts")
    SetupRoom(fresh).do(("class",), form("facts", version=version, name="Owls"))
    assert fresh.school_class.name == "Owls"
    with pytest.raises(ChangedMeanwhile):
        SetupRoom(fresh).do(("class",), form("facts", version=version, name="Foxes"))


TEXTS = st.text(max_size=6)


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_merging_never_loses_what_somebody_wrote(base: str, mine: str, theirs: str) -> None:
    """Of three states of a field the changed one is kept; two different changes are never decided here."""
    shown = Shown()
    version = shown.version({"x": base})
    mine, base_told = mine.strip(), base
    told = form("f", version=version, x=mine)
    if mine in (base_told, theirs):
        assert shown.merged(told, {"x": theirs}).values == {"x": theirs}
    elif theirs == base_told:
        assert shown.merged(told, {"x": theirs}).values == {"x": mine}
    else:
        with pytest.raises(ChangedMeanwhile) as met:
            shown.merged(told, {"x": theirs})
        assert met.value.values["theirs"] == {"x": theirs}


def test_grown_ups_of_the_school_are_added_renamed_and_taken_out(fresh: TeacherDesk) -> None:
    """Ids stay when names change; whoever sits at the desk has a name without being added twice."""
    room = SetupRoom(fresh)
    body = room.show(("class",)).body
    here = fresh.teacher_id
    room.do(("class",), form("teacher", version=version_in(body, "teacher", here), teacher=here, name="Ms. Rivera", role="class teacher"))  # fmt: skip
    room.do(("class",), form("add-teacher", name="Mr. Okoro", role="speech", reach="okoro@school.example"))
    mine, other = fresh.school_class.teachers
    assert (mine.teacher_id, mine.name, other.name) == (here, "Ms. Rivera", "Mr. Okoro")
    body = room.show(("class",)).body
    room.do(("class",), form("teacher", version=version_in(body, "teacher", other.teacher_id), teacher=other.teacher_id, name="Mx. Okoro"))  # fmt: skip
    assert fresh.school_class.teachers[1] == other.but(name="Mx. Okoro")
    room.do(("class",), form("remove-teacher", teacher=other.teacher_id))
    assert [t.teacher_id for t in fresh.school_class.teachers] == [here]
    with pytest.raises(InputRefused):
        room.do(("class",), form("remove-teacher", teacher=here))


def test_a_second_grown_up_does_not_give_an_empty_name_to_the_first(fresh: TeacherDesk) -> None:
    """Whoever has no name yet is not written down without one."""
    SetupRoom(fresh).do(("class",), form("add-teacher", name="Mr. Okoro"))
    assert [teacher.name for teacher in fresh.school_class.teachers] == ["Mr. Okoro"]


def test_who_has_written_in_a_book_stays_known(desk: TeacherDesk) -> None:
    """A teacher whose note is in a child's book cannot be taken out of who is who."""
    wrote = next(note.teacher_id for rounds in desk.store.all_rounds().values() for meta in rounds
                 for note in desk.store.portfolio(meta.portfolio_id).teacher_page)  # fmt: skip
    known = desk.school_class.teachers
    other = teacher_desk(desk.folder, "somebody-else")
    with pytest.raises(InputRefused):
        SetupRoom(other).do(("class",), form("remove-teacher", teacher=wrote))
    assert desk.school_class.teachers == known


# ------------------------------------------------------------------------------------------ grades, rounds


def test_other_grades_bring_other_questions_while_nobody_has_written(fresh: TeacherDesk) -> None:
    """Class file, notebooks and every empty book follow the new grades; what was there is kept beside."""
    SetupRoom(fresh).do(("class",), form("band", band="k-2"))
    assert fresh.school_class.age_band == "k-2"
    assert fresh.folder.template().age_band == "k-2"
    agendas = {preset.preset_id for preset in fresh.folder.template().agendas}
    metas = [meta for rounds in fresh.store.all_rounds().values() for meta in rounds]
    assert len(metas) == 3
    assert all(m.age_band == "k-2" and m.template_id == "k-2" and m.agenda.preset in agendas for m in metas)
    beside = [path.name for path in (fresh.folder.hidden / "templates").rglob("*") if path.is_file()]
    assert sorted(beside) == ["about.json", "class.yaml", "conference.ipynb", "student.ipynb"]
    json.loads(fresh.folder.student_notebook.read_text("utf-8"))


def test_grades_stay_once_a_child_has_written(fresh: TeacherDesk) -> None:
    """One word of one child keeps the questions; the screen says whose, and no file is touched."""
    write_something(fresh, "ben")
    before = fresh.folder.template_file.read_bytes(), fresh.folder.student_notebook.read_bytes()
    room = SetupRoom(fresh)
    with pytest.raises(InputRefused) as refused:
        room.do(("class",), form("band", band="k-2"))
    assert refused.value.values["name"] == "Ben"
    assert before == (fresh.folder.template_file.read_bytes(), fresh.folder.student_notebook.read_bytes())
    assert fresh.school_class.age_band == "3-5"
    body = room.show(("class",)).body
    assert 'data-do="band"' not in body and "Ben wrote in a book already" in body


def test_a_full_disk_leaves_the_grades_as_they_were(
    fresh: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If one of the files cannot be written, all three and the class are what they were."""
    from portfolio.errors import StorageTrouble
    from portfolio.store import template_pair

    files = (fresh.folder.student_notebook, fresh.folder.conference_notebook, fresh.folder.template_file)
    before, metas = [path.read_bytes() for path in files], fresh.store.all_rounds()
    whole = write_atomically

    def full(path: Path, data: bytes, *, mode: int = 0o666) -> None:
        if path == fresh.folder.template_file and data != before[2]:
            raise StorageTrouble("The disk is full.")
        whole(path, data, mode=mode)

    monkeypatch.setattr(template_pair, "write_atomically", full)
    with pytest.raises(StorageTrouble):
        SetupRoom(fresh).do(("class",), form("band", band="6-8"))
    assert [path.read_bytes() for path in files] == before
    assert fresh.school_class.age_band == "3-5" and fresh.store.all_rounds() == metas


def test_a_new_round_gives_new_books_and_keeps_the_last(desk: TeacherDesk) -> None:
    """Everybody has one book more, nothing in the books of before changes, and the days begin anew."""
    before = {
        m.portfolio_id: desk.store.portfolio(m.portfolio_id)
        for r in desk.store.all_rounds().values()
        for m in r
    }
    counts = {sid: len(rounds) for sid, rounds in desk.store.all_rounds().items()}
    SetupRoom(desk).do(("class",), sent("new-round", {"new-round": "Spring 2030"}))
    assert desk.school_class.round == "Spring 2030" and desk.school_class.conference_on is None
    for student in desk.store.students():
        rounds = desk.store.rounds(student.student_id)
        assert len(rounds) == counts.get(student.student_id, 0) + 1
    assert {pid: desk.store.portfolio(pid) for pid in before} == before


def test_a_round_is_renamed_in_every_book(desk: TeacherDesk) -> None:
    """The class and its books of this round change together; other rounds keep their names."""
    old = desk.school_class.round
    others = {m.round for r in desk.store.all_rounds().values() for m in r} - {old}
    SetupRoom(desk).do(("class",), form("rename-round", round="Autumn"))
    assert {m.round for r in desk.store.all_rounds().values() for m in r} == others | {"Autumn"}
    assert desk.school_class.round == "Autumn"


def test_two_rounds_never_share_a_name(desk: TeacherDesk) -> None:
    """A name that is taken is refused, for a new round and for this one; nothing changes."""
    taken = next(
        m.round for r in desk.store.all_rounds().values() for m in r if m.round != desk.school_class.round
    )
    before = desk.store.all_rounds()
    for what, field in (("rename-round", "round"), ("new-round", "new-round")):
        for name in (taken, "", "x" * 300):
            with pytest.raises(InputRefused) as refused:
                SetupRoom(desk).do(("class",), sent(what, {field: name}))
            assert refused.value.values["field"] == field
    assert desk.store.all_rounds() == before


# --------------------------------------------------------------------------------------------------- pages


def test_pages_are_left_out_taken_in_and_moved(fresh: TeacherDesk) -> None:
    """The notebook of the books follows each button, and the teacher's own cells stay."""
    path = fresh.folder.student_notebook
    book = json.loads(path.read_text("utf-8"))
    book["cells"].insert(
        4, {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": ["Our class song."]}
    )
    path.write_text(json.dumps(book), "utf-8")
    room = SetupRoom(fresh)

    def pages() -> list[str]:
        return [cell.section for cell in fresh.folder.outline() if cell.kind == "section"]

    start = pages()
    room.do(("sections",), form("page", page="letter", how="off"))
    assert pages() == [page for page in start if page != "letter"]
    room.do(("sections",), form("page", page="letter", how="on"))
    assert pages() == start
    assert room.do(("sections",), form("page", page="letter", how="up")).focus == "page-letter"
    assert pages()[:2] == ["letter", "welcome"]
    assert room.do(("sections",), form("page", page="goals", how="up")).focus == "move-up-goals"
    room.do(("sections",), form("page", page="goals", how="down"))
    room.do(("sections",), form("page", page="letter", how="down"))
    assert pages() == start
    assert "Our class song." in path.read_text("utf-8")


def test_a_page_with_words_goes_in_two_steps_and_its_words_stay(desk: TeacherDesk) -> None:
    """Where children wrote, the screen names them and asks twice; every entry is what it was."""
    room = SetupRoom(desk)
    before = {
        m.portfolio_id: desk.store.portfolio(m.portfolio_id)
        for r in desk.store.all_rounds().values()
        for m in r
    }
    body = room.show(("sections",)).body
    assert re.search(r'data-do="leave-out" data-key="goals".*?wrote on this page', body, re.DOTALL)
    assert not re.search(r'data-key="goals">(?:(?!</form>).)*value="off"', body, re.DOTALL)
    room.do(("sections",), form("leave-out", page="goals"))
    assert "goals" not in [cell.section for cell in desk.folder.outline() if cell.kind == "section"]
    assert {pid: desk.store.portfolio(pid) for pid in before} == before


def test_a_book_keeps_at_least_one_page(fresh: TeacherDesk) -> None:
    """The last page cannot be left out."""
    room = SetupRoom(fresh)
    for section in fresh.folder.template().sections[1:]:
        room.do(("sections",), form("page", page=section.section_id, how="off"))
    with pytest.raises(InputRefused):
        room.do(("sections",), form("page", page=fresh.folder.template().sections[0].section_id, how="off"))
    assert len(fresh.folder.outline()) == 1


IDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)


@given(
    before=IDS, page=st.sampled_from("abcdef"), how=st.sampled_from(["on", "off", "up", "down", "", "away"])
)
def test_rearranging_only_touches_the_page_it_is_about(before: list[str], page: str, how: str) -> None:
    """The others keep their order; on and off undo each other where a page came from."""
    after = rearranged(before, page, how, "abcdef")
    assert [one for one in after if one != page] == [one for one in before if one != page]
    assert len(after) == len(set(after))
    assert (page in after) == (page in before if how not in ("on", "off") else how == "on")


# ------------------------------------------------------------------------------------------------ children


def test_a_child_is_added_by_hand_with_an_empty_book(fresh: TeacherDesk) -> None:
    """Name, home and language are enough; the picture is one nobody has."""
    SetupRoom(fresh).do(("children",), form("add", name=" Amal  Haddad ", grade="4", adults="Teta, Baba", reads="Arabic, English"))  # fmt: skip
    child = fresh.store.student("amal-haddad")
    assert (child.name, child.grade, child.households[0].adults) == ("Amal Haddad", "4", ("Teta", "Baba"))
    assert child.households[0].reads == ("ar", "en")
    assert [m.round for m in fresh.store.rounds("amal-haddad")] == ["Fall 2026"]
    assert len({s.picture for s in fresh.store.students()}) == 4


@pytest.mark.parametrize(("values", "field"), [
    ({"name": ""}, "name"), ({"name": "12"}, "name"), ({"name": "x" * 101}, "name"), ({"name": "ana"}, "name"),
    ({"name": "Dee", "reads": "Klingonish"}, "reads"), ({"name": "Dee", "adults": "z" * 300}, "adults"),
])  # fmt: skip
def test_what_is_no_child_is_not_added(fresh: TeacherDesk, values: dict[str, str], field: str) -> None:
    """A name that is none, is taken or far too long, or an unknown language: the field is named, nobody is added."""
    with pytest.raises(InputRefused) as refused:
        SetupRoom(fresh).do(("children",), sent("add", values))
    assert refused.value.values["field"] == field
    assert names(fresh) == ["Ana", "Ben", "Chi"]


def test_a_child_is_renamed_and_everything_else_of_it_stays(desk: TeacherDesk) -> None:
    """A new name changes the name: id, homes, picture, the child's own words and its books are as before."""
    room = SetupRoom(desk)
    before = desk.store.students()[0]
    version = version_in(room.show(("children", before.student_id)).body, "child")
    room.do(("children", before.student_id), form("child", version=version, name="Amália", say_it="a-MAH-lia", pronouns="she/her"))  # fmt: skip
    after = desk.store.students()[0]
    assert after == before.but(name="Amália", say_it="a-MAH-lia", pronouns="she/her")
    with pytest.raises(InputRefused):
        room.do(("children", before.student_id), form("child", version=version_in(room.show(("children", before.student_id)).body, "child"), name=" "))  # fmt: skip


def test_how_a_child_shows_its_learning_can_only_be_read(desk: TeacherDesk) -> None:
    """The child's own words stand on the screen and no form can change them."""
    student = desk.store.students()[0].but(shows_learning=Passage(text="with drawings, not by talking"))
    desk.store.keep_student(student)
    room = SetupRoom(desk)
    screen = room.show(("children", student.student_id))
    assert str(escape(student.shows_learning.text)) in screen.body
    version = version_in(screen.body, "child")
    room.do(("children", student.student_id), form("child", version=version, shows_learning="by tests"))
    assert desk.store.student(student.student_id).shows_learning == student.shows_learning


def test_a_picture_is_one_of_ours(fresh: TeacherDesk) -> None:
    """A drawn picture can be chosen, another file name cannot; a picture two have is named."""
    room = SetupRoom(fresh)
    room.do(("children", "ana"), form("picture", picture="whale"))
    room.do(("children", "ben"), form("picture", picture="whale"))
    assert fresh.store.student("ana").picture == "whale"
    assert "The same picture: whale. It is on the cards of Ana, Ben." in room.show(("children",)).body
    with pytest.raises(InputRefused):
        room.do(("children", "ana"), form("picture", picture="../secret"))


def test_the_order_is_the_teachers(fresh: TeacherDesk) -> None:
    """Up and down move by one place, the first one up stays; by first or family name puts all in order."""
    room = SetupRoom(fresh)
    room.do(("children",), form("move", child="chi", how="up"))
    assert names(fresh) == ["Ana", "Chi", "Ben"]
    room.do(("children",), form("move", child="ana", how="up"))
    assert names(fresh) == ["Ana", "Chi", "Ben"]
    room.do(("children",), form("add", name="Zoë Abel"))
    room.do(("children",), form("sort", how="last"))
    assert names(fresh) == ["Zoë Abel", "Ana", "Ben", "Chi"]
    room.do(("children",), form("sort", how="first"))
    assert names(fresh) == ["Ana", "Ben", "Chi", "Zoë Abel"]
    with pytest.raises(NotFound):
        room.do(("children",), form("move", child="nobody", how="up"))


def test_stores_keep_an_order_and_refuse_a_stranger(fresh: TeacherDesk) -> None:
    """Those not named follow in the order they had; an id that is not there changes nothing."""
    fresh.store.arrange_students(["chi", "chi"])
    assert [s.student_id for s in fresh.store.students()] == ["chi", "ana", "ben"]
    for stranger in ("nobody", "\ud800", ""):
        with pytest.raises(NotFound):
            fresh.store.arrange_students(["ben", stranger])
    again = SqlStore(fresh.folder.database, fresh.folder.media)
    assert [s.student_id for s in again.students()] == ["chi", "ana", "ben"]
    again.close()


def test_a_child_is_taken_out_only_by_its_name(desk: TeacherDesk) -> None:
    """Another word than the name takes nobody out; the name does, and the report says what is left."""
    room = SetupRoom(desk)
    student = desk.store.students()[0]
    place = ("children", student.student_id)
    assert "This cannot be taken back" in room.show(place).body
    for typed in ("", "yes", student.name[:-1]):
        with pytest.raises(InputRefused) as refused:
            room.do(place, form("erase", typed=typed))
        assert refused.value.values["field"] == "typed"
    assert student in desk.store.students()
    done = room.do(place, form("erase", typed=student.name.upper()))
    assert done.go == "setup/children"
    assert student.student_id not in [s.student_id for s in desk.store.students()]
    body = room.show(("children",)).body
    assert (
        f"{student.name} is taken out of the class" in body
        and "Every file of the class was searched." in body
    )
    assert "--" not in re.sub(r"<!--.*?-->", "", body)
    room.do(("children",), form("farewell-read"))
    assert "Every file of the class was searched." not in room.show(("children",)).body
    with pytest.raises(NotFound):
        room.show(place)


def test_setting_up_changes_no_entry_of_any_child(desk: TeacherDesk) -> None:
    """Whatever a teacher sets up, all that children and families wrote is byte for byte what it was."""
    ids = [m.portfolio_id for r in desk.store.all_rounds().values() for m in r]
    before = {pid: desk.store.entries(pid) for pid in ids}
    room, child = SetupRoom(desk), desk.store.students()[0].student_id
    for at, told in (
        (("children",), form("sort", how="last")), (("children", child), form("picture", picture="whale")),
        (("children", child), form("child", version=version_in(room.show(("children", child)).body, "child"), grade="5")),
        (("class",), form("rename-round", round="Autumn")), (("class",), sent("new-round", {"new-round": "Later"})),
        (("sections",), form("leave-out", page="goals")), (("homes", child), form("add-home", adults="Dad", reads="English")),
    ):  # fmt: skip
        room.do(at, told)
    assert {pid: desk.store.entries(pid) for pid in ids} == before


# --------------------------------------------------------------------------------------------- the way here


def test_leaving_the_room_forgets_the_list(fresh: TeacherDesk) -> None:
    """A list that was looked at is gone when the teacher comes back from somewhere else."""
    rooms = Rooms(fresh)
    rooms.do("setup/list", form("bring-typed", names="Dora\nEli"))
    assert "Dora" in rooms.show("setup/list").body
    rooms.do("setup/children", form("sort", how="first"))
    assert "Dora" in rooms.show("setup/list").body
    rooms.show("setup/children")
    assert "Dora" not in rooms.show("setup/list").body
    rooms.do("setup/list", form("bring-typed", names="Dora\nEli"))
    rooms.show("cards")
    assert "Dora" not in rooms.show("setup/list").body


def test_parts_answer_only_their_own_forms(fresh: TeacherDesk) -> None:
    """A form of another screen is not understood, rather than done somewhere else."""
    room = SetupRoom(fresh)
    for at, what in ((("class",), "add"), (("sections",), "facts"), (("children", "ana"), "add"), (("homes",), "same-home"), ((), "facts")):  # fmt: skip
        with pytest.raises(NotFound):
            room.do(at, form(what, name="x"))
