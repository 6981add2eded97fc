# long: every command with what it writes and what it says
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
from portfolio.store.glossary_file import read_glossary
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


OURS = """\
# Ours.
entries:
# the first
- id: garden-hour  # by Maria
  term: Garden hour
  # said with the parents
  plain: An hour in the beds.   # short
  kid: My hour outside.
  tr:
    es: {plain: Una hora., status: human}
  swap: hour outside

# the second
- {id: iep, off: true}  # not here
- kid: >
    Mine.
  id: falcon-time
  term: Falcon time
  plain: |
    Old words.
# the end
"""


def test_a_word_that_stands_there_is_changed(folder: Path) -> None:
    """Its new words take the place of the old; translation and child's words go and this is said; all else stays."""
    (folder / "glossary.yaml").write_text(OURS, "utf-8")
    said = told(
        "glossary", "add", folder, "garden hour", "--plain", "Time with the plants.", "--swap", "plants"
    )
    assert "“Garden hour” is changed (garden-hour)." in said
    assert "The explanation in Español goes with the old words" in said and "Say it anew with --kid" in said
    old = OURS.partition("  kid: My")[0].replace("An hour in the beds.", '"Time with the plants."')
    rest = OURS.partition("hour outside\n")[2]
    assert (folder / "glossary.yaml").read_text("utf-8") == old + '  swap: "plants"\n' + rest
    assert ClassFolder(folder).glossary().term("garden-hour").translations == ()


def test_an_entry_of_any_shape_is_changed(folder: Path) -> None:
    """Texts over several lines, a group in braces, its first name gone, Windows lines and their first sign."""
    path = folder / "glossary.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + OURS.replace("\n", "\r\n").encode())
    told("glossary", "add", folder, "Falcon time", "--plain", "New words.")
    told("glossary", "add", folder, "IEP", "--plain", "A plan for one child.", "--kid", "My plan.")
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff# Ours.\r\n") and text.count("\n") == text.count("\r\n")
    assert '- {id: iep, plain: "A plan for one child.", kid: "My plan."}  # not here\r\n' in text
    assert text.endswith('- id: falcon-time\r\n  term: Falcon time\r\n  plain: "New words."\r\n# the end\r\n')
    glossary = ClassFolder(folder).glossary()
    assert (glossary.term("falcon-time").plain, glossary.term("iep").kid) == ("New words.", "My plan.")


def test_only_what_is_said_anew_changes(folder: Path) -> None:
    """A kid text alone leaves explanation and translation as they are."""
    (folder / "glossary.yaml").write_text(OURS, "utf-8")
    told("glossary", "add", folder, "garden-hour", "--kid", "My plants.")
    assert (folder / "glossary.yaml").read_text("utf-8") == OURS.replace("My hour outside.", '"My plants."')


def test_a_change_check_would_not_take_is_not_written(folder: Path) -> None:
    """The file stays as it was."""
    (folder / "glossary.yaml").write_text(OURS, "utf-8")
    said = told("glossary", "add", folder, "Garden hour", "--plain", "Like a rubric.", code=3)
    assert "has a school word in it: rubric" in said
    assert (folder / "glossary.yaml").read_text("utf-8") == OURS


def test_an_entry_that_cannot_be_changed_is_left_alone(folder: Path) -> None:
    """Two entries on one line cannot be told apart as lines: a sentence says where to change it by hand."""
    text = "entries: [{id: w, term: gizmo, plain: A thing.}, {id: iep, off: true}]\n"
    (folder / "glossary.yaml").write_text(text, "utf-8")
    assert "glossary.yaml, line 1: this word" in told("glossary", "add", folder, "gizmo", "--off", code=3)
    assert (folder / "glossary.yaml").read_text("utf-8") == text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(plain=st.text(min_size=1, max_size=60), which=st.sampled_from(["garden-hour", "falcon-time", "iep"]))
def test_whatever_a_word_is_changed_to_is_read_back(folder: Path, plain: str, which: str) -> None:
    """Any words stand in the entry exactly and the other entries say what they said; or nothing is written."""
    path = folder / "glossary.yaml"
    path.write_text(OURS, "utf-8")
    before = {str(one.said["id"]): one.said for one in read_glossary(path).entries}
    try:
        add_word(ClassFolder(folder), NewWord(which, plain))
    except PortfolioError:
        assert path.read_text("utf-8") == OURS
        return
    after = {str(one.said["id"]): one.said for one in read_glossary(path).entries}
    assert after.pop(which)["plain"] == " ".join(plain.split())
    before.pop(which)
    assert after == before and list(after) == list(before)


def test_a_word_is_switched_off_and_on(folder: Path) -> None:
    """--off says what it means for files made before; show says it is off and how it comes back; --on does it."""
    said = told("glossary", "add", folder, "rubric", "--off")
    assert said == (
        "“rubric” is switched off in this class. Home files made before still show it: send them again.\n"
    )
    lines = told("glossary", "show", "rubrics", "--class", folder)
    assert lines.startswith(
        "“rubric” is switched off in this class. To switch it on again: portfolio glossary add"
    )
    assert "rubric --on\n" in lines
    assert "“rubric” is switched on again" in told("glossary", "add", folder, "rubric", "--on")
    assert "rubric" in ClassFolder(folder).glossary()
    assert "is not switched off in glossary.yaml" in told("glossary", "add", folder, "rubric", "--on", code=3)


def test_a_word_the_school_switched_off_comes_back_in_the_schools_file(folder: Path) -> None:
    """--on without --school says where it is off; with it the word counts again."""
    assert "in all classes" in told("glossary", "add", folder, "IEP", "--off", "--school")
    assert "add --school." in told("glossary", "add", folder, "IEP", "--on", code=3)
    assert "--on --school\n" in told("glossary", "show", "IEP", "--class", folder)
    told("glossary", "add", folder, "IEP", "--on", "--school")
    assert "iep" in ClassFolder(folder).glossary()


def test_a_changed_word_of_ours_is_switched_off_and_keeps_its_words(folder: Path) -> None:
    """Off and on again, the class's own explanation is there."""
    told("glossary", "add", folder, "rubric", "--plain", "A list of what counts.")
    told("glossary", "add", folder, "rubric", "--off")
    assert "rubric" not in ClassFolder(folder).glossary()
    told("glossary", "add", folder, "rubric", "--on")
    assert ClassFolder(folder).glossary().term("rubric").plain == "A list of what counts."


def test_a_word_of_the_class_is_switched_off_as_comments(folder: Path) -> None:
    """Its lines stay in the file behind “#”, the others as they were; the word is found no more."""
    (folder / "glossary.yaml").write_text(OURS, "utf-8")
    assert "“Garden hour” is switched off" in told("glossary", "add", folder, "Garden hour", "--off")
    text = (folder / "glossary.yaml").read_text("utf-8")
    assert "# - id: garden-hour  # by Maria\n#   term: Garden hour\n" in text
    assert text.replace("\n# - id", "\n- id").endswith(OURS.partition("outside\n\n")[2])
    assert (
        "garden-hour" not in ClassFolder(folder).glossary()
        and "falcon-time" in ClassFolder(folder).glossary()
    )
    told("glossary", "add", folder, "Garden hour", "--plain", "Time outside.")
    assert ClassFolder(folder).glossary_troubles() == ()


def test_a_word_of_ours_said_anew_tells_what_goes(folder: Path) -> None:
    """What we said of it, that the Spanish goes, and what a child is told; check names it too."""
    said = told("glossary", "add", folder, "WIN time", "--plain", "Time on Friday to practice alone.")
    assert f"The program knew this word and said: “{starter().term('win-time').plain}”" in said
    assert "The explanation in Español goes with the old words" in said
    assert f"For a child it says: “{starter().term('win-time').kid}”" in said
    answer = told("glossary", "check", "--class", folder)
    assert "“WIN time” has no explanation in Español" in answer and "All is well" not in answer
    told("glossary", "add", folder, "WIN time", "--off")
    assert "no explanation" not in told("glossary", "check", "--class", folder)


def test_a_word_without_quotation_marks_is_told(folder: Path) -> None:
    """The sentence shows how to write it; nothing is written."""
    said = told("glossary", "add", folder, "Falcon", "time", "--plain", "Hm.", code=3)
    assert 'Put it in quotation marks: "Falcon time"' in said
    assert not (folder / "glossary.yaml").exists()
    assert told("glossary", "show", "exit", "slips").startswith("exit ticket")


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
        term_id = add_word(ClassFolder(folder), NewWord(term, plain)).term_id
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
    assert "Spanish (Español): 1 checked by a person, 11 drafts, 0 missing" in answer


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
    assert "Spanish (Español): " in lines and "a draft, checked by nobody" in lines
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
