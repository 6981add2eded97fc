"""``send-home`` with PDFs, messages, mails and lists from the command line, and the same from the teacher's desk."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from jinja2 import meta
from typer.testing import CliRunner, Result

from portfolio.cli import app
from portfolio.moments import home_doors, sent_list
from portfolio.moments.home_pdf import Pdf
from portfolio.moments.teacher.out_room import OutRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.environment import environment
from portfolio.views.sent_list import SentList
from tests.pdfs import blank_pdf
from tests.quick_class import asked, quick_desk


@pytest.fixture(autouse=True)
def _printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the browser's place."""

    def made(page: str, *, paper: str = "a4", made_on: date | None = None) -> Pdf:
        assert page and paper in {"a4", "letter"} and (made_on is None or made_on.year > 2000)
        return Pdf(blank_pdf(3, mark=1 if paper == "letter" else 0), 3)

    monkeypatch.setattr(home_doors, "home_pdf", made)
    monkeypatch.setattr(sent_list, "home_pdf", made)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """The desk of a class of three."""
    made = quick_desk(tmp_path, ("Amal Haddad; Mama, Papa; en", "Mateo; Dad; es", "Linh; Home; vi"))
    yield made
    made.store.close()


def run(*args: object, typed: str | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, ["send-home", *(str(arg) for arg in args), "--workers", "0"], input=typed)


def endings(folder: Path) -> list[str]:
    """Return what the files are."""
    return sorted({path.suffix for path in folder.rglob("*.*")})


def test_nothing_wished_makes_pages_only(desk: TeacherDesk, tmp_path: Path) -> None:
    """Without an option everything is as it was."""
    assert run(desk.folder.path, "--out", tmp_path / "out").exit_code == 0
    assert endings(tmp_path / "out") == [".html"]


def test_every_door_has_its_option(desk: TeacherDesk, tmp_path: Path) -> None:
    """PDF, message, mail, list: all are made, and the answer for programs names them."""
    made = run(
        desk.folder.path, "--out", tmp_path / "out", "--pdf", "--paper", "letter", "--text", "--mail",
        "--list", tmp_path / "list.html", "--json",
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    assert endings(tmp_path / "out") == [".eml", ".html", ".pdf", ".txt"]
    assert {len(one["beside"]) for one in json.loads(made.output)} == {3}
    page = (tmp_path / "list.html").read_text("utf-8")
    assert page.index("Amal Haddad") < page.index("Mateo") < page.index("Linh") and "3 pages" in page
    assert (tmp_path / "list.html").stat().st_mode & 0o077 == 0


def test_a_password_comes_from_a_file_or_is_typed_and_is_never_shown(
    desk: TeacherDesk, tmp_path: Path
) -> None:
    """It is in no output and no file; without it the PDF does not open."""
    import pypdfium2

    (tmp_path / "key").write_text("correct horse\nsomething else\n", encoding="utf-8")
    for options, typed in (
        (["--password-file", tmp_path / "key"], None),
        (["--ask-password"], "correct horse\ncorrect horse\n"),
    ):
        made = run(desk.folder.path, "--out", tmp_path / "out", "--mail", "--again", *options, typed=typed)
        assert made.exit_code == 0, made.output
        assert "correct" not in made.output
        for path in (tmp_path / "out").rglob("*.pdf"):
            with pytest.raises(pypdfium2.PdfiumError):
                pypdfium2.PdfDocument(path.read_bytes(), password="wrong horse")
            assert len(pypdfium2.PdfDocument(path.read_bytes(), password="correct horse")) == 3
    for path in (*(tmp_path / "out").rglob("*"), *desk.folder.path.rglob("*")):
        assert not path.is_file() or b"correct horse" not in path.read_bytes()


@pytest.mark.parametrize(
    "options",
    [
        ["--password-each"],
        ["--password-each", "--ask-password", "--list", "l.html"],
        ["--password-file", "gone"],
    ],
)
def test_wishes_that_do_not_fit_are_told_before_anything_is_made(
    desk: TeacherDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    """Passwords nobody would be told, two ways at once, a file that is not there: a sentence, and no file."""
    monkeypatch.chdir(tmp_path)
    made = run(desk.folder.path, "--out", tmp_path / "out", *options)
    assert made.exit_code == 3 and not (tmp_path / "out").exists()


def test_a_password_file_that_is_no_text_is_refused(desk: TeacherDesk, tmp_path: Path) -> None:
    """A picture, an empty file, a short word: a sentence each."""
    for data in (b"\xff\xd8\xff\xe0", b"", b"short\n"):
        (tmp_path / "key").write_bytes(data)
        made = run(desk.folder.path, "--out", tmp_path / "out", "--password-file", tmp_path / "key")
        assert made.exit_code == 3 and "Traceback" not in made.output


def test_a_list_takes_the_place_of_no_file(desk: TeacherDesk, tmp_path: Path) -> None:
    """What lies there stays, and nothing is made."""
    (tmp_path / "mine.html").write_text("mine", encoding="utf-8")
    for option in ("--list", "--to-print"):
        made = run(desk.folder.path, "--out", tmp_path / "out", option, tmp_path / "mine.html")
        assert made.exit_code == 3 and not (tmp_path / "out").exists()
    assert (tmp_path / "mine.html").read_text("utf-8") == "mine"


def test_passwords_of_their_own_are_on_the_list_and_open_the_files(desk: TeacherDesk, tmp_path: Path) -> None:
    """Each line's password opens that home's PDF and no other; the same again the next time."""
    import pypdfium2

    keys = []
    for time in ("one", "two"):
        listed = tmp_path / f"{time}.html"
        made = run(
            desk.folder.path, "--out", tmp_path / "out", "--password-each", "--list", listed, "--again"
        )
        assert made.exit_code == 0, made.output
        keys.append(re.findall(r"\d{4} \d{4} \d{4}", listed.read_text("utf-8")))
        assert not any(key in made.output for key in keys[-1])
    assert keys[0] == keys[1] and len(set(keys[0])) == 3
    opened = 0
    for path in (tmp_path / "out").rglob("*.pdf"):
        for key in keys[0]:
            try:
                opened += bool(len(pypdfium2.PdfDocument(path.read_bytes(), password=key)))
            except pypdfium2.PdfiumError:
                continue
    assert opened == 3


def test_files_are_named_as_the_teacher_chooses(desk: TeacherDesk, tmp_path: Path) -> None:
    """By initials, one child or all; files of the other way of naming do not stay in the class."""
    assert run(desk.folder.path).exit_code == 0
    assert run(desk.folder.path, "--names", "initials").exit_code == 0
    stems = sorted(path.stem for path in desk.folder.home.rglob("*.html"))
    assert stems == ["ah-mama-papa", "l-home", "m-dad"]


def test_a_pile_nobody_wants_is_told_after_the_files_are_made(desk: TeacherDesk, tmp_path: Path) -> None:
    """No home gets paper: a sentence and an exit code of its own; the files are there and told."""
    made = run(desk.folder.path, "--out", tmp_path / "out", "--to-print", tmp_path / "all.pdf")
    assert made.exit_code == 10 and "on paper" in made.output and "Mateo" in made.output
    assert endings(tmp_path / "out") == [".html"] and not (tmp_path / "all.pdf").exists()


def test_the_desk_makes_what_is_ticked(desk: TeacherDesk) -> None:
    """Ticks give PDFs, messages and mails in the zip; the list with passwords comes apart from it and is kept nowhere."""
    room = OutRoom(desk)
    shown = str(room.show(("home",)).body)
    for name in ("pdf", "letter", "lock", "text", "mail", "list", "to-print"):
        assert f'name="{name}"' in shown
    outcome = room.do(("home",), asked("home", lock="1", text="1", mail="1"))
    packed, listed = outcome.downloads
    with zipfile.ZipFile(io.BytesIO(packed.data)) as inside:
        assert {Path(name).suffix for name in inside.namelist()} == {".html", ".pdf", ".txt", ".eml"}
        assert len(inside.namelist()) == 12
    keys = re.findall(rb"\d{4} \d{4} \d{4}", listed.data)
    assert len(keys) == 3
    for path in desk.folder.path.rglob("*"):
        assert not path.is_file() or not any(key in path.read_bytes() for key in keys)
    again = room.do(("home",), asked("home", **{"to-print": "1"}))
    assert len(again.downloads) == 1 and "on paper" in again.say


def test_the_list_uses_all_its_template_may_use() -> None:
    """Fields of the page and variables of its template are the same."""
    name = f"teacher/{SentList.template}"
    loader = environment().loader
    assert loader is not None
    source = loader.get_source(environment(), name)[0]
    used = meta.find_undeclared_variables(environment().parse(source))
    assert used == {field.name for field in dataclasses.fields(SentList)}
