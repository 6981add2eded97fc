"""Nothing a page sends is believed before it has passed here.

Messages first (a known type with fields of the right kinds), then values (what this control may hold).
What does not fit raises :class:`~portfolio.errors.InputRefused` or one of its children.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Final

from portfolio.errors import InputRefused, PictureRefused, TextRefused
from portfolio.model import LookHere, Passage
from portfolio.model.record import LONGEST_TEXT
from portfolio.widgets.wire import Field, PhotoValue, Value

MOST: Final = 12
"""Picks, photos, rows or days where the template sets no number: the largest it could set."""

_MARKS: Final = 12
_COUNT: Final = 2**53

SHAPES: Final[Mapping[str, Mapping[str, type]]] = {
    "save": {"entry": str, "field": str, "base": int, "rev": int},
    "add": {"rev": int},
    "remove": {"entry": str, "base": int, "rev": int},
    "arrange": {"order": list, "rev": int},
    "photo": {"entry": str, "field": str, "rev": int, "name": str, "part": int, "of": int},
    "ping": {},
    "renew": {},
}
"""Every message a page may send: its fields and their types."""


def message(content: object) -> dict[str, Any]:
    """Return ``content`` if it is one of the messages of :data:`SHAPES`; raises InputRefused otherwise."""
    shape = SHAPES.get(str(content.get("type"))) if isinstance(content, dict) else None
    if shape is None or not isinstance(content, dict):
        raise _strange()
    for name, kind in shape.items():
        value = content.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise _strange()
        if isinstance(value, int) and not 0 <= value < _COUNT:
            raise _strange()
    return content


def value(field: Field, given: Value, known: Mapping[str, PhotoValue]) -> Value:
    """Return what a control may hold, put in order; ``known`` are the pictures this sheet has seen, by hash.

    Raises:
        TextRefused: a text longer than any answer.
        PictureRefused: more pictures than there is room for.
        InputRefused: anything that this control could not have sent.
    """
    control = field["control"]
    if control == "photos":
        return _photos(field, given, known)
    return _CHECKS[control](field, given)


def _strange() -> InputRefused:
    return InputRefused("That could not be understood, so it was not saved. Please tell your teacher.")


def _text(given: Value) -> str:
    if not isinstance(given, str):
        raise _strange()
    if len(given) > LONGEST_TEXT:
        raise TextRefused(
            "This text is longer than one answer can be. Take some of it away, then it can be saved."
        )
    return given


def _words(_field: Field, given: Value) -> str:
    return _text(given)


def _choices(field: Field) -> Collection[str]:
    """Return what may be picked: the choices, and what stands there already from an older template."""
    old = field["value"]
    kept = old if isinstance(old, list) else [old]
    return {c["id"] for c in field["choices"]} | {k for k in kept if isinstance(k, str)}


def _one(field: Field, given: Value) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or given not in _choices(field):
        raise _strange()
    return given


def _picks(field: Field, given: Value) -> list[str]:
    allowed = _choices(field)
    found = _list(given, field["at_most"] or max(MOST, len(allowed)))
    if any(not isinstance(one, str) or one not in allowed for one in found) or len(set(found)) != len(found):
        raise _strange()
    return found


def _list(given: Value, at_most: int) -> list[Any]:
    if not isinstance(given, list) or len(given) > at_most:
        raise _strange()
    return given


def _day(_field: Field, given: Value) -> str | None:
    return None if given in (None, "") else _date(given)


def _date(given: Value) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except (TypeError, ValueError):
        raise _strange() from None


def _days(field: Field, given: Value) -> list[str]:
    return [_date(one) for one in _list(given, field["at_most"] or MOST)]


def _rows(field: Field, given: Value) -> list[dict[str, str]]:
    columns = [c["field"] for c in field["columns"]]
    rows = _list(given, field["at_most"] or MOST)
    if any(not isinstance(row, dict) or set(row) - set(columns) for row in rows):
        raise _strange()
    return [{c: _text(row.get(c, "")) for c in columns} for row in rows]


def _photos(field: Field, given: Value, known: Mapping[str, PhotoValue]) -> list[PhotoValue]:
    at_most = field["at_most"] or MOST
    if isinstance(given, list) and len(given) > at_most:
        raise PictureRefused("There is room for {n} pictures here. Take one away first.", n=at_most)
    return [_photo(one, known) for one in _list(given, at_most)]


def _photo(given: Value, known: Mapping[str, PhotoValue]) -> PhotoValue:
    """Return a picture with the page's words on it; what it is and how large comes from what we kept."""
    kept = known.get(str(given.get("sha256"))) if isinstance(given, dict) else None
    if kept is None:
        raise _strange()
    marks = _list(given.get("looks", []), _MARKS)
    others = given.get("others", False)
    if not isinstance(others, bool):
        raise _strange()
    return {
        "sha256": kept["sha256"],
        "width": kept["width"],
        "height": kept["height"],
        "alt": _text(given.get("alt", "")),
        "caption": _text(given.get("caption", "")),
        "looks": [_mark(one) for one in marks],
        "others": others,
    }


def _mark(given: Value) -> Any:
    if not isinstance(given, dict):
        raise _strange()
    words = Passage(text=_text(given.get("words", "")))
    try:
        mark = LookHere.model_validate({"x": given.get("x"), "y": given.get("y"), "words": words})
    except ValueError:
        raise _strange() from None
    return {"x": mark.x, "y": mark.y, "words": mark.words.text}


_CHECKS: Final[Mapping[str, Callable[[Field, Value], Value]]] = {
    "line": _words,
    "long": _words,
    "picks": _picks,
    "one": _one,
    "scale": _one,
    "piece": _one,
    "rows": _rows,
    "date": _day,
    "dates": _days,
}
