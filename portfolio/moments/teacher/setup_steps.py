"""What is done of each step, and what is not done yet, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from portfolio.errors import N_, PortfolioError
from portfolio.model import SchoolClass, SectionCell, Student
from portfolio.moments.links import known_links
from portfolio.moments.teacher.cards_way import usual_way
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.roster_homes import home_remarks
from portfolio.views.teacher.setup_page import Step
from portfolio.words import Speech
from portfolio.words.languages import language

PRINT: Final = N_("Print a card for each child: with it, the child finds its own book.")

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
        _cards(desk, students, say),
    )


def _class(school: SchoolClass, say: Speech) -> Step:
    told = [f"{school.name} · {say(BANDS[school.age_band])} · {school.round}."]
    named = any(one.name for one in school.teachers)
    if not named:
        told.append(say("Your name is not written yet."))
    first, last = school.conference_on, school.conference_until
    if first and last and last != first:
        apart = (last - first).days > 1  # between them may be days without any
        days = {"day": say.day(first), "until": say.day(last)}
        told.append(
            say("The meetings are between {day} and {until}.", **days)
            if apart
            else say("The meetings are from {day} to {until}.", **days)
        )
    elif first:
        told.append(say("The meetings are on {day}.", day=say.day(first)))
    else:
        told.append(say("The day of the meetings is not set yet."))
    return Step(
        place="setup/class",
        title=say("The class"),
        icon="book",
        done=bool(school.conference_on and named),
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

    remarks = home_remarks(students, has_words)
    nobody = {one.student.student_id for one in remarks if one.what in ("no home", "no name")}
    unknown = {one.student.student_id for one in remarks if one.what == "unknown language"}
    unsaid = sum(one.what == "no language" for one in remarks)
    told = [
        say.many(
            "For {n} child, the list names a language we do not know. Look at it once.",
            "For {n} children, the list names languages we do not know. Look at them once.",
            len(unknown),
        )
        if unknown
        else "",
        say.many("{n} home has no language yet.", "{n} homes have no language yet.", unsaid)
        if unsaid
        else "",
        say.many(
            "For {n} child we do not know yet who lives at home.",
            "For {n} children we do not know yet who lives at home.",
            len(nobody),
        )
        if nobody
        else "",
    ]
    open_ones = [one for one in told if one]
    if not students:
        state = say("Who gets a copy, and in which language.")
    elif open_ones:
        state = " ".join(open_ones)
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


def _cards(desk: TeacherDesk, students: Sequence[Student], say: Speech) -> Step:
    """Return the last step: ready when a card can be printed for every child. Whether it was, nobody can know."""
    by_link = usual_way(desk) == "links"
    missing = _without_link(desk, students) if by_link else ()
    if not students:
        state = say("When the children are in, you can print a card for each of them.")
    elif missing is None:
        state = say("The list of links cannot be read. Look at the cards.")
    elif missing:
        state = say.many(
            "{n} child has no link yet. Make it, then print the cards.",
            "{n} children have no link yet. Make the links, then print the cards.",
            len(missing),
        )
    else:
        told = say("Every child has a link.") if by_link else say("Every child has a picture.")
        state = f"{told} {say(PRINT)}"
    return Step(
        place="cards",
        title=say("Cards for the children"),
        icon="picture",
        done=bool(students) and missing == (),
        state=state,
    )


def _without_link(desk: TeacherDesk, students: Sequence[Student]) -> tuple[str, ...] | None:
    """Return the children (ids) without a link that could be printed; ``None`` if the list cannot be read."""
    try:
        known = known_links(desk.folder, desk.store, desk.fingerprint)
    except PortfolioError:
        return None
    return tuple(one.student_id for one in students if one.student_id not in known)
