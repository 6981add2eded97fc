"""The screen of the steps: what a class needs before children can write, and what is done of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portfolio.words import Speech


@dataclass(frozen=True, slots=True)
class Step:
    """One step: where it is done, what it is called, what is done of it in words."""

    place: str
    """The place it leads to."""
    title: str
    """What the step is called."""
    icon: str
    """The name of its drawing."""
    done: bool | None
    """Whether nothing more is needed here; ``None`` where nobody can know."""
    state: str
    """How it is, in one sentence or two."""
    more: Sequence[tuple[str, str]] = ()
    """Further places that belong to it: place and words."""


@dataclass(frozen=True, slots=True)
class SetupPage:
    """“Setting up the class”: five steps."""

    template: ClassVar = "setup.html.j2"
    say: Speech
    """Our texts in the teacher's language."""
    steps: Sequence[Step]
    """In the order they are done."""
