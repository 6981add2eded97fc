# long: the facts of a class, and who is who
"""The step “The class”: what it is called, for which grades, its days, its language; and who is who."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from portfolio.errors import InputRefused, NotFound
from portfolio.model import SchoolClass, Teacher
from portfolio.moments.classes import change_language
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_band import change_band, who_has_written
from portfolio.moments.teacher.setup_keep import Shown, Values, line
from portfolio.moments.teacher.setup_round import begin_round, rename_round
from portfolio.moments.teacher.setup_steps import BANDS
from portfolio.moments.teacher.setup_word import drop_word, keep_word, word_of
from portfolio.moments.teacher.setup_words import names_in_line
from portfolio.views.teacher import render
from portfolio.views.teacher.setup_class_page import SetupClassPage, TeacherForm
from portfolio.words import LANGUAGES, Speech
from portfolio.words.language_names import named

MOST_TEACHERS: Final = 40
FIRST_YEAR: Final = 2000


class ClassPart:
    """The screen ``setup/class``."""

    def __init__(self, desk: TeacherDesk, shown: Shown) -> None:
        self._desk = desk
        self._shown = shown

    def show(self, at: At) -> Screen:
        """Return the screen. Raises ``NotFound`` for a place below it."""
        if at:
            raise NotFound("There is no such page here. Go back to the class.")
        desk, say = self._desk, self._desk.say
        school = desk.school_class
        page = SetupClassPage(
            say=say,
            values=facts_of(school),
            version=self._shown.version(facts_of(school)),
            languages=language_options(say, school.language),
            bands=[(band, say(words)) for band, words in BANDS.items()],
            band=school.age_band,
            band_words=say(BANDS[school.age_band]),
            written=names_in_line(who_has_written(desk.store), say),
            round=school.round,
            earlier=earlier_rounds(desk),
            teachers=[self._form(one) for one in known_teachers(desk, school)],
            word=word_of(desk).there(),
        )
        return Screen(title=say("The class"), body=render(page), back=("setup", say("Setting up")))

    def _form(self, teacher: Teacher) -> TeacherForm:
        values = _teacher_values(teacher)
        return TeacherForm(
            teacher_id=teacher.teacher_id,
            values=values,
            version=self._shown.version(values),
            here=teacher.teacher_id == self._desk.teacher_id,
        )

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form of the screen asks. Raises ``PortfolioError``: then nothing was done."""
        acts: dict[str, Callable[[Asked], Outcome]] = {
            "facts": self._keep_facts,
            "teacher": self._keep_teacher,
            "add-teacher": self._add_teacher,
            "remove-teacher": self._remove_teacher,
            "band": lambda told: change_band(self._desk, told.one("band")),
            "rename-round": lambda told: rename_round(self._desk, line(told.one("round"), "round", 100)),
            "own-word": lambda told: keep_word(self._desk, told),
            "drop-word": lambda _: drop_word(self._desk),
            "new-round": lambda told: begin_round(self._desk, line(told.one("new-round"), "new-round", 100)),
        }
        if at or asked.what not in acts:
            raise unknown(asked)
        return acts[asked.what](asked)

    def _keep_facts(self, asked: Asked) -> Outcome:
        store = self._desk.store
        with store.together():
            before = store.school_class()
            done = self._shown.merged(asked, facts_of(before))
            after = with_facts(before, done.values)
            if after != before:
                store.keep_class(after)
            if after.language != before.language:
                change_language(store, after.language)
        return Outcome(version=self._shown.version_after(done, facts_of(after)))

    def _keep_teacher(self, asked: Asked) -> Outcome:
        store, wanted = self._desk.store, asked.one("teacher")
        with store.together():
            school = store.school_class()
            before = next((t for t in known_teachers(self._desk, school) if t.teacher_id == wanted), None)
            if before is None:
                raise _gone()
            done = self._shown.merged(asked, _teacher_values(before))
            after = _with_values(before, done.values)
            there = any(t.teacher_id == wanted for t in school.teachers)
            kept = tuple(after if t.teacher_id == wanted else t for t in school.teachers)
            if not there or kept != school.teachers:
                store.keep_class(school.but(teachers=kept if there else (after, *kept)))
        return Outcome(version=self._shown.version_after(done, _teacher_values(after)))

    def _add_teacher(self, asked: Asked) -> Outcome:
        store = self._desk.store
        told = {name: asked.one(name) for name in ("name", "role", "reach")}
        with store.together():
            school = store.school_class()
            if len(school.teachers) >= MOST_TEACHERS:
                raise InputRefused(
                    "There is room for {most} grown-ups. Take one out first.", most=MOST_TEACHERS
                )
            made = _with_values(Teacher(teacher_id=f"teacher-{self._desk.new_id()}", name=""), told)
            store.keep_class(school.but(teachers=(*school.teachers, made)))
        return Outcome(say=self._desk.say("{name} is added.", name=made.name), focus="f-name-new")

    def _remove_teacher(self, asked: Asked) -> Outcome:
        store, wanted = self._desk.store, asked.one("teacher")
        if wanted == self._desk.teacher_id:
            raise InputRefused("This is you. Somebody else of the school can take you out at their own desk.")
        with store.together():
            school = store.school_class()
            gone = next((t for t in school.teachers if t.teacher_id == wanted), None)
            if gone is None:
                raise _gone()
            if _has_written(self._desk, wanted):
                raise InputRefused(
                    "{name} has written in the children’s books, so the name stays: families ask who it was.",
                    name=gone.name,
                )
            store.keep_class(school.but(teachers=tuple(t for t in school.teachers if t.teacher_id != wanted)))
        word_of(self._desk, wanted).drop()
        return Outcome(say=self._desk.say("{name} is taken out of the list.", name=gone.name))


def facts_of(school: SchoolClass) -> Values:
    """Return what the form of the class shows."""
    return {
        "name": school.name,
        "language": school.language,
        "conference_on": _iso(school.conference_on),
        "conference_until": _iso(school.conference_until),
        "delete_by": _iso(school.delete_by),
        "place": school.words.place,
    }


def with_facts(school: SchoolClass, values: Values) -> SchoolClass:
    """Return the class with what the form says. Raises ``InputRefused`` naming the field."""
    name = line(values["name"], "name", 200)
    if not name:
        raise InputRefused("The class needs a name. Write what the children call it.", field="name")
    if values["language"] not in {*LANGUAGES, school.language}:
        raise InputRefused("This language is not in our list. Choose another one.", field="language")
    begins = _day(values["conference_on"], "conference_on")
    ends = _day(values["conference_until"], "conference_until")
    if ends and (begins is None or ends < begins):
        raise InputRefused(
            "The last day of the meetings is before the first. Look at both days.", field="conference_until"
        )
    return school.but(
        name=name,
        language=values["language"],
        conference_on=begins,
        conference_until=ends,
        delete_by=_day(values["delete_by"], "delete_by"),
        words=school.words.but(place=line(values["place"], "place")),
    )


def known_teachers(desk: TeacherDesk, school: SchoolClass) -> tuple[Teacher, ...]:
    """Return who teaches the class; whoever sits here is among them, also before they have a name."""
    here = Teacher(teacher_id=desk.teacher_id, name="")
    return (
        school.teachers
        if any(t.teacher_id == desk.teacher_id for t in school.teachers)
        else (here, *school.teachers)
    )


def earlier_rounds(desk: TeacherDesk) -> list[str]:
    """Return the rounds the class has had besides the one it is in, oldest first."""
    metas = sorted(
        (meta for rounds in desk.store.all_rounds().values() for meta in rounds),
        key=lambda meta: meta.started_on,
    )
    return [name for name in dict.fromkeys(meta.round for meta in metas) if name != desk.school_class.round]


def language_options(say: Speech, chosen: str) -> list[tuple[str, str]]:
    """Return the languages a class can work in: by name, those with our texts first."""
    ours = {tag: named(tag, say.lang) for tag, one in LANGUAGES.items() if one.catalog}
    others = {tag: named(tag, say.lang) for tag, one in LANGUAGES.items() if not one.catalog}
    if chosen not in LANGUAGES:
        others[chosen] = named(chosen, say.lang)
    return [
        *ours.items(),
        *((tag, say("{language} (our own words in English)", language=name)) for tag, name in others.items()),
    ]


def _gone() -> NotFound:
    return NotFound("This name is not in the list any more. Load the page again.")


def _teacher_values(teacher: Teacher) -> Values:
    return {"name": teacher.name, "role": teacher.role, "reach": teacher.reach}


def _with_values(teacher: Teacher, values: Values) -> Teacher:
    name = line(values["name"], "name", 200)
    if not name:
        raise InputRefused("Write the name children say, such as “Ms. Rivera”.", field="name")
    return teacher.but(name=name, role=line(values["role"], "role"), reach=line(values["reach"], "reach"))


def _has_written(desk: TeacherDesk, teacher_id: str) -> bool:
    """Return whether a note, comment or approval of somebody is in any book."""
    for meta in (meta for rounds in desk.store.all_rounds().values() for meta in rounds):
        if meta.approved is not None and meta.approved.teacher_id == teacher_id:
            return True
        if any(
            getattr(kept.entry, "teacher_id", "") == teacher_id
            for kept in desk.store.entries(meta.portfolio_id)
        ):
            return True
    return False


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.year < FIRST_YEAR:
        raise InputRefused(
            "This is no day we know. Write it with a whole year, or leave it empty.", field=field
        )
    return found
