"""The screen of the files for the homes: what may be chosen, how far they are, what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.views.safe import SafePage
from portfolio.views.teacher.out_page import Line
from portfolio.words import Speech


@dataclass(frozen=True)
class OutHomePage:
    """The files for the homes."""

    template: ClassVar[str] = "out_home.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    about: tuple[str, ...]
    """What is made and for whom, a paragraph each."""
    beware: str
    """What to keep in mind, in a sentence; empty if there is nothing."""
    writing: str
    """The names of those who still write their book; empty if there are none."""
    said: str
    """What is read aloud when the files begin and when they are there; empty before."""
    part: SafePage
    """What may be chosen, how far it is, or what became of each: :class:`OutRunPart`."""


@dataclass(frozen=True)
class OutRunPart:
    """The part of the screen that becomes another one while files are made."""

    template: ClassVar[str] = "out_home_run.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    busy: bool
    """Whether files are being made just now."""
    stopping: bool
    """Whether somebody asked to stop."""
    done: int
    """How many are done."""
    total: int
    """How many there are to make; 0 while nobody knows."""
    left: str
    """How long it still takes, in words; empty while nobody can know."""
    who: tuple[tuple[str, str, bool], ...]
    """Whose files: name, words, whether it is ticked."""
    more: tuple[tuple[str, str, bool], ...]
    """What may be made beside them: name, words, whether it is ticked."""
    sizes: tuple[tuple[str, str], ...]
    """How large a file may be: value and words."""
    size: str
    """The size that is chosen."""
    said: str
    """What became of the files, or what went wrong, in sentences; empty before."""
    take: bool
    """Whether there is something to hand to the browser."""
    trouble: tuple[Line, ...]
    """Homes without a file, or without all of it: whose, and what to do."""
    lines: tuple[Line, ...]
    """What became of each other home, or what is so before anything is made."""
    lines_about: str
    """The heading over these lines."""


@dataclass(frozen=True)
class OutSaid:
    """What is read aloud of it."""

    template: ClassVar[str] = "out_home_said.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    said: str
    """That files are made, what became of them, or what went wrong."""
