"""A sheet for a talk with the child before the meeting: the child is heard first. To print and write on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portfolio.errors import N_
from portfolio.model import AgeBand, Student
from portfolio.moments.teacher.child_frame import frame_of
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.child_page import InterviewPage

Group = tuple[str, tuple[str, ...]]

_YOUNGEST: Final[tuple[Group, ...]] = (
    (N_("You"), (N_("What do you like best at school?"), N_("Who do you play with?"), N_("What is hard?"))),
    (N_("Your book"), (N_("Which page do you like best?"), N_("Show me something you can do now."))),
    (
        N_("The meeting"),
        (N_("Who will come?"), N_("What do you want to show first?"), N_("How can I help you?")),
    ),
)
_YOUNG: Final[tuple[Group, ...]] = (
    (
        N_("You"),
        (
            N_("What do you love doing, here or at home?"),
            N_("When do you feel good at school? When not?"),
            N_("What helps you when you are stuck?"),
        ),
    ),
    (
        N_("Your book"),
        (
            N_("Which piece of work are you proudest of? What did you do to get there?"),
            N_("What was hard? What did you try?"),
            N_("Which page is not easy to write yet?"),
        ),
    ),
    (
        N_("The meeting"),
        (
            N_("What do you want your family to see first?"),
            N_("Is there something you do not want to talk about there?"),
            N_("What could go wrong, and what can we do then?"),
            N_("What do you want me to do at the table?"),
        ),
    ),
)
_OLDER: Final[tuple[Group, ...]] = (
    (
        N_("You"),
        (
            N_("What has gone well since we last talked? What did you do for it?"),
            N_("What throws you off, and what brings you back?"),
            N_("Who is in your corner, here and outside?"),
        ),
    ),
    (
        N_("Your book"),
        (
            N_("Which piece shows best how you work? Why that one?"),
            N_("Where do you see your next step yourself?"),
            N_("Which goal do you really want, and what would get in the way?"),
        ),
    ),
    (
        N_("The meeting"),
        (
            N_("What do you want from the people at the table?"),
            N_("What should stay out of it?"),
            N_("Which question would be hard, but fair?"),
            N_("What is my part, and what is not?"),
        ),
    ),
)

QUESTIONS: Final[Mapping[AgeBand, tuple[Group, ...]]] = {
    "k-2": _YOUNGEST,
    "3-5": _YOUNG,
    "6-8": _OLDER,
    "9-12": _OLDER,
}
"""Questions to ask a child before the meeting, by age band: about itself, its book, the meeting."""

LINES: Final[Mapping[AgeBand, int]] = {"k-2": 2, "3-5": 2, "6-8": 2, "9-12": 2}
"""Lines to write on below each question: all of them fit one sheet of paper."""


def interview_screen(desk: TeacherDesk, student: Student) -> SafePage:
    """Return the sheet for a talk with one child."""
    say, band = desk.say, desk.school_class.age_band
    groups = tuple((say(title), tuple(map(say, asks))) for title, asks in QUESTIONS[band])
    return render(InterviewPage(say, frame_of(desk, student, "prepare"), groups, LINES[band]))
