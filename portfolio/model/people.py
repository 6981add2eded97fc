"""The people: a student, the households of a student, a class and its teachers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from portfolio.model.passage import Passage
from portfolio.model.record import Identifier, LanguageTag, Line, Record

AgeBand = Literal["k-2", "3-5", "6-8", "9-12"]
"""The school years a class template is written for."""

Cloth = Literal["moss", "sea", "brick", "berry", "ochre", "night"]
"""The colour of the book, chosen by the child. Never a status."""

Voice = Literal["student", "family", "teacher"]
"""Who is speaking: each has a seat and a shape of speech in every page."""


class Household(Record):
    """One home of a student: a label without family roles, the languages, how they like their copy.

    ``reach_by`` and ``reach_when`` say the best way and time to reach them, ``other_children`` who comes
    along (how many, how old), ``access_needs`` what the room must have. All in their own words.
    """

    household_id: Identifier
    label: Line
    adults: tuple[Line, ...] = ()
    reads: tuple[LanguageTag, ...] = ("en",)
    speaks: tuple[LanguageTag, ...] = ("en",)
    interpreter: bool = False
    copy_as: Literal["file", "print", "both"] = "file"
    reach_by: Line = ""
    reach_when: Line = ""
    other_children: Line = ""
    access_needs: Line = ""


class Student(Record):
    """A child. No birth date, no school number, no address: they are not needed.

    ``picture`` names the drawn picture the child finds itself by in the roster; ``class_name`` a homeroom
    where a class mixes several; ``shows_learning`` how the child likes to show what it can.
    """

    student_id: Identifier
    name: Line
    say_it: Line = ""
    pronouns: Line = ""
    grade: Line = ""
    class_name: Line = ""
    shows_learning: Passage = Passage()
    picture: Identifier = "boat"
    households: tuple[Household, ...] = ()

    def household(self, household_id: str) -> Household | None:
        """Return the household with this id, or ``None``."""
        return next((h for h in self.households if h.household_id == household_id), None)


class Teacher(Record):
    """A grown-up of the school, with the name children use, what they do, and how families reach them."""

    teacher_id: Identifier
    name: Line
    role: Line = ""
    reach: Line = ""


class Learning(Record):
    """What the class is learning in one subject this term, in plain words."""

    subject: Line
    words: Passage = Passage()


class Contact(Record):
    """Somebody families may turn to: who, what for, how."""

    name: Line
    about: Line = ""
    reach: Line = ""


class ClassWords(Record):
    """What a teacher tells all families of a class, written once.

    ``learning``: what we are learning this term · ``about_school``: how things are done here · ``letter``: who I am
    · ``invitation``: what stands on every invitation beside our own words · ``place``: where the meetings are ·
    ``contacts``: whom else to ask.
    """

    learning: tuple[Learning, ...] = ()
    about_school: Passage = Passage()
    letter: Passage = Passage()
    invitation: Passage = Passage()
    place: Line = ""
    contacts: tuple[Contact, ...] = ()


class SchoolClass(Record):
    """A class in one round of conferences, for example grade 4 in the fall of 2026.

    The meetings are on ``conference_on``, or from then until ``conference_until``.
    """

    class_id: Identifier
    name: Line
    age_band: AgeBand
    round: Line
    language: LanguageTag = "en"
    teachers: tuple[Teacher, ...] = ()
    conference_on: date | None = None
    conference_until: date | None = None
    delete_by: date | None = None
    words: ClassWords = ClassWords()
