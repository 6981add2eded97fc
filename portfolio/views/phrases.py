"""Texts that pages choose from: how far something is, whose turn it is, how long a recording lasts."""

from __future__ import annotations

from urllib.parse import urlsplit

from portfolio.errors import N_
from portfolio.model import Progress
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

FACES = (("face-5", N_("good")), ("face-3", N_("so-so")), ("face-1", N_("hard")))
STARTERS = (
    N_("When you showed me …, I felt"),
    N_("I did not know that you"),
    N_("At home I see you"),
    N_("I will help by"),
)
TURN_STARTERS = (N_("I notice …"), N_("I wonder …"), N_("I want to ask …"))
"""How the words of a family may begin at the table."""
WHO = {
    "student": N_("{name} says"),
    "family": N_("Your turn"),
    "teacher": N_("The teacher says"),
    "all": N_("All of us"),
    "adults": N_("The grown-ups"),
}


def length(seconds: float, say: Speech) -> str:
    """Return how long something lasts in words: "42 seconds", "3 minutes 5 seconds". Never less than one."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    parts = []
    if minutes:
        parts.append(say.many("{n} minute", "{n} minutes", minutes))
    if rest:
        parts.append(say.many("{n} second", "{n} seconds", rest))
    return " ".join(parts)


def host(address: str) -> str:
    """Return the name of the place an address leads to, without name, password or port before and after it."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:  # an address that no browser would open either
        return address
