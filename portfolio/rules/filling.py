"""Between what hands put into a control and what a record keeps, both ways, and merging two hands.

A control sends plain JSON values: texts, lists of picked ids, a day as ``YYYY-MM-DD``, and what is made of
parts (:mod:`portfolio.rules.filling_parts`). Everything is checked against the prompt it answers; what does
not fit is refused with a sentence, never cut.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import ValidationError

from portfolio.errors import TextRefused
from portfolio.model import Entry, Passage, Prompt
from portfolio.model.record import LONGEST_TEXT
from portfolio.rules.answers import kept, with_kept
from portfolio.rules.filling_parts import (
    Value,
    medium_kept,
    medium_name,
    medium_value,
    photo_kept,
    photo_value,
    row_value,
    rows_kept,
    says,
    words_kept,
)


def filled(entry: Entry, field: str, prompt: Prompt, value: Value, lang: str) -> Entry:
    """Return ``entry`` with ``field`` answered by ``value`` (JSON, see :func:`value_of`).

    ``field`` is a place as :mod:`portfolio.rules.answers` names them: a field, or one beside the words of it.
    ``lang`` is the language the words are written in. Raises :class:`portfolio.errors.TextRefused`
    for a text that is too long or a value the prompt did not offer.
    """
    try:
        return with_kept(entry, field, _told(kept(entry, field), field, prompt, value, lang))
    except (ValidationError, TypeError, ValueError, KeyError, AttributeError) as error:
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise TextRefused(
                "This text is too long to keep. Please take out a part. Nothing you wrote before is lost."
            ) from error
        raise TextRefused(
            "This answer did not fit its place, so it was not kept. Please try it once more."
        ) from error


def _told(before: Any, field: str, prompt: Prompt, value: Value, lang: str) -> object:
    """Return what the record keeps for a value in place of ``before``; raises whatever does not fit."""
    control = prompt.control
    if control in ("line", "long"):
        return words_kept(before, value, lang)
    if isinstance(before, bool):  # one thing to tick
        return bool(_picked(prompt, value, ()))
    if control == "picks":
        return _picked(prompt, value, before)
    if control in ("one", "scale"):
        was = before if isinstance(before, tuple) else () if before is None else (before,)
        one = _picked(prompt, [] if value is None else [value], was)
        return one if isinstance(before, tuple) else next(iter(one), None)
    if control == "rows":
        return rows_kept(field, [row for row in value if any(map(says, row.values()))], lang, before)
    if control == "date":
        return date.fromisoformat(value) if value else None
    if control == "dates":
        return tuple(sorted({date.fromisoformat(day) for day in value if day}))
    if control == "photos":
        seen = {picture.sha256: picture for picture in before}
        return tuple(photo_kept(photo, lang, seen.get(photo["sha256"])) for photo in value)
    if control == "media":
        there = {medium_name(medium_value(medium)): medium for medium in before}
        return tuple(medium_kept(medium, lang, there) for medium in value)
    return value or None


def _picked(prompt: Prompt, value: Value, before: tuple[str, ...]) -> tuple[str, ...]:
    """Return what was picked. What stood there before may stay, also when it is offered no more, or is too many now."""
    offered = {choice.id for choice in prompt.choices}
    picks = tuple(dict.fromkeys(value))
    fresh = set(picks) - set(before)
    too_many = prompt.at_most and len(offered.intersection(picks)) > prompt.at_most
    if not fresh <= offered or (fresh and too_many):
        raise ValueError("not offered, or too many")
    return picks


def value_of(entry: Entry, field: str, prompt: Prompt) -> Value:
    """Return the JSON value a control shows for what the record keeps (the way back of :func:`filled`)."""
    there = kept(entry, field)
    if isinstance(there, Passage):
        return there.text
    if isinstance(there, bool):
        return [choice.id for choice in prompt.choices[:1]] if there else []
    if prompt.control in ("one", "scale"):
        return next(iter(there), None) if isinstance(there, tuple) else there
    if prompt.control == "photos":
        return [photo_value(picture) for picture in there]
    if prompt.control == "media":
        return [medium_value(medium) for medium in there]
    if prompt.control == "rows":
        return [row_value(row, prompt) for row in there]
    if prompt.control == "date":
        return there.isoformat() if there else None
    if prompt.control == "dates":
        return [day.isoformat() for day in there]
    return list(there) if isinstance(there, tuple) else there


def is_empty(value: Value) -> bool:
    """Return whether a control shows nothing."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def merged(base: Entry, theirs: Entry, field: str) -> bool:
    """Return whether a change to ``field`` may be laid over ``theirs``: nobody else changed that field."""
    return bool(kept(base, field) == kept(theirs, field))
