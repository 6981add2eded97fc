"""Ticks before a book goes home: who agreed to be seen or heard, who may be named; the room they are pressed in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import Answer, Beside, Picture, Work
from portfolio.moments.approval import approve, looked_at
from portfolio.moments.consent import Consent
from portfolio.moments.home import Kit, home_file
from portfolio.moments.leaving import leavings
from portfolio.moments.teacher.leaving_room import LeavingRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.class_folder import book_of
from portfolio.store.fake import FakeStore
from portfolio.testing import DOTS
from portfolio.views.charts import draw_over_time
from tests.quick_class import asked, book_id, quick_desk
from tests.teachers import NOW
from tests.unit.test_leaving import named, words


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Open the desk of a small class: Amal has two homes and others in a picture, and names Mateo."""
    made = quick_desk(tmp_path, ("Amal; Mama; ar en; Papa; es", "Mateo; Dad; en", "Linh"))
    for n in range(2):
        made.store.keep_picture("amal", named(n), DOTS[n], DOTS[n])
    picture = Picture(sha256=named(0), width=2, height=2, alt=words("Us two"), others=True)
    alone = Picture(sha256=named(1), width=2, height=2, alt=words("My hand"))
    entries = (
        Work(entry_id="work-1", title=words("With Mateo"), pictures=(picture, alone)),
        Answer(
            entry_id="answer-1", section="welcome", prompt="hello", words=words("hi"),
            besides=(Beside(field="words", pictures=(picture,)),),
        ),
    )  # fmt: skip
    for entry in entries:
        made.store.keep(book_id(made, "amal"), entry, expected=0, by="student", at=NOW)
    yield made
    made.store.close()


def consent(desk: TeacherDesk) -> Consent:
    """Return the ticks of Amal's book."""
    return Consent(desk.store, book_id(desk, "amal"), desk.teacher_id)


def test_a_tick_holds_wherever_a_thing_stands(desk: TeacherDesk) -> None:
    """One tick agrees to a picture in every entry it stands in, keeps who and when, and can be taken back."""
    ours = consent(desk)
    assert [(one.name, one.others, one.agreed) for one in ours.things()] == [
        (named(0), True, False),
        (named(1), False, False),
    ]
    ours.agree(named(0), yes=True, at=NOW)
    (first, *_) = ours.things()
    assert (first.agreed, first.by, first.at, len(first.entries)) == (True, desk.by, NOW, 2)
    ours.agree(named(0), yes=True, at=NOW)
    assert desk.store.entry(book_id(desk, "amal"), "work-1").version == 2
    ours.agree(named(0), yes=False, at=NOW)
    assert not ours.things()[0].agreed
    states = [c.entry for c in desk.store.history(book_id(desk, "amal"), "work-1")]
    works = [one for one in states if isinstance(one, Work)]
    assert [one.pictures[0].others_agreed for one in works] == [False, True, False]


def test_a_tick_keeps_what_the_child_wrote_meanwhile(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child who saves between the look and the tick loses nothing, and the tick is laid over its newest words."""
    store, book = desk.store, book_id(desk, "amal")
    keep = type(store).keep
    done: list[bool] = []

    def slow(self: object, portfolio_id: str, entry: object, **told: object) -> object:
        if not done and told["by"] == desk.by:
            done.append(True)
            raise ChangedMeanwhile("somebody was quicker")
        return keep(self, portfolio_id, entry, **told)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(type(store), "keep", slow)
    work = store.entry(book, "work-1")
    store.keep(book, work.entry.but(title=words("New words")), expected=1, by="student", at=NOW)
    consent(desk).agree(named(0), yes=True, at=NOW)
    now = store.entry(book, "work-1").entry
    assert isinstance(now, Work)
    assert (now.title.text, now.pictures[0].others_agreed, done) == ("New words", True, [True])


def test_nobody_agrees_to_what_is_not_there(desk: TeacherDesk) -> None:
    """A thing that is gone, a thing without others and a name without letters are sentences; nothing is written."""
    before = desk.store.revision(book_id(desk, "amal"))
    with pytest.raises(NotFound, match="not in the book"):
        consent(desk).agree("f" * 64, yes=True, at=NOW)
    with pytest.raises(InputRefused, match="Nobody else"):
        consent(desk).agree(named(1), yes=True, at=NOW)
    for name, how in (
        ("", "may_be_named"),
        ("…", "may_be_named"),
        ("Lina", "whatever"),
        ("a" * 300, "not_a_name"),
    ):
        with pytest.raises(InputRefused):
            consent(desk).name(name, how, at=NOW)
    assert desk.store.revision(book_id(desk, "amal")) == before


def test_a_teacher_says_that_others_are_in_it(desk: TeacherDesk) -> None:
    """A picture the child did not mark can be marked, waits for a tick then, and marked back is as it was."""
    consent(desk).mark(named(1), others=True, at=NOW)
    assert [one.agreed for one in consent(desk).things() if one.others] == [False, False]
    consent(desk).agree(named(1), yes=True, at=NOW)
    consent(desk).mark(named(1), others=False, at=NOW)
    consent(desk).mark(named(1), others=True, at=NOW)
    assert not next(one for one in consent(desk).things() if one.name == named(1)).agreed


def test_a_name_is_ticked_changed_and_taken_back(desk: TeacherDesk) -> None:
    """A tick for a name has a history, is found under any spelling, and a book that was looked at stays looked at."""
    store, book = desk.store, book_id(desk, "amal")
    meta = approve(store, book, desk.teacher_id, on=NOW.date(), revision=store.revision(book))
    for how in ("may_be_named", "not_a_name", "", "may_be_named"):
        consent(desk).name("MATEO" if how == "not_a_name" else "Mateo", how, at=NOW)
    consent(desk).agree(named(0), yes=True, at=NOW)
    assert [one.how for one in store.portfolio(book).namings] == ["may_be_named"]
    (naming,) = store.portfolio(book).namings
    past = [c.entry.how if c.entry else "" for c in store.history(book, naming.entry_id)]  # type: ignore[union-attr]  # namings
    assert past == ["may_be_named", "not_a_name", "", "may_be_named"]
    assert looked_at(store, meta).state == "looked_at"


def body(desk: TeacherDesk, *at: str) -> str:
    """Return the screen of a place."""
    return str(LeavingRoom(desk).show(at).body)


def test_the_room_ticks_and_the_file_follows(desk: TeacherDesk) -> None:
    """Pressed on the screen, a picture and a name are in the next file; pressed again, they are out."""
    room = LeavingRoom(desk)

    def page() -> str:
        book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "amal")
        return str(
            home_file(book, book.student.households[0].household_id, Kit(desk.store, draw_over_time)).page
        )

    assert "Us two" not in page() and "Mateo" not in page()
    assert "They agreed" in body(desk, "amal") and "Mateo may be named" in body(desk, "amal")
    room.do(("amal",), asked("agree", thing=named(0), how="yes"))
    room.do(("amal",), asked("name", name="Mateo", how="may_be_named"))
    assert "Us two" in page() and "Mateo" in page()
    assert "The name goes home." in body(desk, "amal")
    room.do(("amal",), asked("agree", thing=named(0), how="no"))
    room.do(("amal",), asked("name", name="Mateo", how=""))
    assert "Us two" not in page() and "Mateo" not in page()


def test_the_class_screen_says_who_waits(desk: TeacherDesk) -> None:
    """Children with something to decide come first; one without a home or without a book says so; nothing is hidden."""
    found = body(desk)
    assert found.index("Something to decide") < found.index("leaving/amal") < found.index("Nothing to decide")
    assert "1 picture or recording with others in it waits for a tick" in found
    assert "Mateo" in found and "Linh" in found


def test_strange_forms_are_sentences(desk: TeacherDesk) -> None:
    """A form nobody wrote, a child who is not there and a thing that is none are refused; nothing is written."""
    room, before = LeavingRoom(desk), desk.store.revision(book_id(desk, "amal"))
    for what, values in (
        ("agree", {}), ("agree", {"thing": "x" * 500, "how": "yes"}), ("others", {"thing": "", "how": "others"}),
        ("name", {"name": "", "how": "may_be_named"}), ("name", {"name": "Mateo", "how": "drop"}), ("steal", {}),
    ):  # fmt: skip
        with pytest.raises((NotFound, InputRefused)):
            room.do(("amal",), asked(what, **values))
    with pytest.raises(NotFound):
        room.show(("nobody",))
    assert desk.store.revision(book_id(desk, "amal")) == before


def test_a_whole_class_is_told_and_trouble_stops_nobody(desk: TeacherDesk) -> None:
    """Each home has a line; a child whose book or home is missing has a sentence; an unknown id is one at once."""
    found = list(leavings(desk.folder))
    assert [one.student.student_id for one in found][:2] == ["amal", "amal"]
    assert all(one.leaving or one.trouble for one in found)
    with pytest.raises(NotFound, match="nobody"):
        list(leavings(desk.folder, homes=("nobody",)))
    with pytest.raises(NotFound):
        list(leavings(desk.folder, students=("nobody",)))


def test_a_store_says_the_names_of_its_class(desk: TeacherDesk) -> None:
    """The names stand in the order of the list in both stores; one record that is damaged takes none of the others away."""
    students = desk.store.students()
    fake = FakeStore()
    for one in students:
        fake.keep_student(one)
    assert desk.store.student_names() == fake.student_names() == tuple(one.name for one in students)
    with closing(sqlite3.connect(desk.folder.database)) as file, file:
        file.execute("UPDATE students SET body = '{broken' WHERE student_id = 'mateo'")
    assert desk.store.student_names() == tuple(one.name for one in students if one.student_id != "mateo")


def test_the_command_says_what_the_screen_says(desk: TeacherDesk) -> None:
    """`portfolio preview` names homes, what is out and why; as JSON it holds the same; a trouble has its exit code."""
    path = str(desk.folder.path)
    shown = CliRunner().invoke(app, ["preview", path, "--student", "amal"])
    assert "others can be seen or heard" in shown.output
    assert "Names of classmates: Mateo" in shown.output
    answer = CliRunner().invoke(app, ["preview", path, "--student", "amal", "--json"])
    homes = json.loads(answer.output)
    assert [one["household_id"] for one in homes] == [
        h.household_id for h in desk.store.student("amal").households
    ]
    assert homes[0]["things"][0]["name"] == named(0)
    assert homes[0]["size"] > 1000
    nobody = CliRunner().invoke(app, ["preview", path, "--student", "nobody"])
    assert nobody.exit_code not in (0, 1)
    assert "There is no student" in nobody.output
