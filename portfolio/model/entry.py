"""What every entry is: something somebody put into a portfolio."""

from __future__ import annotations

from typing import Final

from portfolio.model.media import Medium
from portfolio.model.passage import Passage, Picture
from portfolio.model.record import Identifier, Record

nothing_yet: Final = Passage()
"""No words so far."""


class Beside(Record):
    """An answer given in another way than words: said, drawn or photographed beside the words of one field."""

    field: Identifier
    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything is there."""
        return bool(self.pictures or self.media)


class Entry(Record):
    """Something somebody put into the portfolio.

    Every answer in words may also be said, drawn or photographed: ``besides`` holds that, by field.
    """

    entry_id: Identifier
    besides: tuple[Beside, ...] = ()

    def beside(self, field: str) -> Beside:
        """Return what stands beside the words of a field; an empty one if nothing does."""
        return next((one for one in self.besides if one.field == field), None) or Beside(field=field)
