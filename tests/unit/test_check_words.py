"""School words in a class, as ``check`` tells them: which, where, how often, and what was chosen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.model import Cue, Goal, Passage, Reply, ReplyLine, TeacherNote, WordChoice, Work
from portfolio.model.entries import AnyEntry
from portfolio.store.class_folder import open_class
from portfolio.testing import NOON


def words(text: str) -> Passage:
    """Return words in English."""
    return Passage(text=text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class of grade 4 with two children whose books are empty."""
    return a_class(tmp_path, "3-5")


def a_class(place: Path, band: str) -> Path:
    """Return a new class with Anouk and Bo."""
    (place / "names.txt").write_text("Anouk\nBo\n", "utf-8")
    told("new", place / "class", "--band", band, "--students", place / "names.txt")
    return place / "class"


def told(*said: object) -> str:
    """Return what a command tells on its first channel."""
    done = CliRunner().invoke(app, [str(word) for word in said])
    assert done.exit_code == 0, done.output
    return done.stdout


def keep(folder: Path, *entries: AnyEntry, student: str = "bo") -> None:
    """Put entries into a child's book."""
    store = open_class(folder).store()
    for entry in entries:
        store.keep(store.rounds(student)[-1].portfolio_id, entry, expected=0, by="student", at=NOON)
    store.close()


def found(folder: Path, student: str = "bo") -> list[dict[str, Any]]:
    """Return the school words of one child as JSON tells them."""
    (one,) = json.loads(told("check", folder, "--student", student, "--json"))
    listed: list[dict[str, Any]] = one["school_words"]
    return listed


def test_a_word_is_told_with_its_place(folder: Path) -> None:
    """Term, the words as written, section, entry, field, who wrote it, how often, and plain words instead."""
    keep(folder, Goal(entry_id="goal-1", goal=words("Read my rubric. The rubric is on the wall.")))
    (one,) = found(folder)
    plain = one.pop("plain"), one.pop("instead")
    assert one == {
        "term": "rubric",
        "word": "rubric",
        "section": "goals",
        "entry": "goal-1",
        "field": "goal",
        "by": "student",
        "count": 2,
        "confidence": "sure",
        "explained": False,
        "chosen": "",
    }
    assert plain[0] and "rubric is on the wall" in plain[1] and not plain[1].startswith("Read my rubric")


def test_the_teachers_words_are_looked_at_too(folder: Path) -> None:
    """A note, and what a teacher wrote beside a piece of work, are the teacher's; the rest is the child's."""
    keep(
        folder,
        TeacherNote(entry_id="note-1", teacher_id="t1", next_step=words("We use the rubric.")),
        Work(entry_id="work-1", title=words("My exit ticket"), teacher_note=words("See the rubric.")),
    )
    by = {(one["entry"], one["field"]): one["by"] for one in found(folder)}
    assert by == {
        ("note-1", "next_step"): "teacher",
        ("work-1", "title"): "student",
        ("work-1", "teacher_note"): "teacher",
    }


def test_what_no_family_reads_and_what_families_wrote_is_left_out(folder: Path) -> None:
    """Cue lines stay with the child; nobody corrects a family's answer."""
    keep(
        folder,
        Cue(entry_id="cue-1", step="welcome", words=words("Say IEP slowly")),
        Reply(
            entry_id="reply-1", household_id="home", lines=(ReplyLine(words=words("What is the rubric?")),)
        ),
    )
    assert found(folder) == []


def test_a_page_no_family_reads_is_left_out(folder: Path) -> None:
    """A section the class template keeps from families is not looked at."""
    keep(folder, Goal(entry_id="goal-1", goal=words("Read my rubric")))
    path = folder / "class.yaml"
    hidden = path.read_text("utf-8").replace(
        "section_id: goals\n", "section_id: goals\n    shown_to_family: false\n"
    )
    assert [one["term"] for one in found(folder)] == ["rubric"]
    path.write_text(hidden, "utf-8")
    assert found(folder) == []


def test_a_choice_is_told_and_ends_the_counting(folder: Path) -> None:
    """A word called fine, or wanted explained, is still listed with that choice and no longer counted as open."""
    goal = Goal(entry_id="goal-1", goal=words("My rubric and my exit ticket and my IEP"))
    chosen = goal.with_choice(WordChoice(term="rubric", how="fine"))
    keep(folder, chosen.with_choice(WordChoice(term="iep", how="explain")))
    assert {one["term"]: one["chosen"] for one in found(folder)} == {
        "rubric": "fine",
        "exit-ticket": "",
        "iep": "explain",
    }
    assert "  1 school word: exit ticket (child)\n" in told("check", folder)
    lines = told("check", folder, "--student", "bo")
    assert "[fine here]" in lines and "[explained to the family]" in lines


def test_a_word_the_text_explains_is_not_open(folder: Path) -> None:
    """A word with its meaning right behind it is listed as explained and not counted."""
    keep(folder, Goal(entry_id="goal-1", goal=words("My IEP, which is a plan just for me, is new.")))
    assert [one["explained"] for one in found(folder)] == [True]
    assert "school word" not in told("check", folder)


def test_a_perhaps_is_marked_and_not_counted(folder: Path) -> None:
    """A word with an everyday meaning too is told as perhaps."""
    keep(folder, Goal(entry_id="goal-1", goal=words("I want to water our garden.")))
    entry = "- {id: garden, term: garden, plain: A place to talk., match: {cue: {near: [lesson]}}}\n"
    (folder / "glossary.yaml").write_text("entries:\n" + entry, "utf-8")
    kinds = {one["confidence"] for one in found(folder)}
    assert kinds == {"maybe"}
    assert "[perhaps]" in told("check", folder, "--student", "bo")
    assert "school word:" not in told("check", folder)


def test_a_class_is_a_line_for_each_child_with_words(folder: Path) -> None:
    """The short answer names the open words of a child, each once, and nothing for a child without any."""
    keep(folder, Goal(entry_id="goal-1", goal=words("My rubric, my IEP, my rubric and my exit ticket")))
    lines = told("check", folder).splitlines()
    assert "  3 school words: rubric (child), IEP (child), exit ticket (child)" in lines
    assert sum("school word" in line for line in lines) == 1


def test_a_line_says_who_wrote_a_word_and_beside_which_work(folder: Path) -> None:
    """As written, by child or teacher, with the title of the piece of work."""
    keep(
        folder,
        Work(entry_id="work-1", title=words("My volcano"), teacher_note=words("See the rubrics.")),
        Goal(entry_id="goal-1", goal=words("Read my rubric and my exit slips")),
    )
    lines = told("check", folder, "--student", "bo")
    assert re.search(r"“rubrics” \([^)]*, “My volcano”\), written by the teacher: ", lines)
    assert "“exit slips” (My goals), written by the child: " in lines
    short = next(line for line in told("check", folder).splitlines() if "school words:" in line)
    assert "exit slips (child)" in short and "(child, teacher)" in short


def test_the_youngest_childrens_words_are_found_for_the_teacher(tmp_path: Path) -> None:
    """A desk of K-2 says nothing of school words; check does."""
    folder = a_class(tmp_path, "k-2")
    keep(folder, Goal(entry_id="goal-1", goal=words("finish my exit ticket")))
    assert [one["term"] for one in found(folder)] == ["exit-ticket"]


def test_the_classs_own_glossary_counts(folder: Path) -> None:
    """A word the class added is found, one it took away is not; a broken file is told and stops nothing."""
    keep(folder, Goal(entry_id="goal-1", goal=words("Read in Falcon time with my rubric")))
    told("glossary", "add", folder, "Falcon time", "--plain", "Half an hour alone.")
    told("glossary", "add", folder, "rubric", "--off")
    assert [one["term"] for one in found(folder)] == ["falcon-time"]
    (folder / "glossary.yaml").write_text("entries: many\n", "utf-8")
    assert [one["term"] for one in found(folder)] == ["rubric"]
    done = CliRunner().invoke(app, ["check", str(folder)])
    assert "glossary.yaml, line 1" in done.stderr and done.exit_code == 0


def test_school_words_in_the_template_are_told(folder: Path) -> None:
    """A question of class.yaml with a school word is named beside the page; the JSON stays JSON."""
    path = folder / "class.yaml"
    path.write_text(
        path.read_text("utf-8").replace("What do you do well?", "What does your rubric say?"), "utf-8"
    )
    done = CliRunner().invoke(app, ["check", str(folder), "--json"])
    assert "class.yaml asks with 1 school word: “rubric” (My strengths)" in done.stderr
    assert json.loads(done.stdout)


def test_sentences_are_looked_at_only_with_questions(folder: Path) -> None:
    """--questions tells long sentences, where they could be cut, and hard words; without it there are none."""
    long = "I want to read more because the books are fun and then I will tell my sister about all of them at home"
    keep(folder, Goal(entry_id="goal-1", goal=words(long + ". It is unprecedented.")))
    lines = told("check", folder, "--questions")
    assert re.search(r"Long sentence, 2\d words \(My goals\): “I want to read", lines)
    assert "A new one could begin at “" in lines and "Hard word “unprecedented” (My goals)" in lines
    assert "Long sentence" not in told("check", folder, "--student", "bo")


def test_how_it_reads_is_a_word(folder: Path) -> None:
    """JSON says it for the child and the teacher apart; a few words are too short to tell."""
    easy = "I like my dog. He is big. We play in the sun. He runs to me. " * 3
    keep(folder, Goal(entry_id="goal-1", goal=words(easy)))
    (one,) = json.loads(told("check", folder, "--student", "bo", "--json"))
    assert one["reading"] == {"student": "easy", "teacher": "too_short"}
