"""Looking at a book before it goes home: who has looked, at which state of it, and what changed after that.

It keeps nobody back: a book goes home with or without it. What a child calls ready stays the child's word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from portfolio.errors import InputRefused
from portfolio.model import AnyEntry, Approval, PortfolioMeta
from portfolio.moments.comments import change_meta
from portfolio.store.port import ClassStore, Touched

LookState = Literal["not_yet", "looked_at", "changed_since"]
"""Nobody has looked at the book; somebody has, as it is now; somebody has, before the last changes."""

_NOT_LOOKED_AT: Final = frozenset(
    {
        "comment",
        "home_words",
        "concern",
        "cue",
        "reply",
        "statement",
        "practice",
        "to_teacher",
        "parked",
        "meeting",
        "naming",
    }
)
"""Kinds that go into no file made of a child's book, or are a family's own letter in its own copy."""


@dataclass(frozen=True)
class Looked:
    """Whether a book was looked at, by whom and when, and what became of its entries since."""

    state: LookState
    approval: Approval | None = None
    changed: tuple[Touched, ...] = ()


def looked_at(store: ClassStore, meta: PortfolioMeta) -> Looked:
    """Return whether a book was looked at before it goes home. Raises ``NotFound``, ``StorageTrouble``."""
    approval = meta.approved
    if approval is None:
        return Looked("not_yet")
    last = store.last_change(meta.portfolio_id)
    if last is None or last.revision <= approval.revision:
        return Looked("looked_at", approval)
    since = store.changes_since(meta.portfolio_id, approval.revision)
    changed = tuple(one for one in since if _counts(one, approval))
    return Looked("changed_since" if changed else "looked_at", approval, changed)


def _counts(one: Touched, approval: Approval) -> bool:
    """Return whether a change is one that whoever has looked has not seen."""
    if one.kind in _NOT_LOOKED_AT:
        return False
    if one.kind == "teacher_note" and one.changed_by == f"teacher:{approval.teacher_id}":
        return False  # nobody else writes in one's own note
    if one.before is None or one.now is None:
        return True
    return _as_the_child_left_it(one.before) != _as_the_child_left_it(one.now)


def _as_the_child_left_it(entry: AnyEntry) -> str:
    """Return an entry without what was chosen for its school words, and without what a teacher ticked for others in it."""
    return (
        entry.but(school_words=()).model_dump_json().replace('"others_agreed":true', '"others_agreed":false')
    )


def approve(
    store: ClassStore, portfolio_id: str, teacher_id: str, *, on: date, revision: int | None
) -> PortfolioMeta:
    """Note that a teacher has looked at a book as it was at ``revision``: that of the screen, not of this moment.

    A book its child calls ready is "checked" then; one that is still being written stays where it is. Raises
    ``InputRefused`` without a revision the book has had, ``NotFound``, ``StorageTrouble``.
    """
    if revision is None or not 0 <= revision <= store.revision(portfolio_id):
        raise InputRefused("This page is older than the book. Load it again, then look once more.")
    approval = Approval(teacher_id=teacher_id, on=on, revision=revision)

    def change(meta: PortfolioMeta) -> PortfolioMeta:
        return meta.but(approved=approval, status="checked" if meta.status == "ready" else meta.status)

    return change_meta(store, portfolio_id, change)


def withdraw(store: ClassStore, portfolio_id: str) -> PortfolioMeta:
    """Take back that a book was looked at; a checked one is again what its child called it: ready."""

    def change(meta: PortfolioMeta) -> PortfolioMeta:
        return meta.but(approved=None, status="ready" if meta.status == "checked" else meta.status)

    return change_meta(store, portfolio_id, change)
