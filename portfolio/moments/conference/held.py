"""A meeting as it was held: written down once, when the child says "We are done"."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.errors import ChangedMeanwhile
from portfolio.model import Meeting, Portfolio
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.together import too_many
from portfolio.moments.desk import TRIES
from portfolio.moments.meetings import Meetings
from portfolio.rules.meetings import EVERYBODY, held_now, of_home, stage

_AFTER = ("presented", "home")


def this_meeting(table: Table, portfolio: Portfolio) -> Meeting | None:
    """Return the meeting the deck is shown at: the one that is held, one that has just ended, the one that is planned."""
    meetings = portfolio.meetings
    return held_now(meetings) or _just_ended(table, meetings) or _planned(meetings)


def is_over(table: Table, portfolio: Portfolio) -> bool:
    """Return whether this meeting has ended and none has begun since."""
    return held_now(portfolio.meetings) is None and _just_ended(table, portfolio.meetings) is not None


def _just_ended(table: Table, meetings: Sequence[Meeting]) -> Meeting | None:
    """Return the meeting of today that ended last, unless the deck was begun anew after it."""
    ended = [(one.ended, one) for one in meetings if one.ended is not None and one.on == table.today()]
    if not ended:
        return None
    when, last = max(ended, key=lambda pair: pair[0])
    began = table.live.standing().began
    return last if began is None or began <= when else None


def _planned(meetings: Sequence[Meeting]) -> Meeting | None:
    """Return the meeting that is planned: that of all together, or of the only home one is planned for."""
    planned = [one for one in meetings if stage(one) == "planned"]
    return of_home(meetings, EVERYBODY, "planned") or (planned[0] if len(planned) == 1 else None)


def finish(table: Table) -> Meeting:
    """Write down that the meeting is over, and return it; a meeting is ended once, however often this is asked.

    One that nobody began at the teacher's desk was held as it was planned, or else at a table. The book counts as
    presented from now on, unless it has gone home already.
    """
    for _ in range(TRIES):
        try:
            with table.store.together():
                meeting = _end(table)
                _presented(table)
        except ChangedMeanwhile:
            continue
        table.live.end()
        return meeting
    raise too_many()


def _end(table: Table) -> Meeting:
    book = table.portfolio_id
    portfolio = table.store.portfolio(book)
    there = this_meeting(table, portfolio)
    if there is not None and there.ended is not None:
        return there
    desk = Meetings(table.store, table.live, book, table.by, table.now, table.today)
    version = 0
    if there is None:
        there, version = desk.planned(EVERYBODY)
    else:
        version = table.store.entry(book, there.entry_id).version
    today, live = table.today(), table.live.standing().began
    forgotten = there.on not in (None, today)  # it began on another day, and nobody noted its end
    began = (live or there.began) if forgotten else (there.began or live)
    ended = there.but(on=today, began=began, ended=table.now())
    table.store.keep(book, ended, expected=version, by=table.by, at=table.now())
    return ended


def _presented(table: Table) -> None:
    meta, version = table.store.meta(table.portfolio_id)
    if meta.status not in _AFTER:
        table.store.keep_meta(meta.but(status="presented"), expected=version)
