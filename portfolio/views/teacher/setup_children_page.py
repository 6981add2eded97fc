"""The screens of the children: everybody in order, and one child with what a teacher may change of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portfolio.views.on_paper import roster_picture
from portfolio.words import Speech


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One child in the list."""

    student_id: str
    """Its id, part of its place."""
    name: str
    """What the class calls it."""
    grade: str
    """In words; may be empty."""
    picture: str
    """Its drawn picture; empty if there is no such drawing."""
    homes: Sequence[str]
    """A line for each home."""


@dataclass(frozen=True, slots=True)
class SamePicture:
    """Several children have one picture."""

    picture: str
    """Its word."""
    names: str
    """Who has it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a child that was taken out."""

    title: str
    """That it was done."""
    searched: str
    """What the search of all files found."""
    left: Sequence[str]
    """What is left, and what was not touched."""


@dataclass(frozen=True, slots=True)
class SetupChildrenPage:
    """“The children”."""

    template: ClassVar = "setup_children.html.j2"
    say: Speech
    """Our texts in the teacher's language."""
    children: Sequence[ChildRow]
    """In the order of the roster."""
    damaged: Sequence[str]
    """Ids of children whose record cannot be read."""
    shared: Sequence[SamePicture]
    """Pictures that several have."""
    farewell: Told | None
    """The report of the last child that was taken out, until it is put away."""
    came_in: int
    """How many children the last list brought or changed, while it can be taken back; else 0."""
    drawing: Callable[[str], Markup] = roster_picture
    """Draws a picture by its name."""


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """One of the drawn pictures."""

    name: str
    """The name of the drawing."""
    words: str
    """What it shows."""
    chosen: bool
    """Whether this child has it."""
    others: str
    """Who else has it; empty if nobody."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """What goes if a child is taken out."""

    name: str
    """What has to be typed."""
    goes: Sequence[str]
    """What goes, counted."""
    copies: Sequence[str]
    """Files in the class that may hold the child and go only if asked for."""
    beside: Sequence[str]
    """Files beside the class that are never touched."""


@dataclass(frozen=True, slots=True)
class SetupChildPage:
    """One child."""

    template: ClassVar = "setup_child.html.j2"
    say: Speech
    """Our texts in the teacher's language."""
    student_id: str
    """Its id."""
    name: str
    """What the class calls it."""
    values: Mapping[str, str]
    """name, say_it, pronouns, grade, class_name."""
    version: int
    """What the form of these was shown with."""
    shows_learning: str
    """How the child likes to show what it can: its own words, only to read."""
    shows_lang: str
    """The language of these words."""
    picture: str
    """Its drawn picture; empty if there is no such drawing."""
    picture_words: str
    """What the picture shows."""
    pictures: Sequence[PictureChoice]
    """All there are."""
    homes: Sequence[tuple[str, str]]
    """Id and line of each home."""
    erasing: Erasing
    """What would go with it."""
    drawing: Callable[[str], Markup] = roster_picture
    """Draws a picture by its name."""
