"""What fits into one file: pictures and recordings are put into a finished page last, while there is room.

A template writes every picture and recording as a *choice*: how it looks when its bytes are in the page,
and what is said in its place when they are not. :mod:`portfolio.views.filling` takes the
best wording of each that fits.

The marks between are characters nobody has typed: a ``<`` in somebody's words has been escaped before.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from markupsafe import Markup

HOME_LIMIT: Final = 5_000_000
"""Bytes a home file may have: what goes through a family's mail without trouble."""

HOME_BUDGET: Final = 1_000_000
"""Bytes that words and pictures of a home file should have together: pictures become smaller for it, none is dropped."""

Why = Literal["no_room", "damaged", "refused"]
"""Why something is not in a file: it would be too large, its bytes are gone or damaged, it is of a kind we do not show."""

What = Literal["picture", "sound", "film", "page", "output"]
"""What may be missing; a ``page`` is one of a document, an ``output`` that of a teacher's own cell."""


@dataclass(frozen=True)
class Missing:
    """Something that is not in a file: the words it is known by ("" if it has none), why, what it is, its name on disk.

    The file says so where it would stand. ``name`` is a digest, for recordings with their suffix, "" if unknown.
    """

    what: str
    why: Why
    kind: What = "picture"
    name: str = ""


@dataclass(frozen=True)
class Sizes:
    """How many bytes of a file are words (with styles and drawings), pictures, sound and film; as they stand in it."""

    words: int = 0
    pictures: int = 0
    sound: int = 0
    film: int = 0

    @property
    def whole(self) -> int:
        """How large the file is."""
        return self.words + self.pictures + self.sound + self.film


PICTURE, SOUND, PAGE, FILM = range(4)
"""Whose turn it is: what must be seen first, what says most in the fewest bytes next."""

KINDS: Final[tuple[What, ...]] = ("picture", "sound", "page", "film")
"""What a thing is, by its turn."""


def wording(turn: int | None = None, *, gone: bool = False) -> Markup:
    """Return the mark before one wording of a choice: its turn, or ``None`` for what always fits.

    ``gone``: it is for a thing that is damaged, and for no other. The thing itself is the first address of its choice.
    """
    return Markup("<\ue002{}{}>").format("" if turn is None else turn, "!" if gone else "")


CHOICE: Final = {
    "begin": Markup("<\ue001>"),
    "picture": wording(PICTURE),
    "picture_gone": wording(PICTURE, gone=True),
    "sound": wording(SOUND),
    "page": wording(PAGE),
    "film": wording(FILM),
    "words": wording(),
    "gone": wording(gone=True),
    "end": Markup("<\ue003>"),
}
"""The marks, for templates: ``choice.begin``, one of the wordings, …, ``choice.words``, ``choice.gone``, ``choice.end``."""


def place(sha256: str, suffix: str = "") -> Markup:
    """Return the mark where an address will stand: of a picture, or with ``suffix`` of a recording."""
    return Markup("<\ue000{}>").format(f"{sha256}.{suffix}" if suffix else sha256)


@lru_cache(maxsize=64)
def picture_address(data: bytes) -> Markup:
    """Return a picture (WebP) as a ``data:`` address; the last ones are known, for the other homes of a child."""
    return data_address(data)


def data_address(data: bytes, media_type: str = "image/webp") -> Markup:
    """Return bytes as a ``data:`` address: no sign in it needs escaping."""
    made = f"data:{media_type};base64," + base64.b64encode(data).decode("ascii")
    return Markup(made)  # noqa: S704 - letters, digits and + / = only


def in_base64(size: int, media_type: str = "image/webp") -> int:
    """Return how many bytes so many bytes take as a ``data:`` address."""
    return len(f"data:{media_type};base64,") + (size + 2) // 3 * 4
