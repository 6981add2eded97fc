"""What starting costs: heavy libraries come in only where they are needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portfolio.cli import app, only
from portfolio.moments.send_home import send_home
from tests.samples import make_sample

REPO = Path(__file__).resolve().parents[2]
WATCHED = (
    "matplotlib",
    "nbformat",
    "nbconvert",
    "PIL",
    "IPython",
    "ipywidgets",
    "voila",
    "numpy",
    "sqlalchemy",
    "pydantic",
)


def imported_after(program: str, *arguments: str | Path, cwd: Path) -> set[str]:
    """Return which of the watched libraries a new process has once it ran ``program``."""
    ending = f"\nimport sys, json; print(json.dumps([m for m in {WATCHED!r} if m in sys.modules]))"
    environment = {name: value for name, value in os.environ.items() if name != "SERVER_SOFTWARE"}
    done = subprocess.run(
        [sys.executable, "-c", program + ending, *map(str, arguments)],
        cwd=cwd,
        env=environment | {"PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def known_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sample class whose photos and drawings have all been kept already."""
    place = tmp_path_factory.mktemp("light") / "class"
    at = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    folder = make_sample("class-4b", place, at=at, randomness=os.urandom)
    assert all(sent.trouble is None for sent in send_home(folder))
    assert list(folder.charts.glob("*.json"))
    return folder.path


def _says(text: str, heavy: Sequence[str]) -> str:
    return f"{text} needs no {', '.join(sorted(heavy))}"


def test_importing_the_package_brings_in_nothing(tmp_path: Path) -> None:
    """``import portfolio`` alone loads none of the libraries we use."""
    heavy = imported_after("import portfolio; portfolio.__version__", cwd=tmp_path)
    assert heavy == set(), _says("import portfolio", tuple(heavy))


def test_help_needs_no_library_but_the_command_line(tmp_path: Path) -> None:
    """``portfolio --help`` answers without a database, pictures, notebooks or charts."""
    heavy = imported_after(COMMAND, "--help", cwd=tmp_path)
    assert heavy == set(), _says("portfolio --help", tuple(heavy))


def test_sending_home_what_is_known_needs_no_notebook_chart_or_picture_library(known_class: Path) -> None:
    """``portfolio send-home`` with kept photos and drawings makes every file from words and bytes, without SQLAlchemy too."""
    before = {path.name: path.read_bytes() for path in (known_class / "home").rglob("*.html")}
    for path in (known_class / "home").rglob("*.html"):
        path.unlink()
    heavy = imported_after(COMMAND, "send-home", known_class, "--json", cwd=known_class.parent)
    assert heavy == {"pydantic"}
    assert {path.name: path.read_bytes() for path in (known_class / "home").rglob("*.html")} == before


def test_a_desk_draws_nothing_before_there_is_something_to_draw(known_class: Path) -> None:
    """A kernel that opens a desk and shows its sections has loaded no charts, notebooks or photos' library."""
    program = (
        "from portfolio import open_desk\n"
        "desk = open_desk('amal')\n"
        "for section in ('welcome', 'strengths', 'goals'): desk.section(section)"
    )
    heavy = imported_after(program, cwd=known_class)
    assert heavy & {"matplotlib", "nbformat", "nbconvert", "PIL", "voila", "numpy"} == set()
    assert "ipywidgets" in heavy


def test_the_watch_sees_a_heavy_library(tmp_path: Path) -> None:
    """A program that does import one is told on."""
    assert "PIL" in imported_after("import PIL.Image", cwd=tmp_path)


COMMAND = """
import sys
from portfolio.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


def test_a_command_that_is_asked_for_is_built_alone_and_says_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each command and group is found by its name, and its help is that of the whole program; a name unknown leaves all."""
    everything = [*app.registered_commands], [*app.registered_groups]
    helps = {name: CliRunner().invoke(app, [name, "--help"]).output for name in COMMANDS}
    for name in COMMANDS:
        monkeypatch.setattr(app, "registered_commands", [*everything[0]])
        monkeypatch.setattr(app, "registered_groups", [*everything[1]])
        only(name)
        assert len(app.registered_commands) + len(app.registered_groups) == 1, name
        assert CliRunner().invoke(app, [name, "--help"]).output == helps[name]
    for name in ("", "sendhome", "--help"):
        monkeypatch.setattr(app, "registered_commands", [*everything[0]])
        only(name)
        assert app.registered_commands == everything[0]


COMMANDS = ("send-home", "new", "roster")
