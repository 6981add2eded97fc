"""Nothing a page sends is believed before it has passed here.

Messages first (a known type with fields of the right kinds), then values (what this control may hold).
What does not fit raises :class:`~portfolio.errors.InputRefused` or one of its children.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Final

from portfolio.widgets.brought import media, photos
from portfolio.widgets.plain import MOST, many, strange, text
from portfolio.widgets.wire import Field, Value

_COUNT: Final = 2**53

_ASKED: Final = {"entry": str, "field": str, "rev": int}

SHAPES: Final[Mapping[str, Mapping[str, type]]] = {
    "save": {"entry": str, "field": str, "base": int, "rev": int},
    "word_choice": {**_ASKED, "term": str, "how": str, "base": int},
    "add": {"rev": int},
    "remove": {"entry": str, "base": int, "rev": int},
    "arrange": {"order": list, "rev": int},
    "take_back": {"rev": int},
    "do_again": {"rev": int},
    "past": {"rev": int},
    "bring_back": {"entry": str, "version": int, "base": int, "rev": int},
    "show_to": {"who": str, "rev": int},
    "note_read": {"entry": str, "rev": int},
    "media_where": {**_ASKED, "upload": str, "size": int},
    "media_part": {**_ASKED, "upload": str, "size": int, "offset": int},
    "media_take": {**_ASKED, "upload": str, "size": int, "name": str},
    "media_whole": {**_ASKED, "sha256": str},
    "media_link": {**_ASKED, "address": str},
    "ping": {},
    "renew": {},
}
"""Every message a page may send: its fields and their types."""


def message(content: object) -> dict[str, Any]:
    """Return ``content`` if it is one of the messages of :data:`SHAPES`; raises InputRefused otherwise."""
    shape = SHAPES.get(str(content.get("type"))) if isinstance(content, dict) else None
    if shape is None or not isinstance(content, dict):
        raise strange()
    for name, kind in shape.items():
        value = content.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise strange()
        if isinstance(value, int) and not 0 <= value < _COUNT:
            raise strange()
    return content


def value(field: Field, given: Value, known: Mapping[str, Any]) -> Value:
    """Return what a control may hold, put in order.

    ``known`` are the pictures and media this sheet has seen, by :func:`portfolio.widgets.brought.known_as`.

    Raises:
        TextRefused: a text longer than any answer.
        PictureRefused, MediaRefused: more pictures or media than there is room for, a link that is none.
        InputRefused: anything that this control could not have sent.
    """
    control = field["control"]
    if control == "photos":
        return photos(field, given, known)
    if control == "media":
        return media(field, given, known)
    return _CHECKS[control](field, given)


def _words(_field: Field, given: Value) -> str:
    return text(given)


def _choices(field: Field) -> Collection[str]:
    """Return what may be picked: the choices, and what stands there already from an older template."""
    old = field["value"]
    kept = old if isinstance(old, list) else [old]
    return {c["id"] for c in field["choices"]} | {k for k in kept if isinstance(k, str)}


def _one(field: Field, given: Value) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or given not in _choices(field):
        raise strange()
    return given


def _picks(field: Field, given: Value) -> list[str]:
    allowed = _choices(field)
    found = many(given, field["at_most"] or max(MOST, len(allowed)))
    if any(not isinstance(one, str) or one not in allowed for one in found) or len(set(found)) != len(found):
        raise strange()
    return found


def _day(_field: Field, given: Value) -> str | None:
    return None if given in (None, "") else _date(given)


def _date(given: Value) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except (TypeError, ValueError):
        raise strange() from None


def _days(field: Field, given: Value) -> list[str]:
    return [_date(one) for one in many(given, field["at_most"] or MOST)]


def _rows(field: Field, given: Value) -> list[dict[str, str]]:
    columns = [c["field"] for c in field["columns"]]
    rows = many(given, field["at_most"] or MOST)
    if any(not isinstance(row, dict) or set(row) - set(columns) for row in rows):
        raise strange()
    return [{c: text(row.get(c, "")) for c in columns} for row in rows]


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
