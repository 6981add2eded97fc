"""The screens of answers that came back: what came, whose it is, who reads it; and a sheet of paper to type in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.views.answer_form import Group, Line
from portfolio.views.teacher.meetings_page import Choices, MeetingsFrame
from portfolio.words import Speech


@dataclass(frozen=True)
class CameLine:
    """One thing an answer says: the question, the words as they came ("" for a tick), whether the teacher alone gets it."""

    asks: str
    words: str
    alone: bool


@dataclass(frozen=True)
class CameSeen:
    """One answer before it is kept. ``home`` is "" where nothing says whose it is; ``trouble`` why it cannot be kept.

    ``n`` counts them in the form, ``file`` is the name of the file it was in. ``beside`` is what a teacher should know besides.
    """

    n: int
    file: str
    home: str = ""
    who: str = ""
    readers: str = ""
    lines: tuple[CameLine, ...] = ()
    languages: Choices = ()
    lang: str = ""
    trouble: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptLine:
    """What became of one: whose it is, a sentence, where it can be read (place, words), what else to know.

    ``n`` counts them, ``may_go``: it can be taken out again.
    """

    n: int
    home: str
    says: str
    place: str = ""
    place_words: str = ""
    beside: tuple[str, ...] = ()
    may_go: bool = False


@dataclass(frozen=True)
class AnswersPage:
    """Answers that came back: paste or give files, look, keep."""

    template: ClassVar[str] = "meetings_answers.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    frame: MeetingsFrame
    """The ways between the screens about all meetings."""
    came: tuple[CameSeen, ...]
    """What was given and is not kept yet."""
    homes: Choices
    """Every home of the class."""
    some: bool
    """Whether any of it can be kept."""
    kept: tuple[KeptLine, ...]
    """What became of the last ones."""


@dataclass(frozen=True)
class PaperAnswerPage:
    """An answer on paper, to type in for one home."""

    template: ClassVar[str] = "meetings_answer_paper.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    student: str
    """The child's name."""
    home: str
    """What the home is called."""
    adults: tuple[str, ...]
    """Who lives there, as the list has it."""
    groups: tuple[Group, ...]
    """The lines of the sheet."""
    alone: Line
    """The line for the teacher alone on it."""
    together: tuple[Line, ...]
    """What stands on the sheet of a meeting at home only."""
    faces: Choices
    """The faces on it."""
    languages: Choices
    """Languages it may be written in."""
    lang: str
    """The first one the home reads."""
    school: tuple[Line, ...]
    """Lines for the teacher alone."""
