"""The end of a meeting, on the deck: what was promised is read aloud, days go into a calendar, the last word is the child's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from portfolio.errors import NotFound
from portfolio.model import Book, Passage, Voice
from portfolio.moments.conference.held import finish, is_over, this_meeting
from portfolio.moments.conference.look_again import calendar_of, look_again_days
from portfolio.moments.conference.promise_piece import called
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.together import goal_of, goals_section
from portfolio.moments.room import Asked, Outcome
from portfolio.rules import for_audience
from portfolio.rules.answers import in_a_line
from portfolio.rules.set_together import read_aloud
from portfolio.views.safe import SafePage
from portfolio.views.table import FinishPart, PromisedPart, render

PROMISED: Final = "live-promised"
FINISH: Final = "live-finish"
VOICES: Final = get_args(Voice)


class EndingPiece:
    """What was promised, and the end."""

    def parts(self, table: Table, book: Book) -> Mapping[str, SafePage]:
        """Return what is read aloud, and the last thing on the last screen."""
        days = look_again_days(for_audience(book, "conference"))
        to_come = [day for day in days if day >= table.today()]
        over, goal = is_over(table, book.portfolio), goal_of(book.portfolio)
        last = FinishPart(
            say=table.say,
            over=over,
            again=table.say.day(to_come[0]) if to_come else "",
            adults=_adults(table, book),
            not_yet=goal is not None and bool(goal.goal or goal.picks) and len(goal.agreed) < len(VOICES),
        )
        return {PROMISED: render(self._promised(table, book)), FINISH: render(last)}

    def _promised(self, table: Table, book: Book) -> PromisedPart:
        say = table.say
        goal, section = goal_of(book.portfolio), goals_section(book)
        ask, picks = (section.prompt("goal"), section.prompt("picks")) if section else (None, None)
        days = look_again_days(for_audience(book, "conference"))
        lines = tuple(
            (
                one.who,
                called(table, book, one) or say("Somebody at home"),
                in_a_line(one.what, one.beside("what")),
                say.day(one.by_when),
            )
            for one in read_aloud(book.portfolio.agreements)
        )
        return PromisedPart(
            say=say,
            goal=goal.goal if goal else Passage(),
            goal_lead=say(ask.lead) if ask else "",
            goal_picks=tuple(c for c in picks.choices if goal and c.id in goal.picks) if picks else (),
            lines=tuple(line for line in lines if line[2]),
            days=tuple(say.day(day) for day in days if day >= table.today()),
        )

    def do(self, table: Table, asked: Asked) -> Outcome | None:
        """Bring out the days for a calendar; end the meeting."""
        if asked.what == "calendar":
            file = calendar_of(table.book, None, table.say, stamp=table.now())
            if file is None:
                raise NotFound("There is no day yet. Choose when you look again.")
            return Outcome(
                say=table.say("The days are in a file for your calendar."), stay=True, downloads=(file,)
            )
        if asked.what == "finish":
            finish(table)
            told = table.say("This meeting is over. Thank you all.")
            return Outcome(say=told, stay=True, asides=self.parts(table, table.book))
        return None


def _adults(table: Table, book: Book) -> str:
    """Return what the step for grown-ups is called, if it is wanted at this meeting; never why."""
    held = this_meeting(table, book.portfolio)
    if held is None or not held.adults_only:
        return ""
    steps = book.template.agenda(book.portfolio.meta.agenda.preset).steps
    private = next((step for step in steps if step.private), None)
    return table.say(private.title) if private else table.say("The grown-ups")
