"""Looking at a book before it goes home: at which state, what changed since, and that it keeps nobody back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from portfolio.cli import app, sending
from portfolio.errors import InputRefused
from portfolio.model import Comment, Passage, PortfolioMeta, Strength, WordChoice
from portfolio.moments.approval import approve, looked_at, withdraw
from portfolio.moments.comments import TeacherComments
from portfolio.moments.cover import Cover
from portfolio.moments.send_home import send_home
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.class_folder import open_class
from tests.teachers import NOW, sample_desk, teacher_desk

ON = date(2026, 11, 20)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fourth grade on disk, made once."""
    made = sample_desk(tmp_path_factory.mktemp("sample"))
    made.store.close()
    return made.folder.path


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Iterator[TeacherDesk]:
    """The teacher's desk of a fresh copy of it."""
    made = teacher_desk(open_class(shutil.copytree(sample, tmp_path / "class-4b")))
    yield made
    made.store.close()


def meta(desk: TeacherDesk, student: str = "amal") -> PortfolioMeta:
    """Return what is known of a child's newest portfolio."""
    return desk.store.rounds(student)[-1]


def write(desk: TeacherDesk, words: str, *, minutes: int = 1, by: str = "student") -> None:
    """Let Amal put other words into its first strength."""
    portfolio = meta(desk).portfolio_id
    kept = desk.store.entry(portfolio, "strength-1")
    assert isinstance(kept.entry, Strength)
    changed = kept.entry.but(proof=Passage(text=words))
    desk.store.keep(portfolio, changed, expected=kept.version, by=by, at=NOW + timedelta(minutes=minutes))


def look(desk: TeacherDesk, student: str = "amal") -> PortfolioMeta:
    """Look at a child's book as it is now."""
    book = meta(desk, student).portfolio_id
    return approve(desk.store, book, desk.teacher_id, on=ON, revision=desk.store.revision(book))


def test_a_ready_book_is_checked_and_ready_again_when_that_is_taken_back(desk: TeacherDesk) -> None:
    """Looked at: checked. Taken back: what the child had said itself."""
    assert meta(desk).status == "ready"
    assert look(desk).status == "checked"
    assert looked_at(desk.store, meta(desk)).state == "looked_at"
    assert withdraw(desk.store, meta(desk).portfolio_id).status == "ready"
    assert looked_at(desk.store, meta(desk)).state == "not_yet"


def test_nobody_says_ready_in_place_of_the_child(desk: TeacherDesk) -> None:
    """A book that is still written is looked at and stays a draft; the child can still say that it is ready."""
    assert look(desk, "mateo").status == "draft"
    assert withdraw(desk.store, meta(desk, "mateo").portfolio_id).status == "draft"
    look(desk, "mateo")
    assert Cover(desk.store, meta(desk, "mateo").portfolio_id).set_ready(True) == "ready"


def test_what_changes_later_was_seen_by_nobody(desk: TeacherDesk) -> None:
    """After the look the child writes on: that says so, and names the entry; writing it back as it was ends it."""
    before = desk.store.entry(meta(desk).portfolio_id, "strength-1").entry
    assert isinstance(before, Strength)
    look(desk)
    write(desk, "my new bridge")
    found = looked_at(desk.store, meta(desk))
    assert (found.state, [one.entry_id for one in found.changed]) == ("changed_since", ["strength-1"])
    write(desk, before.proof.text, minutes=2)
    assert looked_at(desk.store, meta(desk)).state == "looked_at"


def test_a_look_counts_for_what_the_screen_showed(desk: TeacherDesk) -> None:
    """The child writes between the screen and the press: the look is kept for the screen, not for the new words."""
    book = meta(desk).portfolio_id
    seen = desk.store.revision(book)
    write(desk, "written while the teacher read")
    approve(desk.store, book, desk.teacher_id, on=ON, revision=seen)
    assert looked_at(desk.store, meta(desk)).state == "changed_since"


@pytest.mark.parametrize("revision", [None, -1, 10**9])
def test_a_revision_that_never_was_is_refused(desk: TeacherDesk, revision: int | None) -> None:
    """A page cannot look at a book ahead of time; nothing is kept."""
    before = meta(desk)
    with pytest.raises(InputRefused):
        approve(desk.store, before.portfolio_id, desk.teacher_id, on=ON, revision=revision)
    assert meta(desk) == before


def test_what_never_goes_home_changes_no_look(desk: TeacherDesk) -> None:
    """A comment, its reading, and a choice for a school word leave the look as it is."""
    look(desk)
    book = meta(desk).portfolio_id
    said = TeacherComments(desk.store, book, desk.teacher_id, "en").say("comment-1", "Lovely.", at=NOW)
    read = said.entry.but(seen=True)
    assert isinstance(read, Comment)
    desk.store.keep(book, read, expected=1, by="student", at=NOW)
    kept = desk.store.entry(book, "strength-1")
    chosen = kept.entry.with_choice(WordChoice(term="rubric", how="fine"))
    desk.store.keep(book, chosen, expected=kept.version, by="student", at=NOW)
    assert looked_at(desk.store, meta(desk)).state == "looked_at"


def test_sending_back_takes_the_look_away(desk: TeacherDesk) -> None:
    """A book that is with its child again waits for another look."""
    look(desk)
    comments = TeacherComments(desk.store, meta(desk).portfolio_id, desk.teacher_id, "en")
    comments.send_back("back-1", "Good sounds.", "Add a photo.", at=NOW)
    assert looked_at(desk.store, meta(desk)).state == "not_yet"


def test_everybody_goes_home_and_the_report_says_who_was_looked_at(desk: TeacherDesk, tmp_path: Path) -> None:
    """Sending home asks nobody's leave: each file is made, and says how its book was looked at."""
    look(desk, "linh")
    look(desk)
    write(desk, "my new bridge")
    sent = send_home(desk.folder, out=tmp_path / "out")
    assert all(one.path for one in sent)
    assert {one.student.student_id: one.looked for one in sent} == {
        "amal": "changed_since", "mateo": "not_yet", "linh": "looked_at",
    }  # fmt: skip


def test_only_what_was_looked_at_goes_home_if_asked(desk: TeacherDesk, tmp_path: Path) -> None:
    """With that wish no file is made of the others, and each is told as not sent, not as trouble."""
    look(desk, "linh")
    out = tmp_path / "out"
    sent = send_home(desk.folder, out=out, only_looked_at=True)
    made = {one.student.student_id for one in sent if one.path}
    assert made == {"linh"} and not any(one.trouble for one in sent)
    assert {path.name.split("-")[0] for path in out.rglob("*.html")} == {"linh"}


def test_the_command_says_whose_book_nobody_has_looked_at(desk: TeacherDesk, tmp_path: Path) -> None:
    """Its report ends with the names, each once; JSON says it of each file; with --looked-at the others stay here."""
    look(desk, "linh")
    look(desk)
    write(desk, "my new bridge")
    place, out = str(desk.folder.path), str(tmp_path / "out")
    told = CliRunner().invoke(app, ["send-home", place, "--out", out]).output.splitlines()
    assert told[-2:] == [
        "No teacher has looked at the book yet: Mateo",
        "Changed since a teacher looked at the book: Amal",
    ]
    only = CliRunner().invoke(app, ["send-home", place, "--out", f"{out}2", "--looked-at", "--json"])
    assert only.exit_code == 0
    made = {one["student"]: (one["looked_at"], bool(one["file"])) for one in json.loads(only.output)}
    assert made == {
        "amal": ("changed_since", False),
        "mateo": ("not_yet", False),
        "linh": ("looked_at", True),
    }


def test_the_command_tells_who_still_writes_and_leaves_it_to_the_teacher(
    desk: TeacherDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where somebody can answer it asks, and a no leaves unfinished books here; in a script it says so and makes them."""
    place, out = str(desk.folder.path), str(tmp_path / "out")

    def ran(*more: str, typed: str = "") -> Result:
        arguments = ["send-home", place, "--out", f"{out}{len(more)}{typed}", "--workers", "0", *more]
        return CliRunner().invoke(app, arguments, input=typed)

    script = ran()
    assert "1 book is still being written: Mateo" in script.output and "[y/N]" not in script.output
    assert "Made as they are now, though the child still writes: Mateo" in script.output
    monkeypatch.setattr(sending, "somebody_can_answer", lambda: True)
    kept_back = ran(typed="n")
    assert "[y/N]" in kept_back.output and "still writes this book" in kept_back.output
    assert {path.name.split("-")[0] for path in Path(f"{out}0n").rglob("*.html")} == {"amal", "linh"}
    yes = ran(typed="y")
    assert yes.exit_code == 0 and "still writes: Mateo" in yes.output
    for option, made in (
        ("--only-ready", {"amal", "linh"}),
        ("--even-unfinished", {"amal", "mateo", "linh"}),
    ):
        told = ran(option, "--json")
        assert "[y/N]" not in told.output
        rows = json.loads(told.output)
        assert {row["student"] for row in rows if row["file"]} == made
        assert {row["student"] for row in rows if row["still_writing"]} == {"mateo"}
