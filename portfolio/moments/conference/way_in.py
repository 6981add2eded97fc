"""How a home comes to its own page: the address of its pass, as a square to scan and as signs to type."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from portfolio.moments.cards import groups_of, opens_here_only
from portfolio.views.on_paper import qr

_NOWHERE = ("//0.0.0.0", "//[::]")  # a server that listens everywhere has no address there


@dataclass(frozen=True, slots=True)
class FamilyWay:
    """The way in of one home.

    ``address`` opens its page; "" where nothing is served. ``here_only``: it opens on this computer alone, so it is a
    link to press ("second window") and no square. ``square`` is SVG, black on white, with nothing in it for those who
    cannot see it; what is typed instead are ``begins`` and the ``groups`` of four signs.
    """

    address: str
    here_only: bool
    square: Markup
    begins: str
    groups: tuple[str, ...]


def family_way(address: str) -> FamilyWay:
    """Return the way in for the address of a pass (``Table.family_pass``); "" gives one that leads nowhere."""
    begins, slash, signs = address.rpartition("/")
    here = bool(address) and (opens_here_only(address) or any(host in address for host in _NOWHERE))
    square = qr(address) if address and not here else Markup()
    return FamilyWay(address, here, square, begins + slash, groups_of(signs) if signs else ())
