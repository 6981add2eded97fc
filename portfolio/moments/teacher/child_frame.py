"""What every screen about one child has in common: the ways between them, sentences about where the book is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portfolio.errors import N_
from portfolio.model import Student
from portfolio.model.portfolio import Status
from portfolio.moments.approval import Looked
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.teacher.child_page import ChildFrame

WAYS: Final = (
    ("", N_("At a glance")),
    ("book", N_("Read the whole book")),
    ("changed", N_("What changed")),
    ("words", N_("School words")),
    ("prepare", N_("Before the meeting")),
)
"""The screens of one child, by the second part of their place."""

PLACE: Final[Mapping[Status, str]] = {
    "draft": N_("{name} is writing."),
    "practising": N_("{name} is practising for the meeting."),
    "ready": N_("{name} says: my book is ready."),
    "checked": N_("{name} says the book is ready, and a teacher has looked at it."),
    "presented": N_("{name} has shown the book."),
    "home": N_("The book has gone home."),
}
"""Where a book is, in a sentence."""

STARTERS: Final = (
    ("", N_("My own words")),
    ("enjoyed", N_("I enjoyed")),
    ("more", N_("Tell me more about")),
    ("try", N_("One thing to try:")),
)
"""How a comment may begin."""


def frame_of(desk: TeacherDesk, student: Student, here: str) -> ChildFrame:
    """Return the frame of a child's screen; ``here`` is the second part of its place."""
    say, root = desk.say, f"child/{student.student_id}"
    ways = [(f"{root}/{part}" if part else root, say(words), part == here) for part, words in WAYS]
    ways.append((f"note/{student.student_id}", say("Your note"), False))
    ways.append((f"leaving/{student.student_id}", say("Before it goes home"), here == "leaving"))
    ways.append((f"meetings/child/{student.student_id}", say("The meeting"), False))
    return ChildFrame(student.student_id, student.name, tuple(ways))


def looked_words(desk: TeacherDesk, looked: Looked, who: str) -> str:
    """Return whether the book was looked at, in a sentence; ``who`` is the name of whoever looked."""
    say = desk.say
    if looked.approval is None:
        return say("Nobody has looked at it for going home yet.")
    own, day = looked.approval.teacher_id == desk.teacher_id, say.day(looked.approval.on)
    if looked.state == "looked_at":
        if own:
            return say("You looked at it on {day}. Nothing has changed since.", day=day)
        return say("{who} looked at it on {day}. Nothing has changed since.", who=who, day=day)
    if own:
        return say("You looked at it on {day}, before the last changes.", day=day)
    return say("{who} looked at it on {day}, before the last changes.", who=who, day=day)


def starter_words(desk: TeacherDesk, name: str, words: str) -> str:
    """Return a teacher's words with the beginning that was chosen; a name nobody offers adds none."""
    begins = {key: desk.say(text) for key, text in STARTERS if key}
    begin = begins.get(name, "")
    return f"{begin} {words}" if begin and words and not words.startswith(begin) else words
