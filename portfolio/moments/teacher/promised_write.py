"""Writing down what was said: a promise of anybody's, and a worry of a home in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from portfolio.errors import InputRefused
from portfolio.model import HomeWords, Household, Student
from portfolio.moments.classes import begin
from portfolio.moments.room import Asked, Outcome
from portfolio.moments.teacher.promised_reading import home_label
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.home_words import says_anything
from portfolio.rules.promised import as_said
from portfolio.rules.worries import heard
from portfolio.views.teacher.promised_page import WorryForm, WriteForms
from portfolio.words import LANGUAGES
from portfolio.words.language_names import named
from portfolio.words.speech import Speech

_PROMISE: Final = ("who", "name", "words", "by_when")
_WORRY: Final = ("worry", "worry_day")


def languages_from(say: Speech, first: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return languages to choose from, tag and name: these first, then all we know by name."""
    return tuple((tag, named(tag, say.lang)) for tag in dict.fromkeys((*first, *LANGUAGES)) if tag)


def forms(desk: TeacherDesk, students: Sequence[Student], student_id: str) -> WriteForms:
    """Return what the forms for a promise and a worry offer: for the class, or for one child (``student_id``)."""
    homes = [(student, home) for student in students for home in student.households]
    spoken = (tag for _, home in homes for tag in (*home.reads, *home.speaks))
    school = desk.school_class
    return WriteForms(
        children=tuple((one.student_id, one.name) for one in students),
        student_id=student_id,
        homes=tuple(_home_choice(desk, student, home, alone=bool(student_id)) for student, home in homes),
        worry=WorryForm(
            languages=languages_from(desk.say, (school.language, *spoken)),
            lang=school.language,
            today=desk.today().isoformat(),
        ),
    )


def _home_choice(desk: TeacherDesk, student: Student, home: Household, *, alone: bool) -> tuple[str, str]:
    label = home_label(desk.say, student, home.household_id)
    value = f"{student.student_id}/{home.household_id}"
    return value, label if alone else desk.say("{name}, {home}", name=student.name, home=label)


def worry_form(desk: TeacherDesk, home: Household, typed: Iterable[HomeWords]) -> WorryForm:
    """Return the form for a worry of one home.

    Its language begins as that of the class, which the teacher types in; where words of the home (``typed``) are there,
    as theirs.
    """
    lang = desk.school_class.language
    theirs = next((page.lang for page in typed if says_anything(page)), "")
    return WorryForm(
        languages=languages_from(desk.say, (lang, theirs, *home.reads, *home.speaks)),
        lang=theirs or lang,
        today=desk.today().isoformat(),
    )


def write(desk: TeacherDesk, asked: Asked, student_id: str) -> Outcome:
    """Keep a promise or a worry from the list (``student_id``: of one child). Raises ``PortfolioError``."""
    if asked.what == "promise":
        return _promise(desk, asked, student_id or asked.one("child"))
    child, _, household_id = asked.one("home").partition("/")
    student = _student(desk, child, "home")
    home = student.household(household_id)
    if home is None or (student_id and student_id != child):
        raise InputRefused("Choose the home.", field="home")
    keep_worry(desk, student, home, asked)
    told = desk.say("It is kept in the family’s own words. It is over when they say so.")
    return Outcome(say=told)


def _student(desk: TeacherDesk, student_id: str, field: str) -> Student:
    found = next((one for one in desk.store.students() if one.student_id == student_id), None)
    if found is None and field == "home":
        raise InputRefused("Choose the home.", field="home")
    if found is None:
        raise InputRefused("Choose the child.", field=field)
    return found


def _promise(desk: TeacherDesk, asked: Asked, student_id: str) -> Outcome:
    """Keep a promise in the newest book of a child, as its page of promises would."""
    student = _student(desk, student_id, "child")
    told = {name: asked.one(name) for name in _PROMISE}
    lang = desk.school_class.language
    made = as_said(f"agreement-{desk.new_id()}", told, desk.teacher.name, lang)
    rounds = desk.store.rounds(student.student_id)
    book = rounds[-1].portfolio_id if rounds else book_of_now(desk, student)
    desk.store.keep(book, made, expected=0, by=desk.by, at=desk.now())
    return Outcome(say=_written(desk, student))


def _written(desk: TeacherDesk, student: Student) -> str:
    """Return where a promise stands now: on the book's page of promises, if it has one."""
    pages = (one for one in desk.folder.template().sections if one.holds == "agreements")
    page = next(pages, None)
    if page is None:
        return desk.say("It is written down in {name}’s book.", name=student.name)
    return desk.say(
        "It is written down in {name}’s book, on the page “{page}”.",
        name=student.name,
        page=desk.say(page.title),
    )


def book_of_now(desk: TeacherDesk, student: Student) -> str:
    """Return the id of a child's book of this round, begun if there was none."""
    return begin(desk.store, desk.folder.template(), student.student_id, desk.today()).portfolio_id


def keep_worry(desk: TeacherDesk, student: Student, home: Household, asked: Asked) -> None:
    """Keep a worry a home told, in its own words, in the book of this round. Raises ``PortfolioError``: nothing was kept."""
    lang = asked.one("worry_lang") or desk.school_class.language
    if lang not in dict(languages_from(desk.say, (desk.school_class.language, *home.reads, *home.speaks))):
        raise InputRefused("Choose the language the family wrote in.", field="worry_lang")
    told: Mapping[str, str] = {**{name: asked.one(name) for name in _WORRY}, "worry_lang": lang}
    concern = heard(f"concern-{desk.new_id()}", home.household_id, told, desk.today())
    desk.store.keep(book_of_now(desk, student), concern, expected=0, by=desk.by, at=desk.now())
