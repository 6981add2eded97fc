"""About how many lines a quick look takes on paper: so that any book fits on one side, and a short one is never cut.

Measured on A4 and Letter in two columns of 10.5 points; tests print the fullest books there can be. A guess that is
too high only cuts a little earlier.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from math import ceil
from typing import Final, TypeVar

from portfolio.model import Passage, Picture, Record
from portfolio.rules.family_view import FamilyView, Said, pictures_in

R = TypeVar("R", bound=Record)

ROOM: Final = 88
"""Lines both columns have, with what is lost where a box does not fit at the foot of the first."""
_COLUMN: Final = 44
"""Letters of a line."""
_BOX, _PICTURE, _DRAWING, _SOUND = 2.4, 13, 11, 3.5
"""Lines of a box around its words, a picture, a drawing of how it was, a recording besides what one hears in it."""


def lines_of(look: Record, view: FamilyView, lang: str, boxes: int) -> float:
    """Return about how many lines a look with so many boxes takes on a page in ``lang``, drawings not counted in."""
    texts = sum(_lines(one, view, lang) for one in _found(look, Passage) if one)
    leads = sum(_signs(f"{one.ask}{one.lead}") / _COLUMN for one in _found(look, Said))
    picked = sum(1.8 * ceil(len(one.picks) / 2) for one in _found(look, Said))
    written = sum(1.5 for one in pictures_in(look) if one.written)
    sounds = sum(len(one.media) * _SOUND for one in _found(look, Said))
    return boxes * _BOX + texts + leads + picked + written + sounds + _PICTURE * bool(pictures_in(look))


def with_drawing(lines: float) -> bool:
    """Return whether a drawing still fits."""
    return lines + _DRAWING <= ROOM


def _lines(passage: Passage, view: FamilyView, lang: str) -> float:
    """Return the lines of a text and of the translation that stands before it."""
    other = view.translation(passage, lang)
    high = 1.25 if passage.lang.split("-")[0] in ("ar", "fa", "ur", "ps", "ckb") else 1.0
    more = ceil((_signs(other.text) + 10) / _COLUMN) * 1.25 if other else 0
    return ceil(_signs(passage.text) / _COLUMN) * high + more + 0.3


def _signs(text: str) -> float:
    return sum(_wide(sign) for sign in text)


def _wide(sign: str) -> float:
    if sign in "WMmw@%—":
        return 1.75
    if sign.isupper():
        return 1.35
    return 2.1 if unicodedata.east_asian_width(sign) in "WF" else 1.0


def _found(value: object, kind: type[R]) -> Iterable[R]:
    """Yield what there is of a kind; of a picture only what is written in it stands on the page in words."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, Picture):
        yield from _found(value.written, kind)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _found(inner, kind)
    elif isinstance(value, Record):
        for inner in vars(value).values():
            yield from _found(inner, kind)
