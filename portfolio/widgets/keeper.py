"""What a sheet asks of whoever keeps the words. The real one lives in :mod:`portfolio.moments`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from portfolio.widgets.wire import (
    Card,
    MediumValue,
    NoteForChild,
    PastDay,
    PhotoValue,
    SchoolWord,
    Steps,
    Value,
    WhoSees,
)

Carrier = Literal["photos", "media"]
"""The controls that files are put into."""

Brought = PhotoValue | MediumValue
"""A file that was brought in, as it may stand in a field."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A value is on disk.

    ``version`` is the entry's version now. ``merged`` is true if the entry had moved on since ``base``
    (another field, another window) and both changes stand. ``value`` is what was kept, if cleaning
    changed it; ``None`` means: as given. ``school_words`` are those of the value as given, places in UTF-16
    code units; ``None`` where nobody looks for any.
    """

    version: int
    merged: bool = False
    value: Value = None
    school_words: list[SchoolWord] | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Something was taken back, done again or brought back: on which card, and what stands there now."""

    entry: str
    cards: list[Card]
    steps: Steps


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

    def choose_word(self, entry: str, term: str, how: str, base: int) -> Saved:
        """Keep what was chosen for a school word of an entry: ``explain``, ``fine``, or "" for nothing any more.

        It is laid over whatever stands there now: ``merged`` says that this is not ``base`` any more.
        """

    def add(self) -> Card:
        """Make one more entry at the end and return it."""

    def remove(self, entry: str, base: int) -> list[Card]:
        """Take an entry away and return those that stay, in order.

        Raises :class:`~portfolio.errors.ChangedMeanwhile` if somebody wrote in it since ``base``.
        """

    def arrange(self, order: list[str]) -> list[Card]:
        """Put the entries in this order (each id once) and return them."""

    def show_to(self, who: WhoSees) -> WhoSees:
        """Let these people see the section and return who sees it now.

        Raises :class:`~portfolio.errors.InputRefused` for a page that is not the child's to show or hide.
        """

    def read_note(self, entry: str) -> list[NoteForChild]:
        """Keep that the child has read a teacher's note; return the notes that lie on the page then.

        Raises :class:`~portfolio.errors.NotFound` for a note that was taken away.
        """

    def take_back(self) -> Moved:
        """Take back the last step in the section.

        Raises :class:`~portfolio.errors.NotFound` if there is none,
        :class:`~portfolio.errors.ChangedMeanwhile` if somebody else has written there since.
        """

    def do_again(self) -> Moved:
        """Do again what was taken back last; raises as :meth:`take_back`."""

    def past(self) -> list[PastDay]:
        """Return how the section was at the end of earlier days, newest first."""

    def bring_back(self, entry: str, version: int, base: int) -> Moved:
        """Bring back how a card was in a version; ``base`` is the one that stands there, 0 if none does.

        Raises :class:`~portfolio.errors.ChangedMeanwhile` if somebody wrote there since ``base``,
        :class:`~portfolio.errors.NotFound` if there is no room, or no such version.
        """

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

    def whole(self, sha256: str) -> bytes:
        """Return a kept picture of this child as WebP.

        Raises :class:`~portfolio.errors.StorageTrouble` if it cannot be read.
        """

    def link(self, address: str) -> MediumValue:
        """Return an address on the web as a value. Raises :class:`~portfolio.errors.MediaRefused`."""

    def brought(self) -> Sequence[Brought]:
        """Return what came in lately: it may stand in no answer yet."""
