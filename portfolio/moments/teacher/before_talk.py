"""What drives a child, three voices side by side; and first sentences for a talk."""

from __future__ import annotations

from typing import Final

from portfolio.errors import N_, NotFound
from portfolio.moments.room import At, Screen
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.conversation import TOPICS, Talker
from portfolio.rules.what_drives import for_the_table, what_drives
from portfolio.store.class_folder import book_of
from portfolio.views.teacher import render
from portfolio.views.teacher.before_page import DrivesPage, StartersPage
from portfolio.words import LANGUAGES, speak
from portfolio.words.language_names import named

BEGINS: Final[dict[Talker, str]] = {
    "teacher": N_("The teacher begins"),
    "family": N_("The family begins"),
    "student": N_("The child begins"),
}
CALLED: Final[dict[Talker, str]] = {"teacher": N_("your child"), "family": N_("my child"), "student": ""}
"""What stands in place of a child's name where no child is meant yet."""


def show_drives(desk: TeacherDesk, at: At) -> Screen:
    """Return the screen with what drives a child; a second part names the home whose words go onto the sheet."""
    student = desk.student(at)
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), student.student_id)
    drives = what_drives(book)
    wanted = at[1] if len(at) > 1 else next((home.household_id for home in student.households), "")
    household = student.household(wanted)
    if wanted and household is None:
        raise NotFound(
            "{student} does not have this home any more. Go back and choose one.", student=student.name
        )
    page = DrivesPage(
        say=desk.say,
        student=student,
        teacher_id=desk.teacher_id,
        drives=drives,
        table=for_the_table(drives, wanted),
        household=household,
        homes=tuple((home.household_id, home.label or home.household_id) for home in student.households),
        on=desk.school_class.conference_on,
    )
    title = desk.say("What makes {name} want to try", name=student.name)
    return Screen(title, render(page), back=("before", desk.say("Before the meeting")))


def show_starters(desk: TeacherDesk, at: At) -> Screen:
    """Return the screen with first sentences for teacher, family and child; the part of a place is the language."""
    tag = at[0] if at and at[0] in LANGUAGES and LANGUAGES[at[0]].catalog else desk.school_class.language
    page = StartersPage(
        say=desk.say,
        spoken=speak(tag),
        topics=TOPICS,
        languages=tuple(
            (one.tag, named(one.tag, desk.say.lang), one.tag == speak(tag).lang)
            for one in LANGUAGES.values()
            if one.catalog
        ),
        begins={who: speak(tag)(words) for who, words in BEGINS.items()},
        names={who: speak(tag)(words) for who, words in CALLED.items()},
    )
    return Screen(
        desk.say("To begin a talk with"), render(page), back=("before", desk.say("Before the meeting"))
    )
