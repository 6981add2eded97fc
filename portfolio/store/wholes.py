"""Rows of portfolios and students into what a store answers with; no statement and no database is in here.

Whoever has the rows, however they were asked for, gets the same from them: :mod:`portfolio.store.sql` asks through SQLAlchemy,
:mod:`portfolio.store.quick` asks SQLite itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from portfolio.errors import StorageTrouble
from portfolio.model import KIND, Entry, Portfolio, PortfolioMeta, Student
from portfolio.store.bodies import entry_in, kept_in, meta_in, student_in
from portfolio.store.records import LastChange, Latest, Whole, newest_by

LONGEST_HAND: Final = 2_000
"""Letters a name of who wrote may have (as a ``Line``)."""

_KIND_PLACE = {kind: at for at, kind in enumerate(KIND)}


def roster_in(rows: Iterable[Any]) -> dict[str, Student | None]:
    """Return the students in rows of ids and bodies, by id, in their order; ``None`` for one that cannot be read."""
    found: dict[str, Student | None] = {}
    for student_id, body in rows:
        try:
            found[student_id] = student_in(student_id, body)
        except StorageTrouble:
            found[student_id] = None
    return found


def metas_in(rows: Iterable[Any]) -> dict[str, tuple[PortfolioMeta, ...]]:
    """Return the readable metas in rows of student ids, portfolio ids and bodies: by student id, each student's oldest first."""
    found: dict[str, list[PortfolioMeta]] = {}
    for student_id, portfolio_id, body in rows:
        try:
            found.setdefault(student_id, []).append(meta_in(portfolio_id, body))
        except StorageTrouble:
            # one damaged cover must not hide a whole school
            continue
    return {student_id: oldest_first(metas) for student_id, metas in sorted(found.items()) if metas}


def oldest_first(metas: Iterable[PortfolioMeta]) -> tuple[PortfolioMeta, ...]:
    """Return a student's metas in the order of their rounds."""
    return tuple(sorted(metas, key=lambda m: (m.started_on, m.portfolio_id)))


def last_change_in(row: Any) -> LastChange | None:
    """Return the newest change noted in a portfolio's row."""
    if row.changed_revision is None:
        return None
    return LastChange.model_validate(
        {"revision": row.changed_revision, "changed_at": row.changed_at, "changed_by": row.changed_by}
    )


def latest_in(row: Any) -> Latest:
    """Return where the portfolio of a row is now."""
    return Latest(row.portfolio_id, row.student_id, row.round, _number(row.revision), _last(row))


def _number(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _last(row: Any) -> LastChange | None:
    try:
        return last_change_in(row)
    except ValidationError:
        return None  # damaged: nobody can say any more


def place_of(row: Any) -> tuple[int, int, str]:
    """Return where a row of ``entries`` stands among the others of its portfolio."""
    return _KIND_PLACE.get(row.kind, len(KIND)), row.place, row.entry_id


def understood(
    portfolio_ids: Sequence[str], covers: Iterable[Any], inside: Iterable[Any]
) -> dict[str, Whole]:
    """Return the portfolios in these rows, in the order of the ids, without those that cannot be read."""
    by_id = {cover.portfolio_id: cover for cover in covers}
    rows: dict[str, list[Any]] = {name: [] for name in by_id}
    for row in inside:
        rows[row.portfolio_id].append(row)
    found: dict[str, Whole] = {}
    for name in portfolio_ids:
        if name in by_id:
            try:
                found[name] = whole(by_id[name], rows[name])
            except StorageTrouble:
                continue  # whoever asks for this one alone is told
    return found


def whole(cover: Any, rows: Sequence[Any]) -> Whole:
    """Return the portfolio in these rows. Raises ``StorageTrouble`` if what is known of it cannot be read."""
    good: list[Entry] = []
    bad: list[str] = []
    hands: list[tuple[str, datetime]] = []
    for row in sorted(rows, key=place_of):
        at = _moment(row)
        try:
            if row.body is not None:
                good.append(entry_in(row) if at else kept_in(row).entry)
        except StorageTrouble:
            bad.append(row.entry_id)
            continue
        if at:
            hands.append((row.changed_by, at))
    portfolio = Portfolio.of(meta_in(cover.portfolio_id, cover.body), good)
    return Whole(portfolio, _number(cover.revision), tuple(bad), newest_by(hands))


def _moment(row: Any) -> datetime | None:
    """Return when a row was changed if all that goes with its entry is as it should be.

    A quick look in place of a whole record: it is what makes reading a class fast. ``None`` means: look closely.
    """
    well = isinstance(row.version, int) and row.version > 0 and isinstance(row.changed_by, str)
    try:
        at = datetime.fromisoformat(row.changed_at) if well and len(row.changed_by) <= LONGEST_HAND else None
    except (TypeError, ValueError):
        return None
    return at if at and at.tzinfo else None
