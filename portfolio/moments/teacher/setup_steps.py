"""What is done of each step, and what is not done yet, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from portfolio.errors import N_, PortfolioError
from portfolio.model import SchoolClass, SectionCell, Student
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.roster_homes import home_remarks
from portfolio.views.teacher.setup_page import Step
from portfolio.words import Speech
from portfolio.words.languages import language

BANDS: Final = {
    "k-2": N_("Kindergarten to grade 2"),
    "3-5": N_("Grades 3 to 5"),
    "6-8": N_("Grades 6 to 8"),
    "9-12": N_("Grades 9 to 12"),
}
"""The age bands, in words."""


def steps_of(desk: TeacherDesk) -> tuple[Step, ...]:
    """Return the five steps of setting up."""
    say, school, students = desk.say, desk.school_class, desk.store.students()
    return (
        _class(school, say),
        _children(students, say),
        _homes(students, say),
        _pages(desk, say),
        Step(
            place="cards",
            title=say("Cards for the children"),
            icon="picture",
            done=None,
            state=say("Print a card for each child: with it, the child finds its own book.")
            if students
            else say("When the children are in, you can print a card for each of them."),
        ),
    )


def _class(school: SchoolClass, say: Speech) -> Step:
    told = [f"{school.name} · {say(BANDS[school.age_band])} · {school.round}."]
    if school.conference_on:
        told.append(say("The meetings begin on {day}.", day=say.day(school.conference_on)))
    else:
        told.append(say("The day of the meetings is not set yet."))
    return Step(
        place="setup/class",
        title=say("The class"),
        icon="book",
        done=bool(school.conference_on and school.teachers),
        state=" ".join(told),
    )


def _children(students: Sequence[Student], say: Speech) -> Step:
    if not students:
        state = say("Nobody is in yet. Bring a list from your school’s program, or type the names.")
    else:
        state = say.many(
            "{n} child is in. Each has a book.", "{n} children are in. Each has a book.", len(students)
        )
    return Step(
        place="setup/children" if students else "setup/list",
        title=say("The children"),
        icon="friends",
        done=bool(students),
        state=state,
        more=(("setup/list", say("Bring a list")),) if students else (),
    )


def _homes(students: Sequence[Student], say: Speech) -> Step:
    def has_words(tag: str) -> bool:
        return language(tag).catalog

    open_ones = {
        one.student.student_id
        for one in home_remarks(students, has_words)
        if one.what in ("no home", "no language", "no name")
    }
    if not students:
        state = say("Who gets a copy, and in which language.")
    elif open_ones:
        state = say.many(
            "For {n} child we do not know yet who lives at home, or which language they read.",
            "For {n} children we do not know yet who lives at home, or which language they read.",
            len(open_ones),
        )
    else:
        state = say("Every child has a home, and every home a language.")
    return Step(
        place="setup/homes",
        title=say("Their homes"),
        icon="home",
        done=bool(students) and not open_ones,
        state=state,
    )


def _pages(desk: TeacherDesk, say: Speech) -> Step:
    try:
        shown = [cell for cell in desk.folder.outline() if isinstance(cell, SectionCell)]
        state = say.many("The books have {n} page.", "The books have {n} pages.", len(shown))
        done = bool(shown)
    except PortfolioError:
        state, done = say("The list of pages cannot be read. Look at what is said there."), False
    return Step(
        place="setup/sections",
        title=say("What the books ask"),
        icon="edit",
        done=done,
        state=f"{state} {say('They are ready as they are; you can change them.')}" if done else state,
        more=(("template", say("Change the questions")),),
    )
