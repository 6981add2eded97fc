"""What every entry is: something somebody put into a portfolio."""

from __future__ import annotations

from typing import Final

from portfolio.model.passage import Passage
from portfolio.model.record import Identifier, Record

nothing_yet: Final = Passage()
"""No words so far."""


class Entry(Record):
    """Something somebody put into the portfolio."""

    entry_id: Identifier
