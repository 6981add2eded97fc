"""The two doors of the home file, the notebooks that run, and the command line a teacher types."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portfolio.errors import InputRefused, NotFound
from portfolio.moments.check import check_class, unknown_sections
from portfolio.moments.classes import PICTURES, new_class, roster
from portfolio.moments.sample import sample_classes
from portfolio.moments.send_home import send_home
from portfolio.rules.door_pictures import secret_pair
from portfolio.serve.door import RosterCard
from portfolio.serve.pages import Pages
from portfolio.serve.pictures import SECRET_PICTURES, WORDS
from portfolio.store.class_folder import ClassFolder, open_class
from portfolio.words import speak
from tests.samples import make_sample

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def ladybirds(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """The first grade of the sample."""
    return make_sample(
        "ladybirds", tmp_path_factory.mktemp("class") / "ladybirds", at=AT, randomness=secrets.token_bytes
    )


def run(*words: str, where: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=where,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


def convert(folder: ClassFolder, out: Path, **options: str) -> subprocess.CompletedProcess[str]:
    """Run ``jupyter nbconvert --to portfolio`` on a class's notebook."""
    traits = [f"--PortfolioExporter.{name}={value}" for name, value in options.items()]
    return run(
        "nbconvert", "--to", "portfolio", "student.ipynb", *traits, "--output-dir", str(out), "--output", "home",
        where=folder.path,
    )  # fmt: skip


def test_both_doors_write_the_same_bytes(ladybirds: ClassFolder, tmp_path: Path) -> None:
    """``nbconvert --to portfolio`` and ``send-home`` make byte-equal files for the same home."""
    done = convert(ladybirds, tmp_path, student="noa", household="casa-de-abuela")
    assert done.returncode == 0, done.stderr
    sent = {s.household.household_id: s.path for s in send_home(ladybirds, students=("noa",)) if s.household}
    plain = sent["casa-de-abuela"]
    assert plain is not None
    assert (tmp_path / "home.html").read_bytes() == plain.read_bytes()


@pytest.mark.more
def test_the_notebooks_metadata_may_say_whose_file_it_is(ladybirds: ClassFolder, tmp_path: Path) -> None:
    """Without options the notebook's own metadata decides; without either, a sentence lists the choices."""
    asked = convert(ladybirds, tmp_path)
    assert asked.returncode != 0
    assert "Which student?" in asked.stderr
    assert "noa, tariq" in asked.stderr
    notebook = json.loads(ladybirds.student_notebook.read_text("utf-8"))
    before = ladybirds.student_notebook.read_bytes()
    notebook["metadata"]["portfolio"] |= {"student": "tariq"}
    ladybirds.student_notebook.write_text(json.dumps(notebook), "utf-8")
    try:
        assert convert(ladybirds, tmp_path).returncode == 0
    finally:
        ladybirds.student_notebook.write_bytes(before)
    assert "Tariq" in (tmp_path / "home.html").read_text("utf-8")


def test_a_moved_cell_moves_the_page_in_the_home_file(ladybirds: ClassFolder) -> None:
    """A teacher who moves a cell, deletes one and adds one sees the home file follow."""
    before = ladybirds.student_notebook.read_bytes()
    notebook = json.loads(before)
    cells = notebook["cells"]
    at = {c["id"]: n for n, c in enumerate(cells)}
    goals = [cells[at["heading-goals"]], cells[at["section-goals"]]]
    work = {"heading-work", "section-work"}
    rest = [c for c in cells if c not in goals and c["id"] not in work]
    own = {
        "cell_type": "markdown",
        "id": "song",
        "metadata": {},
        "source": ["We sing *Ten green bottles* now."],
    }
    where = next(n for n, c in enumerate(rest) if c["id"] == "heading-strengths")
    notebook["cells"] = [*rest[:where], *goals, own, *rest[where:]]
    ladybirds.student_notebook.write_text(json.dumps(notebook), "utf-8")
    try:
        sent = send_home(ladybirds, students=("noa",))
        assert sent[0].path is not None
        page = sent[0].path.read_text("utf-8")
    finally:
        ladybirds.student_notebook.write_bytes(before)
    ids = re.findall(r'<section class="leaf[^"]*" id="(\w+)"', page)
    assert ids.index("goals") < ids.index("strengths")
    assert "work" not in ids
    assert page.index("<em>Ten green bottles</em>") < page.index('id="strengths"')


@pytest.mark.more
def test_the_shipped_notebooks_run(tmp_path: Path) -> None:
    """All four notebooks run with ``jupyter execute``, outside of any class, on the sample."""
    for name in ("student.ipynb", "conference.ipynb", "rehearsal.ipynb", "teacher.ipynb"):
        copy = tmp_path / name
        copy.write_bytes((REPO / "notebooks" / name).read_bytes())
        done = run("jupyter", "execute", "--inplace", name, where=tmp_path)
        assert done.returncode == 0, done.stderr[-2000:]
        outputs = [o for c in json.loads(copy.read_text("utf-8"))["cells"] for o in c.get("outputs", [])]
        views = [o for o in outputs if "application/vnd.jupyter.widget-view+json" in o.get("data", {})]
        assert len(views) >= (10 if name == "student.ipynb" else 1)
        assert not [o for o in outputs if o["output_type"] == "error"]


def test_one_trouble_never_stops_the_class(ladybirds: ClassFolder, tmp_path: Path) -> None:
    """Pictures that are gone are told for their child, whose file says so in their place; all files are written."""
    copy = tmp_path / "copy"
    shutil.copytree(ladybirds.path, copy)
    folder = open_class(copy)
    for picture in (folder.media / "tariq").glob("*"):
        picture.unlink()
    sent = send_home(folder)
    assert [bool(s.missing) for s in sent] == [s.student.student_id == "tariq" for s in sent]
    assert all(s.path and s.path.stat().st_size > 50_000 for s in sent)


def test_a_line_of_the_roster_may_tell_the_homes() -> None:
    """Names, homes and languages are read; twins get numbers; what is no language is refused."""
    amal, mateo, twin = roster(["Amal; Teta, Mama and Baba; ar en", "Mateo; Mamá; es; Dad", "amal"])
    assert [h.reads for h in amal.households] == [("ar", "en")]
    assert [(h.household_id, h.reads) for h in mateo.households] == [("mama", ("es",)), ("dad", ())]
    assert (twin.student_id, [h.household_id for h in twin.households]) == ("amal-2", ["home"])
    with pytest.raises(InputRefused, match="language tags"):
        roster(["Lin; Home; Spanish!"])


def test_names_from_anywhere_get_usable_ids() -> None:
    """Names in any script get ids that are safe in file names, all different."""
    students = roster(["Øyvind", "李娜", "محمد", "Zoë", "Zoe", "../../x", "👧"])
    ids = [s.student_id for s in students]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", i) for i in ids)


def test_a_new_class_is_ready_to_be_filled_in(tmp_path: Path) -> None:
    """Every child has an empty book in the short agenda; check names what is empty; unknown ids are told."""
    folder = new_class(
        tmp_path / "c", name="4B", band="3-5", round_name="Fall 2026", students=["Ana"],
        today=AT.date(), randomness=secrets.token_bytes, teacher_names=["Ms. R"],
    )  # fmt: skip
    (checked,) = check_class(folder)
    assert {s.state for s in checked.sections} == {"empty"}
    assert unknown_sections(folder) == ()
    with pytest.raises(NotFound, match="ana"):
        check_class(folder, ("nobody",))
    store = folder.store()
    assert store.rounds("ana")[0].agenda.preset == "short"
    store.close()


def test_the_command_line_answers_in_sentences(tmp_path: Path) -> None:
    """Wrong folders and bands get a sentence and their own exit code, never a traceback."""
    for words, code, said in (
        (("check", "nowhere"), 4, "portfolio new"),
        (("new", "x", "--band", "5-6"), 3, "3-5"),
        (("send-home", "nowhere"), 4, "There is no class"),
    ):
        done = run("portfolio", *words, where=tmp_path)
        assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (code, True, False), done


def test_doctor_finds_this_computer_well(tmp_path: Path) -> None:
    """In the environment of the tests everything needed is there."""
    done = run("portfolio", "doctor", where=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "MEND" not in done.stdout.replace("MEND: No browser", "")


@pytest.mark.more
def test_every_sample_class_is_whole(tmp_path: Path) -> None:
    """Each sample class loads; every picture has words; nothing points to what is not there."""
    assert set(sample_classes()) == {"class-4b", "grade-11", "grade-7", "ladybirds"}
    for name in sample_classes():
        folder = make_sample(name, tmp_path / name, at=AT, randomness=secrets.token_bytes)
        template, store = folder.template(), folder.store()
        for student in store.students():
            assert len(store.rounds(student.student_id)) >= 2
            for meta in store.rounds(student.student_id):
                portfolio = store.portfolio(meta.portfolio_id)
                pieces = {w.entry_id for w in portfolio.work}
                assert {s.piece for s in portfolio.strengths if s.piece} <= pieces
                for answer in portfolio.answers:
                    section = template.section(answer.section)
                    prompt = section.prompt(answer.prompt) if section else None
                    assert prompt is not None, (name, answer.entry_id)
                    assert set(answer.picks) <= {c.id for c in prompt.choices}, answer.entry_id
                for rating in portfolio.ratings:
                    section = template.section(rating.section)
                    prompt = section.prompt(rating.question) if section else None
                    assert prompt is not None
                    assert rating.answer in {c.id for c in prompt.choices}
        assert all(c.undescribed == 0 and not c.damaged for c in check_class(folder))
        store.close()


def cards_of(*names: str) -> list[RosterCard]:
    """Return a new class as the door sees it."""
    return [RosterCard(s.student_id, s.name, s.picture) for s in roster(names)]


def test_no_two_of_thirty_six_children_share_a_picture() -> None:
    """There are 36 drawings, each with a word of its own; the 37th child and the first are told apart by numbers."""
    pages, cards = Pages(speak("en")), cards_of(*(f"Child {n}" for n in range(38)))
    assert len(set(PICTURES)) == len(PICTURES) == len(WORDS) == len(set(WORDS.values())) == 36
    first = pages.children(cards[:36])
    assert all(child.picture and child.word and not child.number for child in first)
    assert len({child.picture for child in first}) == 36
    both = [child.number for child in pages.children(cards)]
    assert (both[0], both[36], both[2:36]) == (1, 2, [0] * 34)


def test_two_children_of_one_name_are_told_apart_by_a_word() -> None:
    """Only twins of a name show what their picture is, whatever the spaces and capitals."""
    teo, ana, twin = Pages(speak("en")).children(cards_of("Teo", "Ana", "teo "))
    assert (teo.twin, ana.twin, twin.twin) == (True, False, True)
    assert teo.word != twin.word


def test_secret_pictures_are_two_different_ones_and_stay() -> None:
    """They follow from child and class alone; a new secret gives new ones; all pairs come about."""
    pairs = [secret_pair(f"child-{n}", b"s" * 32, len(SECRET_PICTURES)) for n in range(2000)]
    assert pairs == [secret_pair(f"child-{n}", b"s" * 32, len(SECRET_PICTURES)) for n in range(2000)]
    assert pairs != [secret_pair(f"child-{n}", b"t" * 32, len(SECRET_PICTURES)) for n in range(2000)]
    assert all(one != other for one, other in pairs)
    assert len(set(pairs)) == 12 * 11
    assert set(SECRET_PICTURES) <= set(WORDS)
