"""What lies on a child's desk beside its questions, through the widgets: notes, what is gone, the next teacher."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portfolio.model import Comment
from portfolio.moments.comments import TeacherComments
from portfolio.moments.desk import StudentDesk
from portfolio.rules import for_audience
from portfolio.store.class_folder import book_of, open_class
from portfolio.store.port import ClassStore
from portfolio.widgets import Desk, Sheet
from portfolio.widgets.host import OpenDesk
from tests.teachers import NOW, sample_desk
from tests.wires import ask, wires


@pytest.fixture(autouse=True)
def on_wires() -> Iterator[None]:
    """Let every widget speak through a wire."""
    with wires():
        yield


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fourth grade on disk, made once."""
    made = sample_desk(tmp_path_factory.mktemp("sample"))
    made.store.close()
    return made.folder.path


class Own:
    """Amal's desk, and its teacher's hand."""

    def __init__(self, path: Path) -> None:
        self.folder = open_class(path)
        self.store: ClassStore = self.folder.store()
        book = book_of(self.store, self.folder.template(), self.folder.outline(), "amal")
        ids = iter(range(1000))
        made = StudentDesk(self.store, book, lambda: NOW, lambda: f"s{next(ids)}")
        self.host = OpenDesk(made, served=False)
        self.desk = Desk(self.host)
        self.portfolio_id = made.portfolio_id
        self.teacher = TeacherComments(self.store, self.portfolio_id, "teacher-1", "en")

    def sheet(self, name: str) -> Sheet:
        """Return the sheet of a section."""
        found = self.desk.section(name)
        assert isinstance(found, Sheet)
        return found

    def entries(self) -> list[Any]:
        """Return everything but comments."""
        return [one for one in self.store.entries(self.portfolio_id) if not isinstance(one.entry, Comment)]


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Iterator[Own]:
    """Amal's desk in a fresh copy of the class."""
    made = Own(shutil.copytree(sample, tmp_path / "class-4b"))
    yield made
    made.store.close()


def test_i_have_read_it_is_kept_and_answered_with_the_notes(own: Own) -> None:
    """Pressed: on disk, told to the page, gone from the contents; asked again with the same number it is the same."""
    own.teacher.say("comment-1", "I enjoyed your volcano.", at=NOW, section="strengths")
    sheet, contents, before = own.sheet("strengths"), own.desk.path(), own.entries()
    assert [note["words"] for note in sheet.form["notes"]] == ["I enjoyed your volcano."]
    assert [part["id"] for part in contents.parts if part["note"]] == ["strengths"]
    said = {"type": "note_read", "entry": "comment-1", "rev": 7}
    answer = ask(sheet, said)
    assert (answer["type"], answer["rev"], [note["seen"] for note in answer["notes"]]) == ("notes", 7, [True])
    assert ask(sheet, said) == answer
    assert own.store.entry(own.portfolio_id, "comment-1").version == 2
    assert not [part for part in contents.parts if part["note"]]
    assert own.entries() == before


@pytest.mark.parametrize("entry", ["strength-1", "comment-9", "", "../x", "x" * 9000])
def test_what_is_no_note_is_refused_with_a_sentence(own: Own, entry: str) -> None:
    """A page may send anything: a sentence comes back, and nothing of the book changes."""
    before = own.store.entries(own.portfolio_id)
    answer = ask(own.sheet("strengths"), {"type": "note_read", "entry": entry, "rev": 1})
    assert answer["type"] == "refused" and answer["sentence"]
    assert own.store.entries(own.portfolio_id) == before


def test_a_note_written_meanwhile_arrives_with_the_heartbeat(own: Own) -> None:
    """The desk is open while the teacher writes: the next beat brings the note and the word in the contents, once."""
    sheet, contents, status = own.sheet("strengths"), own.desk.path(), own.desk.status()
    ask(status, {"type": "ping"})
    own.teacher.say("comment-1", "Tell me more.", at=NOW, section="strengths")
    assert ask(status, {"type": "ping"}) == {"type": "pong"}
    assert [note["words"] for note in sheet.form["notes"]] == ["Tell me more."]
    assert [part["id"] for part in contents.parts if part["note"]] == ["strengths"]
    sent = len(sheet.comm.sent)
    ask(status, {"type": "ping"})
    assert len(sheet.comm.sent) == sent


def test_a_book_that_came_back_is_told_on_the_first_page(own: Own) -> None:
    """What is good and the one thing to try lie at the beginning, and the book is not called ready any more."""
    own.teacher.send_back("back-1", "You tell it with sounds.", "Add a photo.", at=NOW, section="work")
    first = own.host.section_ids()[0]
    (note,) = own.sheet(first).form["notes"]
    assert (note["good"], note["words"], note["page"], note["back"]) == (
        "You tell it with sounds.", "Add a photo.", "work", True,
    )  # fmt: skip
    assert own.host.standing()["ready"] is False


def test_pages_for_the_next_teacher_are_kept_one_by_one(own: Own) -> None:
    """Each press is on disk when it is answered; two windows that pick at once keep both picks."""
    done = own.desk.done()
    before = ask(done, {"type": "standing"})
    assert not any(page["on"] for page in before["pages"])
    first, second = [page["id"] for page in before["pages"]][:2]
    Desk(own.host).done().hear({"type": "for_next", "id": second, "on": True}, [])
    answer = ask(done, {"type": "for_next", "id": first, "on": True})
    assert answer["about"] == "for_next"
    assert [page["id"] for page in answer["pages"] if page["on"]] == [first, second]
    assert own.store.meta(own.portfolio_id)[0].next_teacher == (first, second)
    ask(done, {"type": "for_next", "id": first, "on": False})
    assert own.store.meta(own.portfolio_id)[0].next_teacher == (second,)


@pytest.mark.parametrize("page", ["teacher_note", "nowhere", "", None, 7, ["strengths"], "x" * 9000])
def test_a_page_that_is_not_the_childs_to_give_is_refused(own: Own, page: object) -> None:
    """A teacher's page, a page nobody has, nonsense: a sentence, and no pick."""
    answer = ask(own.desk.done(), {"type": "for_next", "id": page, "on": True})
    assert answer["type"] == "refused" and answer["about"] == "for_next" and answer["sentence"]
    assert own.store.meta(own.portfolio_id)[0].next_teacher == ()


def test_what_goes_to_the_next_teacher_changes_nothing_for_the_family(own: Own) -> None:
    """The pick is between the child and its next teacher."""
    book = own.host.desk.fresh()
    home = book.student.households[0].household_id
    before = for_audience(book, "home", home), for_audience(book, "conference")
    ask(own.desk.done(), {"type": "for_next", "id": "strengths", "on": True})
    now = own.host.desk.fresh()
    assert (for_audience(now, "home", home), for_audience(now, "conference")) == before
