"""Papers as files: which, for whom, where; what goes wrong with one stops no other; erasing takes them along."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from portfolio import cli
from portfolio.errors import InputRefused, NotFound, StorageTrouble
from portfolio.model import Household, Student
from portfolio.moments import erasing, paper_files, papers
from portfolio.moments.home_names import file_names
from portfolio.moments.paper_files import FOLDER, TOGETHER, paper_name, write_papers
from portfolio.rules.papers import PAPERS
from portfolio.store.class_folder import ClassFolder
from portfolio.words import speak
from tests.handouts import Seen
from tests.teachers import sample_desk


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """Return a fresh sample class: three children, four homes."""
    desk = sample_desk(tmp_path)
    desk.store.close()
    return desk.folder


def test_each_home_gets_each_paper_in_its_language(folder: ClassFolder) -> None:
    """Two papers for four homes are eight whole files, each in the language of its home."""
    done = write_papers(folder, ("invitation", "reminder"))
    names = [one.path.name for one in done if one.path]
    assert len(names) == len(set(names)) == 8
    assert sorted(path.name for path in (folder.path / FOLDER).iterdir()) == sorted(names)
    langs = {}
    for one in done:
        assert one.path and one.student and one.household and one.trouble is None
        text = one.path.read_text("utf-8")
        assert one.size == len(text.encode()) < 300_000
        assert one.student.name in text
        langs[one.student.student_id, one.household.household_id] = str(Seen(text).tags[0][1]["lang"])
    assert langs == {
        ("amal", "teta-mama-baba"): "ar",
        ("mateo", "mama-y-abuelo"): "es",
        ("mateo", "dad"): "en",
        ("linh", "me-va-ba"): "en",
    }


def test_one_language_for_all_and_one_child(folder: ClassFolder, tmp_path: Path) -> None:
    """Asked for one child and one language, nothing else is written, and it is written where one says."""
    done = write_papers(folder, ("letter",), students=("amal",), lang="es", out=tmp_path / "out")
    assert [one.path for one in done] == [tmp_path / "out" / "amal-teta-mama-and-baba-letter.html"]
    assert 'lang="es"' in (tmp_path / "out" / "amal-teta-mama-and-baba-letter.html").read_text("utf-8")
    assert not (folder.path / FOLDER).exists()


def test_all_in_one_file_to_print(folder: ClassFolder) -> None:
    """Together, every sheet of every home stands in one file, home by home in the order of the roster."""
    (one,) = write_papers(folder, ("invitation", "good-news"), together=True)
    assert one.path == folder.path / FOLDER / TOGETHER
    seen = Seen(one.path.read_text("utf-8"))
    assert len(seen.of_class("handout-invitation")) == 4
    assert len(seen.of_class("newscard")) == 4
    assert (
        len(seen.of_class("handout-good-news")) == 3
    )  # Arabic, Spanish, and two homes in English share a sheet
    invited = (
        (name, speak(lang))
        for name, lang in (("Amal", "ar"), ("Mateo", "es"), ("Mateo", "en"), ("Linh", "en"))
    )
    places = [seen.text.index(say("{name} invites you", name=name)) for name, say in invited]
    assert places == sorted(places)


def test_a_child_without_a_home_is_named_and_stops_nobody(folder: ClassFolder) -> None:
    """Who has no home yet is told; the others' papers are there."""
    store = folder.store()
    store.keep_student(Student(student_id="noor", name="Noor"))
    store.close()
    done = write_papers(folder, ("reminder",))
    assert [str(one.trouble) for one in done if one.trouble] == [
        "Noor has no household yet. Add one, then make the papers again."
    ]
    assert sum(one.path is not None for one in done) == 4


def test_what_goes_wrong_with_one_file_stops_no_other(folder: ClassFolder) -> None:
    """Where one file cannot be written, that is told with its home, and all others are written."""
    blocked = folder.path / FOLDER / "mateo-dad-reminder.html"
    blocked.mkdir(parents=True)  # a folder stands where the file should
    done = write_papers(folder, ("reminder",))
    (bad,) = [one for one in done if one.trouble]
    assert bad.household and bad.household.household_id == "dad"
    assert sum(one.path is not None for one in done) == 3


def test_no_place_for_papers_is_a_sentence(folder: ClassFolder, tmp_path: Path) -> None:
    """A file where the folder should be is told, and nothing is written."""
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StorageTrouble, match="cannot be made"):
        write_papers(folder, ("reminder",), out=tmp_path / "out")


def test_names_that_are_none_are_told_with_those_there_are(folder: ClassFolder) -> None:
    """An unknown paper, language or child is answered with what there is."""
    with pytest.raises(InputRefused, match="invitation, prep-card"):
        papers.known_papers(["invitaton"])
    with pytest.raises(InputRefused, match=r"English \(en\), Spanish \(es\), Arabic \(ar\)"):
        papers.known_language("vi")
    with pytest.raises(NotFound, match="amal"):
        write_papers(folder, ("reminder",), students=("nobody",))
    assert papers.known_papers(["at-home", "invitation", "at-home"]) == ("invitation", "at-home")
    assert papers.known_papers([]) == papers.USUAL


ids = st.from_regex(r"[a-z]{1,3}(-[a-z]{1,3}){0,2}", fullmatch=True)


@settings(max_examples=60)
@given(st.dictionaries(ids, st.lists(ids, min_size=1, max_size=3, unique=True), min_size=1, max_size=4))
def test_no_two_papers_share_a_file(children: dict[str, list[str]]) -> None:
    """Whatever ids children and homes have, each paper of each home has a name of its own."""
    roster = [
        Student(student_id=i, name=i, households=tuple(Household(household_id=h, label=h) for h in homes))
        for i, homes in children.items()
    ]
    names = [paper_name(stem, paper) for stem in file_names(roster).values() for paper in PAPERS]
    assert len(names) == len(set(names))
    assert TOGETHER not in names


def test_erasing_a_child_takes_its_papers_along(folder: ClassFolder) -> None:
    """The papers of an erased child go, and the one file that tells of everybody; those of others stay."""
    write_papers(folder, ("reminder", "letter"))
    write_papers(folder, ("reminder",), together=True)
    (folder.path / FOLDER / "mateo-old-home-letter.html").write_text("Mateo")
    erasing.erase(folder, "mateo")
    left = sorted(path.name for path in (folder.path / FOLDER).iterdir())
    assert left == [
        "amal-teta-mama-and-baba-letter.html",
        "amal-teta-mama-and-baba-reminder.html",
        "linh-me-va-ba-ngoai-letter.html",
        "linh-me-va-ba-ngoai-reminder.html",
    ]


def test_a_longer_id_keeps_its_papers(folder: ClassFolder) -> None:
    """Papers of Ana Maria are not Ana's, also those for a home she no longer has; Ana's home “maria-x” is Ana's."""
    here = folder.path / FOLDER
    here.mkdir()
    for name in (
        "ana-papa-letter.html",
        "ana-maria-papa-letter.html",
        "ana-maria-old-letter.html",
        "ana-maria-x-letter.html",
    ):
        (here / name).write_text("x")
    papa, other = (Household(household_id=i, label=i) for i in ("papa", "maria-x"))
    roster = [
        Student(student_id="ana", name="Ana", households=(papa, other)),
        Student(student_id="ana-maria", name="Ana Maria", households=(papa,)),
    ]
    assert [p.name for p in paper_files.paper_files(folder, "ana", roster)] == [
        "ana-maria-x-letter.html",
        "ana-papa-letter.html",
    ]
    assert len(paper_files.paper_files(folder, "ana-maria", roster)) == 2


def run(*words: str) -> tuple[int, str]:
    """Run the command and return its exit code and what it printed."""
    done = CliRunner(env={"LC_ALL": "C", "LANG": "C"}).invoke(cli.app, ["papers", *words])
    return done.exit_code, done.output


def test_the_command_writes_papers_and_says_where(folder: ClassFolder) -> None:
    """``portfolio papers CLASS`` writes the usual papers and tells each file; with --json for programs."""
    code, told = run(os.fspath(folder.path), "--student", "amal")
    assert code == 0
    assert [line.split(": ")[0] for line in told.splitlines()] == ["Amal, Teta, Mama and Baba"] * 3
    code, told = run(os.fspath(folder.path), "--paper", "letter", "--json")
    assert code == 0
    assert {one["student"] for one in json.loads(told)} == {"amal", "mateo", "linh"}
    assert all(Path(one["file"]).is_file() for one in json.loads(told))
    code, told = run(os.fspath(folder.path), "--together")
    assert (code, told.startswith("Everything is in one file: ")) == (0, True)


def test_the_command_says_what_went_wrong(folder: ClassFolder) -> None:
    """An unknown paper has its exit code, a child without a home another: done, but not for everybody."""
    code, told = run(os.fspath(folder.path), "--paper", "poster")
    assert (code, "There is no paper called “poster”." in told) == (InputRefused.exit_code, True)
    store = folder.store()
    store.keep_student(Student(student_id="noor", name="Noor"))
    store.close()
    assert run(os.fspath(folder.path))[0] == cli.NOT_EVERYBODY
