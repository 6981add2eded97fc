"""Two hands on one record: what both changed since they looked, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from portfolio.model import Passage, Record

R = TypeVar("R", bound=Record)


def laid_over(base: R, mine: R, theirs: R, fields: Sequence[str]) -> tuple[R, tuple[str, ...]]:
    """Return what stands now with what this hand changed since ``base``, and the fields both changed differently.

    In those fields the record is as ``theirs``. Passages are the same if their words are: a translation is no
    change of this hand.
    """
    changes: dict[str, object] = {}
    clash: list[str] = []
    for name in fields:
        was, own, other = (_value(record, name) for record in (base, mine, theirs))
        if own in (other, was):
            continue
        if other == was:
            changes[name] = getattr(mine, name)
        else:
            clash.append(name)
    return theirs.but(**changes), tuple(clash)


def _value(record: Record, name: str) -> object:
    value = getattr(record, name)
    return value.text if isinstance(value, Passage) else value
