"""What a sheet asks of whoever keeps the words. The real one lives in :mod:`portfolio.moments`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from portfolio.widgets.wire import Card, PhotoValue, Value


@dataclass(frozen=True, slots=True)
class Saved:
    """A value is on disk.

    ``version`` is the entry's version now. ``merged`` is true if the entry had moved on since ``base``
    (another field, another window) and both changes stand. ``value`` is what was kept, if cleaning
    changed it; ``None`` means: as given.
    """

    version: int
    merged: bool = False
    value: Value = None


class SheetKeeper(Protocol):
    """Keeps one section of one child's portfolio.

    Every method may raise :class:`~portfolio.errors.PortfolioError`; its sentence is shown beside the
    control. A value comes and goes in the shapes of :mod:`portfolio.widgets.wire`.
    """

    def save(self, entry: str, field: str, value: Value, base: int) -> Saved:
        """Keep one value of one entry and return when it is on disk.

        ``base`` is the version the value was written on. Raises
        :class:`~portfolio.errors.ChangedMeanwhile` with the values ``theirs`` (what stands there now, in
        wire shape) and ``version`` (its version) if the same field was changed since.
        """

    def add(self) -> Card:
        """Make one more entry at the end and return it."""

    def remove(self, entry: str, base: int) -> list[Card]:
        """Take an entry away and return those that stay, in order.

        Raises :class:`~portfolio.errors.ChangedMeanwhile` if somebody wrote in it since ``base``.
        """

    def arrange(self, order: list[str]) -> list[Card]:
        """Put the entries in this order (each id once) and return them."""

    def picture(self, entry: str, field: str, raw: bytes, name: str) -> PhotoValue:
        """Clean and keep a picture's bytes and return it as a value; the field itself is saved later.

        Raises :class:`~portfolio.errors.PictureRefused` with a child's sentence.
        """
