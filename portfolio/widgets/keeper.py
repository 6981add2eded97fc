"""What a sheet asks of whoever keeps the words. The real one lives in :mod:`portfolio.moments`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from portfolio.widgets.wire import Card, MediumValue, PhotoValue, Value

Carrier = Literal["photos", "media"]
"""The controls that files are put into."""

Brought = PhotoValue | MediumValue
"""A file that was brought in, as it may stand in a field."""


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

    def where(self, upload: str) -> int:
        """Return how many bytes of a file that is on its way are here."""

    def part(self, upload: str, offset: int, data: bytes, size: int) -> int:
        """Take the bytes at ``offset`` of a file of ``size`` bytes; return how many are here, on the disk."""

    def take(self, control: Carrier, upload: str, size: int, name: str, still: bytes) -> Brought:
        """Clean and keep a file that is here whole, and return it as a value of ``control``.

        The field itself is saved later. May take seconds, and is called from a thread of its own.
        ``still`` is a picture for a film, or nothing. Asked again, it returns the same. Raises
        :class:`~portfolio.errors.PictureRefused` or :class:`~portfolio.errors.MediaRefused` with a child's
        sentence.
        """

    def link(self, address: str) -> MediumValue:
        """Return an address on the web as a value. Raises :class:`~portfolio.errors.MediaRefused`."""

    def brought(self) -> Sequence[Brought]:
        """Return what came in lately: it may stand in no answer yet."""
