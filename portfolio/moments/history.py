"""Taking back and doing again, yesterday's version, what changed: nothing of it loses anything.

An entry's history only grows. Taking back adds a change that ``restores`` an earlier version, so that the
next taking back knows where one stands and steps further. A new change made after that begins a new path;
what was taken back stays in the history, and can still be brought back by its version.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from portfolio.errors import NotFound
from portfolio.store.port import Change, ClassStore, Kept, Touched
from portfolio.store.trouble import meanwhile


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
