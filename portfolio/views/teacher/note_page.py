"""The screens of the teacher's plain note: the note beside the child's words, the notes of a class, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from portfolio.model import TeacherNote
from portfolio.words import Speech


@dataclass(frozen=True)
class NoteWord:
    """A school word in a note: its id in the glossary, as written, what it means, plain words, what was chosen."""

    term: str
    word: str
    plain: str
    instead: str
    chosen: str


@dataclass(frozen=True)
class NoteAside:
    """Everything ``note_aside.html.j2`` may use: what is said below one field."""

    template: ClassVar[str] = "note_aside.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    field: str
    """Which field it is about."""
    remarks: tuple[str, ...]
    """Sentences about how it could be said better."""
    words: tuple[NoteWord, ...]
    """School words in it."""


@dataclass(frozen=True)
class Quoted:
    """Words of the child a note may refer to: which page they are from, the words, their language."""

    page: str
    words: str
    lang: str


@dataclass(frozen=True)
class OtherNote:
    """A note as its readers see it: who wrote it, in which role, the note."""

    name: str
    role: str
    note: TeacherNote


@dataclass(frozen=True)
class EarlierNote:
    """What a note was on an earlier day: the day in words, the version, its words."""

    day: str
    version: int
    note: TeacherNote


@dataclass(frozen=True)
class NotePage:
    """Everything ``note.html.j2`` may use."""

    template: ClassVar[str] = "note.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    student_id: str
    """Whose book it is."""
    name: str
    """What the child is called."""
    lang: str
    """The language the teacher writes in."""
    version: int
    """The version the form is drawn from."""
    note: TeacherNote
    """The note of whoever sits here."""
    starters: Mapping[str, tuple[str, ...]]
    """How a field may begin."""
    asides: Mapping[str, Markup]
    """What is said below each field, by id."""
    quoted: tuple[Quoted, ...]
    """What the child wrote that a note may refer to."""
    others: tuple[OtherNote, ...]
    """What other teachers wrote."""
    own: OtherNote
    """One's own note as a family sees it."""
    earlier: tuple[EarlierNote, ...]
    """What the note was on earlier days."""
    shown: bool
    """Whether the books of this class have a page for the note."""
    following: tuple[str, str] | None
    """The next child without a note of one's own: id and name."""


@dataclass(frozen=True)
class NoteLine:
    """A child in the list of notes: who has written one."""

    student_id: str
    name: str
    mine: bool
    begins: str
    others: tuple[str, ...]
    trouble: bool


@dataclass(frozen=True)
class NotesPage:
    """Everything ``notes.html.j2`` may use: the notes of the class."""

    template: ClassVar[str] = "notes.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    lines: tuple[NoteLine, ...]
    """The children, in the order of the roster."""
    shown: bool
    """Whether the books of this class have a page for the note."""
