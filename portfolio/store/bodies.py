"""Rows into records: every reading validates, and what cannot be read is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from portfolio.errors import StorageTrouble
from portfolio.model import KIND, Entry, PortfolioMeta, Record, SchoolClass, Student
from portfolio.model.upgrade import upgraded
from portfolio.store import trouble
from portfolio.store.records import Change, Kept

R = TypeVar("R", bound=Record)


def school_class_in(body: str) -> SchoolClass:
    """Return the class in a row."""
    return _read(SchoolClass, body, trouble.damaged_class)


def student_in(student_id: str, body: str) -> Student:
    """Return the student in a row. Raises ``StorageTrouble`` if it is damaged or somebody else's."""
    found = _read(Student, body, partial(trouble.damaged_student, student_id))
    if found.student_id != student_id:
        raise trouble.damaged_student(student_id)
    return found


def meta_in(portfolio_id: str, body: str) -> PortfolioMeta:
    """Return what is known of a portfolio. Raises ``StorageTrouble`` if it is damaged or another's."""
    try:
        found = PortfolioMeta.model_validate_json(body)
    except ValidationError:
        found = _older_meta(body, trouble.damaged_meta(portfolio_id))
    if found.portfolio_id != portfolio_id:
        raise trouble.damaged_meta(portfolio_id)
    return found


def _older_meta(body: str, damaged: StorageTrouble) -> PortfolioMeta:
    """Return a meta of an earlier version: an old program may be open still, and save, after an upgrade."""
    try:
        return PortfolioMeta.model_validate(upgraded({"meta": json.loads(body)})["meta"])
    except (ValueError, RecursionError, StorageTrouble) as error:
        raise damaged from error


def kept_in(row: Any) -> Kept:
    """Return the entry in a row of ``entries`` that has a body. Raises ``StorageTrouble``."""
    change = change_in(row)
    if change.entry is None:
        raise trouble.no_entry(row.entry_id)
    return Kept(
        entry=change.entry,
        version=change.version,
        changed_at=change.changed_at,
        changed_by=change.changed_by,
    )


def change_in(row: Any) -> Change:
    """Return the change in a row of ``history`` (or ``entries``). Raises ``StorageTrouble``."""
    damaged = partial(trouble.damaged_entry, row.portfolio_id, row.entry_id, row.version)
    entry = None if row.body is None else _entry_in(row, damaged)
    try:
        return Change.model_validate(
            {
                "version": row.version,
                "entry": entry,
                "changed_at": row.changed_at,
                "changed_by": row.changed_by,
                # only history has these
                "revision": getattr(row, "revision", None),
                "restores": getattr(row, "restores", None),
            }
        )
    except ValidationError as error:
        raise damaged() from error


def entry_in(row: Any) -> Entry:
    """Return the entry alone in a row of ``entries`` that has one. Raises ``StorageTrouble``."""
    return _entry_in(row, partial(trouble.damaged_entry, row.portfolio_id, row.entry_id, row.version))


Damaged = Callable[[], StorageTrouble]
"""Makes the sentence for a row that cannot be read; most can."""


def _entry_in(row: Any, damaged: Damaged) -> Entry:
    record = KIND.get(row.kind)
    if record is None:
        raise damaged()
    entry = _read(record, row.body, damaged)
    if entry.entry_id != row.entry_id:
        raise damaged()
    return entry


def _read(record: type[R], body: str, damaged: Damaged) -> R:
    try:
        return record.model_validate_json(body)
    except ValidationError as error:
        raise damaged() from error
