"""What every entry is: something somebody put into a portfolio."""

from __future__ import annotations

from typing import Final, Literal, Self

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


class WordChoice(Record):
    """What was chosen for a school word: ``explain`` it to the family, or it is ``fine`` as it stands here."""

    term: Identifier
    how: Literal["explain", "fine"]


class Entry(Record):
    """Something somebody put into the portfolio.

    Every answer in words may also be said, drawn or photographed: ``besides`` holds that, by field.
    ``school_words`` is what was chosen for the school words in it, each named by its id in the glossary.
    """

    entry_id: Identifier
    besides: tuple[Beside, ...] = ()
    school_words: tuple[WordChoice, ...] = ()

    def beside(self, field: str) -> Beside:
        """Return what stands beside the words of a field; an empty one if nothing does."""
        return next((one for one in self.besides if one.field == field), None) or Beside(field=field)

    def chose(self, term: str) -> str:
        """Return what was chosen for a school word: ``explain``, ``fine``, or "" if nobody has chosen."""
        return next((one.how for one in self.school_words if one.term == term), "")

    def with_choice(self, choice: WordChoice) -> Self:
        """Return the entry with this choice, in place of an earlier one for the same word."""
        others = tuple(one for one in self.school_words if one.term != choice.term)
        return self.but(school_words=(*others, choice))
