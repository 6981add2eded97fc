"""A minute after a meeting: what was decided, one promise to add, and the paper for each home."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from portfolio.errors import NotFound
from portfolio.model import Agreement, Goal, Household, Portfolio, Section, Student, Voice
from portfolio.moments.conference.look_again import calendar_of
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.together import agree, goals_section
from portfolio.moments.decided import decided_file, decided_for
from portfolio.moments.papers import known_language
from portfolio.moments.room import Asked, At, Download, Outcome, Screen, unknown
from portfolio.moments.teacher import promised_write
from portfolio.moments.teacher.draft_words import unchecked
from portfolio.moments.teacher.meetings_books import Books, ChildMeets, home_of
from portfolio.rules.papers import paper_view
from portfolio.rules.set_together import says
from portfolio.store.class_folder import book_of
from portfolio.views.decided import decided_sheet
from portfolio.views.papers import language_for
from portfolio.views.teacher import render
from portfolio.views.teacher.meetings_after_page import AfterPage, DecidedLine, DecidedPage, GoalDecidedLine
from portfolio.words import LANGUAGES, Speech, speak
from portfolio.words.language_names import name_of, named

_OWN = "own"


class After:
    """The screens ``meetings/after/<child>`` and ``meetings/decided/<child>/<home>[/<language>]``."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._desk = books.desk

    def show(self, at: At) -> Screen:
        """Return what was decided with a child. Raises ``NotFound``."""
        desk, say, student = self._desk, self._desk.say, self._desk.student(at)
        child, school, template = self._books.of(student), desk.school_class, desk.folder.template()
        meta = child.book.meta if child.book else None
        goals = [one for one in child.book.goals if one.set_by == "together"] if child.book else []
        days = sorted({day for goal in goals for day in goal.look_again})
        page = AfterPage(
            say=say,
            student_id=student.student_id,
            name=student.name,
            goals=tuple(self._goal(student, child.book, one) for one in goals if says(one))
            if child.book
            else (),
            promises=tuple(_promises(child, say)),
            parked=sum(not one.done for one in child.book.parked) if child.book else 0,
            days=tuple(say.day(day) for day in days),
            homes=tuple(
                (
                    home.household_id,
                    home.label or say("home"),
                    name_of(language_for(paper_view(school, template, student, home, meta)), say.lang),
                )
                for home in student.households
            ),
        )
        title = say("What was decided with {name}", name=student.name)
        return Screen(title, render(page), ("meetings", say("The meetings")))

    def do(self, at: At, asked: Asked) -> Outcome:
        """Keep a promise of the teacher's, or a yes to the goal. Raises ``PortfolioError``: then nothing was kept."""
        if asked.what == "agree":
            return self._agree(at, asked)
        if asked.what != "promise":
            raise unknown(asked)
        mine = Asked("promise", {**asked.values, "who": ("teacher",), "name": ()})
        return promised_write.write(self._desk, mine, self._desk.student(at).student_id)

    def _agree(self, at: At, asked: Asked) -> Outcome:
        desk, yes = self._desk, asked.one("yes") == "1"
        table = self._table(desk.student(at))
        agree(table, asked.one("goal"), "teacher", yes, asked.version or 0)  # never to words nobody has read
        return Outcome(say=desk.say("Your yes stands there.") if yes else desk.say("Your yes is taken back."))

    def _table(self, student: Student) -> Table:
        desk = self._desk
        return Table(
            desk.folder, desk.store, student.student_id, desk.now, desk.today, desk.new_id, by=desk.by
        )

    def _goal(self, student: Student, book: Portfolio, one: Goal) -> GoalDecidedLine:
        say, section = self._desk.say, goals_section(self._table(student).book)
        teachers = [known.name for known in self._desk.school_class.teachers if known.name]
        names: dict[Voice, str] = {
            "student": student.name,
            "family": say("the family"),
            "teacher": teachers[0] if len(teachers) == 1 else say("the teacher"),
        }
        helpers = [
            (h.who, h.what.lang or book.meta.language, h.what.text) for h in one.helpers if h.who or h.what
        ]
        helpers += [
            (say(label), say.lang, "") for label in _labels(section, "helper_picks", one.helper_picks)
        ]
        picks = ", ".join(map(say, _labels(section, "picks", one.picks)))
        words = one.goal.text or picks or say("said or drawn in the book, without words")
        return GoalDecidedLine(
            goal_id=one.entry_id,
            version=self._desk.store.entry(book.meta.portfolio_id, one.entry_id).version,
            words=words,
            lang=one.goal.lang if one.goal else say.lang,
            due=say.day(one.look_again[0]) if one.look_again else "",
            steps=tuple((s.what.text, s.what.lang, s.when) for s in one.steps if s.what or s.when),
            helpers=tuple(helpers),
            seats=tuple((f"seat-{voice}", name, voice in one.agreed) for voice, name in names.items()),
            mine="teacher" in one.agreed,
        )

    # ------------------------------------------------------------------------------------ the paper

    def show_paper(self, at: At) -> Screen:
        """Return the paper of a home as it is printed. Raises ``NotFound`` where nothing was decided."""
        desk, say = self._desk, self._desk.say
        child, home, lang = self._asked_for(at)
        student = child.student
        found = decided_for(desk.folder, desk.store, student, home)
        if not found.anything:
            raise NotFound(
                "Nothing is written down yet that was decided with {student}.", student=student.name
            )
        sheet = decided_sheet(found, on=desk.today(), lang=lang, glossary=desk.folder.glossary(), top=2)
        own = lang or language_for(found.home)
        root = f"meetings/decided/{student.student_id}/{home.household_id}"
        page = DecidedPage(
            say=say,
            name=student.name,
            home=home.label or say("home"),
            sheet=Markup(sheet),  # noqa: S704 - made by our templates
            languages=tuple(
                (f"{root}/{one.tag}", named(one.tag, say.lang), one.tag == speak(own).lang)
                for one in LANGUAGES.values()
                if one.catalog
            ),
            draft=unchecked((own,), say),
            days=bool(found.days or any(one.by_when for one in found.promises)),
        )
        back = (
            f"meetings/after/{student.student_id}",
            say("What was decided with {name}", name=student.name),
        )
        return Screen(say("What we decided"), render(page), back)

    def do_paper(self, at: At, asked: Asked) -> Outcome:
        """Hand the paper of a home out as a file, or the days to look again as one for a calendar."""
        if asked.what not in ("take", "calendar"):
            raise unknown(asked)
        desk = self._desk
        child, home, lang = self._asked_for(at)
        if asked.what == "calendar":
            return self._calendar(child.student, home, lang)
        name, page = decided_file(desk.folder, desk.store, child.student, home, on=desk.today(), lang=lang)
        return Outcome(downloads=(Download(name, "text/html", page.encode("utf-8")),))

    def _calendar(self, student: Student, home: Household, lang: str) -> Outcome:
        desk, folder = self._desk, self._desk.folder
        book = book_of(desk.store, folder.template(), folder.outline(), student.student_id)
        view = paper_view(desk.school_class, folder.template(), student, home)
        spoken = speak(lang or language_for(view))
        file = calendar_of(book, home.household_id, spoken, stamp=desk.now())
        if file is None:
            raise NotFound("No day to look again is written down yet.")
        return Outcome(downloads=(file,))

    def _asked_for(self, at: At) -> tuple[ChildMeets, Household, str]:
        child, home = home_of(self._desk, at, self._books.of)
        tag = at[2:3]
        return child, home, known_language("" if tag in ((), (_OWN,)) else tag[0])


def _labels(section: Section | None, field: str, picked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of pictures that were chosen, as the class template has them."""
    prompt = section.prompt(field) if section else None
    return tuple(choice.label for choice in (prompt.choices if prompt else ()) if choice.id in picked)


def _promises(child: ChildMeets, say: Speech) -> Iterator[DecidedLine]:
    seats = {"student": "seat-student", "family": "seat-family", "teacher": "seat-teacher"}
    who = {"student": child.student.name, "family": say("the family"), "teacher": say("the teacher")}
    for one in child.book.agreements if child.book else ():
        if _said(one):
            words = one.what.text or say("said or drawn in the book, without words")
            due = say.day(one.by_when) if one.by_when else ""
            yield DecidedLine(one.name or who[one.who], seats[one.who], words, one.what.lang, due)


def _said(one: Agreement) -> bool:
    return bool(one.what or one.beside("what"))
