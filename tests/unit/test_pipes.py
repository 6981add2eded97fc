"""Pipes and devices where files should be: to open one may take for ever, so each is refused before, with a sentence."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.store.trouble import is_special
from tests.samples import make_sample

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a class of the samples."""
    return make_sample(
        "class-4b", tmp_path_factory.mktemp("pipes") / "class", at=AT, randomness=os.urandom
    ).path


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Return a fresh copy of it."""
    return Path(shutil.copytree(made, tmp_path / "class"))


@pytest.fixture(autouse=True)
def _not_for_ever(only_on: Callable[..., None]) -> Iterator[None]:
    """Break a test off that waits for what never comes."""
    only_on("Linux", "Darwin")

    def late(_number: int, _frame: object) -> None:
        raise TimeoutError("it waits for a pipe")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(40)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def told(*args: str) -> tuple[int, str]:
    """Run a command and return its exit code and all it says."""
    done = CliRunner().invoke(app, [*args])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, " ".join(done.output.split())


@pytest.mark.parametrize("device", [False, True])
@pytest.mark.parametrize(
    "command",
    [
        "template check PIPE",
        "template take CLASS PIPE",
        "glossary check PIPE",
        "reply import CLASS PIPE",
        "roster import CLASS PIPE",
        "archive-in PIPE CLASS",
        "restore PIPE NEW",
        "new NEW --band 3-5 --students PIPE",
        "send-home CLASS --password-file PIPE",
    ],
)
def test_a_pipe_in_place_of_a_file_is_told_and_never_opened(
    folder: Path, tmp_path: Path, command: str, device: bool
) -> None:
    """Whatever command takes the name of a file: also behind a link, also a device that never ends."""
    pipe, link = tmp_path / "pipe", tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero" if device else pipe)
    places = {"PIPE": str(link), "CLASS": str(folder), "NEW": str(tmp_path / "new")}
    code, said = told(*(places.get(word, word) for word in command.split()))
    assert code not in (0, 1, 2) and "pipe.yaml" in said, (code, said)


@pytest.mark.parametrize(
    "name", ["activities.yaml", "places-that-help.csv", "glossary.yaml", "school-glossary.yaml"]
)
def test_a_pipe_beside_the_books_keeps_no_page_from_being_made(folder: Path, name: str) -> None:
    """It is told where mistakes are told, and files for homes are made without it."""
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    code, said = told("send-home", str(folder), "--student", "mateo")
    assert code == 0 and "Mateo" in said, said


@pytest.mark.parametrize("name", ["class.yaml", "student.ipynb", "class.sqlite"])
def test_a_pipe_in_place_of_a_part_of_a_class_is_told(folder: Path, name: str) -> None:
    """The class does not open, and a sentence says what is wrong."""
    (folder / name).unlink()
    os.mkfifo(folder / name)
    code, said = told("send-home", str(folder))
    assert code not in (0, 1, 2) and said, (code, said)


def test_what_a_shell_puts_together_may_hold_a_password(folder: Path) -> None:
    """``--password-file <(…)`` is a pipe of the shell's: it is read."""
    read, write = os.pipe()
    os.write(write, b"short\n")
    os.close(write)
    code, said = told("send-home", str(folder), "--password-file", f"/dev/fd/{read}")
    os.close(read)
    assert "pipe or a device" not in said and code != 0  # the password is too short: it was read


def test_what_is_special(tmp_path: Path) -> None:
    """Files, folders, links to them and what is not there are as always; a name nobody can have, too."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    (tmp_path / "file").write_text("x", "utf-8")
    assert [is_special(tmp_path / name) for name in ("pipe", "link", "file", ".", "none", "a\0b")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    assert is_special(Path(os.devnull))
