"""*What drives me*: what the child, its homes and its teachers each see that makes it want to try, side by side.

The child's part are answers of its book. Which prompts are about it is told in :data:`ABOUT`; a class that asks
other questions is helped by its page about the child (:func:`drive_prompts`).

What a teacher sees at its desk is all of it. What lies on the table is less (:func:`for_the_table`): a page the
child keeps from its family, and words of another home, are not on that sheet.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from portfolio.model import Book, ClassTemplate, Passage, Prompt, Record, Section
from portfolio.rules.family_view import Said
from portfolio.rules.seen import Lens, answers
from portfolio.rules.shown import seen_by

ABOUT: Final = (
    ("me", ("like", "need")),  # k-2: what I like, what I need to learn well
    (
        "me",
        ("love", "try", "stuck"),
    ),  # 3-5: what I love, what makes me want to try, what helps when I am stuck
    (
        "me",
        ("pulls_in", "throws_off", "do_about"),
    ),  # 6-8: what pulls me in, what throws me off, what I do about it
    ("me", ("best", "changed")),  # 9-12: how I learn best, what has changed about that
)
"""Section and fields that are about what drives a child, in each class template of ours."""

_PAGE_ABOUT_ME: Final = "me"
"""The id, or else the drawing, of a page about the child in templates of others."""


class ChildVoice(Record):
    """What the child says: the page it stands on, its answers, whether it shows that page at the table.

    ``asks`` are all questions of it, answered or not.
    """

    page: str = ""
    asks: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    shown: bool = True


class HomeVoice(Record):
    """What a home says; ``words`` are empty where it has not said anything of this. ``shared``: the child may see it."""

    household_id: str
    label: str
    who: str = ""
    on: date | None = None
    words: Passage = Passage()
    shared: bool = True


class TeacherVoice(Record):
    """What a teacher sees."""

    teacher_id: str
    name: str
    role: str
    words: Passage = Passage()


class WhatDrives(Record):
    """The three voices. Every home and every teacher of the child is there, also who has not said anything yet."""

    student_name: str
    child: ChildVoice
    homes: tuple[HomeVoice, ...]
    teachers: tuple[TeacherVoice, ...]

    @property
    def voices(self) -> int:
        """How many of the three (child, homes, teachers) have said anything."""
        homes, teachers = any(h.words for h in self.homes), any(t.words for t in self.teachers)
        return sum((bool(self.child.said), homes, teachers))


def drive_prompts(template: ClassTemplate) -> tuple[Section, tuple[Prompt, ...]] | None:
    """Return the page and the prompts that are about what drives a child, or ``None`` if a class asks nothing of it.

    First those of :data:`ABOUT` that this template has. If there are none: every prompt of the page about the
    child, which is the one called ``me`` or, failing that, the first with that drawing.
    """
    for section_id, fields in ABOUT:
        section = template.section(section_id)
        if section is None or section.holds != "answers":
            continue
        found = tuple(p for p in section.prompts if p.field in fields)
        if found:
            return section, found
    pages = [s for s in template.sections if s.holds == "answers" and s.prompts]
    named = (s for s in pages if s.section_id == _PAGE_ABOUT_ME)
    drawn = (s for s in pages if s.icon == _PAGE_ABOUT_ME)
    page = next(named, None) or next(drawn, None)
    return (page, page.prompts) if page else None


def what_drives(book: Book) -> WhatDrives:
    """Return what everybody says of what drives a child, for its teacher's eyes."""
    return WhatDrives(
        student_name=book.student.name,
        child=_child(book),
        homes=tuple(voice for home in book.student.households for voice in _home(book, home.household_id)),
        teachers=_teachers(book),
    )


def for_the_table(drives: WhatDrives, household_id: str = "") -> WhatDrives:
    """Return the part of it that may lie on the table with one home, or with none (a sheet for child and teacher).

    The child sits there too: what a home did not want to share with it stays off, and so does a page the child
    keeps from its family.
    """
    told = [home for home in drives.homes if home.household_id == household_id]
    shared = tuple(home for home in told if home.shared and home.words)
    room = tuple(home.but(words=Passage(), who="", on=None, shared=True) for home in told[:1])
    child = drives.child if drives.child.shown else drives.child.but(said=())
    return drives.but(child=child, homes=shared or room)


def _child(book: Book) -> ChildVoice:
    asked = drive_prompts(book.template)
    if asked is None:
        return ChildVoice()
    section, prompts = asked
    fields = {p.field for p in prompts}
    said = answers(Lens(book=book, audience="conference", household_id=None), section).answers
    return ChildVoice(
        page=section.title,
        asks=tuple(p.ask for p in prompts),
        said=tuple(one for one in said if one.field in fields),
        shown=seen_by(book.portfolio.meta, section, at_home=False),
    )


def _home(book: Book, household_id: str) -> tuple[HomeVoice, ...]:
    """Return the voices of a home: one for each of its pages that says something, else an empty one."""
    home = book.student.household(household_id)
    label = home.label if home else ""
    pages = [one for one in book.portfolio.home_words if one.household_id == household_id]
    voices = tuple(
        HomeVoice(
            household_id=household_id,
            label=label,
            who=page.who,
            on=page.on,
            words=page.drives,
            shared=page.share_with_child,
        )
        for page in pages
        if page.drives
    )
    return voices or (HomeVoice(household_id=household_id, label=label),)


def _teachers(book: Book) -> tuple[TeacherVoice, ...]:
    """Return the voices of the class's teachers in their order, then of authors the class no longer names."""
    notes = {note.teacher_id: note.drives for note in book.portfolio.teacher_page if note.drives}
    known = book.school_class.teachers
    voices = [
        TeacherVoice(
            teacher_id=t.teacher_id, name=t.name, role=t.role, words=notes.pop(t.teacher_id, Passage())
        )
        for t in known
    ]
    rest = [TeacherVoice(teacher_id=i, name="", role="", words=words) for i, words in notes.items()]
    return (*voices, *rest)
