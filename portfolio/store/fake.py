"""A store in memory that keeps the same promise as the one on disk: for tests, notebooks and docs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from portfolio.model import (
    KIND,
    AnyEntry,
    Portfolio,
    PortfolioMeta,
    SchoolClass,
)
from portfolio.store import trouble
from portfolio.store.fake_files import FakeFiles
from portfolio.store.fake_shelf import Shelf
from portfolio.store.records import (
    Change,
    Forgotten,
    Kept,
    LastChange,
    Latest,
    Touched,
    Whole,
    kept_of,
    moment_of,
)


class FakeStore(FakeFiles):
    """A :class:`~portfolio.store.port.ClassStore` that forgets everything when the program ends."""

    def __init__(self, school_class: SchoolClass | None = None) -> None:
        """Begin with a class, or with nothing at all."""
        super().__init__(school_class)

    def rounds(self, student_id: str) -> tuple[PortfolioMeta, ...]:
        """Return what is known of a student's portfolios, oldest first."""
        self.student(student_id)
        return self.all_rounds().get(student_id, ())

    def all_rounds(self) -> dict[str, tuple[PortfolioMeta, ...]]:
        """Return what is known of everybody's portfolios, each student's oldest first."""
        found: dict[str, list[PortfolioMeta]] = {}
        with self._lock:
            for shelf in self._held.shelves.values():
                found.setdefault(shelf.meta.student_id, []).append(shelf.meta)
        return {
            student_id: tuple(sorted(found[student_id], key=lambda m: (m.started_on, m.portfolio_id)))
            for student_id in sorted(found)
        }

    def latest(self) -> tuple[Latest, ...]:
        """Return where every portfolio is now."""
        with self._lock:
            shelves = sorted(self._held.shelves.items())
            return tuple(
                Latest(name, one.meta.student_id, one.meta.round, one.revision, one.last)
                for name, one in shelves
            )

    def wholes(self, portfolio_ids: Iterable[str]) -> dict[str, Whole]:
        """Return several portfolios at once."""
        with self._lock:
            held = self._held.shelves
            return {name: held[name].whole() for name in dict.fromkeys(portfolio_ids) if name in held}

    def meta(self, portfolio_id: str) -> tuple[PortfolioMeta, int]:
        """Return what is known of a portfolio, and the version of that."""
        with self._lock:
            found = self._find(portfolio_id)
            return found.meta, found.version

    def keep_meta(self, meta: PortfolioMeta, *, expected: int | None = None) -> int:
        """Keep what is known of a portfolio and return its new version."""
        with self._changing() as held:
            self.student(meta.student_id)
            found = held.shelves.get(meta.portfolio_id)
            version = found.version if found else 0
            if expected is not None and expected != version:
                raise trouble.meta_meanwhile(meta.portfolio_id, version)
            if found and found.meta.student_id != meta.student_id:
                raise trouble.other_owner(meta.portfolio_id, found.meta.student_id)
            self._check_round(meta)
            if found is None:
                held.shelves[meta.portfolio_id] = Shelf(meta)
                return 1
            found.meta, found.version, found.revision = meta, version + 1, found.revision + 1
            return found.version

    def _check_round(self, meta: PortfolioMeta) -> None:
        for other in self.rounds(meta.student_id):
            if other.round == meta.round and other.portfolio_id != meta.portfolio_id:
                raise trouble.round_is_there(meta.student_id, meta.round, other.portfolio_id)

    def keep_portfolio(self, portfolio: Portfolio, *, by: str, at: datetime) -> None:
        """Keep a whole portfolio that is not there yet, as one change."""
        change = Change(version=1, entry=None, changed_at=at, changed_by=by, revision=1)
        made = Shelf(portfolio.meta)
        with self._changing() as held:
            self.student(portfolio.meta.student_id)
            found = held.shelves.get(portfolio.meta.portfolio_id)
            if found is not None:
                raise trouble.meta_meanwhile(portfolio.meta.portfolio_id, found.version)
            self._check_round(portfolio.meta)
            for entry in portfolio.entries():
                if entry.entry_id in made.changes:
                    raise trouble.other_kind(entry.entry_id, made.kind_of(entry.entry_id))
                new = change.but(entry=entry)
                made.changes[entry.entry_id] = [new]
                made.order[new.entry.kind if new.entry else ""].append(entry.entry_id)
            if made.changes:
                made.last = LastChange(revision=1, changed_at=change.changed_at, changed_by=change.changed_by)
            held.shelves[portfolio.meta.portfolio_id] = made

    def portfolio(self, portfolio_id: str) -> Portfolio:
        """Return the whole portfolio."""
        with self._lock:
            kept = self.entries(portfolio_id)
            return Portfolio.of(self._find(portfolio_id).meta, (k.entry for k in kept))

    def entries(self, portfolio_id: str) -> tuple[Kept, ...]:
        """Return the entries in order."""
        with self._lock:
            there = [kept_of(changes[-1]) for _, _, changes in self._find(portfolio_id).in_order()]
        return tuple(kept for kept in there if kept is not None)

    def damaged(self, portfolio_id: str) -> tuple[str, ...]:
        """Return nothing: memory does not rot."""
        self._find(portfolio_id)
        return ()

    def entry(self, portfolio_id: str, entry_id: str) -> Kept:
        """Return one entry."""
        kept = kept_of(self.history(portfolio_id, entry_id)[-1])
        if kept is None:
            raise trouble.no_entry(entry_id)
        return kept

    def keep(self, portfolio_id: str, entry: AnyEntry, *, expected: int, by: str, at: datetime) -> Kept:
        """Keep an entry and return it with its new version."""
        kept = Kept(entry=entry, version=expected + 1, changed_at=at, changed_by=by)
        with self._changing():
            self._find(portfolio_id).write(entry.entry_id, Change(**dict(kept)))
        return kept

    def remove(self, portfolio_id: str, entry_id: str, *, expected: int, by: str, at: datetime) -> None:
        """Remove an entry; its history stays."""
        change = Change(version=expected + 1, entry=None, changed_at=at, changed_by=by)
        with self._changing():
            self._find(portfolio_id).write(entry_id, change)

    def restore(
        self, portfolio_id: str, entry_id: str, version: int, *, expected: int, by: str, at: datetime
    ) -> Kept | None:
        """Bring back an entry as it was in a version, as a new version."""
        made = Change(version=expected + 1, entry=None, changed_at=at, changed_by=by)
        with self._changing():
            found = self._find(portfolio_id)
            change = made.but(entry=found.state_of(entry_id, version), restores=version)
            found.write(entry_id, change)
        return kept_of(change)

    def arrange(self, portfolio_id: str, kind: str, order: Sequence[str], *, by: str, at: datetime) -> None:
        """Put the entries of one kind in this order; those not named follow."""
        change = Change(version=1, entry=None, changed_at=at, changed_by=by)
        if kind not in KIND:
            raise trouble.no_kind(kind, ", ".join(KIND))
        with self._changing():
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

    def recent(self, portfolio_id: str, kind: str, *, at_most: int) -> dict[str, tuple[Change, ...]]:
        """Return the newest changes of all entries of a kind, by entry id, oldest first."""
        with self._lock:
            there = [
                (entry_id, change)
                for known, entry_id, changes in self._find(portfolio_id).in_order()
                for change in changes
                if known == kind
            ]
        there.sort(key=lambda one: (one[1].revision or 1, one[1].version))
        found: dict[str, list[Change]] = {}
        for entry_id, change in there[-at_most:]:
            found.setdefault(entry_id, []).append(change)
        return {entry_id: tuple(changes) for entry_id, changes in found.items()}

    def changes_since(self, portfolio_id: str, since: int | datetime) -> tuple[Touched, ...]:
        """Return what became of each entry since a revision or a moment."""
        moment = moment_of(since)
        found: list[Touched] = []
        with self._lock:
            for kind, entry_id, changes in self._find(portfolio_id).in_order():
                past = [change for change in changes if not _is_after(change, moment)]
                before, now = (past[-1].entry if past else None), changes[-1]
                if before == now.entry:
                    continue
                known = {name: getattr(now, name) for name in ("version", "changed_at", "changed_by")}
                found.append(Touched(kind=kind, entry_id=entry_id, before=before, now=now.entry, **known))
        return tuple(found)

    def revision(self, portfolio_id: str) -> int:
        """Return a number that goes up with every change of a portfolio."""
        return self._find(portfolio_id).revision

    def last_change(self, portfolio_id: str) -> LastChange | None:
        """Return who changed an entry or the order last."""
        return self._find(portfolio_id).last

    def forget_student(self, student_id: str) -> Forgotten:
        """Delete everything of a student."""
        if self._block.copy is not None:
            raise trouble.not_in_a_block()
        with self._changing() as held:
            self.student(student_id)
            gone = [name for name, shelf in held.shelves.items() if shelf.meta.student_id == student_id]
            entries = [changes for name in gone for changes in held.shelves[name].changes.values()]
            prints = [print_ for print_, owner in held.keys.items() if owner == student_id]
            files = self.media_names(student_id)
            held.shelves = {name: shelf for name, shelf in held.shelves.items() if name not in gone}
            del held.students[student_id]
            for print_ in prints:
                del held.keys[print_]
            for name in files:
                del self._files[student_id, name]
        return Forgotten(
            portfolios=len(gone),
            entries=len(entries),
            history=sum(map(len, entries)),
            keys=len(prints),
            files=len(files),
        )

    def sweep(self) -> bool:
        """Do nothing: there is no file."""
        return True

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""

    def _find(self, portfolio_id: str) -> Shelf:
        found = self._held.shelves.get(portfolio_id)
        if found is None:
            raise trouble.no_portfolio(portfolio_id)
        return found


def _is_after(change: Change, since: int | datetime) -> bool:
    if isinstance(since, int):
        return (change.revision or 1) > since
    return change.changed_at > since
