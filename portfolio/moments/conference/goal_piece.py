"""The goal that is set together, on the deck: its form, and who says yes to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from portfolio.errors import N_, InputRefused
from portfolio.model import Book, Choice, Goal, Prompt, Section, Voice
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.together import (
    agree,
    goal_of,
    goal_sheet,
    goals_section,
    history,
    keep_goal,
)
from portfolio.moments.room import Asked, Outcome
from portfolio.rules.at_table import homes_now
from portfolio.rules.seen_plans import VOICES
from portfolio.rules.set_together import goal_told, says, suggestions
from portfolio.views.safe import SafePage
from portfolio.views.table import GoalPart, YesPart, render

GOAL, YES = "live-goal", "live-yes"
_IN: Final = {14: N_("In two weeks, {day}"), 28: N_("In four weeks, {day}"), 42: N_("In six weeks, {day}")}


class GoalPiece:
    """The goal of the table."""

    def parts(self, table: Table, book: Book) -> Mapping[str, SafePage]:
        """Return the form, and who says yes; nothing where the class has no page of goals."""
        section = goals_section(book)
        if section is None:
            return {}
        goal = goal_of(book.portfolio)
        return {GOAL: render(_form(table, book, section, goal)), YES: render(_yes(table, book, goal))}

    def do(self, table: Table, asked: Asked) -> Outcome | None:
        """Keep the goal while it is written; note who says yes."""
        if asked.what == "goal":
            return self._keep(table, asked)
        if asked.what == "agree":
            return self._agree(table, asked)
        return None

    def _keep(self, table: Table, asked: Asked) -> Outcome:
        done = keep_goal(table, asked.values, asked.version)
        taken_back = done.before.agreed and not done.entry.agreed
        told = table.say("The goal has other words now. Please say yes once more.") if taken_back else ""
        return Outcome(say=told, version=done.version, asides=self.parts(table, table.book))

    def _agree(self, table: Table, asked: Asked) -> Outcome:
        voice = asked.one("yes") or asked.one("no")
        if voice not in VOICES:
            raise InputRefused("Choose who it is.", field="yes")
        agree(table, asked.one("goal"), voice, bool(asked.one("yes")), None)
        return Outcome(stay=True, asides=self.parts(table, table.book), focus=f"yes-{voice}")


def _form(table: Table, book: Book, section: Section, goal: Goal | None) -> GoalPart:
    sheet = goal_sheet(table, book)
    past = history(table, book.portfolio.meta.portfolio_id, sheet.blank.entry_id)
    asks = {name: section.prompt(name) for name in ("goal", "picks", "helper_picks")}
    ask, picks, helpers = asks["goal"], asks["picks"], asks["helper_picks"]
    today = table.today()
    days = zip(_IN.values(), suggestions(today), strict=True)
    return GoalPart(
        say=table.say,
        lang=_lang(book, goal),
        told=goal_told(goal or sheet.blank, today),
        version=past[-1].version if past else 0,
        ask=ask.ask if ask else "",
        lead=ask.lead if ask else "",
        picks=_offered(picks),
        most=(picks.at_most if picks else None) or 0,
        helpers=_offered(helpers),
        days=tuple((day.isoformat(), table.say(words, day=table.say.day(day))) for words, day in days),
        first=today.isoformat(),
    )


def _lang(book: Book, goal: Goal | None) -> str:
    return goal.goal.lang if goal and goal.goal else book.portfolio.meta.language


def _offered(prompt: Prompt | None) -> tuple[Choice, ...]:
    return prompt.choices if prompt else ()


def _yes(table: Table, book: Book, goal: Goal | None) -> YesPart:
    homes = homes_now(book.student, book.portfolio)
    family = homes[0].label if len(homes) == 1 and homes[0].label else table.say("My family")
    teachers = [one.name for one in book.school_class.teachers if one.name]
    names: dict[Voice, str] = {
        "student": book.student.name,
        "family": family,
        "teacher": teachers[0] if teachers else table.say("My teacher"),
    }
    said = goal.agreed if goal else ()
    return YesPart(
        say=table.say,
        goal_id=goal.entry_id if goal and says(goal) else "",
        seats=tuple((voice, names[voice], voice in said) for voice in VOICES),
    )
