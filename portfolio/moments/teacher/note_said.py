"""What is said of a note while a teacher writes it: school words, and remarks that block nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from portfolio.errors import N_
from portfolio.model import TeacherNote
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.note_check import NOTE_FIELDS, NoteField, RemarkKind, note_remarks
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.note_page import NoteAside, NoteWord

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary

SAID: Final[Mapping[RemarkKind, str]] = {
    "ranking": N_("“{words}” compares with others. What do you see in this child’s own work?"),
    "label": N_("“{words}” says what a child is. What did the child do?"),
    "blame": N_("“{words}” can sound like blame. What would help?"),
    "scores": N_("“{words}” is a number of a test. What can the child do now? The family hears that better."),
    "only_praise": N_("This is kind. What did you see? One moment says more than praise."),
    "vague": N_("What can the child do on Monday? One small thing, and when."),
    "needs_things": N_("Not every home has “{words}”. Is there a way without it?"),
    "long": N_("This is long for one part. Families read about forty words."),
}
"""What a remark says to the teacher."""

MOST: Final = 4
"""So many remarks stand below one field at once; the others wait until these are looked at."""


def aside_id(field: NoteField) -> str:
    """Return the id of the part of the screen that stands below a field."""
    return f"said-{field.replace('_', '-')}"


def asides(desk: TeacherDesk, note: TeacherNote, names: tuple[str, ...]) -> dict[str, SafePage]:
    """Return what is said below each field, by the id of its part of the screen. ``names`` says nothing by itself."""
    glossary = desk.folder.glossary()
    return {aside_id(field): _aside(desk, note, field, glossary, names) for field in NOTE_FIELDS}


def _aside(
    desk: TeacherDesk, note: TeacherNote, field: NoteField, glossary: Glossary, names: tuple[str, ...]
) -> SafePage:
    passage = getattr(note, field)
    remarks = tuple(
        desk.say(SAID[one.kind], words=one.words)
        for one in note_remarks(field, passage.text, passage.lang, names)
    )
    words = () if field == "drives" else _words(note, field, glossary)
    return render(NoteAside(say=desk.say, field=field, remarks=remarks[:MOST], words=words[:MOST]))


def _words(note: TeacherNote, field: NoteField, glossary: Glossary) -> tuple[NoteWord, ...]:
    """Return the school words of a field, each once: what it means, and plain words in its place if some fit."""
    from portfolio.words import find, swapped  # read when the first note is open

    passage = getattr(note, field)
    found: dict[str, NoteWord] = {}
    for one in find(passage.text, glossary):
        if one.confidence != "sure" or one.explained or one.term in found:
            continue
        done = swapped(passage.text, one, glossary) if passage.lang.split("-")[0] == "en" else None
        term = glossary.term(one.term)
        found[one.term] = NoteWord(
            term=one.term,
            word=passage.text[one.start : one.end],
            plain=term.plain,
            instead=done.words if done else "",
            chosen=note.chose(one.term),
        )
    return tuple(found.values())


def said_plainly(text: str, term: str, glossary: Glossary) -> str | None:
    """Return a text with plain words in place of the first such school word; ``None`` if none stands there."""
    from portfolio.words import find, swapped

    for one in find(text, glossary):
        if one.term == term:
            done = swapped(text, one, glossary)
            if done is not None:
                return text[: done.start] + done.words + text[done.end :]
    return None
