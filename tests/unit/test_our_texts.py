"""What we say ourselves is in plain words, and the gate that says so bites."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

import plain_words
from plain_words import ALLOWED, Text, broken

REPO = Path(plain_words.__file__).resolve().parent.parent
LONG = "We " + "really " * 24 + "do."
"""A sentence of 26 words."""


@lru_cache(maxsize=1)
def ours() -> tuple[Text, ...]:
    """Return all texts of ours."""
    return tuple(plain_words.gathered())


def what(place: str, text: str) -> list[str]:
    """Return what is wrong with a text said in a place."""
    return [found.wrong for found in broken([Text(place, text)])]


def test_our_texts_are_in_plain_words() -> None:
    """No prompt, button, help, error or guide holds an unexplained school word or a sentence that is too long."""
    assert [str(found) for found in broken(ours())] == []


def test_all_kinds_of_readers_are_measured() -> None:
    """There are many texts for children of every band, for families, for teachers and for administrators."""
    readers = [
        plain_words.ADMINISTRATOR,
        plain_words.TEACHER,
        plain_words.FAMILY,
        *plain_words.CHILDREN.values(),
    ]
    assert {line.split(":")[0] for line in plain_words.told(ours())} == {one.name for one in readers}
    assert {"docs/family.md", "docs/student.md"} <= {one.place for one in ours()}
    assert len(ours()) > 1500


@pytest.mark.parametrize(
    "place", ["portfolio/widgets/phrases.py", "portfolio/moments/desk.py", "docs/student.md"]
)
def test_a_school_word_in_a_text_of_ours_is_told(place: str) -> None:
    """Whoever reads it, a text with “formative assessment” fails; explained on the spot it passes."""
    (wrong,) = what(place, "Look at your formative assessment.")
    assert wrong.startswith("school word “formative assessment”")
    assert what(place, "Look at your formative assessment, which means a short check.") == []


def test_a_school_word_in_a_class_template_is_told() -> None:
    """A prompt is a text too."""
    assert len(what("templates/classes/3-5.yaml", "What is your growth mindset?")) == 1


def test_the_command_line_may_speak_of_its_own_things() -> None:
    """For administrators only the length of a sentence counts."""
    assert what("portfolio/cli/looking.py", "The entry “exit-ticket” is there.") == []
    assert len(what("portfolio/cli/looking.py", LONG)) == 1


@pytest.mark.parametrize(
    ("place", "most"),
    [
        ("templates/classes/k-2.yaml", 10),
        ("templates/classes/3-5.yaml", 15),
        ("templates/classes/6-8.yaml", 20),
        ("templates/classes/9-12.yaml", 20),
        ("templates/pages/home.html.j2", 20),
        ("portfolio/views/story.py", 20),
        ("portfolio/store/guard.py", 25),
    ],
)
def test_a_sentence_is_as_long_as_its_readers_can_take(place: str, most: int) -> None:
    """One word more than allowed is told, with the numbers."""
    assert what(place, "go " * most + ".") == []
    (wrong,) = what(place, "go " * (most + 1) + ".")
    assert wrong.startswith(f"{most + 1} words in a sentence") and f"{most} are allowed" in wrong


def test_a_hard_word_in_a_prompt_is_told() -> None:
    """What a young child cannot read is said in short words; a family page is not measured for that."""
    assert what("templates/classes/k-2.yaml", "Tell of the circumstances.") == [
        "hard word “circumstances” for children, k-2"
    ]
    assert what("templates/pages/home.html.j2", "Tell of the circumstances.") == []


def test_what_is_allowed_is_said_only_to_teachers_and_still_needed() -> None:
    """Each exception has a reason, meets a text that would fail without it, and no family reads it."""
    failing = broken(ours(), allowed=())
    for begin, why in ALLOWED.items():
        assert len(why) > 20
        places = {one.place for one in ours() if one.text.startswith(begin)}
        assert places and all(plain_words.reader_of(place) == plain_words.TEACHER for place in places)
        assert places & {found.path for found in failing}
    assert len(failing) == len(ALLOWED)


def test_a_guide_is_read_without_its_signs_and_only_in_english() -> None:
    """Lists, tables and headings are read part by part; other languages have their own readers."""
    text = '# Your book\n\n- **Press** it\n- [Go](a.md) on\n\n| a | b |\n|--|--|\n\n<div lang="es">\n\nHola\n\n</div>\n'
    said = plain_words.of_guide(text)
    assert [one for one in said if "-" not in one] == ["Your book", "Press it", "Go on", "a", "b"]


@pytest.mark.more
def test_the_gate_is_part_of_the_checks() -> None:
    """The checks of every change call the gate; called as a script it passes and says so."""
    assert '".ci/plain_words.py", "--check"' in (REPO / ".ci" / "make.py").read_text("utf-8")
    command = [sys.executable, str(REPO / ".ci" / "plain_words.py"), "--check"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stdout) == (0, "our texts are in plain words\n")


SCOLDS = re.compile(
    r"\b(?:you must|you have to|you should|must not|parents (?:must|should|need)|the parents?|guardians?|stakeholders?"
    r"|no-show|compl(?:y|iance)|fail(?:ed|ing|ure)?|fall(?:s|ing)? behind)\b",
    re.IGNORECASE,
)
"""Words from above: what a school says to people, not what people at one table say to each other."""


@pytest.mark.more
def test_our_texts_speak_as_somebody_at_the_same_table() -> None:
    """No text for children and families gives orders, speaks of "the parents", or says that somebody failed."""
    aside = ("teachers", "administrators")
    ours = [text for text in plain_words.gathered() if plain_words.reader_of(text.place).name not in aside]
    assert len(ours) > 1000
    assert [text for text in ours if SCOLDS.search(text.text)] == []
    assert SCOLDS.search("You should read more with your child.")
