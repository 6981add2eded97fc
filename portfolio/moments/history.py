"""Taking back and doing again, yesterday's version, what changed: nothing of it loses anything.

An entry's history only grows. Taking back adds a change that ``restores`` an earlier version, so that the
next taking back knows where one stands and steps further. A new change made after that begins a new path;
what was taken back stays in the history, and can still be brought back by its version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Final, NamedTuple

from portfolio.errors import ChangedMeanwhile, NotFound
from portfolio.model import Answer, Rating, Section
from portfolio.moments.section_history import Histories, Step, walk
from portfolio.rules.cards import FOR_OTHERS, kind_of
from portfolio.rules.others_say import brought_back
from portfolio.store.port import Change, ClassStore, Kept, Touched
from portfolio.store.trouble import meanwhile

NEWEST: Final = 1000
"""So many changes of a section are looked at: weeks of writing, and never more than a moment's work."""

MOST_DAYS: Final = 20
"""So many earlier days are shown."""


class Steps(NamedTuple):
    """Which version one step back and one step forth lead to; 0 is the time before the entry was made."""

    back: int | None
    forth: int | None


def steps(history: Sequence[Change]) -> Steps:
    """Return where taking back and doing again lead from the end of an entry's history.

    The path is the row of states one has been through. A change that restores the state before or after
    on that path is a step along it; anything else is a new state at its end, and what was ahead is gone
    from the path. So whoever brings back an old version from a list can take that back too.
    """
    path, here = [0], 0
    for change in history:
        near = [at for at in (here - 1, here + 1) if 0 <= at < len(path) and path[at] == change.restores]
        if near:
            here = near[0]
        else:
            path = [*path[: here + 1], change.version]
            here += 1
    return Steps(path[here - 1] if here > 0 else None, path[here + 1] if here + 1 < len(path) else None)


def can_undo(store: ClassStore, portfolio_id: str, entry_id: str) -> bool:
    """Return whether there is something to take back. Raises ``NotFound``."""
    return steps(store.history(portfolio_id, entry_id)).back is not None


def can_redo(store: ClassStore, portfolio_id: str, entry_id: str) -> bool:
    """Return whether something was taken back that can be done again. Raises ``NotFound``."""
    return steps(store.history(portfolio_id, entry_id)).forth is not None


def undo(
    store: ClassStore, portfolio_id: str, entry_id: str, *, expected: int, by: str, at: datetime
) -> Kept | None:
    """Take back the last change of an entry and return what is there then, ``None`` if it is gone.

    Asked again, it steps further back, at last to before the entry was made. ``expected`` is the version
    one sees. Raises ``ChangedMeanwhile`` if that is not there any more, ``NotFound`` if there is nothing
    to take back.
    """
    history = store.history(portfolio_id, entry_id)
    target = steps(history).back
    if target is None:
        _check(history, entry_id, expected)
        raise NotFound("There is nothing more to take back here.")
    return store.restore(portfolio_id, entry_id, target, expected=expected, by=by, at=at)


def redo(
    store: ClassStore, portfolio_id: str, entry_id: str, *, expected: int, by: str, at: datetime
) -> Kept | None:
    """Do again what was taken back last; see :func:`undo`."""
    history = store.history(portfolio_id, entry_id)
    target = steps(history).forth
    if target is None:
        _check(history, entry_id, expected)
        raise NotFound("There is nothing to do again here.")
    return store.restore(portfolio_id, entry_id, target, expected=expected, by=by, at=at)


def _check(history: Sequence[Change], entry_id: str, expected: int) -> None:
    if history and history[-1].version != expected:
        raise meanwhile(entry_id, history[-1].version, history[-1])


def version_before(store: ClassStore, portfolio_id: str, entry_id: str, at: datetime) -> Change | None:
    """Return the change that made what was there at a time, ``None`` if the entry was not made yet.

    ``at`` is, for example, the end of yesterday. Bring it back with ``store.restore`` and its version.
    Raises ``NotFound``.
    """
    past = [change for change in store.history(portfolio_id, entry_id) if change.changed_at <= at]
    return past[-1] if past else None


def what_changed(store: ClassStore, portfolio_id: str, since: int | datetime) -> tuple[Touched, ...]:
    """Return what became of each entry since a revision or a time; see ``ClassStore.changes_since``."""
    return store.changes_since(portfolio_id, since)


class Lately:
    """The newest changes of one portfolio, by kind, read once as long as its revision stays.

    A desk opens all its sections at once, and half of them hold answers: reading weeks of answers anew for
    each took a quarter of a second.
    """

    def __init__(self) -> None:
        self._revision = 0
        self._known: dict[str, Histories] = {}

    def of(self, store: ClassStore, portfolio_id: str, kind: str) -> Histories:
        """Return the newest changes of all entries of a kind as they are now."""
        revision = store.revision(portfolio_id)  # asked first: what comes in meanwhile is seen next time
        if revision != self._revision:
            self._revision, self._known = revision, {}
        if kind not in self._known:
            self._known[kind] = store.recent(portfolio_id, kind, at_most=NEWEST)
        return self._known[kind]


@dataclass(frozen=True)
class SectionHistory:
    """What was done in one section of one portfolio, for one hand (``by``: ``student``, ``teacher:<id>``).

    Sections of the same portfolio may share what is known ``lately``.
    """

    store: ClassStore
    portfolio_id: str
    section: Section
    by: str
    lately: Lately = field(default_factory=Lately)

    def changes(self) -> Histories:
        """Return the newest changes of each entry of the section, also of those that were taken away."""
        found = self.lately.of(self.store, self.portfolio_id, kind_of(self.section))
        return {name: past for name, past in found.items() if self._mine(past)}

    def _mine(self, past: Sequence[Change]) -> bool:
        """Return whether these are changes of an entry this section asks for."""
        if self.section.holds in FOR_OTHERS:
            return False  # what others wrote there is not this desk's to take back
        entry = next((change.entry for change in reversed(past) if change.entry is not None), None)
        asked = {prompt.field for prompt in self.section.prompts}
        if isinstance(entry, Answer):
            return entry.section == self.section.section_id and entry.prompt in asked
        if isinstance(entry, Rating):
            return entry.section == self.section.section_id and entry.question in asked
        return entry is not None

    def steps(self) -> tuple[bool, bool]:
        """Return whether there is something to take back, and something to do again."""
        walked = walk(self.changes(), self.by)
        return bool(walked.done), bool(walked.undone)

    def take_back(self, at: datetime) -> str:
        """Take back this hand's last step and return the id of its entry.

        Raises ``NotFound`` if there is none, ``ChangedMeanwhile`` if somebody else has changed the entry since.
        """
        changes = self.changes()
        walked = walk(changes, self.by)
        if not walked.done:
            raise NotFound("There is nothing more to take back here.")
        self._free(walked.free(walked.done[-1]))
        return self._lead(changes, walked.done[-1], walked.done[-1].before, at)

    def do_again(self, at: datetime) -> str:
        """Do again what was taken back last; see :meth:`take_back`."""
        changes = self.changes()
        walked = walk(changes, self.by)
        if not walked.undone:
            raise NotFound("There is nothing to do again here.")
        self._free(walked.free(walked.undone[-1]))
        return self._lead(changes, walked.undone[-1], walked.undone[-1].after, at)

    def _free(self, free: bool) -> None:
        if not free:
            raise ChangedMeanwhile(
                "Somebody else wrote here after you. Their words stay, so this cannot be taken back."
            )

    def _lead(self, changes: Histories, step: Step, version: int, at: datetime) -> str:
        newest = changes[step.entry_id][-1].version  # the one looked at: what comes in now stays
        try:
            self.store.restore(self.portfolio_id, step.entry_id, version, expected=newest, by=self.by, at=at)
        except ChangedMeanwhile:
            self._free(False)
        return step.entry_id

    def bring_back(self, entry_id: str, version: int, base: int, at: datetime) -> None:
        """Lay an earlier state of an entry over what is there, as a new change; what others say stays.

        ``base`` is the version one sees now, 0 for an entry that is not there. Raises ``NotFound`` for a
        version in which nothing was there, ``ChangedMeanwhile`` if ``base`` is not there any more.
        """
        past = self.changes().get(entry_id, ())
        then = next((change.entry for change in past if change.version == version), None)
        if then is None:
            raise NotFound("This is not kept any more. Please look at “How it was before” once more.")
        now = past[-1]
        if (now.version if now.entry is not None else 0) != base:
            raise ChangedMeanwhile("Somebody wrote here just now. Look again before you bring it back.")
        states = [change.entry for change in past if change.entry is not None]
        laid = brought_back(self.section, states, then)
        if now.entry != laid:  # kept, not restored: a step of its own, which can be taken back like any other
            self.store.keep(self.portfolio_id, laid, expected=now.version, by=self.by, at=at)


class Day(NamedTuple):
    """How entries were at the end of a day, by entry id: only those made or changed that day, and other now."""

    day: date
    states: Mapping[str, Change]


def days(histories: Histories, today: date, zone: tzinfo | None) -> tuple[Day, ...]:
    """Return earlier days with what was other at their end than it is now, the newest first.

    ``today`` is the present day in ``zone`` (``None``: this computer's), in which days end. Each state stands at
    the day that made it.
    """
    found: dict[date, dict[str, Change]] = {}
    for entry_id, past in histories.items():
        ends: dict[date, Change] = {}
        for change in past:
            ends[change.changed_at.astimezone(zone).date()] = change
        for day, change in ends.items():
            if day < today and change.entry is not None and change.entry != past[-1].entry:
                found.setdefault(day, {})[entry_id] = change
    return tuple(Day(day, found[day]) for day in sorted(found, reverse=True)[:MOST_DAYS])
