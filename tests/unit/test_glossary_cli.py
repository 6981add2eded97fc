"""The commands ``glossary check``, ``add``, ``find`` and ``show``."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from portfolio.cli import app
from portfolio.errors import PortfolioError
from portfolio.moments.glossary import NewWord, add_word
from portfolio.store.backup import make_backup
from portfolio.store.backup_restore import restore_backup
from portfolio.store.class_folder import ClassFolder
from portfolio.store.glossary_write import HEADER
from portfolio.testing import NOON
from portfolio.words import find
from portfolio.words.glossary import starter

FALCON = ("Falcon time", "--plain", "Half an hour on Friday when children practice alone.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class with one child and no glossary of its own."""
    (tmp_path / "names.txt").write_text("Anouk\n", "utf-8")
    done = run("new", tmp_path / "class", "--band", "3-5", "--students", tmp_path / "names.txt")
    assert done.exit_code == 0, done.output
    return tmp_path / "class"


def run(*words: object) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, [str(word) for word in words])


def told(*words: object, code: int = 0) -> str:
    """Return what a command says; it must end with this code."""
    done = run(*words)
    assert done.exit_code == code, done.output
    return done.output


def checked(folder: Path, text: str, code: int = 0) -> str:
    """Return what ``check`` says of a class with this glossary."""
    (folder / "glossary.yaml").write_text(text, "utf-8")
    return told("glossary", "check", "--class", folder, code=code)


def test_a_class_without_words_is_well(folder: Path) -> None:
    """No file is no mistake."""
    assert "no school words of its own" in told("glossary", "check", "--class", folder)


def test_a_word_that_was_added_is_found(folder: Path) -> None:
    """``add`` makes the file with a header, ``find`` knows the word, ``check`` is content."""
    assert "“Falcon time” is written down (falcon-time)." in told("glossary", "add", folder, *FALCON)
    text = (folder / "glossary.yaml").read_text("utf-8")
    assert text.startswith(HEADER) and '  term: "Falcon time"\n' in text
    assert "Half an hour on Friday" in told("glossary", "find", "My falcon time.", "--class", folder)
    assert "All is well." in told("glossary", "check", "--class", folder)
    assert "No school words." in told("glossary", "find", "My falcon time.")


def test_comments_and_entries_stay_as_they_were(folder: Path) -> None:
    """What a teacher wrote is the beginning of the new file, sign by sign, indented entries included."""
    before = "# Ours!  \nentries:   # words\n\n    # the first\n    - id: iep\n      off: true   # not here"
    (folder / "glossary.yaml").write_text(before, "utf-8")
    told("glossary", "add", folder, *FALCON)
    after = (folder / "glossary.yaml").read_text("utf-8")
    assert after.startswith(before + "\n    - id: falcon-time\n      term:")
    assert "iep" not in ClassFolder(folder).glossary()


@pytest.mark.parametrize(
    "before", ["", "# soon\n", "schema: 1\n", "entries: []\n", "entries:\n", "entries: ~"]
)
def test_a_file_without_words_takes_the_first(folder: Path, before: str) -> None:
    """An empty file, only comments, or an empty list of entries: the word is written and found."""
    (folder / "glossary.yaml").write_text(before, "utf-8")
    told("glossary", "add", folder, *FALCON)
    assert "falcon-time" in ClassFolder(folder).glossary()


@pytest.mark.parametrize(
    "before",
    ["entries: [{id: iep, off: true}]\n", "entries:\n- {id: iep, off: true}\nlang: en\n"],
    ids=["in brackets", "not last"],
)
def test_a_file_whose_end_is_no_entry_is_left_alone(folder: Path, before: str) -> None:
    """Where the new word cannot stand at the end, the file stays as it was and a sentence says why."""
    (folder / "glossary.yaml").write_text(before, "utf-8")
    assert "cannot be put at the end of this file" in told("glossary", "add", folder, *FALCON, code=3)
    assert (folder / "glossary.yaml").read_text("utf-8") == before


def test_a_known_word_keeps_its_id(folder: Path) -> None:
    """A word of ours, in any of its forms, is said anew under its own id, and found as before."""
    told("glossary", "add", folder, "exit slips", "--plain", "A card at the end.", "--kid", "My card.")
    term = ClassFolder(folder).glossary().term("exit-ticket")
    assert (term.plain, term.kid, term.match) == (
        "A card at the end.",
        "My card.",
        starter().term("exit-ticket").match,
    )


def test_a_word_is_taken_away_for_the_school(folder: Path) -> None:
    """--off --school writes into the school's file; the word is no longer found."""
    told("glossary", "add", folder, "IEP", "--off", "--school")
    assert (folder / "school-glossary.yaml").is_file() and not (folder / "glossary.yaml").exists()
    assert "No school words." in told("glossary", "find", "my IEP", "--class", folder)
    assert "1 is taken away." in told("glossary", "check", "--class", folder)


REFUSED = {
    "no explanation": ((FALCON[0],), 3, "Say what “Falcon time” means"),
    "too long": ((FALCON[0], "--plain", "a " * 26), 3, "has 26 words. At most 25 fit."),
    "a school word inside": ((FALCON[0], "--plain", "Like a rubric."), 3, "has a school word in it: rubric."),
    "one inside the swap": ((*FALCON, "--swap", "IEP hour"), 3, "“swap” of “Falcon time” has a school word"),
    "no letters": (("!!!", "--plain", "Hm."), 3, "has no letters or digits"),
    "nothing to change": (("IEP",), 3, "Say what is to be different about “IEP”"),
    "off for no word": (("blorp", "--off"), 4, "There is no school word “blorp”"),
    "a term without end": (("a" * 99, "--plain", "Hm."), 3, "the new word cannot be put"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_word_that_check_would_not_take_is_not_written(folder: Path, what: str) -> None:
    """``add`` refuses it with a sentence, and there is still no file."""
    words, code, sentence = REFUSED[what]
    assert sentence in told("glossary", "add", folder, *words, code=code)
    assert not (folder / "glossary.yaml").exists()


def test_a_word_that_stands_there_is_not_written_twice(folder: Path) -> None:
    """The second time says in which line it stands."""
    told("glossary", "add", folder, *FALCON)
    line = (folder / "glossary.yaml").read_text("utf-8").splitlines().index("- id: falcon-time") + 1
    assert f"already, in line {line}." in told("glossary", "add", folder, *FALCON, code=3)


def test_a_broken_file_is_not_written_to(folder: Path) -> None:
    """``add`` tells the mistake that is there already."""
    (folder / "glossary.yaml").write_text("entries: many\n", "utf-8")
    assert "should be a list" in told("glossary", "add", folder, *FALCON, code=3)
    assert (folder / "glossary.yaml").read_text("utf-8") == "entries: many\n"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(term=st.text(min_size=1, max_size=40), plain=st.text(min_size=1, max_size=60))
def test_whatever_is_added_is_read_back_as_it_was_said(folder: Path, term: str, plain: str) -> None:
    """Any words are either refused with a sentence or stand in the glossary exactly, never as YAML's own signs."""
    path = folder / "glossary.yaml"
    path.unlink(missing_ok=True)
    try:
        term_id = add_word(ClassFolder(folder), NewWord(term, plain))
    except PortfolioError:
        assert not path.exists()
        return
    glossary = ClassFolder(folder).glossary()
    assert ClassFolder(folder).glossary_troubles() == ()
    assert glossary.term(term_id).plain == " ".join(plain.split())


CHECKED = {
    "too long": ("plain: " + "a " * 26, "has 26 words"),
    "a school word inside": ("plain: Look at the rubric.", "has a school word in it: rubric"),
    "one inside the child's": ("plain: A thing.\n  kid: My IEP.", "“kid” of “gizmo” has a school word"),
    "written twice": (
        "plain: A thing.\n  match: {variants: exit slip}",
        "is already written for “exit-ticket”",
    ),
}


@pytest.mark.parametrize("what", CHECKED)
def test_check_tells_what_must_be_mended(folder: Path, what: str) -> None:
    """Each is told with its line, and the command ends with 3."""
    said, sentence = CHECKED[what]
    answer = checked(folder, f"entries:\n- id: gizmo\n  term: gizmo\n  {said}\n", code=3)
    assert "MEND: glossary.yaml, line 2: " in answer and sentence in answer


def test_check_tells_an_everyday_word_as_a_hint(folder: Path) -> None:
    """“garden” alone would be found everywhere: that is a hint, no mistake; with a cue there is none."""
    entry = "entries:\n- id: garden\n  term: garden\n  plain: Our place to talk.\n"
    assert "think about it: glossary.yaml, line 2: “garden” is also an everyday word" in checked(
        folder, entry
    )
    assert "everyday" not in checked(folder, entry + "  match: {cue: {near: [class]}}\n")


def test_check_tells_hard_explanations_and_the_state_of_translations(folder: Path) -> None:
    """All explanations together that are hard to read are a hint; translations are counted by who checked them."""
    hard = "Comprehensive institutional documentation of individualized developmental considerations."
    entries = "".join(
        f"- {{id: w{n}, term: gizmo{n}, plain: {hard}, tr: {{es: {{plain: x, status: {s}}}}}}}\n"
        for n, s in enumerate(["human"] + ["draft"] * 11)
    )
    answer = checked(folder, "entries:\n" + entries)
    assert "the explanations together are hard to read" in answer
    assert "es: 1 checked by a person, 11 drafts, 0 missing" in answer


def test_check_takes_a_file_and_answers_as_json(tmp_path: Path) -> None:
    """A file by its name; --json gives file, well, counts, and a list of remarks with their lines."""
    path = tmp_path / "words.yaml"
    path.write_text(
        "entries:\n- {id: gizmo, term: gizmo, plain: Look at the rubric.}\n- {id: iep, off: true}\n", "utf-8"
    )
    (one,) = json.loads(told("glossary", "check", path, "--json", code=3))
    assert (one["file"], one["well"], one["words"], one["off"], one["trouble"]) == (
        "words.yaml",
        False,
        1,
        1,
        None,
    )
    assert [(r["line"], r["term"], r["mistake"]) for r in one["remarks"]] == [(2, "gizmo", True)]


def test_check_says_what_it_needs(tmp_path: Path) -> None:
    """Neither a file nor a class, or a file that is not there, is told."""
    assert "Name a glossary file, or a class" in told("glossary", "check", code=3)
    assert "There is no glossary at" in told("glossary", "check", tmp_path / "no.yaml", code=4)


def test_find_answers_as_json() -> None:
    """Places, term, and how sure it is."""
    found: list[dict[str, Any]] = json.loads(told("glossary", "find", "🙂 my IEP", "--json"))
    assert [(one["start"], one["end"], one["term"], one["confidence"]) for one in found] == [
        (5, 8, "iep", "sure")
    ]


def test_show_tells_all_of_a_word(folder: Path) -> None:
    """By any of its forms: term, id, explanation, plain words, other forms, translations with their state."""
    lines = told("glossary", "show", "exit slips", "--class", folder)
    assert lines.startswith("exit ticket (exit-ticket)\n") and "Also written: exit slip" in lines
    assert "es: " in lines and "a draft, checked by nobody" in lines
    assert "There is no school word “blorp”" in told("glossary", "show", "blorp", code=4)


def test_the_header_is_a_glossary_by_itself(folder: Path) -> None:
    """The header alone is read without trouble, and explains nothing but how to go on."""
    (folder / "glossary.yaml").write_text(HEADER, "utf-8")
    assert ClassFolder(folder).glossary_troubles() == ()
    assert find("my IEP", ClassFolder(folder).glossary())


def test_a_backup_keeps_the_words_of_class_and_school(folder: Path, tmp_path: Path) -> None:
    """Both glossary files come back with a restored class."""
    told("glossary", "add", folder, *FALCON)
    told("glossary", "add", folder, "IEP", "--off", "--school")
    made = make_backup(ClassFolder(folder), tmp_path / "b.zip", made_at=NOON)
    again = restore_backup(made.path, tmp_path / "again", randomness=secrets.token_bytes)
    for name in ("glossary.yaml", "school-glossary.yaml"):
        assert (again.path / name).read_bytes() == (folder / name).read_bytes()
    assert "falcon-time" in again.glossary() and "iep" not in again.glossary()
