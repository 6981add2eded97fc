"""Words of a book where there is little room: the beginning of a text, cut between two words, with “…” behind it."""

from __future__ import annotations

import unicodedata
from typing import Final

from portfolio.model import Passage, Sound
from portfolio.rules import family_view as v

_JOINS: Final = "\u200d\ufe0e\ufe0f"
"""Signs that belong to the one before them: a family of emoji is one sign to whoever looks."""

MOST_PICKED: Final = 4


def brief(text: str, most: int) -> str:
    """Return a text on one line of about ``most`` letters at most; a sign that is twice as wide counts twice.

    It is cut between words where there are any, and never inside of a sign.
    """
    line = " ".join(text.split())
    room, at = most, 0
    while at < len(line) and room > 0:
        room -= _width(line[at])
        at += 1
    if at == len(line) and room >= 0:
        return line
    at -= 1
    while at > 0 and (_goes_on(line[at]) or line[at - 1] == _JOINS[0]):
        at -= 1
    space = line.rfind(" ", at // 2, at + 1)
    return line[: space if space > 0 else at].rstrip(" ,;:–—-") + "…"


def brief_passage(passage: Passage, most: int) -> Passage:
    """Return a passage with its beginning only, in each of its languages."""
    translations = tuple(one.but(text=brief(one.text, most)) for one in passage.translations)
    return passage.but(text=brief(passage.text, most), translations=translations)


def brief_said(said: v.Said, most: int) -> v.Said:
    """Return the beginning of what was said; where nothing was written the first recording, with what one hears in it."""
    sounds = (one for one in said.media if isinstance(one, Sound) and not said.words)
    sound = next((one.but(transcript=brief_passage(one.transcript, most)) for one in sounds), None)
    return said.but(
        words=brief_passage(said.words, most),
        picks=said.picks[:MOST_PICKED],
        pictures=(),
        media=(sound.but(caption=brief_passage(sound.caption, 60)),) if sound else (),
    )


def short_names(view: v.FamilyView) -> v.FamilyView:
    """Return a view with names that leave room for the rest: for pages that must fit on one side of paper."""
    names = {name: brief(getattr(view, name), 40) for name in _NAMES}
    return view.but(**names, adults=tuple(brief(name, 24) for name in view.adults[:4]))


_NAMES: Final = ("student_name", "grade", "class_name", "homeroom", "round")


def _width(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _goes_on(sign: str) -> bool:
    return sign in _JOINS or unicodedata.combining(sign) > 0 or "\U0001f3fb" <= sign <= "\U0001f3ff"
