# long: one door, from choosing a home to running cells, is told in one place
"""The door of nbconvert: whose file it is, what it shows, what it says when it cannot, the same bytes everywhere."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from nbconvert.nbconvertapp import NbConvertApp
from nbformat import from_dict
from traitlets import TraitError
from traitlets.config import Config

from portfolio.export import CannotExport, PortfolioExporter
from portfolio.moments.home import home_file, kit_of
from portfolio.store.class_folder import ClassFolder, book_of, open_class
from tests.notebook_cells import JPEG, PNG, SVG, Cell, code, shown, text
from tests.samples import make_sample

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
REPO = Path(__file__).resolve().parents[2]
OWN: tuple[Cell, ...] = (
    text("## Our weather\n\n![](attachment:a.png)", attachments={"a.png": {"image/png": PNG}}),
    code(
        "plot()",
        {"output_type": "stream", "name": "stdout", "text": "14 days of rain\n"},
        shown({"image/svg+xml": SVG}),
        shown({"image/jpeg": JPEG}),
        shown({"text/html": "<table><tr><th>Mon</th></tr><tr><td>3</td></tr></table>"}),
        {"output_type": "error", "ename": "E", "evalue": "private", "traceback": ["private"]},
    ),
)


for number, cell in enumerate(OWN):  # as nbformat wants them
    cell["id"] = f"own-{number}"
OWN[1]["execution_count"] = None


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample class whose notebook has own cells of the teacher."""
    place = tmp_path_factory.mktemp("exporter") / "ladybirds"
    folder = make_sample("ladybirds", place, at=AT, randomness=secrets.token_bytes)
    _change(folder, lambda notebook: notebook["cells"].extend(OWN))
    return folder.path


@pytest.fixture
def ladybirds(made: Path, tmp_path: Path) -> ClassFolder:
    """A copy of it for one test."""
    shutil.copytree(made, tmp_path / "class")
    return open_class(tmp_path / "class")


@pytest.fixture
def convert(
    ladybirds: ClassFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., int]]:
    """Return a way to run ``jupyter nbconvert --to portfolio`` here, in the class's folder: its exit code."""
    monkeypatch.chdir(ladybirds.path)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "path", list(sys.path))

    def run(*words: str) -> int:
        NbConvertApp.clear_instance()
        app: Any = NbConvertApp.instance()  # it has no types
        try:
            app.initialize(["--to", "portfolio", *words])
            app.start()
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    yield run
    NbConvertApp.clear_instance()


def _change(folder: ClassFolder, how: Callable[[dict[str, Any]], object]) -> None:
    notebook = json.loads(folder.student_notebook.read_text("utf-8"))
    how(notebook)
    folder.student_notebook.write_text(json.dumps(notebook), "utf-8")


def _plain(folder: ClassFolder, student: str, household: str) -> str:
    """Return the page as the other door makes it."""
    store = folder.store()
    try:
        book = book_of(store, folder.template(), folder.outline(), student)
        return home_file(book, household, kit_of(folder, store)).page
    finally:
        store.close()


def _homes(folder: ClassFolder) -> list[tuple[str, str]]:
    store = folder.store()
    try:
        return [(s.student_id, h.household_id) for s in store.students() for h in s.households]
    finally:
        store.close()


# ------------------------------------------------------------------------------------------------ in a program


def test_one_exporter_makes_every_home_as_the_other_door_does(ladybirds: ClassFolder) -> None:
    """Reused for a whole class, by file, open file and notebook, the exporter gives the other door's bytes."""
    path = ladybirds.student_notebook
    node = from_dict(json.loads(path.read_text("utf-8")))  # type: ignore[no-untyped-call] # nbformat's
    homes = _homes(ladybirds)
    assert len(homes) > 2
    with PortfolioExporter(class_folder=str(ladybirds.path)) as exporter:
        for student, home in homes:
            plain = _plain(ladybirds, student, home)
            exporter.for_home(student, home)
            assert exporter.from_filename(str(path))[0] == plain
            with path.open(encoding="utf-8") as stream:
                assert exporter.from_file(stream)[0] == plain
            assert exporter.from_notebook_node(node)[0] == plain
    assert "14 days of rain" in plain and "private" not in plain


def test_a_program_learns_whose_file_it_is_and_what_is_missing(
    ladybirds: ClassFolder, caplog: pytest.LogCaptureFixture
) -> None:
    """The resources name student, home and file; what a cell could not show is told there and in a line of the log."""
    exporter = PortfolioExporter(student="noa", household="casa-de-abuela", class_folder=str(ladybirds.path))
    exporter.log.propagate = True
    _, resources = exporter.from_filename(str(ladybirds.student_notebook))
    told = resources["portfolio"]
    assert (told["student"], told["household"]) == ("noa", "casa-de-abuela")
    assert told["file_name"].startswith("noa-") and told["file_name"].endswith(".html")
    (missing,) = [one for one in told["missing"] if one.kind == "output"]
    cells = len(json.loads(ladybirds.student_notebook.read_text("utf-8"))["cells"])
    assert missing.what == f"student.ipynb, cell {cells}"
    assert f"student.ipynb, cell {cells}" in caplog.text


def test_no_kernel_starts_unless_it_is_asked_for(
    ladybirds: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making a file runs no cell: neither a kernel nor any other program is started."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("something was started")

    monkeypatch.setattr(subprocess, "Popen", never)
    monkeypatch.setattr("jupyter_client.manager.KernelManager.start_kernel", never)
    page, _ = PortfolioExporter(student="tariq").from_filename(str(ladybirds.student_notebook))
    assert "14 days of rain" in page


def test_the_class_is_closed_after_each_file(ladybirds: ClassFolder) -> None:
    """Alone an exporter keeps nothing open; in a ``with`` it keeps the class open until the end."""
    exporter = PortfolioExporter(student="tariq")
    exporter.from_filename(str(ladybirds.student_notebook))
    opened = [exporter._opened]
    with exporter:
        exporter.from_filename(str(ladybirds.student_notebook))
        opened.append(exporter._opened)
    opened.append(exporter._opened)
    assert [one is None for one in opened] == [True, False, True]


@pytest.mark.parametrize(
    ("wishes", "says"),
    [
        ({}, "Which student?"),
        ({"student": "nobody"}, "There is no student “nobody” in this class. Known are:"),
        ({"student": "../tariq"}, "There is no student “../tariq”"),
        ({"student": "noa", "household": "elsewhere"}, "For which home of"),
        ({"student": "noa"}, "For which home of"),
        ({"student": "tariq", "class_folder": "/nowhere"}, "There is no class in /nowhere"),
        ({"student": "tariq", "only_looked_at": True}, "No teacher has looked at the book of Tariq"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(ladybirds: ClassFolder, wishes: dict[str, Any], says: str) -> None:
    """Every way not to know whose file it is, or not to be allowed to make it, has its sentence."""
    with pytest.raises(CannotExport) as caught:
        PortfolioExporter(**wishes).from_filename(str(ladybirds.student_notebook))
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "written", ["", "no notebook", "[]", '{"nbformat": 3}', '{"nbformat": 4, "cells": [7]}']
)
def test_what_is_no_notebook_is_a_sentence(ladybirds: ClassFolder, written: str) -> None:
    """A file that is no notebook, and one that is not there, are told with their names."""
    exporter = PortfolioExporter(student="tariq", class_folder=str(ladybirds.path))
    with pytest.raises(CannotExport, match=r"[Nn]otebook"):
        exporter.from_file(StringIO(written))
    with pytest.raises(CannotExport, match="There is no notebook at"):
        exporter.from_filename(str(ladybirds.path / "none.ipynb"))


@pytest.mark.parametrize("limit", ["many", 0, -5, 2.5, True, None])
def test_a_wrong_size_is_a_sentence(limit: object) -> None:
    """What is no number of bytes is told, with an example of what is."""
    with pytest.raises(TraitError, match=r"is no size for a file\. Write how many bytes"):
        PortfolioExporter(limit=limit)


def test_a_smaller_budget_makes_smaller_pictures_and_leaves_none_out(ladybirds: ClassFolder) -> None:
    """The budget is a wish like the limit: the same words and pictures, in fewer bytes."""
    notebook = str(ladybirds.student_notebook)
    exporter = PortfolioExporter().for_home("noa", "casa-de-abuela")
    usual, _ = exporter.from_filename(notebook)
    exporter.budget = len(usual.encode()) * 3 // 4
    small, resources = exporter.from_filename(notebook)
    assert len(small.encode()) < len(usual.encode())
    assert not [one for one in resources["portfolio"]["missing"] if one.why == "no_room"]
    assert small.count("data:image/webp") == usual.count("data:image/webp")
    with pytest.raises(TraitError, match="no size"):
        PortfolioExporter(budget=0)


def test_a_smaller_limit_makes_a_smaller_file(ladybirds: ClassFolder) -> None:
    """The limit is kept; the page then says in its place what has no room."""
    exporter = PortfolioExporter(student="tariq", class_folder=str(ladybirds.path))
    whole, _ = exporter.from_filename(str(ladybirds.student_notebook))
    exporter.limit = len(whole.encode()) // 2
    small, resources = exporter.from_filename(str(ladybirds.student_notebook))
    assert len(small.encode()) < len(whole.encode()) and "<img" in whole
    assert [one for one in resources["portfolio"]["missing"] if one.why == "no_room"]


# -------------------------------------------------------------------------------------- at the command line


def test_the_command_line_names_each_file_for_its_home(
    convert: Callable[..., int], ladybirds: ClassFolder, tmp_path: Path
) -> None:
    """Two children give two files, each named as at the other door; a name somebody gives is taken as it is."""
    out = ["--output-dir", str(tmp_path / "out")]
    assert convert("student.ipynb", "--PortfolioExporter.student=tariq", *out) == 0
    home = ("--PortfolioExporter.student=noa", "--PortfolioExporter.household=casa-de-abuela")
    assert convert("student.ipynb", *home, *out) == 0
    assert convert("student.ipynb", *home, *out, "--output", "mine.html") == 0
    first, second, third = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert (first, second.split("-")[0], third.split("-")[0]) == ("mine.html", "noa", "tariq")
    assert (tmp_path / "out" / second).read_text("utf-8") == _plain(ladybirds, "noa", "casa-de-abuela")


def test_wishes_may_stand_in_a_file_or_in_the_notebook(
    convert: Callable[..., int], ladybirds: ClassFolder, tmp_path: Path
) -> None:
    """``jupyter_nbconvert_config.py`` and the notebook's metadata say whose file it is; the command line wins."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "jupyter_nbconvert_config.py").write_text(
        'c.PortfolioExporter.student = "tariq"\nc.FilesWriter.build_directory = "out"\n', "utf-8"
    )
    assert convert("student.ipynb") == 0
    (written,) = (ladybirds.path / "out").iterdir()
    assert written.name.startswith("tariq-")
    (tmp_path / "config" / "jupyter_nbconvert_config.py").unlink()
    ids = {"student": "noa", "household": "casa-de-abuela"}
    _change(ladybirds, lambda notebook: notebook["metadata"]["portfolio"].update(ids))
    assert convert("student.ipynb", "--output", "noa") == 0
    assert "Noa" in (ladybirds.path / "noa.html").read_text("utf-8")


def test_two_notebooks_and_the_standard_output(
    convert: Callable[..., int], ladybirds: ClassFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    """Several notebooks give a file each, for the home each names; ``--stdout`` writes the page and no file."""
    other = json.loads(ladybirds.student_notebook.read_text("utf-8"))
    for name, ids in (
        ("one", {"student": "tariq"}),
        ("two", {"student": "noa", "household": "casa-de-abuela"}),
    ):
        other["metadata"]["portfolio"] = ids
        (ladybirds.path / f"{name}.ipynb").write_text(json.dumps(other), "utf-8")
    assert convert("one.ipynb", "two.ipynb") == 0
    assert [p.name.split("-")[0] for p in sorted(ladybirds.path.glob("*.html"))] == ["noa", "tariq"]
    capsys.readouterr()
    assert convert("one.ipynb", "--stdout") == 0
    assert capsys.readouterr().out.rstrip("\n") == _plain(
        ladybirds, "tariq", _homes_of(ladybirds, "tariq")
    ).rstrip("\n")


def _homes_of(folder: ClassFolder, student: str) -> str:
    return next(home for one, home in _homes(folder) if one == student)


@pytest.mark.more
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Which student?"),
        (("--PortfolioExporter.student=nobody",), "There is no student “nobody”"),
        (("--PortfolioExporter.limit=many",), "“many” is no size for a file."),
    ],
)
def test_trouble_is_one_line_and_an_exit_code(
    ladybirds: ClassFolder, words: tuple[str, ...], says: str
) -> None:
    """At the command line a sentence stands where a traceback would, the exit code is not 0, and no file is left."""
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "portfolio", "student.ipynb", *words],
        cwd=ladybirds.path, capture_output=True, text=True, encoding="utf-8", timeout=170, check=False,
    )  # fmt: skip
    assert (done.returncode, says in done.stderr, "Traceback" in done.stderr) == (1, True, False), done.stderr
    assert not list(ladybirds.path.glob("*.html"))


def test_tags_of_nbconvert_leave_cells_out(convert: Callable[..., int], ladybirds: ClassFolder) -> None:
    """``TagRemovePreprocessor`` and ``--clear-output`` do what they do at nbconvert's other doors."""
    _change(ladybirds, lambda notebook: notebook["cells"][-1]["metadata"].update(tags=["inside"]))
    who = "--PortfolioExporter.student=tariq"
    assert (
        convert("student.ipynb", who, "--output", "a", "--TagRemovePreprocessor.remove_cell_tags=inside") == 0
    )
    assert convert("student.ipynb", who, "--output", "b", "--ClearOutputPreprocessor.enabled=True") == 0
    for name in ("a", "b"):
        page = (ladybirds.path / f"{name}.html").read_text("utf-8")
        assert "Our weather" in page and "14 days of rain" not in page


# ------------------------------------------------------------------------------------------------- the server


def test_the_servers_file_is_named_for_its_home(ladybirds: ClassFolder) -> None:
    """What JupyterLab downloads carries the child's id: two children's files never look alike."""
    node = from_dict(json.loads(ladybirds.student_notebook.read_text("utf-8")))  # type: ignore[no-untyped-call] # nbformat's
    given = {"metadata": {"name": "student", "path": str(ladybirds.path)}, "config_dir": "x"}
    _, resources = PortfolioExporter(student="tariq").from_notebook_node(node, given)
    assert resources["output_extension"] == f"-{resources['portfolio']['file_name']}"
    assert resources["output_extension"].startswith("-tariq-")


# ------------------------------------------------------------------------------------------------ the same bytes


@pytest.mark.more
def test_another_process_computer_and_place_give_the_same_bytes(
    ladybirds: ClassFolder, tmp_path: Path
) -> None:
    """Neither the seed of hashes nor language, time zone or folder of the process changes a byte."""
    program = (
        "import hashlib, sys; from portfolio.export import PortfolioExporter as E; "
        "print(hashlib.sha256(E(student='tariq').from_filename(sys.argv[1])[0].encode()).hexdigest())"
    )
    found = {hashlib.sha256(_plain(ladybirds, "tariq", _homes_of(ladybirds, "tariq")).encode()).hexdigest()}
    for seed, language, zone, place in (
        ("1", "C", "UTC", tmp_path),
        ("77", "tr_TR.UTF-8", "Asia/Tokyo", Path("/")),
    ):
        done = subprocess.run(
            [sys.executable, "-c", program, str(ladybirds.student_notebook)], cwd=place, capture_output=True, text=True,
            timeout=170, check=True,
            env={**os.environ, "PYTHONPATH": str(REPO), "PYTHONHASHSEED": seed, "LC_ALL": language, "LANG": language, "TZ": zone},
        )  # fmt: skip
        found.add(done.stdout.strip().splitlines()[-1])
    assert len(found) == 1


# ------------------------------------------------------------------------------------------------- running cells


@pytest.mark.more
def test_a_teachers_cells_run_when_asked_for(ladybirds: ClassFolder) -> None:
    """Own cells are run once in the class's folder; a failing and a hanging one leave a note; the notebook stays."""
    (ladybirds.path / "rain.txt").write_text("31", "utf-8")
    ran = ladybirds.path / "ran.txt"
    cells = [
        code("from pathlib import Path\nPath('ran.txt').open('a').write('x')\nprint('rain:', Path('rain.txt').read_text())"),
        code("raise ValueError('private')"),
        code("import time\ntime.sleep(600)"),
        code("print('after')"),
    ]  # fmt: skip
    for number, cell in enumerate(cells):
        cell |= {"execution_count": None, "id": f"run-{number}"}
    _change(ladybirds, lambda notebook: notebook["cells"].extend(cells))
    before = ladybirds.student_notebook.read_bytes()
    config = Config({"ExecutePreprocessor": {"enabled": True, "timeout": 5}})
    with PortfolioExporter(config=config) as exporter:
        page, resources = exporter.for_home("tariq").from_filename(str(ladybirds.student_notebook))
        exporter.for_home("noa", "casa-de-abuela").from_filename(str(ladybirds.student_notebook))
    assert "rain: 31" in page and "after" in page and "private" not in page and "14 days" not in page
    gone = [one for one in resources["portfolio"]["missing"] if one.kind == "output"]
    assert len(gone) == 3  # plot() of the sample is not defined in a fresh kernel
    assert ran.read_text() == "x" and ladybirds.student_notebook.read_bytes() == before
