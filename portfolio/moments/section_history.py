"""What was done in one section of a desk, step by step: for "Take back" and "Do it again".

The steps are read from the entries' histories, so every window of a child, and every later day, sees the same
ones. Nothing is ever lost: a step is taken back by a *new* change that ``restores`` the version before it.

Saves come while one writes; changes of the same hand to the same answer belong together, as :data:`PAUSE` and
:data:`LONGEST` say. The order of cards is no change of an entry: it is not taken back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final, NamedTuple

from portfolio.model import Entry, Passage
from portfolio.store.port import Change

PAUSE: Final = timedelta(seconds=30)
"""Changes that are closer together than this are one step,"""

LONGEST: Final = timedelta(minutes=2)
"""but what was written in a longer time than this is never one step: nobody wants to see that much go at once."""

MANY: Final = 12
"""Letters: where so many of one's words went within a step, their going is a step of its own."""

_FIXED: Final = re.compile(r".*-\d{1,2}")
"""An empty card's own id (``strength-1``): see :func:`portfolio.rules.cards.cards`."""

Histories = Mapping[str, Sequence[Change]]
"""The changes of each entry of a section, oldest first; the first ones may be missing."""


@dataclass(frozen=True)
class Step:
    """One step of one hand: ``before`` and ``after`` are the versions it leads from and to (0: not there).

    ``at`` says where among all changes it was last done, taken back or done again.
    """

    entry_id: str
    before: int
    after: int
    at: int
    fields: frozenset[str] | None
    begun: datetime
    last: datetime


class Walked(NamedTuple):
    """Where a hand stands: what it can take back and do again (the last one first), and others' changes.

    ``others`` says, by entry, where among all changes somebody else changed it last.
    """

    done: tuple[Step, ...]
    undone: tuple[Step, ...]
    others: Mapping[str, int]

    def free(self, step: Step) -> bool:
        """Return whether nobody else has changed the entry since."""
        return self.others.get(step.entry_id, -1) < step.at


def walk(histories: Histories, by: str) -> Walked:
    """Return where a hand (``student``, ``teacher:<id>``) stands after all these changes.

    What came in with the whole portfolio (its first revision) is ground to stand on, not a step.
    """
    return _Walk(by).through(histories)


class _Walk:
    """One way through all changes of a section, in the order they were made."""

    def __init__(self, by: str) -> None:
        self._by = by
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._others: dict[str, int] = {}
        self._last: dict[str, Entry | None] = {}
        self._former: dict[str, set[Entry]] = {}  # what stood there before: looked up, never searched
        self._open = False  # may the next change belong to the last step?
        self._most = (0, "")  # the version of the last step in which most was written, and what that was

    def through(self, histories: Histories) -> Walked:
        """Walk and say where one stands."""
        changes = [(entry_id, change) for entry_id, past in histories.items() for change in past]
        changes.sort(key=lambda one: (one[1].revision or 1, one[1].changed_at, one[1].version))
        for at, (entry_id, change) in enumerate(changes):
            if (change.revision or 1) > 1 and not _silent(entry_id, change):
                self._follow(at, entry_id, change)
            last = self._last.get(entry_id)
            if last is not None:
                self._former.setdefault(entry_id, set()).add(last)
            self._last[entry_id] = change.entry
        return Walked(tuple(self._done), tuple(self._undone), self._others)

    def _follow(self, at: int, entry_id: str, change: Change) -> None:
        if change.changed_by != self._by:
            self._others[entry_id] = at
            self._open = False
        elif self._leads(self._done, entry_id, change, "before"):
            self._undone.append(replace(self._done.pop(), at=at))
            self._open = False
        elif self._leads(self._undone, entry_id, change, "after"):
            self._done.append(replace(self._undone.pop(), at=at))
            self._open = False
        else:
            self._add(at, entry_id, change)

    def _leads(self, pile: Sequence[Step], entry_id: str, change: Change, to: str) -> bool:
        return bool(pile) and pile[-1].entry_id == entry_id and change.restores == getattr(pile[-1], to)

    def _add(self, at: int, entry_id: str, change: Change) -> None:
        """Take a change as a new step, or as more of the last one."""
        known = entry_id in self._last or change.version == 1
        fields = changed_fields(self._last.get(entry_id), change.entry) if known else None
        when = change.changed_at
        back_again = change.restores is not None or change.entry in self._former.get(entry_id, ())
        last = self._done[-1] if self._done and self._open else None
        self._undone.clear()
        words = _words(change.entry, fields)
        before = change.version - 1
        more = last and not back_again and last.entry_id == entry_id and _belongs(last, fields, when)
        if last and more and lost(self._most[1], words) < MANY:
            self._done[-1] = replace(last, after=change.version, at=at, last=when)
        else:
            if last and more:  # what was written stays a step to come back to, whatever went after it
                before = self._most[0]
                self._done[-1] = replace(last, after=before)
            self._done.append(Step(entry_id, before, change.version, at, fields, when, when))
            self._most = (0, "")
        if len(words) >= len(self._most[1]):
            self._most = (change.version, words)
        self._open = not back_again  # an earlier state that came back stands by itself


def _belongs(last: Step, fields: frozenset[str] | None, when: datetime) -> bool:
    near = timedelta(0) <= when - last.last < PAUSE and when - last.begun <= LONGEST
    return near and bool(fields) and fields == last.fields


def _words(entry: Entry | None, fields: frozenset[str] | None) -> str:
    """Return what stands in these fields in words."""
    found = (getattr(entry, name, None) for name in sorted(fields or ()))
    return "\n".join(passage.text for passage in found if isinstance(passage, Passage))


def lost(before: str, now: str) -> int:
    """Return how many letters of ``before`` are gone: what stands between its kept beginning and its kept end."""
    kept = _alike(before, now)
    return len(before) - kept - _alike(before[kept:][::-1], now[kept:][::-1])


def _alike(one: str, other: str) -> int:
    """Return how many letters two texts begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _silent(entry_id: str, change: Change) -> bool:
    """Return whether an empty card was only given its row: nobody sees that, so nobody takes it back."""
    made = change.version == 1 and change.entry is not None
    return made and _FIXED.fullmatch(entry_id) is not None and not changed_fields(None, change.entry)


def changed_fields(before: Entry | None, now: Entry | None) -> frozenset[str] | None:
    """Return the names of the fields in which an entry changed; ``None`` where it was removed.

    An entry that was not there before is compared with an empty one.
    """
    if now is None:
        return None
    known = {name: about for name, about in type(now).model_fields.items() if not about.is_required()}
    if before is None or type(before) is not type(now):
        return frozenset(name for name, about in known.items() if getattr(now, name) != about.default)
    return frozenset(name for name in known if getattr(now, name) != getattr(before, name))
