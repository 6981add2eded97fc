# long: everybody's homes and one child's, with the forms of both
"""The step “Their homes”: everybody's homes on one screen, and the homes of one child with all one may say of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from portfolio.errors import InputRefused, NotFound
from portfolio.model import Household, Student
from portfolio.model.own_language import nobody_looked, own_word
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.roster import id_of
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_home_form import (
    TICKS,
    adults_in,
    home_values,
    home_written,
    with_home_values,
)
from portfolio.moments.teacher.setup_home_words import remarks_of, siblings_of
from portfolio.moments.teacher.setup_keep import Shown, line
from portfolio.moments.teacher.setup_list_homes import as_looked_at, language_told, unsure_languages
from portfolio.moments.teacher.setup_words import called, languages_in
from portfolio.rules.roster_names import free
from portfolio.rules.roster_rows import MOST_HOMES
from portfolio.views.teacher import render
from portfolio.views.teacher.setup_homes_page import (
    ChildHomes,
    HomeForm,
    HomeRemarks,
    SaidPart,
    SetupChildHomesPage,
    SetupHomesPage,
)
from portfolio.words.language_names import name_of, named, names_of

SHORT: Final = frozenset({"adults", "reads", "interpreter"})
"""What is asked of every home on the screen for the whole class."""


class HomesPart:
    """The screens ``setup/homes`` and ``setup/homes/<child>``."""

    def __init__(self, desk: TeacherDesk, shown: Shown) -> None:
        self._desk = desk
        self._shown = shown

    def show(self, at: At) -> Screen:
        """Return the screen of everybody or of one child. Raises ``NotFound``."""
        if len(at) > 1:
            raise NotFound("There is no such page here. Go back to the class.")
        return self._one(self._desk.student(at)) if at else self._everybody()

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks. Raises ``PortfolioError``: then nothing was done."""
        if len(at) > 1:
            raise unknown(asked)
        acts: dict[str, Callable[[Student, Asked], Outcome]] = {
            "home": lambda child, told: self._keep(child.student_id, told, short=not at),
            "add-home": self._add,
            "same-home": self._same_as,
            "remove-home": self._remove,
            "home-language": self._language,
            "two-homes": self._two_homes,
        }
        if asked.what == "class-language" and not at:
            return self._class_language()
        if asked.what not in acts or (not at and asked.what not in ("home", "add-home", "two-homes")):
            raise unknown(asked)
        return acts[asked.what](self._desk.student(at or (asked.one("child"),)), asked)

    # -------------------------------------------------------------------------------------------- showing

    def _everybody(self) -> Screen:
        say, students = self._desk.say, self._desk.store.students()
        page = SetupHomesPage(
            say=say,
            children=[
                ChildHomes(
                    student.student_id,
                    student.name,
                    [self._form(student, home, short=True) for home in student.households],
                )
                for student in students
            ],
            remarks=self._remarks(),
            siblings=siblings_of(students, say),
            example=names_of(("es", "en"), say.lang),
        )
        return Screen(title=say("Their homes"), body=render(page), back=("setup", say("Setting up")))

    def _remarks(self) -> HomeRemarks:
        say = self._desk.say
        tag = self._desk.school_class.language
        return HomeRemarks(
            say=say,
            lines=remarks_of(self._desk.store.students(), say, tag),
            class_language=name_of(tag, say.lang),
        )

    def _one(self, student: Student) -> Screen:
        say, students = self._desk.say, self._desk.store.students()
        page = SetupChildHomesPage(
            say=say,
            student_id=student.student_id,
            name=student.name,
            homes=[self._form(student, home, short=False) for home in student.households],
            others=[
                (f"{other.student_id}/{home.household_id}", f"{other.name}: {called(home, say)}")
                for other in students
                if other.student_id != student.student_id
                for home in other.households
                if home.label or home.adults
            ],
            siblings=[
                one for one in siblings_of(students, say) if student.student_id in (one.one, one.other)
            ],
            full=len(student.households) >= MOST_HOMES,
            after=_next_of(student, students),
        )
        return Screen(
            title=say("The homes of {name}", name=student.name),
            body=render(page),
            back=("setup/homes", say("Their homes")),
        )

    def _form(self, student: Student, home: Household, *, short: bool) -> HomeForm:
        say = self._desk.say
        values = {k: v for k, v in home_values(home, say).items() if not short or k in SHORT}
        return HomeForm(
            child=student.student_id,
            home=home.household_id,
            title=called(home, say),
            own_label=home.label if home.label != ", ".join(home.adults) else "",
            values=values,
            version=self._shown.version(values),
            unsaid=self._unsaid(home),
            written="" if short else home_written(self._desk.store, student, home.household_id, say),
            unsure=() if short else unsure_languages(home, say),
        )

    def _unsaid(self, home: Household) -> str:
        """Return that nobody has said a language of a home, and what its copy is in meanwhile; else ""."""
        say = self._desk.say
        tag = self._desk.school_class.language
        return (
            ""
            if home.reads
            else say("Not said yet: its copy will be in {language}.", language=name_of(tag, say.lang))
        )

    # -------------------------------------------------------------------------------------------- doing

    def _keep(self, student_id: str, asked: Asked, *, short: bool) -> Outcome:
        store, say, wanted = self._desk.store, self._desk.say, asked.one("home")
        names = SHORT if short else None

        def values_of(home: Household) -> dict[str, str]:
            return {k: v for k, v in home_values(home, say).items() if names is None or k in names}

        with store.together():
            student = store.student(student_id)
            before = student.household(wanted)
            if before is None:
                raise NotFound("This home is not there any more. Load the page again.")
            done = self._shown.merged(asked, values_of(before), TICKS)
            after = with_home_values(before, done.values, done.changed, say)
            if after != before:
                homes = tuple(after if home.household_id == wanted else home for home in student.households)
                store.keep_student(student.but(households=homes))
        asides = {
            **({"home-remarks": render(self._remarks())} if short else {}),
            **({} if short else {f"home-{wanted}": render(SaidPart(say=say, words=called(after, say)))}),
            f"unsaid-{student_id}-{wanted}": render(SaidPart(say=say, words=self._unsaid(after))),
        }
        return Outcome(version=self._shown.version_after(done, values_of(after)), asides=asides)

    def _two_homes(self, student: Student, asked: Asked) -> Outcome:
        """Go to where the second home of a child is written down."""
        del asked
        return Outcome(
            say=self._desk.say(
                "Write down the second home of {name}. Whom to take out of the first one, change there.",
                name=student.name,
            ),
            go=f"setup/homes/{student.student_id}",
            focus="one-more",
        )

    def _class_language(self) -> Outcome:
        """Somebody says that the homes nobody has told a language of read the language of the class."""
        desk, store, count = self._desk, self._desk.store, 0
        with store.together():
            tags = (store.school_class().language,)
            for student in store.students():
                unsaid = [home for home in student.households if not home.reads]
                count += len(unsaid)
                homes = tuple(
                    home if home.reads else home.but(reads=tags, speaks=home.speaks or tags)
                    for home in student.households
                )
                if unsaid:
                    store.keep_student(student.but(households=homes))
        return Outcome(
            say=desk.say.many(
                "{language} is written down for {n} home.",
                "{language} is written down for {n} homes.",
                count,
                language=name_of(tags[0], desk.say.lang),
            ),
            focus="home-remarks",
        )

    def _add(self, student: Student, asked: Asked) -> Outcome:
        say = self._desk.say
        adults = adults_in(asked.one("adults"))
        reads = languages_in(asked.one("reads"), "reads", say)
        label = line(asked.one("label"), "label", 200) or ", ".join(adults)
        made = self._keep_new(student.student_id, Household(
            household_id="home", label=label, adults=adults, reads=reads, speaks=reads))  # fmt: skip
        return Outcome(
            say=say("{name} has one more home: {home}.", name=student.name, home=called(made, say)),
            focus=f"home-{made.household_id}",
        )

    def _same_as(self, student: Student, asked: Asked) -> Outcome:
        other_id, _, home_id = asked.one("like").partition("/")
        say = self._desk.say
        other = self._desk.student((other_id,))
        like = other.household(home_id)
        if like is None or other_id == student.student_id:
            raise InputRefused("Choose a home from the list.", field="like")
        made = self._keep_new(student.student_id, like)
        return Outcome(
            say=say(
                "{home} is written down for {name} too. From now on each is changed by itself.",
                home=called(made, say),
                name=student.name,
            ),
            focus=f"home-{made.household_id}",
        )

    def _keep_new(self, student_id: str, home: Household) -> Household:
        """Give a child one more home, in place of one nobody has said anything of."""
        store = self._desk.store
        with store.together():
            student = store.student(student_id)
            first = student.households[0] if len(student.households) == 1 else None
            if first is not None and not (first.label or first.adults):
                made = home.but(household_id=first.household_id)
                homes: tuple[Household, ...] = (made,)
            else:
                if len(student.households) >= MOST_HOMES:
                    raise InputRefused("There is room for {most} homes of one child.", most=MOST_HOMES)
                taken = [one.household_id for one in student.households]
                made = home.but(household_id=free(id_of(home.label) or "home", taken))
                homes = (*student.households, made)
            store.keep_student(student.but(households=homes))
        return made

    def _remove(self, student: Student, asked: Asked) -> Outcome:
        store, say, wanted = self._desk.store, self._desk.say, asked.one("home")
        with store.together():
            student = store.student(student.student_id)
            home = student.household(wanted)
            if home is None:
                raise NotFound("This home is not there any more. Load the page again.")
            if home_written(store, student, wanted, say):
                raise InputRefused(
                    "{home} has written in the book of {name}, so it stays: its words belong to it.",
                    home=called(home, say),
                    name=student.name,
                )
            store.keep_student(
                student.but(households=tuple(h for h in student.households if h.household_id != wanted))
            )
        return Outcome(say=say("{home} is taken out.", home=called(home, say)))

    def _language(self, student: Student, asked: Asked) -> Outcome:
        """Somebody looked at a word for a language: it is one we know, or one of its own."""
        store, say, listed, wanted = self._desk.store, self._desk.say, asked.one("tag"), asked.one("home")
        with store.together():
            student = store.student(student.student_id)
            home = student.household(wanted)
            if home is None or not nobody_looked(listed) or listed not in (*home.reads, *home.speaks):
                raise NotFound("Somebody has looked at this word meanwhile. Load the page again.")
            told = language_told(asked, listed)
            after = as_looked_at(home, listed, told)
            homes = tuple(after if one.household_id == wanted else one for one in student.households)
            store.keep_student(student.but(households=homes))
        return Outcome(
            say=say(
                "“{word}” is written down as {language}.",
                word=own_word(listed),
                language=named(told, say.lang),
            ),
            focus=f"home-{wanted}",
        )


def _next_of(student: Student, students: tuple[Student, ...]) -> tuple[str, str] | None:
    """Return id and name of the child after this one, so that one can go from child to child."""
    ids = [one.student_id for one in students]
    at = ids.index(student.student_id) + 1 if student.student_id in ids else len(ids)
    return (students[at].student_id, students[at].name) if at < len(students) else None
