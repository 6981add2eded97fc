"""What a class hopes for, as a screen and a page; and what the command line takes along."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portfolio import cli
from portfolio.errors import InputRefused, NotFound
from portfolio.model import Goal, HomeWords, Household, Passage, Strength, Student
from portfolio.moments.classes import begin
from portfolio.moments.room import Outcome
from portfolio.moments.teacher.out_room import OutRoom
from portfolio.moments.teacher.room import TeacherDesk
from tests.quick_class import asked, book_id, quick_desk
from tests.teachers import NOW


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


# ------------------------------------------------------------------------------------------------------ the hopes


@pytest.fixture
def hoping(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Open the desk of a class of twelve with goals, six of whose homes hope something."""
    made = quick_desk(tmp_path, ())
    for n in range(12):
        home = Household(household_id="h", label=f"Home {n}", adults=("Papa",))
        made.store.keep_student(Student(student_id=f"s{n}", name=f"Kim{n}", households=(home,)))
        book = begin(made.store, made.folder.template(), f"s{n}", date(2026, 9, 1)).portfolio_id
        goal = Goal(entry_id="goal-1", area="subject" if n % 2 else "habits")
        made.store.keep(book, goal, expected=0, by="student", at=NOW)
        if n < 6:
            told = HomeWords(
                entry_id="home-1", household_id="h", hopes=Passage(text=f"that Kim{n} finds hope {n} <b>")
            )
            made.store.keep(book, told, expected=0, by=made.by, at=NOW)
    yield made
    made.store.close()


def test_hopes_are_drawn_and_told(hoping: TeacherDesk) -> None:
    """The screen has the drawing with the same in words beside it, and each hope without names, unticked."""
    page = body(hoping, "hopes")
    assert page.count('class="chart"') == 1 and "6 children" in re.sub(
        r"<svg.*?</svg>", "", page, flags=re.DOTALL
    )
    assert page.count('name="hope"') == 6 and "checked" not in page
    assert not re.search(r"Kim\d", page) and "that … finds hope 3 &lt;b&gt;" in page


def test_only_what_the_teacher_ticked_leaves(hoping: TeacherDesk) -> None:
    """The page to show holds the drawing and the ticked words; a mark that is none of ours brings nothing in."""
    marks = re.findall(r'name="hope" value="([0-9a-f]+)"', body(hoping, "hopes"))
    (page,) = do(hoping, "hopes", "hopes", hope=[marks[2], "nonsense"]).downloads
    text = page.data.decode("utf-8")
    assert "hope 2" in text and "hope 3" not in text and not re.search(r"Kim\d", text)
    assert "<script" not in text and " style=" not in text and "default-src 'none'" in text
    (drawings,) = do(hoping, "hopes", "hopes", as_="drawings", hope=marks).downloads
    with zipfile.ZipFile(io.BytesIO(drawings.data)) as packed:
        assert len(packed.namelist()) == 1
        svg = packed.read(packed.namelist()[0])
    assert svg.startswith(b"<svg") and b"hope 2" not in svg
    assert "hope 2" not in do(hoping, "hopes", "hopes").downloads[0].data.decode("utf-8")


def test_a_small_class_is_told_why_nothing_is_drawn(desk: TeacherDesk) -> None:
    """Three children get a kind sentence, no drawing, and nothing that could be taken along."""
    page = body(desk, "hopes")
    assert (
        "<svg" not in page.replace('<svg class="i', "")
        and "small class" in page
        and 'data-do="hopes"' in page
    )
    with pytest.raises(NotFound, match="nothing to put on the page"):
        do(desk, "hopes", "hopes")
    with pytest.raises(NotFound, match="no drawing yet"):
        do(desk, "hopes", "hopes", as_="drawings")


# ---------------------------------------------------------------------------------------------- the command line


def test_progress_on_the_command_line(desk: TeacherDesk, tmp_path: Path) -> None:
    """Lines for people, JSON for programs, two kinds of tables; no file is ever replaced."""
    folder, run = str(desk.folder.path), CliRunner().invoke
    plain = run(cli.app, ["progress", folder])
    assert plain.exit_code == 0 and [line.split(":")[0] for line in plain.stdout.splitlines()] == [
        "Amal",
        "Mateo",
        "Linh",
    ]
    assert [one["student"] for one in json.loads(run(cli.app, ["progress", folder, "--json"]).stdout)] == [
        "amal",
        "mateo",
        "linh",
    ]
    both = ["progress", folder, "--csv", str(tmp_path / "t.csv"), "--xlsx", str(tmp_path / "t.xlsx")]
    assert run(cli.app, both).exit_code == 0
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf") and zipfile.is_zipfile(
        tmp_path / "t.xlsx"
    )
    again = run(cli.app, both)
    assert again.exit_code == InputRefused.exit_code and "never replaced" in again.stderr
    one = str(tmp_path / "one")
    twice = run(cli.app, ["progress", folder, "--csv", one, "--xlsx", one])
    assert twice.exit_code == InputRefused.exit_code and not Path(one).exists()


def test_cards_and_next_teacher_on_the_command_line(desk: TeacherDesk, tmp_path: Path) -> None:
    """Both say who has none, with the exit code of something done but not for everybody."""
    folder, run = str(desk.folder.path), CliRunner().invoke
    asked = [
        "cards",
        folder,
        "--address",
        "https://books.school.example",
        "--to",
        str(tmp_path / "cards.html"),
    ]
    assert run(cli.app, asked).exit_code == NotFound.exit_code
    some = run(cli.app, [*asked, "--missing", "--student", "amal"])
    assert some.exit_code == 0 and "1 card is in" in some.stdout
    rest = run(cli.app, [*asked[:-1], str(tmp_path / "more.html")])
    assert rest.exit_code == cli.NOT_EVERYBODY and "Mateo, Linh" in rest.stdout
    assert run(cli.app, ["cards", folder, "--pictures"]).exit_code == 0
    desk.store.keep_meta(desk.store.meta(book_id(desk, "amal"))[0].but(next_teacher=("strengths",)))
    gone = run(cli.app, ["next-teacher", folder, str(tmp_path / "next")])
    assert gone.exit_code == cli.NOT_EVERYBODY and "Mateo has not picked" in gone.stdout
    assert [path.name for path in (tmp_path / "next").iterdir()] == ["amal.html"]
