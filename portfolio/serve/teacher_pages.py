"""The pages of the teacher's door: the desk is closed, a link is over, a word to come back with is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

Why = Literal["closed", "link", "done", "word", "wrong", "pause"]
"""Why this page stands here: the desk closed (by itself, or somebody else sits here now); a link was tried that is
over; the teacher said "I'm done"; somebody asks for the way in by a word; a wrong word; five wrong ones in a row."""


@dataclass(frozen=True, slots=True)
class TeacherClosedPage:
    """“The teacher’s desk is closed”: what stands in its place, and how the teacher comes back."""

    template: ClassVar = "teacher_closed.html.j2"
    class_name: str
    """What the class is called."""
    minutes: int
    """After how many minutes without a touch it closes by itself."""
    why: Why
    """What happened."""
    word: bool
    """Whether a word to come back with is set: it is then asked for here."""
    roster: bool
    """Whether children take turns at this computer, by the picture roster."""
    xsrf: str
    """The token the form sends back; empty without a form."""
