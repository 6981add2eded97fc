"""Writing down that a meeting is planned, begins, is visited, is over: once, whoever presses and however often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import Meeting
from portfolio.model.meeting import MeetingWay
from portfolio.moments.comments import BACK_TO_THE_CHILD
from portfolio.moments.desk import TRIES
from portfolio.moments.showing import note_step
from portfolio.rules.meetings import held_now, meeting_id, of_home, stage
from portfolio.store.live import Live
from portfolio.store.port import ClassStore

_MOST: Final = 60
"""Meetings of one home in one book."""


@dataclass(frozen=True)
class Meetings:
    """The meetings in one book. ``by`` is who writes; ``now`` gives the time (UTC), ``today`` the day on the wall.

    Every method may raise ``StorageTrouble``, and ``ChangedMeanwhile`` when others never stop writing.
    """

    store: ClassStore
    live: Live
    portfolio_id: str
    by: str
    now: Callable[[], datetime]
    today: Callable[[], date]

    def all(self) -> tuple[Meeting, ...]:
        """Return every meeting of the book, oldest first."""
        return self.store.portfolio(self.portfolio_id).meetings

    def plan(self, household_id: str, change: Callable[[Meeting, int], Meeting]) -> tuple[Meeting, int]:
        """Keep what ``change`` makes of the planned meeting of a home ("" for all together) and its version.

        Whoever has none gets a new one (version 0). Returns it with its version now. Raises what ``change`` raises.
        """
        for _ in range(TRIES):
            there, version = self.planned(household_id)
            made = change(there, version)
            if made == there:
                return there, version
            try:
                return made, self._keep(made, version)
            except ChangedMeanwhile:
                continue
        raise _many()

    def planned(self, household_id: str) -> tuple[Meeting, int]:
        """Return the planned meeting of a home and its version; a new one (not kept yet) and 0 where there is none."""
        found = of_home(self.all(), household_id, "planned")
        if found is not None:
            return found, self.store.entry(self.portfolio_id, found.entry_id).version
        return Meeting(entry_id=self._free(household_id), household_id=household_id or None), 0

    def begin(self, household_id: str, way: MeetingWay) -> Meeting:
        """Note that the meeting of a home begins now; one that has begun goes on as it is.

        Raises ``InputRefused`` while the child meets another home.
        """
        for _ in range(TRIES):
            held = held_now(self.all())
            if held is not None and (held.household_id or "") == household_id:
                return held
            if held is not None:
                raise InputRefused("This child is in a meeting already. Note first that it is over.")
            there, version = self.planned(household_id)
            made = there.but(way=way, on=self.today(), began=self.now())
            try:
                self._keep(made, version)
            except ChangedMeanwhile:
                continue
            return made
        raise _many()

    def end(self, entry_id: str) -> Meeting:
        """Note that a meeting is over, and that the child has shown its book. Over twice is over once."""
        with self.store.together():
            made = self._change(entry_id, self._over)
            if self.store.meta(self.portfolio_id)[0].status in BACK_TO_THE_CHILD:
                note_step(self.store, self.portfolio_id, "shown")
        if held_now(self.all()) is None:
            self.live.end()
        return made

    def _over(self, there: Meeting) -> Meeting:
        if stage(there) == "planned":
            raise InputRefused("This meeting has not begun. Look at the list again.")
        return there if there.ended else there.but(ended=self.now())

    def not_over(self, entry_id: str) -> Meeting:
        """Take back that a meeting is over. Raises ``InputRefused`` while the child is in another one."""

        def change(there: Meeting) -> Meeting:
            held = held_now(self.all())
            if held is not None and held.entry_id != entry_id:
                raise InputRefused("This child is in a meeting already. Note first that it is over.")
            return there.but(ended=None, began=there.began or self.now())

        return self._change(entry_id, change)

    def not_begun(self, entry_id: str) -> Meeting:
        """Take back that a meeting has begun: it is planned again. Raises ``InputRefused`` for one that is over."""

        def change(there: Meeting) -> Meeting:
            if there.ended:
                raise InputRefused("This meeting is over already. Look at the list again.")
            return there.but(began=None, on=None, visited=False)

        return self._change(entry_id, change)

    def visit(self, entry_id: str, been: bool) -> Meeting:
        """Note that a teacher has been at the table, or has not after all."""
        return self._change(entry_id, lambda there: there.but(visited=been))

    # ---------------------------------------------------------------------------------------- ground

    def _change(self, entry_id: str, change: Callable[[Meeting], Meeting]) -> Meeting:
        for _ in range(TRIES):
            there, version = self._meeting(entry_id)
            made = change(there)
            if made == there:
                return there
            try:
                self._keep(made, version)
            except ChangedMeanwhile:
                continue
            return made
        raise _many()

    def _meeting(self, entry_id: str) -> tuple[Meeting, int]:
        gone = NotFound("This meeting is not there any more. Look at the list again.")
        try:
            kept = self.store.entry(self.portfolio_id, entry_id)
        except NotFound:
            raise gone from None
        if not isinstance(kept.entry, Meeting):
            raise gone
        return kept.entry, kept.version

    def _keep(self, made: Meeting, version: int) -> int:
        kept = self.store.keep(self.portfolio_id, made, expected=version, by=self.by, at=self.now())
        return kept.version

    def _free(self, household_id: str) -> str:
        """Return the id of the next meeting of a home: one nobody has had, also none that was taken away."""
        for n in range(_MOST):
            name = meeting_id(self.portfolio_id, household_id, n)
            try:
                self.store.history(self.portfolio_id, name)
            except NotFound:
                return name
        raise InputRefused("There are very many meetings of this home already. Please look at them first.")


def _many() -> ChangedMeanwhile:
    return ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")
