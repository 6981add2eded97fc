"""Which home somebody of a family belongs to, as far as the name that was written down says it.

Two homes of a child may know nothing of one another: what somebody of one home promised, or brought up at the table, is
in the copy of that home and not in the other's. A name that fits no home, or both, belongs to everybody.
"""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.model import Household
from portfolio.rules.roster_names import bare


def is_of_another_home(name: str, own: str, homes: Sequence[Household]) -> bool:
    """Return whether a name is somebody's of another home than ``own`` (its id), and of nobody there."""
    said = set(bare(name).split())
    if not said:
        return False
    fits = {home.household_id for home in homes if _fits(said, home)}
    return bool(fits) and own not in fits


def _fits(said: set[str], home: Household) -> bool:
    """Return whether all words of a name stand in one name of a home, or one name of it in them: "Papa", "Papa Jon"."""
    names = (set(bare(one).split()) for one in (*home.adults, home.label))
    return any(known and (said <= known or known <= said) for known in names)
