"""What a paper for a household may say: a type of its own, filled field by field, as :class:`FamilyView` is.

Papers go out before anybody has written in a book: an invitation, a letter at the start of the year. So nothing of
a portfolio is on them but which agenda the meeting follows. No other home, no note, no word of the child is here.
"""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import Final, Literal

from portfolio.errors import N_
from portfolio.model import (
    AgeBand,
    AgendaChoice,
    ClassTemplate,
    Cloth,
    Household,
    Passage,
    PortfolioMeta,
    Record,
    SchoolClass,
    Student,
    Translation,
)
from portfolio.rules.activities import NONE, Suggested
from portfolio.rules.family_view import AgendaLine, ContactSeen, LearningSeen, translation_for
from portfolio.rules.help_places import HelpPlace

Paper = Literal[
    "invitation", "prep-card", "at-home", "questions", "our-school", "reminder", "letter", "know-you",
    "home-cards", "help-places", "good-news",
]  # fmt: skip

PAPERS: Final[dict[Paper, str]] = {
    "invitation": N_("Invitation"),
    "prep-card": N_("How the meeting goes"),
    "at-home": N_("What we see at home"),
    "questions": N_("To begin a talk with"),
    "our-school": N_("About our school"),
    "reminder": N_("A word the day before"),
    "letter": N_("Letter at the start of the year"),
    "know-you": N_("Getting to know each other"),
    "home-cards": N_("Cards for ten minutes at home"),
    "help-places": N_("Places that help"),
    "good-news": N_("Cards for good news"),
}
"""Every paper for a household: its id, which is also part of the names of files, and what it is called."""

CARDS_ON_A_PAGE: Final = 4
"""Cards for good news that lie on one sheet."""

_WITH_INTERPRETER: Final = 1.5
"""Words said twice take longer (content model, section 4)."""
_ROUNDED: Final = 5
"""Minutes are told in fives: nobody plans an evening in twenty-six of them."""


class PaperView(Record):
    """What papers for one home may say. Made by :func:`paper_view`, never by hand.

    ``reads`` are the language tags of the home, best first; ``household`` is its label. ``minutes`` are those of the
    child's part as they are told to a family (about so many), ``private_minutes`` those for grown-ups alone, if
    wanted. ``meeting_until`` is empty where all meetings are on one day.
    """

    student_name: str
    say_it: str
    household: str
    adults: tuple[str, ...]
    reads: tuple[str, ...]
    interpreter: bool
    reach_by: str
    reach_when: str
    other_children: str
    class_name: str
    round: str
    class_language: str
    age_band: AgeBand
    cloth: Cloth
    teachers: tuple[ContactSeen, ...]
    contacts: tuple[ContactSeen, ...]
    meeting_on: date | None
    meeting_until: date | None
    place: str
    minutes: int
    private_minutes: int
    agenda: tuple[AgendaLine, ...]
    learning: tuple[LearningSeen, ...]
    about_school: Passage
    letter: Passage
    invitation: Passage
    activities: Suggested = NONE
    """Short things to do at home: which goal they are for says nothing here but what it is about."""
    help_places: tuple[HelpPlace, ...] = ()

    @property
    def days_apart(self) -> int:
        """Return how many days after the first meetings the last ones are; 0 where all are on one day."""
        return (self.meeting_until - self.meeting_on).days if self.meeting_on and self.meeting_until else 0

    def translation(self, passage: Passage, page_language: str) -> Translation | None:
        """Return the translation that helps this home, or ``None``: see :func:`translation_for`."""
        return translation_for(passage, (*self.reads, page_language))

    def reads_as_written(self, passage: Passage) -> bool:
        """Return whether this home reads the language a text was written in."""
        return passage.lang.split("-")[0] in {tag.split("-")[0] for tag in self.reads}


def paper_view(
    school: SchoolClass,
    template: ClassTemplate,
    student: Student,
    household: Household,
    meta: PortfolioMeta | None = None,
) -> PaperView:
    """Return what papers for a home may say. ``meta`` tells which agenda the child chose, if its book has begun."""
    words, choice = school.words, meta.agenda if meta else AgendaChoice()
    agenda, private = agenda_of(template, choice)
    until = school.conference_until
    return PaperView(
        student_name=student.name,
        say_it=student.say_it,
        household=household.label,
        adults=household.adults,
        reads=household.reads or (school.language,),
        interpreter=household.interpreter,
        reach_by=household.reach_by,
        reach_when=household.reach_when,
        other_children=household.other_children,
        class_name=school.name,
        round=school.round,
        class_language=school.language,
        age_band=school.age_band,
        cloth=meta.cloth if meta else "sea",
        teachers=tuple(
            ContactSeen(name=t.name, about=t.role, reach=t.reach) for t in school.teachers if t.name
        ),
        contacts=tuple(ContactSeen(name=c.name, about=c.about, reach=c.reach) for c in words.contacts),
        meeting_on=school.conference_on,
        meeting_until=until if until and until != school.conference_on else None,
        place=words.place,
        minutes=told_minutes(agenda, interpreter=household.interpreter or choice.interpreter),
        private_minutes=private,
        agenda=agenda,
        learning=tuple(
            LearningSeen(subject=one.subject, words=one.words) for one in words.learning if one.words
        ),
        about_school=words.about_school,
        letter=words.letter,
        invitation=words.invitation,
    )


def agenda_of(template: ClassTemplate, choice: AgendaChoice) -> tuple[tuple[AgendaLine, ...], int]:
    """Return the steps everybody sits through, with the minutes a teacher gave them, and the minutes for grown-ups."""
    preset = template.agenda(choice.preset)
    changed = {one.step: one.minutes for one in choice.minutes}
    icons = {section.section_id: section.icon for section in template.sections}
    lines, private = [], 0
    for step in preset.steps:
        minutes = changed.get(step.step_id, step.minutes)
        if step.private:
            private += minutes
            continue
        icon = next((icons[name] for name in step.sections if name in icons), "friends")
        lines.append(
            AgendaLine(
                step=step.step_id,
                title=step.title,
                speaker=step.speaker,
                minutes=minutes,
                icon=icon,
                sections=step.sections,
            )
        )
    return tuple(lines), private


def told_minutes(agenda: tuple[AgendaLine, ...], *, interpreter: bool) -> int:
    """Return about how many minutes a meeting takes: longer with an interpreter, rounded up to fives."""
    whole = sum(line.minutes for line in agenda) * (_WITH_INTERPRETER if interpreter else 1)
    return ceil(whole / _ROUNDED) * _ROUNDED
