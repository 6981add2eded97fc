"""One child's meeting before it is held: which agenda, how many minutes, how it is held with each home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from portfolio.errors import ChangedMeanwhile, InputRefused
from portfolio.model import AgendaChoice, Meeting, PortfolioMeta, Student
from portfolio.model.record import clean_text
from portfolio.moments.comments import change_meta
from portfolio.moments.meetings import Meetings
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.meetings_books import Books, ChildMeets, label_of
from portfolio.moments.teacher.template_agendas import SPEAKERS
from portfolio.rules.meetings import WAYS, Minutes, minutes_of, of_home, stage, with_minutes
from portfolio.rules.two_hands import laid_over
from portfolio.views.teacher import render
from portfolio.views.teacher.meetings_page import ChildMeetsPage, HomePlan, StepLine
from portfolio.words import Speech
from portfolio.words.language_names import all_named

_LONGEST: Final = 120
_MOST: Final = 60
_PLANNED: Final = ("way", "listener", "adults_only")


class OneChild:
    """The screen ``meetings/child/<child>``."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._desk = books.desk

    def show(self, at: At) -> Screen:
        """Return the screen of a child's meeting. Raises ``NotFound``."""
        desk, say, student = self._desk, self._desk.say, self._desk.student(at)
        child, template = self._books.of(student), desk.folder.template()
        choice = child.book.meta.agenda if child.book else AgendaChoice()
        minutes = minutes_of(template, choice)
        page = ChildMeetsPage(
            say=say,
            student_id=student.student_id,
            name=student.name,
            begun=child.book is not None,
            presets=tuple((one.preset_id, say(one.title)) for one in template.agendas),
            preset=minutes.preset.preset_id,
            drawn=_drawn(choice),
            steps=tuple(
                StepLine(s.step_id, say(s.title), say(SPEAKERS[s.speaker]), n, s.minutes, s.private)
                for s, n in minutes.steps
            ),
            interpreter=choice.interpreter,
            asked_for=tuple(h.label or say("home") for h in student.households if h.interpreter),
            sums=tuple(_sums(minutes, student, choice, say)),
            left_out=" · ".join(say(title) for title in minutes.left_out),
            few=tuple(
                say.many("{step}: {n} is shown", "{step}: {n} are shown", n, step=say(t))
                for t, n in minutes.few
            ),
            ways=tuple((way, say(words)) for way, words in WAYS.items()),
            homes=tuple(self._plans(child, say)),
            held=child.held is not None,
            met=any(stage(one) == "over" for one in child.meetings),
        )
        title = say("The meeting of {name}", name=student.name)
        return Screen(title, render(page), ("meetings", say("The meetings")))

    def _plans(self, child: ChildMeets, say: Speech) -> Iterator[HomePlan]:
        """Yield how the next meeting of each home is planned; of all together where a child has several."""
        student = child.student
        homes = [home.household_id for home in student.households]
        for home in ["", *homes] if len(homes) != 1 else [""]:
            planned, version = self._planned(child, home)
            known = student.household(home or (homes[0] if len(homes) == 1 else ""))
            yield HomePlan(
                household_id=home,
                label=label_of(say, student, home) or (known.label if known else "") or student.name,
                version=version,
                way=planned.way,
                listener=planned.listener,
                adults_only=planned.adults_only,
                met=tuple(_met(one, say) for one in child.meetings if _is_of(one, home, len(homes))),
                interpreter=bool(known and known.interpreter),
                speaks=all_named(known.speaks or known.reads, say.lang) if known else "",
                phone=f"meetings/phone/{student.student_id}/{known.household_id}" if known else "",
            )

    def _planned(self, child: ChildMeets, home: str) -> tuple[Meeting, int]:
        found = of_home(child.meetings, home, "planned")
        if found is None or child.book is None:
            return Meeting(entry_id="meeting", household_id=home or None, way="table"), 0
        return found, self._desk.store.entry(child.book.meta.portfolio_id, found.entry_id).version

    # --------------------------------------------------------------------------------------- forms

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form on that screen asks. Raises ``PortfolioError``: then nothing was done."""
        student = self._desk.student(at)
        if asked.what == "preset":
            return self._preset(student, asked)
        if asked.what == "minutes":
            return self._minutes(student, asked)
        if asked.what == "plan":
            return self._plan(student, asked)
        raise unknown(asked)

    def _preset(self, student: Student, asked: Asked) -> Outcome:
        template, wanted = self._desk.folder.template(), asked.one("preset")
        title = next((one.title for one in template.agendas if one.preset_id == wanted), None)
        if title is None:
            raise InputRefused("Choose one of these agendas.", field="preset")
        self._change(student, asked, lambda choice: choice.but(preset=wanted))
        say = self._desk.say
        return Outcome(say=say("The meeting of {name}: {agenda}.", name=student.name, agenda=say(title)))

    def _minutes(self, student: Student, asked: Asked) -> Outcome:
        template = self._desk.folder.template()

        def change(choice: AgendaChoice) -> AgendaChoice:
            steps = template.agenda(choice.preset).steps
            told = {
                s.step_id: _whole(asked.one(f"min-{s.step_id}"), f"min-{s.step_id}", s.minutes) for s in steps
            }
            return with_minutes(template, choice, told).but(interpreter=asked.ticked("interpreter"))

        self._change(student, asked, change)
        return Outcome(
            say=self._desk.say("Kept. The papers and the screens follow these minutes."), focus="sums"
        )

    def _change(self, student: Student, asked: Asked, change: Callable[[AgendaChoice], AgendaChoice]) -> None:
        """Lay a change over the agenda a form was drawn from. Raises ``ChangedMeanwhile`` if it is another one now."""
        drawn = asked.one("drawn")

        def over(meta: PortfolioMeta) -> PortfolioMeta:
            wanted = change(meta.agenda)
            if wanted != meta.agenda and _drawn(meta.agenda) != drawn:
                raise ChangedMeanwhile("Somebody else changed this agenda just now. Look at it once more.")
            return meta.but(agenda=wanted)

        change_meta(self._desk.store, self._books.meetings(student).portfolio_id, over)

    def _plan(self, student: Student, asked: Asked) -> Outcome:
        home = asked.one("home")
        if home and student.household(home) is None:
            raise InputRefused("This home is not there any more. Load the page again.")
        way = next((one for one in WAYS if one == asked.one("way")), None)
        if way is None:
            raise InputRefused("Choose how they meet.", field="way")
        listener = " ".join(str(clean_text(asked.one("listener"))).split())
        if len(listener) > _LONGEST:
            raise InputRefused("This name is too long. A first name is enough.", field="listener")
        meetings = self._books.meetings(student)

        def change(there: Meeting, version: int) -> Meeting:
            base = (
                there if asked.version in (None, version) else _as_it_was(meetings, there, asked.version or 0)
            )
            mine = base.but(way=way, listener=listener, adults_only=asked.ticked("adults_only"))
            made, clash = laid_over(base, mine, there, _PLANNED)
            if clash:
                raise ChangedMeanwhile(
                    "Somebody else wrote here too. Nothing is lost: choose what should stay.",
                    theirs={name: _plain(there, name) for name in clash},
                    version=version,
                )
            return made

        return Outcome(version=meetings.plan(home, change)[1])


def _as_it_was(meetings: Meetings, there: Meeting, version: int) -> Meeting:
    """Return a plan as it was in a version; one that says nothing for the time before it was made."""
    past = meetings.store.history(meetings.portfolio_id, there.entry_id) if version else ()
    found = next((one.entry for one in past if one.version == version), None)
    return found if isinstance(found, Meeting) else there.but(way="table", listener="", adults_only=False)


def _plain(meeting: Meeting, name: str) -> str:
    value = getattr(meeting, name)
    return ("1" if value else "") if isinstance(value, bool) else str(value)


def _is_of(meeting: Meeting, home: str, homes: int) -> bool:
    """Return whether a meeting has begun and is this home's, or that of all together; of one home alone, each is."""
    return stage(meeting) != "planned" and (homes == 1 or (meeting.household_id or "") == home)


def _met(meeting: Meeting, say: Speech) -> str:
    day = say.day(meeting.on) if meeting.on else ""
    state = say("meets now") if stage(meeting) == "now" else say("has met")
    return " · ".join(filter(None, (state, say(WAYS[meeting.way]), day)))


def _drawn(choice: AgendaChoice) -> str:
    """Return an agenda as a text two screens can be compared by."""
    minutes = ",".join(f"{one.step}={one.minutes}" for one in choice.minutes)
    return f"{choice.preset}|{int(choice.interpreter)}|{minutes}"


def _whole(text: str, field: str, usual: int) -> int:
    """Return minutes as a number from 1 to 60; nothing typed gives the usual ones. Raises ``InputRefused``."""
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MOST):
        raise InputRefused("A step takes from 1 to 60 minutes.", field=field)
    return int(text)


def _sums(minutes: Minutes, student: Student, choice: AgendaChoice, say: Speech) -> Iterator[str]:
    yield say.many("The child’s part takes {n} minute.", "The child’s part takes {n} minutes.", minutes.child)
    if choice.interpreter or any(home.interpreter for home in student.households):
        yield say.many(
            "With an interpreter it takes half as long again: about {n} minute.",
            "With an interpreter it takes half as long again: about {n} minutes.",
            minutes.with_interpreter,
        )
    if minutes.adults:
        yield say.many(
            "After it, if wanted: {n} minute for the grown-ups alone.",
            "After it, if wanted: {n} minutes for the grown-ups alone.",
            minutes.adults,
        )
