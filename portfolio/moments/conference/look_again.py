"""When we look again, as a file for a family's calendar: the same for the deck, a copy at home, a teacher."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from portfolio.model import Book
from portfolio.moments.room import Download
from portfolio.rules import family_view as v
from portfolio.rules import for_audience
from portfolio.rules.calendar import CalendarDay, calendar_file
from portfolio.words import Speech


def look_again_days(view: v.FamilyView) -> tuple[date, ...]:
    """Return the days on which a book is looked at again, each once, in order."""
    return tuple(sorted(set(_again(view))))


def calendar_of(book: Book, household_id: str | None, say: Speech, *, stamp: datetime) -> Download | None:
    """Return the days of a book for a calendar: those one home sees, or (``None``) everybody at the table.

    ``stamp`` is the present moment: days before it are over. ``None`` where there is no day. It names the child and nobody else, and nothing
    anybody wrote stands in it: calendars are read by others.
    """
    view = for_audience(book, "conference" if household_id is None else "home", household_id)
    portfolio_id = book.portfolio.meta.portfolio_id
    days = tuple(
        CalendarDay(f"{portfolio_id}/{about}", day, title, _why(view, say))
        for about, day, title in _days(view, say)
        if day >= stamp.date()
    )
    if not days:
        return None
    data = calendar_file(days, stamp=stamp, lang=say.lang)
    return Download("look-again.ics", "text/calendar", data)


def _why(view: v.FamilyView, say: Speech) -> str:
    return say("Open {name}’s book and look at it together.", name=view.student_name)


def _days(view: v.FamilyView, say: Speech) -> Iterator[tuple[str, date, str]]:
    """Yield what each day is for, the day, and its title; a day on which one looks again has one entry."""
    for n, day in enumerate(look_again_days(view)):
        yield f"again-{n}", day, say("We look again: {name}’s book", name=view.student_name)
    until = {
        one.by_when
        for part in view.parts
        if isinstance(part.content, v.AgreementsPart)
        for one in part.content.agreements
        if one.by_when and one.how_far not in ("done", "changed_my_mind")
    }
    for day in sorted(until):
        yield (
            f"until-{day.isoformat()}",
            day,
            say("Until today: a promise from {name}’s meeting", name=view.student_name),
        )


def _again(view: v.FamilyView) -> Iterator[date]:
    for part in view.parts:
        match part.content:
            case v.GoalsPart(goals=goals):
                yield from (day for goal in goals for day in goal.look_again)
            case v.GrowingPart(growing=growing):
                yield from (one.look_again for one in growing if one.look_again)
            case v.TeacherPart(notes=notes):
                yield from (one.look_again for one in notes if one.look_again)
