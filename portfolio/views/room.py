"""What fits into one file: pictures and recordings are put into a finished page last, while there is room.

A template writes every picture and recording as a *choice*: how it looks when its bytes are in the page,
and what is said in its place when they are not. :func:`filled` takes the best wording of each that fits.
First come pictures, then sounds, then further pages of documents, then films, each in the order of the book.

The marks between are characters nobody has typed: a ``<`` in somebody's words has been escaped before.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from markupsafe import Markup

HOME_LIMIT: Final = 5_000_000
"""Bytes a home file may have: what goes through a family's mail without trouble."""

PICTURE, SOUND, PAGE, FILM = range(4)
"""Whose turn it is: what must be seen first, what says most in the fewest bytes next."""

_CHOICE = re.compile("<\ue001>(.*?)<\ue003>", re.DOTALL)
_WORDING = re.compile("<\ue002([0-9]?)>")
_ADDRESS = re.compile("<\ue000([0-9a-z.]+)>")


def wording(turn: int | None = None) -> Markup:
    """Return the mark before one wording of a choice: its turn, or ``None`` for what always fits."""
    return Markup("<\ue002{}>").format("" if turn is None else turn)


CHOICE: Final = {
    "begin": Markup("<\ue001>"),
    "picture": wording(PICTURE),
    "sound": wording(SOUND),
    "page": wording(PAGE),
    "film": wording(FILM),
    "words": wording(),
    "end": Markup("<\ue003>"),
}
"""The marks, for templates: ``choice.begin``, one of the wordings, …, ``choice.words``, ``choice.end``."""


def place(sha256: str, suffix: str = "") -> Markup:
    """Return the mark where an address will stand: of a picture, or with ``suffix`` of a recording."""
    return Markup("<\ue000{}>").format(f"{sha256}.{suffix}" if suffix else sha256)


def data_address(data: bytes, media_type: str = "image/webp") -> str:
    """Return bytes as a ``data:`` address."""
    return f"data:{media_type};base64," + base64.b64encode(data).decode("ascii")


@dataclass
class _Choice:
    """A thing in the page: its wordings, best first, each with its turn; which one is taken now."""

    wordings: list[tuple[int | None, str]]
    taken: int


def filled(
    text: str,
    address: Callable[[str], str],
    *,
    limit: int | None = None,
    sizes: Mapping[str, int] | None = None,
) -> str:
    """Return the page with its pictures and recordings in, no larger than ``limit`` bytes of UTF-8.

    ``address`` gives an address by the name in the mark (a digest, for recordings with its suffix);
    ``sizes`` says how many bytes of a file are known beforehand, so that one far too large is never read.
    Words, styles and drawings are never left out: where they alone are larger, the page is larger too.
    """
    pieces = _CHOICE.split(text)
    known = cache(address)  # one picture may stand in two places

    def addressed(part: str) -> str:
        return _ADDRESS.sub(lambda mark: known(mark[1]), part)

    choices = [_choice(piece) for piece in pieces[1::2]]

    def whole() -> str:
        pieces[1::2] = [choice.wordings[choice.taken][1] for choice in choices]
        return "".join(pieces)

    known_sizes = sizes or {}
    everything = whole()
    if limit is None:
        return addressed(everything)
    if _at_least(everything, known_sizes) <= limit and _size(page := addressed(everything)) <= limit:
        return page
    words = sum(_size(addressed(piece)) for piece in pieces[::2])
    _choose(choices, limit - words, addressed, known_sizes)
    return addressed(whole())


def _size(text: str) -> int:
    return len(text.encode("utf-8"))


def _choice(piece: str) -> _Choice:
    parts = _WORDING.split(piece)[1:]
    wordings = [
        (int(turn) if turn else None, words) for turn, words in zip(parts[::2], parts[1::2], strict=True)
    ]
    return _Choice(wordings, 0)


def _choose(
    choices: list[_Choice], room: int, addressed: Callable[[str], str], sizes: Mapping[str, int]
) -> None:
    """Begin with what always fits, then take better wordings turn by turn, in the order of the page."""

    def size(wording: str) -> int:
        return _size(addressed(wording))

    for choice in choices:
        choice.taken = len(choice.wordings) - 1
        room -= size(choice.wordings[-1][1])
    better = (
        (turn, n, at)
        for n, c in enumerate(choices)
        for at, (turn, _) in enumerate(c.wordings)
        if turn is not None
    )
    for _, n, at in sorted(better):
        choice = choices[n]
        if at >= choice.taken:
            continue
        words = choice.wordings[at][1]
        now = size(choice.wordings[choice.taken][1])
        if _at_least(words, sizes) > room + now:
            continue
        more = size(words) - now
        if more <= room:
            choice.taken, room = at, room - more


def _at_least(words: str, sizes: Mapping[str, int]) -> int:
    """Return how many bytes a wording will take, from what is known without reading a file."""
    return sum(sizes.get(mark, 0) * 4 // 3 for mark in _ADDRESS.findall(words))
