"""What in a record is not the child's to bring back: what others wrote there, and what they agreed to.

A child may lay an earlier state of a card over the one that stands there. A teacher's note, the progress noted
at the table, and whether people in a picture have agreed (or have taken that back) stay as they are now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from portfolio.model import Answer, Document, Entry, Rating, Record, Section

E = TypeVar("E", bound=Entry)
_AGREED = "others_agreed"


def brought_back(section: Section, past: Sequence[Entry], then: E) -> E:
    """Return an earlier state of an entry as it may be laid over the newest one.

    ``past`` are the states the entry has had, oldest first, at least one; ``then`` is one of them. Only what the
    section asks for comes back; an agreement stands as it was said last.
    """
    now = past[-1]
    asked = {prompt.field for prompt in section.prompts}
    if isinstance(then, Answer):
        asked = set(type(then).model_fields)
    elif isinstance(then, Rating):
        asked |= {"answer"}
    theirs = {name: kept for name, kept in now if name not in asked | {"besides", "school_words"}}
    besides = (
        *(one for one in then.besides if one.field in asked),
        *(one for one in now.besides if one.field not in asked),
    )
    agreed: dict[str, bool] = {}
    for entry in past:
        agreed |= _agreed_in(entry)
    found: E = _agreed_to(then.but(**theirs, besides=besides), agreed)
    return found


def _agreed_in(entry: Entry) -> dict[str, bool]:
    """Return what was agreed to; where one thing stands twice, the more careful answer counts."""
    found: dict[str, bool] = {}
    for name, yes in _agreements(entry):
        found[name] = yes and found.get(name, True)
    return found


def _agreements(value: object) -> Iterator[tuple[str, bool]]:
    if isinstance(value, Record):
        if hasattr(value, _AGREED):
            yield _name(value), getattr(value, _AGREED)
        for _, inner in value:
            yield from _agreements(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _agreements(inner)


def _agreed_to(value: Any, agreed: Mapping[str, bool]) -> Any:
    if isinstance(value, tuple):
        return tuple(_agreed_to(inner, agreed) for inner in value)
    if not isinstance(value, Record):
        return value
    changed = {name: _agreed_to(inner, agreed) for name, inner in value}
    if _AGREED in changed:
        changed[_AGREED] = agreed.get(_name(value), changed[_AGREED])
    return value.but(**changed)


def _name(thing: Any) -> str:
    """Return what a picture, recording or document is known by: its bytes, or those of its first page."""
    return f"pages {thing.pages[0].sha256}" if isinstance(thing, Document) else str(thing.sha256)
