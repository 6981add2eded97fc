"""Texts that pages choose from: how far something is, whose turn it is, how long a recording lasts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from portfolio.errors import N_
from portfolio.model import Progress
from portfolio.rules import answering
from portfolio.rules.family_view import AgreementsPart, FamilyView, GoalsPart
from portfolio.views.room import Missing, What, Why
from portfolio.words import Speech

PROGRESS: dict[Progress | None, str] = {
    None: N_("not yet"),
    "just_starting": N_("just starting"),
    "getting_there": N_("getting there"),
    "nearly": N_("nearly"),
    "done": N_("done"),
    "changed_my_mind": N_("changed my mind"),
}
"""The five words for how far something is, and the word for none of them."""

STANDS = {
    "heard": N_("We have heard you. There is no answer yet."),
    "working": N_("We are working on it."),
    "answered": N_("We have answered. It is settled when you say so."),
    "closed": N_("You said it is settled."),
}
"""Where a concern is, to the household that said it."""

FACES = tuple(answering.FACES.items())
STARTERS = answering.LETTER
TURN_STARTERS = (N_("I notice …"), N_("I wonder …"), N_("I want to ask …"))
"""How the words of a family may begin at the table."""
WHO = {
    "student": N_("{name} says"),
    "family": N_("Your turn"),
    "teacher": N_("The teacher says"),
    "all": N_("All of us"),
    "adults": N_("The grown-ups"),
}


_WORDS: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ARABIC: Final = re.compile("[\u0600-\u06ff]{3}")


def without_echo(begin: str, words: str) -> str:
    """Return a beginning of ours without its last words where somebody's own words begin with the same ones.

    "I chose this because" before "because it is blue" becomes "I chose this". In Arabic a short word and what belongs to
    it are written as one: "لأن" is said again by "لأنه".
    """
    starts, said = _words_of(begin)
    theirs = [one.casefold() for one in _WORDS.findall(words[: len(begin) + 40])]
    for count in range(min(len(said), len(theirs)), 0, -1):
        if said[-count:] == theirs[:count]:
            return begin[: starts[-count]].rstrip()
    if said and theirs and _ARABIC.match(said[-1]) and theirs[0].startswith(said[-1]):
        return begin[: starts[-1]].rstrip()
    return begin


@lru_cache(maxsize=256)
def _words_of(begin: str) -> tuple[list[int], list[str]]:
    """Return where the words of a beginning of ours start, and the words in small letters."""
    found = list(_WORDS.finditer(begin))
    return [one.start() for one in found], [one.group().casefold() for one in found]


def length(seconds: float, say: Speech) -> str:
    """Return how long something lasts in words: "42 seconds", "3 minutes 5 seconds". Never less than one."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    parts = []
    if minutes:
        parts.append(say.many("{n} minute", "{n} minutes", minutes))
    if rest:
        parts.append(say.many("{n} second", "{n} seconds", rest))
    return " ".join(parts)


_WHAT: Final[dict[What, str]] = {
    "picture": N_("A picture"),
    "sound": N_("A recording"),
    "film": N_("A film"),
    "page": N_("A page of a document"),
    "output": N_("Something a cell showed"),
}
_NOT_IN: Final[dict[Why, str]] = {
    "no_room": N_("{what} is not in the file: there was no room. Allow a larger file, or leave out others."),
    "damaged": N_(
        "{what} is not in the file: it is damaged or gone. Put it in again, or take it from a backup."
    ),
    "refused": N_("{what} is not in the file: such a thing cannot be shown there."),
}
_LONGEST: Final = 80


def missing_told(missing: Missing, say: Speech) -> str:
    """Return a sentence for the teacher: what is not in a file, why, and what to do."""
    what, known = say(_WHAT[missing.kind]), missing.what
    if known:
        shown = known if len(known) <= _LONGEST else known[: _LONGEST - 1].rstrip() + "…"
        what = say("{what} (“{words}”)", what=what, words=shown)
    return say(_NOT_IN[missing.why], what=what)


def host(address: str) -> str:
    """Return the name of the place an address leads to, without name, password or port before and after it."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:  # an address that no browser would open either
        return address


def size_in_words(size: int, say: Speech) -> str:
    """Return a size as people read it: "840 kB", "3.2 MB"."""
    if size < 1_000_000:
        return say("{n} kB", n=max(1, round(size / 1000)))
    return say("{n} MB", n=f"{size / 1_000_000:.1f}")


def no_day_yet(view: FamilyView, say: Speech) -> str:
    """Return what is so where no day is set: that none is, and whether anything is agreed. Nothing before a meeting is known."""
    contents = [part.content for part in view.parts]
    agreed = any(isinstance(one, AgreementsPart) and one.agreements for one in contents) or any(
        goal.set_together for one in contents if isinstance(one, GoalsPart) for goal in one.goals
    )
    if view.short.look_again or not (agreed or view.parked or view.conference_on):
        return ""
    told = say(N_("We have not set a day yet."))
    return told if agreed else f"{told} {say(N_('Nothing is agreed yet.'))}"
