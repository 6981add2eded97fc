"""Between what hands put into a control and what a record keeps, both ways, and merging two hands.

A control sends plain JSON values: texts, lists of picked ids, a day as ``YYYY-MM-DD``, rows of small
lines, pictures. Everything is checked against the prompt it answers; what does not fit is refused with
a sentence, never cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from portfolio.errors import TextRefused
from portfolio.model import Entry, Helper, LookHere, Passage, Picture, Prompt, Step
from portfolio.model.record import LONGEST_TEXT

Value = Any
"""A JSON value as a control sends it."""


def filled(entry: Entry, field: str, prompt: Prompt, value: Value, lang: str) -> Entry:
    """Return ``entry`` with ``field`` answered by ``value`` (JSON, see :func:`value_of`).

    ``lang`` is the language the words are written in. Raises :class:`portfolio.errors.TextRefused`
    for a text that is too long or a value the prompt did not offer.
    """
    try:
        return entry.but(**{field: _kept(entry, field, prompt, value, lang)})
    except (ValidationError, TypeError, ValueError, KeyError, AttributeError) as error:
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise TextRefused(
                "This text is too long to keep. Please take out a part. Nothing you wrote before is lost."
            ) from error
        raise TextRefused(
            "This answer did not fit its place, so it was not kept. Please try it once more."
        ) from error


def _kept(entry: Entry, field: str, prompt: Prompt, value: Value, lang: str) -> object:
    """Return what the record keeps for a value; raises whatever does not fit."""
    control = prompt.control
    if control in ("line", "long"):
        return _words(getattr(entry, field), value, lang)
    if control == "picks":
        return _picked(prompt, value)
    if control in ("one", "scale"):
        one = _picked(prompt, [] if value is None else [value])
        return one if isinstance(getattr(entry, field), tuple) else next(iter(one), None)
    if control == "rows":
        return tuple(
            _row(field, row, lang) for row in value if any(str(cell).strip() for cell in row.values())
        )
    if control == "date":
        return date.fromisoformat(value) if value else None
    if control == "dates":
        return tuple(sorted({date.fromisoformat(day) for day in value if day}))
    if control == "photos":
        before = {picture.sha256: picture for picture in getattr(entry, field)}
        return tuple(_photo(photo, lang, before.get(photo["sha256"])) for photo in value)
    return value or None


def _words(before: object, value: Value, lang: str) -> object:
    """Return changed words: same language as before if there were any; translations go with the old text."""
    if not isinstance(value, str):
        raise TypeError("words must be a text")
    if not isinstance(before, Passage):
        return value
    if before.text == value:
        return before
    return Passage(text=value, lang=before.lang if before else lang)


def _picked(prompt: Prompt, value: Value) -> tuple[str, ...]:
    offered = {choice.id for choice in prompt.choices}
    picks = tuple(dict.fromkeys(value))
    if not set(picks) <= offered or (prompt.at_most and len(picks) > prompt.at_most):
        raise ValueError("not offered, or too many")
    return picks


def _row(field: str, row: Mapping[str, str], lang: str) -> Step | Helper:
    what = Passage(text=row.get("what", ""), lang=lang)
    if field == "helpers":
        return Helper(who=row.get("who", ""), what=what)
    return Step(what=what, when=row.get("when", ""), where=row.get("where", ""))


def _photo(photo: Mapping[str, Any], lang: str, before: Picture | None) -> Picture:
    """Return the picture a control describes; what was agreed about it before stays agreed."""
    known = before or Picture.model_validate({key: photo[key] for key in ("sha256", "width", "height")})
    marks = tuple(
        LookHere(x=mark["x"], y=mark["y"], words=Passage(text=mark.get("words", ""), lang=lang))
        for mark in photo.get("looks", ())
    )
    return known.but(
        alt=_words(known.alt, photo.get("alt", ""), lang),
        caption=_words(known.caption, photo.get("caption", ""), lang),
        looks=known.looks if _marks(known) == photo.get("looks") else marks,
        others=bool(photo.get("others", False)),
    )


def _marks(picture: Picture) -> list[dict[str, Any]]:
    return [{"x": m.x, "y": m.y, "words": m.words.text} for m in picture.looks]


def value_of(entry: Entry, field: str, prompt: Prompt) -> Value:
    """Return the JSON value a control shows for what the record keeps (the way back of :func:`filled`)."""
    kept = getattr(entry, field)
    if isinstance(kept, Passage):
        return kept.text
    if prompt.control in ("one", "scale"):
        return next(iter(kept), None) if isinstance(kept, tuple) else kept
    if prompt.control == "photos":
        return [_photo_value(picture) for picture in kept]
    if prompt.control == "rows":
        return [_row_value(row) for row in kept]
    if prompt.control == "date":
        return kept.isoformat() if kept else None
    if prompt.control == "dates":
        return [day.isoformat() for day in kept]
    return list(kept) if isinstance(kept, tuple) else kept


def _row_value(row: Step | Helper) -> dict[str, str]:
    rest = {"who": row.who} if isinstance(row, Helper) else {"when": row.when, "where": row.where}
    return {"what": row.what.text, **rest}


def _photo_value(picture: Picture) -> dict[str, Any]:
    return {
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt.text,
        "caption": picture.caption.text,
        "others": picture.others,
        "looks": _marks(picture),
    }


def is_empty(value: Value) -> bool:
    """Return whether a control shows nothing."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def merged(base: Entry, theirs: Entry, field: str) -> bool:
    """Return whether a change to ``field`` may be laid over ``theirs``: nobody else changed that field."""
    return bool(getattr(base, field) == getattr(theirs, field))
