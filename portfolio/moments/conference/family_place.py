"""Where somebody is on a home's page: ``family/<language>/<who>/<screen>``, so that a page loaded again is where it was.

A name stands in an address in letters that any address may have. Everything here comes from a browser.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final

from portfolio.errors import InputRefused
from portfolio.model import Household
from portfolio.moments.room import At
from portfolio.rules.answering import name_of
from portfolio.words import LANGUAGES

ROOM: Final = "family"
"""The name of the room in places."""


@dataclass(frozen=True)
class Spot:
    """A place, understood: the language chosen ("" if none), who answers ("" if nobody has said), the screen ("" the first)."""

    lang: str
    who: str
    screen: str

    @property
    def here(self) -> str:
        """The place of this adult's screens."""
        return place_of(self.lang, self.who)


def place_of(lang: str, who: str = "") -> str:
    """Return the place of a language, or of somebody who answers in it."""
    return "/".join((ROOM, lang, coded(who))) if who else f"{ROOM}/{lang}"


def coded(name: str) -> str:
    """Return a name as it may stand in an address."""
    return base64.urlsafe_b64encode(name.encode()).decode("ascii").rstrip("=")


def _decoded(text: str) -> str:
    try:
        name = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
        return name_of(name)
    except (binascii.Error, ValueError, InputRefused):
        return ""


def spot_of(at: At, household: Household, lang: str = "") -> Spot:
    """Return where a place is; what cannot be understood counts as not chosen yet.

    ``lang`` is the language of a page nobody has chosen one for; without it the first the home reads.
    """
    first, second, third = (*at, "", "", "")[:3]
    offered = languages_of(household)
    chosen = first if first in offered else lang if lang in offered else offered[0]
    return Spot(chosen, _decoded(second) if second else "", third)


def languages_of(household: Household) -> tuple[str, ...]:
    """Return the languages of a home, those it reads first; English for a home that has none written down."""
    return tuple(dict.fromkeys((*household.reads, *household.speaks))) or ("en",)


def writes_in(household: Household, lang: str, *others: str) -> tuple[str, ...]:
    """Return the languages one may write in: this one, those of the home, ``others``, then all we know by name."""
    return tuple(dict.fromkeys((lang, *languages_of(household), *filter(None, others), *LANGUAGES)))
