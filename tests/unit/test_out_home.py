"""The files for the homes, made from the desk: who is told before, how far they are, what to do where one is lacking."""

from __future__ import annotations

import dataclasses
import io
import re
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from portfolio.errors import NotFound, StorageTrouble
from portfolio.model import Goal, Passage, Strength
from portfolio.moments.approval import approve
from portfolio.moments.class_run import Stop
from portfolio.moments.room import Outcome
from portfolio.moments.run_pace import Pace
from portfolio.moments.sent import Run, Sent, Watching, Wishes
from portfolio.moments.teacher import out_home, out_run
from portfolio.moments.teacher.out_room import OutRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.class_folder import ClassFolder
from tests.quick_class import asked, book_id, quick_desk
from tests.teachers import NOW


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the files as long as they take, so that no test hangs on how fast a computer is."""
    monkeypatch.setattr(out_home, "PATIENCE", 300.0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Open the desk of a small class: Amal has written, Mateo and Linh have not."""
    made = quick_desk(tmp_path, ("Amal; Mama; ar en; Papa; es", "Mateo", "Linh"))
    strength = Strength(entry_id="strength-1", what=Passage(text="I draw"))
    goal = Goal(
        entry_id="goal-1", goal=Passage(text="read"), look_again=(date(2026, 12, 1), date(2026, 11, 30))
    )
    for entry in (strength, goal):
        made.store.keep(book_id(made, "amal"), entry, expected=0, by="student", at=NOW)
    yield made
    made.store.close()


def body(desk: TeacherDesk, *at: str) -> str:
    """Return the screen of a place."""
    return str(OutRoom(desk).show(at).body)


def do(desk: TeacherDesk, place: str, what: str, **values: str | list[str]) -> Outcome:
    """Press a form on a screen of this room."""
    return OutRoom(desk).do((place,), asked(what, **values))


def test_books_for_the_homes(desk: TeacherDesk) -> None:
    """One file for each home; with the tick, only of books somebody has looked at; who is left out is named."""
    before = body(desk, "home")
    assert "Amal, Mateo, Linh" in before
    with pytest.raises(NotFound) as nobody:
        do(desk, "home", "home", looked_at="1")
    assert nobody.value.values["field"] == "looked-at" and not list(desk.folder.home.iterdir())
    revision = desk.store.revision(book_id(desk, "amal"))
    approve(desk.store, book_id(desk, "amal"), desk.teacher_id, on=date(2026, 11, 20), revision=revision)
    room = OutRoom(desk)
    outcome = room.do(("home",), asked("home", looked_at="1"))
    assert {path.name for path in desk.folder.home.rglob("*.html")} == {"amal-mama.html", "amal-papa.html"}
    assert "see below" in outcome.say
    assert "left out" in str(room.show(("home",)).body)
    with zipfile.ZipFile(io.BytesIO(outcome.downloads[0].data)) as packed:
        assert sorted(packed.namelist()) == ["amal-mama.html", "amal-papa.html"]
    assert "4 files" in do(desk, "home", "home").say


def test_the_page_says_who_still_writes_and_can_leave_them_out(desk: TeacherDesk) -> None:
    """Names stand there before anything is made; with the tick, only books whose child says they are ready go."""
    assert "<bdi>Amal</bdi>" in body(desk, "home") or "<bdi>Amal, Mateo, Linh</bdi>" in body(desk, "home")
    with pytest.raises(NotFound):
        do(desk, "home", "home", ready="1")
    meta, version = desk.store.meta(book_id(desk, "amal"))
    desk.store.keep_meta(meta.but(status="ready"), expected=version)
    room = OutRoom(desk)
    room.do(("home",), asked("home", ready="1"))
    assert {path.name for path in desk.folder.home.rglob("*.html")} == {"amal-mama.html", "amal-papa.html"}
    after = str(room.show(("home",)).body)
    assert "<bdi>Mateo, Linh</bdi>" in after and "still writes this book" in after


@dataclasses.dataclass
class Slow:
    """Takes the place of the run: waits until it may go on, then tells what it was given to tell."""

    folder: ClassFolder
    tell: tuple[Sent, ...] = ()
    go: threading.Event = dataclasses.field(default_factory=threading.Event)
    wished: list[Wishes] = dataclasses.field(default_factory=list)

    def __call__(self, folder: ClassFolder, wishes: Wishes, watching: Watching, *, stop: Stop) -> Run:
        """Make nothing, slowly."""
        assert folder == self.folder
        self.wished.append(wishes)
        pace = Pace(40, 0.0)
        for second in range(10):
            pace.step(float(second))
        watching.on_pace(pace)
        self.go.wait(60)
        chosen = [
            one for one in self.tell if not wishes.students or one.student.student_id in wishes.students
        ]
        return Run(tuple(chosen), stopped=stop.asked)


def until(true: Callable[[], object]) -> None:
    """Wait until something is so."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("It never was so.")


def test_a_long_run_is_watched_stopped_and_handed_over(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The page is there at once, tells how far it is and how long it may take, and hands the files over at the end."""
    made = tmp_path / "amal-mama.html"
    made.write_text("a page")
    amal = desk.store.student("amal")
    slow = Slow(desk.folder, (Sent(amal, amal.households[0], made, 6, files=(made,)),))
    monkeypatch.setattr(out_run, "run_home", slow)
    monkeypatch.setattr(out_home, "PATIENCE", 0.05)
    room = OutRoom(desk)
    begun = room.do(("home",), asked("home", pdf="1", size="small"))
    assert not begun.downloads and slow.wished[0].budget == 500_000
    until(lambda: "10 of 40" in str(room.show(("home",)).body))
    screen = room.show(("home",))
    assert screen.seen and "seconds left" in str(screen.body) and "<progress" in str(screen.body)
    assert ">Make the files<" not in str(screen.body)
    assert room.look(("home",), screen.seen, "").asides == {}
    for what in ("home", "take", "again"):
        with pytest.raises(NotFound, match="still being made"):
            room.do(("home",), asked(what))
    assert "stops after" in room.do(("home",), asked("stop")).say
    slow.go.set()
    until(lambda: not room.show(("home",)).seen)
    new = room.look(("home",), screen.seen, "")
    assert set(new.asides) == {"run", "run-said"} and "1 file is in" in new.asides["run-said"]
    assert "You stopped it" in new.asides["run-said"] and "<progress" not in new.asides["run"]
    assert (
        re.search(r'name="pdf"[^>]* checked', new.asides["run"])
        and 'value="small" selected' in new.asides["run"]
    )
    taken = room.do(("home",), asked("take"))
    with zipfile.ZipFile(io.BytesIO(taken.downloads[0].data)) as packed:
        assert packed.read("amal-mama.html") == b"a page"


def test_what_could_not_be_made_is_told_by_child_and_tried_again(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each home without a file stands first with what to do; one button makes those alone, and the rest stays."""
    made = tmp_path / "x.html"
    made.write_text("a page")
    people = {one.student_id: one for one in desk.store.students()}
    amal, linh = people["amal"], people["linh"]
    bad = StorageTrouble("Look for a very large picture or film in the book, then make the file again.")
    good = Sent(amal, amal.households[0], made, 6, files=(made,))
    slow = Slow(desk.folder, (good, Sent(linh, None, None, 0, bad)))
    slow.go.set()
    monkeypatch.setattr(out_run, "run_home", slow)
    room = OutRoom(desk)
    assert "see below" in room.do(("home",), asked("home", looked_at="1")).say
    text = str(room.show(("home",)).body)
    assert text.index("very large picture") < text.index("x.html") and "Try these again" in text
    now = tmp_path / "linh.html"
    now.write_text("hers")
    slow.tell = (Sent(linh, None, now, 4, files=(now,)),)
    room.do(("home",), asked("again"))
    assert slow.wished[1].students == ("linh",) and slow.wished[1].again and slow.wished[1].only_looked_at
    text = str(room.show(("home",)).body)
    assert (
        "very large picture" not in text
        and "Amal" in text
        and "Linh" in text
        and "Try these again" not in text
    )
    with pytest.raises(NotFound, match="Every home"):
        room.do(("home",), asked("again"))


def test_trouble_while_files_are_made_is_a_sentence(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a full disk nor a fault of ours ends in silence, while the page waits for it or at once."""
    room = OutRoom(desk)
    for trouble in (StorageTrouble("There is no room left."), ValueError("a fault of ours")):

        def broken(*_: object, wrong: Exception = trouble, **__: object) -> Run:
            raise wrong

        monkeypatch.setattr(out_run, "run_home", broken)
        with pytest.raises(StorageTrouble):
            room.do(("home",), asked("home"))
    assert "run-h" not in str(room.show(("home",)).body)
