"""Which home somebody of a family belongs to, as far as the name that was written down says it.

Two homes of a child may know nothing of one another: what somebody of one home promised, or brought up at the table, is
in the copy of that home and not in the other's. A name that fits no home, or both, belongs to everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from portfolio.model import Household
from portfolio.rules.roster_names import bare


def is_of_another_home(name: str, own: str, homes: Sequence[Household]) -> bool:
    """Return whether a name is somebody's of another home than ``own`` (its id), and of nobody there."""
    said = set(bare(name).split())
    if not said:
        return False
    fits = {home.household_id for home in homes if _fits(said, home)}
    return bool(fits) and own not in fits


_SENTENCE: Final = re.compile(r"[^.!?\n。؟]*[.!?\n。؟]?")


def told_of_others(
    texts: Iterable[str], own: str, homes: Sequence[Household]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return who of the other homes is named in texts for the home ``own`` (its id), each with the sentences, once.

    "It helps when Abuelo tells me the story" stands in the book of a home where no Abuelo lives: it is the child's
    sentence and stays, and a teacher can look at it first. A name that both homes have is not looked for.
    """
    names = tuple(dict.fromkeys(_names_elsewhere(own, homes)))
    found: dict[str, dict[str, None]] = {}
    for text in dict.fromkeys(texts):
        for name in names if any(name in text for name in names) else ():
            way = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            said = (one[0].strip() for one in _SENTENCE.finditer(text) if way.search(one[0]))
            found.setdefault(name, {}).update(dict.fromkeys(said))
    return tuple((name, tuple(said)) for name, said in found.items() if said)


def _names_elsewhere(own: str, homes: Sequence[Household]) -> Iterator[str]:
    for home in homes:
        if home.household_id != own:
            yield from (one for one in home.adults if is_of_another_home(one, own, homes))


def _fits(said: set[str], home: Household) -> bool:
    """Return whether all words of a name stand in one name of a home, or one name of it in them: "Papa", "Papa Jon"."""
    names = (set(bare(one).split()) for one in (*home.adults, home.label))
    return any(known and (said <= known or known <= said) for known in names)
