"""The screen of the class itself: its facts, who is who, other grades, a new round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from portfolio.words import Speech


@dataclass(frozen=True, slots=True)
class TeacherForm:
    """One grown-up of the school: a form that keeps itself."""

    teacher_id: str
    """Never changes, whatever the name."""
    values: Mapping[str, str]
    """name, role, reach."""
    version: int
    """What the form was shown with."""
    here: bool
    """Whether this is who sits at the desk."""


@dataclass(frozen=True, slots=True)
class SetupClassPage:
    """“The class”."""

    template: ClassVar = "setup_class.html.j2"
    say: Speech
    """Our texts in the teacher's language."""
    values: Mapping[str, str]
    """name, language, conference_on, conference_until, delete_by, place."""
    version: int
    """What the form of these was shown with."""
    languages: Sequence[tuple[str, str]]
    """Tags and names to choose from."""
    bands: Sequence[tuple[str, str]]
    """Grades to choose from."""
    band: str
    """The grades of now."""
    band_words: str
    """The same in words."""
    written: str
    """Who has written already, so that the grades stay; empty if nobody has."""
    round: str
    """The round of now."""
    earlier: Sequence[str]
    """Rounds of before."""
    teachers: Sequence[TeacherForm]
    """Who is who."""
    word: bool
    """Whether there is a word to come back with; never the word."""
