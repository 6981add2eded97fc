"""A store in memory that keeps the same promise as the one on disk: for tests, notebooks and docs."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portfolio.model import KIND, AnyEntry, Portfolio, PortfolioMeta, SchoolClass, Student
from portfolio.store import trouble
from portfolio.store.media import check_folder_name, check_picture
from portfolio.store.port import Change, Kept, LastChange


@dataclass
class _Kept:
    """One portfolio: its meta, every state of every entry, and the order (removed ones included)."""

    meta: PortfolioMeta
    version: int = 1
    revision: int = 1
    last: LastChange | None = None
    changes: dict[str, list[Change]] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KIND})

    def kind_of(self, entry_id: str) -> str:
        return next(kind for kind, ids in self.order.items() if entry_id in ids)

    def signed(self, change: Change) -> None:
        self.revision += 1
        self.last = LastChange(
            revision=self.revision, changed_at=change.changed_at, changed_by=change.changed_by
        )


class FakeStore:
    """A :class:`~portfolio.store.port.ClassStore` that forgets everything when the program ends."""

    def __init__(self, school_class: SchoolClass | None = None) -> None:
        """Begin with a class, or with nothing at all."""
        self._class = school_class
        self._students: dict[str, Student] = {}
        self._portfolios: dict[str, _Kept] = {}
        self._keys: dict[str, str] = {}
        self._pictures: dict[tuple[str, str], tuple[bytes, bytes]] = {}
        self._lock = threading.RLock()

    def school_class(self) -> SchoolClass:
        """Return the class."""
        if self._class is None:
            raise trouble.no_class()
        return self._class

    def keep_class(self, school_class: SchoolClass) -> None:
        """Keep the class in place of what was there."""
        self._class = school_class

    def students(self) -> tuple[Student, ...]:
        """Return the students in roster order."""
        return tuple(self._students.values())

    def damaged_students(self) -> tuple[str, ...]:
        """Return nothing: memory does not rot."""
        return ()

    def student(self, student_id: str) -> Student:
        """Return one student."""
        found = self._students.get(student_id)
        if found is None:
            raise trouble.no_student(student_id)
        return found

    def keep_student(self, student: Student) -> None:
        """Keep a student; a new one goes to the end of the roster."""
        check_folder_name(student.student_id)
        self._students[student.student_id] = student

    def rounds(self, student_id: str) -> tuple[PortfolioMeta, ...]:
        """Return what is known of a student's portfolios, oldest first."""
        self.student(student_id)
        with self._lock:
            found = [p.meta for p in self._portfolios.values() if p.meta.student_id == student_id]
        return tuple(sorted(found, key=lambda m: (m.started_on, m.portfolio_id)))

    def meta(self, portfolio_id: str) -> tuple[PortfolioMeta, int]:
        """Return what is known of a portfolio, and the version of that."""
        with self._lock:
            found = self._find(portfolio_id)
            return found.meta, found.version

    def keep_meta(self, meta: PortfolioMeta, *, expected: int | None = None) -> int:
        """Keep what is known of a portfolio and return its new version."""
        with self._lock:
            self.student(meta.student_id)
            found = self._portfolios.get(meta.portfolio_id)
            version = found.version if found else 0
            if expected is not None and expected != version:
                raise trouble.meta_meanwhile(meta.portfolio_id, version)
            if found and found.meta.student_id != meta.student_id:
                raise trouble.other_owner(meta.portfolio_id, found.meta.student_id)
            for other in self.rounds(meta.student_id):
                if other.round == meta.round and other.portfolio_id != meta.portfolio_id:
                    raise trouble.round_is_there(meta.student_id, meta.round, other.portfolio_id)
            if found is None:
                self._portfolios[meta.portfolio_id] = _Kept(meta)
                return 1
            found.meta, found.version, found.revision = meta, version + 1, found.revision + 1
            return found.version

    def portfolio(self, portfolio_id: str) -> Portfolio:
        """Return the whole portfolio."""
        with self._lock:
            kept = self.entries(portfolio_id)
            return Portfolio.of(self._find(portfolio_id).meta, (k.entry for k in kept))

    def entries(self, portfolio_id: str) -> tuple[Kept, ...]:
        """Return the entries in order."""
        with self._lock:
            found = self._find(portfolio_id)
            newest = (found.changes[entry_id][-1] for ids in found.order.values() for entry_id in ids)
            return tuple(_kept(change) for change in newest if change.entry is not None)

    def damaged(self, portfolio_id: str) -> tuple[str, ...]:
        """Return nothing: memory does not rot."""
        self._find(portfolio_id)
        return ()

    def entry(self, portfolio_id: str, entry_id: str) -> Kept:
        """Return one entry."""
        newest = self.history(portfolio_id, entry_id)[-1]
        if newest.entry is None:
            raise trouble.no_entry(entry_id)
        return _kept(newest)

    def keep(self, portfolio_id: str, entry: AnyEntry, *, expected: int, by: str, at: datetime) -> Kept:
        """Keep an entry and return it with its new version."""
        kept = Kept(entry=entry, version=expected + 1, changed_at=at, changed_by=by)
        self._write(portfolio_id, entry.entry_id, Change(**dict(kept)))
        return kept

    def remove(self, portfolio_id: str, entry_id: str, *, expected: int, by: str, at: datetime) -> None:
        """Remove an entry; its history stays."""
        change = Change(version=expected + 1, entry=None, changed_at=at, changed_by=by)
        self._write(portfolio_id, entry_id, change)

    def _write(self, portfolio_id: str, entry_id: str, change: Change) -> None:
        with self._lock:
            found = self._find(portfolio_id)
            changes = found.changes.get(entry_id, [])
            newest = changes[-1] if changes else None
            if newest is None and change.entry is None:
                raise trouble.no_entry(entry_id)
            if (newest.version if newest else 0) != change.version - 1:
                raise trouble.meanwhile(entry_id, newest.version if newest else 0, newest)
            if newest and newest.entry is None and change.entry is None:
                raise trouble.no_entry(entry_id)
            if change.entry is not None:
                kind = found.kind_of(entry_id) if newest else change.entry.kind
                if kind != change.entry.kind:
                    raise trouble.other_kind(entry_id, kind)
                if newest is None:
                    found.order[kind].append(entry_id)
            found.changes[entry_id] = [*changes, change]
            found.signed(change)

    def arrange(self, portfolio_id: str, kind: str, order: Sequence[str], *, by: str, at: datetime) -> None:
        """Put the entries of one kind in this order; those not named follow."""
        change = Change(version=1, entry=None, changed_at=at, changed_by=by)
        if kind not in KIND:
            raise trouble.no_kind(kind, ", ".join(KIND))
        with self._lock:
            found = self._find(portfolio_id)
            for entry_id in order:
                if entry_id not in found.order[kind] or found.changes[entry_id][-1].entry is None:
                    raise trouble.no_entry(entry_id)
            found.order[kind] = list(dict.fromkeys([*order, *found.order[kind]]))
            found.signed(change)

    def history(self, portfolio_id: str, entry_id: str) -> tuple[Change, ...]:
        """Return every change of an entry, oldest first."""
        with self._lock:
            changes = self._find(portfolio_id).changes.get(entry_id)
        if changes is None:
            raise trouble.no_entry(entry_id)
        return tuple(changes)

    def revision(self, portfolio_id: str) -> int:
        """Return a number that goes up with every change of a portfolio."""
        return self._find(portfolio_id).revision

    def last_change(self, portfolio_id: str) -> LastChange | None:
        """Return who changed an entry or the order last."""
        return self._find(portfolio_id).last

    def add_key(self, student_id: str, fingerprint: str) -> None:
        """Keep the fingerprint of a student's key."""
        if not trouble.is_sha256(fingerprint):
            raise trouble.not_a_fingerprint()
        self.student(student_id)
        if self._keys.setdefault(fingerprint, student_id) != student_id:
            raise trouble.key_is_taken(student_id)

    def drop_keys(self, student_id: str) -> None:
        """Make all keys of a student worthless."""
        self.student(student_id)
        with self._lock:
            self._keys = {print_: owner for print_, owner in self._keys.items() if owner != student_id}

    def drop_key(self, fingerprint: str) -> None:
        """Make one key worthless."""
        with self._lock:
            self._keys.pop(fingerprint, None)

    def student_for_key(self, fingerprint: str) -> str | None:
        """Return the id of the student a key belongs to, or ``None``."""
        return self._keys.get(fingerprint)

    def keep_picture(self, student_id: str, sha256: str, data: bytes, thumb: bytes) -> None:
        """Keep a cleaned picture (WebP) and its small copy."""
        self.student(student_id)
        check_picture(sha256, data, thumb)
        self._pictures[student_id, sha256] = (data, thumb)

    def picture(self, student_id: str, sha256: str) -> bytes:
        """Return a picture."""
        return self._picture(student_id, sha256)[0]

    def thumb(self, student_id: str, sha256: str) -> bytes:
        """Return the small copy of a picture."""
        return self._picture(student_id, sha256)[1]

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""

    def _picture(self, student_id: str, sha256: str) -> tuple[bytes, bytes]:
        found = self._pictures.get((student_id, sha256))
        if found is None:
            raise trouble.no_picture(student_id, sha256)
        return found

    def _find(self, portfolio_id: str) -> _Kept:
        found = self._portfolios.get(portfolio_id)
        if found is None:
            raise trouble.no_portfolio(portfolio_id)
        return found


def _kept(change: Change) -> Kept:
    return Kept.model_validate(dict(change))
