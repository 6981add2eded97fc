"""The cards for ten minutes at home that we ship, ready-made: a class without cards of its own needs no YAML for them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from portfolio import files
from portfolio.rules.activities import Deck

FILE: Final = "activities.yaml"
"""The name of a class's own file (:mod:`portfolio.store.activities_file`)."""


@lru_cache(maxsize=1)
def our_deck() -> Deck:
    """Return the cards we ship."""
    return Deck.model_validate_json(files.home_deck().read_bytes())
