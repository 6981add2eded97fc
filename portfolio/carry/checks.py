"""What a page of rooms may say: nothing is believed before it has passed here.

Four messages: ``go`` to a place, ``do`` what a form asks (or ``keep`` what one writes in it), ``look`` what is new,
``ping``. The
values of a form come as pairs of name and text, in the order of the form; files as buffers beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from portfolio.errors import InputRefused, TextRefused
from portfolio.model.record import LONGEST_TEXT, clean_text
from portfolio.moments.room import Asked, Brought

LARGEST_FILE: Final = 5_000_000
"""Bytes of one file a form may bring."""
MOST_FILES: Final = 8
MOST_VALUES: Final = 2_000
LONGEST_ALL: Final = 2_000_000
"""Characters of all values of a form together."""
_LONGEST_PLACE: Final = 300
_LONGEST_NAME: Final = 200
_COUNT: Final = 2**53


@dataclass(frozen=True)
class Go:
    """Somebody follows a link, or comes with an address."""

    rev: int
    to: str


@dataclass(frozen=True)
class Do:
    """A form is sent (or keeps itself: ``keep``). ``after`` is an earlier save its words were written on."""

    rev: int
    place: str
    asked: Asked
    keep: bool
    after: int | None


@dataclass(frozen=True)
class LookAgain:
    """A page that stays open asks what is new. ``seen`` is what it was told last, ``here`` where it stands."""

    rev: int
    place: str
    seen: str
    here: str


def rev_of(content: object) -> int:
    """Return the number of a message, or 0 if it has none that could be one."""
    rev = content.get("rev") if isinstance(content, Mapping) else None
    return rev if isinstance(rev, int) and _counts(rev) else 0


def heard(content: object, buffers: Sequence[Any]) -> Go | Do | LookAgain | None:
    """Return what a message says; ``None`` for a ping. Raises ``InputRefused`` for anything else."""
    if not isinstance(content, Mapping):
        raise _strange()
    kind = content.get("type")
    if kind == "ping":
        return None
    rev = rev_of(content)
    if not rev or kind not in ("go", "do", "look"):
        raise _strange()
    if kind == "go":
        return Go(rev, _text(content.get("to"), _LONGEST_PLACE))
    if kind == "look":
        place, here = (_text(content.get(name, ""), _LONGEST_PLACE) for name in ("place", "here"))
        return LookAgain(rev, place, _text(content.get("seen", ""), _LONGEST_NAME), here)
    keep, after = content.get("keep", False), content.get("after")
    if not isinstance(keep, bool) or not (after is None or _counts(after)):
        raise _strange()
    place = _text(content.get("place"), _LONGEST_PLACE)
    return Do(rev, place, _asked(content, buffers), keep, after)


def _asked(content: Mapping[str, Any], buffers: Sequence[Any]) -> Asked:
    version = content.get("version")
    if not (version is None or _counts(version)):
        raise _strange()
    return Asked(
        what=_text(content.get("what"), _LONGEST_NAME),
        values=_values(content.get("values", [])),
        files=_files(content.get("files", []), buffers),
        version=version,
    )


def _values(given: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, list) or len(given) > MOST_VALUES:
        raise _strange()
    found: dict[str, tuple[str, ...]] = {}
    room = LONGEST_ALL
    for pair in given:
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[1], str):
            raise _strange()
        name = _text(pair[0], _LONGEST_NAME)
        room -= len(pair[1])
        if len(pair[1]) > LONGEST_TEXT or room < 0:
            raise TextRefused(
                "This text is longer than one field can hold. Take some of it away, then it can be saved.",
                field=name,
            )
        found[name] = (*found.get(name, ()), str(clean_text(pair[1])))
    return found


def _files(given: object, buffers: Sequence[Any]) -> tuple[Brought, ...]:
    if not isinstance(given, list) or len(given) != len(buffers) or len(given) > MOST_FILES:
        raise _strange()
    return tuple(_file(one, data) for one, data in zip(given, buffers, strict=True))


def _file(told: object, data: Any) -> Brought:
    if not isinstance(told, Mapping) or not isinstance(data, bytes | bytearray | memoryview):
        raise _strange()
    field, name = _text(told.get("field"), _LONGEST_NAME), told.get("name")
    if not isinstance(name, str):
        raise _strange()
    plain = str(clean_text(name)).replace("\\", "/").rsplit("/", 1)[-1][:_LONGEST_NAME]
    if memoryview(data).nbytes > LARGEST_FILE:
        raise InputRefused(
            "“{name}” is too large. {n} MB is the most. Choose a smaller file.",
            name=plain,
            n=LARGEST_FILE // 1_000_000,
            field=field,
        )
    return Brought(field, plain, bytes(data))


def _text(given: object, most: int) -> str:
    if not isinstance(given, str) or len(given) > most:
        raise _strange()
    return str(clean_text(given))


def _counts(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < _COUNT


def _strange() -> InputRefused:
    return InputRefused(
        "This page sent something that could not be understood. Nothing was changed. Load the page again."
    )
