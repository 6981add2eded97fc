"""The small records a store answers with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter

from portfolio.model import AnyEntry, Portfolio, Record
from portfolio.model.record import Line


def _in_utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A point in time, kept in UTC. A time without its zone is refused."""

Version = Annotated[int, Field(ge=1)]
"""How many changes a record has seen, counting its making."""

Count = Annotated[int, Field(ge=0)]
"""How many there are, or were."""


class Kept(Record):
    """An entry as it is kept now: which version, and who changed it last.

    ``changed_by`` is ``student``, ``teacher:<teacher_id>`` or ``family:<household_id>``.
    """

    entry: AnyEntry
    version: Version
    changed_at: Instant
    changed_by: Line


class Change(Record):
    """One change of an entry; ``entry`` is ``None`` where it was removed.

    In a history, ``revision`` is the portfolio's revision that this change made (``None`` for changes
    from before store version 2), and ``restores`` the version it brought back (0: the time before the
    entry was made; ``None``: it brought nothing back).
    """

    version: Version
    entry: AnyEntry | None
    changed_at: Instant
    changed_by: Line
    revision: Version | None = None
    restores: Count | None = None


class LastChange(Record):
    """The newest change among the entries of a portfolio (or their order): which revision, when, whose."""

    revision: Version
    changed_at: Instant
    changed_by: Line


class Touched(Record):
    """What became of one entry since some moment: how it was then, how it is now, who changed it last.

    ``before`` or ``now`` is ``None`` where the entry was not there. ``version`` is the one it has now.
    """

    kind: Line
    entry_id: Line
    version: Version
    before: AnyEntry | None
    now: AnyEntry | None
    changed_at: Instant
    changed_by: Line


@dataclass(frozen=True)
class Forgotten:
    """How much of a student was forgotten: portfolios, entries, their changes, keys and media files.

    ``swept`` is false while others held the file, so that it could not be written anew; the bytes of what
    was deleted were overwritten all the same, as far as they lay in the file itself: see ``ClassStore.sweep``.
    """

    portfolios: int
    entries: int
    history: int
    keys: int
    files: int
    swept: bool = True


@dataclass(frozen=True)
class Latest:
    """Where a portfolio is now, as far as that can be read: whose, which round, revision, newest change.

    ``revision`` is 0 if it cannot be read; ``last`` is ``None`` then too, or where nobody has written yet.
    """

    portfolio_id: str
    student_id: str
    round: str
    revision: int
    last: LastChange | None


@dataclass(frozen=True)
class Whole:
    """A portfolio with what belongs to reading it: its revision, ids of damaged entries, who wrote when last.

    ``last_by`` says of each hand that changed or removed an entry when it last did; the hands are named as in
    :class:`Kept`. Only what is the newest change of some entry counts.
    """

    portfolio: Portfolio
    revision: int
    damaged: tuple[str, ...]
    last_by: Mapping[str, datetime]


def newest_by(changes: Iterable[tuple[str, datetime]]) -> Mapping[str, datetime]:
    """Return for each hand the newest of its times, hands in alphabetical order."""
    found: dict[str, datetime] = {}
    for hand, at in changes:
        found[hand] = max(at, found.get(hand, at))
    return dict(sorted(found.items()))


_MOMENT: TypeAdapter[datetime] = TypeAdapter(Instant)


def moment_of(since: int | datetime) -> int | datetime:
    """Return a revision as it is, a time in UTC. Raises ``pydantic.ValidationError`` without a zone."""
    return since if isinstance(since, int) else _MOMENT.validate_python(since)


def kept_of(change: Change) -> Kept | None:
    """Return what a change leaves there, ``None`` if it removes the entry."""
    if change.entry is None:
        return None
    return Kept(
        entry=change.entry,
        version=change.version,
        changed_at=change.changed_at,
        changed_by=change.changed_by,
    )
