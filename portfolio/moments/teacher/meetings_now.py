# long: all that happens at the tables at once is read in one place
"""The tables: who meets now, where each deck stands, who begins and who is done. For a tablet in the hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, get_args

from markupsafe import Markup

from portfolio.errors import N_, InputRefused
from portfolio.model import Goal, Household, Meeting, Portfolio, Voice
from portfolio.model.meeting import MeetingWay
from portfolio.moments.room import Asked, Looked, Outcome, Screen, unknown
from portfolio.moments.teacher.meetings_books import Books, ChildMeets, frame, label_of
from portfolio.rules.meetings import WAYS, minutes_of, of_home, reached, stage, wants_to_talk
from portfolio.rules.set_together import says
from portfolio.store.live import PAUSE
from portfolio.views.teacher import render
from portfolio.views.teacher.meetings_page import (
    AloneLine,
    NowPage,
    OverLine,
    StandsNow,
    TableCard,
    TablesNew,
)
from portfolio.words import Speech
from portfolio.words.language_names import all_named

ICONS: Final[dict[MeetingWay, str]] = {
    "station": "together",
    "table": "seat-family",
    "call": "phone",
    "own_time": "home",
    "listener": "listening",
}

FREEZES: Final = (
    N_("Point to the page you like best."),
    N_("Shall I start and you carry on?"),
    N_("Read me your first card."),
)
"""What to say to a child who freezes (content model, section 6)."""

SIGNALS: Final = (
    ("stop", N_("A flat hand on the table"), N_("I need a moment. Please wait.")),
    ("thumb-up", N_("A thumb up"), N_("I am fine. I carry on.")),
    ("look", N_("A finger on the card"), N_("Please help me with the next words.")),
    ("your-turn", N_("An open hand to you"), N_("Now it is your turn.")),
)
"""Signs with a hand that need no voice: drawing, sign, what it means."""

_MINUTE: Final = 60
SHOWS: Final = timedelta(minutes=45)
"""So long after it turned to a part of the meeting a child still shows its book."""


@dataclass(frozen=True)
class _Table:
    """A meeting that is held, and whose."""

    child: ChildMeets
    book: Portfolio
    meeting: Meeting

    @property
    def homes(self) -> tuple[Household, ...]:
        """The homes at this table."""
        of, student = self.meeting.household_id, self.child.student
        return tuple(home for home in student.households if of in (None, home.household_id))


class Now:
    """The screen of the tables."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._desk = books.desk

    def show(self) -> Screen:
        """Return the screen. Raises ``StorageTrouble``."""
        desk, say = self._desk, self._desk.say
        children = self._books.all()
        tables = _held(children)
        stands = {one.meeting.entry_id: self._stands(one, say) for one in tables}
        page = NowPage(
            say=say,
            frame=frame(self._books, ""),
            cards=tuple(self._card(one, stands[one.meeting.entry_id], say) for one in tables),
            alone=tuple(self._alone_line(one, say) for one in self._alone(children)),
            over=tuple(self._over(children, say)),
            choices=tuple(self._choices(children, say)),
            ways=tuple((way, say(words)) for way, words in WAYS.items()),
            unread=tuple(one.student.name for one in children if one.damaged),
            help=tuple(map(say, FREEZES)),
            signals=tuple((icon, say(sign), say(means)) for icon, sign, means in SIGNALS),
        )
        return Screen(desk.say("The meetings"), render(page), seen=_token(stands, self._alone(children)))

    def look(self, seen: str) -> Looked:
        """Return what is new at the tables since ``seen``."""
        say, children = self._desk.say, self._books.all()
        stands = {one.meeting.entry_id: self._stands(one, say) for one in _held(children)}
        token = _token(stands, self._alone(children))
        if token == seen:
            return Looked(token)
        asides = {f"stands-{name}": render(page) for name, page in stands.items()}
        if token.split(".")[0] != seen.split(".")[0]:
            asides["tables-new"] = render(TablesNew(say))
        return Looked(token, asides)

    # ------------------------------------------------------------------------------------ one table

    def _alone(self, children: tuple[ChildMeets, ...]) -> list[ChildMeets]:
        """Return the children that show their book just now, and whose meeting nobody has begun here."""
        books = ((one, one.book) for one in children if one.book and one.held is None)
        live = ((one, self._books.live(book.meta.portfolio_id).standing()) for one, book in books)
        now = self._desk.now()
        return [one for one, at in live if at.began and at.turned and now - at.turned < SHOWS]

    def _alone_line(self, one: ChildMeets, say: Speech) -> AloneLine:
        student = one.student
        several = len(student.households) > 1
        homes = [*(home.household_id for home in student.households), ""] if several else [""]
        return AloneLine(
            student.student_id, student.name, tuple((home, label_of(say, student, home)) for home in homes)
        )

    def _stands(self, one: _Table, say: Speech) -> StandsNow:
        book = one.book
        standing = self._books.live(book.meta.portfolio_id).standing()
        steps = [
            s for s in self._desk.folder.template().agenda(book.meta.agenda.preset).steps if not s.private
        ]
        n = next((at for at, step in enumerate(steps, 1) if step.step_id == standing.step), 0)
        if n:
            where = say(steps[n - 1].title)
        elif one.meeting.way in ("table", "station"):
            where = say("The screen is not open yet.")
        else:
            where = say("No screen is open, and none has to be.")
        parts = [say("Part {n} of {of}", n=n, of=len(steps))] if n else []
        if standing.wanted == PAUSE:  # the child's own page has asked for it
            parts.insert(0, say("A moment, please"))
        began = standing.began or one.meeting.began
        minutes = int((self._desk.now() - began).total_seconds() // _MINUTE) if began else 0
        if began and 0 < minutes < 24 * _MINUTE:
            parts.append(say.many("for {n} minute", "for {n} minutes", minutes))
        homes = [home.household_id for home in one.homes]
        talk = wants_to_talk(book.to_teacher, homes) or any(
            page.private_talk for page in book.home_words if page.household_id in homes
        )
        return StandsNow(say, where, " · ".join(parts), talk, one.meeting.visited)

    def _card(self, one: _Table, stands: StandsNow, say: Speech) -> TableCard:
        student, meeting, book = one.child.student, one.meeting, one.book
        adults = minutes_of(self._desk.folder.template(), book.meta.agenda).adults
        wanted = [home for home in one.homes if home.interpreter]
        begun = meeting.on if meeting.on != self._desk.today() else None
        speaks = [all_named(home.speaks or home.reads, say.lang) for home in wanted]
        if book.meta.agenda.interpreter and not wanted:
            speaks = [say("an interpreter comes")]
        return TableCard(
            entry_id=meeting.entry_id,
            student_id=student.student_id,
            name=student.name,
            home=label_of(say, student, meeting.household_id or ""),
            way=say(WAYS[meeting.way]),
            icon=ICONS[meeting.way],
            begun_on=say.day(begun) if begun else "",
            interpreter=tuple(dict.fromkeys(speaks)),
            adults=self._adults(meeting, adults, say),
            listener=meeting.listener,
            phones=tuple(
                (f"meetings/phone/{student.student_id}/{home.household_id}", home.label or say("home"))
                for home in one.homes
            ),
            visited=meeting.visited,
            stands=Markup(render(stands)),  # noqa: S704 - made by our templates
        )

    def _adults(self, meeting: Meeting, minutes: int, say: Speech) -> str:
        if not meeting.adults_only:
            return ""
        if not minutes:
            return say("At the end, time for the grown-ups alone")
        return say.many(
            "At the end, {n} minute for the grown-ups alone",
            "At the end, {n} minutes for the grown-ups alone",
            minutes,
        )

    def _over(self, children: tuple[ChildMeets, ...], say: Speech) -> Iterator[OverLine]:
        for child in children:
            for one in child.meetings:
                if stage(one) == "over" and one.on == self._desk.today():
                    student = child.student
                    home = label_of(say, student, one.household_id or "")
                    no_yes = any(map(_waits_for_a_yes, child.book.goals if child.book else ()))
                    yield OverLine(
                        one.entry_id, student.student_id, student.name, home, say(WAYS[one.way]), no_yes
                    )

    def _choices(self, children: tuple[ChildMeets, ...], say: Speech) -> Iterator[tuple[str, str]]:
        for child in children:
            if child.held is not None:
                continue
            student = child.student
            several = len(student.households) > 1
            homes = ["", *(home.household_id for home in student.households)] if several else [""]
            for home in homes:
                words = say("{name}, {home}", name=student.name, home=label_of(say, student, home))
                words = words if several else student.name
                yield f"{student.student_id}/{home}", _with_past(child, home, words, say)

    # --------------------------------------------------------------------------------------- forms

    def do(self, asked: Asked) -> Outcome:
        """Do what a form of the tables asks. Raises ``PortfolioError``: then nothing was done."""
        if asked.what == "again":
            return Outcome()
        if asked.what == "begin":
            return self._begin(asked)
        if asked.what in ("visit", "end", "not-over", "not-begun"):
            return self._on_one(asked)
        raise unknown(asked)

    def _begin(self, asked: Asked) -> Outcome:
        desk, way = self._desk, next((one for one in WAYS if one == asked.one("way")), None)
        chosen = list(dict.fromkeys(asked.all("who")))
        if not chosen:
            raise InputRefused("Choose who meets now.", field="who")
        if way is None:
            raise InputRefused("Choose how they meet.", field="way")
        names: dict[str, str] = {}
        with desk.store.together():
            for one in chosen:
                student_id, _, home = one.partition("/")
                student = next((s for s in desk.store.students() if s.student_id == student_id), None)
                if student is None or (home and student.household(home) is None):
                    raise InputRefused("One of them is not in the class any more. Choose again.", field="who")
                if student_id in names:
                    raise InputRefused(
                        "{name} can meet one home at a time. Choose one.", name=student.name, field="who"
                    )
                self._books.meetings(student).begin(home, way)
                names[student_id] = student.name
        told = desk.say("They meet now: {names}.", names=", ".join(names.values()))
        return Outcome(say=told, focus="tables")

    def _on_one(self, asked: Asked) -> Outcome:
        desk, entry_id = self._desk, asked.one("meeting")
        student = desk.student((asked.one("child"),))
        meetings, say = self._books.meetings(student), desk.say
        if asked.what == "visit":
            been = asked.one("been") != "no"
            meetings.visit(entry_id, been)
            noted = say("Noted: you have been with {name}.", name=student.name)
            return Outcome(say=noted if been else say("Taken back."))
        if asked.what == "end":
            meetings.end(entry_id)
            told = say("{name}’s meeting is over. What was decided can be added now.", name=student.name)
            return Outcome(say=told, go=f"meetings/after/{student.student_id}")
        if asked.what == "not-over":
            meetings.not_over(entry_id)
            return Outcome(say=say("{name} meets on.", name=student.name))
        meetings.not_begun(entry_id)
        return Outcome(say=say("{name} does not meet now.", name=student.name))


def _waits_for_a_yes(goal: Goal) -> bool:
    """Return whether a goal was set together and somebody has not said yes to it."""
    return goal.set_by == "together" and says(goal) and len(goal.agreed) < len(get_args(Voice))


def _held(children: tuple[ChildMeets, ...]) -> tuple[_Table, ...]:
    """Return the meetings that are held now, in the order of the roster."""
    return tuple(_Table(one, one.book, one.held) for one in children if one.book and one.held)


def _token(stands: dict[str, StandsNow], alone: list[ChildMeets]) -> str:
    """Return what names a state of the tables: which they are, who shows its book alone, where each stands."""
    plain = [(name, one.where, one.part, one.talk, one.visited, one.say.lang) for name, one in stands.items()]
    return f"{_short([*stands, *(one.student.student_id for one in alone)])}.{_short(plain)}"


def _short(of: object) -> str:
    return hashlib.sha256(repr(of).encode("utf-8", "replace")).hexdigest()[:16]


def _with_past(child: ChildMeets, home: str, words: str, say: Speech) -> str:
    """Return who may meet, with what is known: it was today already, or how it is planned."""
    planned = of_home(child.meetings, home, "planned")
    if home and reached(child.meetings, home):
        return say("{who} (has met)", who=words)
    if (
        not home
        and child.meetings
        and all(reached(child.meetings, h.household_id) for h in child.student.households)
    ):
        return say("{who} (has met)", who=words)
    if planned is not None:
        return say("{who} (planned: {way})", who=words, way=say(WAYS[planned.way]))
    return words
