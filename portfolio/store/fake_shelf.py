"""What the store in memory holds, and how a block of changes works on a copy of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from portfolio.model import KIND, AnyEntry, Portfolio, PortfolioMeta, SchoolClass, Student
from portfolio.store import trouble
from portfolio.store.records import Change, LastChange, Whole, newest_by


@dataclass
class Shelf:
    """One portfolio: its meta, every state of every entry, and the order (removed ones included)."""

    meta: PortfolioMeta
    version: int = 1
    revision: int = 1
    last: LastChange | None = None
    changes: dict[str, list[Change]] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KIND})

    def kind_of(self, entry_id: str) -> str:
        """Return the kind of an entry that is or was there."""
        return next(kind for kind, ids in self.order.items() if entry_id in ids)

    def signed(self, change: Change) -> int:
        """Note who changed something, and return the new revision."""
        self.revision += 1
        self.last = LastChange(
            revision=self.revision, changed_at=change.changed_at, changed_by=change.changed_by
        )
        return self.revision

    def write(self, entry_id: str, change: Change) -> None:
        """Add a change if the version before it is what is there; raise before anything is changed."""
        changes = self.changes.get(entry_id, [])
        newest = changes[-1] if changes else None
        if newest is None and change.entry is None:
            raise trouble.no_entry(entry_id)
        if (newest.version if newest else 0) != change.version - 1:
            there = newest and newest.but(revision=None, restores=None)
            raise trouble.meanwhile(entry_id, newest.version if newest else 0, there)
        if newest and newest.entry is None and change.entry is None:
            raise trouble.no_entry(entry_id)
        if change.entry is not None:
            kind = self.kind_of(entry_id) if newest else change.entry.kind
            if kind != change.entry.kind:
                raise trouble.other_kind(entry_id, kind)
            if newest is None:
                self.order[kind].append(entry_id)
        self.changes[entry_id] = [*changes, change.but(revision=self.signed(change))]

    def state_of(self, entry_id: str, version: int) -> AnyEntry | None:
        """Return an entry as it was in a version. Raises ``NotFound``."""
        changes = self.changes.get(entry_id)
        if changes is None:
            raise trouble.no_entry(entry_id)
        if version == 0:
            return None
        if not 0 < version <= len(changes):
            raise trouble.no_version(entry_id, version)
        return changes[version - 1].entry

    def in_order(self) -> Iterator[tuple[str, str, list[Change]]]:
        """Yield kind, id and changes of every entry there ever was, in order."""
        for kind, ids in self.order.items():
            for entry_id in ids:
                yield kind, entry_id, self.changes[entry_id]

    def whole(self) -> Whole:
        """Return all that is on it, with who wrote when last."""
        newest = [changes[-1] for _, _, changes in self.in_order()]
        entries = (change.entry for change in newest if change.entry is not None)
        hands = newest_by((change.changed_by, change.changed_at) for change in newest)
        return Whole(Portfolio.of(self.meta, entries), self.revision, (), hands)

    def copy(self) -> Shelf:
        """Return another shelf with the same on it."""
        order = {kind: list(ids) for kind, ids in self.order.items()}
        return replace(self, changes=dict(self.changes), order=order)


@dataclass
class Holding:
    """All that a store in memory holds, besides files."""

    school_class: SchoolClass | None = None
    students: dict[str, Student] = field(default_factory=dict)
    shelves: dict[str, Shelf] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def copy(self) -> Holding:
        """Return another holding that can be changed alone."""
        shelves = {name: shelf.copy() for name, shelf in self.shelves.items()}
        return Holding(self.school_class, dict(self.students), shelves, dict(self.keys))
